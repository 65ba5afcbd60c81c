import { memo, type ReactElement } from "react";
import type { PortShape } from "#editor/layout/box-rows.ts";
import type { PortFamily } from "#editor/layout/port-family.ts";

export interface PortMarkProps {
  readonly kind: PortShape;
  readonly family: PortFamily;
  readonly mark: "filled" | "hollow" | "missing";
  /** While a wire is drawn: halo for what fits, dashed ring for what fits with help. */
  readonly fits?: "yes" | "help" | "no";
}

/** A port: its shape is its kind, its colour its family, its fill whether it has a value. Decoration; the row carries the name. */
export const PortMark = memo(function PortMark({ kind, family, mark, fits }: PortMarkProps) {
  const colour = mark === "missing" && fits !== "yes" ? "var(--error-mark)" : `var(--port-${family})`;
  const fill = mark === "filled" || fits === "yes" ? colour : "var(--bg-box)";
  return (
    <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
      {fits === "yes" && <circle cx="12" cy="12" r="9.5" fill={colour} opacity=".22" />}
      {fits === "help" && <circle cx="12" cy="12" r="9" fill="none" stroke={colour} strokeWidth="1.25" strokeDasharray="2.5 2.5" />}
      {shape(kind, "var(--bg-box)", "var(--bg-box)", 4.5)}
      {shape(kind, fill, colour, 1.75)}
    </svg>
  );
});

function shape(kind: PortShape, fill: string, stroke: string, width: number): ReactElement {
  const style = { fill, stroke, strokeWidth: width, strokeLinejoin: "round" as const };
  if (kind === "volume") return <path d="M9.2 7.2h5.6l2.8 4.8-2.8 4.8H9.2L6.4 12z" {...style} />;
  return kind === "parameter" ? (
    <circle cx="12" cy="12" r="4.4" {...style} />
  ) : (
    <rect x="7.8" y="7.8" width="8.4" height="8.4" rx="1.2" {...style} />
  );
}
