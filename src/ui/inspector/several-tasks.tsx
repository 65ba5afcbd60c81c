import { useMemo } from "react";
import { calleeOf } from "#pipeline/resolve-call.ts";
import type { Task, Workflow } from "#pipeline/model.ts";
import { type Holder, templateHolder } from "#editor/settings/access.ts";
import { useEditorState, useTranslate } from "../use-editor.ts";
import { InspectorHead } from "./inspector-head.tsx";
import { PasteSettings } from "./paste-settings.tsx";
import { SettingsOf } from "./settings-of.tsx";

/** Several tasks at once: the settings that all of them have. Values that differ are marked; a change applies to all as one step. */
export function SeveralInspector({ workflow, tasks }: { readonly workflow: Workflow; readonly tasks: readonly Task[] }) {
  const t = useTranslate();
  const model = useEditorState((state) => state.document.model);
  const stream = useEditorState((state) => state.document.stream);
  const holders = useMemo(() => {
    const templates = new Map(
      tasks.flatMap((task) => {
        const found = calleeOf(model, workflow, task.call);
        return found ? [[found.template.id, templateHolder(stream, found.workflow, found.template)] as const] : [];
      }),
    );
    return [...templates.values()];
  }, [model, stream, workflow, tasks]);
  const [first, ...others] = holders;
  return (
    <div className="panel">
      <InspectorHead title={t("several-selected", { n: tasks.length })} detail={first ? holders.map(({ name }) => name).join(", ") : ""} />
      <div className="empty-line">{t("several-hint")}</div>
      <PasteSettings holders={holders} />
      {first ? (
        <SettingsOf
          holders={[first, ...others] as readonly [Holder, ...Holder[]]}
          owner={`several ${holders.map(({ name }) => name).join(" ")}`}
          of={undefined}
          onFocus={() => undefined}
          tabs={["kind", "resources", "volumes", "env", "run"]}
          parts={{}}
        />
      ) : null}
    </div>
  );
}
