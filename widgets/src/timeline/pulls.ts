// Pulls: what the tracks hear of the pointer - pulls at clips, cuts and notes, the playhead, and things that are dragged here from a bucket.

import type { HTMLAttributes } from "preact";
import { useRef } from "preact/hooks";
import { dragged, endDrag } from "../shared/carry";
import { travel } from "./commands";
import type { Clip, Marker } from "./cut";
import * as deeds from "./deeds";
import type { Desk } from "./desk";
import { landing } from "./dropping";
import { HEAD_PX } from "./geometry";
import { gripOf, type Hand, line } from "./hand";
import type { Player } from "./player";
import { frameUnder } from "./ruler";
import { targets } from "./snapping";

type Box = { current: HTMLDivElement | null };
type Handlers = HTMLAttributes<HTMLDivElement>;

export function openNote(desk: Desk, player: Player, marker: Marker): void {
  travel(desk, player, marker.start);
  desk.noting.value = { at: marker.start, marker };
}

export function usePulls(desk: Desk, player: Player, hand: Hand, scroller: Box): Handlers {
  const scrubbing = useRef(false);
  const point = useRef<[Clip, Clip] | null>(null);
  const note = useRef<Marker | null>(null);
  const goTo = (event: PointerEvent): void =>
    desk.goTo(frameUnder(scroller.current as HTMLElement, event.clientX, desk.pxPerFrame.peek()), false);
  const clipOf = (target: HTMLElement): Clip | undefined =>
    desk.cut.value.clips.get(target.closest<HTMLElement>("[data-clip]")?.dataset.clip ?? "");
  return {
    onPointerDown(event: PointerEvent) {
      const target = event.target as HTMLElement;
      if (event.button !== 0 || target.closest(".gl-timeline-trackhead")) return;
      const noted = target.closest<HTMLElement>("[data-note]")?.dataset.note;
      note.current = desk.cut.value.markers.find((marker) => marker.id === noted) ?? null;
      if (note.current) return hand.press(event, { kind: "note", marker: note.current });
      if (target.closest("[data-ruler], [data-playhead]")) {
        scrubbing.current = true;
        player.stop();
        scroller.current?.setPointerCapture(event.pointerId);
        goTo(event);
        return;
      }
      pressed(event, target);
    },
    onPointerMove(event: PointerEvent) {
      if (scrubbing.current) goTo(event);
      else hand.move(event);
    },
    onPointerUp(event: PointerEvent) {
      scrubbing.current = false;
      const pulled = hand.release(event);
      if (!pulled && point.current) {
        const [left, right] = point.current;
        void desk.edit(deeds.join(desk.cut.value, "dissolve", left, right, desk.usualJoin(left, right)));
      }
      if (!pulled && note.current) openNote(desk, player, note.current);
      point.current = note.current = null;
    },
    onPointerCancel() {
      scrubbing.current = false;
      point.current = note.current = null;
      hand.cancel();
    },
    onLostPointerCapture() {
      scrubbing.current = false;
    },
  } as Handlers;

  function pressed(event: PointerEvent, target: HTMLElement): void {
    const cut = desk.cut.value;
    const edgeOf = target.closest<HTMLElement>("[data-point]")?.dataset.point?.split("|");
    if (edgeOf) {
      const [left, right] = [cut.clips.get(edgeOf[0] ?? ""), cut.clips.get(edgeOf[1] ?? "")];
      if (!left || !right) return;
      point.current = [left, right];
      hand.press(event, { kind: "roll", clip: left, other: right });
      return;
    }
    const join = cut.joins.get(target.closest<HTMLElement>("[data-join]")?.dataset.join ?? "");
    if (join) {
      const clip = cut.clips.get(join.right) ?? cut.clips.get(join.left);
      if (clip && target.dataset.part === "join") {
        desk.choose({ kind: "join", id: join.id });
        hand.press(event, { kind: "join", clip, join });
      }
      return;
    }
    const clip = clipOf(target);
    if (!clip) {
      if (target.closest(".gl-timeline-lane")) desk.choose(null);
      return;
    }
    if (desk.tool.value === "blade") {
      const at = frameUnder(scroller.current as HTMLElement, event.clientX, desk.pxPerFrame.value);
      return void desk.edit(deeds.split(cut, clip, at));
    }
    desk.choose({ kind: "clip", id: clip.id }, true);
    event.preventDefault();
    const grip = gripOf(desk, clip, target.dataset.part ?? "", event.ctrlKey || event.metaKey);
    if (grip) hand.press(event, grip);
  }
}

/** Things that are dragged here from a bucket: shown where they would lie, laid where they are let go. */
export function useDrops(desk: Desk, scroller: Box, ghost: Box, snapLine: Box): Handlers {
  const where = (event: DragEvent) => {
    const carried = dragged(event);
    const element = scroller.current;
    if (!carried || !element) return null;
    const scale = desk.pxPerFrame.peek();
    const lane = (event.target as HTMLElement)
      .closest?.(".gl-timeline-row")
      ?.querySelector<HTMLElement>("[data-track]");
    const row = desk.cut.peek().rows.find((each) => each.track.name === lane?.dataset.track) ?? null;
    const box = lane?.getBoundingClientRect();
    const height = box ? (event.clientY - box.top) / box.height : 0;
    const frame = Math.max(0, frameUnder(element, event.clientX, scale));
    const drawTo = desk.snapping.peek() ? targets(desk.cut.peek(), [desk.playhead.peek()]) : [];
    return { carried, box, ...landing(desk.cut.peek(), carried, row, frame, height, drawTo, 9 / scale, event.altKey) };
  };
  const hide = (): void => {
    if (ghost.current) ghost.current.hidden = true;
    if (snapLine.current) line(snapLine.current, null);
  };
  return {
    onDragOver(event: DragEvent) {
      const there = where(event);
      if (!there || !ghost.current || !scroller.current) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = "copy";
      const scale = desk.pxPerFrame.peek();
      const lane = scroller.current.querySelector<HTMLElement>(`[data-track="${CSS.escape(there.track)}"]`);
      const content = ghost.current.parentElement as HTMLElement;
      const box = lane?.getBoundingClientRect() ?? there.box;
      const style = ghost.current.style;
      style.transform = `translate(${HEAD_PX + there.at * scale}px, ${(box?.top ?? 0) - content.getBoundingClientRect().top}px)`;
      style.width = `${Math.max(4, there.frames * scale)}px`;
      style.height = there.isNew ? "14px" : `${box?.height ?? 40}px`;
      ghost.current.textContent = `${there.how} on ${there.track}${there.isNew ? " (new)" : ""} · ${desk.time(there.at)}`;
      ghost.current.hidden = false;
      if (snapLine.current) line(snapLine.current, HEAD_PX + there.at * scale);
    },
    onDragLeave(event: DragEvent) {
      if (!scroller.current?.contains(event.relatedTarget as Node)) hide();
    },
    onDrop(event: DragEvent) {
      const there = where(event);
      hide();
      endDrag();
      if (!there) return;
      event.preventDefault();
      void desk.lay(there.carried, there.how, there.track, there.at);
    },
  } as Handlers;
}
