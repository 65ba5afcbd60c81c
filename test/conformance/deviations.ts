import { k8sName } from "#kubernetes/kfp-names.ts";
import { type Data, isList, isMap, listField, type Path, textField, field } from "#data/data.ts";

/** A difference between the SDK's workflow and ours. */
export interface Difference {
  readonly path: Path;
  readonly theirs: Data | undefined;
  readonly ours: Data | undefined;
}

/** Where we write something else than the SDK on purpose, and why. `node dist/node/conformance.js --write` puts them into docs/compatibility.md. */
export interface Deviation {
  readonly id: string;
  /** What the SDK 1.8 does. */
  readonly sdk: string;
  readonly dagwright: string;
  readonly why: string;
  /** The pipeline in test/conformance/defects that shows it, where the SDK's workflow is of no use for comparing. */
  readonly file?: string;
  /** The SDK's workflow as it would be without its defect; the same object if it does not show it. Compared exactly after that. */
  readonly amended?: (workflow: Data) => Data;
  /** For a defect that cannot be undone in the SDK's workflow: whether a difference comes of it. */
  readonly covers?: (difference: Difference) => boolean;
}

/** All deviations, in the order of the document. */
export const deviations: readonly Deviation[] = [
  {
    id: "condition-name",
    sdk: "uses the name of a condition unchanged for template and task: `condition-is tails-4`",
    dagwright: "`condition-is-tails-4`",
    why: "Argo refuses names with blanks and other signs.",
    amended: (workflow) => {
      const wrong = templates(workflow)
        .map((one) => textField(one, "name") ?? "")
        .filter((name) => !/^[-a-zA-Z0-9]*$/.test(name));
      return wrong.reduce((data, name) => mapTexts(data, (text) => text.replaceAll(name, k8sName(name))), workflow);
    },
  },
  {
    id: "parameter-value",
    sdk: "writes no `value` for a pipeline parameter without default",
    dagwright: "`value: ''`",
    why: "Argo's own check requires a value. The annotation pipeline_spec still shows that there is no default.",
    amended: (workflow) => {
      const list = listField(field(field(workflow, "spec"), "arguments"), "parameters");
      if (!list.some((one) => field(one, "value") === undefined)) return workflow;
      return changed(workflow, ["spec", "arguments", "parameters"], () =>
        list.map((one) => (isMap(one) ? { ...one, value: field(one, "value") ?? "" } : one)),
      );
    },
  },
  {
    id: "parallelism-zero",
    sdk: "writes `parallelism: 0` at every loop without a limit",
    dagwright: "writes nothing",
    why: "Both mean no limit; the schema of Argo 4 requires at least 1.",
    amended: (workflow) => withoutFromTemplates(workflow, "parallelism", (value) => value === 0),
  },
  {
    id: "number-like-text",
    sdk: "writes text such as `1e-07` without quotes, since its YAML library does not read it as a number",
    dagwright: "in quotes",
    why: "The YAML library of Kubernetes reads it as a number, and Argo then refuses the file.",
    covers: ({ theirs, ours }) => typeof theirs === "number" && typeof ours === "string" && Number(ours) === theirs,
  },
  {
    id: "empty-selector",
    sdk: "leaves `nodeSelector: {}` when all of it moves to `podSpecPatch`",
    dagwright: "leaves nothing",
    why: "It has no effect.",
    amended: (workflow) => withoutFromTemplates(workflow, "nodeSelector", (value) => isMap(value) && Object.keys(value).length === 0),
  },
  {
    id: "loop-item-attribute",
    sdk: "reads `item.name`, `item.value`, `item.pattern` … of a loop over a parameter or output as attributes of its own object, so the program gets the text `things-loop-item`",
    dagwright: "reads them as keys of the item, like all others",
    why: "`thing.name` means the item's name.",
    covers: ({ path, theirs, ours }) =>
      /-loop-item-subvar-(name|value|pattern|op_name|param_type|full_name)\b/.test(JSON.stringify([path, theirs ?? null, ours ?? null])),
  },
  // Below: what the SDK makes cannot be compared, since it fails or is refused. test/conformance/defects shows each.
  {
    id: "names-in-any-script",
    file: "korean_function_names.py",
    sdk: "leaves templates without a name if a name has no Latin letter or digit, and such tasks overwrite one another",
    dagwright: "`task`, `task-2` …; the human name stays in `component_spec`",
    why: "Argo refuses empty names.",
  },
  {
    id: "alike-folders",
    file: "alike_folders.py",
    sdk: "writes the files of inputs to one path if their names differ only in characters that paths cannot have",
    dagwright: "a folder for each",
    why: "One file would hide the other.",
  },
  {
    id: "same-output-twice",
    file: "same_output_twice.py",
    sdk: "gives two file inputs of a task fed by one output the same name",
    dagwright: "the second gets a name of its own, `make-Output-2`",
    why: "Argo refuses duplicate names.",
  },
  {
    id: "value-and-file",
    file: "value_and_file.py",
    sdk: "loses the file of an input that the command line also uses as a value",
    dagwright: "gives both",
    why: "The program opens a file that is not there.",
  },
  {
    id: "volume-at-two-paths",
    file: "volume_at_two_paths.py",
    sdk: "writes a volume as often as it is mounted",
    dagwright: "once",
    why: "Kubernetes refuses pods with two volumes of one name.",
  },
  {
    id: "task-like-a-group",
    file: "task_like_a_group.py",
    sdk: "fails, or gives a task and a group the same template name, such as `condition-1`",
    dagwright: "gives all templates different names",
    why: "A template would be lost.",
  },
  {
    id: "output-of-a-condition",
    file: "output_of_a_condition.py",
    sdk: "drops the inner output parameter that a group's output refers to",
    dagwright: "keeps it, and warns that the reference fails if the condition does not hold",
    why: "Argo refuses the file.",
  },
  {
    id: "loop-over-outer-output",
    file: "loop_over_outer_output.py",
    sdk: "fails for a loop in a group over an output made outside of it",
    dagwright: "passes the list into the group",
    why: "This is what the pipeline means.",
  },
  {
    id: "gpu-by-reference",
    file: "gpu_reference.py",
    sdk: "calls the resource `nvidia` if the number of GPUs is known only at run time",
    dagwright: "`nvidia.com/gpu`, by `podSpecPatch`",
    why: "Kubernetes has no resource `nvidia`, and Argo does not accept a reference there.",
  },
];

const markers = ["<!-- deviations: written by `node dist/node/conformance.js --write` -->", "<!-- end of deviations -->"] as const;

/** docs/compatibility.md with the deviations in their section, which is put at the end if it is not there yet. */
export function withDeviations(text: string): string {
  const rows = deviations.map((one) => `| ${one.id} | ${one.sdk} | ${one.dagwright} | ${one.why} |`);
  const section = [
    markers[0],
    "## Differences from the KFP SDK 1.8",
    "",
    "Everything else that Dagwright compiles equals the SDK's output, field by field; the conformance suite compares both.",
    "",
    "| what | the SDK | Dagwright | why |",
    "|---|---|---|---|",
    ...rows,
    markers[1],
  ].join("\n");
  const [start, end] = [text.indexOf(markers[0]), text.indexOf(markers[1])];
  if (start < 0 || end < start) return `${text.trimEnd()}\n\n${section}\n`.trimStart();
  return text.slice(0, start) + section + text.slice(end + markers[1].length);
}

function templates(workflow: Data): readonly Data[] {
  return listField(field(workflow, "spec"), "templates");
}

/** The workflow without a field of its templates, wherever the field has such a value. */
function withoutFromTemplates(workflow: Data, key: string, goes: (value: Data | undefined) => boolean): Data {
  if (!templates(workflow).some((one) => goes(field(one, key)))) return workflow;
  const without = (one: Data) =>
    isMap(one) && goes(field(one, key)) ? Object.fromEntries(Object.entries(one).filter(([name]) => name !== key)) : one;
  return changed(workflow, ["spec", "templates"], (list) => (isList(list) ? list.map(without) : list));
}

/** Data with every text in it changed, keys left alone. */
function mapTexts(data: Data, change: (text: string) => string): Data {
  if (typeof data === "string") return change(data);
  if (isList(data)) return data.map((item) => mapTexts(item, change));
  return isMap(data) ? Object.fromEntries(Object.entries(data).map(([key, value]) => [key, mapTexts(value, change)])) : data;
}

/** Data with the value at a path of keys changed. */
function changed(data: Data, path: readonly string[], change: (old: Data) => Data): Data {
  const [key, ...rest] = path;
  if (key === undefined) return change(data);
  return isMap(data) ? { ...data, [key]: changed(data[key] ?? null, rest, change) } : data;
}
