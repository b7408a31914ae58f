// Chosen: what can be done with all that is selected at once. It lies at the foot of the sheet while anything is.

import { useState } from "preact/hooks";
import { pickUp } from "../shared/carry";
import { Button } from "../shared/ui";
import { carriedOf } from "./card";
import type { Desk } from "./desk";
import type { Row } from "./sifting";
import { Stars } from "./stars";
import type { BucketState } from "./types";

export interface ChosenProps {
  desk: Desk;
  state: BucketState;
  rows: Row[]; // that are selected
  tagging: boolean;
  onTagging: (on: boolean) => void;
  onOpen: (row: Row) => void;
  onMake: (keys: string[]) => void;
  onTrash: () => void;
  onNone: () => void;
}

/** Let each be carried to another face of this page: one after the other, as they were selected. */
export function pickUpAll(desk: Desk, state: BucketState, rows: Row[]): void {
  const there = rows.filter((row) => row.entry.used);
  for (const row of there) pickUp(carriedOf(state, row, desk.cards.there.value.get(row.key), 0));
  const what = there.length === 1 ? (there[0] as Row).entry.name : `${there.length} of ${state.bucket}`;
  desk.announce(
    there.length ? `${what} picked up. Lay it down in the timeline or the chat.` : "Nothing of it has a take yet.",
  );
}

export function Chosen(props: ChosenProps) {
  const { desk, state, rows } = props;
  const [first] = rows;
  if (!first || state.bucket === "screenplays") return null;
  const keys = rows.map((row) => row.key);
  const all = rows.every((row) => row.entry.rating === first.entry.rating) ? (first.entry.rating ?? 0) : 0;
  const toMake = rows.filter((row) => row.state && row.state !== "current");
  return (
    <div class="gl-bucket-chosen-bar" role="toolbar" aria-label={`${rows.length} selected`}>
      <strong>{rows.length === 1 ? first.entry.name : `${rows.length.toLocaleString("en")} selected`}</strong>
      <Stars
        rating={all}
        label="Stars for what is selected"
        onRate={(stars) => void desk.act("rate", { keys, stars }, `${stars} stars for ${rows.length}.`)}
      />
      {props.tagging ? (
        <TagField {...props} keys={keys} />
      ) : (
        <Button icon="tag" label="Tag" onClick={() => props.onTagging(true)} />
      )}
      {rows.length === 1 && <Button label="Open" onClick={() => props.onOpen(first)} />}
      {state.bucket !== "prompts" && (
        <Button icon="clip" label="Pick up" onClick={() => pickUpAll(desk, state, rows)} />
      )}
      {toMake.length > 0 && (
        <Button
          icon="refresh"
          label={toMake.length > 1 ? `Make ${toMake.length}` : "Make"}
          disabled={Boolean(state.work.what)}
          onClick={() => props.onMake(toMake.map((row) => row.key))}
        />
      )}
      <Button
        icon="trash"
        label={`Throw ${rows.length === 1 ? first.entry.name : rows.length} away`}
        bare
        kind="quiet"
        onClick={props.onTrash}
      />
      <span class="gl-bucket-space" />
      <Button icon="close" label="Select nothing" bare kind="quiet" onClick={props.onNone} />
    </div>
  );
}

function TagField({ desk, rows, keys, onTagging }: ChosenProps & { keys: string[] }) {
  const [words, setWords] = useState("");
  const add = (): void => {
    const given = words
      .split(",")
      .map((each) => each.trim())
      .filter(Boolean);
    onTagging(false);
    if (given.length) void desk.act("tag", { keys, words: given }, `${rows.length} tagged ${given.join(", ")}.`);
  };
  return (
    <input
      class="gl-bucket-tag-field"
      aria-label={`A tag for ${rows.length} selected`}
      placeholder="tag, another"
      maxLength={200}
      value={words}
      ref={(input) => input?.focus()}
      onInput={(event) => setWords(event.currentTarget.value)}
      onBlur={() => onTagging(false)}
      onKeyDown={(event) => {
        if (event.key === "Enter") add();
        if (event.key === "Escape") onTagging(false);
      }}
    />
  );
}
