import { useMemo, useState } from "react";
import { selectedGraph, shownWorkflow } from "#editor/actions.ts";
import type { Data } from "#model/data.ts";
import { groupSelected } from "#editor/commands/arrangement.ts";
import { graphOf } from "#model/graph-of.ts";
import type { GroupKind, GroupOperand } from "#model/authoring-edit.ts";
import { useEditorState, usePage, useSay } from "../use-editor.ts";
import { Sheet } from "./sheet.tsx";

const operators = ["==", "!=", "<", "<=", ">", ">="] as const;

interface Source {
  readonly key: string;
  readonly text: string;
  readonly operand: GroupOperand;
}

/** Values that the group can be made of: the pipeline's parameters, the graph's inputs, and values of tasks that stay outside. */
function useSources(): readonly Source[] {
  const model = useEditorState((state) => state.document.model);
  const template = useEditorState(selectedGraph);
  const workflow = useEditorState(shownWorkflow);
  const selection = useEditorState((state) => state.session.selection);
  return useMemo(() => {
    const graph = workflow && template ? graphOf(model, workflow, template.id) : undefined;
    const inputs = graph?.inputs.filter(({ kind }) => kind === "parameter").map(({ name }) => name) ?? [];
    const isEntry = graph !== undefined && graph.name === workflow?.entrypoint;
    const titles = graph?.nodes.map(({ title }) => title) ?? [];
    // Tasks may have the same title; their names in the file differ.
    const titleOf = ({ title, name }: { readonly title: string; readonly name: string }) =>
      titles.indexOf(title) === titles.lastIndexOf(title) ? title : `${title} (${name})`;
    const parameters = isEntry ? (workflow?.parameters.map(({ name }) => name) ?? []) : [];
    return [
      ...[...new Set([...inputs, ...parameters])].map((name): Source => ({
        key: `parameter ${name}`,
        text: name,
        operand: { parameter: name },
      })),
      ...(graph?.nodes ?? [])
        .filter((node) => !selection.includes(node.id) && !node.loop)
        .flatMap((node) =>
          node.outputs
            .filter((port) => (port.nature ?? port.kind) === "parameter" && !port.twin)
            .map((port): Source => ({
              key: `${node.id} ${port.name}`,
              text: `${titleOf(node)} › ${port.label}`,
              operand: { task: node.id, output: port.name },
            })),
        ),
    ];
  }, [model, template, workflow, selection]);
}

function useGrouping(onClose: () => void): (as: GroupKind) => void {
  const { editor, canvas } = usePage();
  return (as) => {
    onClose();
    groupSelected(editor, as);
    const [group] = editor.store.getState().session.selection;
    if (group !== undefined) canvas.current?.focusBox(group as never);
  };
}

/** Asks under which condition the selected tasks run. */
export function ConditionDialog({ onClose }: { readonly onClose: () => void }) {
  const say = useSay();
  const sources = useSources();
  const group = useGrouping(onClose);
  const [left, setLeft] = useState(0);
  const [operator, setOperator] = useState<(typeof operators)[number]>("==");
  const [right, setRight] = useState("");
  const [other, setOther] = useState(-1);
  const [otherwise, setOtherwise] = useState(false);
  const source = sources[left];
  return (
    <Sheet title={say("group-condition-title")} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (source)
            group({
              kind: "condition",
              left: source.operand,
              operator,
              right: sources[other]?.operand ?? { text: right },
              ...(otherwise ? { otherwise } : {}),
            });
        }}
      >
        <div className="dialog-body stack">
          {sources.length === 0 ? (
            <p>{say("group-no-values")}</p>
          ) : (
            <>
              <div className="row">
                <Sources label={say("group-value")} sources={sources} value={left} onChange={setLeft} />
                <span className="field" style={{ width: 72 }}>
                  <select
                    aria-label={say("group-operator")}
                    value={operator}
                    onChange={(event) => setOperator(event.target.value as typeof operator)}
                  >
                    {operators.map((one) => (
                      <option key={one}>{one}</option>
                    ))}
                  </select>
                </span>
              </div>
              <div className="row">
                <span className="field grow">
                  <select aria-label={say("group-compared-kind")} value={other} onChange={(event) => setOther(Number(event.target.value))}>
                    <option value={-1}>{say("group-compared-text")}</option>
                    {sources.map((one, index) => (
                      <option key={one.key} value={index} disabled={index === left}>
                        {one.text}
                      </option>
                    ))}
                  </select>
                </span>
                {other < 0 ? (
                  <span className="field grow">
                    <input
                      data-first
                      aria-label={say("group-compared")}
                      placeholder="true"
                      value={right}
                      onChange={(event) => setRight(event.target.value)}
                    />
                  </span>
                ) : null}
              </div>
              <label className="row">
                <input type="checkbox" checked={otherwise} onChange={(event) => setOtherwise(event.target.checked)} />
                {say("group-otherwise")}
              </label>
            </>
          )}
        </div>
        <Foot onClose={onClose} can={source !== undefined} word={say("group-condition-do")} />
      </form>
    </Sheet>
  );
}

/** Asks over what the selected tasks run again and again. */
export function LoopDialog({ onClose }: { readonly onClose: () => void }) {
  const say = useSay();
  const sources = useSources();
  const group = useGrouping(onClose);
  const [from, setFrom] = useState(-1);
  const [items, setItems] = useState("1\n2\n3");
  const [atOnce, setAtOnce] = useState("");
  const list = useMemo(() => itemsOf(items), [items]);
  const source = sources[from];
  const isBounded = /^[1-9]\d{0,4}$/.test(atOnce);
  return (
    <Sheet title={say("group-loop-title")} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          group({ kind: "loop", over: source ? source.operand : { items: list }, ...(isBounded ? { parallelism: Number(atOnce) } : {}) });
        }}
      >
        <div className="dialog-body stack">
          <span className="field">
            <select aria-label={say("group-over")} value={from} onChange={(event) => setFrom(Number(event.target.value))}>
              <option value={-1}>{say("group-items")}</option>
              {sources.map((one, index) => (
                <option key={one.key} value={index}>
                  {one.text}
                </option>
              ))}
            </select>
          </span>
          {source ? (
            <p className="muted small">{say("group-list-hint")}</p>
          ) : (
            <>
              <span className="field area">
                <textarea
                  data-first
                  rows={6}
                  spellCheck={false}
                  aria-label={say("group-items")}
                  value={items}
                  onChange={(event) => setItems(event.target.value)}
                />
              </span>
              <p className="muted small">{say("group-items-hint", { n: list.length })}</p>
            </>
          )}
          <label className="row">
            <span className="grow">{say("group-at-once")}</span>
            <span className="field" style={{ width: 96 }}>
              <input
                inputMode="numeric"
                placeholder={say("group-all")}
                value={atOnce}
                aria-invalid={atOnce !== "" && !isBounded}
                onChange={(event) => setAtOnce(event.target.value)}
              />
            </span>
          </label>
        </div>
        <Foot
          onClose={onClose}
          can={(source !== undefined || list.length > 0) && (atOnce === "" || isBounded)}
          word={say("group-loop-do")}
        />
      </form>
    </Sheet>
  );
}

function Sources({
  label,
  sources,
  value,
  onChange,
}: {
  readonly label: string;
  readonly sources: readonly Source[];
  readonly value: number;
  readonly onChange: (index: number) => void;
}) {
  return (
    <span className="field grow">
      <select aria-label={label} value={value} onChange={(event) => onChange(Number(event.target.value))}>
        {sources.map((one, index) => (
          <option key={one.key} value={index}>
            {one.text}
          </option>
        ))}
      </select>
    </span>
  );
}

function Foot({ onClose, can, word }: { readonly onClose: () => void; readonly can: boolean; readonly word: string }) {
  const say = useSay();
  return (
    <div className="dialog-foot">
      <button type="button" className="btn line" onClick={onClose}>
        {say("cancel")}
      </button>
      <button type="submit" className="btn primary" disabled={!can}>
        {word}
      </button>
    </div>
  );
}

/** Items as typed: a JSON list, or one a line; a line that is a number or JSON is that value, any other is text. */
function itemsOf(text: string): readonly Data[] {
  const whole = parsed(text.trim());
  if (Array.isArray(whole)) return whole as readonly Data[];
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) => (/^[[{]/.test(line) || String(Number(line)) === line ? (parsed(line) ?? line) : line));
}

function parsed(text: string): Data | undefined {
  try {
    return JSON.parse(text) as Data;
  } catch {
    return undefined;
  }
}
