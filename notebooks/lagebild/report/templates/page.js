// Made by `make widgets` of the modules in interactive/widgets/src: change these.
(() => {
  // kit/elements.js
  var findAll = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  var closest = (event, selector) => (event.target instanceof Element ? event.target.closest(selector) : null);
  var findOne = (selector, root = document) => root.querySelector(selector);

  // page/bar.js
  function makeBar(page) {
    const menus = findAll("details.menu");
    const contents = document.getElementById("contents");
    const pinned = new Map([
      [contents, matchMedia("(min-width: 1200px)")],
      [document.getElementById("search"), matchMedia("(min-width: 40.01rem)")],
    ]);
    const over = findOne(".over");
    new ResizeObserver(() => page.root.style.setProperty("--top", `${over.offsetHeight}px`)).observe(over);
    const isPinned = (menu) => Boolean(pinned.get(menu)?.matches);
    const close = (menu) => (menu.open = isPinned(menu));
    for (const [menu, wide] of pinned) {
      wide.addEventListener("change", () => close(menu));
      close(menu);
    }
    for (const menu of menus) {
      menu.addEventListener("toggle", () => {
        if (!menu.open || isPinned(menu)) return;
        menus.filter((other) => other !== menu).forEach(close);
        const types = menu.id === "filter-menu" && matchMedia("(hover: none)").matches;
        if (menu.id !== "more" && !types) findOne(".drop :is(input, select, a)", menu)?.focus({ preventScroll: true });
      });
      menu.addEventListener(
        "keydown",
        (event) => {
          if (event.key !== "Escape" || event.defaultPrevented || !menu.open || isPinned(menu)) return;
          event.preventDefault();
          menu.open = false;
          findOne("summary", menu)?.focus();
        },
        true,
      );
    }
    document.addEventListener("click", (event) => {
      if (closest(event, "dialog")) return;
      const inside = closest(event, "details.menu");
      const link = closest(event, "a[href^='#']");
      const opened = link && menus.find((menu) => `#${menu.id}` === link.getAttribute("href"));
      const stays = closest(event, "#fitting");
      menus.filter((menu) => menu !== opened && (menu !== inside || (link && !stays))).forEach(close);
      if (!opened) return;
      event.preventDefault();
      opened.open = true;
      findOne("input, select, a", opened)?.focus();
    });
    const entries = Array.from(contents.querySelectorAll("a"), (link) => ({ link, heading: page.target(link.hash) }));
    function markSection() {
      const ended = scrollY + innerHeight > page.root.scrollHeight - 2;
      const edge = ended ? innerHeight : over.offsetHeight + 40;
      const current = entries.findLast(({ heading }) => heading && heading.getBoundingClientRect().top < edge)?.link;
      for (const { link } of entries) {
        if (link === current) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    }
    let asked = false;
    addEventListener(
      "scroll",
      () => {
        if (asked) return;
        asked = true;
        requestAnimationFrame(() => ((asked = false), markSection()));
      },
      { passive: true },
    );
    markSection();
    const say = (button) => {
      const words = button.textContent;
      button.textContent = button.dataset.done ?? words;
      setTimeout(() => (button.textContent = words), 1500);
    };
    const put = (text, button, shown = null) =>
      (navigator.clipboard?.writeText(text) ?? Promise.reject()).then(
        () => say(button),
        () => shown && getSelection()?.selectAllChildren(shown),
        // then the reader copies by hand
      );
    for (const button of findAll(".citation button")) {
      button.hidden = false;
      const shown = button.parentElement?.querySelector("pre");
      button.addEventListener("click", () => put(shown?.textContent ?? "", button, shown));
    }
    const share = findOne("#share button");
    for (const one of [share.parentElement, findOne(".keys")]) if (one) one.hidden = false;
    share.addEventListener("click", () => {
      if (!navigator.share) return put(location.href, share);
      navigator.share({ title: document.title, url: location.href }).catch(() => {});
    });
    page.root.classList.toggle("adrift", !location.pathname.includes(`/reports/${page.root.dataset.case}/`));
  }

  // kit/match.js
  var isOpen = (day) => day === "" || day === null || day === void 0;
  var touchesPeriod = (first, last, since, until) =>
    (isOpen(since) || isOpen(last) || /** @type {Day} */ last >= /** @type {Day} */ since) &&
    (isOpen(until) || isOpen(first) || /** @type {Day} */ first <= /** @type {Day} */ until);
  var writePattern = (words) =>
    new RegExp(words.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&").replace(/\s+/g, "\\s+"), "gi");

  // page/filter.js
  var LISTED = 60;
  var matchesFilter = (item, words, want) =>
    (want.text ?? "")
      .toLowerCase()
      .split(/\s+/)
      .every((word) => words.includes(word)) &&
    (!want.type || item.type === want.type) &&
    (!want.status || item.status === want.status) &&
    (!want.contested || item.contested === want.contested) &&
    (!want.actor || (item.actors ?? "").split(" ").includes(want.actor)) &&
    touchesPeriod(item.from, item.to, want.from, want.to);
  function matchCompanions(svg) {
    const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
    if (!scale) return [];
    const middle = (box) => [box.left + box.width / 2, box.top + box.height / 2];
    const links = Array.from(svg.querySelectorAll("a[href]"), (link) => {
      const symbol = link.lastElementChild ?? link;
      return { link, box: symbol.getBoundingClientRect(), isText: symbol.tagName === "text" };
    });
    const symbols = links.filter(({ isText }) => !isText);
    const match = (drawn2) => {
      const box = drawn2.getBoundingClientRect();
      const [x, y] = middle(box);
      const far = (one) => Math.hypot(middle(one.box)[0] - x, middle(one.box)[1] - y);
      const holds = (one) => x > one.box.left && x < one.box.right && y > one.box.top && y < one.box.bottom;
      const level = (one) => box.height < 22 * scale && Math.abs(middle(one.box)[1] - y) < 5 * scale;
      const [first, ...rest] = (symbols.length ? symbols : links).filter(drawn2.matches("text") ? holds : level);
      return rest.reduce((best, one) => (far(best) <= far(one) ? best : one), first)?.link;
    };
    const isSign = ({ width, height }) => Math.max(width, height) < 18 * scale && Math.min(width, height) > 2 * scale;
    const signs = symbols.length ? [] : Array.from(svg.querySelectorAll("circle, path"));
    const drawn = Array.from(svg.querySelectorAll("text, path[d$=z]"))
      .concat(signs.filter((one) => isSign(one.getBoundingClientRect())))
      .filter((one) => !one.closest("a"));
    return drawn.map((one) => ({ one, link: match(one) })).filter(({ link }) => link);
  }
  function makeFilter(page) {
    const filter = document.getElementById("filter");
    const filtered = document.getElementById("filtered");
    const fitting = document.getElementById("fitting");
    const fields = filter ? Array.from(filter.elements) : [];
    const items = findAll("article.item").map((node) => ({ node, words: "" }));
    let marks;
    let written = location.hash.startsWith("#find?") ? "" : location.hash;
    const chosen = () =>
      (filter ? [...new FormData(filter)].filter(([, value]) => value) : []).map(([name, value]) => [
        name,
        String(value),
      ]);
    function apply() {
      const want = Object.fromEntries(chosen());
      const on = Object.keys(want).length > 0;
      for (const item of items) {
        item.words ||= (item.node.textContent ?? "").toLowerCase();
        item.node.hidden = on && !matchesFilter(item.node.dataset, item.words, want);
      }
      const shown = items.map(({ node }) => node).filter((node) => !node.hidden);
      const said = { "{n}": shown.length, "{all}": items.length };
      for (const count of [filter?.elements.namedItem("count"), filtered.firstElementChild]) {
        count.value = (count.dataset.text ?? "").replace(/\{n\}|\{all\}/g, (name) => said[name]);
      }
      filtered.hidden = !on;
      listFitting(on ? shown : [], want);
      for (const drawn of document.querySelectorAll("svg .dim")) drawn.classList.remove("dim");
      if (!on) return;
      marks ??= [...document.querySelectorAll(".plot svg a[href]")].map((link) => [
        link,
        page.gather(link.getAttribute("href") ?? ""),
      ]);
      for (const [link, entries] of marks)
        link.classList.toggle(
          "dim",
          entries.every((entry) => entry.hidden),
        );
      for (const { one, link } of Array.from(document.querySelectorAll(".plot svg")).flatMap(matchCompanions)) {
        one.classList.toggle("dim", link?.matches(".dim"));
      }
    }
    function listFitting(nodes, want) {
      const dated = Boolean(want.from || want.to);
      const isSure = ({ dataset }) =>
        dataset.from && dataset.to && dataset.from >= (want.from ?? "") && dataset.to <= (want.to ?? "9999");
      const isEvent = ({ dataset }) => /^[A-Z]/.test(dataset.type ?? "");
      const sure = dated ? nodes.filter(isSure) : nodes;
      const byDay = (a, b) => (a.dataset.from < b.dataset.from ? -1 : Number(a.dataset.from > b.dataset.from));
      const events = sure.filter(isEvent).sort(byDay);
      const conditions = sure.filter((node) => !isEvent(node)).sort(byDay);
      const below = conditions.slice(0, Math.max(LISTED - events.length, 0));
      const left = nodes.length - Math.min(sure.length, LISTED);
      const draw = (node) => {
        const [item, link] = [document.createElement("li"), document.createElement("a")];
        const when = findOne(".facts", node)?.textContent?.split(" · ")[0];
        const id = findOne(".id", node)?.textContent ?? "";
        link.href = `#${node.id}`;
        link.textContent = `${when}: ${findOne("h4", node)?.textContent?.replace(id, "").trim()}`;
        item.append(link);
        return item;
      };
      const say = (key, n) => {
        const textContent = (fitting.dataset[key] ?? "").replace("{n}", `${n}`);
        return Object.assign(document.createElement("li"), { className: "rest", textContent });
      };
      fitting.replaceChildren(
        ...(dated && nodes.length ? [say("sure", events.length)] : []),
        ...events.slice(0, LISTED).map(draw),
        ...(dated && below.length ? [say("conditions", conditions.length)] : []),
        ...below.map(draw),
        ...(left ? [say("rest", left)] : []),
      );
      fitting.hidden = !nodes.length;
    }
    function note() {
      const words = page.query.value.trim();
      const state = new URLSearchParams(words ? [["search", words], ...chosen()] : chosen()).toString();
      written = state && `#find?${state}`;
      history.replaceState(history.state, "", written || location.pathname + location.search);
    }
    function clearFilter() {
      for (const field of fields) if ("value" in field && field.type !== "reset") field.value = "";
      apply();
      page.search();
      note();
    }
    function restore() {
      if (!location.hash.startsWith("#find?") || location.hash === written) return;
      written = location.hash;
      const asked = new URLSearchParams(location.hash.slice(6));
      if (filter) {
        for (const field of fields) {
          if (field.name && field.name !== "count") field.value = asked.get(field.name) ?? "";
        }
        apply();
      }
      page.query.value = asked.get("search") ?? asked.get("text") ?? "";
      page.search();
      if (asked.has("search")) page.step(1);
      else {
        const items2 = findOne(".items");
        page.reveal(items2);
        items2?.closest("section")?.scrollIntoView();
      }
    }
    if (filter) {
      const menu = document.getElementById("filter-menu");
      const link = document.createElement("a");
      link.href = "#filter-menu";
      link.textContent = filter.getAttribute("aria-label");
      filter.before(link);
      findOne(".drop", menu)?.append(filter, fitting);
      filter.hidden = menu.hidden = false;
      filter.addEventListener("submit", (event) => event.preventDefault());
      filter.addEventListener("input", () => (apply(), page.search(), note()));
      filter.addEventListener("reset", (event) => (event.preventDefault(), clearFilter()));
      findOne("button", filtered)?.addEventListener("click", clearFilter);
      addEventListener("hashchange", () => page.target(location.hash)?.matches("article[hidden]") && clearFilter());
      apply();
    }
    addEventListener("hashchange", restore);
    restore();
    addEventListener("beforeprint", () => items.forEach(({ node }) => (node.hidden = false)));
    addEventListener("afterprint", () => filter && apply());
    return { note, clearFilter };
  }

  // page/find.js
  var SKIPPED = "svg, [hidden], .unseen, .files, .zoom";
  var BLOCKS = "p, li, dt, dd, th, td, caption, figcaption, summary, pre, h1, h2, h3, h4";
  function makeFind(page) {
    const main = document.querySelector("main");
    const find = document.getElementById("find");
    const part = (name) => find.elements.namedItem(name);
    const query = part("search");
    const hits = part("hits");
    const canHighlight = "highlights" in CSS;
    if (canHighlight) {
      document.styleSheets[0].insertRule("::highlight(found) { background-color: #ffd54a; color: #000; }");
      document.styleSheets[0].insertRule("::highlight(current) { background-color: #b34700; color: #fff; }");
    }
    let found = [];
    let at = -1;
    function readBlocks() {
      const blocks = [];
      let last;
      const judge = (node) =>
        node instanceof Element && node.matches(SKIPPED) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;
      const walker = document.createTreeWalker(main, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, judge);
      while (walker.nextNode()) {
        const node = walker.currentNode;
        if (!(node instanceof Text)) continue;
        const block = node.parentElement?.closest(BLOCKS) ?? main;
        if (block !== last) blocks.push({ text: "", nodes: [] });
        last = block;
        const held = blocks[blocks.length - 1];
        held.nodes.push([held.text.length, node]);
        held.text += node.data;
      }
      return blocks;
    }
    function search() {
      const words = query.value.trim();
      unmark();
      at = -1;
      found = [];
      if (words.length > 1) {
        const pattern = writePattern(words);
        for (const { text, nodes } of readBlocks()) {
          for (const match of text.matchAll(pattern)) {
            const range = new Range();
            const end = match.index + match[0].length;
            const [from, first] = nodes.findLast(([start]) => start <= match.index) ?? nodes[0];
            const [until, last] = nodes.findLast(([start]) => start < end) ?? nodes[0];
            range.setStart(first, match.index - from);
            range.setEnd(last, end - until);
            found.push(range);
          }
        }
      }
      mark();
      for (const name of ["back", "next"]) part(name).hidden = !found.length;
      tell();
    }
    function tell() {
      const words = query.value.trim();
      const text = (found.length ? hits.dataset.text : hits.dataset.none) ?? "";
      hits.value = words.length > 1 ? text.replace("{n}", `${at + 1}`).replace("{all}", `${found.length}`) : "";
    }
    function mark() {
      if (!found.length) return;
      if (canHighlight) CSS.highlights.set("found", new Highlight(...found));
      else found = found.reverse().map(wrap).reverse();
    }
    function wrap(range) {
      const whole = new Range();
      const walker = document.createTreeWalker(range.commonAncestorContainer, NodeFilter.SHOW_TEXT);
      const nodes = [];
      for (let node = walker.currentNode; node; node = walker.nextNode()) {
        if (node instanceof Text && range.intersectsNode(node)) nodes.push(node);
      }
      const { startContainer, startOffset, endContainer, endOffset } = range;
      const made = nodes.reverse().map((node) => {
        let piece = node;
        if (node === endContainer) piece.splitText(endOffset);
        if (node === startContainer) piece = node.splitText(startOffset);
        const element = document.createElement("mark");
        element.className = "hit";
        piece.replaceWith(element);
        element.append(piece);
        return element;
      });
      whole.setStartBefore(made[made.length - 1]);
      whole.setEndAfter(made[0]);
      return whole;
    }
    function unmark() {
      if (canHighlight) return ["found", "current"].forEach((name) => CSS.highlights.delete(name));
      for (const element of document.querySelectorAll(".hit")) {
        const parent = element.parentNode;
        element.replaceWith(...element.childNodes);
        parent?.normalize();
      }
    }
    function step(by) {
      if (!found.length) return;
      if (at < 0) {
        const next = found.findIndex((range2) => range2.getBoundingClientRect().top > 60);
        at = by > 0 ? Math.max(next, 0) : (next < 0 ? found.length : next) - 1;
      } else at += by;
      at = (at + found.length) % found.length;
      const range = found[at];
      const { startContainer: start, startOffset } = range;
      const inside = start instanceof Text ? start.parentElement : start.childNodes[startOffset];
      page.reveal(inside);
      inside.scrollIntoView({ block: "center", inline: "nearest" });
      if (canHighlight) CSS.highlights.set("current", new Highlight(range));
      else {
        document.querySelectorAll(".hit-now").forEach((one) => one.classList.remove("hit-now"));
        inside.closest(".hit")?.classList.add("hit-now");
      }
      tell();
    }
    let waiting;
    query.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => (search(), step(1), page.note()), 200);
    });
    find.addEventListener("submit", (event) => (event.preventDefault(), step(1)));
    part("back").addEventListener("click", () => step(-1));
    query.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.shiftKey) (event.preventDefault(), step(-1));
      if (event.key !== "Escape" || !query.value) return;
      event.preventDefault();
      query.value = "";
      search();
      page.note();
    });
    document.getElementById("search").hidden = false;
    return { query, search, step };
  }

  // page/folds.js
  var SHOWN = 3;
  function foldIds(cite, words) {
    const links = findAll("a", cite);
    const more = links.length - SHOWN;
    if (more < 2) return null;
    const rest = document.createElement("span");
    rest.hidden = true;
    const close = cite.lastChild;
    if (close) cite.removeChild(close);
    const from = links[SHOWN - 1].nextSibling;
    while (from && cite.lastChild !== from && cite.lastChild) rest.prepend(cite.lastChild);
    if (from) rest.prepend(from);
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = `+${more}`;
    button.title = words.replace("{n}", `${more}`);
    button.setAttribute("aria-label", button.title);
    const show = () => {
      rest.hidden = false;
      button.remove();
    };
    button.addEventListener("click", () => {
      show();
      links[SHOWN]?.focus();
    });
    cite.append(button, rest, close ?? "");
    return show;
  }
  function makeFolds(page) {
    const folds = findAll("details.fold");
    const reveal = (element) => {
      for (let one = element; one; one = one.parentElement) if (one instanceof HTMLDetailsElement) one.open = true;
    };
    function arrive() {
      const named = page.target(location.hash);
      if (!named?.closest("details.fold:not([open])")) return;
      reveal(named);
      named.scrollIntoView();
    }
    addEventListener("hashchange", arrive);
    arrive();
    const button = document.getElementById("unfold");
    if (button) {
      button.hidden = false;
      button.addEventListener("click", () => folds.forEach((fold) => (fold.open = true)));
    }
    const words = page.root.querySelector("main")?.dataset.more ?? "";
    const shows = findAll(".cite").map((cite) => foldIds(cite, words));
    let opened = [];
    addEventListener("beforeprint", () => {
      opened = folds.filter((fold) => !fold.open);
      for (const fold of opened) fold.open = true;
      for (const show of shows) show?.();
    });
    addEventListener("afterprint", () => opened.forEach((fold) => (fold.open = false)));
    return { reveal };
  }

  // kit/focus.js
  var isModified = (event) => event.ctrlKey || event.metaKey || event.altKey;
  function setStop(items, chosen) {
    for (const item of items) item.tabIndex = item === chosen ? 0 : -1;
  }
  function goByKeys(box, move) {
    box.addEventListener("keydown", (event) => {
      const to = isModified(event) ? null : move(event);
      if (!to) return;
      event.preventDefault();
      to.focus();
    });
  }
  function inRow(item, key, items) {
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -items.length, End: items.length }[key];
    return step && items[Math.max(0, Math.min(items.length - 1, items.indexOf(item) + step))];
  }
  function amongLinks(link, key, links, rowOf) {
    const here = links.indexOf(link);
    const isOther = (one) => rowOf(one) !== rowOf(link);
    if (key === "ArrowRight") return links[here + 1];
    if (key === "ArrowLeft") return links[here - 1];
    if (key === "ArrowDown") return links.slice(here).find(isOther);
    if (key === "ArrowUp") return links.slice(0, here).findLast(isOther);
    if (key === "Home") return links[0];
    return key === "End" ? links[links.length - 1] : void 0;
  }

  // page/frames.js
  function makeStops() {
    findAll("article.item .address a").forEach((link) => (link.tabIndex = -1));
    for (const group of findAll("main table, main article.item, main ul:has(> li.claim), main .cite")) {
      const links = findAll("a[href]", group).filter((link) => !link.closest(".address"));
      if (links.length < 2 || group.parentElement?.closest("table, ul:has(> li.claim)")) continue;
      const find = ({ target }) => links.find((link) => link === target);
      setStop(links, links[0]);
      group.addEventListener("focusin", (event) => find(event) && setStop(links, find(event)));
      goByKeys(group, (event) => {
        const link = find(event);
        return link && amongLinks(link, event.key, links, (one) => one.closest("tr, li") ?? group);
      });
    }
  }
  function hint(frame) {
    const rest = frame.scrollWidth - frame.clientWidth;
    frame.classList.toggle("before", frame.scrollLeft > 2);
    frame.classList.toggle("after", rest - frame.scrollLeft > 2);
  }
  function measure(frame) {
    frame.tabIndex = frame.scrollWidth > frame.clientWidth || frame.scrollHeight > frame.clientHeight ? 0 : -1;
    hint(frame);
  }
  function watchFrames() {
    const watch = new ResizeObserver((changes) => changes.forEach(({ target }) => measure(target)));
    for (const frame of findAll("main .scroll")) {
      frame.addEventListener("scroll", () => hint(frame), { passive: true });
      watch.observe(frame);
    }
  }
  function makeMarks() {
    for (const plot of findAll("main .plot:not(.narrow)")) {
      const svg = findOne("svg", plot);
      const links = findAll("a[href]", plot);
      if (!svg || !links.length) continue;
      plot.removeAttribute("aria-hidden");
      svg.setAttribute("role", "group");
      setStop(links, links[0]);
      const find = (event) => closest(event, "svg a");
      svg.addEventListener("focusin", (event) => find(event) && setStop(links, find(event) ?? void 0));
      goByKeys(svg, (event) => {
        const link = find(event);
        return link && inRow(link, event.key, links);
      });
    }
  }
  function makeFiles() {
    const types = { csv: "text/csv", svg: "image/svg+xml" };
    for (const button of findAll("main .files button")) {
      const figure = button.closest("figure");
      const read = {
        csv: () => findOne(".csv", figure ?? document)?.textContent ?? "",
        svg: () => new XMLSerializer().serializeToString(findOne(".plot svg", figure ?? document)),
      };
      if (button.parentElement) button.parentElement.hidden = false;
      button.addEventListener("click", () => {
        const link = document.createElement("a");
        link.href = URL.createObjectURL(new Blob([read[button.name]()], { type: types[button.name] }));
        link.download = button.dataset.file ?? "";
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 1e4);
      });
    }
  }
  var LARGEST = 4;
  var WAYS = { in: (zoom) => zoom * 1.5, out: (zoom) => zoom / 1.5, whole: () => 1 };
  var KEYS = { "+": "in", "=": "in", "-": "out", 0: "whole" };
  function enlarge(figure, factor, across = 0.5, down = 0) {
    const frame = findOne(".scroll", figure);
    const plot = findOne(".plot", frame);
    const before = Number(figure.dataset.zoom ?? 1);
    const now = Math.min(LARGEST, Math.max(1, factor(before)));
    const x = (frame.scrollLeft + across * frame.clientWidth) / plot.offsetWidth;
    const y = (frame.scrollTop + down * frame.clientHeight) / plot.offsetHeight;
    const svg = findOne("svg", plot);
    plot.style.width = svg.style.height = "";
    svg.removeAttribute("preserveAspectRatio");
    if (now > 1) {
      svg.style.height = `${svg.getBoundingClientRect().height}px`;
      svg.setAttribute("preserveAspectRatio", "none");
      plot.style.width = `${plot.offsetWidth * now}px`;
    }
    plot.style.setProperty("--narrow", String(1 / now));
    figure.dataset.zoom = String(now);
    frame.classList.toggle("zoomed", now > 1);
    frame.scrollLeft = x * plot.offsetWidth - across * frame.clientWidth;
    frame.scrollTop = y * plot.offsetHeight - down * frame.clientHeight;
    findOne(".zoom output", figure).value = `${Math.round(now * 100)} %`;
    measure(frame);
  }
  function makeZoom() {
    const template = document.getElementById("zoom");
    for (const figure of findAll("figure[id^=fig-timeline]")) {
      const frame = findOne(".scroll", figure);
      const tools = template.content.firstElementChild?.cloneNode(true);
      tools.setAttribute("aria-label", frame.getAttribute("aria-label") ?? "");
      tools.addEventListener("click", ({ target }) => {
        const way = target instanceof HTMLButtonElement && WAYS[target.name];
        if (way) enlarge(figure, way);
      });
      frame.before(tools);
      frame.addEventListener("keydown", (event) => {
        if (isModified(event) || !KEYS[event.key]) return;
        event.preventDefault();
        enlarge(figure, WAYS[KEYS[event.key]]);
      });
      frame.addEventListener(
        "wheel",
        (event) => {
          if (!event.ctrlKey) return;
          event.preventDefault();
          const box = frame.getBoundingClientRect();
          const by = Math.exp(-event.deltaY / 200);
          enlarge(
            figure,
            (zoom) => zoom * by,
            (event.clientX - box.left) / box.width,
            (event.clientY - box.top) / box.height,
          );
        },
        { passive: false },
      );
    }
  }
  function makeFrames() {
    makeStops();
    makeMarks();
    makeFiles();
    watchFrames();
    makeZoom();
  }

  // page/panel.js
  function makePanel(page) {
    const root = document.documentElement;
    root.classList.add("live");
    const panel = document.getElementById("evidence");
    const rows = document.getElementById("evidence-rows");
    const place = document.getElementById("evidence-place");
    const roomy = matchMedia("(min-width: 1000px)");
    const card = document.createElement("div");
    card.className = "card";
    card.hidden = true;
    document.body.append(card);
    const target = (hash) => document.getElementById(decodeURIComponent(hash.slice(1)));
    const copy = (entry) => {
      const made = entry.cloneNode(true);
      for (const one of [made, ...findAll("[id]", made)]) one.removeAttribute("id");
      for (const one of findAll("[tabindex]", made)) one.removeAttribute("tabindex");
      made.hidden = false;
      for (const heading of findAll("h4", made)) {
        const higher = document.createElement("h3");
        higher.append(...heading.childNodes);
        heading.replaceWith(higher);
      }
      return made;
    };
    function gather(hash) {
      const found = hash.length > 1 && target(hash);
      if (!found) return [];
      if (found.matches("article.item")) return [found];
      if (!found.matches("tr[id^=rel-], tr[id^=tie-], tr[id^=say-]")) return [];
      const cited = findAll(".ids a", found).map((link) => target(link.hash));
      return cited.flatMap((entry) => (entry?.matches("article.item") ? [entry] : []));
    }
    function fill(hash) {
      const entries = gather(hash);
      rows.replaceChildren(...entries.map(copy));
      place.href = hash;
      if (entries.length && !panel.open) {
        panel.returnValue = "";
        if (roomy.matches) panel.show();
        else panel.showModal();
      }
      if (!entries.length && panel.open) panel.close();
      rows.scrollTop = 0;
    }
    let read = scrollY;
    addEventListener("scroll", () => (read = scrollY), { passive: true });
    const keepPlace = () => history.replaceState({ ...history.state, read: scrollY }, "");
    const returnTo = (top) => {
      const go = () => scrollTo({ top, behavior: "instant" });
      go();
      requestAnimationFrame(() => requestAnimationFrame(go));
    };
    function leave() {
      keepPlace();
      panel.close("place");
    }
    function follow(event) {
      if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const link = closest(event, "a[href]");
      const another = link && ["alternate", "prev"].includes(link.rel) && !link.type;
      if (another) link.hash = location.hash;
      const hash = link?.getAttribute("href") ?? "";
      if (!hash.startsWith("#")) return;
      if (link === place) {
        event.preventDefault();
        const entry = target(hash);
        leave();
        if (entry?.hidden) page.clearFilter();
        page.reveal(entry);
        entry?.scrollIntoView();
        return;
      }
      if (gather(hash).length) {
        event.preventDefault();
        hide();
        if (!panel.open) keepPlace();
        history[panel.open ? "replaceState" : "pushState"]({ evidence: hash, read: scrollY }, "", hash);
        const frame = link?.closest(".scroll");
        if (!panel.contains(link)) panel.classList.toggle("under", Boolean(frame));
        fill(hash);
        const covered = link && frame && panel.offsetTop < link.getBoundingClientRect().bottom;
        if (covered && !panel.matches(":modal")) link.scrollIntoView({ block: "center", behavior: "instant" });
      } else if (panel.open) {
        leave();
      }
    }
    document.addEventListener("click", follow);
    panel.addEventListener("click", (event) => event.target === panel && panel.matches(":modal") && panel.close());
    let closedAt;
    panel.addEventListener("close", () => {
      if (panel.open) return;
      if (panel.returnValue === "place" || !history.state?.evidence) return;
      closedAt = read;
      history.back();
    });
    addEventListener("popstate", (event) => {
      const top = closedAt ?? event.state?.read;
      closedAt = void 0;
      fill(event.state?.evidence ?? "#");
      if (top !== void 0) returnTo(top);
    });
    roomy.addEventListener("change", () => {
      if (!panel.open) return;
      panel.close("place");
      fill(history.state?.evidence ?? "#");
    });
    let shown = null;
    function show(event) {
      const link = closest(event, 'a[href^="#"]');
      const byHand = event.pointerType === "touch" || (event.type === "focusin" && !link?.matches(":focus-visible"));
      if (!link || byHand || link === shown || panel.contains(link) || link.closest("article.item")) return;
      if (panel.open && link.getAttribute("href") === place.getAttribute("href")) return;
      const [entry] = gather(link.getAttribute("href") ?? "");
      if (!entry) return;
      card.replaceChildren(...copy(entry).children);
      card.hidden = false;
      shown = link;
      const at = link.getBoundingClientRect();
      const { offsetWidth: wide, offsetHeight: high } = card;
      const below = at.bottom + 8 + high <= innerHeight || at.top < high + 8;
      card.style.left = `${Math.max(8, Math.min(at.left, innerWidth - wide - 8))}px`;
      card.style.top = `${below ? at.bottom + 8 : at.top - high - 8}px`;
    }
    function hide() {
      card.hidden = true;
      shown = null;
    }
    for (const kind of ["pointermove", "focusin"]) document.addEventListener(kind, show);
    for (const kind of ["pointerout", "focusout", "scroll"]) document.addEventListener(kind, hide, true);
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      hide();
      if (panel.open && !panel.matches(":modal") && !event.defaultPrevented) panel.close();
    });
    return { root, target, gather };
  }

  // page/page.js
  var PARTS = [makePanel, makeFolds, makeFind, makeFilter, makeBar, makeFrames];
  function bringToLife() {
    const page = {};
    for (const part of PARTS) Object.assign(page, part(page));
  }
  bringToLife();
})();
