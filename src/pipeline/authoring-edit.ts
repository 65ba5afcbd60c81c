import type { Data, DataMap } from "#data/data.ts";
import type { PortKind } from "./model.ts";

/**
 * Edits that create KFP tasks and groups: the actions of palette entries, Python functions and "put into a loop". They are part of the
 * `Edit` union (edit.ts) and follow its rules: ids or unambiguous bare names, refusals as diagnostics, one step each.
 */
export type AuthoringEdit =
  /** A task made from a component, with a template of its own as the KFP compiler writes it. `spec` is component.yaml data. */
  | {
      readonly kind: "add-component";
      readonly graph: string;
      readonly spec: DataMap;
      /** The component_ref annotation: `{}` for a Python function (default), `{digest}` for a file's text. */
      readonly reference?: DataMap;
      /** The human name; default: the component's. The identifier is derived from it. */
      readonly name?: string;
      /** Constants by the component's input name. */
      readonly arguments?: Readonly<Record<string, Data>>;
    }
  /** Another component (edited function, newer file) for a task: the template is lowered again; wires and constants of inputs that still exist stay. */
  | {
      readonly kind: "update-component";
      readonly task: string;
      readonly spec: DataMap;
      readonly reference?: DataMap;
      /** Ports that only have new names: what fed or read them stays. */
      readonly renamed?: readonly RenamedPort[];
    }
  /** KFP VolumeOp: a claim created by the run. `size` is a quantity; `modes` default ReadWriteMany. */
  | {
      readonly kind: "add-volume";
      readonly graph: string;
      readonly name: string;
      readonly resourceName: string;
      readonly size: string;
      readonly modes?: readonly string[];
      readonly storageClass?: string;
      readonly dataSource?: Data;
      readonly uniqueName?: boolean;
    }
  /** KFP VolumeSnapshotOp of a claim's name or of the volume of another task. */
  | {
      readonly kind: "add-snapshot";
      readonly graph: string;
      readonly name: string;
      readonly resourceName: string;
      readonly claim?: string;
      readonly volumeOf?: string;
      readonly snapshotClass?: string;
    }
  /** KFP ResourceOp: any Kubernetes object. */
  | {
      readonly kind: "add-resource";
      readonly graph: string;
      readonly name: string;
      readonly action: string;
      readonly manifest: Data;
      readonly successCondition?: string;
      readonly failureCondition?: string;
      readonly outputs?: Readonly<Record<string, string>>;
    }
  /**
   * Mounts a volume in the container of a task: the one of a VolumeOp task (wires its name, adds the dependency), an existing claim, or any
   * Kubernetes volume `{name, secret: …}`. A volume mounted twice is written once.
   */
  | {
      readonly kind: "mount-volume";
      readonly task: string;
      readonly mountPath: string;
      readonly subPath?: string;
      readonly readOnly?: boolean;
      readonly volume: { readonly of: string } | { readonly claim: string } | { readonly volume: DataMap };
    }
  /** Removes the mount, and what only it needed: the volume, the input, the argument, the dependency. */
  | { readonly kind: "unmount-volume"; readonly task: string; readonly mountPath: string }
  /**
   * Puts tasks of one graph into a group of their own (a dag template called once): its ports are created, wires kept, dependencies lifted.
   * `name` only for sub-dag and condition. Operands of a condition: text, or an output or input to refer to.
   */
  | { readonly kind: "group-tasks"; readonly tasks: readonly string[]; readonly as: GroupKind; readonly name?: string }
  /** Changes what an existing condition compares or over what an existing loop iterates. `task`: the call with the condition or loop. */
  | { readonly kind: "change-control"; readonly task: string; readonly as: Extract<GroupKind, { kind: "condition" | "loop" }> }
  /**
   * Moves a group's tasks into the graph that calls it; refused if the group is called more than once or its tasks use the loop's item.
   */
  | { readonly kind: "ungroup"; readonly task: string }
  /** Declares a key of the loop's item as an input of the loop's graph, `ITEM-subvar-KEY`. `task`: the call that loops. */
  | { readonly kind: "add-item-key"; readonly task: string; readonly key: string };

export type GroupKind =
  | { readonly kind: "sub-dag" }
  | {
      readonly kind: "condition";
      readonly left: GroupOperand;
      readonly operator: "==" | "!=" | "<" | "<=" | ">" | ">=";
      readonly right: GroupOperand;
      readonly otherwise?: boolean;
    }
  | { readonly kind: "loop"; readonly over: { readonly items: readonly Data[] } | GroupOperand; readonly parallelism?: number }
  /** The task `exit` runs at the end in any case; `tasks` are all others. */
  | { readonly kind: "exit-handler"; readonly exit: string };

/** Literal text, a pipeline parameter or input of the graph, or an output of a task of the same graph. */
export type GroupOperand = { readonly text: string } | { readonly parameter: string } | { readonly task: string; readonly output: string };

/** A port of a component under a new name. */
export interface RenamedPort {
  readonly side: "input" | "output";
  readonly kind: PortKind;
  readonly from: string;
  readonly to: string;
}
