import { X } from "lucide-react";
import { useMemo } from "react";
import type { Graph } from "#pipeline/graph.ts";
import type { Task } from "#pipeline/model.ts";
import { IconButton } from "../parts/icon-button.tsx";
import { useSelectedGraph } from "../graph-view.ts";
import { useEditor, useTranslate } from "../use-editor.ts";
import { Section } from "./inspector-head.tsx";

/** A task that ends before this one begins. */
interface Predecessor {
  /** Its name in the file. */
  readonly name: string;
  readonly title: string;
  /** Its required result, other than success: Failed, Errored … */
  readonly results: readonly string[];
  /** The outputs of it that this task uses; then the order is no choice. */
  readonly used: readonly string[];
}

/** The tasks of a dag after which one runs: each can be removed, except those whose values it uses. */
export function RunsAfter({ task }: { readonly task: Task }) {
  const t = useTranslate();
  const editor = useEditor();
  const graph = useSelectedGraph();
  const before = useMemo(() => (graph ? predecessorsOf(graph, task) : []), [graph, task]);
  const choices = useMemo(() => (graph ? candidates(graph, task, before) : []), [graph, task, before]);
  if (graph?.kind !== "dag") return null;
  return (
    <Section title={t("section-runs-after")}>
      {before.length === 0 ? <span className="muted">{t("runs-after-none")}</span> : null}
      {before.length > 0 ? (
        <ul className="stack plain" aria-label={t("section-runs-after")}>
          {before.map(({ name, title, results, used }) => (
            <li key={name} className="row">
              <span className="cut" translate="no" title={name}>
                {title}
              </span>
              {results.length > 0 ? (
                <span className="muted small mono" translate="no">
                  {results.join(", ")}
                </span>
              ) : null}
              <span className="grow" />
              {used.length > 0 ? (
                <span className="muted small cut">{t("runs-after-uses", { ports: used.join(", ") })}</span>
              ) : (
                <IconButton
                  small
                  icon={X}
                  label={t("runs-after-remove", { task: title })}
                  onClick={() => void editor.dispatch({ edits: [{ kind: "remove-dependency", task: task.id, on: name }] })}
                />
              )}
            </li>
          ))}
        </ul>
      ) : null}
      {task.order.style === "depends" && !task.order.plain ? (
        <span className="muted small">
          {t("runs-after-formula")}{" "}
          <span className="mono" translate="no">
            {task.order.formula}
          </span>
        </span>
      ) : null}
      {choices.length > 0 ? (
        <span className="field">
          <select
            aria-label={t("runs-after-add")}
            value=""
            onChange={(event) => void editor.dispatch({ edits: [{ kind: "add-dependency", task: task.id, on: event.target.value }] })}
          >
            <option value="" disabled>
              {t("runs-after-add")}
            </option>
            {choices.map(({ name, title }) => (
              <option key={name} value={name}>
                {title === name ? title : `${title} (${name})`}
              </option>
            ))}
          </select>
        </span>
      ) : null}
    </Section>
  );
}

function predecessorsOf(graph: Graph, task: Task): readonly Predecessor[] {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const used = new Map<string, string[]>();
  for (const edge of graph.edges) {
    const from = edge.from.node === "" ? undefined : nodes.get(edge.from.node);
    if (edge.to.node !== task.id || edge.kind === "order" || !from || from.hook) continue;
    const label = from.outputs.find((port) => port.name === edge.from.port)?.label ?? edge.from.port ?? "";
    const labels = used.get(from.name) ?? [];
    used.set(from.name, labels.includes(label) ? labels : [...labels, label]);
  }
  const results = new Map(task.order.after.map((one) => [one.task, one.results]));
  const names = [...new Set([...task.order.after.map((one) => one.task), ...used.keys()])];
  return names.map((name) => ({
    name,
    title: graph.nodes.find((node) => node.name === name && !node.hook)?.title ?? name,
    results: results.get(name) ?? [],
    used: used.get(name) ?? [],
  }));
}

/** The tasks that could precede it: neither listed already nor after this one. */
function candidates(
  graph: Graph,
  task: Task,
  before: readonly Predecessor[],
): readonly { readonly name: string; readonly title: string }[] {
  const after = new Set<string>([task.id]);
  for (const id of after) for (const edge of graph.edges) if (edge.from.node === id && edge.to.node !== "") after.add(edge.to.node);
  return graph.nodes.filter((node) => !node.hook && !after.has(node.id) && !before.some(({ name }) => name === node.name));
}
