// The relation matrix of the view: who acts towards whom. Cells that the choice of actors leaves out stay, in grey, so
// that another one can be chosen.

const BUSIEST = 12; // actors that have a row; all others share one

/** Return the actors of matrix and graph: those with most events round the chosen ones, and the chosen ones. */
function chooseActors(app, facts, view) {
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
    .sort((a, b) => named.has(b) - named.has(a) || weight[b] - weight[a] || a - b);
  return ranked.slice(0, BUSIEST).sort((a, b) => whole[b] - whole[a] || a - b);
}

/**
 * Count events per pair of the chosen actors, with the last place for all others: an event that ties a pair twice counts
 * once, and so do the stages of a process among those that weigh. With `both`, the two directions of a pair are one,
 * under [smaller place, larger place].
 */
function sumPairs(app, facts, actors, both = false) {
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

/** Return what a cell or an edge tells: its label, and of what its events in view consist. */
function tellPair(app, facts, cell, label, [a, b], both = false) {
  const { data, t, words } = app;
  const at = [[a, b], ...(both ? [[b, a]] : [])].map((ends) => pairOf(app, ends)).filter((pair) => pair >= 0);
  const own = new Set(at);
  const more = cell.inside
    ? sumUp(app, (i) => !facts.fails[i] && words.list("ties", i).some((tie) => own.has(tie)))
    : [];
  if (cell.weighing) more.unshift(t("explore.net", { net: words.signed(cell.net) }));
  return [[label], [...more, t("explore.click_pair")]];
}

/** Return what an actor's node or name tells. */
function tellActor(app, facts, actor, label) {
  const more = sumUp(app, (i) => !facts.fails[i] && app.words.list("people", i).includes(actor));
  return [[label], [...more, app.t("explore.click_actor")]];
}

/** Return the number of a directed pair of actors. */
function pairOf(app, [a, b]) {
  const { pairs } = app.data;
  for (let at = 0; at < pairs.length; at += 2) if (pairs[at] === a && pairs[at + 1] === b) return at / 2;
  return -1;
}

const signOf = (net) => (Math.abs(net) < 0.05 ? 0 : Math.sign(net));

function makeMatrix(app) {
  const { t, data, words } = app;
  const box = make("div", { class: "scroll" });
  const node = make(
    "section",
    { class: "matrix", role: "group", "aria-label": t("explore.matrix") },
    makeHead(app, "matrix", () => [box]),
    box,
    makeKey(t, t("explore.matrix_hint")),
  );
  const keys = rove(box, inRows);

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
    const text = !cell.inside
      ? words.short(cell.around)
      : cell.weighing
        ? SIGNS[sign] // alone: a number beside it would be read as a sum
        : `(${words.short(cell.inside)})`;
    const strength = Math.min(1, Math.abs(cell.net) / data.saturation); // as in the matrix of the report
    const label = tellCell(cell, ...names);
    if (others)
      return telling(
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
    return telling(td, () => tellPair(app, facts, cell, label, [actors[a], actors[b]]));
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
        return telling(th, () => tellActor(app, facts, actors[place], label));
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
