import { type Data, type DataMap, field, isList, isMap } from "#data/data.ts";
import { pythonJson } from "#components/python-text.ts";

// Argo does not template resources, since they must be quantities before the pipeline runs. A value from a parameter is written into
// podSpecPatch instead: JSON text that is merged into the pod when it is created. KFP: the SDK writes `{"containers": [{"name": "main",
// …}]}`.

type Key = readonly [side: string, resource: string];

/** Resources of the main container that a podSpecPatch sets: side, resource, text. Undefined: there is no patch that can be read. */
export function patchedByPod(patch: Data | undefined): readonly (readonly [side: string, resource: string, text: string])[] | undefined {
  const resources = field(containersOf(parsed(patch)).find(isMain), "resources");
  if (!isMap(resources)) return undefined;
  return Object.entries(resources).flatMap(([side, values]) =>
    isMap(values) ? Object.entries(values).flatMap(([name, text]) => (typeof text === "string" ? [[side, name, text] as const] : [])) : [],
  );
}

/** The patch with one resource of the main container set. A patch that is not JSON (YAML, a reference) is returned unchanged. */
export function podPatchWith(patch: Data | undefined, [side, resource]: Key, text: string): string {
  const whole = parsed(patch);
  if (whole === undefined && typeof patch === "string" && patch.trim() !== "") return patch;
  const containers = containersOf(whole);
  const main = containers.find(isMain) ?? { name: "main" };
  const resources = field(main, "resources");
  const next = { ...mapOf(main), resources: { ...mapOf(resources), [side]: { ...mapOf(field(resources, side)), [resource]: text } } };
  const after = containers.some(isMain) ? containers.map((one) => (one === main ? next : one)) : [...containers, next];
  return pythonJson({ ...mapOf(whole), containers: after });
}

/** The patch without one resource; undefined if nothing is left. */
export function podPatchWithout(patch: Data | undefined, [side, resource]: Key): string | undefined {
  const whole = parsed(patch);
  if (!isMap(whole)) return typeof patch === "string" ? patch : undefined;
  const containers = containersOf(whole).flatMap((one): Data[] => {
    if (!isMain(one)) return [one];
    const resources = field(one, "resources");
    const left = changed(one, "resources", changed(resources, side, changed(field(resources, side), resource, undefined)));
    return Object.keys(left ?? {}).some((key) => key !== "name") ? [left as DataMap] : [];
  });
  const left = changed(whole, "containers", containers.length === 0 ? undefined : containers);
  return left && pythonJson(left);
}

/** A mapping with one key set or, with undefined, removed; undefined if nothing is left. */
function changed(value: Data | undefined, key: string, next: Data | undefined): DataMap | undefined {
  const entries = Object.entries(mapOf(value)).flatMap(([name, one]) =>
    name !== key ? [[name, one] as const] : next === undefined ? [] : [[name, next] as const],
  );
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function isMain(container: Data): boolean {
  return field(container, "name") === "main";
}

function containersOf(whole: Data | undefined): readonly Data[] {
  const containers = field(whole, "containers");
  return isList(containers) ? containers : [];
}

function mapOf(value: Data | undefined): DataMap {
  return isMap(value) ? value : {};
}

function parsed(patch: Data | undefined): Data | undefined {
  if (typeof patch !== "string" || patch.length > 100_000) return undefined;
  try {
    return JSON.parse(patch) as Data;
  } catch {
    return undefined;
  }
}
