import { describe, expect, it } from "vitest";
import { graphOf } from "#pipeline/graph-of.ts";
import type { TemplateId } from "#pipeline/model.ts";
import { modelOf } from "./build.ts";

const pipeline = (manifest: string, jsonPath = "{.metadata.name}") => `
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: v-}
spec:
  entrypoint: main
  templates:
    - name: main
      dag:
        tasks:
          - {name: disk, template: disk}
          - name: use
            template: use
            arguments: {parameters: [{name: claim, value: "{{tasks.disk.outputs.parameters.disk-name}}"}, {name: note, value: hi}]}
    - name: disk
      resource: {action: create, manifest: ${JSON.stringify(manifest)}}
      outputs: {parameters: [{name: disk-name, valueFrom: {jsonPath: "${jsonPath}"}}, {name: disk-size, valueFrom: {jsonPath: "{.status.capacity.storage}"}}]}
    - name: use
      inputs: {parameters: [{name: claim}, {name: note}]}
      container:
        image: busybox
        volumeMounts: [{name: disk, mountPath: /mnt/a}, {name: disk, mountPath: /mnt/b}, {name: other, mountPath: /o}]
      volumes:
        - {name: disk, persistentVolumeClaim: {claimName: "{{inputs.parameters.claim}}"}}
        - {name: other, persistentVolumeClaim: {claimName: fixed}}
`;
const volumes = (yaml: string) => {
  const { model, workflow } = modelOf(yaml);
  const { nodes } = graphOf(model, workflow, "main" as TemplateId);
  return nodes.flatMap((node) => [...node.inputs, ...node.outputs].map((port) => [port.name, port.volume]));
};

describe("volume ports", () => {
  it("are the claim's name of a mounted volume, with its paths, and the name of a created claim", () => {
    expect(volumes(pipeline("apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: x}\n"))).toEqual([
      ["disk-name", ""],
      ["disk-size", undefined],
      ["claim", "/mnt/a, /mnt/b"],
      ["note", undefined],
    ]);
  });

  it("are no outputs of other resources, and no other fields of a claim", () => {
    expect(volumes(pipeline("kind: ConfigMap\n"))[0]).toEqual(["disk-name", undefined]);
    expect(volumes(pipeline("kind: PersistentVolumeClaim\n", "{.metadata.uid}"))[0]).toEqual(["disk-name", undefined]);
  });
});
