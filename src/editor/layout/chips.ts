/** One setting that differs from the default, as the foot of a box shows it. */
export interface Chip {
  readonly kind: "gpu" | "cpu" | "memory" | "volume" | "secret" | "retry" | "cache" | "timeout" | "when" | "placement" | "sidecar" | "uses";
  /** What the chip says beside its icon: `4`, `2–4`, `16Gi`, `/mnt`; a name as the user wrote it. */
  readonly text: string;
  /** The request is above the limit: shown in red. */
  readonly bad?: boolean;
}
