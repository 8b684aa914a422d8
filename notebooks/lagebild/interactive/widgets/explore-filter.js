// The view: which events it leaves out and by which of its parts, and what is counted of the others.

const PERIOD = 1,
  ACTORS = 2,
  TYPES = 4,
  STATUS = 8,
  OUTLETS = 16,
  WORDS = 32;
const EMPTY = Object.freeze({
  since: "",
  until: "",
  actors: [],
  types: [],
  status: [],
  publishers: [],
  words: "",
});

/** Return whether two views are the same. */
const sameView = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** For each event, one bit for each part of the view that leaves it out: 0 is in view. */
class Filter {
  constructor(data, search) {
    this.data = data;
    this.search = search;
    this.fails = new Uint8Array(data.n);
    this.view = EMPTY;
    this.pairAt = new Map();
    for (let pair = 0; pair < data.pairs.length / 2; pair++) {
      this.pairAt.set(`${data.actors[data.pairs[2 * pair]].id}>${data.actors[data.pairs[2 * pair + 1]].id}`, pair);
    }
  }

  /** Take a view; only the parts that differ from the one before are looked at again, and words if asked for. */
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
    const from = toDay(since) ?? OPEN_FROM,
      to = toDay(until) ?? OPEN_TO;
    const stays = Uint8Array.from({ length: data.span.length / 2 }, (_, date) =>
      data.last(date) >= from && data.first(date) <= to ? 1 : 0,
    );
    return (i) => stays[data.date[i]];
  }

  hasActors(asked) {
    const { data } = this;
    const actors = new Uint8Array(data.actors.length),
      pairs = new Uint8Array(data.pairs.length / 2);
    for (const value of asked) {
      const [a, way, b] = value.split(/([>~])/);
      for (const key of way ? [`${a}>${b}`, ...(way === "~" ? [`${b}>${a}`] : [])] : [])
        if (this.pairAt.has(key)) pairs[this.pairAt.get(key)] = 1;
      if (!way && data.actorAt.has(a)) actors[data.actorAt.get(a)] = 1;
    }
    return (i) => this.holds("people", i, actors) || this.holds("ties", i, pairs);
  }

  hasValue(column, ids, asked) {
    const wanted = Uint8Array.from(ids, (id) => (asked.includes(id) ? 1 : 0));
    return (i) => wanted[this.data[column][i]];
  }

  hasOutlets(asked) {
    const names = new Set(asked);
    const wanted = Uint8Array.from(this.data.outlet_names, (name) => (names.has(name) ? 1 : 0));
    return (i) => this.holds("outlets", i, wanted);
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
    facts.fails = fails;
    facts.found = found.subarray(0, n);
    facts.undated = facts.dates.reduce((sum, many, date) => sum + (data.undated(date) ? many : 0), 0);
    return facts;
  }
}
