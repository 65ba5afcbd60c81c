import { act, fireEvent, render, screen } from "@testing-library/react";
import { describe, expect, test, vi } from "vitest";
import { ResizeBorder } from "#ui/parts/resize-border.tsx";
import { point } from "../canvas/canvas-page.tsx";

function show() {
  const onSize = vi.fn();
  const view = render(<ResizeBorder label="Palette" size={200} range={[100, 300]} edge="right" usual={220} onSize={onSize} />);
  return { onSize, view, border: screen.getByRole("separator", { name: "Palette" }) };
}
const press = (border: Element) => act(() => point("pointerdown", border, [200, 50], { button: 0, buttons: 1 }));

describe("the border of a panel", () => {
  test("is dragged by down, move and up in one task", () => {
    const { onSize, border } = show();
    act(() => {
      point("pointerdown", border, [200, 50], { button: 0, buttons: 1 });
      point("pointermove", document.body, [240, 50], { buttons: 1 });
      point("pointerup", document.body, [240, 50], { button: 0 });
      point("pointermove", document.body, [280, 50]);
    });
    expect(onSize.mock.calls).toEqual([[240]]);
  });
  test("stays within its range", () => {
    const { onSize, border } = show();
    press(border);
    act(() => point("pointermove", document.body, [900, 50], { buttons: 1 }));
    expect(onSize).toHaveBeenLastCalledWith(300);
  });
  const ends: readonly (readonly [string, () => void])[] = [
    ["Escape", () => void fireEvent.keyDown(document.body, { key: "Escape" })],
    ["pointercancel", () => point("pointercancel", document.body, [240, 50])],
    ["a window that loses the focus", () => void fireEvent.blur(window)],
  ];
  test.each(ends)("is put back by %s, and lets go", (_, end) => {
    const { onSize, border } = show();
    press(border);
    act(() => point("pointermove", document.body, [240, 50], { buttons: 1 }));
    act(end);
    expect(onSize).toHaveBeenLastCalledWith(200);
    act(() => point("pointermove", document.body, [260, 50], { buttons: 1 }));
    expect(onSize).toHaveBeenCalledTimes(2);
  });
  test("hears one pointer only, and none once it is gone", () => {
    const { onSize, border, view } = show();
    press(border);
    act(() => point("pointermove", document.body, [260, 50], { pointerId: 2 }));
    view.unmount();
    act(() => point("pointermove", document.body, [260, 50]));
    expect(onSize).not.toHaveBeenCalled();
  });
  test("is moved by arrows and reset by a double click", () => {
    const { onSize, border } = show();
    fireEvent.keyDown(border, { key: "ArrowRight" });
    expect(onSize).toHaveBeenLastCalledWith(208);
    fireEvent.doubleClick(border);
    expect(onSize).toHaveBeenLastCalledWith(220);
  });
});
