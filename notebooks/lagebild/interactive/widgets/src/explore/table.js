// The events in view as rows, one page at a time, and the sentences on which one of them rests.

import { make, setDisabled } from "../kit/elements.js";
import { inRow } from "../kit/focus.js";
import { readTerms, splitFound } from "../kit/match.js";
import { PATIENCE, isHollow } from "./data.js";
import { makeRoving, withTip } from "./items.js";
import { makeTableHead } from "./save.js";

/**
 * @import { Model } from "../kit/types.js"
 * @import { App, Sentence } from "./types.js"
 */

const PAGE = 10;

/**
 * Return a part of a text, in which the words that are looked for in all of it are marked.
 *
 * @param {string} text
 * @param {string[]} terms
 */
function markFound(text, terms, from = 0, to = text.length) {
  let start = 0;
  return splitFound(text, terms).map((piece, at) => {
    const part = piece.slice(Math.max(0, from - start), Math.max(0, to - start));
    start += piece.length;
    return at % 2 && part ? make("mark", { class: "hit" }, part) : part;
  });
}

/** @param {App} app */
export function makeTable(app) {
  const { t, data, words } = app;
  const body = make("tbody", {}),
    status = make("span", { class: "place" });
  let sort = "date",
    down = false,
    at = 0,
    rows = [],
    found = [];
  const ranks = {
    // the numbers by which a column sorts; equal ones stay in the order of time
    type: (i) => data.type[i],
    status: (i) => data.status[i] * 3 + data.contested[i],
    publishers: (i) => -data.publishers[i],
  };
  const heads = ["date", "who", "type", "status", "what", "publishers"].map((name) => {
    const label = t(`explore.column.${name}`);
    return make(
      "th",
      { scope: "col", class: name },
      name === "date" || name in ranks
        ? make(
            "button",
            { type: "button", "data-sort": name, onclick: () => sortBy(name) },
            label,
            make("span", { class: "way", "aria-hidden": "true" }),
          )
        : label,
    );
  });
  const table = make("table", { "aria-label": t("explore.table") }, make("thead", {}, make("tr", {}, heads)), body);
  const turn = (name, to) =>
    make("button", { type: "button", "data-turn": name, onclick: () => go(to()) }, t(`explore.page.${name}`));
  const last = () => Math.floor(Math.max(0, rows.length - 1) / PAGE) * PAGE;
  const [first, back, on, end] = [
    turn("first", () => 0),
    turn("back", () => at - PAGE),
    turn("on", () => at + PAGE),
    turn("end", last),
  ];
  const pages = make(
    "div",
    { class: "pages", role: "group", "aria-label": t("explore.pages") },
    first,
    back,
    status,
    on,
    end,
  );
  const box = make("div", { class: "scroll" }, table);
  const node = make(
    "section",
    { class: "table", role: "group", "aria-label": t("explore.table") },
    makeTableHead(app, () => found),
    box,
    pages,
  );
  const keys = makeRoving(body, (item, key, items) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    const place = items.indexOf(item) + step;
    if (key === "PageDown" || (step && place >= items.length && at < last())) return go(at + PAGE, 0);
    if (key === "PageUp" || (step && place < 0 && at > 0)) return go(at - PAGE, key === "PageUp" ? 0 : PAGE - 1);
    return step ? items[place] : inRow(item, key === "Home" || key === "End" ? key : "", items);
  });

  function order() {
    if (sort === "date") rows = down ? found.slice().reverse() : found;
    else {
      const rank = ranks[sort],
        bins = new Map();
      for (const i of found) {
        const value = rank(i);
        if (!bins.has(value)) bins.set(value, []);
        bins.get(value).push(i);
      }
      rows = Array.from(bins.keys())
        .sort((a, b) => (down ? b - a : a - b))
        .flatMap((value) => bins.get(value));
    }
  }
  function sortBy(name) {
    [down, sort] = [sort === name && !down, name];
    order();
    at = 0;
    drawPage();
  }
  /**
   * Go to a page, and return one of its rows.
   *
   * @param {number} to
   * @param {number | null} row
   */
  function go(to, row = null) {
    at = Math.max(0, Math.min(last(), to));
    drawPage();
    return row === null ? null : body.querySelectorAll("[data-key]")[Math.min(row, rows.length - at - 1)];
  }
  function drawPage() {
    heads.forEach((head, place) => {
      const name = ["date", "who", "type", "status", "what", "publishers"][place];
      if (name === sort) head.setAttribute("aria-sort", down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
    const shown = Array.from(rows.slice(at, at + PAGE));
    const terms = readTerms(app.view.words);
    keys.redraw(() =>
      body.replaceChildren(
        ...(shown.length
          ? shown.map((i) => drawRow(i, terms))
          : [make("tr", {}, make("td", { colspan: 6, class: "none" }, t(data.n ? "explore.none" : "explore.empty")))]),
      ),
    );
    status.textContent = rows.length
      ? t("explore.rows", {
          from: words.number(at + 1),
          to: words.number(at + shown.length),
          n: words.number(rows.length),
        })
      : "";
    for (const button of [first, back]) setDisabled(button, at === 0);
    for (const button of [on, end]) setDisabled(button, at >= last());
    pages.hidden = rows.length <= PAGE;
  }
  function drawRow(i, terms) {
    const { side } = data.types[data.type[i]];
    const signs = isHollow(data, i) ? { 1: "△", "-1": "▽", 0: "○" } : { 1: "▲", "-1": "▼", 0: "●" };
    const row = make(
      "tr",
      { class: i === app.open ? "current" : "", onclick: () => app.show(i, node) },
      make("td", { class: "date" }, words.when(i)),
      make("td", { class: "who" }, words.who(i)),
      make(
        "td",
        { class: "type" },
        make("span", { class: `dot side${side}`, "aria-hidden": "true" }, signs[side]),
        ` ${words.type(i)}`,
      ),
      make("td", { class: "status" }, words.status(i)),
      make(
        "td",
        { class: "what" },
        make(
          "button",
          {
            type: "button",
            class: "row",
            "data-key": `r${i}`,
            "aria-expanded": String(i === app.open),
            onclick: (event) => {
              event.stopPropagation();
              app.show(i, node);
            },
          },
          markFound(data.summaries[i], terms),
        ),
        make(
          "span",
          { class: "small" },
          make("span", { class: "whom" }, `${words.who(i)} · `),
          `${words.type(i)} · ${words.status(i)}`,
        ),
      ),
      make("td", { class: "publishers" }, words.number(data.publishers[i])),
    );
    return withTip(row, () => words.tellEvent(i), true);
  }
  return {
    node,
    draw(facts) {
      found = facts.found;
      order();
      at = 0;
      drawPage();
    },
    redraw: drawPage,
  };
}

// The sentences on which an event rests, below the part in which it was chosen, each with its page and its address.

/**
 * Return an address that leads to the web and nowhere else, or nothing.
 *
 * @param {string} url
 */
export function readAddress(url) {
  try {
    const address = new URL(url);
    return address.protocol === "https:" || address.protocol === "http:" ? address : null;
  } catch {
    return null;
  }
}

/**
 * @param {App} app
 * @param {Model} model
 */
export function makeSentences(app, model) {
  const { t, data, words } = app;
  const title = make("h3", { tabindex: "-1" }),
    facts = make("p", { class: "hint" }),
    only = make("div", { class: "only" }),
    list = make("ul", {});
  const close = make("button", { type: "button", class: "close", onclick: () => app.hide() }, t("explore.close"));
  const node = make(
    "section",
    { class: "sentences", role: "group", hidden: true, "aria-label": t("explore.sentences") },
    make("div", { class: "head" }, title, close),
    facts,
    only,
    list,
  );
  const token = Math.random().toString(36).slice(2); // of this view: another one of the widget asks for itself
  let number = 0,
    timer = 0,
    asked = "",
    summary = "",
    marked = ""; // the words that are marked
  /** @type {Sentence[]} */
  let shown = [];

  function drawAddress(url, text) {
    const address = readAddress(url);
    if (!address) return null;
    return make(
      "a",
      { href: address.href, target: "_blank", rel: "noopener noreferrer" },
      text || address.hostname,
      make("span", { class: "hidden" }, ` (${t("explore.new_tab")})`),
    );
  }

  function drawSentence(one, terms) {
    const [from, to] = [one.before.length, one.before.length + one.evidence.length];
    const part = (start, end) => markFound(one.before + one.evidence + one.after, terms, start, end);
    const outlet =
      one.reporter === one.publisher
        ? one.publisher
        : t("explore.via", { reporter: one.reporter, publisher: one.publisher });
    const link = drawAddress(one.url, one.title);
    const made = one.origin === "drafted" && one.reviewed === "yes" ? t("annex.accepted") : t(`annex.${one.origin}`);
    const notes = [
      t(`status.${one.status}`),
      one.stance !== "supports" && t(`stance.${one.stance}`),
      one.speaker && `${t("annex.speaker")} ${one.speaker}`,
      one.cue && `${t("annex.cue")} ${t("quoted", { text: one.cue })}`,
      `${made} ${one.mention_id}`,
    ]
      .filter(Boolean)
      .join(" · ");
    return make(
      "li",
      {},
      make("q", { lang: one.language }, part(0, from), make("mark", {}, part(from, to)), part(to)),
      make(
        "p",
        { class: "by" },
        make("b", {}, outlet),
        `, ${one.published} · `,
        make("span", { title: t("explore.grade") }, `${t("explore.grade")} ${one.grade}`),
        link ? " · " : "",
        link,
      ),
      make(
        "p",
        { class: "by" },
        notes,
        one.rule && [` · ${t("annex.rule")} `, make("code", {}, one.rule)],
        one.decisions.map((decision) => ` · ${decision}`),
      ),
    );
  }

  function fill(told) {
    const terms = readTerms(app.view.words);
    [shown, marked] = [told, app.view.words];
    title.replaceChildren(...markFound(summary, terms));
    list.replaceChildren(...told.map((one) => drawSentence(one, terms)));
  }
  function say(text) {
    fill([]);
    list.replaceChildren(make("li", { class: "wait" }, text));
  }

  /** Ask the kernel; one that is gone does not answer. */
  function ask(id) {
    number += 1;
    asked = `${token}-${number}`;
    const own = asked;
    say(t("explore.asking"));
    const gone = () => asked === own && say(t("explore.gone"));
    clearTimeout(timer);
    timer = setTimeout(gone, PATIENCE);
    try {
      model.send({ ask: "sentences", event: id, number: own });
    } catch {
      gone();
    }
  }
  function hear(answer) {
    if (answer.number !== asked) return;
    clearTimeout(timer);
    asked = "";
    if (answer.fault) say(answer.fault);
    else fill(answer.sentences);
  }
  model.on("msg:custom", hear);

  return {
    node,
    open(i, where) {
      const id = data.ids[i];
      summary = data.summaries[i];
      facts.textContent = [
        words.when(i),
        words.type(i),
        words.who(i),
        words.status(i),
        words.outlets(data.publishers[i]),
        id,
      ].join(" · ");
      const ties = words
        .list("ties", i)
        .map((pair) => `${data.actors[data.pairs[2 * pair]].id}>${data.actors[data.pairs[2 * pair + 1]].id}`);
      const pairs = [...new Set(ties.map((tie) => tie.split(">").sort().join("~")))].slice(0, 3);
      only.replaceChildren(
        ...pairs.map((pair) =>
          make(
            "button",
            { type: "button", onclick: () => app.choose({ actors: [pair] }) },
            t("explore.only", { name: words.actor(pair) }),
          ),
        ),
        make(
          "button",
          { type: "button", onclick: () => app.choose({ types: [data.types[data.type[i]].id] }) },
          t("explore.only", { name: words.type(i) }),
        ),
      );
      where.after(node);
      node.hidden = false;
      asked = "";
      const sent = model.get("sentences");
      if (sent) fill(sent[id] ?? []);
      else ask(id);
      title.focus({ preventScroll: true });
      node.scrollIntoView({ block: "nearest" });
    },
    /** Mark the words that are looked for now; what is asked for comes with them. */
    redraw: () => shown.length && marked !== app.view.words && fill(shown),
    close() {
      node.hidden = true;
      asked = "";
    },
    stop() {
      clearTimeout(timer);
      model.off("msg:custom", hear);
    },
  };
}
