// The desk in the other language, with all that was not saved: a desk says in `view.reopen` how it is shown anew.

const LANGUAGES = Object.entries({ de: "Deutsch", en: "English" });

/** Ask for the desk in another language, and show it anew, with what is kept. */
function makeLanguage(view) {
  let wanted = ""; // the language that the kernel is asked for
  function speak(language) {
    wanted = language;
    const take = (answer) => {
      if (answer.language === wanted) return view.reopen(answer);
      if (answer.fault || answer.wait) giveUp(answer.fault || answer.wait);
      view.hear(answer);
    };
    view.ask({ ask: "language", language }, take, giveUp);
  }
  function giveUp(why = view.t("desk.gone_language")) {
    wanted = "";
    view.set({ language: view.language });
    view.warn(why);
  }
  return { speak };
}

/** Return what shows a desk by `mount`, and shows it anew each time that it asks for that. */
const renderAnew =
  (mount) =>
  ({ model, el }) => {
    let stop = mount(model, el, null, again);
    function again(kept) {
      stop();
      el.replaceChildren();
      stop = mount(model, el, kept, again);
    }
    return () => stop();
  };
