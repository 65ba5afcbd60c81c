import { expect, test } from "vitest";
import { checkDocument } from "#compiler/checking.ts";
import { openDocument } from "#compiler/document.ts";

const component = `name: Score
inputs:
- {name: rate}
- {name: rate}
implementation:
  container:
    image: score:1
    command: [score, {inputValue: rat}]
`;

test("a component file is checked, and each diagnostic has its path", () => {
  const found = checkDocument(openDocument(component));
  expect(found.map(({ code, span }) => [code, component.slice(...(span ?? [0, 0]))])).toEqual([
    ["component-port-twice", expect.stringContaining("rate")],
    ["component-port-undeclared", expect.stringContaining("rat")],
  ]);
});

test("a good component file has no diagnostics, and an object of Kubernetes with such a field is none", () => {
  expect(checkDocument(openDocument(component.replace("- {name: rate}\n", "").replace("rat}", "rate}")))).toEqual([]);
  const other = checkDocument(openDocument("apiVersion: v1\nkind: Thing\nimplementation: {container: {image: 1}}\n"));
  expect(other.filter(({ code }) => code.startsWith("component-"))).toEqual([]);
});
