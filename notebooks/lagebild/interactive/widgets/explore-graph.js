// The signed graph of the actors of the matrix, both directions of a tie together. The actors stand in a circle, each
// beside those with whom it stands best in the whole edition: the same view is always drawn the same.

const GRAPH = { wide: 620, high: 430, x: 310, y: 215, rx: 168, ry: 160 };

/** Return places in an order in which friends stand beside each other. */
function orderCircle(actors, warmth) {
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

function makeGraph(app) {
  const { t, data, words } = app;
  const box = make("div", { class: "picture" });
  const node = make(
    "section",
    { class: "graph", role: "group", "aria-label": t("explore.graph") },
    makeHead(app, "graph", () => [box]),
    box,
    makeKey(t, t("explore.graph_hint")),
  );
  const keys = rove(box, (item, key, items) => {
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
      return telling(drawnEdge, () => tellPair(app, facts, edge, label, [order[edge.a], order[edge.b]], true));
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
      return telling(node, () => tellActor(app, facts, actor, label));
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
