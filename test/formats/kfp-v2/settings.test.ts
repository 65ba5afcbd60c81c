import { describe, expect, it } from "vitest";
import {
  applies,
  type Holder,
  pipelineHolder,
  readingOf,
  templateHolder,
  wholeEdits,
  wholeOf,
  writeEdits,
} from "#editor/settings/access.ts";
import type { Setting } from "#editor/settings/setting.ts";
import { setting as settingOf, settingsOf } from "#editor/settings/table.ts";
import { fits, textOf, typedAs } from "#editor/settings/value-text.ts";
import { checkDocument, editDocument, openDocument } from "#compiler/index.ts";
import { kubernetesMessages } from "#formats/kfp-v2/schema/kubernetes-config.ts";
import { pipelineMessages } from "#formats/kfp-v2/schema/pipeline-spec.ts";
import type { Messages } from "#formats/kfp-v2/schema/field.ts";
import { type DataMap, isMap, valueAt } from "#data/data.ts";
import { translator } from "#messages/index.ts";

const text = `components:
  comp-import:
    executorLabel: exec-import
    inputDefinitions:
      parameters:
        uri:
          parameterType: STRING
    outputDefinitions:
      artifacts:
        artifact:
          artifactType:
            schemaTitle: system.Artifact
            schemaVersion: 0.0.1
  comp-train:
    executorLabel: exec-train
deploymentSpec:
  executors:
    exec-import:
      importer:
        artifactUri:
          runtimeParameter: uri
        typeSchema:
          schemaTitle: system.Artifact
          schemaVersion: 0.0.1
    exec-train:
      container:
        command:
        - python
        image: python:3.12
pipelineInfo:
  name: settings
root:
  dag:
    tasks:
      import:
        componentRef:
          name: comp-import
        inputs:
          parameters:
            uri:
              runtimeValue:
                constant: s3://b/k
        taskInfo:
          name: import
      train:
        componentRef:
          name: comp-train
        taskInfo:
          name: train
schemaVersion: 2.1.0
sdkVersion: kfp-2.17.0
`;

function holderOf(file: string, setting: Pick<Setting, "area" | "kinds">): Holder {
  const { stream, model } = openDocument(file);
  const workflow = model.objects[0];
  if (workflow?.kind !== "workflow") throw new Error("no workflow");
  if (setting.area === "pipeline") return pipelineHolder(stream, workflow);
  const name = setting.kinds?.includes("container") === false ? "import" : "train";
  const template = workflow.templates.find((one) => one.name === `comp-${name}`);
  const task = workflow.templates.flatMap(({ tasks }) => tasks).find((one) => one.name === name);
  if (!template || !task) throw new Error("no task");
  return templateHolder(stream, workflow, template, { kind: "task", task: task.id });
}

function edited(file: string, edits: ReturnType<typeof writeEdits>): string {
  const result = editDocument(openDocument(file), edits);
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.document.text;
}

const errorsOf = (file: string) => checkDocument(openDocument(file), { target: "kfp" }).filter(({ level }) => level === "error");

describe.each(settingsOf("kfp-v2").map((setting) => [setting.id, setting] as const))("the KFP v2 setting %s", (_, setting) => {
  it("applies to what has it, is written where the server reads it, and is read from there", () => {
    const before = holderOf(text, setting);
    expect(applies(setting, before)).toBe(setting.otherServers !== true);
    const written = edited(text, writeEdits(setting, before, setting.example));
    expect(readingOf(setting, holderOf(written, setting))).toEqual({ value: setting.example, state: "set" });
    expect(applies(setting, holderOf(written, setting))).toBe(true);
    expect(errorsOf(written)).toEqual([]);
  });

  it("is removed without a trace", () => {
    if (setting.required || setting.id === "command") return expect(readingOf(setting, holderOf(text, setting)).state).toBe("set");
    const written = edited(text, writeEdits(setting, holderOf(text, setting), setting.example));
    const removed = edited(written, writeEdits(setting, holderOf(written, setting), undefined));
    return expect(openDocument(removed).stream).toEqual(openDocument(text).stream);
  });

  it("takes its example as typed text, and has a name and help in both languages", () => {
    expect(fits(setting.shape, setting.example)).toBe(true);
    const typed = textOf(setting.shape, setting.example);
    if (typed !== undefined) expect(typedAs(setting.shape, typed)).toEqual({ ok: true, value: setting.example });
    for (const language of ["en", "ko"] as const)
      for (const code of [`setting-${setting.id}`, `setting-${setting.id}.help`, `settings-${setting.group}`, `tab-${setting.tab}`])
        expect(translator(language)(code), code).not.toBe(code);
  });
});

describe("the settings of KFP v2", () => {
  it("reach every field of the newest platform messages", () => {
    const paths = settingsOf("kfp-v2").map(({ path }) => path.join("."));
    const missing = (prefix: string, message: string, messages: Messages) =>
      Object.keys(messages[message]!).filter((key) => !paths.some((path) => `${path}.`.startsWith(`${prefix}.${key}.`)));
    expect(missing("platform", "KubernetesExecutorConfig", kubernetesMessages)).toEqual([]);
    expect(missing("platform.pipelineConfig", "PipelineConfig", pipelineMessages)).toEqual([]);
    expect(missing("importer", "ImporterSpec", pipelineMessages)).toEqual(["properties", "customProperties"]);
  });

  it("are in the YAML of the whole pipeline with those of Kubernetes, each part in its document", () => {
    const area = { area: "pipeline" } as const;
    const written = edited(text, writeEdits(settingOf("pipeline-deadline", "kfp-v2"), holderOf(text, area), 60));
    const holder = holderOf(written, area);
    const whole = wholeOf(holder, []) as DataMap;
    expect(whole["platform"]).toEqual({ pipelineConfig: { activeDeadlineSeconds: 60 } });
    const changed = edited(written, wholeEdits(holder, [], { ...whole, platform: { pipelineConfig: { resourceTtlOnSuccess: 5 } } }));
    expect(openDocument(changed).stream[1]).toEqual({ platforms: { kubernetes: { pipelineConfig: { resourceTtlOnSuccess: 5 } } } });
    const { platform: _, ...rest } = whole;
    expect(openDocument(edited(written, wholeEdits(holder, [], rest))).stream).toEqual(openDocument(text).stream);
  });
});

describe("the settings of a KFP v2 task", () => {
  it("change the parameter that the SDK writes beside a name", () => {
    const mounts = settingOf("secret-mounts", "kfp-v2");
    const value = [{ secretName: "old", secretNameParameter: { runtimeValue: { constant: "old" } }, mountPath: "/s" }];
    const written = edited(text, writeEdits(mounts, holderOf(text, mounts), value));
    const changed = edited(written, [
      {
        kind: "set-setting",
        target: { kind: "template", template: "comp-train" },
        path: ["platform", "secretAsVolume", 0, "secretName"],
        value: "new",
      },
    ]);
    expect(readingOf(mounts, holderOf(changed, mounts)).value).toEqual([
      { secretName: "new", secretNameParameter: { runtimeValue: { constant: "new" } }, mountPath: "/s" },
    ]);
  });

  it("ask for NVIDIA's accelerators if only their number is given, and keep another type", () => {
    const [count, type] = [settingOf("accelerator-count", "kfp-v2"), settingOf("accelerator-type", "kfp-v2")];
    const accelerator = (file: string) =>
      valueAt(openDocument(file).stream, [0, "deploymentSpec", "executors", "exec-train", "container", "resources", "accelerator"]);
    const one = edited(text, writeEdits(count, holderOf(text, count), "1"));
    expect(accelerator(one)).toEqual({ resourceCount: "1", resourceType: "nvidia.com/gpu" });
    const other = edited(one, writeEdits(type, holderOf(one, type), "amd.com/gpu"));
    const two = edited(other, writeEdits(count, holderOf(other, count), "2"));
    expect(accelerator(two)).toEqual({ resourceCount: "2", resourceType: "amd.com/gpu" });
    const pasted = edited(text, [
      ...writeEdits(count, holderOf(text, count), "2"),
      ...writeEdits(type, holderOf(text, type), "amd.com/gpu"),
    ]);
    expect(openDocument(pasted).stream).toEqual(openDocument(two).stream);
    expect(accelerator(edited(two, writeEdits(count, holderOf(two, count), undefined)))).toBeUndefined();
  });

  it("are shown and written as one YAML without the task, each part in its document", () => {
    const area = { area: "task" } as const;
    const written = edited(text, writeEdits(settingOf("labels", "kfp-v2"), holderOf(text, area), { team: "a" }));
    const holder = holderOf(written, area);
    const whole = wholeOf(holder, []) as DataMap;
    expect(Object.keys(whole)).toEqual(["container", "platform"]);
    const changed = edited(written, wholeEdits(holder, [], { ...whole, platform: { imagePullPolicy: "Always" } }));
    expect(wholeOf(holderOf(changed, area), [])).toEqual({ container: whole["container"], platform: { imagePullPolicy: "Always" } });
    const { platform: _, ...rest } = whole;
    const removed = edited(written, wholeEdits(holder, [], rest));
    expect(openDocument(removed).stream).toEqual(openDocument(text).stream);
    expect(isMap(valueAt(openDocument(removed).stream, [0, "deploymentSpec", "executors", "exec-train"]))).toBe(true);
  });

  it("offer none of Argo's", () => {
    const argo = settingsOf("argo").map(({ path }) => path.join("."));
    expect(argo).toContain("nodeSelector");
    expect(settingsOf("kfp-v2").filter(({ path, within }) => within === "body" || path[0] === "nodeSelector")).toEqual([]);
  });
});
