// What the kernel tells: mirrors glimmer/widgets/dashboard_state.py. What stands at its default is left out on the wire.

export type Stage = "idea" | "script" | "boarded" | "cut" | "rendered";

export interface ShelfFilm {
  title: string;
  state: Stage;
  owner?: string;
  seconds?: number;
  shots?: number;
  takes?: number;
  renders?: number;
  usd?: number;
  poster?: string;
  made?: string;
  changed?: string;
  trashed?: string;
}

export interface DashboardState {
  where: string;
  films?: Record<string, ShelfFilm>;
  trash?: Record<string, ShelfFilm>;
  opened?: string;
  beside?: boolean;
  user?: string;
}
