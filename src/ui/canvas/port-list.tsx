import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from "react";
import type { Values } from "#messages/translate.ts";
import type { Judgement } from "./canvas-props.ts";
import styles from "./canvas.module.css";
import { PortMark } from "./port-mark.tsx";
import { isTaken, type PortAt } from "./wire-ends.ts";
import { typeLabel } from "#compiler/readers.ts";

export interface PortChoice {
  readonly port: PortAt;
  readonly judgement?: Judgement;
}

export interface PortListProps {
  readonly title: string;
  readonly choices: readonly PortChoice[];
  readonly at: { readonly left: number; readonly top: number };
  readonly t: (code: string, values?: Values) => string;
  readonly onPick: (choice: PortChoice) => void;
  readonly onClose: () => void;
}

/** A filtered list of ports: "Connect to…", and the choice when a box has several ports that fit. Needs no pointer. */
export function PortList({ title, choices, at, t, onPick, onClose }: PortListProps) {
  const [filter, setFilter] = useState("");
  const [showAll, setShowAll] = useState(false);
  const [active, setActive] = useState(0);
  const id = useId();
  const root = useRef<HTMLDivElement>(null);
  const refusable = choices.some((choice) => choice.judgement?.fits === "no");
  const shown = useMemo(() => {
    const words = filter.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    return choices.filter((choice) => {
      const text = `${choice.port.box.title} ${choice.port.row.port.label} ${choice.port.row.port.type ?? ""}`.toLocaleLowerCase();
      return (showAll || choice.judgement?.fits !== "no") && words.every((word) => text.includes(word));
    });
  }, [choices, filter, showAll]);
  const index = Math.min(active, shown.length - 1);

  useEffect(() => {
    root.current?.querySelector(`[id="${id}-${index}"]`)?.scrollIntoView?.({ block: "nearest" });
  }, [id, index]);

  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape") onClose();
    else if (event.key === "ArrowDown") setActive(Math.min(index + 1, shown.length - 1));
    else if (event.key === "ArrowUp") setActive(Math.max(index - 1, 0));
    else if (event.key === "Enter" && shown[index] && !(event.target instanceof HTMLInputElement && event.target.type === "checkbox"))
      onPick(shown[index]);
    else return;
    event.preventDefault();
  };
  return (
    <div ref={root} className={styles.list} style={at} role="dialog" aria-label={title} data-overlay="" onKeyDown={onKeyDown}>
      <header>{title}</header>
      <input
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={shown.length > 0 ? `${id}-${index}` : undefined}
        aria-label={t("canvas.filter-ports")}
        value={filter}
        autoFocus
        spellCheck={false}
        onChange={(event) => {
          setFilter(event.target.value);
          setActive(0);
        }}
      />
      {shown.length === 0 && <div className={styles.none}>{t("canvas.no-ports")}</div>}
      <ul className={styles.options} role="listbox" id={`${id}-list`} aria-label={title}>
        {shown.map((choice, i) => (
          <li
            key={`${choice.port.box.id} ${choice.port.row.key}`}
            id={`${id}-${i}`}
            role="option"
            aria-selected={i === index}
            aria-disabled={choice.judgement?.fits === "no" || undefined}
            className={styles.option}
            onPointerMove={() => setActive(i)}
            onClick={() => onPick(choice)}
          >
            <span className={styles.swatch}>
              <PortMark kind={choice.port.row.shape} family={choice.port.row.family} mark={choice.port.row.mark} />
            </span>
            <b translate="no">
              {choice.port.box.kind === "task"
                ? choice.port.box.title
                : t(choice.port.box.kind === "inputs" ? "canvas.inputs" : "canvas.outputs")}
            </b>
            <span translate="no">{choice.port.row.port.label}</span>
            <small>{detailOf(choice, t)}</small>
          </li>
        ))}
      </ul>
      {refusable && (
        <label>
          <input type="checkbox" checked={showAll} onChange={(event) => setShowAll(event.target.checked)} />
          {t("canvas.show-refused")}
        </label>
      )}
    </div>
  );
}

function detailOf({ port, judgement }: PortChoice, t: PortListProps["t"]): string {
  if (judgement && judgement.fits !== "yes") return t(judgement.reason.code, judgement.reason.values);
  const { content, port: shown } = port.row;
  if (isTaken(port) && "text" in content) return t("canvas.replaces", { old: content.text });
  if (isTaken(port) && "task" in content) return t("canvas.replaces", { old: content.task });
  return shown.type === undefined ? "" : typeLabel(shown.type);
}
