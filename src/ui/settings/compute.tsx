import { Info, Minus, Plus, SlidersHorizontal } from "lucide-react";
import { useState } from "react";
import { field, isMap, valueAt } from "#data/data.ts";
import type { Edit } from "#pipeline/edit.ts";
import { calleeOf } from "#pipeline/resolve-call.ts";
import { selectedGraph, currentWorkflow } from "#editor/actions.ts";
import { freeTaskName } from "#pipeline/free-names.ts";
import { gpuResource, type Holder, isResource, pathOf, set, writeEdits } from "#editor/settings/access.ts";
import { hintsOf } from "#editor/settings/hints.ts";
import type { Setting } from "#editor/settings/setting.ts";
import { findSetting, setting } from "#editor/settings/table.ts";
import type { EditorState } from "#editor/state.ts";
import { IconButton } from "../parts/icon-button.tsx";
import { displayValue } from "../inspector/values.ts";
import { useEditor, useEditorState, useTranslate } from "../use-editor.ts";
import { shownSetting, useChange, useSubject } from "./edited-tasks.ts";
import { TextControl } from "./text-control.tsx";
import { referenceText } from "#compiler/readers.ts";
import type { Reference } from "#pipeline/binding.ts";

const vendors = ["nvidia.com/gpu", "amd.com/gpu", "gpu.intel.com/i915"];
const nodeLabels = ["cloud.google.com/gke-accelerator", "nvidia.com/gpu.product", "node.kubernetes.io/instance-type", "accelerator"];

/** CPU, memory and scratch disk: request and limit, side by side. */
export function Compute() {
  const t = useTranslate();
  const { format } = useSubject().holders[0];
  const hasDisk = findSetting("storage-limit", format) !== undefined;
  return (
    <div className="grid2">
      <span />
      <span className="col">{t("col-request")}</span>
      <span className="col">{t("col-limit")}</span>
      <span>{t("cpu")}</span>
      <Amount id="cpu-request" unit={t("unit-cores")} />
      <Amount id="cpu-limit" unit={t("unit-cores")} />
      <Notes ids={["cpu-request", "cpu-limit"]} />
      <span>{t("memory")}</span>
      <Amount id="memory-request" />
      <Amount id="memory-limit" />
      <Notes ids={["memory-request", "memory-limit"]} />
      {hasDisk ? (
        <>
          <span>{t("scratch-disk")}</span>
          <Amount id="storage-request" />
          <Amount id="storage-limit" />
          <Notes ids={["storage-request", "storage-limit"]} />
        </>
      ) : null}
    </div>
  );
}

function Amount({ id, unit }: { readonly id: string; readonly unit?: string }) {
  const subject = useSubject();
  const of = setting(id, subject.holders[0].format);
  return (
    <div className="stack" data-setting={id} onFocus={() => subject.onFocus(of)}>
      <TextControl setting={of} shown={shownSetting(of, subject)} unit={unit} end={<FromParameter setting={of} />} />
    </div>
  );
}

/** The hints about a request and its limit, below both. */
function Notes({ ids }: { readonly ids: readonly string[] }) {
  const t = useTranslate();
  const change = useChange();
  const subject = useSubject();
  const all = ids.map((id) => setting(id, subject.holders[0].format));
  const hints = subject.holders.length === 1 ? all.flatMap((of) => hintsOf(of, subject.holders[0]).map((hint) => ({ of, hint }))) : [];
  return (
    <>
      {hints.map(({ of, hint }) => (
        <span key={`${of.id} ${hint.code}`} className={`field-note full ${hint.level}`}>
          <span>{t(hint.code, hint.values)}</span>
          {hint.use === undefined ? null : (
            <button type="button" className="btn link" onClick={() => change(of, (holder) => writeEdits(of, holder, hint.use))}>
              {t("setting-use", { value: hint.use })}
            </button>
          )}
        </span>
      ))}
      {all.some((of) => shownSetting(of, subject).patched) ? <span className="muted small full">{t("setting-patched")}</span> : null}
    </>
  );
}

/** Takes a resource from a parameter: written to a patch, since resources cannot hold references. */
function FromParameter({ setting: of }: { readonly setting: Setting }) {
  const t = useTranslate();
  const editor = useEditor();
  const subject = useSubject();
  const [isOpen, setIsOpen] = useState(false);
  const names = useEditorState((state) => parametersFor(state, subject.task));
  if (subject.task === undefined || names === "" || !isResource(of)) return null;
  const task = subject.task;
  const [holder] = subject.holders;
  const take = (reference: Reference) => {
    const text = referenceText(reference, holder.format);
    return text === undefined ? [] : writeEdits(of, holder, text);
  };
  const choose = (choice: string) => {
    const [kind = "", ...rest] = choice.split(" ");
    const name = rest.join(" ");
    const fromInput = (input: string) => take({ kind: "graph-input", port: "parameter", name: input });
    if (kind === "input") return void editor.dispatch({ edits: fromInput(name) });
    if (!holder.traits.passesParametersAsInputs) return void editor.dispatch({ edits: take({ kind: "pipeline-parameter", name }) });
    // A KFP template takes everything through its inputs.
    const template = holder.area === "task" ? templateOf(editor.store.getState(), task) : undefined;
    if (!template) return undefined;
    const input = freeTaskName(of.id, new Set(template.inputs));
    const edits: Edit[] = [
      { kind: "add-port", template: template.id, direction: "input", port: "parameter", name: input },
      { kind: "bind-parameter", task, input, parameter: name, portKind: "parameter" },
      ...fromInput(input),
    ];
    return void editor.dispatch({ edits });
  };
  return (
    <span className="from-parameter" title={t("setting-from-parameter")}>
      <SlidersHorizontal className="i xs" aria-hidden="true" />
      <select
        aria-label={`${t("setting-from-parameter")} (${of.path.slice(1).join(".")})`}
        value=""
        onFocus={() => setIsOpen(true)}
        onPointerDown={() => setIsOpen(true)}
        onBlur={() => setIsOpen(false)}
        onChange={(event) => choose(event.target.value)}
      >
        <option value="" disabled>
          {t("setting-from-parameter")}
        </option>
        {(isOpen ? names.split("\n") : []).map((line) => {
          const [kind = "", ...rest] = line.split(" ");
          return (
            <option key={line} value={line}>
              {t(kind === "input" ? "setting-from-input" : "setting-from-pipeline", { name: rest.join(" ") })}
            </option>
          );
        })}
      </select>
    </span>
  );
}

function templateOf(state: EditorState, id: string): { readonly id: string; readonly inputs: readonly string[] } | undefined {
  const workflow = currentWorkflow(state);
  const task = selectedGraph(state)?.tasks.find((one) => one.id === id);
  const template = workflow && task && calleeOf(state.document.model, workflow, task.call)?.template;
  return template && { id: template.id, inputs: template.inputs.filter(({ kind }) => kind === "parameter").map(({ name }) => name) };
}

/** The template's inputs and the pipeline's parameters, as lines: a text stays equal from edit to edit. */
function parametersFor(state: EditorState, task: string | undefined): string {
  if (task === undefined) return "";
  const inputs = templateOf(state, task)?.inputs ?? [];
  const parameters = currentWorkflow(state)?.parameters.map(({ name }) => name) ?? [];
  return [...inputs.map((name) => `input ${name}`), ...parameters.map((name) => `pipeline ${name}`)].join("\n");
}

/** How many GPUs of which maker; presets that bring the task to a node which has them. */
export function Gpu() {
  const t = useTranslate();
  const change = useChange();
  const subject = useSubject();
  const of = setting("gpu-limit", "argo");
  const shown = shownSetting(of, subject);
  const [holder] = subject.holders;
  const resource = gpuResource(holder);
  const count = Number(displayValue(shown.value)) || 0;
  const step = (by: number) =>
    change(
      of,
      (one) => writeEdits(of, one, count + by <= 0 ? undefined : typeof shown.value === "string" ? String(count + by) : count + by),
      `gpu ${subject.owner}`,
    );
  const changeVendor = (to: string) =>
    change(of, (one) => {
      const path = pathOf(of, one);
      const value = valueAt(one.data, path);
      if (value === undefined) return [];
      const limits = valueAt(one.data, path.slice(0, -1));
      return [
        set(
          one,
          path.slice(0, -1),
          Object.fromEntries(Object.entries(isMap(limits) ? limits : {}).map(([key, amount]) => [key === path.at(-1) ? to : key, amount])),
        ),
      ];
    });
  const isSet = shown.state === "set" || shown.state === "odd";
  return (
    <>
      <div className="grid2" data-setting="gpu-limit" onFocus={() => subject.onFocus(of)}>
        <span>{t("col-limit")}</span>
        <TextControl
          setting={of}
          shown={shown}
          end={
            <>
              <IconButton small icon={Minus} label={t("fewer")} disabled={count === 0} onClick={() => step(-1)} />
              <IconButton small icon={Plus} label={t("additional")} onClick={() => step(1)} />
            </>
          }
        />
        <span className="field">
          <select
            aria-label={t("field-gpu-resource")}
            value={resource}
            disabled={!isSet}
            onChange={(event) => changeVendor(event.target.value)}
          >
            {[...new Set([resource, ...vendors])].map((name) => (
              <option key={name} value={name}>
                {vendors.includes(name) ? name.split("/")[0] : name}
              </option>
            ))}
          </select>
        </span>
      </div>
      <div className="note">
        <Info className="i xs" aria-hidden="true" />
        <span>{t("gpu-note")}</span>
      </div>
      {isSet ? <GpuPresets resource={resource} /> : null}
    </>
  );
}

function GpuPresets({ resource }: { readonly resource: string }) {
  const t = useTranslate();
  const change = useChange();
  const subject = useSubject();
  const tolerations = setting("tolerations", "argo");
  const selector = setting("node-selector", "argo");
  const tolerated = (holder: Holder) => JSON.stringify(valueAt(holder.data, ["tolerations"]) ?? []).includes(resource);
  const chosen = field(subject.holders[0].data, "nodeSelector");
  return (
    <div className="row wrap">
      {subject.holders.every(tolerated) ? null : (
        <button
          type="button"
          className="btn sm line"
          onClick={() => change(tolerations, (holder) => (tolerated(holder) ? [] : appended(holder, resource)))}
        >
          {t("setting-gpu-toleration", { name: resource })}
        </button>
      )}
      {isMap(chosen) && nodeLabels.some((label) => Object.hasOwn(chosen, label)) ? null : (
        <span className="field">
          <select
            aria-label={t("setting-gpu-node-label")}
            value=""
            onChange={(event) =>
              change(selector, (holder) => [
                set(holder, ["nodeSelector", event.target.value], event.target.value.startsWith("cloud.google") ? "nvidia-tesla-t4" : ""),
              ])
            }
          >
            <option value="" disabled>
              {t("setting-gpu-node")}
            </option>
            {nodeLabels.map((label) => (
              <option key={label} value={label}>
                {label}
              </option>
            ))}
          </select>
        </span>
      )}
    </div>
  );
}

function appended(holder: Holder, resource: string): readonly Edit[] {
  const before = valueAt(holder.data, ["tolerations"]);
  return [
    set(holder, ["tolerations"], [...(Array.isArray(before) ? before : []), { key: resource, operator: "Exists", effect: "NoSchedule" }]),
  ];
}
