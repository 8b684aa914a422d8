// Suggestions: what may be one event with another, or two in one. The kernel finds them, and the reviewer decides.

function makeDoubts(view) {
  const { t, rows, state, card } = view;
  let doubts = []; // as the kernel told them last

  function askDoubts() {
    view.ask({ ask: "doubts" }, (answer) => {
      doubts = answer.doubts ?? doubts;
      if (!card.querySelector("form :focus, .panel :focus")) view.draw();
    });
  }
  /** Merge the event of the row with the one that is likeliest the same. */
  function mergeDoubt() {
    const row = rows.all.get(state.chosen);
    const found = row?.event_id && view.canMove(row) && doubtsOn(view, row).find((one) => one.other);
    if (found) view.merge(found.there.event_id, false);
    else view.warn(t("desk.doubts_none"));
  }
  /** Do what a suggestion of the list says. */
  function decideDoubt(one) {
    const other = rows.all.get(one.other);
    state.chosen = one.row;
    if (other) view.merge(other.event_id, false);
    else view.split();
    dismiss(one);
  }
  /** Go on with the list of suggestions, without the one that was decided. */
  function dismiss(one) {
    doubts = doubts.filter((other) => other !== one);
    state.panel = "doubts";
    view.draw();
    (card.querySelector(".panel .main") ?? card.querySelector(".panel button"))?.focus();
  }
  return { listDoubts: () => doubts, askDoubts, mergeDoubt, decideDoubt, dismiss };
}

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
    .listDoubts()
    .filter((one) => (one.other ? tells(one.row) || tells(one.other) : one.row === row.mention_id));
  const found = near.filter((one) => holds(rows, one));
  const merges = found.filter((one) => one.other);
  const over = (one) => rows.all.get(tells(one.row) ? one.other : one.row);
  return [...merges.map((one) => ({ ...one, there: over(one) })), ...found.filter((one) => !one.other)];
}

/** What may be wrong with the event of the row, each with the key that mends it. */
function drawDoubts(view, row) {
  const { t, rows } = view;
  const found = row.event_id ? doubtsOn(view, row) : [];
  const merge = found.find((one) => one.other);
  const split = found.find((one) => !one.other);
  const told = merge && t("desk.doubt_merge", { event: rows.eventName(merge.there), why: merge.why });
  const apart = split && t("desk.doubt_split", { why: split.why });
  return [
    merge && make("p", { class: "doubt" }, told, " ", button(t("desk.merge_this"), "M", view.mergeDoubt)),
    split && make("p", { class: "doubt" }, apart, " ", button(t("desk.split"), "s", view.split)),
  ].filter(Boolean);
}

/** All suggestions, each with the buttons that decide it. */
function drawDoubtList(view) {
  const { t, rows } = view;
  const found = view.listDoubts().filter((one) => holds(rows, one));
  const items = found.map((one) => {
    const [here, there] = [rows.all.get(one.row), rows.all.get(one.other)];
    const see = (some) => button(rows.eventName(some), "", () => view.choose(some.mention_id, true));
    const yes = button(t(there ? "desk.merge" : "desk.split"), "", () => view.decideDoubt(one), { class: "main" });
    const no = button(t(there ? "desk.doubt_apart" : "desk.doubt_one"), "", () => view.dismiss(one));
    return make(
      "li",
      {},
      make("p", {}, see(here), there && see(there)),
      make("p", { class: "hint" }, quoted(here, "q"), there && [" · ", quoted(there, "q")]),
      make("p", {}, one.why),
      make("p", { class: "actions" }, yes, no),
    );
  });
  return panel(
    t("desk.doubts"),
    make("p", {}, t(found.length ? "desk.doubts_lead" : "desk.doubts_none", { n: found.length })),
    make("ul", { class: "batch", tabindex: "0" }, items),
    button(t("desk.close"), "", () => view.close()),
  );
}
