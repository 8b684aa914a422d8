"""Which forms are of one name: the surname alone, the short form, another spelling; and who of those known is alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from lagebild.core.characters import strip_marks
from lagebild.core.reference import Reference, derived
from lagebild.dataset.name_signs import ACRONYM, Sight, Signs

ALIKE = 0.86  # how far a name resembles a known one that may be its other spelling
SHORTEST = 3  # letters of a short form that the words of a name make: United Auto Workers, UAW


def join_forms(signs: Signs, sights: Sequence[Sight]) -> dict[str, str]:
    """Return for each written form that is a name the one under which it counts: its usual full form, if it has one."""
    likely = [one for one in sights if signs.is_name(one)]
    counts = Counter(one.named.name for one in likely)
    given = {one.named.name for one in likely if signs.has_given(one)}
    full = [name for name in counts if " " in name]
    full.sort(key=lambda name: (name not in given, -counts[name], len(name), name))
    called = {name: next((one for one in full if _is_same(signs, one, name)), name) for name in counts}
    shorter = _list_shorter(likely, full, called)
    for one in sights:
        form = one.named.name
        if " " not in form and not signs.is_common(form, one.language):
            bare = form.removesuffix("s") if signs.has_capitals(one) else form  # Müllers
            if known := shorter.get(form) or shorter.get(bare):
                called[form] = known
            elif bare in counts:
                called[form] = bare
    return called


def _list_shorter(likely: Sequence[Sight], full: Sequence[str], called: Mapping[str, str]) -> dict[str, str]:
    """Return the shorter forms of full names with what these are called; of two names, the first has the form."""
    shorter = {one.named.short: called[one.named.name] for one in likely if _is_short(one.named.short, one.named.name)}
    for place in (-1, 0):  # the surname before a given name, or the first word of what an organisation is called
        for name in full:
            if not ACRONYM.fullmatch(word := name.split()[place]):
                shorter.setdefault(word, called[name])
    for name in full:
        shorter.setdefault(_make_short(name), called[name])
    return shorter


def _is_same(signs: Signs, one: str, other: str) -> bool:
    """Whether two full names are the same: but for accents, names in between, or a word before that is no part of it.

    The names of persons gain such words (Brave Marina Lacerda), those of organisations lose them.
    """
    a, b = strip_marks(one).split(), strip_marks(other).split()
    if a == b:
        return True
    if signs.is_kind(a, "organisation"):
        return len(a) > len(b) > 1 and a[-len(b) :] == b
    return len(a) > 1 and (b[-len(a) :] == a or (a[0], a[-1]) == (b[0], b[-1]))


def _is_short(short: str, name: str) -> bool:
    """Whether a short form behind a name is one of it: (DUH) of Deutsche Umwelthilfe, not (CDU) of a politician."""
    letters = iter(name.lower())
    return bool(short) and " " in name and short[0] == name[0] and all(one in letters for one in short.lower())


def _make_short(name: str) -> str:
    """Return the short form that the capital letters of a name make; the name itself if that is too short."""
    letters = "".join(word[0] for word in name.split() if word[0].isupper())
    return letters if len(letters) >= SHORTEST else name


def is_known(reference: Reference, name: str) -> bool:
    """Whether the tables have a name as it stands: a surname that they trust only beside its full name (Bush)."""
    return name in _known_names(reference)


def find_nearest(reference: Reference, name: str) -> str:
    """Return the known actor who has the same surname, or whose name is written almost alike; empty without one."""
    known = _known_names(reference)
    last = name.split()[-1]
    if last in known:
        return known[last]
    near = get_close_matches(name, [one for one in known if one[0] == name[0]], 1, ALIKE)
    return known[near[0]] if near else ""


@derived
def _known_names(reference: Reference) -> dict[str, str]:
    """Return the actors by their names and surnames; of several that share one, the first of the table."""
    rows = reference.rows_for("names", *reference.languages)
    return {row["name"]: row["actor_id"] for row in reversed(rows) if row["kind"] in ("name", "surname", "weak")}
