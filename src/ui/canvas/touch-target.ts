/** A finger covers this much on each side of the point that is reported: with it a port's target is 44 px wide. */
const REACH = 22;

/**
 * The port that a finger means: the nearest one whose center is within 22 px, else undefined. Ports are closer together than that, so
 * larger elements would cover one another; the nearest center decides instead. Inside of a box the reach ends at a quarter of its width,
 * so that a small box can still be pressed.
 */
export function touchedPort(root: Element, x: number, y: number): Element | undefined {
  const box = document.elementFromPoint?.(x, y)?.closest("[data-box]")?.getBoundingClientRect();
  const reach = box ? Math.min(REACH, box.width / 4) : REACH;
  let best: Element | undefined;
  let least = Infinity;
  for (const port of root.querySelectorAll("[data-port]")) {
    const { left, top, width, height } = port.getBoundingClientRect();
    const by = { x: Math.abs(left + width / 2 - x), y: Math.abs(top + height / 2 - y) };
    const distance = Math.hypot(by.x, by.y);
    if (Math.max(by.x, by.y) > reach || distance >= least) continue;
    least = distance;
    best = port;
  }
  return best;
}
