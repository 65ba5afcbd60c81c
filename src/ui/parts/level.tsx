import { CircleAlert, CloudAlert, Info, type LucideIcon, TriangleAlert } from "lucide-react";
import { useTranslate } from "../use-editor.ts";
import type { Diagnostic, Level } from "#diagnostics/diagnostic.ts";

const icons: Readonly<Record<Level, LucideIcon>> = { error: CircleAlert, cluster: CloudAlert, warning: TriangleAlert, info: Info };

/** The mark of a level: shape and colour; its name is beside it or in `label`. */
export function LevelIcon({ level, label }: { readonly level: Level; readonly label?: string }) {
  const Icon = icons[level];
  return (
    <Icon
      className={`i s t-${level}`}
      aria-hidden={label === undefined}
      aria-label={label}
      role={label === undefined ? undefined : "img"}
    />
  );
}

/** Number of diagnostics per level. */
export function countLevels(diagnostics: readonly Diagnostic[]): Readonly<Record<Level, number>> {
  const counts = { error: 0, cluster: 0, warning: 0, info: 0 };
  for (const diagnostic of diagnostics) counts[diagnostic.level] += 1;
  return counts;
}

/** Marks with counts, the most severe level first; levels without diagnostics are left out. */
export function LevelCounts({ diagnostics }: { readonly diagnostics: readonly Diagnostic[] }) {
  const t = useTranslate();
  const counts = countLevels(diagnostics);
  return (
    <>
      {(["error", "warning", "cluster"] as const).map((level) =>
        counts[level] > 0 ? (
          <span key={level} className="count">
            <LevelIcon level={level} label={t(`level-${level}`)} />
            {counts[level]}
          </span>
        ) : null,
      )}
    </>
  );
}
