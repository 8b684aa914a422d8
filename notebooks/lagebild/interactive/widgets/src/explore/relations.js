// Who acts towards whom in the view: a matrix and a graph of the same actors.

import { make } from "../kit/elements.js";
import { inRow, inRows } from "../kit/focus.js";
import { Acts, SIGNS } from "./data.js";
import { ACTORS } from "./filter.js";
import { makeRoving, summarise, withTip } from "./items.js";
import { makeHead, makeLegend } from "./save.js";

/** @import { App, Facts, Sayings, View } from "./types.js" */

// The relation matrix of the view: who acts towards whom. Cells that the choice of actors leaves out stay, in grey, so
// that another one can be chosen.

const BUSIEST = 12; // actors that have a row; all others share one

/**
 * Return the actors of matrix and graph: those with most events round the chosen ones, and the chosen ones.
 *
 * @param {App} app
 * @param {Facts} facts
 * @param {View} view
 */
export function chooseActors(app, facts, view) {
  const { data } = app;
  const weight = new Uint32Array(data.actors.length),
    whole = app.weights;
  facts.around.forEach((n, pair) => {
    weight[data.pairs[2 * pair]] += n;
    weight[data.pairs[2 * pair + 1]] += n;
  });
  const named = new Set(view.actors.flatMap((value) => value.split(/[>~]/)).map((id) => data.actorAt.get(id)));
  const ranked = Array.from(weight.keys())
    .filter((actor) => weight[actor])
    .sort((a, b) => Number(named.has(b)) - Number(named.has(a)) || weight[b] - weight[a] || a - b);
  return ranked.slice(0, BUSIEST).sort((a, b) => whole[b] - whole[a] || a - b);
}

/**
 * Count events per pair of the chosen actors, with the last place for all others: an event that ties a pair twice counts
 * once, and so do the stages of a process among those that weigh. With `both`, the two directions of a pair are one,
 * under [smaller place, larger place].
 *
 * @param {App} app
 * @param {Facts} facts
 * @param {number[]} actors
 */
export function sumPairs(app, facts, actors, both = false) {
  const { data } = app;
  const size = actors.length + 1;
  const at = new Int32Array(data.actors.length).fill(actors.length);
  actors.forEach((actor, place) => {
    at[actor] = place;
  });
  const cells = Array.from({ length: size * size }, () => ({ around: 0, inside: 0, weighing: 0, net: 0 }));
  const seen = new Int32Array(size * size).fill(-1);
  const acts = new Acts(data),
    begun = new Set();
  for (let i = 0; i < data.n; i++) {
    const fail = facts.fails[i];
    if (fail & ~ACTORS) continue;
    const weighs = !fail && data.weighs[i];
    for (let tie = data.ties_from[i]; tie < data.ties_from[i + 1]; tie++) {
      const ends = [at[data.pairs[2 * data.ties[tie]]], at[data.pairs[2 * data.ties[tie] + 1]]];
      const key = both ? Math.min(...ends) * size + Math.max(...ends) : ends[0] * size + ends[1];
      const cell = cells[key];
      if (weighs) cell.net += acts.add(i, tie); // each direction, as in the signed graph
      if (seen[key] === i) continue;
      seen[key] = i;
      cell.around++;
      if (!fail) cell.inside++;
      if (!weighs) continue;
      const act = data.process[i] ? `${key} ${data.process[i]}` : "";
      if (!act || !begun.has(act)) cell.weighing++;
      begun.add(act);
    }
  }
  return { size, cell: (a, b) => cells[a * size + b] };
}

/**
 * Return what a cell or an edge tells: its label, and of what its events in view consist.
 *
 * @param {App} app
 * @param {Facts} facts
 * @param {string} label
 */
function describePair(app, facts, cell, label, [a, b], both = false) {
  const { t, words } = app;
  const at = [pairOf(app, a, b), ...(both ? [pairOf(app, b, a)] : [])].filter((pair) => pair >= 0);
  const own = new Set(at);
  const more = cell.inside
    ? summarise(app, (i) => !facts.fails[i] && words.list("ties", i).some((tie) => own.has(tie)))
    : [];
  if (cell.weighing) more.unshift(t("explore.net", { net: words.signed(cell.net) }));
  return [[label], [...more, t("explore.click_pair")]];
}

/**
 * Return what an actor's node or name tells.
 *
 * @param {App} app
 * @param {Facts} facts
 * @param {number} actor
 * @param {string} label
 */
function describeActor(app, facts, actor, label) {
  const more = summarise(app, (i) => !facts.fails[i] && app.words.list("people", i).includes(actor));
  return [[label], [...more, app.t("explore.click_actor")]];
}

/**
 * Return the number of a directed pair of actors.
 *
 * @param {App} app
 */
function pairOf(app, a, b) {
  const { pairs } = app.data;
  for (let at = 0; at < pairs.length; at += 2) if (pairs[at] === a && pairs[at + 1] === b) return at / 2;
  return -1;
}

/** @param {number} net */
const signOf = (net) => (Math.abs(net) < 0.05 ? 0 : Math.sign(net));

/**
 * Return what stands in a cell: the sign alone, for a number beside it would be read as a sum, or in brackets how many
 * events do not weigh; how many events there are, of a cell that the choice of actors leaves out.
 *
 * @param {{ around: number, inside: number, weighing: number, net: number }} cell
 * @param {Sayings} words
 */
export function writeCell(cell, words) {
  if (!cell.inside) return words.short(cell.around);
  return cell.weighing ? SIGNS[signOf(cell.net)] : `(${words.short(cell.inside)})`;
}

/** @param {App} app */
export function makeMatrix(app) {
  const { t, data, words } = app;
  const box = make("div", { class: "scroll" });
  const node = make(
    "section",
    { class: "matrix", role: "group", "aria-label": t("explore.matrix") },
    makeHead(app, "matrix", () => [box]),
    box,
    makeLegend(t, t("explore.matrix_hint")),
  );
  const keys = makeRoving(box, inRows);

  function tellCell(cell, a, b) {
    if (!cell.inside) return t("explore.cell_out", { a, b, events: words.events(cell.around) });
    const sign = cell.weighing ? SIGNS[signOf(cell.net)] : "?";
    return t("explore.cell", { a, b, sign, events: words.events(cell.inside), n: words.number(cell.weighing) });
  }

  function drawCell(facts, sums, actors, a, b, chosen) {
    const cell = sums.cell(a, b);
    const others = a === actors.length || b === actors.length;
    const [source, target] = [a, b].map((place) => data.actors[actors[place]]);
    if (!cell.around) return make("td", { role: "gridcell", class: a === b && !others ? "same" : "" });
    const names = [source?.name ?? t("explore.others"), target?.name ?? t("explore.others_towards")];
    const sign = signOf(cell.net);
    const text = writeCell(cell, words);
    const strength = Math.min(1, Math.abs(cell.net) / data.saturation); // as in the matrix of the report
    const label = tellCell(cell, ...names);
    if (others)
      return withTip(
        make("td", { role: "gridcell", class: `rest ${cell.inside ? "" : "ghost"}`, "aria-label": label }, text),
        () => [[label], cell.weighing ? [t("explore.net", { net: words.signed(cell.net) })] : []],
      );
    const value = `${source.id}>${target.id}`;
    const state = [
      cell.inside ? "full" : "ghost",
      cell.inside && cell.weighing ? `side${sign}` : "",
      chosen.has(value) ? "chosen" : "",
      app.ties.has(value) ? "current" : "",
    ];
    const td = make(
      "td",
      {
        role: "gridcell",
        class: state.join(" "),
        style: `--strength:${Math.round(strength * 100)}%`,
        "data-key": value,
        "data-row": a,
        "data-at": b,
        "aria-label": label,
        "aria-selected": String(chosen.has(value)),
        onclick: () => app.toggleActor(value),
      },
      text,
    );
    return withTip(td, () => describePair(app, facts, cell, label, [actors[a], actors[b]]));
  }

  return {
    node,
    draw(facts, view) {
      const actors = chooseActors(app, facts, view);
      const sums = sumPairs(app, facts, actors);
      const rest = Array.from(
        { length: sums.size },
        (_, at) => sums.cell(at, actors.length).around + sums.cell(actors.length, at).around,
      ).some(Boolean);
      const places = Array.from({ length: actors.length + (rest ? 1 : 0) }, (_, at) => at);
      const chosen = new Set(
        view.actors.flatMap((value) =>
          value.includes("~") ? [value.replace("~", ">"), value.replace(/(.+)~(.+)/, "$2>$1")] : [value],
        ),
      );
      const head = (place, scope) => {
        const actor = data.actors[actors[place]];
        const role = `${scope === "col" ? "column" : "row"}header`;
        if (!actor) return make("th", { scope, role, class: "rest" }, make("span", {}, t("explore.others")));
        const row = scope === "row" ? { "data-row": place, "data-at": -1 } : { "data-row": -1, "data-at": place };
        const label = t("explore.node", { name: actor.name, events: words.events(facts.people[actors[place]]) });
        const th = make(
          "th",
          {
            scope,
            role,
            "data-key": `${scope}${actor.id}`,
            class: chosen.has(actor.id) ? "chosen" : "",
            "aria-label": label,
            "aria-selected": String(chosen.has(actor.id)),
            ...row,
            onclick: () => app.toggleActor(actor.id),
          },
          make("span", {}, actor.name),
        );
        return withTip(th, () => describeActor(app, facts, actors[place], label));
      };
      keys.redraw(() =>
        box.replaceChildren(
          actors.length
            ? make(
                "table",
                { role: "grid", "aria-label": t("explore.matrix") },
                make(
                  "thead",
                  { role: "rowgroup" },
                  make(
                    "tr",
                    { role: "row" },
                    make("td", { role: "gridcell", class: "corner" }, t("explore.corner")),
                    places.map((place) => head(place, "col")),
                  ),
                ),
                make(
                  "tbody",
                  { role: "rowgroup" },
                  places.map((a) =>
                    make(
                      "tr",
                      { role: "row" },
                      head(a, "row"),
                      places.map((b) => drawCell(facts, sums, actors, a, b, chosen)),
                    ),
                  ),
                ),
              )
            : make("p", { class: "none" }, t(data.n ? "explore.none" : "explore.empty")),
        ),
      );
    },
  };
}

// The signed graph of the actors of the matrix, both directions of a tie together. The actors stand in a circle, each
// beside those with whom it stands best in the whole edition: the same view is always drawn the same.

const GRAPH = { wide: 620, high: 430, x: 310, y: 215, rx: 148, ry: 160 };

/**
 * Return places in an order in which friends stand beside each other.
 *
 * @param {number[]} actors
 */
export function orderCircle(actors, warmth) {
  const left = actors.slice(1),
    order = actors.slice(0, 1);
  while (left.length) {
    const at = [order[0], order[order.length - 1]];
    const fits = left.map((actor) => Math.max(...at.map((end) => warmth(end, actor))));
    const [next] = left.splice(fits.indexOf(Math.max(...fits)), 1);
    if (warmth(order[0], next) > warmth(order[order.length - 1], next)) order.unshift(next);
    else order.push(next);
  }
  return order;
}

/** @param {App} app */
export function makeGraph(app) {
  const { t, data, words } = app;
  const box = make("div", { class: "picture" });
  const node = make(
    "section",
    { class: "graph", role: "group", "aria-label": t("explore.graph") },
    makeHead(app, "graph", () => [box]),
    box,
    makeLegend(t, t("explore.graph_hint")),
  );
  const keys = makeRoving(box, (item, key, items) => {
    if (key !== "ArrowDown" && key !== "ArrowUp")
      return inRow(
        item,
        key,
        items.filter(
          (one) => one.tagName === item.tagName && one.classList.contains("node") === item.classList.contains("node"),
        ),
      );
    const own = item.dataset.key;
    if (item.classList.contains("node"))
      return items.find((one) => one.dataset.key.split("~").includes(own) && one !== item);
    return items.find((one) => one.dataset.key === own.split("~")[0]);
  });
  const cut = (name) => (name.length > 19 ? `${name.slice(0, 18)}…` : name);

  function draw(facts, view) {
    const chosen = chooseActors(app, facts, view);
    const order = orderCircle(chosen, app.warmth);
    const sums = sumPairs(app, facts, order, true);
    const place = order.map((_, at) => {
      const angle = (2 * Math.PI * at) / order.length - Math.PI / 2;
      return [
        GRAPH.x + GRAPH.rx * Math.cos(angle),
        GRAPH.y + GRAPH.ry * Math.sin(angle),
        Math.cos(angle),
        Math.sin(angle),
      ];
    });
    const edges = [];
    for (let a = 0; a < order.length; a++) {
      for (let b = a + 1; b < order.length; b++) {
        const cell = sums.cell(a, b);
        if (cell.around) edges.push({ a, b, ...cell });
      }
    }
    const thick = edges.length > 36 ? 2.5 : 6;
    const most = edges.reduce((n, edge) => Math.max(n, edge.inside), 1);
    edges.sort((x, y) => x.inside - y.inside || x.a - y.a || x.b - y.b); // the busiest on top
    const drawn = edges.map((edge) => {
      const ids = [order[edge.a], order[edge.b]].map((actor) => data.actors[actor].id).sort();
      const value = ids.join("~"),
        names = ids.map((id) => words.actor(id));
      const sign = signOf(edge.net);
      const label = edge.inside
        ? t("explore.edge", {
            a: names[0],
            b: names[1],
            sign: edge.weighing ? SIGNS[sign] : "?",
            events: words.events(edge.inside),
          })
        : t("explore.edge_out", { a: names[0], b: names[1], events: words.events(edge.around) });
      const [[x1, y1], [x2, y2]] = [place[edge.a], place[edge.b]];
      const current = [ids.join(">"), ids.slice().reverse().join(">")].some((tie) => app.ties.has(tie));
      const state = [
        "edge",
        edge.inside ? `side${edge.weighing ? sign : 0}` : "ghost",
        view.actors.includes(value) ? "chosen" : "",
        current ? "current" : "",
      ];
      const drawnEdge = make(
        "g",
        {
          role: "button",
          class: state.join(" "),
          "data-key": value,
          "aria-label": label,
          "aria-pressed": String(view.actors.includes(value)),
          onclick: () => app.toggleActor(value),
        },
        make("line", { class: "reach", x1, y1, x2, y2 }),
        make("line", {
          class: "tie",
          x1,
          y1,
          x2,
          y2,
          "stroke-width": edge.inside ? (1.2 + (thick * edge.inside) / most).toFixed(1) : 1,
        }),
      );
      return withTip(drawnEdge, () => describePair(app, facts, edge, label, [order[edge.a], order[edge.b]], true));
    });
    const nodes = order.map((actor, at) => {
      const { id, name } = data.actors[actor];
      const [x, y, cos, sin] = place[at];
      const label = t("explore.node", { name, events: words.events(facts.people[actor]) });
      const anchor = Math.abs(cos) < 0.2 ? "middle" : cos > 0 ? "start" : "end";
      const node = make(
        "g",
        {
          role: "button",
          class: `node ${view.actors.includes(id) ? "chosen" : ""} ${app.actors.has(id) ? "current" : ""}`,
          "data-key": id,
          "data-entry": at === 0 && "yes",
          "aria-label": label,
          "aria-pressed": String(view.actors.includes(id)),
          onclick: () => app.toggleActor(id),
        },
        make("circle", { class: "reach", cx: x, cy: y, r: 16 }),
        make("circle", { class: "dot", cx: x, cy: y, r: 8 }),
        make("text", { x: x + 13 * cos, y: y + 4 + 17 * sin, "text-anchor": anchor }, cut(name)),
      );
      return withTip(node, () => describeActor(app, facts, actor, label));
    });
    keys.redraw(() =>
      box.replaceChildren(
        order.length
          ? make(
              "svg",
              {
                class: "svg",
                viewBox: `0 0 ${GRAPH.wide} ${GRAPH.high}`,
                role: "group",
                "aria-label": t("explore.graph"),
              },
              drawn,
              nodes,
            )
          : make("p", { class: "none" }, t(data.n ? "explore.none" : "explore.empty")),
      ),
    );
  }
  return { node, draw };
}
