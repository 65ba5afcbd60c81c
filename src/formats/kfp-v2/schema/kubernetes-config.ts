import { bool, int32, int64, list, map, memberOf, message, type Messages, only, string } from "./field.ts";
import { pipelineMessages } from "./pipeline-spec.ts";

/**
 * The Kubernetes settings of one executor. KFP: kubernetes_platform/proto/kubernetes_executor_config.proto. The upload takes them as a
 * free mapping; they are parsed strictly when a run is created.
 */

/** A name or JSON value from a constant, a parameter or another task's output. */
const parameterised = message("InputParameterSpec");
const sinceParameters = { since: "2.5" } as const;

export const kubernetesMessages: Messages = {
  KubernetesExecutorConfig: {
    secretAsVolume: list(message("SecretAsVolume")),
    secretAsEnv: list(message("SecretAsEnv")),
    pvcMount: list(message("PvcMount")),
    nodeSelector: message("NodeSelector"),
    podMetadata: only({ since: "2.1" }, message("PodMetadata")),
    imagePullSecret: only({ since: "2.1" }, list(message("ImagePullSecret"))),
    imagePullPolicy: only({ since: "2.1" }, string),
    configMapAsVolume: only({ since: "2.1" }, list(message("ConfigMapAsVolume"))),
    configMapAsEnv: only({ since: "2.1" }, list(message("ConfigMapAsEnv"))),
    activeDeadlineSeconds: only({ since: "2.1" }, int64),
    fieldPathAsEnv: only({ since: "2.1" }, list(message("FieldPathAsEnv"))),
    tolerations: only({ since: "2.1" }, list(message("Toleration"))),
    genericEphemeralVolume: only({ since: "2.2" }, list(message("GenericEphemeralVolume"))),
    nodeAffinity: only({ since: "2.2" }, list(message("NodeAffinityTerm"))),
    podAffinity: only({ since: "2.2" }, list(message("PodAffinityTerm"))),
    enabledSharedMemory: only({ since: "2.3" }, message("EnabledSharedMemory")),
    emptyDirMounts: only({ since: "2.3" }, list(message("EmptyDirMount"))),
    securityContext: only({ since: "2.16" }, message("SecurityContext")),
    initContainers: only({ since: "next" }, list(message("InitContainer"))),
  },
  SecretAsVolume: {
    secretName: string,
    mountPath: string,
    optional: bool,
    secretNameParameter: only(sinceParameters, parameterised),
  },
  SecretAsEnv: {
    secretName: string,
    keyToEnv: list(message("SecretKeyToEnvMap")),
    optional: bool,
    secretNameParameter: only(sinceParameters, parameterised),
  },
  SecretKeyToEnvMap: { secretKey: string, envVar: string },
  PvcMount: {
    taskOutputParameter: memberOf("pvcReference", message("TaskOutputParameterSpec")),
    constant: memberOf("pvcReference", string),
    componentInputParameter: memberOf("pvcReference", string),
    mountPath: string,
    pvcNameParameter: only(sinceParameters, parameterised),
    subPath: only({ since: "2.16" }, string),
  },
  NodeSelector: { labels: map(string), nodeSelectorJson: only(sinceParameters, parameterised) },
  PodMetadata: { labels: map(string), annotations: map(string) },
  ImagePullSecret: { secretName: string, secretNameParameter: only(sinceParameters, parameterised) },
  ConfigMapAsVolume: {
    configMapName: string,
    mountPath: string,
    optional: bool,
    configMapNameParameter: only(sinceParameters, parameterised),
  },
  ConfigMapAsEnv: {
    configMapName: string,
    keyToEnv: list(message("ConfigMapKeyToEnvMap")),
    optional: bool,
    configMapNameParameter: only(sinceParameters, parameterised),
  },
  ConfigMapKeyToEnvMap: { configMapKey: string, envVar: string },
  FieldPathAsEnv: { name: string, fieldPath: string },
  Toleration: {
    key: string,
    operator: string,
    value: string,
    effect: string,
    tolerationSeconds: int64,
    tolerationJson: only(sinceParameters, parameterised),
  },
  GenericEphemeralVolume: {
    volumeName: string,
    mountPath: string,
    accessModes: list(string),
    size: string,
    defaultStorageClass: bool,
    storageClassName: string,
    metadata: message("PodMetadata"),
  },
  NodeAffinityTerm: {
    matchExpressions: list(message("SelectorRequirement")),
    matchFields: list(message("SelectorRequirement")),
    weight: int32,
    nodeAffinityJson: only({ since: "2.14" }, parameterised),
  },
  SelectorRequirement: { key: string, operator: string, values: list(string) },
  PodAffinityTerm: {
    matchPodExpressions: list(message("SelectorRequirement")),
    matchPodLabels: map(string),
    topologyKey: string,
    namespaces: list(string),
    matchNamespaceExpressions: list(message("SelectorRequirement")),
    matchNamespaceLabels: map(string),
    weight: int32,
    anti: bool,
  },
  EnabledSharedMemory: { volumeName: string, size: string },
  EmptyDirMount: { volumeName: string, mountPath: string, medium: string, sizeLimit: string },
  SecurityContext: { runAsUser: int64, runAsGroup: int64, runAsNonRoot: bool },
  InitContainer: {
    name: string,
    image: string,
    command: list(string),
    args: list(string),
    env: list(message("EnvVar")),
    volumeMounts: list(message("InitVolumeMount")),
    restartPolicy: string,
    resources: message("InitResources"),
  },
  InitVolumeMount: { volumeName: string, mountPath: string },
  InitResources: { requests: map(string), limits: map(string) },
  EnvVar: pipelineMessages.EnvVar!,
  InputParameterSpec: pipelineMessages.InputParameterSpec!,
  TaskOutputParameterSpec: pipelineMessages.TaskOutputParameterSpec!,
  TaskFinalStatus: pipelineMessages.TaskFinalStatus!,
  ValueOrRuntimeParameter: pipelineMessages.ValueOrRuntimeParameter!,
  OldValue: pipelineMessages.OldValue!,
};
