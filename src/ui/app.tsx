import { useEffect, useMemo, useRef } from "react";
import { setPanel } from "#editor/actions.ts";
import { commands } from "#editor/commands/all.ts";
import type { Editor } from "#editor/editor.ts";
import { bringIn } from "#editor/library/bring-files.ts";
import { readFiles } from "#editor/library/read-files.ts";
import type { Library } from "#editor/library/library.ts";
import type { LayoutService } from "#editor/layout/arrange.ts";
import type { CanvasHandle } from "./canvas/canvas-props.ts";
import { CanvasArea, canvasMenu } from "./canvas-area.tsx";
import { listenToClipboard } from "./clipboard.ts";
import { guardFocus } from "./focus-guard.ts";
import { DropOverlay } from "./drop-overlay.tsx";
import { CommandPalette } from "./dialogs/command-palette.tsx";
import { earlyPart } from "./early-part.tsx";
import { canvasShown, lazyPart } from "./lazy-part.ts";
import { Loading } from "./loading.tsx";
import { problemsPanel } from "./landmark-ids.ts";
import { listenToKeys } from "./keyboard.ts";
import { LeftColumn } from "./palette/left-column.tsx";
import { RightColumn } from "./right-column.tsx";
import { useSettledMark } from "./settled-mark.ts";
import { StatusBar } from "./status-bar.tsx";
import { TopBar } from "./top-bar.tsx";
import { PageContext, runCommand, useEditorState, usePage, useTranslate, type Page } from "./use-editor.ts";
import type { ThemeChoice } from "#editor/state.ts";

const Problems = lazyPart(() => import("./problems/problems.tsx"), "checks");
const Dialogs = earlyPart(() => import("./dialogs/dialogs.tsx"));

interface Props {
  readonly editor: Editor;
  readonly layout?: LayoutService;
  readonly library?: Library;
}

/** The whole page: the frame of bars and panels around the canvas. */
export function App({ editor, layout, library }: Props) {
  const canvas = useRef<CanvasHandle>(null);
  const page = useMemo<Page>(() => ({ editor, canvas, library }), [editor, library]);
  return (
    <PageContext value={page}>
      <Frame page={page} layout={layout} />
    </PageContext>
  );
}

/** The first two Tab stops: past the bars to the canvas, and to the problems, which open then. */
function SkipLinks() {
  const t = useTranslate();
  const page = usePage();
  return (
    <nav aria-label={t("skip-links")}>
      <a
        className="btn line skip"
        href="#canvas"
        onClick={(event) => {
          event.preventDefault();
          // If no graph is shown, the landmark of the canvas takes the focus itself.
          if (page.canvas.current) page.canvas.current.focus();
          else document.getElementById("canvas")?.focus();
        }}
      >
        {t("skip-canvas")}
      </a>
      <a
        className="btn line skip"
        href="#status"
        onClick={(event) => {
          event.preventDefault();
          page.editor.session(({ panels }) => ({ panels: { ...panels, bottom: "problems" }, wantedField: problemsPanel }));
        }}
      >
        {t("skip-problems")}
      </a>
    </nav>
  );
}

function Frame({ page, layout }: { readonly page: Page } & Pick<Props, "layout">) {
  const t = useTranslate();
  const { editor } = page;
  const panels = useEditorState((state) => state.session.panels);
  const theme = useEditorState((state) => state.session.theme);
  const language = useEditorState((state) => state.session.language);
  const title = useEditorState((state) => state.document.fileName);

  const main = useRef<HTMLElement>(null);
  useSettledMark(main);
  useEffect(() => showTheme(theme), [theme]);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = title ? `${title} · Dagwright` : "Dagwright";
  }, [language, title]);
  useEffect(() => listenToKeys(commands, (command) => runCommand(page, command)), [page]);
  useEffect(() => listenToClipboard(page), [page]);
  useEffect(() => {
    // Parts that open by key are fetched before they are used.
    void canvasShown()
      .then(() => Promise.all([Dialogs.fetch(), canvasMenu.fetch()]))
      .catch(() => undefined);
  }, []);
  useEffect(() => guardFocus(() => page.canvas.current?.focus()), [page]);

  return (
    <div className="app">
      <SkipLinks />
      <TopBar />
      <LeftColumn />
      <main ref={main} className="mid" tabIndex={-1} aria-label={t("landmark-canvas")} id="canvas">
        <CanvasArea layout={layout} />
      </main>
      {panels.bottom === "problems" ? (
        <Loading>
          <Problems />
        </Loading>
      ) : null}
      <RightColumn />
      <StatusBar />
      {panels.dialog === "commands" ? (
        <CommandPalette onClose={() => setPanel(editor, "dialog", undefined)} />
      ) : panels.dialog ? (
        <Dialogs.Part />
      ) : null}
      <DropOverlay
        onDrop={(files) =>
          void readFiles(files).then((read) => bringIn({ editor, library: page.library }, read, { at: page.canvas.current?.middle() }))
        }
      />
    </div>
  );
}

/** Applies a theme to the page; `system` follows the system and changes with it. Returns an unsubscribe function. */
function showTheme(choice: ThemeChoice): () => void {
  const root = document.documentElement;
  if (choice !== "system") {
    root.dataset.theme = choice;
    return () => undefined;
  }
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const contrast = matchMedia("(prefers-contrast: more)");
  const follow = () => {
    root.dataset.theme = contrast.matches ? "contrast" : dark.matches ? "dark" : "light";
  };
  follow();
  for (const query of [dark, contrast]) query.addEventListener("change", follow);
  return () => {
    for (const query of [dark, contrast]) query.removeEventListener("change", follow);
  };
}
