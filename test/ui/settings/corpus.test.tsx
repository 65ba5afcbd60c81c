import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fireEvent, render } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { applies, type Holder, pathOf, pipelineHolder, readingOf, templateHolder, wholeOf } from "#editor/settings/access.ts";
import { settingsOf } from "#editor/settings/table.ts";
import { fits, textOf, typedAs } from "#editor/settings/value-text.ts";
import { readModel } from "#compiler/readers.ts";
import { type Data, isMap, valueAt } from "#data/data.ts";
import { SettingsOf } from "#ui/inspector/settings-of.tsx";
import { PageContext } from "#ui/use-editor.ts";
import { parse } from "#yaml/parse.ts";
import { atLeast, corpusFolder } from "#test/corpus-folder.ts";
import { isSoak } from "#test/runs.ts";
import { editorWith } from "../../editor/outside.ts";

const settings = settingsOf("argo");

/** Every template and pipeline of a file. */
function holdersOf(text: string): readonly Holder[] {
  const { stream } = parse(text);
  return readModel(stream).model.objects.flatMap((object) =>
    object.kind === "workflow"
      ? [pipelineHolder(stream, object), ...object.templates.map((template) => templateHolder(stream, object, template))]
      : [],
  );
}

/** What kind of data a value is, for telling panels apart that would look alike. */
function shapeOf(value: Data | undefined, depth = isSoak ? 3 : 1): unknown {
  if (Array.isArray(value))
    return depth === 0 ? "list" : [...new Set((value as readonly Data[]).map((item) => JSON.stringify(shapeOf(item, depth - 1))))].sort();
  if (isMap(value))
    return depth === 0
      ? "map"
      : Object.keys(value)
          .sort()
          .map((key) => [key, shapeOf(value[key], depth - 1)]);
  return value === null ? "null" : typeof value;
}

describe("with the files of the corpus", () => {
  const files = readdirSync(corpusFolder, { recursive: true })
    .map(String)
    .filter((name) => /\.ya?ml$/.test(name));
  const holders = files.flatMap((name) =>
    holdersOf(readFileSync(join(corpusFolder, name), "utf8")).map((holder) => [name, holder] as const),
  );

  it("every value of every setting is read as it is, and its text means the same again", () => {
    expect(holders.length).toBeGreaterThan(atLeast(200, 20));
    const wrong: string[] = [];
    for (const [name, holder] of holders) {
      for (const setting of settings) {
        if (!applies(setting, holder)) continue;
        const at = valueAt(holder.data, pathOf(setting, holder));
        const reading = readingOf(setting, holder);
        if (!setting.json && at !== undefined && at !== null && reading.value !== at) wrong.push(`${name} ${setting.id}: read otherwise`);
        if (reading.state !== "set" || reading.patched) continue;
        const text = textOf(setting.shape, reading.value);
        if (text === undefined) {
          if (!fits(setting.shape, reading.value)) wrong.push(`${name} ${setting.id}: neither text nor form`);
          continue;
        }
        const typed = typedAs(setting.shape, text, reading.value);
        if (typed.ok && typed.value !== reading.value && text !== "")
          wrong.push(`${name} ${setting.id}: ${text} means ${JSON.stringify(typed.value)}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it("a panel shows each kind of template and pipeline, and writes nothing by itself", async () => {
    const editor = await editorWith("a: 1\n");
    const seen = new Set<string>();
    for (const [, holder] of holders) {
      const shape = JSON.stringify([holder.area, shapeOf(holder.data)]).slice(0, 20_000);
      if (seen.has(shape)) continue;
      seen.add(shape);
      const tabs =
        holder.area === "task"
          ? (["inputs", "resources", "volumes", "env", "run", "yaml"] as const)
          : (["general", "run", "placement", "volumes", "yaml"] as const);
      const view = render(
        <PageContext value={{ editor, canvas: { current: null } }}>
          <SettingsOf holders={[holder]} owner="test" of="test" onFocus={() => undefined} tabs={tabs} parts={{}} />
        </PageContext>,
      );
      const yaml = [...view.container.querySelectorAll("button")].filter((button) => button.textContent === "Expand").at(-1);
      if (yaml) fireEvent.click(yaml);
      const whole = view.container.querySelector<HTMLTextAreaElement>('textarea[aria-label="Everything as YAML"]');
      const data = wholeOf(holder, holder.area === "pipeline" ? holder.specKey : []);
      if (isMap(data)) expect(parse(`${whole?.value ?? ""}\n`).stream[0] ?? null).toEqual(data);
      const unnamed = [...view.container.querySelectorAll("input, select, textarea")].filter(
        (field) => !field.getAttribute("aria-label") && !field.closest("label"),
      );
      expect(unnamed.map((field) => field.outerHTML)).toEqual([]);
      view.unmount();
    }
    expect(seen.size).toBeGreaterThan(atLeast(20, 10));
    expect(editor.store.getState().history.past).toHaveLength(0);
    expect(await editor.settledText()).toBe("a: 1\n");
  }, 240_000);
});
