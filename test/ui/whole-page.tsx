import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { Editor } from "#editor/editor.ts";
import { App } from "#ui/app.tsx";
import { editorWith, smallWorkflow } from "../editor/outside.ts";

/** Renders the whole page over an editor with a workflow open; its parts are loaded. */
export async function renderPage(text: string = smallWorkflow, prepare: (editor: Editor) => void = () => undefined) {
  const editor = await editorWith(text);
  prepare(editor);
  const view = render(<App editor={editor} />);
  // The lazily loaded panels.
  await view.findByRole("searchbox", { name: "Search components" }, { timeout: 20_000 });
  return { editor, user: userEvent.setup(), ...view };
}
