// Prompt: the words that models are given for one purpose: a person's beside Glimmer's own, and what a model would read.
// biome-ignore-all lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys

import { useEffect, useState } from "preact/hooks";
import { Button, Chip } from "../shared/ui";
import type { Desk } from "./desk";
import type { EntryPage } from "./types";

/** Ctrl S keeps, and does not save the notebook. */
function onSave(event: KeyboardEvent, keep: () => void): void {
  if (!(event.ctrlKey || event.metaKey) || event.key !== "s") return;
  event.preventDefault();
  keep();
}

export function PromptPage({ desk, page }: { desk: Desk; page: EntryPage }) {
  const [words, setWords] = useState(page.text ?? "");
  useEffect(() => setWords(page.text ?? ""), [page.text]);
  const isChanged = words !== (page.text ?? "");
  const keep = (): void => {
    if (isChanged && words.trim())
      void desk.act("keep_words", { key: page.key, text: words }, "Kept as a new wording.");
  };
  return (
    <section class="gl-bucket-section" aria-label="The words">
      <div class="gl-bucket-section-head">
        <Chip tone={page.source === "Glimmer's" ? "plain" : "accent"}>{page.source}</Chip>
        {(page.variants ?? []).length > 0 && (
          <label class="gl-bucket-variant">
            variant
            <select
              value={page.variant ?? ""}
              onChange={(event) =>
                void desk.act(
                  "use_variant",
                  { key: page.key, variant: event.currentTarget.value },
                  "That variant is in force.",
                )
              }
            >
              <option value="">the usual</option>
              {page.variants?.map((each) => (
                <option key={each} value={each}>
                  {each}
                </option>
              ))}
            </select>
          </label>
        )}
        <span class="gl-bucket-space" />
        {page.source !== "Glimmer's" && (
          <Button
            label="Glimmer's own again"
            onClick={() => void desk.act("reset_prompt", { key: page.key }, "Glimmer's own words are in force.")}
          />
        )}
      </div>
      {page.notice && <p class="gl-bucket-notice">{page.notice}</p>}
      <textarea
        class="gl-bucket-editor"
        rows={16}
        spellcheck={false}
        aria-label={`The words of ${page.name}`}
        value={words}
        onInput={(event) => setWords(event.currentTarget.value)}
        onKeyDown={(event) => onSave(event, () => keep())}
      />
      <div class="gl-bucket-buttons">
        <span class="gl-bucket-soft">
          Plain words are added to Glimmer's; a text with {"{{ marks }}"} takes its place.
        </span>
        <span class="gl-bucket-space" />
        <Button label="Put back" disabled={!isChanged} onClick={() => setWords(page.text ?? "")} />
        <Button
          label="Keep as a new wording"
          kind="primary"
          icon="check"
          disabled={!isChanged || !words.trim()}
          onClick={keep}
        />
      </div>
      <details class="gl-bucket-more">
        <summary>What a model would read, with sample values</summary>
        <pre tabIndex={0}>{page.rendered}</pre>
      </details>
      {page.source !== "Glimmer's" && (
        <details class="gl-bucket-more">
          <summary>The template in force</summary>
          <pre tabIndex={0}>{page.ours}</pre>
        </details>
      )}
    </section>
  );
}
