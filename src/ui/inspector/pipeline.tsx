import { Trash2 } from "lucide-react";
import { useMemo } from "react";
import { pipelineHolder } from "#editor/settings/access.ts";
import { pipelineSettingAt } from "#editor/settings/written-at.ts";
import { offersOf, typeLabel } from "#compiler/readers.ts";
import { type Data, field, isList } from "#data/data.ts";
import type { Offers } from "#document/format.ts";
import type { GraphPort } from "#pipeline/graph.ts";
import type { PipelineParameter, Workflow } from "#pipeline/model.ts";
import { useEditorState } from "../use-editor.ts";
import { IconButton } from "../parts/icon-button.tsx";
import { useEditor, useTranslate } from "../use-editor.ts";
import { useAdding } from "./adding.ts";
import { AutoFocus } from "./autofocus.tsx";
import { choicesOf, Constant } from "./constant.tsx";
import { Field } from "./field.tsx";
import { InspectorHead, Section, WrittenAt } from "./inspector-head.tsx";
import { SettingsOf, useFocused } from "./settings-of.tsx";
import { edits, refused } from "./values.ts";

/** The pipeline itself: its name, where it begins, who runs it, its parameters. */
export function PipelineInspector({ workflow }: { readonly workflow: Workflow }) {
  const t = useTranslate();
  const editor = useEditor();
  const index = useEditorState((state) => state.session.workflow);
  const owner = `workflow ${index}`;
  const target = { kind: "workflow", workflow: index } as const;
  const [adding, setAdding] = useAdding(owner, "parameter-new");
  const stream = useEditorState((state) => state.document.stream);
  const holder = useMemo(() => pipelineHolder(stream, workflow), [stream, workflow]);
  const focused = useFocused(holder);
  const offers = offersOf(workflow);
  const names = new Set(workflow.parameters.map(({ name }) => name));
  const add = (text: string) => {
    if (text === "") return refused("invalid-empty");
    if (names.has(text)) return refused("invalid-taken", { text });
    // A parameter of KFP v1 and of Argo's forms has a value, even an empty one; that of a typed parameter would be no value of its type.
    return edits({ kind: "add-parameter", name: text, ...(offers.hasParameterOptions ? {} : { value: "" }), workflow: index });
  };
  return (
    <div className="panel">
      <InspectorHead title={workflow.title} detail={`${t("pipeline")} · ${workflow.resource}`} />
      <SettingsOf
        key={owner}
        holders={[holder]}
        owner={owner}
        of={undefined}
        onFocus={focused.set}
        tabs={["general", "run", "placement", "volumes", "yaml"]}
        parts={{
          general: (
            <>
              <Section title={t("section-pipeline")}>
                <div className="pair">
                  <span className="label">{t("field-name")}</span>
                  <Field
                    owner={owner}
                    path="name"
                    isName
                    isCode
                    label={{ code: "field-workflow-name", values: {} }}
                    value={workflow.traits.hasFreeTitle ? workflow.title : (workflow.name ?? "")}
                    meaning={(text) =>
                      text === "" ? refused("invalid-empty") : edits({ kind: "rename-workflow", name: text, workflow: index })
                    }
                  />
                  {workflow.traits.hasFixedEntry ? null : (
                    <>
                      <span className="label">{t("field-entrypoint")}</span>
                      <span className="field mono">
                        <select
                          aria-label={t("field-entrypoint")}
                          value={workflow.entrypoint ?? ""}
                          translate="no"
                          onChange={(event) =>
                            void editor.dispatch({
                              edits: [
                                event.target.value === ""
                                  ? { kind: "unset-setting", target, path: ["entrypoint"] }
                                  : { kind: "set-setting", target, path: ["entrypoint"], value: event.target.value },
                              ],
                            })
                          }
                        >
                          <option value="">{t("not-set")}</option>
                          {workflow.templates
                            .filter(({ name }) => name !== "")
                            .map((template) => (
                              <option key={template.id} value={template.name}>
                                {template.name}
                              </option>
                            ))}
                          {workflow.entrypoint !== undefined && !workflow.templates.some(({ name }) => name === workflow.entrypoint) ? (
                            <option value={workflow.entrypoint}>{workflow.entrypoint}</option>
                          ) : null}
                        </select>
                      </span>
                    </>
                  )}
                </div>
              </Section>
              <Section
                title={t("section-parameters")}
                action={
                  <button type="button" className="btn link" onClick={() => setAdding(true)}>
                    {t("add-parameter")}
                  </button>
                }
              >
                {workflow.parameters.map((parameter) => (
                  <Parameter key={parameter.name} parameter={parameter} index={index} owner={owner} offers={offers} />
                ))}
                {adding ? (
                  <div onBlur={() => setTimeout(() => setAdding(false))}>
                    <Field
                      owner={owner}
                      path="parameter-new"
                      isName
                      isCode
                      label={{ code: "field-parameter-name", values: {} }}
                      value=""
                      placeholder={t("name")}
                      meaning={add}
                      end={<AutoFocus />}
                    />
                  </div>
                ) : null}
                {workflow.parameters.length === 0 && !adding ? <span className="muted">{t("no-parameters")}</span> : null}
              </Section>
            </>
          ),
        }}
      />
      <WrittenAt
        where={`${workflow.title} › ${focused.wanted.join(".") || "spec"}`}
        path={pipelineSettingAt(workflow, focused.path)}
        help={focused.help}
      />
    </div>
  );
}

function Parameter({
  parameter,
  index,
  owner,
  offers,
}: {
  readonly parameter: PipelineParameter;
  readonly index: number;
  readonly owner: string;
  readonly offers: Offers;
}) {
  const t = useTranslate();
  const editor = useEditor();
  const { name, value, type, description } = parameter;
  const { parameterTypes, hasParameterOptions } = offers;
  const port: GraphPort = { name, label: name, kind: "parameter", type, required: false };
  return (
    <div className="card">
      <div className="row">
        <Field
          owner={owner}
          path={`parameter-${name}-name`}
          isName
          isCode
          label={{ code: "field-parameter-name", values: {} }}
          value={name}
          meaning={(text) =>
            text === "" ? refused("invalid-empty") : edits({ kind: "rename-parameter", name, to: text, workflow: index })
          }
        />
        {parameterTypes.length > 0 ? (
          <span className="field" style={{ flex: "0 0 96px" }}>
            <select
              aria-label={t("field-parameter-type", { name })}
              value={type ?? ""}
              onChange={(event) =>
                void editor.dispatch({ edits: [{ kind: "set-parameter", name, type: event.target.value, workflow: index }] })
              }
            >
              {type === undefined || !hasParameterOptions ? <option value="">{t("type-any")}</option> : null}
              {parameterTypes.map((one) => (
                <option key={one} value={one}>
                  {typeLabel(one)}
                </option>
              ))}
              {type !== undefined && !parameterTypes.includes(type) ? <option value={type}>{typeLabel(type)}</option> : null}
            </select>
          </span>
        ) : null}
        <IconButton
          icon={Trash2}
          label={t("remove-named", { name })}
          onClick={() => void editor.dispatch({ edits: [{ kind: "remove-parameter", name, workflow: index }] })}
        />
      </div>
      <Constant
        port={port}
        value={value}
        owner={owner}
        of={name}
        choices={parameter.literals ?? choicesOf(field(parameter.rest, "enum"))}
        set={(given) => ({ kind: "set-parameter", name, value: given, workflow: index })}
        clear={() => ({ kind: "set-parameter", name, value: hasParameterOptions ? null : "", workflow: index })}
      />
      <Field
        owner={owner}
        path={`parameter-${name}-note`}
        label={{ code: "field-parameter-note", values: { name } }}
        value={description ?? ""}
        placeholder={t("description")}
        meaning={(text) => edits({ kind: "set-parameter", name, description: text, workflow: index })}
      />
      {hasParameterOptions ? <ParameterOptions parameter={parameter} index={index} owner={owner} /> : null}
    </div>
  );
}

/** Whether a run may leave the parameter out, and the values that it may have. A default alone makes it optional. */
function ParameterOptions({
  parameter,
  index,
  owner,
}: {
  readonly parameter: PipelineParameter;
  readonly index: number;
  readonly owner: string;
}) {
  const t = useTranslate();
  const editor = useEditor();
  const { name, value, optional, literals } = parameter;
  return (
    <>
      <Field
        owner={owner}
        path={`parameter-${name}-literals`}
        isCode
        label={{ code: "field-parameter-literals", values: { name } }}
        value={literals ? JSON.stringify(literals) : ""}
        placeholder={t("parameter-literals-placeholder")}
        meaning={(text) => literalsMeaning(text, { name, index })}
      />
      {value === undefined ? (
        <label className="row">
          <input
            type="checkbox"
            checked={optional === true}
            aria-label={t("field-parameter-optional", { name })}
            onChange={(event) =>
              void editor.dispatch({ edits: [{ kind: "set-parameter", name, optional: event.target.checked, workflow: index }] })
            }
          />
          <span>{t("parameter-optional")}</span>
        </label>
      ) : null}
    </>
  );
}

/** Allowed values as a JSON list, or as words with commas between them. */
function literalsMeaning(text: string, { name, index }: { readonly name: string; readonly index: number }) {
  const set = (literals: readonly Data[]) => edits({ kind: "set-parameter", name, literals, workflow: index });
  if (!text.trim().startsWith("["))
    return set(
      text
        .split(",")
        .map((one) => one.trim())
        .filter((one) => one !== ""),
    );
  try {
    const values = JSON.parse(text) as Data;
    if (isList(values)) return set(values);
  } catch {
    // Not JSON: reported below.
  }
  return refused("invalid-json-list", { text });
}
