// The events as typed arrays, days as numbers from 1970, and the words for them.

/**
 * @import { Model, Translate } from "../kit/types.js"
 * @import { Data } from "./types.js"
 */

export const OPEN_FROM = -(2 ** 31); // a day that a date leaves open
export const OPEN_TO = 2 ** 31 - 1;
export const ABOUT = 1,
  BEFORE = 2,
  ONWARDS = 4; // of a date: vague, with an open beginning, with an open end
export const LANES = ["material_cooperation", "verbal_cooperation", "verbal_conflict", "material_conflict"];
export const CONTESTED = ["no", "particulars", "occurrence"];
const PART = String.fromCharCode(0x1f); // between texts; as it stands, HTML forbids it in a script
export const SIGNS = { 1: "+", "-1": "−", 0: "±" };
const HOLLOW = new Set(["hypothetical", "negated", "open"]); // thought of, denied or left open

/**
 * @param {Data} data
 * @param {number} i
 */
export const isHollow = (data, i) => HOLLOW.has(data.status_ids[data.status[i]]) || data.contested[i] === 2;

export const toDay = (iso) => (iso ? Math.round(Date.parse(`${iso}T00:00Z`) / 864e5) : null);
/** @param {number} day */
export const toIso = (day) => new Date(day * 864e5).toISOString().slice(0, 10);

/**
 * Return the columns of the model as typed arrays, and what their numbers stand for.
 *
 * @param {Model} model
 */
export function readData(model) {
  const raw = model.get("events");
  const lists = model.get("lists");
  const array = (name, Kind) => {
    const { buffer, byteOffset, byteLength } = raw[name];
    return new Kind(buffer.slice(byteOffset, byteOffset + byteLength));
  };
  const texts = (name) => new TextDecoder().decode(raw[name]).split(PART);
  const data = /** @type {Data} */ ({
    n: raw.n,
    asOf: lists.as_of,
    start: lists.start,
    saturation: lists.saturation,
    words: texts("words"),
    edtf: texts("edtf"),
    ids: texts("ids"),
    summaries: texts("summaries"),
  });
  for (const name of /** @type {const} */ (["type", "status", "contested", "mutual", "dated"]))
    data[name] = array(name, Uint8Array);
  data.publishers = array("publishers", Uint16Array);
  for (const name of ["sources", "targets", "people", "outlets", "ties"])
    for (const part of [name, `${name}_from`]) data[part] = array(part, Uint32Array);
  for (const name of ["date", "pairs"]) data[name] = array(name, Uint32Array);
  for (const name of ["process", "place"]) data[name] = array(name, Uint32Array);
  for (const name of ["span", "intensity"]) data[name] = array(name, Int32Array);
  data.actors = lists.actors.map(([id, name, forms]) => ({ id, name, hay: `${name} ${id} ${forms}`.toLowerCase() }));
  data.types = lists.types.map(([id, name, quad, intensity]) => ({
    id,
    name,
    lane: LANES.indexOf(quad),
    side: Math.sign(intensity),
  }));
  data.status_ids = lists.status;
  data.outlet_names = lists.publishers;
  data.actorAt = new Map(data.actors.map(({ id }, at) => [id, at]));
  data.first = (date) => data.span[2 * date];
  data.last = (date) => data.span[2 * date + 1];
  data.undated = (date) => data.first(date) === OPEN_FROM && data.last(date) === OPEN_TO;
  data.exact = (date) => !data.dated[date];
  const counts = lists.status.map((id) => id === "asserted" || id === "reported"); // as in `relations.py`
  data.weighs = Uint8Array.from({ length: data.n }, (_, i) =>
    counts[data.status[i]] && data.contested[i] < 2 ? 1 : 0,
  );
  const days = Array.from({ length: data.span.length / 2 }, (_, date) => date).filter((date) => !data.undated(date));
  const ends = days
    .flatMap((date) => [data.first(date), data.last(date)])
    .filter((day) => day !== OPEN_FROM && day !== OPEN_TO);
  data.from = ends.reduce((a, b) => Math.min(a, b), data.asOf);
  data.to = ends.reduce((a, b) => Math.max(a, b), data.from);
  return data;
}

/** What acts add to pairs: the stages of a process weigh once for each, with the strongest, as in `relations.py`. */
export class Acts {
  constructor(data) {
    this.data = data;
    this.strongest = new Map();
  }

  /** Return what an event adds to the net of the pair of one of its ties. */
  add(i, tie) {
    const { process, place, ties, intensity } = this.data;
    const weight = intensity[tie] / 1000;
    if (!process[i]) return weight;
    const key = `${process[i]} ${ties[tie]}`;
    const [held, at] = this.strongest.get(key) ?? [0, Infinity];
    const more = Math.abs(weight) - Math.abs(held);
    if (more < 0 || (more === 0 && place[i] > at)) return 0; // of two as strong the first counts
    this.strongest.set(key, [weight, place[i]]);
    return weight - held;
  }
}

/**
 * Return the words for days, units of time, numbers and events in the reader's language.
 *
 * @param {Translate} t
 * @param {Data} data
 */
export function makeWords(t, data, language) {
  const locale = language === "de" ? "de-DE" : "en-GB";
  const format = (options) => new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...options });
  const long = format({ day: "numeric", month: "long", year: "numeric" });
  const short = format({ day: "numeric", month: "short", year: "numeric" });
  const month = format({ month: "short", year: "numeric" });
  const full = format({ month: "long", year: "numeric" });
  const little = format({ day: "numeric", month: "short" });
  const count = new Intl.NumberFormat(locale),
    tenths = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }),
    thousands = new Intl.NumberFormat(locale, { maximumSignificantDigits: 2 });
  const at = (day) => new Date(day * 864e5);
  const list = (of, i) => Array.from(data[of].subarray(data[`${of}_from`][i], data[`${of}_from`][i + 1]));
  const names = (of, i) =>
    list(of, i)
      .map((actor) => data.actors[actor].name)
      .join(", ") || "–";
  const units = new Map(); // a range is slow to write
  const name = (unit, start) => {
    const end = nextOf(unit, start) - 1;
    if (unit === "day") return long.format(at(start));
    if (unit === "week") return short.formatRange(at(start), at(end));
    if (unit === "month") return full.format(at(start));
    if (unit === "quarter") return month.formatRange(at(start), at(end));
    return String(at(start).getUTCFullYear());
  };
  const words = {
    day: (day) => long.format(at(day)),
    tick: (day, unit) =>
      unit === "day"
        ? little.format(at(day))
        : unit === "month"
          ? month.format(at(day))
          : String(at(day).getUTCFullYear()),
    number: (n) => count.format(n),
    short: (n) => (n < 1000 ? String(n) : `${thousands.format(n / 1000)}k`),
    list,
    unit: (unit, start) => {
      const key = `${unit}${start}`;
      if (!units.has(key)) units.set(key, name(unit, start));
      return units.get(key);
    },
    who: (i) => (data.mutual[i] ? names("sources", i) : `${names("sources", i)} → ${names("targets", i)}`),
    when: (i) => data.words[data.date[i]],
    status: (i) => {
      const told = t(`status.${data.status_ids[data.status[i]]}`);
      return data.contested[i] ? `${told}, ${t(`explore.contested.${CONTESTED[data.contested[i]]}`)}` : told;
    },
    type: (i) => data.types[data.type[i]].name,
    outlets: (n) => (n === 1 ? t("explore.outlet") : t("explore.outlets", { n: count.format(n) })),
    signed: (net) => `${net > 0 ? "+" : net < 0 ? "−" : ""}${tenths.format(Math.abs(net))}`,
    span: (from, to) => (from === to ? long.format(at(from)) : long.formatRange(at(from), at(to))),
    actor: (value) => {
      const [a, way, b] = value.split(/([>~])/);
      const name = (id) => data.actors[data.actorAt.get(id) ?? -1]?.name ?? id;
      return way ? `${name(a)} ${way === ">" ? "→" : "–"} ${name(b)}` : name(a);
    },
    events: (n) => (n === 1 ? t("explore.event") : t("explore.events", { n: count.format(n) })),
  };
  words.event = (i) => `${data.summaries[i]}. ${words.when(i)}. ${words.who(i)}: ${words.type(i)}. ${words.status(i)}.`;
  /** What an event adds to the net of each of its pairs. */
  const weigh = (i) => {
    if (!data.weighs[i]) return t("explore.weighs_not");
    const nets = list("ties", i).map((_, at) => data.intensity[data.ties_from[i] + at] / 1000);
    if (!nets.length) return t("explore.weighs_none");
    const told = [...new Set(nets)].map(words.signed).join("; ");
    return t(data.process[i] ? "explore.weighs_stage" : "explore.weighs", { net: told });
  };
  words.tellEvent = (i) => [
    [data.summaries[i], words.when(i), `${words.who(i)}: ${words.type(i)}`, words.status(i)],
    [`${words.outlets(data.publishers[i])} · ${weigh(i)}`],
  ];
  return words;
}

const UNITS = ["day", "week", "month", "quarter", "year"];
const MONTHS = { month: 1, quarter: 3, year: 12 };

/**
 * Return the first day of the unit of time in which a day lies.
 *
 * @param {string} unit
 * @param {number} day
 */
export function startOf(unit, day) {
  if (unit === "day") return day;
  if (unit === "week") return day - ((((day + 3) % 7) + 7) % 7); // weeks begin on Monday; 1970 began on a Thursday
  const date = new Date(day * 864e5);
  const step = MONTHS[unit];
  return Date.UTC(date.getUTCFullYear(), Math.floor(date.getUTCMonth() / step) * step, 1) / 864e5;
}

/**
 * Return the first day of the next unit of time.
 *
 * @param {string} unit
 * @param {number} start
 */
export function nextOf(unit, start) {
  if (unit === "day" || unit === "week") return start + (unit === "day" ? 1 : 7);
  const date = new Date(start * 864e5);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + MONTHS[unit], 1) / 864e5;
}

/**
 * Return the smallest unit of which so many cover the time between two days; the largest if none does.
 *
 * @param {number} from
 * @param {number} to
 * @param {number} most
 */
function chooseUnit(from, to, most) {
  const days = to - from + 1;
  return (
    UNITS.find((unit) => days / { day: 1, week: 7, month: 30.4, quarter: 91.3, year: 365.2 }[unit] <= most) ?? "year"
  );
}

/**
 * Return the unit, the first day of each of its bins, and in which bin a date lies: -1 if in none, or in several.
 *
 * @param {Data} data
 * @param {number} from
 * @param {number} to
 * @param {number} most
 */
export function makeBins(data, from, to, most) {
  const unit = chooseUnit(from, to, most);
  const starts = [];
  for (let start = startOf(unit, from); start <= to; start = nextOf(unit, start)) starts.push(start);
  const find = (day) => {
    let low = 0,
      high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= day) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  };
  const end = nextOf(unit, starts[starts.length - 1]) - 1;
  const bin = (date) => {
    const first = data.first(date),
      last = data.last(date);
    if (first < starts[0] || last > end) return -1;
    const at = find(first);
    return at === find(last) ? at : -1;
  };
  return { unit, starts, bin };
}

export const PATIENCE = 5000; // milliseconds until a kernel that does not answer is called gone
