// Probe: a face for tests alone. It shows what the ground does, and lets a test lose a patch on purpose.
import "../../../widgets/src/shared/base.css";
import { useEffect } from "preact/hooks";
import type { Model } from "../../../widgets/src/shared/bridge";
import { Button, Picture, useMedia } from "../../../widgets/src/shared/ui";
import { face, type ViewProps } from "../../../widgets/src/shared/widget";

interface State {
  count: number;
  words: string;
  running: boolean;
  pictures: string[];
  films: string[];
}

interface Probed {
  bridges: unknown[];
  lose: number; // how many of the coming patches never arrive
  hellos: number;
  heard: { kind: string; seq?: number }[];
}

const probed: Probed = { bridges: [], lose: 0, hellos: 0, heard: [] };
(window as unknown as { probed: Probed }).probed = probed;

function Film({ bridge, of }: { bridge: ViewProps<State>["bridge"]; of: string }) {
  const { url, retry } = useMedia(bridge.media, of);
  // biome-ignore lint/a11y/useMediaCaption: a test's
  return <video aria-label="film" data-ref={of} src={url ?? undefined} preload="auto" muted onError={retry} width={320} />;
}

function View({ bridge, state }: ViewProps<State>) {
  useEffect(() => {
    if (!probed.bridges.includes(bridge)) probed.bridges.push(bridge);
  }, [bridge]);
  return (
    <div>
      <output aria-label="count">{state.count}</output>
      <output aria-label="running">{String(state.running)}</output>
      <output aria-label="connection">{bridge.connection.value}</output>
      <Button label="Count" onClick={() => void bridge.ask("count")} />
      <Button label="Stop" onClick={() => void bridge.ask("stop")} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what a clip on a timeline is */}
      <div role="option" aria-selected="false" aria-label="clip" tabIndex={0}>
        a clip
      </div>
      {state.films.map((ref) => (
        <Film key={ref} bridge={bridge} of={ref} />
      ))}
      {state.pictures.map((ref) => (
        <Picture key={ref} media={bridge.media} of={ref} alt={ref} />
      ))}
      {/* below all that is clicked on, and of one height: words that come must not move a button away from under the pointer */}
      <output aria-label="words" style={{ display: "block", height: "3em", overflow: "hidden" }}>
        {state.words}
      </output>
    </div>
  );
}

const made = face<State>(View, "Probe");
const ears = new WeakMap<Model, Model>();

/** The model, with an ear that can be closed. */
function heardThrough(model: Model): Model {
  let ear = ears.get(model);
  if (ear) return ear;
  const hear = (heard: (...args: never[]) => void) =>
    ((content: { kind: string; seq?: number }, ...rest: unknown[]) => {
      probed.heard.push({ kind: content?.kind, seq: content?.seq });
      if (content?.kind === "patch" && probed.lose > 0) {
        probed.lose -= 1;
        return;
      }
      (heard as (...args: unknown[]) => void)(content, ...rest);
    }) as (...args: never[]) => void;
  ear = {
    get: (name) => model.get(name),
    send: (content, callbacks, buffers) => {
      if ((content as { kind?: string })?.kind === "hello") probed.hellos += 1;
      model.send(content, callbacks, buffers);
    },
    on: (event, heard) => model.on(event, event === "msg:custom" ? hear(heard) : heard),
    off: (event, heard) => model.off(event, heard),
    get widget_manager() {
      return model.widget_manager;
    },
  };
  ears.set(model, ear);
  return ear;
}

export default {
  initialize: ({ model }: { model: Model }) => made.initialize({ model: heardThrough(model) }),
  render: ({ model, el }: { model: Model; el: HTMLElement }) => made.render({ model: heardThrough(model), el }),
};
