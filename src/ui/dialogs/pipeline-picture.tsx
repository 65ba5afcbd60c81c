import { boundsOf, type Rect } from "#editor/layout/geometry.ts";
import type { PipelineOverview } from "#editor/pipeline-overview.ts";

const least = { width: 880, height: 480 } as const;

/** The boxes and wires of a stored pipeline, small. Empty until it is read. */
export function PipelinePicture({ overview }: { readonly overview: PipelineOverview | undefined }) {
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
