import { Download, FolderInput, X } from "lucide-react";
import { useRef } from "react";
import { bringFolder, bringIn } from "#editor/library/bring-files.ts";
import { readFiles } from "#editor/library/read-files.ts";
import type { Problem } from "#editor/library/library.ts";
import { IconButton } from "../parts/icon-button.tsx";
import { LevelIcon } from "../parts/level.tsx";
import { useEditor, usePage, useTranslate } from "../use-editor.ts";
import { useLibraryState, useWorkbench } from "./use-library.ts";

/** Below the palette: importing components and exporting the library, and the result. */
export function LibraryFoot() {
  const t = useTranslate();
  const page = usePage();
  const editor = useEditor();
  const bench = useWorkbench();
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const count = useLibraryState((state) => state.entries.length);
  const take = async (input: HTMLInputElement, isFolder: boolean) => {
    const chosen = [...(input.files ?? [])];
    input.value = "";
    if (isFolder) await bringFolder(bench, chosen);
    else await bringIn(bench, await readFiles(chosen));
  };
  return (
    <>
      <ReportList />
      <div className="palette-foot row">
        <button
          type="button"
          className="btn line"
          style={{ flex: "1 1 0", minWidth: 0, justifyContent: "center" }}
          onClick={() => files.current?.click()}
        >
          {t("library-add")}
        </button>
        <IconButton small icon={FolderInput} label={t("library-add-folder")} onClick={() => folder.current?.click()} />
        <IconButton
          small
          icon={Download}
          label={t("library-export")}
          disabled={count === 0}
          onClick={() => page.library && editor.outside.files.download("components.yaml", page.library.text())}
        />
        <input
          ref={files}
          type="file"
          multiple
          hidden
          accept=".yaml,.yml,.json,.py,.txt"
          aria-hidden="true"
          tabIndex={-1}
          data-input="components"
          onChange={(event) => void take(event.currentTarget, false)}
        />
        <input
          ref={folder}
          type="file"
          multiple
          hidden
          aria-hidden="true"
          tabIndex={-1}
          data-input="folder"
          {...{ webkitdirectory: "" }}
          onChange={(event) => void take(event.currentTarget, true)}
        />
      </div>
    </>
  );
}

/** The result of the last import: how many components, and why others failed. */
function ReportList() {
  const t = useTranslate();
  const page = usePage();
  const report = useLibraryState((state) => state.report);
  const kept = useLibraryState((state) => state.kept);
  if (!report)
    return kept ? null : (
      <div className="empty-line small t-warning" role="status">
        {t("library-not-kept")}
      </div>
    );
  return (
    <section
      aria-label={t("library-report")}
      role="status"
      style={{ borderTop: "1px solid var(--line)", maxHeight: 220, overflow: "auto", flex: "none" }}
    >
      <div className="row" style={{ padding: "4px 4px 4px 12px" }}>
        <span className="grow small">
          {t("library-added", { n: report.added })}
          {report.known > 0 ? `, ${t("library-known", { n: report.known })}` : ""}
        </span>
        <IconButton small icon={X} label={t("dismiss")} onClick={() => page.library?.dismiss()} />
      </div>
      {report.problems.map((problem, index) => (
        <ProblemRow key={index} problem={problem} />
      ))}
    </section>
  );
}

function ProblemRow({ problem }: { readonly problem: Problem }) {
  const t = useTranslate();
  const { diagnostic } = problem;
  const hint = t(`${diagnostic.code}.hint`, diagnostic.values);
  return (
    <div className="row small" style={{ padding: "2px 12px 6px", alignItems: "flex-start" }}>
      <LevelIcon level={diagnostic.level} label={t(`level-${diagnostic.level}`)} />
      <span className="grow" style={{ overflowWrap: "anywhere" }}>
        <b translate="no">{problem.line === undefined ? problem.file : t("library-at", { file: problem.file, line: problem.line })}</b>{" "}
        {t(diagnostic.code, diagnostic.values)}
        {hint === `${diagnostic.code}.hint` ? null : <span className="muted"> {hint}</span>}
      </span>
    </div>
  );
}
