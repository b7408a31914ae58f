// Review: a big player of a finished film, whose comments are pinned to its frames and become markers of the cut.

import { useEffect, useRef, useState } from "preact/hooks";
import type { Bridge } from "../shared/bridge";
import { count, timecode } from "../shared/format";
import { host } from "../shared/host";
import { Button, Empty, ErrorNote, useAnnounce, useMedia } from "../shared/ui";
import type { ViewProps } from "../shared/widget";
import { frameAt, nameOf, rateValue, secondsOf, spoken } from "./clock";
import { films } from "./jobs";
import type { JobState, NoteState, RendersState } from "./types";

export function Review({ bridge, state }: ViewProps<RendersState>) {
  const [chosen, choose] = useState<number | null>(null);
  const seen = films(state).filter((job) => job.played === "video");
  const job = seen.find((each) => each.number === chosen) ?? seen[0];
  const cut = state.cuts?.[String(state.version)];
  if (!job || !cut)
    return (
      <div class="gl-review">
        <Empty title="There is no film to review yet" code="film.render().wait()">
          <p>{state.hint ?? "Render the cut, and it plays here; what you say of it becomes notes in the timeline."}</p>
        </Empty>
      </div>
    );
  return (
    <div class="gl-review">
      <header class="gl-renders-head">
        <h2>{state.film}</h2>
        <select
          aria-label="Which film"
          value={job.number}
          onChange={(event) => choose(Number(event.currentTarget.value))}
        >
          {seen.map((each) => (
            <option key={each.number} value={each.number}>
              {each.preset} · cut v{each.version}
            </option>
          ))}
        </select>
        <span class="gl-renders-sub">{count(Object.keys(state.notes ?? {}).length, "note")}</span>
      </header>
      {isAnother(state, job) && (
        <p class="gl-review-other" role="note">
          This film is v{job.version} of the cut; the newest is v{state.version}. Notes are pinned to v{state.version},
          at the same time of the film{frameNote(state, job)}.
        </p>
      )}
      <Room key={job.number} bridge={bridge} state={state} job={job} rate={cut.rate} frames={cut.frames} />
    </div>
  );
}

/** Whether what is seen may be another film than the newest cut's: versions that differ in notes alone are one. */
export function isAnother(state: RendersState, job: JobState): boolean {
  const [seen, newest] = [state.cuts?.[String(job.version)], state.cuts?.[String(state.version)]];
  return job.version !== state.version && seen?.look !== newest?.look;
}

function frameNote(state: RendersState, job: JobState): string {
  const newest = state.cuts?.[String(state.version)]?.seconds ?? 0;
  const differs = newest - (job.seconds ?? newest);
  if (Math.abs(differs) < 0.04) return "";
  return `, which is ${Math.abs(differs).toFixed(1)} s ${differs > 0 ? "longer" : "shorter"} now`;
}

interface RoomProps {
  bridge: Bridge<RendersState>;
  state: RendersState;
  job: JobState;
  rate: string;
  frames: number;
}

function Room({ bridge, state, job, rate, frames }: RoomProps) {
  const video = useRef<HTMLVideoElement>(null);
  const words = useRef<HTMLTextAreaElement>(null);
  const [frame, setFrame] = useState(0);
  const [playing, setPlaying] = useState(false);
  const { url, retry } = useMedia(bridge.media, `film/${job.number}`);
  const poster = useMedia(bridge.media, `poster/${job.number}/1280`);
  const last = Math.max(0, Math.min(frames, Math.round((job.seconds ?? 0) * rateValue(rate))) - 1);
  useFrames(video, url, (seconds) => setFrame(frameAt(seconds, rate, last + 1)));
  const seek = (to: number): void => {
    const at = Math.max(0, Math.min(last, to));
    if (video.current) video.current.currentTime = secondsOf(at, rate);
    setFrame(at);
  };
  const step = (by: number): void => {
    video.current?.pause();
    seek(frame + by);
  };
  const toggle = (): void => {
    if (video.current?.paused) void video.current.play();
    else video.current?.pause();
  };
  const onKey = (event: KeyboardEvent): void => {
    const act = keys(event, { toggle, step, second: Math.round(rateValue(rate)), speak: () => words.current?.focus() });
    if (!act) return;
    event.preventDefault();
    act();
  };
  const notes = sorted(state.notes);
  return (
    <div class="gl-review-room">
      <section class="gl-review-player" aria-label="Player" onKeyDown={onKey}>
        {/* biome-ignore lint/a11y/useMediaCaption: captions are in the picture */}
        <video
          ref={video}
          playsInline
          preload="auto"
          style={{
            aspectRatio: `${job.width || 16} / ${job.height || 9}`,
            width: `min(100%, calc(64vh * ${job.width || 16} / ${job.height || 9}))`,
          }}
          poster={poster.url || undefined}
          src={url || undefined}
          onError={retry}
          onClick={toggle}
          onPlay={() => setPlaying(true)}
          onPause={() => setPlaying(false)}
          aria-label={`${state.film}, ${job.preset}`}
        />
        <div class="gl-review-track">
          <input
            type="range"
            min={0}
            max={last}
            value={frame}
            aria-label="Playhead"
            aria-valuetext={timecode(frame, rate)}
            onInput={(event) => seek(Number(event.currentTarget.value))}
          />
          <div class="gl-review-pins" aria-hidden="true">
            {notes.map(([id, note]) => (
              <i key={id} style={{ insetInlineStart: `${(100 * Math.min(note.frame, last)) / Math.max(1, last)}%` }} />
            ))}
          </div>
        </div>
        <div class="gl-review-keys">
          <Button
            icon={playing ? "pause" : "play"}
            label={playing ? "Pause" : "Play"}
            bare
            kind="primary"
            onClick={toggle}
          />
          <Button icon="left" label="One frame back" bare kind="quiet" onClick={() => step(-1)} />
          <Button icon="right" label="One frame on" bare kind="quiet" onClick={() => step(1)} />
          <output class="gl-review-time" aria-label="Timecode">
            {timecode(frame, rate)}
          </output>
          <span class="gl-renders-sub">frame {frame.toLocaleString("en")}</span>
        </div>
        <Say bridge={bridge} frame={frame} rate={rate} words={words} onBegin={() => video.current?.pause()} />
      </section>
      <Notes bridge={bridge} notes={notes} rate={rate} at={frame} onSeek={seek} />
    </div>
  );
}

interface Acts {
  toggle: () => void;
  step: (by: number) => void;
  second: number;
  speak: () => void;
}

/** What a key does in the player: nothing in a field, where it writes. */
export function keys(event: KeyboardEvent, acts: Acts): (() => void) | null {
  const target = event.target as HTMLElement;
  if (event.ctrlKey || event.metaKey || event.altKey || ["TEXTAREA", "SELECT"].includes(target.tagName)) return null;
  const isField = target.tagName === "INPUT" && (target as HTMLInputElement).type !== "range";
  if (isField) return null;
  if (event.key === "ArrowLeft") return () => acts.step(event.shiftKey ? -acts.second : -1);
  if (event.key === "ArrowRight") return () => acts.step(event.shiftKey ? acts.second : 1);
  if (event.key === "c") return acts.speak;
  if ((event.key === " " && target.tagName !== "BUTTON") || event.key === "k") return acts.toggle;
  return null;
}

export function sorted(notes: Record<string, NoteState> | undefined): [string, NoteState][] {
  return Object.entries(notes ?? {}).sort((a, b) => a[1].frame - b[1].frame);
}

/** Calls with the time of every frame that is shown, as exactly as the browser tells it. */
function useFrames(
  video: { current: HTMLVideoElement | null },
  url: string | null,
  heard: (seconds: number) => void,
): void {
  const latest = useRef(heard);
  latest.current = heard;
  useEffect(() => {
    const element = video.current;
    if (!element || !url) return;
    let id = 0;
    const onFrame = (_: number, told: { mediaTime: number }): void => {
      if (!element.paused) latest.current(told.mediaTime);
      id = element.requestVideoFrameCallback(onFrame);
    };
    const onTime = (): void => {
      if (!element.seeking && !element.paused) latest.current(element.currentTime);
    };
    if ("requestVideoFrameCallback" in element) id = element.requestVideoFrameCallback(onFrame);
    else (element as HTMLVideoElement).addEventListener("timeupdate", onTime);
    return () => {
      if (id) element.cancelVideoFrameCallback(id);
      element.removeEventListener("timeupdate", onTime);
    };
  }, [video, url]);
}

interface SayProps {
  bridge: Bridge<RendersState>;
  frame: number;
  rate: string;
  words: { current: HTMLTextAreaElement | null };
  onBegin: () => void;
}

const NAME = "glimmer.reviewer";

function Say({ bridge, frame, rate, words, onBegin }: SayProps) {
  const [text, setText] = useState("");
  const [name, setName] = useState(() => kept());
  const [error, setError] = useState("");
  const announce = useAnnounce();
  useEffect(() => {
    if (!name) void host().then((there) => setName((now) => now || nameOf(there.who)));
  }, []);
  const say = async (): Promise<void> => {
    if (!text.trim()) return;
    setError("");
    try {
      await bridge.ask("comment", { frame, words: text, name: name.trim() });
      keep(name.trim());
      setText("");
      announce(`Noted at ${timecode(frame, rate)}.`);
    } catch (problem) {
      setError((problem as Error).message);
    }
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      void say();
    }
  };
  return (
    <div class="gl-review-say">
      <textarea
        ref={words}
        rows={2}
        value={text}
        aria-label={`Comment at ${timecode(frame, rate)}`}
        placeholder={`What do you see at ${timecode(frame, rate)}?`}
        onFocus={onBegin}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKey}
      />
      <div>
        <input
          value={name}
          aria-label="Your name"
          placeholder="Your name"
          maxLength={40}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <Button icon="send" label="Comment" kind="primary" disabled={!text.trim()} onClick={() => void say()} />
      </div>
      {error && <ErrorNote words={error} onClose={() => setError("")} />}
    </div>
  );
}

function kept(): string {
  try {
    return localStorage.getItem(NAME) ?? "";
  } catch {
    return ""; // a page may be forbidden to keep anything
  }
}

function keep(name: string): void {
  try {
    localStorage.setItem(NAME, name);
  } catch {
    return;
  }
}

interface NotesProps {
  bridge: Bridge<RendersState>;
  notes: [string, NoteState][];
  rate: string;
  at: number;
  onSeek: (frame: number) => void;
}

function Notes({ bridge, notes, rate, at, onSeek }: NotesProps) {
  const [error, setError] = useState("");
  const announce = useAnnounce();
  const resolve = async (note: NoteState): Promise<void> => {
    try {
      await bridge.ask("resolve", { frame: note.frame, note: note.note });
      announce("Seen to; undo brings it back.");
    } catch (problem) {
      setError((problem as Error).message);
    }
  };
  return (
    <aside class="gl-review-notes" aria-label="Notes">
      {error && <ErrorNote words={error} onClose={() => setError("")} />}
      {!notes.length && (
        <Empty title="No notes yet">
          <p>
            Play the film and write what you see: it pauses, and the note stays at that frame. Press C to write, ← and →
            to step.
          </p>
        </Empty>
      )}
      <ol>
        {notes.map(([id, note]) => {
          const { name, words } = spoken(note.note);
          return (
            <li key={id} class={note.frame === at ? "gl-at" : ""}>
              <button
                type="button"
                class="gl-review-seek"
                onClick={() => onSeek(note.frame)}
                aria-label={`Go to ${timecode(note.frame, rate)}`}
              >
                {timecode(note.frame, rate)}
              </button>
              <p>
                {name && <strong>{name}</strong>} {words}
              </p>
              <Button
                icon="check"
                label={`Seen to: ${words.slice(0, 60)}`}
                bare
                kind="quiet"
                onClick={() => void resolve(note)}
              />
            </li>
          );
        })}
      </ol>
    </aside>
  );
}
