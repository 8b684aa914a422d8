// Decisions that wait for the kernel, in the memory of the browser, and the talk with the kernel.

/** @import { Act, Answer, DeskView } from "./types.js" */

export const REVIEWER_KEY = "lagebild-reviewer"; // where it keeps the reviewer's name

/** The day where the reviewer is, YYYY-MM-DD. */
export function today() {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
}

/** The memory of this browser; one that keeps nothing forgets at once. */
export const memory = {
  keys(prefix) {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
    } catch {
      return [];
    }
  },
  get(key) {
    try {
      return localStorage.getItem(key) ?? "";
    } catch {
      return "";
    }
  },
  set(key, text) {
    try {
      if (text) localStorage.setItem(key, text);
      else localStorage.removeItem(key);
    } catch {
      /* then the page is all that remembers */
    }
  },
};

/**
 * The acts that wait for the kernel, in the memory of this browser: they outlive kernel, page and browser. An act is
 * {name, at, rows}. `kind` names the desk, `place` the case, `content` what it shows; what was decided on other content
 * in the same place is kept apart, as `older`.
 */
export class Queue {
  /**
   * @param {string} kind
   * @param {string} place
   * @param {string} content
   */
  constructor(kind, place, content) {
    this.prefix = `lagebild-${kind}:${place}:`;
    this.token = `r${Array.from(crypto.getRandomValues(new Uint8Array(6)), (b) => (b % 36).toString(36)).join("")}`;
    this.key = `${this.prefix}${content}:${this.token}`;
    this.count = 0; // acts
    this.questions = 0;
    const keys = memory.keys(this.prefix);
    const isOurs = (key) => key.startsWith(`${this.prefix}${content}:`);
    const read = (some) => some.flatMap(readActs).sort((a, b) => a.at - b.at);
    /** @type {Act[]} */
    this.acts = read(keys.filter(isOurs));
    /** @type {Act[]} */
    this.older = read(keys.filter((key) => !isOurs(key)));
    this.keep();
    for (const key of keys.filter(isOurs)) memory.set(key, "");
  }
  keep() {
    memory.set(this.key, this.acts.length ? JSON.stringify(this.acts) : "");
  }
  nextName() {
    this.count += 1;
    return `${this.token}-${this.count}`;
  }
  /** The number of a question to the kernel, which no other question has, and no act. */
  nextQuestion() {
    this.questions += 1;
    return `${this.token}-q${this.questions}`;
  }
  /**
   * Whether a decision on the row is not on the disk yet.
   *
   * @param {string} id
   */
  has(id) {
    return this.acts.some((act) => act.rows.some((one) => one.row === id));
  }
  /** @param {Act} act */
  put(act) {
    this.acts.push(act);
    this.keep();
  }
  /** @param {string} name */
  drop(name) {
    this.acts = this.acts.filter((act) => act.name !== name);
    this.keep();
  }
  discard() {
    this.acts = [];
    this.keep();
  }
  discardOlder() {
    this.older = [];
    for (const key of memory.keys(this.prefix)) if (key !== this.key) memory.set(key, "");
  }
  /** Let what was decided on an older state wait with the rest. */
  adopt() {
    this.acts = [...this.older, ...this.acts];
    this.keep();
    this.discardOlder();
  }
}

/**
 * The names that are kept under a key; none if what stands there is not ours.
 *
 * @param {string} key
 */
export function readNames(key) {
  try {
    return new Set(JSON.parse(memory.get(key)).filter((one) => typeof one === "string"));
  } catch {
    return new Set();
  }
}

/**
 * The acts under a key; none if what stands there is not ours.
 *
 * @param {string} key
 */
function readActs(key) {
  try {
    const isDecision = (row) => typeof row.row === "string" && typeof row.decision_id === "string";
    return JSON.parse(memory.get(key)).filter((act) => typeof act.name === "string" && act.rows.every(isDecision));
  } catch {
    return [];
  }
}

// The talk with the kernel: questions, decisions, and what it tells. A decision waits in this browser until the kernel
// has said that it is on the disk; what a kernel did not answer is sent to the next one. What an answer holds, the desk
// takes in with `view.take(answer, act)`.

export const PATIENCE = 4000; // milliseconds until a kernel that does not answer is called gone

/** @param {DeskView} view */
export function makeTalk(view) {
  const { model, queue, state } = view;
  const asked = new Map(); // number of a question → what to do with the answer, and if none comes in time
  const began = Date.now();
  let stopped = false; // another desk stands in the place of this one

  function tell(message) {
    try {
      model.send(message);
    } catch {
      /* no kernel: a decision waits, a question stays open */
    }
  }
  /** Ask the kernel; what it answers is for `take`, and `giveUp` is called if it is silent for long. */
  function ask(question, take, giveUp) {
    const number = queue.nextQuestion();
    asked.set(number, { take, giveUp, at: Date.now() });
    tell({ ...question, number });
  }
  const askRows = () => tell({ ask: "rows", number: `${queue.token}-rows` });
  /** @param {Act} act */
  function send(act) {
    const [first, , times] = state.sent.get(act.name) ?? [Date.now(), 0, 0];
    state.sent.set(act.name, [first, Date.now(), times + 1]);
    tell({ ask: "decide", act: act.rows, seen: act.seen ?? {}, number: act.name });
  }
  /** How long the kernel has owed an answer: to the act that waits longest, or to the question for the rows. */
  function owes() {
    const first = queue.acts.map((act) => state.sent.get(act.name)?.[0] ?? 0);
    const since = state.loaded ? Math.min(...first) : began;
    return Date.now() - since;
  }

  /** @param {Answer} answer */
  function hear(answer) {
    if (stopped) return;
    const question = asked.get(answer.number);
    if (asked.delete(answer.number)) return question.take(answer);
    const act = queue.acts.find((one) => one.name === answer.number);
    if (act && answer.wait) {
      state.unwritten = answer.wait;
      return view.drawSaving();
    }
    if (act) {
      state.unwritten = "";
      queue.drop(act.name);
      state.sent.delete(act.name);
    }
    view.take(answer, act);
  }
  /** Read which acts undo can take back: those in the file, then those that wait, less what waits to be undone. */
  function loadTaken(decisions) {
    const acts = new Map();
    for (const row of decisions) acts.set(row.act, [...(acts.get(row.act) ?? []), row]);
    let taken = Array.from(acts, ([name, decided]) => ({ name, rows: decided }));
    for (const one of queue.acts) {
      const undone = new Set(one.rows.filter((row) => row.action === "undo").map((row) => row.value));
      if (undone.size) taken = taken.filter((act) => !act.rows.some((row) => undone.has(row.decision_id)));
      else if (!acts.has(one.name)) taken.push(one);
    }
    state.taken = taken;
  }

  /** Try again: the oldest act first, and ever more rarely. */
  function retry() {
    const [oldest] = queue.acts;
    const [, last, times] = (oldest && state.sent.get(oldest.name)) ?? [0, 0, 0];
    if (oldest && Date.now() - last > PATIENCE * Math.min(times || 1, 8)) send(oldest);
    if (!state.loaded && Date.now() - began > PATIENCE) askRows();
    for (const question of Array.from(asked.values())) {
      if (!question.giveUp || Date.now() - question.at <= PATIENCE) continue;
      question.giveUp();
      question.giveUp = null; // an answer that comes late is heard all the same
    }
    view.drawSaving();
  }
  /** Start to listen; return what ends it. */
  function listen() {
    model.on("msg:custom", hear);
    const clock = setInterval(retry, 1000);
    return () => {
      stopped = true;
      clearInterval(clock);
      model.off("msg:custom", hear);
    };
  }
  return { ask, askRows, send, owes, hear, loadTaken, listen };
}
