import { BookmarkPlus, SquareFunction } from "lucide-react";
import { editPython } from "#editor/library/place-entry.ts";
import { cardOf } from "#editor/library/library-entry.ts";
import { writeComponent } from "#components/component-yaml/write.ts";
import { field, isList } from "#data/data.ts";
import type { Task, Template } from "#pipeline/model.ts";
import { useEditor, usePage, useTranslate } from "../use-editor.ts";

/** What can be done with the component behind a task: edit its Python function, keep it in the library. */
export function ComponentActions({ task, template }: { readonly task: Task; readonly template: Template }) {
  const t = useTranslate();
  const editor = useEditor();
  const { library } = usePage();
  const isPython = holdsFunction(template);
  const hasComponent = isKeepable(template) && library !== undefined;
  if (!isPython && !hasComponent) return null;
  const keep = () => {
    if (!template.component || !library) return;
    const spec = writeComponent(template.component.spec);
    library.add(spec, editor.store.getState().document.fileName);
    editor.toast("library-kept", { name: cardOf(spec).name || template.name });
  };
  return (
    <div className="row" style={{ flexWrap: "wrap" }}>
      {isPython ? (
        <button type="button" className="btn line sm" onClick={() => editPython(editor, task.id)}>
          <SquareFunction className="i s" aria-hidden="true" />
          {t("py-edit")}
        </button>
      ) : null}
      {hasComponent ? (
        <button type="button" className="btn sm" onClick={keep}>
          <BookmarkPlus className="i s" aria-hidden="true" />
          {t("library-keep")}
        </button>
      ) : null}
    </div>
  );
}

/** Whether there is anything to do with the component behind a template; `hasLibrary`: components can be kept. */
export function hasComponentActions(template: Template, hasLibrary: boolean): boolean {
  return holdsFunction(template) || (hasLibrary && isKeepable(template));
}

function isKeepable(template: Template): boolean {
  return template.component !== undefined && template.component.spec.implementation.kind !== "none";
}

/** Whether a container runs a program that may have been made from a function; only opening it shows for sure. */
function holdsFunction(template: Template): boolean {
  const container = field(template.rest, "container");
  return ["command", "args"].some((key) => {
    const words = field(container, key);
    return (
      isList(words) &&
      words.some((word) => typeof word === "string" && /^(async )?def\s/m.test(word) && /argparse|^import kfp\b|^from kfp/m.test(word))
    );
  });
}
