import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Outcome, Transaction } from "#editor/dispatch.ts";
import { point } from "./canvas/canvas-page.tsx";
import { canvas, findBox, settled, showPage, type UserPage } from "./user-page.tsx";

/** From now on edits wait, as they do while the edit planner is being loaded; returns the function with which it arrives. */
function withoutPlanner({ editor }: UserPage): () => Promise<void> {
  const { dispatch } = editor;
  let arrive = () => {};
  const arrival = new Promise<void>((resolve) => (arrive = resolve));
  const waiting = (transaction: Transaction): Outcome => ({
    ok: false,
    later: arrival.then(() => {
      const outcome = dispatch(transaction);
      return !outcome.ok && outcome.later ? outcome.later : outcome;
    }),
  });
  Object.assign(editor, { dispatch: waiting });
  return async () => {
    Object.assign(editor, { dispatch });
    await act(async () => arrive());
  };
}

const text = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: quick-}
spec:
  entrypoint: main
  templates:
  - name: main
    dag:
      tasks:
      - {name: prepare, template: prepare}
  - name: prepare
    container: {image: "busybox:1"}
    outputs:
      parameters:
      - {name: count, valueFrom: {path: /tmp/count}}
  - name: train
    container: {image: "busybox:1", args: ["{{inputs.parameters.epochs}}"]}
    inputs:
      parameters:
      - {name: epochs}
`;

/** Drops a wire from a port on the empty canvas. */
async function dropWire(from: string): Promise<void> {
  const start = within(canvas()).getByRole("button", { name: from });
  const empty = canvas().querySelector<HTMLElement>('[role="application"]')!;
  act(() => {
    point("pointerdown", start, [200, 90], { button: 0, buttons: 1 });
    point("pointermove", empty, [700, 500], { buttons: 1 });
    point("pointerup", empty, [700, 500], { button: 0, buttons: 0 });
  });
  await screen.findByRole("combobox", { name: "Add a task" });
}

function choose(name: RegExp): void {
  fireEvent.click(within(screen.getByRole("listbox", { name: "Add a task" })).getByRole("option", { name }));
}

async function opened(): Promise<UserPage> {
  const page = await showPage(text);
  await settled();
  return page;
}

const undo = () => fireEvent.keyDown(document.activeElement ?? document.body, { key: "z", code: "KeyZ", ctrlKey: true });

test("a task added at the end of a wire is connected, as one step", async () => {
  const page = await opened();
  await dropWire("output count (parameter)");
  choose(/^train/);
  await findBox("train");
  await settled();
  expect(await page.exportedText()).toContain('{name: epochs, value: "{{tasks.prepare.outputs.parameters.count}}"}');
  undo();
  await settled();
  expect(await page.exportedText()).toBe(text);
});

test("a task added at the end of a wire while the planner loads is connected, and has the focus", async () => {
  const page = await opened();
  const arrive = withoutPlanner(page);
  await dropWire("output count (parameter)");
  choose(/^train/);
  expect(within(canvas()).queryByRole("group", { name: "train" })).toBeNull();
  await arrive();
  const added = await findBox("train");
  await waitFor(() => expect(added).toHaveFocus());
  await settled();
  expect(await page.exportedText()).toContain('{name: epochs, value: "{{tasks.prepare.outputs.parameters.count}}"}');
});

test("a task added while the planner loads has the focus, from the palette too", async () => {
  const page = await opened();
  const arrive = withoutPlanner(page);
  fireEvent.click(screen.getAllByRole("button", { name: /Container step/ })[0]!);
  await arrive();
  const added = await findBox("container-1");
  await waitFor(() => expect(added).toHaveFocus());
});

test("in a pipeline of KFP v2 only steps that it can hold are offered", async () => {
  const pipeline = `pipelineInfo: {name: quick}
root: {dag: {tasks: {train: {componentRef: {name: comp-train}, taskInfo: {name: Train}}}}}
components: {comp-train: {executorLabel: exec-train}}
deploymentSpec: {executors: {exec-train: {container: {image: "busybox:1"}}}}
schemaVersion: 2.1.0
`;
  await showPage(pipeline);
  await findBox("Train");
  fireEvent.doubleClick(canvas().querySelector<HTMLElement>('[role="application"]')!, { clientX: 700, clientY: 500 });
  await screen.findByRole("combobox", { name: "Add a task" });
  const offered = screen.getAllByRole("option").map((one) => one.textContent);
  expect(offered[0]).toBe("TrainContainer");
  expect(offered).toContain("Container stepBuild");
  expect(offered.filter((one) => /volume|snapshot|resource|HTTP|Suspend/i.test(one))).toEqual([]);
});
