import { useState } from "react";
import type { DataMap } from "#model/data.ts";
import type { Template } from "#model/model.ts";
import { printValue } from "#yaml/print.ts";
import { useSay } from "../use-editor.ts";
import { piecesOf } from "../yaml/highlight.ts";
import { Section } from "./head.tsx";

/** What has no field here, as YAML to read: it is kept as it is. */
export function Rest({ template }: { readonly template: Template }) {
  const say = useSay();
  const [open, setOpen] = useState(false);
  const rest = withoutForms(template);
  if (Object.keys(rest).length === 0) return null;
  return (
    <Section title={say("section-rest")} action={<button type="button" className="btn link" aria-expanded={open} onClick={() => setOpen(!open)}>{say(open ? "collapse" : "expand")}</button>}>
      <span className="muted small">{open ? say("rest-note") : Object.keys(rest).join(", ")}</span>
      {open ? (
        <div className="code code-box" translate="no">
          {printValue(rest).split("\n").slice(0, 400).map((line, index) => (
            <div key={index}>{piecesOf(line.slice(0, 400)).map((piece, at) => (piece.kind === "" ? piece.text : <span key={at} className={piece.kind}>{piece.text}</span>))}</div>
          ))}
        </div>
      ) : null}
    </Section>
  );
}

const formed = new Set(["image", "command", "args", "source", "resources", "env", "volumeMounts"]);

/** A template without what the panels show in fields. */
function withoutForms(template: Template): DataMap {
  return Object.fromEntries(
    Object.entries(template.rest).flatMap(([key, value]) => {
      if (key !== template.kind || typeof value !== "object" || value === null || Array.isArray(value)) return [[key, value]];
      const inner = Object.entries(value).filter(([name]) => !formed.has(name));
      return inner.length > 0 ? [[key, Object.fromEntries(inner)]] : [];
    }),
  );
}
