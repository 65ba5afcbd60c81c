import { command } from "#editor/commands/all.ts";
import { spelled } from "#editor/commands/keys.ts";
import type { Point } from "#editor/layout/geometry.ts";
import type { CanvasTarget, PipelineCanvasProps } from "../canvas/canvas-props.ts";
import { isMac } from "../platform.ts";
import { useEditor, usePage, useEditorState, useRun, useTranslate } from "../use-editor.ts";
import { MenuAt, MenuEntry, MenuLine } from "./menu-at.tsx";

interface Props {
  readonly target: CanvasTarget;
  readonly screen: Point;
  readonly onClose: () => void;
  readonly onAdd: (at: Point, screen: Point) => void;
  readonly onDisconnect: PipelineCanvasProps["onDisconnect"];
}

const ofTarget: Readonly<Record<CanvasTarget["kind"], readonly string[]>> = {
  canvas: ["-", "paste", "select-all", "arrange", "fit", "-", "leave-group", "show-in-yaml"],
  box: [
    "enter-group",
    "rename",
    "connect",
    "-",
    "copy",
    "cut",
    "duplicate",
    "make-separate",
    "-",
    "group",
    "group-condition",
    "group-loop",
    "group-exit",
    "condition-settings",
    "loop-settings",
    "ungroup",
    "-",
    "show-in-yaml",
    "delete",
    "delete-join",
  ],
  boxes: ["copy", "cut", "duplicate", "-", "group", "group-condition", "group-loop", "-", "arrange", "delete", "delete-join"],
  port: ["show-in-yaml"],
  wire: [],
};

/** Entries which only some boxes have. */
const hidden: ReadonlySet<string> = new Set([
  "enter-group",
  "condition-settings",
  "loop-settings",
  "ungroup",
  "make-separate",
  "group-exit",
  "leave-group",
]);

function keyOf(id: string): string | undefined {
  const one = command(id);
  const keys = one.keys[0] ?? one.displayKeys;
  return keys && spelled(keys, isMac);
}

/** The context menu of the canvas: the command table, filtered by what was clicked. */
export default function CanvasMenu({ target, screen, onClose, onAdd, onDisconnect }: Props) {
  const t = useTranslate();
  const page = usePage();
  const editor = useEditor();
  const ids = ofTarget[target.kind];
  const goTo = (node: string) => {
    editor.session({ selection: [node] });
    page.canvas.current?.focusBox(node, "center");
  };
  return (
    <MenuAt screen={screen} label={t("more")} onClose={onClose}>
      {target.kind === "canvas" ? <MenuEntry text={t("command-add")} end={keyOf("add")} onChoose={() => onAdd(target.at, screen)} /> : null}
      {target.kind === "wire" ? (
        <>
          {target.edge.from.node ? <MenuEntry text={t("show-source")} onChoose={() => goTo(target.edge.from.node)} /> : null}
          {target.edge.to.node ? <MenuEntry text={t("show-target")} onChoose={() => goTo(target.edge.to.node)} /> : null}
          <MenuLine />
          <MenuEntry text={t("remove-wire")} end={keyOf("delete")} onChoose={() => onDisconnect([target.edge])} />
        </>
      ) : null}
      {target.kind === "port" && target.direction === "input" && target.end.task !== "" ? (
        <MenuEntry text={t("disconnect")} onChoose={() => void editor.dispatch({ edits: [{ kind: "disconnect", to: target.end }] })} />
      ) : null}
      {ids.map((id, index) => (id === "-" ? <MenuLine key={index} /> : <CommandEntry key={id} id={id} />))}
    </MenuAt>
  );
}

function CommandEntry({ id }: { readonly id: string }) {
  const t = useTranslate();
  const run = useRun();
  const one = command(id);
  const why = useEditorState((state) => one.unavailable?.(state)?.code);
  // Entries that never apply to such a box are left out; those that are only unavailable now are grey and give the reason.
  if (why !== undefined && hidden.has(id)) return null;
  return <MenuEntry text={t(`command-${id}`)} end={keyOf(id)} why={why === undefined ? undefined : t(why)} onChoose={() => run(one)} />;
}
