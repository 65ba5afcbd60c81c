import { useMemo } from "react";
import type { BoxId } from "#editor/layout/geometry.ts";
import type { TaskId } from "#pipeline/model.ts";
import type { CanvasContextValue } from "./canvas-context.ts";
import type { TypedName } from "./canvas-props.ts";
import type { CanvasModel } from "./use-canvas-model.ts";

interface ContextParts {
  readonly setRenaming: (box: BoxId | undefined) => void;
  readonly focusBox: (box: BoxId) => void;
  readonly arrived: () => void;
}

/** What every box needs; the same object while nothing of it changes, since a new one renders every box. */
export function useBoxContext(model: CanvasModel, { setRenaming, focusBox, arrived }: ContextParts): CanvasContextValue {
  const { props, boxes, byId, detail, names } = model;
  const { t, onRename, typedName: given } = props;
  const canOrder = props.onRunAfter !== undefined && !props.readOnly;
  const canExpand = props.graphOf !== undefined;
  const titleOf = useMemo(() => {
    const titles = new Map(boxes.flatMap(({ node }) => (node ? [[node.name, node.title] as const] : [])));
    return (task: string) => titles.get(task) ?? task;
  }, [boxes]);
  const typedName = useMemo<TypedName | undefined>(
    () => given && { of: (box) => given.of(names.of(box)), type: (box, name) => given.type(names.of(box), name) },
    [given, names],
  );
  return useMemo<CanvasContextValue>(
    () => ({
      t,
      titleOf,
      detail,
      canOrder,
      canExpand,
      onRenamed: (box, name, left) => {
        setRenaming(undefined);
        const old = byId.get(box)?.title;
        if (name && name !== old) onRename(names.of(box) as TaskId, name);
        if (!left) focusBox(box);
      },
      arrived,
      typedName,
    }),
    [t, titleOf, detail, canOrder, canExpand, byId, names, onRename, setRenaming, focusBox, arrived, typedName],
  );
}
