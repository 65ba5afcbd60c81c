import { act, fireEvent, screen } from "@testing-library/react";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { graph, node, port, taskId } from "../../editor/layout/graphs.ts";
import { boxNamed, nodes, point, portNamed, showCanvas } from "./canvas-page.tsx";

// Happy DOM lays nothing out: positions are those of the canvas, and what is under the pointer is the event's target.

/** Down, move and up before React can render. */
function dragInOneTask(from: Element, to: Element, [start, end]: readonly [readonly [number, number], readonly [number, number]]) {
  act(() => {
    point("pointerdown", from, start, { button: 0, buttons: 1 });
    point("pointermove", to, end, { buttons: 1 });
    point("pointerup", to, end, { button: 0, buttons: 0 });
  });
}

const application = () => screen.getByRole("application");
const isWiring = () => screen.queryByText(/ports? fits?|No port fits/i) !== null;

describe("down, move and up in one task", () => {
  test("a wire is connected", () => {
    const { props } = showCanvas();
    dragInOneTask(portNamed("output count (parameter, Integer)"), portNamed("input epochs (parameter, Integer)"), [
      [200, 90],
      [320, 90],
    ]);
    expect(props.onConnect).toHaveBeenCalledTimes(1);
    expect(props.onConnect.mock.calls[0]?.slice(0, 2)).toEqual([
      expect.objectContaining({ task: taskId("write"), port: "count" }),
      expect.objectContaining({ task: taskId("read"), port: "epochs" }),
    ]);
    expect(isWiring()).toBe(false);
  });
  test("two clicks on ports connect as well", () => {
    const { props } = showCanvas();
    act(() => {
      for (const name of ["output count (parameter, Integer)", "input epochs (parameter, Integer)"]) {
        point("pointerdown", portNamed(name), [10, 600], { button: 0, buttons: 1 });
        point("pointerup", portNamed(name), [10, 600], { button: 0 });
      }
    });
    expect(props.onConnect).toHaveBeenCalledTimes(1);
    expect(isWiring()).toBe(false);
  });
  test("a wire let go on empty canvas asks for a task there", () => {
    const { props } = showCanvas();
    dragInOneTask(portNamed("output count (parameter, Integer)"), application(), [
      [200, 90],
      [500, 700],
    ]);
    expect(props.onWireDropped).toHaveBeenCalledWith(
      expect.objectContaining({ task: taskId("write"), port: "count" }),
      { x: 500, y: 700 },
      { x: 500, y: 700 },
    );
  });
  test("the end of a wire is taken off its input and put on another", () => {
    const { props } = showCanvas();
    dragInOneTask(portNamed("input data (artifact)"), portNamed("input summary (artifact)"), [
      [320, 60],
      [640, 60],
    ]);
    expect(props.onReconnect).toHaveBeenCalledTimes(1);
    expect(props.onReconnect.mock.calls[0]?.[2]).toEqual(expect.objectContaining({ task: taskId("send"), port: "summary" }));
  });
  test("an order wire makes a task run after another", () => {
    const { props } = showCanvas();
    const handle = boxNamed("Write file").querySelector("[data-order]")!;
    dragInOneTask(handle, boxNamed("Clean up"), [
      [200, 100],
      [100, 340],
    ]);
    expect(props.onRunAfter).toHaveBeenCalledWith(taskId("alone"), taskId("write"));
  });
  test("a box is moved", () => {
    const { props } = showCanvas();
    dragInOneTask(boxNamed("Read file"), boxNamed("Read file"), [
      [340, 20],
      [361, 52],
    ]);
    expect(props.onPlace).toHaveBeenCalledWith(new Map([[taskId("read"), { x: 344, y: 32 }]]), "drag");
  });
  test("a marquee selects what it touches, and is gone", () => {
    const { props } = showCanvas();
    dragInOneTask(application(), application(), [
      [630, 300],
      [700, 30],
    ]);
    expect(props.onSelect).toHaveBeenLastCalledWith([taskId("send")]);
    expect(document.querySelector('[class*="marquee"]')).toBeNull();
  });
  test("a right drag pans and opens no menu; a right click opens it", () => {
    const { props } = showCanvas();
    act(() => {
      point("pointerdown", application(), [500, 500], { button: 2, buttons: 2 });
      point("pointermove", application(), [540, 500], { buttons: 2 });
      point("pointerup", application(), [540, 500], { button: 2 });
    });
    expect(props.onContextMenu).not.toHaveBeenCalled();
    act(() => {
      point("pointerdown", application(), [500, 500], { button: 2, buttons: 2 });
      point("pointerup", application(), [500, 500], { button: 2 });
    });
    expect(props.onContextMenu).toHaveBeenCalledTimes(1);
  });
  test("holding the space bar makes the drag that follows a pan", () => {
    const { props } = showCanvas();
    act(() => boxNamed("Read file").focus());
    act(() => {
      boxNamed("Read file").dispatchEvent(new KeyboardEvent("keydown", { key: " ", code: "Space", bubbles: true, cancelable: true }));
      point("pointerdown", boxNamed("Read file"), [340, 20], { button: 0, buttons: 1 });
      point("pointermove", boxNamed("Read file"), [400, 80], { buttons: 1 });
      point("pointerup", boxNamed("Read file"), [400, 80], { button: 0 });
      boxNamed("Read file").dispatchEvent(new KeyboardEvent("keyup", { key: " ", code: "Space", bubbles: true, cancelable: true }));
    });
    expect(props.onPlace).not.toHaveBeenCalled();
    expect(props.onSelect).not.toHaveBeenCalled();
  });
});

describe("what ends a gesture puts everything back", () => {
  const ends: readonly (readonly [string, () => void])[] = [
    ["Escape with the focus on the page", () => fireEvent.keyDown(document.body, { key: "Escape" })],
    ["pointercancel", () => point("pointercancel", application(), [0, 0])],
    ["lost capture", () => point("lostpointercapture", application(), [0, 0])],
    ["a window that loses the focus", () => fireEvent.blur(window)],
  ];
  test.each(ends)("a wire: %s", (_, end) => {
    const { props } = showCanvas();
    fireEvent.pointerDown(portNamed("output count (parameter, Integer)"), {
      button: 0,
      buttons: 1,
      pointerId: 1,
      clientX: 200,
      clientY: 90,
    });
    fireEvent.pointerMove(window, { buttons: 1, pointerId: 1, clientX: 260, clientY: 400 });
    expect(isWiring()).toBe(true);
    act(end);
    expect(isWiring()).toBe(false);
    fireEvent.pointerUp(portNamed("input epochs (parameter, Integer)"), { button: 0, pointerId: 1, clientX: 320, clientY: 90 });
    expect(props.onConnect).not.toHaveBeenCalled();
    expect(props.onWireDropped).not.toHaveBeenCalled();
  });
  test.each(ends)("a box and the selection: %s", (_, end) => {
    const { props } = showCanvas({ selection: [taskId("write")] });
    fireEvent.pointerDown(boxNamed("Read file"), { button: 0, buttons: 1, pointerId: 1, clientX: 340, clientY: 20 });
    fireEvent.pointerMove(window, { buttons: 1, pointerId: 1, clientX: 400, clientY: 80 });
    act(end);
    fireEvent.pointerUp(window, { button: 0, pointerId: 1, clientX: 400, clientY: 80 });
    expect(props.onPlace).not.toHaveBeenCalled();
    expect(props.onSelect).toHaveBeenLastCalledWith([taskId("write")]);
  });
  test.each(ends.filter(([name]) => !/pointer|capture/.test(name)))("a wire between two clicks: %s", (_, end) => {
    showCanvas();
    fireEvent.pointerDown(portNamed("output count (parameter, Integer)"), { button: 0, pointerId: 1 });
    fireEvent.pointerUp(portNamed("output count (parameter, Integer)"), { button: 0, pointerId: 1 });
    expect(isWiring()).toBe(true);
    act(end);
    expect(isWiring()).toBe(false);
  });
  test("a release without an event: the next move without a button ends the wire", () => {
    const { props } = showCanvas();
    fireEvent.pointerDown(portNamed("output count (parameter, Integer)"), {
      button: 0,
      buttons: 1,
      pointerId: 1,
      clientX: 200,
      clientY: 90,
    });
    fireEvent.pointerMove(window, { buttons: 1, pointerId: 1, clientX: 260, clientY: 400 });
    fireEvent.pointerMove(window, { buttons: 0, pointerId: 1, clientX: 264, clientY: 400 });
    expect(isWiring()).toBe(false);
    expect(props.onWireDropped).not.toHaveBeenCalled();
  });
  test("a wire whose box is gone is let go", () => {
    const { again } = showCanvas();
    fireEvent.pointerDown(portNamed("output count (parameter, Integer)"), {
      button: 0,
      buttons: 1,
      pointerId: 1,
      clientX: 200,
      clientY: 90,
    });
    fireEvent.pointerMove(window, { buttons: 1, pointerId: 1, clientX: 260, clientY: 400 });
    again({ graph: { ...showGraph(), nodes: nodes.slice(1), edges: [] } });
    expect(isWiring()).toBe(false);
  });
  test("a second pointer does not disturb the first", () => {
    const { props } = showCanvas();
    act(() => {
      point("pointerdown", portNamed("output count (parameter, Integer)"), [200, 90], { button: 0, buttons: 1 });
      point("pointermove", application(), [260, 90], { buttons: 1 });
      point("pointerdown", boxNamed("Send summary"), [700, 20], { button: 0, buttons: 1, pointerId: 7, pointerType: "pen" });
      point("pointermove", application(), [900, 400], { buttons: 1, pointerId: 7, pointerType: "pen" });
      point("pointerup", application(), [900, 400], { button: 0, pointerId: 7, pointerType: "pen" });
      point("pointerup", portNamed("input epochs (parameter, Integer)"), [320, 90], { button: 0 });
    });
    expect(props.onPlace).not.toHaveBeenCalled();
    expect(props.onConnect).toHaveBeenCalledTimes(1);
  });
});

describe("a refused drop says why, until Escape, a click elsewhere or the next action", () => {
  const refuse = () =>
    dragInOneTask(portNamed("output count (parameter, Integer)"), boxNamed("Clean up"), [
      [200, 90],
      [100, 340],
    ]);
  const reason = () => screen.queryByRole("alertdialog");
  test("a port that does not fit", () => {
    showCanvas();
    dragInOneTask(portNamed("output count (parameter, Integer)"), portNamed("input summary (artifact)"), [
      [200, 90],
      [640, 60],
    ]);
    expect(reason()).toHaveTextContent("a file is no value");
  });
  test("a box without a port", () => {
    const { props } = showCanvas();
    refuse();
    expect(reason()).toHaveTextContent("“Clean up” has no inputs");
    expect(props.onConnect).not.toHaveBeenCalled();
    fireEvent.keyDown(reason()!, { key: "Escape" });
    expect(reason()).toBeNull();
  });
  test("the own box", () => {
    showCanvas();
    dragInOneTask(portNamed("output count (parameter, Integer)"), boxNamed("Write file"), [
      [200, 90],
      [100, 10],
    ]);
    expect(reason()).toHaveTextContent("A task cannot be connected to itself");
  });
  test("an order wire to its own box", () => {
    showCanvas();
    dragInOneTask(boxNamed("Write file").querySelector("[data-order]")!, boxNamed("Write file"), [
      [200, 100],
      [100, 10],
    ]);
    expect(reason()).toHaveTextContent("A task cannot run after itself");
  });
  test("an order wire that would close a cycle", () => {
    const { props } = showCanvas();
    dragInOneTask(boxNamed("Read file").querySelector("[data-order]")!, boxNamed("Write file"), [
      [520, 100],
      [100, 10],
    ]);
    expect(reason()).toHaveTextContent("would-close-cycle");
    expect(props.onRunAfter).not.toHaveBeenCalled();
  });
  test("a pipeline that is only shown", () => {
    const { props } = showCanvas({ readOnly: true });
    dragInOneTask(portNamed("output count (parameter, Integer)"), portNamed("input epochs (parameter, Integer)"), [
      [200, 90],
      [320, 90],
    ]);
    expect(props.onConnect).not.toHaveBeenCalled();
    expect(reason()).toHaveTextContent("is read-only here");
  });
  test("a click elsewhere closes it, also outside of the canvas", () => {
    showCanvas();
    refuse();
    act(() => point("pointerdown", document.body, [5, 5], { button: 0 }));
    expect(reason()).toBeNull();
  });
  test("Escape closes it wherever the focus is", () => {
    showCanvas();
    refuse();
    act(() => (document.activeElement as HTMLElement).blur());
    fireEvent.keyDown(document.body, { key: "Escape" });
    expect(reason()).toBeNull();
  });
  test("the next change of the pipeline closes it", () => {
    const { again } = showCanvas();
    refuse();
    again({ graph: { ...showGraph() } });
    expect(reason()).toBeNull();
  });
});

describe("a volume let go over a task", () => {
  const withVolume = graph([
    node("disk", [], [{ ...port("disk-name"), volume: "" }], { title: "Disk", kind: "resource" }),
    node("train", ["!epochs:Integer"], [], { title: "Train" }),
    node("wait", [], [], { title: "Wait", kind: "suspend" }),
  ]);
  const shown = { places: new Map(["disk", "train", "wait"].map((name, i) => [taskId(name), { x: 320 * i, y: 0 }])) };
  const over = (name: string, at: readonly [number, number]) =>
    dragInOneTask(boxNamed("Disk").querySelector("[data-port]")!, boxNamed(name), [[200, 60], at]);
  test("is mounted there and not wired to a value nearby", () => {
    const ask = vi.fn();
    const { props } = showCanvas({ ...shown, mounting: { judge: () => ({ fits: "yes" }), ask } }, withVolume);
    over("Train", [345, 56]);
    expect(props.onConnect).not.toHaveBeenCalled();
    expect(ask).toHaveBeenCalledWith({
      volume: expect.objectContaining({ task: taskId("disk"), port: "disk-name" }),
      task: taskId("train"),
      names: { volume: "Disk", task: "Train" },
      screen: { x: 345, y: 56 },
    });
  });
  test("is refused with the reason where it cannot be mounted", () => {
    const ask = vi.fn();
    const judge = () => ({ fits: "no" as const, reason: { code: "runs no container", values: {} } });
    showCanvas({ ...shown, mounting: { judge, ask } }, withVolume);
    over("Wait", [700, 16]);
    expect(screen.getByRole("alertdialog")).toHaveTextContent("runs no container");
    expect(ask).not.toHaveBeenCalled();
  });
});

test("after 1,000 random sequences of pointers and keys no gesture is open", () => {
  const { props } = showCanvas({ selection: [taskId("read")] });
  const targets = () => [
    application(),
    boxNamed("Write file"),
    boxNamed("Read file"),
    portNamed("output count (parameter, Integer)"),
    portNamed("input data (artifact)"),
    portNamed("input summary (artifact)"),
    boxNamed("Write file").querySelector("[data-order]")!,
    document.body,
  ];
  const pointer = fc.record({
    type: fc.constantFrom("pointerdown", "pointermove", "pointermove", "pointerup", "pointercancel", "lostpointercapture"),
    on: fc.nat(7),
    x: fc.integer({ min: -50, max: 900 }),
    y: fc.integer({ min: -50, max: 700 }),
    button: fc.constantFrom(0, 0, 0, 1, 2),
    pointerId: fc.constantFrom(1, 1, 1, 2),
    pointerType: fc.constantFrom("mouse", "mouse", "pen", "touch"),
    isReported: fc.boolean(),
  });
  const key = fc.record({
    type: fc.constantFrom("keydown", "keyup"),
    on: fc.nat(7),
    code: fc.constantFrom("Escape", "Space", "KeyM", "Enter", "ArrowRight", "KeyC"),
  });
  const other = fc.record({ type: fc.constantFrom("blur", "contextmenu", "dblclick"), on: fc.nat(7) });
  fc.assert(
    fc.property(fc.array(fc.oneof({ weight: 6, arbitrary: pointer }, key, other), { maxLength: 14 }), (events) => {
      act(() => {
        const at = targets();
        for (const event of events) {
          const on = at[event.on] ?? document.body;
          if ("x" in event)
            point(event.type, on, [event.x, event.y], {
              button: event.button,
              buttons: event.isReported && event.type !== "pointerup" ? 1 : 0,
              pointerId: event.pointerId,
              pointerType: event.pointerType,
            });
          else if ("code" in event)
            on.dispatchEvent(
              new KeyboardEvent(event.type, {
                key: event.code === "Space" ? " " : event.code.replace("Key", "").toLowerCase().replace("escape", "Escape"),
                code: event.code,
                bubbles: true,
                cancelable: true,
              }),
            );
          else if (event.type === "blur") window.dispatchEvent(new Event("blur"));
          else on.dispatchEvent(new MouseEvent(event.type, { bubbles: true, cancelable: true }));
        }
        // Every button comes up in the end; a wire between two clicks, a list and move mode wait for Escape.
        for (const pointerId of [1, 2]) point("pointerup", application(), [450, 650], { button: 0, pointerId });
      });
      expect(document.querySelector('[class*="marquee"]')).toBeNull();
      act(() => {
        for (let i = 0; i < 3; i++)
          (document.activeElement ?? document.body).dispatchEvent(
            new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true }),
          );
        point("pointerdown", document.body, [5, 5], { button: 0, pointerId: 3 });
        point("pointerup", document.body, [5, 5], { button: 0, pointerId: 3 });
      });
      expect(application()).not.toHaveAttribute("data-gesture");
      expect(isWiring()).toBe(false);
      props.onPlace.mockClear();
      props.onSelect.mockClear();
      // Nothing is in hand: moving does nothing.
      act(() => point("pointermove", application(), [600, 600], { buttons: 0 }));
      expect(props.onPlace).not.toHaveBeenCalled();
      expect(props.onSelect).not.toHaveBeenCalled();
    }),
    { numRuns: 1_000, seed: 8 },
  );
}, 120_000);

function showGraph() {
  return graph(nodes, ["write.rows -> read.data"]);
}
