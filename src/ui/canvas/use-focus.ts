import { useCallback, useLayoutEffect, useRef, useState, type FocusEvent, type RefObject, useEffect } from "react";
import type { Box } from "#editor/layout/box.ts";
import type { BoxId, Rect } from "#editor/layout/geometry.ts";
import type { Wire } from "#editor/layout/wires.ts";
import type { PendingWork } from "#editor/pending-work.ts";
import { successorOf, type FocusScene } from "./focus-successor.ts";
import type { CanvasModel } from "./use-canvas-model.ts";

/** The target of keys. */
export interface Focus {
  readonly box: BoxId;
  /** Key of a port's row, if a port holds the focus. */
  readonly row?: string;
}

/** The pending focus, set as soon as its element is on the page. */
interface Intent {
  /** A box by its own id or by the name that the page knows it by. */
  readonly name: BoxId;
  readonly row?: string;
  readonly rename?: boolean;
}

export interface FocusOptions {
  readonly root: RefObject<HTMLDivElement | null>;
  readonly template: string;
  readonly byId: ReadonlyMap<BoxId, Box>;
  readonly keysOf: (name: BoxId) => readonly BoxId[];
  readonly wires: readonly Wire[];
  readonly rects: ReadonlyMap<BoxId, Rect>;
  readonly selection: readonly BoxId[];
  readonly order: readonly BoxId[];
  readonly bringIntoView: (box: BoxId, where: "nearest" | "center") => void;
  readonly rename: (box: BoxId) => void;
  /** Notified while a box that is in the graph is not mounted yet. */
  readonly pending?: PendingWork;
}

export interface CanvasFocus {
  readonly focus: Focus | undefined;
  /** Gives the focus to a box or one of its ports; if it is not mounted yet, the canvas itself holds the focus until it is. */
  readonly focusBox: (box: BoxId, row?: string) => void;
  /** Makes a box the target of keys for when the canvas has the focus; the focus itself stays where it is. */
  readonly pointAt: (box: BoxId) => void;
  /** The same as `focusBox` for a box by the name that the page knows, which may only come with the next commit; also brings it into view. */
  readonly focusNamed: (name: BoxId, where: "nearest" | "center") => void;
  /** Renames a box in place as soon as it is mounted. */
  readonly renameNamed: (name: BoxId) => void;
  /** Boxes call this whenever they were mounted or rendered. */
  readonly arrived: () => void;
  readonly onFocus: (event: FocusEvent) => void;
  readonly onBlur: (event: FocusEvent) => void;
}

/**
 * The focus of the canvas. Its target is kept in a ref and focused in the commit in which its element appears, so no
 * key pressed in between is lost: until then the canvas itself has the focus and handles keys for the intended box. When the focused box
 * is removed, its successor gets the focus.
 */
export function useCanvasFocus(options: FocusOptions): CanvasFocus {
  const { root, byId, keysOf, rects, pending } = options;
  const [focus, setFocus] = useState<Focus>();
  const intent = useRef<Intent | undefined>(undefined);
  // What to bring into view when its position is known.
  const unseen = useRef<{ readonly name: BoxId; readonly where: "nearest" | "center" } | undefined>(undefined);
  const latestKeysOf = useRef(keysOf);
  const former = useRef<FocusScene | undefined>(undefined);
  const waiting = useRef<(() => void) | undefined>(undefined);
  const settle = useCallback(() => {
    waiting.current?.();
    waiting.current = undefined;
  }, []);
  useLayoutEffect(() => settle, [settle]);

  const resolve = useCallback((): boolean => {
    const wanted = intent.current;
    if (!wanted) return true;
    if (wanted.rename) return false;
    const target = elementOf(root.current, latestKeysOf.current(wanted.name)[0] ?? wanted.name, wanted.row);
    if (!target) return false;
    intent.current = undefined;
    settle();
    target.focus({ preventScroll: true });
    return true;
  }, [root, settle]);
  const begin = useCallback(
    (wanted: Intent) => {
      intent.current = wanted;
      setFocus({ box: latestKeysOf.current(wanted.name)[0] ?? wanted.name, row: wanted.row });
      if (!resolve()) root.current?.focus({ preventScroll: true });
    },
    [resolve, root],
  );
  const pointAt = useCallback((box: BoxId) => setFocus({ box }), []);
  const focusBox = useCallback((box: BoxId, row?: string) => begin({ name: box, row }), [begin]);
  const focusNamed = useCallback(
    (name: BoxId, where: "nearest" | "center") => {
      unseen.current = { name, where };
      begin({ name });
    },
    [begin],
  );
  const renameNamed = useCallback(
    (name: BoxId) => {
      unseen.current = { name, where: "nearest" };
      begin({ name, rename: true });
    },
    [begin],
  );

  // With every commit: what is intended may have come, what had the focus may have gone. It sets the focus only if it is another box.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  useLayoutEffect(() => {
    latestKeysOf.current = keysOf;
    const scene: FocusScene = options;
    const was = former.current;
    former.current = scene;
    const keyOf = (name: BoxId) => keysOf(name)[0] ?? name;
    if (unseen.current && rects.has(keyOf(unseen.current.name))) {
      options.bringIntoView(keyOf(unseen.current.name), unseen.current.where);
      unseen.current = undefined;
    }
    const wanted = intent.current;
    if (wanted) {
      const key = keyOf(wanted.name);
      if (byId.has(key) && focus?.box !== key) setFocus({ box: key, row: wanted.row });
      if (wanted.rename && rects.has(key)) {
        intent.current = undefined;
        settle();
        options.rename(key);
        return;
      }
      // A dialog that was open when the focus was asked for made the canvas inert; now it can hold the focus.
      if (resolve()) return;
      if (byId.has(key)) waiting.current ??= pending?.begin("focus");
      if (!root.current?.contains(document.activeElement)) root.current?.focus({ preventScroll: true });
      return;
    }
    if (!focus || !was) return;
    const box = byId.get(focus.box);
    if (box) {
      const isGone = focus.row !== undefined && ![...box.inputs, ...box.outputs].some((row) => row.key === focus.row);
      if (isGone && isHere(root.current)) focusBox(focus.box);
      return;
    }
    if (!was.byId.has(focus.box)) return;
    const next = successorOf(focus.box, was, scene);
    if (!isHere(root.current)) setFocus(next && { box: next });
    else if (next) focusBox(next);
    else {
      setFocus(undefined);
      root.current?.focus({ preventScroll: true });
    }
  });

  const onFocus = useCallback((event: FocusEvent) => {
    const element = event.target instanceof HTMLElement ? event.target : undefined;
    const box = element?.closest<HTMLElement>("[data-box]")?.dataset.box as BoxId | undefined;
    if (box !== undefined) setFocus({ box, row: element?.dataset.port });
  }, []);
  const onBlur = useCallback(
    (event: FocusEvent) => {
      // A user who leaves the canvas in the meantime does not want to be brought back.
      const to = event.relatedTarget;
      if (!(to instanceof Node) || event.currentTarget.contains(to)) return;
      intent.current = undefined;
      settle();
    },
    [settle],
  );
  const arrived = useCallback(() => void resolve(), [resolve]);
  return { focus, focusBox, focusNamed, pointAt, renameNamed, arrived, onFocus, onBlur };
}

/** Whether the focus is in the canvas, or was until its element was removed. */
function isHere(root: HTMLElement | null): boolean {
  const active = document.activeElement;
  return active === null || active === document.body || (root?.contains(active) ?? false);
}

function elementOf(root: HTMLElement | null, box: BoxId, row: string | undefined): HTMLElement | undefined {
  const element = [...(root?.querySelectorAll<HTMLElement>("[data-box]") ?? [])].find((one) => one.dataset.box === box);
  if (row === undefined) return element;
  return [...(element?.querySelectorAll<HTMLElement>("[data-port]") ?? [])].find((one) => one.dataset.port === row);
}

/**
 * Selecting from elsewhere (outline, problems, inspector) moves the focus, so that keys act on the box that is shown as selected.
 * `selection`: that of the page.
 */
export function useSelectionFocus(
  selection: readonly string[],
  { props, selected, byId, root }: CanvasModel,
  { focus, focusBox, pointAt }: CanvasFocus,
): void {
  const { selection: boxes } = props;
  const former = useRef(selection);
  useEffect(() => {
    const before = former.current;
    former.current = selection;
    const last = boxes.at(-1);
    const isNew = selection.some((id) => !before.includes(id));
    if (!isNew || last === undefined || !focus || selected.has(focus.box) || !byId.has(last)) return;
    if (root.current?.contains(document.activeElement)) focusBox(last);
    else pointAt(last);
  }, [selection, boxes, selected, focus, byId, root, focusBox, pointAt]);
}
