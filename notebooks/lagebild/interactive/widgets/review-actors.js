// Actors and names that the case did not know: the kernel puts them into its tables.

function makeActors(view) {
  const { t, rows, state } = view;
  /** Add an actor to the case; once it is on the disk, `take` is told its id. */
  function addActor({ name, type }, take) {
    const row = state.chosen;
    view.ask({ ask: "actor", name, type }, ({ actor, fault, wait }) => {
      if (!actor) return view.warn(fault || wait);
      rows.addActor(actor);
      if (row === state.chosen) take(actor[0]); // else the reviewer went on meanwhile
      view.warn();
      view.say(t("desk.actor_added", { name: actor[1] }));
    });
  }
  function addName(words, id) {
    view.ask({ ask: "name", name: words, actor: id }, ({ actor, fault, wait }) => {
      if (!actor) return view.warn(fault || wait);
      rows.addName(actor);
      view.close();
      view.say(t("desk.name_added", { name: actor[1] }));
    });
  }
  return { addActor, addName };
}

/** Another name of an actor that is known, from the selection in the text. */
function drawName(view) {
  const { t, rows } = view;
  const name = make("input", { type: "text", maxlength: 120, autocomplete: "off", value: view.state.picked });
  const { input, found } = makeCombobox({
    id: "name-of-list",
    label: t("desk.name_of"),
    none: t("desk.name_unknown"),
    field: { "aria-label": t("desk.name_of"), placeholder: t("desk.actor_find") },
    find: (asked) => rows.findActors(asked, []),
    draw: (id) => [`${rows.name(id)} `, make("small", {}, id)],
    take: (id) => view.addName(name.value, id),
  });
  const stay = (event) => event.preventDefault();
  return make(
    "form",
    { class: "panel", onsubmit: stay, "aria-label": t("desk.name") },
    make("p", {}, t("desk.name_lead")),
    labelled(t("desk.name_words"), name, { class: "wide" }),
    make("div", { class: "field actors" }, make("span", { class: "label" }, t("desk.name_of")), input, found),
    button(t("desk.close"), "", () => view.close()),
  );
}
