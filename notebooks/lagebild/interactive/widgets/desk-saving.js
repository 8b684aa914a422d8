// What is not on the disk yet, in words: that it is being saved, why it cannot be, and what an earlier state left.

function makeSaving(view) {
  const { t, queue, state } = view;
  const saving = make("p", { class: "saving" });
  const alarm = make("div", { class: "alarm", role: "alert" });
  const older = make("div", { class: "alarm" });

  function drawSaving() {
    const n = queue.acts.length;
    const gone = view.owes() > PATIENCE && t("desk.gone", { n });
    const words = (n && state.unwritten && t("desk.unwritten", { n, fault: state.unwritten })) || gone || "";
    const calm = !state.loaded ? t("desk.loading") : n ? t("desk.saving", { n }) : t("desk.saved");
    saving.textContent = words ? "" : calm;
    if (alarm.dataset.words !== words) {
      alarm.dataset.words = words;
      const shown = words ? [make("p", {}, words), n > 0 && drawDiscard(n, discard)] : [];
      alarm.replaceChildren(...shown.filter(Boolean));
    }
    view.root.dataset.waiting = state.loaded ? n : "";
  }
  /** A button that is pressed twice, for what it takes away does not come back. */
  function drawDiscard(n, run) {
    const press = (event) => {
      if (event.target.dataset.sure) return run();
      event.target.dataset.sure = "yes";
      event.target.textContent = t("desk.discard_sure", { n });
    };
    return button(t("desk.discard"), "", press);
  }
  function discard() {
    queue.discard();
    state.unwritten = "";
    view.askRows();
    drawSaving();
    view.card.focus();
  }
  /** Ask what shall become of decisions on an older state of the case. */
  function drawOlder() {
    const n = queue.older.length;
    if (!n) return older.replaceChildren();
    const done = (run) => () => {
      run();
      for (const one of queue.acts) view.send(one);
      drawOlder();
      drawSaving();
      view.card.focus();
    };
    const adopt = done(() => queue.adopt());
    const drop = done(() => queue.discardOlder());
    const words = make("p", {}, t("desk.older", { n }));
    older.replaceChildren(words, button(t("desk.older_send"), "", adopt), drawDiscard(n, drop));
  }
  const asleep = make("p", { class: "asleep" }, t("desk.asleep"));
  const progress = [
    make("div", { class: "progress" }, view.meter, view.counts, asleep, saving, view.live),
    alarm,
    older,
  ];
  return { progress, drawSaving, drawOlder };
}
