// What one key chooses. A letter asks: who acts, on whom, what, when; a digit answers. Without a letter the digits stand
// for the side that a row lacks. What is offered was ranked in Python (row_suggestions.py). A status has a key of its own.

import { makeButton } from "../desk/controls.js";
import { make } from "../kit/elements.js";
import { splitIds } from "./rows.js";

/**
 * @import { Rows } from "./rows.js"
 * @import { Row, View } from "./types.js"
 */

/** @type {Record<string, string>} */
export const TURNS = { w: "source_actors", W: "target_actors", T: "event_type", D: "date" };
/** @type {Record<string, string>} */
export const STATUS = { A: "asserted", R: "reported", H: "hypothetical", N: "negated", O: "open" };
const SIDES = [TURNS.w, TURNS.W];
const DIGITS = 9;

/** The digit of a key press, 0 to 9, or -1; whether Shift was held, which keeps the row on the desk. */
export function readDigit(event, keys) {
  if (/^[0-9]$/.test(event.key)) return [Number(event.key), event.shiftKey];
  const [, digit] = (event.shiftKey && !Object.hasOwn(keys, event.key) && /^Digit([0-9])$/.exec(event.code)) || [];
  return digit === undefined ? [-1, false] : [Number(digit), true];
}

export class Offers {
  /** @param {Rows} rows */
  constructor(rows) {
    this.rows = rows;
    this.turned = {}; // the row and the field to which the digits were turned, and whether none was pressed since
  }
  /** @param {Row} row */
  of(row) {
    return this.rows.desk.offers?.[row.mention_id];
  }
  /**
   * Turn the digits to a field of a row, or back.
   *
   * @param {Row} row
   * @param {string} field
   */
  turn(row, field) {
    const back = !this.of(row) || this.turnedTo(row) === field;
    this.turned = back ? {} : { id: row.mention_id, field, fresh: true };
  }
  /** @param {Row} row */
  turnedTo(row) {
    return this.turned.id === row.mention_id ? this.turned.field : "";
  }
  /**
   * The side that the row lacks as it stands on the desk.
   *
   * @param {Row} row
   */
  lacking(row) {
    if (!this.of(row) || row.state === "rejected") return "";
    const sides = this.rows.get(row, "mutual") === "yes" ? SIDES.slice(0, 1) : SIDES; // to each other: one is both
    return sides.find((side) => !this.rows.get(row, side)) ?? "";
  }
  /**
   * What the digits stand for: the field to which they were turned; the side that the row lacks, or, once it is being
   * filled, lacked; the type of an event that is being added.
   *
   * @param {Row} row
   */
  asked(row) {
    const turned = this.turnedTo(row);
    if (turned || !this.of(row)) return turned || (row.type_alt ? TURNS.T : "");
    const filled = row.state !== "rejected" && SIDES.find((side) => !row[side]);
    return this.lacking(row) || filled || "";
  }
  /**
   * Who is near to a row: all that are offered for either side.
   *
   * @param {Row} row
   */
  near(row) {
    return new Set(SIDES.flatMap((side) => (this.of(row)?.[side] ?? []).flatMap(([cell]) => splitIds(cell))));
  }
  /** @param {Row} row */
  side(row) {
    const field = this.asked(row);
    return SIDES.includes(field) ? field : "";
  }
  /**
   * What is offered for the field that is asked for, a pair each: the value, and why, or what it is in words.
   *
   * @param {Row} row
   * @returns {[string, string][]}
   */
  list(row) {
    const [field, found] = [this.asked(row), this.of(row)];
    const pair = (/** @type {string} */ one) => /** @type {[string, string]} */ ([one, ""]);
    if (field === "date") return found?.dates ?? [];
    const types = [row.event_type, ...(found?.types ?? splitIds(row.type_alt))].filter(Boolean);
    if (field === "event_type") return types.map(pair).slice(0, DIGITS);
    const drafted = splitIds(row[field]).map((id) => /** @type {[string, string]} */ ([id, "drafted"]));
    return field ? [...drafted, ...(found?.[field] ?? [])].slice(0, DIGITS) : [];
  }
  /**
   * Choose what a digit stands for; return whether the row is to be saved with it: it is, unless a side is missing still.
   * With `stay` it is not, and an actor joins those who stand on the side, or leaves it. 0 is nobody, or no date.
   */
  choose(row, digit, stay) {
    const [field, chosen] = [this.asked(row), this.list(row)[digit - 1]];
    const fresh = this.turned.fresh;
    if (!field || (digit ? !chosen : !this.turnedTo(row) || field === TURNS.T)) return false;
    const isSide = SIDES.includes(field);
    this.turned.fresh = false;
    const value = chosen?.[0] ?? "";
    if (isSide) this.rows.setSide(row, field, this.join(row, field, splitIds(value), stay, fresh));
    else this.rows.change(row, field, value);
    if (!isSide) this.turned = {};
    return Boolean(this.of(row)) && !stay && this.rows.isOpen(row) && (isSide || !this.lacking(row));
  }
  /**
   * Go on to the next date: none, which is right most often where the drafted one is wrong, then those offered.
   *
   * @param {Row} row
   */
  nextDate(row) {
    const found = Array.from(new Set([row.date, "", ...(this.of(row)?.dates ?? []).map(([edtf]) => edtf)]));
    const at = found.indexOf(this.rows.get(row, "date")) + 1;
    this.rows.change(row, "date", found[at % found.length]);
  }
  /** Who stands on a side once some are chosen: a first digit alone puts them there, a further one adds them. */
  join(row, side, ids, stay, fresh) {
    if (!ids.length) return [];
    const held = fresh && !stay ? [] : splitIds(this.rows.get(row, side));
    const others = held.filter((one) => !ids.includes(one));
    return stay && held.length - others.length === ids.length ? others : [...others, ...ids];
  }
}

/**
 * What the digits stand for, and the keys that turn them to something else.
 *
 * @param {View} view
 * @param {Row} row
 */
export function drawOffers(view, row) {
  const { t, rows, offers } = view;
  const [field, side] = [offers.asked(row), offers.side(row)];
  const held = side ? splitIds(rows.get(row, side)) : [rows.get(row, field)];
  const name = (value, why) => {
    if (!side) return (field === "date" && why) || rows.tell(field, value);
    return [rows.names(value), " ", make("small", {}, t(`desk.offers.${why}`))];
  };
  const choose = (digit) => (event) => view.pickOffer(digit, event.shiftKey);
  const offered = offers.list(row).map(([value, why], at) => {
    const pressed = (side ? splitIds(value) : [value]).every((one) => held.includes(one));
    return makeButton(name(value, why), String(at + 1), choose(at + 1), { "aria-pressed": String(pressed) });
  });
  const turned = offers.turnedTo(row);
  const none = turned && (side || field === "date") && t(side ? "desk.nobody" : "desk.date_none");
  const empty = none && makeButton(none, "0", choose(0), { "aria-pressed": String(!held.filter(Boolean).length) });
  const kind = !side ? "desk.asked" : turned ? "desk.side_turned" : "desk.side_lacks";
  const words = field && t(`desk.fields.${field}`).replace(" (EDTF)", "");
  const lead = field && t(kind, { side: words, field: words });
  const told = make("p", { class: "hint", "aria-hidden": "true" }, lead);
  return [
    offered.length > 0 && make("div", { role: "group", "aria-label": lead, class: "offers" }, told, offered, empty),
    offers.of(row) && drawTurns(view, row),
    drawStatus(view, row),
  ];
}

/**
 * The keys of the statuses.
 *
 * @param {View} view
 * @param {Row} row
 */
function drawStatus(view, row) {
  const { t, rows } = view;
  const drawn = Object.entries(STATUS).map(([key, status]) => {
    const pressed = String(rows.get(row, "status") === status);
    return makeButton(t(`status.${status}`), key, () => view.setStatus(status), { "aria-pressed": pressed });
  });
  return make("div", { role: "group", "aria-label": t("desk.fields.status") }, drawn);
}

/**
 * The keys that turn the digits to a field, each with what stands there.
 *
 * @param {View} view
 * @param {Row} row
 */
function drawTurns(view, row) {
  const { t, rows, offers } = view;
  const turns = Object.entries(TURNS).map(([key, field]) => {
    const pressed = String(offers.turnedTo(row) === field);
    const value =
      field === "date" ? rows.get(row, field) || t("desk.date_none") : rows.tell(field, rows.get(row, field));
    const words = SIDES.includes(field) ? t(`desk.fields.${field}`) : value;
    return makeButton(words, key, () => view.turn(field), { "aria-pressed": pressed });
  });
  return make("div", { role: "group", "aria-label": t("desk.turns") }, turns);
}

/**
 * Why a row stands where it does in the order that pays.
 *
 * @param {View} view
 * @param {Row} row
 */
export function explainPlace(view, row) {
  const { t, rows } = view;
  const [, why, pair, percent] = rows.desk.pays?.[row.mention_id] ?? [];
  if (!why) return "";
  const names = splitIds(pair).map((id) => rows.name(id));
  const sure = percent === null ? "" : t("desk.pays.percent", { percent });
  return [why === "doubt" ? "" : t(`desk.pays.${why}`, { pair: names.join(" – ") }), sure].filter(Boolean).join(" · ");
}
