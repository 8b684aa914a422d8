// What opens on demand beside a row: its event, the merge with another, all rows of its rule, the keys.

const quoted = (one, tag = "span") => make(tag, { lang: one.language }, one.evidence);

/** The event that the row tells, and who else tells it. */
function drawEvent(view, row) {
  const { t, rows } = view;
  const others = rows.sameEvent(row).filter((one) => one.mention_id !== row.mention_id);
  const name = rows.desk.names[row.event_id || row.condition_id];
  const head = row.condition_id ? t("desk.condition", { id: row.condition_id }) : `${t("desk.event")} ${row.event_id}`;
  const items = others.slice(0, 12).map((one) => {
    const go = () => view.choose(one.mention_id, true);
    return make("li", {}, make("button", { type: "button", onclick: go }, one.mention_id), " ", quoted(one, "q"));
  });
  return make(
    "div",
    { class: "event" },
    make("h4", {}, [head, name].filter(Boolean).join(": ")),
    make("p", { class: "hint" }, t(others.length ? "desk.event_others" : "desk.event_alone")),
    make("ul", {}, items),
  );
}

function drawMerge(view, row) {
  const { t, rows } = view;
  const events = rows.otherEvents(row);
  const many = rows.sameEvent(row).length;
  const only = make("input", { type: "checkbox" });
  const found = make("ul", {});
  const drawChoice = (one) => {
    const told = [one.date, one.event_id, rows.desk.names[one.event_id]].filter(Boolean).join(" · ");
    const merge = () => view.merge(one.event_id, only.checked);
    const words = [make("b", {}, rows.summary(one)), ` ${told} · `, quoted(one)];
    return make("li", {}, make("button", { type: "button", onclick: merge }, words));
  };
  const fill = () => {
    const words = find.value.trim().toLowerCase();
    const fits = events.filter((one) => `${one.event_id} ${one.search}`.toLowerCase().includes(words)).slice(0, 8);
    found.replaceChildren(...(fits.length ? fits.map(drawChoice) : [make("li", {}, t("desk.merge_none"))]));
  };
  const label = t("desk.merge_find");
  const find = make("input", { type: "search", oninput: fill, "aria-label": label, placeholder: label });
  find.addEventListener("keydown", (event) => event.key === "Enter" && found.querySelector("button")?.click());
  fill();
  return make(
    "div",
    { class: "panel", role: "group", "aria-label": t("desk.merge") },
    make("p", {}, t("desk.merge_lead")),
    find,
    many > 1 && make("label", { class: "check" }, only, make("span", {}, t("desk.merge_only", { n: many }))),
    found,
  );
}

/** All open rows of the same rule, to look at and to decide on at once. */
function drawBatch(view, row) {
  const { t, rows } = view;
  const found = rows.alike(row).filter((one) => one === row || !view.twins.follows(one));
  if (found.length < 2) return make("div", { class: "panel" }, make("p", {}, t("desk.batch_none")));
  const boxes = found.map((one) =>
    make("input", {
      type: "checkbox",
      checked: !rows.changesOf(one).length, // what was changed is saved with its row, not with all
      value: one.mention_id,
      onchange: () => count(),
    }),
  );
  const ticked = () => boxes.filter((box) => box.checked).map((box) => box.value);
  const yes = button("", "", () => view.batch("accept", ticked()), { class: "main" });
  const no = button("", "", () => view.batch("reject", ticked()));
  const count = () => {
    const n = ticked().length;
    yes.textContent = t("desk.batch_accept", { n });
    no.textContent = t("desk.batch_reject", { n });
    yes.disabled = no.disabled = !n;
  };
  count();
  const items = found.map((one, at) => {
    const words = make("span", {}, make("b", {}, rows.summary(one)), " · ", quoted(one));
    return make("li", {}, make("label", { class: "check" }, boxes[at], words));
  });
  return make(
    "div",
    { class: "panel", role: "group", "aria-label": t("desk.batch") },
    make("p", {}, t("desk.batch_lead", { rule: row.rule, n: found.length })),
    make("div", { class: "actions" }, yes, no),
    make("ul", { class: "batch", tabindex: "0" }, items),
  );
}

function drawHelp(view) {
  const items = [view.t("desk.help_list"), view.t("desk.help_overlooked")]
    .join(" · ")
    .split(" · ")
    .map((one) => {
      const [key] = one.split(" ");
      return make("li", {}, make("kbd", {}, key), one.slice(key.length));
    });
  return make(
    "div",
    { class: "panel" },
    make("ul", {}, items),
    button(view.t("desk.close"), "", () => view.toggle("help")),
  );
}
