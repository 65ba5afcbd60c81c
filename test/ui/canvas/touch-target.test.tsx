import { afterEach, describe, expect, it, vi } from "vitest";
import { touchedPort } from "#ui/canvas/use-gestures.ts";

/** A canvas with a box 200 px wide and ports of 24 px at its left edge, 22 px one below the other. */
function stage(scale = 1) {
  const root = document.createElement("div");
  const place = (element: Element, left: number, top: number, width: number, height: number) =>
    vi.spyOn(element, "getBoundingClientRect").mockReturnValue(new DOMRect(left * scale, top * scale, width * scale, height * scale));
  const box = document.createElement("div");
  box.dataset.box = "main/a";
  root.append(box);
  place(box, 100, 0, 200, 120);
  const ports = [0, 1, 2].map((n) => {
    const port = document.createElement("span");
    port.dataset.port = `input ${n}`;
    box.append(port);
    place(port, 88, 40 + n * 22, 24, 24);
    return port;
  });
  document.body.append(root);
  document.elementFromPoint = (x, y) => (x >= 100 * scale && x <= 300 * scale && y >= 0 && y <= 120 * scale ? box : root);
  return { root, ports };
}

afterEach(() => document.body.replaceChildren());

describe("a finger means the nearest port within 22 px (a target of 44 px)", () => {
  it("beside the port, outside and inside the box", () => {
    const { root, ports } = stage();
    expect(touchedPort(root, 79, 52)).toBe(ports[0]);
    expect(touchedPort(root, 121, 52)).toBe(ports[0]);
    expect(touchedPort(root, 100, 118)).toBe(ports[2]);
    expect(touchedPort(root, 77, 52)).toBeUndefined();
    expect(touchedPort(root, 200, 52)).toBeUndefined();
  });

  it("between two ports the one whose center is nearer", () => {
    const { root, ports } = stage();
    expect(touchedPort(root, 90, 62)).toBe(ports[0]);
    expect(touchedPort(root, 90, 64)).toBe(ports[1]);
  });

  it("not across more than a quarter of a small box", () => {
    const { root, ports } = stage(0.3);
    expect(touchedPort(root, 40, 16)).toBe(ports[0]);
    expect(touchedPort(root, 50, 16)).toBeUndefined();
  });
});
