import type { Page } from "playwright-core";
import { expect } from "vitest";
import { checkDocument, openDocument } from "#compiler/index.ts";
import { field as dataField, listField, textField, valueAt } from "#data/data.ts";
import { box, drag, exportedText, openText, settled, e2e, type App } from "./harness.ts";

const text = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: disk-}
spec:
  entrypoint: main
  templates:
  - name: main
    dag:
      tasks:
      - {name: disk, template: disk}
      - {name: train, template: train}
      - {name: wait, template: wait}
  - name: disk
    resource:
      action: create
      manifest: |
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: "{{workflow.name}}-disk"}
        spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
    outputs:
      parameters:
      - {name: disk-name, valueFrom: {jsonPath: "{.metadata.name}"}}
  - name: train
    container: {image: busybox}
  - name: wait
    suspend: {}
`;

const volume = (page: Page) => box(page, "disk").locator("[data-port]");

async function templateNamed(app: App, name: string) {
  const document = openDocument(await exportedText(app));
  expect(checkDocument(document).filter(({ level }) => level === "error")).toEqual([]);
  const spec = dataField(document.stream[0], "spec");
  return listField(spec, "templates").find((one) => textField(one, "name") === name);
}

e2e("a volume dragged onto a box is mounted in it, at a path that is ready and can be changed", async (app) => {
  const { page, screenshot } = app;
  await openText(app, "disk.yaml", text);
  await drag(page, volume(page), box(page, "train"));
  const dialog = page.getByRole("dialog", { name: "Mount the volume of “disk” in “train” at" });
  const path = dialog.getByRole("textbox", { name: "Mount path" });
  expect(await path.inputValue()).toBe("/mnt");
  await screenshot("mount a volume");
  await page.keyboard.type("data:x");
  await dialog.getByText("is not a path in the container").waitFor();
  await path.fill("/data");
  await path.press("Enter");
  await dialog.waitFor({ state: "detached" });
  await settled(page);
  const train = await templateNamed(app, "train");
  expect(valueAt(train, ["container", "volumeMounts"])).toEqual([{ mountPath: "/data", name: "disk" }]);
  expect(valueAt(train, ["volumes"])).toEqual([{ name: "disk", persistentVolumeClaim: { claimName: "{{inputs.parameters.disk-name}}" } }]);
  // One step: undone, the file is as it was.
  await page.keyboard.press("Control+z");
  await settled(page);
  expect(await exportedText(app)).toBe(text);
});

e2e("a volume dragged onto the port of a mount is mounted there instead of the one before", async (app) => {
  const { page } = app;
  const two = text
    .replace("- {name: train,", "- {name: other, template: disk}\n      - {name: train,")
    .replace(
      "template: train}",
      'template: train, dependencies: [other], arguments: {parameters: [{name: claim, value: "{{tasks.other.outputs.parameters.disk-name}}"}]}}',
    )
    .replace(
      "container: {image: busybox}",
      `inputs: {parameters: [{name: claim}]}
    container: {image: busybox, volumeMounts: [{name: work, mountPath: /work}]}
    volumes: [{name: work, persistentVolumeClaim: {claimName: "{{inputs.parameters.claim}}"}}]`,
    );
  await openText(app, "disks.yaml", two);
  await drag(page, volume(page), box(page, "train").locator("[data-port]"));
  await settled(page);
  expect(await exportedText(app)).toContain('value: "{{tasks.disk.outputs.parameters.disk-name}}"');
});

e2e("a volume dragged onto a task that runs no container says why it cannot be mounted, until Escape", async (app) => {
  const { page } = app;
  await openText(app, "disk.yaml", text);
  await drag(page, volume(page), box(page, "wait"));
  const reason = page.getByRole("alertdialog");
  await reason.getByText("runs no container").waitFor();
  await page.keyboard.press("Escape");
  await reason.waitFor({ state: "detached" });
  await settled(page);
  expect(await exportedText(app)).toBe(text);
});

e2e("in a new pipeline a volume let go on the empty canvas is mounted in the container that is added there", async (app) => {
  const { page } = app;
  await page.getByRole("button", { name: "New", exact: true }).click();
  const palette = page.getByRole("complementary", { name: "Palette" });
  await palette.getByRole("button", { name: "Create volume (VolumeOp)" }).press("Enter");
  const made = page.getByRole("main", { name: "Canvas" }).locator("[data-box]").first();
  await settled(page);
  const at = await made.boundingBox();
  if (!at) throw new Error("the new volume is not in view");
  await drag(page, made.getByRole("button", { name: /^output volume/ }), { x: at.x + at.width + 60, y: at.y + at.height + 90 });
  const field = page.getByRole("combobox", { name: "Add a task" });
  await field.fill("container");
  await field.press("Enter");
  await box(page, "container-1").waitFor();
  await settled(page);
  const container = await templateNamed(app, "container-1");
  expect(listField(dataField(container, "container"), "volumeMounts").map((one) => textField(one, "mountPath"))).toEqual(["/mnt"]);
});
