import { useMemo } from "react";
import type { SettingTarget } from "#pipeline/edit.ts";
import { vocabularyOf } from "#compiler/readers.ts";
import type { Template, Workflow } from "#pipeline/model.ts";
import { type Kind, kindOfTemplate } from "#editor/task-kind.ts";
import { templateHolder } from "#editor/settings/access.ts";
import { templateSettingAt } from "#editor/settings/written-at.ts";
import { useEditorState, useTranslate } from "../use-editor.ts";
import { Field } from "./field.tsx";
import { InspectorHead, Section, WrittenAt } from "./inspector-head.tsx";
import { KIND_ICONS } from "../parts/kind-icons.ts";
import { coveredSettings, kindTab } from "./kind-section.tsx";
import { Ports } from "./ports.tsx";
import { SettingsOf, useFocused } from "./settings-of.tsx";
import { edits, refused } from "./values.ts";

interface Props {
  readonly workflow: Workflow;
  readonly template: Template;
  readonly title: string;
  readonly target: SettingTarget;
  readonly owner: string;
  /** The kind of the box that represents the template, if there is one. */
  readonly kind?: Kind;
}

/** A template without a call that represents it: an entrypoint that is a leaf. */
export function TemplateInspector({ workflow, template, title, target, owner, kind: given }: Props) {
  const t = useTranslate();
  const stream = useEditorState((state) => state.document.stream);
  const { kind } = target;
  const displayKind = given ?? kindOfTemplate(workflow, template);
  const holder = useMemo(
    () => templateHolder(stream, workflow, template, kind === "template" ? { kind, template: template.id } : undefined),
    [stream, workflow, template, kind],
  );
  const focused = useFocused(holder);
  const place = templateSettingAt({ template }, focused.path, focused.wanted);
  const rename = (text: string) =>
    text === "" ? refused("invalid-empty") : edits({ kind: "rename-template", template: template.id, name: text });
  return (
    <div className="panel">
      <InspectorHead title={title} detail={t(`kind-${displayKind}`)} icon={KIND_ICONS[displayKind]} />
      <SettingsOf
        key={template.id}
        holders={[holder]}
        owner={owner}
        of={title}
        onFocus={focused.set}
        kindLabel={kindTab(template, t)}
        covered={coveredSettings(template)}
        tabs={["kind", "inputs", "resources", "volumes", "env", "run", "yaml"]}
        parts={{
          inputs: (
            <>
              <Section title={t(`field-${vocabularyOf(workflow).component}`)}>
                <div className="pair">
                  <span className="label">{t("field-name")}</span>
                  <Field
                    owner={owner}
                    path="name"
                    of={title}
                    label={{ code: "field-name", values: {} }}
                    value={template.name}
                    meaning={rename}
                    isName
                    isCode
                  />
                </div>
              </Section>
              <Ports template={template} owner={owner} of={title} term={vocabularyOf(workflow).component} />
            </>
          ),
        }}
      />
      <WrittenAt where={`${place.owner} › ${place.below || template.kind}`} path={place.path} help={focused.help} />
    </div>
  );
}
