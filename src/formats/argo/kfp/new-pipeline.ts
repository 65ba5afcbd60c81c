/**
 * The text of a new pipeline before its first box: an empty dag, ready for tasks. The annotations say that it follows Kubeflow's rules, so
 * that tasks may have names in any script; Argo runs it as it is.
 */
export const newPipelineText = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata:
  generateName: pipeline-
  annotations:
    pipelines.kubeflow.org/kfp_sdk_version: 1.8.22
    pipelines.kubeflow.org/pipeline_spec: '{"name": "pipeline"}'
  labels: {pipelines.kubeflow.org/kfp_sdk_version: 1.8.22}
spec:
  entrypoint: pipeline
  templates:
  - name: pipeline
    dag:
      tasks: []
  arguments:
    parameters: []
  serviceAccountName: pipeline-runner
`;

/** The same text under another name that Kubernetes accepts. */
export function newPipelineNamed(name: string): string {
  return newPipelineText
    .replace("generateName: pipeline-", `generateName: ${name}-`)
    .replace('{"name": "pipeline"}', `{"name": "${name}"}`);
}
