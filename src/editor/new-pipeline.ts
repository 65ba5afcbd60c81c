/** The file name of a pipeline begun here, until the user names it. */
export const pipelineFileName = "pipeline.yaml";

/** The text that a new pipeline has before its first box: an empty dag, ready to take tasks. */
export const newPipelineText = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata:
  generateName: pipeline-
spec:
  entrypoint: main
  templates:
  - name: main
    dag:
      tasks: []
`;
