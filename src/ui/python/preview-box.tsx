import { Package, SquareFunction } from "lucide-react";
import { PortMark } from "../canvas/port-mark.tsx";
import { LevelIcon } from "../parts/level.tsx";
import { useTranslate } from "../use-editor.ts";
import type { PortLine } from "./function-view.ts";
import styles from "./python.module.css";

interface Props {
  readonly title: string;
  readonly summary: string;
  readonly lines: readonly PortLine[];
  readonly image: string;
  readonly packages: number;
  readonly worst?: "error" | "warning";
}

/** The box as it will be on the canvas, rendered with every key. */
export function PreviewBox({ title, summary, lines, image, packages, worst }: Props) {
  const t = useTranslate();
  const inputs = lines.filter(({ side }) => side === "input");
  const outputs = lines.filter(({ side }) => side === "output");
  return (
    <div className={styles.box} role="group" aria-label={title}>
      <div className={styles.boxHead}>
        <span className="tile" aria-hidden="true">
          <SquareFunction className="i s" />
        </span>
        <div className="names">
          <b className="cut" translate="no">
            {title}
          </b>
          <span className="cut" translate="no">
            {summary || t("kind-python")}
          </span>
        </div>
        {worst ? <LevelIcon level={worst} label={t(`level-${worst}`)} /> : null}
      </div>
      <div className={styles.rows}>
        {inputs.map((line) => (
          <Row key={`i ${line.name}`} line={line} />
        ))}
        {inputs.length > 0 && outputs.length > 0 ? <div className={styles.rule} /> : null}
        {outputs.map((line) => (
          <Row key={`o ${line.name}`} line={line} />
        ))}
        {lines.length === 0 ? <div className="empty-line small">{t("py-no-ports")}</div> : null}
      </div>
      <div className={styles.boxFoot}>
        <span className="chip cut" translate="no">
          <Package className="i xs" aria-hidden="true" />
          {image.replace(/^.*\//, "")}
        </span>
        {packages > 0 ? (
          <span className="chip">
            <Package className="i xs" aria-hidden="true" />
            {packages}
          </span>
        ) : null}
      </div>
    </div>
  );
}

function Row({ line }: { readonly line: PortLine }) {
  const t = useTranslate();
  const name = `${t(line.side)} ${line.name} (${t(`port-${line.kind}`)}, ${line.type ?? t("py-untyped")})`;
  return (
    <div className={line.side === "output" ? `${styles.row} ${styles.out}` : styles.row} aria-label={name} role="img">
      <span className={styles.port} aria-hidden="true">
        <PortMark
          kind={line.kind}
          family={line.family}
          mark={line.side === "input" && !line.required && line.value === undefined ? "hollow" : "filled"}
        />
      </span>
      <span className="cut" translate="no">
        {line.name}
      </span>
      <span className="muted small cut" translate="no">
        {line.type ?? ""}
      </span>
      {line.side === "input" && line.value !== undefined ? (
        <span className={`${styles.value} mono small cut`} translate="no">
          {line.value}
        </span>
      ) : null}
    </div>
  );
}
