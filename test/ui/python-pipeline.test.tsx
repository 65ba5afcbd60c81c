import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { dagwright, folderWith } from "../cli/terminal.ts";
import { canvas, findBox, settled, showPage } from "./user-page.tsx";

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

/** What the command line makes of the same file. */
async function compiled(text: string): Promise<string> {
  const folder = folderWith({ "file.py": text });
  try {
    expect((await dagwright(["compile", folder.path("file.py"), "-o", folder.path("file.yaml")])).code).toBe(0);
    return readFileSync(folder.path("file.yaml"), "utf8");
  } finally {
    folder.remove();
  }
}

const withoutStamps = (text: string) => text.replace(/(pipeline_compilation_time: )\S+/g, "$1'-'");
const fileName = () => screen.getByRole("heading", { level: 1 }).textContent;

test("a chosen Python file opens under its own name and counts as not exported", async () => {
  const page = await showPage();
  await page.choose(new File([metrics], "metrics.py"));
  await findBox("Export metric op");
  expect(fileName()).toMatch(/^metrics\.yaml/);
  expect(screen.getByRole("img", { name: "Changed since the last export" })).toBeInTheDocument();
  expect(screen.queryByText(/not understood/)).toBeNull();
  const text = await page.exportedText();
  expect(page.outside.downloads.at(-1)?.name).toBe("metrics.yaml");
  expect(withoutStamps(text)).toBe(withoutStamps(await compiled(metrics)));
});

test("volumes, conditions, loops and exit handlers of a pasted script are on the canvas", async () => {
  const page = await showPage();
  page.pasteText(control);
  await findBox("room");
  await settled();
  expect(withoutStamps(await page.exportedText())).toBe(withoutStamps(await compiled(control)));
});

test("what a script does not say is listed with its line, and the rest opens", async () => {
  const page = await showPage();
  await page.choose(new File([incomplete], "half.py"));
  await findBox("box");
  const notice = (await screen.findByText(/of half\.py (was|were) not understood/)).closest<HTMLElement>("[role=status]");
  if (!notice) throw new Error("the notice is no status");
  fireEvent.click(within(notice).getByRole("button", { name: "Show problems" }));
  const problems = within(await screen.findByRole("region", { name: "Problems" }));
  const row = (await problems.findAllByRole("listitem")).find((one) => one.textContent?.includes("half.py:5:"));
  expect(row).toHaveTextContent("made = load_rows(rate)");
  fireEvent.click(within(notice).getByRole("button", { name: "Dismiss" }));
  await waitFor(() => expect(notice).not.toBeInTheDocument());
  expect(row).toBeInTheDocument();
});

test("of several pipelines in a file one is chosen", async () => {
  const second = metrics.replace(
    "compiler.Compiler()",
    `@dsl.pipeline(name="Twice")\ndef twice():\n    export_metric_op()\n    export_metric_op()\n\ncompiler.Compiler()`,
  );
  const page = await showPage();
  await page.choose(new File([second], "two.py"));
  const dialog = await screen.findByRole("dialog", { name: "Which pipeline of two.py do you want to open?" });
  fireEvent.click(within(dialog).getByRole("button", { name: "twice" }));
  await waitFor(() => expect(within(canvas()).getAllByRole("group", { name: "Export metric op" })).toHaveLength(2));
  expect(fileName()).toMatch(/^two\.yaml/);
  expect(await page.exportedText()).toContain('"name": "Twice"');
});
