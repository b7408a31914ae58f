// Magnet: what a pull on this desk is drawn to.

import type { Desk } from "./desk";
import type { Grip, Magnet } from "./drag";
import { targets } from "./snapping";

export type { Magnet } from "./drag";

export function pulledBy(desk: Desk, grip: Grip, reach: number): Magnet {
  const own = new Set<string>(grip.kind === "note" ? [`marker/${grip.marker.id}`] : [grip.clip.id]);
  if (grip.kind === "roll") own.add(grip.other.id);
  return {
    targets: targets(desk.cut.value, [desk.playhead.value, desk.rangeIn.value, desk.rangeOut.value], own),
    reach,
  };
}
