// Sheet: the contact sheet itself: a grid of which only the rows in sight are drawn, with one entry that the keyboard is at.
// biome-ignore-all lint/a11y/useSemanticElements: a grid of cards, drawn where they are in sight; a table can't be
// biome-ignore-all lint/a11y/useFocusableInteractive: its cells have the focus, one of them at a time

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { EntryCard } from "./card";
import { type Choice, ledBy, only, stretched, toggled, typedTo } from "./choosing";
import type { Desk } from "./desk";
import { inSight, layoutOf, type Size, scrolledTo } from "./grid";
import type { Row } from "./sifting";
import type { BucketState } from "./types";

const TYPED_MS = 700; // after so long a new word begins

export interface SheetProps {
  desk: Desk;
  state: BucketState;
  rows: Row[];
  choice: Choice;
  size: Size;
  over: string; // the entry that files are dragged over
  onChoice: (choice: Choice) => void;
  onOpen: (row: Row) => void;
  onMake: (row: Row) => void;
  onKey: (event: KeyboardEvent, row: Row | undefined) => boolean; // whether it was for something
}

export function Sheet(props: SheetProps) {
  const { desk, state, rows, choice } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const lines = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [seen, setSeen] = useState({ top: 0, height: 560 });
  const typed = useRef({ words: "", at: 0 });
  const wantsFocus = useRef(false);
  const hasFocus = useRef(false);
  const layout = layoutOf(rows.length, width, props.size);
  const order = rows.map((row) => row.key);
  const at = choice.at ? order.indexOf(choice.at) : rows.length ? 0 : -1; // the first one has the focus until another gets it
  const [first, end] = inSight(layout, seen.top, seen.height);

  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const look = (): void => {
      setWidth(lines.current?.clientWidth ?? 0);
      setSeen({ top: box.scrollTop, height: box.clientHeight });
    };
    look();
    const watch = new ResizeObserver(look);
    watch.observe(box);
    return () => watch.disconnect();
  }, []);

  useEffect(() => {
    const keys = order.slice(first * layout.columns, end * layout.columns);
    if (width > 0) desk.cards.want(keys, `${state.revision}${state.planned}`);
  });

  useEffect(() => {
    // A focused card that is taken away blurs as if somebody had left it; so what counts is where one went next.
    const went = (event: Event): void => {
      hasFocus.current = scroller.current?.contains(event.target as Node) ?? false;
    };
    document.addEventListener("focusin", went);
    document.addEventListener("pointerdown", went);
    return () => {
      document.removeEventListener("focusin", went);
      document.removeEventListener("pointerdown", went);
    };
  }, []);

  useEffect(() => {
    // A card that had the focus may be drawn anew, or be gone: the keyboard stays in the sheet.
    const isLost = hasFocus.current && (document.activeElement === document.body || !document.activeElement);
    if (!wantsFocus.current && !isLost) return;
    wantsFocus.current = false;
    scroller.current?.querySelector<HTMLElement>(`#gl-cell-${at}`)?.focus({ preventScroll: true });
  });

  const goTo = (index: number, next: Choice): void => {
    const box = scroller.current;
    if (box) {
      const to = scrolledTo(layout, Math.floor(index / layout.columns), box.scrollTop, box.clientHeight);
      if (to !== box.scrollTop) box.scrollTop = to;
      setSeen({ top: box.scrollTop, height: box.clientHeight });
    }
    wantsFocus.current = true;
    props.onChoice(next);
  };

  const type = (letter: string): void => {
    const now = performance.now();
    const words = now - typed.current.at < TYPED_MS ? typed.current.words + letter : letter;
    typed.current = { words, at: now };
    const found = typedTo(
      words,
      rows.map((row) => row.entry.name),
      at,
    );
    const row = rows[found];
    if (row) goTo(found, only(row.key));
  };

  const pressed = (event: KeyboardEvent): void => {
    const there = rows[at];
    const inCell = (event.target as HTMLElement).getAttribute("role") === "gridcell";
    if (!inCell && event.target !== scroller.current) return;
    if (props.onKey(event, there)) {
      event.preventDefault();
      return;
    }
    const perScreen = Math.max(1, Math.floor(seen.height / layout.rowPx));
    const next = ledBy(event.key, at, rows.length, layout.columns, perScreen);
    const row = rows[next];
    if (row && !event.altKey) {
      event.preventDefault();
      if (event.shiftKey) goTo(next, stretched(choice, row.key, order));
      else if (event.ctrlKey || event.metaKey) goTo(next, { ...choice, at: row.key });
      else goTo(next, only(row.key));
    } else if (event.key === " " && there) {
      event.preventDefault();
      props.onChoice(event.shiftKey ? stretched(choice, there.key, order) : toggled(choice, there.key));
    } else if (event.key === "Enter" && there && !event.altKey) {
      event.preventDefault();
      props.onOpen(there);
    } else if (
      event.key.length === 1 &&
      /\p{L}/u.test(event.key) &&
      !event.ctrlKey &&
      !event.metaKey &&
      !event.altKey
    ) {
      event.preventDefault();
      type(event.key);
    }
  };

  const drawn: number[] = [];
  for (let row = first; row < end; row++) drawn.push(row);
  const rowAt = at < 0 ? -1 : Math.floor(at / layout.columns);
  if (rowAt >= 0 && (rowAt < first || rowAt >= end)) drawn.push(rowAt); // the focus is not lost by scrolling
  const cards = desk.cards.there.value;
  const home = order[at] ?? order[0];

  return (
    <div
      ref={scroller}
      class={`gl-bucket-sheet gl-bucket-${props.size}`}
      role="grid"
      aria-label={`${state.bucket}: ${rows.length.toLocaleString("en")} shown`}
      aria-multiselectable="true"
      aria-rowcount={layout.rows}
      aria-colcount={layout.columns}
      onKeyDown={pressed}
      onScroll={(event) => setSeen({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight })}
    >
      <div ref={lines} role="presentation" class="gl-bucket-rows" style={{ height: `${layout.heightPx}px` }}>
        {width > 0 &&
          drawn.map((row) => (
            <div
              key={row}
              role="row"
              aria-rowindex={row + 1}
              class="gl-bucket-row"
              style={{
                transform: `translateY(${row * layout.rowPx}px)`,
                gridTemplateColumns: `repeat(${layout.columns}, ${layout.cardPx}px)`,
                height: `${layout.rowPx - 12}px`,
              }}
            >
              {rows.slice(row * layout.columns, (row + 1) * layout.columns).map((each, column) => (
                <EntryCard
                  key={each.key}
                  state={state}
                  row={each}
                  card={cards.get(each.key)}
                  media={desk.bridge.media}
                  picturePx={layout.picturePx}
                  index={row * layout.columns + column}
                  column={column}
                  isAt={each.key === home}
                  isChosen={choice.keys.has(each.key)}
                  isOver={props.over === each.key}
                  onPick={(event, picked) => {
                    const add = event.ctrlKey || event.metaKey;
                    wantsFocus.current = true;
                    props.onChoice(
                      event.shiftKey
                        ? stretched(choice, picked.key, order)
                        : add
                          ? toggled(choice, picked.key)
                          : only(picked.key),
                    );
                  }}
                  onOpen={props.onOpen}
                  onMake={props.onMake}
                />
              ))}
            </div>
          ))}
      </div>
    </div>
  );
}
