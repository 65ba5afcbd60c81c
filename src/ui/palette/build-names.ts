import { useEffect, useMemo, useSyncExternalStore } from "react";
import { buildEntries } from "#editor/library/place-entry.ts";
import { rankOf } from "#editor/commands/search.ts";
import { fetchMessages, translator as createTranslate, watchMessages } from "#messages/lazy-catalog.ts";
import { useEditorState, useTranslate } from "../use-editor.ts";

/** An entry of "Build" with its name as shown, and in the other language, by which a search finds it too. */
export interface BuildName {
  readonly id: (typeof buildEntries)[number];
  readonly name: string;
  readonly also: string;
}

/** The entries of "Build", by name. */
export function useBuildNames(): readonly BuildName[] {
  const t = useTranslate();
  const other = useEditorState((state) => (state.session.language === "en" ? "ko" : "en"));
  useEffect(() => void fetchMessages(other, ["first", "panels"]).catch(() => undefined), [other]);
  const sayOther = useSyncExternalStore(watchMessages, () => createTranslate(other));
  return useMemo(
    () =>
      buildEntries.map((id) => {
        const code = `entry-${id.slice(id.indexOf(":") + 1)}`;
        return { id, name: t(code), also: sayOther(code) };
      }),
    [t, sayOther],
  );
}

/** How well an entry matches a search; Infinity: not at all. A match in the shown language comes first. */
export function rankOfBuild({ name, also }: Pick<BuildName, "name" | "also">, wanted: string): number {
  return Math.min(rankOf(name, wanted), rankOf(also, wanted) + 0.5);
}
