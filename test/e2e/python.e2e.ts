import type { Page } from "playwright-core";
import { expect } from "vitest";
import { openDocument } from "#compiler/document.ts";
import { type Data, type DataMap, field, listField, textField } from "#data/data.ts";
import { drag, type App, e2e } from "./harness.ts";

/** The two functions of the data passing pipeline, as somebody would type them. */
const writeFile = `from kfp.components import OutputPath, create_component_from_func

@create_component_from_func
def write_file_op(
    data_output_path: OutputPath("dict")
):
    # 파일에 값을 씁니다
    import json

    with open(data_output_path, "w") as file:
        json.dump({"a": 300, "b": 10}, file)
`;
const readFile = `from kfp.components import InputPath

def read_file_and_multiply_op(
    data_input_path: InputPath("dict")
) -> float:
    # 파일을 읽어 곱합니다
    import json

    with open(data_input_path) as file:
        data = json.load(file)
    return float(data["a"] * data["b"])
`;
const exportMetric = `def export_metric_op(mlpipeline_metrics_path: OutputPath("Metrics")):
    import json

    metrics = {"metrics": [
        {"name": "auroc", "numberValue": 0.8, "format": "RAW"},
        {"name": "f1", "numberValue": 0.9, "format": "PERCENTAGE"},
    ]}
    with open(mlpipeline_metrics_path, "w") as file:
        json.dump(metrics, file)
`;

const code = (page: Page) => page.getByRole("textbox", { name: "Python code" });
const preview = (page: Page, title: string) => page.getByRole("dialog").getByRole("group", { name: title });
const box = (page: Page, title: string) => page.getByRole("main", { name: "Canvas" }).getByRole("group", { name: new RegExp(`^${title}`) });

/** The page opens with an example; a test starts from an empty canvas. */
async function emptyCanvas(page: Page): Promise<void> {
  await box(page, "Train").first().waitFor();
  await page.getByRole("button", { name: "New", exact: true }).click();
  await page.getByText("Add a first task").waitFor();
}

async function newPipeline(page: Page, name: string): Promise<void> {
  await emptyCanvas(page);
  const field = page.getByRole("textbox", { name: "Pipeline name" });
  await field.fill(name);
  await field.press("Enter");
}

/** Puts a text into the function editor and waits until the box beside it has ports of these names. */
async function write(page: Page, text: string, title: string): Promise<void> {
  await code(page).click();
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText(text);
  await preview(page, title).waitFor();
}

async function addFunction(page: Page, text: string, title: string): Promise<void> {
  await page.getByRole("button", { name: "Python function", exact: true }).click();
  await write(page, text, title);
  await page.getByRole("button", { name: "Add to pipeline" }).click();
  await box(page, title).first().waitFor();
}

const prefix = "pipelines.kubeflow.org/";

/** The one workflow of a downloaded file, with its templates by name. */
function read(text: string): {
  workflow: Data;
  spec: Data | undefined;
  templates: readonly Data[];
  template: (name: string) => Data | undefined;
} {
  const [workflow = null] = openDocument(text).stream;
  const spec = field(workflow, "spec");
  const templates = listField(spec, "templates");
  return { workflow, spec, templates, template: (name) => templates.find((one) => textField(one, "name") === name) };
}

/** A template without its program: what docs/spec/kfp-v1.md fixes field by field. The interface of the component is parsed. */
function shape(template: Data | undefined): DataMap {
  const container = field(template, "container");
  const metadata = field(template, "metadata");
  const annotations = field(metadata, "annotations");
  const { implementation, ...interfaceOnly } = JSON.parse(textField(annotations, `${prefix}component_spec`) ?? "{}") as DataMap;
  const command = listField(container, "command");
  return {
    image: field(container, "image") ?? null,
    args: field(container, "args") ?? null,
    command: [...command.slice(0, 2), /python3 -u .*"\$@"/s.test(String(command[2])), /argparse/.test(String(command[3])), command.length],
    sameProgram: JSON.stringify(field(field(implementation, "container"), "command")) === JSON.stringify(command),
    component: interfaceOnly,
    reference: field(annotations, `${prefix}component_ref`) ?? null,
    arguments: field(annotations, `${prefix}arguments.parameters`) ?? null,
    labels: field(metadata, "labels") ?? null,
    inputs: field(template, "inputs") ?? null,
    outputs: field(template, "outputs") ?? null,
  };
}

const labels = { [`${prefix}kfp_sdk_version`]: "1.8.22", [`${prefix}pipeline-sdk-type`]: "kfp", [`${prefix}enable_caching`]: "true" };
const command = ["sh", "-ec", true, true, 4];

/** The pipeline in which one step writes a file and another reads it: every field that docs/spec/kfp-v1.md names. */
function expectPassingByFile(text: string): void {
  const { workflow, spec, templates, template } = read(text);
  const metadata = field(workflow, "metadata");
  expect(textField(metadata, "generateName")).toBe("data-passing-by-file-example-");
  expect(JSON.parse(textField(field(metadata, "annotations"), `${prefix}pipeline_spec`) ?? "")).toEqual({
    name: "Data Passing by File Example",
  });
  expect(textField(spec, "entrypoint")).toBe("data-passing-by-file-example");
  expect(field(field(spec, "arguments"), "parameters")).toEqual([]);
  expect(textField(spec, "serviceAccountName")).toBe("pipeline-runner");
  expect(templates.map((one) => textField(one, "name"))).toEqual([
    "data-passing-by-file-example",
    "read-file-and-multiply-op",
    "write-file-op",
  ]);
  expect(template("data-passing-by-file-example")).toEqual({
    name: "data-passing-by-file-example",
    dag: {
      tasks: [
        {
          name: "read-file-and-multiply-op",
          template: "read-file-and-multiply-op",
          dependencies: ["write-file-op"],
          arguments: {
            artifacts: [{ name: "write-file-op-data_output", from: "{{tasks.write-file-op.outputs.artifacts.write-file-op-data_output}}" }],
          },
        },
        { name: "write-file-op", template: "write-file-op" },
      ],
    },
  });
  expect(shape(template("write-file-op"))).toEqual({
    image: "python:3.7",
    args: ["--data-output", "/tmp/outputs/data_output/data"],
    command,
    sameProgram: true,
    component: { name: "Write file op", outputs: [{ name: "data_output", type: "dict" }] },
    reference: "{}",
    arguments: null,
    labels,
    inputs: null,
    outputs: { artifacts: [{ name: "write-file-op-data_output", path: "/tmp/outputs/data_output/data" }] },
  });
  expect(shape(template("read-file-and-multiply-op"))).toEqual({
    image: "python:3.7",
    args: ["--data-input", "/tmp/inputs/data_input/data", "----output-paths", "/tmp/outputs/Output/data"],
    command,
    sameProgram: true,
    component: {
      name: "Read file and multiply op",
      inputs: [{ name: "data_input", type: "dict" }],
      outputs: [{ name: "Output", type: "Float" }],
    },
    reference: "{}",
    arguments: null,
    labels,
    inputs: { artifacts: [{ name: "write-file-op-data_output", path: "/tmp/inputs/data_input/data" }] },
    outputs: { artifacts: [{ name: "read-file-and-multiply-op-Output", path: "/tmp/outputs/Output/data" }] },
  });
  const program = String(listField(field(template("write-file-op"), "container"), "command")[3]);
  expect(program).toContain("    # 파일에 값을 씁니다\n");
  expect(program).not.toContain("@create_component_from_func");
  expect(program).toMatch(/def write_file_op\(\s*data_output_path\s*\):/);
  expect(program).toContain("'--data-output', dest='data_output_path'");
}

const exported = ({ page, download }: App) => download(() => page.getByRole("button", { name: "Export", exact: true }).click());

e2e(
  "a newcomer writes two Python functions, wires them with the mouse, and downloads what the Kubeflow SDK would have compiled",
  async (app) => {
    const { page, screenshot } = app;
    await newPipeline(page, "Data Passing by File Example");
    await addFunction(page, writeFile, "Write file op");
    await addFunction(page, readFile, "Read file and multiply op");
    await drag(
      page,
      page.getByRole("button", { name: "output data_output (artifact, dict)" }),
      page.getByRole("button", { name: "input data_input (artifact, dict)" }),
    );
    await expect.poll(() => page.getByRole("main", { name: "Canvas" }).getByText("needs a value").count(), { timeout: 10_000 }).toBe(0);
    await screenshot("python passing by file");
    const { text } = await exported(app);
    expectPassingByFile(text);
  },
);

e2e("a metrics step is written with the mouse; its metrics are shown as Kubeflow shows them", async (app) => {
  const { page, screenshot } = app;
  await newPipeline(page, "Export Metrics Example");
  await page.getByRole("button", { name: "Write a Python function" }).click();
  await write(page, exportMetric, "Export metric op");
  const shown = page.getByRole("table", { name: "Metrics in Kubeflow" });
  await expect.poll(() => shown.getByRole("row").allTextContents()).toEqual(["NameValue", "auroc0.8", "f190.000%"]);
  await screenshot("python metrics");
  await page.getByRole("button", { name: "Add to pipeline" }).click();
  await page.getByRole("button", { name: "output mlpipeline_metrics (artifact, Metrics)" }).waitFor();
  const { text } = await exported(app);
  const { workflow, templates, template } = read(text);
  expect(textField(field(workflow, "metadata"), "generateName")).toBe("export-metrics-example-");
  expect(templates.map((one) => textField(one, "name"))).toEqual(["export-metric-op", "export-metrics-example"]);
  expect(field(field(template("export-metrics-example"), "dag"), "tasks")).toEqual([
    { name: "export-metric-op", template: "export-metric-op" },
  ]);
  expect(shape(template("export-metric-op"))).toEqual({
    image: "python:3.7",
    args: ["--mlpipeline-metrics", "/tmp/outputs/mlpipeline_metrics/data"],
    command,
    sameProgram: true,
    component: { name: "Export metric op", outputs: [{ name: "mlpipeline_metrics", type: "Metrics" }] },
    reference: "{}",
    arguments: null,
    labels,
    inputs: null,
    outputs: { artifacts: [{ name: "mlpipeline-metrics", path: "/tmp/outputs/mlpipeline_metrics/data" }] },
  });
});

e2e("an error of a function is shown at its line while it is typed, and a program that cannot start is not added", async ({ page }) => {
  await emptyCanvas(page);
  await page.getByRole("button", { name: "Write a Python function" }).click();
  await write(
    page,
    "import pandas\n\ndef count(*rows, path_out: OutputPath('CSV')):\n    pandas.DataFrame(rows).to_csv(path_out)\n",
    "Count",
  );
  const problems = page.getByRole("list", { name: "Problems" });
  await problems.getByText("Line 3: The parameter “*rows” of “count” accepts any number of values").waitFor();
  await problems.getByText("“pandas” is imported outside of “count”").waitFor();
  expect(await page.getByRole("button", { name: "Add to pipeline" }).isDisabled()).toBe(true);
  await problems.getByRole("button").filter({ hasText: "any number of values" }).click();
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText("def count(rows: list) -> int:\n    return len(rows)\n");
  await expect.poll(() => page.getByRole("button", { name: "Add to pipeline" }).isEnabled()).toBe(true);
  expect(await problems.count()).toBe(0);
});

e2e(
  "the function of a task opens again; a new body changes its own lines only, a new signature generates the program again and keeps the wire",
  async (app) => {
    const { page } = app;
    await newPipeline(page, "Data Passing by File Example");
    await addFunction(page, writeFile, "Write file op");
    await addFunction(page, readFile, "Read file and multiply op");
    await drag(
      page,
      page.getByRole("button", { name: "output data_output (artifact, dict)" }),
      page.getByRole("button", { name: "input data_input (artifact, dict)" }),
    );
    await expect.poll(() => page.getByRole("main", { name: "Canvas" }).getByText("needs a value").count(), { timeout: 10_000 }).toBe(0);
    const before = (await exported(app)).text;

    await box(page, "Read file and multiply op").first().click();
    await page.getByRole("button", { name: "Edit Python function" }).click();
    await preview(page, "Read file and multiply op").waitFor();
    await write(
      page,
      `def read_file_and_multiply_op(
    data_input_path: InputPath("dict")
) -> float:
    import json

    with open(data_input_path) as file:
        data = json.load(file)
    return float(data["a"] + data["b"])
`,
      "Read file and multiply op",
    );
    await page.getByText("Only the function's text changes in the file.").waitFor();
    await page.getByRole("button", { name: "Save changes" }).click();
    const body = (await exported(app)).text;
    const [was, is] = [before.split("\n"), body.split("\n")];
    const changed = is.filter((line) => !was.includes(line));
    expect(changed.filter((line) => !line.includes("component_spec"))).toEqual(['            return float(data["a"] + data["b"])']);
    expect(changed.length).toBe(2);
    expect(JSON.stringify(shape(read(body).template("write-file-op")))).toBe(JSON.stringify(shape(read(before).template("write-file-op"))));
    expect(shape(read(body).template("read-file-and-multiply-op"))["sameProgram"]).toBe(true);

    await page.getByRole("button", { name: "Edit Python function" }).click();
    await preview(page, "Read file and multiply op").waitFor();
    await write(
      page,
      `def read_file_and_multiply_op(data_input_path: InputPath("dict"), factor: int = 2) -> float:
    import json
    with open(data_input_path) as file:
        data = json.load(file)
    return float(data["a"] * data["b"] * factor)
`,
      "Read file and multiply op",
    );
    await page.getByText("The signature changed, so the program is generated again").waitFor();
    await page.getByRole("button", { name: "Save changes" }).click();
    await page.getByRole("button", { name: "input factor (parameter, Integer)" }).waitFor();
    const again = (await exported(app)).text;
    const { template } = read(again);
    const task = listField(field(template("data-passing-by-file-example"), "dag"), "tasks")[0];
    expect(field(task, "arguments")).toEqual({
      artifacts: [{ name: "write-file-op-data_output", from: "{{tasks.write-file-op.outputs.artifacts.write-file-op-data_output}}" }],
    });
    expect(shape(template("read-file-and-multiply-op"))["args"]).toEqual([
      "--data-input",
      "/tmp/inputs/data_input/data",
      "--factor",
      "2",
      "----output-paths",
      "/tmp/outputs/Output/data",
    ]);

    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Undo" }).first().click();
    await page.getByRole("button", { name: "Undo" }).first().click();
    expect((await exported(app)).text).toBe(before);
  },
);

e2e("the data passing pipeline is built with the keyboard alone", async (app) => {
  const { page, screenshot, download } = app;
  const { keyboard } = page;
  const focused = () =>
    page.evaluate(() => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      return element?.getAttribute("aria-label") ?? element?.textContent ?? "";
    });
  /** Presses a key until the focus is on what is looked for. */
  const until = async (key: string, name: string | RegExp, most = 60) => {
    for (let count = 0; count < most; count++) {
      const now = await focused();
      if (typeof name === "string" ? now === name : name.test(now)) return;
      await keyboard.press(key);
    }
    throw new Error(`“${String(name)}” was not reached with ${key}; the focus is on “${await focused()}”`);
  };
  const command = async (name: string) => {
    await keyboard.press("Control+K");
    await page.getByRole("combobox", { name: "Find or run a command" }).waitFor();
    await keyboard.insertText(name);
    await page.getByRole("option", { name }).first().waitFor();
    await keyboard.press("Enter");
  };
  const writeByKeys = async (text: string, title: string) => {
    await command("Write a Python function");
    await expect.poll(focused, { timeout: 10_000 }).toBe("Python code");
    await keyboard.press("Control+A");
    await keyboard.insertText(text);
    await preview(page, title).waitFor();
    // Tab indents; Escape, then Tab leaves the text and the dialog stays open.
    await keyboard.press("Escape");
    await keyboard.press("Tab");
    await until("Tab", "Add to pipeline");
    await keyboard.press("Enter");
    expect(await focused()).toContain(title);
  };

  await box(page, "Train").first().waitFor();
  await command("New");
  await page.getByText("Add a first task").waitFor();
  await until("Tab", "Pipeline name", 80);
  await keyboard.press("Control+A");
  await keyboard.insertText("Data Passing by File Example");
  await keyboard.press("Enter");
  await writeByKeys(writeFile, "Write file op");
  await writeByKeys(readFile, "Read file and multiply op");

  // To the first input, into wire mode, through what fits, and connect.
  await keyboard.press("i");
  expect(await focused()).toBe("input data_input (artifact, dict)");
  await keyboard.press("Enter");
  await keyboard.press("ArrowDown");
  await keyboard.press("Enter");
  await expect.poll(() => page.getByRole("main", { name: "Canvas" }).getByText("needs a value").count(), { timeout: 10_000 }).toBe(0);
  await screenshot("python by keyboard");
  const { text } = await download(() => keyboard.press("Control+E"));
  expectPassingByFile(text);
});
