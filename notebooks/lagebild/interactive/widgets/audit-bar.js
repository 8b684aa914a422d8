// The bar above the report: who decides, which verdict is shown alone, and the language; and how far the objections are
// decided.

const OBJECTIONS = ["differs", "not-found"]; // verdicts that somebody should look at, and between which one goes at once

function makeBar(view) {
  const { t, audit, claims, state } = view;
  const write = (event) => (state.by = event.target.value);
  const keep = () => memory.set(NAME, state.by.trim());
  const by = make("input", {
    type: "text",
    value: state.by,
    maxlength: 80,
    autocomplete: "off",
    title: t("desk.by_kept"),
    oninput: write,
    onchange: keep,
  });
  const language = pick(LANGUAGES, view.language, (wanted) => view.speak(wanted));
  const choices = ["", ...audit.verdicts];
  const filters = choices.map((verdict) => {
    const words = verdict ? [drawSign(t, verdict), t(`audit.verdict.${verdict}`)] : [t("desk.all")];
    const n = make("span", { class: "n" });
    const node = button([...words, n], "", () => show(verdict), { class: verdict });
    return { verdict, node, n };
  });

  const set = (values) => (language.value = values.language);
  const focusLanguage = () => language.focus();
  function show(verdict) {
    state.only = verdict;
    view.first();
    view.markReport();
    drawFilters();
  }
  /** Show the next verdict alone of which there is a claim, or all again after the last one. */
  function turn() {
    const there = choices.filter((verdict) => !verdict || claims.some((one) => one.verdict === verdict));
    show(there[(there.indexOf(state.only) + 1) % there.length]);
    view.say(state.only ? t(`audit.verdict.${state.only}`) : t("desk.all"));
  }
  function drawFilters() {
    for (const { verdict, node, n } of filters) {
      n.textContent = ` ${claims.filter((one) => !verdict || one.verdict === verdict).length}`;
      node.setAttribute("aria-pressed", String(verdict === state.only));
    }
  }
  /** The name that decisions carry; without one, the reviewer is asked for it. */
  function nameReviewer() {
    const name = state.by.trim();
    if (name) return name;
    view.warn(t("desk.name_needed"));
    by.focus();
    return "";
  }
  const shown = make(
    "div",
    { class: "filters", role: "group", "aria-label": t("audit.desk.filter") },
    filters.map(({ node }) => node),
  );
  return {
    bar: make("div", { class: "bar" }, labelled(t("desk.reviewer"), by), shown, labelled(t("desk.language"), language)),
    drawFilters,
    set,
    focusLanguage,
    turn,
    nameReviewer,
  };
}

/** The sign of a verdict, which says nothing to whom the verdict is read out. */
const drawSign = (t, verdict) => make("b", { class: "sign", "aria-hidden": "true" }, t(`audit.sign.${verdict}`));

function makeProgress(view) {
  const { t, claims } = view;
  const meter = make("progress", { "aria-label": t("desk.progress") });
  const counts = make("p", { class: "counts" });
  function drawProgress() {
    const objected = claims.filter((one) => OBJECTIONS.includes(one.says));
    const done = objected.filter((one) => one.by).length;
    Object.assign(meter, { max: Math.max(objected.length, 1), value: done });
    counts.textContent = t("audit.desk.done", { done, n: objected.length });
    view.drawFilters();
    view.drawSaving();
  }
  return { meter, counts, drawProgress };
}
