// Which events a view leaves out and by which of its parts, and what is counted of the others. Of large cases the
// sentences are not here: what is here is searched at once, and the kernel is asked for the whole.

import { foldAll, readTerms, touchesPeriod } from "../kit/match.js";
import { Acts, PATIENCE, toDay } from "./data.js";
import { EMPTY, partValues } from "./view.js";

/**
 * @import { Model } from "../kit/types.js"
 * @import { Data, Facts, View } from "./types.js"
 */

export const PERIOD = 1,
  ACTORS = 2,
  TYPES = 4,
  STATUS = 8,
  OUTLETS = 16,
  WORDS = 32,
  UNDATED = 64;

/** For each event, one bit for each part of the view that leaves it out: 0 is in view. */
export class Filter {
  /**
   * @param {Data} data
   * @param {Search} search
   */
  constructor(data, search) {
    this.data = data;
    this.search = search;
    this.fails = new Uint8Array(data.n);
    /** @type {View} */
    this.view = EMPTY;
    this.pairAt = new Map();
    for (let pair = 0; pair < data.pairs.length / 2; pair++) {
      this.pairAt.set(`${data.actors[data.pairs[2 * pair]].id}>${data.actors[data.pairs[2 * pair + 1]].id}`, pair);
    }
  }

  /**
   * Take a view; only the parts that differ from the one before are looked at again, and words if asked for.
   *
   * @param {View} view
   */
  set(view, again = false) {
    const before = this.view;
    const differs = (...names) => names.some((name) => JSON.stringify(view[name]) !== JSON.stringify(before[name]));
    if (differs("since", "until")) this.mark(PERIOD, view.since || view.until ? this.inPeriod(view) : null);
    if (differs("actors")) this.mark(ACTORS, view.actors.length ? this.hasActors(view.actors) : null);
    if (differs("types"))
      this.mark(
        TYPES,
        view.types.length
          ? this.hasValue(
              "type",
              this.data.types.map(({ id }) => id),
              view.types,
            )
          : null,
      );
    if (differs("status"))
      this.mark(STATUS, view.status.length ? this.hasValue("status", this.data.status_ids, view.status) : null);
    if (differs("words") || again) this.mark(WORDS, this.search.find(view.words));
    if (differs("undated")) this.mark(UNDATED, view.undated ? (i) => this.data.undated(this.data.date[i]) : null);
    if (differs("publishers")) this.mark(OUTLETS, view.publishers.length ? this.hasOutlets(view.publishers) : null);
    this.view = view;
  }

  mark(bit, stays) {
    const { fails } = this;
    for (let i = 0; i < fails.length; i++) {
      if (!stays || stays(i)) fails[i] &= ~bit;
      else fails[i] |= bit;
    }
  }

  /** The days that the date of an event allows touch the period; without a date it stays in every period. */
  inPeriod({ since, until }) {
    const { data } = this;
    const [from, to] = [toDay(since), toDay(until)];
    const stays = Uint8Array.from({ length: data.span.length / 2 }, (_, date) =>
      touchesPeriod(data.first(date), data.last(date), from, to) ? 1 : 0,
    );
    return (i) => stays[data.date[i]];
  }

  hasActors(values) {
    const [asked, left] = partValues(values).map((some) => some.length && this.takePart(some));
    return (i) => (!asked || asked(i)) && !(left && left(i));
  }

  takePart(asked) {
    const { data } = this;
    const setAt = (set, at) => at !== undefined && (set[at] = 1);
    const actors = new Uint8Array(data.actors.length),
      pairs = new Uint8Array(data.pairs.length / 2);
    for (const value of asked) {
      const [a, way, b] = value.split(/([>~])/);
      for (const key of way ? [`${a}>${b}`, ...(way === "~" ? [`${b}>${a}`] : [])] : [])
        setAt(pairs, this.pairAt.get(key));
      if (!way) setAt(actors, data.actorAt.get(a));
    }
    return (i) => this.holds("people", i, actors) || this.holds("ties", i, pairs);
  }

  hasValue(column, ids, values) {
    const [asked, left] = partValues(values);
    const fits = (id) => (!asked.length || asked.includes(id)) && !left.includes(id);
    const wanted = Uint8Array.from(ids, (id) => (fits(id) ? 1 : 0));
    return (i) => wanted[this.data[column][i]];
  }

  /** Of what is left out stays what another outlet tells as well. */
  hasOutlets(values) {
    const [asked, left] = partValues(values);
    const mark = (fits) => Uint8Array.from(this.data.outlet_names, (name) => (fits(name) ? 1 : 0));
    const wanted = mark((name) => asked.includes(name));
    const others = mark((name) => !left.includes(name));
    const stays = (i) => !asked.length || this.holds("outlets", i, wanted);
    return (i) => stays(i) && (!left.length || this.holds("outlets", i, others));
  }

  holds(list, i, wanted) {
    const starts = this.data[`${list}_from`],
      values = this.data[list];
    for (let at = starts[i]; at < starts[i + 1]; at++) if (wanted[values[at]]) return true;
    return false;
  }

  /**
   * Count what is in view. Each control is counted as if its own part of the view were empty, so that it shows what
   * another choice would bring; so are the pairs (`around`) and the whole time (`whole`).
   *
   * @returns {Facts}
   */
  count() {
    const { data, fails } = this;
    const nTypes = data.types.length;
    const numbers = (length) => new Uint32Array(length);
    const facts = {
      types: numbers(nTypes),
      status: numbers(data.status_ids.length),
      outlets: numbers(data.outlet_names.length),
      people: numbers(data.actors.length),
      around: numbers(data.pairs.length / 2),
      net: new Float64Array(data.pairs.length / 2),
      days: numbers(nTypes * (data.span.length / 2)),
      dates: numbers(data.span.length / 2),
      kinds: numbers(nTypes),
      whole: numbers(data.span.length / 2),
    };
    const found = numbers(data.n);
    const acts = new Acts(data);
    let n = 0;
    for (let i = 0; i < data.n; i++) {
      const fail = fails[i];
      const type = data.type[i];
      if (!(fail & ~TYPES)) facts.types[type]++;
      if (!(fail & ~STATUS)) facts.status[data.status[i]]++;
      if (!(fail & ~OUTLETS))
        for (let at = data.outlets_from[i]; at < data.outlets_from[i + 1]; at++) facts.outlets[data.outlets[at]]++;
      if (!(fail & ~PERIOD)) facts.whole[data.date[i]]++;
      if (!(fail & ~ACTORS)) {
        for (let at = data.people_from[i]; at < data.people_from[i + 1]; at++) facts.people[data.people[at]]++;
        for (let at = data.ties_from[i]; at < data.ties_from[i + 1]; at++) facts.around[data.ties[at]]++;
      }
      if (fail) continue;
      found[n++] = i;
      facts.days[data.date[i] * nTypes + type]++;
      facts.dates[data.date[i]]++;
      facts.kinds[type]++;
      if (!data.weighs[i]) continue;
      for (let at = data.ties_from[i]; at < data.ties_from[i + 1]; at++) facts.net[data.ties[at]] += acts.add(i, at);
    }
    const undated = facts.dates.reduce((sum, many, date) => sum + (data.undated(date) ? many : 0), 0);
    return { ...facts, fails, found: found.subarray(0, n), undated };
  }
}

export class Search {
  /**
   * `heard` is called with words once the kernel has answered for them, or does not.
   *
   * @param {Data} data
   * @param {Model} model
   * @param {(words: string) => void} heard
   */
  constructor(data, model, heard) {
    this.data = data;
    this.model = model;
    this.heard = heard;
    this.hits = new Map(); // words → for each event whether it holds them, as the kernel said
    this.number = 0; // of the last question
    this.asked = ""; // the question that waits for an answer, and its words
    this.words = "";
    this.timer = 0;
    /** @type {{summaries: string[], names: string[], sentences: string[][] | null} | undefined} */
    this.fields = undefined;
    this.token = Math.random().toString(36).slice(2);
    this.silent = ""; // the words for which the kernel did not answer: it is not asked for them again
    this.hear = (answer) => {
      if (answer.number !== this.asked || answer.hits === undefined) return;
      clearTimeout(this.timer);
      const bytes = Uint8Array.from(atob(answer.hits), (sign) => sign.charCodeAt(0));
      const hits = Uint8Array.from({ length: data.n }, (_, i) => (bytes[i >> 3] >> (i & 7)) & 1);
      [this.asked, this.silent] = ["", ""];
      this.hits.set(this.words, hits);
      heard(this.words);
    };
    model.on("msg:custom", this.hear);
  }

  /** Return a test of events, or nothing if no word asks for anything; the kernel may answer with more later. */
  find(words) {
    const terms = readTerms(words);
    if (!terms.length) return null;
    const { data, model } = this;
    const known = this.hits.get(words);
    if (known) return (i) => known[i];
    this.fields ??= {
      summaries: foldAll(data.summaries),
      names: foldAll(data.actors.map(({ name }) => name)),
      sentences: this.foldSentences(),
    };
    const { summaries, names, sentences } = this.fields;
    const tests = terms.map((term) => {
      const actors = Uint8Array.from(names, (name) => (name.includes(term) ? 1 : 0));
      return (i) => {
        if (summaries[i].includes(term) || sentences?.[i].some((text) => text.includes(term))) return true;
        for (let at = data.people_from[i]; at < data.people_from[i + 1]; at++) if (actors[data.people[at]]) return true;
        return false;
      };
    });
    if (!model.get("sentences") && words !== this.silent) this.ask(words);
    return (i) => tests.every((holds) => holds(i));
  }

  foldSentences() {
    const sent = this.model.get("sentences");
    return sent && this.data.ids.map((id) => foldAll((sent[id] ?? []).map((o) => o.before + o.evidence + o.after)));
  }

  /** The key of the words that say why only summaries and names were searched; nothing if all was. */
  lacks(words) {
    if (this.model.get("sentences") || this.hits.has(words) || !readTerms(words).length) return "";
    return this.silent === words ? "explore.words_gone" : "explore.words_asking";
  }

  ask(words) {
    this.words = words;
    this.asked = `${this.token}-w${++this.number}`;
    const own = this.asked;
    const gone = () => {
      if (this.asked !== own) return;
      this.silent = words;
      this.heard(words);
    };
    clearTimeout(this.timer);
    this.timer = setTimeout(gone, PATIENCE);
    try {
      this.model.send({ ask: "words", words, number: own });
    } catch {
      clearTimeout(this.timer);
      this.timer = setTimeout(gone); // not now: whoever looks for the words is drawing
    }
  }

  stop() {
    clearTimeout(this.timer);
    this.model.off("msg:custom", this.hear);
  }
}
