import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import type { BoxId, Point } from "#editor/layout/geometry.ts";
import { gestureMachine } from "#ui/canvas/gesture-machine.ts";
import type { GestureActions, PointerKind } from "#ui/canvas/gesture.ts";
import type { PointerState, Under } from "#ui/canvas/pointer.ts";

const a = "a" as BoxId;
const b = "b" as BoxId;
const port: Under = { kind: "port", box: a, row: "o:parameter:count" };
const input: Under = { kind: "port", box: b, row: "i:parameter:size" };
const boxA: Under = { kind: "box", box: a, title: false };
const canvas: Under = { kind: "canvas" };

function hand(under: Under, [x, y]: readonly [number, number] = [0, 0], keys: Partial<PointerState> = {}): PointerState {
  return { at: { x, y }, client: { x, y }, under, toggle: false, shift: false, mod: false, ...keys };
}

function begin(more: Partial<GestureActions> = {}) {
  const does = {
    choose: vi.fn(),
    click: vi.fn(),
    clearPort: vi.fn(),
    contextMenu: vi.fn(),
    drop: vi.fn<(boxes: ReadonlySet<BoxId>, by: Point, pointerState: PointerState) => void>(),
    release: vi.fn((_held: unknown, { under }: PointerState, by: string) => by === "drag" || under !== port),
    selectIn: vi.fn(),
    pan: vi.fn(),
    endCarry: vi.fn(),
  };
  const machine = gestureMachine();
  machine.setActions({
    readOnly: false,
    chosen: () => ({ boxes: [] }),
    grab: ({ under }) => ("box" in under ? { boxes: new Set([under.box]), origin: { x: 0, y: 0 } } : undefined),
    overWire: () => undefined,
    take: ({ under }) => (under.kind === "port" ? { kind: "wire", from: { box: under.box, row: under.row } } : undefined),
    aim: ({ kind }, { under }) => (kind === "wire" && under.kind === "port" ? under : undefined),
    ...does,
    ...more,
  });
  const down = (
    under: Under,
    at: readonly [number, number] = [0, 0],
    how: { button?: number; pointer?: number; type?: PointerKind } = {},
  ) => machine.down({ pointer: 1, type: "mouse", button: 0, buttons: 1, ...how, pointerState: hand(under, at) });
  return { machine, does, down, open: () => machine.store.getState().gesture?.kind };
}

describe("presses, drags and clicks", () => {
  test("less than four pixels of a mouse are a click, less than eight of a finger", () => {
    for (const [type, near] of [
      ["mouse", 3],
      ["touch", 7],
    ] as const) {
      const { machine, does, down } = begin();
      down(boxA, [0, 0], { type });
      machine.move(1, hand(boxA, [near, 0]), 1);
      machine.up(1, hand(boxA, [near, 0]));
      expect(does.click).toHaveBeenCalledTimes(1);
      expect(does.drop).not.toHaveBeenCalled();
    }
  });
  test("a drag keeps to the grid, with Mod to a finer one, with Shift to one axis", () => {
    for (const [keys, by] of [
      [{}, { x: 24, y: 8 }],
      [{ mod: true }, { x: 20, y: 12 }],
      [{ shift: true }, { x: 24, y: 0 }],
    ] as const) {
      const { machine, does, down } = begin();
      down(boxA);
      machine.move(1, hand(boxA, [21, 11], keys), 1);
      machine.up(1, hand(boxA, [21, 11], keys));
      expect(does.drop.mock.calls[0]?.[1]).toEqual(by);
    }
  });
  test("the same pointer pressed again without a release begins a new gesture", () => {
    const { machine, does, down, open } = begin();
    down(boxA);
    machine.move(1, hand(boxA, [40, 0]), 1);
    down(canvas, [300, 300]);
    expect(open()).toBe("press");
    machine.up(1, hand(canvas, [300, 300]));
    expect(does.drop).not.toHaveBeenCalled();
    expect(does.click).toHaveBeenCalledTimes(1);
  });
  test("what an action throws leaves no gesture open", () => {
    const { machine, down, open } = begin({
      drop: () => {
        throw new Error("refused");
      },
    });
    down(boxA);
    machine.move(1, hand(boxA, [40, 0]), 1);
    expect(() => machine.up(1, hand(boxA, [40, 0]))).toThrow("refused");
    expect(open()).toBeUndefined();
  });
});

describe("wires between two clicks", () => {
  test("hold on while the view is panned, and connect with the next click", () => {
    const { machine, does, down, open } = begin();
    down(port);
    machine.up(1, hand(port));
    down(canvas, [100, 100], { button: 1 });
    machine.move(1, hand(canvas, [140, 100]), 4);
    expect(does.pan).toHaveBeenCalledWith(40, 0);
    machine.up(1, hand(canvas, [140, 100]));
    expect(open()).toBe("connect");
    down(input, [200, 0]);
    machine.up(1, hand(input, [200, 0]));
    expect(does.release).toHaveBeenCalledTimes(1);
    expect(open()).toBeUndefined();
  });
  test("stay in hand after a second click on the same port", () => {
    const { machine, down, open } = begin();
    for (let n = 0; n < 2; n++) {
      down(port);
      machine.up(1, hand(port));
    }
    expect(open()).toBe("connect");
    machine.cancel();
    expect(open()).toBeUndefined();
  });
});

describe("fingers", () => {
  test("one finger on the canvas or on a box that is not selected pans", () => {
    for (const under of [canvas, boxA]) {
      const { machine, does, down, open } = begin();
      down(under, [0, 0], { type: "touch" });
      machine.move(1, hand(under, [60, 60]), 1);
      expect(open()).toBe("pan");
      machine.move(1, hand(under, [70, 50]), 1);
      machine.up(1, hand(under, [70, 50]));
      expect(open()).toBeUndefined();
      expect(does.pan.mock.calls).toEqual([
        [60, 60],
        [10, -10],
      ]);
      expect([does.drop.mock.calls.length, does.selectIn.mock.calls.length, does.click.mock.calls.length]).toEqual([0, 0, 0]);
    }
  });
  test("a second finger leaves the view where the first one has panned it", () => {
    const { machine, does, down, open } = begin();
    down(canvas, [0, 0], { type: "touch" });
    machine.move(1, hand(canvas, [60, 60]), 1);
    down(canvas, [300, 300], { type: "touch", pointer: 2 });
    expect(open()).toBeUndefined();
    expect(does.pan.mock.calls).toEqual([[60, 60]]);
  });
  test("a selected box is dragged by one finger, and put back by a second one", () => {
    const { machine, does, down, open } = begin({ chosen: () => ({ boxes: [a] }) });
    down(boxA, [0, 0], { type: "touch" });
    machine.move(1, hand(boxA, [60, 60]), 1);
    expect(open()).toBe("drag");
    down(canvas, [300, 300], { type: "touch", pointer: 2 });
    expect(open()).toBeUndefined();
    expect(does.choose).toHaveBeenCalledWith({ boxes: [a] });
    expect(does.drop).not.toHaveBeenCalled();
  });
});

describe("context menus", () => {
  test("open once, whether the event comes when the button goes down or when it comes up", () => {
    for (const first of [true, false]) {
      const { machine, does, down } = begin();
      down(canvas, [0, 0], { button: 2 });
      if (first) expect(machine.menu(hand(canvas))).toBe(true);
      machine.up(1, hand(canvas));
      if (!first) expect(machine.menu(hand(canvas))).toBe(true);
      expect(does.contextMenu).toHaveBeenCalledTimes(1);
      // The menu key afterwards.
      down(canvas);
      machine.up(1, hand(canvas));
      machine.menu(hand(canvas));
      expect(does.contextMenu).toHaveBeenCalledTimes(2);
    }
  });
  test("by a long press or Ctrl and a click no click follows", () => {
    const { machine, does, down } = begin();
    down(boxA);
    machine.menu(hand(boxA));
    machine.up(1, hand(boxA));
    expect(does.contextMenu).toHaveBeenCalledTimes(1);
    expect(does.click).not.toHaveBeenCalled();
  });
  test("with Shift are the browser's own", () => {
    const { machine, does } = begin();
    expect(machine.menu(hand(canvas, [0, 0], { shift: true }))).toBe(false);
    expect(does.contextMenu).not.toHaveBeenCalled();
  });
});

test("Escape puts a pan back", () => {
  const { machine, does, down } = begin();
  down(canvas, [0, 0], { button: 1 });
  machine.move(1, hand(canvas, [30, 40]), 4);
  machine.move(1, hand(canvas, [50, 40]), 4);
  machine.cancel();
  expect(does.pan.mock.calls.reduce(([x, y], [dx, dy]) => [x + dx, y + dy], [0, 0])).toEqual([0, 0]);
});

test("move mode ends with a press, and the boxes stay where they were carried", () => {
  const { machine, does, down, open } = begin();
  machine.beginCarry(new Set([a]));
  machine.carry(8, 0);
  machine.carry(0, 16);
  down(canvas);
  expect(does.endCarry).toHaveBeenCalledWith(new Set([a]), { x: 8, y: 16 });
  expect(open()).toBe("press");
});

test("whatever comes, one gesture is open at most, and none after its end", () => {
  const unders = [port, input, boxA, canvas, { kind: "order", box: a } as const, { kind: "outside" } as const];
  const event = fc.record({
    kind: fc.constantFrom("down", "move", "move", "up", "cancel", "menu", "space", "carry"),
    under: fc.constantFrom<Under>(...unders),
    pointer: fc.constantFrom(1, 1, 2),
    type: fc.constantFrom<PointerKind>("mouse", "touch", "pen"),
    button: fc.constantFrom(0, 0, 1, 2, 3),
    at: fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 })),
  });
  fc.assert(
    fc.property(fc.array(event, { maxLength: 20 }), (events) => {
      const { machine, does, down, open } = begin();
      for (const { kind, under, pointer, type, button, at } of events) {
        if (kind === "down") down(under, at, { pointer, type, button });
        else if (kind === "move") machine.move(pointer, hand(under, at), 1);
        else if (kind === "up") machine.up(pointer, hand(under, at));
        else if (kind === "cancel") machine.cancel(pointer);
        else if (kind === "menu") machine.menu(hand(under, at));
        else if (kind === "space") machine.holdSpace();
        else machine.beginCarry(new Set([a]));
      }
      for (const pointer of [1, 2]) machine.up(pointer, hand(canvas));
      // Only what needs no button may be left, and Escape ends it.
      expect([undefined, "connect", "carry"]).toContain(open());
      machine.cancel();
      expect(open()).toBeUndefined();
      const calls = does.drop.mock.calls.length + does.release.mock.calls.length;
      machine.move(1, hand(input, [500, 500]), 0);
      machine.up(1, hand(input, [500, 500]));
      expect(does.drop.mock.calls.length + does.release.mock.calls.length).toBe(calls);
    }),
    { numRuns: 1_000, seed: 8 },
  );
});
