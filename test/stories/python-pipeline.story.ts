import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { type Story, story } from "./harness.ts";

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
const metrics = `from kfp import compiler, dsl
from kfp.components import OutputPath, create_component_from_func

@create_component_from_func
def export_metric_op(mlpipeline_metrics_path: OutputPath("Metrics")):
    import json
    found = {"metrics": [{"name": "auroc", "numberValue": 0.75, "format": "RAW"}]}
    with open(mlpipeline_metrics_path, "w") as out:
        json.dump(found, out)

@dsl.pipeline(name="Export Metrics Example")
def export_metrics():
    export_metric_op()

compiler.Compiler().compile(export_metrics, __file__ + ".yaml")
`;
const control = `from kfp import dsl
from kfp.components import create_component_from_func

@create_component_from_func
def toss(seed: int) -> str:
    return "heads" if seed % 2 else "tails"

@create_component_from_func
def work(item: int):
    print(item)

@create_component_from_func
def tell():
    print("done")

@dsl.pipeline(name="Toss and work")
def toss_and_work(seed: int = 3):
    volume = dsl.VolumeOp(name="room", resource_name="room", size="1Gi", modes=dsl.VOLUME_MODE_RWO)
    with dsl.ExitHandler(tell()):
        tossed = toss(seed)
        with dsl.Condition(tossed.output == "heads", name="heads"):
            with dsl.ParallelFor([1, 2, 3]) as item:
                work(item).add_pvolumes({"/mnt": volume.volume}).set_memory_limit("1Gi")
`;
const incomplete = `from kfp import dsl

@dsl.pipeline(name="Only half")
def half(rate: float = 0.1):
    made = load_rows(rate)
    box = dsl.ContainerOp(name="box", image="python:3.9", command=["true"])
    box.after(made)
`;

const canvas = (page: Page) => page.getByRole("main", { name: "Canvas" });
const box = (page: Page, title: string) =>
  canvas(page)
    .getByRole("group", { name: new RegExp(`^${title}`) })
    .first();

/** Pastes a text where no field has the focus. */
async function paste({ page }: Story, text: string): Promise<void> {
  await box(page, "Train").waitFor();
  await page.evaluate((pasted) => {
    const data = new DataTransfer();
    data.setData("text/plain", pasted);
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
}

async function openPython({ page }: Story, name: string, text: string): Promise<void> {
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

async function exported(story: Story) {
  return story.download(() => story.page.getByRole("button", { name: "Export", exact: true }).click());
}

story("a pasted script becomes the pipeline that the command line makes of it", async (told) => {
  await paste(told, byFile);
  await box(told.page, "Read file and multiply op").waitFor();
  await box(told.page, "Write file op").waitFor();
  const file = await exported(told);
  expect(file.name).toBe("pasted.yaml");
  expect(withoutStamps(file.text)).toBe(withoutStamps(compiled(byFile)));
});

story("a chosen Python file opens under its own name and counts as not exported", async (told) => {
  await openPython(told, "metrics.py", metrics);
  await box(told.page, "Export metric op").waitFor();
  await told.page.locator(".docname b").filter({ hasText: "metrics.yaml" }).waitFor();
  expect(await told.page.getByText("were not understood").count()).toBe(0);
  const file = await exported(told);
  expect(file.name).toBe("metrics.yaml");
  expect(withoutStamps(file.text)).toBe(withoutStamps(compiled(metrics)));
});

story("volumes, conditions, loops and exit handlers of a script stand on the canvas", async (told) => {
  await paste(told, control);
  await box(told.page, "room").waitFor();
  await told.screenshot("python control flow");
  const file = await exported(told);
  expect(withoutStamps(file.text)).toBe(withoutStamps(compiled(control)));
});

story("what a script does not say is listed with its line, and the rest opens", async (told) => {
  const { page } = told;
  await openPython(told, "half.py", incomplete);
  await box(page, "box").waitFor();
  const notice = page.getByRole("status").filter({ hasText: "half.py" });
  await notice.getByText(/of half\.py (was|were) not understood/).waitFor();
  await notice.getByRole("button", { name: "Show problems" }).click();
  const row = page.getByRole("region", { name: "Problems" }).getByRole("listitem").filter({ hasText: "half.py:5:" });
  await row.getByText("made = load_rows(rate)").last().waitFor();
  await told.screenshot("python left out");
  await notice.getByRole("button", { name: "Dismiss" }).click();
  expect(await notice.count()).toBe(0);
  await row.first().waitFor();
});

story("of several pipelines in a file one is chosen", async (told) => {
  const { page } = told;
  const second = metrics.replace(
    "compiler.Compiler()",
    `@dsl.pipeline(name="Twice")\ndef twice():\n    export_metric_op()\n    export_metric_op()\n\ncompiler.Compiler()`,
  );
  await openPython(told, "two.py", second);
  const dialog = page.getByRole("dialog", { name: "Which pipeline of two.py do you want to open?" });
  await dialog.getByRole("button", { name: "twice" }).click();
  await page.locator(".docname b").filter({ hasText: "two.yaml" }).waitFor();
  await box(page, "Export metric op").waitFor();
  expect((await exported(told)).text).toContain('"name": "Twice"');
});

story("a file of functions alone goes into the function editor", async (told) => {
  await openPython(
    told,
    "functions.py",
    `from kfp.components import create_component_from_func\n\ndef double(a: int) -> int:\n    return 2 * a\n`,
  );
  await told.page.getByRole("textbox", { name: "Python code" }).waitFor();
  await told.page.getByRole("dialog").getByRole("group", { name: "Double" }).waitFor();
});
