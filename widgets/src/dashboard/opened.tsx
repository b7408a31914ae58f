// Opened: while a film is open beside the shelf, the shelf is one line: which film it is, and the way back.

import type { Bridge } from "../shared/bridge";
import { Button, Chip } from "../shared/ui";
import { Cover } from "./card";
import { brief, STAGE_TONES, STAGE_WORDS } from "./shelf";
import type { DashboardState, ShelfFilm } from "./types";

interface Props {
  bridge: Bridge<DashboardState>;
  film: ShelfFilm;
  onClose: () => void;
}

export function Opened({ bridge, film, onClose }: Props) {
  return (
    <header class="gl-shelf-opened">
      <Button icon="left" label="All films" onClick={onClose} />
      <div class="gl-shelf-thumb">
        <Cover bridge={bridge} film={film} width={160} small />
      </div>
      <h2>{film.title}</h2>
      <Chip tone={STAGE_TONES[film.state]}>{STAGE_WORDS[film.state]}</Chip>
      <span class="gl-shelf-soft">{brief(film)}</span>
    </header>
  );
}
