/** The helpers of the SDK 1.8 that `task.apply(…)` accepts (kfp.onprem, kfp.aws, kfp.azure, kfp.gcp, dsl.extensions). */
import { type Data, type DataMap, field, isMap } from "#data/data.ts";
import type { Value } from "#python/pipeline-tree.ts";
import { namedArguments } from "./arguments.ts";
import { appendTo, type Draft, isContainer, setField } from "./op-draft.ts";
import { dataOf, type Resolve } from "./values.ts";

interface Helper {
  /** Parameters in order, with their defaults; undefined: required. */
  readonly parameters: Readonly<Record<string, Data | undefined>>;
  /** Applies it; false if the arguments are invalid. */
  readonly apply: (draft: Draft, given: DataMap) => boolean;
}

const text = (data: Data | undefined) => (typeof data === "string" ? data : "");

function addEnv(draft: Draft, name: string, value: DataMap): void {
  appendTo(draft, ["container", "env"], { name, ...value });
}

function fromSecret(name: Data | undefined, key: string): DataMap {
  return { valueFrom: { secretKeyRef: { name: text(name), key } } };
}

function mount(draft: Draft, volume: DataMap, mountPath: Data | undefined): void {
  appendTo(draft, ["volumes"], volume);
  appendTo(draft, ["container", "volumeMounts"], { name: volume["name"] ?? "", mountPath: text(mountPath) });
}

const helpers: Readonly<Record<string, Helper>> = {
  mount_pvc: {
    parameters: { pvc_name: "pipeline-claim", volume_name: "pipeline", volume_mount_path: "/mnt/pipeline" },
    apply: (draft, given) => {
      mount(
        draft,
        { name: text(given["volume_name"]), persistentVolumeClaim: { claimName: text(given["pvc_name"]) } },
        given["volume_mount_path"],
      );
      return true;
    },
  },
  use_k8s_secret: {
    parameters: { secret_name: "k8s-secret", k8s_secret_key_to_env: null },
    apply: (draft, given) => {
      const names = given["k8s_secret_key_to_env"] ?? null;
      if (names !== null && !isMap(names)) return false;
      for (const [key, name] of Object.entries(names ?? {})) addEnv(draft, text(name), fromSecret(given["secret_name"], key));
      return true;
    },
  },
  use_secret: {
    parameters: { secret_name: undefined, secret_volume_mount_path: undefined, env_variable: null, secret_file_path_in_volume: null },
    apply: (draft, given) => {
      const [secretName, path, variable, file] = [
        text(given["secret_name"]),
        text(given["secret_volume_mount_path"]),
        text(given["env_variable"]),
        text(given["secret_file_path_in_volume"]),
      ];
      if (secretName === "" || path === "" || (variable === "") !== (file === "")) return false;
      mount(draft, { name: secretName, secret: { secretName } }, path);
      if (variable !== "") addEnv(draft, variable, { value: file.startsWith("/") ? file : `${path.replace(/\/$/, "")}/${file}` });
      return true;
    },
  },
  use_aws_secret: {
    parameters: {
      secret_name: "aws-secret",
      aws_access_key_id_name: "AWS_ACCESS_KEY_ID",
      aws_secret_access_key_name: "AWS_SECRET_ACCESS_KEY",
      aws_region: null,
    },
    apply: (draft, given) => {
      addEnv(draft, "AWS_ACCESS_KEY_ID", fromSecret(given["secret_name"], text(given["aws_access_key_id_name"])));
      addEnv(draft, "AWS_SECRET_ACCESS_KEY", fromSecret(given["secret_name"], text(given["aws_secret_access_key_name"])));
      if (given["aws_region"] !== null) addEnv(draft, "AWS_REGION", { value: text(given["aws_region"]) });
      return true;
    },
  },
  use_azure_secret: {
    parameters: { secret_name: "azcreds" },
    apply: (draft, given) => {
      for (const name of ["AZ_SUBSCRIPTION_ID", "AZ_TENANT_ID", "AZ_CLIENT_ID", "AZ_CLIENT_SECRET"])
        addEnv(draft, name, fromSecret(given["secret_name"], name));
      return true;
    },
  },
  use_gcp_secret: {
    parameters: {
      secret_name: "user-gcp-sa",
      secret_file_path_in_volume: null,
      volume_name: null,
      secret_volume_mount_path: "/secret/gcp-credentials",
    },
    apply: (draft, given) => {
      const secretName = text(given["secret_name"]);
      const path = text(given["secret_volume_mount_path"]);
      mount(draft, { name: text(given["volume_name"] ?? `gcp-credentials-${secretName}`), secret: { secretName } }, path);
      const value = path + text(given["secret_file_path_in_volume"] ?? `/${secretName}.json`);
      for (const name of ["GOOGLE_APPLICATION_CREDENTIALS", "CLOUDSDK_AUTH_CREDENTIAL_FILE_OVERRIDE"]) addEnv(draft, name, { value });
      return true;
    },
  },
  use_tpu: {
    parameters: { tpu_cores: undefined, tpu_resource: undefined, tf_version: undefined },
    apply: (draft, given) => {
      setField(draft, ["metadata", "annotations", "tf-version.cloud-tpus.google.com"], text(given["tf_version"]));
      setField(
        draft,
        ["container", "resources", "limits", `cloud-tpus.google.com/${text(given["tpu_resource"])}`],
        String(given["tpu_cores"]),
      );
      return true;
    },
  },
  use_preemptible_nodepool: {
    parameters: { toleration: { effect: "NoSchedule", key: "preemptible", operator: "Equal", value: "true" }, hard_constraint: false },
    apply: (draft, given) => {
      const preference = { matchExpressions: [{ key: "cloud.google.com/gke-preemptible", operator: "In", values: ["true"] }] };
      const nodeAffinity: DataMap =
        given["hard_constraint"] === true
          ? { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [preference] } }
          : { preferredDuringSchedulingIgnoredDuringExecution: [{ preference, weight: 50 }] };
      appendTo(draft, ["tolerations"], given["toleration"] ?? {});
      setField(draft, ["affinity"], { nodeAffinity });
      return true;
    },
  },
  add_gpu_toleration: {
    parameters: { toleration: { effect: "NoSchedule", key: "nvidia.com/gpu", operator: "Equal", value: "true" } },
    apply: (draft, given) => {
      appendTo(draft, ["tolerations"], given["toleration"] ?? {});
      return true;
    },
  },
  add_default_resource_spec: {
    parameters: { memory_limit: null, cpu_limit: null, memory_request: null, cpu_request: null },
    apply: (draft, given) => {
      for (const resource of ["cpu", "memory"])
        addDefaults(draft, resource, given[`${resource}_request`] ?? null, given[`${resource}_limit`] ?? null);
      return true;
    },
  },
};

/** Requests and limits where the task has none yet; a request falls back to the limit. */
function addDefaults(draft: Draft, resource: string, request: Data, limit: Data): void {
  const has = (group: string) => field(field(field(field(draft.overlay, "container"), "resources"), group), resource) !== undefined;
  if (has("limits")) return;
  if (limit !== null) setField(draft, ["container", "resources", "limits", resource], limit);
  if ((request ?? limit) !== null && !has("requests")) setField(draft, ["container", "resources", "requests", resource], request ?? limit);
}

/** Applies a helper of the SDK to a task; false if it is unknown or its arguments are not understood. */
export function applyHelper(draft: Draft, helper: Extract<Value, { readonly kind: "object" }>, resolve: Resolve): boolean {
  const known = Object.hasOwn(helpers, helper.name) ? helpers[helper.name] : undefined;
  const names = Object.keys(known?.parameters ?? {});
  const named = namedArguments(helper.arguments, names);
  if (!known || !named || [...named.keys()].some((name) => !names.includes(name)) || !isContainer(draft)) return false;
  const given: Record<string, Data> = {};
  for (const [name, fallback] of Object.entries(known.parameters)) {
    const value = named.get(name);
    const data = value ? dataOf(value, resolve) : fallback;
    if (data === undefined) return false;
    given[name] = data;
  }
  return known.apply(draft, given);
}
