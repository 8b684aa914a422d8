// The bar: menus, the section that is being read, citing and sharing; then what charts and tables do in their frames.
const menus = [...document.querySelectorAll("details.menu")];
const contents = document.getElementById("contents");
const pinned = new Map([
  [contents, matchMedia("(min-width: 1200px)")],
  [document.getElementById("search"), matchMedia("(min-width: 40.01rem)")],
]);

// What stands below the bar begins where it ends: it grows when a filter is on.
const over = document.querySelector(".over");
new ResizeObserver(() => root.style.setProperty("--top", `${over.offsetHeight}px`)).observe(over);

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
    if (menu.id !== "more")
      menu.querySelector(".drop").querySelector("input, select, a")?.focus({ preventScroll: true });
  });
  menu.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || event.defaultPrevented || !menu.open || isPinned(menu)) return;
      event.preventDefault(); // Escape closes one thing at a time
      menu.open = false;
      menu.querySelector("summary").focus();
    },
    true,
  );
}
document.addEventListener("click", (event) => {
  const inside = event.target.closest?.("details.menu");
  const link = event.target.closest?.("a[href^='#']");
  const opened = link && menus.find((menu) => `#${menu.id}` === link.getAttribute("href"));
  menus.filter((menu) => menu !== opened && (menu !== inside || link)).forEach(close);
  if (!opened) return;
  event.preventDefault();
  opened.open = true;
  opened.querySelector("input, select, a")?.focus();
});

const entries = [...contents.querySelectorAll("a")].map((link) => [link, target(link.hash)]);
function markSection() {
  const ended = scrollY + innerHeight > root.scrollHeight - 2;
  const edge = ended ? innerHeight : over.offsetHeight + 40;
  const [current] = entries.findLast(([, heading]) => heading.getBoundingClientRect().top < edge) ?? [];
  for (const [link] of entries) {
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
  button.textContent = button.dataset.done;
  setTimeout(() => (button.textContent = words), 1500);
};
const put = (text, button, shown) =>
  (navigator.clipboard?.writeText(text) ?? Promise.reject()).then(
    () => say(button),
    () => shown && getSelection().selectAllChildren(shown), // then the reader copies by hand
  );
for (const button of document.querySelectorAll(".citation button")) {
  button.hidden = false;
  const shown = button.parentElement.querySelector("pre");
  button.addEventListener("click", () => put(shown.textContent, button, shown));
}
const share = document.querySelector("#share button");
share.parentElement.hidden = document.querySelector(".keys").hidden = false;
share.addEventListener("click", () => {
  if (!navigator.share) return put(location.href, share);
  navigator.share({ title: document.title, url: location.href }).catch(() => {}); // the reader thought better of it
});

// A report that was handed on alone has no figures beside it.
root.classList.toggle("adrift", !location.pathname.includes(`/reports/${root.dataset.case}/`));

// Of the links of a table, an entry or a list of evidence one is a stop for the keyboard, and the arrows go on from it:
// there are thousands. The address of a text is no stop, since the list of sources holds it, too.
document.querySelectorAll("article.item .address a").forEach((link) => (link.tabIndex = -1));
for (const group of document.querySelectorAll("main table, main article.item, main ul:has(> li.claim), main .cite")) {
  const links = [...group.querySelectorAll("a[href]")].filter((link) => !link.closest(".address"));
  if (links.length < 2 || group.parentElement.closest("table, ul:has(> li.claim)")) continue;
  const stop = (chosen) => links.forEach((link) => (link.tabIndex = link === chosen ? 0 : -1));
  const row = (link) => link.closest("tr, li") ?? group;
  stop(links[0]);
  group.addEventListener("focusin", ({ target: link }) => links.includes(link) && stop(link));
  group.addEventListener("keydown", (event) => {
    const here = links.indexOf(event.target);
    const other = (link) => row(link) !== row(links[here]);
    const ways = {
      ArrowRight: () => links[here + 1],
      ArrowLeft: () => links[here - 1],
      ArrowDown: () => links.slice(here).find(other),
      ArrowUp: () => links.slice(0, here).findLast(other),
      Home: () => links[0],
      End: () => links.at(-1),
    };
    const next = here >= 0 && !event.ctrlKey && !event.metaKey && !event.altKey && ways[event.key]?.();
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
}

// What need not scroll is no stop for the keyboard; what goes on beyond an edge fades there.
function hint(frame) {
  const rest = frame.scrollWidth - frame.clientWidth;
  frame.classList.toggle("before", frame.scrollLeft > 2);
  frame.classList.toggle("after", rest - frame.scrollLeft > 2);
}
function measure(frame) {
  frame.tabIndex = frame.scrollWidth > frame.clientWidth || frame.scrollHeight > frame.clientHeight ? 0 : -1;
  hint(frame);
}
const watch = new ResizeObserver((changes) => changes.forEach(({ target: frame }) => measure(frame)));
for (const frame of document.querySelectorAll("main .scroll")) {
  frame.addEventListener("scroll", () => hint(frame), { passive: true });
  watch.observe(frame);
}

// A timeline can be enlarged within its frame: by buttons, by the keys + − 0, by the wheel with Ctrl, by pinching.
const LARGEST = 4;
function enlarge(figure, factor, across = 0.5, down = 0) {
  const frame = figure.querySelector(".scroll");
  const plot = frame.querySelector(".plot");
  const before = Number(figure.dataset.zoom ?? 1);
  const now = Math.min(LARGEST, Math.max(1, factor(before)));
  const x = (frame.scrollLeft + across * frame.clientWidth) / plot.offsetWidth;
  const y = (frame.scrollTop + down * frame.clientHeight) / plot.offsetHeight;
  plot.style.width = "";
  if (now > 1) plot.style.width = `${plot.offsetWidth * now}px`;
  figure.dataset.zoom = now;
  frame.classList.toggle("zoomed", now > 1);
  frame.scrollLeft = x * plot.offsetWidth - across * frame.clientWidth;
  frame.scrollTop = y * plot.offsetHeight - down * frame.clientHeight;
  figure.querySelector(".zoom output").value = `${Math.round(now * 100)} %`;
  measure(frame);
}
const ways = { in: (zoom) => zoom * 1.5, out: (zoom) => zoom / 1.5, whole: () => 1 };
const keys = { "+": "in", "=": "in", "-": "out", 0: "whole" };
for (const figure of document.querySelectorAll("figure[id^=fig-timeline]")) {
  const frame = figure.querySelector(".scroll");
  const tools = document.getElementById("zoom").content.firstElementChild.cloneNode(true);
  tools.setAttribute("aria-label", frame.getAttribute("aria-label"));
  tools.addEventListener("click", ({ target: button }) => ways[button.name] && enlarge(figure, ways[button.name]));
  frame.before(tools);
  frame.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    enlarge(figure, ways[keys[event.key]]);
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
