import type { World } from "./world.ts";

/** The time between the children of a record created at `since`: `ideal`, or less where they would end after the present. */
export function pace(world: World, since: number, children: number, ideal: number): number {
  return Math.max(1, Math.floor(Math.min(ideal, (world.now - since) / (children + 1))));
}
