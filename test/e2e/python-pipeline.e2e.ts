import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { type App, e2e } from "./harness.ts";

const byFile = `import kfp
from kfp import dsl
from kfp.components import InputPath, OutputPath, create_component_from_func

@create_component_from_func
def write_file_op(data_output_path: OutputPath("dict")):
    # 두 수를 파일에 남깁니다
    import json
    with open(data_output_path, "w") as out:
        json.dump({"left": 6, "right": 7}, out)

@create_component_from_func
def read_file_and_multiply_op(data_input_path: InputPath("dict")) -> float:
    import json
    with open(data_input_path) as source:
        pair = json.load(source)
    return float(pair["left"] * pair["right"])

@dsl.pipeline(name="Data Passing by File Example")
def by_file():
    written = write_file_op()
    read_file_and_multiply_op(written.outputs["data_output"])

if __name__ == "__main__":
    kfp.compiler.Compiler().compile(by_file, "by-file.yaml")
`;
const canvas = (page: Page) => page.getByRole("main", { name: "Canvas" });
const box = (page: Page, title: string) =>
  canvas(page)
    .getByRole("group", { name: new RegExp(`^${title}`) })
    .first();

/** Pastes a text where no field has the focus. */
async function paste({ page }: App, text: string): Promise<void> {
  await box(page, "Train").waitFor();
  await page.evaluate((pasted) => {
    const data = new DataTransfer();
    data.setData("text/plain", pasted);
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
}

async function openPython({ page }: App, name: string, text: string): Promise<void> {
  await box(page, "Train").waitFor();
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.getByRole("button", { name: "Open", exact: true }).click()]);
  await chooser.setFiles({ name, mimeType: "text/x-python", buffer: Buffer.from(text) });
}

/** What the command line makes of the same file. */
function compiled(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "dagwright-python-"));
  const [from, to] = [join(folder, "file.py"), join(folder, "file.yaml")];
  writeFileSync(from, text);
  execFileSync(process.execPath, ["bin/dagwright.js", "compile", from, "-o", to]);
  return readFileSync(to, "utf8");
}

const withoutStamps = (text: string) => text.replace(/(pipeline_compilation_time: )\S+/g, "$1'-'");

async function exported(e2e: App) {
  return e2e.download(() => e2e.page.getByRole("button", { name: "Export", exact: true }).click());
}

e2e("a pasted script becomes the pipeline that the command line makes of it", async (app) => {
  await paste(app, byFile);
  await box(app.page, "Read file and multiply op").waitFor();
  await box(app.page, "Write file op").waitFor();
  const file = await exported(app);
  expect(file.name).toBe("pasted.yaml");
  expect(withoutStamps(file.text)).toBe(withoutStamps(compiled(byFile)));
});

e2e("a file of functions alone goes into the function editor", async (app) => {
  await openPython(
    app,
    "functions.py",
    `from kfp.components import create_component_from_func\n\ndef double(a: int) -> int:\n    return 2 * a\n`,
  );
  await app.page.getByRole("textbox", { name: "Python code" }).waitFor();
  await app.page.getByRole("dialog").getByRole("group", { name: "Double" }).waitFor();
});
