// Script: one version of the screenplay as a typed page, and its text to be edited and kept as a new revision.

import { useEffect, useState } from "preact/hooks";
import { count, duration } from "../shared/format";
import { Button, Chip } from "../shared/ui";
import type { Desk } from "./desk";
import type { ScriptPage } from "./types";

/** Ctrl S keeps, and does not save the notebook. */
function onSave(event: KeyboardEvent, keep: () => void): void {
  if (!(event.ctrlKey || event.metaKey) || event.key !== "s") return;
  event.preventDefault();
  keep();
}

export function ScriptPageView({ desk, page }: { desk: Desk; page: ScriptPage }) {
  const [editing, setEditing] = useState(false);
  const { facts } = page;
  const words = [
    count(facts.scenes, "scene"),
    count(facts.shots, "shot"),
    count(facts.lines, "line"),
    count(facts.cast, "character"),
    duration(facts.seconds),
  ];
  return (
    <div class="gl-bucket-script">
      <div class="gl-bucket-section-head">
        <span class="gl-bucket-soft">{words.join(" · ")}</span>
        <span class="gl-bucket-space" />
        {page.newest ? <Chip tone="good">the film's script</Chip> : <Chip>an older version</Chip>}
        {!editing && (
          <Button icon="edit" label={page.newest ? "Edit" : "Go on from here"} onClick={() => setEditing(true)} />
        )}
      </div>
      <p class="gl-bucket-soft">{page.note}</p>
      {page.notices.map((each) => (
        <p key={each} class="gl-bucket-notice">
          {each}
        </p>
      ))}
      {editing ? <Editor desk={desk} page={page} onDone={() => setEditing(false)} /> : <Typeset page={page} />}
    </div>
  );
}

function Typeset({ page }: { page: ScriptPage }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys must reach that
    <article class="gl-bucket-typeset" tabIndex={0} aria-label={`Version ${page.name.slice(1)} of the script`}>
      {page.blocks.map(([kind, text, number], at) => (
        <p key={at} class={`gl-bucket-t-${kind}`}>
          {number && <span>{number}</span>}
          {text}
        </p>
      ))}
      {page.more > 0 && <p class="gl-bucket-soft">and {page.more.toLocaleString("en")} paragraphs more</p>}
    </article>
  );
}

function Editor({ desk, page, onDone }: { desk: Desk; page: ScriptPage; onDone: () => void }) {
  const [text, setText] = useState(page.text);
  const [busy, setBusy] = useState(false);
  const isChanged = text !== page.text;
  useEffect(() => setText(page.text), [page.key]);
  const keep = async (): Promise<void> => {
    setBusy(true);
    const done = await desk.act("keep_script", { text }, "Kept as a new revision.", 300);
    setBusy(false);
    if (done) onDone();
  };
  return (
    <>
      <textarea
        class="gl-bucket-editor gl-bucket-fountain"
        rows={26}
        spellcheck
        aria-label="The script, in Fountain"
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) =>
          onSave(event, () => {
            if (isChanged) void keep();
          })
        }
      />
      <div class="gl-bucket-buttons">
        <span class="gl-bucket-soft">Takes stay with their shots and lines; what changed is stale then.</span>
        <span class="gl-bucket-space" />
        <Button label="Leave it as it was" onClick={onDone} />
        <Button
          label="Keep as a new revision"
          kind="primary"
          icon="check"
          disabled={busy || (!isChanged && page.newest)}
          onClick={() => void keep()}
        />
      </div>
    </>
  );
}
