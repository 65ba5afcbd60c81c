import { Package } from "lucide-react";
import { useMemo, useState } from "react";
import type { GraphNode } from "#pipeline/graph.ts";
import { vocabularyOf } from "#compiler/readers.ts";
import type { Task, Template, Workflow } from "#pipeline/model.ts";
import { indexOfModel } from "#pipeline/model-index.ts";
import { calleeOf } from "#pipeline/resolve-call.ts";
import { type Kind, kindOf, kindOfTemplate } from "#editor/task-kind.ts";
import { renamingEdits } from "#editor/rename.ts";
import { templateHolder } from "#editor/settings/access.ts";
import { templateSettingAt } from "#editor/settings/written-at.ts";
import { useSelectedGraph } from "../graph-view.ts";
import { Editable } from "../parts/editable.tsx";
import { useEditor, useEditorState, useTranslate } from "../use-editor.ts";
import { Arguments } from "./arguments.tsx";
import { Control } from "./control.tsx";
import { Field } from "./field.tsx";
import { InspectorHead, Section, WrittenAt } from "./inspector-head.tsx";
import { KIND_ICONS } from "../parts/kind-icons.ts";
import { coveredSettings, KindSection, kindTab } from "./kind-section.tsx";
import { CopySettings, PasteSettings } from "./paste-settings.tsx";
import { RunsAfter } from "./runs-after.tsx";
import { Ports } from "./ports.tsx";
import { SettingsOf, useFocused } from "./settings-of.tsx";
import { edits, refused } from "./values.ts";

interface Props {
  readonly workflow: Workflow;
  readonly graph: Template;
  readonly task: Task;
  /** undefined: defined in another file, or not at all. */
  readonly template: Template | undefined;
}

/** One call: its name, its inputs, how it runs, and the settings of its template. */
export function TaskInspector({ workflow, graph, task, template }: Props) {
  const t = useTranslate();
  const editor = useEditor();
  const model = useEditorState((state) => state.document.model);
  const node = useSelectedGraph()?.nodes.find(({ id }) => id === task.id);
  const uses = template ? (indexOfModel(model).callers.get(template.id)?.length ?? 1) : 0;
  const title = node?.title ?? task.name;
  const kind = kindOfTask(workflow, task, { node, template });
  const kindText = t(`kind-${kind}`);
  const detail = template ? `${kindText} · ${t(uses > 1 ? "used-times" : "used-once", { n: uses })}` : kindText;
  const rename = (text: string) => {
    if (text === "") return refused("invalid-empty");
    return edits(...renamingEdits(editor.store.getState(), task.id, text));
  };
  const stream = useEditorState((state) => state.document.stream);
  const holder = useMemo(
    () =>
      template &&
      templateHolder(stream, calleeOf(model, workflow, task.call)?.workflow ?? workflow, template, { kind: "task", task: task.id }),
    [stream, model, workflow, template, task],
  );
  const focused = useFocused(holder);
  const place = template && templateSettingAt({ template, task }, focused.path, focused.wanted);
  const templates = () => [...new Set(workflow.templates.filter((one) => one.name !== "" && one.id !== graph.id).map(({ name }) => name))];
  const about = (
    <Section title={t("section-task")}>
      <div className="pair">
        <span className="label">{t("field-name")}</span>
        <Field
          owner={task.id}
          path="name"
          of={task.name}
          label={{ code: "field-name", values: {} }}
          value={title}
          meaning={rename}
          isName
        />
        {task.call.kind === "template" ? (
          <>
            <span className="label">{t(`field-${vocabularyOf(workflow).component}`)}</span>
            <TemplateChoice task={task} called={task.call.name} names={templates} label={t(`field-${vocabularyOf(workflow).component}`)} />
          </>
        ) : null}
      </div>
      {uses > 1 && template ? (
        <div className="note">
          <Package className="i xs" aria-hidden="true" />
          <span>
            {t("shared-note", { n: uses, template: template.name })}{" "}
            <button
              type="button"
              className="btn link"
              onClick={() => void editor.dispatch({ edits: [{ kind: "make-separate", task: task.id }] })}
            >
              {t("make-separate")}
            </button>
          </span>
        </div>
      ) : null}
      {template ? null : (
        <div className="note">
          {task.call.kind === "reference"
            ? t("read-only-external", { name: `${task.call.name}/${task.call.template}` })
            : t(`called-missing.${vocabularyOf(workflow).component}`, { name: task.call.kind === "template" ? task.call.name : "" })}
        </div>
      )}
    </Section>
  );
  return (
    <div className="panel">
      <InspectorHead title={title} detail={detail} icon={KIND_ICONS[kind]} more={holder ? <CopySettings /> : undefined} />
      {holder ? <PasteSettings holders={[holder]} /> : null}
      {holder && template ? (
        <SettingsOf
          key={task.id}
          holders={[holder]}
          owner={task.id}
          of={task.name}
          task={task.id}
          onFocus={focused.set}
          kindLabel={kindTab(template, t)}
          covered={coveredSettings(template)}
          tabs={["kind", "inputs", "resources", "volumes", "env", "run", "yaml"]}
          parts={{
            kind: <KindSection task={task} template={template} />,
            inputs: (
              <>
                {about}
                <Arguments task={task} workflow={workflow} graph={graph} />
                <Ports template={template} owner={task.id} of={task.name} term={vocabularyOf(workflow).component} />
              </>
            ),
            run: (
              <>
                <Control task={task} workflow={workflow} />
                <RunsAfter task={task} />
              </>
            ),
          }}
        />
      ) : (
        <div className="scroll" key={task.id}>
          <Editable>
            {about}
            <Arguments task={task} workflow={workflow} graph={graph} />
            <Control task={task} workflow={workflow} />
            <RunsAfter task={task} />
          </Editable>
        </div>
      )}
      <WrittenAt
        where={place ? `${place.owner} › ${place.below || bodyOf(template)}` : `${graph.name} › ${task.name}`}
        path={place ? place.path : task.path}
        help={focused.help}
      />
    </div>
  );
}

/** The template called, and all others once the list is opened: a thousand entries are not drawn for every edit. */
function TemplateChoice({
  task,
  called,
  names,
  label,
}: {
  readonly task: Task;
  readonly called: string;
  readonly names: () => readonly string[];
  readonly label: string;
}) {
  const editor = useEditor();
  const [isOpen, setIsOpen] = useState(false);
  const shown = isOpen ? [...new Set([...names(), called])] : [called];
  return (
    <span className="field mono">
      <select
        aria-label={label}
        value={called}
        translate="no"
        onFocus={() => setIsOpen(true)}
        onPointerDown={() => setIsOpen(true)}
        onBlur={() => setIsOpen(false)}
        onChange={(event) => void editor.dispatch({ edits: [{ kind: "retarget-task", task: task.id, template: event.target.value }] })}
      >
        {shown.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </span>
  );
}

/** The kind of the task's box; without a box, that of its template. */
function kindOfTask(
  workflow: Workflow,
  task: Task,
  { node, template }: { readonly node: GraphNode | undefined; readonly template: Template | undefined },
): Kind {
  if (node) return kindOf(node);
  if (template) return kindOfTemplate(workflow, template);
  return task.call.kind === "reference" ? "external" : "missing";
}

function bodyOf(template: Template | undefined): string {
  return template === undefined || template.kind === "unknown" ? "" : template.kind;
}
