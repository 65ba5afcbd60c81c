import { act, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Editor } from "#editor/editor.ts";
import { renderPage } from "./whole-page.tsx";

const text = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: fields-}
spec:
  entrypoint: main
  templates:
  - name: main
    dag:
      tasks:
      - {name: disk, template: disk}
      - {name: give, template: give}
      - {name: train, template: train}
      - {name: shared-1, template: shared}
      - {name: shared-2, template: shared}
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
  - name: give
    container: {image: busybox}
    outputs:
      parameters: [{name: value, valueFrom: {path: /tmp/value}}]
      artifacts: [{name: file, path: /tmp/file}]
  - name: train
    inputs: {parameters: [{name: rate}]}
    container: {image: busybox, volumeMounts: [{name: cache, mountPath: /cache, readOnly: true}]}
    volumes: [{name: cache, emptyDir: {}}]
  - name: shared
    container: {image: busybox, volumeMounts: [{name: cache, mountPath: /cache}]}
    volumes: [{name: cache, emptyDir: {}}]
`;

afterEach(() => vi.restoreAllMocks());

async function begin(task: string) {
  const page = await renderPage(text, (editor) =>
    editor.session((now) => ({ selection: [`main/${task}`], panels: { ...now.panels, right: "inspector" } })),
  );
  const inspector = within(await screen.findByRole("complementary", { name: "Inspector" }));
  await inspector.findByRole("group", { name: "cache" });
  const canvas = screen.getByRole("application");
  // Happy DOM lays nothing out: the canvas ends at x = 700, the inspector is beyond.
  vi.spyOn(canvas, "getBoundingClientRect").mockReturnValue(new DOMRect(0, 0, 700, 800));
  let under: Element = canvas;
  document.elementFromPoint = () => under;
  const port = (box: string, name: string) => within(screen.getByRole("group", { name: box })).getByRole("button", { name });
  const press = (element: Element) => fireEvent.pointerDown(element, { pointerId: 1, button: 0, buttons: 1, clientX: 100, clientY: 100 });
  const over = (element: Element) => {
    under = element;
    fireEvent.pointerMove(window, { pointerId: 1, buttons: 1, clientX: 800, clientY: 100 });
  };
  const release = () => fireEvent.pointerUp(window, { pointerId: 1, clientX: 800, clientY: 100 });
  return { ...page, inspector, port, press, over, release };
}
const volume = "output volume (volume)";
const settled = (editor: Editor) => act(() => editor.settledText());

describe("a volume dragged into the inspector", () => {
  it("is mounted at the row that it is let go on, in place of what was mounted there", async () => {
    const { editor, inspector, port, press, over, release } = await begin("train");
    const row = inspector.getByRole("group", { name: "cache" });
    press(port("disk", volume));
    over(row);
    expect(row).toHaveAttribute("data-wire", "yes");
    expect(row).toHaveAttribute("data-wire-over");
    release();
    expect(await settled(editor)).toContain(`mountPath: /cache, name: disk, readOnly: true`);
    expect(await settled(editor)).toContain('claimName: "{{inputs.parameters.disk-name}}"');
    expect((await settled(editor)).match(/emptyDir/g)).toHaveLength(1);
    expect(editor.store.getState().history.past).toHaveLength(1);
    expect(inspector.queryByRole("group", { name: "cache" })).toBeNull();
    expect(inspector.getByRole("group", { name: "disk" })).not.toHaveAttribute("data-wire");
  });
  it("let go on “Add volume” is mounted at a free path", async () => {
    const { editor, inspector, port, press, over, release } = await begin("train");
    press(port("disk", volume));
    over(inspector.getByRole("combobox", { name: "Add volume" }));
    release();
    expect(await settled(editor)).toMatch(/mountPath: \/mnt\b/);
  });
  it("shows why a row refuses it, over the row and after the drop until the next press", async () => {
    const { editor, inspector, port, press, over, release } = await begin("shared-1");
    const row = inspector.getByRole("group", { name: "cache" });
    press(port("disk", volume));
    over(row);
    expect(row).toHaveAttribute("data-wire", "no");
    expect(within(row).getByRole("status")).toHaveTextContent(/shared/);
    release();
    expect(within(row).getByRole("status")).toHaveTextContent(/shared/);
    expect(await settled(editor)).toBe(text);
    fireEvent.pointerDown(document.body);
    expect(within(row).queryByRole("status")).toBeNull();
  });
  it("a value cannot be mounted", async () => {
    const { editor, inspector, port, press, over, release } = await begin("train");
    const row = inspector.getByRole("group", { name: "cache" });
    press(port("give", "output value (parameter)"));
    over(row);
    release();
    expect(within(row).getByRole("status")).toHaveTextContent("Only the volume of a task that creates one can be mounted.");
    fireEvent.keyDown(document.body, { key: "Escape" });
    expect(within(row).queryByRole("status")).toBeNull();
    expect(await settled(editor)).toBe(text);
  });
});

describe("an output dragged into the inspector", () => {
  const input = (inspector: ReturnType<typeof within>) => inspector.getByText("rate").closest("[data-wire-field]")!;
  it("feeds the input of the row", async () => {
    const { editor, inspector, port, press, over, release } = await begin("train");
    press(port("give", "output value (parameter)"));
    over(input(inspector));
    release();
    expect(await settled(editor)).toContain("{{tasks.give.outputs.parameters.value}}");
  });
  it("is refused with the reason where it does not fit", async () => {
    const { editor, inspector, port, press, over, release } = await begin("train");
    press(port("give", "output file (artifact)"));
    over(input(inspector));
    release();
    expect(within(input(inspector) as HTMLElement).getByRole("status")).not.toBeEmptyDOMElement();
    expect(await settled(editor)).toBe(text);
  });
  it("let go beside every row changes nothing, and no row stays lit", async () => {
    const { editor, inspector, port, press, over, release } = await begin("train");
    press(port("give", "output value (parameter)"));
    over(document.body);
    release();
    expect(await settled(editor)).toBe(text);
    expect(input(inspector)).not.toHaveAttribute("data-wire");
  });
  it("Escape ends it over a row", async () => {
    const { editor, inspector, port, press, over, release } = await begin("train");
    press(port("give", "output value (parameter)"));
    over(input(inspector));
    fireEvent.keyDown(document.body, { key: "Escape" });
    expect(input(inspector)).not.toHaveAttribute("data-wire");
    release();
    expect(await settled(editor)).toBe(text);
  });
});
