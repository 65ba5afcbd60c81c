import { expect } from "vitest";
import { box, e2e } from "./harness.ts";

e2e(
  "a first visit shows an example, says what can be done with it, keeps quiet once dismissed, and keeps the theme chosen",
  async ({ page }) => {
    expect(await page.title()).toContain("Dagwright");
    await page.getByText("An example to explore and change.").waitFor();
    await box(page, "Train").waitFor();
    for (const name of ["New", "Open", "Export", "Copy YAML", "Undo", "Redo", "Arrange", "Command palette"])
      expect(await page.getByRole("button", { name }).count(), name).toBe(1);
    await page.getByRole("button", { name: "Dismiss" }).click();
    await page.getByText("An example to explore and change.").waitFor({ state: "detached" });

    const paint = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const seen: string[] = [];
    for (const theme of ["light", "dark", "high contrast"]) {
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox", { name: /Find or run/ }).fill(`Theme: ${theme}`);
      await page.keyboard.press("Enter");
      await page.getByRole("dialog").waitFor({ state: "detached" });
      seen.push(await paint());
    }
    expect(new Set(seen).size).toBeGreaterThan(1);
    const last = seen.at(-1);
    await page.reload();
    await box(page, "Train").waitFor();
    expect(await paint()).toBe(last);
  },
);

e2e(
  "in a Korean browser the page speaks Korean throughout",
  async ({ page }) => {
    await page.getByRole("button", { name: "내보내기", exact: true }).waitFor();
    await page.getByRole("main", { name: "캔버스" }).getByRole("group", { name: "Train", exact: true }).click();
    await page.getByRole("complementary", { name: "인스펙터" }).getByLabel("CPU 제한").waitFor();
    expect(await page.locator("html").getAttribute("lang")).toBe("ko");
    const words = await page.evaluate(() =>
      [...document.querySelectorAll("button, h2, .label, .status *, .notice *")]
        .filter((one) => one.children.length === 0 && !one.closest("[translate=no]"))
        .map((one) => one.textContent?.trim() ?? ""),
    );
    const english = words.filter((word) => /^[A-Z][a-z]+( [a-z]+)+$/.test(word));
    expect(english).toEqual([]);
  },
  { language: "ko-KR" },
);
