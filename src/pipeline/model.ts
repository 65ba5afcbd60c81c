import type { Data, DataMap, Path } from "#data/data.ts";
import type { Binding, Condition, Reference } from "./binding.ts";
import type { ComponentSpec, PortKind } from "#components/component-spec.ts";

export type { PortKind };

declare const brand: unique symbol;
type Branded<Text extends string, Name extends string> = Text & { readonly [brand]: Name };
/**
 * Names one template of the document: its name, with `@n` (n = the object's index in the stream) behind it for any but the first
 * workflow-like object, and `#2`, `#3` … for a name that occurs more than once. Changes with the name; an applied edit returns the renames.
 */
export type TemplateId = Branded<string, "TemplateId">;
/** Names one call: `TEMPLATE/CALL`, the id of the graph template, a slash, the call's name (`#2` … if repeated). Inline templates nest. */
export type TaskId = Branded<string, "TaskId">;

/** A document's meaning, read from its data. Plain, immutable, serialisable; `write` gives the data back, nothing lost. */
export interface Model {
  /** One for each document of the stream, in order. */
  readonly objects: readonly ModelObject[];
}
export type ModelObject = Workflow | Companion | Foreign;

/** Names a format, such as "argo" or "kfp-v2"; `src/compiler` says which there are. */
export type FormatId = string;

/** A document that is part of a pipeline in another document, such as the platform spec of a KFP v2 pipeline. */
export interface Companion {
  readonly kind: "companion";
  readonly path: Path;
  /** Path of the object that it belongs to. */
  readonly owner: Path;
  readonly data: Data;
}

/** A document that is no workflow (ConfigMap, Sensor, broken or empty document …): carried unchanged. */
export interface Foreign {
  readonly kind: "foreign";
  readonly path: Path;
  readonly apiVersion?: string;
  readonly resource?: string;
  readonly name?: string;
  readonly data: Data;
}

export type WorkflowResource =
  | "Workflow"
  | "WorkflowTemplate"
  | "ClusterWorkflowTemplate"
  | "CronWorkflow"
  /** KFP v2: a pipeline spec by itself, in a PipelineJob, and in a manifest of Kubernetes. */
  | "PipelineSpec"
  | "PipelineJob"
  | "PipelineVersion";

/**
 * What the graph, the page and the command line have to know of how a pipeline says things. The format decides it when it reads; a trait
 * that is absent does not hold. Each is named after the question that is asked, so code outside of the format never asks who wrote a file.
 */
export interface PipelineTraits {
  /**
   * The format's name for the way in which the object is written: "argo" or "kfp" (KFP v1), "kfp-v2". To be shown, printed and looked up
   * in tables of the format only.
   */
  readonly variant: string;
  /** The title is a text of its own, in any script; otherwise it is the object's name. */
  readonly hasFreeTitle?: boolean;
  /** The graph where it begins is fixed by the format; otherwise the entrypoint names any template. */
  readonly hasFixedEntry?: boolean;
  /**
   * The item of a loop is an input of the loop's graph, always ("declared") or once something uses it ("when-used"); otherwise a variable
   * that any text may name.
   */
  readonly itemInput?: "declared" | "when-used";
  /** A compiler numbered the groups, and wrapped single tasks into them. */
  readonly hasCompiledGroups?: boolean;
  /** Only components declare types; the ports of groups have the types of what flows through them. */
  readonly infersGroupTypes?: boolean;
  /** Leaves have a name to show; the identifiers behind it are free until the file is used elsewhere. */
  readonly hasDisplayNames?: boolean;
  /** Constants are texts, whatever they are in the program. */
  readonly hasTextConstants?: boolean;
  /** The parameters of the pipeline have types. */
  readonly hasParameterTypes?: boolean;
  /** Every parameter of the pipeline must have a value, even an empty one. */
  readonly needsParameterValues?: boolean;
  /** A parameter of the pipeline can feed an input that takes a file. */
  readonly hasFilesFromParameters?: boolean;
  /** Parameters of the pipeline reach templates through inputs only. */
  readonly passesParametersAsInputs?: boolean;
  /** The settings of resources must be such that the SDK accepts them, too. */
  readonly hasSdkQuantities?: boolean;
  /** What the file is for: the page checks it for that as well. */
  readonly madeFor?: "kfp";
}

/** A pipeline: a Workflow, WorkflowTemplate, ClusterWorkflowTemplate or CronWorkflow of Argo, or a pipeline spec of KFP v2. */
export interface Workflow {
  readonly kind: "workflow";
  /** The format that reads, edits, checks and writes this object. */
  readonly format: FormatId;
  readonly resource: WorkflowResource;
  /** `[index in the stream]`. */
  readonly path: Path;
  /** The path of the WorkflowSpec: `[i, "spec"]`, for a CronWorkflow `[i, "spec", "workflowSpec"]`. */
  readonly specPath: Path;
  /** KFP v2: what the platform spec says of Kubernetes. */
  readonly platform?: { readonly path: Path; readonly data: DataMap };
  /** metadata.name, else metadata.generateName (with its final "-"), else undefined. */
  readonly name?: string;
  /** The name to show: KFP's pipeline_spec name if there is one, else `name` without a final "-", else the resource. */
  readonly title: string;
  readonly traits: PipelineTraits;
  readonly entrypoint?: string;
  readonly onExit?: string;
  readonly workflowTemplateRef?: DataMap;
  /** spec.arguments, in file order. */
  readonly parameters: readonly PipelineParameter[];
  readonly artifacts: readonly PipelineArtifact[];
  readonly templates: readonly Template[];
  /** A view of spec.hooks, which itself is in `specRest`; undefined without hooks. */
  readonly hooks?: readonly Hook[];
  /** The exit handler as a hook. */
  readonly exitHook?: Hook;
  /** What the typed fields do not hold, as read; `apiVersion`, `kind`, `metadata`, `status`, all other spec fields. */
  readonly rest: DataMap;
  readonly specRest: DataMap;
  /** Keys of the object, of its spec and of spec.arguments in their current order, so that printing keeps it. */
  readonly order: { readonly object: readonly string[]; readonly spec: readonly string[]; readonly arguments?: readonly string[] };
}

/** One of spec.arguments.parameters. */
export interface PipelineParameter {
  readonly name: string;
  readonly path: Path;
  /** KFP's type from pipeline_spec, such as Integer; undefined: any. */
  readonly type?: string;
  readonly description?: string;
  /** undefined: it has no value and must be given at submission, unless it is optional. */
  readonly value?: Data;
  /** KFP v2: it may be left out, and then has no value. */
  readonly optional?: boolean;
  /** KFP v2: the values that it may have. */
  readonly literals?: readonly Data[];
  readonly rest: DataMap;
  readonly order: readonly string[];
}
export interface PipelineArtifact {
  readonly name: string;
  readonly path: Path;
  readonly rest: DataMap;
  readonly order: readonly string[];
}

export type LeafKind =
  | "container"
  | "script"
  | "resource"
  | "suspend"
  | "http"
  | "data"
  | "containerSet"
  | "plugin"
  /** KFP v2: brings an artifact in; creates or deletes a PersistentVolumeClaim. */
  | "importer"
  | "claim";
export type TemplateKind = LeafKind | "dag" | "steps" | "unknown";

/** One of spec.templates, or the inline template of a call. */
export interface Template {
  readonly id: TemplateId;
  /** "" if it has none. */
  readonly name: string;
  readonly path: Path;
  readonly kind: TemplateKind;
  readonly inputs: readonly InputPort[];
  readonly outputs: readonly OutputPort[];
  /** The calls of a dag (file order) or of steps (group by group); empty for leaves. */
  readonly tasks: readonly Task[];
  /** containerSet: its members, as calls of nothing (name, dependencies). */
  readonly members: readonly ContainerMember[];
  /**
   * Everything except name, inputs, outputs and, for dag and steps, the calls: `container`, `script`, volumes, nodeSelector …
   * exactly as read. Panels edit these objects at `place` + their path.
   */
  readonly rest: DataMap;
  readonly order: readonly string[];
  /** KFP v2: what the graph is for the task that runs it. Recognised by shape, never by name. */
  readonly groupKind?: GroupKind;
  /** KFP v2: the executor, whose content is `rest`, and its settings of Kubernetes in the platform spec. */
  readonly executor?: { readonly label: string; readonly path: Path };
  readonly platform?: { readonly path: Path; readonly data: DataMap };
  /** KFP v2: the name of the Python function that the program runs. */
  readonly pythonFunction?: string;
  /** The name to show, where the file gives one. */
  readonly displayName?: string;
  /** KFP: what the component_spec annotation and its companions say; undefined for a raw Argo template. */
  readonly component?: TemplateComponent;
}

/** What a compiled group is. "branches": conditions of which the first that holds runs. */
export type GroupKind = "condition" | "branches" | "loop" | "exit-handler" | "sub-pipeline";

/** What a KFP-compiled template contains about the component it came from. */
export interface TemplateComponent {
  readonly spec: ComponentSpec;
  /** true: lowering the spec reproduces the template's fields; false: the spec provides types and names only. */
  readonly lifted: boolean;
  /**
   * annotation arguments.parameters: by the component's input name; text, `{{inputs.parameters.X}}` kept as written. In files older
   * than the annotation: what the command line says.
   */
  readonly constants: Readonly<Record<string, string>>;
  /** The Python source between prefix and suffix of the program, if it was compiled from a function. */
  readonly python?: { readonly path: Path; readonly prefix: string; readonly source: string; readonly suffix: string };
}

/** One of a template's inputs. */
export interface InputPort {
  /** Argo's name, unique within its kind. */
  readonly name: string;
  /** The name to show: the component's input name if a component_spec has it, else `name`. */
  readonly label: string;
  readonly kind: PortKind;
  /** Type as text, such as `dict` or `{GCSPath: …}` in one line; undefined: any. */
  readonly type?: string;
  readonly path: Path;
  readonly description?: string;
  /** Whether a call must give it: no value, default, valueFrom or location, and not optional. */
  readonly required: boolean;
  /** value, else default of a parameter; undefined if there is none. */
  readonly fallback?: Data;
  /** KFP v2: the port takes a list of artifacts. */
  readonly isList?: boolean;
  /** KFP v2: the values that it may have. */
  readonly literals?: readonly Data[];
  /** KFP v2: the item of the loop that runs the template. */
  readonly isItem?: boolean;
  /** For an artifact with a location of its own (raw, s3, git …): the key, else undefined. */
  readonly location?: string;
  readonly rest: DataMap;
  readonly order: readonly string[];
}

/** One of a template's outputs. */
export interface OutputPort {
  readonly name: string;
  readonly label: string;
  readonly kind: PortKind;
  readonly type?: string;
  readonly path: Path;
  readonly description?: string;
  /** For dag and steps: where the value comes from (valueFrom.parameter, from, expression); undefined for leaves. */
  readonly source?: Binding;
  /** KFP v2: the port gives a list of artifacts. */
  readonly isList?: boolean;
  /** KFP lists every output as an artifact and some as parameters too: true for the artifact twin of such a parameter. */
  readonly twin?: boolean;
  readonly globalName?: string;
  readonly rest: DataMap;
  readonly order: readonly string[];
}

/** A call: DAG task or step. */
export interface Task {
  readonly id: TaskId;
  readonly name: string;
  /** The name to show, if it is not what the call runs or its name. */
  readonly displayName?: string;
  readonly path: Path;
  readonly call: Call;
  readonly arguments: readonly Argument[];
  /** dag only; as in the file. `depends` formulas keep their text. */
  readonly order: Ordering;
  /** steps only: the index of its group. */
  readonly stage?: number;
  readonly when?: Condition;
  readonly loop?: Loop;
  /** It runs when the tasks before it have ended, whether or not they succeeded (KFP v2: an exit task). */
  readonly runsAlways?: boolean;
  readonly hooks: readonly Hook[];
  /** What runs when the call has ended, in a form of its own beside the hooks; a view of `rest`. */
  readonly exitHook?: Hook;
  /** References to the graph around the call which no typed field holds: in an inline template's body, in templateRef, in `rest`. */
  readonly otherReferences?: readonly Reference[];
  /** Fields that are none of the above, as read (continueOn, onExit …). */
  readonly rest: DataMap;
  readonly keys: readonly string[];
}

/** What a task or hook runs. */
export type Call =
  | { readonly kind: "template"; readonly name: string }
  | { readonly kind: "reference"; readonly name: string; readonly template: string; readonly clusterScope: boolean; readonly raw: DataMap }
  | { readonly kind: "inline"; readonly template: Template }
  | { readonly kind: "none" };

export interface Ordering {
  /** All task names that the formula names, each once, in order of appearance. */
  readonly after: readonly { readonly task: string; readonly results: readonly string[] }[];
  /** "dependencies": a list; "depends": a formula with its text; "none": neither key is there. */
  readonly style: "dependencies" | "depends" | "none";
  readonly formula?: string;
  /** Whether the formula is a plain conjunction of bare names (or a list), so that an edge says all of it. */
  readonly plain: boolean;
}

/** One argument of a call. */
export interface Argument {
  readonly name: string;
  readonly kind: PortKind;
  readonly path: Path;
  readonly binding: Binding;
  /** KFP v2: what runs declares no such input. The value goes into a setting (image, resources …), not into a port. */
  readonly isUndeclared?: boolean;
  readonly rest: DataMap;
  readonly order: readonly string[];
}

export type Loop =
  /** `text`: the items as JSON text, if the file has them so; `item`: the input that takes the item. */
  | {
      readonly kind: "items";
      readonly items: readonly Data[];
      readonly references: Binding;
      readonly text?: string;
      readonly item?: string;
    }
  /** `input`: the call's own input that holds the list, where the file names that. */
  | { readonly kind: "param"; readonly source: Binding; readonly input?: string; readonly item?: string }
  | { readonly kind: "sequence"; readonly raw: DataMap; readonly references: Binding };

/** A lifecycle hook of a task or of the workflow; `exit` is the one which always runs. */
export interface Hook {
  readonly name: string;
  readonly path: Path;
  readonly call: Call;
  readonly expression?: string;
  /** References of `expression`, if it has any. */
  readonly references?: readonly Reference[];
  readonly arguments: readonly Argument[];
  readonly rest: DataMap;
  readonly order: readonly string[];
}

export interface ContainerMember {
  readonly name: string;
  readonly path: Path;
  readonly dependencies: readonly string[];
}
