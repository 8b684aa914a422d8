// The bar above the desk: who reviews and why, which rows are gone through and in which order, and the language.

const ORDER = "lagebild-review-order"; // where the browser keeps the order in which they go through the rows
const ORDERS = ["pays", "text", "confidence", "rule", "latest"];

/** What the bar holds at first: the name that is known, and all that is open, in the order chosen last. */
const startBar = (model) => ({
  by: model.get("reviewer") || memory.get(NAME) || model.get("login"),
  reason: "",
  show: "open",
  where: "",
  confidence: "",
  order: memory.get(ORDER),
  search: "",
  language: model.get("language"),
});

function makeBar(view) {
  const { t, rows, state } = view;
  const all = ["", t("desk.all")];
  const states = [...["open", "decided"].map((one) => [one, t(`desk.show.${one}`)]), ["all", t("desk.all")]];
  const orders = ORDERS.map((one) => [one, t(`desk.order.${one}`)]);
  if (!ORDERS.includes(state.order)) [state.order] = ORDERS;
  const texts = Object.keys(rows.desk.texts).map((key) => {
    const [id, language] = key.split(":");
    return [key, `${id} ${language} · ${rows.desk.sources[id]?.[0] ?? ""}`.slice(0, 80)];
  });
  const first = () => view.first();
  const choose = (name, choices, run = first) => {
    const change = (value) => {
      state[name] = value;
      run(value);
    };
    return pick(choices, state[name], change);
  };
  const write = (name, more, run = () => {}) => {
    const change = (event) => {
      state[name] = event.target.value;
      run();
    };
    return make("input", { type: "text", value: state[name], autocomplete: "off", oninput: change, ...more });
  };
  const keepName = () => memory.set(NAME, state.by.trim());
  function sort(order) {
    if (order !== "latest") memory.set(ORDER, order);
    else if (state.show === "open") set({ show: "decided" });
    if (order === "latest") view.first();
    else view.draw();
  }
  const controls = {
    by: write("by", { maxlength: 80, title: t("desk.by_kept"), onchange: keepName }),
    reason: write("reason", { placeholder: t("desk.reason_hint"), maxlength: 300 }),
    show: choose("show", states),
    where: choose("where", [all, ...texts]),
    confidence: choose("confidence", [all, ...listSureness(t)]),
    order: choose("order", orders, sort),
    search: write("search", { type: "search" }, first),
    language: choose("language", LANGUAGES, (language) => view.speak(language)),
  };
  const label = (name, words, kind = "") => labelled(t(words), controls[name], { class: kind });
  const labels = [
    label("by", "desk.reviewer"),
    label("reason", "desk.reason", "wide"),
    label("show", "desk.show"),
    label("where", "desk.text"),
    label("confidence", "desk.confidence"),
    label("order", "desk.order", "middle"),
    label("search", "desk.search"),
    label("language", "desk.language"),
  ];

  /** Set what stands in the bar. */
  function set(values) {
    for (const [name, value] of Object.entries(values)) state[name] = controls[name].value = value;
  }
  /** The name that decisions carry; without one, the reviewer is asked for it. */
  function nameReviewer() {
    const by = state.by.trim();
    if (by) return by;
    view.warn(t("desk.name_needed"));
    controls.by.focus();
    return "";
  }
  const focusLanguage = () => controls.language.focus();
  return { bar: make("div", { class: "bar" }, labels), set, nameReviewer, focusLanguage };
}

const listSureness = (t) => [...["A", "B", "C"].map((one) => [one, one]), ["coded", t("desk.coded")]];
