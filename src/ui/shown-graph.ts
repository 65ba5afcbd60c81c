import { useMemo } from "react";
import { shownGraph, shownWorkflow } from "#editor/actions.ts";
import type { EditorState } from "#editor/state.ts";
import { graphOf } from "#model/graph-of.ts";
import type { Graph } from "#model/graph.ts";
import { useEditorState } from "./use-editor.ts";

/** Boxes and wires of the graph on the screen, computed from the document; undefined if there is none. */
export function useShownGraph(): Graph | undefined {
  const model = useEditorState((state) => state.document.model);
  const workflow = useEditorState(shownWorkflow);
  const template = useEditorState(shownGraph);
  return useMemo(() => (workflow && template ? graphOf(model, workflow, template.id) : undefined), [model, workflow, template]);
}

/** The same outside of React. */
export function graphShown(state: EditorState): Graph | undefined {
  const workflow = shownWorkflow(state);
  const template = shownGraph(state);
  return workflow && template ? graphOf(state.document.model, workflow, template.id) : undefined;
}
