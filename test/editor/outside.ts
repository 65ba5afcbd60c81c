import { checkDocument } from "#compiler/checking.ts";
import { createEditor, type Editor } from "#editor/editor.ts";
import { fetchPlanner } from "#editor/load-planner.ts";
import type { EditLog, Kept, KeptEntry, LoggedStep, Outside, ReadFile, Save, DocumentStorage, TextService } from "#editor/ports.ts";
import type { FileEncoding } from "#yaml/text-encoding.ts";
import { readModel } from "#compiler/readers.ts";
import { parse } from "#yaml/parse.ts";
import { patch } from "#yaml/patch.ts";
import { pathAt, spanOf } from "#yaml/spans.ts";
import { applySplices } from "#yaml/text-splice.ts";

/** A text service that works as the document worker does, in the same thread; every answer comes a moment later. */
export function createTextService(): TextService & { readonly text: () => string; refuseNext: boolean } {
  let source = parse("");
  const later = async <T>(make: () => T): Promise<T> => {
    await Promise.resolve();
    return make();
  };
  const textService = {
    refuseNext: false,
    text: () => source.text,
    open: (text: string) => later(() => ((source = parse(text)), { stream: source.stream, diagnostics: source.diagnostics })),
    patch: (operations: Parameters<TextService["patch"]>[0]) =>
      later(() => {
        if (textService.refuseNext) {
          textService.refuseNext = false;
          const values = { problem: "mismatch" as const, operation: "set", path: "" };
          return { ok: false as const, diagnostic: { code: "patch-refused" as const, level: "error" as const, values, path: [] } };
        }
        const patched = patch(source, operations);
        if (!patched.ok) return patched;
        source = patched.source;
        return { ok: true as const, splices: patched.splices, notices: patched.notices };
      }),
    splice: (splices: Parameters<TextService["splice"]>[0]) =>
      later(() => ((source = parse(applySplices(source.text, splices))), { stream: source.stream, diagnostics: source.diagnostics })),
    check: () => later(() => checkDocument({ source, stream: source.stream, model: readModel(source.stream).model })),
    spans: (paths: Parameters<TextService["spans"]>[0]) => later(() => paths.map((path) => spanOf(source, path))),
    pathAt: (offset: number) => later(() => pathAt(source, offset)),
  };
  return textService;
}

/** A storage in memory that answers as the one in IndexedDB does. `error`: what the next saves fail with. */
export interface MemoryStorage extends DocumentStorage {
  readonly kept: Map<string, Kept>;
  readonly logs: Map<string, EditLog>;
  /** Saves in the order in which they were completed. */
  readonly saves: Save[];
  error: Error | undefined;
}

export function memoryStorage(): MemoryStorage {
  const kept = new Map<string, Kept>();
  const logs = new Map<string, EditLog>();
  const tasks = new Map<string, number>();
  const latest = () => [...kept.values()].toSorted((one, other) => other.at - one.at);
  const entryOf = ({ id, fileName, at, revision, text, exported }: Kept): KeptEntry => ({
    id,
    fileName,
    at,
    revision,
    isExported: text === exported,
    ...(tasks.has(id) && { tasks: tasks.get(id) }),
  });
  const storage: MemoryStorage = {
    kept,
    logs,
    saves: [],
    error: undefined,
    last: async () => latest()[0]?.id,
    list: async () => latest().map(entryOf),
    read: async (id) => kept.get(id),
    readLog: async (id) => logs.get(id),
    async keep(save) {
      await Promise.resolve();
      if (storage.error) throw storage.error;
      const { id, base, at, body, drafts, log } = save;
      const former = kept.get(id);
      if (former && former.revision !== base) return { ok: false, why: "conflict" };
      if (!former && (!body || base > 0)) return { ok: false, why: "incomplete" };
      // A copy without functions or shared objects, as IndexedDB makes one.
      const { drafts: oldDrafts, ...rest } = { ...former, ...structuredClone(body) } as Kept & { tasks?: number };
      if (rest.tasks !== undefined) tasks.set(id, rest.tasks);
      delete rest.tasks;
      const keptDrafts = drafts === undefined ? oldDrafts : (drafts ?? undefined);
      kept.set(id, { ...rest, id, at, revision: base + 1, ...(keptDrafts && { drafts: structuredClone(keptDrafts) }) });
      if (log) {
        const old = logs.get(id) ?? { first: log.first, done: 0, steps: [] };
        const rows = new Map(old.steps.map((step, index) => [old.first + index, step]));
        for (const number of rows.keys()) if (number < log.first || number >= log.from) rows.delete(number);
        log.steps.forEach((step, index) => rows.set(log.from + index, structuredClone(step)));
        const numbers = [...rows.keys()].sort((one, other) => one - other);
        expectGapless(numbers);
        logs.set(id, { first: numbers[0] ?? log.done, done: log.done, steps: numbers.map((number) => rows.get(number) as LoggedStep) });
      }
      storage.saves.push(save);
      return { ok: true, revision: base + 1 };
    },
    async rename(id, fileName) {
      const one = kept.get(id);
      if (one) kept.set(id, { ...one, fileName });
    },
    async duplicate(id, copy) {
      const one = kept.get(id);
      if (one) kept.set(copy.id, { ...one, ...copy, revision: 1 });
      return one !== undefined;
    },
    async remove(id) {
      const one = kept.get(id);
      if (!one) return undefined;
      const removed = { kept: one, entry: entryOf(one), log: logs.get(id) };
      kept.delete(id);
      logs.delete(id);
      return removed;
    },
    async markExported(id, text) {
      const one = kept.get(id);
      if (one) kept.set(id, { ...one, exported: text });
    },
    async restore({ kept: one, log }) {
      if (kept.has(one.id)) return;
      kept.set(one.id, one);
      if (log) logs.set(one.id, log);
    },
    async makeRoom(id) {
      const others = [...logs.keys()].filter((key) => key !== id);
      for (const key of others) logs.delete(key);
      return others.length > 0;
    },
    placesOf: async () => undefined,
  };
  return storage;
}

function expectGapless(numbers: readonly number[]): void {
  for (const [index, number] of numbers.entries())
    if (number !== (numbers[0] ?? 0) + index) throw new Error(`the log has a gap: ${numbers.join(" ")}`);
}

/** The outside of the editor for tests: files and storage in memory. */
export function outsideHere(
  text: TextService = createTextService(),
  storage: MemoryStorage = memoryStorage(),
): Outside & {
  readonly downloads: { name: string; text: string; bytes?: Uint8Array; encoding?: FileEncoding }[];
  readonly kept: Map<string, Kept>;
  readonly storage: MemoryStorage;
  chosen: ReadFile[];
} {
  const downloads: { name: string; text: string; bytes?: Uint8Array; encoding?: FileEncoding }[] = [];
  let clock = 1_000;
  const outside = {
    text,
    downloads,
    kept: storage.kept,
    chosen: [] as ReadFile[],
    now: () => ++clock,
    storage,
    files: {
      choose: async () => outside.chosen,
      download: (name: string, body: string | Uint8Array, encoding?: FileEncoding) =>
        void downloads.push({
          name,
          text: typeof body === "string" ? body : "",
          ...(typeof body !== "string" && { bytes: body }),
          ...(encoding && { encoding }),
        }),
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
