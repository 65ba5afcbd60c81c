import type { PythonOrigin } from "#editor/ports.ts";
import { LevelIcon } from "../parts/level.tsx";
import { useTranslate } from "../use-editor.ts";

/** The diagnostics about the Python file of the pipeline: each with its line and column there, and the text of the line. */
export function PythonProblems({ python }: { readonly python: PythonOrigin }) {
  const t = useTranslate();
  return python.problems.map(({ diagnostic, line, column, source }, index) => {
    const hint = t(`${diagnostic.code}.hint`, diagnostic.values);
    return (
      <div
        key={index}
        role="listitem"
        className="item problem-row python-remark"
        title={hint === `${diagnostic.code}.hint` ? undefined : hint}
      >
        <LevelIcon level={diagnostic.level} label={t(`level-${diagnostic.level}`)} />
        <span className="grow">
          <span className="said">{t(diagnostic.code, diagnostic.values)}</span>
          <code>{source}</code>
        </span>
        <span className="where cut">{`${python.fileName}:${line}:${column}`}</span>
      </div>
    );
  });
}
