import { act, screen, waitFor } from "@testing-library/react";
import { lazy, useRef } from "react";
import { expect, it } from "vitest";
import type { Editor } from "#editor/editor.ts";
import type { LayoutService } from "#editor/layout/arrange.ts";
import { arrangeSimple } from "#editor/layout/layered-layout.ts";
import { CanvasArea } from "#ui/canvas-area.tsx";
import { Loading } from "#ui/loading.tsx";
import { useSettledMark } from "#ui/settled-mark.ts";
import { renderPart } from "./page.tsx";

function Landmark({ layout, children }: { readonly layout?: LayoutService; readonly children?: React.ReactNode }) {
  const main = useRef<HTMLElement>(null);
  useSettledMark(main);
  return (
    <main ref={main}>
      <CanvasArea layout={layout} />
      {children}
    </main>
  );
}

const mark = () => screen.getByRole("main").dataset.settled;
const atRest = () => waitFor(() => expect(mark()).toBe("true"));

/** A promise and the function that resolves it. */
function later<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((give) => (resolve = give));
  return { promise, resolve };
}

/** Waits until edits and checks are done, and a few frames more: only what a test holds back is left. */
async function onlyHeldBack({ store }: Editor): Promise<void> {
  await waitFor(() => expect(store.getState().status).toMatchObject({ waiting: 0, checking: false }));
  for (let frame = 0; frame < 4; frame++) await act(() => new Promise<void>((resolve) => requestAnimationFrame(() => resolve())));
}

it("is at rest when the edit is in the text and the checks have seen it, not before", async () => {
  const { editor } = await renderPart(<Landmark />);
  await atRest();
  act(() => void editor.dispatch({ edits: [{ kind: "rename-task", task: "main/a", name: "first" }] }));
  expect(mark()).toBe("false");
  await atRest();
  const { document, status } = editor.store.getState();
  expect(document.text).toContain("name: first");
  expect(status).toMatchObject({ waiting: 0, checking: false });
});

it("waits for the layout's answer", async () => {
  const answer = later<undefined>();
  const layout: LayoutService = {
    arrange: async (request) => {
      await answer.promise;
      return arrangeSimple(request);
    },
    dispose: () => undefined,
  };
  const { editor } = await renderPart(<Landmark layout={layout} />);
  await onlyHeldBack(editor);
  expect(mark()).toBe("false");
  await act(async () => answer.resolve(undefined));
  await atRest();
  expect(screen.getByRole("group", { name: "a" })).toBeInTheDocument();
});

it("waits for a part of the page that is shown and not yet loaded", async () => {
  const module = later<{ default: () => React.ReactNode }>();
  const Part = lazy(() => module.promise);
  const { editor } = await renderPart(
    <Landmark>
      <Loading>
        <Part />
      </Loading>
    </Landmark>,
  );
  await onlyHeldBack(editor);
  expect(mark()).toBe("false");
  await act(async () => module.resolve({ default: () => <p>here</p> }));
  expect(screen.getByText("here")).toBeInTheDocument();
  await atRest();
});

it("waits for the work that the page has started, until the last of it has ended", async () => {
  const { editor } = await renderPart(<Landmark />);
  await atRest();
  const [first, second] = [editor.pending.begin("focus"), editor.pending.begin("focus")];
  expect(mark()).toBe("false");
  first();
  first();
  expect(editor.pending.now()).toEqual(["focus"]);
  second();
  expect(mark()).toBe("false");
  await atRest();
});
