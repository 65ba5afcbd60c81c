import { useId, useMemo, useState, type KeyboardEvent } from "react";
import type { Values } from "#messages/translate.ts";
import styles from "./canvas.module.css";

export interface Choice {
  readonly id: string;
  readonly title: string;
  readonly detail?: string;
}

export interface ChoiceListProps {
  readonly title: string;
  readonly choices: readonly Choice[];
  readonly at: { readonly left: number; readonly top: number };
  readonly t: (code: string, values?: Values) => string;
  readonly onPick: (id: string) => void;
  /** Delete on a row. */
  readonly onRemove?: (id: string) => void;
  readonly onClose: () => void;
}

/** A filtered list beside a box: its wires, the tasks it could run after. Needs no pointer. */
export function ChoiceList({ title, choices, at, t, onPick, onRemove, onClose }: ChoiceListProps) {
  const [filter, setFilter] = useState("");
  const [active, setActive] = useState(0);
  const id = useId();
  const shown = useMemo(() => {
    const words = filter.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    return choices.filter((choice) => words.every((word) => `${choice.title} ${choice.detail ?? ""}`.toLocaleLowerCase().includes(word)));
  }, [choices, filter]);
  const index = Math.min(active, shown.length - 1);

  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const row = shown[index];
    if (event.key === "Escape") onClose();
    else if (event.key === "ArrowDown") setActive(Math.min(index + 1, shown.length - 1));
    else if (event.key === "ArrowUp") setActive(Math.max(index - 1, 0));
    else if (event.key === "Enter" && row) onPick(row.id);
    else if (event.key === "Delete" && row && onRemove && filter === "") onRemove(row.id);
    else return;
    event.preventDefault();
  };
  return (
    <div className={styles.list} style={at} role="dialog" aria-label={title} data-overlay="" onKeyDown={onKeyDown}>
      <header>{title}</header>
      <input
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={shown.length > 0 ? `${id}-${index}` : undefined}
        aria-label={t("canvas.filter-list")}
        value={filter}
        autoFocus
        spellCheck={false}
        onChange={(event) => {
          setFilter(event.target.value);
          setActive(0);
        }}
      />
      {shown.length === 0 && <div className={styles.none}>{t("canvas.nothing-here")}</div>}
      <ul className={styles.options} role="listbox" id={`${id}-list`} aria-label={title}>
        {shown.map((choice, i) => (
          <li
            key={choice.id}
            id={`${id}-${i}`}
            role="option"
            aria-selected={i === index}
            className={styles.option}
            onPointerMove={() => setActive(i)}
            onClick={() => onPick(choice.id)}
          >
            <b translate="no">{choice.title}</b>
            <small translate="no">{choice.detail}</small>
          </li>
        ))}
      </ul>
      {onRemove && shown.length > 0 && (
        <footer className={styles.listFoot}>
          <kbd>↵</kbd> {t("canvas.go-to-end")} <kbd>Del</kbd> {t("canvas.remove-wire")}
        </footer>
      )}
    </div>
  );
}
