// The bucket: a contact sheet, with the page of one entry beside it. What is looked for and selected is this view's own; all else is the film's.

import "../shared/base.css";
import "./bucket.css";
import "./page.css";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useAnnounce } from "../shared/ui";
import { face, type ViewProps } from "../shared/widget";
import { Adding, ComingFiles } from "./adding";
import { type Choice, everything, kept, NONE, only } from "./choosing";
import { Chosen, pickUpAll } from "./chosen";
import { Desk } from "./desk";
import type { Size } from "./grid";
import { askedToMake, Said, Working, Yes } from "./making";
import { Page } from "./page";
import { Sheet } from "./sheet";
import { allRows, counted, OPEN_SIEVE, type Row, type Sieve, sifted } from "./sifting";
import { FirstMake, Keys, Teaching } from "./teaching";
import { Toolbar } from "./toolbar";
import { TrashBox } from "./trash";
import type { BucketState, PriceTold } from "./types";

type Open = { kind: "trash" } | { kind: "keys" } | { kind: "price"; price: PriceTold; keys: string[] } | null;

function View({ bridge, state }: ViewProps<BucketState>) {
  const announce = useAnnounce();
  const desk = useMemo(() => new Desk(bridge, announce), [bridge]); // the bridge is one as long as the view lives
  const adding = useMemo(() => new Adding(desk), [desk]);
  useEffect(() => () => desk.cards.close(), [desk]);
  const root = useRef<HTMLDivElement>(null);
  const [sieve, setSieve] = useState<Sieve>(OPEN_SIEVE);
  const [size, setSize] = useState<Size>("medium");
  const [choice, setChoice] = useState<Choice>(NONE);
  const [opened, setOpened] = useState("");
  const [box, setBox] = useState<Open>(null);
  const [over, setOver] = useState<{ on: boolean; key: string }>({ on: false, key: "" });
  const [tagging, setTagging] = useState(false);

  const every = useMemo(() => allRows(state), [state]);
  const counts = useMemo(() => counted(state, every), [state, every]);
  const rows = useMemo(() => sifted(state, every, sieve), [state, every, sieve]);
  const order = useMemo(() => rows.map((row) => row.key), [rows]);
  const before = useRef(order);
  const held = kept(choice, order, before.current);
  useEffect(() => {
    before.current = order;
    if (held !== choice) setChoice(held);
  });
  useEffect(() => {
    if (opened && !state.entries[opened]) setOpened("");
  }, [opened, state.entries]);
  const chosen = useMemo(() => rows.filter((row) => held.keys.has(row.key)), [rows, held]);

  const makeThese = async (keys: string[]): Promise<void> => {
    const price = await askedToMake(desk, keys);
    if (price) setBox({ kind: "price", price, keys });
  };
  /** Those of them that are not current; none of them is nothing to do, and not all. */
  const makeSome = (some: Row[]): void => {
    const keys = some.filter((row) => row.state && row.state !== "current").map((row) => row.key);
    if (keys.length) void makeThese(keys);
    else announce("That is current already.");
  };
  const open = (row: Row): void => {
    setChoice(only(row.key));
    setOpened(row.key);
  };
  const choose = (next: Choice): void => {
    setChoice(next);
    if (opened && next.keys.size === 1 && next.keys.has(next.at)) setOpened(next.at); // the page follows what is looked at
  };
  const throwAway = (keys: string[], what: string): void => {
    if (keys.length && state.bucket !== "screenplays")
      void desk.act("trash", { keys }, `${what} is in the trash. Ctrl Z brings it back.`);
  };
  const acted = (there: Row | undefined): Row[] => (chosen.length ? chosen : there ? [there] : []);
  const toSheet = (): void =>
    root.current?.querySelector<HTMLElement>('[role="gridcell"][tabindex="0"]')?.focus({ preventScroll: true });
  const leave = (): void => {
    setOpened("");
    requestAnimationFrame(toSheet); // once it is there: where it is narrow, the page covers it
  };

  const onKey = (event: KeyboardEvent, there: Row | undefined): boolean => {
    const mod = event.ctrlKey || event.metaKey;
    const on = acted(there);
    const keys = on.map((row) => row.key);
    const what = on.length === 1 ? (on[0] as Row).entry.name : `${on.length} of ${state.bucket}`;
    if (mod && event.key.toLowerCase() === "z") void (event.shiftKey ? redo() : undo());
    else if (mod && event.key.toLowerCase() === "y") void redo();
    else if (mod && event.key.toLowerCase() === "a") setChoice(everything(held, order));
    else if (event.key === "Escape" && held.keys.size) setChoice({ ...held, keys: new Set() });
    else if (event.key === "Escape" && opened) setOpened("");
    else if (event.key === "/" && !mod) root.current?.querySelector<HTMLElement>(".gl-bucket-search input")?.focus();
    else if (event.key === "?" && !mod) setBox({ kind: "keys" });
    else if (state.bucket === "screenplays" || !on.length) return false;
    else if (/^[0-5]$/.test(event.key) && !mod && !event.altKey)
      void desk.act("rate", { keys, stars: Number(event.key) }, `${what}: ${event.key} stars.`);
    else if (event.altKey && event.code === "KeyT") setTagging(true);
    else if (event.altKey && event.code === "KeyM") void makeSome(on);
    else if (event.altKey && event.code === "KeyP") pickUpAll(desk, state, on);
    else if (event.key === "Delete" || (event.key === "Backspace" && mod)) throwAway(keys, what);
    else return false;
    return true;
  };
  const undo = () => desk.act("undo", {}, "Undone.");
  const redo = () => desk.act("redo", {}, "Done again.");

  const files = fileDrop(state, setOver, (list, key) =>
    adding.add(list, key, key ? (state.entries[key]?.name ?? "") : ""),
  );
  const onto = over.key ? state.entries[over.key]?.name : "";

  return (
    <div ref={root} class={`gl-bucket ${opened ? "gl-bucket-with-page" : ""}`} data-bucket={state.bucket} {...files}>
      <Toolbar
        desk={desk}
        state={state}
        adding={adding}
        sieve={sieve}
        counts={counts}
        total={every.length}
        shown={rows.length}
        size={size}
        onSieve={setSieve}
        onSize={setSize}
        onMakeAll={() => void makeThese([])}
        onTrash={() => setBox({ kind: "trash" })}
        onKeys={() => setBox({ kind: "keys" })}
      />
      <Said desk={desk} />
      <Working desk={desk} work={state.work} />
      <ComingFiles adding={adding} />
      {every.length === 0 ? (
        <Teaching desk={desk} state={state} onMake={() => void makeThese([])} />
      ) : (
        <div class="gl-bucket-body">
          <div class="gl-bucket-main">
            <FirstMake state={state} onMake={() => void makeThese([])} />
            {rows.length === 0 && (
              <p class="gl-bucket-none">Nothing here says or is that. Show all, or ask for less.</p>
            )}
            <Sheet
              desk={desk}
              state={state}
              rows={rows}
              choice={held}
              size={size}
              over={over.key}
              onChoice={choose}
              onOpen={open}
              onMake={(row) => void makeThese([row.key])}
              onKey={onKey}
            />
            <Chosen
              desk={desk}
              state={state}
              rows={opened && chosen.length === 1 ? [] : chosen}
              tagging={tagging}
              onTagging={(on) => {
                setTagging(on);
                if (!on) toSheet();
              }}
              onOpen={open}
              onMake={(keys) => void makeThese(keys)}
              onTrash={() =>
                throwAway(
                  chosen.map((row) => row.key),
                  chosen.length === 1 ? (chosen[0] as Row).entry.name : `${chosen.length} of ${state.bucket}`,
                )
              }
              onNone={() => setChoice({ ...held, keys: new Set() })}
            />
          </div>
          {opened && (
            <Page
              desk={desk}
              state={state}
              entryKey={opened}
              adding={adding}
              onClose={leave}
              onMake={(key) => void makeThese([key])}
              onTrash={(key, name) => throwAway([key], name)}
              onGone={() => setOpened("")}
            />
          )}
        </div>
      )}
      {desk.line.value && (
        <footer class="gl-bucket-line" title="The same in Python">
          <code>{desk.line.value}</code>
        </footer>
      )}
      {over.on && (
        <div class="gl-bucket-drop" aria-hidden="true">
          {onto ? `becomes a take of ${onto}` : `Drop to add to ${state.bucket}`}
        </div>
      )}
      {box?.kind === "trash" && <TrashBox desk={desk} state={state} onClose={() => setBox(null)} />}
      {box?.kind === "keys" && <Keys onClose={() => setBox(null)} />}
      {box?.kind === "price" && <Yes desk={desk} price={box.price} keys={box.keys} onClose={() => setBox(null)} />}
    </div>
  );
}

/** Files that are dragged over the face: onto an entry, or onto the bucket. Things of the film that are dragged are not files. */
function fileDrop(
  state: BucketState,
  setOver: (over: { on: boolean; key: string }) => void,
  onFiles: (files: File[], key: string) => void,
) {
  const isFile = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;
  const keyAt = (event: DragEvent): string =>
    state.bucket === "screenplays"
      ? ""
      : ((event.target as HTMLElement).closest<HTMLElement>("[data-key]")?.dataset.key ?? "");
  return {
    onDragOver: (event: DragEvent) => {
      if (!isFile(event)) return;
      event.preventDefault();
      setOver({ on: true, key: keyAt(event) });
    },
    onDragLeave: (event: DragEvent) => {
      if (!(event.currentTarget as HTMLElement).contains(event.relatedTarget as Node | null))
        setOver({ on: false, key: "" });
    },
    onDrop: (event: DragEvent) => {
      if (!isFile(event)) return;
      event.preventDefault();
      setOver({ on: false, key: "" });
      onFiles([...(event.dataTransfer?.files ?? [])], keyAt(event));
    },
  };
}

export default face<BucketState>(View, "Bucket");
