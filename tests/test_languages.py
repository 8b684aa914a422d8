"""The languages that are read: each has tables and code, and one from elsewhere is read like those of the package."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from known import REFERENCE
from lagebild.coder.coder import draft_lines, draft_text
from lagebild.coder.quality import agree, hash_rules
from lagebild.core.errors import InputError
from lagebild.core.reference import Reference
from lagebild.corpus.sentences import find_language

TOY = Path(__file__).parent / "toy"
DAY = "2025-06-16"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return Path(shutil.copytree(REFERENCE.folder, tmp_path / "data" / "reference"))


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    """Return the tables of the project with a made-up language, whose code is found where Python finds modules."""
    folder = shutil.copytree(REFERENCE.folder, tmp_path_factory.mktemp("toy") / "data" / "reference")
    shutil.copytree(TOY / "qaa", folder / "lang" / "qaa")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(TOY))
        reference = Reference(folder)
        assert draft_text(reference, "Rusol brakat Ukrin.", "qaa", DAY).events
    return reference


@pytest.mark.parametrize(
    ("text", "act", "date", "status"),
    [
        ("Rusol brakat Ukrin.", "ASSAULT RUS>UKR", "", "asserted"),
        ("Rusol ne brakat Ukrin.", "ASSAULT RUS>UKR", "", "negated"),
        ("Putin vizitut Tehrol.", "CONSULT RUS>IRN", "", "hypothetical"),
        ("Iran e Rusol paktat en 14 yuni.", "AGREE IRN+RUS=", "2025-06-14", "asserted"),
        ("Israel paktat sun Rusol en 3 yuni 2024.", "AGREE ISR>RUS", "2024-06-03", "asserted"),
        ("Hir Rusol donat armi al Iran.", "AID RUS>IRN", "2025-06-15", "asserted"),
        ("Putin zegat, ka Ukrin brakat Rusol.", "ASSAULT UKR>RUS", "", "reported"),
        ("Iran vizitat Israel?", "CONSULT IRN>ISR", "", "open"),
        ("Blok du Iran kontra Israel longan.", "COERCE IRN>ISR", "", "asserted"),
        ("Hodi Israel vizitat Ukrin Kafe e longat.", "", "", ""),
    ],
)
def test_a_language_from_elsewhere_is_read(toy: Reference, text: str, act: str, date: str, status: str) -> None:
    drafted = draft_text(toy, text, "qaa", DAY)
    found = [
        (
            f"{one.event_type} {'+'.join(one.source_actors)}"
            + ("=" if one.mutual else f">{'+'.join(one.target_actors)}"),
            one.date,
            one.status,
        )
        for one in drafted.events
    ]
    assert found == ([(act, date, status)] if act else [])


def test_who_speaks_in_a_language_from_elsewhere_is_named(toy: Reference) -> None:
    (one,) = draft_text(toy, "Putin zegat, ka Ukrin brakat Rusol.", "qaa", DAY).events
    assert (one.speaker, one.cue, one.confidence) == ("Putin", "zegat", "A")


def test_a_language_from_elsewhere_is_recognised_compared_and_in_the_fingerprint(toy: Reference) -> None:
    assert toy.languages == (*REFERENCE.languages, "qaa")
    assert find_language(toy, "Rusol ne donat armi al Iran e blok du Ukrin kontra Israel longan.") == "qaa"
    pair = ("Rusol brakat Ukrin.", "Russia attacked Ukraine.", DAY)
    assert agree(toy, [pair], ("qaa", "en")) == (1, 1, 1)
    assert hash_rules(toy) != hash_rules(REFERENCE)
    item = {"id": "t", "text": "Rusol brakat Ukrin.", "language": "qaa", "published": DAY}
    (line,) = draft_lines(toy, [json.dumps(item)])
    assert json.loads(line)["events"]


def test_the_other_languages_are_read_as_without_it(toy: Reference) -> None:
    for language, text in (("de", "Russland griff am Montag die Ukraine an."), ("en", "Russia attacked Ukraine.")):
        assert draft_text(toy, text, language, DAY) == draft_text(REFERENCE, text, language, DAY)


def test_tables_without_code_are_named(own: Path) -> None:
    shutil.copytree(own / "lang" / "en", own / "lang" / "xx")
    with pytest.raises(
        InputError, match=r"^data/reference/lang/xx has tables .+ add a module lagebild\.coder\.lang\.xx"
    ):
        draft_text(Reference(own), "Xa xo xe.", "xx", DAY)


def test_code_without_tables_is_named(own: Path) -> None:
    shutil.rmtree(own / "lang" / "de")
    with pytest.raises(InputError, match=r"^The language 'de' has code .+ but no tables: add .+/lang/de\.$"):
        draft_text(Reference(own), "Putin kam.", "de", DAY)


@pytest.mark.parametrize("code", ["fr", "", "../de", "d e", "de.en", "__init__"])
def test_a_language_with_neither_is_not_read(code: str) -> None:
    with pytest.raises(InputError, match=r"is not read; choose one of de, en\.$"):
        draft_text(REFERENCE, "Poutine est venu.", code, DAY)
