import { type Data, isList, isMap, listField, type Path, valueAt } from "#data/data.ts";
import { pathOf, removal, set } from "#editor/settings/access.ts";
import type { Column, Setting } from "#editor/settings/setting.ts";
import { useTranslate } from "../use-editor.ts";
import { AddButton, InheritedNote } from "./list-parts.tsx";
import { RowCard } from "./rows-control.tsx";
import { type ShownSetting, useChange } from "./edited-tasks.ts";
import { Columns } from "./text-control.tsx";
import { YamlControl } from "./yaml-control.tsx";

const required: Path = ["nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms"];
const preferred: Path = ["nodeAffinity", "preferredDuringSchedulingIgnoredDuringExecution"];
const columns: readonly Column[] = [
  { id: "key", path: ["key"], shape: { kind: "text", rule: "label-key", code: true }, required: true },
  {
    id: "operator",
    path: ["operator"],
    shape: { kind: "choice", options: ["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"] },
    required: true,
  },
  { id: "values", path: ["values"], shape: { kind: "list" } },
];
const expression: Data = { key: "kubernetes.io/arch", operator: "In", values: ["amd64"] };

/** Node affinity as rules; affinity to other pods, and what the rules do not show, as YAML. */
export function AffinityControl({ setting, shown }: { readonly setting: Setting; readonly shown: ShownSetting }) {
  const t = useTranslate();
  const change = useChange();
  const value = shown.state === "set" ? shown.value : undefined;
  const rules = [
    ...rulesAt(value, required, ["matchExpressions"]).map((below) => ({ below, title: t("affinity-required") })),
    ...rulesAt(value, preferred, ["preference", "matchExpressions"]).map((below) => ({ below, title: t("affinity-preferred") })),
  ];
  const add = (path: Path, item: Data) =>
    change(setting, (holder) => {
      const at = [...pathOf(setting, holder), ...path];
      const before = valueAt(holder.data, at);
      return [set(holder, at, [...(isList(before) ? before : []), item])];
    });
  // Every rule of the required terms must hold: another rule joins the first term. A preferred rule is independent.
  const addRequired = () =>
    rulesAt(value, required, ["matchExpressions"]).length > 0
      ? add([...required, 0, "matchExpressions"], expression)
      : add(required, { matchExpressions: [expression] });
  return (
    <div className="stack">
      <InheritedNote shown={shown} />
      {rules.map(({ below, title }, index) => (
        <RowCard
          key={below.join("/")}
          name={`${title} ${index + 1}`}
          onRemove={() => change(setting, (holder) => [removal(holder, [...pathOf(setting, holder), ...below])])}
        >
          <Columns setting={setting} below={below} columns={columns} of={`${title} ${index + 1}`} />
        </RowCard>
      ))}
      <div className="row wrap">
        <AddButton label={t("affinity-add-required")} onClick={addRequired} />
        <AddButton
          label={t("affinity-add-preferred")}
          onClick={() => add(preferred, { weight: 50, preference: { matchExpressions: [expression] } })}
        />
      </div>
      {isMap(value) ? (
        <details className="more">
          <summary>{t("setting-as-yaml", { name: t(`setting-${setting.id}`) })}</summary>
          <YamlControl setting={setting} shown={shown} />
        </details>
      ) : null}
    </div>
  );
}

/** Paths of all match expressions below the terms at a path. */
function rulesAt(value: Data | undefined, path: Path, inner: Path): readonly Path[] {
  const terms = value === undefined ? undefined : valueAt(value, path);
  if (!isList(terms)) return [];
  return terms.flatMap((term, index) =>
    listField(valueAt(term, inner.slice(0, -1)), String(inner.at(-1))).map((_, at) => [...path, index, ...inner, at]),
  );
}
