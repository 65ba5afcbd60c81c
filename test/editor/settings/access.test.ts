import { describe, expect, it } from "vitest";
import { type Holder, inheritedValue, pipelineHolder, readingOf, resetEdits, templateHolder, writeEdits } from "#editor/settings/access.ts";
import { copiedGroups, copySettings, pasteSettings } from "#editor/settings/copy-settings.ts";
import { sourceOf, withSource } from "#editor/settings/env.ts";
import { hintsOf, looksSecret } from "#editor/settings/hints.ts";
import { setting } from "#editor/settings/table.ts";
import { typedAs } from "#editor/settings/value-text.ts";
import { mountedVolumes, mountKnown, mountNew, unmount } from "#editor/settings/volumes.ts";
import { readModel } from "#compiler/readers.ts";
import type { Data } from "#data/data.ts";
import type { Edit } from "#pipeline/edit.ts";
import { parse } from "#yaml/parse.ts";
import { editorWith } from "../outside.ts";

const head = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: a-}
spec:
  entrypoint: work
  nodeSelector: {pool: batch}
  templateDefaults:
    container: {imagePullPolicy: Always}
    retryStrategy: {limit: 2}
  templates:
  - name: work
`;
const workflow = (body: string) => `${head}${body}`;
const small = workflow("    container: {image: a}\n");

function holder(text: string, name = "work"): Holder {
  const { stream } = parse(text);
  const object = readModel(stream).model.objects[0];
  if (object?.kind !== "workflow") throw new Error("no workflow");
  const template = object.templates.find((one) => one.name === name);
  if (!template) throw new Error(`no template ${name}`);
  return templateHolder(stream, object, template);
}

async function after(text: string, edits: (of: Holder) => readonly Edit[], name?: string): Promise<string> {
  const editor = await editorWith(text);
  expect(editor.dispatch({ edits: edits(holder(text, name)) }).ok).toBe(true);
  return editor.settledText();
}

describe("a task's setting", () => {
  it("is inherited from the template defaults and from the spec", () => {
    expect(readingOf(setting("pull-policy", "argo"), holder(small))).toEqual({ value: "Always", state: "inherited" });
    expect(readingOf(setting("node-selector", "argo"), holder(small))).toEqual({ value: { pool: "batch" }, state: "inherited" });
    expect(inheritedValue(setting("retry-limit", "argo"), holder(small))).toBe(2);
  });

  it("of its own hides the inherited one, and gives way to it when reset", async () => {
    const set = await after(small, (of) => writeEdits(setting("pull-policy", "argo"), of, "Never"));
    expect(readingOf(setting("pull-policy", "argo"), holder(set))).toEqual({ value: "Never", state: "set" });
    const reset = await after(set, (of) => resetEdits(setting("pull-policy", "argo"), of));
    expect(readingOf(setting("pull-policy", "argo"), holder(reset)).state).toBe("inherited");
  });

  it("keeps the SDK's labels when its labels are reset", async () => {
    const text = workflow(
      "    metadata:\n      labels: {team: a, pipelines.kubeflow.org/pipeline-sdk-type: kfp}\n    container: {image: a}\n",
    );
    expect(
      readingOf(setting("labels", "argo"), holder(await after(text, (of) => resetEdits(setting("labels", "argo"), of)))).value,
    ).toEqual({
      "pipelines.kubeflow.org/pipeline-sdk-type": "kfp",
    });
  });

  it("is requested under the current resource name", async () => {
    const text = workflow('    container:\n      image: a\n      resources: {limits: {amd.com/gpu: "2"}}\n');
    expect(readingOf(setting("gpu-limit", "argo"), holder(text)).value).toBe("2");
    expect(await after(text, (of) => writeEdits(setting("gpu-limit", "argo"), of, "4"))).toContain('limits: {amd.com/gpu: "4"}');
  });
});

describe("a resource from a parameter", () => {
  const referring = (text: string) => after(text, (of) => writeEdits(setting("cpu-limit", "argo"), of, "{{inputs.parameters.cpu}}"));

  it("is written into podSpecPatch and taken out of the resources", async () => {
    const text = await referring(workflow("    container:\n      image: a\n      resources: {limits: {cpu: 1, memory: 1Gi}}\n"));
    expect(JSON.parse(String((holder(text).data as { podSpecPatch?: string }).podSpecPatch))).toEqual({
      containers: [{ name: "main", resources: { limits: { cpu: "{{inputs.parameters.cpu}}" } } }],
    });
    expect(text).toContain("limits: {memory: 1Gi}");
    expect(readingOf(setting("cpu-limit", "argo"), holder(text))).toEqual({
      value: "{{inputs.parameters.cpu}}",
      state: "set",
      patched: true,
    });
  });

  it("is added to what the patch contains already", async () => {
    const text = await referring(
      workflow(`    container: {image: a}\n    podSpecPatch: '{"hostname": "x", "containers": [{"name": "side"}]}'\n`),
    );
    expect(JSON.parse(String((holder(text).data as { podSpecPatch?: string }).podSpecPatch))).toEqual({
      hostname: "x",
      containers: [{ name: "side" }, { name: "main", resources: { limits: { cpu: "{{inputs.parameters.cpu}}" } } }],
    });
  });

  it("goes from the patch when a quantity takes its place, and the empty patch with it", async () => {
    const text = await after(await referring(small), (of) => writeEdits(setting("cpu-limit", "argo"), of, "2"));
    expect(text).not.toContain("podSpecPatch");
    expect(readingOf(setting("cpu-limit", "argo"), holder(text))).toEqual({ value: "2", state: "set" });
  });

  it("goes when it is emptied", async () => {
    expect(
      JSON.stringify(holder(await after(await referring(small), (of) => writeEdits(setting("cpu-limit", "argo"), of, undefined))).data),
    ).toBe(JSON.stringify(holder(small).data));
  });
});

describe("the description of a value", () => {
  const hints = (text: string, id: string) => hintsOf(setting(id, "argo"), holder(text)).map(({ code }) => code);
  it("setting-request-above-limit: a request above its limit, by amount and not by text", () => {
    expect(
      hints(
        workflow("    container:\n      image: a\n      resources: {requests: {memory: 2Gi}, limits: {memory: 1500M}}\n"),
        "memory-request",
      ),
    ).toEqual(["setting-request-above-limit"]);
    expect(
      hints(workflow("    container:\n      image: a\n      resources: {requests: {cpu: 900m}, limits: {cpu: 1}}\n"), "cpu-request"),
    ).toEqual([]);
  });
  it("setting-below-one-byte: memory in thousandths", () =>
    expect(hints(workflow("    container:\n      image: a\n      resources: {limits: {memory: 100m}}\n"), "memory-limit")).toEqual([
      "setting-below-one-byte",
    ]));
  it("setting-sdk-refuses: only in files of Kubeflow", () => {
    const body = "    container:\n      image: a\n      resources: {limits: {memory: 0.5Gi}}\n";
    expect(hints(workflow(body), "memory-limit")).toEqual([]);
    expect(
      hints(
        workflow(body).replace("{generateName: a-}", "{generateName: a-, labels: {pipelines.kubeflow.org/kfp_sdk_version: 1.8.22}}"),
        "memory-limit",
      ),
    ).toEqual(["setting-sdk-refuses"]);
  });
  it("a literal that should be a secret", () =>
    expect(
      (
        [
          { name: "API_TOKEN", value: "a" },
          { name: "API_TOKEN", value: "{{inputs.parameters.t}}" },
          { name: "API_TOKEN" },
          { name: "MODE", value: "a" },
        ] as readonly Data[]
      ).map(looksSecret),
    ).toEqual([true, false, false, false]));
});

describe("typed text", () => {
  it.each([
    ["1GB", "1G"],
    ["2 cores", "2"],
    ["1 Gb", "1G"],
  ])("%s is refused as a quantity with a fix", (text, fix) =>
    expect(typedAs(setting("cpu-limit", "argo").shape, text)).toMatchObject({ ok: false, suggest: fix }),
  );
  it("keeps a number a number and a text a text", () => {
    expect(typedAs(setting("cpu-limit", "argo").shape, "4", 2)).toEqual({ ok: true, value: 4 });
    expect(typedAs(setting("cpu-limit", "argo").shape, "4", "2")).toEqual({ ok: true, value: "4" });
    expect(typedAs(setting("gpu-limit", "argo").shape, "4")).toEqual({ ok: true, value: 4 });
  });
  it("of a whole number has its bounds", () =>
    expect([
      typedAs(setting("gpu-limit", "argo").shape, "0").ok,
      typedAs(setting("gpu-limit", "argo").shape, "1.5").ok,
      typedAs(setting("pdb-min", "argo").shape, "50%").ok,
    ]).toEqual([false, false, true]));
  it("that is empty means not set", () => expect(typedAs(setting("deadline", "argo").shape, " ")).toEqual({ ok: true, value: undefined }));
});

describe("a variable", () => {
  it("tells its source, and what a form would hide", () => {
    const sources: readonly Data[] = [
      { name: "A", value: 1 },
      { name: "A", valueFrom: { secretKeyRef: { name: "s", key: "k" } } },
      { name: "A", valueFrom: { configMapKeyRef: {} } },
      { name: "A", valueFrom: { fieldRef: {} } },
      { name: "A", valueFrom: { resourceFieldRef: {} } },
      { name: "A", valueFrom: { other: {} } },
      { name: "A", value: {} },
      { name: "A", valueFrom: { secretKeyRef: {}, fieldRef: {} } },
    ];
    expect(sources.map(sourceOf)).toEqual(["text", "secret", "config-map", "field", "resource", "other", "other", "other"]);
  });
  it("made a secret reference does not keep its literal", () =>
    expect(withSource({ name: "T", value: "hidden", note: 1 }, "secret")).toEqual({
      name: "T",
      note: 1,
      valueFrom: { secretKeyRef: { name: "", key: "T" } },
    }));
});

describe("a volume", () => {
  it("is declared once when it is mounted twice", async () => {
    const once = await after(small, (of) => mountNew(of, "persistentVolumeClaim", "team"));
    const twice = await after(once, (of) => mountNew(of, "persistentVolumeClaim", "team"));
    expect(twice.match(/claimName/g)).toHaveLength(1);
    expect(mountedVolumes(holder(twice)).map(({ name, mount }) => [name, mount.mountPath])).toEqual([
      ["team", "/mnt/team"],
      ["team", "/mnt/team-2"],
    ]);
  });
  it("goes with its last mount only", async () => {
    const text = await after(await after(small, (of) => mountNew(of, "secret", "cred")), (of) => mountKnown(of, "cred", "/etc/cred"));
    const first = await after(text, (of) => unmount(of, 0));
    expect(first).toContain("secretName: cred");
    expect(JSON.stringify(holder(await after(first, (of) => unmount(of, 0))).data)).toBe(JSON.stringify(holder(small).data));
  });
  it("that nothing declares is marked", () =>
    expect(mountedVolumes(holder(workflow("    container: {image: a, volumeMounts: [{name: x, mountPath: /x}]}\n")))[0]?.from).toBe(
      "missing",
    ));
  it.each(["persistentVolumeClaim", "secret", "configMap", "emptyDir", "hostPath", "downwardAPI", "projected", "nfs"])(
    "of the kind %s is written with its mount as one step",
    async (kind) => {
      const text = await after(small, (of) => mountNew(of, kind, "data"));
      expect(mountedVolumes(holder(text))).toMatchObject([{ from: "template", kind, name: "data" }]);
    },
  );
});

describe("settings copied to another task", () => {
  const both = workflow(`    metadata: {labels: {team: a}}
    retryStrategy: {limit: 3}
    container: {image: a, env: [{name: MODE, value: fast}], resources: {limits: {cpu: 2, nvidia.com/gpu: 1}}}
  - name: other
    metadata: {labels: {own: b}}
    container: {image: b, resources: {limits: {cpu: 1}}}
`);
  it("come in the groups that were chosen, and labels are added to the existing ones", async () => {
    const copied = copySettings(holder(both));
    expect(copiedGroups(copied)).toEqual(["container", "compute", "gpu", "env", "retry", "labels"]);
    const text = await after(both, (of) => pasteSettings(copied, of, ["compute", "gpu", "retry", "labels"]), "other");
    const { data } = holder(text, "other");
    expect(data).toEqual({
      name: "other",
      metadata: { labels: { own: "b", team: "a" } },
      container: { image: "b", resources: { limits: { cpu: 2, "nvidia.com/gpu": 1 } } },
      retryStrategy: { limit: 3 },
    });
  });
});

describe("a pipeline of Kubeflow", () => {
  it("keeps its description in the annotation that Kubeflow reads", async () => {
    const text = small.replace(
      "{generateName: a-}",
      `{generateName: a-, labels: {pipelines.kubeflow.org/kfp_sdk_version: 1.8.22}, annotations: {pipelines.kubeflow.org/pipeline_spec: '{"inputs": [], "name": "A"}'}}`,
    );
    const editor = await editorWith(text);
    const object = editor.store.getState().document.model.objects[0];
    if (object?.kind !== "workflow") throw new Error("no workflow");
    const of = pipelineHolder(editor.store.getState().document.stream, object);
    editor.dispatch({ edits: writeEdits(setting("kfp-description", "argo"), of, "trains") });
    expect(await editor.settledText()).toContain(`'{"inputs": [], "name": "A", "description": "trains"}'`);
  });
});

describe("annotations of tools", () => {
  it("stay when the others are reset: the SDK's and the positions of the boxes", async () => {
    const annotations = `{pipelines.kubeflow.org/pipeline_spec: '{"name": "A"}', dagwright.io/layout: '{"version": 1, "places": {}}', mine: x}`;
    const editor = await editorWith(small.replace("{generateName: a-}", `{generateName: a-, annotations: ${annotations}}`));
    const object = editor.store.getState().document.model.objects[0];
    if (object?.kind !== "workflow") throw new Error("no workflow");
    const holder = pipelineHolder(editor.store.getState().document.stream, object);
    editor.dispatch({ edits: resetEdits(setting("pipeline-annotations", "argo"), holder) });
    const text = await editor.settledText();
    expect(text).toContain("dagwright.io/layout");
    expect(text).toContain("pipeline_spec");
    expect(text).not.toContain("mine");
  });
});
