import type { Translate } from "../kit/types.js";
import type { Search } from "./filter.js";

/** What filters: days as YYYY-MM-DD, ids, and words. */
export interface View {
  since: string;
  until: string;
  actors: string[]; // ids, and pairs of them: a>b, a~b
  types: string[];
  status: string[];
  publishers: string[];
  words: string;
  undated: string; // yes: those without a date alone
}

/** The events as columns; lists of an event begin at its place in `…_from`. */
export interface Data {
  n: number;
  asOf: number;
  start: number;
  saturation: number;
  from: number; // the first day of any event, and the last
  to: number;
  words: string[]; // of dates
  edtf: string[];
  ids: string[];
  summaries: string[];
  type: Uint8Array;
  status: Uint8Array;
  contested: Uint8Array;
  mutual: Uint8Array;
  dated: Uint8Array;
  weighs: Uint8Array;
  publishers: Uint16Array;
  sources: Uint32Array;
  sources_from: Uint32Array;
  targets: Uint32Array;
  targets_from: Uint32Array;
  people: Uint32Array;
  people_from: Uint32Array;
  outlets: Uint32Array;
  outlets_from: Uint32Array;
  ties: Uint32Array;
  ties_from: Uint32Array;
  date: Uint32Array;
  pairs: Uint32Array;
  process: Uint32Array;
  place: Uint32Array;
  span: Int32Array; // first and last day of each date
  intensity: Int32Array;
  actors: { id: string; name: string; hay: string }[];
  types: { id: string; name: string; lane: number; side: number }[];
  status_ids: string[];
  outlet_names: string[];
  actorAt: Map<string, number>;
  first(date: number): number;
  last(date: number): number;
  undated(date: number): boolean;
  exact(date: number): boolean;
}

/** The lists of numbers that events have. */
export type List = "sources" | "targets" | "people" | "outlets" | "ties";

/** What is counted of the events in view. */
export interface Facts {
  types: Uint32Array; // as if the part of the view that a control sets were empty
  status: Uint32Array;
  outlets: Uint32Array;
  people: Uint32Array;
  around: Uint32Array; // by pair
  whole: Uint32Array; // by date
  net: Float64Array; // by pair
  days: Uint32Array; // by date and type
  dates: Uint32Array;
  kinds: Uint32Array; // by type
  fails: Uint8Array;
  found: Uint32Array; // the events in view
  undated: number;
}

/** How days, numbers and events are said. */
export interface Sayings {
  day(day: number): string;
  tick(day: number, unit: string): string;
  number(n: number): string;
  short(n: number): string;
  list(of: List, i: number): number[];
  unit(unit: string, start: number): string;
  who(i: number): string;
  when(i: number): string;
  status(i: number): string;
  type(i: number): string;
  outlets(n: number): string;
  signed(net: number): string;
  span(from: number, to: number): string;
  actor(value: string): string;
  events(n: number): string;
  event(i: number): string;
  tellEvent(i: number): Told;
}

/** A mention in its sentence, as `quote_events` in `evidence.py` returns it. */
export interface Sentence {
  before: string;
  evidence: string;
  after: string;
  [name: string]: any;
}

/** What an item tells: lines that repeat its name, and those that say more. */
export type Told = [string[], (string | number | false)[]];

/** A part of the explorer: its element, and what draws it for a view. */
export interface Part {
  node: HTMLElement;
  draw(facts: Facts, view: View): void;
}

/** What the parts of the explorer share. */
export interface App {
  t: Translate;
  data: Data;
  words: Sayings;
  search: Search;
  place: Record<"case" | "as_of" | "language" | "root", string>;
  view: View;
  open: number; // the event whose sentences are shown, its ties and its actors
  ties: Set<string>;
  actors: Set<string>;
  weights: Uint32Array; // events of each actor in the whole edition
  warmth(a: number, b: number): number; // how two actors stand towards one another in the whole edition
  facts(): Facts;
  say(text: string): void;
  canUndo(): boolean;
  tellFound(facts: Facts): string;
  choose(change: Partial<View>, goesOn?: boolean): void;
  toggleActor(value: string): void;
  undo(): void;
  show(i: number, where: HTMLElement): void;
  hide(): void;
}
