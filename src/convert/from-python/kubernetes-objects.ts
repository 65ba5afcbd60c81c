/**
 * Objects of the Kubernetes client for Python as data: `V1EnvVar(name="A", value="b")` is `{name: A, value: b}`. The client names fields in
 * snake_case, Kubernetes in camelCase.
 */
import type { Data, DataMap } from "#data/data.ts";
import type { Value } from "#python/pipeline-tree.ts";
import { all, namedArguments } from "./arguments.ts";

/** How the parts of an object are converted: any value as data, and what a container runs as a list of text. */
export interface Sayings {
  readonly data: (value: Value) => Data | undefined;
  readonly words: (value: Value) => Data | undefined;
}

/** Fields whose camelCase form keeps capitals together (kubernetes client 25: models, attribute_map). */
const capitals: Readonly<Record<string, string>> = {
  client_ip: "clientIP",
  cluster_ip: "clusterIP",
  dataset_uuid: "datasetUUID",
  disk_uri: "diskURI",
  downward_api: "downwardAPI",
  host_ip: "hostIP",
  host_ipc: "hostIPC",
  host_pid: "hostPID",
  load_balancer_ip: "loadBalancerIP",
  pd_id: "pdID",
  pod_ip: "podIP",
  provider_id: "providerID",
  scale_io: "scaleIO",
  set_hostname_as_fqdn: "setHostnameAsFQDN",
  storage_policy_id: "storagePolicyID",
  target_ww_ns: "targetWWNs",
  volume_id: "volumeID",
};

/** The order of positional arguments, for the classes with which they are used; any other class takes names. */
const positional: Readonly<Record<string, readonly string[]>> = {
  V1EnvVar: ["name", "value", "value_from"],
  V1EnvVarSource: ["config_map_key_ref", "field_ref", "resource_field_ref", "secret_key_ref"],
  V1VolumeMount: ["mount_path", "mount_propagation", "name", "read_only", "sub_path", "sub_path_expr"],
  V1PersistentVolumeClaimVolumeSource: ["claim_name", "read_only"],
  V1SecretKeySelector: ["key", "name", "optional"],
  V1ConfigMapKeySelector: ["key", "name", "optional"],
  V1LocalObjectReference: ["name"],
  V1Toleration: ["effect", "key", "operator", "toleration_seconds", "value"],
  V1ObjectFieldSelector: ["api_version", "field_path"],
  V1ResourceFieldSelector: ["container_name", "divisor", "resource"],
  V1SecretVolumeSource: ["default_mode", "items", "optional", "secret_name"],
  V1ConfigMapVolumeSource: ["default_mode", "items", "name", "optional"],
  V1EmptyDirVolumeSource: ["medium", "size_limit"],
  V1HostPathVolumeSource: ["path", "type"],
  V1ContainerPort: ["container_port", "host_ip", "host_port", "name", "protocol"],
  V1EnvFromSource: ["config_map_ref", "prefix", "secret_ref"],
  V1SecretEnvSource: ["name", "optional"],
  V1ConfigMapEnvSource: ["name", "optional"],
  V1KeyToPath: ["key", "mode", "path"],
  V1NodeSelectorRequirement: ["key", "operator", "values"],
  V1VolumeDevice: ["device_path", "name"],
  V1TypedLocalObjectReference: ["api_group", "kind", "name"],
  UserContainer: ["name", "image", "command", "args", "mirror_volume_mounts"],
  InitContainer: ["name", "image", "command", "args", "mirror_volume_mounts"],
  Sidecar: ["name", "image", "command", "args", "mirror_volume_mounts"],
};

const containers = new Set(["UserContainer", "InitContainer", "Sidecar"]);

/** The data of an object created in place; undefined for an object that is not part of Kubernetes. */
export function objectData(value: Extract<Value, { readonly kind: "object" }>, t: Sayings): DataMap | undefined {
  if (!/^V\d[A-Za-z0-9]*$/.test(value.name) && !containers.has(value.name)) return undefined;
  const named = namedArguments(value.arguments, positional[value.name] ?? []);
  return named && fieldsData(named, t, containers.has(value.name));
}

/** Fields in Kubernetes' spelling, without those that are None. A container of the SDK accepts its command as one text, too. */
export function fieldsData(named: ReadonlyMap<string, Value>, t: Sayings, isContainer: boolean): DataMap | undefined {
  const entries = all(
    [...named].map(([name, value]) => {
      const data = isContainer && (name === "command" || name === "args") ? t.words(value) : t.data(value);
      return data === undefined ? undefined : ([fieldName(name), data] as const);
    }),
  );
  return (
    entries &&
    Object.fromEntries(entries.filter(([name, data]) => data !== null && name !== "__proto__" && name !== "localVarsConfiguration"))
  );
}

/** `secret_key_ref` → `secretKeyRef`, `_from` → `from`. */
export function fieldName(name: string): string {
  if (Object.hasOwn(capitals, name)) return capitals[name] as string;
  return name.replace(/^_/, "").replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
