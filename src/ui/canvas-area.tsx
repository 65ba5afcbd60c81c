import { memo, useCallback, useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import { enterGraph, refuseIfLocked } from "#editor/actions.ts";
import { isUnreadable } from "#editor/follow-up-diagnostics.ts";
import { kindOfTemplate } from "#editor/task-kind.ts";
import { chipsOf } from "#editor/layout/chips.ts";
import type { LayoutService } from "#editor/layout/arrange.ts";
import type { BoxId, Point, Positions } from "#editor/layout/geometry.ts";
import { freeMountPath, mountRefusal } from "#editor/mount-volume.ts";
import { graphWithTask, templateWithId } from "#editor/view.ts";
import { templateTitle, withTitles } from "#editor/display-names.ts";
import type { EditorState } from "#editor/state.ts";
import { indexOfModel, unreached } from "#pipeline/model-index.ts";
import type { WireEnd } from "#pipeline/edit.ts";
import { isMap } from "#data/data.ts";
import { graphOf } from "#pipeline/graph-of.ts";
import type { Graph, GraphNode } from "#pipeline/graph.ts";
import type { TaskId, Template, TemplateId, Workflow } from "#pipeline/model.ts";
import type { CanvasTarget, Crumb, Mounting, PipelineCanvasProps, TypedName } from "./canvas/canvas-props.ts";
import { PipelineCanvas } from "./canvas/pipeline-canvas.tsx";
import { BlankCanvas, EmptyGraph } from "./blank-canvas.tsx";
import { boxProblems } from "./box-problems.ts";
import { wireJudge } from "./judge-wire.ts";
import { earlyPart } from "./early-part.tsx";
import { type MountAsked, MountVolume } from "./menus/mount-volume.tsx";
import { QuickAdd } from "./menus/quick-add.tsx";
import { Messages } from "./messages.tsx";
import { type GraphView, useGraphView } from "./graph-view.ts";
import { useEditor, useEditorState, usePage, useTranslate } from "./use-editor.ts";
import { useNamedSay } from "./use-names.ts";
import { wireFields } from "./wire-fields.ts";
import type { Translate } from "#messages/lazy-catalog.ts";
import { isGraph } from "#pipeline/template-kinds.ts";
import { canvasEdits } from "./canvas-edits.ts";

/** The context menu, fetched before it is used. */
export const canvasMenu = earlyPart(() => import("./menus/canvas-menu.tsx"));
const CanvasMenu = canvasMenu.Part;

/** Connects the canvas to the document: computes what it shows, and turns user actions into edits. */
export function CanvasArea({ layout }: { readonly layout: LayoutService | undefined }) {
  const shown = useGraphView();
  const { model, workflow, template } = shown;
  const t = useTranslate();
  // Another document is another canvas: templates of both may have the same id, and the view of the former one would be kept.
  const document = useEditorState((state) => state.document.id);
  const graph = useMemo(
    () => (workflow && template ? withTitles(graphOf(model, workflow, template.id), workflow, t) : undefined),
    [model, workflow, template, t],
  );
  return (
    <div className="canvas-slot">
      {graph && workflow && template && (isGraph(template) || graph.nodes.length > 0) ? (
        <GraphCanvas key={document} shown={shown} graph={graph} workflow={workflow} template={template} layout={layout} />
      ) : (
        <>
          <BlankCanvas workflow={workflow} template={template} />
          <Messages />
        </>
      )}
    </div>
  );
}

interface GraphProps {
  readonly shown: GraphView;
  readonly graph: Graph;
  readonly workflow: Workflow;
  readonly template: Template;
  readonly layout: LayoutService | undefined;
}

interface Asked {
  readonly menu?: { readonly target: CanvasTarget; readonly screen: Point };
  readonly add?: { readonly from?: WireEnd; readonly at: Point; readonly screen: Point };
  readonly mount?: MountAsked;
}

const GraphCanvas = memo(function GraphCanvas({ shown, graph, workflow, template, layout }: GraphProps) {
  const t = useTranslate();
  const page = usePage();
  const editor = useEditor();
  const { model, trail, diagnostics, places: everywhere } = shown;
  const stored = everywhere[template.id];
  const selection = useEditorState((state) => state.session.selection);
  const isReadOnly = useEditorState((state) => state.status.isReadOnly);
  const [wire, setWire] = useState<string | undefined>(undefined);
  const [asked, setAsked] = useState<Asked>({});

  const places = useMemo<Positions>(() => new Map(Object.entries(stored ?? {}) as [BoxId, Point][]), [stored]);
  const path = useMemo<readonly Crumb[]>(() => crumbsOf(workflow, [...trail, template.id], t), [workflow, trail, template.id, t]);
  const isEntry = template.name === workflow.entrypoint;
  const parameters = isEntry ? workflow.parameters : undefined;
  const graphAt = useCallback((id: TemplateId) => withTitles(graphOf(model, workflow, id), workflow, t), [model, workflow, t]);
  const placesOf = useCallback(
    (id: TemplateId) => (everywhere[id] ? (new Map(Object.entries(everywhere[id])) as Positions) : undefined),
    [everywhere],
  );
  const judge = useMemo(() => wireJudge(graph, workflow, graphAt), [graph, workflow, graphAt]);
  const namedSay = useNamedSay();
  // While part of the text cannot be read, a template that was not found may be in it.
  const isPartial = useEditorState((state) => state.document.errors.some(isUnreadable));
  const canvasSay = useMemo<Translate>(
    () => (isPartial ? (code, values) => t(code === "canvas.missing-template" ? "canvas.unread-template" : code, values) : t),
    [isPartial, t],
  );
  const problems = useMemo(() => boxProblems(diagnostics, model, workflow, namedSay), [diagnostics, model, workflow, namedSay]);
  const loose = useMemo(
    () =>
      unreached(model, workflow)
        .filter((one) => one.id !== template.id)
        .map((one) => ({ template: one.id, name: templateTitle(workflow, one, t) ?? one.name, kind: kindOfTemplate(workflow, one) })),
    [model, workflow, template.id, t],
  );
  const entries = indexOfModel(model).templates;
  const tasks = indexOfModel(model).tasks;
  const chips = useCallback(
    (node: GraphNode) => chipsOf(node.template && entries.get(node.template)?.template, tasks.get(node.id)?.task, node.sources),
    [entries, tasks],
  );
  const inside = useCallback(
    (node: GraphNode) => (node.template ? entries.get(node.template)?.template.tasks.length : undefined),
    [entries],
  );
  const close = () => setAsked({});
  const mounting: Mounting = {
    judge: (volume, task) => {
      const mount = { of: volume.task, task };
      const refusal = mountRefusal(editor, mount, freeMountPath(editor, mount));
      return refusal ? { fits: "no", reason: { code: refusal.code, values: refusal.values } } : { fits: "yes" };
    },
    ask: ({ volume, task, names, screen }) => setAsked({ mount: { of: volume.task, task, names, screen } }),
  };
  // Written to the DOM directly: an announcement need not render the canvas.
  const live = useRef<HTMLDivElement>(null);
  const announce = useCallback((message: string) => {
    if (live.current) live.current.textContent = message;
  }, []);

  const typedName = useReopenedRename(shown);
  useReopenedMount((mount) => setAsked({ mount }));

  const does = canvasEdits(page, template, setWire);

  return (
    <>
      <PipelineCanvas
        {...does}
        readOnly={isReadOnly}
        onRefused={() => void refuseIfLocked(editor)}
        graph={graph}
        path={path}
        parameters={parameters}
        unreached={loose}
        chips={chips}
        inside={inside}
        places={places}
        layout={layout}
        pending={editor.pending}
        typedName={typedName}
        graphOf={graphAt}
        placesOf={placesOf}
        expandSmall={workflow.traits.hasCompiledGroups === true}
        selection={selection as readonly BoxId[]}
        selectedWire={wire}
        problems={problems}
        judge={judge}
        t={canvasSay}
        announce={announce}
        handle={page.canvas}
        onQuickAdd={(at, screen) => {
          if (!refuseIfLocked(editor)) setAsked({ add: { at, screen } });
        }}
        onWireDropped={(from, at, screen) => setAsked({ add: { from, at, screen } })}
        mounting={mounting}
        fields={wireFields}
        onContextMenu={(target, screen) => {
          selectTarget(editor.store.getState(), target, does.onSelect);
          setAsked({ menu: { target, screen } });
        }}
        empty={<EmptyGraph isBegun={(parameters ?? []).length > 0 || template.inputs.length + template.outputs.length > 0} />}
      >
        <Messages />
      </PipelineCanvas>
      <div ref={live} className="offscreen" role="status" aria-live="polite" />
      {asked.menu ? (
        <CanvasMenu
          {...asked.menu}
          onClose={close}
          onAdd={(at, screen) => setAsked(refuseIfLocked(editor) ? {} : { add: { at, screen } })}
          onDisconnect={does.onDisconnect}
        />
      ) : null}
      {asked.mount ? <MountVolume {...asked.mount} onClose={close} /> : null}
      {asked.add ? <QuickAdd {...asked.add} graph={graph} onClose={close} /> : null}
    </>
  );
});

/** Saves names typed in place, and continues with the one that was being typed when the page was closed. */
function useReopenedRename({ workflow, template }: GraphView): TypedName {
  const page = usePage();
  const { editor } = page;
  const kept = useEditorState((state) => state.session.reopened?.rename);
  const task = typeof kept?.about === "string" ? kept.about : undefined;
  const isHere = template?.tasks.some(({ id }) => id === task) === true;
  const around = task === undefined || isHere ? undefined : graphWithTask(workflow, task)?.id;
  useEffect(() => {
    if (task === undefined) return;
    if (isHere) page.canvas.current?.renameInPlace(task as TaskId);
    // It was renamed in a group that was expanded in place.
    else if (around !== undefined) enterGraph(editor, around);
    else editor.fillIn({ form: "rename", part: "name" });
  }, [page, editor, task, isHere, around]);
  return useMemo(() => {
    const { opened } = editor.store.getState().document;
    return {
      of: (box) => {
        const { reopened } = editor.store.getState().session;
        const name = reopened?.rename?.about === box ? reopened.rename.values.name : undefined;
        return typeof name === "string" ? name : undefined;
      },
      type: (box, name) => {
        if (editor.store.getState().document.opened === opened)
          editor.fillIn({ form: "rename", part: "name", ...(name !== undefined && { value: name, about: box }) });
      },
    };
  }, [editor]);
}

/** Asks again for a mount path if that was being asked when the page was closed. */
function useReopenedMount(ask: (mount: MountAsked) => void): void {
  const kept = useEditorState((state) => state.session.reopened?.["mount-volume"]?.about);
  const again = useEffectEvent(ask);
  useEffect(() => {
    if (isMap(kept)) again(kept as unknown as MountAsked);
  }, [kept]);
}

/** A right click selects its target first if it was not selected (docs/spec/interaction.md#context-menu). */
function selectTarget(state: EditorState, target: CanvasTarget, select: PipelineCanvasProps["onSelect"]): void {
  if (target.kind === "box" && !state.session.selection.includes(target.box)) select([target.box]);
  if (target.kind === "wire") select([], target.edge.id);
}

function crumbsOf(workflow: Workflow, way: readonly string[], t: Translate): readonly Crumb[] {
  return way.flatMap((id) => {
    const template = templateWithId(workflow, id);
    if (!template) return [];
    return [
      {
        template: template.id,
        title: template.name === workflow.entrypoint ? workflow.title : (templateTitle(workflow, template, t) ?? template.name),
      },
    ];
  });
}
