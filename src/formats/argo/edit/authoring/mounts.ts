import type { AuthoringEdit } from "#pipeline/authoring-edit.ts";
import { type Data, type DataMap, field, isMap, listField, sameData, textField } from "#data/data.ts";
import type { Edit } from "#pipeline/edit.ts";
import type { Template } from "#pipeline/model.ts";
import { k8sName } from "#kubernetes/kfp-names.ts";
import { referencesInData } from "../../syntax/references.ts";
import { claimVolume } from "../../kfp/lower/volumes.ts";
import type { Draft, Refused } from "#document/edit-draft.ts";
import { callsOf, findTask, type FoundTask, isRefused, refuse } from "#document/edit-targets.ts";
import { volumeMaker } from "./resources.ts";
import { flavorOf } from "../../flavor/flavor-of.ts";

// Volumes in containers, as the edits that a hand would make: the volume, its mount, and for a claim that another task makes the
// input that brings its name and the wire (docs/spec/kfp-v1.md#mounts). A volume that is mounted twice is listed once.

type Mount = Extract<AuthoringEdit, { kind: "mount-volume" }>;

/** A task whose template runs a program. */
interface Runner extends FoundTask {
  readonly callee: Template;
  readonly body: "container" | "script";
}

/** The edits that mount a volume. */
export function mountEdits(draft: Draft, edit: Mount): readonly Edit[] | Refused {
  const found = runnerOf(draft, edit.task);
  if (isRefused(found)) return found as Refused;
  const runner = found as Runner;
  const { task, callee, body } = runner;
  const path = callee.path;
  if (!/^\/[^:]*$/.test(edit.mountPath)) return refuse("authoring-mount-path", { path: edit.mountPath }, path);
  const mounts = listField(draft.at([...path, body]), "volumeMounts");
  if (mounts.some((mount) => textField(mount, "mountPath") === edit.mountPath))
    return refuse("authoring-mount-taken", { path: edit.mountPath, task: task.name }, path);
  const volumes = listField(draft.at(path), "volumes");
  const wanted = wantedVolume(draft, runner, edit.volume, volumes);
  if ("refusal" in wanted) return wanted;
  const { volume, before, after } = wanted;
  const name = textField(volume, "name") ?? "";
  const known = volumes.find((one) => textField(one, "name") === name);
  if (known !== undefined && !sameData(known, volume)) return refuse("authoring-volume-name-taken", { task: task.name, name }, path);
  const target = { kind: "template", template: callee.id } as const;
  const mount: DataMap = {
    mountPath: edit.mountPath,
    name,
    ...(edit.subPath !== undefined && edit.subPath !== "" && { subPath: edit.subPath }),
    ...(edit.readOnly === true && { readOnly: true }),
  };
  return [
    ...before,
    ...(known === undefined
      ? [
          {
            kind: "set-setting",
            target,
            path: ["volumes"],
            value: flavorOf(runner.workflow).inOrder([...volumes, volume], (one) => textField(one, "name") ?? ""),
          } as const,
        ]
      : []),
    { kind: "set-setting", target, path: [body, "volumeMounts"], value: [...mounts, mount] },
    ...after,
  ];
}

function runnerOf(draft: Draft, name: string): Runner | Refused {
  const found = findTask(draft, name);
  if (isRefused(found)) return found;
  const { task, callee } = found;
  if (!callee || (callee.kind !== "container" && callee.kind !== "script"))
    return refuse("authoring-no-container", { task: task.name }, task.path);
  return { ...found, callee, body: callee.kind };
}

/** The volume as the template lists it, and the edits that bring what it needs. */
interface Wanted {
  readonly volume: DataMap;
  readonly before: readonly Edit[];
  readonly after: readonly Edit[];
}

function wantedVolume(draft: Draft, runner: Runner, wish: Mount["volume"], volumes: readonly Data[]): Wanted | Refused {
  if ("of" in wish) return madeVolume(draft, runner, wish.of);
  if ("volume" in wish) return { volume: wish.volume, before: [], after: [] };
  const known = volumes.find((one) => textField(field(one, "persistentVolumeClaim"), "claimName") === wish.claim);
  if (isMap(known)) return { volume: known, before: [], after: [] };
  const name = flavorOf(runner.workflow).claimVolumeName(wish.claim);
  return { volume: claimVolume(name, wish.claim), before: [], after: [] };
}

/** The claim that another task makes: its name comes in as an input, and with it the order. */
function madeVolume(draft: Draft, runner: Runner, of: string): Wanted | Refused {
  const { task, callee } = runner;
  const found = findTask(draft, of);
  if (isRefused(found)) return found;
  const maker = volumeMaker(found);
  if (isRefused(maker)) return maker as Refused;
  const calls = callsOf(draft.model, callee).length;
  if (calls > 1) return refuse("authoring-template-shared", { template: callee.name, n: calls }, callee.path);
  const { output, task: source } = maker as Exclude<typeof maker, Refused>;
  const declared = callee.inputs.some((input) => input.kind === "parameter" && input.name === output);
  const given = task.arguments.some((one) => one.kind === "parameter" && one.name === output);
  return {
    volume: claimVolume(k8sName(found.callee?.name ?? source.name).slice(0, 63), `{{inputs.parameters.${output}}}`),
    before: declared ? [] : [{ kind: "add-port", template: callee.id, direction: "input", port: "parameter", name: output }],
    after: given
      ? []
      : [
          {
            kind: "connect",
            from: { task: source.id, port: output, portKind: "parameter" },
            to: { task: task.id, port: output, portKind: "parameter" },
          },
        ],
  };
}

/** The edits that remove a mount and what only the mount needed. */
export function unmountEdits(draft: Draft, edit: Extract<AuthoringEdit, { kind: "unmount-volume" }>): readonly Edit[] | Refused {
  const found = runnerOf(draft, edit.task);
  if (isRefused(found)) return found as Refused;
  const { task, callee, body } = found as Runner;
  const template = draft.at(callee.path);
  const mounts = listField(field(template, body), "volumeMounts");
  const mount = mounts.find((one) => textField(one, "mountPath") === edit.mountPath);
  if (mount === undefined) return refuse("authoring-not-mounted", { path: edit.mountPath, task: task.name }, callee.path);
  const target = { kind: "template", template: callee.id } as const;
  const left = mounts.filter((one) => one !== mount);
  const edits: Edit[] = [
    left.length > 0
      ? { kind: "set-setting", target, path: [body, "volumeMounts"], value: left }
      : { kind: "unset-setting", target, path: [body, "volumeMounts"] },
  ];
  const name = textField(mount, "name") ?? "";
  const others = ["initContainers", "sidecars"].flatMap((key) => listField(template, key)).flatMap((one) => listField(one, "volumeMounts"));
  if ([...left, ...others].some((one) => textField(one, "name") === name)) return edits;
  const volumes = listField(template, "volumes");
  const volume = volumes.find((one) => textField(one, "name") === name);
  if (volume === undefined) return edits;
  const remaining = volumes.filter((one) => one !== volume);
  edits.push(
    remaining.length > 0
      ? { kind: "set-setting", target, path: ["volumes"], value: remaining }
      : { kind: "unset-setting", target, path: ["volumes"] },
  );
  return [...edits, ...inputsOnlyFor(template, callee, volume)];
}

/** The inputs that nothing but the volume read. */
function inputsOnlyFor(template: Data | undefined, callee: Template, volume: Data): readonly Edit[] {
  const names = (data: Data | undefined) =>
    referencesInData(data).flatMap(({ reference }) =>
      reference.kind === "graph-input" && reference.port === "parameter" ? [reference.name] : [],
    );
  const all = names(template);
  return [...new Set(names(volume))]
    .filter((name) => all.filter((one) => one === name).length === names(volume).filter((one) => one === name).length)
    .filter((name) => callee.inputs.some((input) => input.kind === "parameter" && input.name === name))
    .map((name): Edit => ({ kind: "remove-port", template: callee.id, direction: "input", port: "parameter", name }));
}
