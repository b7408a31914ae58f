// Notes: writing a note on the ruler, changing it, taking it away; and laying down what was picked up in a bucket.

import { useSignal } from "@preact/signals";
import { Button, Dialog } from "../shared/ui";
import type { Desk, Noting } from "./desk";
import { newTrack } from "./dropping";

export function NoteDialog({ desk }: { desk: Desk }) {
  const noting = desk.noting.value;
  return noting && <Writing key={`${noting.at} ${noting.marker?.id}`} desk={desk} noting={noting} />;
}

function Writing({ desk, noting }: { desk: Desk; noting: Noting }) {
  const stands = desk.time(noting.at);
  const note = useSignal(noting.marker?.note ?? "");
  const place = useSignal(stands);
  const close = (): void => {
    desk.noting.value = null;
  };
  const keep = (event: Event): void => {
    event.preventDefault();
    const at = place.value.trim();
    if (!note.value.trim()) close();
    else
      void desk.keepNote(
        noting,
        note.value,
        at === "" || at === stands ? noting.at : /^\d+$/.test(at) ? Number(at) : at,
      );
  };
  return (
    <Dialog title={`Note at ${stands}`} onClose={close}>
      <form class="gl-timeline-note" onSubmit={keep}>
        <input
          aria-label="Note"
          maxLength={500}
          placeholder="check the lamp"
          value={note.value}
          onInput={(event) => {
            note.value = event.currentTarget.value;
          }}
        />
        <label class="gl-timeline-note-at">
          <span>At</span>
          <input
            value={place.value}
            maxLength={200}
            title="A timecode, a frame, or the name of a clip"
            spellcheck={false}
            onInput={(event) => {
              place.value = event.currentTarget.value;
            }}
          />
        </label>
        <div class="gl-timeline-deeds">
          <Button label="Keep" kind="primary" type="submit" disabled={!note.value.trim()} />
          {noting.marker && (
            <Button
              label="Remove"
              icon="trash"
              kind="danger"
              onClick={() => noting.marker && void desk.removeNote(noting.marker)}
            />
          )}
        </div>
      </form>
    </Dialog>
  );
}

/** What was picked up, until it is laid: for who can't drag, or doesn't want to. */
export function Carrying({ desk }: { desk: Desk }) {
  const carried = desk.carried.value;
  const track = useSignal("");
  const how = useSignal<"insert" | "overwrite" | "">("");
  if (!carried) return null;
  const cut = desk.cut.value;
  const isSound = carried.media_type.startsWith("audio/");
  const rows = cut.rows.filter((row) => row.track.kind === (isSound ? "sound" : "picture"));
  const usual = (isSound ? rows[0] : rows.find((row) => row.isMain))?.track.name ?? newTrack(cut, isSound ? "A" : "V");
  const tracks = [...rows.map((row) => row.track.name), newTrack(cut, isSound ? "A" : "V")];
  const on = track.value && tracks.includes(track.value) ? track.value : usual;
  const way = how.value || (on === "V1" ? "insert" : "overwrite");
  return (
    <div class="gl-timeline-carrying">
      <strong>{carried.name}</strong>
      <span>picked up from {carried.bucket}</span>
      <label>
        <span class="gl-unseen">How</span>
        <select
          value={way}
          onChange={(event) => {
            how.value = event.currentTarget.value as "insert" | "overwrite";
          }}
        >
          <option value="insert">insert</option>
          <option value="overwrite">overwrite</option>
        </select>
      </label>
      <label>
        <span class="gl-unseen">Track</span>
        <select
          value={on}
          onChange={(event) => {
            track.value = event.currentTarget.value;
          }}
        >
          {tracks.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <Button
        label="Lay at the playhead"
        kind="primary"
        onClick={() =>
          void desk.lay(carried, way, on, desk.playhead.value).then((done) => {
            if (done) desk.carried.value = null;
          })
        }
      />
      <Button
        icon="close"
        label="Put it back"
        bare
        kind="quiet"
        onClick={() => {
          desk.carried.value = null;
        }}
      />
    </div>
  );
}
