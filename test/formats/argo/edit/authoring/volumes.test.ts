import { describe, expect, it } from "vitest";
import { field } from "#data/data.ts";
import type { Edit } from "#pipeline/edit.ts";
import { writeComponent } from "#components/component-yaml/write.ts";
import { both, output, step } from "../../kfp/lower/build.ts";
import { refused } from "../changes.ts";
import { built, empty, expectSame, templateIn, workflowOf } from "./build.ts";

const add = (name: string): Edit => ({ kind: "add-component", graph: "demo", spec: writeComponent(both), name });
const op = (id: string, more: Parameters<typeof step>[2] = {}) => step(id, {}, { displayName: id, reference: {}, ...more });
const disk: Edit = { kind: "add-volume", graph: "demo", name: "make disk", resourceName: "My disk", size: "5Gi" };
const diskOp = { kind: "volume", id: "make-disk", name: "make disk", resourceName: "My disk", size: "5Gi" } as const;
const mount = (task: string, mountPath: string, volume: Extract<Edit, { kind: "mount-volume" }>["volume"]): Edit => ({
  kind: "mount-volume",
  task,
  mountPath,
  volume,
});

describe("volumes made by edits are what the SDK writes", () => {
  it("a claim with all its settings", () =>
    void expectSame([{ ...disk, modes: ["RWO"], storageClass: "fast", dataSource: "snap", uniqueName: false } as Edit], {
      body: [{ ...diskOp, modes: ["RWO"], storageClass: "fast", dataSource: "snap", uniqueName: false }],
    }));
  it("a made volume, mounted at two paths of one task and one of another", () =>
    void expectSame(
      [
        disk,
        add("a"),
        add("b"),
        mount("a", "/data", { of: "make-disk" }),
        mount("a", "/more", { of: "make-disk" }),
        mount("b", "/data", { of: "make-disk" }),
      ],
      {
        body: [
          diskOp,
          op("a", {
            mounts: [
              { mountPath: "/data", volume: { kind: "op", op: "make-disk" } },
              { mountPath: "/more", volume: { kind: "op", op: "make-disk" } },
            ],
          }),
          op("b", { mounts: [{ mountPath: "/data", volume: { kind: "op", op: "make-disk" } }] }),
        ],
      },
    ));
  it("an existing claim and a plain volume", () => {
    const secret = { name: "keys", secret: { secretName: "my-keys" } };
    expectSame([add("a"), mount("a", "/in", { claim: "mypvc" }), mount("a", "/keys", { volume: secret })], {
      body: [
        op("a", {
          mounts: [
            { mountPath: "/in", volume: { kind: "claim", claim: "mypvc" } },
            { mountPath: "/keys", volume: { kind: "volume", volume: secret } },
          ],
        }),
      ],
    });
  });
  it("snapshots of a claim and of a made volume", () =>
    void expectSame(
      [
        disk,
        { kind: "add-snapshot", graph: "demo", name: "snap", resourceName: "s1", volumeOf: "make-disk" },
        { kind: "add-snapshot", graph: "demo", name: "other", resourceName: "s2", claim: "mypvc", snapshotClass: "quick" },
      ],
      {
        body: [
          diskOp,
          { kind: "snapshot", id: "snap", name: "snap", resourceName: "s1", volume: { kind: "op", op: "make-disk" } },
          {
            kind: "snapshot",
            id: "other",
            name: "other",
            resourceName: "s2",
            volume: { kind: "claim", claim: "mypvc" },
            snapshotClass: "quick",
          },
        ],
      },
    ));
  it("a resource with conditions and outputs, one read by a step", () => {
    const manifest = { kind: "ConfigMap", apiVersion: "v1", metadata: { generateName: "cfg-" } };
    expectSame(
      [
        {
          kind: "add-resource",
          graph: "demo",
          name: "cfg",
          action: "create",
          manifest,
          successCondition: "status.ok == true",
          outputs: { uid: "{.metadata.uid}" },
        },
        add("a"),
        { kind: "connect", from: { task: "cfg", port: "cfg-uid" }, to: { task: "a", port: "value" } },
      ],
      {
        body: [
          {
            kind: "resource",
            id: "cfg",
            name: "cfg",
            action: "create",
            manifest,
            successCondition: "status.ok == true",
            outputs: { uid: "{.metadata.uid}" },
          },
          step("a", { value: output("cfg", "uid") }, { displayName: "a", reference: {} }),
        ],
      },
    );
  });
  it("a volume made outside the group of the task that mounts it", () =>
    void expectSame(
      [disk, add("a"), { kind: "group-tasks", tasks: ["a"], as: { kind: "sub-dag" } }, mount("a", "/data", { of: "make-disk" })],
      {
        body: [
          diskOp,
          { kind: "sub-dag", id: "s", body: [op("a", { mounts: [{ mountPath: "/data", volume: { kind: "op", op: "make-disk" } }] })] },
        ],
      },
    ));
});

describe("unmounting", () => {
  it.each([[{ of: "make-disk" }], [{ claim: "mypvc" }], [{ volume: { name: "tmp", emptyDir: {} } }]])(
    "takes away all that only the mount of %j needed",
    (volume) => {
      const base = [disk, add("a")];
      const mounted = built(empty, [...base, mount("a", "/data", volume), mount("a", "/more", volume)]);
      expect(field(templateIn(mounted, "a"), "volumes")).toHaveLength(1);
      const back = built(mounted.text, [
        { kind: "unmount-volume", task: "a", mountPath: "/data" },
        { kind: "unmount-volume", task: "a", mountPath: "/more" },
      ]);
      expect(workflowOf(back)).toEqual(workflowOf(built(empty, base)));
    },
  );

  it("is refused where nothing is mounted, and mounting where something is", () => {
    const text = built(empty, [disk, add("a"), mount("a", "/data", { claim: "c" })]).text;
    expect(refused(text, { kind: "unmount-volume", task: "a", mountPath: "/other" })).toBe("authoring-not-mounted");
    expect(refused(text, mount("a", "/data", { claim: "d" }))).toBe("authoring-mount-taken");
    expect(refused(text, mount("a", "data", { claim: "d" }))).toBe("authoring-mount-path");
    expect(refused(text, mount("make-disk", "/data", { claim: "d" }))).toBe("authoring-no-container");
    expect(refused(text, mount("a", "/more", { of: "a" }))).toBe("authoring-no-volume");
    expect(refused(text, { ...disk, size: "5GB" } as Edit)).toBe("authoring-size");
  });
});
