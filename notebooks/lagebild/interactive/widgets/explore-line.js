// The view as parameters of the notebook and as the line that repeats it; `core/filters.py` writes the same.

const LISTS = ["actors", "types", "status", "publishers"];
const MISREAD = /^(\s*[+-]?(\.?\p{Nd}[^]*|inf(inity)?|nan)\s*|true|false|none)$/iu;

const splitList = (text) => [
  ...new Set(
    (text ?? "")
      .split(";")
      .map((part) => part.trim().replace(/%(25|3B)/g, (_, code) => (code === "25" ? "%" : ";")))
      .filter(Boolean),
  ),
];
const joinList = (values) =>
  values.map((value) => value.replace(/[%;]/g, (sign) => (sign === "%" ? "%25" : "%3B"))).join(";");

/** Return the view that parameters describe. */
const readView = (values) => ({
  since: values.since ?? "",
  until: values.until ?? "",
  ...Object.fromEntries(LISTS.map((name) => [name, splitList(values[name])])),
  actors: [...new Set(splitList(values.actors).map(orderPair))],
  words: (values.words ?? "").trim(),
});
/** A pair in either direction has one name. */
const orderPair = (value) => (value.includes("~") ? value.split("~").sort().join("~") : value);

/** Return a view as parameters, those that leave something out. */
function writeView(view) {
  const values = {
    since: view.since,
    until: view.until,
    ...Object.fromEntries(LISTS.map((name) => [name, joinList(view[name])])),
    words: view.words,
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value));
}

/** Quote a word for a POSIX shell, as Python's shlex does. */
const quoteWord = (word) => (/^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'"'"'`)}'`);

/** Return the command of papermill that shows a view again, in parts that belong together. */
function writeLine(place, view) {
  const isText = (value) => !MISREAD.test(value) || /^\d{4}-\d\d-\d\d$/.test(value);
  const given = Object.entries({ ...place, ...writeView(view) });
  return [
    "papermill notebooks/explore.ipynb out.ipynb",
    ...given.map(([name, value]) => [isText(value) ? "-p" : "-r", name, value].map(quoteWord).join(" ")),
  ];
}

/** The line for the current view, with a button that copies it. */
function makeLine(app) {
  const { t } = app;
  const code = make("code", { tabindex: "0", "aria-label": t("explore.line_code") });
  const copy = make(
    "button",
    {
      type: "button",
      class: "copy",
      onclick: async () => {
        try {
          await navigator.clipboard.writeText(code.textContent);
        } catch {
          // a page that may not: the reader copies what is selected
          document.getSelection().selectAllChildren(code);
          document.execCommand("copy");
        }
        app.say(t("explore.copied"));
        copy.textContent = t("explore.copied");
        setTimeout(() => {
          copy.textContent = t("explore.copy");
        }, 2000);
      },
    },
    t("explore.copy"),
  );
  const node = make(
    "section",
    { class: "line", role: "group", "aria-label": t("explore.line") },
    make("h3", {}, t("explore.line")),
    make("p", { class: "hint" }, t("explore.line_hint")),
    make("div", { class: "copying" }, code, copy),
  );
  return {
    node,
    draw: (_, view) =>
      code.replaceChildren(
        ...writeLine(app.place, view).flatMap((part, at) => [at ? " " : "", make("span", {}, part)]),
      ),
  };
}
