import { memo, useState } from "react";
import type { Point } from "#editor/layout/geometry.ts";
import type { Wire } from "#editor/layout/wires.ts";
import { ARROW, REACH, type Route } from "./wire-path.ts";
import styles from "./wires.module.css";

/** A wire with its route, as drawn. */
export interface DrawnWire {
  readonly wire: Wire;
  readonly route: Route;
  /** The centre of the port it ends at. */
  readonly tip: Point;
  /** "gap": a box is held over it that fits in. */
  readonly look: "plain" | "selected" | "faded" | "gap";
}

/** Order from below: values pass over files, files over volumes, volumes over order, so that the thinner line bridges the thicker. */
const DEPTH = { order: 0, volume: 1, artifact: 2, parameter: 3 } as const;

/** The wires in view, under the boxes. Hidden from screen readers: ports name what they are connected to. */
export const WireLayer = memo(function WireLayer({
  wires,
  labels,
  cut,
}: {
  readonly wires: readonly DrawnWire[];
  readonly labels: boolean;
  readonly cut?: string;
}) {
  const [over, setOver] = useState<string>();
  const sorted = [...wires].sort((a, b) => DEPTH[a.wire.kind] - DEPTH[b.wire.kind]);
  return (
    <svg
      className={styles.layer}
      aria-hidden="true"
      onPointerOver={(event) => setOver((event.target as Element).closest<SVGElement>("[data-wire]")?.dataset.wire)}
      onPointerLeave={() => setOver(undefined)}
    >
      {sorted.map((drawn) => (
        <WirePath key={drawn.wire.id} drawn={drawn} />
      ))}
      {labels &&
        sorted.map(
          ({ wire, route, look }) => wire.label && <Label key={wire.id} at={route.middle} text={wire.label} faded={look === "faded"} />,
        )}
      {cut &&
        sorted.map(
          ({ wire, route }) => wire.id === over && isCuttable(wire) && <Grip key={wire.id} wire={wire} at={route.middle} label={cut} />,
        )}
    </svg>
  );
});

const WirePath = memo(
  function WirePath({ drawn: { wire, route, tip, look } }: { readonly drawn: DrawnWire }) {
    const colour = `var(--port-${wire.family})`;
    const className = [styles[wire.kind], styles[wire.line], look !== "plain" && styles[look], wire.within !== undefined && styles.inside]
      .filter(Boolean)
      .join(" ");
    return (
      <g className={className} data-wire={wire.id}>
        <path className={styles.grasp} d={route.d} />
        <path className={look === "selected" ? styles.halo : styles.under} d={route.d} />
        <path className={styles.line} d={route.d} stroke={colour} />
        {wire.kind === "volume" && <path className={styles.core} d={route.d} />}
        {wire.boundary === undefined && (
          <path className={styles.tip} d={`M${tip.x - REACH} ${tip.y}l${-ARROW - 1} -4v8z`} fill={colour} stroke={colour} />
        )}
      </g>
    );
  },
  (a, b) => a.drawn.wire === b.drawn.wire && a.drawn.route === b.drawn.route && a.drawn.look === b.drawn.look,
);

/** What is part of a condition, a loop or a hook is changed there, not cut. */
function isCuttable(wire: Wire): boolean {
  return wire.kind === "order" ? wire.edge.via === undefined : wire.toRow !== undefined;
}

/** The grip in the middle of the wire under the pointer: it removes the wire. */
function Grip({ wire, at, label }: { wire: Wire; at: Point; label: string }) {
  return (
    <g className={styles.grip} data-wire={wire.id} data-cut="" transform={`translate(${at.x} ${at.y})`}>
      <title>{label}</title>
      <g>
        <circle r="10" />
        <path d="M-3.5 -3.5l7 7M3.5 -3.5l-7 7" />
      </g>
    </g>
  );
}

function Label({ at, text, faded }: { at: Point; text: string; faded: boolean }) {
  const width = text.length * 6.4 + 12;
  return (
    <g className={faded ? styles.faded : undefined} transform={`translate(${at.x} ${at.y})`}>
      <rect className={styles.labelGround} x={-width / 2} y={-9} width={width} height={18} rx={3} />
      <text className={styles.label} textAnchor="middle" y={4}>
        {text}
      </text>
    </g>
  );
}

/** The dragged wire. */
export function LiveWire({ d, kind, family, refused }: { d: string; kind: Wire["kind"]; family: string; refused: boolean }) {
  return (
    <svg className={styles.live} aria-hidden="true">
      <g className={styles[kind]}>
        <path className={styles.under} d={d} />
        <path className={styles.line} d={d} stroke={refused ? "var(--error-mark)" : `var(--port-${family})`} />
      </g>
    </svg>
  );
}
