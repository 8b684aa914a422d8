// What one key chooses: a digit names who stands on a side that the row lacks, or to which the digits were turned, and
// behind these another type; a letter goes through status and date. What is offered was ranked in Python (offers.py).

import { makeButton } from "../desk/controls.js";
import { make } from "../kit/elements.js";
import { splitIds } from "./rows.js";

/**
 * @import { Rows } from "./rows.js"
 * @import { Row, Side, View } from "./types.js"
 */

/** @type {Record<string, Side>} */
export const TURNS = { w: "source_actors", W: "target_actors" }; // keys that turn the digits to a side
export const CYCLES = { c: "status", d: "date" }; // keys that go through what a field may be
const DIGITS = 9;
const OFFERED = 6; // actors for a side that is missing, so that digits are left for types

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
    this.turned = {}; // the row and the side to which the digits were turned, and whether none was pressed since
  }
  /** @param {Row} row */
  of(row) {
    return this.rows.desk.offers?.[row.mention_id];
  }
  /** @param {Row} row */
  isTurned(row) {
    return this.turned.id === row.mention_id;
  }
  /**
   * Turn the digits to a side of a row, or back.
   *
   * @param {Row} row
   * @param {string} side
   */
  turn(row, side) {
    const back = !this.of(row) || (this.isTurned(row) && this.turned.side === side);
    this.turned = back ? {} : { id: row.mention_id, side, fresh: true };
  }
  /**
   * The side that the row lacks as it stands on the desk; once it is being filled, that which it lacks on the disk.
   *
   * @param {Row} row
   */
  lacking(row) {
    if (!this.of(row) || row.state === "rejected") return "";
    const sides = this.rows.get(row, "mutual") === "yes" ? [TURNS.w] : Object.values(TURNS); // to each other: one is both
    return sides.find((side) => !this.rows.get(row, side)) ?? sides.find((side) => !row[side]) ?? "";
  }
  /** @param {Row} row */
  side(row) {
    return this.isTurned(row) ? this.turned.side : this.lacking(row);
  }
  /**
   * Who is offered for the side that is asked for, each with the reason; of several who stand there each alone.
   *
   * @param {Row} row
   */
  actors(row) {
    const side = this.side(row);
    const found = this.of(row)?.[side] ?? [];
    if (!this.isTurned(row)) return found.slice(0, OFFERED);
    const drafted = splitIds(row[side]).map((id) => [id, "drafted"]);
    return [...(drafted.length > 1 ? drafted : []), ...found].slice(0, DIGITS);
  }
  /**
   * The type that was drafted, then others, as far as digits are left.
   *
   * @param {Row} row
   */
  types(row) {
    const other = this.of(row)?.types ?? splitIds(row.type_alt);
    return [row.event_type, ...other].filter(Boolean).slice(0, DIGITS - this.actors(row).length);
  }
  /**
   * Choose what a digit stands for; return whether the row is to be saved with it, as it is once a side is named. With
   * `stay` it is not: then an actor joins those who were chosen for the side, or leaves it.
   */
  choose(row, digit, stay) {
    const [side, actors] = [this.side(row), this.actors(row)];
    if (digit > actors.length) {
      const type = this.types(row)[digit - actors.length - 1];
      if (type) this.rows.change(row, "event_type", type);
      return false;
    }
    const turned = this.isTurned(row);
    if (!digit && !turned) return false;
    const chosen = turned && this.turned.fresh ? [] : splitIds(this.rows.get(row, side));
    this.turned.fresh = false;
    const [id] = actors[digit - 1] ?? [];
    const others = chosen.filter((one) => one !== id);
    const next = !digit ? [] : stay && others.length < chosen.length ? others : [...others, id];
    this.rows.setSide(row, side, next);
    return !stay && this.rows.isOpen(row);
  }
  /**
   * Go on to the next thing that a field may be, the drafted one first.
   *
   * @param {Row} row
   * @param {string} field
   */
  cycle(row, field) {
    const all = field === "status" ? this.rows.desk.choices.status : (this.of(row)?.dates ?? []);
    const found = Array.from(new Set([row[field], ...all]));
    const at = found.indexOf(this.rows.get(row, field)) + 1;
    this.rows.change(row, field, found[at % found.length]);
  }
}

/**
 * Who may stand on the side that is asked for, the types, and the keys of the other fields.
 *
 * @param {View} view
 * @param {Row} row
 */
export function drawOffers(view, row) {
  const { t, rows, offers } = view;
  const [side, actors] = [offers.side(row), offers.actors(row)];
  const held = side ? splitIds(rows.get(row, side)) : [];
  const choose = (digit) => (event) => view.pickOffer(digit, event.shiftKey);
  const sides = actors.map(([id, why], at) => {
    const words = [rows.name(id), " ", make("small", {}, t(`desk.offers.${why.replace(/^within-.*/, "within")}`))];
    return makeButton(words, String(at + 1), choose(at + 1), { "aria-pressed": String(held.includes(id)) });
  });
  const types = offers.types(row).map((one, at) => {
    const pressed = String(one === rows.get(row, "event_type"));
    const digit = actors.length + at + 1;
    return makeButton(rows.typeName(one), String(digit), choose(digit), { "aria-pressed": pressed });
  });
  const nobody =
    offers.isTurned(row) && makeButton(t("desk.nobody"), "0", choose(0), { "aria-pressed": String(!held.length) });
  const lead =
    side && t(offers.isTurned(row) ? "desk.side_turned" : "desk.side_lacks", { side: t(`desk.fields.${side}`) });
  const told = make("p", { class: "hint", "aria-hidden": "true" }, lead);
  return [
    sides.length > 0 && make("div", { role: "group", "aria-label": lead, class: "offers" }, told, sides, nobody),
    types.length > 1 && make("div", { role: "group", "aria-label": t("desk.alternatives") }, types),
    offers.of(row) && drawTurns(view, row),
  ];
}

/**
 * The keys that turn the digits to a side, and those that go through status and date.
 *
 * @param {View} view
 * @param {Row} row
 */
function drawTurns(view, row) {
  const { t, rows, offers } = view;
  const turns = Object.entries(TURNS).map(([key, side]) => {
    const pressed = String(offers.isTurned(row) && offers.side(row) === side);
    return makeButton(t(`desk.fields.${side}`), key, () => view.turn(side), { "aria-pressed": pressed });
  });
  const cycles = Object.entries(CYCLES).map(([key, field]) => {
    const value = rows.get(row, field);
    const words = field === "status" ? t(`status.${value}`) : value || t("desk.date_none");
    return makeButton(words, key, () => view.cycle(field));
  });
  return make("div", { role: "group", "aria-label": t("desk.turns") }, turns, cycles);
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
