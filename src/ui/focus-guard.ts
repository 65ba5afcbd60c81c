/** Panels in which the focus stays when one of their controls is removed. */
const PANELS = ".left, .right, .low";
const FOCUSABLE = 'a[href], :is(button, input, select, textarea):not(:disabled), [tabindex="0"], [contenteditable="true"], summary';

/**
 * Keeps the focus off the body: when the focused element is removed or disabled, the next control of its panel gets the focus,
 * else `rest` (the canvas). It runs right after the change, before the next key. Returns a function that stops it.
 */
export function guardFocus(rest: () => void): () => void {
  let last: Element | undefined;
  let panel: Element | undefined;
  let after: readonly HTMLElement[] = [];
  let before: readonly HTMLElement[] = [];
  const note = () => {
    const active = document.activeElement;
    if (!active || active === document.body || !active.isConnected) return;
    last = active;
    panel = active.closest(PANELS) ?? undefined;
    if (!panel) return;
    const all = [...panel.querySelectorAll<HTMLElement>(FOCUSABLE)];
    const at = all.indexOf(active as HTMLElement);
    after = at < 0 ? [] : all.slice(at + 1);
    before = at < 0 ? [] : all.slice(0, at);
  };
  const check = () => {
    const active = document.activeElement;
    const isLost = active === null || active === document.body;
    if (!isLost && !isDisabled(active)) return;
    // A press on nothing is a deliberate way to leave.
    if (isLost && last?.isConnected && !isDisabled(last)) return;
    if (!last) return;
    const lost = last;
    last = undefined;
    const next = panel?.isConnected
      ? (after.find((one) => isUsable(one, lost)) ?? before.findLast((one) => isUsable(one, lost)))
      : undefined;
    if (next) next.focus({ preventScroll: true });
    else rest();
  };
  const observer = new MutationObserver(check);
  observer.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["disabled"] });
  document.addEventListener("focusin", note);
  // What is around a control may have changed since it got the focus.
  document.addEventListener("keydown", note, true);
  document.addEventListener("pointerdown", note, true);
  return () => {
    observer.disconnect();
    document.removeEventListener("focusin", note);
    document.removeEventListener("keydown", note, true);
    document.removeEventListener("pointerdown", note, true);
  };
}

function isDisabled(element: Element): boolean {
  return element.matches(":disabled");
}

function isUsable(element: HTMLElement, lost: Element): boolean {
  return element.isConnected && element !== lost && !isDisabled(element);
}
