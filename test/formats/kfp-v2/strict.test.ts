import { describe, expect, it } from "vitest";
import type { Data } from "#data/data.ts";
import { checkPipelineSpec, checkPlatformSpec, type StagedError } from "#formats/kfp-v2/schema/strict.ts";
import { isKnownBy, serverVersions } from "#formats/kfp-v2/schema/server-version.ts";

const task = (fields: Data) => ({ pipelineInfo: { name: "p" }, root: { dag: { tasks: { t: fields } } } });
const settings = (fields: Data) => ({ platforms: { kubernetes: { deploymentSpec: { executors: { e: fields } } } } });
const brief = (errors: readonly StagedError[]) => errors.map(({ stage, kind, path }) => `${stage} ${kind} ${path.join(".")}`);

describe("the strict parser of pipeline specs", () => {
  it("takes camelCase and proto names, enums by number, whole numbers as text, null as not set", () => {
    const errors = checkPipelineSpec({
      pipeline_info: { name: "p" },
      schemaVersion: "2.1.0",
      defaultPipelineRoot: null,
      components: { c: { executor_label: "e", input_definitions: { parameters: { n: { parameterType: 2, defaultValue: null } } } } },
      root: { dag: { tasks: { t: { retry_policy: { maxRetryCount: "3", backoffDuration: "30s", backoffFactor: 1.5 } } } } },
    });
    expect(errors).toEqual([]);
  });

  it("refuses unknown keys with their path", () => {
    expect(brief(checkPipelineSpec(task({ retries: 3 })))).toEqual(["upload unknown-field root.dag.tasks.t.retries"]);
    expect(brief(checkPipelineSpec({ annotations: {} }))).toEqual(["upload unknown-field annotations"]);
  });

  it("refuses two members of a one-of, and one member given twice", () => {
    const both = { parameterIterator: { items: { raw: "[]", inputParameter: "x" } } };
    expect(brief(checkPipelineSpec(task(both)))).toEqual(["upload one-of root.dag.tasks.t.parameterIterator.items"]);
    expect(brief(checkPipelineSpec(task({ parameterIterator: { items: { raw: "[]", inputParameter: null } } })))).toEqual([]);
    expect(brief(checkPipelineSpec(task({ taskInfo: {}, task_info: {} })))).toEqual(["upload given-twice root.dag.tasks.t.task_info"]);
  });

  it.each([
    ["text for a number", { retryPolicy: { maxRetryCount: "many" } }, "not-a-number root.dag.tasks.t.retryPolicy.maxRetryCount"],
    ["a fraction for a whole number", { retryPolicy: { maxRetryCount: 1.5 } }, "not-a-number root.dag.tasks.t.retryPolicy.maxRetryCount"],
    ["a number beyond 32 bits", { retryPolicy: { maxRetryCount: 2 ** 31 } }, "not-a-number root.dag.tasks.t.retryPolicy.maxRetryCount"],
    ["minutes in a duration", { retryPolicy: { backoffDuration: "1m" } }, "not-a-duration root.dag.tasks.t.retryPolicy.backoffDuration"],
    ["a number for a duration", { retryPolicy: { backoffDuration: 30 } }, "wrong-type root.dag.tasks.t.retryPolicy.backoffDuration"],
    ["text for true or false", { cachingOptions: { enableCache: "true" } }, "wrong-type root.dag.tasks.t.cachingOptions.enableCache"],
    ["a number for a name", { componentRef: { name: 1 } }, "wrong-type root.dag.tasks.t.componentRef.name"],
    ["an unknown name of an enum", { triggerPolicy: { strategy: "ALWAYS" } }, "unknown-name root.dag.tasks.t.triggerPolicy.strategy"],
    ["text for a list", { dependentTasks: "a" }, "wrong-type root.dag.tasks.t.dependentTasks"],
    ["null in a list", { dependentTasks: [null] }, "wrong-type root.dag.tasks.t.dependentTasks.0"],
    ["a list for a mapping", { inputs: { parameters: [] } }, "wrong-type root.dag.tasks.t.inputs.parameters"],
  ])("refuses %s", (_, fields, expected) => {
    expect(brief(checkPipelineSpec(task(fields)))).toEqual([`upload ${expected}`]);
  });

  it("takes whole numbers that are written as fractions or with exponents, and 64 bits to the last digit", () => {
    expect(checkPipelineSpec(task({ retryPolicy: { maxRetryCount: "3.0" } }))).toEqual([]);
    expect(checkPipelineSpec(task({ retryPolicy: { maxRetryCount: 2 ** 31 - 1 } }))).toEqual([]);
    expect(checkPlatformSpec(settings({ activeDeadlineSeconds: "9223372036854775807" }))).toEqual([]);
    expect(brief(checkPlatformSpec(settings({ activeDeadlineSeconds: "9223372036854775808" })))).toEqual([
      "run not-a-number platforms.kubernetes.deploymentSpec.executors.e.activeDeadlineSeconds",
    ]);
  });

  it("forgives unknown keys in executors, but no wrong type there, which a run finds", () => {
    const spec = (container: Data) => ({ deploymentSpec: { executors: { e: { container } }, more: 1 } });
    expect(checkPipelineSpec(spec({ image: "a", workingDir: "/" }))).toEqual([]);
    expect(brief(checkPipelineSpec(spec({ image: "a", command: "sh" })))).toEqual([
      "run wrong-type deploymentSpec.executors.e.container.command",
    ]);
  });
});

describe("the strict parser of platform specs", () => {
  it("tells what drops the whole document from what fails a run", () => {
    expect(brief(checkPlatformSpec({ platforms: { kubernetes: { pipelineConfig: { resourceTtl: 60 } } } }))).toEqual([
      "upload unknown-field platforms.kubernetes.pipelineConfig.resourceTtl",
    ]);
    expect(brief(checkPlatformSpec(settings({ hostNetwork: true })))).toEqual([
      "run unknown-field platforms.kubernetes.deploymentSpec.executors.e.hostNetwork",
    ]);
  });

  it("refuses the proto name of the one field that has none", () => {
    expect(brief(checkPlatformSpec({ platforms: { kubernetes: { pipeline_config: {} } } }))).toEqual([
      "upload unknown-field platforms.kubernetes.pipeline_config",
    ]);
  });

  it("knows which server knows a field", () => {
    const ttl = { platforms: { kubernetes: { pipelineConfig: { resourceTtl: 60 } } } };
    const known = { since: "2.5", until: "2.16" };
    expect(serverVersions.filter((server) => checkPlatformSpec(ttl, { server }).length === 0)).toEqual(["2.5", "2.14", "2.15", "2.16"]);
    expect(checkPlatformSpec(ttl)[0]).toMatchObject({ key: "resourceTtl", known });
    const subPath = settings({ pvcMount: [{ subPath: "a", mountPath: "/a", constant: "c" }] });
    expect(checkPlatformSpec(subPath, { server: "2.15" })).toMatchObject([{ key: "subPath", known: { since: "2.16" }, stage: "run" }]);
    expect(checkPlatformSpec(subPath, { server: "2.16" })).toEqual([]);
    expect(isKnownBy({}, "2.0")).toBe(true);
  });
});
