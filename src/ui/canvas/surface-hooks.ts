import { useEffect, useLayoutEffect, useState } from "react";

/** Ctrl and wheel over the canvas zoom the canvas: the page itself never zooms from here, including from panels over the canvas. */
export function useNoPageZoom(root: { readonly current: HTMLElement | null }): void {
  useEffect(() => {
    const element = root.current?.parentElement;
    const stop = (event: WheelEvent) => event.ctrlKey && event.preventDefault();
    element?.addEventListener("wheel", stop, { passive: false });
    return () => element?.removeEventListener("wheel", stop);
  }, [root]);
}

/** The page's theme by name: painted layers read their colours again when it changes. */
export function useTheme(): string {
  const [theme, setTheme] = useState("");
  useLayoutEffect(() => {
    const element = document.documentElement;
    const read = () => setTheme(`${element.dataset.theme ?? ""}`);
    read();
    const observer = new MutationObserver(read);
    observer.observe(element, { attributes: true, attributeFilter: ["data-theme"] });
    return () => observer.disconnect();
  }, []);
  return theme;
}
