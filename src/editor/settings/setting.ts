import type { Data, Path } from "#data/data.ts";
import type { LeafKind, TemplateKind } from "#pipeline/model.ts";
import type { Said } from "../said.ts";

/**
 * One setting of a task or of a pipeline: where it stands in the YAML, what it takes, how a panel shows it. The table (table.ts) is
 * the only place that knows fields of Kubernetes and Argo by name; reading and writing (access.ts) go through it.
 */
export interface Setting {
  /** Such as `cpu-limit`; its label is the sentence `setting-cpu-limit`, its help `setting-cpu-limit.help`. */
  readonly id: string;
  readonly area: "task" | "pipeline";
  readonly tab: Tab;
  /** Settings of a group stand together; its title is the sentence `settings-GROUP`. */
  readonly group: string;
  /** body: inside `container` or `script`; template, spec, metadata: inside those; object: the whole document. */
  readonly within: "body" | "template" | "spec" | "metadata" | "object";
  /** The keys below. `*gpu` stands for the resource name under which GPUs are asked for. */
  readonly path: Path;
  /** The value at `path` is JSON text, and the setting stands at these keys in it. */
  readonly json?: Path;
  readonly shape: Shape;
  /** The kinds of template that have it; without: containers and scripts for `body`, every leaf for `template`. */
  readonly kinds?: readonly TemplateKind[];
  /** Only for files in the dialect of Kubeflow, or only for others. */
  readonly dialect?: "kfp" | "argo";
  /** What holds when it is not set, as Kubernetes or Argo have it. */
  readonly usual?: string;
  /** Where the pipeline's default for it stands in the spec, beside `templateDefaults`. */
  readonly inherits?: Path;
  /** Shown only when asked for or set. */
  readonly rare?: boolean;
  /** Leaving it empty is refused. */
  readonly required?: boolean;
  /** A valid value: shown as an example, and what the tests write. */
  readonly example: Data;
}

export type Tab = "kind" | "inputs" | "resources" | "volumes" | "env" | "run" | "yaml" | "general" | "placement";

/** What a setting takes. */
export type Shape =
  | { readonly kind: "quantity"; readonly of: "cpu" | "memory" | "storage" }
  /** `orText`: other text is legal there (percentages, ports by name). `asText`: a new value is written as text. */
  | { readonly kind: "integer"; readonly min?: number; readonly max?: number; readonly percent?: boolean; readonly asText?: boolean }
  | { readonly kind: "duration"; readonly form: "go" | "iso" }
  /** `wraps`: one line that may be long and is shown whole, over as many rows as it needs. */
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

/** One field of each item of a list, such as the key of a toleration. Its label is the sentence `column-ID`. */
export interface Column {
  readonly id: string;
  readonly path: Path;
  readonly shape: Extract<Shape, { readonly kind: "quantity" | "integer" | "text" | "choice" | "switch" | "list" | "duration" }>;
  readonly required?: boolean;
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

/** What typed text stands for: a value, nothing (the field was emptied), or no value, with the reason and what may have been meant. */
export type Typed =
  { readonly ok: true; readonly value: Data | undefined } | { readonly ok: false; readonly reason: Said; readonly suggest?: string };

/** The kinds of template that have a container body. */
export const bodyKinds: readonly LeafKind[] = ["container", "script"];
