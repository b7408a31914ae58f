// Talks: the conversations of a film: which one this is, its title, the others, a new one.

import { useEffect, useRef, useState } from "preact/hooks";
import { count } from "../shared/format";
import { Icon } from "../shared/icons";
import { Button, Chip } from "../shared/ui";
import type { Deeds } from "./deeds";
import { whenOf } from "./telling";
import type { ChatState, Talk } from "./types";

export function Talks({ state, deeds }: { state: ChatState; deeds: Deeds }) {
  const [open, setOpen] = useState(false);
  const [renaming, setRenaming] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const talks = Object.values(state.talks ?? {}).sort((a, b) => b.number - a.number);
  const close = (back: boolean): void => {
    setOpen(false);
    if (back) opener.current?.focus();
  };
  useEffect(() => {
    if (!open) return;
    root.current?.querySelector<HTMLElement>("[aria-current='true']")?.focus();
    const away = (event: Event): void => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", away);
    return () => document.removeEventListener("pointerdown", away);
  }, [open]);
  const title = state.title || (state.number ? `Conversation ${state.number}` : "A new conversation");
  return (
    <header class="gl-chat-head" ref={root}>
      {renaming ? (
        <Rename title={state.title ?? ""} deeds={deeds} onDone={() => setRenaming(false)} />
      ) : (
        <>
          <button
            ref={opener}
            type="button"
            class="gl-chat-title"
            aria-expanded={open}
            aria-label={`Conversation: ${title}. Show all`}
            onClick={() => setOpen(!open)}
          >
            <span>{title}</span>
            <Icon name="down" size={12} />
          </button>
          {state.number > 0 && (
            <Button icon="edit" bare kind="quiet" label="Rename this conversation" onClick={() => setRenaming(true)} />
          )}
        </>
      )}
      <span class="gl-chat-gap" />
      {state.pending ? <Chip tone="warn">{count(state.pending, "call")} for your yes</Chip> : null}
      {state.busy === "elsewhere" && <Chip tone="accent">answered in another notebook</Chip>}
      <Button
        icon="plus"
        label="New"
        kind="quiet"
        title="Begin another conversation"
        onClick={() => void deeds.do("new_talk")}
      />
      {open && (
        <nav
          class="gl-chat-talks"
          aria-label="Conversations"
          onKeyDown={(event) => event.key === "Escape" && close(true)}
        >
          {talks.length === 0 && <p class="gl-chat-soft">Nothing was said yet.</p>}
          {talks.map((talk) => (
            <OneTalk
              key={talk.number}
              talk={talk}
              current={talk.number === state.number}
              onOpen={() => {
                void deeds.do("open_talk", { number: talk.number });
                close(true);
              }}
            />
          ))}
        </nav>
      )}
    </header>
  );
}

function OneTalk({ talk, current, onOpen }: { talk: Talk; current: boolean; onOpen: () => void }) {
  return (
    <button type="button" class="gl-chat-talk" aria-current={current} onClick={onOpen}>
      <span>{talk.title || `Conversation ${talk.number}`}</span>
      <time>{whenOf(talk.made_at, new Date())}</time>
    </button>
  );
}

function Rename({ title, deeds, onDone }: { title: string; deeds: Deeds; onDone: () => void }) {
  const [text, setText] = useState(title);
  return (
    <form
      class="gl-chat-rename"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim()) void deeds.do("rename", { title: text.trim() });
        onDone();
      }}
    >
      <input
        aria-label="Title of this conversation"
        value={text}
        maxLength={60}
        ref={(element) => element?.focus()}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Escape" && onDone()}
      />
      <Button type="submit" icon="check" bare label="Keep the title" />
    </form>
  );
}
