// Grid: where cards lie, and which rows are in sight. All rows are equally high, so that 10,000 entries need no measuring.

export type Size = "small" | "medium" | "large";

const LEAST_PX: Record<Size, number> = { small: 136, medium: 208, large: 304 };
const GAP_PX = 12;
const WORDS_PX: Record<Size, number> = { small: 46, medium: 72, large: 76 }; // below the picture
const BEYOND_ROWS = 2; // that are drawn above and below what is in sight

export interface Layout {
  columns: number;
  rows: number;
  cardPx: number; // its width
  picturePx: number; // its picture's height
  rowPx: number; // with the gap below
  heightPx: number; // of all
}

export function layoutOf(count: number, widthPx: number, size: Size): Layout {
  const room = Math.max(120, widthPx);
  const columns = Math.max(1, Math.floor((room + GAP_PX) / (LEAST_PX[size] + GAP_PX)));
  const cardPx = Math.floor((room - GAP_PX * (columns - 1)) / columns);
  const picturePx = Math.round((cardPx * 9) / 16);
  const rowPx = picturePx + WORDS_PX[size] + GAP_PX;
  const rows = Math.ceil(count / columns);
  return { columns, rows, cardPx, picturePx, rowPx, heightPx: Math.max(0, rows * rowPx - GAP_PX) };
}

/** The rows to draw: first and one past the last. */
export function inSight(layout: Layout, scrolledPx: number, heightPx: number): [number, number] {
  const first = Math.max(0, Math.floor(scrolledPx / layout.rowPx) - BEYOND_ROWS);
  const end = Math.min(layout.rows, Math.ceil((scrolledPx + heightPx) / layout.rowPx) + BEYOND_ROWS);
  return [Math.min(first, layout.rows), Math.max(first, end)];
}

/** How far to scroll so that a row is wholly seen; where it stands already if it is. */
export function scrolledTo(layout: Layout, row: number, scrolledPx: number, heightPx: number): number {
  const top = row * layout.rowPx;
  const bottom = top + layout.rowPx;
  if (top < scrolledPx) return top;
  if (bottom > scrolledPx + heightPx) return Math.max(0, bottom - heightPx);
  return scrolledPx;
}
