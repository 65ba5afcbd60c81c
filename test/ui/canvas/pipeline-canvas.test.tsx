import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { BoxId, Positions } from "#editor/layout/geometry.ts";
import type { Graph } from "#pipeline/graph.ts";
import type { TemplateId } from "#pipeline/model.ts";
import type { CanvasHandle, PipelineCanvasProps } from "#ui/canvas/canvas-props.ts";
import { PipelineCanvas } from "#ui/canvas/pipeline-canvas.tsx";
import { canvasMessages } from "#messages/sections/canvas.ts";
import { createTranslate } from "#messages/translate.ts";
import { constant, fed, graph, node, parameter, taskId } from "../../editor/layout/graphs.ts";

afterEach(cleanup);

const nodes = [
  node("write", [], ["data_output:artifact:dict"], { title: "Write file" }),
  node("read", [fed("data_input:artifact:dict", "write", "data_output"), constant("lr:Float", 0.1)], ["Output:Float"], {
    title: "Read file",
  }),
  node("send", ["!summary:String", parameter("n:Integer", "n_rows")], [], { title: "Send summary" }),
  node("inner", [], [], { title: "features", group: true, kind: "dag" }),
];
const places: Positions = new Map<BoxId, { x: number; y: number }>([
  [taskId("write"), { x: 0, y: 0 }],
  [taskId("read"), { x: 264, y: 0 }],
  [taskId("send"), { x: 528, y: 0 }],
  [taskId("inner"), { x: 0, y: 200 }],
]);

function show(more: Partial<PipelineCanvasProps> = {}, shown: Graph = graph(nodes, ["write.data_output -> read.data_input"])) {
  const props = {
    graph: shown,
    path: [
      { template: "root" as TemplateId, title: "root" },
      { template: shown.template, title: "main" },
    ],
    places,
    selection: [],
    t: createTranslate([canvasMessages], "en"),
    onPlace: vi.fn<PipelineCanvasProps["onPlace"]>(),
    onSelect: vi.fn(),
    onConnect: vi.fn(),
    onDisconnect: vi.fn(),
    onOpen: vi.fn(),
    onEnter: vi.fn(),
    onGo: vi.fn(),
    onDelete: vi.fn(),
    onRename: vi.fn(),
    onQuickAdd: vi.fn(),
    onContextMenu: vi.fn(),
    onWireDropped: vi.fn(),
    onRunAfter: vi.fn(),
    judge: vi.fn((from, to) =>
      from.portKind === to.portKind
        ? { fits: "yes" as const }
        : {
            fits: "help" as const,
            reason: { code: "a file is no value", values: {} },
            offers: [{ code: "read it as a value", values: {}, as: "value" as const }],
          },
    ),
    ...more,
  } satisfies PipelineCanvasProps;
  const view = render(<PipelineCanvas {...props} />);
  return { props, view, again: (changed: Partial<PipelineCanvasProps>) => view.rerender(<PipelineCanvas {...props} {...changed} />) };
}
const box = (name: string) => screen.getByRole("group", { name });
const focus = (name: string) => act(() => box(name).focus());
const press = (element: Element, key: string, more: object = {}) =>
  fireEvent.keyDown(element, { key, code: /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : key, ...more });

describe("names and roles", () => {
  test("the graph says how many tasks it has, and each task is a group named after it", () => {
    show();
    const application = screen.getByRole("application", { name: "Pipeline graph, 4 tasks" });
    expect(
      within(application)
        .getAllByRole("group")
        .map((one) => one.getAttribute("aria-label")),
    ).toEqual(["Write file", "Read file", "Send summary", "features"]);
  });
  test("a port is named with direction, kind and type, and described by what it holds", () => {
    show();
    expect(screen.getByRole("button", { name: "input data_input (artifact, dict)" })).toHaveAttribute(
      "aria-description",
      "from “Write file”",
    );
    expect(screen.getByRole("button", { name: "input lr (parameter, Float)" })).toHaveAttribute("aria-description", "constant 0.1");
    expect(screen.getByRole("button", { name: "input summary (parameter, String)" })).toHaveAttribute("aria-description", "needs a value");
  });
  test("the graph is one Tab stop", () => {
    show();
    const stops = [...document.querySelectorAll('[role="application"] [tabindex="0"], [role="application"][tabindex="0"]')];
    expect(stops.map((one) => one.getAttribute("aria-label"))).toEqual(["Write file"]);
  });
  test("an empty graph shows what the page puts there and can take the focus itself", () => {
    show({ empty: <p>Add a task</p>, places: new Map() }, graph([]));
    expect(screen.getByText("Add a task")).toBeVisible();
    expect(screen.getByRole("application", { name: "Pipeline graph, 0 tasks" })).toHaveAttribute("tabindex", "0");
  });
  test("templates that nothing calls are in the tray and open from it", () => {
    const { props } = show({ unreached: [{ template: "old" as TemplateId, name: "old-train", kind: "container" }] });
    fireEvent.click(screen.getByRole("button", { name: /old-train/ }));
    expect(props.onGo).toHaveBeenCalledWith("old");
  });
  test("the path leads out of a group", () => {
    const { props } = show();
    fireEvent.click(within(screen.getByRole("navigation", { name: "Path" })).getByRole("button", { name: "root" }));
    expect(props.onGo).toHaveBeenCalledWith("root");
  });
});

describe("keys", () => {
  test("arrows walk along the wires and select where they arrive", () => {
    const { props } = show();
    focus("Write file");
    press(box("Write file"), "ArrowRight");
    expect(props.onSelect).toHaveBeenLastCalledWith([taskId("read")]);
    expect(document.activeElement).toBe(box("Read file"));
  });
  test("Enter opens a task and enters a group, Shift+Enter leaves", () => {
    const { props } = show();
    press(box("Write file"), "Enter");
    focus("Write file");
    press(box("Write file"), "Enter");
    expect(props.onOpen).toHaveBeenCalledWith(taskId("write"));
    focus("features");
    press(box("features"), "Enter");
    expect(props.onEnter).toHaveBeenCalledWith(taskId("inner"));
    press(box("features"), "Enter", { shiftKey: true });
    expect(props.onGo).toHaveBeenCalledWith("root");
  });
  test("Delete removes the selection and moves the focus to a consumer", () => {
    const { props, again } = show({ selection: [taskId("write")] });
    focus("Write file");
    press(box("Write file"), "Delete");
    expect(props.onDelete).toHaveBeenCalledWith([taskId("write")], [], false);
    // The task is still there, as after a refusal.
    expect(document.activeElement).toBe(box("Write file"));
    again({ selection: [], graph: graph(nodes.slice(1), []) });
    expect(screen.queryByRole("group", { name: "Write file" })).toBeNull();
    expect(document.activeElement).toBe(box("Read file"));
  });
  test("Delete with only a wire selected removes the wire", () => {
    const { props } = show({ selectedWire: "write.data_output -> read.data_input" });
    press(screen.getByRole("application"), "Delete");
    expect(props.onDisconnect).toHaveBeenCalledWith([expect.objectContaining({ id: "write.data_output -> read.data_input" })]);
  });
  test("Mod+A selects everything, also under a Korean input method", () => {
    const { props } = show();
    fireEvent.keyDown(box("Write file"), { key: "ㅁ", code: "KeyA", ctrlKey: true });
    expect(props.onSelect).toHaveBeenLastCalledWith(nodes.map((one) => one.id));
  });
  test("F2 renames in place: Enter commits, Escape keeps the name", () => {
    const { props } = show();
    focus("Write file");
    press(box("Write file"), "F2");
    const field = screen.getByRole("textbox", { name: "New name of “Write file”" });
    fireEvent.change(field, { target: { value: " 데이터 " } });
    fireEvent.keyDown(field, { key: "Enter" });
    expect(props.onRename).toHaveBeenCalledWith(taskId("write"), "데이터");
    press(box("Write file"), "F2");
    fireEvent.keyDown(screen.getByRole("textbox", { name: /New name/ }), { key: "Escape" });
    expect(props.onRename).toHaveBeenCalledTimes(1);
  });
  test("Mod+arrow nudges by the grid, with Shift by eight steps", () => {
    const { props } = show({ selection: [taskId("read")] });
    focus("Read file");
    press(box("Read file"), "ArrowDown", { ctrlKey: true });
    expect(props.onPlace).toHaveBeenLastCalledWith(new Map([[taskId("read"), { x: 264, y: 8 }]]), "nudge");
    press(box("Read file"), "ArrowLeft", { metaKey: true, shiftKey: true });
    expect(props.onPlace).toHaveBeenLastCalledWith(new Map([[taskId("read"), { x: 200, y: 0 }]]), "nudge");
  });
  test("move mode carries with arrows, one step at the end, Escape puts back", () => {
    const { props } = show({ selection: [taskId("read")] });
    focus("Read file");
    press(box("Read file"), "m");
    press(box("Read file"), "ArrowRight");
    press(box("Read file"), "ArrowRight");
    press(box("Read file"), "Enter");
    expect(props.onPlace).toHaveBeenCalledTimes(1);
    expect(props.onPlace).toHaveBeenCalledWith(new Map([[taskId("read"), { x: 280, y: 0 }]]), "drag");
    press(box("Read file"), "m");
    press(box("Read file"), "ArrowRight");
    press(box("Read file"), "Escape");
    expect(props.onPlace).toHaveBeenCalledTimes(1);
  });
  test("I and O go to the ports, arrows among them, Escape back to the box", () => {
    show();
    focus("Read file");
    press(box("Read file"), "i");
    expect(document.activeElement).toHaveAccessibleName("input data_input (artifact, dict)");
    press(document.activeElement!, "ArrowDown");
    expect(document.activeElement).toHaveAccessibleName("input lr (parameter, Float)");
    press(document.activeElement!, "ArrowRight");
    expect(document.activeElement).toHaveAccessibleName("output Output (parameter, Float)");
    press(document.activeElement!, "Escape");
    expect(document.activeElement).toBe(box("Read file"));
  });
  test("Escape empties the selection last and never leaves the graph", () => {
    const { props } = show({ selection: [taskId("read")] });
    press(box("Read file"), "Escape");
    expect(props.onSelect).toHaveBeenCalledWith([]);
    expect(props.onGo).not.toHaveBeenCalled();
  });
  test("single letters do nothing while a name is typed", () => {
    const { props } = show();
    focus("Write file");
    press(box("Write file"), "F2");
    press(screen.getByRole("textbox", { name: /New name/ }), "n");
    expect(props.onQuickAdd).not.toHaveBeenCalled();
  });
});

describe("connecting", () => {
  test("C lists the ports that fit; Enter connects", () => {
    const { props } = show();
    focus("Write file");
    press(box("Write file"), "c");
    const dialog = screen.getByRole("dialog", { name: "Connect data_output of “Write file” to…" });
    const options = within(dialog).getAllByRole("option");
    expect(options[0]).toHaveTextContent("Read filedata_input");
    fireEvent.change(within(dialog).getByRole("combobox"), { target: { value: "summary" } });
    expect(within(dialog).getAllByRole("option")).toHaveLength(2);
    fireEvent.change(within(dialog).getByRole("combobox"), { target: { value: "send summary s" } });
    fireEvent.keyDown(within(dialog).getByRole("combobox"), { key: "Enter" });
    expect(props.onConnect).not.toHaveBeenCalled();
    expect(screen.getByRole("alertdialog", { name: "This needs a choice" })).toHaveTextContent("a file is no value");
    fireEvent.click(screen.getByRole("button", { name: /read it as a value/ }));
    expect(props.onConnect).toHaveBeenCalledWith(
      expect.objectContaining({ task: taskId("write"), port: "data_output" }),
      expect.objectContaining({ task: taskId("send"), port: "summary" }),
      "value",
    );
  });
  test("two clicks connect what a drag would", () => {
    const { props } = show();
    const click = (element: Element) => {
      fireEvent.pointerDown(element, { button: 0, pointerId: 1 });
      fireEvent.pointerUp(element, { button: 0, pointerId: 1 });
    };
    click(screen.getByRole("button", { name: "output Output (parameter, Float)" }));
    expect(screen.getByText(/ports? fits?/)).toBeInTheDocument();
    click(screen.getByRole("button", { name: "input summary (parameter, String)" }));
    expect(props.onConnect).toHaveBeenCalledTimes(1);
  });
  test("a refusal stays until Escape and changes nothing", () => {
    const { props } = show({ judge: () => ({ fits: "no", reason: { code: "would close a circle", values: {} } }) });
    focus("Read file");
    press(box("Read file"), "o");
    press(document.activeElement!, "Enter");
    const dialog = screen.getByRole("dialog");
    expect(within(dialog).getByText("No port fits.")).toBeVisible();
    fireEvent.click(within(dialog).getByRole("checkbox", { name: "Show what does not fit" }));
    fireEvent.click(within(dialog).getAllByRole("option")[0]!);
    const bubble = screen.getByRole("alertdialog", { name: "This cannot be connected" });
    expect(bubble).toHaveTextContent("would close a circle");
    fireEvent.keyDown(bubble, { key: "Escape" });
    expect(screen.queryByRole("alertdialog")).toBeNull();
    expect(props.onConnect).not.toHaveBeenCalled();
  });
});

describe("pointer", () => {
  const at = (x: number, y: number, more: object = {}) => ({
    clientX: x,
    clientY: y,
    button: 0,
    pointerId: 1,
    pointerType: "mouse",
    ...more,
  });
  test("a drag of 4 pixels moves, once, on the grid; less is a click", () => {
    const { props } = show();
    const target = box("Read file");
    fireEvent.pointerDown(target, at(300, 20));
    fireEvent.pointerMove(window, at(302, 21));
    fireEvent.pointerUp(window, at(302, 21));
    expect(props.onPlace).not.toHaveBeenCalled();
    expect(props.onSelect).toHaveBeenLastCalledWith([taskId("read")]);
    fireEvent.pointerDown(target, at(300, 20));
    fireEvent.pointerMove(window, at(310, 40));
    fireEvent.pointerMove(window, at(321, 55));
    fireEvent.pointerUp(window, at(321, 55));
    expect(props.onPlace).toHaveBeenCalledTimes(1);
    expect(props.onPlace).toHaveBeenCalledWith(new Map([[taskId("read"), { x: 288, y: 32 }]]), "drag");
  });
  test("Escape during a drag puts everything back", () => {
    const { props } = show();
    fireEvent.pointerDown(box("Read file"), at(300, 20));
    fireEvent.pointerMove(window, at(340, 60));
    press(box("Read file"), "Escape");
    fireEvent.pointerUp(window, at(340, 60));
    expect(props.onPlace).not.toHaveBeenCalled();
  });
  test("Shift+click toggles", () => {
    const { props } = show({ selection: [taskId("write")] });
    fireEvent.pointerDown(box("Read file"), at(300, 20, { shiftKey: true }));
    fireEvent.pointerUp(window, at(300, 20, { shiftKey: true }));
    expect(props.onSelect).toHaveBeenLastCalledWith([taskId("write"), taskId("read")]);
  });
  test("a marquee selects what it touches", () => {
    const { props } = show();
    const canvas = screen.getByRole("application");
    fireEvent.pointerDown(canvas, at(480, 150));
    fireEvent.pointerMove(window, at(600, 30));
    fireEvent.pointerUp(window, at(600, 30));
    expect(props.onSelect).toHaveBeenLastCalledWith([taskId("send")]);
  });
  test("double click opens a task, enters a group, asks for a task on empty canvas", () => {
    const { props } = show();
    fireEvent.doubleClick(box("Write file"));
    expect(props.onOpen).toHaveBeenCalledWith(taskId("write"));
    fireEvent.doubleClick(box("features"));
    expect(props.onEnter).toHaveBeenCalledWith(taskId("inner"));
    fireEvent.doubleClick(screen.getByRole("application"), at(900, 500));
    expect(props.onQuickAdd).toHaveBeenCalledWith({ x: 900, y: 500 }, { x: 900, y: 500 });
  });
  test("a right click tells what it is for", () => {
    const { props } = show();
    fireEvent.contextMenu(box("Write file"), at(10, 10, { button: 2 }));
    expect(props.onContextMenu).toHaveBeenLastCalledWith(expect.objectContaining({ kind: "box", box: taskId("write") }), { x: 10, y: 10 });
    fireEvent.contextMenu(screen.getByRole("button", { name: "input lr (parameter, Float)" }), at(10, 10, { button: 2 }));
    expect(props.onContextMenu).toHaveBeenLastCalledWith(
      expect.objectContaining({ kind: "port", direction: "input", end: expect.objectContaining({ port: "lr" }) }),
      expect.anything(),
    );
  });
  test("a right drag pans and opens no menu; a right click opens it when the button comes up", () => {
    const { props } = show();
    const canvas = screen.getByRole("application");
    fireEvent.pointerDown(canvas, at(700, 400, { button: 2 }));
    fireEvent.contextMenu(canvas, at(700, 400, { button: 2 }));
    expect(props.onContextMenu).not.toHaveBeenCalled();
    fireEvent.pointerMove(window, at(740, 400, { button: 2 }));
    fireEvent.pointerUp(window, at(740, 400, { button: 2 }));
    expect(props.onContextMenu).not.toHaveBeenCalled();
    fireEvent.pointerDown(canvas, at(700, 400, { button: 2 }));
    fireEvent.pointerUp(window, at(700, 400, { button: 2 }));
    expect(props.onContextMenu).toHaveBeenCalledTimes(1);
  });
  test("a document that is only shown is not changed", () => {
    const { props } = show({ readOnly: true, selection: [taskId("read")] });
    fireEvent.pointerDown(box("Read file"), at(300, 20));
    fireEvent.pointerMove(window, at(340, 60));
    fireEvent.pointerUp(window, at(340, 60));
    press(box("Read file"), "Delete");
    expect(props.onPlace).not.toHaveBeenCalled();
    expect(props.onDelete).not.toHaveBeenCalled();
  });
});

describe("places", () => {
  test("boxes without a position get one and report it; the others stay", () => {
    const known = new Map([...places].filter(([id]) => id !== taskId("send")));
    const { props } = show({ places: known });
    expect(props.onPlace).toHaveBeenCalledTimes(1);
    const [found, by] = vi.mocked(props.onPlace).mock.calls[0]!;
    expect([[...found.keys()], by]).toEqual([[taskId("send")], "layout"]);
  });
  test("Arrange asks the layout and ends in one step", async () => {
    const handle: { current: CanvasHandle | null } = { current: null };
    const { props } = show({ handle });
    await act(() => handle.current!.arrange());
    expect(props.onPlace).toHaveBeenCalledTimes(1);
    expect(vi.mocked(props.onPlace).mock.calls[0]![1]).toBe("arrange");
  });
});

describe("focus and selection", () => {
  test("speak of the same box when something else selects", () => {
    const { again } = show({ selection: [taskId("write")] });
    focus("Write file");
    again({ selection: [taskId("send")] });
    expect(box("Send summary")).toHaveFocus();
    expect(box("Send summary")).toHaveAttribute("aria-current", "true");
    expect(box("Write file")).toHaveAttribute("tabindex", "-1");
  });
  test("the focus stays where it is outside of the canvas, and comes back to the selected box", () => {
    const { again } = show({ selection: [taskId("write")] });
    focus("Write file");
    const outside = document.body.appendChild(document.createElement("button"));
    act(() => outside.focus());
    again({ selection: [taskId("send")] });
    expect(outside).toHaveFocus();
    expect(box("Send summary")).toHaveAttribute("tabindex", "0");
    outside.remove();
  });
  test("a box taken out of the selection keeps the focus", () => {
    const { again } = show({ selection: [taskId("write"), taskId("read")] });
    focus("Write file");
    again({ selection: [taskId("read")] });
    expect(box("Write file")).toHaveFocus();
  });
});

describe("names that are seen", () => {
  const claim = node("claim", [], [{ name: "claim-name", label: "claim-name", kind: "parameter", required: false, volume: "" }]);
  const mounts = node("use", [{ name: "claim-name", label: "claim-name", kind: "parameter", required: false, volume: "/mnt/data" }]);
  const parameters = [{ name: "rows", path: [], rest: {} }] as unknown as PipelineCanvasProps["parameters"];
  test("the box of the pipeline's parameters and the ports of volumes are named by what they show", () => {
    show({ parameters, places: new Map([...places, [taskId("claim"), { x: 0, y: 400 }]]) }, graph([claim, mounts]));
    const parametersBox = screen.getByRole("group", { name: "Pipeline parameters" });
    expect(within(parametersBox).getByText("Pipeline parameters")).toBeInTheDocument();
    expect(screen.getByRole("button", { name: "output volume (volume)" })).toBeInTheDocument();
    expect(screen.getByRole("button", { name: "input /mnt/data (volume)" })).toBeInTheDocument();
  });
});
