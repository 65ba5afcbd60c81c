import { HardDrive } from "lucide-react";
import { type FormEvent, type KeyboardEvent, useEffect, useRef } from "react";
import { freeMountPath, mountRefusal, mountVolume, type Mounting } from "#editor/mount-volume.ts";
import type { Point } from "#editor/layout/geometry.ts";
import type { TaskId } from "#pipeline/model.ts";
import { useFormState } from "../parts/use-form-state.ts";
import { useEditor, usePage, useTranslate } from "../use-editor.ts";

/** A volume dropped on a task. */
export interface MountAsked extends Mounting {
  /** Names on the two boxes. */
  readonly names: { readonly volume: string; readonly task: string };
  readonly screen: Point;
}

interface Props extends MountAsked {
  readonly onClose: () => void;
}

const SIZE = { width: 300, height: 190 };

/** Asks at the pointer for the mount path, with a free path as default: Enter mounts, Escape changes nothing. */
export function MountVolume({ of, task, names, screen, onClose }: Props) {
  const t = useTranslate();
  const page = usePage();
  const editor = useEditor();
  const [path, setPath] = useFormState(
    { form: "mount-volume", part: "path", about: { of, task, names: { ...names }, screen: { ...screen } } },
    () => freeMountPath(editor, { of, task }),
  );
  const box = useRef<HTMLFormElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const text = path.trim();
  const refusal = mountRefusal(editor, { of, task }, text);
  useEffect(() => field.current?.select(), []);
  useEffect(() => {
    const press = (event: PointerEvent) => {
      if (!box.current?.contains(event.target as Node)) onClose();
    };
    window.addEventListener("pointerdown", press, true);
    return () => window.removeEventListener("pointerdown", press, true);
  }, [onClose]);
  const done = () => {
    page.canvas.current?.focusBox(task as TaskId);
    onClose();
  };
  const mount = (event: FormEvent) => {
    event.preventDefault();
    if (refusal) return;
    mountVolume(editor, { of, task }, text);
    done();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    done();
  };
  const title = t("mount-volume-title", names);
  return (
    <form
      ref={box}
      className="pop stack"
      role="dialog"
      aria-label={title}
      style={{
        position: "fixed",
        left: Math.max(8, Math.min(screen.x, innerWidth - SIZE.width - 8)),
        top: Math.max(8, Math.min(screen.y, innerHeight - SIZE.height - 8)),
        width: SIZE.width,
        padding: "var(--s-3)",
      }}
      onSubmit={mount}
      onKeyDown={onKeyDown}
    >
      <b>{title}</b>
      <label className="field">
        <HardDrive className="i s" aria-hidden="true" />
        <input
          ref={field}
          className="code"
          autoFocus
          spellCheck={false}
          aria-label={t("mount-volume-path")}
          aria-invalid={refusal !== undefined}
          value={path}
          onChange={(event) => setPath(event.target.value)}
        />
      </label>
      {refusal ? (
        <span className="note t-warning" role="status">
          {t(refusal.code, refusal.values)}
        </span>
      ) : null}
      <button type="submit" className="btn primary" disabled={refusal !== undefined}>
        {t("mount-volume-do")}
      </button>
    </form>
  );
}
