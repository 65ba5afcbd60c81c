import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { box, canvas, findBox, settled, showPage, type UserPage } from "./user-page.tsx";

const head = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: odd-}
spec:
  entrypoint: main
`;

/** Opens a text and returns the rows of the problem list, which opens by itself for a file that cannot be read in full. */
async function problemsOf(page: UserPage, name: string, text: string): Promise<string[]> {
  await page.openText(name, text);
  const tab = within(screen.getByRole("contentinfo")).getByRole("button", { name: /^Problems/ });
  if (tab.getAttribute("aria-pressed") === "false") fireEvent.click(tab);
  const rows = within(await screen.findByRole("region", { name: "Problems" })).findAllByRole("listitem");
  return (await rows).map((row) => row.textContent ?? "");
}

/** The page still does what it is asked. */
async function expectWorking(): Promise<void> {
  fireEvent.click(screen.getByRole("button", { name: "New" }));
  await settled();
  fireEvent.click(await screen.findByRole("button", { name: "Run a container" }));
  await findBox("container-1");
}

test("a truncated file opens as far as it can, and says once at which line it ends too early", async () => {
  const page = await showPage();
  const rows = await problemsOf(
    page,
    "cut.yaml",
    `${head}  templates:\n  - name: main\n    dag:\n      tasks:\n      - name: a\n        template: work\n  - name: work\n    container: {image: busybox, args: ["one`,
  );
  expect(rows.join("\n")).toMatch(/line 13/);
  expect(box("a")).toBeInTheDocument();
  expect(screen.getByText("Line 13 could not be read; the canvas shows what comes before it.")).toBeInTheDocument();
  // One error is one problem: what comes after it is not reported as missing.
  expect(rows).toHaveLength(1);
  await expectWorking();
});

test("a wrong kind of value in the place of a template is named with its place, and the rest is drawn", async () => {
  const page = await showPage();
  const rows = await problemsOf(
    page,
    "kinds.yaml",
    `${head}  templates:\n  - name: main\n    dag:\n      tasks: {a: 1}\n  - just a text\n  - name: [x]\n    container: 7\n`,
  );
  expect(rows.length).toBeGreaterThan(1);
  expect(rows.join("\n")).toMatch(/line (8|9|10|11|12)/);
  await expectWorking();
});

test("the error of a text of which nothing can be drawn is described once, and the canvas does not contradict it", async () => {
  const page = await showPage();
  await problemsOf(page, "open.yaml", "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata: {generateName: x-\nspec: {}\n");
  const rows = within(screen.getByRole("region", { name: "Problems" })).getAllByRole("listitem");
  expect(rows).toHaveLength(1);
  const leaves = [...rows[0]!.querySelectorAll("*")].filter((one) => one.children.length === 0 && (one.textContent ?? "").trim() !== "");
  const message = leaves
    .map((one) => one.textContent?.trim() ?? "")
    .reduce((longest, text) => (text.length > longest.length ? text : longest));
  expect(within(canvas()).getByText("This text cannot be read yet")).toBeInTheDocument();
  expect(screen.getAllByText(message)).toHaveLength(1);
  expect(within(canvas()).queryByText(/the rest is shown|No workflow/)).toBeNull();
});

test("a file that is no workflow says so and keeps its text", async () => {
  const page = await showPage();
  const text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {b: c}\n";
  await page.openText("map.yaml", text);
  expect(screen.getByText("No workflow in this file")).toBeInTheDocument();
  expect(await page.exportedText()).toBe(text);
  await expectWorking();
});

test("a bomb of aliases is refused with its place, and the page goes on", async () => {
  const lines = ["a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]"];
  for (let level = 1; level < 12; level++) {
    const [name, before] = [String.fromCharCode(97 + level), String.fromCharCode(96 + level)];
    lines.push(`${name}: &${name} [${Array(9).fill(`*${before}`).join(", ")}]`);
  }
  const rows = await problemsOf(await showPage(), "bomb.yaml", `${lines.join("\n")}\n`);
  expect(rows.join("\n")).toMatch(/alias/i);
  expect(rows.join("\n")).toMatch(/line \d+/);
  await expectWorking();
});

test("templates that call each other twice, 26 levels deep, are shown and not unrolled", async () => {
  const letters = [..."abcdefghijklmnopqrstuvwxyz"];
  const graphs = letters.map((letter, index) => {
    const next = letters[(index + 1) % letters.length];
    return `  - name: ${letter}\n    dag:\n      tasks:\n      - {name: left, template: ${next}}\n      - {name: right, template: ${next}, dependencies: [left]}\n`;
  });
  const page = await showPage();
  await page.openText("deep.yaml", `${head.replace("main", "a")}  templates:\n${graphs.join("")}`);
  expect(box("left")).toBeInTheDocument();
  fireEvent.click(screen.getAllByRole("button", { name: "Outline" })[0]!);
  expect((await within(await screen.findByRole("tree", { name: "Outline" })).findAllByRole("treeitem")).length).toBeGreaterThan(0);
  await settled();
  await expectWorking();
});

test("a file of 50 MB is refused with a message, and nothing is lost", async () => {
  const page = await showPage();
  await page.openText("small.yaml", `${head}  templates:\n  - {name: main, container: {image: busybox}}\n`);
  const huge = new Uint8Array(Buffer.alloc(50 * 1024 * 1024, "- a: b\n"));
  await page.choose({ name: "huge.yaml", arrayBuffer: async () => huge.buffer });
  expect(await screen.findByText(/The text has 52,428,800 characters/)).toBeInTheDocument();
  await settled();
  await expectWorking();
});

test("a file that is not text is refused, and the current pipeline stays", async () => {
  const page = await showPage();
  await page.choose(new File([new Uint8Array([137, 80, 78, 71, 0, 0, 0, 1])], "picture.yaml"));
  expect(await screen.findByText(/“picture.yaml” is not a text file/)).toBeInTheDocument();
  expect(screen.getByRole("alert")).toHaveTextContent("“picture.yaml” is not a text file");
  expect(box("a")).toBeInTheDocument();
  await waitFor(() => expect(page.editor.store.getState().document.fileName).toBe("test.yaml"));
});
