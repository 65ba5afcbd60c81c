/**
 * The browser is killed at random moments while somebody types in a field, types in the YAML pane or edits on the canvas, and started again
 * with the same profile. Of typing at most the last 300 ms may be lost; of what the page called "Saved", nothing; and what is
 * there again is a state that really was on the screen.
 */
import type { Page } from "playwright-core";
import { afterAll, expect, inject, test } from "vitest";
import { openDocument } from "#compiler/document.ts";
import { field, listField, textField } from "#data/data.ts";
import { isCi, runs } from "#test/runs.ts";
import { Draw } from "#test/yaml/random-text.ts";
import { box, openText, setting, settled } from "./harness.ts";
import { makeProfile } from "./killed-browser.ts";

const base = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: kill-}
spec:
  entrypoint: main
  templates:
  - name: main
    dag:
      tasks:
      - {name: target, template: work}
  - name: work
    container: {image: "busybox:1"}
`;
const kills = runs(isCi ? 20 : 4, 200);
/** What the promise says, in milliseconds. */
const promised = 300;

const profile = makeProfile();
afterAll(() => profile.remove());

/** Something seen on the screen, and when it was typed (milliseconds since 1970; all processes share the clock). */
interface Seen {
  readonly state: string;
  readonly at: number;
}

/** One way of working that is interrupted. */
interface Work {
  /** Prepares the page and returns the state before the first thing is done. */
  begin(page: Page): Promise<string>;
  /** Does the next small thing and returns the state that the screen shows then. */
  next(page: Page, draw: Draw): Promise<string>;
  /** Reads in the page what its screen shows; the same text as `next` gives. */
  readonly probe: string;
  /** What is there again after the restart. */
  recovered(page: Page): Promise<string>;
}

/** The whole text, as the YAML pane has it for editing. */
async function yamlText(page: Page): Promise<string> {
  const area = await yamlArea(page);
  const text = await area.inputValue();
  await page.getByRole("button", { name: "Done", exact: true }).click();
  await page.getByRole("contentinfo").getByRole("button", { name: "YAML" }).click();
  return text;
}

async function yamlArea(page: Page) {
  const area = page.locator("textarea.yaml-text");
  if (!(await area.isVisible())) {
    const edit = page.getByRole("button", { name: "Edit text", exact: true });
    if (!(await edit.isVisible())) await page.getByRole("contentinfo").getByRole("button", { name: "YAML" }).click();
    await edit.click();
  }
  await area.waitFor();
  return area;
}

function inField(): Work {
  let typed = "";
  return {
    probe: `document.querySelector('[aria-label="Image"]')?.value`,
    async begin(page) {
      await box(page, "target").click();
      await setting(page, "Image").fill("");
      return (typed = "");
    },
    async next(page, draw) {
      const key = draw.pick([..."abcdefghijklmnop0123456789/:.-"]);
      await page.keyboard.press(key);
      return (typed += key);
    },
    async recovered(page) {
      await box(page, "target").click();
      return setting(page, "Image").inputValue();
    },
  };
}

function inText(): Work {
  let text = "";
  let typed = "";
  return {
    probe: `document.querySelector("textarea.yaml-text")?.value`,
    async begin(page) {
      const area = await yamlArea(page);
      text = await area.inputValue();
      await area.focus();
      await page.keyboard.press("Control+End");
      typed = "";
      return text;
    },
    async next(page, draw) {
      // Most of the time the text cannot be read as YAML while it is typed.
      const key = typed === "" ? "{" : draw.pick([..."abcdefghijklmnop [{:#\n"]);
      await page.keyboard.press(key === "\n" ? "Enter" : key === " " ? "Space" : key);
      typed += key;
      return text + typed;
    },
    async recovered(page) {
      return (await yamlArea(page)).inputValue();
    },
  };
}

function onCanvas(round: number): Work {
  let names: readonly string[] = [];
  let done = 0;
  const namesIn = (text: string) => {
    const [workflow = null] = openDocument(text).stream;
    const main = listField(field(workflow, "spec"), "templates").find((one) => textField(one, "name") === "main");
    return listField(field(main, "dag"), "tasks").map((task) => textField(task, "name") ?? "");
  };
  return {
    probe: `document.querySelector("footer")?.textContent?.match(/\\d+ tasks?/)?.[0].replace(/task$/, "tasks")`,
    async begin(page) {
      names = namesIn(await yamlText(page));
      await box(page, "target").click();
      return names.join(" ");
    },
    async next(page) {
      const name = `k${round}-${done++}`;
      await page.evaluate((yaml) => {
        const data = new DataTransfer();
        data.setData("text/plain", yaml);
        document.activeElement?.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
      }, `tasks:\n- {name: ${name}, template: work}\nx-dagwright: {version: 1, layout: {}}\n`);
      names = [...names, name];
      return names.join(" ");
    },
    async recovered(page) {
      return namesIn(await yamlText(page)).join(" ");
    },
  };
}

/** Notes in each frame what the screen shows while it says "Saved": that must never be lost. */
async function watchSaved(page: Page, probe: string, saved: string[]): Promise<void> {
  await page.exposeBinding("noteSaved", (_, state: string) => void saved.push(state));
  // As text, since the page's policy forbids to make a function of the probe there.
  await page.evaluate(`(() => {
    let last;
    const look = () => {
      const isSaved = [...document.querySelectorAll('[role="status"]')].some((one) => one.textContent.trim() === "Saved");
      const state = isSaved ? ${probe} : undefined;
      if (state !== undefined && state !== last) noteSaved(state);
      last = state ?? last;
      requestAnimationFrame(look);
    };
    look();
  })()`);
}

/**
 * Notes when the page receives each state that is typed. The time of this process, after the key was answered, would be later: what was lost
 * would look younger than it is.
 */
async function watchTyping(page: Page, probe: string, typedAt: Map<string, number>): Promise<void> {
  await page.exposeBinding("noteTyped", (_, state: string, at: number) => void (typedAt.has(state) || typedAt.set(state, at)));
  await page.evaluate(`document.addEventListener("input", () => noteTyped(${probe}, Date.now()), true)`);
}

test(
  `${kills} times killed: no more than ${promised} ms of typing is lost, nothing that was saved, nothing mixed up`,
  async () => {
    const draw = new Draw(7);
    const address = inject("page");
    let life = await profile.start(address);
    await settled(life.page);
    await openText(life, "kill.yaml", base);
    await expect.poll(() => isSaved(life.page)).toBe(true);
    let worst = 0;
    for (let round = 0; round < kills; round++) {
      const { page } = life;
      const kind = ["field", "text", "canvas"][round % 3] as "field" | "text" | "canvas";
      const work = kind === "field" ? inField() : kind === "text" ? inText() : onCanvas(round);
      const before = await work.begin(page);
      await expect.poll(() => isSaved(page)).toBe(true);

      const saved: string[] = [];
      await watchSaved(page, work.probe, saved);
      const typedAt = new Map<string, number>();
      await watchTyping(page, work.probe, typedAt);
      const seen: Seen[] = [{ state: before, at: 0 }];
      const until = Date.now() + 100 + draw.below(1400);
      let isKilled = false;
      const working = (async () => {
        while (!isKilled) {
          const state = await work.next(page, draw);
          if (isKilled) break;
          seen.push({ state, at: Date.now() });
          await new Promise((resolve) => setTimeout(resolve, 10 + draw.below(60)));
        }
      })().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, until - Date.now()));
      isKilled = true;
      const killedAt = Date.now();
      await life.kill();
      await working;

      life = await profile.start(address);
      await settled(life.page);
      // Something else than the pipeline is shown only with a reason.
      expect(await life.page.getByRole("alert").allInnerTexts(), `round ${round}, ${kind}`).toEqual([]);
      expect(await life.page.locator(".docname b").innerText(), `round ${round}, ${kind}`).toBe("kill.yaml");
      const again = await work.recovered(life.page);
      const message = `round ${round}, ${kind}`;
      // The key that was on its way when the browser died may have arrived: it is a longer state.
      const index = seen.findLastIndex(({ state }) => state === again);
      const isNewer = index < 0 && again.startsWith((seen.at(-1) as Seen).state);
      expect(index >= 0 || isNewer, `${message}: what is there was on the screen: ${again.slice(-80)}`).toBe(true);
      const reached = isNewer ? seen.length - 1 : index;

      for (const state of saved) {
        const acknowledged = seen.findIndex((one) => isDisplayedAs(kind, one.state, state));
        if (acknowledged >= 0) expect(reached, `${message}: ${state.slice(-80)} was called saved`).toBeGreaterThanOrEqual(acknowledged);
      }
      const firstLost = seen[reached + 1];
      if (kind !== "canvas" && firstLost) {
        const lost = killedAt - (typedAt.get(firstLost.state) ?? firstLost.at);
        worst = Math.max(worst, lost);
        expect(lost, `${message}: milliseconds of typing lost`).toBeLessThanOrEqual(promised);
      }
      if (kind === "text" || round % 12 === 11) await reset(life.page);
    }
    console.info(`kill: ${kills} kills, at most ${worst} ms of typing lost`);
  },
  60_000 + kills * 30_000,
);

/** Whether a state of ours is what the page showed: on the canvas it shows how many tasks there are. */
function isDisplayedAs(kind: "field" | "text" | "canvas", ours: string, shown: string): boolean {
  return kind === "canvas" ? `${ours === "" ? 0 : ours.split(" ").length} tasks` === shown : ours === shown;
}

async function isSaved(page: Page): Promise<boolean> {
  return page.evaluate(() => [...document.querySelectorAll('[role="status"]')].some((one) => one.textContent?.trim() === "Saved"));
}

/** Puts the first text back. */
async function reset(page: Page): Promise<void> {
  const area = await yamlArea(page);
  await area.fill(base);
  await page.getByRole("button", { name: "Done", exact: true }).click();
  await settled(page);
  await page.getByRole("contentinfo").getByRole("button", { name: "YAML" }).click();
}
