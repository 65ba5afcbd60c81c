import type { AuthoringEdit } from "./authoring-edit.ts";
import type { Data, Path } from "#data/data.ts";
import type { PortKind, TaskId, TemplateId } from "./model.ts";

// A fix of a diagnostic makes edits.
declare module "#diagnostics/diagnostic.ts" {
  interface FixEdits {
    readonly edit: Edit;
  }
}

/**
 * User actions as data: logged, scripted (`dagwright apply`), replayed by property tests. docs/edits.md lists every kind with its effect
 * and its refusals. Tasks and templates are named by id (model.ts); if a name is unique the bare name is enough.
 */
export type Edit =
  // tasks
  | {
      readonly kind: "add-task";
      readonly graph: string;
      readonly name: string;
      readonly template: string;
      readonly stage?: number;
      readonly at?: number;
    }
  | { readonly kind: "remove-task"; readonly task: string }
  | { readonly kind: "rename-task"; readonly task: string; readonly name: string }
  | { readonly kind: "change-identifier"; readonly task: string; readonly name: string }
  | { readonly kind: "move-task"; readonly task: string; readonly to: number; readonly stage?: number }
  | { readonly kind: "duplicate-task"; readonly task: string; readonly name?: string }
  | { readonly kind: "retarget-task"; readonly task: string; readonly template: string }
  | { readonly kind: "make-separate"; readonly task: string; readonly name?: string }
  // arguments and wires
  | { readonly kind: "connect"; readonly from: WireEnd; readonly to: WireEnd; readonly as?: "value" | "file" | "ignore-type" | "one-of" }
  | { readonly kind: "disconnect"; readonly to: WireEnd }
  | { readonly kind: "set-argument"; readonly task: string; readonly input: string; readonly portKind?: PortKind; readonly value: Data }
  | { readonly kind: "clear-argument"; readonly task: string; readonly input: string; readonly portKind?: PortKind }
  | {
      readonly kind: "bind-parameter";
      readonly task: string;
      readonly input: string;
      readonly parameter: string;
      readonly portKind?: PortKind;
    }
  // order
  | { readonly kind: "add-dependency"; readonly task: string; readonly on: string }
  | { readonly kind: "remove-dependency"; readonly task: string; readonly on: string }
  // ports of a template
  | {
      readonly kind: "add-port";
      readonly template: string;
      readonly direction: "input" | "output";
      readonly port: PortKind;
      readonly name: string;
      readonly value?: Data;
      readonly path?: string;
    }
  | {
      readonly kind: "remove-port";
      readonly template: string;
      readonly direction: "input" | "output";
      readonly port: PortKind;
      readonly name: string;
    }
  | {
      readonly kind: "rename-port";
      readonly template: string;
      readonly direction: "input" | "output";
      readonly port: PortKind;
      readonly name: string;
      readonly to: string;
    }
  // templates
  | { readonly kind: "add-template"; readonly data: Data; readonly at?: number; readonly workflow?: number }
  | { readonly kind: "remove-template"; readonly template: string }
  | { readonly kind: "rename-template"; readonly template: string; readonly name: string }
  | { readonly kind: "move-template"; readonly template: string; readonly to: number }
  | { readonly kind: "change-template-kind"; readonly template: string; readonly to: "container" | "script" | "suspend" }
  // settings: any path inside a template (`container.resources.limits.cpu`), a call, or the workflow's spec or metadata
  | { readonly kind: "set-setting"; readonly target: SettingTarget; readonly path: Path; readonly value: Data }
  | { readonly kind: "unset-setting"; readonly target: SettingTarget; readonly path: Path }
  | { readonly kind: "move-setting"; readonly target: SettingTarget; readonly path: Path; readonly to: number }
  // pipeline parameters
  | {
      readonly kind: "add-parameter";
      readonly name: string;
      readonly value?: Data;
      readonly type?: string;
      readonly description?: string;
      /** KFP v2: whether it may be left out, and the values that it may have (none: any). */
      readonly optional?: boolean;
      readonly literals?: readonly Data[];
      readonly workflow?: number;
    }
  | { readonly kind: "remove-parameter"; readonly name: string; readonly workflow?: number }
  | { readonly kind: "rename-parameter"; readonly name: string; readonly to: string; readonly workflow?: number }
  | {
      readonly kind: "set-parameter";
      readonly name: string;
      readonly value?: Data;
      readonly type?: string;
      readonly description?: string;
      /** KFP v2: whether it may be left out, and the values that it may have (none: any). */
      readonly optional?: boolean;
      readonly literals?: readonly Data[];
      readonly workflow?: number;
    }
  | { readonly kind: "rename-workflow"; readonly name: string; readonly workflow?: number }
  // control flow of one call
  | { readonly kind: "set-when"; readonly task: string; readonly when: string }
  | { readonly kind: "clear-when"; readonly task: string }
  | {
      readonly kind: "set-loop";
      readonly task: string;
      readonly loop: { readonly withItems: readonly Data[] } | { readonly withParam: string } | { readonly withSequence: Data };
    }
  | { readonly kind: "clear-loop"; readonly task: string }
  // notes and positions of boxes (annotations of the workflow)
  | { readonly kind: "set-note"; readonly workflow?: number; readonly text: string }
  | { readonly kind: "set-layout"; readonly workflow?: number; readonly layout: Data }
  // creating KFP tasks, volumes and groups
  | AuthoringEdit;

/** One end of a wire: the task's id ("" = the graph itself, then `graph` names it) and the port's Argo name or label. */
export interface WireEnd {
  readonly task: string;
  readonly graph?: string;
  readonly port: string;
  readonly portKind?: PortKind;
}

export type SettingTarget =
  | { readonly kind: "template"; readonly template: string }
  /** The template that the task calls. */
  | { readonly kind: "task"; readonly task: string }
  /** The call itself (continueOn, hooks …). */
  | { readonly kind: "call"; readonly task: string }
  /** The WorkflowSpec, or with `metadata` the object's metadata. */
  | { readonly kind: "workflow"; readonly workflow?: number; readonly part?: "spec" | "metadata" | "object" };

/** How ids were changed by an edit: selection, box positions and open panels follow. */
export interface Renames {
  readonly tasks: readonly (readonly [from: TaskId, to: TaskId | undefined])[];
  readonly templates: readonly (readonly [from: TemplateId, to: TemplateId | undefined])[];
}
