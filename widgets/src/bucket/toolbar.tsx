// Toolbar: what the bucket holds, and what of it is shown: search, filters that say how many they would leave, sort and size.
// biome-ignore-all lint/a11y/useSemanticElements: a search that is no landmark of the notebook, and a group of toggles, not of fields

import { useEffect, useRef } from "preact/hooks";
import { count, usd } from "../shared/format";
import { Icon } from "../shared/icons";
import { Button, Chip } from "../shared/ui";
import { AddButton, type Adding } from "./adding";
import type { Desk } from "./desk";
import type { Size } from "./grid";
import { MakeAll } from "./making";
import { type Counts, isOpen, OPEN_SIEVE, type Sieve, type SortBy } from "./sifting";
import type { BucketState } from "./types";

const SORTS: [SortBy, string][] = [
  ["order", "film order"],
  ["name", "name"],
  ["rating", "stars"],
  ["state", "what needs work"],
  ["takes", "takes"],
  ["seconds", "length"],
  ["cost", "cost"],
];
const ADDS: Record<string, string> = {
  screenplays: "Read a script",
  prompts: "Add a prompt",
  characters: "Add a picture",
  video: "Add footage",
  audio: "Add sound",
  music: "Add music",
};

export interface ToolbarProps {
  desk: Desk;
  state: BucketState;
  adding: Adding;
  sieve: Sieve;
  counts: Counts;
  total: number;
  shown: number;
  size: Size;
  onSieve: (sieve: Sieve) => void;
  onSize: (size: Size) => void;
  onMakeAll: () => void;
  onTrash: () => void;
  onKeys: () => void;
}

export function Toolbar(props: ToolbarProps) {
  return (
    <header class="gl-bucket-bar">
      <Title {...props} />
      {props.total > 0 && <Filters {...props} />}
    </header>
  );
}

function Title({ desk, state, adding, counts, total, onMakeAll, onTrash, onKeys }: ToolbarProps) {
  const words = [
    ...(state.bucket === "audio" && counts.kinds.length > 1
      ? counts.kinds
          .slice(0, 4)
          .map(([kind, many]) => (kind === "air" || kind === "your own" ? `${many} ${kind}` : count(many, kind)))
      : [count(total, state.one)]),
    counts.takes && state.bucket !== "screenplays" ? count(counts.takes, "take") : "",
    state.usd ? usd(state.usd) : "",
  ];
  return (
    <div class="gl-bucket-title">
      <div class="gl-bucket-name">
        <h2>{state.bucket}</h2>
        <span class="gl-bucket-soft">{words.filter(Boolean).join(" · ")}</span>
      </div>
      <div class="gl-bucket-deeds">
        <Button
          icon="undo"
          label={state.undo ? `Undo: ${state.undo}` : "Nothing to undo"}
          bare
          kind="quiet"
          disabled={!state.undo}
          onClick={() => void desk.act("undo", {}, "Undone.")}
        />
        <Button
          icon="redo"
          label={state.redo ? `Redo: ${state.redo}` : "Nothing to redo"}
          bare
          kind="quiet"
          disabled={!state.redo}
          onClick={() => void desk.act("redo", {}, "Done again.")}
        />
        {state.bucket !== "screenplays" && (
          <Button
            icon="trash"
            label={state.trash ? `Trash: ${state.trash}` : "The trash is empty"}
            bare
            kind="quiet"
            disabled={!state.trash}
            onClick={onTrash}
          />
        )}
        <Button label="Keys" kind="quiet" onClick={onKeys} />
        <AddButton state={state} adding={adding} label={ADDS[state.bucket] ?? "Add"} />
        <MakeAll state={state} onMake={onMakeAll} />
      </div>
    </div>
  );
}

function Filters(props: ToolbarProps) {
  const { state } = props;
  return (
    <div class="gl-bucket-filters" role="search" aria-label={`Filter ${state.bucket}`}>
      <Search {...props} />
      <div class="gl-bucket-sieve">
        <Sieves {...props} />
      </div>
      <Order {...props} />
    </div>
  );
}

function Sieves(props: ToolbarProps) {
  const { state, sieve, counts, onSieve } = props;
  const set = (more: Partial<Sieve>): void => onSieve({ ...sieve, ...more });
  const planned = ["characters", "video", "audio", "music"].includes(state.bucket);
  return (
    <>
      {planned && state.script > 0 && <States {...props} />}
      {counts.kinds.length > 1 && (
        <Pick
          label="Kind"
          value={sieve.kind}
          every="all kinds"
          options={counts.kinds}
          onPick={(kind) => set({ kind })}
        />
      )}
      {state.bucket !== "screenplays" && (
        <select
          aria-label="Stars"
          value={String(sieve.rating)}
          onChange={(event) => set({ rating: Number(event.currentTarget.value) })}
        >
          <option value="0">any stars</option>
          {[1, 2, 3, 4, 5].map((stars) => (
            <option key={stars} value={String(stars)}>
              {"★".repeat(stars)}
              {stars < 5 ? " and up" : ""}
            </option>
          ))}
        </select>
      )}
      {counts.tags.length > 0 && (
        <Pick label="Tag" value={sieve.tag} every="any tag" options={counts.tags} onPick={(tag) => set({ tag })} />
      )}
      {counts.inCut > 0 && (
        <select
          aria-label="Use in the cut"
          value={sieve.inCut}
          onChange={(event) => set({ inCut: event.currentTarget.value as Sieve["inCut"] })}
        >
          <option value="">in the cut or not</option>
          <option value="in">in the cut ({counts.inCut})</option>
          <option value="out">not in the cut</option>
        </select>
      )}
      {!isOpen(sieve) && (
        <Button
          label={`Show all (${props.shown.toLocaleString("en")} of ${props.total.toLocaleString("en")})`}
          kind="quiet"
          icon="close"
          onClick={() => onSieve({ ...OPEN_SIEVE, sort: sieve.sort, down: sieve.down })}
        />
      )}
    </>
  );
}

function Search({ desk, state, sieve, onSieve }: ToolbarProps) {
  const input = useRef<HTMLInputElement>(null);
  const now = useRef(sieve);
  now.current = sieve;
  // The names are searched here at once; notes and the words of the script in the kernel, when typing rests.
  useEffect(() => {
    if (!sieve.text.trim()) return;
    let current = true;
    const timer = setTimeout(() => {
      desk.bridge.ask<{ keys: string[] }>("find", { text: sieve.text.slice(0, 400) }).then(
        (found) => current && onSieve({ ...now.current, says: new Set(found.keys) }),
        (error) => current && desk.refuse((error as Error).message),
      );
    }, 140);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [sieve.text, state.revision]);
  return (
    <label class="gl-bucket-search">
      <Icon name="search" />
      <input
        ref={input}
        type="search"
        aria-label={`Search ${state.bucket}`}
        placeholder="Search names, notes, the script"
        value={sieve.text}
        onInput={(event) => onSieve({ ...sieve, text: event.currentTarget.value, says: null })}
      />
    </label>
  );
}

function States({ state, sieve, counts, onSieve }: ToolbarProps) {
  const offered = (["stale", "missing", "blocked", "current"] as const).filter(
    (each) => counts.states[each] || sieve.state === each,
  );
  if (state.problem)
    return (
      <Chip tone="bad" title={state.problem}>
        the plan can't be told
      </Chip>
    );
  if (!state.planned && !Object.keys(state.states).length) return <span class="gl-bucket-soft">asking the plan …</span>;
  if (offered.length === 1 && offered[0] === "current" && !sieve.state)
    return <span class="gl-bucket-allgood">all current</span>;
  return (
    <div class="gl-bucket-states" role="group" aria-label="State">
      {offered.map((each) => (
        <button
          key={each}
          type="button"
          class={`gl-bucket-state gl-bucket-is-${each}`}
          aria-pressed={sieve.state === each}
          onClick={() => onSieve({ ...sieve, state: sieve.state === each ? "" : each })}
        >
          {each} <b>{(counts.states[each] ?? 0).toLocaleString("en")}</b>
        </button>
      ))}
    </div>
  );
}

function Pick({
  label,
  value,
  every,
  options,
  onPick,
}: {
  label: string;
  value: string;
  every: string;
  options: [string, number][];
  onPick: (value: string) => void;
}) {
  return (
    <select aria-label={label} value={value} onChange={(event) => onPick(event.currentTarget.value)}>
      <option value="">{every}</option>
      {options.slice(0, 300).map(([name, many]) => (
        <option key={name} value={name}>
          {name} ({many.toLocaleString("en")})
        </option>
      ))}
    </select>
  );
}

function Order({ state, sieve, size, onSieve, onSize }: ToolbarProps) {
  const sorts = state.bucket === "screenplays" ? SORTS.slice(0, 2) : SORTS;
  return (
    <div class="gl-bucket-order">
      <select
        aria-label="Sort by"
        value={sieve.sort}
        onChange={(event) => onSieve({ ...sieve, sort: event.currentTarget.value as SortBy })}
      >
        {sorts.map(([by, words]) => (
          <option key={by} value={by}>
            {by === "order" && state.bucket === "screenplays" ? "newest first" : words}
          </option>
        ))}
      </select>
      <Button
        icon="down"
        label="The other way round"
        bare
        kind="quiet"
        pressed={sieve.down}
        onClick={() => onSieve({ ...sieve, down: !sieve.down })}
      />
      <select
        aria-label="Size of the cards"
        value={size}
        onChange={(event) => onSize(event.currentTarget.value as Size)}
      >
        <option value="small">small</option>
        <option value="medium">medium</option>
        <option value="large">large</option>
      </select>
    </div>
  );
}
