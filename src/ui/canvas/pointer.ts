import type { BoxId, Point } from "#editor/layout/geometry.ts";

/** What a double click on the head of a condition, loop or exit handler opens. */
export type BoxForm = "condition" | "loop" | "inspector";

/** What is under the pointer, read from the boxes' data attributes, or from the model where boxes are painted. */
export type Under =
  | { readonly kind: "port"; readonly box: BoxId; readonly row: string }
  | { readonly kind: "order"; readonly box: BoxId }
  | { readonly kind: "enter"; readonly box: BoxId }
  | { readonly kind: "toggle"; readonly box: BoxId }
  | { readonly kind: "box"; readonly box: BoxId; readonly title: boolean; readonly form?: BoxForm }
  | { readonly kind: "wire"; readonly wire: string }
  | { readonly kind: "cut"; readonly wire: string }
  | { readonly kind: "canvas" }
  /** Beside the canvas, or outside of the window. */
  | { readonly kind: "outside" };

/** A pointer's position on the canvas (`at`) and on the page (`client`), with the keys held. */
export interface PointerState {
  readonly at: Point;
  readonly client: Point;
  readonly under: Under;
  readonly toggle: boolean;
  readonly shift: boolean;
  readonly mod: boolean;
  readonly alt?: boolean;
}

/** Reads which part of the canvas an element belongs to; `painted` finds a box that has no element. */
export function underOf(target: EventTarget | null, painted: () => BoxId | undefined): Under {
  const element = target instanceof Element ? target : null;
  const box = element?.closest<HTMLElement>("[data-box]")?.dataset.box as BoxId | undefined;
  const port = element?.closest<HTMLElement>("[data-port]")?.dataset.port;
  if (box !== undefined && port !== undefined) return { kind: "port", box, row: port };
  if (box !== undefined && element?.closest("[data-order]")) return { kind: "order", box };
  if (box !== undefined && element?.closest("[data-enter]")) return { kind: "enter", box };
  if (box !== undefined && element?.closest("[data-toggle]")) return { kind: "toggle", box };
  if (box !== undefined) {
    const form = element?.closest<HTMLElement>("[data-form]")?.dataset.form as BoxForm | undefined;
    return { kind: "box", box, title: element?.closest("[data-title]") !== null, ...(form && { form }) };
  }
  const wire = element?.closest<SVGElement>("[data-wire]")?.dataset.wire;
  if (wire !== undefined) return { kind: element?.closest("[data-cut]") ? "cut" : "wire", wire };
  const hit = painted();
  return hit === undefined ? { kind: "canvas" } : { kind: "box", box: hit, title: false };
}
