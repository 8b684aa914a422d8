// What the kernel tells of the rows, taken over by the desk.

function makeKernel(view) {
  const { rows, state } = view;

  /** Take in an answer, to an act of this desk or to none. */
  function take(answer, act) {
    if (answer.rows) hearRows(answer);
    if (answer.note) view.warn(answer.note);
    if (act) view.conclude(act, answer);
    // What stands in a field that somebody types into is not drawn anew.
    const typing = view.card.contains(document.activeElement) && document.activeElement.closest("form");
    if (!typing && (answer.whole || answer.fault || state.panel === "overlooked" || isAbout(answer.names))) view.draw();
    else view.drawProgress();
  }
  /** Whether decisions change what the card tells: on its row, its event, or the record of its rule. */
  function isAbout(names = []) {
    const row = view.onDesk();
    const sameRule = (id) => !state.panel && row?.rule && rows.all.get(id)?.rule === row.rule;
    return [state.chosen, row?.event_id].some((id) => names.includes(id)) || names.some(sameRule);
  }
  /** Take over rows as they are now: all, or those that an act was about. */
  function hearRows(answer) {
    const id = rows.desk.columns.indexOf("mention_id");
    const there = new Set(answer.rows.map((cells) => cells[id]));
    const isNew = !answer.whole && Array.from(there).some((name) => !rows.all.has(name));
    const { chosen, missed } = state;
    const goes = chosen !== "" && !there.has(chosen) && (answer.whole || answer.names.includes(chosen));
    const before = goes ? view.listRows(true).findIndex((row) => row.mention_id === chosen) : 0;
    if (answer.whole) rows.load(answer.rows);
    else for (const cells of answer.rows) rows.put(cells);
    for (const name of answer.names ?? []) if (!there.has(name)) rows.all.delete(name); // its addition was taken back
    for (const name of Array.from(rows.working.keys())) if (name !== missed?.mention_id) rows.settle(name);
    if (isNew) rows.sort();
    if (answer.titles) rows.entitle(answer.titles);
    if (answer.whole) view.loadTaken(answer.taken);
    if (answer.whole) view.askDoubts();
    state.loaded = true;
    if (goes) state.chosen = view.listRows(true)[Math.max(before - 1, 0)]?.mention_id ?? "";
    if (!state.chosen && !missed) view.first();
  }
  return { take, hearRows };
}
