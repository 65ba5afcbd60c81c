import { File, Search, SquareChevronRight, SquareFunction } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useState } from "react";
import { flushSync } from "react-dom";
import { currentWorkflow, calleeHere } from "#editor/actions.ts";
import { commands } from "#editor/commands/all.ts";
import { spelled } from "#editor/commands/keys.ts";
import { rankOf } from "#editor/commands/search.ts";
import { templateTitle } from "#editor/display-names.ts";
import type { Template } from "#pipeline/model.ts";
import { fetchMessages, translator as createTranslate } from "#messages/lazy-catalog.ts";
import { isGraph } from "#pipeline/template-kinds.ts";
import { isMac } from "../platform.ts";
import { Modal } from "./sheet.tsx";
import { useEditorState, usePage, useTranslate, runCommand } from "../use-editor.ts";

interface Row {
  readonly key: string;
  readonly section: "commands-commands" | "commands-tasks" | "commands-settings" | "commands-recent";
  readonly icon: ReactNode;
  readonly text: string;
  readonly detail?: string;
  readonly keys?: string;
  readonly why?: string;
  /** What is searched besides the text: the English name in the Korean interface and the other way round. */
  readonly also: string;
  readonly run: () => void;
}

/** Commands, tasks and settings by name. `>` narrows to commands, `@` to tasks. Enter runs, and focus returns to where it was. */
export function CommandPalette({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslate();
  const list = useId();
  const [wanted, setWanted] = useState("");
  const [active, setActive] = useState(0);
  const rows = useRows(onClose);
  const found = useMemo(() => filtered(rows, wanted), [rows, wanted]);
  const at = Math.min(active, found.length - 1);
  useEffect(() => {
    document.getElementById(`${list}-${at}`)?.scrollIntoView({ block: "nearest" });
  }, [at, list]);
  const choose = (row: Row | undefined) => {
    if (row && row.why === undefined) row.run();
  };
  const keys = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown") setActive((at + 1) % Math.max(1, found.length));
    else if (event.key === "ArrowUp") setActive((at - 1 + found.length) % Math.max(1, found.length));
    else if (event.key === "Enter") choose(found[at]);
    else return;
    event.preventDefault();
  };
  return (
    <Modal label={t("command-commands")} onClose={onClose}>
      <label
        className="row"
        style={{ height: 48, padding: "0 16px", borderBottom: "1px solid var(--line)", fontSize: "var(--text-lg)", flex: "none" }}
      >
        <Search className="i" aria-hidden="true" />
        <input
          data-first
          className="grow"
          style={{ border: 0, background: "none", outline: "none", height: "100%" }}
          role="combobox"
          aria-expanded="true"
          aria-controls={list}
          aria-activedescendant={found[at] ? `${list}-${at}` : undefined}
          aria-label={t("find-or-run")}
          placeholder={t("find-or-run")}
          value={wanted}
          onKeyDown={keys}
          onChange={(event) => {
            setWanted(event.target.value);
            setActive(0);
          }}
        />
      </label>
      <div role="listbox" id={list} aria-label={t("command-commands")} className="scroll" style={{ padding: "6px 0" }}>
        {found.map((row, index) => (
          <div key={row.key}>
            {row.section !== found[index - 1]?.section ? (
              <div className="list-h" style={{ paddingLeft: 16 }}>
                {t(row.section)}
              </div>
            ) : null}
            <div
              id={`${list}-${index}`}
              role="option"
              aria-selected={index === at}
              aria-disabled={row.why !== undefined}
              className={`item${index === at ? " on" : ""}`}
              style={{ height: 34, borderRadius: "var(--radius-2)", margin: "0 6px", padding: "0 10px", width: "auto" }}
              onPointerMove={() => setActive(index)}
              onClick={() => choose(row)}
            >
              {row.icon}
              <span className={row.why === undefined ? "cut" : "cut muted"}>{row.text}</span>
              <span className="muted cut">{row.why ?? row.detail}</span>
              {row.keys ? (
                <span className="end">
                  <kbd>{row.keys}</kbd>
                </span>
              ) : null}
            </div>
          </div>
        ))}
        {found.length === 0 ? <div className="empty-line">{t("commands-none", { text: wanted })}</div> : null}
      </div>
      <div className="row small muted" style={{ borderTop: "1px solid var(--line)", padding: "8px 16px", gap: "var(--s-3)", flex: "none" }}>
        <span>
          <kbd>↑↓</kbd> {t("commands-choose")}
        </span>
        <span>
          <kbd>↵</kbd> {t("commands-run")}
        </span>
        <span>
          <kbd>&gt;</kbd> {t("commands-only")}
        </span>
        <span>
          <kbd>@</kbd> {t("commands-tasks-only")}
        </span>
      </div>
    </Modal>
  );
}

function useRows(onClose: () => void): readonly Row[] {
  const t = useTranslate();
  const page = usePage();
  const { editor } = page;
  const state = useEditorState((now) => now);
  const [recent, setRecent] = useState<readonly { readonly id: string; readonly fileName: string }[]>([]);
  useEffect(() => {
    void editor.outside.storage.list().then(setRecent, () => undefined);
  }, [editor]);
  const otherLanguage = state.session.language === "en" ? "ko" : "en";
  // Commands are found by their names in both languages.
  useEffect(() => void fetchMessages(otherLanguage, ["first"]).catch(() => undefined), [otherLanguage]);
  return useMemo(() => {
    const other = createTranslate(otherLanguage);
    // The dialog closes first, so that the command finds page and focus as they were.
    const after = (run: () => void) => () => {
      flushSync(onClose);
      run();
    };
    const ofCommands = commands
      .filter(({ id }) => id !== "commands")
      .map((one): Row => {
        const why = one.unavailable?.(state);
        return {
          key: one.id,
          section: one.group === "settings" ? "commands-settings" : "commands-commands",
          icon: <SquareChevronRight className="i s" aria-hidden="true" />,
          text: t(`command-${one.id}`),
          also: other(`command-${one.id}`),
          keys: (one.keys[0] ?? one.displayKeys) ? spelled(one.keys[0] ?? one.displayKeys ?? "", isMac) : undefined,
          why: why && t(why.code, why.values),
          run: after(() => runCommand(page, one)),
        };
      });
    const workflow = currentWorkflow(state);
    const titleOf = (template: Template | undefined) => workflow && template && templateTitle(workflow, template, t);
    const ofTasks = (workflow?.templates ?? []).filter(isGraph).flatMap((graph) =>
      graph.tasks.map((task): Row => ({
        key: task.id,
        section: "commands-tasks",
        icon: <SquareFunction className="i s" aria-hidden="true" />,
        text: titleOf(calleeHere(state, task)) ?? task.name,
        detail: graph.name === workflow?.entrypoint ? "" : (titleOf(graph) ?? graph.name),
        // Found by its identifier as well.
        also: task.name,
        run: after(() => {
          editor.session((now) =>
            now.graph === graph.id ? { selection: [task.id] } : { graph: graph.id, trail: [], selection: [task.id] },
          );
          page.canvas.current?.focusBox(task.id, "center");
        }),
      })),
    );
    const ofRecent = recent
      .filter(({ id }) => id !== state.document.id)
      .map((one): Row => ({
        key: `recent-${one.id}`,
        section: "commands-recent",
        icon: <File className="i s" aria-hidden="true" />,
        text: one.fileName,
        also: "",
        run: after(() => void editor.openKept(one.id)),
      }));
    return [
      ...ofCommands.filter((row) => row.section === "commands-commands"),
      ...ofTasks,
      ...ofCommands.filter((row) => row.section === "commands-settings"),
      ...ofRecent,
    ];
  }, [state, recent, t, otherLanguage, page, editor, onClose]);
}

const mostRows = 100;

function filtered(rows: readonly Row[], wanted: string): readonly Row[] {
  const only = wanted.startsWith(">") ? "commands-commands" : wanted.startsWith("@") ? "commands-tasks" : undefined;
  const text = only ? wanted.slice(1).trim() : wanted.trim();
  const kept = rows.filter((row) => only === undefined || row.section === only);
  if (text === "")
    return [...kept.filter((row) => row.why === undefined && (only !== undefined || row.section !== "commands-tasks"))].slice(0, mostRows);
  const ranked = kept.flatMap((row) => {
    const rank = Math.min(rankOf(row.text, text), rankOf(row.also, text) + 0.5);
    return rank === Infinity ? [] : [{ row, rank: rank + (row.why === undefined ? 0 : 100) }];
  });
  const best = ranked.toSorted((a, b) => a.rank - b.rank).slice(0, mostRows);
  // Sections stay together; the section of the best hit comes first.
  const sections = [...new Set(best.map(({ row }) => row.section))];
  return sections.flatMap((section) => best.filter(({ row }) => row.section === section).map(({ row }) => row));
}
