import type { GraphNode } from "#pipeline/graph.ts";
import type { Chip } from "./chips.ts";
import { conditionText } from "./readable.ts";
import { textWidth } from "./text-width.ts";
import type { Row, RowContent } from "./box-rows.ts";

/** Widths of a box: with short rows and with long ones, in pixels at 100 %. */
export const BOX_WIDTH = 200;
export const BOX_WIDE = 248;

/** Width of the inputs' and outputs' boxes if their rows are short: "Pipeline parameters" fits, in wide fallback fonts too. */
export const BOX_LOW = 200;

/** Heights, in pixels at 100 %. */
export const HEAD = 44;
export const HEAD_LOW = 34;
export const ROW = 22;
export const FOOT = 28;
const ABOVE = 3;
const BELOW = 4;
const RULE = 8;

/** Places rows below a head: the inputs, then the outputs. `bottom`: the height up to there. */
export function stack(
  head: number,
  ins: readonly Omit<Row, "y">[],
  outs: readonly Omit<Row, "y">[],
): { inputs: readonly Row[]; outputs: readonly Row[]; bottom: number } {
  if (ins.length + outs.length === 0) return { inputs: [], outputs: [], bottom: head };
  const top = head + ABOVE;
  const outTop = top + ins.length * ROW + (ins.length > 0 && outs.length > 0 ? RULE : 0);
  return {
    inputs: ins.map((row, i) => ({ ...row, y: top + i * ROW + ROW / 2 })),
    outputs: outs.map((row, i) => ({ ...row, y: outTop + i * ROW + ROW / 2 })),
    bottom: outTop + outs.length * ROW + BELOW,
  };
}

/** Space used in a head by icon, badge and padding; in a row by port and padding. */
const HEAD_ROOM = BOX_WIDTH - 8 - 26 - 8 - 8;

const ROW_ROOM = BOX_WIDTH - 11 - 8 - 10;

/** Whether a task needs the wide box for its title, its condition or one of its rows. */
export function isWide(node: GraphNode, ins: readonly Omit<Row, "y">[], outs: readonly Omit<Row, "y">[]): boolean {
  const badge = (node.hook ? 76 : node.recursive ? 96 : node.loop ? 44 : 0) + (node.group && !node.recursive ? 26 : 0);
  if (textWidth(node.title, 13, "strong") > HEAD_ROOM - badge) return true;
  // A group's second line is its condition, which says most about it.
  if (node.group && node.when && textWidth(conditionText(node), 11) + 14 > HEAD_ROOM - badge) return true;
  return [...ins, ...outs].some((row) => rowWidth(row) > ROW_ROOM);
}

function rowWidth(row: Omit<Row, "y">): number {
  const name = textWidth(row.port.volume || row.port.label, 12);
  const type = row.port.type ? textWidth(row.port.type, 11) + 5 : 0;
  return name + type + contentWidth(row.content);
}

function contentWidth(content: RowContent): number {
  switch (content.kind) {
    case "nothing":
    case "wire":
      return 0;
    case "constant":
    case "expression":
      return 8 + Math.min(textWidth(content.text, 11, "mono"), 60);
    case "chip":
      return 26 + Math.min(textWidth(content.text, 11), 100);
    case "missing":
      return 74;
  }
}

/** The width of the box of the inputs or outputs of a graph. */
export function lowWidth(rows: readonly Omit<Row, "y">[]): number {
  return rows.some((row) => rowWidth(row) > BOX_LOW - 29) ? BOX_WIDE : BOX_LOW;
}

/** The chips that fit into the foot, in their order, and the number of those that do not. */
export function fitChips(chips: readonly Chip[], width: number, group: boolean): { shown: readonly Chip[]; hidden: number } {
  let room = width - 12 - (group ? 96 : 0);
  const shown: Chip[] = [];
  for (const chip of chips) {
    const need = chipWidth(chip) + 3;
    const more = shown.length + 1 < chips.length ? 28 : 0;
    if (need > room - more) break;
    room -= need;
    shown.push(chip);
  }
  return { shown, hidden: chips.length - shown.length };
}

/** The maximum length of a chip's text; a condition may take most of the foot. */
const CHIP_TEXT = 84;

const WHEN_TEXT = 150;

function chipWidth(chip: Chip): number {
  const words = chip.kind === "gpu" ? `GPU ${chip.text}` : chip.text;
  return 10 + 12 + (words ? 4 + Math.min(textWidth(words, 11), chip.kind === "when" ? WHEN_TEXT : CHIP_TEXT) : 0);
}
