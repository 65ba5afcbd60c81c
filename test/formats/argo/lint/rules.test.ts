import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkDocument } from "#compiler/checking.ts";
import { editDocument, openDocument } from "#compiler/document.ts";
import { readModel } from "#compiler/readers.ts";
import type { Edit } from "#pipeline/edit.ts";
import { translator, sections } from "#messages/index.ts";
import { lintCallMessages } from "#messages/sections/lint-calls.ts";
import { lintMessages } from "#messages/sections/lint.ts";
import { parse } from "#yaml/parse.ts";
import { type FailingCase, failingCases } from "./cases.ts";

function check({ spec, document, mode }: Pick<FailingCase, "spec" | "document" | "mode">) {
  const text = document ?? `{apiVersion: argoproj.io/v1alpha1, kind: Workflow, metadata: {generateName: n-}, spec: ${spec}}`;
  const source = parse(text);
  expect(source.diagnostics).toEqual([]);
  const { model, diagnostics } = readModel(source.stream);
  return checkDocument({ stream: source.stream, model, source, diagnostics }, { mode, others: { models: [], complete: true } });
}
const codes = (spec: string) => check({ spec }).map(({ code }) => code);

describe("each code is reported at its place", () => {
  test.each(failingCases.map((error) => [error.code, error] as const))("%s", (code, error) => {
    const found = check(error).filter((diagnostic) => diagnostic.code === code);
    expect(found.map(({ path }) => path.slice(1).join("/"))).toContain(error.location);
    expect(found[0]?.span).toBeDefined();
    for (const language of ["en", "ko"] as const) {
      const message = translator(language)(code, found[0]?.values);
      expect(message).not.toBe(code);
      expect(message).not.toMatch(/\{\w+\}/);
      expect(translator(language)(`${code}.hint`, found[0]?.values)).not.toMatch(/\{\w+\}|\.hint$/);
    }
  });
  test("every code of the lint has a case here, and says the same in both languages", () => {
    const shown = new Set(failingCases.map(({ code }) => code));
    const special = ["kfp-needs-workflow", "kfp-one-document"];
    for (const section of [lintMessages, lintCallMessages]) {
      const spoken = Object.keys(section.en).filter((code) => !code.endsWith(".hint"));
      expect(spoken.filter((code) => !shown.has(code) && !special.includes(code) && !code.startsWith("fix."))).toEqual([]);
      expect(Object.keys(section.ko)).toEqual(Object.keys(section.en));
    }
    expect(sections).toContain(lintMessages);
  });
});

describe("what Argo accepts is not an error", () => {
  const silent = (spec: string) => expect(check({ spec }).filter(({ level }) => level !== "info")).toEqual([]);
  const c = "{name: c, container: {image: i}}";
  test("a diamond with results and loops", () => {
    silent(`{entrypoint: m, templates: [{name: m, dag: {tasks: [
      {name: a, template: s},
      {name: b, template: d, depends: "a.Succeeded || a.Failed", withParam: "{{tasks.a.outputs.result}}", arguments: {parameters: [{name: x, value: "{{item.k}}"}]}},
      {name: e, template: d, depends: "b.AnySucceeded && a", arguments: {parameters: [{name: x, value: "{{tasks.b.outputs.result}}"}]}}]}},
      {name: s, script: {image: i, source: print(1)}}, {name: d, inputs: {parameters: [{name: x}]}, container: {image: i, args: ["{{ inputs.parameters.x }}"]}}]}`);
  });
  test("an exit handler that names the workflow's failures and status", () => {
    silent(
      `{entrypoint: c, onExit: e, templates: [${c}, {name: e, container: {image: i, args: ["{{workflow.status}} {{workflow.failures}} {{workflow.name}}"]}}]}`,
    );
  });
  test("text that only looks like a tag", () => {
    silent(
      "{entrypoint: m, templates: [{name: m, script: {image: i, source: \"print('{{}}'.format(1)); x = {{1: 2}}; {{foo}} {{=1 + 1}}\"}}]}",
    );
  });
  test("a templateDefaults image, a duration with a tag, a default for an input", () => {
    silent(
      '{entrypoint: m, templateDefaults: {container: {image: i}}, templates: [{name: m, inputs: {parameters: [{name: t, default: 5}]}, activeDeadlineSeconds: "{{inputs.parameters.t}}", container: {command: [sh]}}]}',
    );
  });
  test("a key that a manifest repeats", () => {
    silent(`{entrypoint: m, templates: [{name: m, resource: {action: create, manifest: "kind: Pod\\nkind: Job"}}]}`);
  });
  test("names of outputs and of arguments with a tag, which Argo replaces before it checks them", () => {
    silent(`{entrypoint: m, arguments: {parameters: [{name: f, value: png}]}, templates: [
      {name: m, inputs: {parameters: [{name: f, value: x}]}, dag: {tasks: [{name: "a-{{workflow.parameters.f}}-{{=1 + 1}}", template: o, arguments: {parameters: [{name: f, value: x}], artifacts: [{name: d, raw: {data: x}}]}}]}},
      {name: o, inputs: {parameters: [{name: f}], artifacts: [{name: d, path: /d}]}, container: {image: i}, outputs: {
        parameters: [{name: "{{=1 + 1}}-p", valueFrom: {path: /p}}], artifacts: [{name: "{{inputs.parameters.f}}-a", path: /a}]}}]}`);
  });
  const document = (kind: string, name: string, spec: string) =>
    check({ document: `{apiVersion: argoproj.io/v1alpha1, kind: ${kind}, metadata: {name: ${name}}, spec: ${spec}}` }).filter(
      ({ level }) => level !== "info",
    );
  test("the label and the annotation that a CronWorkflow gives to its runs", () => {
    const args =
      '["{{workflow.labels.workflows.argoproj.io/cron-workflow}}", "{{workflow.annotations.workflows.argoproj.io/scheduled-time}}"]';
    const spec = `{entrypoint: m, templates: [{name: m, container: {image: i, args: ${args}}}]}`;
    expect(document("CronWorkflow", "demo", `{schedules: ["@daily"], workflowSpec: ${spec}}`)).toEqual([]);
    expect(document("Workflow", "demo", spec).map(({ code }) => code)).toEqual(["unresolved-reference", "unresolved-reference"]);
  });
  test.each(["WorkflowTemplate", "ClusterWorkflowTemplate"])("a %s that mounts a volume of the workflow that calls it", (kind) => {
    const spec = "{templates: [{name: m, container: {image: i, volumeMounts: [{name: v, mountPath: /v}]}}]}";
    expect(document(kind, "demo", spec)).toEqual([]);
  });
  test.each([
    ["the workflow", (patch: string) => `podSpecPatch: ${patch}, `, () => ""],
    ["the template", () => "", (patch: string) => `podSpecPatch: ${patch}, `],
  ])("a volume that a podSpecPatch of %s adds", (_, ofSpec, ofTemplate) => {
    const mounts = (patch: string) =>
      codes(
        `{entrypoint: m, ${ofSpec(patch)}templates: [{name: m, ${ofTemplate(patch)}container: {image: i, volumeMounts: [{name: v, mountPath: /v}]}}]}`,
      );
    expect(mounts('\'{"volumes": [{"name": "v", "emptyDir": {}}]}\'')).toEqual([]);
    expect(mounts("'volumes: [{name: \"{{workflow.name}}\"}]'")).toEqual([]);
    expect(mounts("'volumes: [{name: w}]'")).toEqual(["volume-mount-undefined"]);
    expect(mounts("'hostNetwork: true'")).toEqual(["volume-mount-undefined"]);
  });
  test("a template whose name a parameter gives, and it counts as called", () => {
    const named = (tag: string, inputs = "") =>
      codes(
        `{entrypoint: m, arguments: {parameters: [{name: p, value: c}]}, templates: [{name: m, ${inputs}steps: [[{name: a, template: "{{${tag}}}"}]]}, ${c}]}`,
      );
    expect(named("workflow.parameters.p")).toEqual([]);
    expect(named("inputs.parameters.p", "inputs: {parameters: [{name: p}]}, ")).toEqual([]);
    expect(named("inputs.parameters.q", "inputs: {parameters: [{name: q, value: c}]}, ")).toEqual([]);
  });
  test("every time zone of the platform, and older names", () => {
    const zones = [
      ...Intl.supportedValuesOf("timeZone"),
      "UTC",
      "Etc/UTC",
      "Etc/GMT+1",
      "US/Pacific",
      "Asia/Calcutta",
      "America/Port_of_Spain",
      "Local",
    ];
    const refused = zones.filter(
      (zone) =>
        document(
          "CronWorkflow",
          "demo",
          `{schedules: ["@daily"], timezone: ${zone}, workflowSpec: {entrypoint: m, templates: [{name: m, container: {image: i}}]}}`,
        ).length > 0,
    );
    expect(refused).toEqual([]);
  });
  test("names that Kubernetes could not hold but Argo's calls may", () => {
    expect(
      codes(
        `{entrypoint: m, templates: [{name: m, steps: [[{name: "run-{{inputs.parameters.d}}", template: c}]], inputs: {parameters: [{name: d, value: x}]}}, ${c}]}`,
      ),
    ).toEqual([]);
  });
});

test("dag-cycle: the whole cycle is reported, and a dag of ten thousand tasks in a row is no burden", () => {
  const ring = check({
    spec: "{entrypoint: m, templates: [{name: m, dag: {tasks: [{name: a, template: c, depends: c}, {name: b, template: c, depends: a}, {name: c, template: c, depends: b}]}}, {name: c, container: {image: i}}]}",
  });
  expect(ring.find(({ code }) => code === "dag-cycle")?.values).toEqual({ path: "a → c → b → a" });
  const row = Array.from({ length: 2000 }, (_, i) => `{name: t${i}, template: c${i === 0 ? "" : `, dependencies: [t${i - 1}]`}}`).join(
    ", ",
  );
  expect(codes(`{entrypoint: m, templates: [{name: m, dag: {tasks: [${row}]}}, {name: c, container: {image: i}}]}`)).toEqual([
    "crd-tasks-max",
  ]);
});

test("unknown-field: what a KFP compiler wrote for an older Argo is a warning", () => {
  const document =
    "{apiVersion: argoproj.io/v1alpha1, kind: Workflow, metadata: {generateName: n-, annotations: {pipelines.kubeflow.org/kfp_sdk_version: 1.8.22}}, spec: {entrypoint: m, templates: [{name: m, container: {image: i, novel: 1}}]}}";
  expect(check({ document }).map(({ code, level }) => [code, level])).toEqual([["unknown-field", "warning"]]);
});

test("kfp-needs-workflow and kfp-one-document: what Kubeflow's upload refuses is reported when it is the target", () => {
  const two =
    "{apiVersion: argoproj.io/v1alpha1, kind: WorkflowTemplate, metadata: {name: n}, spec: {templates: []}}\n---\n{apiVersion: v1, kind: ConfigMap}\n";
  const source = parse(two);
  const { model } = readModel(source.stream);
  const found = checkDocument({ stream: source.stream, model, source }, { target: "kfp" }).filter(({ code }) => code.startsWith("kfp-"));
  expect(found.map(({ code, path }) => [code, path])).toEqual([
    ["kfp-needs-workflow", [0]],
    ["kfp-one-document", [1]],
  ]);
});

test("each code is described in docs/spec/argo-lint.md", () => {
  const spec = readFileSync("docs/spec/argo-lint.md", "utf8");
  const listed = [...spec.matchAll(/`([a-z][a-z0-9-]*)(\*?)`/g)].map(([, code = "", rest = ""]) => ({ code, isPrefix: rest === "*" }));
  const isListed = (code: string) => listed.some((one) => (one.isPrefix ? code.startsWith(one.code) : code === one.code));
  expect(failingCases.map(({ code }) => code).filter((code) => !isListed(code))).toEqual([]);
});

describe("a fix removes its diagnostic", () => {
  const fixable = failingCases.filter((error) => check(error).some(({ code, fixes }) => code === error.code && fixes !== undefined));
  test("the obvious ones have one", () => {
    expect(fixable.map(({ code }) => code)).toEqual(
      expect.arrayContaining([
        "unknown-field",
        "args-not-string",
        "missing-dependency",
        "volume-mount-undefined",
        "request-over-limit",
        "argument-unused",
        "template-unused",
        "entrypoint-undefined",
      ]),
    );
  });
  test.each(fixable.map((error) => [error.code, error] as const))("%s", (code, error) => {
    const text = error.document ?? `{apiVersion: argoproj.io/v1alpha1, kind: Workflow, metadata: {generateName: n-}, spec: ${error.spec}}`;
    const at = (diagnostic: { path: readonly (string | number)[]; code: string }) =>
      diagnostic.code === code && diagnostic.path.slice(1).join("/") === error.location;
    const [fix] = check(error).find((diagnostic) => diagnostic.code === code && diagnostic.fixes !== undefined)?.fixes ?? [];
    expect(translator("en")(fix?.code ?? "", fix?.values)).not.toMatch(/^fix|\{\w+\}/);
    expect(translator("ko")(fix?.code ?? "", fix?.values)).not.toMatch(/^fix|\{\w+\}/);
    const edited = editDocument(openDocument(text), (fix?.edits ?? []) as readonly Edit[]);
    if (!edited.ok) throw new Error(`the fix was refused: ${edited.refusal.code}`);
    expect(check({ document: edited.document.text, mode: error.mode }).some(at)).toBe(false);
  });
});
