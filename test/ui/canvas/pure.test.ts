import { describe, expect, test } from "vitest";
import { touches, type BoxId, type Rect } from "#editor/layout/geometry.ts";
import { boxesOf } from "#editor/layout/box.ts";
import { wiresOf } from "#editor/layout/wires.ts";
import { keyName, type Press } from "#ui/canvas/key-name.ts";
import { neighbour } from "#ui/canvas/navigation.ts";
import { centred, detailAt, fitting, inView, opening, reveal, toCanvas, toScreen, zoomAbout, zoomKeeping } from "#ui/canvas/view.ts";
import { routeWire } from "#ui/canvas/wire-path.ts";
import { graph, node, taskId } from "../../editor/layout/graphs.ts";

const frame = { width: 1000, height: 700 };
const rect = (x: number, y: number, width = 200, height = 100): Rect => ({ x, y, width, height });

describe("wires", () => {
  const behind = (from: { x: number; y: number }, to: { x: number; y: number }, boxes: readonly Rect[]) =>
    routeWire(from, to, boxes).points.filter(({ x, y }) =>
      boxes.some((box) => x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height),
    );
  test("a free way is one cubic with level ends", () => {
    expect(routeWire({ x: 0, y: 0 }, { x: 200, y: 80 }, []).d).toMatch(/^M5 0C\d.* 0 .* 80 187.5 80$/);
  });
  test("a wire never runs behind a box", () => {
    const wall = [rect(300, -40), rect(600, 40)];
    expect(behind({ x: 200, y: 0 }, { x: 900, y: 100 }, wall)).toEqual([]);
    expect(behind({ x: 200, y: 20 }, { x: 900, y: 20 }, wall)).toEqual([]);
  });
  test("it goes through the gap between two boxes rather than around both", () => {
    const wall = [rect(300, -400, 200, 390), rect(300, 40, 200, 400)];
    const route = routeWire({ x: 200, y: -100 }, { x: 600, y: -100 }, wall);
    expect(Math.max(...route.points.map((point) => point.y))).toBeLessThan(40);
  });
  test("a wire going back runs round and ends at its port", () => {
    const route = routeWire({ x: 500, y: 0 }, { x: 100, y: 200 }, []);
    expect(route.d).toContain("a10 10");
    expect(route.points.at(-1)).toEqual({ x: 87.5, y: 200 });
  });
});

describe("wires going back", () => {
  const inside = (points: readonly { x: number; y: number }[], boxes: readonly Rect[]) => {
    const steps = points.slice(1).flatMap((b, i) => {
      const a = points[i]!;
      return Array.from({ length: 101 }, (_, t) => ({ x: a.x + ((b.x - a.x) * t) / 100, y: a.y + ((b.y - a.y) * t) / 100 }));
    });
    return steps.filter(({ x, y }) => boxes.some((box) => x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height));
  };
  // Two columns of three boxes; the wire leads from the right column back to the left one.
  const boxes = [0, 1, 2].flatMap((row) => [rect(0, row * 150), rect(300, row * 150, 248)]);
  test.each([
    [0, 0],
    [0, 1],
    [1, 0],
    [2, 0],
    [0, 2],
    [1, 1],
  ])("run around all boxes: from row %d to row %d", (out, into) => {
    const route = routeWire({ x: 548, y: out * 150 + 60 }, { x: 0, y: into * 150 + 60 }, boxes);
    expect(inside(route.points, boxes)).toEqual([]);
    expect(inside([route.middle, route.middle], boxes)).toEqual([]);
  });
  test("give way to a wider box in their own column", () => {
    const column = [rect(300, 0, 200), rect(300, 130, 300), rect(0, 300)];
    const route = routeWire({ x: 500, y: 60 }, { x: 0, y: 360 }, column);
    expect(inside(route.points, column)).toEqual([]);
  });
  test("from a box to one straight below it run between the two", () => {
    const pair = [rect(0, 0), rect(0, 160)];
    const route = routeWire({ x: 200, y: 22 }, { x: 0, y: 182 }, pair);
    expect(inside(route.points, pair)).toEqual([]);
    expect(route.middle.y).toBeGreaterThan(100);
    expect(route.middle.y).toBeLessThan(160);
  });
});

describe("the view", () => {
  test("fitting never zooms above 100 %", () => {
    expect(fitting(rect(0, 0), frame).zoom).toBe(1);
  });
  test("fitting shows the whole rectangle", () => {
    const bounds = rect(-300, 50, 4000, 2000);
    const seen = inView(fitting(bounds, frame), frame);
    expect(seen.x).toBeLessThanOrEqual(-300);
    expect(seen.x + seen.width).toBeGreaterThanOrEqual(3700);
    expect(seen.y + seen.height).toBeGreaterThanOrEqual(2050);
  });
  test("shows the first task of a large graph, however far below the upper left corner it is", () => {
    const first = rect(0, 4400);
    const view = opening(rect(0, 0, 20000, 9000), frame, first);
    expect(11 * view.zoom).toBeGreaterThanOrEqual(10);
    const top = first.y * view.zoom + view.y;
    expect([top > 0, top + first.height * view.zoom < frame.height]).toEqual([true, true]);
    expect(view.x).toBe(opening(rect(0, 0, 20000, 9000), frame).x);
  });

  test("a huge graph opens with its first boxes at a size at which all text is at least 10 px", () => {
    const { zoom, x, y } = opening(rect(0, 0, 20000, 9000), frame);
    expect([x, y]).toEqual([40, 52]);
    expect(11 * zoom).toBeGreaterThanOrEqual(10);
    expect(detailAt(zoom, true, "map")).toBe("work");
  });
  test("a small graph opens in the upper left part, at 100 %", () => {
    const view = opening(rect(0, 0), frame);
    expect(view.zoom).toBe(1);
    const middle = toScreen(view, { x: 100, y: 50 });
    expect(middle.x).toBeLessThan(frame.width / 2);
    expect(middle.y).toBeLessThan(frame.height / 3);
  });
  test.each([300, 800, 1000, 1400, 2200, 2400, 9000])("a graph %d wide opens with no text under 10 px", (width) => {
    const { zoom } = opening(rect(0, 0, width, 400), frame);
    expect(zoom).toBeLessThanOrEqual(1);
    if (detailAt(zoom, false) === "work") expect(11 * zoom).toBeGreaterThanOrEqual(10);
    else expect(detailAt(zoom, false)).toBe("read");
  });
  test("zooming keeps the point under the pointer", () => {
    const view = { x: 30, y: -20, zoom: 0.8 };
    const pointer = { x: 400, y: 300 };
    const next = zoomAbout(view, pointer, 1.3);
    expect(toScreen(next, toCanvas(view, pointer)).x).toBeCloseTo(400);
  });
  test("a box in view moves nothing, one outside moves the least", () => {
    const view = { x: 0, y: 0, zoom: 1 };
    expect(reveal(view, rect(100, 100), frame)).toBeUndefined();
    expect(reveal(view, rect(900, 100), frame)).toEqual({ x: -124, y: 0, zoom: 1 });
  });
  test("centring puts a box in the middle", () => {
    expect(centred({ x: 0, y: 0, zoom: 1 }, rect(0, 0), frame)).toEqual({ x: 400, y: 300, zoom: 1 });
  });
  test("100 % keeps the focused box in view", () => {
    const view = { x: 0, y: 0, zoom: 0.25 };
    const far = rect(3600, 2600);
    const next = zoomKeeping(view, 1, frame, { all: [rect(0, 0), far], preferred: [far] });
    expect(next.zoom).toBe(1);
    const { x, y } = toScreen(next, far);
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x + 200).toBeLessThanOrEqual(frame.width);
    expect(y).toBeGreaterThanOrEqual(0);
    expect(y + 100).toBeLessThanOrEqual(frame.height);
  });
  test("100 % keeps the middle of the view where nothing in view is focused", () => {
    const view = { x: 0, y: 0, zoom: 0.5 };
    const next = zoomKeeping(view, 1, frame, { all: [rect(900, 600)], preferred: [rect(9000, 9000)] });
    expect(toCanvas(next, { x: 500, y: 350 })).toEqual({ x: 1000, y: 700 });
  });
  test("100 % never ends in an empty part while a box was in view", () => {
    const corner = rect(0, 0);
    const next = zoomKeeping({ x: 10, y: 10, zoom: 0.2 }, 1, frame, { all: [corner], preferred: [] });
    expect(touches(corner, inView(next, frame))).toBe(true);
  });
  test("the level of detail sways by 3 %, never into text under 10 px", () => {
    expect(detailAt(0.92, false)).toBe("work");
    expect(detailAt(0.91, false, "work")).toBe("work");
    expect(detailAt(0.9, false, "work")).toBe("read");
    expect(detailAt(0.92, false, "read")).toBe("read");
    expect(detailAt(0.94, false, "read")).toBe("work");
    expect(detailAt(0.32, false)).toBe("read");
    expect(detailAt(0.32, true)).toBe("map");
  });
});

describe("arrow keys", () => {
  const nodes = [node("a", [], ["o:String"]), node("b", ["i:String"]), node("c", ["i:String"]), node("d")];
  const g = graph(nodes, ["a.o -> b.i", "a.o -> c.i"]);
  const wires = wiresOf(g, boxesOf(g));
  const rects = new Map<BoxId, Rect>([
    [taskId("a"), rect(0, 300)],
    [taskId("b"), rect(264, 0)],
    [taskId("c"), rect(264, 320)],
    [taskId("d"), rect(0, 500)],
  ]);
  test("right leads to the consumer nearest in height", () => {
    expect(neighbour(taskId("a"), "right", rects, wires)).toBe(taskId("c"));
  });
  test("going straight back returns where one came from", () => {
    expect(neighbour(taskId("a"), "right", rects, wires, taskId("b"))).toBe(taskId("b"));
  });
  test("up and down stay in the column", () => {
    expect(neighbour(taskId("c"), "up", rects, wires)).toBe(taskId("b"));
    expect(neighbour(taskId("a"), "down", rects, wires)).toBe(taskId("d"));
  });
  test("a dead end is announced, not jumped over", () => {
    expect(neighbour(taskId("b"), "right", rects, wires)).toBeUndefined();
  });
  test("without a wire the nearest box that way is taken", () => {
    expect(neighbour(taskId("d"), "right", rects, wires)).toBe(taskId("c"));
  });
});

describe("key names", () => {
  const press = (key: string, code: string, more: Partial<Press> = {}): Press => ({
    key,
    code,
    shiftKey: false,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    ...more,
  });
  test.each([
    [press("c", "KeyC"), "C"],
    [press("ㅊ", "KeyC"), "C"],
    [press("Process", "KeyC"), "C"],
    [press("ф", "KeyA", { ctrlKey: true }), "Mod+A"],
    [press("a", "KeyQ", { metaKey: true }), "Mod+A"],
    [press("C", "KeyC", { shiftKey: true }), "Shift+C"],
    [press("&", "Digit1"), "1"],
    [press("!", "Digit1", { shiftKey: true }), "Shift+1"],
    [press("+", "Equal", { shiftKey: true }), "+"],
    [press("=", "Equal"), "="],
    [press("ArrowLeft", "ArrowLeft", { shiftKey: true }), "Shift+ArrowLeft"],
    [press(" ", "Space"), "Space"],
    [press("?", "Slash", { shiftKey: true }), "?"],
    [press("Enter", "Enter", { ctrlKey: true }), "Mod+Enter"],
  ])("%o is %s", (one, name) => {
    expect(keyName(one)).toBe(name);
  });
  test("with AltGr nothing fires", () => {
    expect(keyName(press("@", "KeyQ", { ctrlKey: true, altKey: true, getModifierState: () => true }))).toBe("");
  });
});
