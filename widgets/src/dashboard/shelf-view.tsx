// The shelf as it is seen: its head with search and order, its films, its trash.

import { useEffect, useState } from "preact/hooks";
import { ago, exactly } from "../shared/ago";
import type { Bridge } from "../shared/bridge";
import { count } from "../shared/format";
import { Icon } from "../shared/icons";
import { Button, Empty } from "../shared/ui";
import { Card, Cover } from "./card";
import type { Act } from "./index";
import { brief, type Entry, found, ORDERS, type Order } from "./shelf";
import type { DashboardState } from "./types";

interface Props {
  bridge: Bridge<DashboardState>;
  state: DashboardState;
  words: string;
  setWords: (words: string) => void;
  order: Order;
  setOrder: (order: Order) => void;
  looksAtTrash: boolean;
  setTrash: (looks: boolean) => void;
  act: Act;
  open: (id: string) => Promise<void>;
  line: string;
  onBegin: () => void;
  onImport: (file?: File) => void;
  onRename: (id: string) => void;
}

const MINUTE_MS = 30_000;
const MOST_DRAWN = 120;
const MOST_LARGE = 3; // as many films are shown large, side by side

export function Shelf(props: Props) {
  const { state, words, looksAtTrash, setTrash } = props;
  const [over, setOver] = useState(false);
  const inTrash = Object.keys(state.trash ?? {}).length;
  const all = Object.keys(state.films ?? {}).length;
  const entries = found(looksAtTrash ? state.trash : state.films, words, props.order);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a place to drop a file; the Import button does the same
    <div
      class={over ? "gl-shelf-over" : ""}
      onDragOver={(event) => {
        if (!event.dataTransfer?.types.includes("Files")) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => !event.currentTarget.contains(event.relatedTarget as Node | null) && setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const file = event.dataTransfer?.files[0];
        if (file) props.onImport(file);
      }}
    >
      <header class="gl-shelf-head">
        <div class="gl-shelf-name">
          <h2>{looksAtTrash ? "Trash" : "Your films"}</h2>
          <span class="gl-shelf-soft" title={state.where}>
            {looksAtTrash ? count(inTrash, "film") : count(all, "film")}
          </span>
        </div>
        {all + inTrash > 1 && <Search words={words} setWords={props.setWords} />}
        {all > 1 && !looksAtTrash && (
          <select
            aria-label="In which order"
            value={props.order}
            onChange={(event) => props.setOrder(event.currentTarget.value as Order)}
          >
            {ORDERS.map(([id, name]) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        )}
        <div class="gl-shelf-does">
          {(inTrash > 0 || looksAtTrash) && (
            <Button
              icon="trash"
              label={looksAtTrash ? "Back to the shelf" : `Trash (${inTrash})`}
              kind="quiet"
              pressed={looksAtTrash}
              onClick={() => setTrash(!looksAtTrash)}
            />
          )}
          <Button icon="upload" label="Import…" kind="quiet" onClick={() => props.onImport()} />
          <Button icon="plus" label="New film" kind="primary" onClick={props.onBegin} />
        </div>
      </header>
      {props.line && <Line line={props.line} />}
      {looksAtTrash ? <Trashed {...props} entries={entries} /> : <Films {...props} entries={entries} all={all} />}
    </div>
  );
}

function Search({ words, setWords }: { words: string; setWords: (words: string) => void }) {
  return (
    <label class="gl-shelf-search">
      <Icon name="search" />
      <input
        type="search"
        value={words}
        placeholder="Find a film"
        aria-label="Find a film"
        onInput={(event) => setWords(event.currentTarget.value)}
      />
    </label>
  );
}

/** In a notebook with no faces beside the shelf: how to go on in the next cell. */
function Line({ line }: { line: string }) {
  return (
    <p class="gl-shelf-line" role="status">
      Go on in a cell: <code class="gl-code">{line}</code>
    </p>
  );
}

function Films({
  bridge,
  entries,
  all,
  words,
  act,
  open,
  onRename,
  onBegin,
  onImport,
  state,
}: Props & { entries: Entry[]; all: number }) {
  const now = useNow();
  if (!all)
    return (
      <div class="gl-shelf-none">
        <Empty title="The shelf is empty">
          <p>
            A film begins with one sentence. Without a key it is rehearsed: drawn boards, real voices, a score, true
            timing, for nothing. Shots are replaced by paid takes one by one, when you say so.
          </p>
          <div class="gl-shelf-does">
            <Button icon="plus" label="Begin a film" kind="primary" onClick={onBegin} />
            <Button icon="upload" label="Import an archive" onClick={() => onImport()} />
          </div>
        </Empty>
      </div>
    );
  if (!entries.length)
    return (
      <Empty title="No film is called so">
        <p>Nothing on the shelf has “{words}” in its title, its owner or its state.</p>
      </Empty>
    );
  const drawn = entries.slice(0, MOST_DRAWN);
  return (
    <>
      <ul class="gl-shelf-films" data-few={all <= MOST_LARGE ? all : undefined} aria-label={`Films in ${state.where}`}>
        {drawn.map(([id, film]) => (
          <Card
            key={id}
            {...{ bridge, id, film, now }}
            large={all <= MOST_LARGE}
            onOpen={() => void open(id)}
            onRename={() => onRename(id)}
            onTrash={() => void act("trash_film", { id }, `${film.title} is in the trash; it can be brought back.`)}
          />
        ))}
      </ul>
      {entries.length > drawn.length && (
        <p class="gl-shelf-more gl-shelf-soft">{entries.length - drawn.length} more: find them by their title.</p>
      )}
    </>
  );
}

function Trashed({ bridge, entries, act }: Props & { entries: Entry[] }) {
  if (!entries.length)
    return (
      <Empty title="The trash is empty">
        <p>What is put here loses nothing, and can be brought back at any time.</p>
      </Empty>
    );
  return (
    <ul class="gl-shelf-trash">
      {entries.map(([id, film]) => (
        <li key={id}>
          <div class="gl-shelf-thumb">
            <Cover bridge={bridge} film={film} width={160} small />
          </div>
          <div>
            <strong>{film.title}</strong>
            <p class="gl-shelf-soft" title={exactly(film.trashed ?? "")}>
              {brief(film)} · put here {ago(film.trashed ?? "")}
            </p>
          </div>
          <Button
            icon="undo"
            label="Bring back"
            aria-label={`Bring back ${film.title}`}
            onClick={() => void act("restore_film", { id }, `${film.title} is back on the shelf.`)}
          />
        </li>
      ))}
    </ul>
  );
}

/** The time, moved on now and then, so that "just now" grows old. */
function useNow(): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => !document.hidden && setNow(Date.now()), MINUTE_MS);
    return () => clearInterval(timer);
  }, []);
  return Math.max(now, Date.now());
}
