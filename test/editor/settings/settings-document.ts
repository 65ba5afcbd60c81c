import type { FormatId } from "#pipeline/model.ts";
import type { Setting } from "#editor/settings/setting.ts";
import { settingsOf } from "#editor/settings/table.ts";
import { translator } from "#messages/index.ts";

const t = translator("en");

/** docs/settings.md, made from the table. */
export function settingsDocument(): string {
  return [
    "# Settings",
    "",
    "The settings that have a form in the inspector, and their paths in the YAML. Generated from the tables of the formats; a test compares, and",
    "`npm run update` rewrites it. Each row has a test with its id: set in the panel it appears at",
    "its path in the YAML, it is shown from there, one undo takes it back, and a reset removes it. Fields without a row are kept and can be edited in the",
    "YAML of the whole template. Where Argo cannot hold a reference (CPU, memory, scratch disk, GPUs), a value from a parameter is written to",
    "`podSpecPatch`, as the KFP SDK does.",
    "",
    "`body` is `container` or `script`. A value that the form cannot represent is shown as YAML instead.",
    "",
    "## Of a task",
    "",
    ...table(of("argo", "task")),
    "",
    "## Of a pipeline",
    "",
    "Name, entrypoint and parameters have fields of their own at the top of the panel. Tasks show what the pipeline sets for all of them",
    "(`templateDefaults`, `nodeSelector`, `tolerations` …) as inherited, with a dashed border; typing makes it their own.",
    "",
    ...table(of("argo", "pipeline")),
    "",
    "## Of a task of a KFP v2 pipeline",
    "",
    "Paths begin in the executor, with `platform` in its section of the platform document (`platforms.kubernetes.deploymentSpec.executors.LABEL`),",
    "which is created when first needed and removed when empty, with `component` in the component, and with `call` in the task.",
    "",
    ...table(of("kfp-v2", "task")),
    "",
    "## Of a KFP v2 pipeline",
    "",
    "Paths begin in the pipeline spec, with `platform` in `platforms.kubernetes` of the platform document. Every field that the messages of the",
    "newest platform document have is in one of the two tables, as a form or as YAML; a setting that the newest server does not know is offered",
    "only where a file has it.",
    "",
    ...table(of("kfp-v2", "pipeline")),
    "",
  ].join("\n");
}

function of(format: FormatId, area: Setting["area"]): readonly Setting[] {
  return settingsOf(format).filter((setting) => setting.area === area);
}

function table(settings: readonly Setting[]): readonly string[] {
  return ["| id | setting | in the YAML | takes | not set | help |", "|---|---|---|---|---|---|", ...settings.map(row)];
}

function row(setting: Setting): string {
  const where = [...(setting.within === "template" || setting.within === "object" ? [] : [setting.within]), ...setting.path.map(String)]
    .map((step) => (step === "*gpu" ? '"VENDOR/gpu"' : step.includes(".") || step.includes("/") ? `"${step}"` : step))
    .join(".");
  const json = setting.json ? ` › ${setting.json.join(".")} (JSON)` : "";
  const only = [
    ...(setting.kinds ?? []),
    ...(setting.variant === undefined ? [] : [setting.variant === "kfp" ? "Kubeflow files" : "other files"]),
  ];
  const cells = [
    `\`${setting.id}\``,
    t(`setting-${setting.id}`),
    `\`${where}\`${json}${only.length > 0 ? ` (${only.join(", ")})` : ""}`,
    takes(setting),
    setting.usual ?? (setting.required ? "required" : ""),
    t(`setting-${setting.id}.help`),
  ];
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

function takes({ shape }: Setting): string {
  switch (shape.kind) {
    case "quantity":
      return `quantity of ${shape.of}`;
    case "integer":
      return shape.percent ? "whole number or percentage" : shape.min === undefined ? "whole number" : `whole number from ${shape.min}`;
    case "duration":
      return shape.form === "go" ? "duration (30s, 1h)" : "ISO duration (P30D)";
    case "text":
      return shape.rule ?? (shape.lines ? "text, several lines" : "text");
    case "choice":
      return shape.options.join(", ");
    case "switch":
      return "yes or no";
    case "list":
      return "list of texts";
    case "map":
      return "keys and values";
    case "rows":
      return `list of: ${shape.columns.map(({ id }) => t(`column-${id}`).toLowerCase()).join(", ")}, rest as YAML`;
    case "env":
      return "text, secret key, config map key, pod field, resource; rest as YAML";
    case "volumes":
      return "mount path, sub path, read-only; the volume: claim, secret, config map, empty directory, node path, pod fields, projected, NFS; made by a VolumeOp; rest as YAML";
    case "probe":
      return "HTTP, command, TCP or gRPC; rest as YAML";
    case "affinity":
      return "node rules, required and preferred; rest as YAML";
    case "yaml":
      return shape.of === "list" ? "YAML list" : "YAML mapping";
  }
}
