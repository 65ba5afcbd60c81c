/** Collects what a template reads from outside while its text is rendered: each reference becomes one of its inputs. */
import { NamePool } from "./assign-names.ts";

/** A reference with the name it has in every template on its way: `fit-Output-1`, `n_rows`, `loop-item-param-1`. */
export interface NamedReference {
  readonly name: string;
}

/** One input that a call of the template must be given. `name` is the input's name, mostly the reference's own. */
export interface Use<R extends NamedReference> {
  readonly mode: "value" | "file";
  readonly name: string;
  readonly reference: R;
}

/** Collects the uses of one template. */
export class Uses<R extends NamedReference> {
  private readonly values = new Map<string, R>();
  private readonly files: Use<R>[] = [];
  private readonly fileNames = new NamePool();

  /** Text with references as the template says them. */
  t(parts: readonly (string | R)[]): string {
    return parts.map((part) => (typeof part === "string" ? part : this.value(part))).join("");
  }

  /** How the template says a value; the reference becomes an input parameter. */
  value(reference: R): string {
    this.values.set(reference.name, reference);
    return `{{inputs.parameters.${reference.name}}}`;
  }

  /** The name of the input artifact for a reference. Two files from one output get two names: Argo refuses a name given twice. */
  file(reference: R): string {
    const name = this.fileNames.give(reference.name);
    this.files.push({ mode: "file", name, reference });
    return name;
  }

  /** A name for an input artifact that holds a constant. */
  constantFile(wanted: string): string {
    return this.fileNames.give(wanted);
  }

  /** Names of the input parameters, sorted. */
  parameters(): readonly string[] {
    return [...this.values.keys()].sort();
  }

  all(): readonly Use<R>[] {
    return [...[...this.values].map(([name, reference]): Use<R> => ({ mode: "value", name, reference })), ...this.files];
  }
}
