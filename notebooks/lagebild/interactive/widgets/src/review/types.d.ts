import type { Act, Answer, Decision, DeskState, DeskView } from "../desk/types.js";
import type { Offers } from "./offers.js";
import type { Meetings, Rows, Twins } from "./rows.js";

/** A place in a text: that of a row, or of a text that was chosen and has none. */
export interface Place {
  mention_id: string;
  source_id: string;
  language: string;
  sentence_no: number;
}

/** A sentence that nothing was drafted from. */
export interface Candidate extends Place {
  start: number;
  end: number;
  types: string[];
  actors: string[];
  evidence: string;
  quote: string;
}

/** A draft: the columns that the kernel tells, and what the desk adds. */
export interface Row extends Place, Record<string, any> {
  event_id: string;
  condition_id: string;
  start: number;
  end: number;
  evidence: string;
  quote: string;
  event_type: string;
  type_alt: string;
  source_actors: string; // ids with semicolons between them
  target_actors: string;
  mutual: string;
  date: string;
  status: string;
  confidence: string;
  rule: string;
  state: string;
  decided: string;
  latest: string; // the latest decision on it
  waits: boolean; // whether a decision on it is not on the disk yet
  search: string;
}

/** What one of two reviewers made of a row: who, when, why, accept, reject or edit, and fields with values. */
export type Verdict = [by: string, date: string, reason: string, action: string, edits: [string, string][]];

/** The sides of an act and whether it is mutual: source, target, yes or no. */
export type Reading = [string, string, string];

/** A sentence of a text: its number, its first character, its words, and whether it begins a line. */
export type Sentence = [number, number, string, boolean];

/** Where words stand: the sentence, and the character from which. */
export interface Found {
  sentence_no: number;
  from: number;
  words: string;
}

/** A suggestion: that the event of a row is that of another, or, without another, that it is two. */
export interface Doubt {
  row: string;
  other: string;
  why: string;
}

/** A suggestion to merge, with the row of the other event. */
export type Merge = Doubt & { there: Row };

/** What does not change while one reviews. */
export interface Desk {
  place: string;
  content: string;
  columns: string[];
  actors: [id: string, name: string, type: string, forms: string][];
  types: [id: string, name: string, definition: string][];
  texts: Record<string, Sentence[]>; // by page and language
  sources: Record<string, [title: string, publisher: string, day: string]>;
  names: Record<string, string>; // of events
  choices: Record<string, string[]>;
  twins: Record<string, string>;
  two: string[]; // rows that both of two reviewers decide
  agreement: string; // how far the last two agreed
  offers?: Record<string, Offer>;
  pays?: Record<string, [place: number, why: string, pair: string, percent: number | null]>;
}

/** What is offered for a row: for each side actors with the reason, types, dates. */
export interface Offer {
  source_actors: [id: string, why: string][];
  target_actors: [id: string, why: string][];
  types: string[];
  dates: [edtf: string, words: string][];
}

export interface State extends DeskState {
  reason: string;
  show: string;
  where: string;
  confidence: string;
  order: string;
  search: string;
  language: string;
  chosen: string; // the row on the desk
  missed: Row | null; // an event that is being added
  panel: string; // what is open on the card: a key of PANELS, or overlooked
  picked: string; // the words that were selected when it was opened
  behind: Map<string, { undoes?: Act; adds?: Row; changes?: Record<string, string> }>;
  apart: Map<string, Record<string, string>>; // row and language → words of the text changed in that language
}

/** What the parts of the desk share, and the verbs of each. */
export interface View extends DeskView<State> {
  rows: Rows;
  twins: Twins;
  offers: Offers;
  meetings: Meetings;
  board: HTMLElement;
  again(kept: object): void;
  isNew(row: Row): boolean;
  // which rows are gone through
  onDesk(): Row | undefined;
  isLater(row: Row): boolean;
  listRows(whole?: boolean): Row[];
  go(step: number, openOnly?: boolean): void;
  choose(id: string, showAll?: boolean): void;
  first(): void;
  postpone(): void;
  countRows(): { n: number; left: number; open: Map<string, number> };
  countLater(): number;
  tellLeft(): string;
  // decisions
  act(decisions: Partial<Decision>[], reason: string, more?: object): boolean;
  conclude(act: Act, answer: Answer): void;
  toEdits(row: Row): Partial<Decision>[];
  accept(): void;
  reject(): void;
  canMove(row: Row | undefined): boolean;
  split(): void;
  merge(event: string, onlyThis: boolean): void;
  batch(action: string, ids: string[]): void;
  entitle(event: string, titles: [string, string][]): void;
  part(): void;
  // an event that is being added
  startMissed(): void;
  startOverlooked(sentence: Candidate, type: string): void;
  placeMissed(found: Found | null): void;
  saveMissed(): void;
  dropMissed(): void;
  // changes of the row on the desk
  redraw(field: string): void;
  setRoles(reading: Reading, field?: string): void;
  pickOffer(digit: number, stay: boolean): void;
  turn(field: string): void;
  nextDate(): void;
  setStatus(status: string): void;
  takeRoles(reading: Reading, stay: boolean): void;
  listReadings(row: Row): { title: string; told: string; take: () => void }[];
  takeReading(at: number): void;
  retouch(field: string, typed: string, input: HTMLInputElement): void;
  setEvidence(): void;
  explain(edtf: string, input: HTMLInputElement, hint?: HTMLElement): void;
  isSound(row: Row, run: () => void): boolean;
  // actors, names, suggestions
  addActor(actor: { name: string; type: string }, take: (id: string) => void): void;
  addName(words: string, id: string): void;
  listDoubts(): Doubt[];
  askDoubts(): void;
  mergeDoubt(): void;
  decideDoubt(doubt: Doubt): void;
  dismiss(doubt: Doubt): void;
  overlooked: { ask(): void; current(): Candidate | null; press(event: KeyboardEvent): boolean; draw(): Node[] };
  // the card
  shownText(): Place | null;
  toggle(panel: string): void;
  edit(): void;
  hearRows(answer: Answer): void;
}
