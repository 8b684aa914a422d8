// The talk with the kernel: questions, decisions, and what it tells. A decision waits in this browser until the kernel
// has said that it is on the disk; what a kernel did not answer is sent to the next one.

const PATIENCE = 4000; // milliseconds until a kernel that does not answer is called gone

function makeKernel(view) {
  const { t, model, rows, queue, state } = view;
  const asked = new Map(); // number of a question → what to do with the answer, and if none comes in time
  const began = Date.now();
  let stopped = false; // another desk stands in the place of this one

  function tell(message) {
    try {
      model.send(message);
    } catch {
      /* no kernel: a decision waits, a question stays open */
    }
  }
  /** Ask the kernel; what it answers is for `take`, and `giveUp` is called if it is silent for long. */
  function ask(question, take, giveUp) {
    const number = queue.nextQuestion();
    asked.set(number, { take, giveUp, at: Date.now() });
    tell({ ...question, number });
  }
  const askRows = () => tell({ ask: "rows", number: `${queue.token}-rows` });
  function send(act) {
    const [first, , times] = state.sent.get(act.name) ?? [Date.now(), 0, 0];
    state.sent.set(act.name, [first, Date.now(), times + 1]);
    tell({ ask: "decide", act: act.rows, seen: act.seen ?? {}, number: act.name });
  }
  /** How long the kernel has owed an answer: to the act that waits longest, or to the question for the rows. */
  function owes() {
    const first = queue.acts.map((act) => state.sent.get(act.name)?.[0] ?? 0);
    const since = state.loaded ? Math.min(...first) : began;
    return Date.now() - since;
  }

  function hear(answer) {
    if (stopped) return;
    const question = asked.get(answer.number);
    if (asked.delete(answer.number)) return question.take(answer);
    const act = queue.acts.find((one) => one.name === answer.number);
    if (act && answer.wait) {
      state.unwritten = answer.wait;
      return view.drawSaving();
    }
    if (act) {
      state.unwritten = "";
      queue.drop(act.name);
      state.sent.delete(act.name);
    }
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
    if (answer.whole) loadTaken(answer.taken);
    if (answer.whole) view.askDoubts();
    state.loaded = true;
    if (goes) state.chosen = view.listRows(true)[Math.max(before - 1, 0)]?.mention_id ?? "";
    if (!state.chosen && !missed) view.first();
  }
  /** Read which acts undo can take back: those in the file, then those that wait, less what waits to be undone. */
  function loadTaken(decisions) {
    const acts = new Map();
    for (const row of decisions) acts.set(row.act, [...(acts.get(row.act) ?? []), row]);
    let taken = Array.from(acts, ([name, decided]) => ({ name, rows: decided }));
    for (const one of queue.acts) {
      const undone = new Set(one.rows.filter((row) => row.action === "undo").map((row) => row.value));
      if (undone.size) taken = taken.filter((act) => !act.rows.some((row) => undone.has(row.decision_id)));
      else if (!acts.has(one.name)) taken.push(one);
    }
    state.taken = taken;
  }

  /** Try again: the oldest act first, and ever more rarely. */
  function retry() {
    const [oldest] = queue.acts;
    const [, last, times] = (oldest && state.sent.get(oldest.name)) ?? [0, 0, 0];
    if (oldest && Date.now() - last > PATIENCE * Math.min(times || 1, 8)) send(oldest);
    if (!state.loaded && Date.now() - began > PATIENCE) askRows();
    for (const question of Array.from(asked.values())) {
      if (!question.giveUp || Date.now() - question.at <= PATIENCE) continue;
      question.giveUp();
      question.giveUp = null; // an answer that comes late is heard all the same
    }
    view.drawSaving();
  }
  /** Start to listen; return what ends it. */
  function listen() {
    model.on("msg:custom", hear);
    const clock = setInterval(retry, 1000);
    return () => {
      stopped = true;
      clearInterval(clock);
      model.off("msg:custom", hear);
    };
  }
  return { ask, askRows, send, owes, hear, hearRows, listen };
}
