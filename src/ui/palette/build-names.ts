import { useEffect, useMemo, useSyncExternalStore } from "react";
import { buildEntries } from "#editor/library/add.ts";
import { rankOf } from "#editor/commands/search.ts";
import { fetchWords, say as speaker, watchWords } from "#messages/page.ts";
import { useEditorState, useSay } from "../use-editor.ts";

/** An entry of "Build" with its name as shown, and in the other language, by which a search finds it too. */
export interface BuildName {
  readonly id: (typeof buildEntries)[number];
  readonly name: string;
  readonly also: string;
}

/** The entries of "Build", by name. */
export function useBuildNames(): readonly BuildName[] {
  const say = useSay();
  const other = useEditorState((state) => (state.session.language === "en" ? "ko" : "en"));
  useEffect(() => void fetchWords(other, ["first", "panels"]).catch(() => undefined), [other]);
  const sayOther = useSyncExternalStore(watchWords, () => speaker(other));
  return useMemo(
    () =>
      buildEntries.map((id) => {
        const code = `entry-${id.slice(id.indexOf(":") + 1)}`;
        return { id, name: say(code), also: sayOther(code) };
      }),
    [say, sayOther],
  );
}

/** How well an entry matches a search; Infinity: not at all. A match in the shown language comes first. */
export function rankOfBuild({ name, also }: Pick<BuildName, "name" | "also">, wanted: string): number {
  return Math.min(rankOf(name, wanted), rankOf(also, wanted) + 0.5);
}
