import type { BoxId, Places, Size } from "./places.ts";

/** One box to place. Ports are given by their height in the box, so that wires do not cross without need. */
export interface BoxToPlace extends Size {
  readonly id: BoxId;
  /** A group of steps that ends before the next one begins. */
  readonly stage?: number;
  /** "first": at the left edge; "last": at the right edge; "below": hooks and exit handlers, under all others. */
  readonly pin?: "first" | "last" | "below";
}

/** A wire between two boxes, with the heights at which it leaves and enters. */
export interface WireToPlace {
  readonly from: BoxId;
  readonly fromY: number;
  readonly to: BoxId;
  readonly toY: number;
}

/** Plain data, so that it can go to a worker. */
export interface ArrangeRequest {
  readonly boxes: readonly BoxToPlace[];
  readonly wires: readonly WireToPlace[];
}

/** The places found, on the grid, the upper left box near 0, 0. */
export interface Arranged {
  readonly places: Places;
  readonly by: "elk" | "simple";
}

/** Finds places without holding up the page. */
export interface LayoutService {
  /** Rejects with an AbortError when the signal says so. A worker that fails or takes too long is answered by the simple preset. */
  arrange(request: ArrangeRequest, signal?: AbortSignal): Promise<Arranged>;
  dispose(): void;
}
