import { useEffect, useRef, type CSSProperties } from "react";
import type { Box } from "#editor/layout/box.ts";
import styles from "./box.module.css";
import type { CanvasContextValue } from "./canvas-context.ts";
import { useView } from "./viewport-layer.tsx";

/** The title as a field, 13 px on the screen at any zoom: Enter or leaving commits, Escape keeps the old name. */
export function Rename({ box, canvas }: { box: Box; canvas: CanvasContextValue }) {
  const field = useRef<HTMLInputElement>(null);
  const done = useRef(false);
  const zoom = useView((view) => view.zoom);
  useEffect(() => field.current?.select(), []);
  const kept = useRef(canvas.typedName);
  const { id } = box;
  useEffect(() => {
    const names = kept.current;
    return () => names?.type(id, undefined);
  }, [id]);
  const end = (name?: string, left = false) => {
    if (done.current) return;
    done.current = true;
    canvas.onRenamed(box.id, name, left);
  };
  return (
    <input
      ref={field}
      className={styles.rename}
      style={{ "--zoom": zoom } as CSSProperties}
      defaultValue={canvas.typedName?.of(box.id) ?? box.title}
      onChange={(event) => canvas.typedName?.type(box.id, event.currentTarget.value)}
      aria-label={canvas.t("canvas.new-name", { task: box.title })}
      spellCheck={false}
      autoCapitalize="off"
      autoCorrect="off"
      autoFocus
      onBlur={(event) => end(event.currentTarget.value.trim().normalize("NFC"), true)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.nativeEvent.isComposing || event.keyCode === 229) return;
        if (event.key === "Enter") end(event.currentTarget.value.trim().normalize("NFC"));
        if (event.key === "Escape") end();
      }}
    />
  );
}
