import { Search } from "lucide-react";
import { useMemo, useState } from "react";
import { currentWorkflow } from "#editor/actions.ts";
import { rankOf } from "#editor/commands/search.ts";
import { type Kind, kindOfTemplate } from "#editor/task-kind.ts";
import { templateTitle } from "#editor/display-names.ts";
import { familyOf } from "#editor/layout/port-family.ts";
import type { Template } from "#pipeline/model.ts";
import { KIND_ICONS } from "../parts/kind-icons.ts";
import { Entries } from "../library/entries.tsx";
import type { Entry } from "../library/entry-row.tsx";
import { LibraryFoot } from "../library/library-foot.tsx";
import { LibrarySection, useLibraryEntries } from "../library/library-section.tsx";
import { isOffered } from "#compiler/readers.ts";
import { buildIcons } from "./build-icons.ts";
import { rankOfBuild, useBuildNames } from "./build-names.ts";
import { useEditorState, useTranslate } from "../use-editor.ts";

/** What can be put on the canvas: new steps, and the templates of this file. Dragged, or added by Enter or a click. */
export default function Palette() {
  const t = useTranslate();
  const [wanted, setWanted] = useState("");
  const workflow = useEditorState(currentWorkflow);
  const format = workflow?.format;
  const names = useBuildNames();
  const foundBuild = useMemo<readonly Entry[]>(
    () =>
      names
        .filter((one) => isOffered(one.id, format) && rankOfBuild(one, wanted.trim()) < Infinity)
        .map(({ id, name }) => ({ id, name, icon: buildIcons[id], outputs: [] })),
    [names, wanted, format],
  );
  const own = useMemo(
    () =>
      workflow
        ? workflow.templates
            .filter((template) => template.name !== "" && template.name !== workflow.entrypoint)
            .map((template) => entryOf(template, { title: templateTitle(workflow, template, t), kind: kindOfTemplate(workflow, template) }))
        : [],
    [workflow, t],
  );
  const found = (entries: readonly Entry[]) =>
    entries.filter((entry) => Math.min(rankOf(entry.name, wanted.trim()), rankOf(entry.aside ?? "", wanted.trim())) < Infinity);
  const library = useLibraryEntries(wanted);
  const foundOwn = found(own);
  return (
    <>
      <div style={{ padding: "0 var(--s-3) var(--s-2)" }}>
        <label className="field">
          <Search className="i s" aria-hidden="true" />
          <input
            type="search"
            aria-label={t("search-components")}
            placeholder={t("search-components")}
            value={wanted}
            onChange={(event) => setWanted(event.target.value)}
          />
        </label>
      </div>
      <div className="scroll">
        <Entries title={t("palette-build")} entries={foundBuild} />
        <Entries title={t("palette-file")} entries={foundOwn} />
        <LibrarySection wanted={wanted} found={library} />
        {foundBuild.length + foundOwn.length + library.length === 0 ? (
          <div className="empty-line">
            {t("palette-none", { text: wanted })}{" "}
            <button type="button" className="btn link" onClick={() => setWanted("")}>
              {t("clear-search")}
            </button>
          </div>
        ) : null}
      </div>
      <LibraryFoot />
    </>
  );
}

function entryOf(template: Template, { title, kind }: { readonly title: string | undefined; readonly kind: Kind }): Entry {
  return {
    id: `template:${template.id}`,
    name: title ?? template.name,
    ...(title !== undefined && title !== template.name ? { aside: template.name } : {}),
    icon: KIND_ICONS[kind],
    outputs: template.outputs
      .filter((port) => !port.twin)
      .slice(0, 3)
      .map((port) => ({ kind: port.kind, family: familyOf(port) })),
  };
}
