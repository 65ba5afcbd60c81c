/**
 * The `set_…` and `add_…` methods of a task of the SDK, on the task or its container, as fields of the template.
 * docs/spec/kfp-v1.md#step-settings
 */
import type { Data } from "#data/data.ts";
import type { Value } from "#python/pipeline-tree.ts";
import { appendTo, type Draft, isContainer, setField } from "./op-draft.ts";
import { applyHelper } from "./helpers.ts";
import { mountsOf } from "./operators.ts";
import { dataOf, textOf } from "./values.ts";
import type { VolumeScope } from "./volumes.ts";

/** One call with its arguments by the parameters' names. Returns whether it was understood; a draft is changed only then. */
export type Setter = (draft: Draft, named: ReadonlyMap<string, Value>, scope: VolumeScope) => boolean;

interface Method {
  readonly parameters: readonly string[];
  readonly set: Setter;
}

/** Takes one value as data into the template. */
function taking(parameter: string, put: (draft: Draft, data: Data) => void, absent?: Data): Method {
  return {
    parameters: [parameter],
    set: (draft, named, { resolve }) => {
      const value = named.get(parameter);
      const data = value ? dataOf(value, resolve) : absent;
      if (data === undefined || data === null) return false;
      put(draft, data);
      return true;
    },
  };
}

const inContainer = (key: string, parameter: string, absent?: Data) =>
  taking(parameter, (draft, data) => setField(draft, ["container", key], data), absent);
const addedToContainer = (key: string, parameter: string) => taking(parameter, (draft, data) => appendTo(draft, ["container", key], data));
const added = (key: string, parameter: string) => taking(parameter, (draft, data) => appendTo(draft, [key], data));

/** Takes a name and a value into a mapping of the template. */
function entry(path: readonly string[], parameters: readonly [name: string, value: string], asText = false): Method {
  return {
    parameters,
    set: (draft, named, { resolve }) => {
      const name = textOf(named.get(parameters[0]), resolve);
      const value = named.get(parameters[1]);
      const data = value && (asText ? textOf(value, resolve) : dataOf(value, resolve));
      if (name === undefined || data === undefined || data === null) return false;
      setField(draft, [...path, name], data);
      return true;
    },
  };
}

/** A quantity. The SDK accepts text only; a number means the same. */
function quantity(group: "requests" | "limits", resource: string, parameter: string): Method {
  return {
    parameters: [parameter],
    set: (draft, named, { resolve }) => {
      const text = textOf(named.get(parameter), resolve);
      if (text !== undefined) setField(draft, ["container", "resources", group, resource], text);
      return text !== undefined;
    },
  };
}

function gpuLimit(draft: Draft, named: ReadonlyMap<string, Value>, { resolve }: VolumeScope): boolean {
  const gpu = named.get("gpu");
  const data = gpu && dataOf(gpu, resolve);
  const vendor = named.has("vendor") ? textOf(named.get("vendor"), resolve) : "nvidia";
  if ((typeof data !== "number" && typeof data !== "string") || vendor === undefined) return false;
  // For a vendor given by a reference the SDK 1.8 uses the reference as the whole resource name, so people write the whole name there.
  setField(draft, ["container", "resources", "limits", /^(nvidia|amd)$/.test(vendor) ? `${vendor}.com/gpu` : vendor], data);
  return true;
}

const retryParameters = ["num_retries", "policy", "backoff_duration", "backoff_factor", "backoff_max_duration"] as const;

function retry(draft: Draft, named: ReadonlyMap<string, Value>, { resolve }: VolumeScope): boolean {
  const [limit, retryPolicy, duration, factor, maxDuration] = retryParameters.map((parameter) => {
    const value = named.get(parameter);
    return value ? dataOf(value, resolve) : null;
  });
  if ([limit, retryPolicy, duration, factor, maxDuration].includes(undefined)) return false;
  const message = (fields: Readonly<Record<string, Data | undefined>>) =>
    Object.fromEntries(Object.entries(fields).filter(([, value]) => value)) as Record<string, Data>;
  const backoff = message({ duration, factor, maxDuration });
  const strategy = message({ limit, retryPolicy, backoff: Object.keys(backoff).length > 0 ? backoff : undefined });
  if (limit || retryPolicy) setField(draft, ["retryStrategy"], strategy);
  return true;
}

const methods: Readonly<Record<string, Method>> = {
  set_cpu_request: quantity("requests", "cpu", "cpu"),
  set_cpu_limit: quantity("limits", "cpu", "cpu"),
  set_memory_request: quantity("requests", "memory", "memory"),
  set_memory_limit: quantity("limits", "memory", "memory"),
  set_ephemeral_storage_request: quantity("requests", "ephemeral-storage", "size"),
  set_ephemeral_storage_limit: quantity("limits", "ephemeral-storage", "size"),
  add_resource_request: entry(["container", "resources", "requests"], ["resource_name", "value"]),
  add_resource_limit: entry(["container", "resources", "limits"], ["resource_name", "value"]),
  set_gpu_limit: { parameters: ["gpu", "vendor"], set: gpuLimit },
  add_env_variable: addedToContainer("env", "env_variable"),
  add_env_from: addedToContainer("envFrom", "env_from"),
  add_volume_mount: addedToContainer("volumeMounts", "volume_mount"),
  add_volume_devices: addedToContainer("volumeDevices", "volume_device"),
  add_port: addedToContainer("ports", "container_port"),
  set_image_pull_policy: inContainer("imagePullPolicy", "image_pull_policy"),
  set_security_context: inContainer("securityContext", "security_context"),
  set_stdin: inContainer("stdin", "stdin", true),
  set_stdin_once: inContainer("stdinOnce", "stdin_once", true),
  set_tty: inContainer("tty", "tty", true),
  set_termination_message_path: inContainer("terminationMessagePath", "termination_message_path"),
  set_termination_message_policy: inContainer("terminationMessagePolicy", "termination_message_policy"),
  set_readiness_probe: inContainer("readinessProbe", "readiness_probe"),
  set_liveness_probe: inContainer("livenessProbe", "liveness_probe"),
  set_lifecycle: inContainer("lifecycle", "lifecycle"),
  add_volume: added("volumes", "volume"),
  add_toleration: added("tolerations", "tolerations"),
  add_init_container: added("initContainers", "init_container"),
  add_sidecar: added("sidecars", "sidecar"),
  add_affinity: taking("affinity", (draft, data) => setField(draft, ["affinity"], data)),
  add_node_selector_constraint: entry(["nodeSelector"], ["label_name", "value"]),
  add_pod_annotation: entry(["metadata", "annotations"], ["name", "value"], true),
  add_pod_label: entry(["metadata", "labels"], ["name", "value"], true),
  set_timeout: taking("seconds", (draft, data) => setField(draft, ["activeDeadlineSeconds"], data)),
  set_retry: { parameters: retryParameters, set: retry },
  set_display_name: {
    parameters: ["name"],
    set: (draft, named, { resolve }) => {
      const name = textOf(named.get("name"), resolve);
      if (name !== undefined) draft.displayName = name;
      return name !== undefined;
    },
  },
  set_caching_options: {
    parameters: ["enable_caching"],
    set: (draft, named) => setCaching(draft, named.get("enable_caching")),
  },
  add_pvolumes: {
    parameters: ["pvolumes"],
    set: (draft, named, scope) => {
      const value = named.get("pvolumes");
      const mounts = value && mountsOf(value, scope);
      if (mounts) draft.mounts.push(...mounts);
      return mounts !== undefined;
    },
  },
  apply: {
    parameters: ["mod_func"],
    set: (draft, named, { resolve }) => {
      const helper = named.get("mod_func");
      return helper?.kind === "object" && applyHelper(draft, helper, resolve);
    },
  },
};

/** Methods of every task; the others are the container's. */
const forAll = new Set(
  "add_volume add_toleration add_init_container add_sidecar add_affinity add_node_selector_constraint add_pod_annotation add_pod_label set_timeout set_retry set_display_name set_caching_options apply".split(
    " ",
  ),
);

/**
 * The method of a task by its name, with or without `container.` before it; undefined if the SDK has none or the task has no container.
 */
export function methodOf(name: string, draft: Draft): Method | undefined {
  const plain = name.replace(/^container\./, "");
  if (!Object.hasOwn(methods, plain) || (!isContainer(draft) && (name !== plain || !forAll.has(plain)))) return undefined;
  return methods[plain];
}

/** Assignable attributes: `task.execution_options.caching_strategy.max_cache_staleness = "P0D"` and a few others. */
export function assign(draft: Draft, path: readonly string[], value: Value, { resolve }: VolumeScope): boolean {
  const text = textOf(value, resolve);
  switch (path.join(".")) {
    case "execution_options.caching_strategy.max_cache_staleness":
      if (value.kind !== "constant" || value.value.kind !== "str") return false;
      draft.maxCacheStaleness = value.value.value;
      return true;
    case "enable_caching":
      return setCaching(draft, value);
    case "display_name":
      if (text !== undefined) draft.displayName = text;
      return text !== undefined;
    case "image":
    case "container.image":
      if (text !== undefined && isContainer(draft)) setField(draft, ["container", "image"], text);
      return text !== undefined && isContainer(draft);
    default:
      return false;
  }
}

function setCaching(draft: Draft, value: Value | undefined): boolean {
  if (value?.kind !== "constant" || value.value.kind !== "bool") return false;
  draft.caching = value.value.value;
  return true;
}
