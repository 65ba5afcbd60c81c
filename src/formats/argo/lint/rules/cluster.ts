/**
 * What Argo's lint lets pass and the API server, Kubernetes or a pod refuses. Kubernetes: API conventions and validators.
 * docs/spec/argo-lint.md#cluster
 */
import type { Report } from "#diagnostics/diagnostic.ts";
import { type Data, type DataMap, field, isMap, listField, type Path, textField } from "#data/data.ts";
import { amountOf } from "../quantity.ts";
import { parse } from "#yaml/parse.ts";
import { isDynamic } from "#pipeline/resolve-call.ts";
import { found, isLibrary, type Rule, type Subject } from "../checked-workflow.ts";

const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const labelName = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const envName = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;
/** The full CRDs take no more of each. */
const mostTemplates = 200;
const mostTasks = 200;
/** All annotations of an object together, in bytes. */
const annotationLimit = 256 * 1024;
const pullPolicies = ["", "Always", "IfNotPresent", "Never"];

/** Names, labels, containers and volumes as Kubernetes wants them. */
export const checkCluster: Rule = (subject, report) => {
  checkMetadata(subject, report);
  checkSizes(subject, report);
  const common = volumesOf(subject.spec, subject);
  for (const template of subject.templates) {
    const raw = subject.raw(template);
    const volumes = common && volumesOfTemplate(raw, common);
    for (const { container, path } of containersOf(raw, template.path)) checkContainer(container, path, volumes, report);
  }
};

function checkMetadata({ object, workflow }: Subject, report: Report): void {
  const metadata = field(object, "metadata");
  const path = [...workflow.path, "metadata"];
  const name = textField(metadata, "name");
  const prefix = textField(metadata, "generateName");
  if (name !== undefined && !subdomain.test(name)) found(report, "cluster", "object-name-invalid", [...path, "name"], { name });
  if (name === undefined && prefix !== undefined && !subdomain.test(`${prefix}x`))
    found(report, "cluster", "object-name-invalid", [...path, "generateName"], { name: prefix });
  const labels = field(metadata, "labels");
  if (isMap(labels)) {
    for (const [key, value] of Object.entries(labels)) {
      if (!isLabelKey(key)) found(report, "cluster", "label-key-invalid", [...path, "labels", key], { key });
      if (typeof value === "string" && value !== "" && !labelName.test(value))
        found(report, "cluster", "label-value-invalid", [...path, "labels", key], { key, value });
    }
  }
  const annotations = field(metadata, "annotations");
  if (!isMap(annotations)) return;
  for (const key of Object.keys(annotations))
    if (!isLabelKey(key)) found(report, "cluster", "annotation-key-invalid", [...path, "annotations", key], { key });
  const size = Object.entries(annotations).reduce(
    (sum, [key, value]) => sum + bytesOf(key) + bytesOf(typeof value === "string" ? value : ""),
    0,
  );
  if (size > annotationLimit) found(report, "cluster", "annotations-too-large", [...path, "annotations"], { size, limit: annotationLimit });
}

function isLabelKey(key: string): boolean {
  const parts = key.split("/");
  const [name = "", prefix] = parts.reverse();
  return parts.length <= 2 && labelName.test(name) && (prefix === undefined || (prefix.length <= 253 && subdomain.test(prefix)));
}

/** Length in UTF-8. */
function bytesOf(text: string): number {
  let size = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    size += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return size;
}

function checkSizes({ workflow }: Subject, report: Report): void {
  const { templates, specPath } = workflow;
  if (templates.length > mostTemplates)
    found(report, "warning", "crd-templates-max", [...specPath, "templates"], { n: templates.length, limit: mostTemplates });
  for (const { kind, tasks, path, name } of templates) {
    if (kind === "dag" && tasks.length > mostTasks)
      found(report, "warning", "crd-tasks-max", [...path, "dag", "tasks"], { name, n: tasks.length, limit: mostTasks });
  }
}

/**
 * Names of volumes that every template of the object may mount; undefined if they are not known: a library's template that is called by
 * templateRef gets the volumes of the workflow that runs (Argo: woc.volumes).
 */
function volumesOf(spec: DataMap, subject: Subject): ReadonlySet<string> | undefined {
  if (isLibrary(subject)) return undefined;
  const { base } = subject;
  const inherited = typeof base === "object" ? base.specRest : undefined;
  const names = new Set<string>();
  for (const one of [spec, inherited]) {
    for (const volume of listField(one, "volumes")) names.add(textField(volume, "name") ?? "");
    for (const claim of listField(one, "volumeClaimTemplates")) names.add(textField(field(claim, "metadata"), "name") ?? "");
    const patched = volumesOfPatch(one);
    if (patched === undefined) return undefined;
    for (const name of patched) names.add(name);
  }
  return names;
}

function volumesOfTemplate(raw: DataMap, common: ReadonlySet<string>): ReadonlySet<string> | undefined {
  const own = listField(raw, "volumes").map((volume) => textField(volume, "name") ?? "");
  const patched = volumesOfPatch(raw);
  return patched && new Set([...common, ...own, ...patched]);
}

/** Names of volumes that a podSpecPatch adds; undefined if it is not known before the run, or no YAML. */
function volumesOfPatch(owner: Data | undefined): readonly string[] | undefined {
  const patch = textField(owner, "podSpecPatch");
  if (patch === undefined || !patch.includes("volumes")) return [];
  if (isDynamic(patch)) return undefined;
  const { stream, diagnostics } = parse(patch);
  if (diagnostics.some(({ level }) => level === "error")) return undefined;
  return listField(stream[0], "volumes").map((volume) => textField(volume, "name") ?? "");
}

function containersOf(raw: DataMap, path: Path): readonly { readonly container: DataMap; readonly path: Path }[] {
  const single = ["container", "script"].map((key) => ({ container: field(raw, key), path: [...path, key] }));
  const lists = [
    { list: listField(raw, "sidecars"), path: [...path, "sidecars"] },
    { list: listField(raw, "initContainers"), path: [...path, "initContainers"] },
    { list: listField(field(raw, "containerSet"), "containers"), path: [...path, "containerSet", "containers"] },
  ].flatMap(({ list, path }) => list.map((container, index) => ({ container, path: [...path, index] })));
  return [...single, ...lists].flatMap(({ container, path }) => (isMap(container) ? [{ container, path }] : []));
}

function checkContainer(container: DataMap, path: Path, volumes: ReadonlySet<string> | undefined, report: Report): void {
  checkMounts(container, path, volumes, report);
  checkEnv(container, path, report);
  checkResources(field(container, "resources"), [...path, "resources"], report);
  const policy = textField(container, "imagePullPolicy");
  if (policy !== undefined && !isDynamic(policy) && !pullPolicies.includes(policy)) {
    found(report, "cluster", "pull-policy-unknown", [...path, "imagePullPolicy"], {
      value: policy,
      valid: pullPolicies.slice(1).join(", "),
    });
  }
  const name = textField(container, "name");
  if (
    name !== undefined &&
    name !== "" &&
    !isDynamic(name) &&
    !label.test(name) &&
    path.at(-1) !== "script" &&
    path.at(-1) !== "container"
  ) {
    found(report, "cluster", "container-name-invalid", [...path, "name"], { name });
  }
  listField(container, "ports").forEach((port, index) => {
    const number = field(port, "containerPort");
    if (typeof number === "number" && (number < 1 || number > 65535))
      found(report, "cluster", "port-range", [...path, "ports", index, "containerPort"], { value: number });
  });
}

function checkMounts(container: DataMap, dataPath: Path, volumes: ReadonlySet<string> | undefined, report: Report): void {
  listField(container, "volumeMounts").forEach((mount, index) => {
    const name = textField(mount, "name") ?? "";
    const path = textField(mount, "mountPath") ?? "";
    const below = [...dataPath, "volumeMounts", index];
    if (name !== "" && !isDynamic(name) && volumes?.has(name) === false)
      found(report, "cluster", "volume-mount-undefined", [...below, "name"], { name });
    if (path.includes(":") && !isDynamic(path)) found(report, "cluster", "mount-path-invalid", [...below, "mountPath"], { path });
  });
}

function checkEnv(container: DataMap, path: Path, report: Report): void {
  listField(container, "env").forEach((item, index) => {
    const name = textField(item, "name") ?? "";
    const below = [...path, "env", index];
    if (!isDynamic(name) && !envName.test(name))
      found(report, "cluster", "env-name-invalid", [...below, ...(name === "" ? [] : ["name"])], { name });
    if ((textField(item, "value") ?? "") !== "" && isMap(field(item, "valueFrom")))
      found(report, "cluster", "env-two-sources", below, { name });
  });
}

function checkResources(resources: Data | undefined, path: Path, report: Report): void {
  const [requests, limits] = [field(resources, "requests"), field(resources, "limits")];
  if (isMap(limits)) {
    for (const [name, value] of Object.entries(limits)) {
      const suspicious = name === "memory" && typeof value === "string" && /^\d+(\.\d+)?m$/.test(value);
      if (suspicious) found(report, "warning", "quantity-unit-suspicious", [...path, "limits", name], { name, value });
    }
  }
  if (!isMap(requests)) return;
  for (const [name, value] of Object.entries(requests)) {
    const [asked, limit] = [value, field(limits, name)].map((one) =>
      typeof one === "string" || typeof one === "number" ? amountOf(one) : undefined,
    );
    if (asked === undefined || limit === undefined) continue;
    const extended = name.includes("/") && !name.startsWith("kubernetes.io/");
    if (extended && asked !== limit)
      found(report, "cluster", "extended-resource-unequal", [...path, "requests", name], {
        name,
        request: String(value),
        limit: String(field(limits, name)),
      });
    else if (asked > limit)
      found(report, "cluster", "request-over-limit", [...path, "requests", name], {
        name,
        request: String(value),
        limit: String(field(limits, name)),
      });
  }
}
