import { RotateCcw } from "lucide-react";
import { type Holder, isChanged, pathOf, resetEdits } from "#editor/settings/access.ts";
import type { Setting } from "#editor/settings/setting.ts";
import { IconButton } from "../parts/icon-button.tsx";
import { useTranslate } from "../use-editor.ts";
import { AffinityControl } from "./affinity-control.tsx";
import { EnvControl } from "./env-control.tsx";
import { ListControl } from "./list-control.tsx";
import { MapControl } from "./map-control.tsx";
import { RowsControl } from "./rows-control.tsx";
import { ProbeControl } from "./probe-control.tsx";
import { type ShownSetting, shownSetting, useChange, useSubject } from "./edited-tasks.ts";
import { ChoiceControl, TextControl } from "./text-control.tsx";
import { VolumeRows } from "./volume-rows.tsx";
import { VolumesControl } from "./volumes-control.tsx";
import { YamlControl } from "./yaml-control.tsx";

/** One setting: its name with help and place in YAML on hover, a mark and a reset if it is set, and the control that fits. */
export function SettingRow({ setting }: { readonly setting: Setting }) {
  const t = useTranslate();
  const change = useChange();
  const subject = useSubject();
  const shown = shownSetting(setting, subject);
  const name = t(`setting-${setting.id}`);
  const isSet = isChanged(setting, shown);
  const isWide =
    wide.has(setting.shape.kind) ||
    (setting.shape.kind === "text" && (setting.shape.lines === true || setting.shape.wraps === true)) ||
    shown.state === "odd";
  return (
    <div className={`setting${isWide ? " wide" : ""}`} data-setting={setting.id} onFocus={() => subject.onFocus(setting)}>
      <span className="label" title={`${placeText(setting, subject.holders[0])}\n${t(`setting-${setting.id}.help`)}`}>
        {name}
        {isSet ? <span className="changed" role="img" aria-label={t("setting-changed")} /> : null}
        {isSet && !setting.required ? (
          <IconButton
            small
            icon={RotateCcw}
            label={t("setting-reset", { name })}
            onClick={() => change(setting, (holder) => resetEdits(setting, holder))}
          />
        ) : null}
      </span>
      <Control setting={setting} shown={shown} />
      {shown.state === "odd" ? <span className="muted small">{t("setting-odd")}</span> : null}
    </div>
  );
}

const wide: ReadonlySet<string> = new Set(["list", "map", "rows", "env", "volumes", "probe", "affinity", "yaml"]);

function Control({ setting, shown }: { readonly setting: Setting; readonly shown: ShownSetting }) {
  const t = useTranslate();
  if (shown.state === "odd") return <YamlControl setting={setting} shown={shown} />;
  if (shown.state === "mixed" && wide.has(setting.shape.kind)) return <span className="muted">{t("setting-mixed")}</span>;
  switch (setting.shape.kind) {
    case "quantity":
    case "integer":
    case "duration":
    case "text":
      return <TextControl setting={setting} shown={shown} />;
    case "choice":
    case "switch":
      return <ChoiceControl setting={setting} shown={shown} />;
    case "list":
      return <ListControl setting={setting} shown={shown} />;
    case "map":
      return <MapControl setting={setting} shown={shown} />;
    case "rows":
      return setting.path.at(-1) === "volumes" ? (
        <VolumeRows setting={setting} shown={shown} />
      ) : (
        <RowsControl setting={setting} shown={shown} />
      );
    case "env":
      return <EnvControl setting={setting} shown={shown} />;
    case "volumes":
      return <VolumesControl setting={setting} />;
    case "probe":
      return <ProbeControl setting={setting} shown={shown} />;
    case "affinity":
      return <AffinityControl setting={setting} shown={shown} />;
    case "yaml":
      return <YamlControl setting={setting} shown={shown} />;
  }
}

/** The path of a setting in the holder's YAML: `container.resources.limits.cpu`. */
export function placeText(setting: Setting, holder: Holder): string {
  return pathOf(setting, holder)
    .map((step) => (String(step).includes(".") ? `"${step}"` : String(step)))
    .join(".");
}
