// The talk with the kernel: questions, decisions, and what it tells. A decision waits in this browser until the kernel
// has said that it is on the disk; what a kernel did not answer is sent to the next one. What an answer holds, the desk
// takes in with `view.take(answer, act)`.

const PATIENCE = 4000; // milliseconds until a kernel that does not answer is called gone

function makeTalk(view) {
  const { model, queue, state } = view;
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
    view.take(answer, act);
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
  return { ask, askRows, send, owes, hear, loadTaken, listen };
}
