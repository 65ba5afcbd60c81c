/**
 * What Argo's lint lets pass and the API server, Kubernetes or a pod refuses. Kubernetes: API conventions and validators.
 * docs/spec/argo-lint.md#cluster
 */
import type { Report } from "#diagnostics/diagnostic.ts";
import { type Data, type DataMap, field, isMap, listField, type Path, textField } from "#data/data.ts";
import { amountOf } from "../quantity.ts";
import { found, isDynamic, type Rule, type Subject } from "../subject.ts";

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
    const volumes = new Set([...common, ...listField(raw, "volumes").map((volume) => textField(volume, "name") ?? "")]);
    for (const { container, place } of containersOf(raw, template.place)) checkContainer(container, place, volumes, report);
  }
};

function checkMetadata({ object, workflow }: Subject, report: Report): void {
  const metadata = field(object, "metadata");
  const place = [...workflow.place, "metadata"];
  const name = textField(metadata, "name");
  const prefix = textField(metadata, "generateName");
  if (name !== undefined && !subdomain.test(name)) found(report, "cluster", "object-name-invalid", [...place, "name"], { name });
  if (name === undefined && prefix !== undefined && !subdomain.test(`${prefix}x`))
    found(report, "cluster", "object-name-invalid", [...place, "generateName"], { name: prefix });
  const labels = field(metadata, "labels");
  if (isMap(labels)) {
    for (const [key, value] of Object.entries(labels)) {
      if (!isLabelKey(key)) found(report, "cluster", "label-key-invalid", [...place, "labels", key], { key });
      if (typeof value === "string" && value !== "" && !labelName.test(value))
        found(report, "cluster", "label-value-invalid", [...place, "labels", key], { key, value });
    }
  }
  const annotations = field(metadata, "annotations");
  if (!isMap(annotations)) return;
  for (const key of Object.keys(annotations))
    if (!isLabelKey(key)) found(report, "cluster", "annotation-key-invalid", [...place, "annotations", key], { key });
  const size = Object.entries(annotations).reduce(
    (sum, [key, value]) => sum + bytesOf(key) + bytesOf(typeof value === "string" ? value : ""),
    0,
  );
  if (size > annotationLimit)
    found(report, "cluster", "annotations-too-large", [...place, "annotations"], { size, limit: annotationLimit });
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
  const { templates, specPlace } = workflow;
  if (templates.length > mostTemplates)
    found(report, "warning", "crd-templates-max", [...specPlace, "templates"], { n: templates.length, limit: mostTemplates });
  for (const { kind, tasks, place, name } of templates) {
    if (kind === "dag" && tasks.length > mostTasks)
      found(report, "warning", "crd-tasks-max", [...place, "dag", "tasks"], { name, n: tasks.length, limit: mostTasks });
  }
}

/** Names of volumes that every template of the object may mount. */
function volumesOf(spec: DataMap, { base }: Subject): readonly string[] {
  const inherited = typeof base === "object" ? base.specRest : undefined;
  return [spec, inherited].flatMap((one) => [
    ...listField(one, "volumes").map((volume) => textField(volume, "name") ?? ""),
    ...listField(one, "volumeClaimTemplates").map((claim) => textField(field(claim, "metadata"), "name") ?? ""),
  ]);
}

function containersOf(raw: DataMap, place: Path): readonly { readonly container: DataMap; readonly place: Path }[] {
  const single = ["container", "script"].map((key) => ({ container: field(raw, key), place: [...place, key] }));
  const lists = [
    { list: listField(raw, "sidecars"), place: [...place, "sidecars"] },
    { list: listField(raw, "initContainers"), place: [...place, "initContainers"] },
    { list: listField(field(raw, "containerSet"), "containers"), place: [...place, "containerSet", "containers"] },
  ].flatMap(({ list, place }) => list.map((container, index) => ({ container, place: [...place, index] })));
  return [...single, ...lists].flatMap(({ container, place }) => (isMap(container) ? [{ container, place }] : []));
}

function checkContainer(container: DataMap, place: Path, volumes: ReadonlySet<string>, report: Report): void {
  checkMounts(container, place, volumes, report);
  checkEnv(container, place, report);
  checkResources(field(container, "resources"), [...place, "resources"], report);
  const policy = textField(container, "imagePullPolicy");
  if (policy !== undefined && !isDynamic(policy) && !pullPolicies.includes(policy)) {
    found(report, "cluster", "pull-policy-unknown", [...place, "imagePullPolicy"], {
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
    place.at(-1) !== "script" &&
    place.at(-1) !== "container"
  ) {
    found(report, "cluster", "container-name-invalid", [...place, "name"], { name });
  }
  listField(container, "ports").forEach((port, index) => {
    const number = field(port, "containerPort");
    if (typeof number === "number" && (number < 1 || number > 65535))
      found(report, "cluster", "port-range", [...place, "ports", index, "containerPort"], { value: number });
  });
}

function checkMounts(container: DataMap, place: Path, volumes: ReadonlySet<string>, report: Report): void {
  listField(container, "volumeMounts").forEach((mount, index) => {
    const name = textField(mount, "name") ?? "";
    const path = textField(mount, "mountPath") ?? "";
    const below = [...place, "volumeMounts", index];
    if (name !== "" && !isDynamic(name) && !volumes.has(name))
      found(report, "cluster", "volume-mount-undefined", [...below, "name"], { name });
    if (path.includes(":") && !isDynamic(path)) found(report, "cluster", "mount-path-invalid", [...below, "mountPath"], { path });
  });
}

function checkEnv(container: DataMap, place: Path, report: Report): void {
  listField(container, "env").forEach((item, index) => {
    const name = textField(item, "name") ?? "";
    const below = [...place, "env", index];
    if (!isDynamic(name) && !envName.test(name))
      found(report, "cluster", "env-name-invalid", [...below, ...(name === "" ? [] : ["name"])], { name });
    if ((textField(item, "value") ?? "") !== "" && isMap(field(item, "valueFrom")))
      found(report, "cluster", "env-two-sources", below, { name });
  });
}

function checkResources(resources: Data | undefined, place: Path, report: Report): void {
  const [requests, limits] = [field(resources, "requests"), field(resources, "limits")];
  if (isMap(limits)) {
    for (const [name, value] of Object.entries(limits)) {
      const suspicious = name === "memory" && typeof value === "string" && /^\d+(\.\d+)?m$/.test(value);
      if (suspicious) found(report, "warning", "quantity-unit-suspicious", [...place, "limits", name], { name, value });
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
      found(report, "cluster", "extended-resource-unequal", [...place, "requests", name], {
        name,
        request: String(value),
        limit: String(field(limits, name)),
      });
    else if (asked > limit)
      found(report, "cluster", "request-over-limit", [...place, "requests", name], {
        name,
        request: String(value),
        limit: String(field(limits, name)),
      });
  }
}
