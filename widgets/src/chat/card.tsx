// Card: one call as it stands: waiting, at work with its progress, done with what it made and cost, failed with a way to try again, or
// asking for a yes with its price. A yes is bound to just this call.

import { useState } from "preact/hooks";
import { usd } from "../shared/format";
import { Icon, type IconName } from "../shared/icons";
import { Bar, Button } from "../shared/ui";
import type { Deeds } from "./deeds";
import { Player, Shelf } from "./made";
import { CutStrip, ScriptPage } from "./opened";
import { calledOf, stateOf, tookOf } from "./telling";
import type { Call, Part } from "./types";

const ICONS: Record<Call["state"], IconName> = {
  waiting: "circle",
  running: "refresh",
  done: "check",
  failed: "warning",
  not_run: "minus",
  pending: "warning",
  approved: "check",
  refused: "close",
  interrupted: "stop",
};

export function Card({ part, call, deeds }: { part: Part; call: Call; deeds: Deeds }) {
  const looks = call.name === "film_look" && call.state === "done";
  return (
    <article class={`gl-chat-card gl-chat-${call.state} ${looks ? "gl-chat-slight" : ""}`} aria-label={spoken(call)}>
      <header>
        <span class="gl-chat-sign">
          <Icon name={ICONS[call.state]} size={14} />
        </span>
        <strong>{calledOf(call)}</strong>
        <code title={call.line}>{call.line}</code>
        <span class="gl-chat-took">{tookOf(call) || (call.state === "done" ? "" : stateOf(call))}</span>
      </header>
      {call.state === "running" && <Working call={call} />}
      {call.state === "pending" && <Asking call={call} deeds={deeds} />}
      {(call.state === "failed" || call.state === "interrupted" || call.state === "not_run") && (
        <Failed part={part} call={call} deeds={deeds} />
      )}
      {call.state === "done" && <Made call={call} deeds={deeds} />}
    </article>
  );
}

function spoken(call: Call): string {
  return `${calledOf(call)}, ${stateOf(call)}${tookOf(call) ? `, ${tookOf(call)}` : ""}`;
}

function Working({ call }: { call: Call }) {
  const share = (call.share ?? -1) < 0 ? null : (call.share as number);
  return (
    <div class="gl-chat-work">
      <Bar share={share} label={call.label || calledOf(call)} />
      <span>{[call.label, call.progress].filter(Boolean).join(" · ") || "at work …"}</span>
    </div>
  );
}

function Asking({ call, deeds }: { call: Call; deeds: Deeds }) {
  const [said, setSaid] = useState<"" | "yes" | "no">("");
  const answer = (yes: boolean): void => {
    setSaid(yes ? "yes" : "no");
    void deeds.answer(call.digest ?? "", yes).then((did) => !did && setSaid(""));
  };
  const price = call.high_usd ? usd(call.high_usd) : "";
  return (
    <div class="gl-chat-ask">
      <p>
        {price ? (
          <>
            This may cost up to <b>{price}</b>. None of it is spent before you say yes.
          </>
        ) : (
          <>This waits for your yes{call.why ? `: ${call.why}` : ""}.</>
        )}
      </p>
      <div class="gl-chat-buttons">
        <Button
          icon="check"
          kind="primary"
          label={price ? `Yes, up to ${price}` : "Yes, do it"}
          disabled={said !== ""}
          onClick={() => answer(true)}
        />
        <Button icon="close" label="No" disabled={said !== ""} onClick={() => answer(false)} />
        {said && <span class="gl-chat-soft">You said {said}.</span>}
      </div>
    </div>
  );
}

function Failed({ part, call, deeds }: { part: Part; call: Call; deeds: Deeds }) {
  const [tried, setTried] = useState(false);
  const again = (): void => {
    setTried(true);
    void deeds.again(part.row, part.at ?? 0).then(() => setTried(false));
  };
  return (
    <div class="gl-chat-failed-why">
      {call.answer && <p>{call.answer}</p>}
      {(call.state === "failed" || call.state === "interrupted") && (
        <Button icon="refresh" label="Try this again" disabled={tried || deeds.busy} onClick={again} />
      )}
    </div>
  );
}

function Made({ call, deeds }: { call: Call; deeds: Deeds }) {
  const makes = call.makes ?? [];
  return (
    <>
      {makes.length > 0 && <Shelf makes={makes} media={deeds.media} film={deeds.film} />}
      {call.script ? <ScriptPage version={call.script} deeds={deeds} /> : null}
      {call.cut ? <CutStrip version={call.cut} deeds={deeds} /> : null}
      {call.render ? <Player media={deeds.media} of={`film/${call.render}`} label={`Render ${call.render}`} /> : null}
      {call.answer && (
        <details class="gl-chat-answer">
          <summary>What it said</summary>
          <pre>{call.answer}</pre>
        </details>
      )}
    </>
  );
}
