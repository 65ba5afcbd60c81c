/** Settings of the whole pipeline: `dsl.get_pipeline_conf().set_timeout(60)`. docs/spec/kfp-v1.md#pipeline-settings */
import { type Data, type DataMap, field, isList, isMap } from "#data/data.ts";
import type { Value } from "#python/pipeline-tree.ts";
import { dataOf } from "./values.ts";

/** The settings collected so far. */
export interface PipelineSettings {
  readonly spec: DataMap;
  readonly imagePullPolicy?: string;
}

interface PipelineMethod {
  readonly parameters: readonly string[];
  /** The settings with this one; undefined if the values are invalid. */
  readonly set: (settings: PipelineSettings, given: readonly (Data | undefined)[]) => PipelineSettings | undefined;
}

function withField(settings: PipelineSettings, key: string, value: Data): PipelineSettings {
  return { ...settings, spec: { ...settings.spec, [key]: value } };
}

/** A setting that takes a whole number. */
function number(parameter: string, put: (settings: PipelineSettings, value: number) => PipelineSettings): PipelineMethod {
  return { parameters: [parameter], set: (settings, [value]) => (typeof value === "number" ? put(settings, value) : undefined) };
}

const methods: Readonly<Record<string, PipelineMethod>> = {
  set_timeout: number("seconds", (settings, value) => (value === 0 ? settings : withField(settings, "activeDeadlineSeconds", value))),
  set_parallelism: number("max_num_pods", (settings, value) => withField(settings, "parallelism", value)),
  set_ttl_seconds_after_finished: number("seconds", (settings, value) =>
    value < 0 ? settings : withField(settings, "ttlStrategy", { secondsAfterCompletion: value }),
  ),
  set_image_pull_secrets: {
    parameters: ["image_pull_secrets"],
    set: (settings, [list]) => (isList(list) && list.every(isMap) ? withField(settings, "imagePullSecrets", list) : undefined),
  },
  set_pod_disruption_budget: {
    parameters: ["min_available"],
    set: (settings, [value]) =>
      typeof value === "number" || typeof value === "string"
        ? withField(settings, "podDisruptionBudget", { minAvailable: value })
        : undefined,
  },
  set_default_pod_node_selector: {
    parameters: ["label_name", "value"],
    set: (settings, [name, value]) => {
      const old = field(settings.spec, "nodeSelector");
      if (typeof name !== "string" || value === undefined || value === null || name === "__proto__") return undefined;
      return withField(settings, "nodeSelector", { ...(isMap(old) && old), [name]: value });
    },
  },
  set_dns_config: {
    parameters: ["dns_config"],
    set: (settings, [value]) => (isMap(value) ? withField(settings, "dnsConfig", value) : undefined),
  },
  set_image_pull_policy: {
    parameters: ["policy"],
    set: (settings, [value]) =>
      typeof value === "string" && /^(Always|Never|IfNotPresent)$/.test(value) ? { ...settings, imagePullPolicy: value } : undefined,
  },
};

/** The parameters of a method of the pipeline's configuration; undefined if it has no such method. */
export function settingParameters(name: string): readonly string[] | undefined {
  return Object.hasOwn(methods, name) ? methods[name]?.parameters : undefined;
}

/** The settings with one more; undefined if it is not understood. Run-time values are not possible here. */
export function withSetting(settings: PipelineSettings, name: string, named: ReadonlyMap<string, Value>): PipelineSettings | undefined {
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  return method?.set(
    settings,
    method.parameters.map((parameter) => {
      const value = named.get(parameter);
      // Argo has no inputs where these settings are: a value that is known only at run time is not possible.
      return value && dataOf(value, () => undefined);
    }),
  );
}
