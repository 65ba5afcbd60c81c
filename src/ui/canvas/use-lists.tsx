import { useState, type ReactNode } from "react";
import type { Box } from "#editor/layout/box.ts";
import type { BoxId } from "#editor/layout/geometry.ts";
import type { Wire } from "#editor/layout/wires.ts";
import type { TaskId } from "#pipeline/model.ts";
import type { PipelineCanvasProps } from "./canvas-props.ts";
import { ChoiceList, type Choice } from "./choice-list.tsx";
import { reach } from "./navigation.ts";

interface Asked {
  readonly kind: "wires" | "run-after";
  readonly box: BoxId;
}

export interface ListsOptions {
  readonly props: PipelineCanvasProps;
  readonly byId: ReadonlyMap<BoxId, Box>;
  readonly wires: readonly Wire[];
  /** Position of a list about a box, in pixels of the canvas. */
  readonly beside: (box: BoxId) => { readonly left: number; readonly top: number };
  readonly siblings: (box: BoxId) => ReadonlyMap<BoxId, unknown>;
  readonly goTo: (box: BoxId) => void;
  readonly focusBox: (box: BoxId) => void;
  readonly cutWires: (wires: readonly Wire[]) => void;
}

/** The lists that keys open about one box: its wires (W), and the tasks after which it could run (Shift+C). */
export function useLists({ props, byId, wires, beside, siblings, goTo, focusBox, cutWires }: ListsOptions): {
  readonly open: (kind: Asked["kind"], box: BoxId) => void;
  readonly close: () => boolean;
  readonly overlay: ReactNode;
} {
  const [asked, setAsked] = useState<Asked>();
  const { t } = props;
  const box = asked && byId.get(asked.box);
  const done = () => {
    setAsked(undefined);
    if (asked) focusBox(asked.box);
  };
  const mine = asked ? wires.filter((wire) => wire.from === asked.box || wire.to === asked.box) : [];
  const titleOf = (id: BoxId) => {
    const other = byId.get(id);
    return other?.kind === "task" ? other.title : t(other?.kind === "outputs" ? "canvas.outputs" : "canvas.inputs");
  };
  const wireChoices = (id: BoxId) =>
    mine.map((wire): Choice => {
      const isOut = wire.from === id;
      const [own, far] = isOut ? [wire.fromRow, wire.toRow] : [wire.toRow, wire.fromRow];
      const ports = [own?.port.label, far?.port.label].filter(Boolean).join(isOut ? " → " : " ← ");
      return { id: wire.id, title: titleOf(isOut ? wire.to : wire.from), detail: ports || t("canvas.order-only") };
    });
  const orderChoices = (id: BoxId) => {
    // What already waits for this box cannot precede it.
    const later = reach([id], wires, "down");
    return [...siblings(id).keys()].flatMap((other): Choice[] => {
      const one = byId.get(other);
      return one?.node && !one.node.hook && other !== id && !later.has(other)
        ? [{ id: other, title: one.title, detail: one.node.name === one.title ? undefined : one.node.name }]
        : [];
    });
  };
  const overlay = asked && box && (
    <ChoiceList
      key={`${asked.kind} ${asked.box}`}
      title={t(asked.kind === "wires" ? "canvas.wires-of" : "canvas.run-after", { task: box.title })}
      at={beside(asked.box)}
      t={t}
      choices={asked.kind === "wires" ? wireChoices(asked.box) : orderChoices(asked.box)}
      onPick={(id) => {
        done();
        const wire = mine.find((one) => one.id === id);
        if (asked.kind === "run-after") props.onRunAfter?.(box.node!.id, byId.get(id as BoxId)!.node!.id as TaskId);
        else if (wire) goTo(wire.from === asked.box ? wire.to : wire.from);
      }}
      onRemove={asked.kind === "run-after" || props.readOnly ? undefined : (id) => cutWires(mine.filter((wire) => wire.id === id))}
      onClose={done}
    />
  );
  return {
    open: (kind, id) => {
      if (byId.get(id)?.kind === "task" || kind === "wires") setAsked({ kind, box: id });
    },
    close: () => {
      if (asked) done();
      return asked !== undefined;
    },
    overlay,
  };
}
