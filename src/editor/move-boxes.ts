import { field, textField } from "#data/data.ts";
import { currentWorkflow } from "./actions.ts";
import type { Editor } from "./editor.ts";
import { layoutAnnotationKey, layoutData } from "./layout-annotation.ts";
import type { Point } from "./layout/geometry.ts";
import { placed } from "./positions.ts";
import type { EditorState, Message } from "./state.ts";

/**
 * Boxes moved by hand (docs/spec/interaction.md#kept-positions). Positions of an opened file are stored in this browser; those of a
 * pipeline created here, and of a file that carries its layout, go into the annotation, as part of the same step.
 */
export function moveBoxes(editor: Editor, graph: string, moved: Readonly<Record<string, Point>>, label: Message, key?: string): void {
  const state = editor.store.getState();
  const workflow = currentWorkflow(state);
  if (!workflow || !carriesLayout(state)) return editor.place(graph, moved, label, key);
  const layout = layoutData(placed(state.document.places, graph, moved), workflow);
  editor.dispatch({
    edits: [{ kind: "set-layout", workflow: state.session.workflow, layout }],
    label,
    places: { [graph]: moved },
    ...(key === undefined ? {} : { key }),
  });
}

function carriesLayout(state: EditorState): boolean {
  if (state.document.exported === "") return true;
  const annotations = field(field(currentWorkflow(state)?.rest, "metadata"), "annotations");
  return textField(annotations, layoutAnnotationKey) !== undefined;
}
