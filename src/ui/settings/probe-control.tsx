import { field, isMap } from "#data/data.ts";
import { writeBelow, writeEdits } from "#editor/settings/access.ts";
import type { Setting } from "#editor/settings/setting.ts";
import { useTranslate } from "../use-editor.ts";
import { RowCard } from "./rows-control.tsx";
import { type ShownSetting, useChange } from "./edited-tasks.ts";
import { Cell, Columns } from "./text-control.tsx";
import { YamlControl } from "./yaml-control.tsx";

const handlers = {
  httpGet: { path: "/", port: 8080 },
  exec: { command: ["true"] },
  tcpSocket: { port: 8080 },
  grpc: { port: 8080 },
} as const;
type Handler = keyof typeof handlers;

/** A probe: what is asked, where, how often. The rest of it is in its YAML. */
export function ProbeControl({ setting, shown }: { readonly setting: Setting; readonly shown: ShownSetting }) {
  const t = useTranslate();
  const change = useChange();
  const name = t(`setting-${setting.id}`);
  const value = shown.state === "set" && isMap(shown.value) ? shown.value : undefined;
  const kinds = Object.keys(handlers).filter((key) => field(value, key) !== undefined) as Handler[];
  const kind = kinds[0];
  const choose = (to: string) => {
    if (to === "") return change(setting, (holder) => writeEdits(setting, holder, undefined));
    const rest = Object.fromEntries(Object.entries(value ?? {}).filter(([key]) => !Object.hasOwn(handlers, key)));
    return change(setting, (holder) => writeEdits(setting, holder, { [to]: handlers[to as Handler], ...rest }));
  };
  const chooser = (
    <span className="field grow">
      <select aria-label={t("probe-kind", { name })} value={kind ?? ""} onChange={(event) => choose(event.target.value)}>
        <option value="">{t("probe-none")}</option>
        {Object.keys(handlers).map((one) => (
          <option key={one} value={one}>
            {t(`probe-${one}`)}
          </option>
        ))}
      </select>
    </span>
  );
  if (!value) return chooser;
  return (
    <RowCard name={name} title={chooser} onRemove={() => choose("")} yaml={<YamlControl setting={setting} shown={shown} />}>
      {kind === "exec" ? (
        <Columns setting={setting} below={["exec"]} of={name} columns={[{ id: "command", path: ["command"], shape: { kind: "list" } }]} />
      ) : null}
      <div className="columns">
        {kind === "httpGet" ? (
          <Cell
            setting={setting}
            below={["httpGet", "path"]}
            shape={{ kind: "text", code: true }}
            label={{ code: "probe-path", values: { name } }}
            placeholder="/"
          />
        ) : null}
        {kind !== undefined && kind !== "exec" ? (
          <Cell
            setting={setting}
            below={[kind, "port"]}
            shape={{ kind: "text", code: true }}
            required
            label={{ code: "probe-port", values: { name } }}
            write={(holder, next) =>
              writeBelow(setting, holder, [kind, "port"], typeof next === "string" && /^\d+$/.test(next) ? Number(next) : next)
            }
          />
        ) : null}
        <Cell
          setting={setting}
          below={["initialDelaySeconds"]}
          shape={{ kind: "integer", min: 0 }}
          label={{ code: "probe-delay", values: { name } }}
          placeholder={t("probe-delay", { name: "" })}
        />
        <Cell
          setting={setting}
          below={["periodSeconds"]}
          shape={{ kind: "integer", min: 1 }}
          label={{ code: "probe-period", values: { name } }}
          placeholder={t("probe-period", { name: "" })}
        />
      </div>
    </RowCard>
  );
}
