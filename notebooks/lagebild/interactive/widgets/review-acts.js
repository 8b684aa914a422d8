// The acts of the reviewer: each becomes decisions, which wait until the kernel has written them.

function makeActs(view) {
  const { t, rows, twins, meetings, queue, state } = view;
  const behind = state.behind; // name of an act → the act that it takes back, or the event that it adds
  const onRow = () => rows.all.get(state.chosen);

  /** Decide; return whether it was done, which takes a name. */
  function act(decisions, reason, more = {}) {
    const by = view.nameReviewer();
    if (!by) return false;
    const name = queue.nextName();
    const ids = Array.from(new Set(decisions.map(({ row }) => row)));
    const common = { by, reason: meetings.confirm(ids, state.reason.trim() || reason), date: today() };
    const number = (at) => ({ decision_id: `${name}.${at + 1}`, field: "", value: "" });
    const decided = decisions.map((one, at) => ({ ...number(at), ...one, ...common }));
    const seen = Object.fromEntries(ids.map((id) => [id, rows.all.get(id)?.latest ?? ""]));
    const made = { name, at: Date.now(), rows: decided, seen };
    queue.put(made);
    for (const { row } of decided) if (rows.all.has(row)) rows.all.get(row).waits = true;
    if (decisions[0].action !== "undo") state.taken.push(made);
    behind.set(name, more);
    view.set({ reason: "" });
    view.warn();
    view.send(made);
    return true;
  }
  /** End an act that the kernel has answered; one that it refused is given back. */
  function conclude({ name, rows: decided }, { fault, met }) {
    const { undoes, adds, changes } = behind.get(name) ?? {};
    behind.delete(name);
    if (met) meetings.hear(met);
    if (!fault && !met) return;
    const row = fault ? decided[0].row : Object.keys(met)[0];
    const told = fault ? [t("desk.refused", { row, fault })] : Object.keys(met).map((id) => meetings.describe(id));
    state.taken = state.taken.filter((one) => one.name !== name);
    if (undoes) state.taken.push(undoes);
    for (const { row: id } of decided) if (rows.all.has(id)) rows.all.get(id).waits = queue.has(id);
    if (adds && !state.missed) {
      state.missed = adds;
      if (changes) rows.working.set(adds.mention_id, changes);
    }
    const there = rows.all.has(row) && row !== state.chosen && button(row, "", () => view.choose(row, true));
    view.warn(...[told.join(" "), there].filter(Boolean));
  }

  /** What was changed on a row, as decisions. */
  const toEdits = (row) =>
    rows.changesOf(row).map(([field, value]) => {
      const there = field === "cue" || field === "quote" ? `${field}_${row.language}` : field;
      return { row: row.mention_id, action: "edit", field: there, value };
    });
  function accept() {
    if (state.missed) return view.saveMissed();
    const row = onRow();
    if (!row || !view.isSound(row, accept)) return;
    const edits = toEdits(row);
    const own =
      ["accepted", "edited", "added"].includes(row.state) &&
      row.decided.startsWith(`${state.by.trim()}, `) &&
      !rows.met.has(row.mention_id);
    const alike = !twins.of(row) || !twins.differences(row, twins.of(row)).length;
    if (own && !edits.length && !row.waits && alike) return leave(t("desk.accepted")); // once is enough
    const rest = edits.length && row.state !== "rejected" ? [] : [{ row: row.mention_id, action: "accept" }];
    if (act(twins.extend(row, [...rest, ...edits]), t(edits.length ? "desk.reason_edit" : "desk.reason_accept")))
      leave(t("desk.accepted"));
  }
  function reject() {
    const row = onRow();
    const one = row && { row: row.mention_id, action: "reject" };
    if (!row || !act(twins.extend(row, [one]), t("desk.reason_reject"))) return;
    rows.working.delete(row.mention_id);
    leave(t("desk.rejected"));
  }
  /** After a decision: on to the next open row. */
  function leave(what) {
    view.go(1, true);
    view.say(`${what}. ${view.tellLeft()}. ${onRow() ? rows.summary(onRow()) : ""}`);
    view.card.focus({ preventScroll: true });
  }
  /** Show a row again as it is on the disk. */
  function dropChanges(row) {
    rows.working.delete(row.mention_id);
    view.draw();
    view.say(t("desk.unchanged"));
  }
  /** Take back the last act of this reviewer, not of another one. */
  function undo() {
    const here = rows.all.get(state.chosen);
    if (!state.missed && here && rows.changesOf(here).length) return dropChanges(here);
    const last = state.taken.findLast((one) => one.rows[0].by === state.by.trim());
    if (!last) return view.warn(t("desk.no_undo"));
    const back = last.rows.map((one) => ({ row: one.row, action: "undo", value: one.decision_id })).reverse();
    if (!act(back, t("desk.reason_undo"), { undoes: last })) return;
    state.taken = state.taken.filter((one) => one !== last);
    state.chosen = last.rows.find((one) => rows.all.has(one.row))?.row ?? state.chosen;
    view.draw();
    view.say(t("desk.undone"));
  }

  /** Whether the row can be moved to another event; if not, the reviewer is told why. */
  function canMove(row) {
    if (row && !row.condition_id && row.state !== "rejected") return true;
    if (row) view.warn(t(row.condition_id ? "desk.no_event" : "desk.is_rejected"));
    return false;
  }
  function split() {
    const row = onRow();
    if (!canMove(row)) return;
    const twin = twins.of(row);
    const moved = [row, twin?.event_id === row.event_id && twin].filter(Boolean);
    if (rows.sameEvent(row).length <= moved.length) return view.warn(t("desk.event_alone"));
    if (!view.isSound(row, split)) return;
    const own = `V-${row.mention_id.slice(row.mention_id.indexOf("-") + 1)}`;
    const used = rows.count((one) => one.event_id === own);
    const value = used ? `${own}-${queue.token}-${queue.count + 1}` : own;
    const splits = moved.map((one) => ({ row: one.mention_id, action: "split", value }));
    if (act([...toEdits(row), ...splits], t("desk.reason_split"))) view.draw();
  }
  function merge(event, onlyThis) {
    const row = onRow();
    if (!view.isSound(row, () => merge(event, onlyThis))) return;
    const moved = onlyThis ? [row, twins.of(row)].filter(Boolean) : rows.sameEvent(row);
    const moves = moved.map((one) => ({ row: one.mention_id, action: "merge", value: event }));
    state.panel = "";
    if (act([...toEdits(row), ...moves], t("desk.reason_merge"))) view.draw();
    view.card.focus();
  }
  function batch(action, ids) {
    const { rule } = onRow();
    state.panel = "";
    const decisions = ids.flatMap((row) => twins.extend(rows.all.get(row), [{ row, action }]));
    const done = action === "accept" ? t("desk.accepted") : t("desk.rejected");
    if (act(decisions, t("desk.reason_batch", { rule }))) leave(done);
  }
  function entitle(event, titles) {
    const decisions = titles.map(([field, value]) => ({ row: event, action: "title", field, value }));
    if (decisions.length && !act(decisions, t("desk.reason_title"))) return;
    view.close();
  }
  /** Decide on the row without its twin, or with it again. */
  function part() {
    const row = onRow();
    if (!row || !twins.partner(row)) return view.warn(t("desk.twin_none"));
    twins.toggle(row);
    view.draw();
    view.say(t(twins.of(row) ? "desk.twin_together" : "desk.twin_alone"));
  }
  return { act, conclude, toEdits, accept, reject, undo, canMove, split, merge, batch, entitle, part };
}
