import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactNode } from "react";
import type { Editor } from "#editor/editor.ts";
import { PageContext } from "#ui/use-editor.ts";
import { editorWith, smallWorkflow } from "../editor/outside.ts";

/** Renders a part of the page over an editor with a workflow open. */
export async function renderPart(part: ReactNode, text: string = smallWorkflow, prepare: (editor: Editor) => void = () => undefined) {
  const editor = await editorWith(text);
  prepare(editor);
  const view = render(<PageContext value={{ editor, canvas: { current: null } }}>{part}</PageContext>);
  return { editor, user: userEvent.setup(), ...view };
}
