import { render, screen } from "@testing-library/react";
import { vi } from "vitest";
import type { BoxId, Positions } from "#editor/layout/geometry.ts";
import type { Graph } from "#pipeline/graph.ts";
import type { TemplateId } from "#pipeline/model.ts";
import type { PipelineCanvasProps } from "#ui/canvas/canvas-props.ts";
import { PipelineCanvas } from "#ui/canvas/pipeline-canvas.tsx";
import { canvasMessages } from "#messages/sections/canvas.ts";
import { createTranslate } from "#messages/translate.ts";
import { fed, graph, node, taskId } from "../../editor/layout/graphs.ts";

/** A small graph on a canvas by itself: one wire, a free input that fits, one that does not, and a task without inputs. */
export const nodes = [
  node("write", [], ["rows:artifact", "count:Integer"], { title: "Write file" }),
  node("read", [fed("data:artifact", "write", "rows"), "!epochs:Integer"], ["score:Float"], { title: "Read file" }),
  node("send", ["!summary:artifact"], [], { title: "Send summary" }),
  node("alone", [], [], { title: "Clean up" }),
];
export const places: Positions = new Map<BoxId, { x: number; y: number }>([
  [taskId("write"), { x: 0, y: 0 }],
  [taskId("read"), { x: 320, y: 0 }],
  [taskId("send"), { x: 640, y: 0 }],
  [taskId("alone"), { x: 0, y: 320 }],
]);

export function showCanvas(more: Partial<PipelineCanvasProps> = {}, shown: Graph = graph(nodes, ["write.rows -> read.data"])) {
  const props = {
    graph: shown,
    path: [{ template: shown.template, title: "main" }],
    places,
    selection: [],
    t: createTranslate([canvasMessages], "en"),
    onPlace: vi.fn<PipelineCanvasProps["onPlace"]>(),
    onSelect: vi.fn<PipelineCanvasProps["onSelect"]>(),
    onConnect: vi.fn<PipelineCanvasProps["onConnect"]>(),
    onReconnect: vi.fn<NonNullable<PipelineCanvasProps["onReconnect"]>>(),
    onDisconnect: vi.fn<PipelineCanvasProps["onDisconnect"]>(),
    onOpen: vi.fn(),
    onEnter: vi.fn(),
    onGo: vi.fn<(template: TemplateId) => void>(),
    onDelete: vi.fn(),
    onRename: vi.fn(),
    onQuickAdd: vi.fn(),
    onContextMenu: vi.fn(),
    onWireDropped: vi.fn<NonNullable<PipelineCanvasProps["onWireDropped"]>>(),
    onRunAfter: vi.fn<NonNullable<PipelineCanvasProps["onRunAfter"]>>(),
    judge: vi.fn<PipelineCanvasProps["judge"]>((from, to) =>
      from.portKind === to.portKind ? { fits: "yes" } : { fits: "no", reason: { code: "a file is no value", values: {} } },
    ),
  } satisfies PipelineCanvasProps;
  const view = render(<PipelineCanvas {...props} {...more} />);
  return {
    props,
    view,
    again: (changed: Partial<PipelineCanvasProps>) => view.rerender(<PipelineCanvas {...props} {...more} {...changed} />),
  };
}

export const boxNamed = (name: string) => screen.getByRole("group", { name });
export const portNamed = (name: string | RegExp) => screen.getByRole("button", { name });

/** Sends a pointer event as the browser does, without waiting for React. */
export function point(type: string, on: EventTarget, [x, y]: readonly [number, number], more: PointerEventInit = {}): void {
  on.dispatchEvent(
    new PointerEvent(type, { bubbles: true, cancelable: true, clientX: x, clientY: y, pointerId: 1, pointerType: "mouse", ...more }),
  );
}
