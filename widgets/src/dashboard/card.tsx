// Card: one film on the shelf: its poster, or a cover with its title until there is one; what it is; what can be done with it.

import { useState } from "preact/hooks";
import { ago, exactly } from "../shared/ago";
import type { Bridge } from "../shared/bridge";
import { bytes } from "../shared/format";
import { Bar, Button, Chip, useAnnounce, useMedia } from "../shared/ui";
import { brief, hue, STAGE_TONES, STAGE_WORDS } from "./shelf";
import type { DashboardState, ShelfFilm } from "./types";

interface CoverProps {
  bridge: Bridge<DashboardState>;
  film: ShelfFilm;
  width: number;
  small?: boolean;
}

export function Cover({ bridge, film, width, small }: CoverProps) {
  const { url, retry } = useMedia(bridge.media, film.poster ? `${film.poster}/${width}` : "");
  if (film.poster && url !== "")
    return (
      <div class="gl-shelf-cover">
        {url && <img src={url} alt="" onError={retry} decoding="async" draggable={false} />}
      </div>
    );
  return (
    <div class="gl-shelf-cover gl-shelf-plain" style={{ "--gl-hue": hue(film.title) }} aria-hidden="true">
      {!small && <span>{film.title}</span>}
    </div>
  );
}

interface CardProps {
  bridge: Bridge<DashboardState>;
  id: string;
  film: ShelfFilm;
  large: boolean;
  now: number;
  onOpen: () => void;
  onRename: () => void;
  onTrash: () => void;
}

export function Card({ bridge, id, film, large, now, onOpen, onRename, onTrash }: CardProps) {
  return (
    <li class="gl-shelf-card">
      <button
        type="button"
        class="gl-shelf-open"
        onClick={onOpen}
        aria-label={`Open ${film.title}, ${STAGE_WORDS[film.state]}, ${brief(film)}`}
      >
        <Cover bridge={bridge} film={film} width={large ? 960 : 480} />
        <span class="gl-shelf-play" aria-hidden="true">
          Open
        </span>
      </button>
      <div class="gl-shelf-about">
        <div class="gl-shelf-title">
          <h3 title={film.title}>{film.title}</h3>
          <Chip tone={STAGE_TONES[film.state]}>{STAGE_WORDS[film.state]}</Chip>
        </div>
        <p class="gl-shelf-soft">{brief(film)}</p>
        <div class="gl-shelf-foot">
          <span class="gl-shelf-soft" title={exactly(film.changed ?? "")}>
            {ago(film.changed ?? "", now)}
            {film.owner ? ` · ${film.owner}` : ""}
          </span>
          <span class="gl-shelf-acts">
            <Button icon="edit" label={`Rename ${film.title}`} bare kind="quiet" onClick={onRename} />
            <Pack bridge={bridge} id={id} title={film.title} />
            <Button icon="trash" label={`Put ${film.title} into the trash`} bare kind="quiet" onClick={onTrash} />
          </span>
        </div>
      </div>
    </li>
  );
}

interface Packed {
  ref: string;
  name: string;
  bytes: number;
  notices: string[];
}

/** The whole film as one file to keep, or to open elsewhere. */
function Pack({ bridge, id, title }: { bridge: Bridge<DashboardState>; id: string; title: string }) {
  const [busy, setBusy] = useState(false);
  const [words, setWords] = useState("");
  const announce = useAnnounce();
  const pack = async (): Promise<void> => {
    setBusy(true);
    setWords("");
    try {
      const made = await bridge.ask<Packed>("pack_film", { id }, { seconds: 0 });
      const { url } = await bridge.media.again(made.ref);
      const link = document.createElement("a");
      link.href = url;
      link.download = made.name;
      document.body.append(link);
      link.click();
      link.remove();
      announce(`${made.name}, ${bytes(made.bytes)}, is on its way.`);
      setWords(made.notices.join(" "));
    } catch (problem) {
      setWords((problem as Error).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button
        icon="download"
        label={`Download ${title} as an archive`}
        bare
        kind="quiet"
        disabled={busy}
        onClick={() => void pack()}
      />
      {busy && (
        <span class="gl-shelf-packing">
          <Bar share={null} label="Packing the film" />
        </span>
      )}
      {words && (
        <span class="gl-shelf-said" role="alert">
          {words}
        </span>
      )}
    </>
  );
}
