import { createElement, memo, useLayoutEffect, type CSSProperties } from "react";
import { SlidersHorizontal, SquareArrowRightExit } from "lucide-react";
import { kindOf } from "#editor/task-kind.ts";
import type { Box } from "#editor/layout/box.ts";
import type { Row } from "#editor/layout/box-rows.ts";
import type { Chip } from "#editor/layout/chips.ts";
import { isExpandable } from "#editor/layout/frame.ts";
import { conditionText, loopText, readable } from "#editor/layout/readable.ts";
import { useCanvas, type CanvasContextValue } from "./canvas-context.ts";
import type { BoxData } from "./box-data.ts";
import styles from "./box.module.css";
import { CallsItself, formOf, GroupFrame, Toggle } from "./group-frame.tsx";
import { KIND_ICONS } from "../parts/kind-icons.ts";
import { CHIP_ICONS, LEVEL_ICONS, Layers } from "./icons.tsx";
import { PortMark } from "./port-mark.tsx";
import { Rename } from "./rename.tsx";
import { boxDescription, boxRole, boxTitle, portName, portValue, displayName } from "./accessible-names.ts";
import { typeLabel } from "#compiler/readers.ts";

/** One box of the canvas. It has no state and no listeners: gestures and keys are read from its data attributes. */
export const TaskBox = memo(function TaskBox({ data }: { readonly data: BoxData }) {
  const canvas = useCanvas();
  const { box, problem } = data;
  useLayoutEffect(() => canvas.arrived());
  const anyFits = data.fits ? data.mounts === true || [...data.fits.values()].some((fit) => fit === "yes") : false;
  return (
    <div
      className={classes(data, anyFits, canvas)}
      style={{ width: box.width, height: box.height }}
      data-box={box.id}
      tabIndex={data.tabStop ? 0 : -1}
      role="group"
      aria-label={boxTitle(box, canvas.t)}
      aria-roledescription={canvas.t(boxRole(box))}
      aria-description={boxDescription(box, problem, canvas.t)}
      aria-current={data.selected || undefined}
    >
      {canvas.detail === "map" ? (
        data.renaming && <Rename box={box} canvas={canvas} />
      ) : (
        <>
          {box.node?.loop && <Sheets />}
          {box.frame ? (
            <GroupFrame data={data} canvas={canvas} />
          ) : box.kind === "task" ? (
            <Head data={data} canvas={canvas} />
          ) : (
            <LowHead box={box} canvas={canvas} />
          )}
          {!box.frame && box.inputs.length + box.outputs.length > 0 && (
            <div className={styles.ports}>
              {box.inputs.map((row) => (
                <PortRow key={row.key} row={row} data={data} canvas={canvas} />
              ))}
              {box.inputs.length > 0 && box.outputs.length > 0 && <div className={styles.rule} />}
              {box.outputs.map((row) => (
                <PortRow key={row.key} row={row} data={data} canvas={canvas} />
              ))}
            </div>
          )}
          {!box.frame && <Foot box={box} canvas={canvas} />}
          {box.kind === "task" && canvas.canOrder && (
            <span className={styles.order} data-order={box.id} title={canvas.t("canvas.order-handle")} aria-hidden="true" />
          )}
        </>
      )}
    </div>
  );
});

function classes(data: BoxData, anyFits: boolean, canvas: CanvasContextValue): string {
  const node = data.box.node;
  const wiring = data.fits !== undefined;
  return [
    styles.box,
    data.box.frame && styles.frame,
    canvas.detail === "map" && styles.ghost,
    canvas.detail === "read" && styles.read,
    data.box.kind !== "task" && styles.low,
    data.selected && styles.selected,
    wiring && anyFits && styles.fit,
    (data.dimmed || (wiring && !anyFits && data.target === undefined && data.source === undefined)) && styles.dimmed,
    data.cut && styles.cut,
    node && (node.kind === "external" || node.kind === "missing" || node.hook) && styles.dashed,
    node?.kind === "missing" && styles.gone,
  ]
    .filter(Boolean)
    .join(" ");
}

/** Two sheets behind the box: it runs many times. */
function Sheets() {
  return (
    <>
      <span className={styles.sheet2} aria-hidden="true" />
      <span className={styles.sheet1} aria-hidden="true" />
    </>
  );
}

function Head({ data, canvas }: { data: BoxData; canvas: CanvasContextValue }) {
  const { box, problem } = data;
  const node = box.node!;
  const Level = problem ? LEVEL_ICONS[problem.level] : undefined;
  return (
    <div className={styles.head} data-form={node.group ? formOf(node) : undefined}>
      <span className={styles.tile} aria-hidden="true">
        {createElement(node.hook ? KIND_ICONS.hook : KIND_ICONS[kindOf(node)], { size: 14, strokeWidth: 1.75 })}
      </span>
      <div className={styles.names}>
        {data.renaming ? (
          <Rename box={box} canvas={canvas} />
        ) : (
          <b className={styles.title} data-title={box.id} translate="no">
            {box.title}
          </b>
        )}
        {canvas.detail === "work" && (
          <span className={styles.subtitle} title={subtitle(data, canvas)} translate="no">
            {subtitle(data, canvas)}
          </span>
        )}
      </div>
      {node.recursive && <CallsItself canvas={canvas} />}
      {node.loop && <span className={styles.badge}>× {node.loop.count ?? "n"}</span>}
      {node.hook && (
        <span className={styles.quiet}>
          {node.hook.owner === "" ? canvas.t("canvas.always-runs") : canvas.t("canvas.hook", { hook: node.hook.name })}
        </span>
      )}
      {Level && (
        <span className={`${styles.problem} ${styles[problem!.level]}`} title={problem!.message} data-problem={box.id}>
          <Level size={18} strokeWidth={1.75} aria-hidden="true" />
        </span>
      )}
      {canvas.canExpand && isExpandable(node) && <Toggle box={box} canvas={canvas} />}
    </div>
  );
}

function subtitle({ box }: BoxData, { t }: CanvasContextValue): string {
  const node = box.node!;
  if (node.kind === "missing") return t("canvas.missing-template", { template: node.calls });
  if (node.group && node.when) return t("canvas.if", { condition: conditionText(node) });
  if (node.loop) return t("canvas.for-each", { items: loopText(node) });
  const kind = kindOf(node);
  return kind !== "claim" && node.subtitle ? readable(node.subtitle) : t(`kind-${kind}`);
}

function LowHead({ box, canvas }: { box: Box; canvas: CanvasContextValue }) {
  const Icon = box.kind === "inputs" ? SlidersHorizontal : SquareArrowRightExit;
  return (
    <div className={styles.lowHead}>
      <Icon size={14} strokeWidth={1.75} aria-hidden="true" />
      <b className={styles.title} title={boxTitle(box, canvas.t)}>
        {boxTitle(box, canvas.t)}
      </b>
    </div>
  );
}

function PortRow({ row, data, canvas }: { row: Row; data: BoxData; canvas: CanvasContextValue }) {
  const fits = data.fits?.get(row.key);
  const hit = data.target === row.key;
  const lit =
    row.content.kind === "chip"
      ? data.lit?.has(row.content.name ?? row.content.text)
      : data.box.kind === "inputs" && data.lit?.has(row.port.name);
  const className = [
    styles.row,
    row.side === "output" && styles.out,
    data.box.kind === "inputs" && styles.given,
    hit && fits === "no"
      ? styles.refused
      : (hit && fits) || fits === "yes" || data.source === row.key
        ? styles.lit
        : data.fits && styles.faded,
    lit && data.box.kind === "inputs" && styles.lit,
  ]
    .filter(Boolean)
    .join(" ");
  return (
    <div className={className} data-row={row.key}>
      <span
        className={
          canvas.detail === "work" || data.fits
            ? styles.port
            : `${styles.port} ${styles.small} ${styles[row.shape]} ${row.mark === "filled" ? "" : styles.open}`
        }
        role="button"
        style={
          canvas.detail === "work"
            ? undefined
            : ({ "--family": row.mark === "missing" ? "var(--error-mark)" : `var(--port-${row.family})` } as CSSProperties)
        }
        tabIndex={-1}
        data-port={row.key}
        aria-label={portName(row, canvas.t)}
        aria-description={portValue(row, canvas.t, canvas.titleOf)}
      >
        {canvas.detail === "work" || data.fits ? <PortMark kind={row.shape} family={row.family} mark={row.mark} fits={fits} /> : null}
      </span>
      {(canvas.detail === "work" || data.fits) && (
        <span className={styles.name} translate="no">
          {displayName(row, canvas.t)}
        </span>
      )}
      {canvas.detail === "work" && (
        <>
          <span className={styles.type}>{row.port.volume === "" ? "PVC" : row.port.type && typeLabel(row.port.type)}</span>
          <RowValue row={row} lit={lit ?? false} away={data.away} canvas={canvas} />
        </>
      )}
    </div>
  );
}

function RowValue({ row, lit, away, canvas }: { row: Row; lit: boolean; away: BoxData["away"]; canvas: CanvasContextValue }) {
  const { content } = row;
  switch (content.kind) {
    case "nothing":
      return null;
    case "constant":
    case "expression":
      return (
        <span className={styles.value} title={content.text} translate="no">
          {content.text}
        </span>
      );
    case "chip":
      return (
        <span
          className={lit ? `${styles.chipRef} ${styles.hot}` : styles.chipRef}
          title={content.text}
          translate="no"
          style={{ "--family": `var(--port-${content.family})` } as CSSProperties}
        >
          <span className={styles.dot} />
          <span className={styles.clip}>{content.text}</span>
        </span>
      );
    case "wire": {
      const source = away?.get(content.task);
      return source === undefined ? null : (
        <span className={styles.source} translate="no">
          {source}
        </span>
      );
    }
    case "missing":
      return <span className={`${styles.source} ${styles.needs}`}>{canvas.t("canvas.needs-a-value")}</span>;
  }
}

function Foot({ box, canvas }: { box: Box; canvas: CanvasContextValue }) {
  const group = box.node?.group ?? false;
  if (!group && box.chips.length + box.hidden === 0) return null;
  return (
    <div className={styles.foot}>
      {group && (
        <span className={styles.inside}>
          <Layers size={12} strokeWidth={2} aria-hidden="true" />
          {canvas.detail === "work" && (box.inside === undefined ? canvas.t("canvas.enter") : canvas.t("canvas.inside", { n: box.inside }))}
        </span>
      )}
      {box.chips.map((chip, i) => (
        <FootChip key={i} chip={chip} canvas={canvas} />
      ))}
      {box.hidden > 0 && canvas.detail === "work" && <span className={styles.chip}>+{box.hidden}</span>}
      {group && (
        <button
          type="button"
          className={styles.enter}
          tabIndex={-1}
          data-enter={box.id}
          aria-label={canvas.t("canvas.enter-group", { group: box.title })}
        >
          {canvas.t("canvas.enter")}
        </button>
      )}
    </div>
  );
}

function FootChip({ chip, canvas }: { chip: Chip; canvas: CanvasContextValue }) {
  const Icon = CHIP_ICONS[chip.kind];
  const words = chip.kind === "gpu" ? `GPU ${chip.text}` : chip.text;
  return (
    <span
      className={chip.bad ? `${styles.chip} ${styles.bad}` : styles.chip}
      title={`${canvas.t(`canvas.chip.${chip.kind}`)}${chip.text ? `: ${chip.text}` : ""}`}
    >
      <Icon size={12} strokeWidth={2} aria-hidden="true" />
      {canvas.detail === "work" && words && <span className={chip.kind === "when" ? styles.long : styles.clip}>{words}</span>}
    </span>
  );
}
