import { type PointerEvent, useRef } from "react";

interface Props {
  readonly label: string;
  readonly size: number;
  readonly range: readonly [least: number, most: number];
  /** The side of the panel on which this border stands. */
  readonly edge: "left" | "right" | "top";
  readonly usual: number;
  readonly onSize: (size: number) => void;
}

/** The border of a panel: dragged, moved with arrows when focused, reset by a double click (P27). */
export function ResizeBorder({ label, size, range, edge, usual, onSize }: Props) {
  const start = useRef<{ at: number; size: number } | undefined>(undefined);
  const upright = edge !== "top";
  const sign = edge === "right" ? 1 : -1;
  const limited = (wanted: number) => Math.max(range[0], Math.min(range[1], Math.round(wanted)));
  const at = (event: PointerEvent) => (upright ? event.clientX : event.clientY);
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
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { at: at(event), size };
      }}
      onPointerMove={(event) => {
        if (start.current) onSize(limited(start.current.size + sign * (at(event) - start.current.at)));
      }}
      onPointerUp={() => (start.current = undefined)}
      onPointerCancel={() => (start.current = undefined)}
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
