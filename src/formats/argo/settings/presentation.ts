import type { FormatPresentation } from "#document/format.ts";
import { pipelineSettings } from "./pipeline-settings.ts";
import { taskSettings } from "./task-settings.ts";

/** What the panels show for files of Argo and of KFP v1. */
export const argoPresentation: FormatPresentation = { format: "argo", settings: [...taskSettings, ...pipelineSettings] };
