import { Copy, Pencil, Trash2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { type PipelineOverview, storedOverview } from "#editor/pipeline-overview.ts";
import type { KeptEntry } from "#editor/ports.ts";
import { IconButton } from "../parts/icon-button.tsx";
import { NameInput } from "../parts/name-input.tsx";
import { useEditor, useEditorState, useTranslate } from "../use-editor.ts";
import { boundsOf, type Rect } from "#editor/layout/geometry.ts";

interface Props {
  readonly entry: KeptEntry;
  /** Which of several pipelines of this name it is. */
  readonly number: number | undefined;
  /** In view, or almost: its picture is needed. */
  readonly isNear: boolean;
  /** The one row that Tab reaches; arrows lead to the others. */
  readonly isTabbable: boolean;
  readonly isRenaming: boolean;
  readonly onFocus: () => void;
  readonly onOpen: () => void;
  readonly onRename: () => void;
  /** undefined: the name stays. */
  readonly onRenamed: (name: string | undefined, byKey: boolean) => void;
  readonly onDuplicate: () => void;
  readonly onRemove: () => void;
}

/** One pipeline of My pipelines. */
export function PipelineRow(props: Props) {
  const { entry, number, isTabbable, isRenaming, onFocus, onOpen, onRename, onRenamed, onDuplicate, onRemove } = props;
  const t = useTranslate();
  const editor = useEditor();
  const language = useEditorState((state) => state.session.language);
  const isOpen = useEditorState((state) => state.document.id === entry.id);
  const overview = useOverview(entry, props.isNear);
  const tasks = overview?.tasks ?? entry.tasks;
  // Equal names are distinguished by a number.
  const name = number === undefined ? entry.fileName : `${entry.fileName} (${number})`;
  const about = [
    ...(tasks === undefined ? [] : [t("count-tasks", { n: tasks })]),
    ago(entry.at, editor.outside.now(), language),
    t(entry.isExported ? "pipelines-is-exported" : "pipelines-not-exported"),
    ...(isOpen ? [t("pipelines-open")] : []),
  ].join(" · ");
  const tabIndex = isTabbable ? 0 : -1;
  return (
    <li className={`pipeline-row${isOpen ? " on" : ""}`} data-id={entry.id} onFocus={onFocus}>
      {isRenaming ? (
        <>
          <PipelinePicture overview={overview} />
          <NameInput label={t("pipelines-name")} form="pipeline-name" about={entry.id} name={entry.fileName} onDone={onRenamed} />
        </>
      ) : (
        <button
          type="button"
          className="pipeline-open"
          tabIndex={tabIndex}
          aria-label={name}
          aria-current={isOpen ? "true" : undefined}
          onClick={onOpen}
        >
          <PipelinePicture overview={overview} />
          <span className="grow" style={{ minWidth: 0 }}>
            <b className="cut" translate="no">
              {name}
            </b>
            <span className={`cut small ${entry.isExported ? "muted" : "t-warning"}`}>{about}</span>
          </span>
        </button>
      )}
      <IconButton small icon={Pencil} tabIndex={tabIndex} label={t("pipelines-rename", { name })} onClick={onRename} />
      <IconButton small icon={Copy} tabIndex={tabIndex} label={t("pipelines-duplicate", { name })} onClick={onDuplicate} />
      <IconButton small icon={Trash2} tabIndex={tabIndex} label={t("pipelines-remove", { name })} onClick={onRemove} />
    </li>
  );
}

/** The overview of a stored pipeline once its row has come near the view; the former one while a newer revision is read. */
function useOverview({ id, revision }: KeptEntry, isNear: boolean): PipelineOverview | undefined {
  const editor = useEditor();
  const [overview, setOverview] = useState<PipelineOverview>();
  const latest = useRef<number | undefined>(undefined);
  useEffect(() => {
    if (!isNear || latest.current === revision) return;
    let isGone = false;
    storedOverview(editor, { id, revision }).then(
      (found) => {
        if (isGone || !found) return;
        latest.current = revision;
        setOverview(found);
      },
      () => undefined,
    );
    return () => {
      isGone = true;
    };
  }, [editor, id, revision, isNear]);
  return overview;
}

/** "2 hours ago", in the language of the page. */
function ago(at: number, now: number, language: string): string {
  const units = [
    ["day", 86_400_000],
    ["hour", 3_600_000],
    ["minute", 60_000],
  ] as const;
  const format = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const [unit, size] = units.find(([, milliseconds]) => now - at >= milliseconds) ?? (["second", 1_000] as const);
  if (unit === "day" && now - at > 30 * 86_400_000) return new Intl.DateTimeFormat(language, { dateStyle: "medium" }).format(at);
  return format.format(unit === "second" ? 0 : -Math.floor((now - at) / size), unit);
}

const least = { width: 880, height: 480 } as const;

/** The boxes and wires of a stored pipeline, small. Empty until it is read. */
function PipelinePicture({ overview }: { readonly overview: PipelineOverview | undefined }) {
  const bounds = framed(boundsOf(overview?.boxes ?? []) ?? { x: 0, y: 0, width: 0, height: 0 });
  return (
    <svg
      className="pipeline-picture"
      viewBox={`${bounds.x} ${bounds.y} ${bounds.width} ${bounds.height}`}
      preserveAspectRatio="xMidYMid meet"
      aria-hidden="true"
    >
      {overview?.wires.map(([from, to], index) => (
        <path key={index} d={`M${from.x} ${from.y}L${to.x} ${to.y}`} vectorEffect="non-scaling-stroke" />
      ))}
      {overview?.boxes.map((box, index) => (
        <rect key={index} x={box.x} y={box.y} width={box.width} height={box.height} rx={12} />
      ))}
    </svg>
  );
}

/** A frame around the boxes that is large enough for a single one to look like a box. */
function framed({ x, y, width, height }: Rect): Rect {
  const [wide, high] = [Math.max(width, least.width), Math.max(height, least.height)];
  return { x: x - (wide - width) / 2, y: y - (high - height) / 2, width: wide, height: high };
}
