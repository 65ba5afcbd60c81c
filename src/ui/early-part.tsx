import { type ComponentType, useLayoutEffect, useState } from "react";
import { flushSync } from "react-dom";
import { holdKeys } from "./held-keys.ts";
import { useEditor } from "./use-editor.ts";

/** A part of the page that is fetched before its first use. */
export interface EarlyPart<Props> {
  /** Shows the part, at once if it is loaded; keys pressed before that reach it afterwards. */
  readonly Part: ComponentType<Props>;
  /** Fetches it, so that it is available when it is requested. */
  readonly fetch: () => Promise<unknown>;
}

/**
 * A part which opens by key: unlike `React.lazy` it is shown in the commit that asks for it once it was fetched, so that what is typed next is
 * typed into it.
 */
export function earlyPart<Props extends object>(load: () => Promise<{ readonly default: ComponentType<Props> }>): EarlyPart<Props> {
  let loaded: ComponentType<Props> | undefined;
  let pending: Promise<unknown> | undefined;
  const fetch = () =>
    (pending ??= load().then(
      (part) => (loaded = part.default),
      (reason: unknown) => {
        // Tried again when it is asked for again.
        pending = undefined;
        throw reason;
      },
    ));
  function Part(props: Props) {
    const [, setTurn] = useState(0);
    const editor = useEditor();
    const { pending: work } = editor;
    useLayoutEffect(() => {
      if (loaded) return;
      const letGo = holdKeys();
      const done = work.begin("part");
      const release = () => {
        letGo();
        done();
      };
      let isHere = true;
      fetch()
        // A dialog that cannot be shown is not open; asked for again, it is fetched again.
        .catch(() => editor.session(({ panels }) => ({ missingPart: true, panels: { ...panels, dialog: undefined } })))
        .then(() => {
          if (isHere) flushSync(() => setTurn((turn) => turn + 1));
          release();
        })
        .catch(release);
      return () => {
        isHere = false;
        release();
      };
    }, [editor, work]);
    const Loaded = loaded;
    return Loaded ? <Loaded {...props} /> : null;
  }
  return { Part, fetch };
}
