import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { Workbench } from "#editor/library/place-entry.ts";
import type { LibraryState } from "#editor/library/library.ts";
import { usePage } from "../use-editor.ts";

const none = createStore<LibraryState>(() => ({ entries: [], loaded: true, kept: true }));

/** A part of the library's state; without a library there is nothing in it. */
export function useLibraryState<Part>(part: (state: LibraryState) => Part): Part {
  return useStore(usePage().library?.store ?? none, part);
}

/** The editor with its library, for placing things. */
export function useWorkbench(): Workbench {
  const { editor, library } = usePage();
  return { editor, library };
}
