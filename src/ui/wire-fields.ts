import { createStore, type StoreApi } from "zustand/vanilla";
import type { Point } from "#editor/layout/geometry.ts";
import type { HeldWire, Judgement, WireFields } from "./canvas/canvas-props.ts";

/**
 * Fields beside the canvas at which a wire can end: rows of the inspector. The canvas reports which wire is being dragged and where it is dropped;
 * each row says whether it takes the wire, and what taking it does. A row is found by its `data-wire-field` under the pointer, because the
 * canvas has captured it.
 */

/** What a row does with a wire. */
export interface WireField {
  readonly judge: (wire: HeldWire) => Judgement;
  /** Called only if `judge` accepted the wire, or after a choice among its offers. */
  readonly take: (wire: HeldWire, as?: NonNullable<Parameters<HeldWire["connect"]>[1]>) => void;
}

export interface WireFieldState {
  readonly wire?: HeldWire;
  /** The row under the pointer. */
  readonly over?: string;
  /** The row that did not take the last wire, until the next action. */
  readonly refused?: { readonly field: string; readonly wire: HeldWire };
}

export interface WireFieldRegistry extends WireFields {
  readonly store: StoreApi<WireFieldState>;
  /** Adds a row, or replaces what it does; returns what removes it. */
  add(id: string, field: WireField): () => void;
  /** Forgets the last refusal. */
  close(): void;
}

/** The rows of a page. */
export function wireFieldRegistry(): WireFieldRegistry {
  const store = createStore<WireFieldState>(() => ({}));
  const fields = new Map<string, WireField>();
  const fieldAt = ({ x, y }: Point) => {
    const id = document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-wire-field]")?.dataset.wireField;
    return id !== undefined && fields.has(id) ? id : undefined;
  };
  return {
    store,
    add: (id, field) => {
      fields.set(id, field);
      return () => {
        if (fields.get(id) === field) fields.delete(id);
      };
    },
    close: () => {
      if (store.getState().refused) store.setState({ refused: undefined });
    },
    hold: (wire) => {
      // The pointer may be over a row already: the first move comes before the wire is drawn.
      store.setState(wire ? { wire, refused: undefined } : { wire, over: undefined });
    },
    aim: (client) => {
      const over = client && fieldAt(client);
      if (over !== store.getState().over) store.setState({ over });
    },
    drop: (wire, client) => {
      const id = fieldAt(client);
      const field = id === undefined ? undefined : fields.get(id);
      if (id === undefined || !field) return;
      if (field.judge(wire).fits === "yes") field.take(wire);
      else store.setState({ refused: { field: id, wire } });
    },
  };
}

/** The rows of this page. There is one pointer's wire at a time. */
export const wireFields = wireFieldRegistry();
