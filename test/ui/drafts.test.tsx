import { act, fireEvent, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { Editor } from "#editor/editor.ts";
import { editorWith, outsideHere, smallWorkflow } from "#test/editor/outside.ts";
import { Field } from "#ui/inspector/field.tsx";
import { PageContext } from "#ui/use-editor.ts";
import { YamlText } from "#ui/yaml/yaml-text.tsx";

const state = (editor: Editor) => editor.store.getState();
const label = { code: "cpu", values: {} };

/** The CPU limit of the template `work`; not a number: refused. `isName`: taken over on Enter or leaving only. */
function CpuField({
  editor,
  isName = false,
  isReady = true,
}: {
  readonly editor: Editor;
  readonly isName?: boolean;
  readonly isReady?: boolean;
}) {
  return (
    <PageContext value={{ editor, canvas: { current: null } }}>
      <Field
        owner="work"
        path="cpu"
        label={label}
        value="1"
        isName={isName}
        isReady={isReady}
        meaning={(text) =>
          /^\d+$/.test(text)
            ? {
                ok: true,
                edits: [
                  {
                    kind: "set-setting",
                    target: { kind: "template", template: "work" as never },
                    path: ["container", "resources", "limits", "cpu"],
                    value: text,
                  },
                ],
              }
            : { ok: false, reason: { code: "no-number", values: {} } }
        }
      />
    </PageContext>
  );
}

const field = () => screen.getByRole<HTMLInputElement>("textbox", { name: "CPU" });

async function savedEditor() {
  const outside = outsideHere();
  const editor = await editorWith(smallWorkflow, outside);
  await editor.flush();
  expect(state(editor).status.saving).toBe("saved");
  return { editor, storage: outside.storage, kept: () => outside.storage.kept.get(state(editor).document.id), user: userEvent.setup() };
}

/** What the page says about saving from now on: on a busy machine a save may be done before the last key is typed. */
function messagesOfSaving(editor: Editor): readonly string[] {
  const message: string[] = [];
  editor.store.subscribe(({ status }, before) => {
    if (status.saving !== before.status.saving) message.push(status.saving);
  });
  return message;
}

async function reopened(editor: Editor): Promise<Editor> {
  const again = await editorWith(smallWorkflow, outsideHere(undefined, editor.outside.storage as never));
  await again.openKept(state(editor).document.id);
  return again;
}

describe("a field whose reader is still being loaded", () => {
  it("keeps what was typed as a draft, and takes it over when the reader is there", async () => {
    const { editor, user } = await savedEditor();
    const { rerender } = render(<CpuField editor={editor} isReady={false} />);
    await user.clear(field());
    await user.type(field(), "4{Enter}");
    expect(state(editor).session.drafts["work\ncpu"]).toMatchObject({ text: "4", reason: { code: "field-loading" } });
    expect(JSON.stringify(state(editor).document.stream)).toContain('"limits":{"cpu":1,');
    rerender(<CpuField editor={editor} isReady />);
    expect(JSON.stringify(state(editor).document.stream)).toContain('"limits":{"cpu":"4",');
    expect(state(editor).session.drafts).toEqual({});
  });
});

describe("a field that is being typed in", () => {
  it("is unsaved from the first key on, and its text is saved before it is taken over", async () => {
    const { editor, kept, user } = await savedEditor();
    render(<CpuField editor={editor} isName />);
    const message = messagesOfSaving(editor);
    await user.type(field(), "2");
    expect(message[0]).toBe("saving");
    await act(() => editor.flush());
    expect(kept()?.drafts?.fields["work\ncpu"]).toMatchObject({ text: "12", isTyped: true });
    expect(kept()?.text).toBe(smallWorkflow);
    expect(state(editor).status.saving).toBe("saved");
    await user.keyboard("{Enter}");
    await act(() => editor.flush());
    expect(kept()?.drafts).toBeUndefined();
    expect(kept()?.text).toContain('cpu: "12"');
  });

  it("takes valid text over when the page is hidden", async () => {
    const { editor, kept, user } = await savedEditor();
    render(<CpuField editor={editor} />);
    await user.type(field(), "2");
    await act(() => editor.flush());
    expect(kept()?.text).toContain('cpu: "12"');
    expect(kept()?.drafts).toBeUndefined();
  });

  it("shows what was typed when the page was closed, and takes it over on leaving", async () => {
    const { editor, user } = await savedEditor();
    render(<CpuField editor={editor} isName />);
    await user.type(field(), "2");
    await act(() => editor.flush());
    const again = await reopened(editor);
    document.body.replaceChildren();
    render(<CpuField editor={again} isName />);
    expect(field().value).toBe("12");
    expect(field()).toHaveAccessibleDescription(/Typed before the page was closed/);
    await user.click(field());
    await user.tab();
    expect(await again.settledText()).toContain('cpu: "12"');
    expect(state(again).session.drafts).toEqual({});
  });

  it("keeps refused text through a reload", async () => {
    const { editor, user } = await savedEditor();
    render(<CpuField editor={editor} />);
    await user.type(field(), " cores");
    await user.tab();
    await act(() => editor.flush());
    const again = await reopened(editor);
    expect(state(again).session.drafts["work\ncpu"]).toEqual({ text: "1 cores", field: label, reason: { code: "no-number", values: {} } });
  });

  it("never brings its text into another pipeline, also if that has the same field", async () => {
    const { editor, user, storage } = await savedEditor();
    render(<CpuField editor={editor} isName />);
    await user.type(field(), "2");
    const first = state(editor).document.id;
    await act(() => editor.open("other.yaml", smallWorkflow));
    expect(field().value).toBe("1");
    expect(await editor.settledText()).toBe(smallWorkflow);
    // Opening another pipeline is leaving the field.
    expect(storage.kept.get(first)?.text).toContain('cpu: "12"');
  });

  it("is taken over before the document is exported", async () => {
    const { editor, user } = await savedEditor();
    render(<CpuField editor={editor} isName />);
    await user.type(field(), "2");
    expect(await act(() => editor.settledText())).toContain('cpu: "12"');
  });
});

describe("a name that could not be used", () => {
  it("is no draft any more once it is corrected, though the task has another id then", async () => {
    const { editor, user } = await savedEditor();
    render(
      <PageContext value={{ editor, canvas: { current: null } }}>
        <Field
          owner="main/a"
          path="name"
          label={label}
          value="a"
          isName
          meaning={(text) =>
            text === "bad"
              ? { ok: false, reason: { code: "no-name", values: {} } }
              : { ok: true, edits: [{ kind: "rename-task", task: "main/a", name: text }] }
          }
        />
      </PageContext>,
    );
    await user.clear(field());
    await user.type(field(), "bad{Enter}");
    expect(Object.keys(state(editor).session.drafts)).toEqual(["main/a\nname"]);
    await user.clear(field());
    await user.type(field(), "good{Enter}");
    expect(await act(() => editor.settledText())).toContain("name: good");
    expect(state(editor).session.drafts).toEqual({});
  });
});

describe("the text of the YAML pane", () => {
  const pane = (editor: Editor) => (
    <PageContext value={{ editor, canvas: { current: null } }}>
      <YamlText />
    </PageContext>
  );
  const area = () => screen.getByRole<HTMLTextAreaElement>("textbox");

  it("is saved while it is typed, also if it cannot be read", async () => {
    const { editor, kept } = await savedEditor();
    render(pane(editor));
    const message = messagesOfSaving(editor);
    // At once: typed slowly, the beginning can be read and is taken over in a pause.
    fireEvent.change(area(), { target: { value: `${smallWorkflow}  - name: [` } });
    expect(message[0]).toBe("saving");
    expect(state(editor).document.text).toBe(smallWorkflow);
    await act(() => editor.flush());
    expect(kept()?.text ?? "").toBe(`${smallWorkflow}  - name: [`);
    expect(state(editor).status.saving).toBe("saved");
  });

  it("never reaches another pipeline", async () => {
    const { editor, user, storage } = await savedEditor();
    render(pane(editor));
    await user.type(area(), "# typed", { initialSelectionStart: smallWorkflow.length });
    const first = state(editor).document.id;
    await act(() => editor.open("other.yaml", "kind: Workflow\n"));
    expect(area().value).toBe("kind: Workflow\n");
    expect(await act(() => editor.settledText())).toBe("kind: Workflow\n");
    expect(storage.kept.get(first)?.text).toBe(`${smallWorkflow}# typed`);
  });
});
