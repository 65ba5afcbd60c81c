import { expect, test } from "vitest";
import { touches, type Point, type Rect } from "#editor/layout/geometry.ts";
import { cardPosition } from "#ui/canvas/card-position.ts";

const frame = { width: 800, height: 600 };
const size = { width: 200, height: 60 };
const port = (x: number, y: number): Rect => ({ x: x - 12, y: y - 12, width: 24, height: 24 });
const cardAt = (at: Point | undefined): Rect => ({ ...at!, ...size });

test("a card is below and right of the pointer if there is room", () => {
  expect(cardPosition({ x: 100, y: 100 }, size, frame, { ports: [], ways: [] })).toEqual({ x: 114, y: 114 });
});
test("a card covers no port", () => {
  const ports = [port(150, 140), port(150, 60), port(60, 140), port(260, 160)];
  const card = cardAt(cardPosition({ x: 100, y: 100 }, size, frame, { ports, ways: [] }));
  expect(ports.filter((one) => touches(one, card))).toEqual([]);
});
test("a card covers no wire, even one that only passes through its middle", () => {
  const way = [
    { x: 0, y: 150 },
    { x: 800, y: 150 },
  ];
  const card = cardAt(cardPosition({ x: 400, y: 120 }, size, frame, { ports: [], ways: [way] }));
  expect(card.y > 150 || card.y + card.height < 150).toBe(true);
});
test("a card that has no free place is not shown", () => {
  const ways = Array.from({ length: 20 }, (_, i) => [
    { x: 0, y: i * 30 },
    { x: 800, y: i * 30 },
  ]);
  expect(cardPosition({ x: 400, y: 300 }, size, frame, { ports: [], ways })).toBeUndefined();
});
test("a card stays in the frame", () => {
  const card = cardAt(cardPosition({ x: 790, y: 590 }, size, frame, { ports: [], ways: [] }));
  expect(card.x + card.width).toBeLessThanOrEqual(frame.width);
  expect(card.y + card.height).toBeLessThanOrEqual(frame.height);
});
