// What somebody else decided meanwhile on a row: it is shown before a decision of this desk counts.

const DONE = { accept: "accepted", reject: "rejected", add: "added", undo: "undone" }; // what an action is called after it

/** The decisions on rows that the reviewer had not seen; what is decided on such a row next names them. */
class Meetings {
  constructor(t, rows) {
    this.t = t;
    this.rows = rows;
  }
  /** Take up what the kernel found, by row; each decision is action, field, value, who, and when in words. */
  hear(met) {
    for (const [id, decisions] of Object.entries(met)) this.rows.met.set(id, decisions);
  }
  /** Who decided what, and when. */
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
  /** The reason of a decision that is taken all the same. */
  confirm(ids, reason) {
    const by = ids.flatMap((id) => (this.rows.met.get(id) ?? []).map((one) => one[3]));
    for (const id of ids) this.rows.met.delete(id);
    return by.length ? `${reason}; ${this.t("desk.reason_met", { by: Array.from(new Set(by)).join(", ") })}` : reason;
  }
}
