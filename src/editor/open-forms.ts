import type { Data } from "#data/data.ts";
import type { Model } from "#pipeline/model.ts";
import type { OpenForm } from "./ports.ts";
import { followed } from "./view.ts";
import type { Session } from "./state.ts";

// A form is a dialog, a pop-up or a box for a name: what is typed there is used or dropped as a whole when it closes. Until then it is
// saved with the drafts of the pipeline, so that a reload or a crash opens the form again with its values.

/** One value of a form. Without a value the part is gone: it was used, or the form was closed. */
export interface FormPart {
  /** Names the form, such as `loop`. */
  readonly form: string;
  /** Names the value in the form. */
  readonly part: string;
  readonly value?: Data;
  /** What the form edits, if the view does not say it: needed to open the form again. */
  readonly about?: Data;
}

/** The forms of a page that hold values. */
export interface OpenForms {
  /** Notes a value, or that it is gone; false: nothing has changed. */
  set(part: FormPart): boolean;
  /** Replaces all forms; undefined: there are none. */
  reset(forms: Readonly<Record<string, OpenForm>> | undefined): void;
  /** All forms as plain data; undefined if there are none. */
  all(): Readonly<Record<string, OpenForm>> | undefined;
}

/** Makes the registry of forms. `session`: the session at the moment, of which a form keeps what opens it again. */
export function openForms(session: () => Session): OpenForms {
  let forms: ReadonlyMap<string, OpenForm> = new Map();
  return {
    set({ form, part, value, about }) {
      const former = forms.get(form);
      if (value === undefined && !(former && Object.hasOwn(former.values, part))) return false;
      const values = { ...former?.values };
      if (value === undefined) delete values[part];
      else values[part] = value;
      const next = new Map(forms);
      // The form used last comes last: its view is the one to return to.
      next.delete(form);
      if (Object.keys(values).length > 0) next.set(form, { values, ...reopening(session()), ...(about !== undefined && { about }) });
      forms = next;
      return true;
    },
    reset: (all) => void (forms = new Map(Object.entries(all ?? {}))),
    all: () => (forms.size === 0 ? undefined : Object.fromEntries(forms)),
  };
}

function reopening({ workflow, graph, trail, selection, panels, python, groupAt }: Session): Omit<OpenForm, "values" | "about"> {
  return {
    view: { workflow, trail, selection, ...(graph !== undefined && { graph }) },
    ...(panels.dialog && { dialog: panels.dialog }),
    ...(python && { python }),
    ...(groupAt && { groupAt }),
  };
}

/** The part of the session that opens the forms again that were open when the page was closed; empty if there were none. */
export function reopened(session: Session, forms: Readonly<Record<string, OpenForm>> | undefined, model: Model): Partial<Session> {
  const last = Object.values(forms ?? {}).at(-1);
  if (!forms || !last) return {};
  const { view, dialog, python, groupAt } = last;
  return {
    ...followed({ graph: undefined, ...view }, { tasks: [], templates: [] }, model),
    reopened: forms,
    ...(dialog && { panels: { ...session.panels, dialog } }),
    ...(python && { python }),
    ...(groupAt && { groupAt }),
    toast: { code: "toast-form-back", values: {}, id: (session.toast?.id ?? 0) + 1 },
  };
}
