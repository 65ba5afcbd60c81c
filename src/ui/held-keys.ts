import { flushSync } from "react-dom";

interface HeldPress {
  readonly press: KeyboardEvent;
  readonly target: Element;
}

/** Held key presses, in order; undefined: none are held. */
let held: HeldPress[] | undefined;
/** What had the focus when the hold began: keys pressed there are for what is coming, keys pressed elsewhere for where they were pressed. */
let before: Element | undefined;
let holders = 0;

const MODIFIERS: ReadonlySet<string> = new Set(["Shift", "Control", "Alt", "Meta", "AltGraph", "CapsLock"]);

/**
 * Holds the keys that are pressed until the returned function is called, then delivers them to the element that has the focus then: for the
 * time in which something opened by key is still loading. A running input method keeps its keys.
 */
export function holdKeys(): () => void {
  holders += 1;
  if (!held) {
    held = [];
    before = focused();
    window.addEventListener("keydown", keep, true);
  }
  let isReleased = false;
  return () => {
    if (isReleased) return;
    isReleased = true;
    holders -= 1;
    if (holders > 0) return;
    window.removeEventListener("keydown", keep, true);
    const presses = held ?? [];
    held = undefined;
    const coming = before;
    for (const one of presses) {
      // One of these keys may open something else that has to be loaded.
      if (held) (held as HeldPress[]).push(one);
      else replay(one.press, one.target !== coming && one.target.isConnected && one.target !== document.body ? one.target : focused());
    }
  };
}

function keep(event: KeyboardEvent): void {
  if (event.isComposing || event.keyCode === 229 || MODIFIERS.has(event.key)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  held?.push({ press: event, target: focused() });
}

/** Presses a key once more, and does what the browser would have done with it. */
function replay(press: KeyboardEvent, target: Element): void {
  const { key, code, shiftKey, ctrlKey, metaKey, altKey } = press;
  const again = new KeyboardEvent("keydown", {
    key,
    code,
    shiftKey,
    ctrlKey,
    metaKey,
    altKey,
    bubbles: true,
    cancelable: true,
    composed: true,
  });
  let isLeft = true;
  flushSync(() => {
    isLeft = target.dispatchEvent(again);
  });
  if (!isLeft || ctrlKey || metaKey || altKey) return;
  const now = isText(target) ? target : focused();
  if (isText(now)) {
    if (key.length === 1) insert(now, key);
    else if (key === "Enter" && now instanceof HTMLInputElement) now.form?.requestSubmit();
    else if (key === "Enter") insert(now, "\n");
  } else if ((key === "Enter" || key === " ") && now instanceof HTMLButtonElement) now.click();
}

/** The focused element, in a shadow root too. */
function focused(): Element {
  let active = document.activeElement ?? document.body;
  while (active.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}

function isText(element: Element): element is HTMLElement {
  return element.matches('input:not([type="checkbox"], [type="radio"]), textarea, [contenteditable="true"]');
}

function insert(element: HTMLElement, text: string): void {
  // The only way to keep the undo of the field and to notify editors such as CodeMirror.
  if (typeof document.execCommand === "function" && document.execCommand("insertText", false, text)) return;
  if (!(element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement)) return;
  element.setRangeText(text, element.selectionStart ?? element.value.length, element.selectionEnd ?? element.value.length, "end");
  flushSync(() => element.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText", data: text })));
}
