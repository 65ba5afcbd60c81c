import type { Data, Path } from "#data/data.ts";
import type { LeafKind, TemplateKind } from "#pipeline/model.ts";

/**
 * One setting of a task or of a pipeline: its path in the YAML, its type, and how a panel shows it. The tables of the formats are the only
 * place that knows fields by name; reading and writing (src/editor/settings/access.ts) go through them.
 */
export interface Setting {
  /** Such as `cpu-limit`; its label is the message `setting-cpu-limit`, its help `setting-cpu-limit.help`. */
  readonly id: string;
  readonly area: "task" | "pipeline";
  readonly tab: Tab;
  /** Settings of a group are shown together; its title is the message `settings-GROUP`. */
  readonly group: string;
  /** body: inside `container` or `script`; template, spec, metadata: inside those; call: the task itself; object: the whole document. */
  readonly within: "body" | "template" | "call" | "spec" | "metadata" | "object";
  /** The keys below. `*gpu` is replaced by the resource name under which GPUs are requested. */
  readonly path: Path;
  /** The value at `path` is JSON text, and these keys lead to the setting in it. */
  readonly json?: Path;
  readonly shape: Shape;
  /** The kinds of template to which it applies; default: containers and scripts for `body`, every leaf for `template`. */
  readonly kinds?: readonly TemplateKind[];
  /** Only for files of this variant of the format (`PipelineTraits.variant`). */
  readonly variant?: string;
  /** The value in effect when it is not set, in Kubernetes or Argo. */
  readonly usual?: string;
  /** The path of the pipeline's default for it in the spec, beside `templateDefaults`. */
  readonly inherits?: Path;
  /** Shown only on request or if set. */
  readonly rare?: boolean;
  /** The newest server does not know it and would refuse or ignore it: offered only where a file has it. */
  readonly otherServers?: boolean;
  /** Has no effect without another field: written with it if that is missing, and removed with it. A path beside `path`. */
  readonly along?: { readonly path: Path; readonly value: Data };
  /** It cannot be left empty. */
  readonly required?: boolean;
  /** A valid value: shown as an example, and written by the tests. */
  readonly example: Data;
}

export type Tab = "kind" | "inputs" | "resources" | "volumes" | "env" | "run" | "yaml" | "general" | "placement";

/** The type of a setting. */
export type Shape =
  | { readonly kind: "quantity"; readonly of: "cpu" | "memory" | "storage" }
  /** `orText`: other text is legal (percentages, ports by name). `asText`: a new value is written as text. */
  | { readonly kind: "integer"; readonly min?: number; readonly max?: number; readonly percent?: boolean; readonly asText?: boolean }
  | { readonly kind: "duration"; readonly form: "go" | "iso" }
  /** `wraps`: one line that may be long and is shown completely, on as many rows as it needs. */
  | { readonly kind: "text"; readonly rule?: TextRule; readonly lines?: boolean; readonly wraps?: boolean; readonly code?: boolean }
  /** `open`: other values are legal, too. */
  | { readonly kind: "choice"; readonly options: readonly string[]; readonly open?: boolean }
  | { readonly kind: "switch"; readonly asText?: boolean }
  | { readonly kind: "list"; readonly rule?: TextRule }
  | { readonly kind: "map"; readonly keys?: TextRule; readonly values?: TextRule }
  | {
      readonly kind: "rows";
      readonly columns: readonly Column[];
      readonly empty: Data;
      /** Columns that a new row must have before it is written: all, or with `asksOne` any one. */ readonly asks?: readonly string[];
      readonly asksOne?: boolean;
    }
  | { readonly kind: "env" }
  | { readonly kind: "volumes" }
  | { readonly kind: "probe" }
  | { readonly kind: "affinity" }
  | { readonly kind: "yaml"; readonly of?: "map" | "list" };

/** One field of each item of a list, such as the key of a toleration. Its label is the message `column-ID`. */
export interface Column {
  readonly id: string;
  readonly path: Path;
  readonly shape: Extract<Shape, { readonly kind: "quantity" | "integer" | "text" | "choice" | "switch" | "list" | "duration" }>;
  readonly required?: boolean;
  /** Where the value of an item comes from that has no constant: a parameter, another task's output. Shown in the empty field. */
  readonly sourceOf?: (item: Data) => string | undefined;
}

export type TextRule =
  | "name"
  | "label-key"
  | "label-value"
  | "annotation-key"
  | "variable"
  | "image"
  | "mount-path"
  | "sub-path"
  | "path"
  | "port-name"
  | "container-name"
  | "data-key";

/** The kinds of template that have a container body. */
export const bodyKinds: readonly LeafKind[] = ["container", "script"];
