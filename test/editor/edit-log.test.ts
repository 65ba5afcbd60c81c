import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { emptyLog, logChange, restoredHistory, type SavedLog } from "#editor/edit-log.ts";
import type { Editor } from "#editor/editor.ts";
import { emptyHistory, type History, recorded, type Step, type ViewState, wayTo } from "#editor/history.ts";
import type { PositionsByGraph } from "#editor/positions.ts";
import type { EditLog, LoggedStep } from "#editor/ports.ts";
import type { Edit } from "#pipeline/edit.ts";
import { parse } from "#yaml/parse.ts";
import { printStream } from "#yaml/print.ts";
import { runs } from "#test/runs.ts";
import { editorWith, memoryStorage, outsideHere, smallWorkflow } from "./outside.ts";

const state = (editor: Editor) => editor.store.getState();
const names = fc.constantFrom("a", "b", "c", "d", "학습", "train");
const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
  names.map((name): Edit => ({ kind: "add-task", graph: "main", name, template: "work" })),
  names.map((name): Edit => ({ kind: "remove-task", task: `main/${name}` })),
  fc.tuple(names, names).map(([name, to]): Edit => ({ kind: "rename-task", task: `main/${name}`, name: to })),
  fc.tuple(names, names).map(([task, on]): Edit => ({ kind: "add-dependency", task: `main/${task}`, on })),
  names.map((task): Edit => ({ kind: "duplicate-task", task: `main/${task}` })),
);
const anyAction = fc.oneof(
  { weight: 6, arbitrary: anyEdit },
  { weight: 2, arbitrary: fc.constant("undo" as const) },
  { weight: 1, arbitrary: fc.constant("redo" as const) },
  { weight: 1, arbitrary: fc.constant("type" as const) },
  { weight: 1, arbitrary: fc.constant("break" as const) },
  { weight: 1, arbitrary: fc.constant("move" as const) },
  { weight: 1, arbitrary: fc.constant("save" as const) },
  { weight: 1, arbitrary: fc.constant("reload" as const) },
);

/** The current pipeline in an editor of its own, as after a reload. */
async function reloaded(editor: Editor, storage = editor.outside.storage as ReturnType<typeof memoryStorage>): Promise<Editor> {
  await editor.flush();
  const again = await editorWith(smallWorkflow, outsideHere(undefined, storage));
  await again.openKept(state(editor).document.id);
  return again;
}

describe("the history after a reload", () => {
  it("restores every text on the way, in both directions, with data, positions and labels", { timeout: 120_000 }, async () => {
    let count = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(anyAction, { minLength: 1, maxLength: 14 }), async (actions) => {
        let editor = await editorWith(smallWorkflow);
        for (const action of actions) {
          if (action === "undo") editor.undo();
          else if (action === "redo") editor.redo();
          else if (action === "type") void editor.replaceText(`${await editor.settledText()}# typed ${++count}\n`);
          else if (action === "break") void editor.replaceText(`${await editor.settledText()}  - {a: [\n`);
          else if (action === "move") editor.place("main", { "main/a": { x: ++count, y: 4 } }, { code: "step-move", values: { n: 1 } });
          else if (action === "save") await editor.flush();
          else if (action === "reload") editor = await reloaded(editor);
          else editor.dispatch({ edits: [action] });
        }
        const last = await editor.settledText();
        const places = state(editor).document.places;
        const { past, future } = state(editor).history;
        const again = await reloaded(editor);
        expect(state(again).history.past.map(({ label }) => label)).toEqual(past.map(({ label }) => label));
        expect(state(again).history.future.map(({ label }) => label)).toEqual(future.map(({ label }) => label));
        while (state(again).history.past.length > 0) {
          again.undo();
          const text = await again.settledText();
          expect(printStream(state(again).document.stream)).toBe(printStream(parse(text).stream));
        }
        expect(await again.settledText()).toBe(smallWorkflow);
        for (let step = 0; step < past.length; step++) again.redo();
        expect(await again.settledText()).toBe(last);
        expect(state(again).document.places).toEqual(places);
        // To the very end and back in one go each.
        again.travelTo(past.length + future.length);
        again.travelTo(0);
        expect(await again.settledText()).toBe(smallWorkflow);
        again.travelTo(past.length);
        expect(await again.settledText()).toBe(last);
      }),
      { numRuns: runs(60) },
    );
  });

  it("does what is asked for while an earlier text is being read, in order", async () => {
    const editor = await editorWith(smallWorkflow);
    editor.dispatch({ edits: [{ kind: "rename-task", task: "main/a", name: "first" }] });
    editor.dispatch({ edits: [{ kind: "rename-task", task: "main/b", name: "second" }] });
    const again = await reloaded(editor);
    again.undo();
    again.undo();
    again.dispatch({ edits: [{ kind: "rename-task", task: "main/a", name: "other" }] });
    again.undo();
    again.redo();
    const text = await again.settledText();
    expect(text).toContain("name: other");
    expect(text).toContain("name: b #");
    expect(state(again).history).toMatchObject({ past: [{}], future: [] });
  });

  it("joins nothing with a step of an earlier visit", async () => {
    const editor = await editorWith(smallWorkflow);
    editor.place("main", { "main/a": { x: 8, y: 0 } }, { code: "step-move", values: { n: 1 } }, "nudge a");
    const again = await reloaded(editor);
    again.place("main", { "main/a": { x: 16, y: 0 } }, { code: "step-move", values: { n: 1 } }, "nudge a");
    expect(state(again).history.past).toHaveLength(2);
    expect(again.revert("nudge a")).toBe(true);
    expect(state(again).document.places.main?.["main/a"]).toEqual({ x: 8, y: 0 });
  });

  it("is written step by step: a save holds the new steps only", async () => {
    const outside = outsideHere();
    const editor = await editorWith(smallWorkflow, outside);
    for (const name of ["x", "y", "z"]) {
      editor.dispatch({ edits: [{ kind: "add-task", graph: "main", name, template: "work" }] });
      await editor.flush();
    }
    editor.undo();
    await editor.flush();
    editor.dispatch({ edits: [{ kind: "add-task", graph: "main", name: "w", template: "work" }] });
    await editor.flush();
    expect(outside.storage.saves.flatMap(({ log }) => log ?? []).map(({ from, done, steps }) => [from, done, steps.length])).toEqual([
      [0, 1, 1],
      [1, 2, 1],
      [2, 3, 1],
      [3, 2, 0],
      [2, 3, 1],
    ]);
  });
});

// The size limit, with steps whose splices are as long as they claim.
const around: ViewState = { places: {}, selection: [], workflow: 0, graph: "main", trail: [] };
let ids = 0;
const sizes = new Map<number, number>();
function stepOf(size: number): Step {
  sizes.set(++ids, size);
  return { label: { code: `s${ids}`, values: {} }, parts: [{ id: ids, before: [], after: [] }], before: around, after: around };
}
const written = (part: number) => ({ forth: [{ start: 0, end: 0, text: "x".repeat(sizes.get(part) ?? 0) }], back: [] });
const codes = (steps: readonly { readonly label: { readonly code: string } }[]) => steps.map(({ label }) => label.code);

/** A log as the storage keeps it. */
function apply(log: EditLog, change: NonNullable<ReturnType<typeof logChange>>["change"]): EditLog {
  const rows = new Map<number, LoggedStep>(log.steps.map((step, index) => [log.first + index, step]));
  for (const number of rows.keys()) if (number < change.first || number >= change.from) rows.delete(number);
  change.steps.forEach((step, index) => rows.set(change.from + index, step));
  const numbers = [...rows.keys()].sort((one, other) => one - other);
  numbers.forEach((number, index) => expect(number).toBe((numbers[0] ?? 0) + index));
  return { first: numbers[0] ?? change.done, done: change.done, steps: numbers.map((number) => rows.get(number) as LoggedStep) };
}

describe("the edit log", () => {
  it("drops the oldest steps over its size, and says so after a reload", () => {
    let history: History = emptyHistory;
    let saved: SavedLog = emptyLog;
    let log: EditLog = { first: 0, done: 0, steps: [] };
    for (let count = 0; count < 10; count++) {
      history = recorded(history, stepOf(1_000));
      const next = logChange(saved, history, { written, most: 5_000 });
      if (!next) throw new Error("a new step changes the log");
      saved = next.next;
      log = apply(log, next.change);
    }
    expect(log.steps.length).toBeGreaterThan(2);
    expect(codes(log.steps)).toEqual(codes(history.past.slice(-log.steps.length)));
    const restored = restoredHistory(log, {}, () => ++ids);
    expect(restored?.history.isCut).toBe(true);
    expect(restored?.history.past).toHaveLength(log.steps.length);
  });

  it("holds a run of steps around the present within its size, however the user goes to and fro", () => {
    const action = fc.oneof(
      fc.integer({ min: 0, max: 6_000 }).map((size) => ({ size })),
      fc.double({ min: 0, max: 1, noNaN: true }).map((part) => ({ part })),
    );
    fc.assert(
      fc.property(fc.array(action, { maxLength: 40 }), (actions) => {
        let history: History = emptyHistory;
        let saved: SavedLog = emptyLog;
        let log: EditLog = { first: 0, done: 0, steps: [] };
        for (const one of actions) {
          if ("size" in one) history = recorded(history, stepOf(one.size));
          else history = wayTo(history, Math.round(one.part * (history.past.length + history.future.length)))?.history ?? history;
          const next = logChange(saved, history, { written, most: 8_000 });
          if (!next) continue;
          saved = next.next;
          log = apply(log, next.change);
          expect(JSON.stringify(log.steps).length).toBeLessThanOrEqual(8_000 + 2 * log.steps.length);
          const restored = restoredHistory(log, {}, () => ++ids);
          if (!restored) throw new Error("the log does not hold the present");
          const { past, future } = restored.history;
          expect(codes(past)).toEqual(codes(history.past.slice(history.past.length - past.length)));
          expect(codes(future)).toEqual(codes(history.future.slice(history.future.length - future.length)));
        }
      }),
      { numRuns: runs(300) },
    );
  });

  it("brings places of renamed and removed boxes back", () => {
    const before: PositionsByGraph = { main: { "main/a": { x: 1, y: 1 }, "main/b": { x: 2, y: 2 } }, inner: { "inner/x": { x: 3, y: 3 } } };
    const after: PositionsByGraph = { main: { "main/c": { x: 1, y: 1 }, "main/b": { x: 2, y: 2 } } };
    const step: Step = {
      label: { code: "s", values: {} },
      parts: [],
      before: { ...around, places: before },
      after: { ...around, places: after },
    };
    const change = logChange(emptyLog, { past: [step], future: [] }, { written });
    if (!change) throw new Error("a new step changes the log");
    const log = apply({ first: 0, done: 0, steps: [] }, change.change);
    expect(restoredHistory(log, after, () => 0)?.history.past[0]?.before.places).toEqual(before);
    expect(restoredHistory({ ...log, done: 0 }, before, () => 0)?.history.future[0]?.after.places).toEqual(after);
  });
});
