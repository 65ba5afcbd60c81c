import { describe, expect, it } from "vitest";
import { commands } from "#editor/commands/all.ts";
import { canvasCommands, focusKeys } from "#editor/commands/canvas.ts";
import { spelled } from "#editor/commands/keys.ts";
import { translator } from "#messages/index.ts";
import { canvasIds, type KeyActions, runKey, runOnCanvas } from "#ui/canvas/canvas-keys.ts";

/** Records the calls of canvas actions. */
function recorder(): { readonly calls: string[]; readonly actions: KeyActions } {
  const calls: string[] = [];
  const state: Readonly<Record<string, unknown>> = { carrying: false, onPort: false };
  const actions = new Proxy(
    {},
    {
      get: (_, name) =>
        String(name) in state ? state[String(name)] : (...given: unknown[]) => void calls.push([String(name), ...given].join(" ")),
    },
  ) as KeyActions;
  return { calls, actions };
}

const table = [...commands, ...focusKeys];
const byId = new Map(table.map((one) => [one.id, one]));

describe("keys of the canvas", () => {
  it("are all in the table of commands and keys", () => {
    expect(canvasIds.filter((id) => (byId.get(id)?.keys.length ?? 0) === 0)).toEqual([]);
  });

  it.each(canvasIds.flatMap((id) => [...(byId.get(id)?.keys ?? []), ...(byId.get(id)?.otherKeys ?? [])].map((key) => ({ id, key }))))(
    "$key does the same as $id chosen by name",
    ({ id, key }) => {
      const [byKey, byName] = [recorder(), recorder()];
      expect(runKey(key, byKey.actions)).toBe(true);
      runOnCanvas(id, byName.actions);
      expect(byKey.calls).toEqual(byName.calls);
      expect(byKey.calls).toHaveLength(1);
    },
  );

  it.each(canvasCommands)("$id is a command that the canvas can run", ({ id }) => expect(canvasIds).toContain(id));

  it.each(focusKeys)("$id has a name in both languages and keys that people can read", ({ id, keys }) => {
    for (const language of ["en", "ko"] as const) expect(translator(language)(`key-${id}`)).not.toBe(`key-${id}`);
    for (const key of keys) expect(spelled(key, false)).not.toBe("");
  });

  it("have one meaning each", () => {
    const keys = table.flatMap((one) => [...one.keys, ...(one.otherKeys ?? [])]);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });
});
