import { Trash2 } from "lucide-react";
import { useState } from "react";
import { type Data, field, isMap, listField, textField } from "#model/data.ts";
import type { Edit, SettingTarget } from "#model/edit.ts";
import type { Template } from "#model/model.ts";
import { shownWorkflow } from "#editor/actions.ts";
import { freeName } from "#editor/names.ts";
import { IconButton } from "../parts/icon-button.tsx";
import { useEditor, useEditorState, useSay } from "../use-editor.ts";
import { AutoFocus } from "./environment.tsx";
import { Field } from "./field.tsx";
import { Section } from "./head.tsx";
import { edits, refused, textSetting } from "./values.ts";

interface Props {
  readonly template: Template;
  readonly target: SettingTarget;
  readonly owner: string;
  readonly of: string;
  readonly body: Data;
}

/** Mounts of the container, each with the volume behind it; a claim that exists can be mounted by its name. */
export function Volumes({ template, target, owner, of, body }: Props) {
  const say = useSay();
  const editor = useEditor();
  const workflow = useEditorState(shownWorkflow);
  const [adding, setAdding] = useState(false);
  const mounts = listField(body, "volumeMounts");
  const own = listField(template.rest, "volumes");
  const shared = workflow ? listField(workflow.specRest, "volumes") : [];
  const path = [template.kind, "volumeMounts"];
  const mount = (claim: string) => {
    if (!/^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/.test(claim)) return refused("invalid-name", { text: claim });
    const taken = new Set([...own, ...shared].map((volume) => textField(volume, "name") ?? ""));
    const name = freeName(claim.replaceAll(".", "-").slice(0, 60), taken);
    const mounted = new Set(mounts.map((one) => textField(one, "mountPath") ?? ""));
    return edits(
      { kind: "set-setting", target, path: ["volumes"], value: [...own, { name, persistentVolumeClaim: { claimName: claim } }] },
      { kind: "set-setting", target, path, value: [...mounts, { name, mountPath: freeName(`/mnt/${claim}`, mounted) }] },
    );
  };
  const remove = (index: number) => {
    const name = textField(mounts[index], "name");
    const volume = own.findIndex((one) => textField(one, "name") === name);
    const isLast = mounts.filter((one) => textField(one, "name") === name).length === 1;
    const list: Edit[] = [{ kind: "unset-setting", target, path: [...path, index] }];
    // The volume of this template goes with its last mount, if no other container of the template can be using it.
    if (isLast && volume >= 0 && listField(template.rest, "sidecars").length + listField(template.rest, "initContainers").length === 0) list.push({ kind: "unset-setting", target, path: ["volumes", volume] });
    editor.dispatch({ edits: list });
  };
  return (
    <Section title={say("section-volumes")} action={<button type="button" className="btn link" onClick={() => setAdding(true)}>{say("add-mount")}</button>}>
      {mounts.map((one, index) => {
        const name = textField(one, "name") ?? "";
        const at = own.findIndex((volume) => textField(volume, "name") === name);
        const volume = own[at] ?? shared.find((other) => textField(other, "name") === name);
        const claim = field(volume, "persistentVolumeClaim");
        return (
          <div className="card" key={index}>
            <div className="row">
              <b className="cut grow" translate="no">{name}</b>
              <span className="muted small">{isMap(volume) ? Object.keys(volume).find((key) => key !== "name") : ""}</span>
              <IconButton icon={Trash2} label={say("remove-named", { name })} onClick={() => remove(index)} />
            </div>
            <Field
              owner={owner} path={`mount-${index}-path`} of={of} isCode label={{ code: "field-mount-path", values: { name } }} value={textField(one, "mountPath") ?? ""} placeholder={say("mount-path")}
              meaning={(text) => (text.startsWith("/") ? edits({ kind: "set-setting", target, path: [...path, index, "mountPath"], value: text }) : refused("invalid-path"))}
            />
            {isMap(claim) && at >= 0 ? (
              <Field owner={owner} path={`mount-${index}-claim`} of={of} isCode label={{ code: "field-mount-claim", values: { name } }} value={textField(claim, "claimName") ?? ""} placeholder={say("claim-name")} meaning={textSetting(target, ["volumes", at, "persistentVolumeClaim", "claimName"], { required: true })} />
            ) : null}
          </div>
        );
      })}
      {adding ? (
        <div onBlur={() => setTimeout(() => setAdding(false))}>
          <Field owner={owner} path={`mount-new-${mounts.length}`} of={of} isName isCode label={{ code: "claim-name", values: {} }} value="" meaning={mount} placeholder={say("claim-name")} end={<AutoFocus />} />
        </div>
      ) : null}
      {mounts.length === 0 && !adding ? <span className="muted">{say("no-mounts")}</span> : null}
    </Section>
  );
}
