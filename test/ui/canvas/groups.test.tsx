import { act, cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { createRef } from "react";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { BoxId, Positions } from "#editor/layout/geometry.ts";
import type { Graph } from "#pipeline/graph.ts";
import type { TaskId, TemplateId } from "#pipeline/model.ts";
import type { CanvasHandle, PipelineCanvasProps } from "#ui/canvas/canvas-props.ts";
import { PipelineCanvas } from "#ui/canvas/pipeline-canvas.tsx";
import { canvasMessages } from "#messages/sections/canvas.ts";
import { createTranslate } from "#messages/translate.ts";
import { fed, graph, node, port, taskId } from "../../editor/layout/graphs.ts";

afterEach(cleanup);

const input = (text: string, name: string) => ({
  ...port(text),
  binding: {
    kind: "reference" as const,
    field: "value" as const,
    reference: { kind: "graph-input" as const, port: "parameter" as const, name },
  },
});
const own = (name: string) => `body/${name}` as TaskId;
const body: Graph = {
  ...graph([
    { ...node("train", [input("data", "data"), "extra"], ["auc:Float"]), id: own("train"), title: "Train" },
    { ...node("judge", [fed("auc:Float", "train", "auc")]), id: own("judge"), title: "Judge" },
  ]),
  template: "body" as TemplateId,
  name: "body",
  edges: [
    { id: "in", kind: "parameter", from: { node: "", port: "data" }, to: { node: own("train"), port: "data" } },
    { id: "between", kind: "parameter", from: { node: own("train"), port: "auc" }, to: { node: own("judge"), port: "auc" } },
  ],
};
const outer = graph(
  [
    node("load", [], ["out", "more"], { title: "Load" }),
    node("loop", [fed("data", "load", "out")], [], {
      title: "Rounds",
      group: true,
      kind: "dag",
      template: "body" as TemplateId,
      loop: { kind: "items", count: 3, text: "[1,2,3]" },
    }),
    node("self", [], [], { title: "Again", group: true, kind: "dag", template: "main" as TemplateId, recursive: true }),
    node("free", ["seed"], ["seeded"], { title: "Free" }),
  ],
  ["load.out -> loop.data"],
);
const places: Positions = new Map<BoxId, { x: number; y: number }>([
  [taskId("load"), { x: 0, y: 0 }],
  [taskId("loop"), { x: 400, y: 0 }],
  [taskId("self"), { x: 0, y: 300 }],
  [taskId("free"), { x: 0, y: 500 }],
]);
const graphOf = (id: TemplateId) => (id === "body" ? body : id === "main" ? outer : undefined);

function show(more: Partial<PipelineCanvasProps> = {}) {
  const props = {
    graph: outer,
    graphOf,
    path: [{ template: "main" as TemplateId, title: "main" }],
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
    onRunAfter: vi.fn(),
    onReconnect: vi.fn(),
    onInsertOnWire: vi.fn(),
    judge: vi.fn(() => ({ fits: "yes" as const })),
    ...more,
  } satisfies PipelineCanvasProps;
  render(<PipelineCanvas {...props} />);
  return props;
}
const box = (name: string) => screen.getByRole("group", { name });
const portOf = (name: string, label: string) => within(box(name)).getByRole("button", { name: label });
const focus = (name: string) => act(() => box(name).focus());
const press = (element: Element, key: string, more: object = {}) =>
  fireEvent.keyDown(element, { key, code: /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : key, ...more });
const click = (element: Element, more: object = {}) => {
  fireEvent.pointerDown(element, { button: 0, pointerId: 1, ...more });
  fireEvent.pointerUp(element, { button: 0, pointerId: 1, ...more });
};
const expand = (name = "Rounds") => click(screen.getByRole("button", { name: `Expand “${name}” in place` }));

describe("groups expanded in place", () => {
  test("a click on the chevron shows what is inside, another one puts it back", () => {
    show();
    expect(screen.queryByRole("group", { name: "Train" })).toBeNull();
    expand();
    expect(box("Train")).toBeInTheDocument();
    click(screen.getByRole("button", { name: "Collapse “Rounds”" }));
    expect(screen.queryByRole("group", { name: "Train" })).toBeNull();
  });
  test("its head shows kind and name, and where only one text fits the name that the author gave", async () => {
    const handle = createRef<CanvasHandle>();
    show({ handle });
    expand();
    const head = () => box("Rounds").querySelector("[data-form]")!;
    expect(within(head() as HTMLElement).getByText("Loop")).toBeInTheDocument();
    expect(within(head() as HTMLElement).getByText("Rounds")).toBeInTheDocument();
    act(() => handle.current?.zoomTo(0.6));
    await waitFor(() => expect(head().querySelector("b")).toHaveTextContent("Rounds"));
    expect(within(head() as HTMLElement).queryByText("Loop")).toBeNull();
  });
  test("E does the same for the focused group", () => {
    show();
    focus("Rounds");
    press(box("Rounds"), "e");
    expect(box("Judge")).toBeInTheDocument();
    press(box("Rounds"), "e");
    expect(screen.queryByRole("group", { name: "Judge" })).toBeNull();
  });
  test("nothing of it is written: no place changes", () => {
    const props = show();
    expand();
    expect(props.onPlace).not.toHaveBeenCalled();
  });
  test("a group that calls itself says so and cannot be expanded", () => {
    show();
    expect(within(box("Again")).getByText("calls itself")).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "Expand “Again” in place" })).toBeNull();
  });
  test("small groups are expanded at first if the page asks for it", () => {
    show({ expandSmall: true });
    expect(box("Train")).toBeInTheDocument();
  });
  test("the head tells loop, list and count", () => {
    show({ expandSmall: true });
    expect(within(box("Rounds")).getByText("Loop")).toBeInTheDocument();
    expect(within(box("Rounds")).getByText("Rounds")).toBeInTheDocument();
    expect(within(box("Rounds")).getByText("[1,2,3]")).toBeInTheDocument();
    expect(within(box("Rounds")).getByText("× 3")).toBeInTheDocument();
  });
  test("a box inside is selected, opened and deleted by the id of its call", () => {
    const props = show({ expandSmall: true, selection: [own("train") as BoxId] });
    click(box("Judge"));
    expect(props.onSelect).toHaveBeenLastCalledWith([own("judge")]);
    expect(box("Train")).toHaveAttribute("aria-current", "true");
    focus("Train");
    press(box("Train"), "Enter");
    expect(props.onOpen).toHaveBeenCalledWith(own("train"));
    press(box("Train"), "Delete");
    expect(props.onDelete).toHaveBeenCalledWith([own("train")], [], false);
  });
  test("arrows stay in one graph; Enter still goes in", () => {
    const props = show({ expandSmall: true });
    focus("Train");
    press(box("Train"), "ArrowRight");
    expect(document.activeElement).toBe(box("Judge"));
    focus("Load");
    press(box("Load"), "ArrowRight");
    expect(document.activeElement).toBe(box("Rounds"));
    press(box("Rounds"), "Enter");
    expect(props.onEnter).toHaveBeenCalledWith(taskId("loop"));
  });
  test("a box dragged inside gets its place in its own graph", () => {
    const props = show({ expandSmall: true });
    fireEvent.pointerDown(box("Judge"), { clientX: 0, clientY: 0, button: 0, pointerId: 1, pointerType: "mouse" });
    fireEvent.pointerMove(window, { clientX: 40, clientY: 16, pointerId: 1 });
    fireEvent.pointerUp(window, { clientX: 40, clientY: 16, pointerId: 1 });
    expect(vi.mocked(props.onPlace).mock.calls.map(([moved, by, of]) => [[...moved.keys()], by, of])).toEqual([
      [[own("train"), own("judge")], "layout", "body"],
      [[own("judge")], "drag", "body"],
    ]);
  });
});

describe("a double click on the head of a group", () => {
  const title = (group: string, text: string) => within(box(group)).getByText(text);
  test("renames on the name, opens the form of the loop beside it, and enters below", () => {
    const props = show({ expandSmall: true });
    fireEvent.doubleClick(title("Rounds", "[1,2,3]"));
    expect(props.onOpen).toHaveBeenLastCalledWith(taskId("loop"), "loop");
    fireEvent.doubleClick(title("Rounds", "Loop"));
    expect(props.onOpen).toHaveBeenCalledTimes(2);
    expect(props.onEnter).not.toHaveBeenCalled();
    fireEvent.doubleClick(box("Rounds"));
    expect(props.onEnter).toHaveBeenCalledWith(taskId("loop"));
    fireEvent.doubleClick(title("Rounds", "Rounds"));
    expect(screen.getByRole("textbox", { name: "New name of “Rounds”" })).toHaveFocus();
  });
  test("opens the same form while the group is collapsed", () => {
    const props = show();
    fireEvent.doubleClick(title("Rounds", "For each [1,2,3]"));
    expect(props.onOpen).toHaveBeenLastCalledWith(taskId("loop"), "loop");
  });
  test("of a condition opens its form, of an exit handler the inspector; a sub-pipeline is entered", () => {
    const group = { group: true, kind: "dag", template: "body" as TemplateId, subtitle: "" } as const;
    const props = show({
      graph: graph([
        node("loop", [], [], {
          ...group,
          title: "If",
          when: { text: "{{inputs.parameters.deploy}} == true", references: [] },
        }),
        node("self", [], [], { ...group, title: "Safe", groupKind: "exit-handler" }),
        node("free", [], [], { ...group, title: "Sub" }),
      ]),
    });
    fireEvent.doubleClick(title("If", "If deploy == true"));
    expect(props.onOpen).toHaveBeenLastCalledWith(taskId("loop"), "condition");
    fireEvent.doubleClick(title("Safe", "Exit handler"));
    expect(props.onOpen).toHaveBeenLastCalledWith(taskId("self"));
    fireEvent.doubleClick(title("Sub", "Sub-pipeline"));
    expect(props.onEnter).toHaveBeenLastCalledWith(taskId("free"));
  });
  test("of what can only be looked at opens the inspector instead of a form", () => {
    const props = show({ expandSmall: true, readOnly: true });
    fireEvent.doubleClick(title("Rounds", "[1,2,3]"));
    expect(props.onOpen).toHaveBeenLastCalledWith(taskId("loop"));
  });
});

describe("wires at the boundary of a group", () => {
  test("from outside to inside, each end says its graph", () => {
    const props = show({ expandSmall: true });
    click(portOf("Load", "output more (parameter)"));
    click(portOf("Train", "input extra (parameter)"));
    expect(props.onConnect).toHaveBeenCalledWith(
      { task: taskId("load"), graph: "main", port: "more", portKind: "parameter" },
      { task: own("train"), graph: "body", port: "extra", portKind: "parameter" },
      undefined,
    );
  });
  test("a boundary port feeds the inside as the group's own input", () => {
    const props = show({ expandSmall: true });
    click(portOf("Rounds", "input data (parameter)"));
    click(portOf("Train", "input extra (parameter)"));
    expect(props.onConnect).toHaveBeenCalledWith(
      { task: "", graph: "body", port: "data", portKind: "parameter" },
      { task: own("train"), graph: "body", port: "extra", portKind: "parameter" },
      undefined,
    );
  });
  test("a boundary port is fed from outside as the call's input", () => {
    const props = show({ expandSmall: true });
    click(portOf("Free", "output seeded (parameter)"));
    click(portOf("Rounds", "input data (parameter)"));
    expect(props.onConnect).toHaveBeenCalledWith(
      { task: taskId("free"), graph: "main", port: "seeded", portKind: "parameter" },
      { task: taskId("loop"), graph: "main", port: "data", portKind: "parameter" },
      undefined,
    );
  });
  test("Alt and a click on a port remove its wires, in the graph that they belong to", () => {
    const props = show({ expandSmall: true });
    click(portOf("Judge", "input auc (parameter, Float)"), { altKey: true });
    expect(props.onDisconnect).toHaveBeenCalledWith([expect.objectContaining({ id: "between" })], "body");
    click(portOf("Load", "output out (parameter)"), { altKey: true });
    expect(props.onDisconnect).toHaveBeenLastCalledWith([expect.objectContaining({ id: "load.out -> loop.data" })]);
  });
});

describe("what a group is called", () => {
  test("is the same text in its head, for screen readers and on its card", () => {
    show({ expandSmall: true });
    expect(box("Rounds")).toHaveAttribute("aria-roledescription", "Loop");
    expect(box("Rounds").getAttribute("aria-description")).not.toContain("Sub-pipeline");
    expect(box("Again")).toHaveAttribute("aria-roledescription", "Sub-pipeline");
  });
});

describe("lists and paths", () => {
  test("W lists the wires of a box; Enter goes to the other end, Delete removes", () => {
    const props = show();
    focus("Load");
    press(box("Load"), "w");
    const list = screen.getByRole("dialog", { name: "Wires of “Load”" });
    expect(
      within(list)
        .getAllByRole("option")
        .map((one) => one.textContent),
    ).toEqual(["Roundsout → data"]);
    press(within(list).getByRole("combobox"), "Delete");
    expect(props.onDisconnect).toHaveBeenCalledWith([expect.objectContaining({ id: "load.out -> loop.data" })]);
    press(within(list).getByRole("combobox"), "Enter");
    expect(document.activeElement).toBe(box("Rounds"));
  });
  test("Shift+C lists what a box can run after, without what waits for it", () => {
    const props = show();
    focus("Load");
    press(box("Load"), "C", { shiftKey: true });
    const list = screen.getByRole("dialog", { name: "Run “Load” after…" });
    expect(
      within(list)
        .getAllByRole("option")
        .map((one) => one.textContent),
    ).toEqual(["Againself", "Freefree"]);
    press(within(list).getByRole("combobox"), "ArrowDown");
    press(within(list).getByRole("combobox"), "Enter");
    expect(props.onRunAfter).toHaveBeenCalledWith(taskId("load"), taskId("free"));
  });
  test("Shift+D selects what follows, Shift+U what comes before", () => {
    const props = show();
    focus("Load");
    press(box("Load"), "D", { shiftKey: true });
    expect(props.onSelect).toHaveBeenLastCalledWith([taskId("load"), taskId("loop")]);
    focus("Rounds");
    press(box("Rounds"), "U", { shiftKey: true });
    expect(props.onSelect).toHaveBeenLastCalledWith([taskId("loop"), taskId("load")]);
  });
  test("P fades what is on no path through the selection, Escape ends that", () => {
    show({ selection: [taskId("load")] });
    focus("Load");
    press(box("Load"), "p");
    expect(box("Free").className).toContain("dimmed");
    expect(box("Rounds").className).not.toContain("dimmed");
    press(box("Load"), "Escape");
    expect(box("Free").className).not.toContain("dimmed");
  });
});
