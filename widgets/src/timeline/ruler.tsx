// Ruler: timecode above the tracks, the notes on it, the range between in and out. Press it to go there.

import { useSignalEffect } from "@preact/signals";
import { useRef } from "preact/hooks";
import { timecode } from "../shared/format";
import { Icon } from "../shared/icons";
import type { Marker } from "./cut";
import type { Desk } from "./desk";
import { HEAD_PX, ticks } from "./geometry";

export function Ruler({ desk, onNote }: { desk: Desk; onNote: (marker: Marker) => void }) {
  const cut = desk.cut.value;
  const scale = desk.pxPerFrame.value;
  const span = desk.span.value;
  const { step, parts } = ticks(cut.fps, scale);
  const first = Math.max(0, Math.floor(span.first / step) * step);
  const marks = [];
  for (let at = first; at < span.end; at += step) marks.push(at);
  return (
    <div class="gl-timeline-ruler" data-ruler>
      {marks.map((at) => (
        <span
          key={at}
          class="gl-timeline-tick"
          aria-hidden="true"
          style={{
            left: `${at * scale}px`,
            width: `${step * scale}px`,
            backgroundSize: `${(step * scale) / parts}px 5px`,
          }}
        >
          {timecode(at, cut.rate)}
        </span>
      ))}
      <Range desk={desk} />
      <Grip desk={desk} />
      {cut.markers.map((marker) => (
        <button
          key={marker.id}
          type="button"
          class="gl-timeline-marker"
          data-at={marker.start}
          data-note={marker.id}
          style={{ left: `${marker.start * scale}px` }}
          aria-label={`Note at ${timecode(marker.start, cut.rate)}: ${marker.note}. Edit it.`}
          title={`${marker.note} (pull it, or Alt+← →, to move it)`}
          onClick={(event) => {
            if (event.detail === 0) onNote(marker); // by key; a press of the pointer may be a pull, and is heard by the tracks
          }}
        >
          <Icon name="marker" size={14} />
        </button>
      ))}
    </div>
  );
}

/** What the playhead is held by. */
function Grip({ desk }: { desk: Desk }) {
  const element = useRef<HTMLDivElement>(null);
  useSignalEffect(() => {
    const [at, scale] = [desk.playhead.value, desk.pxPerFrame.value];
    const grip = element.current;
    if (!grip) return;
    grip.style.transform = `translateX(${at * scale}px)`;
    grip.setAttribute("aria-valuenow", String(at));
    grip.setAttribute("aria-valuetext", desk.time(at));
  });
  return (
    <div
      ref={element}
      class="gl-timeline-grip"
      role="slider"
      tabIndex={0}
      aria-label="Playhead"
      aria-valuemin={0}
      aria-valuemax={Math.max(0, desk.cut.value.frames - 1)}
      aria-valuenow={0}
      data-playhead
    />
  );
}

export function Range({ desk }: { desk: Desk }) {
  const [first, end] = [desk.rangeIn.value, desk.rangeOut.value];
  if (first === null && end === null) return null;
  const scale = desk.pxPerFrame.value;
  const from = first ?? 0;
  const to = end ?? desk.cut.value.frames;
  return (
    <span
      class="gl-timeline-range"
      style={{ left: `${from * scale}px`, width: `${Math.max(1, (to - from) * scale)}px` }}
      aria-hidden="true"
    />
  );
}

/** The frame under a pointer. */
export function frameUnder(scroller: HTMLElement, clientX: number, scale: number): number {
  const left = scroller.getBoundingClientRect().left;
  return Math.floor((clientX - left + scroller.scrollLeft - HEAD_PX) / scale);
}
