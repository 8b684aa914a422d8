// What stands on the desk: the text with its twins, the card of the row with what can be done, and the rows around it.

const FEW = 3; // decided rows from which on a rule is judged by them

function makeCard(view) {
  const { t, rows, twins, state, card, text, note } = view;
  const beside = make("div", { class: "beside" }); // the same sentence in other languages
  const near = make("ol", { class: "near", "aria-label": t("desk.neighbours") });
  const board = make("div", { class: "board" }, make("div", { class: "left" }, text, beside), card, near);

  /** The text that is shown: that of the row on the desk, or one that was chosen and has no row. */
  function shownText() {
    if (isLooking() && view.overlooked.current()) return view.overlooked.current();
    const [source_id, language] = state.where.split(":");
    return view.onDesk() ?? (language && { mention_id: "", source_id, language, sentence_no: 0 });
  }
  const isLooking = () => state.panel === "overlooked" && !state.missed;
  function draw() {
    const row = view.onDesk();
    view.drawProgress();
    drawText(text, rows, shownText());
    drawNear();
    beside.replaceChildren(...(row && !isLooking() && !state.missed ? drawTwin(view, row) : []));
    card.replaceChildren(...(isLooking() ? view.overlooked.draw() : row ? drawCard(row) : drawEmpty()));
  }
  function drawNear() {
    if (isLooking()) return near.replaceChildren();
    const found = view.listRows(true);
    const at = found.findIndex((row) => row.mention_id === state.chosen);
    const items = found.slice(Math.max(at - 2, 0), Math.max(at, 2) + 4).map((row) => {
      const go = () => {
        view.choose(row.mention_id);
        card.focus();
      };
      const facts = [t(`desk.${row.state}`), row.confidence, view.isLater(row) && t("desk.later_mark")];
      const words = [make("b", {}, rows.summary(row)), ` · ${facts.filter(Boolean).join(" · ")} · `, quoted(row)];
      const more = row.mention_id === state.chosen ? { "aria-current": "true" } : {};
      return make("li", more, make("button", { type: "button", onclick: go }, words));
    });
    near.replaceChildren(...items);
  }
  function drawEmpty() {
    const words = state.loaded ? t("desk.empty") : t("desk.loading");
    const add = state.where && button(t("desk.add"), "i", view.startMissed);
    const look = state.loaded && !rows.all.size && button(t("desk.overlooked"), "o", () => toggle("overlooked"));
    return [make("p", {}, words), note, add, look].filter(Boolean);
  }
  function drawCard(row) {
    const { missed, panel } = state;
    const changed = rows.changesOf(row).length > 0;
    const met = rows.met.has(row.mention_id) && view.meetings.describe(row.mention_id);
    return [
      drawHead(row, changed),
      ...(missed ? [drawAdding()] : [...drawDoubts(view, row), drawActions(changed)]),
      note,
      met && make("p", { class: "wrong met" }, met),
      (!missed || panel === "help") && PANELS[panel]?.(view, row),
      drawAlternatives(view, row),
      drawForm(view, row),
      !missed && drawEvent(view, row),
      !missed && drawTools(row),
    ].filter(Boolean);
  }
  function drawHead(row, changed) {
    const { missed } = state;
    const found = view.listRows();
    const at = found.findIndex((one) => one.mention_id === state.chosen) + 1;
    const told = missed ? "" : row.waits ? t("desk.saving", { n: 1 }) : t(`desk.${row.state}`);
    const facts = [
      !missed && t("desk.place", { at, n: found.length }),
      row.mention_id,
      row.confidence && t(`desk.sureness.${row.confidence}`),
      row.rule && tellRule(row.rule),
      told,
      view.isLater(row) && t("desk.later_mark"),
      changed && t("desk.changed"),
    ];
    const sides = list(row.inferred)
      .map((side) => t(`desk.fields.${side}_actors`))
      .join(", ");
    const lines = [
      facts.filter(Boolean).join(" · "),
      state.order === "pays" && !missed && tellWhy(view, row),
      row.decided,
      sides && t("desk.inferred", { sides }),
    ];
    return make(
      "header",
      {},
      make("h3", {}, missed ? t("desk.add_hint") : rows.summary(row)),
      lines.filter(Boolean).map((line) => make("p", { class: "facts" }, line)),
    );
  }
  /** The rule of a row, and how many of its drafts were right so far. */
  function tellRule(rule) {
    const record = rows.judge(rule);
    const told = record.n >= FEW ? ` (${t("desk.rule_record", record)})` : "";
    return `${t("desk.rule")} ${rule}${told}`;
  }
  /** What is done with nearly every row. */
  function drawActions(changed) {
    return make(
      "div",
      { class: "actions", role: "toolbar", "aria-label": t("desk.actions") },
      button(t(changed ? "desk.save" : "desk.accept"), "a", view.accept, { class: "main" }),
      button(t("desk.reject"), "r", view.reject),
      button(t("desk.undo"), "u", view.undo),
      button(t("desk.previous"), "p", () => view.go(-1)),
      button(t("desk.next"), "n", () => view.go(1)),
      button(t("desk.help"), "?", () => toggle("help")),
    );
  }
  function drawAdding() {
    return make(
      "div",
      { class: "actions" },
      button(t("desk.add_save"), "a", view.saveMissed, { class: "main" }),
      button(t("desk.add_cancel"), "Escape", view.dropMissed),
      button(t("desk.evidence_set"), "", view.setEvidence),
    );
  }
  /** What is done now and then. */
  function drawTools(row) {
    const opens = (words, key, which) => button(t(words), key, () => toggle(which));
    return make(
      "div",
      { class: "actions tools", role: "toolbar", "aria-label": t("desk.tools") },
      button(t("desk.edit"), "e", edit),
      button(t("desk.later"), "y", view.postpone),
      opens("desk.merge", "m", "merge"),
      button(t("desk.split"), "s", view.split),
      opens("desk.batch", "l", "batch"),
      button(t("desk.add"), "i", view.startMissed),
      opens("desk.overlooked", "o", "overlooked"),
      button(t("desk.evidence_set"), "", view.setEvidence),
      row.event_id && opens("desk.mentions", "v", "mentions"),
      row.event_id && opens("desk.title", "t", "title"),
      opens("desk.doubts", "g", "doubts"),
      opens("desk.name", "h", "name"),
    );
  }

  /** Open something on the card, or close it. */
  function toggle(which) {
    if (["merge", "mentions", "title"].includes(which) && !view.canMove(rows.all.get(state.chosen))) return;
    state.panel = state.panel === which ? "" : which;
    state.picked = readSelection(text)?.words ?? "";
    if (which === "overlooked") view.overlooked.ask();
    view.warn();
    draw();
    (card.querySelector(".panel input, .panel button") ?? card).focus();
  }
  /** Go back to the row, or to the panel from which one came. */
  function close(panel = "") {
    state.panel = panel;
    view.warn();
    draw();
    card.focus();
  }
  function edit() {
    card.querySelector("form select, form input")?.focus();
  }
  return { board, shownText, draw, toggle, close, edit };
}
