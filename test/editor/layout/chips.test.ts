import { describe, expect, test } from "vitest";
import { chipsOf } from "#editor/layout/chips.ts";
import { readable } from "#editor/layout/readable.ts";
import type { DataMap } from "#data/data.ts";
import type { Task, Template } from "#pipeline/model.ts";

const template = (rest: DataMap): Template => ({ rest }) as Template;
const container = (fields: DataMap, rest: DataMap = {}) =>
  chipsOf(template({ container: { image: "a", ...fields }, ...rest }), undefined).map((chip) =>
    chip.bad ? `${chip.kind}! ${chip.text}` : `${chip.kind} ${chip.text}`,
  );

describe("chips", () => {
  test("defaults show nothing", () => {
    expect(container({})).toEqual([]);
    expect(chipsOf(undefined, undefined)).toEqual([]);
  });
  test("the limit is shown, a request only where it differs", () => {
    expect(container({ resources: { limits: { cpu: 4, memory: "16Gi" }, requests: { cpu: 2, memory: "16Gi" } } })).toEqual([
      "cpu 2–4",
      "memory 16Gi",
    ]);
  });
  test("a request above the limit is marked as impossible, whatever the units", () => {
    expect(container({ resources: { limits: { cpu: "500m", memory: "1Gi" }, requests: { cpu: "1", memory: "900Mi" } } })).toEqual([
      "cpu! 1 > 500m",
      "memory 900Mi–1Gi",
    ]);
  });
  test("a request without a limit says so", () => {
    expect(container({ resources: { requests: { cpu: "1" } } })).toEqual(["cpu 1+"]);
  });
  test("GPUs of any vendor come first", () => {
    expect(container({ resources: { limits: { cpu: 1, "amd.com/gpu": 2 } } })[0]).toBe("gpu 2");
  });
  test("secrets count once, from env, envFrom and volumes", () => {
    expect(
      container({
        env: [
          { name: "A", valueFrom: { secretKeyRef: { name: "s", key: "k" } } },
          { name: "B", valueFrom: { secretKeyRef: { name: "s", key: "l" } } },
        ],
        envFrom: [{ secretRef: { name: "t" } }],
      }),
    ).toEqual(["secret s", "secret t"]);
  });
  test("retries, timeouts and volumes", () => {
    expect(
      container({ volumeMounts: [{ name: "v", mountPath: "/mnt" }] }, { retryStrategy: { limit: 3 }, activeDeadlineSeconds: 7200 }),
    ).toEqual(["volume /mnt", "retry 3", "timeout 2h"]);
  });
  test("values of odd shapes harm nothing", () => {
    expect(
      container({ resources: "lots", volumeMounts: "x", env: [null, 3], envFrom: {} }, { retryStrategy: null, tolerations: "no" }),
    ).toEqual([]);
  });
  test("a condition is shown without braces", () => {
    expect(chipsOf(undefined, { when: { text: "{{tasks.flip.outputs.result}} == heads", references: [] } } as unknown as Task)).toEqual([
      { kind: "when", text: "flip.result == heads" },
    ]);
  });
});

describe("readable conditions", () => {
  test.each([
    ['"{{inputs.parameters.deploy}}" == "true"', "deploy == true"],
    ["{{tasks.flip.outputs.parameters.side}} == heads", "flip.side == heads"],
    ["{{=inputs.parameters['should-print'] == 'true'}}", "should-print == true"],
    ["{{workflow.parameters.n}} > 3 && {{item}} == 2", "n > 3 && item == 2"],
    ["{{$.inputs.parameters['pipelinechannel--image']}}", "image"],
    ["", ""],
  ])("%s is said as %s", (text, message) => {
    expect(readable(text)).toBe(message);
  });
});
