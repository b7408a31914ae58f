// Card: one entry on the contact sheet: its picture, wave or words, and what a person must know of it at a glance.
// biome-ignore-all lint/a11y/useSemanticElements: a cell of the sheet's grid
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the sheet hears the keys of all its cards

import { endDrag, startDrag } from "../shared/carry";
import { duration, usd } from "../shared/format";
import { Icon } from "../shared/icons";
import type { Media } from "../shared/media";
import { Chip, Picture } from "../shared/ui";
import { Scrub, Wave } from "./players";
import type { Row } from "./sifting";
import { kindOf, mediumOf } from "./sifting";
import { Rated } from "./stars";
import type { BucketState, CardTold } from "./types";

/** What is said of an entry to who can't see its card. */
export function spoken(state: BucketState, row: Row, card: CardTold | undefined): string {
  const { entry } = row;
  const parts = [
    `${kindOf(state, entry)} ${entry.name}`,
    row.state && row.state !== "current" ? `${row.state}${card?.why ? `: ${card.why}` : ""}` : "",
    entry.takes ? `${entry.takes} take${entry.takes === 1 ? "" : "s"}` : "",
    entry.circled ? `take ${entry.used} circled` : "",
    entry.seconds ? duration(entry.seconds) : "",
    entry.rating ? `${entry.rating} stars` : "",
    entry.in_cut ? "in the cut" : "",
    entry.noted ? "has a note" : "",
    card?.said ?? "",
  ];
  return parts.filter(Boolean).join(", ");
}

export interface CardProps {
  state: BucketState;
  row: Row;
  card: CardTold | undefined;
  media: Media;
  picturePx: number;
  index: number;
  column: number;
  isAt: boolean;
  isChosen: boolean;
  isOver: boolean; // something is dragged over it
  onPick: (event: MouseEvent, row: Row) => void;
  onOpen: (row: Row) => void;
  onMake: (row: Row) => void;
}

export function EntryCard(props: CardProps) {
  const { state, row, card, isAt, isChosen } = props;
  const drag = (event: DragEvent): void => startDrag(event, carriedOf(state, row, card, 0));
  return (
    <div
      role="gridcell"
      id={`gl-cell-${props.index}`}
      class={`gl-bucket-card ${isChosen ? "gl-bucket-chosen" : ""} ${props.isOver ? "gl-bucket-over" : ""}`}
      data-key={row.key}
      data-state={row.state}
      tabIndex={isAt ? 0 : -1}
      aria-selected={isChosen}
      aria-colindex={props.column + 1}
      aria-label={spoken(state, row, card)}
      draggable={Boolean(row.entry.used)}
      onDragStart={drag}
      onDragEnd={endDrag}
      onClick={(event) => props.onPick(event, row)}
      onDblClick={() => props.onOpen(row)}
    >
      <div class="gl-bucket-frame" style={{ height: `${props.picturePx}px` }}>
        <Face {...props} />
        <Badges {...props} />
      </div>
      <Words {...props} />
    </div>
  );
}

export function carriedOf(state: BucketState, row: Row, card: CardTold | undefined, take: number) {
  const { key, entry } = row;
  const name = entry.name;
  const mime = card?.media_type ?? "";
  return { film: state.film, bucket: state.bucket, key, name, take, seconds: entry.seconds ?? 0, media_type: mime };
}

function Face({ state, row, card, media, picturePx }: CardProps) {
  const medium = mediumOf(state.bucket, row.entry);
  const wide = picturePx > 150 ? 480 : 240;
  if (medium === "text" && state.bucket !== "video")
    return <div class={`gl-bucket-paper gl-bucket-${state.bucket}`}>{card?.said ?? ""}</div>;
  if (!row.entry.used) return <Missing state={state} row={row} card={card} />;
  if (!card?.asset) return <div class="gl-picture gl-loading" aria-hidden="true" />;
  if (medium === "sound")
    return (
      <div class="gl-bucket-wavebox">
        <Wave media={media} asset={card.asset} />
      </div>
    );
  if (medium === "video") return <Scrub media={media} asset={card.asset} alt="" width={wide} />;
  return <Picture media={media} of={`thumb/${card.asset}/${wide}`} alt="" />;
}

/** Where nothing was made yet, the script's words stand in its place. */
function Missing({ state, row, card }: { state: BucketState; row: Row; card: CardTold | undefined }) {
  return (
    <div class="gl-bucket-missing">
      <Icon name={state.bucket === "audio" || state.bucket === "music" ? "sound" : "film"} size={20} />
      <span>{row.state === "blocked" ? (card?.why ?? "waits for something") : "not made yet"}</span>
    </div>
  );
}

function Badges({ state, row, card, onMake }: CardProps) {
  const { entry } = row;
  return (
    <>
      <div class="gl-bucket-badges">
        {row.state && row.state !== "current" && (
          <Chip tone={row.state === "missing" ? "plain" : row.state} title={card?.why}>
            {row.state}
          </Chip>
        )}
        {entry.circled && (
          <span class="gl-bucket-circled" title={`take ${entry.used} is circled`}>
            <Icon name="circle" size={12} /> {entry.used}
          </span>
        )}
      </div>
      {entry.seconds ? <span class="gl-bucket-length">{duration(entry.seconds)}</span> : null}
      {(row.state === "stale" || row.state === "missing") && !state.work.what && (
        <button
          type="button"
          class="gl-bucket-make"
          tabIndex={-1}
          title={`${row.state === "stale" ? "Re-make" : "Make"} ${row.entry.name} (Alt+M)`}
          onClick={(event) => {
            event.stopPropagation();
            onMake(row);
          }}
          onDblClick={(event) => event.stopPropagation()}
        >
          <Icon name="refresh" size={13} />
          {row.state === "stale" ? "Re-make" : "Make"} {usd(card?.make_usd ?? 0)}
        </button>
      )}
      {state.bucket === "characters" && card?.palette && (
        <div class="gl-bucket-palette" aria-hidden="true">
          {card.palette.map((colour) => (
            <i key={colour} style={{ background: colour }} />
          ))}
        </div>
      )}
    </>
  );
}

function Words({ state, row, card }: CardProps) {
  const { entry } = row;
  const kind = kindOf(state, entry);
  const isText = mediumOf(state.bucket, entry) === "text" && state.bucket !== "video";
  return (
    <div class="gl-bucket-words">
      <div class="gl-bucket-head">
        <strong title={entry.name}>{entry.name}</strong>
        {kind !== state.one && !(state.bucket === "prompts" && kind === "Glimmer's") && (
          <span class="gl-bucket-kind">{kind}</span>
        )}
        <Rated rating={entry.rating ?? 0} />
        <span class="gl-bucket-space" />
        {entry.noted && <Icon name="note" size={12} />}
        {entry.in_cut && <i class="gl-bucket-incut" title="in the cut" />}
        {(entry.takes ?? 0) > 1 && <span class="gl-bucket-takes">{entry.takes} takes</span>}
      </div>
      <p class="gl-bucket-said">{isText ? (card?.note ?? "") : (card?.said ?? "")}</p>
      {entry.tags && (
        <div class="gl-bucket-tags">
          {entry.tags.slice(0, 3).map((tag) => (
            <span key={tag}>{tag}</span>
          ))}
          {entry.tags.length > 3 && <span>+{entry.tags.length - 3}</span>}
        </div>
      )}
    </div>
  );
}
