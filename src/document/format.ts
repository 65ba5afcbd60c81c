/**
 * What a format is. A format is the only place that knows the keys of its files; this folder knows none, and `src/compiler` alone says
 * which formats there are. A format comes in parts because the page starts with reading only: `Format` is loaded at once, the others with
 * the planner, the worker, or not at all. A part that a format does not have is refused or skipped, with a reason.
 *
 * Recipe: CONTRIBUTING.md, "Add a format". Smallest example: test/document/toy-format.test.ts.
 */
import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import type { ComponentSpec } from "#components/component-spec.ts";
import type { Data, DataMap, Path } from "#data/data.ts";
import type { Operation } from "#data/operations.ts";
import type { Reference } from "#pipeline/binding.ts";
import type { RenamedPort } from "#pipeline/authoring-edit.ts";
import type { Edit } from "#pipeline/edit.ts";
import type { PipelinePlan, Stamps } from "#pipeline/pipeline-plan.ts";
import type { FitRules } from "#pipeline/port-compatibility.ts";
import type { Foreign, FormatId, Loop, Model, Template, Workflow, WorkflowResource } from "#pipeline/model.ts";
import type { PythonFunction } from "#python/function.ts";
import type { ProgramLens } from "#python/program-lens.ts";
import type { Draft, Refused } from "./edit-draft.ts";
import type { Setting } from "./setting.ts";

/** The start-up part of a format: recognises and reads its objects. */
export interface Format {
  readonly id: FormatId;
  /**
   * What one YAML document is to this format: an object of its own; a companion, that is a further document which belongs to an object
   * of the same stream (KFP v2: the PlatformSpec of a PipelineSpec); or, undefined, nothing of this format. Looks at the document alone.
   */
  readonly detect: (data: Data) => "object" | "companion" | undefined;
  /**
   * Reads the object at `at.index` of a stream. Never throws: what has another form than the format wants is a diagnostic, and is carried.
   * Called after every edit, so what was read of unchanged data must be remembered by its identity (./memoise-last.ts).
   */
  readonly read: (stream: readonly Data[], at: ObjectPosition) => ReadObject;
  /** Which wires fit in an object of this format. Default: between equal kinds and types. */
  readonly fitRules?: (object: Workflow) => FitRules;
  /** How the page writes the types of ports; a type without an entry is written as it is in the file. */
  readonly typeLabels?: ReadonlyMap<string, string>;
  /** What the format calls the parts of a pipeline; the page uses these terms. */
  readonly vocabulary: Vocabulary;
  /**
   * A reference as the text of a condition or argument writes it. Absent: text of the format cannot name what is not an
   * input of its task.
   */
  readonly referenceText?: (reference: Reference) => string;
  /** Whether the results of a component are never reused. */
  readonly isNeverCached?: (template: Template) => boolean;
  /** The text of a new pipeline without tasks; `name` is one that Kubernetes accepts. Absent: none is made in this format. */
  readonly newText?: (name: string) => string;
  /** Entries of the palette and of quick add that its files cannot hold. */
  readonly notOffered?: ReadonlySet<string>;
  /** What the inspector offers for an object, beside the settings of `FormatPresentation`. Default: nothing. */
  readonly offers?: (object: Workflow) => Offers;
}

/** What the inspector offers for the parts of a pipeline. */
export interface Offers {
  /** Types of the pipeline's parameters, as the file writes them; none: parameters have no types. */
  readonly parameterTypes: readonly string[];
  /** Whether a parameter may be optional and limited to some values: `optional` and `literals` of the edit `set-parameter`. */
  readonly hasParameterOptions: boolean;
  /** What a task may loop over. */
  readonly loops: readonly Loop["kind"][];
  /** A condition as an example in its empty field. */
  readonly conditionExample: string;
}

/**
 * The terms of a format. A message of the page that names such a part comes once for each term, and the term is part of its code:
 * `field-${vocabulary.component}` is `field-template` or `field-component`.
 */
export interface Vocabulary {
  /** What a file describes. Argo: workflow; KFP v2: pipeline. */
  readonly pipeline: "workflow" | "pipeline";
  /** A definition that tasks run. Argo: template; KFP v2: component. */
  readonly component: "template" | "component";
}

/** The part of a format that writes its objects; for printing, converting and `dagwright compile`, not for the page. */
export interface FormatWriting {
  readonly format: FormatId;
  /** The document of an object; `write(read(stream, at).object)` equals `stream[at.index]`, keys in their order. Works after JSON, too. */
  readonly write: (object: Workflow) => Data;
}

/** The part of a format that finds the Python function of a component. It needs a Python parser, so it is loaded with the function editor. */
export interface FormatPrograms {
  readonly format: FormatId;
  /** How functions of the format take what they are given: argparse (KFP v1: files by path) or kfp-v2 (artifacts as objects). */
  readonly style: ProgramLens["style"];
  /** The image of a function that names none. */
  readonly defaultImage: string;
  /** The program of a component; undefined if it was not made from a Python function. */
  readonly programOf: (template: Template) => ComponentProgram | undefined;
  /** The component of a new function in an object; refused if its signature says what the format cannot express. */
  readonly componentOf: (fn: PythonFunction, options: FunctionOptions, into: Workflow) => FunctionComponent | Refused;
  /**
   * The component of a template with another function in its program, other packages or another image; absent: the component is made again
   * from its description (`ComponentProgram.spec`).
   */
  readonly changedComponent?: (template: Template, fn: PythonFunction, options: FunctionChange) => FunctionComponent | Refused;
}

/** What is chosen beside the text of a function; absent: what the function itself says. */
export interface FunctionOptions {
  readonly image?: string;
  readonly packages?: readonly string[];
}

/** What is changed beside the text of a function; absent: it stays as it is. */
export interface FunctionChange extends FunctionOptions {
  readonly workflow?: Workflow;
}

/** The component of a function: `spec` and `renamed` of the edits `add-component` and `update-component`. */
export interface FunctionComponent {
  readonly spec: DataMap;
  readonly renamed: readonly RenamedPort[];
}

/** A component's program, as the SDK made it from a Python function, and where it is in the file. */
export interface ComponentProgram {
  readonly text: string;
  /** Where the function is in the text. */
  readonly lens: ProgramLens;
  /** The path of the text among the settings of a task. */
  readonly path: Path;
  readonly image: string;
  readonly command: readonly Data[];
  /** The interface that the function has; undefined: the file does not say. */
  readonly spec?: ComponentSpec;
  /** A setting that holds the component as JSON, the program in it: its path and text. */
  readonly copy?: { readonly path: Path; readonly text: string };
  /** The packages that the command installs for the function; absent: those that the first words install. */
  readonly packages?: readonly string[];
}

/** Tasks on the clipboard with the components that they run, as they are in files of the format. */
export interface Fragment {
  readonly tasks: readonly DataMap[];
  readonly templates: readonly DataMap[];
}

/** Where a fragment is pasted. */
export interface PasteTarget {
  readonly workflow: Workflow;
  readonly graph: Template;
  readonly stream: readonly Data[];
}

/** The part of a format that pastes tasks. */
export interface FormatClipboard {
  readonly format: FormatId;
  /** The fragment in data that is no object: components, or calls, one or a list of them; undefined: it is neither. */
  readonly readFragment: (data: Data) => Fragment | undefined;
  /**
   * The edits that insert a fragment: new names for those that are taken, equal components are shared, what is not in the fragment or the
   * graph is left open. `names`: of the new tasks, in the order of the fragment.
   */
  readonly pasteEdits: (fragment: Fragment, into: PasteTarget) => { readonly edits: readonly Edit[]; readonly names: readonly string[] };
}

/** The part of a format that writes new objects from a plan; what it cannot express is left out and reported. */
export interface FormatLowering {
  readonly format: FormatId;
  /** Never throws for an error in the plan. */
  readonly lower: (plan: PipelinePlan, stamps: Stamps) => LoweredPlan;
}

/** A plan in the terms of a format. */
export interface LoweredPlan {
  /** The documents of the new file. */
  readonly documents: readonly DataMap[];
  /** What was left out or is wrong. The path of a diagnostic begins with the plan's `path` for the part that it concerns. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The lazy part of a format that says what the panels show. */
export interface FormatPresentation {
  readonly format: FormatId;
  /** The settings that have a form, in the order in which the panels show them. */
  readonly settings: readonly Setting[];
  /** Fields of a template with which the path of a setting may begin. */
  readonly templateFields: readonly string[];
  /** Whether a tool keeps a label or annotation for itself, so that it is no setting of the user. */
  readonly isToolKey?: (key: string) => boolean;
  /** Whether a label or annotation says what its template is, so that it is not copied to another one with the settings. */
  readonly isOwnKey?: (key: string) => boolean;
  /** How amounts of resources are written that are references, where `resources` itself cannot hold any. */
  readonly resourcePatch?: ResourcePatch;
  /** The volumes that the pipeline creates for each run, from its spec: objects with their name in `metadata`. */
  readonly claimsOfRun?: (spec: Data) => readonly Data[];
}

/** A field of a template whose text changes the resources of its container. */
export interface ResourcePatch {
  readonly field: string;
  /** The amounts that a patch sets: side (`limits` or `requests`), resource, text; undefined: the patch cannot be read. */
  readonly read: (patch: Data | undefined) => readonly (readonly [side: string, resource: string, text: string])[] | undefined;
  /** The patch with one amount set; one that cannot be read is returned unchanged. */
  readonly with: (patch: Data | undefined, amount: readonly [side: string, resource: string], text: string) => string;
  /** The patch without one amount; undefined if nothing is left. */
  readonly without: (patch: Data | undefined, amount: readonly [side: string, resource: string]) => string | undefined;
}

/** Where an object is in its stream. */
export interface ObjectPosition {
  readonly index: number;
  /** It is the stream's first object of any format: the ids of its templates get no suffix; all others get `@index` (model.ts). */
  readonly first: boolean;
}

/** An object with what was found wrong in its form. */
export interface ReadObject {
  readonly object: Workflow;
  readonly diagnostics: readonly Diagnostic[];
  /** Indexes of the companion documents that this object was read from, too. */
  readonly companions?: readonly number[];
}

/** Plans one kind of edit: writes its operations into the draft, or returns why it cannot be done. */
export type EditPlannerOf<Kind extends Edit["kind"]> = (draft: Draft, edit: Extract<Edit, { readonly kind: Kind }>) => Refused | undefined;

/** The lazy part of a format that changes its objects. */
export interface FormatEditing {
  readonly format: FormatId;
  /** One planner per kind of edit. A kind that is absent is refused with `edit-not-in-format`. */
  readonly planners: { readonly [Kind in Edit["kind"]]?: EditPlannerOf<Kind> };
  /** Runs after every planned edit: removes what the edit left unused. */
  readonly pruneUnusedPorts?: (draft: Draft, edit: Edit) => void;
  /** Whether an operation may change, add or remove the id of a template or task. Default: yes, which costs a comparison of all ids. */
  readonly mayChangeIds?: (operation: Operation) => boolean;
  /** Reads ahead, in small steps and while the page is idle, what the first edit of an object will ask for. */
  readonly lookAhead?: (data: Data) => Iterable<void>;
}

/** Whether parameters may lack values. lint: a pipeline's parameters may; default: only those of a library; submit: none. */
export type CheckMode = "lint" | "default" | "submit";

/** Where references to other objects are looked up. */
export interface OtherModels {
  readonly models: readonly Model[];
  /** true: what is not among the models does not exist; false: it may exist elsewhere. */
  readonly complete: boolean;
}

/** How a document is checked. */
export interface CheckOptions {
  readonly mode?: CheckMode;
  /** Treats the first document as this kind. */
  readonly as?: WorkflowResource;
  /** Where references are looked up beside the model itself; absent: what is missing may exist elsewhere. */
  readonly others?: OtherModels;
  /** Where the file will run, one of `checkTargets`: with "kfp" or a version of it, also what the upload of Kubeflow Pipelines refuses. */
  readonly target?: string;
}

/** What the rules of a format see besides their object. */
export interface CheckContext {
  readonly model: Model;
  readonly stream: readonly Data[];
  readonly options: CheckOptions;
  /** The models in which references are looked up, this one among them. */
  readonly others: OtherModels;
  /** Whether the text could be read to its end. */
  readonly isComplete: boolean;
}

/** The lazy part of a format that finds what is wrong with its objects. */
export interface FormatChecking {
  readonly format: FormatId;
  /** The targets between which the rules differ. */
  readonly targets?: readonly string[];
  /** Everything that the rules find in one object, each with its path. */
  readonly check?: (object: Workflow, context: CheckContext) => readonly Diagnostic[];
  /** What this format has to say of a document that no format reads as an object; `isKnown`: it is a file of this format all the same. */
  readonly checkForeign?: (
    document: Foreign,
    context: CheckContext,
  ) => { readonly isKnown: boolean; readonly diagnostics: readonly Diagnostic[] };
  /** What is wrong with a text that could not be read to its end, if it looks like a file of this format. */
  readonly checkUnread?: (text: string) => readonly Diagnostic[];
  /** What the target of the options refuses of the file as a whole. */
  readonly checkTarget?: (context: CheckContext) => readonly Diagnostic[];
  /** The document as another kind of this format, for `CheckOptions.as`; undefined: it is of that kind already, or not of this format. */
  readonly asKind?: (data: DataMap, kind: WorkflowResource) => DataMap | undefined;
}
