import { Boxes, SquareFunction, Workflow } from "lucide-react";
import { useCallback, useEffect, useMemo, useState } from "react";
import { cardOf, type LibraryEntry } from "#editor/library/library-entry.ts";
import { grouped, searchEntries } from "#editor/library/search-entries.ts";
import { familyOf } from "#editor/layout/port-family.ts";
import type { Point } from "#editor/layout/geometry.ts";
import { type DataMap, field, isMap, listField, valueAt } from "#data/data.ts";
import { useEditor, useEditorState, usePage, useTranslate } from "../use-editor.ts";
import { Entries } from "./entries.tsx";
import type { Entry } from "./entry-row.tsx";
import { useLibraryState } from "./use-library.ts";
import { lazyPart } from "../lazy-part.ts";
import { Loading } from "../loading.tsx";

const EntryMenu = lazyPart(() => import("./entry-menu.tsx"));
const recentCount = 5;

/** The entries that a search leaves, as the palette shows them. */
export function useLibraryEntries(wanted: string): readonly LibraryEntry[] {
  const page = usePage();
  const entries = useLibraryState((state) => state.entries);
  const loaded = useLibraryState((state) => state.loaded);
  useEffect(() => {
    if (!loaded) void page.library?.load();
  }, [page.library, loaded]);
  return useMemo(() => searchEntries(entries, wanted), [entries, wanted]);
}

/** The user's components: favourites, those used lately, then all by group. While searching one list, the best first. */
export function LibrarySection({ wanted, found }: { readonly wanted: string; readonly found: readonly LibraryEntry[] }) {
  const t = useTranslate();
  const editor = useEditor();
  const language = useEditorState((state) => state.session.language);
  const total = useLibraryState((state) => state.entries.length);
  const [asked, setMenu] = useState<{ readonly id: string; readonly screen?: Point } | undefined>(undefined);
  const reopened = useEditorState((state) => state.session.reopened?.["library-group"]?.about);
  const menu = asked ?? (typeof reopened === "string" ? { id: reopened } : undefined);
  const openMenu = useCallback((id: string, screen: Point) => setMenu({ id: id.slice("library:".length), screen }), []);
  const isSearching = wanted.trim() !== "";
  const groups = useMemo(() => (isSearching ? [] : grouped(found, language)), [found, isSearching, language]);
  const favourites = isSearching ? [] : found.filter(({ favourite }) => favourite);
  const recent = isSearching
    ? []
    : found
        .filter(({ used }) => used !== undefined)
        .toSorted((a, b) => (b.used ?? 0) - (a.used ?? 0))
        .slice(0, recentCount);
  if (total === 0) {
    return isSearching ? null : (
      <section aria-label={t("library")}>
        <div className="list-h">{t("library")}</div>
        <div className="empty-line small">{t("library-empty")}</div>
      </section>
    );
  }
  return (
    <>
      <Entries title={t("library-favourites")} entries={favourites.map(rowOf)} onMenu={openMenu} />
      {found.length > recentCount ? <Entries title={t("library-recent")} entries={recent.map(rowOf)} onMenu={openMenu} /> : null}
      {isSearching ? <Entries title={t("library")} entries={found.map(rowOf)} onMenu={openMenu} /> : null}
      {groups.map(({ group, entries }) => (
        <Entries key={group} title={group === "" ? t("library") : group} entries={entries.map(rowOf)} onMenu={openMenu} />
      ))}
      {menu ? (
        <Loading>
          <EntryMenu
            id={menu.id}
            screen={menu.screen}
            onClose={(grouping) => {
              setMenu(grouping ? { id: menu.id } : undefined);
              editor.fillIn({ form: "library-group", part: "group" });
            }}
          />
        </Loading>
      ) : null}
    </>
  );
}

function rowOf(entry: LibraryEntry): Entry {
  const card = cardOf(entry.spec);
  return {
    id: `library:${entry.id}`,
    name: card.name || entry.origin || "component",
    ...(entry.origin && card.name ? { aside: entry.origin } : {}),
    icon: isMap(valueAt(entry.spec, ["implementation", "graph"])) ? Workflow : isPython(entry.spec) ? SquareFunction : Boxes,
    outputs: card.outputs.slice(0, 3).map((port) => ({ kind: port.kind, family: familyOf(port) })),
    favourite: entry.favourite,
    ...(card.description !== "" && { detail: card.description.slice(0, 400) }),
  };
}

function isPython(spec: DataMap): boolean {
  const command = listField(valueAt(spec, ["implementation", "container"]), "command");
  return field(spec, "implementation") !== undefined && command.some((word) => typeof word === "string" && /\bdef\s/.test(word));
}
