// Clip: one block on a track, with its picture or its waveform, its fades and marks, and what it can be pulled at.

import { Component } from "preact";
import { timecode } from "../shared/format";
import type { Media } from "../shared/media";
import { useMedia } from "../shared/ui";
import type { Clip } from "./cut";
import { gainHeight } from "./geometry";
import { Waveform } from "./waveform";

export interface ClipProps {
  clip: Clip;
  role: string;
  media: Media;
  rate: string;
  fps: number;
  scale: number;
  first: number; // of its frames the first that is in view, and the one after the last
  end: number;
  top: number;
  height: number;
  fadeIn: number;
  fadeOut: number;
  isChosen: boolean;
  isStop: boolean; // the one of its track that Tab stops at
  isPut: boolean;
  place: number; // of how many on its track
  of: number;
}

const HANDLES_FROM_PX = 26;
const NAME_FROM_PX = 22;
const EDGES_FROM_PX = 24; // below that there is no room between them for what chooses and moves the clip

/** What is said of a clip: "2A, still, from 00:00:04:00, 3.2 seconds". */
export function spoken(clip: Clip, rate: string, fps: number): string {
  const more = [
    clip.speed !== "1" ? `speed ${clip.speed}` : "",
    clip.backwards ? "backwards" : "",
    clip.frozen ? "held" : "",
    clip.gain_db ? `${clip.gain_db > 0 ? "+" : ""}${clip.gain_db} dB` : "",
    clip.opacity < 1 ? `${Math.round(clip.opacity * 100)} % opaque` : "",
  ].filter(Boolean);
  const seconds = `${(clip.frames / fps).toFixed(1)} seconds`;
  const words = clip.kind !== "sound" || !clip.words ? "" : `, “${clip.words}”`;
  return [`${shownName(clip)}, ${clip.kind}, from ${timecode(clip.start, rate)}, ${seconds}${words}`, ...more].join(
    ", ",
  );
}

export class ClipBlock extends Component<ClipProps> {
  override shouldComponentUpdate(next: ClipProps): boolean {
    const now = this.props;
    for (const key of Object.keys(next) as (keyof ClipProps)[]) if (now[key] !== next[key]) return true;
    return false;
  }

  override render() {
    const { clip, role, media, rate, fps, scale, first, end, top, height, fadeIn, fadeOut } = this.props;
    const { isChosen, isStop, isPut, place, of } = this.props;
    const width = Math.max(2, clip.frames * scale);
    const label = spoken(clip, rate, fps);
    const classes = [
      "gl-timeline-clip",
      `gl-timeline-${clip.kind === "title" ? "title" : role}`,
      isPut ? "gl-timeline-put" : "",
      clip.picture && width >= NAME_FROM_PX ? "gl-timeline-pictured" : "",
    ];
    return (
      <div
        class={classes.join(" ")}
        role="option"
        aria-selected={isChosen}
        aria-label={label}
        aria-posinset={place}
        aria-setsize={of}
        tabIndex={isStop ? 0 : -1}
        data-clip={clip.id}
        title={label}
        style={{
          left: `${clip.start * scale}px`,
          width: `${width}px`,
          top: `${top}px`,
          height: `${height}px`,
          "--gl-fade_in": `${fadeIn * scale}px`,
          "--gl-fade_out": `${fadeOut * scale}px`,
          "--gl-gain": `${gainHeight(clip.gain_db) * 100}%`,
          opacity: clip.opacity < 1 ? Math.max(0.45, clip.opacity) : undefined,
        }}
      >
        {clip.picture && width >= 6 && <Film media={media} of={clip.picture} />}
        {clip.sound && width >= 6 && (
          <Waveform media={media} clip={clip} fps={fps} scale={scale} first={first} end={end} height={height - 2} />
        )}
        {(fadeIn > 0 || width > HANDLES_FROM_PX) && <i class="gl-timeline-fade gl-timeline-fade-in" />}
        {(fadeOut > 0 || width > HANDLES_FROM_PX) && <i class="gl-timeline-fade gl-timeline-fade-out" />}
        {width >= NAME_FROM_PX && <Name clip={clip} width={width} />}
        {clip.inset && width > 60 && <i class="gl-timeline-inset" />}
        {clip.kind === "sound" && width > 40 && <i class="gl-timeline-gain" data-part="gain" />}
        {width > HANDLES_FROM_PX * 2 && clip.kind !== "black" && (
          <>
            <i class="gl-timeline-knob gl-timeline-knob-in" data-part="fade_in" />
            <i class="gl-timeline-knob gl-timeline-knob-out" data-part="fade_out" />
          </>
        )}
        {width >= EDGES_FROM_PX && (
          <>
            <i class="gl-timeline-edge gl-timeline-head" data-part="head" />
            <i class="gl-timeline-edge gl-timeline-tail" data-part="tail" />
          </>
        )}
      </div>
    );
  }
}

/** Its picture, as often as there is room. */
function Film({ media, of }: { media: Media; of: string }) {
  const { url, retry } = useMedia(media, of);
  if (!url) return null;
  return (
    <span class="gl-timeline-film" style={{ backgroundImage: `url("${url}")` }}>
      <img src={url} alt="" onError={retry} draggable={false} decoding="async" loading="lazy" />
    </span>
  );
}

/** The name is text; marks and what a line says are drawn, since the clip's label says them already. */
function Name({ clip, width }: { clip: Clip; width: number }) {
  const marks = [
    clip.speed !== "1" ? `×${clip.speed.replace("/", "⁄")}` : "",
    clip.backwards ? "←" : "",
    clip.frozen ? "‖" : "",
    clip.linked ? "∞" : "",
  ].filter(Boolean);
  const line = clip.kind === "sound" && clip.words && width > 90 ? clip.words : undefined;
  return (
    <span class="gl-timeline-name">
      {marks.length > 0 && <b data-words={marks.join(" ")} />}
      <span>{shownName(clip)}</span>
      {line && <em data-words={line} />}
    </span>
  );
}

function shownName(clip: Clip): string {
  return (clip.kind === "title" && clip.words) || clip.name || clip.id;
}
