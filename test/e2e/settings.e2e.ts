import type { Page } from "playwright-core";
import { expect } from "vitest";
import { openDocument } from "#compiler/document.ts";
import { type Data, field, listField, textField, valueAt } from "#data/data.ts";
import { e2e } from "./harness.ts";

const training = `name: Training op
inputs:
- {name: learning_rate, type: Float}
- {name: num_layers, type: Integer}
- {name: optimizer, type: String}
implementation:
  container:
    image: example/train:1
    command: [python3, train.py]
    args: [--learning-rate, {inputValue: learning_rate}, --layers, {inputValue: num_layers}, --optimizer, {inputValue: optimizer}]
`;

const canvas = (page: Page) => page.getByRole("main", { name: "Canvas" });
const box = (page: Page, title: string) =>
  canvas(page)
    .getByRole("group", { name: new RegExp(`^${title}`) })
    .first();
const inspector = (page: Page) => page.getByRole("complementary", { name: "Inspector" });
const named = (page: Page, name: string) => inspector(page).getByLabel(name, { exact: true });

async function fill(page: Page, name: string, text: string): Promise<void> {
  await named(page, name).fill(text);
  await named(page, name).press("Enter");
}

async function add(page: Page, entry: string, text: string): Promise<void> {
  await page.getByRole("complementary", { name: "Palette" }).getByRole("button", { name: entry }).press("Enter");
  await fill(page, "Name", text);
  await box(page, text).waitFor();
}

function templateNamed(workflow: Data, name: string): Data | undefined {
  return listField(field(workflow, "spec"), "templates").find((one) => textField(one, "name") === name);
}

e2e(
  "resources, a GPU, a volume made by the run and a secret are set by mouse, as the tutorial's third part has them",
  async ({ page, download, screenshot }) => {
    await box(page, "Train").waitFor();
    await page.getByRole("button", { name: "New", exact: true }).click();
    await page.getByText("Add a first task").waitFor();
    await fill(page, "Pipeline name", "Resource example");
    for (const [name, value] of [
      ["learning_rate", "0.01"],
      ["num_layers", "2"],
      ["optimizer", "adam"],
    ] as const) {
      await inspector(page).getByRole("button", { name: "Add parameter" }).click();
      await named(page, "Parameter name").last().fill(name);
      await named(page, "Parameter name").last().press("Enter");
      await fill(page, `Value of ${name}`, value);
    }

    await add(page, "Create volume (VolumeOp)", "v1");
    await fill(page, "Claim name", "{{workflow.name}}-mypvc");
    await named(page, "Access mode").selectOption("ReadWriteMany");
    await page
      .locator('[data-input="components"]')
      .setInputFiles([{ name: "training.yaml", mimeType: "application/yaml", buffer: Buffer.from(training) }]);
    await box(page, "Training op").waitFor();
    await box(page, "Training op").click();
    for (const name of ["learning_rate", "num_layers", "optimizer"]) {
      await inspector(page)
        .getByRole("button", { name: "Connect…" })
        .nth(["learning_rate", "num_layers", "optimizer"].indexOf(name))
        .click();
      await named(page, `Connect… ${name}`).selectOption({ label: `pipeline parameter “${name}”` });
    }
    await fill(page, "CPU request", "2");
    await fill(page, "CPU limit", "4");
    await fill(page, "Memory request", "1GB");
    await inspector(page).getByRole("button", { name: "Use 1G" }).click();
    await fill(page, "Memory limit", "2G");
    await inspector(page).getByRole("button", { name: "More GPUs" }).click();
    await screenshot("settings training");

    await add(page, "Container step", "test");
    await named(page, "Add volume").selectOption({ label: "Volume of “v1”" });
    await fill(page, "Mount path of v1", "/mnt");
    await inspector(page).getByRole("button", { name: "Add variable" }).click();
    await named(page, "Variable name").fill("example_env");
    await named(page, "Variable name").press("Enter");
    await fill(page, "Value of example_env", "env_variable");
    await screenshot("settings test");
    const literal =
      openDocument((await download(() => page.getByRole("button", { name: "Export", exact: true }).click())).text).stream[0] ?? null;
    expect(valueAt(templateNamed(literal, "test"), ["container", "env"])).toEqual([{ name: "example_env", value: "env_variable" }]);

    await named(page, "From example_env").selectOption("secret");
    await fill(page, "Secret of example_env", "team");
    await fill(page, "Key of example_env", "token");
    const workflow =
      openDocument((await download(() => page.getByRole("button", { name: "Export", exact: true }).click())).text).stream[0] ?? null;

    const volume = templateNamed(workflow, "v1");
    const claim = openDocument(textField(field(volume, "resource"), "manifest") ?? "").stream[0];
    expect(textField(field(volume, "resource"), "action")).toBe("create");
    expect(claim).toEqual({
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      metadata: { name: "{{workflow.name}}-mypvc" },
      spec: { accessModes: ["ReadWriteMany"], resources: { requests: { storage: "1Gi" } } },
    });
    expect(listField(field(volume, "outputs"), "parameters").map((one) => textField(one, "name"))).toEqual([
      "v1-manifest",
      "v1-name",
      "v1-size",
    ]);

    const train = templateNamed(workflow, "training-op");
    expect(valueAt(train, ["container", "resources"])).toEqual({
      requests: { cpu: "2", memory: "1G" },
      limits: { cpu: "4", memory: "2G", "nvidia.com/gpu": 1 },
    });
    expect(valueAt(train, ["inputs", "parameters"])).toEqual([{ name: "learning_rate" }, { name: "num_layers" }, { name: "optimizer" }]);
    expect(JSON.parse(String(valueAt(train, ["metadata", "annotations", "pipelines.kubeflow.org/arguments.parameters"])))).toEqual({
      learning_rate: "{{inputs.parameters.learning_rate}}",
      num_layers: "{{inputs.parameters.num_layers}}",
      optimizer: "{{inputs.parameters.optimizer}}",
    });

    const test = templateNamed(workflow, "test");
    expect(valueAt(test, ["inputs", "parameters"])).toEqual([{ name: "v1-name" }]);
    expect(valueAt(test, ["volumes"])).toEqual([{ name: "v1", persistentVolumeClaim: { claimName: "{{inputs.parameters.v1-name}}" } }]);
    expect(valueAt(test, ["container", "volumeMounts"])).toEqual([{ mountPath: "/mnt", name: "v1" }]);
    expect(valueAt(test, ["container", "env"])).toEqual([
      { name: "example_env", valueFrom: { secretKeyRef: { name: "team", key: "token" } } },
    ]);

    const entry = templateNamed(workflow, textField(field(workflow, "spec"), "entrypoint") ?? "");
    expect(textField(entry, "name")).toBe("resource-example");
    expect(valueAt(entry, ["inputs", "parameters"])).toEqual([{ name: "learning_rate" }, { name: "num_layers" }, { name: "optimizer" }]);
    const tasks = Object.fromEntries(listField(field(entry, "dag"), "tasks").map((task) => [textField(task, "name"), task]));
    expect(Object.keys(tasks).sort()).toEqual(["test", "training-op", "v1"]);
    expect(tasks.test).toMatchObject({
      template: "test",
      dependencies: ["v1"],
      arguments: { parameters: [{ name: "v1-name", value: "{{tasks.v1.outputs.parameters.v1-name}}" }] },
    });
    expect(valueAt(tasks["training-op"], ["arguments", "parameters"])).toEqual(
      ["learning_rate", "num_layers", "optimizer"].map((name) => ({ name, value: `{{inputs.parameters.${name}}}` })),
    );
  },
  { width: 1440, height: 900 },
);
