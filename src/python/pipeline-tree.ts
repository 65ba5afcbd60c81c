import type { TypeSpec } from "#components/component-spec.ts";
import type { PythonParameter } from "./function.ts";
import type { PythonValue } from "./python-value.ts";
import type { Span } from "./syntax.ts";

/**
 * A pipeline function of the KFP v1 SDK as data: the tasks it places, what feeds what, and their settings. Nothing was run; the compiler
 * builds a pipeline from it. Tasks have a number (`id`), since a Python variable may be reassigned.
 */
export interface PythonPipeline {
  /** The decorator's name, else the function's name in human form. */
  readonly name: string;
  readonly description?: string;
  readonly functionName: string;
  readonly span: Span;
  readonly parameters: readonly PipelineParameterText[];
  readonly statements: readonly Statement[];
}

/** A parameter of the pipeline. */
export interface PipelineParameterText {
  readonly name: string;
  readonly type?: TypeSpec;
  readonly default?: PythonParameter["default"];
  readonly description?: string;
  readonly span: Span;
}

/** The origin of a call's component. */
export type ComponentSource =
  /** A function of the same file; `settings` are those of the call that creates the component, if it is not created by a decorator. */
  | {
      readonly kind: "function";
      readonly name: string;
      readonly settings?: {
        readonly image?: string;
        readonly packages: readonly string[];
        /** Settings whose value is not known. */
        readonly unread?: readonly Span[];
      };
    }
  /** A component.yaml as text in the file. */
  | { readonly kind: "text"; readonly text: string }
  /** Only referred to; `span`: where the file refers to it. */
  | { readonly kind: "url" | "file"; readonly location: string; readonly span?: Span };

/**
 * An operator of the SDK that is not a component, by its SDK name. `task.delete()` is a `kubernetes_resource_delete_op` of the task's
 * `manifest`.
 */
export type Operator = "ContainerOp" | "VolumeOp" | "ResourceOp" | "VolumeSnapshotOp" | "kubernetes_resource_delete_op";

/** One action of a pipeline function, in the order of the text. */
export type Statement =
  | {
      readonly kind: "task";
      readonly id: number;
      readonly variable?: string;
      readonly of: ComponentSource;
      readonly arguments: readonly ArgumentText[];
      readonly span: Span;
    }
  | {
      readonly kind: "operator";
      readonly id: number;
      readonly variable?: string;
      readonly operator: Operator;
      readonly arguments: readonly ArgumentText[];
      readonly span: Span;
    }
  /** `task.set_memory_limit("1G")`, `task.container.set_…`, `task.apply(use_k8s_secret(…))`. */
  | {
      readonly kind: "setting";
      readonly task: number;
      readonly name: string;
      readonly arguments: readonly ArgumentText[];
      readonly span: Span;
    }
  /** `task.execution_options.caching_strategy.max_cache_staleness = "P0D"`. */
  | { readonly kind: "assign"; readonly task: number; readonly path: readonly string[]; readonly value: Value; readonly span: Span }
  | { readonly kind: "after"; readonly task: number; readonly tasks: readonly number[]; readonly span: Span }
  /** `dsl.get_pipeline_conf().set_timeout(60)`. */
  | { readonly kind: "pipeline-setting"; readonly name: string; readonly arguments: readonly ArgumentText[]; readonly span: Span }
  | {
      readonly kind: "condition";
      readonly id: number;
      readonly left: Value;
      readonly operator: "==" | "!=" | "<" | "<=" | ">" | ">=";
      readonly right: Value;
      readonly name?: string;
      readonly body: readonly Statement[];
      readonly span: Span;
    }
  | {
      readonly kind: "loop";
      readonly id: number;
      readonly items: Value;
      readonly item?: string;
      readonly parallelism?: number;
      readonly body: readonly Statement[];
      readonly span: Span;
    }
  | {
      readonly kind: "sub-graph";
      readonly id: number;
      readonly parallelism?: number;
      readonly body: readonly Statement[];
      readonly span: Span;
    }
  | {
      readonly kind: "exit-handler";
      readonly id: number;
      readonly task: number;
      readonly name?: string;
      readonly body: readonly Statement[];
      readonly span: Span;
    };

/** One argument; without a name it belongs to the parameter at its position. */
export interface ArgumentText {
  readonly name?: string;
  readonly position?: number;
  readonly value: Value;
  readonly span: Span;
}

/** The value of an expression. */
export type Value =
  | { readonly kind: "constant"; readonly value: PythonValue }
  | { readonly kind: "parameter"; readonly name: string }
  /** `task.output` (no name) or `task.outputs["name"]`. */
  | { readonly kind: "output"; readonly task: number; readonly output?: string }
  /** The item of a loop (its `id`), or one key of it. */
  | { readonly kind: "item"; readonly loop: number; readonly key?: string }
  /** Text with other values in it. */
  | { readonly kind: "text"; readonly parts: readonly (string | Value)[] }
  | { readonly kind: "list"; readonly items: readonly Value[] }
  | { readonly kind: "map"; readonly entries: readonly (readonly [key: Value, value: Value])[] }
  /** The volume that a VolumeOp creates. */
  | { readonly kind: "volume"; readonly task: number }
  /** A volume as mounted by a task, so that its users run after that task; without a path: its only one. */
  | { readonly kind: "mounted"; readonly task: number; readonly path?: string }
  | { readonly kind: "volume-after"; readonly volume: Value; readonly tasks: readonly number[] }
  /** An object created in place: `V1EnvVar(…)`, `PipelineVolume(…)`, `use_k8s_secret(…)`; `name` is the last word of its name. */
  | { readonly kind: "object"; readonly name: string; readonly arguments: readonly ArgumentText[] };
