import {
  Boxes,
  Braces,
  Cloud,
  Container,
  Database,
  FileQuestionMark,
  ListChecks,
  type LucideIcon,
  Pause,
  Plug,
  SquareFunction,
  SquareTerminal,
  Workflow,
} from "lucide-react";
import { isPythonFunction } from "#model/component-ports.ts";
import type { Template } from "#model/model.ts";

const icons: Readonly<Record<Template["kind"], LucideIcon>> = {
  container: Container,
  script: SquareTerminal,
  resource: Braces,
  suspend: Pause,
  http: Cloud,
  data: Database,
  containerSet: Boxes,
  plugin: Plug,
  dag: Workflow,
  steps: ListChecks,
  unknown: FileQuestionMark,
};

/** The icon of a template's kind. */
export function kindIconOf(template: Template | undefined): LucideIcon {
  if (!template) return FileQuestionMark;
  return template.component && isPythonFunction(template.component.spec) ? SquareFunction : icons[template.kind];
}
