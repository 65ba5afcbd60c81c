import type { PythonOrigin } from "#editor/ports.ts";
import { LevelIcon } from "../parts/level.tsx";
import { useSay } from "../use-editor.ts";

/** The diagnostics about the Python file of the pipeline: each with its line and column there, and the text of the line. */
export function PythonRemarks({ python }: { readonly python: PythonOrigin }) {
  const say = useSay();
  return python.remarks.map(({ finding, line, column, source }, index) => {
    const hint = say(`${finding.code}.hint`, finding.values);
    return (
      <div
        key={index}
        role="listitem"
        className="item problem-row python-remark"
        title={hint === `${finding.code}.hint` ? undefined : hint}
      >
        <LevelIcon level={finding.level} label={say(`level-${finding.level}`)} />
        <span className="grow">
          <span className="said">{say(finding.code, finding.values)}</span>
          <code>{source}</code>
        </span>
        <span className="where cut">{`${python.fileName}:${line}:${column}`}</span>
      </div>
    );
  });
}
