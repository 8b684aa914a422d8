// The events in view as rows, one page at a time.

const PAGE = 10;

function makeTable(app) {
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
  const keys = rove(body, (item, key, items) => {
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
  /** Go to a page, and return one of its rows. */
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
    keys.redraw(() =>
      body.replaceChildren(
        ...(shown.length
          ? shown.map(drawRow)
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
    for (const button of [first, back]) turnOff(button, at === 0);
    for (const button of [on, end]) turnOff(button, at >= last());
    pages.hidden = rows.length <= PAGE;
  }
  function drawRow(i) {
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
          data.summaries[i],
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
    return telling(row, () => words.tellEvent(i), true);
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
