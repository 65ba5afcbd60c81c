import type { Reference } from "#pipeline/binding.ts";
import type { DataMap } from "#data/data.ts";
import type { PortKind } from "#pipeline/model.ts";
import { writeReference } from "../../syntax/references.ts";
import { uniqueName } from "#document/edit-targets.ts";
import type { Flavor } from "../../flavor/flavor.ts";

/** A port of a group in the making: its name, and the text by which the other side of the boundary writes the value. */
interface BoundaryPort {
  readonly kind: PortKind;
  readonly name: string;
  readonly outer: string;
}

/** The ports that a boundary needs, made as references across it are met: one for each value and kind. docs/spec/kfp-v1.md#group-ports */
export class BoundaryPorts {
  private readonly ports = new Map<string, BoundaryPort>();

  constructor(private readonly flavor: Flavor) {}

  /** The port for a reference to the other side. */
  port(reference: Extract<Reference, { kind: "task-output" | "graph-input" }>): BoundaryPort {
    const kind = reference.port ?? "parameter";
    const outer = writeReference(reference);
    const key = `${kind} ${outer}`;
    const known = this.ports.get(key);
    if (known) return known;
    const wanted = nameOf(reference);
    const taken = (name: string) => [...this.ports.values()].some((one) => one.kind === kind && one.name === name);
    const fallback =
      reference.kind === "task-output" && !this.flavor.keepsNamesAcrossGroups && taken(wanted) ? `${reference.task}-${wanted}` : wanted;
    const made = { kind, name: uniqueName(fallback, taken), outer };
    this.ports.set(key, made);
    return made;
  }

  /** The ports of one kind, in the order in which they are written. */
  of(kind: PortKind): readonly BoundaryPort[] {
    const ports = [...this.ports.values()].filter((one) => one.kind === kind);
    return this.flavor.inOrder(ports, ({ name }) => name);
  }

  /** What the call of the group gives its inputs. */
  arguments(): DataMap {
    return lists(
      this.of("parameter").map(({ name, outer }) => ({ name, value: outer })),
      this.of("artifact").map(({ name, outer }) => ({ name, from: outer })),
    );
  }

  /** The group's inputs as its template declares them. */
  inputs(): DataMap {
    return lists(
      this.of("parameter").map(({ name }) => ({ name })),
      this.of("artifact").map(({ name }) => ({ name })),
    );
  }

  /** The group's outputs: what the inside gives. */
  outputs(): DataMap {
    return lists(
      this.of("parameter").map(({ name, outer }) => ({ name, valueFrom: { parameter: outer } })),
      this.of("artifact").map(({ name, outer }) => ({ name, from: outer })),
    );
  }
}

function lists(parameters: readonly DataMap[], artifacts: readonly DataMap[]): DataMap {
  return { ...(parameters.length > 0 && { parameters }), ...(artifacts.length > 0 && { artifacts }) };
}

function nameOf(reference: Extract<Reference, { kind: "task-output" | "graph-input" }>): string {
  if (reference.kind === "graph-input") return reference.name;
  // Whole lists (`outputs.parameters`) and results have names of Argo's own, which no port may have as they are.
  return reference.port === undefined ? `${reference.task}-${reference.output}`.replace(/[^-_0-9A-Za-z]+/g, "-") : reference.output;
}
