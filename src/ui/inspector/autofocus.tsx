/** Puts the focus into the field beside it when it appears. */
export function AutoFocus() {
  return <span ref={(element) => element?.parentElement?.querySelector<HTMLElement>("input, textarea")?.focus()} />;
}
