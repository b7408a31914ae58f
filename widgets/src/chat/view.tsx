// View: a chat as a whole: its head, what was said, and where to say more. It follows the newest words as long as the end is in sight.

import { useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { Button, useAnnounce } from "../shared/ui";
import type { ViewProps } from "../shared/widget";
import { Composer } from "./composer";
import { type Deeds, deedsOf } from "./deeds";
import { Said } from "./message";
import { Talks } from "./talks";
import { allowed, inOrder, isThinking, wordsOf } from "./telling";
import type { ChatState, Message } from "./types";

const NEAR_PX = 48; // so near to the end counts as at the end

export function Chat({ bridge, state }: ViewProps<ChatState>) {
  const draft = useSignal(state.first ?? "");
  const spend = useSignal("0");
  const [refused, setRefused] = useState("");
  const deeds = useMemo(() => deedsOf(bridge, setRefused, () => allowed(spend.peek())), [bridge, spend]);
  const messages = inOrder(state.messages);
  useFinished(messages, state.number ?? 0);
  const problem = refused || state.problem?.words || "";
  const onProblem = (words: string): void => {
    setRefused(words);
    if (!words && state.problem?.words) void deeds.do("dismiss");
  };
  return (
    <div class="gl-chat">
      <Talks state={state} deeds={deeds} />
      <Log
        state={state}
        messages={messages}
        deeds={deeds}
        onExample={(text) => void deeds.say(text, allowed(spend.peek()), [])}
      />
      <Composer state={state} deeds={deeds} draft={draft} spend={spend} problem={problem} onProblem={onProblem} />
    </div>
  );
}

/** Says an answer to who can't see it, once it is whole. */
function useFinished(messages: [string, Message][], talk: number): void {
  const announce = useAnnounce();
  const heard = useRef<{ talk: number; id: string } | null>(null);
  const [id, message] = messages.at(-1) ?? ["", null];
  useEffect(() => {
    const was = heard.current;
    const goes = was !== null && (was.talk === talk || !was.talk); // not where somebody turned to another conversation
    const whole = message?.role === "glimmer" && message.state !== "open";
    if (goes && whole && was.id !== id) announce(wordsOf(message).slice(0, 600) || message.notice || "Done.");
    heard.current = { talk, id: whole || !was || !goes ? id : was.id };
  });
}

interface LogProps {
  state: ChatState;
  messages: [string, Message][];
  deeds: Deeds;
  onExample: (text: string) => void;
}

function Log({ state, messages, deeds, onExample }: LogProps) {
  const box = useRef<HTMLDivElement>(null);
  const inside = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const before = useRef({ first: "", height: 0, talk: -1, said: "" });
  const asked = useRef(-1); // how many earlier ones there were when more were asked for
  const [away, setAway] = useState(false);
  const toEnd = (): void => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  };
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const first = messages[0]?.[0] ?? "";
    const was = before.current;
    const said = messages.filter(([, each]) => each.role === "you").at(-1)?.[0] ?? "";
    if (was.talk !== state.number || said !== was.said) atEnd.current = true; // whoever says something wants to see what comes of it
    if (atEnd.current) toEnd();
    else if (was.first && first !== was.first) element.scrollTop += element.scrollHeight - was.height; // earlier ones came in above
    before.current = { first, height: element.scrollHeight, talk: state.number, said };
    setAway(!atEnd.current);
  }, [state, messages]);
  useEffect(() => {
    // pictures and pages that open make it longer
    if (!inside.current || typeof ResizeObserver === "undefined") return;
    const observer = new ResizeObserver(() => atEnd.current && toEnd());
    observer.observe(inside.current);
    return () => observer.disconnect();
  }, []);
  const onScroll = (): void => {
    const element = box.current;
    if (!element) return;
    atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX;
    setAway(!atEnd.current);
    if (element.scrollTop < 200 && state.earlier && asked.current !== state.earlier) {
      asked.current = state.earlier;
      void deeds.do("earlier");
    }
  };
  const lastYou = messages.reduce((last, [, each], at) => (each.role === "you" ? at : last), -1);
  return (
    <div class="gl-chat-stage">
      <div
        ref={box}
        class="gl-chat-log"
        role="log"
        aria-live="off"
        aria-label="What was said"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard
        tabIndex={0}
        onScroll={onScroll}
      >
        <div ref={inside} class="gl-chat-inside">
          {messages.length === 0 && !state.busy && <Beginning state={state} onExample={onExample} />}
          {state.earlier ? (
            <Button
              kind="quiet"
              label={`Show earlier messages (${state.earlier})`}
              onClick={() => void deeds.do("earlier")}
            />
          ) : null}
          {messages.map(([id, message], at) => (
            <Said
              key={id}
              message={message}
              deeds={deeds}
              isLast={message.role === "you" ? at === lastYou : at === messages.length - 1}
              busy={Boolean(state.busy)}
            />
          ))}
          {isThinking(state) && (
            <div class="gl-chat-thinking" role="img" aria-label="Glimmer is thinking">
              <i />
              <i />
              <i />
            </div>
          )}
        </div>
      </div>
      {away && (
        <Button
          icon="down"
          class="gl-chat-below"
          label={state.busy ? "New words below" : "To the end"}
          onClick={() => {
            atEnd.current = true;
            toEnd();
            setAway(false);
          }}
        />
      )}
    </div>
  );
}

/** What can be said, for who has said nothing yet. */
function Beginning({ state, onExample }: { state: ChatState; onExample: (text: string) => void }) {
  return (
    <div class="gl-chat-begin">
      <h2>{state.film}</h2>
      <p>
        Say what the film should be, in plain words. It is written, cast, shot, voiced, scored, cut and rendered as you
        ask, and each step shows what it made and what it cost.
      </p>
      <div class="gl-chat-examples">
        {(state.examples ?? []).map((text) => (
          <button type="button" key={text} class="gl-chat-example" onClick={() => onExample(text)}>
            {text}
          </button>
        ))}
      </div>
      {state.rehearsal && (
        <p class="gl-chat-soft">
          Rehearsal: everything here is free and works offline; shots are drawn, voices are spoken by this machine.
        </p>
      )}
    </div>
  );
}
