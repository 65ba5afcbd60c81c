import { X } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { useSay } from "../use-editor.ts";

/**
 * A modal dialog by the browser itself: it keeps the focus inside, makes the page behind it inert, closes on Escape, gives the focus
 * back, and needs no style of its own, so that a strict Content-Security-Policy holds.
 */
export function Modal({
  label,
  wide,
  large,
  onClose,
  children,
}: {
  readonly label: string;
  readonly wide?: boolean;
  readonly large?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    element?.querySelector<HTMLElement>("[data-first]")?.focus();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={`dialog${wide ? " wide" : ""}${large ? " large" : ""}`}
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onPointerDown={(event) => {
        // A press on the backdrop is a press on the dialog itself, outside of its box.
        if (event.target === event.currentTarget && isOutside(event.currentTarget.getBoundingClientRect(), event.clientX, event.clientY))
          onClose();
      }}
    >
      {children}
    </dialog>
  );
}

function isOutside(box: DOMRect, x: number, y: number): boolean {
  return x < box.left || x > box.right || y < box.top || y > box.bottom;
}

/** A dialog with a title and a way out. */
export function Sheet({
  title,
  wide,
  onClose,
  children,
}: {
  readonly title: string;
  readonly wide?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const say = useSay();
  return (
    <Modal label={title} wide={wide} onClose={onClose}>
      <div className="dialog-head">
        <h2>{title}</h2>
        <span className="grow" />
        <button type="button" className="btn icon sm" aria-label={say("close")} onClick={onClose}>
          <X className="i" aria-hidden="true" />
        </button>
      </div>
      {children}
    </Modal>
  );
}
