import { listField } from "#data/data.ts";
import type { FormatPresentation } from "#document/format.ts";
import { pipelineSettings } from "./pipeline-settings.ts";
import { patchedByPod, podPatchWith, podPatchWithout } from "./pod-patch.ts";
import { taskSettings } from "./task-settings.ts";

/** Annotations and labels of Kubeflow begin so. */
const kubeflow = "pipelines.kubeflow.org/";
/** Those of them that a user sets. */
const caching = new Set([`${kubeflow}enable_caching`, `${kubeflow}max_cache_staleness`]);

/** What the panels show for files of Argo and of KFP v1. */
export const argoPresentation: FormatPresentation = {
  format: "argo",
  settings: [...taskSettings, ...pipelineSettings],
  // Argo: Template in workflow_types.go.
  templateFields:
    "activeDeadlineSeconds affinity annotations archiveLocation automountServiceAccountToken container containerSet daemon dag data executor failFast hostAliases http initContainers inputs memoize metadata metrics nodeSelector outputs parallelism pendingTimeout plugin podResources podSpecPatch priority priorityClassName resource resourceClaims retryStrategy schedulerName script securityContext serviceAccountName sidecars steps suspend synchronization timeout tolerations volumes".split(
      " ",
    ),
  isToolKey: (key) => key.startsWith(kubeflow),
  isOwnKey: (key) => key.startsWith(kubeflow) && !caching.has(key),
  resourcePatch: { field: "podSpecPatch", read: patchedByPod, with: podPatchWith, without: podPatchWithout },
  claimsOfRun: (spec) => listField(spec, "volumeClaimTemplates"),
};
