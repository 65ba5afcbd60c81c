import type { ThemeChoice } from "#editor/state.ts";

/** Applies a theme to the page; `system` follows the system and changes with it. Returns an unsubscribe function. */
export function showTheme(choice: ThemeChoice): () => void {
  const root = document.documentElement;
  if (choice !== "system") {
    root.dataset.theme = choice;
    return () => undefined;
  }
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const contrast = matchMedia("(prefers-contrast: more)");
  const follow = () => {
    root.dataset.theme = contrast.matches ? "contrast" : dark.matches ? "dark" : "light";
  };
  follow();
  for (const query of [dark, contrast]) query.addEventListener("change", follow);
  return () => {
    for (const query of [dark, contrast]) query.removeEventListener("change", follow);
  };
}
