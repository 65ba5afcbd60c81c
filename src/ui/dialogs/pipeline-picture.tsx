import { useEffect, useState } from "react";
import { BOX_WIDTH } from "#editor/layout/box.ts";
import { boundsOf, type Rect } from "#editor/layout/geometry.ts";
import type { PositionsByGraph } from "#editor/positions.ts";
import { useEditor } from "../use-editor.ts";

/** About as high as a box with a few ports; the picture is small enough that this is right. */
const boxHeight = 96;
const mostBoxes = 300;
const least = { width: 880, height: 480 } as const;

/** Positions of the boxes of a stored pipeline, small. Empty until it is read, or if it has never been on the canvas. */
export function PipelinePicture({ id, revision }: { readonly id: string; readonly revision: number }) {
  const editor = useEditor();
  const [boxes, setBoxes] = useState<readonly Rect[]>([]);
  useEffect(() => {
    let isGone = false;
    editor.outside.storage.read(id).then(
      (kept) => {
        if (!isGone && kept) setBoxes(boxesOf(kept.places));
      },
      () => undefined,
    );
    return () => {
      isGone = true;
    };
  }, [editor, id, revision]);
  const bounds = framed(boundsOf(boxes) ?? { x: 0, y: 0, width: 0, height: 0 });
  return (
    <svg
      className="pipeline-picture"
      viewBox={`${bounds.x} ${bounds.y} ${bounds.width} ${bounds.height}`}
      preserveAspectRatio="xMidYMid meet"
      aria-hidden="true"
    >
      {boxes.map((box, index) => (
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

/** The boxes of the graph with the most of them. */
function boxesOf(places: PositionsByGraph): readonly Rect[] {
  const [largest = {}] = Object.values(places).toSorted((one, other) => Object.keys(other).length - Object.keys(one).length);
  return Object.values(largest)
    .slice(0, mostBoxes)
    .map(({ x, y }) => ({ x, y, width: BOX_WIDTH, height: boxHeight }));
}
