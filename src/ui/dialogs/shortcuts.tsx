import { useState } from "react";
import { commands } from "#editor/commands/all.ts";
import { focusKeys } from "#editor/commands/canvas.ts";
import { spelled } from "#editor/commands/keys.ts";
import { isMac } from "../platform.ts";
import { useTranslate } from "../use-editor.ts";
import { Sheet } from "./sheet.tsx";

/** Everything that has a key: id, group, keys and the code of its name. */
const listed = [
  ...commands.map((one) => ({ ...one, name: `command-${one.id}`, keys: one.displayKeys ? [...one.keys, one.displayKeys] : one.keys })),
  ...focusKeys.map((one) => ({ ...one, name: `key-${one.id}` })),
].filter(({ keys }) => keys.length > 0);

/** All commands and keys of the canvas that have a key, searchable. */
export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslate();
  const [wanted, setWanted] = useState("");
  const rows = listed.filter((one) => t(one.name).toLowerCase().includes(wanted.trim().toLowerCase()));
  const groups = [...new Set(rows.map((one) => one.group))];
  return (
    <Sheet title={t("shortcuts-title")} onClose={onClose}>
      <div style={{ padding: "0 var(--s-4) var(--s-2)" }}>
        <label className="field">
          <input
            type="search"
            data-first
            aria-label={t("shortcuts-search")}
            placeholder={t("shortcuts-search")}
            value={wanted}
            onChange={(event) => setWanted(event.target.value)}
          />
        </label>
      </div>
      <div className="dialog-body" role="region" aria-label={t("command-shortcuts")} tabIndex={0}>
        {groups.map((group) => (
          <section key={group}>
            <h3 className="list-h" style={{ padding: "var(--s-2) 0 var(--s-1)" }}>
              {t(`group-${group}`)}
            </h3>
            {rows
              .filter((one) => one.group === group)
              .map((one) => (
                <div key={one.name} className="row" style={{ minHeight: 26 }}>
                  <span className="grow">{t(one.name)}</span>
                  {one.keys.map((keys) => (
                    <kbd key={keys}>{spelled(keys, isMac)}</kbd>
                  ))}
                </div>
              ))}
          </section>
        ))}
      </div>
    </Sheet>
  );
}
