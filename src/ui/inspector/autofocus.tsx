import { useEffect, useRef } from "react";

/** Puts the focus into the field beside it when it appears, once. */
export function AutoFocus() {
  const mark = useRef<HTMLSpanElement>(null);
  useEffect(() => mark.current?.parentElement?.querySelector<HTMLElement>("input, textarea")?.focus(), []);
  return <span ref={mark} />;
}
