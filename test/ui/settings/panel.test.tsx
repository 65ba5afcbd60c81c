import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Editor } from "#editor/editor.ts";
import type { Data } from "#data/data.ts";
import { applies, pipelineHolder, readingOf, templateHolder, writeEdits } from "#editor/settings/access.ts";
import type { Setting } from "#editor/settings/setting.ts";
import { settingsOf } from "#editor/settings/table.ts";
import { textOf } from "#editor/settings/value-text.ts";
import Inspector from "#ui/inspector/inspector.tsx";
import { translator } from "#messages/index.ts";
import { parse } from "#yaml/parse.ts";
import { textFor } from "../../editor/settings/texts.ts";
import { renderPart } from "../page.tsx";

const settings = settingsOf("argo");

const t = translator("en");
const kinds = {
  work: "container",
  program: "script",
  wait: "suspend",
  call: "http",
  make: "resource",
  set: "containerSet",
  turn: "data",
  extend: "plugin",
  main: "dag",
} as const;

/** A workflow in which each template is called, and the name of one which has the setting. */
function stage(setting: Setting): { readonly text: string; readonly task: string | undefined } {
  const names = Object.keys(kinds).filter((name) => name !== "main");
  const text = textFor(setting).replace(
    "      - {name: a, template: work}\n",
    [...names, "main"].map((name) => `      - {name: ${name}, template: ${name}}\n`).join(""),
  );
  if (setting.area === "pipeline") return { text, task: undefined };
  const wanted: readonly string[] = setting.kinds ?? ["container"];
  return { text, task: Object.entries(kinds).find(([, kind]) => wanted.includes(kind))?.[0] };
}

function reading(editor: Editor, setting: Setting) {
  const { stream, model } = editor.store.getState().document;
  const workflow = model.objects[0];
  if (workflow?.kind !== "workflow") throw new Error("no workflow");
  if (setting.area === "pipeline") return readingOf(setting, pipelineHolder(stream, workflow));
  const name = stage(setting).task;
  const template = workflow.templates.find((one) => one.name === name);
  if (!template) throw new Error(`no template for ${setting.id}`);
  const holder = templateHolder(stream, workflow, template);
  expect(applies(setting, holder)).toBe(true);
  return readingOf(setting, holder);
}

/** The texts and numbers inside a value. */
function leaves(value: Data): readonly string[] {
  if (typeof value === "string" || typeof value === "number") return [String(value)];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(leaves) : [];
}

async function shown(setting: Setting) {
  const { text, task } = stage(setting);
  const rendered = await renderPart(<Inspector />, text, (editor) =>
    editor.session({ selection: task === undefined ? [] : [`main/${task}`] }),
  );
  fireEvent.change(screen.getByLabelText("Find a setting"), { target: { value: t(`setting-${setting.id}`) } });
  const row = document.querySelector<HTMLElement>(`[data-setting="${setting.id}"]`);
  if (!row) throw new Error(`${setting.id} is not found by its name`);
  return { ...rendered, text, row };
}

const typed = settings.filter(({ shape }) => ["quantity", "integer", "duration", "text"].includes(shape.kind));
const chosen = settings.filter(({ shape }) => shape.kind === "choice" || shape.kind === "switch");
const others = settings.filter((setting) => !typed.includes(setting) && !chosen.includes(setting));

describe("in the panel", () => {
  it.each(typed.map((setting) => [setting.id, setting] as const))(
    "%s is typed, is in the YAML, and is removed with one undo",
    async (_, setting) => {
      const { editor, row, text } = await shown(setting);
      const field = within(row).getByLabelText(t(`setting-${setting.id}`));
      act(() => field.focus());
      fireEvent.change(field, { target: { value: textOf(setting.shape, setting.example) } });
      fireEvent.blur(field);
      expect(reading(editor, setting)).toEqual({ value: setting.example, state: "set" });
      expect(editor.store.getState().history.past).toHaveLength(1);
      expect(field).toHaveValue(textOf(setting.shape, setting.example));
      act(() => editor.undo());
      expect(await editor.settledText()).toBe(text);
    },
  );

  it.each(chosen.map((setting) => [setting.id, setting] as const))(
    "%s is chosen, is in the YAML, and is removed with one undo",
    async (_, setting) => {
      const { editor, row, text } = await shown(setting);
      const field = within(row).getByLabelText(t(`setting-${setting.id}`));
      fireEvent.change(field, { target: { value: String(setting.example) } });
      expect(reading(editor, setting)).toEqual({ value: setting.example, state: "set" });
      expect(field).toHaveValue(String(setting.example));
      act(() => editor.undo());
      expect(await editor.settledText()).toBe(text);
    },
  );

  it.each(others.map((setting) => [setting.id, setting] as const))("%s is shown when it comes into the YAML", async (_, setting) => {
    const { editor, row } = await shown(setting);
    const message = () =>
      row.textContent + [...row.querySelectorAll<HTMLInputElement>("input, select, textarea")].map(({ value }) => value).join(" ");
    const before = message();
    const { stream, model } = editor.store.getState().document;
    const workflow = model.objects[0];
    if (workflow?.kind !== "workflow") throw new Error("no workflow");
    const template = workflow.templates.find(({ name }) => name === stage(setting).task);
    const holder = template ? templateHolder(stream, workflow, template) : pipelineHolder(stream, workflow);
    act(() => void editor.dispatch({ edits: writeEdits(setting, holder, setting.example) }));
    expect(message()).not.toBe(before);
    for (const leaf of leaves(setting.example)) expect(message()).toContain(leaf);
  });
});

const task = (text: string, id = "main/c") => renderPart(<Inspector />, text, (editor) => editor.session({ selection: [id] }));
const container = (body: string, more = "") => `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: a-}
spec:
  entrypoint: main
  arguments: {parameters: [{name: cores, value: "2"}]}
  templates:
  - name: main
    dag: {tasks: [{name: c, template: work}]}
  - name: work
    container: {image: a}
${body}${more}`;

/** The template of the task as data. */
const work = async (editor: Editor) =>
  (parse(await editor.settledText()).stream[0] as unknown as { spec: { templates: readonly Readonly<Record<string, unknown>>[] } }).spec
    .templates[1];

describe("lists and mappings", () => {
  it("Enter in the last field of a list makes another", async () => {
    const { editor, user } = await task(container("").replace("{image: a}", "{image: a, args: [one]}"));
    await user.type(screen.getByLabelText("Args"), "{Enter}");
    await user.type(await screen.findByLabelText("Args 2"), "two");
    await waitFor(async () => expect(await work(editor)).toMatchObject({ container: { args: ["one", "two"] } }));
  });

  it("a node selector gets a key and a value", async () => {
    const { editor, user } = await task(container(""));
    await user.click(screen.getByRole("button", { name: "Add Node selector" }));
    await user.type(screen.getByLabelText("New key of Node selector"), "accelerator{Enter}");
    await user.type(await screen.findByLabelText("Node selector: accelerator"), "a100{Enter}");
    expect(await work(editor)).toMatchObject({ nodeSelector: { accelerator: "a100" } });
  });

  it("a row that was never filled vanishes", async () => {
    const { editor, user } = await task(container(""));
    await user.click(screen.getByRole("button", { name: "Add Node selector" }));
    await user.tab();
    await waitFor(() => expect(screen.queryByLabelText("New key of Node selector")).toBeNull());
    expect(await editor.settledText()).toBe(container(""));
  });

  it("a toleration is made, and its fields written where they belong", async () => {
    const { editor, user } = await task(container(""));
    await user.click(screen.getByRole("button", { name: "Add Tolerations" }));
    await user.type(screen.getByLabelText("Key of Tolerations 1"), "gpu{Enter}");
    await user.selectOptions(screen.getByLabelText("Effect of Tolerations 1"), "NoExecute");
    expect(await work(editor)).toMatchObject({ tolerations: [{ key: "gpu", operator: "Exists", effect: "NoExecute" }] });
  });

  it("a variable comes from a config map, a field of the pod, a resource", async () => {
    const { editor, user } = await task(container("").replace("{image: a}", "{image: a, env: [{name: X, value: v}]}"));
    await user.selectOptions(screen.getByLabelText("From X"), "config-map");
    await user.type(screen.getByLabelText("Config map of X"), "flags{Enter}");
    expect(await editor.settledText()).toContain("configMapKeyRef");
    await user.selectOptions(screen.getByLabelText("From X"), "field");
    await user.selectOptions(screen.getByLabelText("Field of X"), "status.podIP");
    expect(await editor.settledText()).toContain("fieldPath: status.podIP");
    await user.selectOptions(screen.getByLabelText("From X"), "resource");
    expect(await editor.settledText()).toContain("resource: limits.cpu");
  });

  it("a literal token is offered as a secret reference, by one click", async () => {
    const { editor, user } = await task(container("").replace("{image: a}", "{image: a, env: [{name: API_TOKEN, value: abc}]}"));
    await user.click(screen.getByRole("button", { name: "Make it a secret reference" }));
    // The literal stays in use until the secret has a name; the way to it has the focus.
    expect(await editor.settledText()).toContain("abc");
    expect(screen.getByLabelText("Secret of API_TOKEN")).toHaveFocus();
    await user.keyboard("team{Enter}");
    const text = await editor.settledText();
    expect(text).not.toContain("abc");
    expect(text).toMatch(/secretKeyRef: ?\{? ?name: team, key: API_TOKEN/);
    expect(editor.store.getState().session.drafts).toEqual({});
  });

  it("a probe is chosen by its kind", async () => {
    const { editor, user } = await task(container(""));
    fireEvent.change(screen.getByLabelText("Find a setting"), { target: { value: "Readiness probe" } });
    await user.selectOptions(screen.getByLabelText("Kind of Readiness probe"), "httpGet");
    const port = screen.getByLabelText("Port of Readiness probe");
    await user.clear(port);
    await user.type(port, "9000{Enter}");
    expect(await editor.settledText()).toMatch(/readinessProbe.*httpGet.*port: 9000/s);
  });

  it("node rules are made by form", async () => {
    const { editor, user } = await task(container(""));
    await user.click(screen.getByRole("button", { name: "Add required rule" }));
    await user.selectOptions(screen.getByLabelText("Operator of Required nodes 1"), "NotIn");
    expect(await editor.settledText()).toMatch(/requiredDuringSchedulingIgnoredDuringExecution:\s+nodeSelectorTerms:/);
    expect(await editor.settledText()).toContain("NotIn");
  });

  it("a setting without a form is written as YAML on leaving, and what is no YAML stays with its line", async () => {
    const { editor, user } = await task(container(""));
    fireEvent.change(screen.getByLabelText("Find a setting"), { target: { value: "Synchronization" } });
    const field = await screen.findByLabelText("Synchronization");
    await waitFor(() => expect(field).not.toHaveAttribute("aria-busy"));
    await user.click(field);
    await user.paste("mutexes:\n- {name: one");
    await user.tab();
    await waitFor(() => expect(screen.getByLabelText("Synchronization")).toBeInvalid());
    // The message names its line itself, and the place is not said twice.
    expect(screen.getByText(/^(?!Line \d+:).*\bline \d+/)).toBeInTheDocument();
    expect(await editor.settledText()).toBe(container(""));
    await user.clear(screen.getByLabelText("Synchronization"));
    await user.click(screen.getByLabelText("Synchronization"));
    await user.paste("mutexes:\n- name: one");
    await user.tab();
    await waitFor(async () => expect(await work(editor)).toMatchObject({ synchronization: { mutexes: [{ name: "one" }] } }));
  });
});

describe("a resource from a parameter", () => {
  it("is chosen beside the field and shown in it", async () => {
    const { editor, user } = await task(container(""));
    const list = screen.getByLabelText("From parameter… (limits.cpu)");
    act(() => list.focus());
    await user.selectOptions(list, "pipeline cores");
    expect(await editor.settledText()).toContain("{{workflow.parameters.cores}}");
    expect(screen.getByLabelText("CPU limit")).toHaveValue("{{workflow.parameters.cores}}");
    expect(screen.getByText(/Written to podSpecPatch/)).toBeInTheDocument();
  });
});

describe("odd data", () => {
  const odd = container(`    nodeSelector: [1, 2]
    tolerations: {a: 1}
    retryStrategy: 7
    metadata: {labels: {a: {b: 1}}, annotations: null}
    serviceAccountName: [x]
    activeDeadlineSeconds: {x: 1}
    affinity: text
    volumes: 3
    sidecars: [null, text, {name: 1}]
    podSpecPatch: {a: 1}
    timeout: 30
`).replace(
    "{image: a}",
    "{image: 7, command: go, args: {a: 1}, env: {A: 1}, envFrom: text, resources: [cpu], volumeMounts: {a: 1}, ports: 80, securityContext: yes, imagePullPolicy: {a: 1}, readinessProbe: [1]}",
  );

  it("is shown as YAML where the form cannot show it, and nothing is written", async () => {
    const { editor } = await task(odd);
    expect(screen.getByLabelText("Image")).toHaveValue("7");
    expect(screen.getByLabelText("Node selector").tagName).toBe("TEXTAREA");
    expect(screen.getByLabelText("Environment variables").tagName).toBe("TEXTAREA");
    expect(screen.getByLabelText("Volume mounts").tagName).toBe("TEXTAREA");
    expect(screen.getByLabelText("Pull policy").tagName).toBe("TEXTAREA");
    expect(screen.getAllByText(/This value does not fit the form/).length).toBeGreaterThan(6);
    expect(await editor.settledText()).toBe(odd);
  });
});

describe("several tasks", () => {
  const two = container(`    retryStrategy: {limit: 3}
  - name: other
    container: {image: b, resources: {limits: {cpu: 2}}}
`).replace(
    "{tasks: [{name: c, template: work}]}",
    "{tasks: [{name: c, template: work}, {name: d, template: other}, {name: e, template: other}]}",
  );
  const both = () => renderPart(<Inspector />, two, (editor) => editor.session({ selection: ["main/c", "main/d", "main/e"] }));

  it("show what they share, say what is mixed, and change together in one step", async () => {
    const { editor, user } = await both();
    expect(screen.getByLabelText("CPU limit")).toHaveAttribute("placeholder", "mixed");
    await user.type(screen.getByLabelText("Memory limit"), "1Gi{Enter}");
    const text = await editor.settledText();
    expect(text.match(/memory: 1Gi/g)).toHaveLength(2);
    expect(editor.store.getState().history.past).toHaveLength(1);
    act(() => editor.undo());
    expect(await editor.settledText()).toBe(two);
  });

  it("take the settings of another, group by group", async () => {
    const { editor, user } = await renderPart(<Inspector />, two, (editor) => {
      editor.session({
        selection: ["main/c"],
        copiedSettings: { format: "argo", from: "d", values: { "cpu-limit": 2, image: "b" } },
        pasting: true,
      });
    });
    expect(screen.getByRole("checkbox", { name: "Container" })).not.toBeChecked();
    await user.click(screen.getByRole("button", { name: "Paste settings" }));
    const text = await editor.settledText();
    expect(text).toContain("image: a");
    expect(text.match(/cpu: 2/g)).toHaveLength(2);
    expect(screen.queryByRole("button", { name: "Paste settings" })).toBeNull();
  });
});

describe("marks and resets", () => {
  it("a changed setting is marked and goes back by its button", async () => {
    const { editor, user } = await task(container("    retryStrategy: {limit: 3}\n"));
    await user.click(screen.getByRole("button", { name: "Reset Retries" }));
    expect(await editor.settledText()).not.toContain("retryStrategy");
    expect(screen.queryByRole("button", { name: "Reset Retries" })).toBeNull();
  });

  it("arrow keys step in the current unit", async () => {
    const { editor, user } = await task(container(""));
    await user.type(screen.getByLabelText("CPU limit"), "500m{ArrowUp}{Enter}");
    expect(await editor.settledText()).toContain("cpu: 600m");
  });

  it("the foot shows the path of the focused setting", async () => {
    await task(container(""));
    act(() => screen.getByLabelText("Memory limit").focus());
    expect(await screen.findByText("work › container.resources.limits.memory")).toBeInTheDocument();
  });
});

describe("the search", () => {
  it("finds by the group, by the field of Kubernetes, and says when nothing is called so", async () => {
    await task(container(""));
    const find = screen.getByLabelText("Find a setting");
    fireEvent.change(find, { target: { value: "security" } });
    expect(document.querySelector('[data-setting="run-as-user"]')).not.toBeNull();
    fireEvent.change(find, { target: { value: "ephemeral-storage" } });
    expect(document.querySelectorAll("[data-setting]")).toHaveLength(2);
    fireEvent.change(find, { target: { value: "no such thing" } });
    expect(screen.getByText("No setting matches “no such thing”.")).toBeInTheDocument();
  });
});

describe("the whole template", () => {
  it("is edited as YAML, and only what differs is changed in the file", async () => {
    const text = container("    # kept\n    retryStrategy: {limit: 3} # why\n");
    const { editor, user } = await task(text);
    await user.click(screen.getByRole("button", { name: "As YAML" }));
    const field = await screen.findByLabelText<HTMLTextAreaElement>("Everything as YAML");
    await waitFor(() => expect(field).not.toHaveAttribute("aria-busy"));
    fireEvent.change(field, { target: { value: field.value.replace("limit: 3", "limit: 4") } });
    fireEvent.blur(field);
    expect(await editor.settledText()).toBe(text.replace("limit: 3", "limit: 4"));
  });

  it("keeps its name: another name is refused with the reason, and what was typed stays", async () => {
    const text = container("");
    const { editor, user } = await task(text);
    await user.click(screen.getByRole("button", { name: "As YAML" }));
    const field = await screen.findByLabelText<HTMLTextAreaElement>("Everything as YAML");
    await waitFor(() => expect(field).not.toHaveAttribute("aria-busy"));
    fireEvent.change(field, { target: { value: field.value.replace("name: work", "name: other") } });
    fireEvent.blur(field);
    expect(field).toBeInvalid();
    expect(await editor.settledText()).toBe(text);
  });
});

describe("the claim of a VolumeOp", () => {
  it("is set in fields that write the manifest's own lines", async () => {
    const text = container("").replace(
      "container: {image: a}",
      `resource:
      action: create
      manifest: |
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata:
          name: data # for all
        spec:
          accessModes: [ReadWriteOnce]
          resources:
            requests:
              storage: 1Gi`,
    );
    const { editor, user } = await task(text);
    const size = await screen.findByLabelText("Size");
    await user.clear(size);
    await user.type(size, "20GB{Enter}");
    await user.click(screen.getByRole("button", { name: "Use 20G" }));
    await user.selectOptions(screen.getByLabelText("Access mode"), "ReadWriteMany");
    await user.type(screen.getByLabelText("Storage class"), "fast{Enter}");
    const written = await editor.settledText();
    expect(written).toContain("name: data # for all");
    expect(written).toMatch(/accessModes: \[ReadWriteMany\]\s+resources:\s+requests:\s+storage: 20G\s+storageClassName: fast/);
  });
});
