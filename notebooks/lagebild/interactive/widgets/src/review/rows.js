// The rows of the desk and what may be said of them: their fields, their twins in another language, what others
// decided.

import { rankName } from "../kit/match.js";

/**
 * @import { Queue } from "../desk/queue.js"
 * @import { Translate } from "../kit/types.js"
 * @import { Desk, Found, Place, Reading, Row, Sentence, Verdict } from "./types.js"
 */

export const characters = (text) => Array.from(text);

export const SURENESS = { A: 0, B: 1, C: 2, "": 3 };
const FEW = 3; // decided rows from which on a rule is judged by them
const USUAL = { state: 0, organisation: 1, group: 2, person: 3 }; // which kind of actor is offered first

export const splitIds = (cell) => (cell ? cell.split(";") : []);

/** Every row, decided or not, and what was changed on rows and not saved. */
export class Rows {
  /**
   * @param {Desk} desk
   * @param {Translate} t
   * @param {Queue} queue
   */
  constructor(desk, t, queue) {
    this.desk = desk;
    this.t = t;
    this.queue = queue;
    this.actors = new Map(desk.actors.map(([id, name, type]) => [id, { name, type }]));
    this.haystack = desk.actors.map(([id, name, , forms]) => [id, `${name} ${id} ${forms}`.toLowerCase()]);
    this.types = new Map(desk.types.map(([id, name, definition]) => [id, { name, definition }]));
    /** @type {Map<string, Row>} */
    this.all = new Map(); // id → row
    /** @type {Map<string, Record<string, string>>} */
    this.working = new Map(); // id → fields that were changed and not saved
    /** @type {Record<string, string> | undefined} */
    this.named = undefined; // events as they were called before reviewers gave titles
    /** @type {Map<string, Verdict[]>} */
    this.parted = new Map(); // id → what two reviewers decided on it, each otherwise
    this.two = new Set(desk.two);
    /** @type {Map<string, number>} */
    this.stands = new Map(); // actor → on how many rows they stand
    /** @type {Map<string, any[][]>} */
    this.met = new Map(); // id → what others decided meanwhile, which the reviewer has to see first
  }

  /** @param {any[][]} table */
  load(table) {
    this.all.clear();
    this.stands.clear();
    for (const cells of table) this.put(cells);
    for (const row of this.all.values()) {
      for (const id of new Set([...splitIds(row.source_actors), ...splitIds(row.target_actors)]))
        this.stands.set(id, (this.stands.get(id) ?? 0) + 1);
    }
  }
  /** @param {any[]} cells */
  put(cells) {
    const row = /** @type {Row} */ (Object.fromEntries(this.desk.columns.map((key, at) => [key, cells[at]])));
    row.quote = row.evidence;
    row.waits = this.queue.has(row.mention_id);
    const sides = `${this.names(row.source_actors)} ${this.names(row.target_actors)}`;
    const publisher = this.desk.sources[row.source_id]?.[1] ?? "";
    row.search =
      `${row.mention_id} ${row.evidence} ${row.rule} ${sides} ${this.typeName(row.event_type)} ${publisher}`.toLowerCase();
    this.all.set(row.mention_id, row);
  }
  /** Put the rows into the order of the texts, after one was added. */
  sort() {
    const key = (row) => [row.source_id, row.language, String(row.start).padStart(9, "0"), row.mention_id].join(" ");
    const keyed = Array.from(this.all.values(), (row) => ({ row, key: key(row) }));
    keyed.sort((a, b) => (a.key < b.key ? -1 : 1));
    this.all = new Map(keyed.map(({ row }) => [row.mention_id, row]));
  }

  /** @param {string} id */
  name(id) {
    return this.actors.get(id)?.name ?? id;
  }
  /** @param {string} cell */
  names(cell) {
    const names = splitIds(cell).map((id) => this.name(id));
    return names.join(", ") || this.t("desk.unknown");
  }
  /** @param {string} type */
  typeName(type) {
    return this.types.get(type)?.name ?? "";
  }
  /** @param {Row} row */
  summary(row) {
    const source = this.names(this.get(row, "source_actors"));
    const alone = this.get(row, "mutual") === "yes" || (row.condition_id && !row.target_actors);
    const sides = alone ? source : `${source} → ${this.names(this.get(row, "target_actors"))}`;
    const what = row.condition_id
      ? this.t("desk.condition", { id: row.condition_id })
      : this.typeName(this.get(row, "event_type")) || this.t("desk.unknown");
    return `${sides}: ${what}`;
  }

  /** @param {Row} row */
  isOpen(row) {
    return (row.state === "open" || this.met.has(row.mention_id)) && !row.waits;
  }
  /** @param {(row: Row) => unknown} kind */
  count(kind) {
    let n = 0;
    for (const row of this.all.values()) if (kind(row)) n += 1;
    return n;
  }
  /**
   * How many rows of a rule were decided, and how many of these were accepted, corrected or not.
   *
   * @param {string} rule
   */
  judge(rule) {
    const decided = Array.from(this.all.values()).filter((row) => row.rule === rule && row.state !== "open");
    return { n: decided.length, yes: decided.filter((row) => row.state !== "rejected").length };
  }

  /**
   * A rule, and how many of its drafts were right so far.
   *
   * @param {string} rule
   */
  tellRule(rule) {
    const record = this.judge(rule);
    const told = record.n >= FEW ? ` (${this.t("desk.rule_record", record)})` : "";
    return `${this.t("desk.rule")} ${rule}${told}`;
  }

  /**
   * A field as it stands on the desk, saved or not.
   *
   * @param {Row} row
   * @param {string} field
   */
  get(row, field) {
    return this.working.get(row.mention_id)?.[field] ?? row[field];
  }
  /**
   * @param {Row} row
   * @param {string} field
   * @param {string} value
   */
  change(row, field, value) {
    const changed = { ...this.working.get(row.mention_id), [field]: value };
    if (changed[field] === row[field]) delete changed[field];
    if (Object.keys(changed).length) this.working.set(row.mention_id, changed);
    else this.working.delete(row.mention_id);
  }
  /** @param {Row} row */
  changesOf(row) {
    return Object.entries(this.working.get(row.mention_id) ?? {}).filter(([field, value]) => value !== row[field]);
  }

  /**
   * Forget what was changed on a row and is saved by now.
   *
   * @param {string} id
   */
  settle(id) {
    const row = this.all.get(id);
    const left = Object.entries(this.working.get(id) ?? {}).filter(([field, value]) => row && value !== row[field]);
    if (left.length) this.working.set(id, Object.fromEntries(left));
    else this.working.delete(id);
  }

  /**
   * The value of a field in words.
   *
   * @param {string} field
   * @param {string} value
   */
  tell(field, value) {
    if (field === "event_type") return this.typeName(value);
    if (["source_actors", "target_actors", "speaker"].includes(field)) return this.names(value);
    return value ? nameChoice(this.t, field, value) : this.t("desk.none");
  }
  /**
   * What the event of a row is called, or what the row tells.
   *
   * @param {Row} row
   */
  eventName(row) {
    return `${row.event_id} ${this.desk.names[row.event_id] ?? this.summary(row)}`;
  }
  /**
   * Take over the titles that reviewers gave.
   *
   * @param {Record<string, string>} titles
   */
  entitle(titles) {
    this.named ??= this.desk.names;
    this.desk.names = { ...this.named, ...titles };
  }

  /** @param {Row} row */
  sameEvent(row) {
    const tells = (one) => one.event_id === row.event_id && one.condition_id === row.condition_id;
    return Array.from(this.all.values()).filter((one) => tells(one) && one.state !== "rejected");
  }
  /** @param {Row} row */
  alike(row) {
    return Array.from(this.all.values()).filter((one) => row.rule && one.rule === row.rule && this.isOpen(one));
  }
  /**
   * One row of each other event, the most similar event first.
   *
   * @param {Row} row
   */
  otherEvents(row) {
    const events = new Map();
    for (const one of this.all.values()) {
      const other = one.event_id && one.event_id !== row.event_id && one.state !== "rejected";
      if (other && !events.has(one.event_id)) events.set(one.event_id, one);
    }
    const sides = (one) => [...splitIds(one.source_actors), ...splitIds(one.target_actors)];
    const mine = new Set(sides(row));
    const score = (one) =>
      (one.event_type === row.event_type ? 2 : 0) +
      (one.date && one.date === row.date ? 1 : 0) +
      sides(one).filter((id) => mine.has(id)).length;
    const scored = Array.from(events.values(), (one) => [score(one), one]);
    return scored.sort((a, b) => b[0] - a[0]).map(([, one]) => one);
  }

  /**
   * The readings of the roles: who to whom, the other way round, to each other.
   *
   * @param {Row} row
   * @returns {Reading[]}
   */
  readings(row) {
    const [source, target] = [this.get(row, "source_actors"), this.get(row, "target_actors")];
    const drafted = [...splitIds(row.source_actors), ...splitIds(row.target_actors)];
    const all = Array.from(new Set([...drafted, ...splitIds(source), ...splitIds(target)]));
    let [one, other] = [source, target];
    if (this.get(row, "mutual") === "yes") {
      const both = row.mutual === "yes";
      one = both ? (all[0] ?? "") : row.source_actors;
      other = both ? all.slice(1).join(";") : row.target_actors;
    }
    return [
      [one, other, "no"],
      [other, one, "no"],
      [all.join(";"), all.join(";"), "yes"],
    ];
  }
  /**
   * The other reading of the roles: swapped, or, of a mutual one, who to whom.
   *
   * @param {Row} row
   * @returns {Reading}
   */
  swapped(row) {
    return this.readings(row)[this.get(row, "mutual") === "yes" ? 0 : 1];
  }
  /**
   * @param {Row} row
   * @returns {Reading}
   */
  flipped(row) {
    return this.readings(row)[this.get(row, "mutual") === "yes" ? 0 : 2];
  }
  /**
   * Put actors on a side, or on both, if they act on one another.
   *
   * @param {Row} row
   * @param {string} side
   * @param {string[]} ids
   */
  setSide(row, side, ids) {
    const both = this.get(row, "mutual") === "yes" && side !== "speaker";
    for (const one of both ? ["source_actors", "target_actors"] : [side]) this.change(row, one, ids.join(";"));
  }
  setRoles(row, [source, target, mutual]) {
    this.change(row, "source_actors", source);
    this.change(row, "target_actors", target);
    this.change(row, "mutual", mutual);
  }

  /**
   * The sentences of the text of a row.
   *
   * @param {Place} row
   * @returns {Sentence[]}
   */
  sentencesOf(row) {
    return this.desk.texts[`${row.source_id}:${row.language}`] ?? [];
  }
  /**
   * Where words stand in the text of a row: in the sentence of the row, or in the first that holds them.
   *
   * @param {Row} row
   * @param {string} words
   * @returns {Found | null}
   */
  findWords(row, words) {
    const holds = this.sentencesOf(row).filter(([, , sentence]) => words && sentence.includes(words));
    const found = holds.find(([one]) => one === row.sentence_no) ?? holds[0];
    if (!found) return null;
    const [no, , sentence] = found;
    return { sentence_no: no, from: characters(sentence.slice(0, sentence.indexOf(words))).length, words };
  }
  /**
   * Whether words stand in the sentence of a row at the place of its evidence.
   *
   * @param {Row} row
   * @param {string} words
   */
  sentenceHolds(row, words) {
    const [, start, sentence] = this.sentencesOf(row).find(([no]) => no === row.sentence_no) ?? [0, 0, undefined];
    if (sentence === undefined) return false;
    return characters(sentence)
      .slice(row.start - start)
      .join("")
      .startsWith(words);
  }
  /** @param {Row} row */
  sentenceStart(row) {
    return this.sentencesOf(row).find(([no]) => no === row.sentence_no)?.[1] ?? 0;
  }

  /** Take up an actor that was added to the case. */
  addActor([id, name, type, forms]) {
    this.actors.set(id, { name, type });
    this.haystack.push([id, `${name} ${id} ${forms}`.toLowerCase()]);
  }
  /** Take up a name of an actor that is known. */
  addName([id, name, , forms]) {
    this.haystack = this.haystack.map((one) => (one[0] === id ? [id, `${name} ${id} ${forms}`.toLowerCase()] : one));
  }
  /**
   * Actors by any of their names: those near to a row first, then those of most rows, then the best fit.
   *
   * @param {string} asked
   * @param {string[]} without
   * @param {Set<string>} near
   */
  findActors(asked, without, near = new Set()) {
    const rank = (/** @type {string[]} */ cells) => {
      const [id, hay] = [cells[0] ?? "", cells[1] ?? ""];
      const at = rankName(id, hay, asked);
      const kind = USUAL[this.actors.get(id)?.type ?? ""];
      return { id, at, order: [at > 0, at > 2, !near.has(id), -(this.stands.get(id) ?? 0), at, kind].map(Number) };
    };
    /** @type {(a: number[], b: number[]) => number} */
    const compare = (a, b) => a.map((one, place) => one - (b[place] ?? 0)).find(Boolean) ?? 0;
    return this.haystack
      .map(rank)
      .filter(({ id, at }) => at >= 0 && !without.includes(id))
      .sort((a, b) => compare(a.order, b.order) || this.name(a.id).localeCompare(this.name(b.id)))
      .slice(0, 8)
      .map(({ id }) => id);
  }
}

/**
 * @param {Translate} t
 * @param {string} field
 */
export function nameChoice(t, field, one) {
  if (field === "status") return t(`status.${one}`);
  if (field === "stance") return t(`stance.${one}`);
  if (field === "date_basis") return one ? t(`desk.basis.${one}`) : t("desk.none");
  return one;
}

const COMPARED = ["event_type", "source_actors", "target_actors", "mutual", "date", "date_basis", "status", "speaker"];
const CARRIED = ["mode", "context", "stance", "credibility"]; // what a draft tells beside what is compared
const GROUPED = new Set(["event_type", "source_actors", "target_actors", "mutual", "date", "mode"]); // what tells events apart

export class Twins {
  /**
   * `twins` names for each row that follows the one that leads it.
   *
   * @param {Record<string, string>} twins
   * @param {Rows} rows
   */
  constructor(twins, rows) {
    this.rows = rows;
    this.leads = new Map(Object.entries(twins));
    this.followers = new Map(Object.entries(twins).map(([follower, lead]) => [lead, follower]));
    this.apart = new Set(); // rows that lead, of which the reviewer decides alone
  }
  /** @param {Row} row */
  partner(row) {
    return this.rows.all.get(this.leads.get(row.mention_id) ?? this.followers.get(row.mention_id) ?? "");
  }
  /** @param {Row} row */
  isApart(row) {
    return this.apart.has(this.leads.get(row.mention_id) ?? row.mention_id);
  }
  /**
   * The row that is decided with this one; none if the reviewer took them apart, or somebody decided on one alone.
   *
   * @param {Row} row
   */
  of(row) {
    const other = this.partner(row);
    const alike = other && this.rows.isOpen(row) === this.rows.isOpen(other);
    return alike && !this.isApart(row) && (row.state === "rejected") === (other.state === "rejected") ? other : null;
  }
  /** @param {Row} row */
  follows(row) {
    return this.leads.has(row.mention_id) && this.of(row) !== null;
  }
  /** @param {Row} row */
  toggle(row) {
    const lead = this.leads.get(row.mention_id) ?? row.mention_id;
    if (!this.apart.delete(lead)) this.apart.add(lead);
  }
  /** The fields in which the twin tells something else than the row on the desk. */
  differences(row, twin, fields = COMPARED) {
    return fields.filter((field) => this.rows.get(row, field) !== twin[field]);
  }
  /** What an act on a row says of its twin: the same. What only the twin tells stays. */
  extend(row, decisions) {
    const twin = this.of(row);
    if (!twin) return decisions;
    const [{ action }] = decisions;
    const say = (more) => ({ row: twin.mention_id, ...more });
    if (action === "reject") return [...decisions, say({ action })];
    const differing = this.differences(row, twin, [...COMPARED, ...CARRIED]).filter((field) =>
      this.rows.get(row, field),
    );
    const edits = differing.map((field) => say({ action: "edit", field, value: this.rows.get(row, field) }));
    const accept = edits.length && twin.state !== "rejected" ? [] : [say({ action: "accept" })];
    // What is mended is grouped anew by what is said now, and so is its twin, which says the same.
    const mended = decisions.some((one) => one.action === "edit" && GROUPED.has(one.field));
    const apart = !mended && row.event_id !== twin.event_id;
    const joins = apart ? [say({ action: "merge", value: row.event_id })] : [];
    return [...decisions, ...accept, ...edits, ...joins];
  }
}

// What somebody else decided meanwhile on a row: it is shown before a decision of this desk counts.

const DONE = { accept: "accepted", reject: "rejected", add: "added", undo: "undone" }; // what an action is called after it

/** The decisions on rows that the reviewer had not seen; what is decided on such a row next names them. */
export class Meetings {
  /**
   * @param {Translate} t
   * @param {Rows} rows
   */
  constructor(t, rows) {
    this.t = t;
    this.rows = rows;
  }
  /** Take up what the kernel found, by row; each decision is action, field, value, who, and when in words. */
  hear(met) {
    for (const [id, decisions] of Object.entries(met)) this.rows.met.set(id, decisions);
  }
  /**
   * Who decided what, and when.
   *
   * @param {string} id
   */
  describe(id) {
    const decisions = this.rows.met.get(id) ?? [];
    const told = decisions.map(
      ([action, field, value, by, date]) => `${by} (${date}): ${this.name(action, field, value)}`,
    );
    return told.length ? this.t("desk.met", { row: id, what: told.join("; ") }) : "";
  }
  name(action, field, value) {
    if (action !== "edit")
      return [this.t(`desk.${DONE[action] ?? action}`), ["merge", "title"].includes(action) && value]
        .filter(Boolean)
        .join(" ");
    const kind = field.replace(/^(cue|quote)_\w\w$/, "$1");
    const shown = kind.endsWith("_actors") || kind === "speaker" ? this.rows.names(value) : value;
    return `${this.t(`desk.fields.${kind}`)} → ${kind === "event_type" ? this.rows.typeName(value) || value : shown}`;
  }
  /**
   * The reason of a decision that is taken all the same.
   *
   * @param {string[]} ids
   * @param {string} reason
   */
  confirm(ids, reason) {
    const by = ids.flatMap((id) => (this.rows.met.get(id) ?? []).map((one) => one[3]));
    for (const id of ids) this.rows.met.delete(id);
    return by.length ? `${reason}; ${this.t("desk.reason_met", { by: Array.from(new Set(by)).join(", ") })}` : reason;
  }
}
