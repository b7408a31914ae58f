// Tracks: everything that lies in time, to scale, in one view that scrolls; heads stay at the left, the ruler at the top.

import { useComputed, useSignalEffect } from "@preact/signals";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { Icon, type IconName } from "../shared/icons";
import { ClipBlock } from "./clip";
import { type Clip, type Cut, endOf, fadesOf, type Join, joinPlace, ROW_PX, type Row } from "./cut";
import * as deeds from "./deeds";
import type { Desk } from "./desk";
import { HEAD_PX, overlaps, type Span, TAIL_PX } from "./geometry";
import { Hand } from "./hand";
import { DuckCurve, SoundLanes } from "./lanes";
import type { Player } from "./player";
import { openNote, useDrops, usePulls } from "./pulls";
import { Range, Ruler } from "./ruler";
import type { SoundTold } from "./types";

interface Props {
  desk: Desk;
  player: Player;
  sound: SoundTold | null;
}

export function Tracks({ desk, player, sound }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const snapLine = useRef<HTMLDivElement>(null);
  const tip = useRef<HTMLDivElement>(null);
  const ghost = useRef<HTMLDivElement>(null);
  const hand = useMemo(
    () =>
      new Hand(desk, () =>
        scroller.current && snapLine.current && tip.current
          ? { scroller: scroller.current, line: snapLine.current, tip: tip.current }
          : null,
      ),
    [desk],
  );
  const cut = desk.cut.value;
  const scale = desk.pxPerFrame.value;
  useView(desk, scroller);
  useFocus(desk, scroller);
  const pulls = usePulls(desk, player, hand, scroller);
  const drops = useDrops(desk, scroller, ghost, snapLine);
  return (
    <div class={`gl-timeline-view ${desk.springs.value ? "gl-timeline-springs" : ""}`} data-tool={desk.tool.value}>
      <div class="gl-timeline-scroller" ref={scroller} {...pulls} {...drops}>
        <div class="gl-timeline-content" style={{ width: `${HEAD_PX + cut.frames * scale + TAIL_PX}px` }}>
          <div class={`gl-timeline-row gl-timeline-top ${cut.markers.length > 0 ? "gl-timeline-noted" : ""}`}>
            <div class="gl-timeline-trackhead gl-timeline-corner" />
            <Ruler desk={desk} onNote={(marker) => openNote(desk, player, marker)} />
          </div>
          {cut.rows.map((row) => (
            <RowView key={row.track.name} desk={desk} cut={cut} row={row} sound={sound} />
          ))}
          {cut.captions.length > 0 && <Captions desk={desk} cut={cut} />}
          {desk.showsSound.value && <SoundLanes desk={desk} sound={sound} />}
          <Playhead desk={desk} player={player} />
          <div class="gl-timeline-snapline" ref={snapLine} hidden />
          <div class="gl-timeline-ghost" ref={ghost} hidden />
          <div class="gl-timeline-tip" ref={tip} hidden role="presentation" />
        </div>
      </div>
    </div>
  );
}

// ── rows ────────────────────────────────────────────────────────────────────────────────────────────────────
const ROLE_ICONS: Record<string, IconName> = { picture: "film", dialogue: "note", music: "sound", effects: "sound" };

function RowView({ desk, cut, row, sound }: { desk: Desk; cut: Cut; row: Row; sound: SoundTold | null }) {
  const span = desk.span.value;
  const scale = desk.pxPerFrame.value;
  const chosen = desk.chosen.value;
  const chosenClip = chosen?.kind === "clip" ? chosen.id : "";
  const { name, role, muted } = row.track;
  const seen = row.clips.filter((clip) => overlaps(clip, span) || clip.id === chosenClip);
  const stop = row.clips.some((clip) => clip.id === chosenClip) ? chosenClip : seen[0]?.id;
  const places = new Map(row.clips.map((clip, at) => [clip.id, at + 1]));
  const layerPx = row.layers > 1 ? ROW_PX.layer : row.height;
  const puts = desk.put.value?.puts;
  return (
    <div
      class={`gl-timeline-row gl-timeline-role-${role} ${muted ? "gl-timeline-muted" : ""}`}
      style={{ height: `${row.height + 3}px` }}
    >
      <TrackHead desk={desk} row={row} />
      <div class="gl-timeline-lane" data-track={name}>
        <div
          role="listbox"
          aria-label={`${name}, ${role}${muted ? ", muted" : ""}`}
          aria-orientation="horizontal"
          class="gl-timeline-clips"
        >
          {seen.map((clip) => {
            const fades = fadesOf(row, clip);
            return (
              <ClipBlock
                key={clip.id}
                clip={clip}
                role={role}
                media={desk.bridge.media}
                rate={cut.rate}
                fps={cut.fps}
                scale={scale}
                first={Math.max(0, span.first - clip.start)}
                end={Math.min(clip.frames, span.end - clip.start)}
                top={(row.layer.get(clip.id) ?? 0) * layerPx + 1}
                height={layerPx}
                fadeIn={fades.head}
                fadeOut={fades.tail}
                isChosen={clip.id === chosenClip}
                isStop={clip.id === stop}
                isPut={puts?.has(clip.id) ?? false}
                place={places.get(clip.id) ?? 1}
                of={row.clips.length}
              />
            );
          })}
        </div>
        {row.joins.map(
          (join) => join.left && join.right && <Wedge key={join.id} desk={desk} cut={cut} join={join} span={span} />,
        )}
        <EditPoints desk={desk} row={row} span={span} />
        {sound?.duck?.[name] && desk.showsSound.value && (
          <DuckCurve points={sound.duck[name]} frames={cut.frames} scale={scale} height={row.height} />
        )}
        <Range desk={desk} />
      </div>
    </div>
  );
}

function TrackHead({ desk, row }: { desk: Desk; row: Row }) {
  const { name, role, muted, gain_db, duck_under, duck_db } = row.track;
  const isChosen = desk.chosen.value?.kind === "track" && desk.chosen.value.id === name;
  const more = [gain_db ? `${gain_db > 0 ? "+" : ""}${gain_db} dB` : "", duck_under ? `↓${duck_db}` : ""];
  const isPicture = row.track.kind === "picture";
  const does = isPicture ? (muted ? "Show" : "Hide") : muted ? "Unmute" : "Mute";
  return (
    <div class="gl-timeline-trackhead">
      <button
        type="button"
        class="gl-timeline-trackname"
        data-head={name}
        aria-pressed={isChosen}
        aria-label={`${[name, role, ...more].filter(Boolean).join(" ").replace("↓", "ducks ")}: its settings`}
        title={`${name}, ${role}${duck_under ? `, ${duck_db} dB down under ${duck_under}` : ""}: its settings`}
        onClick={() => desk.choose({ kind: "track", id: name })}
      >
        <Icon name={ROLE_ICONS[role] ?? "film"} size={13} />
        <strong>{name}</strong>
        <small>{more.filter(Boolean).join(" ") || role}</small>
      </button>
      <button
        type="button"
        class="gl-timeline-mute"
        aria-pressed={muted}
        aria-label={`${does} ${name}`}
        title={`${does} ${name}`}
        onClick={() => void desk.edit(deeds.mute(name, !muted))}
      >
        <Icon name={isPicture ? (muted ? "hidden" : "eye") : muted ? "mute" : "sound"} size={13} />
      </button>
    </div>
  );
}

function Wedge({ desk, cut, join, span }: { desk: Desk; cut: Cut; join: Join; span: Span }) {
  const place = joinPlace(cut, join);
  if (!place || !overlaps({ start: place.start, frames: join.frames }, span)) return null;
  const scale = desk.pxPerFrame.value;
  const width = `${Math.max(10, join.frames * scale)}px`;
  const isChosen = desk.chosen.value?.kind === "join" && desk.chosen.value.id === join.id;
  const [left, right] = [cut.clips.get(join.left)?.name, cut.clips.get(join.right)?.name];
  const label = `${join.kind} from ${left} to ${right}, ${join.frames} frames`;
  return (
    <button
      type="button"
      class="gl-timeline-join"
      data-join={join.id}
      data-width={width}
      data-at={place.at}
      aria-pressed={isChosen}
      aria-label={label}
      title={label}
      style={{ left: `${place.start * scale}px`, width }}
      onClick={() => desk.choose({ kind: "join", id: join.id })}
    >
      <i data-part="join" />
      <svg viewBox="0 0 12 8" width="12" height="8" aria-hidden="true">
        <path d="M0 0h12L6 8z" fill="currentColor" />
      </svg>
      <i data-part="join" />
    </button>
  );
}

/** At each plain cut between pictures a dot: pull it to roll the cut, click it for a dissolve. */
function EditPoints({ desk, row, span }: { desk: Desk; row: Row; span: Span }) {
  if (row.track.kind !== "picture") return null;
  const scale = desk.pxPerFrame.value;
  const joined = new Set(row.joins.map((join) => join.right));
  const pairs: [Clip, Clip][] = [];
  row.clips.forEach((clip, at) => {
    const before = row.clips[at - 1];
    if (!before || endOf(before) !== clip.start || joined.has(clip.id)) return;
    if (clip.start < span.first || clip.start > span.end) return;
    if (Math.min(before.frames, clip.frames) * scale >= 36) pairs.push([before, clip]);
  });
  return (
    <>
      {pairs.map(([left, right]) => (
        <i
          key={right.id}
          class="gl-timeline-point"
          data-point={`${left.id}|${right.id}`}
          style={{ left: `${right.start * scale}px` }}
          title={`${left.name} to ${right.name}: pull to roll the cut, click for a dissolve`}
        />
      ))}
    </>
  );
}

function Captions({ desk, cut }: { desk: Desk; cut: Cut }) {
  const span = desk.span.value;
  const scale = desk.pxPerFrame.value;
  return (
    <div class="gl-timeline-row gl-timeline-role-captions" style={{ height: `${ROW_PX.captions + 3}px` }}>
      <div class="gl-timeline-trackhead">
        <span class="gl-timeline-trackname">
          <Icon name="note" size={13} />
          <strong>CC</strong>
          <small>captions</small>
        </span>
      </div>
      <ul class="gl-timeline-lane" aria-label="Captions">
        {cut.captions
          .filter((caption) => overlaps(caption, span))
          .map((caption) => (
            <li
              key={caption.id}
              class="gl-timeline-caption"
              data-at={caption.start}
              style={{ left: `${caption.start * scale}px`, width: `${Math.max(3, caption.frames * scale)}px` }}
              title={caption.speaker ? `${caption.speaker}: ${caption.text}` : caption.text}
            >
              {caption.text}
            </li>
          ))}
        <Range desk={desk} />
      </ul>
    </div>
  );
}

/** The line; what it is held by is on the ruler. */
function Playhead({ desk, player }: { desk: Desk; player: Player }) {
  const element = useRef<HTMLDivElement>(null);
  useSignalEffect(() => {
    const [at, scale] = [desk.playhead.value, desk.pxPerFrame.value];
    const head = element.current;
    if (!head) return;
    head.style.transform = `translateX(${HEAD_PX + at * scale}px)`;
    if (player.playing.peek()) desk.reveal(at);
  });
  return <div ref={element} class="gl-timeline-playhead" aria-hidden="true" />;
}

// ── what happens in it ──────────────────────────────────────────────────────────────────────────────────────
type Box = { current: HTMLDivElement | null };

/** The view tells the desk how wide it is and where it stands, and goes where the desk says. */
function useView(desk: Desk, scroller: Box): void {
  useLayoutEffect(() => {
    const element = scroller.current as HTMLDivElement;
    let isWhole = true; // as it is shown first
    const measure = (): void => {
      if (!element.clientWidth) return;
      isWhole ||= desk.isFit;
      desk.widthPx.value = element.clientWidth;
      if (isWhole) desk.fit();
      isWhole = false;
    };
    const scrolled = (): void => {
      desk.scrollPx.value = element.scrollLeft;
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener("scroll", scrolled, { passive: true });
    const wheel = (event: WheelEvent): void => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      desk.zoom(Math.exp(-event.deltaY / 300), event.clientX - element.getBoundingClientRect().left);
    };
    element.addEventListener("wheel", wheel, { passive: false });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", scrolled);
      element.removeEventListener("wheel", wheel);
    };
  }, [desk, scroller]);
  const to = useComputed(() => desk.scrollTo.value).value;
  useLayoutEffect(() => {
    if (to === null || !scroller.current) return;
    scroller.current.scrollLeft = to;
    desk.scrollTo.value = null;
    desk.scrollPx.value = scroller.current.scrollLeft;
  }, [desk, scroller, to]);
}

/** The focus goes to the chosen clip when it was chosen by key, and when the one that had it is gone. */
function useFocus(desk: Desk, scroller: Box): void {
  const asked = desk.focusOn.value;
  const version = desk.told.value.version;
  useLayoutEffect(() => {
    const had = scroller.current?.contains(document.activeElement) || document.activeElement === document.body;
    if ((desk.chooseAnew() && had) || desk.refocuses) desk.focusOn.value += 1;
    desk.refocuses = false;
  }, [desk, version]);
  useEffect(() => {
    if (!asked) return;
    const id = desk.clip?.id;
    const element = id && scroller.current?.querySelector<HTMLElement>(`[data-clip="${CSS.escape(id)}"]`);
    if (element) element.focus({ preventScroll: true });
  }, [desk, scroller, asked]);
}
