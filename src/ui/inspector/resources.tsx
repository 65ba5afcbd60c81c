import { Info, Minus, Plus } from "lucide-react";
import { type Data, field, isMap } from "#model/data.ts";
import type { SettingTarget } from "#model/edit.ts";
import type { Template } from "#model/model.ts";
import { IconButton } from "../parts/icon-button.tsx";
import { useEditor, useSay } from "../use-editor.ts";
import { Field } from "./field.tsx";
import { Section } from "./head.tsx";
import { countSetting, quantitySetting, shownValue } from "./values.ts";

interface Props {
  readonly template: Template;
  readonly target: SettingTarget;
  readonly owner: string;
  readonly of: string;
  readonly body: Data;
}

const gpuVendors = ["nvidia.com/gpu", "amd.com/gpu", "gpu.intel.com/i915"];

/** CPU, memory and GPU: what the scheduler sets aside (request) and what the task may use at most (limit). */
export function Resources({ template, target, owner, of, body }: Props) {
  const say = useSay();
  const resources = field(body, "resources");
  const quantity = (kind: "requests" | "limits", what: "cpu" | "memory") => {
    const value = field(field(resources, kind), what);
    const label = `field-${what}-${kind === "requests" ? "request" : "limit"}`;
    return (
      <Field
        owner={owner} path={label} of={of} isCode label={{ code: label, values: {} }} value={shownValue(value)} unit={what === "cpu" ? say("unit-cores") : undefined}
        placeholder={say("not-set")} meaning={quantitySetting(target, [template.kind, "resources", kind, what], value)}
      />
    );
  };
  return (
    <>
      <Section title={say("section-compute")}>
        <div className="grid2">
          <span />
          <span className="col">{say("col-request")}</span>
          <span className="col">{say("col-limit")}</span>
          <span>{say("cpu")}</span>
          {quantity("requests", "cpu")}
          {quantity("limits", "cpu")}
          <span>{say("memory")}</span>
          {quantity("requests", "memory")}
          {quantity("limits", "memory")}
        </div>
      </Section>
      <Gpu template={template} target={target} owner={owner} of={of} resources={resources} />
    </>
  );
}

function Gpu({ template, target, owner, of, resources }: Omit<Props, "body"> & { readonly resources: Data | undefined }) {
  const say = useSay();
  const editor = useEditor();
  const limits = field(resources, "limits");
  const found = isMap(limits) ? Object.keys(limits).find((key) => /gpu|\/mig-/i.test(key)) : undefined;
  const resource = found ?? "nvidia.com/gpu";
  const value = field(limits, resource);
  const path = [template.kind, "resources", "limits", resource];
  const count = Number(shownValue(value)) || 0;
  const step = (by: number) => {
    const next = Math.max(0, count + by);
    const kept = typeof value === "string" ? String(next) : next;
    editor.dispatch({ edits: [next === 0 ? { kind: "unset-setting", target, path } : { kind: "set-setting", target, path, value: kept }], key: `gpu ${owner}` });
  };
  const changeVendor = (to: string) => {
    if (value === undefined) return;
    editor.dispatch({ edits: [{ kind: "set-setting", target, path: [...path.slice(0, -1), to], value }, { kind: "unset-setting", target, path }] });
  };
  return (
    <Section title={say("section-gpu")}>
      <div className="grid2">
        <span>{say("col-limit")}</span>
        <Field
          owner={owner} path="gpu-limit" of={of} isCode label={{ code: "field-gpu-limit", values: {} }} value={shownValue(value)} placeholder="0" meaning={countSetting(target, path, value)}
          end={
            <>
              <IconButton small icon={Minus} label={say("fewer")} disabled={count === 0} onClick={() => step(-1)} />
              <IconButton small icon={Plus} label={say("additional")} onClick={() => step(1)} />
            </>
          }
        />
        <span className="field">
          <select aria-label={say("field-gpu-resource")} value={resource} disabled={value === undefined} onChange={(event) => changeVendor(event.target.value)}>
            {[...new Set([resource, ...gpuVendors])].map((name) => <option key={name} value={name}>{gpuVendors.includes(name) ? name.split("/")[0] : name}</option>)}
          </select>
        </span>
      </div>
      <div className="note">
        <Info className="i xs" aria-hidden="true" />
        <span>{say("gpu-note")}</span>
      </div>
    </Section>
  );
}
