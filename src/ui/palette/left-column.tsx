import { Boxes, ListTree, PanelLeftClose } from "lucide-react";
import { useState } from "react";
import { setPanel } from "#editor/actions.ts";
import { lazyPart } from "../lazy-part.ts";
import { IconButton } from "../parts/icon-button.tsx";
import { ResizeBorder } from "../parts/resize-border.tsx";
import { useEditor, useEditorState, useTranslate } from "../use-editor.ts";
import { Loading } from "../loading.tsx";

const Palette = lazyPart(() => import("./palette.tsx"), "panels");
const Outline = lazyPart(() => import("./outline.tsx"));
const usual = 220;

/** The column at the left: palette or outline, or a rail of icons. */
export function LeftColumn() {
  const t = useTranslate();
  const editor = useEditor();
  const shown = useEditorState((state) => state.session.panels.left);
  const [width, setWidth] = useState(usual);
  if (!shown) {
    return (
      <nav className="left rail-only" tabIndex={-1} aria-label={t("landmark-palette")}>
        <div className="rail">
          <IconButton icon={Boxes} label={t("command-show-palette")} onClick={() => setPanel(editor, "left", "palette")} />
          <IconButton icon={ListTree} label={t("outline")} onClick={() => setPanel(editor, "left", "outline")} />
        </div>
      </nav>
    );
  }
  const isOutline = shown === "outline";
  return (
    <aside className="left" tabIndex={-1} style={{ width }} aria-label={t("landmark-palette")}>
      <div className="panel">
        <div className="panel-head">
          <h2>{t(isOutline ? "outline" : "landmark-palette")}</h2>
          <span className="grow" />
          <IconButton
            small
            icon={ListTree}
            label={t("outline")}
            pressed={isOutline}
            onClick={() => setPanel(editor, "left", isOutline ? "palette" : "outline")}
          />
          <IconButton small icon={PanelLeftClose} label={t("collapse")} onClick={() => setPanel(editor, "left", undefined)} />
        </div>
        <Loading fallback={<div className="scroll" />}>{isOutline ? <Outline /> : <Palette />}</Loading>
      </div>
      <ResizeBorder edge="right" label={t("landmark-palette")} size={width} range={[180, 360]} usual={usual} onSize={setWidth} />
    </aside>
  );
}
