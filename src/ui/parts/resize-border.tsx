import { type PointerEvent as ReactPointerEvent, useEffect, useLayoutEffect, useRef } from "react";
import { capture, watchPointers } from "./watch-pointers.ts";

interface Props {
  readonly label: string;
  readonly size: number;
  readonly range: readonly [least: number, most: number];
  /** The side of the panel at which this border is. */
  readonly edge: "left" | "right" | "top";
  readonly usual: number;
  readonly onSize: (size: number) => void;
}

/** The border of a panel: dragged, moved with arrows when focused, reset by a double click. Escape during a drag restores it. */
export function ResizeBorder({ label, size, range, edge, usual, onSize }: Props) {
  const latest = useRef(onSize);
  const stop = useRef<() => void>(() => {});
  useLayoutEffect(() => {
    latest.current = onSize;
  });
  useEffect(() => () => stop.current(), []);
  const upright = edge !== "top";
  const sign = edge === "right" ? 1 : -1;
  const limited = (wanted: number) => Math.max(range[0], Math.min(range[1], Math.round(wanted)));
  const at = (event: { readonly clientX: number; readonly clientY: number }) => (upright ? event.clientX : event.clientY);
  const begin = (event: ReactPointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    stop.current();
    const pointer = event.pointerId;
    const from = at(event);
    const putBack = () => {
      stop.current();
      latest.current(size);
    };
    stop.current = watchPointers(event.currentTarget, {
      move: (moved) => moved.pointerId === pointer && latest.current(limited(size + sign * (at(moved) - from))),
      up: (up) => up.pointerId === pointer && stop.current(),
      cancel: (lost) => (lost === undefined || lost === pointer) && putBack(),
      escape: () => {
        putBack();
        return true;
      },
    });
    capture(event.currentTarget, pointer);
  };
  return (
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={upright ? "vertical" : "horizontal"}
      aria-valuenow={size}
      aria-valuemin={range[0]}
      aria-valuemax={range[1]}
      className={`resize ${edge}`}
      onPointerDown={begin}
      onDoubleClick={() => onSize(usual)}
      onKeyDown={(event) => {
        const steps: Readonly<Record<string, number>> = upright ? { ArrowLeft: -8, ArrowRight: 8 } : { ArrowUp: -8, ArrowDown: 8 };
        const step = steps[event.key];
        if (step === undefined) return;
        event.preventDefault();
        onSize(limited(size + sign * step));
      }}
    />
  );
}
