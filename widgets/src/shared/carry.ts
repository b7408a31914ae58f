// Carry: a thing of a film goes from one face to another on the same page: dragged, or picked up with a button and laid down with one.

export interface Carried {
  film: string;
  bucket: string; // "video", "audio", "music", "characters", "prompts"
  key: string; // of the entry
  name: string;
  take: number; // 0: the one that cuts use
  seconds: number; // 0 for a picture
  media_type: string;
}

const MIME = "application/x-glimmer+json";
const EVENT = "glimmer:carry";
// What is being dragged: a browser hides a drag's content until it is dropped. Each face is a module of its own, so the page keeps it.
const HELD = Symbol.for("glimmer.carried");
const page = globalThis as { [HELD]?: Carried | null };

export function startDrag(event: DragEvent, carried: Carried): void {
  page[HELD] = carried;
  event.dataTransfer?.setData(MIME, JSON.stringify(carried));
  event.dataTransfer?.setData("text/plain", carried.name);
  if (event.dataTransfer) event.dataTransfer.effectAllowed = "copy";
}

export function endDrag(): void {
  page[HELD] = null;
}

/** What is dragged over here, if it is one of ours. */
export function dragged(event: DragEvent): Carried | null {
  if (!event.dataTransfer?.types.includes(MIME)) return null;
  if (page[HELD]) return page[HELD];
  try {
    return JSON.parse(event.dataTransfer.getData(MIME)) as Carried;
  } catch {
    return null;
  }
}

/** Pick something up for whoever on this page can lay it down. */
export function pickUp(carried: Carried): void {
  document.dispatchEvent(new CustomEvent<Carried>(EVENT, { detail: carried }));
}

/** Hear of what is picked up. Returns: what stops it. */
export function onPickUp(heard: (carried: Carried) => void): () => void {
  const listener = (event: Event): void => heard((event as CustomEvent<Carried>).detail);
  document.addEventListener(EVENT, listener);
  return () => document.removeEventListener(EVENT, listener);
}
