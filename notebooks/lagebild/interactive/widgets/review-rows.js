// The rows of the desk and what may be said of them.

const SURENESS = { A: 0, B: 1, C: 2, "": 3 };
const USUAL = { state: 0, organisation: 1, group: 2, person: 3 }; // which kind of actor is offered first

const list = (cell) => (cell ? cell.split(";") : []);

/** Every row, decided or not, and what was changed on rows and not saved. */
class Rows {
  constructor(desk, t, queue) {
    this.desk = desk;
    this.t = t;
    this.queue = queue;
    this.actors = new Map(desk.actors.map(([id, name, type]) => [id, { name, type }]));
    this.haystack = desk.actors.map(([id, name, , forms]) => [id, `${name} ${id} ${forms}`.toLowerCase()]);
    this.types = new Map(desk.types.map(([id, name, definition]) => [id, { name, definition }]));
    this.all = new Map(); // id → row
    this.working = new Map(); // id → fields that were changed and not saved
    this.met = new Map(); // id → what others decided meanwhile, which the reviewer has to see first
  }

  load(table) {
    this.all.clear();
    for (const cells of table) this.put(cells);
  }
  put(cells) {
    const row = Object.fromEntries(this.desk.columns.map((key, at) => [key, cells[at]]));
    row.quote = row.evidence;
    row.waits = this.queue.has(row.mention_id);
    const sides = `${this.names(row.source_actors)} ${this.names(row.target_actors)}`;
    row.search =
      `${row.mention_id} ${row.evidence} ${row.rule} ${sides} ${this.typeName(row.event_type)}`.toLowerCase();
    this.all.set(row.mention_id, row);
  }
  /** Put the rows into the order of the texts, after one was added. */
  sort() {
    const key = (row) => [row.source_id, row.language, String(row.start).padStart(9, "0"), row.mention_id].join(" ");
    const keyed = Array.from(this.all, ([id, row]) => [key(row), id, row]).sort((a, b) => (a[0] < b[0] ? -1 : 1));
    this.all = new Map(keyed.map(([, id, row]) => [id, row]));
  }

  name(id) {
    return this.actors.get(id)?.name ?? id;
  }
  names(cell) {
    const names = list(cell).map((id) => this.name(id));
    return names.join(", ") || this.t("desk.unknown");
  }
  typeName(type) {
    return this.types.get(type)?.name ?? "";
  }
  summary(row) {
    const source = this.names(this.get(row, "source_actors"));
    const alone = this.get(row, "mutual") === "yes" || (row.condition_id && !row.target_actors);
    const sides = alone ? source : `${source} → ${this.names(this.get(row, "target_actors"))}`;
    const what = row.condition_id
      ? this.t("desk.condition", { id: row.condition_id })
      : this.typeName(this.get(row, "event_type")) || this.t("desk.unknown");
    return `${sides}: ${what}`;
  }

  isOpen(row) {
    return (row.state === "open" || this.met.has(row.mention_id)) && !row.waits;
  }
  count(kind) {
    let n = 0;
    for (const row of this.all.values()) if (kind(row)) n += 1;
    return n;
  }
  /** How many rows of a rule were decided, and how many of these were accepted, corrected or not. */
  judge(rule) {
    const decided = Array.from(this.all.values()).filter((row) => row.rule === rule && row.state !== "open");
    return { n: decided.length, yes: decided.filter((row) => row.state !== "rejected").length };
  }

  /** A field as it stands on the desk, saved or not. */
  get(row, field) {
    return this.working.get(row.mention_id)?.[field] ?? row[field];
  }
  change(row, field, value) {
    const changed = { ...this.working.get(row.mention_id), [field]: value };
    if (changed[field] === row[field]) delete changed[field];
    if (Object.keys(changed).length) this.working.set(row.mention_id, changed);
    else this.working.delete(row.mention_id);
  }
  changesOf(row) {
    return Object.entries(this.working.get(row.mention_id) ?? {}).filter(([field, value]) => value !== row[field]);
  }

  /** Forget what was changed on a row and is saved by now. */
  settle(id) {
    const row = this.all.get(id);
    const left = Object.entries(this.working.get(id) ?? {}).filter(([field, value]) => row && value !== row[field]);
    if (left.length) this.working.set(id, Object.fromEntries(left));
    else this.working.delete(id);
  }

  /** The value of a field in words. */
  tell(field, value) {
    if (field === "event_type") return this.typeName(value);
    if (["source_actors", "target_actors", "speaker"].includes(field)) return this.names(value);
    return value ? nameChoice(this.t, field, value) : this.t("desk.none");
  }
  /** What the event of a row is called, or what the row tells. */
  eventName(row) {
    return `${row.event_id} ${this.desk.names[row.event_id] ?? this.summary(row)}`;
  }
  /** Take over the titles that reviewers gave. */
  entitle(titles) {
    this.named ??= this.desk.names;
    this.desk.names = { ...this.named, ...titles };
  }

  sameEvent(row) {
    const tells = (one) => one.event_id === row.event_id && one.condition_id === row.condition_id;
    return Array.from(this.all.values()).filter((one) => tells(one) && one.state !== "rejected");
  }
  alike(row) {
    return Array.from(this.all.values()).filter((one) => row.rule && one.rule === row.rule && this.isOpen(one));
  }
  /** One row of each other event, the most similar event first. */
  otherEvents(row) {
    const events = new Map();
    for (const one of this.all.values()) {
      const other = one.event_id && one.event_id !== row.event_id && one.state !== "rejected";
      if (other && !events.has(one.event_id)) events.set(one.event_id, one);
    }
    const sides = (one) => [...list(one.source_actors), ...list(one.target_actors)];
    const mine = new Set(sides(row));
    const score = (one) =>
      (one.event_type === row.event_type ? 2 : 0) +
      (one.date && one.date === row.date ? 1 : 0) +
      sides(one).filter((id) => mine.has(id)).length;
    const scored = Array.from(events.values(), (one) => [score(one), one]);
    return scored.sort((a, b) => b[0] - a[0]).map(([, one]) => one);
  }

  /** The readings of the roles: who to whom, the other way round, to each other. */
  readings(row) {
    const [source, target] = [this.get(row, "source_actors"), this.get(row, "target_actors")];
    const drafted = [...list(row.source_actors), ...list(row.target_actors)];
    const all = Array.from(new Set([...drafted, ...list(source), ...list(target)]));
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
  /** The other reading of the roles: swapped, or, of a mutual one, who to whom. */
  swapped(row) {
    return this.readings(row)[this.get(row, "mutual") === "yes" ? 0 : 1];
  }
  flipped(row) {
    return this.readings(row)[this.get(row, "mutual") === "yes" ? 0 : 2];
  }
  /** Put actors on a side, or on both, if they act on one another. */
  setSide(row, side, ids) {
    const both = this.get(row, "mutual") === "yes" && side !== "speaker";
    for (const one of both ? ["source_actors", "target_actors"] : [side]) this.change(row, one, ids.join(";"));
  }
  setRoles(row, [source, target, mutual]) {
    this.change(row, "source_actors", source);
    this.change(row, "target_actors", target);
    this.change(row, "mutual", mutual);
  }

  sentencesOf(row) {
    return this.desk.texts[`${row.source_id}:${row.language}`] ?? [];
  }
  /** Where words stand in the text of a row: in the sentence of the row, or in the first that holds them. */
  findWords(row, words) {
    const holds = this.sentencesOf(row).filter(([, , sentence]) => words && sentence.includes(words));
    const [no, , sentence] = holds.find(([one]) => one === row.sentence_no) ?? holds[0] ?? [];
    return sentence && { sentence_no: no, from: characters(sentence.slice(0, sentence.indexOf(words))).length, words };
  }
  /** Whether words stand in the sentence of a row at the place of its evidence. */
  sentenceHolds(row, words) {
    const [, start, sentence] = this.sentencesOf(row).find(([no]) => no === row.sentence_no) ?? [];
    if (sentence === undefined) return false;
    return characters(sentence)
      .slice(row.start - start)
      .join("")
      .startsWith(words);
  }
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
  /** Actors by any of their names, the best fit first. */
  findActors(asked, without) {
    return this.haystack
      .map(([id, hay]) => ({ id, at: rankName(id, hay, asked), kind: USUAL[this.actors.get(id).type] }))
      .filter(({ id, at }) => at >= 0 && !without.includes(id))
      .sort((a, b) => a.at - b.at || a.kind - b.kind || this.name(a.id).localeCompare(this.name(b.id)))
      .slice(0, 8)
      .map(({ id }) => id);
  }
}
