import { describe, expect, it, vi } from "vitest";
import { createViewport, pinching, type Wheel, wheeled } from "#ui/canvas/viewport.ts";

const origin = { left: 0, top: 0 };
const wheel = (turned: Partial<Wheel>): Wheel => ({
  deltaX: 0,
  deltaY: 0,
  deltaMode: 0,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  clientX: 0,
  clientY: 0,
  ...turned,
});
const finger = (pointerId: number, clientX: number, clientY: number) =>
  new PointerEvent("pointermove", { pointerId, pointerType: "touch", clientX, clientY });

describe("the wheel over the canvas", () => {
  it("pans by as many pixels as it turns, both ways", () => {
    expect(wheeled({ x: 5, y: 7, zoom: 0.5 }, wheel({ deltaX: 30, deltaY: 40 }), origin)).toEqual({ x: -25, y: -33, zoom: 0.5 });
  });

  it("pans sideways with Shift held", () => {
    expect(wheeled({ x: 0, y: 0, zoom: 1 }, wheel({ deltaY: 40, shiftKey: true }), origin)).toEqual({ x: -40, y: 0, zoom: 1 });
  });

  it.each([{ ctrlKey: true }, { metaKey: true }])("zooms about the pointer with %o", (held) => {
    const before = { x: 10, y: 20, zoom: 1 };
    const after = wheeled(before, wheel({ deltaY: -120, clientX: 110, clientY: 220, ...held }), { left: 100, top: 200 });
    expect(after.zoom).toBeCloseTo(2 ** 0.24);
    expect((10 - after.x) / after.zoom).toBeCloseTo((10 - before.x) / before.zoom);
    expect((20 - after.y) / after.zoom).toBeCloseTo((20 - before.y) / before.zoom);
  });

  it("never zooms beyond the range", () => {
    const turned = (deltaY: number) => wheeled({ x: 0, y: 0, zoom: 1 }, wheel({ deltaY, ctrlKey: true }), origin).zoom;
    expect(turned(100_000)).toBe(0.05);
    expect(turned(-100_000)).toBe(2.5);
  });
});

describe("two fingers", () => {
  it("zoom by the distance between them and keep what is between them", () => {
    const viewport = createViewport();
    const pinch = pinching(viewport, () => origin);
    pinch.down(finger(1, 100, 100));
    pinch.down(finger(2, 200, 100));
    pinch.move(finger(2, 300, 100));
    const { x, y, zoom } = viewport.now();
    expect(zoom).toBeCloseTo(2);
    // 150 was between the fingers, and 200 is now.
    expect(150 * zoom + x).toBeCloseTo(200);
    expect(100 * zoom + y).toBeCloseTo(100);
  });

  it("move the view when they keep their distance", () => {
    const viewport = createViewport();
    const pinch = pinching(viewport, () => origin);
    pinch.down(finger(1, 100, 100));
    pinch.down(finger(2, 200, 100));
    pinch.move(finger(1, 110, 130));
    pinch.move(finger(2, 210, 130));
    const { x, y, zoom } = viewport.now();
    expect(zoom).toBeCloseTo(1);
    expect([x, y].map(Math.round)).toEqual([10, 30]);
  });

  it("do nothing any more when one of them is lifted", () => {
    const viewport = createViewport();
    const pinch = pinching(viewport, () => origin);
    pinch.down(finger(1, 100, 100));
    pinch.down(finger(2, 200, 100));
    pinch.up(finger(2, 200, 100));
    pinch.move(finger(1, 150, 100));
    expect(viewport.now()).toEqual({ x: 0, y: 0, zoom: 1 });
  });
});

describe("a glide to another view", () => {
  it("ends at the view that was asked for, and is ended by any other move", () => {
    vi.useFakeTimers({ toFake: ["requestAnimationFrame", "cancelAnimationFrame", "performance"] });
    try {
      const viewport = createViewport();
      viewport.go({ x: 100, y: 50, zoom: 2 }, true);
      vi.advanceTimersByTime(100);
      expect(viewport.now().zoom).toBeGreaterThan(1);
      vi.advanceTimersByTime(400);
      expect(viewport.now()).toEqual({ x: 100, y: 50, zoom: 2 });
      viewport.go({ x: 0, y: 0, zoom: 1 }, true);
      vi.advanceTimersByTime(100);
      viewport.go({ x: 7, y: 7, zoom: 1 });
      vi.advanceTimersByTime(400);
      expect(viewport.now()).toEqual({ x: 7, y: 7, zoom: 1 });
    } finally {
      vi.useRealTimers();
    }
  });
});
