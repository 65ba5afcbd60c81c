import type { Box } from "#editor/layout/box.ts";
import type { BoxId, Rect } from "#editor/layout/geometry.ts";
import type { Wire } from "#editor/layout/wires.ts";
import { nearest } from "./hit-test.ts";

/** The input for deciding where the focus goes when its box is removed. */
export interface FocusScene {
  readonly template: string;
  readonly byId: ReadonlyMap<BoxId, Box>;
  readonly wires: readonly Wire[];
  readonly rects: ReadonlyMap<BoxId, Rect>;
  readonly selection: readonly BoxId[];
  /** Boxes in run order. */
  readonly order: readonly BoxId[];
}

/**
 * The box that takes over the focus of one that is gone: what came in its place (renamed, grouped, dissolved), else a consumer, a producer,
 * the nearest task beside it, the group around it; undefined: the canvas itself.
 */
export function successorOf(gone: BoxId, was: FocusScene, now: FocusScene): BoxId | undefined {
  const selected = now.selection.filter((id) => now.byId.has(id));
  if (was.template !== now.template) return selected[0] ?? now.order[0];
  const came = new Set([...now.byId.keys()].filter((id) => !was.byId.has(id) && now.byId.get(id)?.kind === "task"));
  const position = was.rects.get(gone);
  if (came.size > 0)
    return (
      selected.find((id) => came.has(id)) ??
      nearest(position, new Map([...now.rects].filter(([id]) => came.has(id)))) ??
      came.values().next().value
    );
  const box = was.byId.get(gone);
  const stays = new Set(
    [...was.byId.values()]
      .filter((one) => one.kind === "task" && one.within?.at(-1) === box?.within?.at(-1) && now.byId.has(one.id))
      .map(({ id }) => id),
  );
  return (
    was.wires.find((wire) => wire.from === gone && stays.has(wire.to))?.to ??
    was.wires.find((wire) => wire.to === gone && stays.has(wire.from))?.from ??
    nearest(position, new Map([...was.rects].filter(([id]) => stays.has(id)))) ??
    box?.within?.findLast((frame) => now.byId.has(frame))
  );
}
