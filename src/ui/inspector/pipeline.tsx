import { Trash2 } from "lucide-react";
import { useState } from "react";
import { type Data, textField } from "#model/data.ts";
import type { PipelineParameter, Workflow } from "#model/model.ts";
import { useEditorState } from "../use-editor.ts";
import { IconButton } from "../parts/icon-button.tsx";
import { useEditor, useSay } from "../use-editor.ts";
import { AutoFocus } from "./environment.tsx";
import { Field } from "./field.tsx";
import { InspectorHead, Section, WrittenAt } from "./head.tsx";
import { edits, refused, shownValue, textSetting, typedLike } from "./values.ts";

/** The pipeline itself: its name, where it begins, who runs it, its parameters. */
export function PipelineInspector({ workflow }: { readonly workflow: Workflow }) {
  const say = useSay();
  const editor = useEditor();
  const index = useEditorState((state) => state.session.workflow);
  const owner = `workflow ${index}`;
  const target = { kind: "workflow", workflow: index } as const;
  const [adding, setAdding] = useState(false);
  const names = new Set(workflow.parameters.map(({ name }) => name));
  const add = (text: string) => {
    if (text === "") return refused("invalid-empty");
    if (names.has(text)) return refused("invalid-taken", { text });
    return edits({ kind: "add-parameter", name: text, value: "", workflow: index });
  };
  return (
    <div className="panel">
      <InspectorHead title={workflow.title} detail={`${say("pipeline")} · ${workflow.resource}`} />
      <div className="scroll" key={owner}>
        <Section title={say("section-pipeline")}>
          <div className="pair">
            <span className="label">{say("field-name")}</span>
            <Field owner={owner} path="name" isName isCode label={{ code: "field-workflow-name", values: {} }} value={workflow.name ?? ""} meaning={(text) => (text === "" ? refused("invalid-empty") : edits({ kind: "rename-workflow", name: text, workflow: index }))} />
            <span className="label">{say("field-entrypoint")}</span>
            <span className="field mono">
              <select
                aria-label={say("field-entrypoint")} value={workflow.entrypoint ?? ""} translate="no"
                onChange={(event) => void editor.dispatch({ edits: [event.target.value === "" ? { kind: "unset-setting", target, path: ["entrypoint"] } : { kind: "set-setting", target, path: ["entrypoint"], value: event.target.value }] })}
              >
                <option value="">{say("not-set")}</option>
                {workflow.templates.filter(({ name }) => name !== "").map((template) => <option key={template.id} value={template.name}>{template.name}</option>)}
                {workflow.entrypoint !== undefined && !workflow.templates.some(({ name }) => name === workflow.entrypoint) ? <option value={workflow.entrypoint}>{workflow.entrypoint}</option> : null}
              </select>
            </span>
            <span className="label">{say("field-service-account")}</span>
            <Field owner={owner} path="serviceAccountName" isCode label={{ code: "field-service-account", values: {} }} value={textField(workflow.specRest, "serviceAccountName") ?? ""} placeholder={say("not-set")} meaning={textSetting(target, ["serviceAccountName"])} />
          </div>
        </Section>
        <Section title={say("section-parameters")} action={<button type="button" className="btn link" onClick={() => setAdding(true)}>{say("add-parameter")}</button>}>
          {workflow.parameters.map((parameter) => <Parameter key={parameter.name} parameter={parameter} index={index} owner={owner} />)}
          {adding ? (
            <div onBlur={() => setTimeout(() => setAdding(false))}>
              <Field owner={owner} path={`parameter-new-${workflow.parameters.length}`} isName isCode label={{ code: "field-parameter-name", values: {} }} value="" placeholder={say("name")} meaning={add} end={<AutoFocus />} />
            </div>
          ) : null}
          {workflow.parameters.length === 0 && !adding ? <span className="muted">{say("no-parameters")}</span> : null}
        </Section>
      </div>
      <WrittenAt where={`${workflow.title} › spec`} place={workflow.specPlace} />
    </div>
  );
}

function Parameter({ parameter, index, owner }: { readonly parameter: PipelineParameter; readonly index: number; readonly owner: string }) {
  const say = useSay();
  const editor = useEditor();
  const { name, value, type } = parameter;
  const shown: Data | undefined = value;
  return (
    <div className="card">
      <div className="row">
        <Field owner={owner} path={`parameter-${name}-name`} isName isCode label={{ code: "field-parameter-name", values: {} }} value={name} meaning={(text) => (text === "" ? refused("invalid-empty") : edits({ kind: "rename-parameter", name, to: text, workflow: index }))} />
        {type === undefined ? null : <span className="muted small">{type}</span>}
        <IconButton icon={Trash2} label={say("remove-named", { name })} onClick={() => void editor.dispatch({ edits: [{ kind: "remove-parameter", name, workflow: index }] })} />
      </div>
      <Field
        owner={owner} path={`parameter-${name}-value`} isCode lines={shownValue(shown).includes("\n")} label={{ code: "field-parameter-value", values: { name } }} value={shownValue(shown)} placeholder={say("source-none")}
        meaning={(text) => edits({ kind: "set-parameter", name, value: typedLike(text, value), workflow: index })}
      />
    </div>
  );
}
