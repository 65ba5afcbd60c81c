import { describe, expect, it } from "vitest";
import { argoEditing } from "#formats/argo/editing.ts";
import { argo } from "#formats/argo/format.ts";
import { type DataMap, field, isMap, textField } from "#data/data.ts";
import { documentChecker } from "#document/check.ts";
import { documentEngine } from "#document/document.ts";
import { editPlanner } from "#document/edit-planner.ts";
import { findTask, isRefused, refuse } from "#document/edit-targets.ts";
import type { Format, FormatChecking, FormatEditing, FormatLowering, FormatWriting } from "#document/format.ts";
import { planPython } from "#convert/from-python/read-pipeline.ts";
import { modelReader } from "#document/read-model.ts";
import { modelWriter } from "#document/write-model.ts";
import { graphOf } from "#pipeline/graph-of.ts";
import type { Task, TaskId, Template, TemplateId, Workflow } from "#pipeline/model.ts";

// The smallest format: a recipe with steps, each after others. A whole format without a change to any folder of src.

const empty = { inputs: [], outputs: [], members: [], rest: {}, order: [] } as const;

/** `recipe: NAME`, and `steps: {NAME: {after: [NAME…]}}`. */
const toy: Format = {
  id: "toy",
  vocabulary: { pipeline: "workflow", component: "template" },
  detect: (data) => (textField(data, "recipe") === undefined ? undefined : "object"),
  read(stream, { index, first }) {
    const data = stream[index] as DataMap;
    const name = textField(data, "recipe") ?? "";
    const id = `${name}${first ? "" : `@${index}`}` as TemplateId;
    const steps = field(data, "steps");
    const tasks = Object.entries(isMap(steps) ? steps : {}).map(([step, body]): Task => {
      const after = ((field(body, "after") ?? []) as readonly string[]).map((task) => ({ task, results: [] }));
      return {
        id: `${id}/${step}` as TaskId,
        name: step,
        path: [index, "steps", step],
        call: { kind: "none" },
        arguments: [],
        order: { after, style: "dependencies", plain: true },
        hooks: [],
        rest: {},
        keys: [],
      };
    });
    const template: Template = { ...empty, id, name, path: [index], kind: "dag", tasks };
    const object: Workflow = {
      kind: "workflow",
      format: "toy",
      resource: "Workflow",
      traits: { variant: "toy" },
      path: [index],
      specPath: [index],
      title: name,
      entrypoint: name,
      parameters: [],
      artifacts: [],
      templates: [template],
      rest: data,
      specRest: {},
      order: { object: [], spec: [] },
    };
    return { object, diagnostics: [] };
  },
};

const toyWriting: FormatWriting = { format: "toy", write: ({ rest }) => rest };

const toyEditing: FormatEditing = {
  format: "toy",
  planners: {
    "change-identifier"(draft, { task: wanted, name }) {
      const found = findTask(draft, wanted);
      if (isRefused(found)) return found;
      const { task, graph } = found;
      if (graph.tasks.some((other) => other.name === name))
        return refuse("edit-task-name-taken", { name, template: graph.name }, task.path);
      for (const other of graph.tasks)
        for (const [at, { task: before }] of other.order.after.entries())
          if (before === task.name) draft.set([...other.path, "after", at], name);
      draft.rename(task.path, name);
      return undefined;
    },
  },
};

const toyChecking: FormatChecking = {
  format: "toy",
  check: ({ templates }) =>
    templates.flatMap(({ tasks }) =>
      tasks.flatMap(({ name, order, path }) =>
        order.after
          .filter(({ task }) => !tasks.some((other) => other.name === task))
          .map(({ task }) => ({
            code: "dependency-undefined" as const,
            level: "error" as const,
            values: { name, on: task },
            path: [...path, "after"],
          })),
      ),
    ),
};

const toyLowering: FormatLowering = {
  format: "toy",
  lower({ name, body }) {
    const ops = body.flatMap((item) => ("body" in item || item.kind === "recursion" ? [] : [item]));
    const nameOf = (id: string) => ops.find((op) => op.id === id)?.name ?? id;
    const steps = Object.fromEntries(
      ops.map(({ id, after }): [string, DataMap] => [nameOf(id), after ? { after: after.map(nameOf) } : {}]),
    );
    // What a recipe has no word for is left out and reported.
    const leftOut = body.filter((item) => "body" in item);
    return {
      documents: [{ recipe: name, steps }],
      diagnostics: leftOut.map(({ id }) => ({
        code: "lower-reference-unknown",
        level: "error",
        values: { task: name, reference: id },
        path: [id],
      })),
    };
  },
};

const read = modelReader([argo, toy]);
const { planEdits } = editPlanner(read, [argoEditing, toyEditing]);
const { openDocument, editDocument, undoEdit, printFresh } = documentEngine({ read, write: modelWriter([toyWriting]), planEdits });

const text = `# Sunday
recipe: bread
steps:
  knead: {}
  bake: # hot
    after: [knead]
`;
const other = `---
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {name: w}
spec:
  entrypoint: main
  templates:
  - name: main
    dag: {tasks: [{name: knead2, template: work}]}
  - name: work
    container: {image: a}
`;

describe("a format that no folder of src knows", () => {
  it("is read and drawn", () => {
    const { model, diagnostics } = openDocument(text);
    const [workflow] = model.objects;
    if (workflow?.kind !== "workflow") throw new Error("the recipe was not recognised");
    const graph = graphOf(model, workflow, "bread" as TemplateId);
    expect(diagnostics).toEqual([]);
    expect(graph.nodes.map(({ name }) => name)).toEqual(["knead", "bake"]);
    expect(graph.edges.map(({ from, to, kind }) => [from.node, to.node, kind])).toEqual([["bread/knead", "bread/bake", "order"]]);
  });

  it("is renamed with every reference, changes only those lines, and comes back byte for byte", () => {
    const document = openDocument(text);
    const edited = editDocument(document, [{ kind: "change-identifier", task: "knead", name: "mix" }]);
    if (!edited.ok) throw new Error(edited.refusal.code);
    expect(edited.document.text).toBe(text.replaceAll("knead", "mix"));
    expect(edited.renames).toEqual([{ tasks: [["bread/knead", "bread/mix"]], templates: [] }]);
    expect(undoEdit(edited.document, edited.undo).text).toBe(text);
  });

  it("is written from its model", () => {
    const { model } = openDocument(text);
    expect(openDocument(printFresh(model)).stream).toEqual(openDocument(text).stream);
  });

  it("is written from the plan of a Python pipeline, which knows no format", () => {
    const { planned } = planPython(`
from kfp import dsl

@dsl.pipeline(name="bread")
def bread():
    knead = dsl.ContainerOp(name="knead", image="a")
    bake = dsl.ContainerOp(name="bake", image="a", file_outputs={"out": "/tmp/out"}).after(knead)
    with dsl.Condition(bake.output == "1"):
        dsl.ContainerOp(name="eat", image="a")
`);
    if (!planned) throw new Error("no pipeline");
    const { documents, diagnostics } = toyLowering.lower(planned.plan, { sdkVersion: "", compiledAt: "" });
    expect(documents).toEqual([{ recipe: "bread", steps: { knead: {}, bake: { after: ["knead"] } } }]);
    // The diagnostic has a position in the Python text.
    expect(planned.withLowering(diagnostics)).toMatchObject([
      { code: "lower-reference-unknown", path: [], span: [expect.any(Number), expect.any(Number)] },
    ]);
  });

  it("refuses with a reason what it has no planner for", () => {
    const edited = editDocument(openDocument(text), [{ kind: "remove-task", task: "knead" }]);
    expect(edited).toMatchObject({ ok: false, refusal: { code: "edit-not-in-format", values: { kind: "remove-task", format: "toy" } } });
  });

  it("is checked by its own rules", () => {
    const check = documentChecker(read, [toyChecking]);
    expect(check(openDocument(text))).toEqual([]);
    const found = check(openDocument(text.replace("[knead]", "[rise]")));
    expect(found).toMatchObject([{ code: "dependency-undefined", values: { on: "rise" }, path: [0, "steps", "bake", "after"] }]);
  });

  it("shares a file with another format, and each object is edited by its own", () => {
    const edited = editDocument(openDocument(text + other), [
      { kind: "change-identifier", task: "knead", name: "mix" },
      { kind: "remove-task", task: "knead2" },
      { kind: "rename-template", template: "work@1", name: "job" },
    ]);
    if (!edited.ok) throw new Error(`${edited.index} ${edited.refusal.code}`);
    expect(edited.document.text).toContain("mix: {}");
    expect(edited.document.text).toContain("- name: job");
    expect(edited.document.text).not.toContain("knead2");
  });
});
