import { Plus, X } from "lucide-react";
import { type Data, isList, type Path } from "#model/data.ts";
import type { SettingTarget } from "#model/edit.ts";
import type { Said } from "#editor/state.ts";
import { IconButton } from "../parts/icon-button.tsx";
import { useEditor, useSay } from "../use-editor.ts";
import { Field } from "./field.tsx";
import { edits, shownValue, typedLike } from "./values.ts";

interface Props {
  readonly owner: string;
  readonly of: string;
  readonly target: SettingTarget;
  readonly path: Path;
  /** Code of the list's name. The first item carries the name alone, the others their number beside it. */
  readonly label: string;
  readonly value: Data | undefined;
}

/** A list of texts, one field for each item; items may have several lines (a program behind `python -c`). */
export function ListField({ owner, of, target, path, label, value }: Props) {
  const say = useSay();
  const editor = useEditor();
  const items = isList(value) ? value : [];
  const name = (index: number): Said => (index === 0 ? { code: label, values: {} } : { code: "field-item", values: { field: say(label), n: index + 1 } });
  const add = () => {
    editor.dispatch({ edits: [{ kind: "set-setting", target, path, value: [...items, ""] }] });
  };
  return (
    <div className="stack">
      {items.map((item, index) => (
        <div className="row" key={index} style={{ alignItems: "start" }}>
          <Field
            owner={owner} path={[...path, index].join("/")} of={of} isCode lines={shownValue(item).includes("\n")} label={name(index)} value={shownValue(item)}
            meaning={(text) => edits({ kind: "set-setting", target, path: [...path, index], value: typedLike(text, item) })}
          />
          <IconButton icon={X} label={say("remove-named", { name: say(name(index).code, name(index).values) })} onClick={() => void editor.dispatch({ edits: [{ kind: "unset-setting", target, path: [...path, index] }] })} />
        </div>
      ))}
      <button type="button" className="btn sm" style={{ justifySelf: "start" }} onClick={add}>
        <Plus className="i xs" aria-hidden="true" />
        {say("add-entry")}
      </button>
    </div>
  );
}
