import { useDeferredValue, useMemo } from "react";
import { useShallow } from "zustand/react/shallow";
import { selectedGraph, shownGraph, shownWorkflow } from "#editor/actions.ts";
import { withTitles } from "#editor/shown-names.ts";
import type { EditorState } from "#editor/state.ts";
import { graphOf } from "#pipeline/graph-of.ts";
import type { Graph } from "#pipeline/graph.ts";
import type { Template, Workflow } from "#pipeline/model.ts";
import { useEditorState, useSay } from "./use-editor.ts";

/** What the canvas draws, all of one moment. */
export interface Shown extends Pick<EditorState["document"], "model" | "places" | "findings"> {
  readonly workflow: Workflow | undefined;
  readonly template: Template | undefined;
  readonly trail: EditorState["session"]["trail"];
}

/** From so many calls on, drawing after an edit takes long enough to be felt while typing. */
const large = 300;

/**
 * What the canvas draws. A large graph follows an edit in pieces of a few milliseconds, after the fields, so that no edit holds the
 * page up; a small one at once.
 */
export function useShown(): Shown {
  const now = useEditorState(useShallow(shownNow));
  const isLarge = (now.template?.tasks.length ?? 0) >= large;
  const later = useDeferredValue(isLarge ? now : undefined);
  return isLarge && later ? later : now;
}

function shownNow(state: EditorState): Shown {
  const { model, places, findings } = state.document;
  return { model, places, findings, workflow: shownWorkflow(state), template: shownGraph(state), trail: state.session.trail };
}

/** Boxes and wires of the graph on the screen, computed from the document; undefined if there is none. */
export function useShownGraph(): Graph | undefined {
  const { model, workflow, template } = useShown();
  const say = useSay();
  return useMemo(
    () => (workflow && template ? withTitles(graphOf(model, workflow, template.id), workflow, say) : undefined),
    [model, workflow, template, say],
  );
}

/** Boxes and wires of the graph in which the selected task stands: the one on the screen, or one expanded inside it. */
export function useSelectedGraph(): Graph | undefined {
  const { model, workflow } = useShown();
  const template = useEditorState(selectedGraph);
  const say = useSay();
  return useMemo(
    () => (workflow && template ? withTitles(graphOf(model, workflow, template.id), workflow, say) : undefined),
    [model, workflow, template, say],
  );
}

/** The graph on the screen, outside of React. */
export function graphShown(state: EditorState): Graph | undefined {
  const workflow = shownWorkflow(state);
  const template = shownGraph(state);
  return workflow && template ? graphOf(state.document.model, workflow, template.id) : undefined;
}
