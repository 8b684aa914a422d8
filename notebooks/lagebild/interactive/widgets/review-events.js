// The event of a row: all that tell it side by side, what may be one with it, what it is called, and new names.

/** Whether a suggestion still holds, as decisions leave the rows. */
function holds(rows, { row, other }) {
  const [one, two] = [rows.all.get(row), rows.all.get(other)];
  const there = (some) => some && some.state !== "rejected" && some.event_id;
  if (other) return there(one) && there(two) && one.event_id !== two.event_id;
  return (
    there(one) &&
    rows.sameEvent(one).some((some) => some.sentence_no !== one.sentence_no || some.source_id !== one.source_id)
  );
}

/** The suggestions on the event of a row, those to merge with another event first; `other` is the row over there. */
function doubtsOn(view, row) {
  const { rows } = view;
  const tells = (id) => rows.all.get(id)?.event_id === row.event_id;
  const near = view
    .doubts()
    .filter((one) => (one.other ? tells(one.row) || tells(one.other) : one.row === row.mention_id));
  const found = near.filter((one) => holds(rows, one));
  const merges = found.flatMap((one) => {
    const [here, there] = [rows.all.get(one.row), rows.all.get(one.other)];
    if (!there) return [];
    return [{ ...one, there: tells(one.row) ? there : here }];
  });
  return [...merges, ...found.filter((one) => !one.other)];
}

/** What may be wrong with the event of the row, each with the key that mends it. */
function drawDoubts(view, row) {
  const { t, rows } = view;
  const found = row.event_id ? doubtsOn(view, row) : [];
  const merge = found.find((one) => one.other);
  const split = found.find((one) => !one.other);
  const told = merge && t("desk.doubt_merge", { event: rows.eventName(merge.there), why: merge.why });
  return [
    merge && make("p", { class: "doubt" }, told, " ", button(t("desk.merge_this"), "M", view.mergeDoubt)),
    split &&
      make(
        "p",
        { class: "doubt" },
        t("desk.doubt_split", { why: split.why }),
        " ",
        button(t("desk.split"), "s", view.split),
      ),
  ].filter(Boolean);
}

/** All suggestions, each with the buttons that decide it. */
function drawDoubtList(view) {
  const { t, rows } = view;
  const found = view.doubts().filter((one) => holds(rows, one));
  const items = found.map((one) => {
    const [here, there] = [rows.all.get(one.row), rows.all.get(one.other)];
    const see = (some) =>
      button(`${rows.eventName(some)}`, "", () => view.choose(some.mention_id, true), { class: "plain" });
    return make(
      "li",
      { "data-doubt": `${one.row} ${one.other}` },
      make("p", {}, see(here), there ? see(there) : null),
      make("p", { class: "hint" }, quoted(here, "q"), there ? [" · ", quoted(there, "q")] : null),
      make("p", {}, one.why),
      make(
        "p",
        { class: "actions" },
        button(t(there ? "desk.merge" : "desk.split"), "", () => view.decideDoubt(one), { class: "main" }),
        button(t(there ? "desk.doubt_apart" : "desk.doubt_one"), "", () => view.dismiss(one)),
      ),
    );
  });
  return make(
    "div",
    { class: "panel", role: "group", "aria-label": t("desk.doubts") },
    make("p", {}, t(found.length ? "desk.doubts_lead" : "desk.doubts_none", { n: found.length })),
    make("ul", { class: "batch", tabindex: "0" }, items),
    button(t("desk.close"), "", () => view.toggle("doubts")),
  );
}

/** All mentions of the event of a row, side by side; what is told otherwise than in the row is marked. */
function drawMentions(view, row) {
  const { t, rows } = view;
  const told = [row, ...rows.sameEvent(row).filter((one) => one.mention_id !== row.mention_id)];
  const cells = ["source_actors", "target_actors", "event_type", "date", "status"];
  const value = (one, field) => (one === row ? rows.get(one, field) : one[field]);
  const lines = told.map((one) => {
    const [, publisher, day] = rows.desk.sources[one.source_id] ?? [];
    const go = button(one.mention_id, "", () => view.choose(one.mention_id, true));
    const drawn = cells.map((field) => {
      const words = rows.tell(field, value(one, field));
      const same = value(one, field) === value(row, field);
      return make(
        "td",
        {},
        same
          ? words
          : make("mark", { class: "differs" }, words, make("span", { class: "hidden" }, ` (${t("desk.differs")})`)),
      );
    });
    return make(
      "tr",
      one === row ? { "aria-current": "true" } : {},
      make("th", { scope: "row" }, go),
      make("td", {}, [publisher, day].filter(Boolean).join(", ")),
      make("td", {}, quoted(one, "q")),
      drawn,
    );
  });
  const heads = [
    t("desk.row"),
    t("desk.text"),
    t("desk.fields.quote"),
    ...cells.map((field) => t(`desk.fields.${field}`)),
  ];
  const table = make(
    "table",
    {},
    make(
      "thead",
      {},
      make(
        "tr",
        {},
        heads.map((words) => make("th", { scope: "col" }, words)),
      ),
    ),
    make("tbody", {}, lines),
  );
  return make(
    "div",
    { class: "panel", role: "group", "aria-label": t("desk.mentions") },
    make("p", {}, t("desk.mentions_lead", { n: told.length, event: rows.eventName(row) })),
    make("div", { class: "sideways", tabindex: "0", role: "region", "aria-label": t("desk.mentions") }, table),
    button(t("desk.close"), "", () => view.toggle("mentions")),
  );
}

/** The title of the event in each language of the report; the kernel says what it is called so far. */
function drawTitle(view, row) {
  const { t } = view;
  const fields = ["de", "en"].map((language) => {
    const field = make("input", {
      type: "text",
      maxlength: 120,
      autocomplete: "off",
      lang: language,
      "data-title": language,
    });
    return [language, field];
  });
  const before = {};
  view.ask(
    { ask: "title", event: row.event_id, rows: view.rows.sameEvent(row).map((one) => one.mention_id) },
    ({ named }) => {
      for (const [language, field] of fields) {
        before[language] = named?.[language] ?? "";
        field.value ||= before[language];
      }
    },
  );
  const save = (event) => {
    event.preventDefault();
    const changed = fields.filter(([language, field]) => field.value.trim() && field.value.trim() !== before[language]);
    view.title(
      row.event_id,
      changed.map(([language, field]) => [`summary_${language}`, field.value.trim()]),
    );
  };
  return make(
    "form",
    { class: "panel", onsubmit: save, "aria-label": t("desk.title") },
    make("p", {}, t("desk.title_lead")),
    fields.map(([language, field]) => labelled(nameLanguage(view, language), field, { class: "wide" })),
    make("div", { class: "actions" }, button(t("desk.title_save"), "", null, { type: "submit", class: "main" })),
  );
}

/** Another name of an actor that is known, from the selection in the text. */
function drawName(view) {
  const { t, rows } = view;
  const name = make("input", { type: "text", maxlength: 120, autocomplete: "off", value: view.selected() });
  const { input, found } = makeCombobox({
    id: "name-of-list",
    label: t("desk.name_of"),
    none: t("desk.name_unknown"),
    field: { "aria-label": t("desk.name_of"), placeholder: t("desk.actor_find") },
    find: (asked) => rows.findActors(asked, []),
    draw: (id) => [`${rows.name(id)} `, make("small", {}, id)],
    take: (id) => view.name(name.value, id),
  });
  const stay = (event) => event.preventDefault();
  return make(
    "form",
    { class: "panel", onsubmit: stay, "aria-label": t("desk.name") },
    make("p", {}, t("desk.name_lead")),
    labelled(t("desk.name_words"), name, { class: "wide" }),
    make("div", { class: "field actors" }, make("span", { class: "label" }, t("desk.name_of")), input, found),
    button(t("desk.close"), "", () => view.toggle("name")),
  );
}

/** What can be done about the event of a row. */
function drawEventTools(view, row) {
  const { t } = view;
  const open = (which) => () => view.toggle(which);
  return make(
    "div",
    { class: "actions" },
    row.event_id && button(t("desk.mentions"), "v", open("mentions")),
    row.event_id && button(t("desk.title"), "t", open("title")),
    button(t("desk.doubts"), "g", open("doubts")),
    button(t("desk.name"), "h", open("name")),
  );
}

const PANELS = { mentions: drawMentions, doubts: drawDoubtList, title: drawTitle, name: drawName };
