import { Search } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { currentWorkflow } from "#editor/actions.ts";
import { whenMade } from "#editor/dispatch.ts";
import type { Editor } from "#editor/editor.ts";
import { placeEntry } from "#editor/library/place-entry.ts";
import type { Point } from "#editor/layout/geometry.ts";
import { freeMountPath, mountVolume } from "#editor/mount-volume.ts";
import { freeTaskName } from "#pipeline/free-names.ts";
import type { Edit, WireEnd } from "#pipeline/edit.ts";
import { graphOf } from "#pipeline/graph-of.ts";
import type { Graph } from "#pipeline/graph.ts";
import type { TemplateId } from "#pipeline/model.ts";
import { wireJudge } from "../judge-wire.ts";
import { useEditor, usePage, useTranslate } from "../use-editor.ts";
import { type Choice, isOutput, portAt, useChoices } from "./quick-add-choices.ts";

interface Props {
  readonly graph: Graph;
  /** A wire dropped on empty canvas: what is added is connected to it. */
  readonly from?: WireEnd;
  readonly at: Point;
  readonly screen: Point;
  readonly onClose: () => void;
}

/** A list at the pointer: type to filter, Enter adds. After a wire only what the wire fits, and the new task is connected. */
export function QuickAdd({ graph, from, at, screen, onClose }: Props) {
  const t = useTranslate();
  const list = useId();
  const page = usePage();
  const editor = useEditor();
  const [wanted, setWanted] = useState("");
  const [active, setActive] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const found = useChoices({ graph, from, wanted });

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
    if (choice.id === "parameter" && from) return addParameter(editor, from, graph);
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

/** Adds a pipeline parameter for the input at which a wire begins, and binds it, as one step. */
function addParameter(editor: Editor, from: WireEnd, graph: Graph): void {
  const workflow = currentWorkflow(editor.store.getState());
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
