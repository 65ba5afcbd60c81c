import { programsOf } from "#compiler/programs.ts";
import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import { refuse } from "#document/edit-targets.ts";
import type { FormatPrograms } from "#document/format.ts";
import { writeComponent } from "#components/component-yaml/write.ts";
import type { CommandItem, ComponentSpec } from "#components/component-spec.ts";
import { type Data, type DataMap, isList, isMap, type Path } from "#data/data.ts";
import type { Edit } from "#pipeline/edit.ts";
import type { FormatId, Task, Template, Workflow } from "#pipeline/model.ts";
import { pythonJson } from "#components/python-text.ts";
import { packagesOf, type ProgramLens, programIndex } from "#python/program-lens.ts";
import { installCommand } from "#python/program.ts";
import type { PythonFunction } from "#python/function.ts";
import { readFunctions } from "#python/functions.ts";
import { editFunction, signatureOf } from "#python/signature.ts";

/**
 * Opens the Python function of a task for editing and puts it back: a new body changes only the program's text in the file, a new signature
 * rebuilds the task's component. Imports the Python parser, so it is loaded with the function editor.
 */

/** A task's function for the editor. */
export interface OpenedFunction {
  readonly task: string;
  readonly spec: ComponentSpec;
  readonly lens: ProgramLens;
  /** The path of the program in the template. */
  readonly path: Path;
  readonly program: string;
  /** A setting of the task that contains the component as JSON, and so the program again: its path and text. */
  readonly copy?: { readonly path: Path; readonly text: string };
  /** The function with its annotations. */
  readonly text: string;
  readonly image: string;
  readonly packages: readonly string[];
  readonly command: readonly Data[];
  /** The component that it is the function of, with its format. */
  readonly template: Template;
  readonly format: FormatId;
  /** The object that has the component. */
  readonly workflow?: Workflow;
}

/** Opens the function of a task's component, which is of a format; undefined if it was not made from one. */
export function openFunction(task: Task, template: Template, format: FormatId, workflow?: Workflow): OpenedFunction | undefined {
  const found = programsOf(format)?.programOf(template);
  if (!found) return undefined;
  const { text: program, lens, path, image, command, spec, copy, packages } = found;
  return {
    task: task.id,
    spec: spec ?? { inputs: [], outputs: [], implementation: { kind: "none" }, rest: {} },
    lens,
    path,
    program,
    ...(copy && { copy }),
    text: spec ? signatureOf(spec, lens) : lens.source,
    image,
    packages: packages ?? packagesOf(command),
    command,
    template,
    format,
    ...(workflow && { workflow }),
  };
}

/** The values of the fields beside the text. */
export interface FunctionOptions {
  readonly image: string;
  readonly packages: readonly string[];
}

/** The effect of putting an edited function back. */
export type SavedFunction =
  | { readonly kind: "unchanged" }
  /** Ports are unchanged; `edits` change the program in place. */
  | { readonly kind: "body"; readonly edits: readonly Edit[] }
  /** Ports, types, defaults, image or packages changed: the template is rebuilt. `program`: with a program of our own wording. */
  | {
      readonly kind: "component";
      readonly edits: readonly Edit[];
      readonly program: boolean;
      /** Only the parts of the component that differ change. */
      readonly inPlace?: boolean;
    }
  /** The format cannot express the signature, or cannot change the packages. */
  | { readonly kind: "refused"; readonly refusal: Diagnostic }
  | { readonly kind: "unreadable" };

function samePackages(a: FunctionOptions, b: FunctionOptions): boolean {
  return a.packages.join("\n") === b.packages.join("\n");
}

/** The same component with other ports or packages, for formats that change it in place. */
function changedFunction(
  opened: OpenedFunction,
  change: NonNullable<FormatPrograms["changedComponent"]>,
  text: string,
  options: FunctionOptions,
): SavedFunction {
  const { functions } = readFunctions(text);
  const fn = functions.findLast((one) => one.name === opened.lens.functionName) ?? functions[0];
  if (!fn) return { kind: "unreadable" };
  const component = change(opened.template, fn, {
    ...(opened.workflow && { workflow: opened.workflow }),
    ...(options.image !== opened.image && { image: options.image }),
    ...(!samePackages(options, opened) && { packages: options.packages }),
  });
  if ("refusal" in component) return { kind: "refused", refusal: component.refusal };
  const { spec, renamed } = component;
  const edit: Edit = { kind: "update-component", task: opened.task, spec, ...(renamed.length > 0 && { renamed }) };
  return { kind: "component", program: false, inPlace: true, edits: [edit] };
}

/** The edits that put an edited function back into its task. */
export function saveFunction(opened: OpenedFunction, text: string, options: FunctionOptions): SavedFunction {
  const sameOptions = options.image === opened.image && samePackages(options, opened);
  if (text === opened.text && sameOptions) return { kind: "unchanged" };
  const edited =
    text === opened.text ? undefined : editFunction(opened.spec, opened.lens, text, { image: options.image, packages: options.packages });
  if (edited?.kind === "unreadable") return { kind: "unreadable" };
  const change = programsOf(opened.format)?.changedComponent;
  if (change && (edited?.kind === "new-interface" || !samePackages(options, opened))) return changedFunction(opened, change, text, options);
  if (edited?.kind === "new-interface" && opened.copy !== undefined) {
    // Everything else in the file is kept: author, labels, annotations.
    const component = { ...edited.component, metadata: edited.component.metadata ?? opened.spec.metadata };
    return { kind: "component", program: true, edits: [{ kind: "update-component", task: opened.task, spec: writeComponent(component) }] };
  }
  const program = edited?.kind === "same-interface" ? edited.program : opened.program;
  if (sameOptions) return { kind: "body", edits: programEdits(opened, program) };
  const spec = withOptions(opened, program, options);
  return spec
    ? { kind: "component", program: false, edits: [{ kind: "update-component", task: opened.task, spec }] }
    : { kind: "body", edits: [...programEdits(opened, program), ...imageEdits(opened, options)] };
}

/** The program in the command, and the same text in the copy of the component. */
function programEdits(opened: OpenedFunction, program: string): readonly Edit[] {
  if (program === opened.program) return [];
  const target = { kind: "task", task: opened.task } as const;
  const copy = opened.copy && inCopy(opened.copy.text, opened.program, program);
  return [
    { kind: "set-setting", target, path: opened.path, value: program },
    ...(copy === undefined || !opened.copy ? [] : [{ kind: "set-setting", target, path: opened.copy.path, value: copy } as const]),
  ];
}

function imageEdits(opened: OpenedFunction, options: FunctionOptions): readonly Edit[] {
  return options.image === opened.image
    ? []
    : [{ kind: "set-setting", target: { kind: "task", task: opened.task }, path: ["container", "image"], value: options.image }];
}

/** A copy of the component with another program in it: only the program's text is replaced if it is written as the SDK writes it. */
function inCopy(copy: string, before: string, after: string): string | undefined {
  for (const written of [pythonJson, (text: string) => JSON.stringify(text)]) {
    const parts = copy.split(written(before));
    if (parts.length === 2) return parts.join(written(after));
  }
  try {
    const data = JSON.parse(copy) as Data;
    const changed = replaced(data, before, after);
    return changed === data ? undefined : pythonJson(changed);
  } catch {
    return undefined;
  }
}

function replaced(data: Data, before: string, after: string): Data {
  if (data === before) return after;
  if (isList(data)) {
    const items = data.map((item) => replaced(item, before, after));
    return items.some((item, index) => item !== data[index]) ? items : data;
  }
  if (!isMap(data)) return data;
  const entries = Object.entries(data).map(([key, value]) => [key, replaced(value, before, after)] as const);
  return entries.some(([key, value]) => value !== data[key]) ? Object.fromEntries(entries) : data;
}

/** The component with another image or other packages around the same program; undefined if the file has no component. */
function withOptions(opened: OpenedFunction, program: string, options: FunctionOptions): DataMap | undefined {
  const { implementation } = opened.spec;
  if (opened.copy === undefined || implementation.kind !== "container") return undefined;
  const words = opened.command.flatMap((word): CommandItem[] => (typeof word === "string" ? [{ kind: "text", text: word }] : []));
  const at = programIndex(opened.command);
  if (opened.path[1] !== "command" || at === undefined || words.length !== opened.command.length) return undefined;
  const install =
    options.packages.length === 0 ? [] : installCommand(options.packages).map((text): CommandItem => ({ kind: "text", text }));
  const run = words
    .slice(Math.max(0, at - 3))
    .map((word, index, all): CommandItem => (index === all.length - 1 ? { kind: "text", text: program } : word));
  return writeComponent({ ...opened.spec, implementation: { ...implementation, image: options.image, command: [...install, ...run] } });
}

/** The edit that adds a task which runs a new function to a graph; refused if its format cannot express the signature. */
export function addFunction(
  fn: PythonFunction,
  { into, graph, ...options }: Partial<FunctionOptions> & { readonly into: Workflow; readonly graph: string },
): Edit | { readonly refusal: Diagnostic } {
  const component = programsOf(into.format)?.componentOf(fn, options, into);
  if (!component) return { refusal: refuse("edit-not-in-format", { kind: "add-component", format: into.format }).refusal };
  return "refusal" in component ? component : { kind: "add-component", graph, spec: component.spec };
}
