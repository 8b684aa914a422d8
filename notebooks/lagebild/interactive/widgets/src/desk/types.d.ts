import type { Model, Translate } from "../kit/types.js";
import type { Queue } from "./queue.js";

/** A decision on a row, or on a claim, as it is sent to the kernel and stands in its file. */
export interface Decision {
  decision_id: string;
  row: string;
  action: string;
  field: string;
  value: string;
  by: string;
  reason: string;
  date: string;
}

/** What is decided at once: one row of the file or several. */
export interface Act {
  name: string;
  at?: number;
  rows: Decision[];
  seen?: Record<string, string>; // row → the latest decision on it that the reviewer has seen
}

/** What the kernel says. */
export type Answer = Record<string, any>;

/** The state that both desks have. */
export interface DeskState {
  by: string;
  loaded: boolean; // whether the kernel has told what there is
  unwritten: string; // why the kernel could not write
  taken: Act[]; // acts that undo can take back, the latest last
  sent: Map<string, [number, number, number]>; // name of an act → when it was sent first, and when last, and how often
}

/** What both desks share: words, elements, and the verbs of the parts that are the same. */
export interface DeskView<State extends DeskState = DeskState> {
  t: Translate;
  model: Model;
  language: string;
  queue: Queue;
  state: State;
  root: HTMLElement;
  text: HTMLElement;
  card: HTMLElement;
  note: HTMLElement;
  live: HTMLElement;
  warn(...words: (string | Node)[]): void;
  say(words: string): void;
  reopen(answer: Answer): void;
  // the bar and how far one is
  bar: HTMLElement;
  set(values: Record<string, string>): void;
  nameReviewer(): string;
  focusLanguage(): void;
  meter: HTMLElement;
  counts: HTMLElement;
  drawProgress(): void;
  // what is not saved yet
  progress: HTMLElement[];
  drawSaving(): void;
  drawOlder(): void;
  // the other language
  speak(language: string): void;
  // the card
  draw(): void;
  close(panel?: string): void;
  drawKey(key: string): HTMLElement;
  undo(): void;
  // the talk with the kernel
  ask(question: object, take: (answer: Answer) => void, giveUp?: () => void): void;
  askRows(): void;
  send(act: Act): void;
  owes(): number;
  hear(answer: Answer): void;
  loadTaken(decisions: (Decision & { act: string })[]): void;
  listen(): () => void;
  take(answer: Answer, act?: Act): void;
}
