import type { Binding, Condition } from "./binding.ts";
import type { Data, Path } from "#data/data.ts";
import type { GroupKind, PortKind, TaskId, TemplateId, TemplateKind } from "./model.ts";

/**
 * One graph template as boxes and wires: what the canvas draws and `dagwright graph` prints. Computed from the model, never stored.
 * Built by `graphOf` (see graph-of.ts), memoised on the template.
 */
export interface Graph {
  readonly template: TemplateId;
  readonly name: string;
  readonly kind: TemplateKind;
  /** The graph's own ports; in wires their node is "". For the entrypoint they are fed by the pipeline's parameters. */
  readonly inputs: readonly GraphPort[];
  readonly outputs: readonly GraphPort[];
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

export interface GraphNode {
  readonly id: TaskId;
  /** The call's name. */
  readonly name: string;
  /** The title: KFP's display name or component name, else the call's name. */
  readonly title: string;
  readonly path: Path;
  /** The template called, if it is in this file (or inline). */
  readonly template?: TemplateId;
  /** The call's target: template name, or `NAME/TEMPLATE` for a templateRef. */
  readonly calls: string;
  readonly kind: TemplateKind | "external" | "missing";
  /** Image of a container or script, method and URL of http, action and kind of a resource …; one line; may be "". */
  readonly subtitle: string;
  readonly inputs: readonly GraphPort[];
  readonly outputs: readonly GraphPort[];
  readonly when?: Condition;
  readonly loop?: { readonly kind: "items" | "param" | "sequence"; readonly count?: number; readonly text: string };
  /** The step was made from a Python function, according to its component's program. */
  readonly python?: boolean;
  /** The node's template is a graph and can be entered. */
  readonly group: boolean;
  /** The names on the boxes around, by the names of their calls, to which this call's condition or loop may refer; on the page only. */
  readonly sources?: ReadonlyMap<string, string>;
  /** The kind of a group made by the KFP compiler; on the page only. */
  readonly groupKind?: GroupKind;
  /** The title is the group's kind and number: "Loop 1". */
  readonly isNumbered?: boolean;
  /** Calling this template leads back to the template that contains the call. */
  readonly recursive: boolean;
  /** It runs when the tasks before it have ended, whether or not they succeeded. */
  readonly runsAlways?: boolean;
  /** How many calls in the file use the same template. */
  readonly uses: number;
  /** steps: index of its group. */
  readonly stage?: number;
  /** A hook or exit handler, drawn dashed from its owner. */
  readonly hook?: { readonly owner: TaskId | ""; readonly name: string };
}

export interface GraphPort {
  /** Argo's name; "result", "exitCode" … for outputs that are no parameter or artifact. */
  readonly name: string;
  readonly label: string;
  readonly kind: PortKind;
  readonly type?: string;
  readonly description?: string;
  readonly required: boolean;
  /** A list of artifacts. */
  readonly isList?: boolean;
  /** For inputs of a call: the argument's binding, if the call gives one. */
  readonly binding?: Binding;
  /** For inputs: default of the template, if the call gives none. */
  readonly fallback?: Data;
  /** KFP: a constant that is inlined in the template. Such a port has no Argo input; its name is the component's input name. */
  readonly inlined?: string;
  /** KFP: the kind of the output according to the component (a return value is a parameter though Argo lists it as an artifact, too). */
  readonly nature?: PortKind;
  /** KFP: the artifact twin of an output parameter of the same name; a canvas shows one port for both. */
  readonly twin?: boolean;
  /** The parameter names a PersistentVolumeClaim: the paths where it is mounted, "" where it is created. */
  readonly volume?: string;
}

export interface GraphEdge {
  readonly id: string;
  /** node "" = the graph itself (its input); port null = order only. */
  readonly from: { readonly node: TaskId | ""; readonly port: string | null };
  /**
   * node "" = the graph itself (its output). A data edge that ends in no port of the node but in its control flow has as port
   * "when", "withItems", "withParam", "withSequence", "expression" (of a hook), "inline" (an inline template's body) or "settings".
   */
  readonly to: { readonly node: TaskId | ""; readonly port: string | null };
  readonly kind: PortKind | "order";
  /** The kind of the port at which the edge ends, if it differs from `kind` (a value written to a file input). */
  readonly toKind?: PortKind;
  /** Through `{{=…}}`, fromExpression, `when`, withParam or a hook rather than a plain argument. */
  readonly via?: "expression" | "when" | "loop" | "hook" | "text";
  /** from node "": the port is a pipeline parameter (workflow.parameters.X) or a global output, not an input of the graph. */
  readonly scope?: "pipeline" | "global";
  /** Results other than plain success in a `depends` formula: Failed, Errored, Skipped … */
  readonly results?: readonly string[];
}
