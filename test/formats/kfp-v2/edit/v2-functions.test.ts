import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { checkDocument } from "#compiler/checking.ts";
import { type Document, editDocument, openDocument } from "#compiler/document.ts";
import { type Data, field } from "#data/data.ts";
import { addFunction, openFunction, saveFunction } from "#editor/library/python-task.ts";
import type { Edit } from "#pipeline/edit.ts";
import type { Workflow } from "#pipeline/model.ts";
import { readFunctions } from "#python/functions.ts";
import { edited, editedDocument } from "./change.ts";

// What the SDK compiles for the edited Python (pipelines.py beside the files) is what the function editor writes.
const read = (name: string) => readFileSync(new URL(`../../../fixtures/kfp-v2/functions/${name}`, import.meta.url), "utf8");
const base = read("base.yaml");

function opened(document: Document, key = "train") {
  const workflow = document.model.objects[0] as Workflow;
  const template = workflow.templates.find((one) => one.name === `comp-${key}`)!;
  return openFunction(
    workflow.templates[0]!.tasks.find((one) => one.name === key)!,
    template,
    "kfp-v2",
    workflow,
  )!;
}

/** The edits that save a function with another text or other packages. */
function saved(text: string, change: { readonly text?: string; readonly packages?: readonly string[] }): readonly Edit[] {
  const found = opened(openDocument(text));
  const result = saveFunction(found, change.text ?? found.text, { image: found.image, packages: change.packages ?? found.packages });
  if (result.kind !== "component") throw new Error(result.kind);
  return result.edits;
}

it("a function of the SDK opens with the packages of its own, without those that launch it", () => {
  expect(opened(openDocument(base)).packages).toEqual([]);
  expect(opened(openDocument(read("packages.yaml"))).packages).toEqual(["pandas==2.2.0", "numpy>=1,<3"]);
  expect(opened(openDocument(read("own-kfp.yaml"))).packages).toEqual([]);
});

it.each(["added", "renamed", "retyped"])("a new signature writes what the SDK compiles for it: %s", (name) => {
  const edits = saved(base, { text: read(`${name}.py.txt`).trimEnd() });
  expect(editedDocument(base, edits).stream).toEqual(openDocument(read(`${name}.yaml`)).stream);
});

it.each(["added", "removed", "renamed", "retyped"])("a signature and back gives the first component: %s", (name) => {
  const there = edited(base, ...saved(base, { text: read(`${name}.py.txt`).trimEnd() }));
  const back = editedDocument(there, saved(there, { text: read("base.py.txt").trimEnd() }));
  expect(back.stream).toEqual(openDocument(base).stream);
});

it("a removed parameter takes its value and wire, and nothing else", () => {
  const given = edited(base, { kind: "set-argument", task: "root/train", input: "rate", value: 0.5 });
  const edits = saved(given, { text: read("removed.py.txt").trimEnd() });
  expect(editedDocument(given, edits).stream).toEqual(openDocument(read("removed.yaml")).stream);
});

it("new packages are installed as the SDK does it, none as well", () => {
  const edits = saved(base, { packages: ["pandas==2.2.0", "numpy>=1,<3"] });
  expect(editedDocument(base, edits).stream).toEqual(openDocument(read("packages.yaml")).stream);
  expect(editedDocument(read("packages.yaml"), saved(read("packages.yaml"), { packages: [] })).stream).toEqual(openDocument(base).stream);
});

it("a function that installs kfp itself does not get that of the SDK", () => {
  const edits = saved(base, { packages: ["kfp==2.10.0"] });
  expect(editedDocument(base, edits).stream).toEqual(openDocument(read("own-kfp.yaml")).stream);
});

it("a new function gets the launcher of its neighbours, as the SDK compiles both together", () => {
  const document = openDocument(read("alone.yaml"));
  const workflow = document.model.objects[0] as Workflow;
  const [fn] = readFunctions(read("base.py.txt").trimEnd()).functions;
  const add = addFunction(fn!, { into: workflow, graph: "root", image: "python:3.11" });
  const edits = [add as Edit, { kind: "set-argument", task: "root/train", input: "rows", value: 4 } as const];
  expect(editedDocument(document.text, edits).stream).toEqual(openDocument(read("two.yaml")).stream);
});

it("a new function with files, values and metrics has the ports that the SDK compiles", () => {
  const text = `pipelineInfo: {name: p}\nroot: {dag: {tasks: {}}}\nschemaVersion: 2.1.0\n`;
  const document = openDocument(text);
  const [fn] = readFunctions(read("artifacts.py.txt").trimEnd()).functions;
  const result = editDocument(document, [addFunction(fn!, { into: document.model.objects[0] as Workflow, graph: "root" }) as Edit]);
  if (!result.ok) throw new Error(result.refusal.code);
  const of = (stream: readonly Data[]) => field(field(stream[0]!, "components"), "comp-train");
  expect(of(result.document.stream)).toEqual(of(openDocument(read("artifacts.yaml")).stream));
  const codes = checkDocument(result.document).filter(({ level }) => level === "error" || level === "cluster");
  expect(codes.map(({ code }) => code)).toEqual(["input-missing", "input-missing", "input-missing", "input-missing", "input-missing"]);
});

it("a parameter without a type is refused, and says which", () => {
  const found = opened(openDocument(base));
  const result = saveFunction(found, found.text.replace("rows: int", "rows"), found);
  expect(result).toMatchObject({
    kind: "refused",
    refusal: { code: "edit-v2-signature", values: { parameter: "rows", function: "train" } },
  });
});

it("all tasks of a shared function follow a new signature", () => {
  const shared = edited(
    base,
    { kind: "add-task", graph: "root", name: "again", template: "comp-train" },
    {
      kind: "set-argument",
      task: "root/again",
      input: "rows",
      value: 7,
    },
  );
  const after = edited(shared, ...saved(shared, { text: read("renamed.py.txt").trimEnd() }));
  expect(after).toMatch(/again:[\s\S]*lines:\n\s+runtimeValue:\n\s+constant: 7/);
  expect(after).not.toContain("rows:");
});

it("packages that are installed in another way than the SDK's are left alone", () => {
  const own = base.replaceAll("python3 -m pip install", "uv pip install");
  const found = opened(openDocument(own));
  expect(saveFunction(found, found.text, { ...found, packages: ["pandas"] })).toMatchObject({
    kind: "refused",
    refusal: { code: "edit-v2-packages", values: { function: "train" } },
  });
});
