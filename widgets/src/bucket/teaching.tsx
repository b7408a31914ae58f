// Teaching: what an empty bucket says: what it is for, the line that fills it, and a button that does it where that costs nothing.

import { useState } from "preact/hooks";
import { usd } from "../shared/format";
import { Button, Dialog, Empty } from "../shared/ui";
import type { Desk } from "./desk";
import type { BucketState } from "./types";

interface Lesson {
  title: string;
  words: string;
  code: string;
  make?: string;
  paid?: string; // what that is called where it costs something, if it is another thing then
}

const LESSONS: Record<string, Lesson> = {
  screenplays: {
    title: "No screenplay yet",
    words: "Everything begins with one. Drop a Fountain file here, write below, or let one be drafted from an idea.",
    code: 'film.agents.screenplay.draft(gl.Idea("A lighthouse keeper teaches a lost whale to sing.", seconds=45))',
  },
  characters: {
    title: "Nobody is cast yet",
    words: "Each of the cast gets a model sheet, a palette and a voice, the same in every shot.",
    code: "film.agents.character.design(script)",
    make: "Cast everybody",
  },
  video: {
    title: "No shots yet",
    words: "A shot of the script gets a board (rehearsal, $0) or a clip. Footage of your own is dropped here.",
    code: "film.agents.video.shoot(script)",
    make: "Board every shot",
    paid: "Shoot every shot",
  },
  audio: {
    title: "Nothing is heard yet",
    words: "Lines are spoken, scenes have their air, and what is seen makes its noise.",
    code: "film.agents.audio.voice(script)",
    make: "Speak every line",
  },
  music: {
    title: "No music yet",
    words: "A score follows the scenes and their moods, and leaves room for the lines. Or drop a theme here.",
    code: 'film.agents.music.score(script, mood="hopeful")',
    make: "Compose the score",
  },
  prompts: {
    title: "No prompts",
    words: "The words that models are given.",
    code: 'film.prompts.add("Ink wash.", name="video.shot")',
  },
};

/** The button that makes all that is missing, with its price. */
function makes(lesson: Lesson, price: number): string {
  return `${(price > 0 && lesson.paid) || lesson.make} · ${usd(price)}`;
}

export function Teaching({ desk, state, onMake }: { desk: Desk; state: BucketState; onMake: () => void }) {
  const lesson = LESSONS[state.bucket] as Lesson;
  const canMake = lesson.make && state.to_make.rows > 0;
  return (
    <Empty title={lesson.title} code={lesson.code}>
      <p>{lesson.words}</p>
      {!state.script && state.bucket !== "screenplays" && state.bucket !== "prompts" && (
        <p>
          There is no script yet. Ask the chat for one, drop one on the screenplays, or type{" "}
          <code class="gl-code">film.screenplays.read("my.fountain")</code>
        </p>
      )}
      {canMake && (
        <Button
          kind="primary"
          icon="refresh"
          label={makes(lesson, state.to_make.usd)}
          disabled={Boolean(state.work.what)}
          onClick={onMake}
        />
      )}
      {state.bucket === "screenplays" && <FirstScript desk={desk} />}
    </Empty>
  );
}

/** Where everything is missing, the first row of the sheet says what would fill it. */
export function FirstMake({ state, onMake }: { state: BucketState; onMake: () => void }) {
  const lesson = LESSONS[state.bucket];
  const none = Object.values(state.entries).every((entry) => !entry.used);
  if (!lesson?.make || !none || !state.to_make.rows || state.work.what) return null;
  return (
    <div class="gl-bucket-first">
      <p>
        <strong>Nothing is made yet.</strong> {lesson.words}
      </p>
      <code class="gl-code">{lesson.code}</code>
      <Button icon="refresh" label={makes(lesson, state.to_make.usd)} onClick={onMake} />
    </div>
  );
}

const SAMPLE = `INT. LIGHTHOUSE - LAMP ROOM - NIGHT

MARA, 60s, winds the lamp. Far out, something sings.

MARA
There you are.
`;

function FirstScript({ desk }: { desk: Desk }) {
  const [text, setText] = useState(SAMPLE);
  return (
    <>
      <textarea
        class="gl-bucket-editor gl-bucket-fountain"
        rows={9}
        aria-label="Your first scene, in Fountain"
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <Button
        kind="primary"
        icon="check"
        label="Keep as the script"
        disabled={!text.trim()}
        onClick={() => void desk.act("keep_script", { text }, "Kept as the film's script.", 300)}
      />
    </>
  );
}

const KEYS: [string, string][] = [
  ["Arrows, Home, End, Page Up, Page Down", "go through the sheet; with Shift they select"],
  ["Letters", "go to the name that begins so"],
  ["Space", "select, or no longer"],
  ["Ctrl A · Escape", "select all · nothing"],
  ["Enter", "open it, with its takes"],
  ["0 1 2 3 4 5", "stars for what is selected"],
  ["Alt T", "tag what is selected"],
  ["Alt M", "make what is selected anew"],
  ["Alt P", "pick it up, for the timeline or the chat"],
  ["Delete", "throw what is selected away"],
  ["Ctrl Z · Ctrl Shift Z", "undo · redo"],
  ["/", "search"],
  ["In a player: Space, J K L, ← →", "play and pause, five seconds back and on, one second"],
];

export function Keys({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keys" onClose={onClose}>
      <dl class="gl-bucket-keys">
        {KEYS.map(([keys, does]) => (
          <div key={keys}>
            <dt>{keys}</dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
