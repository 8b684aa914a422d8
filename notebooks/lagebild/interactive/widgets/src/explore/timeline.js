// The timeline: the whole time as counts, and below it the events in view, in lanes by kind of act. A date is drawn as
// exactly as it is known: a day is a mark, everything else a bar. Many events are counted per unit of time.

import { make } from "../kit/elements.js";
import { inRow, inRows } from "../kit/focus.js";
import { ABOUT, BEFORE, LANES, ONWARDS, OPEN_FROM, OPEN_TO, isHollow, makeBins, nextOf, toDay, toIso } from "./data.js";
import { PERIOD } from "./filter.js";
import { makeRoving, summarise, withTip } from "./items.js";
import { makeHead, makeLegend } from "./save.js";

/** @import { App, Facts, View } from "./types.js" */

/**
 * Return the ticks of an axis: day and words.
 *
 * @param {number} from
 * @param {number} to
 * @param {number} most
 */
export function makeTicks(words, from, to, most) {
  const days = to - from + 1;
  if (days <= 75) {
    const step = Math.max(1, Math.ceil(days / most));
    return Array.from({ length: Math.ceil(days / step) }, (_, i) => [
      from + i * step,
      words.tick(from + i * step, "day"),
    ]);
  }
  const start = new Date(from * 864e5);
  const first = start.getUTCFullYear() * 12 + start.getUTCMonth();
  const step = [1, 2, 3, 6, 12, 24, 60, 120, 1200].find((months) => days / 30.4 / months <= most) ?? 12000;
  const ticks = [];
  for (let month = Math.ceil(first / step) * step; ; month += step) {
    const day = Date.UTC(Math.floor(month / 12), month % 12, 1) / 864e5;
    if (day > to) return ticks;
    if (day >= from) ticks.push([day, words.tick(day, step < 12 ? "month" : "year")]);
  }
}

/**
 * Let a drag over a drawing choose a period; `at` turns pixels into days.
 *
 * @param {SVGSVGElement} svg
 * @param {App} app
 */
function dragPeriod(svg, app, at) {
  /** @type {number | null} */
  let start = null;
  /** @type {SVGRectElement | null} */
  let shade = null;
  const place = (event) => event.clientX - svg.getBoundingClientRect().left;
  svg.addEventListener("pointerdown", (event) => {
    if (event.button === 0) start = place(event);
  });
  svg.addEventListener("pointermove", (event) => {
    if (start === null || (!shade && Math.abs(place(event) - start) < 5)) return;
    if (!shade) {
      svg.setPointerCapture(event.pointerId);
      shade = make("rect", { class: "drag", y: 0, height: "100%" });
      svg.append(shade);
    }
    shade.setAttribute("x", String(Math.min(start, place(event))));
    shade.setAttribute("width", String(Math.abs(place(event) - start)));
  });
  svg.addEventListener("pointerup", (event) => {
    const drawn = shade;
    const days = start === null ? [] : [at(start), at(place(event))].sort((a, b) => a - b);
    shade?.remove();
    [start, shade] = [null, null];
    if (!drawn) return;
    const drop = (click) => click.stopPropagation(); // the click that ends a drag chooses nothing
    svg.addEventListener("click", drop, { capture: true });
    setTimeout(() => {
      svg.removeEventListener("click", drop, { capture: true });
      app.choose({ since: toIso(days[0]), until: toIso(days[1]) });
    });
  });
  svg.addEventListener("pointercancel", () => {
    shade?.remove();
    [start, shade] = [null, null];
  });
}

const DRAWN = 400; // events that are drawn each on its own
const DEEP = 18; // rows of a lane, beyond which events are counted
const ROW = 11,
  EDGE = 10,
  LABEL = 19,
  SHORTEST = 11,
  TALL = 32, // of a lane of counts
  FADE = 46;

/** @param {App} app */
export function makeTimeline(app) {
  const { t, data, words } = app;
  const strip = make("div", { class: "strip" }),
    lanes = make("div", { class: "lanes" });
  const notes = make("span", {}),
    undated = make("button", { type: "button", class: "link", onclick: chooseUndated }), // it stays, and so does its focus
    key = make("p", { class: "hint" });
  const node = make(
    "section",
    { class: "timeline", role: "group", "aria-label": t("explore.timeline") },
    makeHead(app, "timeline", () => [strip, lanes]),
    strip,
    lanes,
    make("p", { class: "hint" }, notes, undated),
    makeLegend(t, key),
  );
  /** @type {string | null} */
  let anchor = null; // the bar of the strip from which shift extends
  const inStrip = makeRoving(strip, (item, keyName, items, shift) => {
    const to = inRow(item, keyName, items);
    if (to) {
      anchor = shift ? (anchor ?? item.dataset.key) : null;
      const ends = [items.findIndex((one) => one.dataset.key === anchor), items.indexOf(to)].sort((a, b) => a - b);
      items.forEach((one, at) => one.classList.toggle("ranged", anchor !== null && at >= ends[0] && at <= ends[1]));
    }
    return to;
  });
  const inLanes = makeRoving(lanes, inRows);
  let width = 0;
  let barred = 0; // events in a bar of the strip
  /** @type {[Facts, View] | null} */
  let last = null;

  const scale = (from, to) => (day) => EDGE + ((day - from) / (to - from + 1)) * (width - 2 * EDGE);
  const unscale = (from, to) => (x) =>
    Math.max(from, Math.min(to, from + Math.floor(((x - EDGE) / (width - 2 * EDGE)) * (to - from + 1))));
  const drawTicks = (x, from, to, y, high) =>
    makeTicks(words, from, to, Math.max(2, Math.floor(width / 95))).flatMap(([day, label]) => [
      make("line", { class: "grid", x1: x(day), x2: x(day), y1: 0, y2: high }),
      make("text", { class: "tick", x: Math.min(x(day) + 3, width - label.length * 6.2), y }, label),
    ]);

  /** The whole time, whatever period is chosen. */
  function drawStrip(facts, view) {
    const from = Math.min(Math.max(data.start, data.from), data.to),
      to = data.to;
    const bins = makeBins(data, from, to, Math.max(24, width / 8));
    const counts = new Uint32Array(bins.starts.length);
    for (let date = 0; date < facts.whole.length; date++) {
      const bin = facts.whole[date] ? bins.bin(date) : -1;
      if (bin >= 0) counts[bin] += facts.whole[date];
    }
    barred = counts.reduce((a, b) => a + b, 0);
    const high = 34,
      most = counts.reduce((a, b) => Math.max(a, b), 1);
    const left = bins.starts[0],
      right = nextOf(bins.unit, bins.starts[bins.starts.length - 1]) - 1;
    const x = scale(left, right);
    const since = toDay(view.since) ?? left,
      until = toDay(view.until) ?? right;
    const cut = view.since || view.until; // else the axis below is the same
    const svg = make("svg", {
      class: "svg",
      width,
      height: high + (cut ? 18 : 2),
      role: "group",
      "aria-label": t("explore.strip"),
    });
    if (cut) svg.append(...drawTicks(x, left, right, high + 14, high));
    if (cut)
      svg.append(
        make("rect", {
          class: "shade",
          x: x(Math.max(left, since)),
          width: Math.max(2, x(Math.min(right, until) + 1) - x(Math.max(left, since))),
          y: 0,
          height: high,
        }),
      );
    bins.starts.forEach((start, at) => {
      if (!counts[at]) return;
      const end = nextOf(bins.unit, start) - 1,
        tall = Math.max(2, (counts[at] / most) * (high - 2));
      const label = t("explore.within", { unit: words.unit(bins.unit, start), events: words.events(counts[at]) });
      const inBin = (i) => !(facts.fails[i] & ~PERIOD) && bins.bin(data.date[i]) === at;
      svg.append(
        tellBin(
          label,
          inBin,
          "g",
          {
            role: "button",
            class: `bin ${start > until || end < since ? "out" : ""}`,
            "data-key": `s${start}`,
            "aria-label": label,
            onclick: (event) => {
              const other = event.shiftKey && anchor ? Number(anchor.slice(1)) : start;
              anchor = null;
              app.choose({
                since: toIso(Math.min(other, start)),
                until: toIso(nextOf(bins.unit, Math.max(other, start)) - 1),
              });
            },
          },
          make("rect", { class: "reach", x: x(start), width: Math.max(1, x(end + 1) - x(start)), y: 0, height: high }),
          make("rect", {
            class: "bar",
            x: x(start) + 0.5,
            width: Math.max(1.5, x(end + 1) - x(start) - 1),
            y: high - tall,
            height: tall,
          }),
        ),
      );
    });
    dragPeriod(svg, app, unscale(left, right));
    strip.replaceChildren(svg);
  }

  /** Make a bar of counts, which tells of what its events consist. */
  function tellBin(label, holds, tag, attributes, ...children) {
    return withTip(make(tag, attributes, ...children), () => [
      [label],
      [...summarise(app, holds), t("explore.click_period")],
    ]);
  }

  /** First and last pixel of an event on the axis. */
  function placeEvent(date, x, from, to) {
    if (data.exact(date)) return [x(data.first(date) + 0.5) - 5, x(data.first(date) + 0.5) + 5];
    const first =
      data.first(date) === OPEN_FROM
        ? x(Math.min(to, data.last(date)) + 1) - FADE
        : x(Math.max(from, data.first(date)));
    const end = data.last(date) === OPEN_TO ? first + FADE : x(Math.min(to, data.last(date)) + 1);
    const middle = (first + end) / 2,
      wide = Math.max(SHORTEST, end - first) / 2;
    return [Math.max(EDGE, middle - wide), Math.min(width - EDGE, Math.max(middle + wide, EDGE + SHORTEST))];
  }

  /** Put each event into the first row of its lane in which it covers nothing; nothing if a lane grows too deep. */
  function pack(found, x, from, to) {
    const rows = LANES.map(() => /** @type {number[]} */ ([])); // of each lane, where its rows end
    const placed = [];
    for (const i of found) {
      const lane = data.types[data.type[i]].lane;
      const [left, right] = placeEvent(data.date[i], x, from, to);
      let row = rows[lane].findIndex((end) => end <= left);
      if (row < 0) row = rows[lane].push(0) - 1;
      if (row >= DEEP) return null;
      rows[lane][row] = right + 1;
      placed.push({ i, lane, row, left, right });
    }
    return { placed, deep: rows.map((row) => row.length) };
  }

  function drawMark({ i, lane, row, left, right }, top, from, to) {
    const date = data.date[i],
      y = top + row * ROW + ROW / 2,
      { side } = data.types[data.type[i]];
    const hollow = isHollow(data, i);
    const middle = (left + right) / 2;
    let shape;
    if (data.exact(date)) {
      shape =
        side > 0
          ? make("path", { d: `M${middle - 5} ${y + 4}h10l-5 -9z` })
          : side < 0
            ? make("path", { d: `M${middle - 5} ${y - 4}h10l-5 9z` })
            : make("circle", { cx: middle, cy: y, r: 4.2 });
    } else {
      const back = data.dated[date] & BEFORE || data.first(date) < from ? 5 : 0, // or it goes on beyond the period
        on = data.dated[date] & ONWARDS || data.last(date) > to ? 5 : 0;
      shape = make("path", {
        d: `M${left + back} ${y - 3}L${right - on} ${y - 3}L${right} ${y}L${right - on} ${y + 3}L${left + back} ${y + 3}L${left} ${y}z`,
        class: "vague",
      });
    }
    const mark = make(
      "g",
      {
        role: "button",
        class: `mark side${side} ${hollow ? "hollow" : ""} ${data.dated[date] & ABOUT ? "about" : ""} ${i === app.open ? "current" : ""}`,
        "data-key": `e${i}`,
        "data-row": lane,
        "data-at": Math.round(middle),
        "aria-label": words.event(i),
        onclick: () => app.show(i, node),
      },
      make("rect", { class: "reach", x: left - 1, width: right - left + 2, y: y - ROW / 2, height: ROW }),
      shape,
    );
    return withTip(mark, () => words.tellEvent(i));
  }

  function drawLaneName(lane, n, y) {
    const ids = data.types.filter((type) => type.lane === lane).map(({ id }) => id);
    const name = t(`explore.lane.${LANES[lane]}`);
    const label = `${name}: ${words.events(n)}`;
    const named = make(
      "g",
      {
        role: "button",
        class: "lane",
        "data-key": `l${lane}`,
        "data-row": lane,
        "data-at": -1e4,
        "aria-label": label,
        onclick: () => app.choose({ types: ids }),
      },
      make("rect", { class: "reach", x: 0, width: Math.min(width, 240), y: y - 14, height: 18 }),
      make("text", { x: EDGE, y }, `${name} · ${words.number(n)}`),
    );
    return withTip(named, () => [[label], [t("explore.click_lane")]]);
  }

  /** What ended before the lanes begin; the link goes, and the focus goes on to the lanes. */
  function chooseEarly(from) {
    app.choose({ until: toIso(from - 1) });
    inLanes.focus();
  }
  /** The timeline shows none of them; the table does, alone or among the others. */
  function chooseUndated() {
    app.choose({ undated: app.view.undated ? "" : "yes" });
  }
  function drawLanes(facts, view) {
    const whole = facts.whole.reduce((sum, n) => sum + n, 0);
    const until = toDay(view.until) ?? data.to;
    const from =
      toDay(view.since) ?? (until < data.start ? data.from : Math.max(data.from, Math.min(data.start, data.to)));
    const to = Math.max(from, until);
    let early = 0; // the case says that its overview begins later
    facts.dates.forEach((n, date) => {
      if (n && data.last(date) < from) early += n;
    });
    const shows = (i) => !data.undated(data.date[i]) && data.last(data.date[i]) >= from;
    const x = scale(from, to);
    const packed =
      facts.found.length - facts.undated - early <= DRAWN ? pack(facts.found.filter(shows), x, from, to) : null;
    const tops = [],
      sums = LANES.map((_, lane) =>
        data.types.reduce((sum, type, at) => sum + (type.lane === lane ? facts.kinds[at] : 0), 0),
      );
    let y = LABEL;
    for (const lane of LANES.keys()) {
      tops.push(y);
      y += LABEL + (packed ? Math.max(1, packed.deep[lane]) * ROW : TALL) + 6;
    }
    const svg = make("svg", { class: "svg", width, height: y, role: "group", "aria-label": t("explore.lanes") });
    svg.append(...drawTicks(x, from, to, 12, y));
    LANES.forEach((_, lane) =>
      svg.append(
        make("line", { class: "base", x1: 0, x2: width, y1: tops[lane], y2: tops[lane] }),
        drawLaneName(lane, sums[lane], tops[lane] + 14),
      ),
    );
    let coarse = 0;
    if (packed) packed.placed.forEach((one) => svg.append(drawMark(one, tops[one.lane] + LABEL, from, to)));
    else coarse = drawCounts(svg, facts, makeBins(data, from, to, Math.max(24, width / 8)), x, tops, from, to);
    dragPeriod(svg, app, unscale(from, to));
    lanes.replaceChildren(svg);
    notes.replaceChildren(
      ...[
        early > 0 &&
          make(
            "button",
            { type: "button", class: "link", onclick: () => chooseEarly(from) },
            t("explore.early", { day: words.day(from), events: words.events(early) }),
          ),
        (view.since || view.until) &&
          !view.undated &&
          barred < whole &&
          make("span", {}, t("explore.strip_left", { events: words.events(whole - barred) })),
        coarse > 0 && make("span", {}, t("explore.coarse", { events: words.events(coarse) })),
      ]
        .filter(Boolean)
        .flatMap((part) => [part, " "]),
    );
    const told = view.undated ? "explore.undated_alone" : "explore.undated";
    undated.textContent = t(told, { events: words.events(facts.undated) });
    undated.hidden = !view.undated && !facts.undated;
    key.textContent = t(packed ? "explore.key" : "explore.key_counts");
  }

  /** Count the events per lane and unit of time; return how many are dated more coarsely than the unit. */
  function drawCounts(svg, facts, bins, x, tops, from, to) {
    const nTypes = data.types.length;
    const counts = LANES.map(() => new Uint32Array(bins.starts.length));
    let coarse = 0;
    for (let date = 0; date < data.span.length / 2; date++) {
      if (data.undated(date) || data.last(date) < from || data.first(date) > to) continue;
      const bin = bins.bin(date);
      for (let type = 0; type < nTypes; type++) {
        const n = facts.days[date * nTypes + type];
        if (!n) continue;
        if (bin < 0) coarse += n;
        else counts[data.types[type].lane][bin] += n;
      }
    }
    const most = counts.reduce((a, lane) => lane.reduce((b, n) => Math.max(b, n), a), 1);
    counts.forEach((lane, number) =>
      lane.forEach((n, at) => {
        if (!n) return;
        const start = bins.starts[at],
          end = nextOf(bins.unit, start) - 1,
          base = tops[number] + LABEL + TALL,
          tall = Math.max(2, (n / most) * (TALL - 2));
        const left = Math.max(EDGE, x(start)),
          wide = Math.max(1.5, Math.min(width - EDGE, x(end + 1)) - left - 1);
        const label = `${words.unit(bins.unit, start)}, ${t(`explore.lane.${LANES[number]}`)}: ${words.events(n)}`;
        const inBin = (i) =>
          !facts.fails[i] && data.types[data.type[i]].lane === number && bins.bin(data.date[i]) === at;
        svg.append(
          tellBin(
            label,
            inBin,
            "g",
            {
              role: "button",
              class: `bin side${number < 2 ? 1 : -1}`,
              "data-key": `c${number}-${start}`,
              "data-row": number,
              "data-at": at,
              "aria-label": label,
              onclick: () => app.choose({ since: toIso(Math.max(from, start)), until: toIso(Math.min(to, end)) }),
            },
            make("rect", { class: "reach", x: left, width: wide + 1, y: base - TALL, height: TALL }),
            make("rect", { class: "bar", x: left, width: wide, y: base - tall, height: tall }),
          ),
        );
      }),
    );
    return coarse;
  }

  const draw = (facts, view) => {
    last = [facts, view];
    width ||= measure();
    anchor = null;
    inStrip.redraw(() => drawStrip(facts, view));
    inLanes.redraw(() => drawLanes(facts, view));
  };
  const measure = () => Math.max(280, Math.floor(strip.clientWidth)); // the browser must lay out the page for that
  const resize = () => {
    const before = width;
    width = measure();
    if (last && width !== before) draw(...last);
  };
  return { node, draw, resize, redraw: () => last && draw(...last) };
}
