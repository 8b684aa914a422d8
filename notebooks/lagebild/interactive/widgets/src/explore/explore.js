// The explorer: one view, shown by controls, timeline, matrix, graph, table and the line for papermill. All events are
// in the browser, and are filtered there; a kernel is only asked for sentences of large cases.

import { findOne, focused, keepKeys, make, readWords } from "../kit/elements.js";
import { openAlone } from "./alone.js";
import { makeControls } from "./controls.js";
import { makeWords, readData } from "./data.js";
import { Filter, Search } from "./filter.js";
import { makeTips } from "./items.js";
import { makeGraph, makeMatrix } from "./relations.js";
import { makeSentences, makeTable } from "./table.js";
import { makeTimeline } from "./timeline.js";
import { Views, makeLine, readView, writeView } from "./view.js";

/** @import { App, Part } from "./types.js" */

function render({ model, el }) {
  const t = readWords(model);
  const data = readData(model);
  const words = makeWords(t, data, model.get("language"));
  const search = new Search(data, model, (asked) => hear(asked));
  const filter = new Filter(data, search);
  const views = new Views(readView(model.get("view")));
  const live = make("p", { class: "hidden", role: "status", "aria-live": "polite" });
  /** @type {string | null} */
  let from = null; // where the focus returns to when the sentences are closed
  let saving = 0;

  const app = /** @type {App} */ ({
    t,
    data,
    words,
    search,
    place: model.get("place"),
    view: views.now,
    open: -1, // the event whose sentences are shown, its ties and its actors
    ties: new Set(),
    actors: new Set(),
    facts: () => facts,
    say: (text) => {
      live.textContent = text;
    },
    canUndo: () => views.past.length > 0,
    tellFound: ({ found, undated }) =>
      t("explore.found", { n: words.number(found.length), all: words.events(data.n) }) +
      (undated ? ` (${t("explore.of_undated", { n: words.number(undated) })})` : ""),
    choose(change, goesOn = false) {
      if (views.change(change, goesOn)) showView();
    },
    /** Look at an actor or a pair alone, or at all again if it is the one already. */
    toggleActor: (value) =>
      app.choose({ actors: app.view.actors.length === 1 && app.view.actors[0] === value ? [] : [value] }),
    undo() {
      if (views.undo()) showView();
    },
    /** Show the sentences of an event below a part. */
    show(i, where) {
      tips.hush();
      from = focused()?.dataset?.key ?? null;
      app.open = i;
      const pair = (at) => [data.pairs[2 * at], data.pairs[2 * at + 1]].map((actor) => data.actors[actor].id);
      const ties = words.list("ties", i).map(pair);
      app.ties = new Set(ties.map((tie) => tie.join(">")));
      app.actors = new Set(ties.flat());
      point();
      sentences.open(i, where);
      home = where;
    },
    /** Close the sentences, and return to where they were opened. */
    hide() {
      sentences.close();
      app.open = -1;
      app.ties = app.actors = new Set();
      point();
      if (!home) return;
      const opener = from && findOne(`[data-key="${CSS.escape(from)}"]`, home);
      (opener || findOne("[data-key][tabindex='0']", home))?.focus({ preventScroll: true });
    },
  });
  // Actors and pairs of the whole edition: they keep the order of rows and nodes the same in every view.
  app.weights = new Uint32Array(data.actors.length);
  const warm = new Map();
  /** @type {HTMLElement | null} */
  let home = null;
  let facts = filter.count();
  facts.around.forEach((n, at) => {
    const [a, b] = [data.pairs[2 * at], data.pairs[2 * at + 1]];
    app.weights[a] += n;
    app.weights[b] += n;
    const key = a < b ? `${a} ${b}` : `${b} ${a}`;
    warm.set(key, (warm.get(key) ?? 0) + facts.net[at]);
  });
  app.warmth = (a, b) => warm.get(a < b ? `${a} ${b}` : `${b} ${a}`) ?? 0;

  const sentences = makeSentences(app, model);
  const controls = makeControls(app);
  const timeline = makeTimeline(app);
  const matrix = makeMatrix(app);
  const graph = makeGraph(app);
  const table = makeTable(app);
  const line = makeLine(app);
  /** @type {Part[]} */
  const parts = [controls, timeline, matrix, graph, table, line];
  const root = make(
    "div",
    { class: "lagebild explore", role: "region", lang: model.get("language"), "aria-label": t("explore.about") },
    controls.node,
    live,
    make(
      "div",
      { class: "columns" },
      make("div", { class: "column" }, timeline.node, table.node),
      make("div", { class: "column" }, matrix.node, graph.node),
    ),
    line.node,
    sentences.node,
  );
  keepKeys(root);
  const tips = makeTips(root);
  root.append(tips.node);
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    if (app.open >= 0) app.hide();
    else app.undo();
  });

  /** The kernel has searched the sentences, too, or does not answer. */
  function hear(asked) {
    if (asked === app.view.words) draw(true);
  }
  function showView() {
    app.view = views.now;
    draw();
  }
  function draw(again = false) {
    tips.hush();
    filter.set(app.view, again);
    facts = filter.count();
    for (const part of parts) part.draw(facts, app.view);
    sentences.redraw();
    if (root.dataset.found !== undefined) app.say(app.tellFound(facts));
    root.dataset.found = String(facts.found.length);
    clearTimeout(saving);
    saving = setTimeout(save, 300);
  }
  /** Tell the kernel the view, for the cells below; a page that is loaded anew begins with it, too. */
  function save() {
    try {
      model.set("view", writeView(app.view));
      model.save_changes();
    } catch {
      /* without a kernel this browser knows it */
    }
  }
  /** Mark the open event in the parts, which show the same events as before. */
  function point() {
    timeline.redraw();
    matrix.draw(facts, app.view);
    graph.draw(facts, app.view);
    table.redraw();
  }

  el.append(root);
  draw();
  const watch = new ResizeObserver(() => timeline.resize());
  watch.observe(timeline.node);
  return () => {
    watch.disconnect();
    clearTimeout(saving);
    save();
    controls.stop();
    sentences.stop();
    search.stop();
    tips.stop();
  };
}

export default { render };

const held = globalThis.document?.getElementById("explorer-state"); // in a page that has no kernel
if (held) openAlone(held, render);
