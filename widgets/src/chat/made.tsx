// Made: what a call made, as it is seen and heard on its card. Each can be dragged to another face, or picked up.

import { useRef, useState } from "preact/hooks";
import { duration } from "../shared/format";
import { Icon } from "../shared/icons";
import type { Media } from "../shared/media";
import { Button, Dialog, Picture, useMedia } from "../shared/ui";
import { carry } from "./carrying";
import { kindOf, nameOf, refOf } from "./telling";
import type { Made } from "./types";
import { Wave } from "./wave";

interface Props {
  made: Made;
  media: Media;
  film: string;
}

/** The takes of a card: pictures and clips side by side, sounds below one another. */
export function Shelf({ makes, media, film }: { makes: Made[]; media: Media; film: string }) {
  const seen = makes.filter((each) => kindOf(each) !== "sound");
  const heard = makes.filter((each) => kindOf(each) === "sound");
  return (
    <>
      {seen.length > 0 && (
        <ul class={`gl-chat-shelf ${seen.length === 1 ? "gl-chat-one" : ""}`}>
          {seen.map((made) => (
            <Seen key={`${made.bucket}/${made.key}/${made.take}`} made={made} media={media} film={film} />
          ))}
        </ul>
      )}
      {heard.length > 0 && (
        <ul class="gl-chat-sounds">
          {heard.map((made) => (
            <Heard key={`${made.bucket}/${made.key}/${made.take}`} made={made} media={media} film={film} />
          ))}
        </ul>
      )}
    </>
  );
}

function Seen({ made, media, film }: Props) {
  const [open, setOpen] = useState(false);
  const kind = kindOf(made);
  const { hand, button } = carry(made, film);
  return (
    <li class="gl-chat-seen" {...hand}>
      {kind === "gone" ? (
        <div class="gl-picture gl-chat-gone">not in the film any more</div>
      ) : (
        <button type="button" class="gl-chat-look" aria-label={`Look at ${nameOf(made)}`} onClick={() => setOpen(true)}>
          <Picture media={media} of={refOf(made, 320)} alt="" />
          {kind === "clip" && (
            <span class="gl-chat-play">
              <Icon name="play" size={18} />
            </span>
          )}
        </button>
      )}
      <div class="gl-chat-caption">
        <span>{nameOf(made)}</span>
        {button}
      </div>
      {open && (
        <Dialog title={nameOf(made)} onClose={() => setOpen(false)}>
          {kind === "clip" ? (
            <Player media={media} of={`asset/${made.asset}`} label={nameOf(made)} starts />
          ) : (
            <Picture media={media} of={refOf(made, 1280)} alt={nameOf(made)} class="gl-chat-large" />
          )}
        </Dialog>
      )}
    </li>
  );
}

/** A film that plays. Nothing of it is loaded before it is wanted but its first picture. */
export function Player({ media, of, label, starts }: { media: Media; of: string; label: string; starts?: boolean }) {
  const { url, retry } = useMedia(media, of);
  const peeks = useRef(false); // whether it stands at a frame that shows something; a film often begins in black
  if (url === "") return <p class="gl-chat-soft">{label} can't be played here.</p>;
  return (
    // biome-ignore lint/a11y/useMediaCaption: captions of a render are in its picture
    <video
      class="gl-chat-player"
      controls
      playsInline
      preload="metadata"
      autoPlay={starts}
      src={url ?? undefined}
      aria-label={label}
      onLoadedMetadata={(event) => {
        if (starts) return;
        peeks.current = true;
        event.currentTarget.currentTime = event.currentTarget.duration / 4;
      }}
      onPlay={(event) => {
        if (peeks.current) event.currentTarget.currentTime = 0;
        peeks.current = false;
      }}
      onError={retry}
    />
  );
}

function Heard({ made, media, film }: Props) {
  const { hand, button } = carry(made, film);
  return (
    <li class="gl-chat-heard" {...hand}>
      <Wave made={made} media={media} />
      <span class="gl-chat-name">{nameOf(made)}</span>
      <span class="gl-chat-soft">{made.seconds ? duration(made.seconds) : ""}</span>
      {button}
    </li>
  );
}

/** Something that came along with a message. */
export function Chiplet({ made, media, onDrop }: { made: Made; media: Media; onDrop?: () => void }) {
  const kind = kindOf(made);
  return (
    <span class="gl-chat-chiplet">
      {kind === "picture" || kind === "clip" ? (
        <Picture media={media} of={refOf(made, 80)} alt="" />
      ) : (
        <Icon name={made.bucket === "video" ? "film" : "sound"} />
      )}
      <span>{made.take ? nameOf(made) : made.name}</span>
      {onDrop && <Button icon="close" label={`Take ${made.name} off`} bare kind="quiet" onClick={onDrop} />}
    </span>
  );
}
