// Takes: every take of an entry, which one cuts use, and what can be done with each.

import { useState } from "preact/hooks";
import { endDrag, pickUp, startDrag } from "../shared/carry";
import { duration, usd } from "../shared/format";
import { Icon } from "../shared/icons";
import { Button, Chip, Picture } from "../shared/ui";
import { Compare } from "./compare";
import type { Desk } from "./desk";
import { Wave } from "./players";
import { Stars } from "./stars";
import type { BucketState, EntryPage, TakeTold } from "./types";

interface TakesProps {
  desk: Desk;
  state: BucketState;
  page: EntryPage;
  shown: number;
  onShow: (take: number) => void;
}

export function Takes(props: TakesProps) {
  const { page } = props;
  const [comparing, setComparing] = useState<[number, number] | null>(null);
  const [withTrash, setWithTrash] = useState(false);
  const there = page.takes.filter((each) => !each.trashed);
  const thrown = page.takes.filter((each) => each.trashed);
  if (!page.takes.length) return null;
  const used = there.find((each) => each.used)?.number ?? there[0]?.number ?? 0;
  const other = there.find((each) => each.number !== used)?.number ?? 0;
  return (
    <section class="gl-bucket-section" aria-label={`Takes of ${page.name}`}>
      <div class="gl-bucket-section-head">
        <h3>{there.length === 1 ? "1 take" : `${there.length} takes`}</h3>
        {there.length > 1 && (
          <Button
            icon="compare"
            label="Compare A and B"
            onClick={() => setComparing([used, props.shown !== used && props.shown ? props.shown : other])}
          />
        )}
      </div>
      <ul class="gl-bucket-take-list">
        {there.map((take) => (
          <Take key={take.number} take={take} {...props} />
        ))}
        {withTrash && thrown.map((take) => <Take key={take.number} take={take} {...props} />)}
      </ul>
      {thrown.length > 0 && (
        <Button
          kind="quiet"
          icon="trash"
          label={withTrash ? "Hide the trash" : `${thrown.length} in the trash`}
          onClick={() => setWithTrash(!withTrash)}
        />
      )}
      {comparing && (
        <Compare
          desk={props.desk}
          page={page}
          first={comparing[0]}
          second={comparing[1]}
          onClose={() => setComparing(null)}
        />
      )}
    </section>
  );
}

function Take({ desk, state, page, take, shown, onShow }: TakesProps & { take: TakeTold }) {
  const carried = {
    film: state.film,
    bucket: state.bucket,
    key: page.key,
    name: `${page.name} take ${take.number}`,
    take: take.number,
    seconds: take.seconds ?? 0,
    media_type: take.media_type ?? "",
  };
  const given = { key: page.key, take: take.number };
  const isShown = shown === take.number;
  const mime = take.media_type ?? "";
  return (
    <li
      class={`gl-bucket-take ${isShown ? "gl-bucket-take-shown" : ""} ${take.trashed ? "gl-bucket-thrown" : ""}`}
      draggable={!take.trashed}
      onDragStart={(event) => startDrag(event, carried)}
      onDragEnd={endDrag}
    >
      <button
        type="button"
        class="gl-bucket-take-face"
        aria-pressed={isShown}
        aria-label={`Show take ${take.number}`}
        onClick={() => onShow(take.number)}
      >
        {mime.startsWith("audio/") ? (
          <Wave media={desk.bridge.media} asset={take.asset ?? ""} bars={40} />
        ) : mime.startsWith("text/") ? (
          <Icon name="note" size={20} />
        ) : (
          <Picture media={desk.bridge.media} of={take.asset ? `thumb/${take.asset}/160` : ""} alt="" />
        )}
      </button>
      <div class="gl-bucket-take-words">
        <div class="gl-bucket-head">
          <strong>Take {take.number}</strong>
          {take.circled ? <Chip tone="accent">circled</Chip> : take.used ? <Chip tone="good">cuts use it</Chip> : null}
          {take.in_cut && <Chip>in the cut</Chip>}
        </div>
        <span class="gl-bucket-soft">
          {[take.model, take.seconds ? duration(take.seconds) : "", usd(take.usd ?? 0), take.made_at]
            .filter(Boolean)
            .join(" · ")}
        </span>
        {(take.notices ?? []).map((each) => (
          <span key={each} class="gl-bucket-notice">
            <Icon name="warning" size={12} /> {each}
          </span>
        ))}
        {take.note && <span class="gl-bucket-quote">{take.note}</span>}
        {take.trashed ? (
          <Button
            icon="undo"
            label="Bring it back"
            aria-label={`Bring take ${take.number} back`}
            onClick={() => void desk.act("restore_take", given, `Take ${take.number} is back.`)}
          />
        ) : (
          <div class="gl-bucket-take-deeds">
            <Stars
              rating={take.rating ?? 0}
              label={`Stars of take ${take.number}`}
              onRate={(stars) =>
                void desk.act("rate_take", { ...given, stars }, `Take ${take.number}: ${stars} stars.`)
              }
            />
            <span class="gl-bucket-space" />
            <Button
              icon="circle"
              label={take.circled ? `Take the circle from take ${take.number}` : `Circle take ${take.number}`}
              bare
              kind="quiet"
              pressed={Boolean(take.circled)}
              onClick={() =>
                void desk.act(
                  "circle",
                  { key: page.key, take: take.circled ? 0 : take.number },
                  take.circled ? "No take is circled." : `Take ${take.number} is circled; cuts use it.`,
                )
              }
            />
            <Button
              icon="clip"
              label={`Pick up take ${take.number}`}
              bare
              kind="quiet"
              onClick={() => {
                pickUp(carried);
                desk.announce(
                  `Take ${take.number} of ${page.name} is picked up. Lay it down in the timeline or the chat.`,
                );
              }}
            />
            <Button
              icon="trash"
              label={`Throw take ${take.number} away`}
              bare
              kind="quiet"
              onClick={() => void desk.act("trash_take", given, `Take ${take.number} is in the trash.`)}
            />
          </div>
        )}
      </div>
    </li>
  );
}
