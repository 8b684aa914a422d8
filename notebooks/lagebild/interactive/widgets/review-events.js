// The event of a row: who else tells it, all that tell it side by side, the merge with another, what it is called.

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
  const title = make("h4", {}, [head, name].filter(Boolean).join(": "));
  const lead = make("p", { class: "hint" }, t(others.length ? "desk.event_others" : "desk.event_alone"));
  return make("div", { class: "event" }, title, lead, make("ul", {}, items));
}

/** All mentions of the event of a row, side by side; what is told otherwise than in the row is marked. */
function drawMentions(view, row) {
  const { t, rows } = view;
  const told = [row, ...rows.sameEvent(row).filter((one) => one.mention_id !== row.mention_id)];
  const cells = ["source_actors", "target_actors", "event_type", "date", "status"];
  const value = (one, field) => (one === row ? rows.get(one, field) : one[field]);
  const tell = (one, field) => {
    const words = rows.tell(field, value(one, field));
    if (value(one, field) === value(row, field)) return words;
    return make("mark", { class: "differs" }, words, make("span", { class: "hidden" }, ` (${t("desk.differs")})`));
  };
  const lines = told.map((one) => {
    const [, publisher, day] = rows.desk.sources[one.source_id] ?? [];
    const go = button(one.mention_id, "", () => view.choose(one.mention_id, true));
    const drawn = [[publisher, day].filter(Boolean).join(", "), quoted(one, "q"), ...cells.map((f) => tell(one, f))];
    const data = drawn.map((cell) => make("td", {}, cell));
    return make("tr", { "aria-current": one === row && "true" }, make("th", { scope: "row" }, go), data);
  });
  const heads = [t("desk.row"), t("desk.text"), ...["quote", ...cells].map((field) => t(`desk.fields.${field}`))];
  const top = heads.map((words) => make("th", { scope: "col" }, words));
  const table = make("table", {}, make("thead", {}, make("tr", {}, top)), make("tbody", {}, lines));
  return panel(
    t("desk.mentions"),
    make("p", {}, t("desk.mentions_lead", { n: told.length, event: rows.eventName(row) })),
    make("div", { class: "sideways", tabindex: "0", role: "region", "aria-label": t("desk.mentions") }, table),
    button(t("desk.close"), "", () => view.close()),
  );
}

/** The title of the event in each language of the report; the kernel says what it is called so far. */
function drawTitle(view, row) {
  const { t } = view;
  const typed = { type: "text", maxlength: 120, autocomplete: "off" };
  const fields = ["de", "en"].map((lang) => [lang, make("input", { ...typed, lang, "data-title": lang })]);
  const before = {};
  const ids = view.rows.sameEvent(row).map((one) => one.mention_id);
  view.ask({ ask: "title", event: row.event_id, rows: ids }, ({ named }) => {
    for (const [language, field] of fields) {
      before[language] = named?.[language] ?? "";
      field.value ||= before[language];
    }
  });
  const save = (event) => {
    event.preventDefault();
    const told = fields.map(([language, field]) => [language, field.value.trim()]);
    const changed = told.filter(([language, words]) => words && words !== before[language]);
    const titles = changed.map(([language, words]) => [`summary_${language}`, words]);
    view.entitle(row.event_id, titles);
  };
  return make(
    "form",
    { class: "panel", onsubmit: save, "aria-label": t("desk.title") },
    make("p", {}, t("desk.title_lead")),
    fields.map(([language, field]) => labelled(nameLanguage(view, language), field, { class: "wide" })),
    make("div", { class: "actions" }, button(t("desk.title_save"), "", null, { type: "submit", class: "main" })),
  );
}

/** The events with which that of the row can be merged, the most alike first. */
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
  return panel(
    t("desk.merge"),
    make("p", {}, t("desk.merge_lead")),
    find,
    many > 1 && make("label", { class: "check" }, only, make("span", {}, t("desk.merge_only", { n: many }))),
    found,
  );
}
