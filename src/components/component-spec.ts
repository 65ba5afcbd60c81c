import type { Data, DataMap } from "#data/data.ts";

/** A parameter is a value, an artifact is a file. */
export type PortKind = "parameter" | "artifact";

/** A component.yaml (KFP ComponentSpec v1), typed; what is unknown is carried in `rest`. KFP: components/_structures.py. */
export interface ComponentSpec {
  readonly name?: string;
  readonly description?: string;
  readonly metadata?: DataMap;
  readonly inputs: readonly ComponentInput[];
  readonly outputs: readonly ComponentOutput[];
  readonly implementation: ComponentImplementation;
  readonly version?: string;
  readonly rest: DataMap;
}

/** A KFP type: a name, `{Name: {properties}}` or (schema-wise) a list; undefined: any. */
export type TypeSpec = Data;

export interface ComponentInput {
  readonly name: string;
  readonly type?: TypeSpec;
  readonly description?: string;
  /** Text; a number or boolean default in a file becomes text as in the SDK. */
  readonly default?: string;
  /** true: may be left open. An input with a default may be left open, too. */
  readonly optional: boolean;
  readonly rest: DataMap;
}

export interface ComponentOutput {
  readonly name: string;
  readonly type?: TypeSpec;
  readonly description?: string;
  readonly rest: DataMap;
}

export type ComponentImplementation =
  | {
      readonly kind: "container";
      readonly image: string;
      /** undefined: the key is absent. */
      readonly command?: readonly CommandItem[];
      readonly args?: readonly CommandItem[];
      readonly env?: Readonly<Record<string, string>>;
      readonly fileOutputs?: Readonly<Record<string, string>>;
      readonly rest: DataMap;
    }
  | { readonly kind: "graph"; readonly graph: DataMap }
  /** No implementation: an interface only. */
  | { readonly kind: "none" };

/** One item of command or args. docs/spec/kfp-v1.md#placeholders */
export type CommandItem =
  /** `raw`: the number or boolean in the file, so that writing restores it. */
  | { readonly kind: "text"; readonly text: string; readonly raw?: number | boolean }
  | { readonly kind: "inputValue" | "inputPath" | "outputPath"; readonly name: string }
  | { readonly kind: "concat"; readonly items: readonly CommandItem[] }
  /** `single` lists the branches that the file writes as one item rather than as a list of one. */
  | {
      readonly kind: "if";
      readonly cond: IfCondition;
      readonly then: readonly CommandItem[];
      readonly else?: readonly CommandItem[];
      readonly single?: readonly ("then" | "else")[];
    }
  /** inputUri, outputUri, inputMetadata … : KFP v2 only; kept and reported. Unknown items are kept this way, too. */
  | { readonly kind: "v2-only"; readonly raw: Data };

export type IfCondition =
  | { readonly kind: "literal"; readonly value: string | boolean }
  | { readonly kind: "isPresent"; readonly name: string }
  | { readonly kind: "inputValue"; readonly name: string };
