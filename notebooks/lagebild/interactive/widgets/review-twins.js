// The two languages of a page: drafts of one sentence that report the same are one row, and decided together.

const SAID = ["event_type", "source_actors", "target_actors", "mutual", "date", "date_basis", "status", "speaker"];
const SAID_TOO = ["mode", "context", "stance", "credibility"]; // what a draft tells beside what is compared

class Twins {
  /** `twins` names for each row that follows the one that leads it. */
  constructor(twins, rows) {
    this.rows = rows;
    this.leads = new Map(Object.entries(twins));
    this.followers = new Map(Object.entries(twins).map(([follower, lead]) => [lead, follower]));
    this.apart = new Set(); // rows that lead, of which the reviewer decides alone
  }
  partner(row) {
    return this.rows.all.get(this.leads.get(row.mention_id) ?? this.followers.get(row.mention_id));
  }
  isApart(row) {
    return this.apart.has(this.leads.get(row.mention_id) ?? row.mention_id);
  }
  /** The row that is decided with this one; none if the reviewer took them apart, or somebody decided on one alone. */
  of(row) {
    const other = this.partner(row);
    const alike = other && this.rows.isOpen(row) === this.rows.isOpen(other);
    return alike && !this.isApart(row) && (row.state === "rejected") === (other.state === "rejected") ? other : null;
  }
  follows(row) {
    return this.leads.has(row.mention_id) && this.of(row) !== null;
  }
  toggle(row) {
    const lead = this.leads.get(row.mention_id) ?? row.mention_id;
    if (!this.apart.delete(lead)) this.apart.add(lead);
  }
  /** The fields in which the twin tells something else than the row on the desk. */
  differences(row, twin, fields = SAID) {
    return fields.filter((field) => this.rows.get(row, field) !== twin[field]);
  }
  /** What an act on a row says of its twin: the same. What only the twin tells stays. */
  extend(row, decisions) {
    const twin = this.of(row);
    if (!twin) return decisions;
    const [{ action }] = decisions;
    const say = (more) => ({ row: twin.mention_id, ...more });
    if (action === "reject") return [...decisions, say({ action })];
    const differing = this.differences(row, twin, [...SAID, ...SAID_TOO]).filter((field) => this.rows.get(row, field));
    const edits = differing.map((field) => say({ action: "edit", field, value: this.rows.get(row, field) }));
    const accept = edits.length && twin.state !== "rejected" ? [] : [say({ action: "accept" })];
    const joins = row.event_id !== twin.event_id ? [say({ action: "merge", value: row.event_id })] : [];
    return [...decisions, ...accept, ...edits, ...joins];
  }
}

/** A language as the reader calls it. */
const nameLanguage = (view, code) => new Intl.DisplayNames([view.language], { type: "language" }).of(code);

/** The same sentence in the other languages of the page, and whether its draft is decided with this row. */
function drawTwin(view, row) {
  const { t, rows, twins } = view;
  const others = Object.keys(rows.desk.texts).filter((key) => {
    const [page, language] = key.split(":");
    return page === row.source_id && language !== row.language;
  });
  const partner = twins.partner(row);
  const drawn = others.map((key) => {
    const [, language] = key.split(":");
    const [, start, words] = rows.desk.texts[key].find(([no]) => no === row.sentence_no) ?? [];
    if (!words) return null;
    const twin = partner?.language === language ? partner : null;
    const classes = twin ? markRow(words, start, rows, twin, []) : mark(words, start, []);
    const lead = make("p", { class: "hint" }, t("desk.also_in", { language: nameLanguage(view, language) }));
    const sentence = make("p", { lang: language }, cut(words, classes));
    return make("div", { class: "twin" }, lead, sentence, twin && drawTogether(view, row, twin));
  });
  return drawn.filter(Boolean);
}

function drawTogether(view, row, twin) {
  const { t, rows, twins } = view;
  const together = twins.of(row) !== null;
  const differing = together ? twins.differences(row, twin).filter((field) => twin[field]) : [];
  const take = differing.map((field) => {
    const words = t("desk.twin_tells", { field: t(`desk.fields.${field}`), value: rows.tell(field, twin[field]) });
    const set = () => {
      rows.change(row, field, twin[field]);
      view.redraw(field);
    };
    return button(words, "", set);
  });
  const told = make("span", { class: "label" }, t(together ? "desk.twin_together" : "desk.twin_alone"));
  const join = (together || twins.isApart(row)) && t(together ? "desk.twin_part" : "desk.twin_join");
  return make("div", { class: "actions" }, told, join && button(join, "z", view.part), take);
}
