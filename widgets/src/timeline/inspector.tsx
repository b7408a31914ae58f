// Inspector: the numbers of what is chosen, and a button for everything that can be pulled: for one pointer, and for keys.

import { useSignal } from "@preact/signals";
import { Button, Chip } from "../shared/ui";
import { type Clip, type Cut, endOf, fadesOf, type Join, neighbours, type Row, rowOfClip } from "./cut";
import * as deeds from "./deeds";
import type { Desk } from "./desk";
import { trackBeside } from "./dropping";
import { Buttons, Choice, NumberField } from "./fields";

export function Inspector({ desk }: { desk: Desk }) {
  const chosen = desk.chosen.value;
  const cut = desk.cut.value;
  const clip = desk.clip;
  const join = chosen?.kind === "join" ? cut.joins.get(chosen.id) : undefined;
  const row = chosen?.kind === "track" ? cut.rows.find((each) => each.track.name === chosen.id) : undefined;
  return (
    <aside class="gl-timeline-inspector" aria-label="Inspector">
      {clip ? (
        <OfClip key={clip.id} desk={desk} clip={clip} />
      ) : join ? (
        <OfJoin key={join.id} desk={desk} join={join} />
      ) : row ? (
        <OfTrack key={row.track.name} desk={desk} row={row} />
      ) : (
        <OfFilm desk={desk} />
      )}
    </aside>
  );
}

// ── a clip ──────────────────────────────────────────────────────────────────────────────────────────────────
function OfClip({ desk, clip }: { desk: Desk; clip: Clip }) {
  const cut = desk.cut.value;
  const row = rowOfClip(cut, clip);
  const isSound = clip.kind === "sound";
  const fades = fadesOf(row, clip);
  const runs = clip.kind === "footage" || isSound;
  const start = (to: number): void => {
    const by = Math.round(to) - clip.start;
    if (by) void desk.edit(deeds.slide(cut, clip, by));
  };
  const fade = (side: "head" | "tail") => (frames: number) =>
    void desk.edit(deeds.fade(cut, clip, side, Math.round(frames)));
  return (
    <>
      <header>
        <h3 title={clip.name}>{clip.name || clip.id}</h3>
        <Chip>{clip.track}</Chip>
        <Chip>{clip.kind}</Chip>
        {clip.linked && <Chip title="It follows its picture">linked</Chip>}
      </header>
      <p class="gl-timeline-when">
        {desk.time(clip.start)} – {desk.time(endOf(clip))} · {(clip.frames / cut.fps).toFixed(2)} s
      </p>
      {clip.words && <p class="gl-timeline-words">“{clip.words}”</p>}
      <div class="gl-timeline-fields">
        <NumberField
          label="Start"
          unit="fr"
          step={1}
          min={0}
          value={clip.start}
          title="Its neighbours give and take"
          onKeep={start}
        />
        <NumberField
          label="Length"
          unit="fr"
          step={1}
          min={1}
          value={clip.frames}
          onKeep={(frames) => void desk.edit(deeds.trim(cut, clip, 0, clip.frames - Math.round(frames), true))}
        />
        <Choice
          label="Track"
          value={clip.track}
          of={tracksFor(cut, clip)}
          title="At the same time, over what is there (Alt+↑, Alt+↓)"
          onKeep={(track) => void desk.toTrack(clip, track, false)}
        />
        {runs && (
          <NumberField
            label="Source in"
            unit="fr"
            step={1}
            min={0}
            value={clip.source_start}
            onKeep={(to) => void desk.edit(deeds.slip(cut, clip, Math.round(to) - clip.source_start))}
          />
        )}
        {runs && <SpeedField desk={desk} clip={clip} />}
        <NumberField label="Fade in" unit="fr" step={1} min={0} value={fades.head} onKeep={fade("head")} />
        <NumberField label="Fade out" unit="fr" step={1} min={0} value={fades.tail} onKeep={fade("tail")} />
        {isSound ? (
          <>
            <NumberField
              label="Gain"
              unit="dB"
              step={0.5}
              min={-60}
              max={24}
              value={clip.gain_db}
              onKeep={(db) => void desk.edit(deeds.gain(cut, clip, db))}
            />
            <NumberField
              label="Pan"
              step={0.1}
              min={-1}
              max={1}
              value={clip.pan}
              title="-1 left, 1 right"
              onKeep={(to) => void desk.edit(deeds.pan(cut, clip, to))}
            />
          </>
        ) : (
          <NumberField
            label="Opacity"
            unit="%"
            step={5}
            min={0}
            max={100}
            value={Math.round(clip.opacity * 100)}
            onKeep={(percent) => void desk.edit(deeds.opacity(cut, clip, percent / 100))}
          />
        )}
      </div>
      <ClipButtons desk={desk} clip={clip} />
    </>
  );
}

/** The tracks that a clip may lie on, from the top, with the new one that it may be carried to. */
function tracksFor(cut: Cut, clip: Clip): string[] {
  const kind = rowOfClip(cut, clip)?.track.kind;
  const there = cut.rows.filter((row) => row.track.kind === kind).map((row) => row.track.name);
  const beyond = [trackBeside(cut, clip, true), trackBeside(cut, clip, false)].filter(
    (track) => track && !there.includes(track),
  );
  return clip.kind === "sound" ? [...there, ...beyond] : [...beyond, ...there];
}

function SpeedField({ desk, clip }: { desk: Desk; clip: Clip }) {
  const speeds = ["1/4", "1/2", "1", "3/2", "2", "4"];
  const all = speeds.includes(clip.speed) ? speeds : [...speeds, clip.speed];
  return (
    <label class="gl-timeline-field">
      <span>Speed</span>
      <select
        value={clip.speed}
        onChange={(event) => {
          const to = event.currentTarget.value;
          void desk.edit(deeds.speed(desk.cut.value, clip, to.includes("/") ? to : Number(to)));
        }}
      >
        {all.map((speed) => (
          <option key={speed} value={speed}>
            ×{speed}
          </option>
        ))}
      </select>
    </label>
  );
}

function ClipButtons({ desk, clip }: { desk: Desk; clip: Clip }) {
  const cut = desk.cut.value;
  const at = desk.playhead.value;
  const inside = at > clip.start && at < endOf(clip);
  const { before, after, touchesAfter, touchesBefore } = neighbours(cut, clip);
  const isMain = rowOfClip(cut, clip)?.isMain ?? false;
  const roll = (by: number) => () => {
    const [left, right] = touchesAfter && after ? [clip, after] : [before, clip];
    if (left && right) void desk.edit(deeds.roll(cut, left, right, by));
  };
  return (
    <Buttons>
      <Button
        label="Split here"
        icon="blade"
        disabled={!inside}
        title="At the playhead (S)"
        onClick={() => desk.splitAtPlayhead()}
      />
      <Button
        label="Trim head"
        disabled={!inside}
        title="To the playhead ([)"
        onClick={() => desk.trimToPlayhead("head")}
      />
      <Button
        label="Trim tail"
        disabled={!inside}
        title="To the playhead (])"
        onClick={() => desk.trimToPlayhead("tail")}
      />
      <Button
        label="Earlier"
        icon="left"
        disabled={isMain ? !before : clip.start === 0}
        title={isMain ? "A place earlier (Alt+←)" : "A frame earlier (Alt+←)"}
        onClick={() => desk.nudge(false, false)}
      />
      <Button
        label="Later"
        icon="right"
        disabled={isMain && !after}
        title={isMain ? "A place later (Alt+→)" : "A frame later (Alt+→)"}
        onClick={() => desk.nudge(true, false)}
      />
      {(touchesAfter || touchesBefore) && (
        <>
          <Button label="Cut −1" title="Roll its cut a frame earlier" onClick={roll(-1)} />
          <Button label="Cut +1" title="Roll its cut a frame later" onClick={roll(1)} />
        </>
      )}
      <Button label="Dissolve to next" disabled={!touchesAfter} title="(D)" onClick={() => desk.dissolveToNext()} />
      {clip.kind === "footage" && (
        <>
          <Button
            label={clip.backwards ? "Forwards" : "Reverse"}
            onClick={() => void desk.edit(deeds.reverse(cut, clip))}
          />
          <Button
            label="Freeze here"
            disabled={!inside}
            title="Hold the picture at the playhead for a second"
            onClick={() => void desk.edit(deeds.freeze(cut, clip, at, Math.round(cut.fps)))}
          />
        </>
      )}
      <Button label="Remove" icon="trash" kind="danger" title="(Delete)" onClick={() => desk.removeChosen(true)} />
      {isMain && (
        <Button
          label="Leave a gap"
          kind="danger"
          title="Remove it, and nothing moves up (Shift+Delete)"
          onClick={() => desk.removeChosen(false)}
        />
      )}
    </Buttons>
  );
}

// ── a transition, a track, the film ─────────────────────────────────────────────────────────────────────────
function OfJoin({ desk, join }: { desk: Desk; join: Join }) {
  const cut = desk.cut.value;
  const [left, right] = [cut.clips.get(join.left), cut.clips.get(join.right)];
  const isSound = left?.kind === "sound";
  const again = (kind: string, more: Partial<Join> = {}): void => {
    if (left && right) void desk.edit(deeds.join(cut, kind, left, right, join.frames, { ...join, ...more }));
  };
  return (
    <>
      <header>
        <h3>
          {left?.name} → {right?.name}
        </h3>
        <Chip>{join.track}</Chip>
      </header>
      <div class="gl-timeline-fields">
        {!isSound && (
          <Choice
            label="Kind"
            value={join.kind}
            of={["dissolve", "dip", "wipe", "push"]}
            onKeep={(kind) => again(kind)}
          />
        )}
        <NumberField
          label="Length"
          unit="fr"
          step={1}
          min={2}
          value={join.frames}
          onKeep={(frames) => void desk.edit(deeds.joinOfLength(cut, join, Math.round(frames)))}
        />
        {join.kind === "dip" && (
          <Choice
            label="Through"
            value={join.colour}
            of={["black", "white"]}
            onKeep={(colour) => again("dip", { colour })}
          />
        )}
        {(join.kind === "wipe" || join.kind === "push") && (
          <Choice
            label="To"
            value={join.direction}
            of={["left", "right", "up", "down"]}
            onKeep={(direction) => again(join.kind, { direction })}
          />
        )}
      </div>
      <Buttons>
        <Button
          label="Plain cut"
          icon="trash"
          kind="danger"
          onClick={() => void desk.edit(desk.withoutJoin(join.id))}
        />
      </Buttons>
    </>
  );
}

function OfTrack({ desk, row }: { desk: Desk; row: Row }) {
  const { name, role, kind, muted, gain_db, duck_under, duck_db } = row.track;
  const others = desk.cut.value.rows.filter((each) => each.track.kind === "sound" && each !== row);
  const under = useSignal(
    duck_under || (others.find((each) => each.track.role === "dialogue") ?? others[0])?.track.name || "",
  );
  const does = kind === "picture" ? (muted ? "Show" : "Hide") : muted ? "Unmute" : "Mute";
  return (
    <>
      <header>
        <h3>{name}</h3>
        <Chip>{role}</Chip>
        {muted && <Chip tone="warn">{kind === "picture" ? "hidden" : "muted"}</Chip>}
      </header>
      {kind === "sound" && (
        <div class="gl-timeline-fields">
          <NumberField
            label="Gain"
            unit="dB"
            step={0.5}
            min={-60}
            max={24}
            value={gain_db}
            onKeep={(db) => void desk.edit(deeds.trackGain(name, db))}
          />
          {others.length > 0 && (
            <>
              <NumberField
                label="Duck by"
                unit="dB"
                step={1}
                min={0}
                max={60}
                value={duck_db}
                title="How far it goes down while something is heard there; 0 takes it off"
                onKeep={(by) => void desk.edit(deeds.duck(name, under.value, by))}
              />
              <Choice
                label="Under"
                value={under.value}
                of={others.map((each) => each.track.name)}
                onKeep={(to) => {
                  under.value = to;
                  if (duck_db) void desk.edit(deeds.duck(name, to, duck_db));
                }}
              />
            </>
          )}
        </div>
      )}
      <Buttons>
        <Button
          label={does}
          icon={kind === "picture" ? "film" : "mute"}
          onClick={() => void desk.edit(deeds.mute(name, !muted))}
        />
      </Buttons>
    </>
  );
}

function OfFilm({ desk }: { desk: Desk }) {
  const cut = desk.cut.value;
  return (
    <>
      <header>
        <h3>{desk.told.value.film}</h3>
        <Chip>{cut.rate.includes("/") ? `${cut.fps.toFixed(2)} fps` : `${cut.rate} fps`}</Chip>
      </header>
      <p class="gl-timeline-when">
        {desk.time(cut.frames)} · {cut.clips.size} clips on {cut.rows.length} tracks
      </p>
      {cut.markers.length > 0 ? (
        <ul class="gl-timeline-notes">
          {cut.markers.map((marker) => (
            <li key={marker.id}>
              <button type="button" onClick={() => desk.goTo(marker.start)} title="Go there">
                <time>{desk.time(marker.start)}</time> {marker.note}
              </button>
              <Button
                icon="edit"
                label={`Edit the note “${marker.note}”`}
                bare
                kind="quiet"
                onClick={() => {
                  desk.noting.value = { at: marker.start, marker };
                }}
              />
            </li>
          ))}
        </ul>
      ) : (
        <p class="gl-timeline-hint">
          Choose a clip to see its numbers. <kbd>M</kbd> writes a note at the playhead, <kbd>?</kbd> shows all keys.
        </p>
      )}
    </>
  );
}

/** Back from the inspector to what it is about: a clip, a transition, a track; where nothing is chosen, to the playhead. */
export function focusChosen(root: HTMLElement | null, desk: Desk): void {
  const chosen = desk.chosen.value;
  const name = chosen && CSS.escape(chosen.id);
  const of = { clip: `[data-clip="${name}"]`, join: `[data-join="${name}"]`, track: `[data-head="${name}"]` };
  root?.querySelector<HTMLElement>(chosen ? of[chosen.kind] : "[data-playhead]")?.focus();
}

/** Moves the focus into the inspector when somebody asks for it by key. */
export function focusInspector(root: HTMLElement | null): void {
  root?.querySelector<HTMLElement>(".gl-timeline-inspector input, .gl-timeline-inspector button")?.focus();
}
