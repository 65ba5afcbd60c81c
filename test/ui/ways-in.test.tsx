import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { box, findBox, noBox, press, settled, showPage } from "./user-page.tsx";

const text = `# kept as it is
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: drop-}
spec:
  entrypoint: main
  templates:
  - name: main
    dag:
      tasks:
      - {name: one, template: work}
      - {name: two, template: work, dependencies: [one]}
  - name: work
    container: {image: "busybox:1"}
`;

test("a file dropped anywhere is opened", async () => {
  const page = await showPage();
  page.dropFile("dropped.yaml", text);
  await findBox("two");
  expect(page.editor.store.getState().document.fileName).toBe("dropped.yaml");
  await settled();
  expect(await page.exportedText()).toBe(text);
});

test("YAML pasted onto the page is opened; pasted into a field it stays text", async () => {
  const page = await showPage();
  act(() => box("a").focus());
  page.pasteText(text);
  await findBox("one");
  await settled();
  expect(await page.exportedText()).toBe(text);
  act(() => screen.getByRole("searchbox", { name: "Search components" }).focus());
  page.pasteText(text.replaceAll("two", "three"));
  await settled();
  expect(noBox("three")).toBe(true);
});

test("an older pipeline is found by its name in the command palette", async () => {
  const page = await showPage();
  await page.openText("older.yaml", text);
  await act(() => page.editor.flush());
  await page.openText("newer.yaml", text.replaceAll("two", "late"));
  await findBox("late");
  press("k", { ctrlKey: true });
  fireEvent.change(screen.getByRole("combobox", { name: "Find or run a command" }), { target: { value: "older" } });
  fireEvent.click(await screen.findByRole("option", { name: /older\.yaml/ }));
  await findBox("two");
});

test("keys with Ctrl and with Cmd do the same, and a Korean keyboard finds the letters by their place", async () => {
  const page = await showPage();
  await page.openText("keys.yaml", text);
  const tasks = (count: number) => waitFor(() => expect(screen.getByRole("contentinfo")).toHaveTextContent(`${count} tasks`));
  act(() => box("one").focus());
  press("ArrowRight");
  press("d", { metaKey: true });
  await tasks(3);
  press("z", { metaKey: true });
  await tasks(2);
  press("y", { ctrlKey: true });
  await tasks(3);
  act(() => box("two").focus());
  press("ㅜ", { code: "KeyN" });
  expect(await screen.findByRole("dialog", { name: "Add a task" })).toBeInTheDocument();
});
