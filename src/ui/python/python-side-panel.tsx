import { Info, Plus, X } from "lucide-react";
import type { KeyboardEvent } from "react";
import type { PythonFunction } from "#python/function.ts";
import type { MetricPreview, ViewPreview } from "#python/metrics.ts";
import { PortMark } from "../canvas/port-mark.tsx";
import { Section } from "../inspector/inspector-head.tsx";
import { useFormState } from "../parts/use-form-state.ts";
import { useTranslate } from "../use-editor.ts";
import { metricText, type PortLine } from "./function-view.ts";
import styles from "./python.module.css";

/** Which of the functions in the text is shown and added. */
export function FunctionChoice({
  functions,
  chosen,
  onChoose,
}: {
  readonly functions: readonly PythonFunction[];
  readonly chosen: number;
  readonly onChoose: (index: number) => void;
}) {
  const t = useTranslate();
  if (functions.length < 2) return null;
  return (
    <Section title={t("py-functions")}>
      <div role="radiogroup" aria-label={t("py-functions")} className="stack">
        {functions.map((fn, index) => (
          <label key={`${fn.name} ${index}`} className="row">
            <input type="radio" name="function" checked={index === chosen} onChange={() => onChoose(index)} />
            <span className="mono cut" translate="no">
              {fn.name}
            </span>
            <span className="muted small cut" translate="no">
              {fn.summary ?? ""}
            </span>
          </label>
        ))}
      </div>
    </Section>
  );
}

/** The table that explains names, kinds and types. */
export function PortTable({ lines }: { readonly lines: readonly PortLine[] }) {
  const t = useTranslate();
  if (lines.length === 0) return null;
  return (
    <Section title={t("py-ports")}>
      <table className={styles.table}>
        <thead>
          <tr>
            {["py-argument", "py-port", "py-type", "py-why"].map((code) => (
              <th key={code} scope="col">
                {t(code)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={`${line.side} ${line.name}`}>
              <td className="mono" translate="no" title={line.argument}>
                {line.argument}
              </td>
              <td translate="no" title={line.name}>
                <span className={styles.portCell}>
                  <span className="port-mark" aria-hidden="true">
                    <PortMark kind={line.kind} family={line.family} mark="filled" />
                  </span>
                  {line.name}
                </span>
              </td>
              <td className="muted" translate="no">
                {line.type ?? t("py-untyped")}
              </td>
              <td className="muted small">{line.why}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

interface RunsInProps {
  readonly image: string;
  readonly packages: readonly string[];
  readonly onImage: (image: string) => void;
  readonly onPackages: (packages: readonly string[]) => void;
}

/** Image and packages of the step. */
export function RunsIn({ image, packages, onImage, onPackages }: RunsInProps) {
  const t = useTranslate();
  const [typed, setTyped] = useFormState<string>({ form: "function", part: "package" }, "");
  const add = () => {
    const fresh = typed.split(/[\s,]+/).filter((one) => one !== "" && !packages.includes(one));
    if (fresh.length > 0) onPackages([...packages, ...fresh]);
    setTyped("");
  };
  const keys = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      add();
    } else if (event.key === "Backspace" && typed === "" && packages.length > 0) onPackages(packages.slice(0, -1));
  };
  return (
    <Section title={t("py-runs-in")}>
      <div className="pair">
        <span className="label">{t("py-image")}</span>
        <span className="field mono">
          <input
            aria-label={t("py-image")}
            value={image}
            translate="no"
            spellCheck={false}
            autoCapitalize="off"
            onChange={(event) => onImage(event.target.value)}
          />
        </span>
        <span className="label">{t("py-packages")}</span>
        <span className={`field mono ${styles.chips}`}>
          {packages.map((name) => (
            <span key={name} className="chip" translate="no">
              {name}
              <button
                type="button"
                aria-label={t("py-package-remove", { name })}
                onClick={() => onPackages(packages.filter((one) => one !== name))}
              >
                <X className="i xs" aria-hidden="true" />
              </button>
            </span>
          ))}
          <input
            aria-label={t("py-packages")}
            placeholder={t("py-package-new")}
            value={typed}
            translate="no"
            spellCheck={false}
            autoCapitalize="off"
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={keys}
            onBlur={add}
          />
        </span>
      </div>
      {packages.length > 0 ? (
        <div className="note">
          <Info className="i xs" aria-hidden="true" />
          {t("py-packages-note")}
        </div>
      ) : null}
    </Section>
  );
}

/** Metrics and views that the code writes out, as Kubeflow's run page shows them. */
export function Metrics({
  metrics,
  views,
  onInsert,
}: {
  readonly metrics: readonly MetricPreview[];
  readonly views: readonly ViewPreview[];
  readonly onInsert: () => void;
}) {
  const t = useTranslate();
  return (
    <Section
      title={t("py-metrics")}
      action={
        <button type="button" className="btn link" onClick={onInsert}>
          <Plus className="i xs" aria-hidden="true" />
          {t("py-metrics-insert")}
        </button>
      }
    >
      {metrics.length === 0 ? (
        <span className="muted small">{t("py-metrics-none")}</span>
      ) : (
        <table className={styles.table} aria-label={t("py-metrics")}>
          <thead>
            <tr>
              <th scope="col">{t("py-metric-name")}</th>
              <th scope="col">{t("py-metric-value")}</th>
            </tr>
          </thead>
          <tbody>
            {metrics.map((metric, index) => (
              <tr key={index}>
                <td translate="no">{metric.name ?? "…"}</td>
                <td className="mono" translate="no">
                  {metricText(metric, t)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {views.length > 0 ? (
        <span className="muted small">
          {t("py-views")}: {views.map(({ type }) => type ?? "…").join(", ")}
        </span>
      ) : null}
    </Section>
  );
}
