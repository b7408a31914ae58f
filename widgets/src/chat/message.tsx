// Message: what one side said. A person's words are text; an answer is words and cards in the order they came.

import { Component } from "preact";
import { useMemo, useState } from "preact/hooks";
import { Icon } from "../shared/icons";
import { Button, useAnnounce } from "../shared/ui";
import { Card } from "./card";
import type { Deeds } from "./deeds";
import { Chiplet } from "./made";
import { safeHtml } from "./markdown";
import { canGoOn, noticeOf, partsOf, whenOf, wordsOf } from "./telling";
import type { Message } from "./types";

interface Props {
  message: Message;
  deeds: Deeds;
  isLast: boolean; // of its side
  busy: boolean;
}

/** Drawn again only when it says something else: of a long talk all but the last message stand still. */
export class Said extends Component<Props> {
  override shouldComponentUpdate(next: Props): boolean {
    const { message, isLast, busy, deeds } = this.props;
    return next.message !== message || next.isLast !== isLast || next.busy !== busy || next.deeds !== deeds;
  }

  override render() {
    return this.props.message.role === "you" ? <Yours {...this.props} /> : <Answer {...this.props} />;
  }
}

function Yours({ message, deeds }: Props) {
  const [editing, setEditing] = useState(false);
  if (message.small)
    return (
      <div class="gl-chat-small" title={message.text}>
        <Icon
          name={message.text?.startsWith("No") ? "close" : message.text?.startsWith("Again") ? "refresh" : "check"}
          size={12}
        />
        <span>You said: {message.text}</span>
      </div>
    );
  return (
    <div class="gl-chat-you">
      <span class="gl-unseen">You said</span>
      {editing ? (
        <Rewrite message={message} deeds={deeds} onDone={() => setEditing(false)} />
      ) : (
        <div class="gl-chat-bubble">
          {message.text && <p>{message.text}</p>}
          {message.attached && (
            <div class="gl-chat-chiplets">
              {message.attached.map((made) => (
                <Chiplet key={`${made.bucket}/${made.key}/${made.take}`} made={made} media={deeds.media} />
              ))}
            </div>
          )}
        </div>
      )}
      {!editing && (
        <div class="gl-chat-tools">
          <time>{whenOf(message.made_at, new Date())}</time>
          <Button
            icon="edit"
            bare
            kind="quiet"
            label="Edit and send again"
            aria-label={`Edit and send again: ${brief(message)}`}
            onClick={() => setEditing(true)}
          />
          <Copy text={wordsOf(message)} what={brief(message)} />
        </div>
      )}
    </div>
  );
}

function Rewrite({ message, deeds, onDone }: { message: Message; deeds: Deeds; onDone: () => void }) {
  const [text, setText] = useState(message.text ?? "");
  const send = (): void => {
    if (text.trim()) void deeds.edit(message.turn, text).then((did) => did && onDone());
  };
  return (
    <form
      class="gl-chat-rewrite"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <textarea
        aria-label="Your message, to be said in other words"
        rows={Math.min(10, text.split("\n").length + 1)}
        value={text}
        ref={(element) => element?.focus()}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") onDone();
          if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
            event.preventDefault();
            send();
          }
        }}
      />
      <p class="gl-chat-soft">It is said in a conversation of its own; this one stays.</p>
      <div class="gl-chat-buttons">
        <Button type="submit" icon="send" kind="primary" label="Send" />
        <Button label="Cancel" onClick={onDone} />
      </div>
    </form>
  );
}

function Answer({ message, deeds, isLast, busy }: Props) {
  const parts = partsOf(message);
  const open = message.state === "open";
  return (
    <div class="gl-chat-answer-of" aria-busy={open}>
      <span class="gl-unseen">Glimmer answered</span>
      {parts.map(([id, part]) =>
        part.call ? (
          <Card key={id} part={part} call={part.call} deeds={deeds} />
        ) : (
          <Words key={id} text={part.text ?? ""} />
        ),
      )}
      {message.notice && canGoOn(message) && (
        <div class="gl-chat-notice">
          <Icon name={message.state === "interrupted" ? "stop" : "warning"} size={14} />
          <span>{noticeOf(message)}</span>
          {isLast && !busy && <Button icon="right" label="Go on" onClick={() => void deeds.resume()} />}
        </div>
      )}
      {!open && (
        <div class="gl-chat-tools">
          <Copy text={wordsOf(message)} what={brief(message)} />
          {isLast && (
            <Button
              icon="refresh"
              bare
              kind="quiet"
              label="Answer again, in a conversation of its own"
              onClick={() => void deeds.regenerate(message.turn)}
            />
          )}
          <Button
            icon="blade"
            bare
            kind="quiet"
            label="Go on from here in a conversation of its own"
            aria-label={`Go on from here in a conversation of its own: ${brief(message)}`}
            onClick={() => void deeds.fork(message.number)}
          />
          <time>{whenOf(message.made_at, new Date())}</time>
          {message.model && <span class="gl-chat-model">{message.model}</span>}
        </div>
      )}
    </div>
  );
}

function Words({ text }: { text: string }) {
  const html = useMemo(() => safeHtml(text), [text]);
  // what safeHtml gives has been through DOMPurify
  return <div class="gl-chat-words" dangerouslySetInnerHTML={{ __html: html }} />;
}

/** Enough of it to tell it from the others. */
function brief(message: Message): string {
  const words = wordsOf(message).replace(/\s+/g, " ").trim();
  return words.length > 48 ? `${words.slice(0, 47)}…` : words || "no words";
}

function Copy({ text, what }: { text: string; what: string }) {
  const [copied, setCopied] = useState(false);
  const announce = useAnnounce();
  if (!text) return null;
  const copy = (): void => {
    navigator.clipboard?.writeText(text).then(
      () => {
        setCopied(true);
        announce("Copied.");
        setTimeout(() => setCopied(false), 1500);
      },
      () => announce("The browser does not let this page copy."),
    );
  };
  return (
    <Button
      icon={copied ? "check" : "note"}
      bare
      kind="quiet"
      label={copied ? "Copied" : "Copy"}
      aria-label={`${copied ? "Copied" : "Copy"}: ${what}`}
      onClick={copy}
    />
  );
}
