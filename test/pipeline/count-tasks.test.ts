import { expect, test } from "vitest";
import { readModel } from "#compiler/readers.ts";
import { countTasks } from "#pipeline/count-tasks.ts";
import { parse } from "#yaml/parse.ts";

function count(templates: string, more = ""): number {
  const text = `apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata: {name: w}\nspec:\n  entrypoint: main\n${more}  templates:\n${templates}`;
  const { model } = readModel(parse(text).stream);
  const workflow = model.objects.find((one) => "templates" in one);
  if (!workflow || !("templates" in workflow)) throw new Error("no workflow");
  return countTasks(
    model,
    workflow,
    workflow.templates.find(({ name }) => name === "main")!,
  );
}
const leaf = "  - {name: leaf, container: {image: a}}\n";
const dag = (name: string, ...calls: string[]) =>
  `  - {name: ${name}, dag: {tasks: [${calls.map((call, i) => `{name: ${call}-${i}, template: ${call}}`).join(", ")}]}}\n`;

test("tasks in groups count, groups do not", () => {
  expect(count(dag("main", "leaf", "group") + dag("group", "leaf", "inner") + dag("inner", "leaf", "leaf") + leaf)).toBe(4);
});
test("a group called twice counts twice", () => {
  expect(count(dag("main", "group", "group") + dag("group", "leaf", "leaf") + leaf)).toBe(4);
});
test("what leads back to itself counts once", () => {
  expect(count(dag("main", "group") + dag("group", "leaf", "group") + leaf)).toBe(2);
});
test("the exit handler counts", () => {
  expect(count(dag("main", "leaf") + leaf, "  onExit: leaf\n")).toBe(2);
});
test("fans of fans are counted at once", () => {
  const levels = Array.from({ length: 30 }, (_, i) => dag(i === 0 ? "main" : `g${i}`, `g${i + 1}`, `g${i + 1}`)).join("");
  expect(count(levels + dag("g30", "leaf", "leaf") + leaf)).toBe(1_000_000);
});
