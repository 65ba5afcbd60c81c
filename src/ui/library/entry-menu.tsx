import { cardOf } from "#editor/library/library-entry.ts";
import { placeEntry } from "#editor/library/place-entry.ts";
import type { Point } from "#editor/layout/geometry.ts";
import { printStream } from "#yaml/print.ts";
import { Modal } from "../dialogs/sheet.tsx";
import { MenuAt, MenuEntry, MenuLine } from "../menus/menu-at.tsx";
import { useFormState } from "../parts/use-form-state.ts";
import { useEditor, usePage, useTranslate } from "../use-editor.ts";
import { useLibraryState, useWorkbench } from "./use-library.ts";

/** What can be done with one component of the library. */
export default function EntryMenu({
  id,
  screen,
  onClose,
}: {
  readonly id: string;
  readonly screen: Point | undefined;
  readonly onClose: (grouping?: boolean) => void;
}) {
  const t = useTranslate();
  const editor = useEditor();
  const bench = useWorkbench();
  const { library } = usePage();
  const entry = useLibraryState((state) => state.entries.find((one) => one.id === id));
  if (!entry || !library) return null;
  const { name } = cardOf(entry.spec);
  if (!screen)
    return <GroupDialog id={id} name={name} group={entry.group} onClose={onClose} onSet={(group) => library.change(id, { group })} />;
  return (
    <MenuAt screen={screen} label={t("library-actions", { name })} onClose={onClose}>
      <MenuEntry
        text={t("entry-add", { name })}
        onChoose={() => {
          placeEntry(bench, `library:${id}`);
          onClose();
        }}
      />
      <MenuEntry
        text={t(entry.favourite ? "library-unfavourite" : "library-favourite")}
        onChoose={() => {
          library.change(id, { favourite: !entry.favourite });
          onClose();
        }}
      />
      <MenuEntry text={t("library-group")} onChoose={() => onClose(true)} />
      <MenuEntry
        text={t("library-download")}
        onChoose={() => {
          editor.outside.files.download(`${fileName(name)}.component.yaml`, printStream([entry.spec]));
          onClose();
        }}
      />
      <MenuLine />
      <MenuEntry
        text={t("library-remove")}
        onChoose={() => {
          library.remove(id);
          editor.toast("library-removed", { name });
          onClose();
        }}
      />
    </MenuAt>
  );
}

function fileName(name: string): string {
  return (
    name
      .trim()
      .replace(/[\\/:*?"<>|\s\u0000-\u001f]+/g, "-")
      .slice(0, 80) || "component"
  );
}

function GroupDialog({
  id,
  name,
  group,
  onClose,
  onSet,
}: {
  readonly id: string;
  readonly name: string;
  readonly group: string;
  readonly onClose: () => void;
  readonly onSet: (group: string) => void;
}) {
  const t = useTranslate();
  const [text, setText] = useFormState({ form: "library-group", part: "group", about: id }, group);
  const groups = useLibraryState((state) => state.entries);
  const known = [...new Set(groups.map((entry) => entry.group))].filter((one) => one !== "");
  return (
    <Modal label={t("library-group-name", { name })} onClose={onClose}>
      <form
        method="dialog"
        onSubmit={(event) => {
          event.preventDefault();
          onSet(text.trim().slice(0, 120));
          onClose();
        }}
      >
        <div className="dialog-head">
          <h2>{t("library-group-name", { name })}</h2>
        </div>
        <div className="dialog-body">
          <label className="field">
            <input
              data-first
              autoFocus
              list="library-groups"
              aria-label={t("library-group-name", { name })}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          </label>
          <datalist id="library-groups">
            {known.map((one) => (
              <option key={one} value={one} />
            ))}
          </datalist>
        </div>
        <div className="dialog-foot">
          <button type="button" className="btn" onClick={onClose}>
            {t("close")}
          </button>
          <button type="submit" className="btn primary">
            {t("library-save-group")}
          </button>
        </div>
      </form>
    </Modal>
  );
}
