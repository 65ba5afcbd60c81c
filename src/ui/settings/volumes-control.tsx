import { TriangleAlert } from "lucide-react";
import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import { field, textField } from "#data/data.ts";
import { calleeOf } from "#pipeline/resolve-call.ts";
import type { TaskId } from "#pipeline/model.ts";
import { selectedGraph, currentWorkflow } from "#editor/actions.ts";
import type { RowValues } from "#editor/field-drafts.ts";
import { freeMountPath, mountRefusal, mountVolume, remountRefusal, remountVolume } from "#editor/mount-volume.ts";
import { freeTaskName } from "#pipeline/free-names.ts";
import { pathOf, removal, set } from "#editor/settings/access.ts";
import type { Setting } from "#editor/settings/setting.ts";
import { setting as settingOf } from "#editor/settings/table.ts";
import {
  knownVolumes,
  makesClaim,
  type MountedVolume,
  mountedVolumes,
  mountKnown,
  mountNew,
  unmount,
  volumeKinds,
} from "#editor/settings/volumes.ts";
import type { EditorState } from "#editor/state.ts";
import type { HeldWire, Judgement } from "../canvas/canvas-props.ts";
import { type ShownWireField, useWireField } from "../inspector/use-wire-field.tsx";
import { useEditor, useEditorState, useTranslate } from "../use-editor.ts";
import { RowCard } from "./rows-control.tsx";
import { RowInput, RowNote, useNewRows, useRow } from "./row.tsx";
import { useChange, useSubject } from "./edited-tasks.ts";
import { Cell } from "./text-control.tsx";
import { sourceNames, sourceParts, VolumeSource } from "./volume-rows.tsx";
import { YamlBelow } from "./yaml-control.tsx";

/** What a container mounts, each with its path and the volume behind it. */
export function VolumesControl({ setting }: { readonly setting: Setting }) {
  const t = useTranslate();
  const subject = useSubject();
  const mounts = mountedVolumes(subject.holders[0]);
  return (
    <div className="stack">
      {mounts.map((mounted) => (
        <Mount key={mounted.index} setting={setting} mounted={mounted} />
      ))}
      {mounts.length === 0 ? <span className="muted">{t("no-mounts")}</span> : null}
      <AddVolume setting={setting} />
    </div>
  );
}

function Mount({ setting, mounted }: { readonly setting: Setting; readonly mounted: MountedVolume }) {
  const t = useTranslate();
  const editor = useEditor();
  const change = useChange();
  const subject = useSubject();
  const { index, name, kind } = mounted;
  const claim = textField(field(mounted.volume, "persistentVolumeClaim"), "claimName") ?? "";
  const isMade = claim.startsWith("{{inputs.");
  const maker = useEditorState((state) => (isMade ? makerOf(state, subject.task, claim) : undefined));
  const remove = () => {
    const mountPath = textField(mounted.mount, "mountPath");
    // What a VolumeOp made also has an input, an argument and a dependency: they are removed together.
    const wired =
      isMade && subject.task !== undefined && mountPath !== undefined
        ? ([{ kind: "unmount-volume", task: subject.task, mountPath }] as const)
        : undefined;
    if (wired && editor.refusal(wired) === undefined) editor.dispatch({ edits: wired });
    else change(setting, (holder) => unmount(holder, index));
  };
  const wire = useMountField(mounted, isMade ? inputName(claim) : undefined);
  const text = { kind: "text", code: true } as const;
  return (
    <RowCard
      name={name}
      wire={subject.task === undefined ? undefined : wire}
      onRemove={remove}
      yaml={<YamlBelow setting={setting} below={[index]} name={name} />}
      title={
        <>
          <b className="cut" translate="no">
            {name}
          </b>
          <span className="muted small cut grow">
            {maker !== undefined
              ? t("volume-of-task", { task: maker })
              : kind === undefined
                ? ""
                : Object.hasOwn(volumeKinds, kind) || kind === "volumeClaimTemplate"
                  ? t(`volume-kind-${kind}`)
                  : kind}
            {mounted.from === "pipeline" ? ` · ${t("volume-shared")}` : ""}
          </span>
        </>
      }
    >
      <div className="columns">
        <Cell
          setting={setting}
          below={[index, "mountPath"]}
          shape={{ ...text, rule: "mount-path" }}
          required
          label={{ code: "field-mount-path", values: { name } }}
          placeholder={t("mount-path")}
        />
        <Cell
          setting={setting}
          below={[index, "subPath"]}
          shape={{ ...text, rule: "sub-path" }}
          label={{ code: "field-sub-path", values: { name } }}
          placeholder={t("column-sub-path")}
        />
        <label className="row">
          <input
            type="checkbox"
            aria-label={t("field-read-only", { name })}
            checked={field(mounted.mount, "readOnly") === true}
            onChange={(event) =>
              change(setting, (holder) => [
                event.target.checked
                  ? set(holder, [...pathOf(setting, holder), index, "readOnly"], true)
                  : removal(holder, [...pathOf(setting, holder), index, "readOnly"]),
              ])
            }
          />
          {t("column-read-only")}
        </label>
        <button
          type="button"
          className="btn link start"
          onClick={() => change(setting, (holder) => mountKnown(holder, name, textField(mounted.mount, "mountPath") ?? "/mnt"))}
        >
          {t("volume-mount-again")}
        </button>
      </div>
      {mounted.from === "missing" ? (
        <span className="note t-warning">
          <TriangleAlert className="i xs" aria-hidden="true" />
          {t("volume-missing", { name })}
        </span>
      ) : null}
      {mounted.path && kind !== undefined && maker === undefined ? (
        <VolumeSource
          setting={settingOf("volumes", "argo")}
          below={[...mounted.path.slice(1), kind]}
          kind={kind}
          value={field(mounted.volume, kind)}
          of={name}
        />
      ) : null}
    </RowCard>
  );
}

/** Takes a volume's wire: it is mounted there in place of what the row mounts. `input`: the input that brings the claim's name. */
function useMountField({ index, mount }: MountedVolume, input: string | undefined): ShownWireField {
  const editor = useEditor();
  const task = useSubject().task ?? "";
  const at = {
    mountPath: textField(mount, "mountPath") ?? "",
    ...(typeof mount.subPath === "string" && { subPath: mount.subPath }),
    ...(mount.readOnly === true && { readOnly: true }),
  };
  const end = input === undefined ? undefined : ({ task: task as TaskId, port: input, portKind: "parameter" } as const);
  return useWireField(`mount ${task} ${index}`, {
    judge: (wire) => {
      if (!wire.isVolume) return noVolume;
      return end ? wire.judge(end) : judgementOf(remountRefusal(editor, { of: wire.from.task, task }, at));
    },
    take: (wire) => (end ? wire.connect(end) : remountVolume(editor, { of: wire.from.task, task }, at)),
  });
}

/** Takes a volume's wire beside the mounts: it is mounted at a free path. */
function useNewMountField(): ShownWireField {
  const editor = useEditor();
  const task = useSubject().task ?? "";
  const mounting = (wire: HeldWire) => ({ of: wire.from.task, task });
  return useWireField(`mount ${task} new`, {
    judge: (wire) => (wire.isVolume ? judgementOf(mountRefusal(editor, mounting(wire), freeMountPath(editor, mounting(wire)))) : noVolume),
    take: (wire) => mountVolume(editor, mounting(wire), freeMountPath(editor, mounting(wire))),
  });
}

const noVolume: Judgement = { fits: "no", reason: { code: "wire-no-volume", values: {} } };

function judgementOf(refusal: Diagnostic | undefined): Judgement {
  return refusal ? { fits: "no", reason: { code: refusal.code, values: refusal.values } } : { fits: "yes" };
}

function inputName(claim: string): string | undefined {
  return /^\{\{inputs\.parameters\.([^}]+)\}\}$/.exec(claim)?.[1];
}

function AddVolume({ setting }: { readonly setting: Setting }) {
  const t = useTranslate();
  const editor = useEditor();
  const change = useChange();
  const subject = useSubject();
  const fresh = useNewRows("row-mount-");
  const makers = useEditorState(volumeTasks);
  const [holder] = subject.holders;
  const wire = useNewMountField();
  const choose = (choice: string) => {
    const [kind = "", ...rest] = choice.split(" ");
    const name = rest.join(" ");
    if (kind === "known") change(setting, (one) => mountKnown(one, name, `/mnt/${name}`));
    else if (kind === "made" && subject.task !== undefined) {
      const taken = new Set(mountedVolumes(holder).map(({ mount }) => textField(mount, "mountPath") ?? ""));
      editor.dispatch({
        edits: [{ kind: "mount-volume", task: subject.task, mountPath: freeTaskName("/mnt", taken), volume: { of: name } }],
      });
    } else if (Object.hasOwn(sourceNames, kind)) fresh.ask({ kind });
    else change(setting, (one) => mountNew(one, kind, "data"));
  };
  return (
    <>
      {fresh.rows.map(({ key, path, start, isAsked }) => (
        <NewMount key={key} path={path} start={start} hasFocus={isAsked} onClose={() => fresh.close(path)} />
      ))}
      <span className="field start wire-field" {...(subject.task === undefined ? {} : wire.row)}>
        <select aria-label={t("volume-add")} value="" onChange={(event) => choose(event.target.value)}>
          <option value="" disabled>
            {t("volume-add")}
          </option>
          {subject.task === undefined
            ? null
            : makers
                .split("\n")
                .filter((id) => id !== "" && id !== subject.task)
                .map((id) => (
                  <option key={id} value={`made ${id}`}>
                    {t("volume-kind-volume-op", { name: id.split("/").at(-1) ?? id })}
                  </option>
                ))}
          {knownVolumes(holder).map((name) => (
            <option key={name} value={`known ${name}`}>
              {t("volume-kind-known", { name })}
            </option>
          ))}
          {Object.keys(volumeKinds).map((kind) => (
            <option key={kind} value={kind}>
              {t(`volume-kind-${kind}`)}
            </option>
          ))}
        </select>
      </span>
      {wire.reason}
    </>
  );
}

/** A volume of something that exists in the cluster: mounted as soon as its name is given. */
function NewMount({
  path,
  start,
  hasFocus,
  onClose,
}: {
  readonly path: string;
  readonly start: RowValues;
  readonly hasFocus: boolean;
  readonly onClose: () => void;
}) {
  const t = useTranslate();
  const subject = useSubject();
  const row = useRow({
    path,
    start,
    field: ({ kind = "" }) => ({ code: "row-volume", values: { kind: t(`volume-kind-${kind}`) } }),
    parts: ({ kind = "" }) => sourceParts(kind, t),
    edits: ({ kind = "", source = "" }) => subject.holders.flatMap((one) => mountNew(one, kind, source)),
    onClose,
  });
  return (
    <div {...row.card} className="stack">
      <RowInput row={row} id="source" hasFocus={hasFocus} />
      <RowNote row={row} />
    </div>
  );
}

/** The task whose claim comes in by the input that a claim name refers to. */
function makerOf(state: EditorState, task: string | undefined, claim: string): string | undefined {
  const name = /^\{\{inputs\.parameters\.([^}]+)\}\}$/.exec(claim)?.[1];
  const binding = selectedGraph(state)
    ?.tasks.find(({ id }) => id === task)
    ?.arguments.find((one) => one.kind === "parameter" && one.name === name)?.binding;
  return binding?.kind === "reference" && binding.reference.kind === "task-output" ? binding.reference.task : undefined;
}

/** Ids of the calls in the graph shown that make a volume claim, as lines: a text stays equal from edit to edit. */
function volumeTasks(state: EditorState): string {
  const workflow = currentWorkflow(state);
  const graph = selectedGraph(state);
  if (!workflow || !graph) return "";
  return graph.tasks
    .filter((task) => {
      const template = calleeOf(state.document.model, workflow, task.call)?.template;
      return template && makesClaim(template) && template.outputs.some(({ kind, name }) => kind === "parameter" && name.endsWith("name"));
    })
    .map(({ id }) => id)
    .join("\n");
}
