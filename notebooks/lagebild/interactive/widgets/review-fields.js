// The fields of a row, each with the control that fits it. `view` is what the widget lends: words (t), rows, redraw,
// accept, and the kernel's word on a date (explain).

const FIELDS = ["event_type", "source_actors", "target_actors", "mutual", "date", "status", "cue", "speaker"];
const LESS_USED = ["date_basis", "mode", "context", "stance", "credibility", "quote"];
const LONGEST = 1000; // characters of a field

/** What may be meant instead: other sides, types and roles. */
function drawAlternatives(view, row) {
  const { t, rows } = view;
  const shown = ["source_actors", "target_actors", "mutual"].map((field) => rows.get(row, field)).join("|");
  const seen = new Set();
  const isNew = (one) => !seen.has(one.join("|")) && seen.add(one.join("|"));
  const readings = row.condition_id || shown.startsWith("||") ? [] : rows.readings(row).filter(isNew);
  const roles = readings.map((one) => {
    const [source, target] = one.map((side) => rows.names(side));
    const both = one[2] === "yes";
    const key = both ? "b" : one.join("|") === rows.swapped(row).join("|") ? "x" : "";
    const words = both ? t("desk.roles_mutual", { names: source }) : t("desk.roles_as", { source, target });
    return button(words, key, () => view.setRoles(one), { "aria-pressed": String(one.join("|") === shown) });
  });
  const turned = roles.length > 1 && make("div", { role: "group", "aria-label": t("desk.roles") }, roles);
  return make("div", { class: "alternatives" }, drawOffers(view, row), turned);
}

function drawForm(view, row) {
  const { t, rows } = view;
  const changed = new Set(rows.changesOf(row).map(([field]) => field));
  const mutual = rows.get(row, "mutual") === "yes";
  const hidden = row.condition_id ? ["event_type", "mutual", "mode"] : mutual ? ["target_actors"] : [];
  const draw = (fields) => {
    const shown = fields.filter((field) => !hidden.includes(field));
    const drawn = shown.map((field) => drawField(view, row, field, changed.has(field)));
    return make("div", { class: "fields" }, drawn);
  };
  const submit = (event) => {
    event.preventDefault();
    view.accept();
  };
  const [first, rest] = view.isNew(row)
    ? [["quote", ...FIELDS], LESS_USED.filter((field) => field !== "quote")]
    : [FIELDS, LESS_USED];
  const open = rest.some((field) => changed.has(field));
  const more = make("details", { open }, make("summary", {}, t("desk.more")), draw(rest));
  return make("form", { onsubmit: submit }, draw(first), more);
}

function drawField(view, row, field, changed) {
  const { t, rows } = view;
  const value = rows.get(row, field);
  const named = { "data-field": field };
  const set = (next) => {
    rows.change(row, field, next);
    view.redraw(field);
  };
  const frame = (...children) => make("div", { class: changed ? "field changed" : "field" }, children);
  if (field === "event_type") {
    const none = value ? [] : [["", t("desk.type_choose")]];
    const control = pick([...none, ...rows.desk.types], value, set, named);
    const definition = make("p", { class: "hint" }, rows.types.get(value)?.definition ?? "");
    return frame(labelled(t("desk.fields.event_type"), control), definition);
  }
  if (field === "mutual") {
    const flip = () => view.setRoles(rows.flipped(row), field);
    const box = make("input", { type: "checkbox", checked: value === "yes", onchange: flip, ...named });
    return frame(make("label", { class: "check" }, box, make("span", {}, t("desk.fields.mutual"))));
  }
  if (field in rows.desk.choices) {
    const choices = rows.desk.choices[field].map((one) => [one, nameChoice(t, field, one)]);
    return frame(labelled(t(`desk.fields.${field}`), pick(choices, value, set, named)));
  }
  if (["source_actors", "target_actors", "speaker"].includes(field)) return drawActors(view, row, field, changed);
  return drawWords(view, row, field, frame);
}

function nameChoice(t, field, one) {
  if (field === "status") return t(`status.${one}`);
  if (field === "stance") return t(`stance.${one}`);
  if (field === "date_basis") return one ? t(`desk.basis.${one}`) : t("desk.none");
  return one;
}

/** A field of words: what is typed counts at once, and the fields keep their place. */
function drawWords(view, row, field, frame) {
  const { t, rows } = view;
  const value = rows.get(row, field);
  const hint = field === "date" && make("p", { class: "hint", id: `date-${row.mention_id}`.replace(/[^\w-]/g, "_") });
  const plain = { type: "text", autocomplete: "off", spellcheck: "false", maxlength: LONGEST };
  const input = make("input", { ...plain, value, "aria-describedby": hint && hint.id, "data-field": field });
  input.addEventListener("input", () => {
    const typed = input.value.trim();
    rows.change(row, field, typed);
    input.closest(".field").classList.toggle("changed", typed !== row[field]);
    view.retouch(field, typed, input);
  });
  if (hint) view.explain(value, input, hint);
  const asTold = hint && row.date_text && make("p", { class: "hint" }, t("desk.date_text", { words: row.date_text }));
  return frame(labelled(t(`desk.fields.${field}`), input), hint, asTold);
}

/** Chips of the actors that are named, and a field in which others are found by any of their names. */
function drawActors(view, row, field, changed) {
  const { t, rows } = view;
  const ids = list(rows.get(row, field));
  const label = t(`desk.fields.${field}`);
  const set = (next) => {
    rows.setSide(row, field, next);
    view.redraw(field);
  };
  const chips = ids.map((id) => {
    const remove = { "aria-label": t("desk.actor_remove", { name: rows.name(id) }) };
    const without = () => set(ids.filter((one) => one !== id));
    const away = make("button", { type: "button", onclick: without, ...remove }, "×");
    return make("span", { class: "chip", title: id }, rows.name(id), away);
  });
  const asTold = field === "speaker" && row.speaker_text;
  return make(
    "div",
    { class: `field actors${changed ? " changed" : ""}`, role: "group", "aria-label": label },
    make("span", { class: "label" }, label),
    make("div", { class: "chips" }, chips, drawFinder(view, row, field, ids, set)),
    asTold && make("p", { class: "hint" }, t("desk.speaker_text", { words: row.speaker_text })),
  );
}

const NEW_ACTORS = ["person", "organisation", "group"]; // what a case may add here; a state has a code of its own

/** A field that finds actors by any of their names, or adds one to the case; the backspace key in an empty one takes the last chip away. */
function drawFinder(view, row, field, ids, set) {
  const { t, rows } = view;
  const label = t(`desk.fields.${field}`);
  const words = t("desk.actor_find");
  const { input, found } = makeCombobox({
    id: `${field}-${row.mention_id}-list`.replace(/[^\w-]/g, "_"),
    label,
    none: t("desk.actor_none"),
    field: { "aria-label": `${label}: ${words}`, placeholder: words, "data-field": field },
    find: (asked) => rows.findActors(asked, ids),
    offer: (name) => NEW_ACTORS.map((type) => ({ name, type })),
    draw: (one) =>
      one.type
        ? t("desk.actor_add", { name: one.name, type: t(`actor.${one.type}`) })
        : [`${rows.name(one)} `, make("small", {}, one)],
    take: (one) => (one.type ? view.addActor(one, (id) => set([...ids, id])) : set([...ids, one])),
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Backspace" || input.value || !ids.length) return;
    event.preventDefault();
    event.stopPropagation();
    set(ids.slice(0, -1));
  });
  return [input, found];
}
