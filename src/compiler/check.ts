/**
 * All findings about a document, each with its place and, when the text is at hand, the characters to mark: what parsing and
 * reading found, what the lint finds, and the few checks that need a parser.
 */
import type { Diagnostic, Place } from "#diagnostics/diagnostic.ts";
import { readModel } from "./readers.ts";
import { readComponent } from "#components/component-yaml/read.ts";
import { checkPipeline } from "#formats/kfp-v2/check/check.ts";
import { lint, type LintOptions } from "#formats/argo/lint/lint.ts";
import type { Mode, Others } from "#formats/argo/lint/subject.ts";
import { type Data, isMap, textField, valueAt } from "#data/data.ts";
import type { Model, WorkflowResource } from "#pipeline/model.ts";
import { parse } from "#yaml/parse.ts";
import { spanOf } from "#yaml/place.ts";
import type { Source } from "#yaml/tree.ts";

export type { Mode, Others };

/** What of a document is checked; `source` gives findings their characters. */
export interface Checkable {
  readonly stream: readonly Data[];
  readonly model: Model;
  readonly source?: Source;
  /** What parsing and reading found. */
  readonly diagnostics?: readonly Diagnostic[];
}

export interface CheckOptions extends LintOptions {
  /** "kfp": also what Kubeflow Pipelines' upload refuses. */
  readonly target?: "argo" | "kfp";
}

/** Everything there is to say about a document, the gravest of one place once. */
export function checkDocument(document: Checkable, options: CheckOptions = {}): readonly Diagnostic[] {
  const { source } = document;
  const { model, stream } = treatedAs(document, options.as);
  const found = [
    ...(document.diagnostics ?? source?.diagnostics ?? []),
    ...lint(model, stream, options),
    ...model.objects.flatMap((object) =>
      object.kind === "workflow" && object.dialect === "kfp-v2" ? checkPipeline(object, { model, stream }) : [],
    ),
    ...checkManifests(model, stream),
    ...checkComponents(stream),
    ...((document.diagnostics ?? []).some(isFatal) ? [] : checkContent(model, stream)),
    ...(options.target === "kfp" ? checkUpload(model) : []),
  ];
  const once = withoutTwins(found);
  return source === undefined ? once : once.map((finding) => withinText(withSpan(finding, source), source.text));
}

/** Whether a text could not be read to its end, so that what it is must stay open. */
function isFatal({ code }: Diagnostic): boolean {
  return code === "yaml-syntax" || code === "file-too-large" || code === "alias-bomb";
}

/** The document with its first object read as another kind, whatever its `kind` says. */
function treatedAs({ model, stream }: Checkable, resource: WorkflowResource | undefined): Pick<Checkable, "model" | "stream"> {
  const [first, ...rest] = stream;
  const object = model.objects[0];
  if (resource === undefined || !isMap(first) || (object?.kind === "workflow" && object.resource === resource)) return { model, stream };
  const changed = [{ ...first, apiVersion: "argoproj.io/v1alpha1", kind: resource }, ...rest];
  return { model: readModel(changed).model, stream: changed };
}

/** The reader and the lint may both see that a value has the wrong type; one of them is enough. */
function withoutTwins(findings: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  return findings.filter(({ code, place, values }) => {
    const key = `${code}\n${place.join("\n")}\n${code === "wrong-type" ? "" : Object.values(values).join("\n")}`;
    return seen.has(key) ? false : (seen.add(key), true);
  });
}

/** The manifest of a resource template is YAML in a text. Argo puts a word in place of each tag before it looks. */
function checkManifests(model: Model, stream: readonly Data[]): readonly Diagnostic[] {
  return model.objects.flatMap((object) =>
    (object.kind === "workflow" ? object.templates : []).flatMap((template): readonly Diagnostic[] => {
      const place: Place = [...template.place, "resource", "manifest"];
      const manifest = textField(valueAt(stream, [...template.place, "resource"]), "manifest");
      if (template.kind !== "resource" || manifest === undefined || manifest === "") return [];
      const [fault] = parse(manifest.replace(/\{\{[\s\S]*?\}\}/g, "placeholder")).diagnostics.filter(
        (one) => one.level === "error" && one.code !== "yaml-duplicate-key",
      );
      return fault === undefined ? [] : [{ code: "resource-manifest-yaml", level: "error", values: { name: template.name }, place }];
    }),
  );
}

/** What is wrong with the component files among the documents. */
function checkComponents(stream: readonly Data[]): readonly Diagnostic[] {
  return stream.flatMap((data, index) =>
    isMap(data) && isMap(data.implementation) && textField(data, "apiVersion") === undefined
      ? readComponent(data, [index]).diagnostics
      : [],
  );
}

/** Documents that nobody runs: unknown kinds, and a text without any workflow. */
function checkContent(model: Model, stream: readonly Data[]): readonly Diagnostic[] {
  const findings: Diagnostic[] = [];
  for (const object of model.objects) {
    if (object.kind !== "foreign" || object.data === null) continue;
    const known = /^(Workflow|WorkflowTemplate|ClusterWorkflowTemplate|CronWorkflow)$/i.test(object.resource ?? "");
    if (known)
      findings.push({
        code: "kind-ignored",
        level: "warning",
        values: { kind: object.resource ?? "", apiVersion: object.apiVersion ?? "" },
        place: object.place,
      });
  }
  const lintable = model.objects.some((object) => object.kind === "workflow");
  const component = stream.some((data) => valueAt(data, ["implementation"]) !== undefined);
  if (!lintable && !component && stream.some((data) => data !== null))
    findings.push({ code: "nothing-to-lint", level: "warning", values: {}, place: [] });
  return findings;
}

/** Kubeflow Pipelines takes one Workflow per file. KFP: backend/src/common/util/workflow.go, ValidateWorkflow. */
function checkUpload(model: Model): readonly Diagnostic[] {
  // A pipeline spec is what Kubeflow Pipelines 2 takes; it may come in two documents.
  if (model.objects.some((object) => object.kind === "workflow" && object.dialect === "kfp-v2")) return [];
  const [first, ...more] = model.objects.filter((object) => object.kind === "workflow" || object.data !== null);
  const findings: Diagnostic[] = [];
  if (first?.kind !== "workflow" || first.resource !== "Workflow") {
    findings.push({ code: "kfp-needs-workflow", level: "cluster", values: {}, place: first?.place ?? [] });
  }
  if (more.length > 0)
    findings.push({ code: "kfp-one-document", level: "cluster", values: { n: more.length + 1 }, place: more[0]?.place ?? [] });
  return findings;
}

/** The finding with a span that lies within the text, whatever made it. */
function withinText(finding: Diagnostic, text: string): Diagnostic {
  const { span } = finding;
  if (span === undefined || (span[0] >= 0 && span[0] <= span[1] && span[1] <= text.length)) return finding;
  const start = Math.min(Math.max(0, span[0]), text.length);
  return { ...finding, span: [start, Math.max(start, Math.min(span[1], text.length))] };
}

/** The characters of a finding's place; of the nearest thing around it if the place itself is not in the text. */
function withSpan(finding: Diagnostic, source: Source): Diagnostic {
  if (finding.span !== undefined) return finding;
  for (let length = finding.place.length; length > 0; length -= 1) {
    const span = spanOf(source, finding.place.slice(0, length));
    if (span !== undefined) return { ...finding, span: [span.keyStart ?? span.start, span.end] };
  }
  return { ...finding, span: [0, 0] };
}
