import { Link2Off, X } from "lucide-react";
import { useState } from "react";
import type { Binding, Reference } from "#pipeline/binding.ts";
import { field } from "#data/data.ts";
import type { WireEnd } from "#pipeline/edit.ts";
import type { Graph, GraphPort } from "#pipeline/graph.ts";
import { itemText } from "#pipeline/loop-item.ts";
import type { Task, Template, TemplateId, Workflow } from "#pipeline/model.ts";
import { familyOf } from "#editor/layout/port-family.ts";
import type { Translate } from "#messages/lazy-catalog.ts";
import { PortMark } from "../canvas/port-mark.tsx";
import { wireJudge } from "../judge-wire.ts";
import { IconButton } from "../parts/icon-button.tsx";
import { useSelectedGraph } from "../graph-view.ts";
import { useEditor, useEditorState, useTranslate } from "../use-editor.ts";
import { choicesOf, Constant } from "./constant.tsx";
import { Section } from "./inspector-head.tsx";
import { useWireField } from "./use-wire-field.tsx";
import { displayValue } from "./values.ts";
import { typeLabel } from "#compiler/readers.ts";
import { calleeOf } from "#pipeline/resolve-call.ts";

interface Props {
  readonly task: Task;
  readonly workflow: Workflow;
  readonly graph: Template;
}

/** The inputs of a call: a value of its own, or where the value comes from. */
export function Arguments({ task, workflow }: Props) {
  const t = useTranslate();
  const node = useSelectedGraph()?.nodes.find(({ id }) => id === task.id);
  if (!node || node.inputs.length === 0) return null;
  return (
    <Section title={t("section-arguments")}>
      {node.inputs.map((port) => (
        <Input key={`${port.kind} ${port.name}`} port={port} task={task} workflow={workflow} />
      ))}
    </Section>
  );
}

function Input({ port, task, workflow }: { readonly port: GraphPort; readonly task: Task; readonly workflow: Workflow }) {
  const t = useTranslate();
  const editor = useEditor();
  const [connecting, setConnecting] = useState(false);
  const { binding } = port;
  const isConstant = binding?.kind === "constant" || port.inlined !== undefined;
  const value = port.inlined ?? (binding?.kind === "constant" ? binding.value : undefined);
  const callee = useEditorState(({ document }) => calleeOf(document.model, workflow, task.call)?.template);
  // A file input of a component takes text as well: Argo writes it into the file.
  const takesText = port.kind === "parameter" || port.inlined !== undefined || callee?.component !== undefined;
  const clear = () =>
    void editor.dispatch({
      edits: [
        isConstant
          ? { kind: "clear-argument", task: task.id, input: port.name, portKind: port.kind }
          : { kind: "disconnect", to: { task: task.id, port: port.name, portKind: port.kind } },
      ],
    });
  const { row, reason } = useWireField(`input ${task.id} ${port.kind} ${port.name}`, {
    judge: (wire) => wire.judge(inputOf(task, port)),
    take: (wire, as) => wire.connect(inputOf(task, port), as),
  });
  return (
    <div className="stack wire-field" {...row}>
      <div className="port-line">
        <span className="port-mark" aria-hidden="true">
          <PortMark
            kind={port.kind}
            family={familyOf(port)}
            mark={
              port.required && !binding && port.inlined === undefined
                ? "missing"
                : binding || port.inlined !== undefined
                  ? "filled"
                  : "hollow"
            }
          />
        </span>
        <b className="cut" translate="no" title={port.description}>
          {port.label}
        </b>
        <span className="muted small cut">{port.type === undefined ? "" : typeLabel(port.type)}</span>
        <span className="grow" />
        <button type="button" className="btn link" onClick={() => setConnecting(!connecting)} aria-expanded={connecting}>
          {t("connect-port")}
        </button>
        {binding || port.inlined !== undefined ? (
          <IconButton
            small
            icon={isConstant ? X : Link2Off}
            label={`${t(isConstant ? "clear-value" : "disconnect")} ${port.label}`}
            onClick={clear}
          />
        ) : null}
      </div>
      {binding && !isConstant ? (
        <Source binding={binding} />
      ) : takesText ? (
        <Constant
          port={port}
          value={value}
          owner={task.id}
          of={task.name}
          choices={choicesOf(field(callee?.inputs.find((one) => one.kind === "parameter" && one.name === port.name)?.rest, "enum"))}
          set={(given) => ({ kind: "set-argument", task: task.id, input: port.name, portKind: port.kind, value: given })}
          clear={() => ({ kind: "clear-argument", task: task.id, input: port.name, portKind: port.kind })}
        />
      ) : (
        <span className={port.required ? "t-error small" : "muted small"}>{t(port.required ? "source-missing" : "source-none")}</span>
      )}
      {connecting ? <Sources port={port} task={task} workflow={workflow} onDone={() => setConnecting(false)} /> : null}
      {reason}
    </div>
  );
}

/** An input as the end of a wire. */
function inputOf(task: Task, port: GraphPort): WireEnd {
  return { task: task.id, graph: task.id.slice(0, task.id.lastIndexOf("/")) as TemplateId, port: port.name, portKind: port.kind };
}

function Source({ binding }: { readonly binding: Binding }) {
  const t = useTranslate();
  const graph = useSelectedGraph();
  const text = sourceText(binding, t, graph);
  return (
    <span className="source cut small" title={text} translate="no">
      {text}
    </span>
  );
}

/** The source of a value, as text; with the graph given, tasks and ports have the names on their boxes. */
export function sourceText(binding: Binding, t: Translate, graph?: Graph): string {
  switch (binding.kind) {
    case "constant":
      return displayValue(binding.value);
    case "reference":
      return referenceText(binding.reference, t, graph);
    case "text":
      return binding.parts.map((part) => (typeof part === "string" ? part : `{${referenceText(part, t, graph)}}`)).join("");
    case "expression":
      return `${t("source-expression")}: ${binding.source}`;
    case "location":
      return `${t("source-location")}: ${Object.keys(binding.value).join(", ")}`;
    case "one-of":
      return binding.references.map((one) => referenceText(one, t, graph)).join(", ");
  }
}

function referenceText(reference: Reference, t: Translate, graph: Graph | undefined): string {
  switch (reference.kind) {
    case "task-output": {
      const node = graph?.nodes.find(({ name }) => name === reference.task);
      const output = node?.outputs.find(({ name }) => name === reference.output);
      return t("source-task", { task: node?.title ?? reference.task, output: output?.label ?? reference.output });
    }
    case "graph-input": {
      const input = graph?.inputs.find(({ name }) => name === reference.name);
      return t("source-graph", { name: input?.label ?? itemText(reference.name) ?? reference.name });
    }
    case "pipeline-parameter":
      return t("source-parameter", { name: reference.name });
    case "global-output":
      return t("source-global", { name: reference.name });
    case "item":
      return reference.key === undefined ? t("source-item") : t("source-item-key", { name: reference.key });
    case "variable":
      return t("source-variable", { name: reference.name });
    case "expression":
      return `${t("source-expression")}: ${reference.source}`;
  }
}

/** A list of what fits the input: pipeline parameters, inputs of the graph, outputs of other tasks. */
function Sources({
  port,
  task,
  workflow,
  onDone,
}: {
  readonly port: GraphPort;
  readonly task: Task;
  readonly workflow: Workflow;
  readonly onDone: () => void;
}) {
  const t = useTranslate();
  const editor = useEditor();
  const graph = useSelectedGraph();
  if (!graph) return null;
  const judge = wireJudge(graph, workflow);
  const to = { task: task.id, port: port.name, portKind: port.kind };
  const fits = (from: { task: string; port: string }) => judge(from, to).fits === "yes";
  const parameters = workflow.parameters.filter(
    ({ name }) => !graph.inputs.some((input) => input.name === name) && fits({ task: "", port: name }),
  );
  const inputs = graph.inputs.filter((input) => fits({ task: "", port: input.name }));
  const outputs = graph.nodes.flatMap((node) =>
    node.outputs
      .filter((output) => judge({ task: node.id, port: output.name, portKind: output.kind }, to).fits === "yes")
      .map((output) => ({ node, output })),
  );
  const choose = (choice: string) => {
    const [kind, index] = choice.split(" ");
    const at = Number(index);
    onDone();
    if (kind === "parameter") {
      const name = parameters[at]?.name;
      if (name !== undefined)
        editor.dispatch({ edits: [{ kind: "bind-parameter", task: task.id, input: port.name, parameter: name, portKind: port.kind }] });
    } else if (kind === "input") {
      const input = inputs[at];
      if (input)
        editor.dispatch({
          edits: [{ kind: "connect", from: { task: "", graph: graph.template, port: input.name, portKind: input.kind }, to }],
        });
    } else {
      const found = outputs[at];
      if (found)
        editor.dispatch({
          edits: [{ kind: "connect", from: { task: found.node.id, port: found.output.name, portKind: found.output.kind }, to }],
        });
    }
  };
  return (
    <span className="field">
      <select aria-label={`${t("connect-port")} ${port.label}`} value="" onChange={(event) => choose(event.target.value)}>
        <option value="" disabled>
          {parameters.length + inputs.length + outputs.length === 0 ? t("quick-add-none", { text: port.label }) : t("connect-port")}
        </option>
        {inputs.map((input, index) => (
          <option key={`input ${input.name}`} value={`input ${index}`}>
            {t("source-graph", { name: input.label })}
          </option>
        ))}
        {parameters.map((one, index) => (
          <option key={`parameter ${one.name}`} value={`parameter ${index}`}>
            {t("source-parameter", { name: one.name })}
          </option>
        ))}
        {outputs.map(({ node, output }, index) => (
          <option key={`${node.id} ${output.kind} ${output.name}`} value={`output ${index}`}>
            {t("source-task", { task: node.title, output: output.label })}
          </option>
        ))}
      </select>
    </span>
  );
}
