/**
 * Resolves the placeholders of a component's command line with a task's arguments. docs/spec/kfp-v1.md#placeholders; SDK:
 * components/_components.py.
 */
import { type DiagnosticCode, diagnosticOf, type DiagnosticValues, type Report } from "#diagnostics/diagnostic.ts";
import type { CommandItem, ComponentSpec, IfCondition } from "#components/component-spec.ts";
import { type Data, isMap, textField } from "#data/data.ts";
import type { NamedReference } from "./used-references.ts";

/** An argument or a piece of the command line: literal text and references in order. */
export type Parts<R> = readonly (string | R)[];

/** The context that lowering a command line needs. */
export interface CommandContext<R> {
  readonly spec: ComponentSpec;
  /** By input name; defaults included, open inputs absent. */
  readonly arguments: ReadonlyMap<string, Parts<R>>;
  readonly inputPath: (input: string) => string;
  readonly outputPath: (output: string) => string;
  readonly report: Report;
  readonly task: string;
}

export interface ResolvedCommand<R> {
  readonly command: readonly Parts<R>[];
  readonly args: readonly Parts<R>[];
  /** Inputs whose text is in the command line. */
  readonly byValue: ReadonlySet<string>;
  /** Inputs whose file's path is in the command line. */
  readonly byPath: ReadonlySet<string>;
}

/** The command line as parts. What cannot be resolved is left out and reported. */
export function resolveCommand<R extends NamedReference>(context: CommandContext<R>): ResolvedCommand<R> {
  const resolver = new Resolver(context);
  const implementation = context.spec.implementation;
  if (implementation.kind !== "container") return { command: [], args: [], byValue: resolver.byValue, byPath: resolver.byPath };
  const command = resolver.items(implementation.command ?? []);
  const args = resolver.items(implementation.args ?? []);
  return { command, args, byValue: resolver.byValue, byPath: resolver.byPath };
}

class Resolver<R extends NamedReference> {
  readonly byValue = new Set<string>();
  readonly byPath = new Set<string>();
  constructor(private readonly context: CommandContext<R>) {}

  items(items: readonly CommandItem[]): readonly Parts<R>[] {
    return items.flatMap((item) => this.item(item));
  }

  /** The words that an item becomes: mostly one, none if it vanishes, several for the branch of an `if`. */
  private item(item: CommandItem): readonly Parts<R>[] {
    switch (item.kind) {
      case "text":
        return [[item.text]];
      case "inputValue": {
        const argument = this.argument(item.name);
        if (argument) this.byValue.add(item.name);
        return argument ? [argument] : [];
      }
      case "inputPath":
        if (!this.argument(item.name)) return [];
        this.byPath.add(item.name);
        return [[this.context.inputPath(item.name)]];
      case "outputPath":
        return [[this.context.outputPath(item.name)]];
      case "concat":
        return [this.items(item.items).flat()];
      case "if":
        return this.items((this.decide(item.cond) ? item.then : item.else) ?? []);
      case "v2-only":
        this.problem("lower-v2-placeholder", { task: this.context.task, placeholder: placeholderName(item.raw) });
        return v2Text(item.raw);
    }
  }

  private argument(name: string): Parts<R> | undefined {
    const given = this.context.arguments.get(name);
    if (given) return given;
    const input = this.context.spec.inputs.find((one) => one.name === name);
    if (!input) this.problem("lower-port-undeclared", { task: this.context.task, port: name });
    else if (!input.optional) this.problem("lower-argument-missing", { task: this.context.task, input: name });
    return undefined;
  }

  private decide(cond: IfCondition): boolean {
    switch (cond.kind) {
      case "literal":
        return typeof cond.value === "boolean" ? cond.value : this.truth(cond.value);
      case "isPresent":
        return this.context.arguments.has(cond.name);
      case "inputValue": {
        const argument = this.argument(cond.name);
        if (!argument) return false;
        this.byValue.add(cond.name);
        const [text = ""] = argument;
        if (argument.length <= 1 && typeof text === "string") return this.truth(text);
        // Which words the command has is settled when the file is written; a value that comes at run time is too late.
        this.problem("lower-condition-at-run-time", { task: this.context.task, input: cond.name });
        return false;
      }
    }
  }

  private truth(text: string): boolean {
    const word = text.toLowerCase();
    if (["y", "yes", "t", "true", "on", "1"].includes(word)) return true;
    if (text !== "" && !["n", "no", "f", "false", "off", "0"].includes(word))
      this.problem("lower-condition-not-boolean", { task: this.context.task, text: text.slice(0, 80) });
    return false;
  }

  private problem<Code extends DiagnosticCode>(code: Code, values: DiagnosticValues<Code>): void {
    this.context.report(diagnosticOf(code, values, { level: "error", path: [] }));
  }
}

/** What the SDK 1.8 leaves in the file for a v2 placeholder; nothing in v1 resolves it. */
function v2Text(raw: Data): readonly [string][] {
  if (Object.hasOwn(isMap(raw) ? raw : {}, "executorInput")) return [["{{$}}"]];
  const input = textField(raw, "inputUri");
  if (input !== undefined) return [[`{{$.inputs.artifacts['${input}'].uri}}`]];
  const output = textField(raw, "outputUri");
  return output === undefined ? [] : [[`{{$.outputs.artifacts['${output}'].uri}}`]];
}

function placeholderName(raw: unknown): string {
  return typeof raw === "object" && raw !== null ? (Object.keys(raw)[0] ?? "{}").slice(0, 80) : String(raw).slice(0, 80);
}
