import type { Report } from "#diagnostics/diagnostic.ts";
import { boundIn, type PythonModule, targetNames } from "./module.ts";
import type { FileComponents } from "./pipeline-components.ts";
import type { ComponentSource, Statement } from "./pipeline-tree.ts";
import type { Meaning, Names } from "./pipeline-values.ts";
import { childrenOf, type PythonNode, walk } from "./syntax.ts";

/** The state of one reading; `meanings` and `sources` change from line to line. */
export interface Reading {
  module: PythonModule;
  readonly components: FileComponents;
  readonly sources: Map<string, ComponentSource>;
  readonly meanings: Map<string, Meaning>;
  readonly report: Report;
  /** The number of the next task, condition or loop. */
  next: number;
  depth: number;
  /** Receives the tasks that expressions place. */
  emit: Emit;
  readonly place: Names["place"];
}

/** Receives the statements that are understood, in their order. */
export type Emit = (statement: Statement) => void;

/** Names bound by a part that is not understood are not understood either; names it deletes are gone. */
export function forget(reading: Reading, node: PythonNode): void {
  walk(node, (inner) => {
    if (inner.name === "DeleteStatement")
      for (const name of childrenOf(inner).flatMap((child) => targetNames(reading.module.tree, child)))
        reading.meanings.set(name, { kind: "unknown" });
    for (const name of boundIn(reading.module.tree, inner)) reading.meanings.set(name, { kind: "unknown" });
  });
}
