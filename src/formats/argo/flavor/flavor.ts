import type { Level } from "#diagnostics/diagnostic.ts";
import type { Data } from "#data/data.ts";
import type { Template, Workflow } from "#pipeline/model.ts";

/**
 * How a file uses what Argo leaves open: in which order lists are, what a new thing is called, which ports a group has. There are two:
 * files written by hand or by other tools (plain.ts), and those that the SDK of KFP v1 compiled or that follow its rules
 * (../kfp/flavor.ts). Chosen once for each workflow by `flavorOf`; everything that differs is a member here, named after the question.
 */
export interface Flavor {
  /** Where a new item goes in a list of templates, calls, arguments or ports; undefined: at its end. */
  readonly indexFor: (list: Data | undefined, name: string) => number | undefined;
  /** Items in the order in which such a list is written from scratch. */
  readonly inOrder: <Item>(items: readonly Item[], nameOf: (item: Item) => string) => readonly Item[];
  /** The key of a template before which its outputs are written. */
  readonly keyAfterOutputs: (template: Template) => string;
  /** A constant as an argument or a parameter of the pipeline holds it. */
  readonly valueData: (value: Data) => Data;
  /** The items of a loop as its call lists them; undefined: there are none, or the flavor does not allow them together. */
  readonly loopItems: (items: readonly Data[]) => readonly Data[] | undefined;

  /** Names for a new group and for the item of its loop. */
  readonly groupNames: (workflow: Workflow, wish: GroupNameWish) => GroupNames;
  /** The name of a volume over an existing claim. */
  readonly claimVolumeName: (claim: string) => string;
  /** What an output is called in a copy of its template: `from` and `to` are the names of the templates. */
  readonly outputOfCopy: (output: string, from: string, to: string) => string;
  /** Whether a group is there for the exit handler. */
  readonly isExitHandler: (group: Template) => boolean;

  /** Every step was made from a component: it has a template of its own, its constants in the command line, and a name to show. */
  readonly hasCompiledSteps: boolean;
  /** Ports, values beside files, orders and templates exist because something uses them: an edit removes what it leaves unused. */
  readonly keepsOnlyWhatIsUsed: boolean;
  /** Parameters of the pipeline reach tasks through inputs of the entrypoint and of all groups on the way, not by name from anywhere. */
  readonly passesParametersAsInputs: boolean;
  /**
   * A value has one name in the whole file, which it keeps in all groups, and crosses their boundaries as its reader takes it (value or
   * file), not as its producer gives it.
   */
  readonly keepsNamesAcrossGroups: boolean;
  /** The item of a loop is an input of its graph from the beginning, not only once something uses it. */
  readonly declaresItemAtOnce: boolean;
  /** Types and descriptions of the pipeline's parameters are in an annotation. */
  readonly hasPipelineSpec: boolean;
  /** The list of parameters stays when the last one goes. */
  readonly keepsEmptyParameters: boolean;
  /** How bad a field is that Argo does not know. */
  readonly unknownFieldLevel: Level;
}

/** What a new group is, and what the user called it. */
export interface GroupNameWish {
  readonly kind: "condition" | "for-loop" | "exit-handler" | "subgraph";
  readonly own: string | undefined;
  /** A loop over a list in the file. */
  readonly isLiteral: boolean;
}

export interface GroupNames {
  readonly group: string;
  readonly item: string;
}
