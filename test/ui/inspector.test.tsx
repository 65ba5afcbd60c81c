import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import Inspector from "#ui/inspector/inspector.tsx";
import { renderPart } from "./page.tsx";
import { smallWorkflow } from "../editor/outside.ts";

const withTask = (id: string) => renderPart(<Inspector />, smallWorkflow, (editor) => editor.session({ selection: [id] }));

describe("the inspector of a task", () => {
  it("shows its settings under their usual names", async () => {
    await withTask("main/c");
    expect(screen.getByLabelText("Image")).toHaveValue("alpine:3.20");
    for (const name of ["Name", "CPU request", "CPU limit", "Memory request", "Memory limit", "GPU limit", "When"])
      expect(screen.getByLabelText(name)).toBeInTheDocument();
  });

  it("writes what is typed a moment later, and the text follows", async () => {
    const { editor, user } = await withTask("main/c");
    await user.type(screen.getByLabelText("CPU limit"), "500m");
    await waitFor(async () => expect(await editor.settledText()).toContain("cpu: 500m"));
    expect(editor.store.getState().history.past).toHaveLength(1);
  });

  it("keeps text that is no quantity as typed, says why, and leaves the document alone", async () => {
    const { editor, user } = await withTask("main/a");
    const field = screen.getByLabelText("Memory limit");
    // At once: typed slowly, "2" is a quantity and is taken over in a pause.
    fireEvent.change(field, { target: { value: "2 apples" } });
    await user.type(field, "{Enter}");
    expect(field).toHaveValue("2 apples");
    expect(field).toBeInvalid();
    expect(screen.getByText("In use: 64Mi")).toBeInTheDocument();
    expect(await editor.settledText()).toBe(smallWorkflow);
    expect(Object.values(editor.store.getState().session.drafts)[0]).toMatchObject({ text: "2 apples" });
  });

  it("offers what may have been meant", async () => {
    const { editor, user } = await withTask("main/a");
    const field = screen.getByLabelText("Memory limit");
    await user.clear(field);
    await user.type(field, "1 GB{Enter}");
    await user.click(screen.getByRole("button", { name: "Use 1G" }));
    expect(await editor.settledText()).toContain("memory: 1G}");
  });

  it("takes the visit back on Escape", async () => {
    const { editor, user } = await withTask("main/a");
    const field = screen.getByLabelText("CPU limit");
    await user.clear(field);
    await user.type(field, "4{Enter}");
    expect(await editor.settledText()).not.toBe(smallWorkflow);
    await user.type(field, "{Escape}");
    expect(await editor.settledText()).toBe(smallWorkflow);
    expect(field).toHaveValue("1");
  });

  it("takes a name over on Enter only, once, with everything that refers to it", async () => {
    const { editor, user } = await withTask("main/a");
    const field = screen.getByLabelText("Name");
    await user.clear(field);
    await user.type(field, "first");
    expect(editor.store.getState().history.past).toHaveLength(0);
    await user.type(field, "{Enter}");
    const text = await editor.settledText();
    expect(text).toContain("dependencies: [first]");
    expect(text).toContain("depends: first && b");
    expect(editor.store.getState().history.past).toHaveLength(1);
    expect(editor.store.getState().session.drafts).toEqual({});
  });

  it("writes what was typed into the field it was typed in, also when another task is selected meanwhile", async () => {
    const { editor, user } = await withTask("main/a");
    const field = screen.getByLabelText("Value of count");
    await user.clear(field);
    await user.type(field, "7");
    act(() => editor.session({ selection: ["main/c"] }));
    const text = await editor.settledText();
    expect(text).toContain('{name: count, value: "7"}');
    expect(screen.getByLabelText("Image")).toHaveValue("alpine:3.20");
  });

  it("says when a template serves several tasks, and makes it separate", async () => {
    const { editor, user } = await withTask("main/a");
    expect(screen.getByText(/changes all 2 tasks/)).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Make separate" }));
    expect(await editor.settledText()).toContain("- name: a\n        template: a\n");
  });

  it("shows where a value comes from, and disconnects it", async () => {
    const { editor, user } = await withTask("main/b");
    expect(screen.getByText("pipeline parameter “rows”")).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Disconnect count" }));
    expect(await editor.settledText()).not.toContain("workflow.parameters.rows");
  });

  it("adds a variable from a secret without writing its value", async () => {
    const { editor, user } = await withTask("main/c");
    await user.click(screen.getByRole("button", { name: "Add variable" }));
    await user.type(screen.getByLabelText("Variable name"), "API_TOKEN{Enter}");
    await user.selectOptions(await screen.findByLabelText("From API_TOKEN"), "secret");
    await user.type(await screen.findByLabelText("Secret of API_TOKEN"), "team{Enter}");
    const text = await editor.settledText();
    expect(text).toMatch(/secretKeyRef:\s+name: ["']?team["']?\s+key: API_TOKEN/);
    expect(text).not.toMatch(/API_TOKEN\s+value:/);
  });

  it("mounts a claim that exists", async () => {
    const { editor, user } = await withTask("main/c");
    await user.selectOptions(await screen.findByLabelText("Add volume"), "persistentVolumeClaim");
    await user.type(screen.getByLabelText("claim name"), "team-data{Enter}");
    const text = await editor.settledText();
    expect(text).toContain("claimName: team-data");
    expect(text).toContain("mountPath: /mnt/team-data");
    expect(editor.store.getState().history.past).toHaveLength(1);
  });
});

describe("with nothing selected", () => {
  it("shows the pipeline: name, entrypoint, parameters", async () => {
    const { editor, user } = await renderPart(<Inspector />);
    expect(screen.getByLabelText("Entrypoint")).toHaveValue("main");
    const field = screen.getByLabelText("Value of rows");
    expect(field).toHaveValue("100");
    await user.clear(field);
    await user.type(field, "250{Enter}");
    expect(await editor.settledText()).toContain('value: "250"');
  });
});

describe("the first section", () => {
  const registry = "europe-west4-docker.pkg.dev/company-production-ml-platform/training-images/pytorch-lightning-gpu:2.4.1-cuda12.4";
  const claim = "apiVersion: v1\\nkind: PersistentVolumeClaim\\nmetadata: {name: data}\\nspec: {resources: {requests: {storage: 1Gi}}}\\n";
  const kinds = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: kinds-}
spec:
  entrypoint: main
  templates:
  - name: main
    dag:
      tasks:
      - {name: c, template: work}
      - {name: s, template: program}
      - {name: w, template: wait}
      - {name: h, template: call}
      - {name: v, template: make}
  - name: work
    container: {image: "${registry}", command: [python], args: [train.py]}
  - name: program
    script: {image: python, command: [python], source: "print(1)"}
  - name: wait
    suspend: {duration: 10m}
  - name: call
    http: {url: "https://example.com/hook"}
  - name: make
    resource: {action: create, manifest: "${claim}"}
`;
  const select = (id: string) => renderPart(<Inspector />, kinds, (editor) => editor.session({ selection: [`main/${id}`] }));

  it.each([
    ["c", "Image", ["Image", "Command", "Args"], ["Image", "Inputs", "Resources", "Volumes", "Env", "Run", "As YAML"]],
    ["s", "Script", ["Image", "Command", "Source"], ["Script", "Inputs", "Resources", "Volumes", "Env", "Run", "As YAML"]],
    ["w", "Suspend", ["Wait for"], ["Suspend", "Inputs", "Run", "As YAML"]],
    ["h", "HTTP", ["URL", "Method"], ["HTTP", "Inputs", "Run", "As YAML"]],
    ["v", "Claim", ["Claim name", "Size", "Access mode"], ["Claim", "Inputs", "Run", "As YAML"]],
  ])("of %s is about its kind, %s, and the tabs fit it", async (id, tab, fields, tabs) => {
    await select(id);
    await screen.findByLabelText(fields[0] as string);
    const [first] = screen.getAllByRole("region");
    for (const field of fields) expect(within(first as HTMLElement).getByLabelText(field)).toBeInTheDocument();
    const shown = within(screen.getByRole("navigation", { name: "Groups of settings" })).getAllByRole("button");
    expect(shown.map((one) => one.getAttribute("aria-label") ?? one.textContent)).toEqual(tabs);
    expect(shown[0]).toHaveTextContent(tab);
  });

  it("shows a long image whole, in a field that wraps and takes no line break", async () => {
    const { editor, user } = await select("c");
    const image = screen.getByLabelText("Image");
    expect(image).toHaveValue(registry);
    expect(image.tagName).toBe("TEXTAREA");
    await user.type(image, "-ubuntu{Enter}");
    expect(image).toHaveValue(`${registry}-ubuntu`);
    expect(await editor.settledText()).toContain(`image: "${registry}-ubuntu"`);
  });
});
