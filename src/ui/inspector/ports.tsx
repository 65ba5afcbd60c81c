import { Trash2 } from "lucide-react";
import { field, textField } from "#data/data.ts";
import type { Vocabulary } from "#document/format.ts";
import type { InputPort, OutputPort, PortKind, Template } from "#pipeline/model.ts";
import { familyOf } from "#editor/layout/port-family.ts";
import { PortMark } from "../canvas/port-mark.tsx";
import { IconButton } from "../parts/icon-button.tsx";
import { useEditor, useTranslate } from "../use-editor.ts";
import { useAdding } from "./adding.ts";
import { AutoFocus } from "./autofocus.tsx";
import { Field } from "./field.tsx";
import { Section } from "./inspector-head.tsx";
import { edits, refused } from "./values.ts";

interface Props {
  readonly template: Template;
  readonly owner: string;
  readonly of: string;
}

type Direction = "input" | "output";

/** The ports that a template declares: add, rename, remove. What refers to a port follows its new name. */
export function Ports({ template, owner, of, term }: Props & { readonly term: Vocabulary["component"] }) {
  const t = useTranslate();
  return (
    <Section title={t(`section-ports.${term}`)}>
      <PortList direction="input" ports={template.inputs} template={template} owner={owner} of={of} />
      <PortList direction="output" ports={template.outputs.filter((port) => !port.twin)} template={template} owner={owner} of={of} />
    </Section>
  );
}

function PortList({
  direction,
  ports,
  template,
  owner,
  of,
}: Props & { readonly direction: Direction; readonly ports: readonly (InputPort | OutputPort)[] }) {
  const t = useTranslate();
  const editor = useEditor();
  const newPath = (port: PortKind) => `port-new-${direction}-${port}`;
  const adding = {
    parameter: useAdding(owner, newPath("parameter")),
    artifact: useAdding(owner, newPath("artifact")),
  } as const;
  // One field at a time; what was typed into the other stays there as a draft.
  const open = (port: PortKind) => {
    adding[port === "parameter" ? "artifact" : "parameter"][1](false);
    adding[port][1](true);
  };
  const add = (port: PortKind) => (text: string) => {
    if (text === "") return refused("invalid-empty");
    if (ports.some((one) => one.kind === port && one.name === text)) return refused("invalid-taken", { text });
    const path = port === "artifact" ? `/tmp/${direction}s/${text}` : direction === "output" ? `/tmp/outputs/${text}` : undefined;
    return edits({ kind: "add-port", template: template.id, direction, port, name: text, ...(path ? { path } : {}) });
  };
  return (
    <div className="stack">
      <div className="row">
        <span className="muted small grow">{t(direction === "input" ? "section-arguments" : "section-outputs")}</span>
        <select
          className="btn link"
          value=""
          aria-label={t(direction === "input" ? "add-input" : "add-output")}
          onChange={(event) => open(event.target.value as PortKind)}
        >
          <option value="" disabled>
            {t(direction === "input" ? "add-input" : "add-output")}
          </option>
          <option value="parameter">{t("port-parameter")}</option>
          <option value="artifact">{t("port-artifact")}</option>
        </select>
      </div>
      {ports.map((port) => (
        <div className="stack" key={`${port.kind} ${port.name}`}>
          <div className="row">
            <span className="port-mark" aria-hidden="true" title={t(`port-${port.kind}`)}>
              <PortMark kind={port.kind} family={familyOf(port)} mark="filled" />
            </span>
            <Field
              owner={owner}
              path={`port-${direction}-${port.kind}-${port.name}`}
              of={of}
              isName
              isCode
              label={{ code: "field-port-name", values: { name: `${t(direction)} ${port.label}` } }}
              value={port.name}
              meaning={(text) =>
                text === ""
                  ? refused("invalid-empty")
                  : edits({ kind: "rename-port", template: template.id, direction, port: port.kind, name: port.name, to: text })
              }
            />
            <IconButton
              icon={Trash2}
              label={t("remove-named", { name: port.label })}
              onClick={() =>
                void editor.dispatch({
                  edits: [{ kind: "remove-port", template: template.id, direction, port: port.kind, name: port.name }],
                })
              }
            />
          </div>
          <PortPath port={port} template={template} direction={direction} owner={owner} of={of} />
        </div>
      ))}
      {(["parameter", "artifact"] as const).map((kind) =>
        adding[kind][0] ? (
          <div key={kind} className="row" onBlur={() => setTimeout(() => adding[kind][1](false))}>
            <span className="muted small">{t(`port-${kind}`)}</span>
            <Field
              owner={owner}
              path={newPath(kind)}
              of={of}
              isName
              isCode
              label={{ code: direction === "input" ? "add-input" : "add-output", values: {} }}
              value=""
              placeholder={t("name")}
              meaning={add(kind)}
              end={<AutoFocus />}
            />
          </div>
        ) : null,
      )}
    </div>
  );
}

/** The file in the container behind an artifact, or behind a parameter that is read from a file. */
function PortPath({
  port,
  template,
  direction,
  owner,
  of,
}: Props & { readonly port: InputPort | OutputPort; readonly direction: Direction }) {
  const inner = port.kind === "artifact" ? port.rest : field(port.rest, "valueFrom");
  const path = textField(inner, "path");
  if (path === undefined) return null;
  const steps = [...port.path.slice(template.path.length), ...(port.kind === "artifact" ? [] : ["valueFrom"]), "path"];
  return (
    <Field
      owner={owner}
      path={`port-path-${direction}-${port.kind}-${port.name}`}
      of={of}
      isCode
      label={{ code: "field-port-path", values: { name: port.label } }}
      value={path}
      meaning={(text) =>
        text.startsWith("/")
          ? edits({ kind: "set-setting", target: { kind: "template", template: template.id }, path: steps, value: text })
          : refused("invalid-path")
      }
    />
  );
}
