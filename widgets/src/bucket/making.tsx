// Making: the price before, the yes, the progress and the stop. What costs nothing begins at once.

import { useEffect, useState } from "preact/hooks";
import { duration, usd } from "../shared/format";
import { Bar, Button, Dialog, ErrorNote } from "../shared/ui";
import type { Desk } from "./desk";
import type { BucketState, PriceTold, Work } from "./types";

interface Ran {
  made: number;
  usd: number;
  seconds: number;
  line: string;
  notices: string[];
}

/** Make what was agreed to. A price that rose meanwhile is refused by the kernel, with nothing made. */
export async function make(desk: Desk, keys: string[], agreedUsd: number): Promise<void> {
  desk.announce("Making.");
  const ran = await desk.act<Ran>("remake", { keys, agreed_usd: agreedUsd }, "Made.", 0);
  if (ran) desk.announce(`${ran.made} made in ${duration(ran.seconds)} for ${usd(ran.usd)}.`);
}

/** Ask for the price; begin at once where it is nothing. Gives the price where a person has to say yes. */
export async function askedToMake(desk: Desk, keys: string[]): Promise<PriceTold | null> {
  try {
    const price = await desk.bridge.ask<PriceTold>("price", { keys });
    if (!price.rows) {
      desk.announce("Nothing is to be made.");
      return null;
    }
    if (price.usd > 0) return price;
    void make(desk, keys, 0);
  } catch (error) {
    desk.refuse((error as Error).message);
  }
  return null;
}

export function Yes({
  desk,
  price,
  keys,
  onClose,
}: {
  desk: Desk;
  price: PriceTold;
  keys: string[];
  onClose: () => void;
}) {
  const [most, setMost] = useState(price.most_usd);
  const yes = (): void => {
    onClose();
    void make(desk, keys, most);
  };
  return (
    <Dialog title={`Make ${price.words}?`} onClose={onClose}>
      <div class="gl-bucket-price">
        <p class="gl-bucket-sum">
          <strong>{usd(price.usd)}</strong>
          <span>expected, in about {duration(price.seconds)}</span>
        </p>
        {price.whys.length > 0 && (
          <ul>
            {price.whys.map(([why, count]) => (
              <li key={why}>
                {why} {count > 1 && <span class="gl-bucket-soft">× {count}</span>}
              </li>
            ))}
          </ul>
        )}
        <label class="gl-bucket-most">
          Spend at most $
          <input
            type="number"
            min={price.usd}
            step={0.01}
            value={most}
            onInput={(event) => setMost(Math.max(0, Number(event.currentTarget.value) || 0))}
          />
        </label>
        <p class="gl-bucket-soft">
          Not a cent more is spent: what would come to more is not begun. What stands already stays beside it, as a take
          of its own.
        </p>
        <div class="gl-bucket-buttons">
          <Button label="Not now" onClick={onClose} />
          <Button
            label={`Yes, spend up to ${usd(most)}`}
            kind="primary"
            icon="check"
            disabled={most < price.usd}
            onClick={yes}
          />
        </div>
      </div>
    </Dialog>
  );
}

export function Working({ desk, work }: { desk: Desk; work: Work }) {
  if (!work.what) return null;
  const share = work.total ? work.done / work.total : null;
  const words = [
    work.total ? `${Math.round(work.done)} of ${Math.round(work.total)}` : "",
    work.note,
    work.left_seconds ? `${duration(work.left_seconds)} left` : "",
  ];
  return (
    <div class="gl-bucket-work">
      <div class="gl-bucket-work-words">
        <strong>{work.stopping ? "Stopping" : work.what}</strong>
        <span class="gl-bucket-soft">{words.filter(Boolean).join(" · ")}</span>
      </div>
      <Bar share={share} label={work.what} />
      <Button
        icon="stop"
        label="Stop"
        disabled={work.stopping}
        onClick={() => void desk.act("stop_work", {}, "Stopping. What is finished is kept.")}
      />
    </div>
  );
}

/** The button for all that is not current, with its price on it. */
export function MakeAll({ state, onMake }: { state: BucketState; onMake: () => void }) {
  const { to_make: toMake } = state;
  if (!toMake.rows || state.work.what) return null;
  return (
    <Button
      icon="refresh"
      kind="primary"
      label={`Make ${toMake.words} · ${usd(toMake.usd)}`}
      title={`about ${duration(toMake.seconds)}`}
      onClick={onMake}
    />
  );
}

export function Said({ desk }: { desk: Desk }) {
  const [open, setOpen] = useState(true);
  const notices = desk.notices.value;
  useEffect(() => setOpen(true), [notices]);
  return (
    <>
      {desk.error.value && (
        <ErrorNote
          words={desk.error.value}
          onClose={() => {
            desk.error.value = "";
          }}
        />
      )}
      {open && notices.length > 0 && (
        <div class="gl-bucket-notices" role="status">
          <ul>
            {notices.slice(0, 5).map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
          <Button icon="close" label="Dismiss" bare kind="quiet" onClick={() => setOpen(false)} />
        </div>
      )}
    </>
  );
}
