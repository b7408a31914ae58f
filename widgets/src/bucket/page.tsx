// Page: everything about one entry, beside the sheet: look, judge, choose a take, edit, and where it came from.
// biome-ignore-all lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys

import { useEffect, useState } from "preact/hooks";
import { pickUp } from "../shared/carry";
import { duration, usd } from "../shared/format";
import { Button, Chip } from "../shared/ui";
import { AddButton, type Adding } from "./adding";
import type { Desk } from "./desk";
import { Fields } from "./fields";
import { Shown } from "./players";
import { PromptPage } from "./prompt";
import { ScriptPageView } from "./script";
import { Stars } from "./stars";
import { Takes } from "./takes";
import type { BucketState, EntryPage, ScriptPage } from "./types";

interface PageProps {
  desk: Desk;
  state: BucketState;
  entryKey: string;
  adding: Adding;
  onClose: () => void;
  onMake: (key: string) => void;
  onTrash: (key: string, name: string) => void;
  onGone: () => void;
}

/** The page of an entry, fetched anew whenever the film has moved on; the older words stay until the newer are there. */
export function Page(props: PageProps) {
  const { desk, state, entryKey } = props;
  const [page, setPage] = useState<(EntryPage & ScriptPage) | null>(null);
  const stamp = `${state.revision}${state.planned}`;
  useEffect(() => {
    let current = true;
    desk.bridge.ask<EntryPage & ScriptPage>("open", { key: entryKey }).then(
      (told) => current && setPage(told),
      (error) => {
        if (!current) return;
        desk.refuse((error as Error).message);
        props.onGone();
      },
    );
    return () => {
      current = false;
    };
  }, [desk, entryKey, stamp]);
  const known = page?.key === entryKey ? page : null;
  const name = known?.name ?? state.entries[entryKey]?.name ?? "";
  return (
    <aside
      class={`gl-bucket-page gl-bucket-page-${state.bucket}`}
      aria-label={`${state.one} ${name}`}
      onKeyDown={(event) => leave(event, props.onClose)}
    >
      <div class="gl-bucket-page-head">
        <Name {...props} page={known} name={name} />
        <Button icon="close" label="Close" bare kind="quiet" onClick={props.onClose} />
      </div>
      {!known ? (
        <div class="gl-bucket-page-waits" aria-busy="true" />
      ) : state.bucket === "screenplays" ? (
        <ScriptPageView desk={desk} page={known} />
      ) : (
        <Entry {...props} page={known} />
      )}
    </aside>
  );
}

function leave(event: KeyboardEvent, onClose: () => void): void {
  const target = event.target as HTMLElement;
  if (event.key !== "Escape" || target.closest("dialog") || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName))
    return;
  onClose();
}

function Name({ desk, page, name, state }: PageProps & { page: EntryPage | null; name: string }) {
  const [editing, setEditing] = useState(false);
  const keep = (words: string): void => {
    setEditing(false);
    if (page && words.trim() && words.trim() !== name)
      void desk.act("rename", { key: page.key, name: words }, `It is called ${words} now.`);
  };
  if (editing)
    return (
      <input
        class="gl-bucket-rename"
        aria-label="Another name"
        maxLength={200}
        value={name}
        ref={(input) => input?.focus()}
        onBlur={(event) => keep(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") keep(event.currentTarget.value);
          if (event.key !== "Escape") return;
          event.stopPropagation();
          event.currentTarget.value = name; // leaving it keeps nothing
          setEditing(false);
        }}
      />
    );
  return (
    <div class="gl-bucket-page-name">
      <h3>
        <small>{state.one}</small> {name}
      </h3>
      {page?.renames && (
        <Button icon="edit" label={`Rename ${name}`} bare kind="quiet" onClick={() => setEditing(true)} />
      )}
    </div>
  );
}

function Entry(props: PageProps & { page: EntryPage }) {
  const { desk, state, page, adding } = props;
  const [shown, setShown] = useState(0);
  useEffect(() => setShown(0), [page.key]);
  const there = page.takes.filter((each) => !each.trashed);
  const take = there.find((each) => each.number === shown) ?? there.find((each) => each.used) ?? there[0];
  return (
    <>
      {state.bucket !== "prompts" && take?.asset && (
        <Shown
          key={take.asset}
          media={desk.bridge.media}
          asset={take.asset}
          mime={take.media_type ?? ""}
          seconds={take.seconds ?? 0}
          label={`${page.name}, take ${take.number}`}
        />
      )}
      {page.said && <p class="gl-bucket-script-words">{page.said}</p>}
      {page.state && <Stands {...props} />}
      <div class="gl-bucket-page-deeds">
        <Stars
          rating={page.rating}
          label={`Stars of ${page.name}`}
          onRate={(stars) => void desk.act("rate", { keys: [page.key], stars }, `${page.name}: ${stars} stars.`)}
        />
        <span class="gl-bucket-space" />
        {take && state.bucket !== "prompts" && (
          <Button
            icon="clip"
            label="Pick up"
            onClick={() => {
              pickUp({
                film: state.film,
                bucket: state.bucket,
                key: page.key,
                name: page.name,
                take: 0,
                seconds: take.seconds ?? 0,
                media_type: take.media_type ?? "",
              });
              desk.announce(`${page.name} is picked up. Lay it down in the timeline or the chat.`);
            }}
          />
        )}
        <AddButton state={state} adding={adding} label="Add a take" entry={{ key: page.key, name: page.name }} quiet />
        {(state.bucket !== "prompts" || page.takes.length > 0) && (
          <Button
            icon="trash"
            label={`Throw ${page.name} away`}
            bare
            kind="quiet"
            onClick={() => props.onTrash(page.key, page.name)}
          />
        )}
      </div>
      {state.bucket === "prompts" && <PromptPage key={page.key} desk={desk} page={page} />}
      <Takes desk={desk} state={state} page={page} shown={take?.number ?? 0} onShow={setShown} />
      <Tags desk={desk} page={page} />
      <NoteField desk={desk} page={page} />
      {page.fields.length > 0 && (
        <section class="gl-bucket-section" aria-label="What it is to be">
          <h3>{state.bucket === "characters" ? "Looks and voice" : "Direction"}</h3>
          <Fields desk={desk} entryKey={page.key} name={page.name} fields={page.fields} />
        </section>
      )}
      {take && <Lineage desk={desk} page={page} take={take.number} />}
      <History page={page} />
    </>
  );
}

function Stands({ page, onMake, state }: PageProps & { page: EntryPage }) {
  return (
    <div class={`gl-bucket-stands gl-bucket-is-${page.state}`}>
      <Chip tone={page.state === "missing" ? "plain" : (page.state ?? "")}>{page.state}</Chip>
      <span>{page.why}</span>
      <span class="gl-bucket-space" />
      <Button
        icon="refresh"
        label={`${page.takes.length ? "Re-make" : "Make"} · ${usd(page.make_usd ?? 0)}`}
        title={`about ${duration(page.make_seconds ?? 0)}`}
        disabled={Boolean(state.work.what)}
        onClick={() => onMake(page.key)}
      />
    </div>
  );
}

function Tags({ desk, page }: { desk: Desk; page: EntryPage }) {
  const [words, setWords] = useState("");
  const add = (): void => {
    const given = words
      .split(",")
      .map((each) => each.trim())
      .filter(Boolean);
    if (given.length) void desk.act("tag", { keys: [page.key], words: given }, `Tagged ${given.join(", ")}.`);
    setWords("");
  };
  return (
    <section class="gl-bucket-section" aria-label="Tags">
      <h3>Tags</h3>
      <div class="gl-bucket-tag-row">
        {page.tags.map((tag) => (
          <button
            key={tag}
            type="button"
            class="gl-bucket-tag"
            aria-label={`Take the tag ${tag} away`}
            onClick={() => void desk.act("untag", { keys: [page.key], words: [tag] }, `No longer tagged ${tag}.`)}
          >
            {tag} <span aria-hidden="true">×</span>
          </button>
        ))}
        <input
          aria-label={`Tag ${page.name}`}
          placeholder="add a tag"
          maxLength={200}
          value={words}
          onInput={(event) => setWords(event.currentTarget.value)}
          onBlur={add}
          onKeyDown={(event) => event.key === "Enter" && add()}
        />
      </div>
    </section>
  );
}

function NoteField({ desk, page }: { desk: Desk; page: EntryPage }) {
  const [words, setWords] = useState(page.note);
  useEffect(() => setWords(page.note), [page.note, page.key]);
  const keep = (): void => {
    if (words.trim() !== page.note) void desk.act("note", { key: page.key, text: words }, "The note is kept.");
  };
  return (
    <section class="gl-bucket-section">
      <h3>Note</h3>
      <textarea
        rows={2}
        maxLength={10000}
        aria-label={`Note on ${page.name}`}
        placeholder="What should the next one know?"
        value={words}
        onInput={(event) => setWords(event.currentTarget.value)}
        onBlur={keep}
      />
    </section>
  );
}

function Lineage({ desk, page, take }: { desk: Desk; page: EntryPage; take: number }) {
  const [told, setTold] = useState<{ text: string; words: string } | null>(null);
  useEffect(() => setTold(null), [page.key, take]);
  const open = (event: Event): void => {
    if (!(event.currentTarget as HTMLDetailsElement).open || told) return;
    desk.bridge
      .ask<{ text: string; words: string }>("lineage", { key: page.key, take })
      .then(setTold, (error) => desk.refuse((error as Error).message));
  };
  return (
    <details class="gl-bucket-more" onToggle={open}>
      <summary>Where take {take} came from</summary>
      <pre tabIndex={0}>{told?.text ?? "…"}</pre>
      {told?.words && (
        <>
          <h3>What the model was told</h3>
          <pre tabIndex={0}>{told.words}</pre>
        </>
      )}
    </details>
  );
}

function History({ page }: { page: EntryPage }) {
  if (!page.history.length) return null;
  return (
    <details class="gl-bucket-more">
      <summary>What happened to it</summary>
      <ul>
        {page.history.map((row, at) => (
          <li key={at}>{row.filter(Boolean).join(" · ")}</li>
        ))}
      </ul>
    </details>
  );
}
