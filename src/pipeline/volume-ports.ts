import { field, listField, textField } from "#data/data.ts";
import type { OutputPort, Template } from "./model.ts";

/**
 * Which ports of a template are volumes: an input parameter that names the claim of a mounted volume, and the name output of a created
 * claim. In the file both are plain text. docs/spec/kfp-v1.md#kubernetes-objects: VolumeOp and pvolumes compile to these.
 */

/** Mount paths by the name of the input parameter that names the mounted claim; several paths are separated by a comma. */
export function mountedInputs(template: Template): ReadonlyMap<string, string> {
  const volumes = listField(template.rest, "volumes");
  if (volumes.length === 0) return none;
  const mounts = listField(field(template.rest, "container") ?? field(template.rest, "script"), "volumeMounts");
  const found = new Map<string, string>();
  for (const volume of volumes) {
    const input = inputName(textField(field(volume, "persistentVolumeClaim"), "claimName"));
    const name = textField(volume, "name");
    if (input === undefined || name === undefined) continue;
    const paths = mounts.flatMap((mount) => (textField(mount, "name") === name ? (textField(mount, "mountPath") ?? []) : []));
    found.set(input, [found.get(input), ...paths].filter(Boolean).join(", "));
  }
  return found;
}

/** Whether an output is the name of a claim that the template creates. */
export function isCreatedClaim(output: OutputPort, template: Template | undefined): boolean {
  if (template?.kind !== "resource" || output.kind !== "parameter") return false;
  const manifest = textField(field(template.rest, "resource"), "manifest") ?? "";
  if (!/^kind:\s*["']?PersistentVolumeClaim["']?\s*$/m.test(manifest)) return false;
  return /^\{\s*\.metadata\.name\s*\}$/.test(textField(field(output.rest, "valueFrom"), "jsonPath") ?? "");
}

const none: ReadonlyMap<string, string> = new Map();

function inputName(text: string | undefined): string | undefined {
  return /^\{\{\s*inputs\.parameters\.([^}\s]+)\s*\}\}$/.exec(text ?? "")?.[1];
}
