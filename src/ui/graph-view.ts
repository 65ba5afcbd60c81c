import { useDeferredValue, useMemo } from "react";
import { useShallow } from "zustand/react/shallow";
import { selectedGraph, currentGraph, currentWorkflow } from "#editor/actions.ts";
import { withTitles } from "#editor/display-names.ts";
import type { EditorState } from "#editor/state.ts";
import { graphOf } from "#pipeline/graph-of.ts";
import type { Graph } from "#pipeline/graph.ts";
import type { Template, Workflow } from "#pipeline/model.ts";
import { useEditorState, useTranslate } from "./use-editor.ts";

/** What the canvas draws, as one consistent snapshot. */
export interface GraphView extends Pick<EditorState["document"], "model" | "places" | "diagnostics"> {
  readonly workflow: Workflow | undefined;
  readonly template: Template | undefined;
  readonly trail: EditorState["session"]["trail"];
}

/** From so many calls on, drawing after an edit takes long enough to be noticed while typing. */
const large = 300;

/**
 * What the canvas draws. A large graph follows an edit in pieces of a few milliseconds, after the fields, so that no edit blocks the
 * page; a small one at once.
 */
export function useGraphView(): GraphView {
  const now = useEditorState(useShallow(graphViewOf));
  const isLarge = (now.template?.tasks.length ?? 0) >= large;
  const later = useDeferredValue(isLarge ? now : undefined);
  return isLarge && later ? later : now;
}

function graphViewOf(state: EditorState): GraphView {
  const { model, places, diagnostics } = state.document;
  return { model, places, diagnostics, workflow: currentWorkflow(state), template: currentGraph(state), trail: state.session.trail };
}

/** Boxes and wires of the graph on the screen, computed from the document; undefined if there is none. */
export function useCurrentGraph(): Graph | undefined {
  const { model, workflow, template } = useGraphView();
  const t = useTranslate();
  return useMemo(
    () => (workflow && template ? withTitles(graphOf(model, workflow, template.id), workflow, t) : undefined),
    [model, workflow, template, t],
  );
}

/** Boxes and wires of the graph of the selected task: the one on the screen, or one expanded inside it. */
export function useSelectedGraph(): Graph | undefined {
  const { model, workflow } = useGraphView();
  const template = useEditorState(selectedGraph);
  const t = useTranslate();
  return useMemo(
    () => (workflow && template ? withTitles(graphOf(model, workflow, template.id), workflow, t) : undefined),
    [model, workflow, template, t],
  );
}

/** The graph on the screen, outside of React. */
export function currentBoxGraph(state: EditorState): Graph | undefined {
  const workflow = currentWorkflow(state);
  const template = currentGraph(state);
  return workflow && template ? graphOf(state.document.model, workflow, template.id) : undefined;
}
