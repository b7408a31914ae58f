// Preview: the picture at the playhead, and the cut as it plays. Two video elements take turns under one picture; a picture stays until the
// next one is there, so that nothing flashes.

import { useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { Bridge } from "../shared/bridge";
import { Button } from "../shared/ui";
import { perform } from "./commands";
import { type Cut, fadesOf } from "./cut";
import type { Desk } from "./desk";
import { Newest } from "./newest";
import { Player, type Screen, type Stretch } from "./player";
import type { TimelineTold } from "./types";

interface Played {
  ref: string;
  first: number;
  end: number;
}

/** The player of a desk, once its two video elements are there. */
export function playerOf(
  desk: Desk,
  bridge: Bridge<TimelineTold>,
  screens: [Screen, Screen],
  show: (screen: number | null) => void,
): Player {
  const stretch = async (frame: number, again: boolean): Promise<Stretch> => {
    const made = await bridge.ask<Played>("play_from", { frame }, { seconds: 0 });
    const { url } = await (again ? bridge.media.again(made.ref) : bridge.media.address(made.ref));
    return { url, first: made.first, end: made.end };
  };
  return new Player(screens, {
    stretch: (frame) => stretch(frame, false),
    again: (frame) => stretch(frame, true),
    show,
    at: (frame) => {
      desk.playhead.value = frame;
    },
    failed: (words) => desk.cannot(words),
    nextTick: (call) => requestAnimationFrame(call),
    frames: () => desk.cut.peek().frames,
    fps: () => desk.cut.peek().fps,
  });
}

/** The picture of a frame, decoded, so that it can be shown at once. */
async function pictureAt(bridge: Bridge<TimelineTold>, frame: number, width_px: number): Promise<string> {
  const said = await bridge.ask<string | { ref: string }>("frame_at", { frame, width_px });
  const ref = typeof said === "string" ? said : said.ref;
  if (!ref) return ""; // a newer one is wanted already
  const load = async (url: string): Promise<string> => {
    const image = new Image();
    image.src = url;
    await image.decode();
    return url;
  };
  try {
    return await load((await bridge.media.address(ref)).url);
  } catch {
    return load((await bridge.media.again(ref)).url);
  }
}

const WIDTHS_PX = [480, 640, 960];

interface Props {
  desk: Desk;
  bridge: Bridge<TimelineTold>;
  onPlayer: (player: Player) => void;
  player: Player | null;
}

export function Preview({ desk, bridge, onPlayer, player }: Props) {
  const first = useRef<HTMLVideoElement>(null);
  const second = useRef<HTMLVideoElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const front = useSignal<number | null>(null);
  const picture = useSignal("");
  const trouble = useSignal("");
  useEffect(() => {
    const made = playerOf(desk, bridge, [first.current as Screen, second.current as Screen], (screen) => {
      front.value = screen;
    });
    onPlayer(made);
    return () => made.close();
  }, [desk, bridge]);
  const newest = useMemo(
    () =>
      new Newest<{ frame: number; version: number }, string>(
        ({ frame }) => {
          const asked = (stage.current?.clientWidth ?? 480) * Math.min(2, devicePixelRatio || 1);
          return pictureAt(bridge, frame, WIDTHS_PX.find((width) => width >= asked) ?? 960);
        },
        (url) => {
          if (!url) return;
          picture.value = url;
          trouble.value = "";
          if (!player?.playing.peek()) front.value = null;
        },
        (error) => {
          trouble.value = error.message;
        },
      ),
    [bridge, player, picture, trouble, front],
  );
  const moved = useRef(false);
  useSignalEffect(() => {
    const [at, version] = [desk.playhead.value, desk.told.value.version ?? 0];
    moved.current ||= at > 0;
    const frame = moved.current ? at : coveredUntil(desk.cut.value);
    const runs = player?.playing.value && (player.speed ?? 0) > 0;
    if (!runs && version && desk.cut.value.frames) newest.want({ frame, version });
  });
  const isEmpty = desk.cut.value.frames === 0;
  const video = (of: typeof first, number: number) => (
    // biome-ignore lint/a11y/useMediaCaption: captions are burnt into what is played
    <video
      ref={of}
      class={front.value === number ? "gl-timeline-front" : ""}
      playsInline
      preload="auto"
      tabIndex={-1}
      aria-hidden="true"
    />
  );
  return (
    <div class="gl-timeline-preview">
      <div class="gl-timeline-stage" ref={stage}>
        {video(first, 0)}
        {video(second, 1)}
        {isEmpty && <p class="gl-timeline-trouble">Nothing is on the timeline. Drag a shot onto it, or undo.</p>}
        {picture.value && !isEmpty && (
          <img
            class={front.value === null ? "gl-timeline-front" : ""}
            src={picture.value}
            alt={moved.current ? `The film at ${desk.time(desk.playhead.peek())}` : "The first picture of the film"}
          />
        )}
        {trouble.value && !picture.value && <p class="gl-timeline-trouble">{trouble.value}</p>}
        {player?.waiting.value && <p class="gl-timeline-making">Making the next stretch …</p>}
      </div>
      {player && <Transport desk={desk} player={player} />}
    </div>
  );
}

/** The first frame that shows something: a film that nobody has moved in yet begins with its picture, not with the black that it fades from. */
function coveredUntil(cut: Cut): number {
  const main = cut.rows.find((row) => row.isMain);
  const first = main?.clips[0];
  return first && first.start === 0 ? Math.min(fadesOf(main, first).head, Math.max(0, cut.frames - 1)) : 0;
}

function Transport({ desk, player }: { desk: Desk; player: Player }) {
  const cut = desk.cut.value;
  const does = (command: Parameters<typeof perform>[0]) => () => perform(command, desk, player);
  const [first, end] = [desk.rangeIn.value, desk.rangeOut.value];
  return (
    <div class="gl-timeline-transport">
      <Clock desk={desk} />
      <div class="gl-timeline-buttons">
        <Button icon="skipBack" label="Previous cut (↑)" bare kind="quiet" onClick={does({ do: "previous_cut" })} />
        <Button icon="left" label="One frame back (←)" bare kind="quiet" onClick={does({ do: "step", frames: -1 })} />
        <Button
          icon={player.playing.value ? "pause" : "play"}
          label={player.playing.value ? "Pause (Space)" : "Play (Space)"}
          bare
          class="gl-timeline-play"
          onClick={does({ do: "play" })}
        />
        <Button icon="right" label="One frame on (→)" bare kind="quiet" onClick={does({ do: "step", frames: 1 })} />
        <Button icon="skipOn" label="Next cut (↓)" bare kind="quiet" onClick={does({ do: "next_cut" })} />
      </div>
      <div class="gl-timeline-buttons gl-timeline-ranges">
        <Button
          label="In"
          title="Begin of a range (I)"
          pressed={first !== null}
          kind="quiet"
          onClick={does({ do: "in" })}
        />
        <Button
          label="Out"
          title="End of a range (O)"
          pressed={end !== null}
          kind="quiet"
          onClick={does({ do: "out" })}
        />
        <Button
          icon="play"
          label="Play from in to out (Shift+Space)"
          bare
          kind="quiet"
          disabled={first === null && end === null}
          onClick={does({ do: "play_range" })}
        />
        <span class="gl-timeline-length" title="Length of the film">
          {desk.time(cut.frames)}
        </span>
      </div>
    </div>
  );
}

function Clock({ desk }: { desk: Desk }) {
  const shown = useRef<HTMLSpanElement>(null);
  useSignalEffect(() => {
    if (shown.current) shown.current.textContent = desk.time(desk.playhead.value);
  });
  return <span class="gl-timeline-clock" ref={shown} />;
}
