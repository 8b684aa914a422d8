// What is not on the disk yet, and what the browser remembers.

const NAME = "lagebild-reviewer"; // where it keeps the reviewer's name

/** The day where the reviewer is, YYYY-MM-DD. */
function today() {
  const now = new Date();
  return new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
}

/** The memory of this browser; one that keeps nothing forgets at once. */
const memory = {
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
class Queue {
  constructor(kind, place, content) {
    this.prefix = `lagebild-${kind}:${place}:`;
    this.token = `r${Array.from(crypto.getRandomValues(new Uint8Array(6)), (b) => (b % 36).toString(36)).join("")}`;
    this.key = `${this.prefix}${content}:${this.token}`;
    this.count = 0; // acts
    this.questions = 0;
    const keys = memory.keys(this.prefix);
    const isOurs = (key) => key.startsWith(`${this.prefix}${content}:`);
    const read = (some) => some.flatMap(readActs).sort((a, b) => a.at - b.at);
    this.acts = read(keys.filter(isOurs));
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
  /** Whether a decision on the row is not on the disk yet. */
  has(id) {
    return this.acts.some((act) => act.rows.some((one) => one.row === id));
  }
  put(act) {
    this.acts.push(act);
    this.keep();
  }
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

/** The names that are kept under a key; none if what stands there is not ours. */
function readNames(key) {
  try {
    return new Set(JSON.parse(memory.get(key)).filter((one) => typeof one === "string"));
  } catch {
    return new Set();
  }
}

/** The acts under a key; none if what stands there is not ours. */
function readActs(key) {
  try {
    const isDecision = (row) => typeof row.row === "string" && typeof row.decision_id === "string";
    return JSON.parse(memory.get(key)).filter((act) => typeof act.name === "string" && act.rows.every(isDecision));
  } catch {
    return [];
  }
}
