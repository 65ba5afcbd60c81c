// Annotations and labels that Kubeflow Pipelines v1 reads or writes. docs/spec/kfp-v1.md#workflow, #template-metadata

/** All of them begin so. */
export const kubeflowPrefix = "pipelines.kubeflow.org/";

/** Annotations of a workflow or of its templates. */
export const annotation = {
  pipelineSpec: "pipelines.kubeflow.org/pipeline_spec",
  compiledAt: "pipelines.kubeflow.org/pipeline_compilation_time",
  spec: "pipelines.kubeflow.org/component_spec",
  reference: "pipelines.kubeflow.org/component_ref",
  arguments: "pipelines.kubeflow.org/arguments.parameters",
  displayName: "pipelines.kubeflow.org/task_display_name",
  cacheStaleness: "pipelines.kubeflow.org/max_cache_staleness",
} as const;

/** Labels; that of the SDK's version is an annotation, too. */
export const label = {
  sdkVersion: "pipelines.kubeflow.org/kfp_sdk_version",
  sdkType: "pipelines.kubeflow.org/pipeline-sdk-type",
  caching: "pipelines.kubeflow.org/enable_caching",
} as const;
