// The sentences on which an event rests, below the part in which it was chosen, each with its page and its address.

const PATIENCE = 5000; // milliseconds until a kernel that does not answer is called gone

function makeSentences(app, model) {
  const { t, data, words } = app;
  const title = make("h3", { tabindex: "-1" }),
    facts = make("p", { class: "hint" }),
    only = make("div", { class: "only" }),
    list = make("ul", {});
  const close = make("button", { type: "button", class: "close", onclick: () => app.hide() }, t("explore.close"));
  const node = make(
    "section",
    { class: "sentences", role: "group", hidden: true, "aria-label": t("explore.sentences") },
    make("div", { class: "head" }, title, close),
    facts,
    only,
    list,
  );
  const token = Math.random().toString(36).slice(2); // of this view: another one of the widget asks for itself
  let number = 0,
    timer = 0,
    asked = "";

  /** An address that leads to the web and nowhere else. */
  function drawAddress(url, text) {
    let address;
    try {
      address = new URL(url);
    } catch {
      return null;
    }
    if (address.protocol !== "https:" && address.protocol !== "http:") return null;
    return make(
      "a",
      { href: address.href, target: "_blank", rel: "noopener noreferrer" },
      text || address.hostname,
      make("span", { class: "hidden" }, ` (${t("explore.new_tab")})`),
    );
  }

  function drawSentence(one) {
    const outlet =
      one.reporter === one.publisher
        ? one.publisher
        : t("explore.via", { reporter: one.reporter, publisher: one.publisher });
    const link = drawAddress(one.url, one.title);
    const made = one.origin === "drafted" && one.reviewed === "yes" ? t("annex.accepted") : t(`annex.${one.origin}`);
    const notes = [
      t(`status.${one.status}`),
      one.stance !== "supports" && t(`stance.${one.stance}`),
      one.speaker && `${t("annex.speaker")} ${one.speaker}`,
      one.cue && `${t("annex.cue")} ${t("quoted", { text: one.cue })}`,
      `${made} ${one.mention_id}`,
    ]
      .filter(Boolean)
      .join(" · ");
    return make(
      "li",
      {},
      make("q", { lang: one.language }, one.before, make("mark", {}, one.evidence), one.after),
      make(
        "p",
        { class: "by" },
        make("b", {}, outlet),
        `, ${one.published} · `,
        make("span", { title: t("explore.grade") }, `${t("explore.grade")} ${one.grade}`),
        link ? " · " : "",
        link,
      ),
      make(
        "p",
        { class: "by" },
        notes,
        one.rule && [` · ${t("annex.rule")} `, make("code", {}, one.rule)],
        one.decisions.map((decision) => ` · ${decision}`),
      ),
    );
  }

  const fill = (told) => list.replaceChildren(...told.map(drawSentence));
  const say = (text) => list.replaceChildren(make("li", { class: "wait" }, text));

  /** Ask the kernel; one that is gone does not answer. */
  function ask(id) {
    number += 1;
    asked = `${token}-${number}`;
    const own = asked;
    say(t("explore.asking"));
    const gone = () => asked === own && say(t("explore.gone"));
    clearTimeout(timer);
    timer = setTimeout(gone, PATIENCE);
    try {
      model.send({ ask: "sentences", event: id, number: own });
    } catch {
      gone();
    }
  }
  function hear(answer) {
    if (answer.number !== asked) return;
    clearTimeout(timer);
    asked = "";
    if (answer.fault) say(answer.fault);
    else fill(answer.sentences);
  }
  model.on("msg:custom", hear);

  return {
    node,
    open(i, where) {
      const id = data.ids[i];
      title.textContent = data.summaries[i];
      facts.textContent = [
        words.when(i),
        words.type(i),
        words.who(i),
        words.status(i),
        words.outlets(data.publishers[i]),
        id,
      ].join(" · ");
      const ties = words
        .list("ties", i)
        .map((pair) => `${data.actors[data.pairs[2 * pair]].id}>${data.actors[data.pairs[2 * pair + 1]].id}`);
      const pairs = [...new Set(ties.map((tie) => tie.split(">").sort().join("~")))].slice(0, 3);
      only.replaceChildren(
        ...pairs.map((pair) =>
          make(
            "button",
            { type: "button", onclick: () => app.choose({ actors: [pair] }) },
            t("explore.only", { name: words.actor(pair) }),
          ),
        ),
        make(
          "button",
          { type: "button", onclick: () => app.choose({ types: [data.types[data.type[i]].id] }) },
          t("explore.only", { name: words.type(i) }),
        ),
      );
      where.after(node);
      node.hidden = false;
      asked = "";
      const sent = model.get("sentences");
      if (sent) fill(sent[id] ?? []);
      else ask(id);
      title.focus({ preventScroll: true });
      node.scrollIntoView({ block: "nearest" });
    },
    close() {
      node.hidden = true;
      asked = "";
    },
    stop() {
      clearTimeout(timer);
      model.off("msg:custom", hear);
    },
  };
}
