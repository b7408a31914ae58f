// Lanes: what is heard, drawn under the tracks - how loud the film is, when somebody speaks, and how far a track makes room.

import { Icon } from "../shared/icons";
import type { Desk } from "./desk";
import type { SoundTold } from "./types";

const LOUDEST = -4;
const QUIETEST = -44;
const LANE_PX = 44;

/** Points as the path of a curve, `scale` pixels a frame; y by `height(value)`. */
export function path(points: [number, number][], scale: number, height: (value: number) => number): string {
  return points
    .map(([frame, value], at) => `${at ? "L" : "M"}${(frame * scale).toFixed(1)} ${height(value).toFixed(1)}`)
    .join("");
}

export function loudnessHeight(lufs: number): number {
  const share = (LOUDEST - lufs) / (LOUDEST - QUIETEST);
  return Math.max(0, Math.min(1, share)) * (LANE_PX - 4) + 2;
}

/** How loud the film is, in words. What is silent has no loudness. */
export function heardOf(sound: SoundTold | null): string {
  if (sound?.lufs === undefined) return "not measured yet";
  return sound.lufs === null ? "silent" : `${sound.lufs.toFixed(1)} LUFS`;
}

/** How far a track goes down, from its upper edge: 24 dB is the whole height. */
export function DuckCurve(props: { points: [number, number][]; frames: number; scale: number; height: number }) {
  const { points, frames, scale, height } = props;
  const y = (db: number): number => 3 + (Math.min(24, Math.abs(db)) / 24) * (height - 6);
  return (
    <svg class="gl-timeline-duck" width={Math.max(1, frames * scale)} height={height} aria-hidden="true">
      <path d={path(points, scale, y)} />
    </svg>
  );
}

export function SoundLanes({ desk, sound }: { desk: Desk; sound: SoundTold | null }) {
  const cut = desk.cut.value;
  const scale = desk.pxPerFrame.value;
  const width = Math.max(1, cut.frames * scale);
  const loud = sound?.loudness ?? [];
  const heard = heardOf(sound);
  const target = sound?.target_lufs;
  const outline = loud.length
    ? `${path(loud, scale, loudnessHeight)}L${(loud.at(-1)?.[0] ?? 0) * scale} ${LANE_PX}L${(loud[0]?.[0] ?? 0) * scale} ${LANE_PX}Z`
    : "";
  return (
    <div class="gl-timeline-row gl-timeline-role-loud" style={{ height: `${LANE_PX + 3}px` }}>
      <div class="gl-timeline-trackhead">
        <span class="gl-timeline-trackname">
          <Icon name="sound" size={13} />
          <strong>Mix</strong>
          <small>{heard}</small>
        </span>
      </div>
      <div
        class="gl-timeline-lane"
        role="img"
        aria-label={`Loudness of the film: ${heard}${target === undefined ? "" : `, to be brought to ${target} LUFS`}`}
      >
        <svg class="gl-timeline-loud" width={width} height={LANE_PX} aria-hidden="true">
          {(sound?.speech ?? []).map(([first, end]) => (
            <rect
              key={first}
              x={first * scale}
              y="0"
              width={Math.max(1, (end - first) * scale)}
              height="4"
              class="gl-timeline-speech"
            />
          ))}
          {outline && <path d={outline} class="gl-timeline-loudness" />}
          {target !== undefined && loud.length > 0 && (
            <line
              x1="0"
              x2={width}
              y1={loudnessHeight(target)}
              y2={loudnessHeight(target)}
              class="gl-timeline-target"
            />
          )}
        </svg>
      </div>
    </div>
  );
}
