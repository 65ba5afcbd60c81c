import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { editDocument, openDocument } from "#compiler/document.ts";
import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import { componentReference } from "#components/component-yaml/reference.ts";
import { lowerPipeline } from "#formats/argo/kfp/lower/lower-pipeline.ts";
import type { ComponentOp } from "#pipeline/pipeline-plan.ts";
import { newPipelineText } from "#formats/argo/kfp/new-pipeline.ts";
import { readComponent } from "#components/component-yaml/read.ts";
import { writeComponent } from "#components/component-yaml/write.ts";
import type { ComponentSpec } from "#components/component-spec.ts";
import { type Data, field, listField, sameData, textField } from "#data/data.ts";
import { valueType } from "#components/type-names.ts";
import { parse } from "#yaml/parse.ts";
import { printStream } from "#yaml/print.ts";
import { t, stamps, workflowDifferences } from "./pipelines.ts";
import { askPython } from "./tools.ts";

/** Components of the corpus, each placed in a pipeline with constants for the inputs that must be given. */
export interface PlacedComponent {
  readonly file: string;
  /** Its path below the corpus' components. */
  readonly name: string;
  readonly spec: ComponentSpec;
  readonly arguments: Readonly<Record<string, string>>;
  readonly text: string;
}

const samples: Readonly<Record<string, string>> = {
  Integer: "3",
  Float: "0.5",
  Boolean: "True",
  JsonArray: '["a", 1]',
  JsonObject: '{"a": 1}',
};

/** All component files of the corpus that can be read. */
export function placedComponents(corpus: string): readonly PlacedComponent[] {
  const location = join(corpus, "components");
  if (!existsSync(location)) return [];
  return filesBelow(location)
    .filter((file) => /\.ya?ml$/.test(file))
    .flatMap((file): PlacedComponent[] => {
      const text = readFileSync(file, "utf8");
      const spec = readComponent(parse(text).stream[0] ?? null).component;
      if (!spec) return [];
      const required = spec.inputs.filter((input) => input.default === undefined && !input.optional);
      const values = required.map((input) => [input.name, samples[valueType(input.type) ?? ""] ?? "some text"] as const);
      return [{ file, name: relative(location, file), spec, arguments: Object.fromEntries(values), text }];
    });
}

function opOf(placed: PlacedComponent, id: string): ComponentOp {
  const args = Object.entries(placed.arguments).map(([name, value]) => [name, { kind: "constant", value }] as const);
  return {
    kind: "component",
    id,
    spec: placed.spec,
    reference: componentReference(placed.text, placed.file),
    arguments: Object.fromEntries(args),
    ...(lacksImage(placed) && { overlay: { container: { image } } }),
  };
}

/** Some files leave the image to whoever uses the component; Argo wants one. */
const image = "example.com/filled-in:1";

function lacksImage({ spec }: PlacedComponent): boolean {
  return spec.implementation.kind === "container" && spec.implementation.image === "";
}

function lowered(placed: readonly PlacedComponent[], name: string) {
  return lowerPipeline({ name, parameters: [], body: placed.map((one, index) => opOf(one, String(index))) }, stamps);
}

/** Whether all of a component is there: graphs may name parts by an address only, which nobody fetches here. */
function isWhole(placed: PlacedComponent): boolean {
  return !lowered([placed], "One component").diagnostics.some((found) => found.code === "lower-graph-component-missing");
}

/** Writes pipelines with the components in them: each alone as we lower it, each put on an empty canvas, and all in one. */
export function componentPipelines(corpus: string, folder: string): readonly string[] {
  const all = placedComponents(corpus).filter(isWhole);
  if (all.length === 0) return [];
  mkdirSync(folder, { recursive: true });
  const put = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const alone = all.map((one, index) => put(`lowered-${index}.yaml`, printStream([lowered([one], "One component").workflow])));
  const drawn = all.flatMap((one, index) => {
    const made = onCanvas(one);
    return "refused" in made ? [] : [put(`drawn-${index}.yaml`, made.text)];
  });
  return [...alone, ...drawn, put("all.yaml", printStream([lowered(all, "All components").workflow]))];
}

/** The text of a new pipeline after the component was put on its canvas, or why it cannot be put there. */
function onCanvas(placed: PlacedComponent): { readonly text: string } | { readonly refused: string } {
  const refused = (found: Diagnostic) => ({ refused: `${found.code} ${JSON.stringify(found.values)}` });
  const fresh = openDocument(newPipelineText);
  const entrypoint = textField(field(fresh.stream[0], "spec"), "entrypoint") ?? "";
  const edited = editDocument(fresh, [
    {
      kind: "add-component",
      graph: entrypoint,
      spec: writeComponent(placed.spec),
      reference: componentReference(placed.text),
      arguments: placed.arguments,
    },
  ]);
  if (!edited.ok) return refused(edited.refusal);
  if (!lacksImage(placed)) return { text: edited.document.text };
  const graph = listField(field(edited.document.stream[0], "spec"), "templates").find((one) => field(one, "dag") !== undefined);
  const task = textField(listField(field(graph, "dag"), "tasks")[0], "name") ?? "";
  const filled = editDocument(edited.document, [
    { kind: "set-setting", target: { kind: "task", task }, path: ["container", "image"], value: image },
  ]);
  return filled.ok ? { text: filled.document.text } : refused(filled.refusal);
}

/** Component → task → exported YAML → component: the annotation of the exported template gives the component back. */
export function roundTripDifferences(corpus: string): { readonly compared: number; readonly failed: readonly string[] } {
  const all = placedComponents(corpus);
  const failed = all.flatMap((placed) => {
    const isGraph = placed.spec.implementation.kind === "graph";
    const made = isGraph ? [] : [{ text: printStream([lowered([placed], "One component").workflow]) }, onCanvas(placed)];
    return made.flatMap((one, index) => {
      const how = index === 0 ? "lowered" : "on the canvas";
      if ("refused" in one) return [`${placed.name}: cannot be put ${how}: ${one.refused}`];
      const back = specsIn(one.text);
      return back.length === 1 && sameData(withoutNulls(back[0] as ComponentSpec), withoutNulls(placed.spec))
        ? []
        : [`${placed.name}: ${how}, another component comes back`];
    });
  });
  return { compared: all.length, failed };
}

/** `outputs:` with nothing behind it says as much as no `outputs`. */
function withoutNulls(spec: ComponentSpec): Data {
  return Object.fromEntries(Object.entries(writeComponent(spec)).filter(([, value]) => value !== null));
}

/** The components of a text's templates, as their annotations tell them. */
function specsIn(text: string): readonly ComponentSpec[] {
  const templates = listField(field(parse(text).stream[0], "spec"), "templates");
  return templates.flatMap((template) => {
    const annotation = textField(field(field(template, "metadata"), "annotations"), "pipelines.kubeflow.org/component_spec");
    const spec = annotation === undefined ? undefined : readComponent(JSON.parse(annotation) as Data).component;
    return spec ? [spec] : [];
  });
}

/** Each component's pipeline against the one that the SDK makes of the same file with the same arguments. */
export function componentPipelineDifferences(
  python: string,
  root: string,
  corpus: string,
): { readonly compared: number; readonly failed: readonly string[] } {
  const all = placedComponents(corpus).filter(isWhole);
  const questions = all.map((one) => ({ file: one.file, arguments: one.arguments }));
  const answers = askPython(python, join(root, "test/conformance/compile_components.py"), questions) as readonly {
    readonly text?: string;
    readonly error?: string;
  }[];
  const failed = all.flatMap((placed, index) => {
    const { text, error } = answers[index] ?? {};
    const ours = lowered([placed], "One component");
    // Placeholders of v2 stay in the text as the SDK leaves them; we say so, it does not.
    const wrong = ours.diagnostics
      .filter((found) => found.level === "error" && found.code !== "lower-v2-placeholder")
      .map((found) => found.code);
    if (text === undefined) return wrong.length > 0 ? [] : [`${placed.name}: the SDK does not compile it (${error}), we do`];
    const differences = workflowDifferences(text, ours.workflow, () => undefined).filter(
      ({ path, ours: value }) => !(path.at(-1) === "image" && value === image),
    );
    const lines = [...wrong, ...differences.map(t)];
    return lines.map((line) => `${placed.name}: ${line}`);
  });
  return { compared: all.length, failed };
}

/** All files below a folder, in order. */
export function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => (statSync(join(folder, name)).isDirectory() ? filesBelow(join(folder, name)) : [join(folder, name)]));
}
