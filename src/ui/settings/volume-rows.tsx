import { type Data, field, isList, isMap, type Path, textField } from "#model/data.ts";
import { pathOf, removal, set, writeEdits } from "#editor/settings/access.ts";
import type { Setting } from "#editor/settings/setting.ts";
import { kindOf, volumeKinds } from "#editor/settings/volumes.ts";
import { useSay } from "../use-editor.ts";
import { AddButton, RowCard } from "./list-controls.tsx";
import { type Shown, useChange } from "./subject.ts";
import { Cell, Columns } from "./text-control.tsx";
import { YamlBelow } from "./yaml-control.tsx";

/** Volumes with what they are: declared for the pod, or by the pipeline for all tasks. */
export function VolumeRows({ setting, shown }: { readonly setting: Setting; readonly shown: Shown }) {
  const say = useSay();
  const change = useChange();
  const items = shown.state === "set" && isList(shown.value) ? shown.value : [];
  const name = say(`setting-${setting.id}`);
  const toKind = (index: number, volume: Data, kind: string) =>
    change(setting, (holder) => [
      set(holder, [...pathOf(setting, holder), index], {
        name: field(volume, "name") ?? "volume",
        [kind]: volumeKinds[kind]?.start("name") ?? {},
      }),
    ]);
  return (
    <div className="stack">
      {items.map((volume, index) => {
        const of = textField(volume, "name") ?? say("setting-item", { name, n: index + 1 });
        const kind = kindOf(volume);
        return (
          <RowCard
            key={index}
            name={of}
            onRemove={() => change(setting, (holder) => [removal(holder, [...pathOf(setting, holder), index])])}
            yaml={<YamlBelow setting={setting} below={[index]} name={of} />}
            title={
              <>
                <Cell
                  setting={setting}
                  below={[index, "name"]}
                  shape={{ kind: "text", rule: "container-name", code: true }}
                  required
                  label={{ code: "setting-cell", values: { name: say("column-name"), of: say("setting-item", { name, n: index + 1 }) } }}
                />
                <span className="field volume-kind">
                  <select
                    aria-label={`${say("kind")} ${of}`}
                    value={kind ?? ""}
                    onChange={(event) => toKind(index, volume, event.target.value)}
                  >
                    {kind === undefined || Object.hasOwn(volumeKinds, kind) ? null : <option value={kind}>{kind}</option>}
                    {kind === undefined ? (
                      <option value="" disabled>
                        {say("not-set")}
                      </option>
                    ) : null}
                    {Object.keys(volumeKinds).map((one) => (
                      <option key={one} value={one}>
                        {say(`volume-kind-${one}`)}
                      </option>
                    ))}
                  </select>
                </span>
              </>
            }
          >
            {kind === undefined ? null : (
              <VolumeSource setting={setting} below={[index, kind]} kind={kind} value={field(volume, kind)} of={of} />
            )}
          </RowCard>
        );
      })}
      <AddButton
        label={say("setting-add", { name })}
        short={say("add")}
        onClick={() =>
          change(setting, (holder) => writeEdits(setting, holder, [...items, { name: `volume-${items.length + 1}`, emptyDir: {} }]))
        }
      />
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
