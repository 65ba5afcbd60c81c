import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readComponent } from "#components/component-yaml/read.ts";
import { writeComponent } from "#components/component-yaml/write.ts";
import { field, sameData, type Data, type DataMap } from "#data/data.ts";
import type { CommandItem, ComponentSpec } from "#components/component-spec.ts";
import { readFunctions } from "#python/functions.ts";
import { readPipelineFile } from "#python/pipeline-file.ts";
import { defaultImage, programOf } from "#python/program.ts";
import { run } from "#test/python/run.ts";
import { askPython } from "./tools.ts";

/** Arguments by the function's component name: each row is one run of the SDK's program and one of ours. */
const cases: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>> = {
  "Count rows": [{ table: "a\n1\n2", header: "True" }, { table: "a\n1", header: "False" }, { table: "x" }, { table: "x", header: "maybe" }],
  Share: [
    { part: "1", whole: "4" },
    { part: "x", whole: "4" },
    { part: "1", whole: "0" },
  ],
  Report: [{ rows: "3", ratio: "0.5", title: "고정 값" }, { rows: "3", ratio: "1e-3" }, { ratio: "1" }],
  "Make table": [{ rows: "3" }, { rows: "0" }],
  Total: [{ table: "0,1\n1,5\n", column: "1" }, { table: "0,1\n1,5\n" }],
  "Copy table": [{ source: "a,b\r\n1,2\n" }],
  Upper: [{ text: "some 글 text\nsecond line" }],
  Size: [{ packed: "12345" }, { packed: "1", note: "n" }],
  Statistics: [{ values: "[1, 2, 3.5]" }, { values: "not json" }],
  Split: [{ text: "four" }, { text: "넷" }],
  Use: [
    { mean: "1.5", count: "2", ok: "true", names: '["x", 1]', about: '{"k": [true, null]}' },
    { mean: "1", count: "2", ok: "False", names: "[]", about: "{}", note: "끝" },
  ],
  "Export metrics": [{}],
  Draw: [{ title: "Result" }],
  Returned: [{ rate: "0.25" }],
  Plain: [{ text: "a  b" }, { text: "" }],
  Join: [{ left: "a", right: "b" }, { left: "a" }],
  Shout: [{ text: "hey" }],
  Train: [
    { learning_rate: "0.1", num_layers: "3", optimizer: "x" },
    { learning_rate: "1", num_layers: "1" },
  ],
  Check: [{ name: "n", size: "11" }],
  "Write file op": [{}],
  "Read file and multiply op": [{ data_input: '{"값": 7}', factor: "2" }, { data_input: '{"값": 7}' }],
  Typed: [{ a: "x" }, { a: "x", b: "4", c: "2", d: "no", e: "[]", f: "{}", g: "t", h: "gs://z", i: "[1]", j: "{}", k: "k", l: "l" }],
  Untyped: [{ x: "v" }, { x: "v", y: "file" }],
  Make: [{ kind: "k" }],
};

interface Listed {
  readonly file: string;
  readonly components: readonly Data[];
}

/** Compares components from Python functions with the SDK's: interface and flags as data, programs by what they write when run. */
export function programDifferences(python: string, root: string): { readonly compared: number; readonly differences: readonly string[] } {
  const folder = join(root, "test/conformance/pipelines");
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".py"))
    .sort()
    .map((name) => join(folder, name));
  const listed = askPython(python, join(root, "test/conformance/list_components.py"), files) as readonly Listed[];
  let compared = 0;
  const differences: string[] = [];
  for (const { file, components } of listed) {
    const source = readFileSync(file, "utf8");
    const functions = readFunctions(source).functions;
    // One function may be several components: each call that makes one has settings of its own.
    const calls = [...readPipelineFile(source).components.values()].flatMap((one) => (one.kind === "function" ? [one] : []));
    const candidates = functions.flatMap((fn) => [
      programOf(fn),
      ...calls
        .filter((one) => one.name === fn.name && one.settings)
        .map((one) => programOf(fn, { image: one.settings?.image ?? defaultImage, packages: one.settings?.packages })),
    ]);
    for (const data of components) {
      const theirs = readComponent(data).component;
      const alike = candidates.filter((one) => one.name === theirs?.name);
      const ours = alike.find((one) => theirs && sameData(containerHead(one), containerHead(theirs))) ?? alike[0];
      if (!theirs || !ours) {
        differences.push(`${file}: "${theirs?.name}" is not among our functions`);
        continue;
      }
      const found = [...interfaceDifferences(ours, theirs, data), ...runDifferences(ours, theirs)];
      compared += 1 + (cases[theirs.name ?? ""]?.length ?? 0);
      differences.push(...found.map((line) => `${file}: ${theirs.name}: ${line}`));
    }
  }
  return { compared, differences };
}

function interfaceDifferences(ours: ComponentSpec, theirs: ComponentSpec, data: Data): readonly string[] {
  const written = writeComponent(ours) as DataMap;
  const container = (spec: Data | undefined, key: string): Data | undefined =>
    field(field(field(spec, "implementation"), "container"), key);
  const lines = ["name", "description", "inputs", "outputs"].filter((key) => !sameData(field(written, key), field(data, key)));
  const parts = ["image", "args"].filter((key) => !sameData(container(written, key), container(data, key)));
  const prefix = sameData(commandHead(ours), commandHead(theirs)) ? [] : ["command"];
  return [
    ...lines.map((key) => `${key}: ours ${JSON.stringify(field(written, key))}, theirs ${JSON.stringify(field(data, key))}`),
    ...parts.map((key) => `${key}: ours ${JSON.stringify(container(written, key))}, theirs ${JSON.stringify(container(data, key))}`),
    ...prefix.map((key) => `${key}: ours ${JSON.stringify(commandHead(ours))}, theirs ${JSON.stringify(commandHead(theirs))}`),
  ];
}

/** Image and command as far as they are compared as data. */
function containerHead(spec: ComponentSpec): Data {
  return [spec.implementation.kind === "container" ? spec.implementation.image : "", commandHead(spec)];
}

/** The command without its two texts of our own wording: launcher and program. */
function commandHead(spec: ComponentSpec): Data {
  const command = spec.implementation.kind === "container" ? (spec.implementation.command ?? []) : [];
  return command.map((item: CommandItem) =>
    item.kind === "text" && item.text.length < 20 ? item.text : item.kind === "text" && item.text.includes("pip install") ? "pip" : "…",
  );
}

function runDifferences(ours: ComponentSpec, theirs: ComponentSpec): readonly string[] {
  // Packages cannot be installed here for every case; such programs are compared by their interface alone.
  if (JSON.stringify(ours.implementation).includes("pip install")) return [];
  return (cases[theirs.name ?? ""] ?? []).flatMap((inputs) => {
    const [a, b] = [run(ours, inputs), run(theirs, inputs)];
    const same = (a.status === 0) === (b.status === 0) && a.stdout === b.stdout && (a.status !== 0 || sameData(a.outputs, b.outputs));
    return same ? [] : [`run with ${JSON.stringify(inputs)}: ours ${show(a)}, theirs ${show(b)}`];
  });
}

function show(one: { readonly status: number; readonly outputs: Data; readonly stderr: string }): string {
  return `${one.status === 0 ? "wrote" : "failed"} ${JSON.stringify(one.outputs)} ${one.status === 0 ? "" : one.stderr.trim().split("\n").at(-1)}`;
}
