import type { EditorCore } from "./editor-core.ts";
import { type FormPart, openForms } from "./open-forms.ts";
import type { Drafts, OpenForm } from "./ports.ts";
import type { Draft, Message, Session } from "./state.ts";

/** Text in a field or in the YAML pane between the first key and its commit. */
export interface Typed {
  readonly text: string;
  /** The field's name, such as `CPU limit of “train”`. */
  readonly field: Message;
  /** Commits it to the document now. */
  readonly takeOver?: () => unknown;
  /** Committed when the user leaves the field or uses the document, not when the page is hidden: names, and YAML in a field. */
  readonly isLate?: boolean;
}

/** The id under which the YAML pane reports what is typed in it. */
export const yamlTextField = "yaml";

/** What the user has typed and the document does not have yet: fields, the YAML pane, open forms, unfinished functions. */
export interface TypedText {
  /** Text that is being typed; undefined: it was committed, or discarded. */
  typing(field: string, typed: Typed | undefined): void;
  /** A value of an open form that was not used yet; without a value it was used, or discarded. */
  fillIn(part: FormPart): void;
  /** The text that is being typed in a field. */
  of(field: string): string | undefined;
  /** Commits it. `valid at any time`: only what may be committed while the user goes on typing. */
  takeOver(which: "all" | "valid at any time"): Promise<void>;
  /** Everything, to be saved with the document; the same value until something changes. */
  drafts(): Drafts | undefined;
  /** Another pipeline: nothing is being typed, and these forms are open. */
  reset(forms: Readonly<Record<string, OpenForm>> | undefined): void;
}

interface DraftsValue {
  readonly fields: Session["drafts"];
  readonly python: Session["unfinishedPython"];
  readonly value?: Drafts;
}

/** Keeps what is typed. `changed`: called when something must be saved. */
export function createTypedText({ store, setSession }: EditorCore, changed: () => void): TypedText {
  const session = () => store.getState().session;
  // Typed text changes with every key; it is kept out of the store, which would render the page.
  const typed = new Map<string, Typed>();
  const forms = openForms(session);
  let latest: DraftsValue | undefined;

  /** Something was typed: the example becomes the user's own. */
  function touched(isTyped: boolean): void {
    latest = undefined;
    if (isTyped && session().firstVisit) setSession({ firstVisit: false });
    changed();
  }

  return {
    typing(field, one) {
      if (!one && !typed.has(field)) return;
      if (one) typed.set(field, one);
      else typed.delete(field);
      touched(one !== undefined);
    },
    fillIn(part) {
      const { reopened } = session();
      // Closed: the next one of its kind starts empty.
      if (part.value === undefined && reopened && Object.hasOwn(reopened, part.form))
        setSession({ reopened: Object.fromEntries(Object.entries(reopened).filter(([form]) => form !== part.form)) });
      if (forms.set(part)) touched(part.value !== undefined);
    },
    of: (field) => typed.get(field)?.text,
    async takeOver(which) {
      await Promise.all([...typed.values()].filter(({ isLate }) => which === "all" || !isLate).map((one) => one.takeOver?.()));
    },
    drafts() {
      const { drafts: fields, unfinishedPython: python } = session();
      if (latest?.fields !== fields || latest.python !== python) {
        const value = draftsOf({ fields, python, typed, forms: forms.all() });
        latest = { fields, python, ...(value && { value }) };
      }
      return latest.value;
    },
    reset(open) {
      typed.clear();
      forms.reset(open);
      latest = undefined;
    },
  };
}

function draftsOf(unsaved: {
  readonly fields: Session["drafts"];
  readonly python: Session["unfinishedPython"];
  readonly typed: ReadonlyMap<string, Typed>;
  readonly forms: Readonly<Record<string, OpenForm>> | undefined;
}): Drafts | undefined {
  const { fields, python, typed, forms } = unsaved;
  if (typed.size === 0 && !forms && Object.keys(fields).length === 0 && Object.keys(python).length === 0) return undefined;
  const { [yamlTextField]: yaml, ...waiting } = Object.fromEntries(typed);
  const typedFields = Object.entries(waiting).map(([id, { text, field }]): [string, Draft] => [
    id,
    { text, field, reason: { code: "draft-typed", values: {} }, isTyped: true },
  ]);
  return {
    ...(yaml && { text: yaml.text }),
    fields: { ...fields, ...Object.fromEntries(typedFields) },
    python,
    ...(forms && { forms }),
  };
}
