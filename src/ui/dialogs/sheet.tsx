import { X } from "lucide-react";
import { type ReactNode, useLayoutEffect, useRef, useState } from "react";
import { usePage, useTranslate } from "../use-editor.ts";

/**
 * A modal dialog by the browser itself: it keeps the focus inside, makes the page behind it inert, closes on Escape, and needs no style of
 * its own, so that a strict Content-Security-Policy holds. The focus is in it from the commit that shows it, and back at what opened it (or
 * on the canvas, if that is gone) in the commit that removes it.
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
  const page = usePage();
  // Asked while rendering: a field that focuses itself comes before the effect.
  const [opener] = useState(() => document.activeElement);
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element) return;
    element.showModal();
    const first = element.querySelector<HTMLElement>("[data-first]") ?? element.querySelector<HTMLElement>(".dialog-body " + CONTROL);
    (first ?? element.querySelector<HTMLElement>(CONTROL) ?? element).focus();
    return () => {
      element.close();
      const active = document.activeElement;
      if (active && active !== document.body && !element.contains(active)) return;
      if (opener instanceof HTMLElement && opener !== document.body && opener.isConnected) opener.focus();
      else page.canvas.current?.focus();
    };
  }, [page, opener]);
  return (
    <dialog
      ref={dialog}
      className={`dialog${wide ? " wide" : ""}${large ? " large" : ""}`}
      aria-label={label}
      tabIndex={-1}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onKeyDown={(event) => {
        // From a field of several lines too, where Enter begins a new one.
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !(event.target instanceof Element)) return;
        const submit = event.target.closest("form")?.querySelector<HTMLElement>('[type="submit"]:not(:disabled)');
        if (!submit) return;
        event.preventDefault();
        submit.click();
      }}
      onPointerDown={(event) => {
        // A press on the backdrop is a press on the dialog itself, outside of its box.
        if (event.target !== event.currentTarget || !isOutside(event.currentTarget.getBoundingClientRect(), event.clientX, event.clientY))
          return;
        // As any press elsewhere does: a name that is being typed is committed, which it would not be once its input is gone.
        if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
        onClose();
      }}
    >
      {children}
    </dialog>
  );
}

const CONTROL = ":is(button, input, select, textarea):not(:disabled)";

function isOutside(box: DOMRect, x: number, y: number): boolean {
  return x < box.left || x > box.right || y < box.top || y > box.bottom;
}

/** A dialog with a title and a close button. */
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
  const t = useTranslate();
  return (
    <Modal label={title} wide={wide} onClose={onClose}>
      <div className="dialog-head">
        <h2>{title}</h2>
        <span className="grow" />
        <button type="button" className="btn icon sm" aria-label={t("close")} onClick={onClose}>
          <X className="i" aria-hidden="true" />
        </button>
      </div>
      {children}
    </Modal>
  );
}
