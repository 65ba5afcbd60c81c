import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { lineDifference } from "#editor/changed-lines.ts";
import { box, drag, e2e, exportedText, open, openText, setting, settled } from "./harness.ts";

const text = readFileSync(new URL("../fixtures/kfp-v2/nightly.yaml", import.meta.url), "utf8");
const canvas = (page: Page) => page.getByRole("main", { name: "Canvas" });

/** The lines that differ, each with its sign. */
function changes(after: string): readonly string[] {
  return lineDifference(text, after).flatMap((row) => (row.kind === "same" ? [] : [`${row.kind === "added" ? "+" : "-"} ${row.text}`]));
}

e2e(
  "a limit, a value out of a loop and a claim change only their lines of a compiled KFP v2 pipeline",
  async (app) => {
    const { page, screenshot } = app;
    await openText(app, "nightly.yaml", text);
    await canvas(page).getByRole("button", { name: "Expand “Loop 1” in place" }).click();
    await box(page, "fit").click();
    await setting(page, "CPU limit").fill("4");
    await setting(page, "CPU limit").press("Enter");
    await page.getByRole("button", { name: "2 lines changed" }).waitFor();

    const inspector = page.getByRole("complementary", { name: "Inspector" });
    await inspector.getByRole("button", { name: "Add Claims" }).click();
    const claim = inspector.getByRole("group", { name: "Claims 1" }).getByRole("textbox");
    await claim.nth(0).fill("team-data");
    await page.keyboard.press("Tab");
    await claim.nth(1).fill("/data");
    await page.keyboard.press("Enter");
    await settled(page);
    await screenshot("a KFP v2 task with a claim");

    await drag(
      page,
      canvas(page).getByRole("button", { name: "output error (parameter, float)" }),
      canvas(page).getByRole("button", { name: "input errors (parameter, list)" }),
    );
    await screenshot("a value out of a loop");
    expect(changes(await exportedText(app))).toEqual([
      "+       outputs:",
      "+         parameters:",
      "+           pipelinechannel--fit-error:",
      "+             valueFromParameter:",
      "+               outputParameterKey: error",
      "+               producerSubtask: fit",
      "+     outputDefinitions:",
      "+       parameters:",
      "+         pipelinechannel--fit-error:",
      "+           parameterType: LIST",
      "-           cpuLimit: 2.0",
      "+           cpuLimit: 4.0",
      "-           resourceCpuLimit: '2'",
      "+           resourceCpuLimit: '4'",
      "+         dependentTasks:",
      "+         - for-loop-2",
      "-               runtimeValue:",
      "-                 constant:",
      "-                 - 0.5",
      "+               taskOutputParameter:",
      "+                 outputParameterKey: pipelinechannel--fit-error",
      "+                 producerTask: for-loop-2",
      "+           pvcMount:",
      "+           - constant: team-data",
      "+             mountPath: /data",
    ]);
  },
  { width: 1600 },
);

e2e("memory, a GPU, a time limit and a secret are set in the panel of a compiled KFP v2 task", async (app) => {
  const { page } = app;
  await openText(app, "nightly.yaml", text);
  await box(page, "report").click();
  for (const [name, value] of [
    ["Memory limit", "2Gi"],
    ["Accelerators", "1"],
    ["Time limit", "600"],
  ] as const) {
    await setting(page, name).fill(value);
    await setting(page, name).press("Enter");
  }
  const inspector = page.getByRole("complementary", { name: "Inspector" });
  await inspector.getByRole("button", { name: "Add Variables from Secrets" }).click();
  const secret = inspector.getByRole("group", { name: "Variables from Secrets 1" }).getByRole("textbox");
  for (const [index, value] of ["registry", "token", "TOKEN"].entries()) await secret.nth(index).fill(value);
  await secret.nth(2).press("Enter");
  await settled(page);
  expect(changes(await exportedText(app))).toEqual([
    "+         resources:",
    "+           accelerator:",
    "+             resourceCount: '1'",
    "+             resourceType: nvidia.com/gpu",
    "+           resourceMemoryLimit: 2Gi",
    "+         exec-report:",
    "+           activeDeadlineSeconds: '600'",
    "+           secretAsEnv:",
    "+           - secretName: registry",
    "+             keyToEnv:",
    "+             - secretKey: token",
    "+               envVar: TOKEN",
  ]);
});

e2e("the first visit offers an example of each format", async () => {
  for (const [format, task] of [
    ["Kubeflow Pipelines v1", "Fit line"],
    ["Kubeflow Pipelines v2", "Make points"],
    ["Argo", "prepare"],
  ] as const) {
    const { e2e: visit, close } = await open();
    await visit.page.getByText("An example of").waitFor();
    await visit.page.locator(".hints").getByRole("button", { name: format, exact: true }).click();
    await box(visit.page, task).waitFor();
    await settled(visit.page);
    await visit.page.getByRole("contentinfo").getByText(format, { exact: false }).waitFor();
    await close();
  }
});
