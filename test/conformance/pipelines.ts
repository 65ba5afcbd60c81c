import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { compilePython } from "#compiler/python.ts";
import { type Data, field, isList, isMap, type Path, sameData, textField } from "#data/data.ts";
import { parse } from "#yaml/parse.ts";
import { type Difference, deviations } from "./deviations.ts";
import { askPython, sdkVersion } from "./tools.ts";

/** The stamps of everything that the conformance suite compiles. */
export const stamps = { sdkVersion, compiledAt: "2024-05-01T09:30:00.000000" };

interface Compiled {
  readonly file: string;
  readonly text?: string;
  readonly error?: string;
}

/** What came out of comparing all pipelines: a line for each difference nobody meant, and how often each deviation occurred. */
export interface Comparison {
  readonly compared: number;
  readonly failed: readonly string[];
  readonly deviations: ReadonlyMap<string, number>;
}

/** The Python pipelines of ours that both the SDK and we compile. */
export function pipelineFiles(root: string): readonly string[] {
  return pythonFiles(join(root, "test/conformance/pipelines"));
}

/** Python files of a folder, in order. */
export function pythonFiles(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".py"))
    .sort()
    .map((name) => join(folder, name));
}

/** Compiles all pipelines with the SDK and with ours and compares the workflows as data. */
export function pipelineDifferences(python: string, root: string): Comparison {
  const answers = askPython(python, join(root, "test/conformance/compile_pipelines.py"), pipelineFiles(root)) as readonly Compiled[];
  const failed: string[] = [];
  const seen = new Map<string, number>();
  for (const { file, text, error } of answers) {
    const lines = text === undefined ? [`the SDK does not compile it: ${error}`] : differencesOf(file, text, seen);
    failed.push(...lines.map((line) => `${basename(file)}: ${line}`));
  }
  return { compared: answers.length, failed, deviations: seen };
}

function differencesOf(file: string, theirs: string, seen: Map<string, number>): readonly string[] {
  const { workflow, diagnostics } = compilePython(readFileSync(file, "utf8"), stamps);
  if (!workflow) return ["we find no pipeline in it"];
  const wrong = diagnostics.filter((one) => one.level === "error" || one.code === "python-pipeline-left-out");
  const lines = wrong.map((one) => `${one.code} ${JSON.stringify(one.values)}`);
  const count = (id: string) => seen.set(id, (seen.get(id) ?? 0) + 1);
  for (const difference of workflowDifferences(theirs, workflow, count)) lines.push(t(difference));
  return lines;
}

/** The differences between the SDK's text and our workflow that no deviation explains; `count` is called for each deviation that occurs. */
export function workflowDifferences(theirs: string, ours: Data, count: (deviation: string) => void): readonly Difference[] {
  const meant = deviations.reduce(
    (data, one) => {
      const amended = one.amended?.(data) ?? data;
      if (!sameData(amended, data)) count(one.id);
      return amended;
    },
    parse(theirs).stream[0] ?? null,
  );
  const covered = new Set<string>();
  const left = compare(comparable(meant), comparable(ours)).filter((difference) => {
    const deviation = deviations.find((one) => one.covers?.(difference));
    if (deviation) covered.add(deviation.id);
    return !deviation;
  });
  for (const id of covered) count(id);
  return left;
}

/** All places at which two values differ; lists are compared by position, templates and tasks by name. */
export function compare(theirs: Data | undefined, ours: Data | undefined, path: Path = []): readonly Difference[] {
  if (sameData(theirs, ours)) return [];
  if (isMap(theirs) && isMap(ours)) {
    const keys = [...new Set([...Object.keys(theirs), ...Object.keys(ours)])];
    return keys.flatMap((key) => compare(field(theirs, key), field(ours, key), [...path, key]));
  }
  if (isList(theirs) && isList(ours)) {
    const named =
      [...theirs, ...ours].every((one) => textField(one, "name") !== undefined) &&
      [theirs, ours].every((list) => new Set(list.map((one) => textField(one, "name"))).size === list.length);
    if (named) {
      const names = (list: readonly Data[]) => list.map((one) => textField(one, "name") as string);
      const all = [...new Set([...names(theirs), ...names(ours)])];
      const found = all.flatMap((name) =>
        compare(
          theirs.find((one) => textField(one, "name") === name),
          ours.find((one) => textField(one, "name") === name),
          [...path, name],
        ),
      );
      return found.length > 0 ? found : [{ path: [...path, "(order)"], theirs: names(theirs), ours: names(ours) }];
    }
    if (theirs.length === ours.length) return theirs.flatMap((one, index) => compare(one, ours[index], [...path, index]));
  }
  return [{ path, theirs, ours }];
}

/** A difference in one line. */
export function t({ path, theirs, ours }: Difference): string {
  return `${path.join(" › ")}: the SDK's ${short(theirs)}, ours ${short(ours)}`;
}

function short(data: Data | undefined): string {
  const text = data === undefined ? "(nothing)" : JSON.stringify(data);
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

const compilationTime = "pipelines.kubeflow.org/pipeline_compilation_time";
const jsonAnnotations = new Set(
  ["component_spec", "component_ref", "arguments.parameters", "pipeline_spec"].map((name) => `pipelines.kubeflow.org/${name}`),
);

/**
 * A workflow in the form in which two are compared: without the time, JSON in annotations as data (its text must be the same as
 * Python writes it, so an annotation that is not is left as text), programs and launchers of Python functions cut out.
 */
export function comparable(data: Data): Data {
  if (isList(data)) {
    const list = withoutPrograms(data);
    return list.map(comparable);
  }
  if (!isMap(data)) return data;
  return Object.fromEntries(
    Object.entries(data)
      .filter(([key]) => key !== compilationTime)
      .map(([key, value]) => {
        if (jsonAnnotations.has(key) && typeof value === "string") return [key, comparable(JSON.parse(value) as Data)];
        if (key === "podSpecPatch" && typeof value === "string") return [key, comparable(JSON.parse(value) as Data)];
        if (key === "manifest" && typeof value === "string") return [key, comparable(parse(value).stream[0] ?? null)];
        return [key, comparable(value)];
      }),
  );
}

/** A command `[…, sh, -ec, launcher, program]` of a Python function without its two texts; those are compared by running them. */
function withoutPrograms(list: readonly Data[]): readonly Data[] {
  const at = list.findIndex(
    (word, index) =>
      word === "-ec" &&
      list[index - 1] === "sh" &&
      String(list[index + 1]).includes("python3 -u") &&
      String(list[index + 2]).includes("argparse"),
  );
  return at < 0 ? list : list.map((word, index) => (index === at + 1 ? "(launcher)" : index === at + 2 ? "(program)" : word));
}

/** The lines that a partial file marks as not read, against those that we list; and what is left must still be a workflow. */
export function partialDifferences(root: string): { readonly compared: number; readonly failed: readonly string[] } {
  const files = pythonFiles(join(root, "test/conformance/partial"));
  const failed = files.flatMap((file) => {
    const source = readFileSync(file, "utf8");
    const marked = source.split("\n").flatMap((line, index) => (line.trimEnd().endsWith("# not read") ? [index + 1] : []));
    const { diagnostics, workflow } = compilePython(source, stamps);
    const listed = [...new Set(diagnostics.flatMap((one) => (one.code === "python-pipeline-left-out" ? [Number(one.values["line"])] : [])))];
    if (!workflow) return [`${basename(file)}: nothing of it compiles`];
    return String(marked) === String(listed)
      ? []
      : [`${basename(file)}: lines ${marked.join(", ")} are not read, listed are ${listed.join(", ")}`];
  });
  return { compared: files.length, failed };
}

/** Pipelines on which the SDK fails or writes what is refused: ours must say them wholly; the judges see what comes of it. */
export function defectDifferences(root: string): { readonly compared: number; readonly failed: readonly string[] } {
  const files = pythonFiles(join(root, "test/conformance/defects"));
  const documented = new Set(deviations.flatMap((one) => one.file ?? []));
  const failed = files.flatMap((file) => {
    const { diagnostics, workflow } = compilePython(readFileSync(file, "utf8"), stamps);
    const wrong = diagnostics.filter((one) => one.level === "error" || one.code === "python-pipeline-left-out").map((one) => one.code);
    return [...(workflow ? [] : ["no workflow"]), ...wrong, ...(documented.has(basename(file)) ? [] : ["no deviation tells of it"])].map(
      (line) => `${basename(file)}: ${line}`,
    );
  });
  return { compared: files.length, failed };
}
