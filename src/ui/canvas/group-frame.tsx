import { ChevronDown, RotateCcw } from "lucide-react";
import type { CSSProperties } from "react";
import { kindOf } from "#editor/task-kind.ts";
import type { Box } from "#editor/layout/box.ts";
import type { Row } from "#editor/layout/box-rows.ts";
import { conditionText, loopText } from "#editor/layout/readable.ts";
import type { GraphNode } from "#pipeline/graph.ts";
import { KIND_ICONS } from "../parts/kind-icons.ts";
import type { BoxData } from "./box-data.ts";
import styles from "./box.module.css";
import type { CanvasContextValue } from "./canvas-context.ts";
import { LEVEL_ICONS } from "./icons.tsx";
import { PortMark } from "./port-mark.tsx";
import type { BoxForm } from "./pointer.ts";
import { portName, portValue } from "./accessible-names.ts";
import { Rename } from "./rename.tsx";
import { typeLabel } from "#compiler/readers.ts";

/** What a group iterates over, or its condition; the loop comes first, as in its label. */
function expressionOf(node: GraphNode): string | undefined {
  if (node.hook) return undefined;
  return node.loop ? loopText(node) : node.when ? conditionText(node) : undefined;
}

/**
 * What a double click on a group's head opens: the form that makes such a group; of an exit handler, which is made without a form, the
 * inspector. A sub-pipeline has nothing to set there: it is entered.
 */
export function formOf(node: GraphNode): BoxForm | undefined {
  const kind = kindOf(node);
  if (kind === "loop" || kind === "condition") return kind;
  return kind === "exit-handler" || kind === "hook" ? "inspector" : undefined;
}

/** A group expanded in place: head and boundary ports; its content are boxes of their own. */
export function GroupFrame({ data, canvas }: { data: BoxData; canvas: CanvasContextValue }) {
  const { box } = data;
  return (
    <>
      <FrameHead data={data} canvas={canvas} />
      {[...box.inputs, ...box.outputs].map((row) => (
        <BoundaryPort key={row.key} row={row} data={data} canvas={canvas} />
      ))}
    </>
  );
}

function FrameHead({ data, canvas }: { data: BoxData; canvas: CanvasContextValue }) {
  const { box, problem } = data;
  const node = box.node!;
  const kind = kindOf(node);
  const Icon = KIND_ICONS[kind];
  const expression = expressionOf(node);
  const Level = problem ? LEVEL_ICONS[problem.level] : undefined;
  // Small, a group shows one text only: a name given by the author says more than the kind, which the icon shows.
  const isNamed = node.isNumbered || canvas.detail !== "work";
  return (
    <div className={styles.frameHead} data-form={formOf(node)}>
      <Icon size={14} strokeWidth={1.75} aria-hidden="true" />
      {data.renaming ? (
        <Rename box={box} canvas={canvas} />
      ) : (
        <b title={box.title} data-title={isNamed ? box.id : undefined} translate={isNamed ? "no" : undefined}>
          {isNamed ? box.title : canvas.t(`kind-${kind}`)}
        </b>
      )}
      {/* A name given by the author is shown beside the kind of the group. */}
      {!data.renaming && !isNamed && (
        <span className={styles.frameName} title={box.title} data-title={box.id} translate="no">
          {box.title}
        </span>
      )}
      {!data.renaming && expression !== undefined && canvas.detail === "work" && (
        <code title={`${box.title}: ${expression}`} translate="no">
          {expression}
        </code>
      )}
      {node.loop && node.when && canvas.detail === "work" && (
        <code className={styles.quiet} title={canvas.t("canvas.if", { condition: conditionText(node) })} data-form="condition">
          {canvas.t("canvas.if", { condition: conditionText(node) })}
        </code>
      )}
      <span className={styles.frameEnd}>
        {node.hook && (
          <span className={styles.quiet}>
            {node.hook.owner === "" ? canvas.t("canvas.always-runs") : canvas.t("canvas.hook", { hook: node.hook.name })}
          </span>
        )}
        {node.loop && <span className={styles.frameBadge}>× {node.loop.count ?? "n"}</span>}
        {Level && (
          <span className={`${styles.problem} ${styles[problem!.level]}`} title={problem!.message} data-problem={box.id}>
            <Level size={18} strokeWidth={1.75} aria-hidden="true" />
          </span>
        )}
        <Toggle box={box} canvas={canvas} />
      </span>
    </div>
  );
}

/** The chip of a group that leads back to itself: it is never unrolled. */
export function CallsItself({ canvas }: { canvas: CanvasContextValue }) {
  return (
    <span className={styles.badge}>
      <RotateCcw size={12} strokeWidth={2} aria-hidden="true" />
      {canvas.t("canvas.calls-itself")}
    </span>
  );
}

/** Expands or collapses a group in place. */
export function Toggle({ box, canvas }: { box: Box; canvas: CanvasContextValue }) {
  const label = canvas.t(box.frame ? "canvas.collapse" : "canvas.expand", { group: box.title });
  return (
    <button
      type="button"
      className={styles.toggle}
      tabIndex={-1}
      data-toggle={box.id}
      aria-expanded={box.frame !== undefined}
      aria-label={label}
      title={`${label} (E)`}
    >
      <ChevronDown size={14} strokeWidth={1.75} aria-hidden="true" />
    </button>
  );
}

function BoundaryPort({ row, data, canvas }: { row: Row; data: BoxData; canvas: CanvasContextValue }) {
  const fits = data.fits?.get(row.key);
  const small = canvas.detail !== "work" && !data.fits;
  const className = [
    styles.port,
    row.side === "output" && styles.portOut,
    small && styles.small,
    small && styles[row.shape],
    small && row.mark !== "filled" && styles.open,
  ]
    .filter(Boolean)
    .join(" ");
  const colour = row.mark === "missing" ? "var(--error-mark)" : `var(--port-${row.family})`;
  return (
    <span
      className={className}
      style={{ top: row.y - 12, "--family": colour, "--bg-box": "var(--bg-group)" } as CSSProperties}
      role="button"
      tabIndex={-1}
      data-port={row.key}
      aria-label={portName(row, canvas.t)}
      aria-description={portValue(row, canvas.t, canvas.titleOf)}
      title={row.port.type ? `${row.port.label} · ${typeLabel(row.port.type)}` : row.port.label}
    >
      {small ? null : <PortMark kind={row.shape} family={row.family} mark={row.mark} fits={fits} />}
    </span>
  );
}
