// Compare: two takes side by side and in step, or one over the other with a wipe, and in words what is not the same about them.

import { useEffect, useRef, useState } from "preact/hooks";
import { Button, Dialog, useMedia } from "../shared/ui";
import type { Desk } from "./desk";
import type { EntryPage, TakeTold } from "./types";

interface Differs {
  rows: string[][];
  notices: string[];
}

export function Compare({
  desk,
  page,
  first,
  second,
  onClose,
}: {
  desk: Desk;
  page: EntryPage;
  first: number;
  second: number;
  onClose: () => void;
}) {
  const [sides, setSides] = useState<[number, number]>([first, second]);
  const takes = page.takes.filter((each) => !each.trashed);
  const [a, b] = sides.map((number) => takes.find((each) => each.number === number)) as [TakeTold?, TakeTold?];
  const differs = useDiffers(desk, page.key, sides);
  if (!a || !b) return null;
  const kind =
    (a.media_type ?? "").split("/")[0] === (b.media_type ?? "").split("/")[0] ? (a.media_type ?? "").split("/")[0] : "";
  return (
    <div class="gl-bucket-compare">
      <Dialog title={`${page.name}: A and B`} onClose={onClose}>
        <div class="gl-bucket-ab-pick">
          {(["A", "B"] as const).map((letter, side) => (
            <label key={letter}>
              {letter}
              <select
                value={String(sides[side])}
                onChange={(event) =>
                  setSides(
                    side
                      ? [sides[0], Number(event.currentTarget.value)]
                      : [Number(event.currentTarget.value), sides[1]],
                  )
                }
              >
                {takes.map((each) => (
                  <option key={each.number} value={String(each.number)}>
                    take {each.number}
                    {each.circled ? " (circled)" : each.used ? " (used)" : ""}
                  </option>
                ))}
              </select>
              <Button
                icon="circle"
                label={`Circle ${letter}`}
                pressed={side ? b.circled : a.circled}
                onClick={() =>
                  void desk.act("circle", { key: page.key, take: sides[side] }, `Take ${sides[side]} is circled.`)
                }
              />
            </label>
          ))}
        </div>
        {kind === "image" ? (
          <Wipe desk={desk} a={a} b={b} />
        ) : kind === "text" ? (
          <Texts a={a} b={b} />
        ) : (
          <InStep desk={desk} a={a} b={b} />
        )}
        <Differences differs={differs} />
      </Dialog>
    </div>
  );
}

function useDiffers(desk: Desk, key: string, [first, second]: [number, number]): Differs | null {
  const [differs, setDiffers] = useState<Differs | null>(null);
  useEffect(() => {
    let current = true;
    setDiffers(null);
    if (first !== second)
      desk.bridge.ask<Differs>("compare", { key, first, second }).then(
        (told) => current && setDiffers(told),
        (error) => current && desk.refuse((error as Error).message),
      );
    return () => {
      current = false;
    };
  }, [desk, key, first, second]);
  return differs;
}

function Differences({ differs }: { differs: Differs | null }) {
  if (!differs) return null;
  return (
    <div class="gl-bucket-differs">
      {differs.notices.map((each) => (
        <p key={each} class="gl-bucket-soft">
          {each}
        </p>
      ))}
      {differs.rows.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">what</th>
              <th scope="col">A</th>
              <th scope="col">B</th>
            </tr>
          </thead>
          <tbody>
            {differs.rows.map(([what, one, other]) => (
              <tr key={what}>
                <th scope="row">{what}</th>
                <td>{one}</td>
                <td>{other}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

/** Two pictures, one over the other: a line is drawn across with the pointer, the slider or a number. */
function Wipe({ desk, a, b }: { desk: Desk; a: TakeTold; b: TakeTold }) {
  const [share, setShare] = useState(50);
  const one = useMedia(desk.bridge.media, `asset/${a.asset}`);
  const other = useMedia(desk.bridge.media, `asset/${b.asset}`);
  const drag = (event: PointerEvent): void => {
    if (event.type === "pointermove" && !event.buttons) return;
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    setShare(Math.round(Math.max(0, Math.min(100, ((event.clientX - box.left) / box.width) * 100))));
  };
  return (
    <div class="gl-bucket-wipe">
      <div class="gl-bucket-wipe-box" onPointerDown={drag} onPointerMove={drag}>
        {other.url && <img src={other.url} alt={`B, take ${b.number}`} draggable={false} onError={other.retry} />}
        {one.url && (
          <img
            src={one.url}
            alt={`A, take ${a.number}`}
            draggable={false}
            onError={one.retry}
            style={{ clipPath: `inset(0 ${100 - share}% 0 0)` }}
          />
        )}
        <i style={{ insetInlineStart: `${share}%` }} />
        <b>A</b>
        <b>B</b>
      </div>
      <div class="gl-bucket-wipe-by">
        <input
          type="range"
          min={0}
          max={100}
          value={share}
          aria-label="How much of A is seen"
          onInput={(event) => setShare(Number(event.currentTarget.value))}
        />
        <input
          type="number"
          min={0}
          max={100}
          value={share}
          aria-label="How much of A is seen, per cent"
          onInput={(event) => setShare(Math.max(0, Math.min(100, Number(event.currentTarget.value) || 0)))}
        />
        <span class="gl-bucket-soft">% A</span>
      </div>
    </div>
  );
}

/** Two films or sounds in step: one clock for both. Of a film only the one that is listened to is heard. */
function InStep({ desk, a, b }: { desk: Desk; a: TakeTold; b: TakeTold }) {
  const left = useRef<HTMLMediaElement>(null);
  const right = useRef<HTMLMediaElement>(null);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [heard, setHeard] = useState<"A" | "B">("A");
  const length = Math.max(a.seconds ?? 0, b.seconds ?? 0) || 1;
  const both = (): HTMLMediaElement[] => [left.current, right.current].filter((each) => each !== null);
  useEffect(() => {
    if (!playing) return;
    let frame = 0;
    const follow = (): void => {
      const [one, other] = both();
      if (one && other) {
        if (Math.abs(one.currentTime - other.currentTime) > 0.08 && !one.ended && !other.ended)
          other.currentTime = one.currentTime;
        setAt(Math.max(one.currentTime, other.currentTime));
        if ((one.ended || one.paused) && (other.ended || other.paused)) {
          setPlaying(false);
          return;
        }
      }
      frame = requestAnimationFrame(follow);
    };
    frame = requestAnimationFrame(follow);
    return () => cancelAnimationFrame(frame);
  }, [playing]);
  const toggle = (): void => {
    if (playing) for (const each of both()) each.pause();
    else void Promise.all(both().map((each) => each.play())).catch(() => undefined);
    setPlaying(!playing);
  };
  const seek = (to: number): void => {
    for (const each of both()) each.currentTime = Math.min(to, each.duration || to);
    setAt(to);
  };
  return (
    <div class="gl-bucket-instep">
      <div class="gl-bucket-ab">
        <Side desk={desk} take={a} letter="A" element={left} muted={heard !== "A"} />
        <Side desk={desk} take={b} letter="B" element={right} muted={heard !== "B"} />
      </div>
      <div class="gl-bucket-transport">
        <Button
          icon={playing ? "pause" : "play"}
          label={playing ? "Pause both" : "Play both"}
          kind="primary"
          onClick={toggle}
        />
        <input
          type="range"
          min={0}
          max={length}
          step={0.01}
          value={at}
          aria-label="Where in both"
          onInput={(event) => seek(Number(event.currentTarget.value))}
        />
        <span class="gl-bucket-clock">{at.toFixed(1)} s</span>
        <Button
          label={`Hear ${heard === "A" ? "B" : "A"}`}
          icon="sound"
          onClick={() => setHeard(heard === "A" ? "B" : "A")}
        />
      </div>
    </div>
  );
}

function Side({
  desk,
  take,
  letter,
  element,
  muted,
}: {
  desk: Desk;
  take: TakeTold;
  letter: string;
  element: { current: HTMLMediaElement | null };
  muted: boolean;
}) {
  const { url, retry } = useMedia(desk.bridge.media, `asset/${take.asset}`);
  const mime = take.media_type ?? "";
  return (
    <figure>
      {mime.startsWith("video/") ? (
        <video
          ref={element as never}
          src={url || undefined}
          muted={muted}
          preload="auto"
          playsInline
          onError={() => url && retry()}
        />
      ) : mime.startsWith("image/") ? (
        url && <img src={url} alt={`take ${take.number}`} onError={retry} />
      ) : (
        <audio
          ref={element as never}
          src={url || undefined}
          muted={muted}
          preload="auto"
          onError={() => url && retry()}
        />
      )}
      <figcaption>
        {letter} · take {take.number} {muted ? "" : "· heard"}
      </figcaption>
    </figure>
  );
}

function Texts({ a, b }: { a: TakeTold; b: TakeTold }) {
  return (
    <div class="gl-bucket-ab">
      {[a, b].map((take, side) => (
        <figure key={side}>
          <pre>{take.text}</pre>
          <figcaption>
            {side ? "B" : "A"} · take {take.number}
          </figcaption>
        </figure>
      ))}
    </div>
  );
}
