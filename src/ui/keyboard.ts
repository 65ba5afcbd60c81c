import type { Command } from "#editor/commands/command.ts";
import { commandFor, type KeyScope, type Press } from "#editor/commands/keys.ts";

/**
 * Runs commands from the keyboard. What a canvas or field has handled itself (`defaultPrevented`) is left alone. Returns an unsubscribe
 * function.
 */
export function listenToKeys(commands: readonly Command[], run: (command: Command) => void): () => void {
  const listen = (event: KeyboardEvent) => {
    if (event.defaultPrevented) return;
    if (document.querySelector('dialog[open], [role="dialog"], [role="menu"]')) return;
    if (event.key === "F6") return moveToLandmark(event);
    const place = placeOf(event.target);
    const command = commandFor(commands, pressOf(event), place);
    if (!command) return;
    event.preventDefault();
    if (place === "field" && event.target instanceof HTMLElement) commitField(event.target);
    run(command);
  };
  window.addEventListener("keydown", listen);
  return () => window.removeEventListener("keydown", listen);
}

function pressOf(event: KeyboardEvent): Press {
  const { key, code, ctrlKey, metaKey, shiftKey, altKey, isComposing, keyCode } = event;
  return { key, code, ctrlKey, metaKey, shiftKey, altKey, isComposing, keyCode, altGraph: event.getModifierState("AltGraph") };
}

function placeOf(target: EventTarget | null): KeyScope {
  if (!(target instanceof HTMLElement)) return "page";
  if (target.closest("input, textarea, select, [contenteditable]")) return "field";
  return target.closest("#canvas") ? "canvas" : "page";
}

/**
 * A field commits on blur; a command that begins while it has the focus must see what was typed (docs/spec/interaction.md#commit-first).
 */
function commitField(field: HTMLElement): void {
  field.blur();
  field.focus();
}

/** F6 walks through the landmarks; after the last one the key is left to the browser. */
function moveToLandmark(event: KeyboardEvent): void {
  const landmarks = [...document.querySelectorAll<HTMLElement>(".app > :is(.top, .left, .mid, .low, .right, .status)")].toSorted(
    (a, b) => order(a) - order(b),
  );
  const here = landmarks.findIndex((landmark) => landmark.contains(document.activeElement));
  const next = landmarks[here + (event.shiftKey ? -1 : 1)];
  if (!next) return;
  const target = next.querySelector<HTMLElement>(
    '[role="application"] [tabindex="0"], [tabindex="0"], button:enabled, input, select, textarea',
  );
  if (!target) return;
  event.preventDefault();
  target.focus();
}

function order(landmark: HTMLElement): number {
  return ["left", "mid", "right", "low", "status", "top"].findIndex((name) => landmark.classList.contains(name));
}
