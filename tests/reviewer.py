"""A perfect reviewer at the desk: makes each row what gold says, in the shortest way that the desk has, and counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from bare import ADDRESS, Bare
from lagebild.core.schema import STATUSES, ids
from lagebild.interactive.review_queue import SHOWN
from lagebild.interactive.review_widget import ReviewWidget
from playwright.sync_api import Page

SIDES = ("source_actors", "target_actors")
TURNS = dict(zip(SIDES, "wW", strict=True))
CLOCK = """() => {
  window.took = [];
  window.addEventListener("keydown", () => { window.began = performance.now(); }, true);
  new MutationObserver(() => {
    if (window.began) window.took.push(performance.now() - window.began);
    window.began = 0;
  }).observe(document.querySelector(".review .card"), {childList: true});
}"""
Sides = tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True)
class Judged:
    """A row of the desk and the event of gold that it tells, or none, which is to be rejected."""

    row: dict[str, Any]
    event: dict[str, Any] | None
    dated: bool  # whether it is known when the text was published


@dataclass(frozen=True)
class Plan:
    """The keys that make a row right, and the fields that must be filled by hand before it is saved."""

    keys: tuple[str, ...] = ()
    fields: tuple[tuple[str, tuple[str, ...]], ...] = ()
    saves: bool = False  # whether the last key saves the row
    lacks: str = ""  # the side that is missing
    begun: frozenset[str] = frozenset()  # the sides of which the keys have named some already

    @property
    def cost(self) -> int:
        """About how many keys it takes."""
        return len(self.keys) + 12 * len(self.fields) + (not self.saves)


@dataclass
class Desk:
    """The desk with some rows in a bare page; `pressed` counts the keys, `took` is the widget's time for each (ms)."""

    page: Page
    widget: ReviewWidget
    pressed: int = 0
    took: list[float] = field(default_factory=list)

    def show(self, chosen: Iterable[str] = ()) -> None:
        """Show the rows that are named, or all."""
        names, tell_all = set(chosen), self.widget._show_all
        place = SHOWN.index("mention_id")

        def tell() -> dict[str, Any]:
            told = tell_all()
            return told | {"rows": [one for one in told["rows"] if not names or one[place] in names]}

        self.widget._show_all = tell  # type: ignore[method-assign]
        bare = Bare(self.page)
        self.page.set_viewport_size({"width": 1300, "height": 1000})
        self.page.goto(ADDRESS)
        self.page.evaluate("localStorage.clear()")
        bare.put(self.widget)
        self.page.locator(".review .card form").wait_for()
        self.page.evaluate(CLOCK)
        self.page.locator(".review .card").focus()

    def press(self, key: str) -> None:
        """Press a key, or several at once, which count as one."""
        self.page.keyboard.press(key)
        self.pressed += 1

    @property
    def chosen(self) -> str:
        """The id of the row on the desk."""
        return self.page.locator(".review .card .facts").first.inner_text().split(" · ")[1]

    def review(self, one: Judged) -> int:
        """Make the row on the desk what gold says, and return how many keys it took."""
        before = self.pressed
        if one.event is None:
            self.press("r")
        else:
            plan = make_plan(one, self.widget.queue.get("offers", {}).get(one.row["mention_id"]))
            for key in plan.keys:
                self.press(key)
            if plan.fields:
                self._fill(plan)
                self.press("Control+Enter")
                self.page.locator(".review .card").focus()
            elif not plan.saves:
                self.press("a")
        self.page.locator(".review[data-waiting='0']").wait_for()
        self.took += self.page.evaluate("() => window.took.splice(0)")
        return self.pressed - before

    def _fill(self, plan: Plan) -> None:
        """Fill fields in their order, from key to key."""
        first = plan.fields[0][0]
        if "offers" in self.widget.queue and first in SIDES:
            turned = [side for side in SIDES for key in plan.keys if key == TURNS[side]]
            if first != (turned[-1] if turned else plan.lacks):
                self.press(TURNS[first])
            self.press("f")
        elif "offers" in self.widget.queue and first == "date":
            self.press("D")
        else:
            self.press("e")
        for name, values in plan.fields:
            wanted = f"{'select' if name == 'status' else 'input'}[data-field={name}]"
            while not self.page.evaluate("(one) => document.activeElement.matches(one)", wanted):
                self.press("Tab")
            if name == "status":
                self._choose(values[0])
            elif name == "date":
                self.press("Control+A")
                for sign in values[0] or ["Delete"]:
                    self.press(sign)
            else:
                self._name(name, values, kept=name in plan.begun)

    def _choose(self, value: str) -> None:
        ask = "() => document.activeElement.value"
        step = STATUSES.index(value) - STATUSES.index(self.page.evaluate(ask))
        for _ in range(abs(step)):
            self.press("ArrowDown" if step > 0 else "ArrowUp")

    def _name(self, side: str, values: tuple[str, ...], *, kept: bool) -> None:
        """Put actors into a side, each found by the fewest letters of its name; who stands there goes unless `kept`."""
        card = self.page.locator(f".review .actors:has(input[data-field={side}])")
        if not kept:
            for _ in range(card.locator(".chip").count()):
                self.press("Backspace")
        known = {one[0]: one[1] for one in self.widget.queue["actors"]}
        for value in values:
            for sign in known.get(value, value.removeprefix("PER:")):
                self.press(sign)
                if (active := card.locator("[aria-selected=true] small")).count() and active.inner_text() == value:
                    break
            if value not in known:
                self.press("ArrowDown")  # a new actor
            self.press("Enter")
            if value not in known:
                card.locator(".chip", has_text=value.removeprefix("PER:")).wait_for()


def make_plan(one: Judged, offered: dict[str, Any] | None) -> Plan:
    """Return the shortest way to make a row what gold says; `offered` is what the desk offers for it at one key."""
    row, event = one.row, one.event or {}
    keys, fields = list[str](), list[tuple[str, tuple[str, ...]]]()
    for name, order in (("status", STATUSES), ("date", (offered or {}).get("dates", []))):
        right = [event[name] or "", *(value or "" for value in event.get(f"{name}_alt", ()))]
        if row[name] in right or (name == "date" and not one.dated):
            continue
        cycle = list(dict.fromkeys([row[name], *order]))
        steps = [cycle.index(value) for value in right if value in cycle]
        if offered and steps:
            keys += [{"status": "c", "date": "d"}[name]] * min(steps)
        else:
            fields.append((name, (right[0],)))
    sides = min((_plan_sides(row, wanted, offered) for wanted in _readings(event)), key=lambda plan: plan.cost)
    order = [*SIDES, "date", "status"]  # as they stand on the desk
    filled = tuple(sorted((*sides.fields, *fields), key=lambda one: order.index(one[0])))
    chosen = sides.keys
    if filled and chosen and chosen[-1].isdigit():  # it must not save yet
        chosen = (*chosen[:-1], f"Shift+Digit{chosen[-1]}")
    lacks = next((side for side in SIDES if not row[side]), "")
    return Plan((*keys, *chosen), filled, sides.saves and not filled, lacks, sides.begun)


def _readings(event: dict[str, Any]) -> list[tuple[Sides, bool]]:
    """Return the sides that gold admits, and whether they may stand the other way round, too."""
    sources = [tuple(side) for side in (event["source"], *event.get("source_alt", ()))]
    targets = [tuple(side) for side in (event["target"], *event.get("target_alt", ()))]
    together = bool(event["mutual"] or event.get("mutual_ok"))
    return [(both, together and both == (sources[0], targets[0])) for both in product(sources, targets)]


def _plan_sides(row: dict[str, Any], reading: tuple[Sides, bool], offered: dict[str, Any] | None) -> Plan:
    wanted, together = reading
    drafted = tuple(ids(row[side]) for side in SIDES)
    same: Callable[[Iterable[str], Iterable[str]], bool] = lambda a, b: set(a) == set(b)  # noqa: E731
    if same(wanted[0], drafted[0]) and same(wanted[1], drafted[1]):
        return Plan()
    if together and same({*wanted[0], *wanted[1]}, {*drafted[0], *drafted[1]}):
        return Plan()
    if row["mutual"] == "no" and same(wanted[0], drafted[1]) and same(wanted[1], drafted[0]):
        return Plan(("x",))
    keys, fields, last = list[str](), list[tuple[str, tuple[str, ...]]](), list[str]()
    begun = set[str]()
    if row["mutual"] == "yes":
        keys.append("b")  # from each other to one another
        drafted = (drafted[0][:1], drafted[0][1:])
    order = sorted(
        zip(SIDES, drafted, wanted, strict=True), key=lambda one: bool(one[1])
    )  # what is missing comes first
    for side, held, names in order:
        if same(names, held):
            continue
        lacks = not held and (side == SIDES[0] or bool(drafted[0]))
        kept = held if len(held) > 1 and len(held) == len(ids(row[side])) else ()
        at = [*kept, *(one for one, _ in (offered or {}).get(side, []))][: 6 if lacks else 9]
        rest = tuple(name for name in names if name not in at)
        if not offered or (rest and (rest == tuple(names) or begun)):
            fields.append((side, tuple(names)))
            continue
        if rest:  # some by digits, the rest by name
            begun.add(side)
            fields.append((side, rest))
        names = tuple(name for name in names if name in at)
        digits = [str(at.index(name) + 1) for name in names] or ["0"]
        turned = [] if lacks else [TURNS[side]]
        keys += last[:-1] + [f"Shift+Digit{digit}" for digit in last[-1:]]
        last = [*turned, *(f"Shift+Digit{digit}" for digit in digits[:-1]), digits[-1]]
    return Plan((*keys, *last), tuple(fields), bool(last) and not fields, begun=frozenset(begun))
