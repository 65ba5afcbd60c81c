import type { Page } from "playwright-core";
import { expect } from "vitest";
import { box, exportedText, openText, settled, e2e, type App } from "./harness.ts";

const text = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: pair-}
spec:
  entrypoint: main
  templates:
  - name: main
    dag:
      tasks:
      - {name: make, template: make}
      - {name: use, template: use}
  - name: make
    outputs: {parameters: [{name: count, valueFrom: {path: /tmp/count}}]}
    container: {image: busybox}
  - name: use
    inputs: {parameters: [{name: size}]}
    container: {image: busybox, args: ["{{inputs.parameters.size}}"]}
`;
const wired = "{{tasks.make.outputs.parameters.count}}";

const output = (page: Page) => page.getByRole("button", { name: "output count (parameter)" });
const input = (page: Page) => page.getByRole("button", { name: "input size (parameter)" });

async function ends(page: Page): Promise<{ readonly from: Point; readonly to: Point }> {
  await box(page, "use").waitFor();
  await settled(page);
  const [from, to] = await Promise.all([output(page), input(page)].map((port) => port.boundingBox()));
  if (!from || !to) throw new Error("both ports must be in view");
  return { from: middle(from), to: middle(to) };
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function middle({ x, y, width, height }: Point & { readonly width: number; readonly height: number }): Point {
  return { x: x + width / 2, y: y + height / 2 };
}

async function expectWire(app: App): Promise<void> {
  await app.page.getByText("1 wire", { exact: false }).first().waitFor();
  expect(await app.page.getByRole("application").getAttribute("data-gesture"), "the open gesture").toBeNull();
  await settled(app.page);
  expect(await exportedText(app)).toContain(wired);
}

e2e("a fast drag draws its wire although the computer is twenty times slower", async (app) => {
  const { page, context } = app;
  await openText(app, "pair.yaml", text);
  const { from, to } = await ends(page);
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 20 });
  const mouse = (type: "mousePressed" | "mouseMoved" | "mouseReleased", { x, y }: Point) =>
    session.send("Input.dispatchMouseEvent", {
      type,
      x,
      y,
      button: "left",
      buttons: type === "mouseReleased" ? 0 : 1,
      clickCount: type === "mouseMoved" ? 0 : 1,
    });
  // Nothing waits for the page: all events are on their way before it has handled the first.
  await Promise.all([
    mouse("mousePressed", from),
    ...[0.3, 0.6, 1].map((part) => mouse("mouseMoved", { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part })),
    mouse("mouseReleased", to),
  ]);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  await expectWire(app);
});

e2e("a wire is drawn by a press, a move and a release within one task", async (app) => {
  const { page } = app;
  await openText(app, "pair.yaml", text);
  const points = await ends(page);
  await page.evaluate(({ from, to }) => {
    const send = (type: string, { x, y }: { x: number; y: number }, buttons: number) =>
      document.elementFromPoint(x, y)?.dispatchEvent(
        new PointerEvent(type, {
          bubbles: true,
          cancelable: true,
          clientX: x,
          clientY: y,
          pointerId: 1,
          pointerType: "mouse",
          isPrimary: true,
          button: type === "pointermove" ? -1 : 0,
          buttons,
        }),
      );
    send("pointerdown", from, 1);
    send("pointermove", to, 1);
    send("pointerup", to, 0);
  }, points);
  await expectWire(app);
});

e2e("a wire let go outside of the window is over, and Escape ends one wherever the focus is", async (app) => {
  const { page } = app;
  await openText(app, "pair.yaml", text);
  const { from } = await ends(page);
  const graph = page.getByRole("application");
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 60, from.y + 120, { steps: 3 });
  await page.mouse.move(-40, 300, { steps: 3 });
  await page.mouse.up();
  await expect.poll(() => graph.getAttribute("data-gesture")).toBeNull();
  await page.keyboard.press("Escape");

  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 60, from.y + 120, { steps: 3 });
  await page.getByRole("button", { name: "Export", exact: true }).focus();
  await page.keyboard.press("Escape");
  expect(await graph.getAttribute("data-gesture")).toBeNull();
  await page.mouse.up();
  await settled(page);
  expect(await exportedText(app)).toBe(text);
});

e2e(
  "after many random presses, moves and keys of a real mouse no gesture is open and the text is what it was or still reads",
  async (app) => {
    const { page } = app;
    await openText(app, "pair.yaml", text);
    await ends(page);
    const area = await page.getByRole("application").boundingBox();
    if (!area) throw new Error("the canvas must be in view");
    const random = randomOf(8);
    for (let i = 0; i < 60; i++) {
      const button = (["left", "left", "left", "middle", "right"] as const)[Math.floor(random() * 5)]!;
      const spot = () => ({ x: area.x + 8 + random() * (area.width - 16), y: area.y + 8 + random() * (area.height - 16) });
      const [start, end] = [spot(), spot()];
      await page.mouse.move(start.x, start.y);
      await page.mouse.down({ button });
      await page.mouse.move(end.x, end.y, { steps: 2 });
      if (random() < 0.3) await page.keyboard.press("Escape");
      await page.mouse.up({ button });
    }
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await expect.poll(() => page.getByRole("application").getAttribute("data-gesture")).toBeNull();
    await box(page, "make").waitFor({ state: "attached" });
  },
);

e2e(
  "the middle button, the right button and the space bar pan the view, on boxes too, and move nothing; a right click opens the menu",
  async (app) => {
    const { page } = app;
    await openText(app, "pair.yaml", text);
    await ends(page);
    const place = async () => middle((await box(page, "make").boundingBox()) ?? { x: NaN, y: NaN, width: 0, height: 0 });
    const title = box(page, "make").getByText("make", { exact: true }).first();
    for (const how of ["middle", "right", "space"] as const) {
      const before = await place();
      const spot = middle((await title.boundingBox()) ?? { x: NaN, y: NaN, width: 0, height: 0 });
      await page.mouse.move(spot.x, spot.y);
      if (how === "space") {
        await box(page, "make").focus();
        await page.keyboard.down("Space");
      }
      await page.mouse.down({ button: how === "space" ? "left" : how });
      await page.mouse.move(spot.x + 60, spot.y + 40, { steps: 4 });
      await page.mouse.up({ button: how === "space" ? "left" : how });
      if (how === "space") await page.keyboard.up("Space");
      await settled(page);
      const after = await place();
      expect([Math.round(after.x - before.x), Math.round(after.y - before.y)], how).toEqual([60, 40]);
      expect(await page.getByRole("menu").count(), how).toBe(0);
    }
    await title.click({ button: "right" });
    await page.getByRole("menu").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("menu").waitFor({ state: "detached" });
    await settled(page);
    expect(await page.getByRole("button", { name: "Undo" }).isEnabled(), "nothing was moved").toBe(false);
  },
);

/** Numbers from 0 to 1, the same in every run (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
