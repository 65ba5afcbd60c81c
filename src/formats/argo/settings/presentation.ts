import { listField } from "#data/data.ts";
import type { FormatPresentation } from "#document/format.ts";
import { pipelineSettings } from "./pipeline-settings.ts";
import { patchedByPod, podPatchWith, podPatchWithout } from "./pod-patch.ts";
import { taskSettings } from "./task-settings.ts";
import { annotation, kubeflowPrefix, label } from "../kfp/annotation-keys.ts";

/** Labels and annotations of Kubeflow that a user sets. */
const caching: ReadonlySet<string> = new Set([label.caching, annotation.cacheStaleness]);

/** What the panels show for files of Argo and of KFP v1. */
export const argoPresentation: FormatPresentation = {
  format: "argo",
  settings: [...taskSettings, ...pipelineSettings],
  // Argo: Template in workflow_types.go.
  templateFields:
    "activeDeadlineSeconds affinity annotations archiveLocation automountServiceAccountToken container containerSet daemon dag data executor failFast hostAliases http initContainers inputs memoize metadata metrics nodeSelector outputs parallelism pendingTimeout plugin podResources podSpecPatch priority priorityClassName resource resourceClaims retryStrategy schedulerName script securityContext serviceAccountName sidecars steps suspend synchronization timeout tolerations volumes".split(
      " ",
    ),
  isToolKey: (key) => key.startsWith(kubeflowPrefix),
  isOwnKey: (key) => key.startsWith(kubeflowPrefix) && !caching.has(key),
  resourcePatch: { field: "podSpecPatch", read: patchedByPod, with: podPatchWith, without: podPatchWithout },
  claimsOfRun: (spec) => listField(spec, "volumeClaimTemplates"),
};
