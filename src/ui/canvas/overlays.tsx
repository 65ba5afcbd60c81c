import { ChevronDown, ChevronRight, Map as MapIcon, Maximize, Minus, Plus } from "lucide-react";
import { useState } from "react";
import type { TemplateId } from "#pipeline/model.ts";
import type { Values } from "#messages/translate.ts";
import styles from "./canvas.module.css";
import type { Crumb, Unreached } from "./canvas-props.ts";
import { Minimap } from "./minimap.tsx";
import { useTheme } from "./surface-hooks.ts";
import type { CanvasModel } from "./use-canvas-model.ts";
import { centred } from "./view.ts";
import { useView } from "./viewport-layer.tsx";

type Translate = (code: string, values?: Values) => string;

/** The path from the pipeline to the graph shown. */
export function Path({ path, t, onGo }: { path: readonly Crumb[]; t: Translate; onGo: (template: TemplateId) => void }) {
  return (
    <nav className={styles.path} aria-label={t("canvas.path")}>
      {path.map((crumb, i) => (
        <span key={`${i} ${crumb.template}`} className={styles.crumb}>
          {i > 0 && <ChevronRight size={14} aria-hidden="true" />}
          {i === path.length - 1 ? (
            <b aria-current="page" translate="no">
              {crumb.title}
            </b>
          ) : (
            <button type="button" translate="no" onClick={() => onGo(crumb.template)}>
              {crumb.title}
            </button>
          )}
        </span>
      ))}
    </nav>
  );
}

interface ZoomBarProps {
  readonly t: Translate;
  readonly minimap: boolean;
  readonly onZoom: (by: number) => void;
  readonly onFit: () => void;
  readonly onMinimap: () => void;
  readonly onActual: () => void;
}

/** Zoom at the lower left. */
function ZoomBar({ t, minimap, onZoom, onFit, onMinimap, onActual }: ZoomBarProps) {
  const percent = useView((view) => Math.round(view.zoom * 100));
  return (
    <div className={styles.zoomer} role="group" aria-label={t("canvas.zoom")}>
      <button type="button" aria-label={t("canvas.zoom-out")} title={`${t("canvas.zoom-out")} (-)`} onClick={() => onZoom(-1)}>
        <Minus size={16} strokeWidth={1.75} aria-hidden="true" />
      </button>
      <button
        type="button"
        className={styles.percent}
        aria-label={t("canvas.zoom-actual", { percent })}
        title={`${t("canvas.zoom-actual", { percent })} (0)`}
        onClick={onActual}
      >
        {percent}%
      </button>
      <button type="button" aria-label={t("canvas.zoom-in")} title={`${t("canvas.zoom-in")} (+)`} onClick={() => onZoom(1)}>
        <Plus size={16} strokeWidth={1.75} aria-hidden="true" />
      </button>
      <button type="button" aria-label={t("canvas.fit")} title={`${t("canvas.fit")} (1)`} onClick={onFit}>
        <Maximize size={16} strokeWidth={1.75} aria-hidden="true" />
      </button>
      <button type="button" aria-label={t("canvas.minimap")} title={t("canvas.minimap")} aria-pressed={minimap} onClick={onMinimap}>
        <MapIcon size={16} strokeWidth={1.75} aria-hidden="true" />
      </button>
    </div>
  );
}

interface NavigatorProps {
  readonly model: CanvasModel;
  readonly onFit: () => void;
  /** Zoom 100 %. */
  readonly onActual: () => void;
}

/** Zoom and minimap. */
export function Navigator({ model, onFit, onActual }: NavigatorProps) {
  const { props, rects, bounds, selected, frame, control } = model;
  const [isOpen, setIsOpen] = useState(true);
  const theme = useTheme();
  return (
    <>
      <ZoomBar
        t={props.t}
        minimap={isOpen}
        onZoom={control.zoomBy}
        onFit={onFit}
        onActual={onActual}
        onMinimap={() => setIsOpen(!isOpen)}
      />
      {isOpen && frame && bounds && (
        <Minimap
          rects={rects}
          selected={selected}
          frame={frame}
          theme={theme}
          label={props.t("canvas.minimap")}
          onGo={(to) => control.go(centred(control.now(), { ...to, width: 0, height: 0 }, frame))}
        />
      )}
    </>
  );
}

/** Templates that nothing calls: they are in the file and would otherwise be invisible. */
export function Tray({ unreached, t, onGo }: { unreached: readonly Unreached[]; t: Translate; onGo: (template: TemplateId) => void }) {
  const [open, setOpen] = useState(unreached.length <= 4);
  if (unreached.length === 0) return null;
  return (
    <section className={styles.tray} data-tray aria-label={t("canvas.unreached")}>
      <button
        type="button"
        className={styles.trayHead}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        title={t("canvas.unreached.hint")}
      >
        {open ? <ChevronDown size={14} aria-hidden="true" /> : <ChevronRight size={14} aria-hidden="true" />}
        {t("canvas.unreached")}
        <span className={styles.count}>{unreached.length}</span>
      </button>
      {open && (
        <ul>
          {unreached.map((one) => (
            <li key={one.template}>
              <button type="button" onClick={() => onGo(one.template)} translate="no">
                <span className={styles.trayName}>{one.name}</span>
                <span className={styles.count}>{t(`kind-${one.kind}`)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
