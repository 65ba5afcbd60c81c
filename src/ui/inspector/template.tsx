import { field, isMap, textField } from "#model/data.ts";
import type { SettingTarget } from "#model/edit.ts";
import type { Template } from "#model/model.ts";
import { useSay } from "../use-editor.ts";
import { Environment } from "./environment.tsx";
import { Field } from "./field.tsx";
import { InspectorHead, Section, WrittenAt } from "./head.tsx";
import { kindIconOf } from "./kind-icon.ts";
import { ListField } from "./list-field.tsx";
import { Ports } from "./ports.tsx";
import { Resources } from "./resources.tsx";
import { Rest } from "./rest.tsx";
import { edits, refused, textSetting } from "./values.ts";
import { Volumes } from "./volumes.tsx";

interface Props {
  readonly template: Template;
  readonly target: SettingTarget;
  readonly owner: string;
  /** The name to say in steps and drafts. */
  readonly of: string;
}

/** The settings of a leaf template; `target` says whether they are reached through a call. */
export function TemplateSections(props: Props) {
  const { template } = props;
  const say = useSay();
  const body = template.kind === "container" || template.kind === "script" ? field(template.rest, template.kind) : undefined;
  return (
    <>
      {isMap(body) ? (
        <>
          <Resources {...props} body={body} />
          <Environment {...props} body={body} />
          <Volumes {...props} body={body} />
          <Program {...props} body={body} />
        </>
      ) : (
        <Section title={say(`kind-${template.kind}`)}>
          <div className="note">{say("no-settings")}</div>
        </Section>
      )}
      <Ports template={template} owner={props.owner} of={props.of} />
      <Rest template={template} />
    </>
  );
}

/** A template by itself, where no call stands for it: the entrypoint that is one leaf. */
export function TemplateInspector({ template, title, target, owner }: { readonly template: Template; readonly title: string; readonly target: SettingTarget; readonly owner: string }) {
  const say = useSay();
  const rename = (text: string) => (text === "" ? refused("invalid-empty") : edits({ kind: "rename-template", template: template.id, name: text }));
  return (
    <div className="panel">
      <InspectorHead title={title} detail={say(`kind-${template.kind}`)} icon={kindIconOf(template)} />
      <div className="scroll" key={template.id}>
        <Section title={say("field-template")}>
          <div className="pair">
            <span className="label">{say("field-name")}</span>
            <Field owner={owner} path="name" of={title} label={{ code: "field-name", values: {} }} value={template.name} meaning={rename} isName isCode />
            <Image template={template} target={target} owner={owner} of={title} />
          </div>
        </Section>
        <TemplateSections template={template} target={target} owner={owner} of={title} />
      </div>
      <WrittenAt where={template.name} place={template.place} />
    </div>
  );
}

/** The image of a container or script; nothing for other templates. */
export function Image({ template, target, owner, of }: Props) {
  const say = useSay();
  if (template.kind !== "container" && template.kind !== "script") return null;
  const image = textField(field(template.rest, template.kind), "image") ?? "";
  return (
    <>
      <span className="label">{say("field-image")}</span>
      <Field owner={owner} path="image" of={of} isCode label={{ code: "field-image", values: {} }} value={image} meaning={textSetting(target, [template.kind, "image"], { required: true })} placeholder="python:3.12-slim" />
    </>
  );
}

/** What the container runs: command and arguments, or the source of a script. */
function Program({ template, target, owner, of, body }: Props & { readonly body: NonNullable<ReturnType<typeof field>> }) {
  const say = useSay();
  const kind = template.kind;
  return (
    <Section title={say(kind === "script" ? "section-script" : "section-container")}>
      <div className="pair">
        <span className="label">{say("field-command")}</span>
        <ListField owner={owner} of={of} target={target} path={[kind, "command"]} label="field-command" value={field(body, "command")} />
        {kind === "container" ? (
          <>
            <span className="label">{say("field-args")}</span>
            <ListField owner={owner} of={of} target={target} path={[kind, "args"]} label="field-args" value={field(body, "args")} />
          </>
        ) : null}
      </div>
      {kind === "script" ? (
        <>
          <span className="label">{say("field-source")}</span>
          <Field owner={owner} path="source" of={of} lines isCode label={{ code: "field-source", values: {} }} value={textField(body, "source") ?? ""} meaning={textSetting(target, [kind, "source"], { required: true })} />
        </>
      ) : null}
    </Section>
  );
}
