import { checkDocument } from "#compiler/check.ts";
import { createEditor, type Editor } from "#editor/editor.ts";
import { fetchPlanner } from "#editor/planning.ts";
import type { Kept, Outside, TextKeeper } from "#editor/ports.ts";
import { readModel } from "#formats/argo/read.ts";
import { parse } from "#yaml/parse.ts";
import { patch } from "#yaml/patch.ts";
import { pathAt, spanOf } from "#yaml/place.ts";
import { applySplices } from "#yaml/splice.ts";

/** A keeper that works as the document worker does, in the same thread; every answer comes a moment later. */
export function keeperHere(): TextKeeper & { readonly text: () => string; refuseNext: boolean } {
  let source = parse("");
  const later = async <T>(make: () => T): Promise<T> => {
    await Promise.resolve();
    return make();
  };
  const keeper = {
    refuseNext: false,
    text: () => source.text,
    open: (text: string) => later(() => ((source = parse(text)), { stream: source.stream, diagnostics: source.diagnostics })),
    patch: (operations: Parameters<TextKeeper["patch"]>[0]) =>
      later(() => {
        if (keeper.refuseNext) {
          keeper.refuseNext = false;
          return { ok: false as const, diagnostic: { code: "patch-refused", level: "error" as const, values: {}, place: [] } };
        }
        const patched = patch(source, operations);
        if (!patched.ok) return patched;
        source = patched.source;
        return { ok: true as const, splices: patched.splices, notes: patched.notes };
      }),
    splice: (splices: Parameters<TextKeeper["splice"]>[0]) =>
      later(() => ((source = parse(applySplices(source.text, splices))), { stream: source.stream, diagnostics: source.diagnostics })),
    check: () => later(() => checkDocument({ source, stream: source.stream, model: readModel(source.stream).model })),
    spans: (places: Parameters<TextKeeper["spans"]>[0]) => later(() => places.map((place) => spanOf(source, place))),
    pathAt: (offset: number) => later(() => pathAt(source, offset)),
  };
  return keeper;
}

/** A world outside for tests: files and shelf in memory. */
export function outsideHere(text: TextKeeper = keeperHere()): Outside & {
  readonly downloads: { name: string; text: string }[];
  readonly kept: Map<string, Kept>;
  chosen: { name: string; text: string }[];
} {
  const kept = new Map<string, Kept>();
  const downloads: { name: string; text: string }[] = [];
  const outside = {
    text,
    downloads,
    kept,
    chosen: [] as { name: string; text: string }[],
    now: () => 1_000 + kept.size,
    shelf: {
      last: async () => [...kept.values()].at(-1),
      list: async () => [...kept.values()],
      read: async (id: string) => kept.get(id),
      keep: async (one: Kept) => void kept.set(one.id, one),
      placesOf: async () => undefined,
    },
    files: {
      choose: async () => outside.chosen,
      download: (name: string, body: string) => void downloads.push({ name, text: body }),
      copy: async () => true,
      served: async () => undefined,
    },
  };
  return outside;
}

/** An editor with a text open. */
export async function editorWith(text: string, outside: Outside = outsideHere()): Promise<Editor> {
  const editor = createEditor(outside, {
    language: "en",
    theme: "light",
    panels: { left: "palette", right: "inspector", bottom: undefined, dialog: undefined },
  });
  await fetchPlanner();
  await editor.open("test.yaml", text);
  return editor;
}

/** A small workflow with a comment, a shared template and values of several kinds. */
export const smallWorkflow = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata:
  generateName: small-
spec:
  entrypoint: main
  arguments:
    parameters:
    - name: rows
      value: "100"
  templates:
  - name: main
    dag:
      tasks:
      - name: a
        template: work
        arguments:
          parameters:
          - {name: count, value: "1"}
      - name: b # the second
        template: work
        dependencies: [a]
        arguments:
          parameters:
          - name: count
            value: '{{workflow.parameters.rows}}'
      - {name: c, template: other, depends: a && b}
  - name: work
    inputs:
      parameters:
      - name: count
    container:
      image: alpine:3.20   # keep in step with CI
      command: [echo, "{{inputs.parameters.count}}"]
      resources:
        limits: {cpu: 1, memory: 64Mi}
  - name: other
    container:
      image: alpine:3.20
      command: [date]
`;
