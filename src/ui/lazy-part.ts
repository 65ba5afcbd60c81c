import { type ComponentType, lazy, type LazyExoticComponent } from "react";
import { loadPart, MissingPart } from "#editor/missing-part.ts";
import { fetchForCurrentLanguages, type Part } from "#messages/lazy-catalog.ts";
import { MissingPartNotice } from "./missing-part.tsx";

let canvasFirst: Promise<unknown> = Promise.resolve();

/** Delays the panels until the canvas is shown, so that they do not compete with it for loading. */
export function holdParts(until: Promise<unknown>): void {
  canvasFirst = until.catch(() => undefined);
}

/** Resolves when the canvas is shown: then what is only needed later can be fetched. */
export function canvasShown(): Promise<unknown> {
  return canvasFirst;
}

type Loaded<Props> = { readonly default: ComponentType<Props> };

/**
 * A part of the page that is fetched when it is first shown, together with its messages (none: it has no messages of its own, and does not
 * wait for the canvas). If it cannot be fetched, a notice in its place says so; the rest of the page stays.
 */
export function lazyPart<Props>(load: () => Promise<Loaded<Props>>, messages?: Part): LazyExoticComponent<ComponentType<Props>> {
  const fetch = async (): Promise<Loaded<Props>> => {
    if (messages === undefined) return loadPart(load);
    await canvasFirst;
    const [loaded, hasMessage] = await Promise.all([loadPart(load), fetchForCurrentLanguages(messages)]);
    if (!hasMessage) throw new MissingPart(messages);
    return loaded;
  };
  return lazy(() => fetch().catch(() => ({ default: MissingPartNotice })));
}
