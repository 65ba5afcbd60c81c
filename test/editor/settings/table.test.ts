import { describe, expect, it } from "vitest";
import { applies, type Holder, pathOf, pipelineHolder, readingOf, templateHolder, writeEdits } from "#editor/settings/access.ts";
import type { Setting } from "#editor/settings/setting.ts";
import { settingsOf } from "#editor/settings/table.ts";
import { fits, textOf, typedAs } from "#editor/settings/value-text.ts";
import { readModel } from "#compiler/readers.ts";
import { type Data, valueAt } from "#data/data.ts";
import { translator } from "#messages/index.ts";
import { parse } from "#yaml/parse.ts";
import { editorWith } from "../outside.ts";
import { textFor } from "./texts.ts";

/** The holder of a setting in a text which has all kinds of template. */
function holderOf(text: string, setting: Setting): Holder {
  const stream = parse(text).stream;
  const workflow = readModel(stream).model.objects[0];
  if (workflow?.kind !== "workflow") throw new Error("no workflow");
  if (setting.area === "pipeline") return pipelineHolder(stream, workflow);
  const template = workflow.templates.find((one) => applies(setting, templateHolder(stream, workflow, one)));
  if (!template) throw new Error(`nothing takes ${setting.id}`);
  return templateHolder(stream, workflow, template);
}

const settings = settingsOf("argo");
const taskSettings = settings.filter(({ area }) => area === "task");
const pipelineSettings = settings.filter(({ area }) => area === "pipeline");
const all = settings.map((setting) => [setting.id, setting] as const);

describe.each(all)("the setting %s", (_, setting) => {
  const text = textFor(setting);

  it("is written at its path in the YAML, is read from there, and is removed with one undo", async () => {
    const editor = await editorWith(text);
    const before = holderOf(text, setting);
    expect(readingOf(setting, before).state).toBe(setting.required ? "set" : "absent");
    const outcome = editor.dispatch({ edits: writeEdits(setting, before, setting.example) });
    expect(outcome.ok).toBe(true);
    const written = await editor.settledText();
    const after = holderOf(written, setting);
    expect(readingOf(setting, after)).toEqual({ value: setting.example, state: "set" });
    const at = valueAt(after.data, pathOf(setting, after));
    expect(setting.json ? valueAt(JSON.parse(String(at)) as Data, setting.json) : at).toEqual(setting.example);
    expect(written.split("\n").filter((line) => text.split("\n").includes(line)).length).toBeGreaterThan(text.split("\n").length - 4);
    editor.undo();
    expect(await editor.settledText()).toBe(text);
  });

  it("is taken out again by a reset", async () => {
    if (setting.required) return expect(typedAs(setting.shape, "")).toMatchObject({ ok: true });
    const editor = await editorWith(text);
    editor.dispatch({ edits: writeEdits(setting, holderOf(text, setting), setting.example) });
    const set = await editor.settledText();
    editor.dispatch({ edits: writeEdits(setting, holderOf(set, setting), undefined) });
    const reset = holderOf(await editor.settledText(), setting);
    expect(readingOf(setting, reset).state).toBe("absent");
    expect(JSON.stringify(reset.data)).toBe(JSON.stringify(holderOf(text, setting).data));
    return undefined;
  });

  it("takes its example as typed text, where it is typed", () => {
    expect(fits(setting.shape, setting.example)).toBe(true);
    const typed = textOf(setting.shape, setting.example);
    if (typed !== undefined) expect(typedAs(setting.shape, typed)).toEqual({ ok: true, value: setting.example });
  });

  it("has a name and a line of help in both languages", () => {
    for (const language of ["en", "ko"] as const) {
      for (const code of [`setting-${setting.id}`, `setting-${setting.id}.help`, `settings-${setting.group}`, `tab-${setting.tab}`])
        expect(translator(language)(code), code).not.toBe(code);
    }
  });

  it("shows values of a wrong kind as YAML, and never as nothing", () => {
    for (const odd of [0, 7, true, "text", [1, [2]], { a: { b: null } }, [null]] as readonly Data[]) {
      const shown = textOf(setting.shape, odd);
      expect(fits(setting.shape, odd) || shown === undefined).toBe(true);
    }
  });
});

describe("the table", () => {
  it("names each setting once", () => {
    const ids = settings.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("has no two settings at one place", () => {
    for (const list of [taskSettings, pipelineSettings]) {
      const locations = list.map(({ within, path, json }) => [within, ...path, ...(json ?? [])].join("/"));
      expect(locations.filter((location, index) => locations.indexOf(location) !== index)).toEqual([]);
    }
  });

  it("says every column", () => {
    const columns = settings.flatMap(({ shape }) => (shape.kind === "rows" ? shape.columns : []));
    expect(columns.filter(({ id }) => translator("en")(`column-${id}`) === `column-${id}`)).toEqual([]);
  });
});
