import { type LucideIcon, Search, SlidersHorizontal } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { currentWorkflow } from "#editor/actions.ts";
import { whenMade } from "#editor/dispatch.ts";
import type { Editor } from "#editor/editor.ts";
import { kindOfTemplate } from "#editor/task-kind.ts";
import { rankOf } from "#editor/commands/search.ts";
import { placeEntry } from "#editor/library/place-entry.ts";
import { cardOf, type LibraryEntry } from "#editor/library/library-entry.ts";
import type { Point } from "#editor/layout/geometry.ts";
import { freeMountPath, mountVolume } from "#editor/mount-volume.ts";
import { freeTaskName } from "#pipeline/free-names.ts";
import { templateTitle } from "#editor/display-names.ts";
import type { Edit, WireEnd } from "#pipeline/edit.ts";
import { graphOf } from "#pipeline/graph-of.ts";
import type { Graph, GraphPort } from "#pipeline/graph.ts";
import { portTypesMatch } from "#components/port-types.ts";
import { isOffered } from "#compiler/readers.ts";
import type { Template, TemplateId } from "#pipeline/model.ts";
import { buildIcons, componentIcon } from "../palette/build-icons.ts";
import { KIND_ICONS } from "../parts/kind-icons.ts";
import { type BuildName, rankOfBuild, useBuildNames } from "../palette/build-names.ts";
import { wireJudge } from "../judge-wire.ts";
import { useLibraryState } from "../library/use-library.ts";
import { useEditor, useEditorState, usePage, useTranslate } from "../use-editor.ts";

interface Props {
  readonly graph: Graph;
  /** A wire dropped on empty canvas: what is added is connected to it. */
  readonly from?: WireEnd;
  readonly at: Point;
  readonly screen: Point;
  readonly onClose: () => void;
}

interface Choice {
  readonly id: string;
  readonly name: string;
  readonly detail: string;
  readonly icon: LucideIcon;
  /** Its name in the other language: a search finds that too. */
  readonly also?: string;
}

/** New steps in which a volume can be mounted. */
const mounting: ReadonlySet<string> = new Set(["new:container", "new:script"]);

/** A list at the pointer: type to filter, Enter adds. After a wire only what the wire fits, and the new task is connected. */
export function QuickAdd({ graph, from, at, screen, onClose }: Props) {
  const t = useTranslate();
  const list = useId();
  const page = usePage();
  const editor = useEditor();
  const workflow = useEditorState(currentWorkflow);
  const entries = useLibraryState((state) => state.entries);
  const names = useBuildNames();
  const [wanted, setWanted] = useState("");
  const [active, setActive] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const choices = useMemo<readonly Choice[]>(() => {
    const outgoing = from !== undefined && isOutput(graph, from);
    const own = (workflow?.templates ?? []).filter(
      (one) => one.name !== "" && one.name !== workflow?.entrypoint && (from === undefined || hasFitting(one, from, graph, outgoing)),
    );
    const port = from && portAt(graph, from);
    const isVolume = outgoing && port?.volume === "";
    const takesValue = port !== undefined && (port.kind === "parameter" || workflow?.traits.hasFilesFromParameters);
    const parameter =
      from !== undefined && !outgoing && takesValue
        ? [{ id: "parameter", name: t("new-parameter", { name: port.label }), detail: "", icon: SlidersHorizontal }]
        : [];
    const steps = names
      .filter(
        ({ id }) =>
          isOffered(id, workflow?.format) &&
          (from === undefined || (isVolume ? mounting.has(id) : !outgoing && port !== undefined && buildOutputFits(id, port))),
      )
      .map(({ id, name, also }) => ({ id, name, also, detail: t("palette-build"), icon: buildIcons[id] }));
    const components = entries
      .filter((entry) => from === undefined || fitsComponent(entry, port, outgoing))
      .map((entry) => ({ id: `library:${entry.id}`, name: cardOf(entry.spec).name, detail: t("library"), icon: componentIcon }));
    return [
      ...parameter,
      ...own.map((one) => {
        const kind = workflow ? kindOfTemplate(workflow, one) : one.kind;
        const name = (workflow && templateTitle(workflow, one, t)) ?? one.name;
        return { id: `template:${one.id}`, name, detail: t(`kind-${kind}`), icon: KIND_ICONS[kind] };
      }),
      ...steps,
      ...components,
    ];
  }, [workflow, from, graph, t, entries, names]);
  const found = useMemo(() => {
    const text = wanted.trim();
    if (text === "") return choices.slice(0, 200);
    const ranked = choices.flatMap((choice) => {
      const rank = choice.also === undefined ? rankOf(choice.name, text) : rankOfBuild({ name: choice.name, also: choice.also }, text);
      return rank === Infinity ? [] : [{ choice, rank }];
    });
    return ranked
      .toSorted((x, y) => x.rank - y.rank)
      .slice(0, 200)
      .map(({ choice }) => choice);
  }, [choices, wanted]);

  useEffect(() => {
    const press = (event: PointerEvent) => {
      if (!box.current?.contains(event.target as Node)) onClose();
    };
    window.addEventListener("pointerdown", press, true);
    return () => window.removeEventListener("pointerdown", press, true);
  }, [onClose]);

  const choose = (choice: Choice | undefined) => {
    if (!choice) return;
    // The list is removed with the next commit; from now on keys are for the canvas.
    page.canvas.current?.focus();
    onClose();
    if (choice.id === "parameter" && from) {
      const port = portAt(graph, from);
      const name = freeTaskName(port?.label ?? from.port, new Set(workflow?.parameters.map((one) => one.name)));
      // Kubeflow requires every parameter to have a value, even an empty one.
      const value = port?.inlined ?? port?.fallback ?? (workflow?.traits.needsParameterValues ? "" : undefined);
      const bind: Edit = {
        kind: "bind-parameter",
        task: from.task,
        input: from.port,
        parameter: name,
        ...(from.portKind && { portKind: from.portKind }),
      };
      editor.dispatch({
        edits: [
          {
            kind: "add-parameter",
            name,
            workflow: editor.store.getState().session.workflow,
            ...(value !== undefined && { value }),
            ...(port?.type !== undefined && port.kind === "parameter" && workflow?.traits.hasParameterTypes && { type: port.type }),
          },
          bind,
        ],
        label: { code: "step-parameter", values: { name } },
      });
      return;
    }
    whenMade(placeEntry(page, choice.id, at), (task) => {
      if (from) connectNew(editor, from, { task, graph: graph.template });
      page.canvas.current?.focusBox(task);
    });
  };

  const keys = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") {
      page.canvas.current?.focus();
      onClose();
    } else if (event.key === "Enter") choose(found[active]);
    else if (event.key === "ArrowDown") setActive(Math.min(found.length - 1, active + 1));
    else if (event.key === "ArrowUp") setActive(Math.max(0, active - 1));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      ref={box}
      className="pop"
      role="dialog"
      aria-label={t("quick-add")}
      style={{ position: "fixed", left: Math.min(screen.x, innerWidth - 300), top: Math.min(screen.y, innerHeight - 320), width: 280 }}
    >
      <div style={{ padding: 6 }}>
        <label className="field">
          <Search className="i s" aria-hidden="true" />
          <input
            autoFocus
            role="combobox"
            aria-expanded="true"
            aria-controls={list}
            aria-activedescendant={found[active] ? `${list}-${active}` : undefined}
            aria-label={t("quick-add")}
            placeholder={t("quick-add-placeholder")}
            value={wanted}
            onKeyDown={keys}
            onChange={(event) => {
              setWanted(event.target.value);
              setActive(0);
            }}
          />
        </label>
      </div>
      <div role="listbox" id={list} aria-label={t("quick-add")} className="menu" style={{ maxHeight: 260 }}>
        {found.map((choice, index) => (
          <div
            key={choice.id}
            id={`${list}-${index}`}
            role="option"
            aria-selected={index === active}
            className={`menu-item${index === active ? " on" : ""}`}
            onPointerMove={() => setActive(index)}
            onClick={() => choose(choice)}
          >
            <choice.icon className="i s" aria-hidden="true" />
            <span className="cut grow" translate="no">
              {choice.name}
            </span>
            <span className="end">{choice.detail}</span>
          </div>
        ))}
        {found.length === 0 ? <div className="empty-line">{t("quick-add-none", { text: wanted })}</div> : null}
      </div>
    </div>
  );
}

/**
 * Connects a new task to the wire for which it was added: by the first port that fits, or as a mount for a volume. One step with adding it.
 */
function connectNew(editor: Editor, end: WireEnd, { task, graph }: { readonly task: string; readonly graph: TemplateId }): void {
  const state = editor.store.getState();
  const workflow = currentWorkflow(state);
  const now = workflow && graphOf(state.document.model, workflow, graph);
  const node = now?.nodes.find(({ id }) => id === task);
  if (!now || !node) return;
  const judge = wireJudge(now, workflow);
  const outgoing = isOutput(now, end);
  const mount = { of: end.task, task };
  const isVolume = outgoing && (node.kind === "container" || node.kind === "script") && portAt(now, end)?.volume === "";
  if (isVolume) return mountVolume(editor, mount, freeMountPath(editor, mount), true);
  const own = end.task === "" ? { ...end, graph: end.graph ?? graph } : end;
  for (const port of outgoing ? node.inputs : node.outputs) {
    const other = { task, port: port.name, portKind: port.kind };
    const [source, target] = outgoing ? [own, other] : [other, own];
    if (judge(source, target).fits !== "yes") continue;
    editor.dispatch({ edits: [{ kind: "connect", from: source, to: target }], select: [task], joins: true });
    return;
  }
}

/** Whether a wire begins at a place where values come out. */
function isOutput(graph: Graph, end: WireEnd): boolean {
  const node = graph.nodes.find(({ id }) => id === end.task);
  return node ? node.outputs.some((port) => same(port, end)) : !graph.outputs.some((port) => same(port, end));
}

function same(port: GraphPort, end: WireEnd): boolean {
  return port.name === end.port && (end.portKind === undefined || end.portKind === port.kind);
}

/** Whether a new step of "Build" gives what an input takes: those that make Kubernetes objects give names as text. */
function buildOutputFits(id: BuildName["id"], port: GraphPort): boolean {
  const gives = id === "build:volume" || id === "build:snapshot" || id === "build:resource";
  return gives && port.kind === "parameter" && portTypesMatch("String", port.type) !== "no";
}

/** Whether some port of a template is of the wire's kind and type: what fits exactly is found once the task is there. */
function hasFitting(template: Template, from: WireEnd, graph: Graph, outgoing: boolean): boolean {
  const own = portAt(graph, from);
  const kind = from.portKind ?? own?.kind;
  const ports = outgoing ? template.inputs : template.outputs;
  const types = (one: string | undefined) => (outgoing ? portTypesMatch(own?.type, one) : portTypesMatch(one, own?.type));
  return ports.some((port) => (kind === undefined || port.kind === kind) && types(port.type) !== "no");
}

/** The port at which a wire begins. */
function portAt(graph: Graph, end: WireEnd): GraphPort | undefined {
  const node = graph.nodes.find(({ id }) => id === end.task);
  const ports = node ? [...node.inputs, ...node.outputs] : [...graph.inputs, ...graph.outputs];
  return ports.find((port) => same(port, end));
}

/** Whether a component has a port that the wire may fit, by type; kinds are judged once the task is there. */
function fitsComponent(entry: LibraryEntry, port: GraphPort | undefined, outgoing: boolean): boolean {
  const card = cardOf(entry.spec);
  return (outgoing ? card.inputs : card.outputs).some(
    (one) => portTypesMatch(outgoing ? port?.type : one.type, outgoing ? one.type : port?.type) !== "no",
  );
}
