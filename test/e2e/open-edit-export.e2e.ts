import { expect } from "vitest";
import { box, exportedText, openText, setting, settled, e2e } from "./harness.ts";
import { nightly as text } from "#test/fixtures/pipelines.ts";

/** The text with one line replaced. */
function withLine(from: string, to: string): string {
  expect(text.split(from)).toHaveLength(2);
  return text.replace(from, to);
}

e2e("a newcomer gives one task of a file more CPU, looks at the one changed line and gets the file back with it", async (app) => {
  const { page } = app;
  await openText(app, "nightly.yaml", text);
  await box(page, "score").click();
  await setting(page, "CPU limit").fill("4");
  await setting(page, "CPU limit").press("Enter");
  const changed = page.getByRole("button", { name: "1 line changed" });
  await changed.click();
  const dialog = page.getByRole("dialog", { name: "Changed lines" });
  await dialog.getByText("1 added, 1 removed").waitFor();
  expect(await dialog.locator(".ln.del").innerText()).toContain("cpu: 2          # was 1 before the big customers");
  expect(await dialog.locator(".ln.add").innerText()).toContain("cpu: 4          # was 1 before the big customers");
  await page.keyboard.press("Escape");
  await settled(page);
  const file = await app.download(() => page.getByRole("button", { name: "Export" }).click());
  expect(file.name).toBe("nightly.yaml");
  expect(file.text).toBe(withLine("cpu: 2          # was", "cpu: 4          # was"));
  await changed.waitFor({ state: "detached" });
});

e2e("a file with the line ends of Windows keeps them, in the changed lines too", async (app) => {
  const { page } = app;
  const windows = text.replaceAll("\n", "\r\n");
  await openText(app, "windows.yaml", windows);
  await box(page, "score").click();
  await setting(page, "CPU limit").fill("4");
  await setting(page, "CPU limit").press("Enter");
  await setting(page, "GPU limit").fill("1");
  await setting(page, "GPU limit").press("Enter");
  await page.getByRole("button", { name: "2 lines changed" }).waitFor();
  await settled(page);
  const out = await exportedText(app);
  expect(out.replaceAll("\r\n", "")).not.toContain("\n");
  expect(out).toBe(
    windows.replace(
      "cpu: 2          # was 1 before the big customers\r\n                    memory: 4Gi",
      "cpu: 4          # was 1 before the big customers\r\n                    memory: 4Gi\r\n                    nvidia.com/gpu: 1",
    ),
  );
});
