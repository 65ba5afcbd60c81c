import { fireEvent, screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { findBox, select, set, settled, showPage } from "./user-page.tsx";
import { nightly as text } from "#test/fixtures/pipelines.ts";

/** The text with one line replaced. */
function withLine(from: string, to: string): string {
  expect(text.split(from)).toHaveLength(2);
  return text.replace(from, to);
}

test("looking around in a file changes no byte of it", async () => {
  const page = await showPage();
  await page.openText("nightly.yaml", text);
  await select("fetch");
  await select("score");
  fireEvent.click(within(screen.getByRole("contentinfo")).getByRole("button", { name: "YAML" }));
  fireEvent.click(screen.getByRole("button", { name: "Arrange" }));
  await settled();
  expect(await page.exportedText()).toBe(text);
});

test("a change in flow style stays on its line, and undo brings every byte back", async () => {
  const page = await showPage();
  await page.openText("nightly.yaml", text);
  await select("fetch");
  await set("Memory limit", "2Gi");
  await screen.findByRole("button", { name: "1 line changed" });
  expect(await page.exportedText()).toBe(withLine("memory: 1Gi}}", "memory: 2Gi}}"));
  fireEvent.click(screen.getByRole("button", { name: "Undo" }));
  await screen.findByRole("button", { name: "1 line changed" });
  await settled();
  expect(await page.exportedText()).toBe(text);
});

test("editing an aliased value leaves the one behind the anchor as it was", async () => {
  const aliased = text
    .replace(
      "container: &small\n            image: 'registry.example/fetch:1.2'   # pinned\n",
      "container:\n            image: 'registry.example/fetch:1.2'   # pinned\n",
    )
    .replace("resources: {limits: {cpu: 500m, memory: 1Gi}}", "resources: &size {limits: {cpu: 500m, memory: 1Gi}}")
    .replace(/resources:\n {16}requests[\s\S]*$/, "resources: *size   # as above\n");
  const page = await showPage();
  await page.openText("aliased.yaml", aliased);
  await select("score");
  await set("CPU limit", "3");
  await screen.findByRole("button", { name: /lines? changed/ });
  const own = ["resources:   # as above", "    limits:", '        cpu: "3"', "        memory: 1Gi"].join(`\n${" ".repeat(12)}`);
  expect(await page.exportedText()).toBe(aliased.replace("resources: *size   # as above", own));
});

test("a file with several workflows shows one at a time; a change goes into the one shown", async () => {
  const first = `# kept as it is
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: drop-}
spec:
  entrypoint: main
  templates:
  - name: main
    dag:
      tasks:
      - {name: one, template: work}
      - {name: two, template: work, dependencies: [one]}
  - name: work
    container: {image: "busybox:1"}
`;
  const second = first
    .replace("# kept as it is\n", "")
    .replace("drop-", "second-")
    .replaceAll("one", "first")
    .replaceAll("busybox:1", "alpine:3");
  const page = await showPage();
  await page.openText("both.yaml", `${first}---\n${second}`);
  await findBox("one");
  const workflows = screen.getByRole("combobox", { name: "Workflow of this file" });
  await page.user.selectOptions(workflows, within(workflows).getAllByRole("option")[1]!);
  await findBox("first");
  await select("first");
  await set("CPU limit", "2");
  await screen.findByRole("button", { name: /lines? changed/ });
  const out = await page.exportedText();
  expect(out.startsWith(`${first}---\n`)).toBe(true);
  expect(out).toContain("cpu");
});
