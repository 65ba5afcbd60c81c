import type { Setting } from "#editor/settings/setting.ts";

/** A workflow with a template of each kind; comments and flow style are where an edit must leave them. */
const kinds = `  templates:
  - name: main
    dag:
      tasks:
      - {name: a, template: work}
  - name: work # the work
    container:
      image: alpine:3.20   # keep
      command: [date]
  - name: program
    script:
      image: python:3.12-slim
      command: [python]
      source: print(0)
  - name: wait
    suspend: {}
  - name: call
    http: {url: "https://example.com"}
  - name: make
    resource:
      action: create
      manifest: "apiVersion: v1"
  - name: set
    containerSet: {}
  - name: turn
    data: {}
  - name: extend
    plugin: {}
`;

const argo = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata:
  generateName: kinds-
spec:
  entrypoint: main
${kinds}`;

const kfp = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata:
  generateName: kinds-
  annotations:
    pipelines.kubeflow.org/kfp_sdk_version: 1.8.22
    pipelines.kubeflow.org/pipeline_spec: '{"name": "Kinds"}'
  labels: {pipelines.kubeflow.org/kfp_sdk_version: 1.8.22}
spec:
  entrypoint: main
${kinds}`;

/** A text in which a setting is not set, but could be. */
export function textFor(setting: Setting): string {
  const text = setting.variant === "kfp" ? kfp : argo;
  switch (setting.id) {
    case "command":
      return text.replace("      command: [date]\n", "");
    case "http-url":
    case "image":
    case "source":
    case "resource-action":
      return text;
    case "resource-manifest":
      return text.replace('      manifest: "apiVersion: v1"\n', "      manifestFrom: {}\n");
    default:
      return text;
  }
}
