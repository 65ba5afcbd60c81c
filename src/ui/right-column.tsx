import { PanelRightOpen } from "lucide-react";
import { useState } from "react";
import { setPanel } from "#editor/actions.ts";
import { fetchForCurrentLanguages } from "#messages/lazy-catalog.ts";
import { lazyPart } from "./lazy-part.ts";
import { IconButton } from "./parts/icon-button.tsx";
import { ResizeBorder } from "./parts/resize-border.tsx";
import { useEditor, useEditorState, useTranslate } from "./use-editor.ts";
import { Loading } from "./loading.tsx";

const Inspector = lazyPart(async () => {
  const [part] = await Promise.all([import("./inspector/inspector.tsx"), fetchForCurrentLanguages("settings")]);
  return part;
}, "panels");
const YamlPane = lazyPart(() => import("./yaml/yaml-pane.tsx"));
const usual = { inspector: 316, yaml: 524 } as const;
const ranges = { inspector: [280, 560], yaml: [320, 900] } as const;

/** The column at the right: the inspector, or the text in its place, or a rail. */
export function RightColumn() {
  const t = useTranslate();
  const editor = useEditor();
  const shown = useEditorState((state) => state.session.panels.right);
  const [widths, setWidths] = useState<{ readonly inspector: number; readonly yaml: number }>(usual);
  if (!shown) {
    return (
      <nav className="right rail-only" tabIndex={-1} aria-label={t("landmark-inspector")}>
        <div className="rail">
          <IconButton icon={PanelRightOpen} label={t("command-show-inspector")} onClick={() => setPanel(editor, "right", "inspector")} />
        </div>
      </nav>
    );
  }
  const label = t(shown === "yaml" ? "landmark-yaml" : "landmark-inspector");
  return (
    <aside className="right" tabIndex={-1} style={{ width: widths[shown] }} aria-label={label}>
      <Loading fallback={<div className="panel" />}>{shown === "yaml" ? <YamlPane /> : <Inspector />}</Loading>
      <ResizeBorder
        edge="left"
        label={label}
        size={widths[shown]}
        range={ranges[shown]}
        usual={usual[shown]}
        onSize={(size) => setWidths({ ...widths, [shown]: size })}
      />
    </aside>
  );
}
