import type { ReactNode, Ref } from "react";
import type { Level } from "#diagnostics/diagnostic.ts";
import type { Kind } from "#editor/task-kind.ts";
import type { Chip } from "#editor/layout/chips.ts";
import type { BoxId, Positions, Point, Rect } from "#editor/layout/geometry.ts";
import type { WireEnd } from "#pipeline/edit.ts";
import type { Graph, GraphEdge, GraphNode } from "#pipeline/graph.ts";
import type { PipelineParameter, TaskId, TemplateId } from "#pipeline/model.ts";
import type { Values } from "#messages/translate.ts";
import type { LayoutService } from "#editor/layout/arrange.ts";
import type { PendingWork } from "#editor/pending-work.ts";

/** What the canvas shows, and the callbacks for what the user does. It holds no document. */
export interface PipelineCanvasProps {
  readonly graph: Graph;
  /** The path from the pipeline to the graph shown, the graph itself last. */
  readonly path: readonly Crumb[];
  /** Of the entrypoint: the pipeline's parameters, shown in one box with the graph's inputs. Undefined inside a group. */
  readonly parameters?: readonly PipelineParameter[];
  /** Templates that no call leads to from the entrypoint. */
  readonly unreached?: readonly Unreached[];
  /** Chips at the foot of a box; `chipsOf` of src/editor/layout/chips.ts makes them from template and call. */
  readonly chips?: (node: GraphNode) => readonly Chip[];
  /** How many calls are inside a group; undefined: unknown. */
  readonly inside?: (node: GraphNode) => number | undefined;

  /** The graph of a template, so that groups can be expanded in place; without it they are only entered. */
  readonly graphOf?: (template: TemplateId) => Graph | undefined;
  /** Small groups are expanded until the user collapses them. */
  readonly expandSmall?: boolean;
  /** Positions of another graph's boxes, if the user left some: an expanded group uses them. */
  readonly placesOf?: (template: TemplateId) => Positions | undefined;

  /** Positions of the boxes of this graph. Boxes that are missing get one from the layout, and `onPlace` reports it. */
  readonly places: Positions;
  /** One call per gesture. "layout": boxes that had no place; it is no step of the history. `graph`: of boxes in an expanded group. */
  readonly onPlace: (places: Positions, by: "layout" | "drag" | "nudge" | "arrange", graph?: TemplateId) => void;
  /** Runs the layout in a worker; without it the simple preset runs here. */
  readonly layout?: LayoutService;
  /** Is notified of a layout and a focus that are pending. */
  readonly pending?: PendingWork;

  readonly selection: readonly BoxId[];
  readonly selectedWire?: string;
  /** Both empty: the pipeline itself. */
  readonly onSelect: (boxes: readonly BoxId[], wire?: string) => void;

  /** Most severe problem of each box, with its message. */
  readonly problems?: ReadonlyMap<BoxId, BoxProblem>;
  /** Search hits: the other boxes fade. Undefined: no search is active. */
  readonly hits?: ReadonlySet<BoxId>;
  readonly showParameterWires?: boolean;
  readonly readOnly?: boolean;
  /** Something that would change the graph was asked for while it is read-only. */
  readonly onRefused?: () => void;

  /** Whether an output (or graph input) fits an input, asked for every port in view when a wire begins: must be quick. */
  readonly judge: (from: WireEnd, to: WireEnd) => Judgement;
  readonly onConnect: (from: WireEnd, to: WireEnd, as?: ConnectAs) => void;
  /** A wire from a pipeline parameter that is no input of the graph: `{{workflow.parameters.NAME}}`. */
  readonly onBindParameter?: (parameter: string, to: WireEnd) => void;
  /** An end of a wire moved to another port, as one step; without it the canvas connects and disconnects. */
  readonly onReconnect?: (old: GraphEdge, from: WireEnd, to: WireEnd, as?: ConnectAs) => void;
  /** Order alone: `task` runs after `on`. */
  readonly onRunAfter?: (task: TaskId, on: TaskId) => void;
  /** `graph`: the one the wires belong to, if they are in an expanded group. */
  readonly onDisconnect: (wires: readonly GraphEdge[], graph?: TemplateId) => void;
  /** Mounts the volume that a task creates when its wire is dropped on a task; without it a volume is only wired like a value. */
  readonly mounting?: Mounting;
  /** Fields beside the canvas at which a wire can end. */
  readonly fields?: WireFields;
  /** A wire dropped on empty canvas: quick add filtered to what fits. */
  readonly onWireDropped?: (from: WireEnd, at: Point, screen: Point) => void;

  /** Enter, double click on a leaf: open it in the inspector. With `form`: its condition or loop in the form that makes one. */
  readonly onOpen: (box: BoxId, form?: "condition" | "loop") => void;
  /** `way`: the calls of the expanded groups around it, outermost first. */
  readonly onEnter: (group: TaskId, way?: readonly TaskId[]) => void;
  /** A breadcrumb, Shift+Enter (the last but one), or an entry of the tray of unreached templates. */
  readonly onGo: (template: TemplateId) => void;
  readonly onDelete: (boxes: readonly BoxId[], wires: readonly GraphEdge[], join: boolean) => void;
  readonly onRename: (task: TaskId, name: string) => void;
  /** Saves a new name while it is typed, by the task's id; the same object as long as the page lives. */
  readonly typedName?: TypedName;
  /** A box dropped on a wire into which it fits: the wire's source feeds it, it feeds the wire's target. One step. */
  readonly onInsertOnWire?: (
    wire: GraphEdge,
    into: readonly [from: WireEnd, to: WireEnd],
    outOf: readonly [from: WireEnd, to: WireEnd],
  ) => void;
  /** N, slash, or a double click on empty canvas. */
  readonly onQuickAdd?: (at: Point, screen: Point) => void;
  /** Something dragged from the palette (`application/x-dagwright-entry`) was dropped. */
  readonly onDropEntry?: (entry: string, at: Point, on?: { readonly wire?: GraphEdge; readonly box?: BoxId }) => void;
  readonly onContextMenu?: (target: CanvasTarget, screen: Point) => void;

  /** The messages: `createTranslate(...)`, with the section of src/messages/sections/canvas.ts in it. */
  readonly t: (code: string, values?: Values) => string;
  /** A message for the polite live region. */
  readonly announce?: (message: string) => void;

  /** The last view in this browser, if there is one; else the graph is fitted. Read when another graph is shown. */
  readonly initialView?: View;
  /** Instead of an empty graph. */
  readonly empty?: ReactNode;
  /** Banners and toasts over the canvas. */
  readonly children?: ReactNode;
  readonly handle?: Ref<CanvasHandle>;
}

/** Names that are being typed in place. */
export interface TypedName {
  /** The name that was being typed when the page was closed; undefined: none. */
  readonly of: (box: BoxId) => string | undefined;
  /** undefined: it was committed, or dropped. */
  readonly type: (box: BoxId, name: string | undefined) => void;
}

/** How a volume is mounted in a task. */
export interface Mounting {
  /** Whether the task can mount it, and the reason if not. */
  readonly judge: (volume: WireEnd, task: TaskId) => Judgement;
  /** Asks for the path. */
  readonly ask: (wish: {
    readonly volume: WireEnd;
    readonly task: TaskId;
    readonly names: { readonly volume: string; readonly task: string };
    readonly screen: Point;
  }) => void;
}

/** The dragged wire, if it comes from an output, for fields beside the canvas. */
export interface HeldWire {
  readonly from: WireEnd;
  /** It brings the volume that its task makes. */
  readonly isVolume: boolean;
  readonly judge: (to: WireEnd) => Judgement;
  readonly connect: (to: WireEnd, as?: ConnectAs) => void;
}

/** Fields beside the canvas at which a wire can end. Points are of the page. */
export interface WireFields {
  /** The dragged wire, undefined after the drag: for display only. */
  hold(wire: HeldWire | undefined): void;
  /** Where the pointer is; undefined while it is over the canvas. */
  aim(client: Point | undefined): void;
  /** The wire is released beside the canvas. */
  drop(wire: HeldWire, client: Point): void;
}

/** What the page asks of the canvas. Boxes are named by their ids as in the selection; unknown ones are ignored. */
export interface CanvasHandle {
  /** Lays the selection out if it has two or more boxes, else everything; ends with `onPlace(…, "arrange")`. */
  arrange(): Promise<void>;
  fit(): void;
  zoomTo(zoom: number): void;
  /** Moves the keyboard focus to a box and brings it into view; "center" also moves a box that is in view already. */
  focusBox(box: string, where?: "nearest" | "center"): void;
  focus(): void;
  /** Does what a key of the canvas does, by the id of its command. */
  run(command: string): void;
  /** The middle of the view, and the position right of the focused box: where new things go. */
  middle(): Point;
  rightOf(box: string): Point | undefined;
  connectTo(box: string): void;
  renameInPlace(task: string): void;
  /** Expands a group in place, or collapses it. */
  expand(box: string): void;
  /** Sets a box between the ends of a wire, if its ports fit. */
  splice(box: string, wire: GraphEdge): void;
  /** Positions and sizes of the boxes. */
  rects(): ReadonlyMap<BoxId, Rect>;
}

export interface Crumb {
  readonly template: TemplateId;
  readonly title: string;
}

export interface Unreached {
  readonly template: TemplateId;
  readonly name: string;
  readonly kind: Kind;
}

export interface BoxProblem {
  readonly level: Level;
  readonly count: number;
  readonly message: string;
}

/** x and y: the position of the canvas' origin in the frame, in screen pixels. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

export type ConnectAs = "value" | "file" | "ignore-type" | "one-of";

/** Whether a wire works. Reason and offers are codes of the message catalog; an offer's `code.hint` describes its consequence. */
export type Judgement =
  | { readonly fits: "yes"; readonly note?: Reason }
  | { readonly fits: "help"; readonly reason: Reason; readonly offers: readonly Offer[] }
  | { readonly fits: "no"; readonly reason: Reason; readonly offers?: readonly Offer[] };
export interface Reason {
  readonly code: string;
  readonly values: Values;
}
/** With `as` the canvas answers with `onConnect(from, to, as)`; with `run` it calls that. */
export interface Offer extends Reason {
  readonly as?: ConnectAs;
  readonly run?: () => void;
}

/** The target of a context menu. `at` is the position on the canvas. */
export type CanvasTarget =
  | { readonly kind: "canvas"; readonly at: Point }
  | { readonly kind: "box"; readonly box: BoxId; readonly at: Point }
  | { readonly kind: "boxes"; readonly boxes: readonly BoxId[]; readonly at: Point }
  | { readonly kind: "port"; readonly end: WireEnd; readonly direction: "input" | "output"; readonly at: Point }
  | { readonly kind: "wire"; readonly edge: GraphEdge; readonly graph?: TemplateId; readonly at: Point };

/** The type under which the palette puts an entry's id into a drag. */
export const ENTRY_TYPE = "application/x-dagwright-entry";
