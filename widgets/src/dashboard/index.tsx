import "../shared/base.css";
import "./dashboard.css";
import { useEffect, useState } from "preact/hooks";
import { ErrorNote, useAnnounce } from "../shared/ui";
import { face, type ViewProps } from "../shared/widget";
import { asked } from "./asked";
import { Begin, Import, Rename } from "./dialogs";
import { Opened } from "./opened";
import type { Order } from "./shelf";
import { Shelf } from "./shelf-view";
import type { DashboardState } from "./types";

export type Act = (verb: string, given: object, said?: string) => Promise<Record<string, string> | null>;

type Dialogs = { kind: "begin" } | { kind: "import"; file?: File } | { kind: "rename"; id: string } | null;

function View({ bridge, state }: ViewProps<DashboardState>) {
  const [dialog, setDialog] = useState<Dialogs>(null);
  const [error, setError] = useState("");
  const [line, setLine] = useState("");
  const [looksAtTrash, setTrash] = useState(false);
  const [words, setWords] = useState("");
  const [order, setOrder] = useState<Order>("changed");
  const announce = useAnnounce();
  const act: Act = async (verb, given, said) => {
    try {
      setError("");
      const told = await bridge.ask<Record<string, string> | null>(verb, given, { seconds: 0 });
      if (said) announce(said);
      return told ?? {};
    } catch (problem) {
      setError((problem as Error).message);
      return null;
    }
  };
  const open = async (id: string): Promise<void> => {
    const told = await act("open_film", { id }, `${state.films?.[id]?.title ?? "The film"} is open.`);
    if (told?.line && !state.beside) setLine(told.line);
  };
  useEffect(() => {
    const film = state.beside && !state.opened ? asked(location.search, state.films ?? {}) : null;
    if (film?.id) void open(film.id);
    else if (film) setError(`No film here is called “${film.title}”.`);
  }, []); // once: who closes it has closed it
  const close = (): void => setDialog(null);
  const opened = state.opened ? state.films?.[state.opened] : undefined;
  return (
    <div class="gl-shelf">
      {opened && state.beside ? (
        <Opened bridge={bridge} film={opened} onClose={() => void act("close_film", {}, "All films.")} />
      ) : (
        <Shelf
          {...{ bridge, state, words, setWords, order, setOrder, looksAtTrash, setTrash, act, open, line }}
          onBegin={() => setDialog({ kind: "begin" })}
          onImport={(file) => setDialog(file ? { kind: "import", file } : { kind: "import" })}
          onRename={(id) => setDialog({ kind: "rename", id })}
        />
      )}
      {error && <ErrorNote words={error} onClose={() => setError("")} />}
      {dialog?.kind === "begin" && <Begin bridge={bridge} onClose={close} onDone={(id) => void open(id)} />}
      {dialog?.kind === "import" && <Import bridge={bridge} file={dialog.file} onClose={close} />}
      {dialog?.kind === "rename" && (
        <Rename bridge={bridge} id={dialog.id} title={state.films?.[dialog.id]?.title ?? ""} onClose={close} />
      )}
    </div>
  );
}

export default face<DashboardState>(View, "Studio");
