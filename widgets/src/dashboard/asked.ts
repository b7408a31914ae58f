// Asked: the film that the page's address names, `?film=The%20Lighthouse`. A kernel that was begun before anybody asked can't know it.

export interface Asked {
  title: string;
  id: string; // "" where no film is called so
}

/** The film that an address asks for; null where it asks for none. */
export function asked(search: string, films: Record<string, { title: string }>): Asked | null {
  const title = (new URLSearchParams(search).get("film") ?? "").trim().replace(/\s+/g, " ");
  if (!title) return null;
  const same = (other: string): boolean => other.toLocaleLowerCase() === title.toLocaleLowerCase();
  const found = Object.entries(films);
  const id = (found.find(([, film]) => film.title === title) ?? found.find(([, film]) => same(film.title)))?.[0] ?? "";
  return { title, id };
}
