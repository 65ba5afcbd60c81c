import { type Data, field, isList, isMap, type Path, textField } from "#data/data.ts";
import type { RowPart } from "#editor/field-drafts.ts";
import { pathOf, set, writeEdits } from "#editor/settings/access.ts";
import type { Setting } from "#editor/settings/setting.ts";
import { holdsTag, ruleError } from "#editor/settings/value-text.ts";
import { kindOf, volumeKinds } from "#editor/settings/volumes.ts";
import type { Translate } from "#messages/lazy-catalog.ts";
import { useTranslate } from "../use-editor.ts";
import { AddButton, useRemoveRow } from "./list-parts.tsx";
import { RowCard } from "./rows-control.tsx";
import { RowInput, RowNote, useRow } from "./row.tsx";
import { type ShownSetting, useChange, useSubject } from "./edited-tasks.ts";
import { Cell, Columns } from "./text-control.tsx";
import { YamlBelow } from "./yaml-control.tsx";

/** Kinds of volume that need the name of something in the cluster, with the words for that name. */
export const sourceNames: Readonly<Record<string, string>> = {
  persistentVolumeClaim: "claim-name",
  secret: "secret-name",
  configMap: "env-config-map",
};

/** What a volume of such a kind requires. */
export function sourceParts(kind: string, t: Translate): readonly RowPart[] {
  const code = sourceNames[kind] ?? "name";
  return [
    {
      id: "source",
      label: { code, values: {} },
      placeholder: t(code),
      error: (text) => (holdsTag(text) ? undefined : ruleError("name", text)),
    },
  ];
}

/** Volumes with their kinds: declared for the pod, or by the pipeline for all tasks. */
export function VolumeRows({ setting, shown }: { readonly setting: Setting; readonly shown: ShownSetting }) {
  const t = useTranslate();
  const change = useChange();
  const items = shown.state === "set" && isList(shown.value) ? shown.value : [];
  const name = t(`setting-${setting.id}`);
  return (
    <div className="stack">
      {items.map((volume, index) => (
        <Volume key={index} setting={setting} volume={volume} index={index} />
      ))}
      <AddButton
        label={t("setting-add", { name })}
        short={t("add")}
        onClick={() =>
          change(setting, (holder) => writeEdits(setting, holder, [...items, { name: `volume-${items.length + 1}`, emptyDir: {} }]))
        }
      />
    </div>
  );
}

function Volume({ setting, volume, index }: { readonly setting: Setting; readonly volume: Data; readonly index: number }) {
  const t = useTranslate();
  const change = useChange();
  const subject = useSubject();
  const removeRow = useRemoveRow(setting);
  const item = t("setting-item", { name: t(`setting-${setting.id}`), n: index + 1 });
  const of = textField(volume, "name") ?? item;
  const withKind = (kind: string, source: string): Data => ({
    name: field(volume, "name") ?? "volume",
    [kind]: volumeKinds[kind]?.start(source) ?? {},
  });
  const row = useRow({
    path: `row-${setting.id}-=${of}`,
    field: () => ({ code: "row-volume-named", values: { name: of } }),
    parts: ({ kind = "" }) => sourceParts(kind, t),
    edits: ({ kind = "", source = "" }) =>
      subject.holders.map((holder) => set(holder, [...pathOf(setting, holder), index], withKind(kind, source))),
  });
  const written = kindOf(volume);
  const kind = row.isBegun ? row.values.kind : written;
  const toKind = (next: string) => {
    if (next === written) return row.drop();
    if (Object.hasOwn(sourceNames, next)) return row.begin({ kind: next, source: row.values.source ?? "" });
    row.drop();
    change(setting, (holder) => [set(holder, [...pathOf(setting, holder), index], withKind(next, "name"))]);
  };
  return (
    <div {...row.card}>
      <RowCard
        name={of}
        onRemove={() => {
          row.drop();
          removeRow(index);
        }}
        yaml={row.isBegun ? undefined : <YamlBelow setting={setting} below={[index]} name={of} />}
        title={
          <>
            <Cell
              setting={setting}
              below={[index, "name"]}
              shape={{ kind: "text", rule: "container-name", code: true }}
              required
              label={{ code: "setting-cell", values: { name: t("column-name"), of: item } }}
            />
            <span className="field volume-kind">
              <select aria-label={`${t("kind")} ${of}`} value={kind ?? ""} onChange={(event) => toKind(event.target.value)}>
                {kind === undefined || Object.hasOwn(volumeKinds, kind) ? null : <option value={kind}>{kind}</option>}
                {kind === undefined ? (
                  <option value="" disabled>
                    {t("not-set")}
                  </option>
                ) : null}
                {Object.keys(volumeKinds).map((one) => (
                  <option key={one} value={one}>
                    {t(`volume-kind-${one}`)}
                  </option>
                ))}
              </select>
            </span>
          </>
        }
      >
        {row.isBegun ? (
          <>
            <RowInput row={row} id="source" />
            <RowNote row={row} inUse={written === undefined ? undefined : t(`volume-kind-${written}`)} />
          </>
        ) : kind === undefined ? null : (
          <VolumeSource setting={setting} below={[index, kind]} kind={kind} value={field(volume, kind)} of={of} />
        )}
      </RowCard>
    </div>
  );
}

/** The fields of a volume's source. Kinds without fields, and odd values, are YAML. */
export function VolumeSource({
  setting,
  below,
  kind,
  value,
  of,
}: {
  readonly setting: Setting;
  readonly below: Path;
  readonly kind: string;
  readonly value: Data | undefined;
  readonly of: string;
}) {
  const columns = Object.hasOwn(volumeKinds, kind) ? (volumeKinds[kind]?.columns ?? []) : [];
  const known = new Set(columns.map(({ path }) => path[0]));
  const isWhole = value === null || (isMap(value) && Object.keys(value).every((key) => known.has(key)));
  if (columns.length === 0 || !isWhole) return <YamlBelow setting={setting} below={below} name={of} />;
  if (kind === "persistentVolumeClaim") {
    return (
      <Cell
        setting={setting}
        below={[...below, "claimName"]}
        shape={{ kind: "text", rule: "name", code: true }}
        required
        label={{ code: "field-mount-claim", values: { name: of } }}
      />
    );
  }
  return <Columns setting={setting} below={below} columns={columns} of={of} />;
}
