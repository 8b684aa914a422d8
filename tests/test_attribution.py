"""Who says what: examples of every form in both languages, and look-alikes that are no speech."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from known import REFERENCE
from lagebild.coder.attribution import find_attributions
from lagebild.coder.parse import parse_text
from lagebild.coder.speech import Attribution


def find(language: str, text: str) -> list[Attribution]:
    return find_attributions(text, parse_text(REFERENCE, text, language, "2025-06-16"))


def reported(language: str, text: str) -> list[tuple[str, str | None, str | None]]:
    """The kind, source and message of every attribution, as text."""

    def cut(span: tuple[int, int] | None) -> str | None:
        return text[span[0] : span[1]] if span else None

    return [(one.kind, cut(one.source), cut(one.content)) for one in find(language, text)]


# The kind of a message, and the text with its source in brackets and what is said in braces.
GERMAN = """
direct | {„Der Hafen bleibt geschlossen“}, so [die Ministerin].
reported | Laut [dem Wetterdienst] {wird der Sturm am Abend stärker}.
reported | {Das Schiff wurde [Gerüchten] zu Folge verkauft}.
indirect | {In zehn Jahren, so schätzen [die Forscher], soll der Kanal fertig sein}.
free | [Die Fischer] lehnen den Kanal ab, {weil er die Küste zerstört habe}.
indirect | Sechs Tage nach der Öffnung des Kanals meldete [der Sender], {dass alles ruhig sei}.
indirect | {Der Hafen bleibt, wie [das Amt] am Montag mitteilte, vorerst zu}.
indirect | Wie aus [dem Bericht] hervorgeht, {ist der Hafen zu}.
indirect | Wie aus [der Regierung] verlautete, {bleibt der Hafen zu}.
reported | {Die Reise bezeichnete [der Minister] als falsch.}
indirect | Der Verdacht bei dem Fischer, {er sei krank}, bestätigte sich nicht.
indirect | [Die Ministerin] sprach sich dafür aus, {den Hafen zu öffnen}.
indirect | [Die Ministerin] gab sich zuversichtlich, {dass der Hafen bald öffnet}.
direct | Für [die Ministerin] ist die Sache klar: {„Wir haben in den Jahren viel gelernt.“}
reported | {Der Sturm wird laut [Wetterdienst] am Abend stärker}.
reported | {Das Schiff ist nach [Ansicht von Experten] verloren}.
reported | {Das Schiff sank nach [norwegischen Angaben] in der Nacht}.
reported | {Norwegen hat nach [eigenen Angaben] zwei Schiffe gestoppt}.
reported | [Medienberichten] zufolge {wurden zwei Schiffe gestoppt}.
reported | [Einem Bericht der Zeitung „Aftenposten“] zufolge {wurden zwei Schiffe gestoppt}.
reported | {Zwei Schiffe wurden [der Küstenwache] zufolge gestoppt}.
indirect | {Zwei Schiffe wurden gestoppt}, wie [die Küstenwache] mitteilte.
indirect | Wie [die Küstenwache] am Abend mitteilte, {wurden zwei Schiffe gestoppt}.
reported | Aus Sicht [der Regierung in Oslo] {ist der Vertrag ungültig}.
indirect | {Der Vertrag ist ungültig}, hieß es aus [dem Ministerium].
indirect | Aus [Regierungskreisen] hieß es, {der Vertrag sei ungültig}.
indirect | Es heißt, {der Vertrag sei ungültig}.
reported | {Norwegen soll zwei Schiffe gestoppt haben}.
reported | {[Der Kapitän] will nichts gesehen haben}.
reported | {Norwegen hat angeblich zwei Schiffe gestoppt}.
indirect | [Der Kapitän] behauptet, {nichts gesehen zu haben}.
indirect | [Der Kapitän] dementierte, {das Schiff versenkt zu haben}.
indirect | [Die Küstenwache] teilte mit, {dass zwei Schiffe gestoppt wurden}.
indirect | [Die Küstenwache] teilte dem Sender NRK mit, {zwei Schiffe seien gestoppt worden}.
indirect | [Die Reederei] gab bekannt, {dass der Kapitän entlassen wurde}.
indirect | [Die Reederei] räumte ein, {dass der Kapitän betrunken gewesen sei}.
indirect | [Die Reederei] wies darauf hin, {dass der Kapitän neu war}.
indirect | [Die Polizei] geht davon aus, {dass der Kapitän betrunken war}.
indirect | [Ole Hansen, der Sprecher der Reederei], erklärte am Freitag, {der Kapitän sei entlassen worden}.
indirect | Gestern sagte [Ole Hansen], {der Kapitän sei krank}.
indirect | [Die Ministerin] kam spät und sagte, {der Hafen bleibe zu}.
direct | [Hansen] sagte: {„Der Kapitän ist krank. Wir fahren morgen. Das Schiff ist bereit.“}
direct | {»Wir fahren morgen«}, erklärte [Hansen].
direct | {"Wir fahren morgen"}, erklärte [Hansen].
direct | {“Wir fahren morgen”}, erklärte [Hansen].
direct | {‚Wir fahren morgen‘}, erklärte [Hansen].
indirect | Hansen wurde vorgeworfen, {das Schiff versenkt zu haben}.
indirect | Die Behauptung [der Reederei], {der Kapitän sei krank}, trifft nicht zu.
reported | {[Die Reederei] forderte Schadenersatz.}
reported | {[Die Ministerin] warf der Reederei Versagen vor.}
indirect | {Das Schiff ist gesunken. Dies} bestätigte [die Reederei] am Abend.
reported | {Dem Vernehmen nach ist der Vertrag ungültig}.
indirect | {Das Schiff sei gesunken}, meldete [der Sender NRK] unter Berufung auf die Polizei.
reported | Die Polizei nahm zwei Männer fest. Demnach {stammen sie aus Bergen}.
indirect | {Der Hafen, sagte [die Ministerin], bleibe geschlossen}.
reported | [Seiner Meinung] nach {ist der Vertrag ungültig}.
indirect | [Dänemark, Schweden und Norwegen] erklärten, {der Vertrag gelte weiter}.
indirect | [Diplomaten] berichteten, {der Vertrag gelte weiter}.
indirect | {Der Vertrag gilt weiter}, schreibt [die „Times“].
indirect | [Der Sprecher], der das Treffen angekündigt hatte, sagte, {es finde morgen statt}.
indirect | [Die Ministerin] ist der Ansicht, {dass der Vertrag gilt}.
indirect | {Der Hafen ist zu}, wie [Ole Hansen, der Bürgermeister von Oslo], am Montag mitteilte.
indirect | {Der Hafen sei zu}, hieß es am Montag aus Kreisen [der Regierung].
indirect | [Die Ministerin] nannte den Plan {„zu teuer“}.
indirect | In [einem Bericht der Werft] wurde vermutet, {dass das Schiff brenne}.
indirect | [Die Reederei] hält es für möglich, {dass der Kapitän krank war}.
indirect | {Der Hafen, so [die Ministerin], bleibt zu}.
indirect | {Der Hafen bleibt zu}, so [die Ministerin] weiter.
indirect | [Die Ministerin] lobte die Fischer, und kündigte an, {der Hafen bleibe zu}.
direct | [Die Ministerin] sagte:\u00a0{„Der Hafen bleibt geschlossen.“}
direct | {„Der Hafen bleibt geschlossen“},\u00a0sagte [die Ministerin].
direct | {”Der Hafen bleibt geschlossen”}, sagte [die Ministerin].
indirect | Der Hafen bleibt zu; {der Flughafen sei offen}, sagte [die Ministerin]; das Land hofft.
"""
ENGLISH = """
indirect | {The strike on Friday, [the navy] said, sank two ships}.
indirect | {So far, [the minister] said, the port is open}.
indirect | {If needed, [the minister] said, the port would open}.
indirect | Citing officials, [the paper] reported that {the port was shut}.
indirect | {The border is closed}, said [the governor].
direct | {"The border is closed,"} said [the governor] on Friday.
direct | {“The border is closed,”} [the governor] told reporters.
indirect | [The governor, a former general], said {the border was closed}.
indirect | [The governor] told the BBC that {the border was closed}.
indirect | [The governor] told reporters {the border was closed}.
indirect | [The governor] has confirmed that {the border is closed}.
indirect | [The governor] claimed {to have closed the border}.
indirect | [The governor] announced that {the border would close}.
indirect | [The governor] insists {the border is open}.
reported | According to [the governor], {the border is closed}.
reported | {The border is closed}, according to [the governor].
reported | {The border, according to [the governor], is closed}.
reported | {Allegedly, the border is closed}.
reported | {Norway is said to have closed the border}.
indirect | Reuters quoted [the governor] as saying {the border was closed}.
indirect | [The governor] was quoted as saying that {the border was closed}.
indirect | [The governor] wrote on X that {the border was closed}.
indirect | It was reported that {the border was closed}.
direct | [The governor] said: {"The border is closed."}
indirect | [Norway], which said {it had closed the border}, sent troops.
indirect | [Norway]'s claim that {the border was closed} is false.
indirect | {Two ships were stopped}, [a spokesman for the coast guard] told Reuters.
indirect | [Officials] said {two ships were stopped}; the crew was released.
indirect | [Fishermen] fear that {the border will close}.
indirect | [The ministry] acknowledged that {it had lost two ships}.
indirect | [The ministry] said {it "will not pay" the fine}.
indirect | {The border is closed}, [Ann Berg, a spokeswoman for the army], said on Monday.
indirect | {The border is closed}, [the mayor of Oslo, Ann Berg], told reporters on Monday.
direct | {“The border is closed,”} [Ann Berg, the mayor of Oslo], told reporters.
indirect | Ships left, but [the mayor, Ann Berg], said {the border was closed}.
indirect | [The governor] left the room, saying that {the border was closed}.
indirect | Norway sent [a letter] saying {the border was closed}.
indirect | While [the ministry] said {it had closed the border}, the governor opened it.
indirect | [The governor] said {soldiers and police would close the border}.
indirect | {The port will stay shut}, as [the ministry] said on Monday.
indirect | {The 5" pipe was shut}, [the minister] said, and the 6" pipe stays open.
"""


@pytest.mark.parametrize(
    ("language", "row"),
    [(language, row) for language, rows in (("de", GERMAN), ("en", ENGLISH)) for row in rows.strip().splitlines()],
)
def test_a_message_has_its_source(language: str, row: str) -> None:
    kind, marked = row.split(" | ")
    text, places = "", dict[str, int]()
    for sign in marked:
        if sign in "[]{}":
            places[sign] = len(text)
        else:
            text += sign
    (one,) = find(language, text)
    assert (one.kind, one.content) == (kind, (places["{"], places["}"]))
    assert one.source == ((places["["], places["]"]) if "[" in places else None)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "de",
            "„Der Hafen bleibt geschlossen“, sagte die Ministerin. „Wir warten ab.“",
            [
                ("direct", "die Ministerin", "„Der Hafen bleibt geschlossen“"),
                ("direct", "die Ministerin", "„Wir warten ab.“"),
            ],
        ),
        (
            "de",
            "Hansen räumte ein, es könnten Schiffe fehlen, sprach aber von einem Erfolg.",
            [
                ("indirect", "Hansen", "es könnten Schiffe fehlen"),
                ("reported", "Hansen", "sprach aber von einem Erfolg"),
            ],
        ),
        (
            "de",
            "Die Ministerin glaubt, dass der Hafen bald öffnet: „Wir haben in den Jahren viel gelernt.“",
            [
                ("indirect", "Die Ministerin", "dass der Hafen bald öffnet"),
                ("direct", "Die Ministerin", "„Wir haben in den Jahren viel gelernt.“"),
            ],
        ),
        (
            "de",
            "Das Amt legte einen Bericht vor. Demnach sank das Schiff in der Nacht.",
            [("reported", None, "sank das Schiff in der Nacht")],
        ),
        (
            "de",
            "Der Hafen ist seit Montag zu. Das geht aus einem Bericht des Amtes hervor.",
            [("indirect", "einem Bericht des Amtes", "Der Hafen ist seit Montag zu. Das")],
        ),
        (
            "de",
            "„Wir warten“, sagte die Ministerin, „bis der Sturm vorbei ist.“",
            [("direct", "die Ministerin", "„Wir warten“"), ("direct", "die Ministerin", "„bis der Sturm vorbei ist.“")],
        ),
        (
            "de",
            "Hansen sagte, der Kapitän sei krank. Er habe seit Tagen Fieber. Auch die Mannschaft sei erschöpft.",
            [
                ("indirect", "Hansen", "der Kapitän sei krank"),
                ("free", "Hansen", "Er habe seit Tagen Fieber. Auch die Mannschaft sei erschöpft."),
            ],
        ),
        (
            "de",
            "Hansen sagte, der Kapitän sei krank. Er betonte, dass die Fahrt weitergehe.",
            [("indirect", "Hansen", "der Kapitän sei krank"), ("indirect", "Er", "dass die Fahrt weitergehe")],
        ),
        (
            "en",
            '"It is closed," the governor said. He added that trucks were waiting.',
            [("direct", "the governor", '"It is closed,"'), ("indirect", "He", "trucks were waiting")],
        ),
        (
            "en",
            '"It is closed," the governor said. "Trucks are waiting."',
            [("direct", "the governor", '"It is closed,"'), ("direct", "the governor", '"Trucks are waiting."')],
        ),
        (
            "en",
            "“Ships wait.\n\n“They have no oil,” the governor said.",
            [("direct", "the governor", "“Ships wait.\n\n“They have no oil,”")],
        ),
        (
            "en",
            "The governor said the border was closed, but he denied that it would stay so.",
            [("indirect", "The governor", "the border was closed"), ("indirect", "he", "it would stay so")],
        ),
        (
            "en",
            "The governor said that it was shut, and that he would stay, and Oslo said it would wait.",
            [
                ("indirect", "The governor", "it was shut, and that he would stay"),
                ("indirect", "Oslo", "it would wait"),
            ],
        ),
        (
            "de",
            "Oslo schloss den Hafen, kündigte aber an, dass er bald öffne.",
            [("indirect", "Oslo", "dass er bald öffne")],
        ),
        (
            "en",
            '"It," the governor said, "is closed for good."',
            [("direct", "the governor", '"It,"'), ("direct", "the governor", '"is closed for good."')],
        ),
    ],
)
def test_speech_goes_on(language: str, text: str, expected: list[tuple[str, str | None, str]]) -> None:
    assert reported(language, text) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Das Schiff fuhr am Morgen in den Hafen."),
        ("de", "Die Ministerin sagte den Besuch ab."),
        ("de", "Der Vertrag ist so gut wie fertig, doch das Geld fehlt."),
        ("de", "Er sprach mit der Ministerin über das Wetter."),
        ("de", "Die Angaben waren falsch."),
        ("de", "Der Bericht ist lang."),
        ("de", "Er will morgen fahren."),
        ("de", "Der mutmaßliche Täter floh."),
        ("de", "Die Meldung kam am Abend."),
        ("de", "Norwegen soll morgen zahlen."),
        ("de", "Das Buch heißt „Der alte Mann und das Meer“."),
        ("de", "Der laute Knall war weit zu hören."),
        ("de", "Das Schiff ist so groß, dass es nicht in den Hafen passt."),
        ("de", "Die erklärte Absicht war der Frieden."),
        ("de", "Die beiden Länder schlossen einen Vertrag."),
        ("de", "Nach dem Treffen fuhr die Ministerin nach Oslo."),
        ("de", "Es gibt keinen Bericht."),
        ("de", "Das Gericht stellte das Verfahren ein."),
        ("de", "Die Insel liegt, anders als oft gedacht, weit im Norden."),
        ("en", "The governor did not say whether the border was closed."),
        ("en", "Oslo has accused Stockholm of closing the border."),
        ("en", "The report was long."),
        ("en", "Reports of a storm spread quickly."),
        ("en", "The stated aim was peace."),
        ("en", "She had nothing to say."),
        ("en", "They claimed the prize."),
        ("en", "The warning came late."),
        ("en", "He told the story of the old man."),
        ("en", 'The film "The Old Man and the Sea" was shown.'),
        ("en", "The governor opened the road and thanked the crew."),
        ("en", "The allegedly stolen ship was found."),
        ("en", "The army added two ships to its fleet."),
        ("en", "Prices rose in May, as expected."),
        ("en", "The storm, the worst in years, hit the coast."),
        ("en", "The court ruled on Monday."),
        ("en", "Norway confirmed the deal."),
        ("en", "He did not claim that the port was shut."),
        ("de", "Die Ministerin behauptete nicht, dass der Hafen geschlossen sei."),
    ],
)
def test_a_look_alike_is_no_speech(language: str, text: str) -> None:
    assert reported(language, text) == []


@pytest.mark.parametrize(
    ("language", "text", "rule"),
    [
        ("de", "Die Reederei forderte Schadenersatz.", "de-fordern:act"),
        ("de", "Die Polizei geht davon aus, dass der Kapitän betrunken war.", "de-davon-ausgehen:before"),
        ("de", "Der Sturm wird laut Wetterdienst am Abend stärker.", "de-laut:inside"),
        ("de", "Norwegen soll zwei Schiffe gestoppt haben.", "de-soll:modal"),
        ("de", "Hansen sagte, er sei krank. Er habe Fieber.", "konjunktiv:free"),
        ("en", "The border is closed, said the governor.", "en-say:inverted"),
        ("en", "According to the governor, the border is closed.", "en-according-to:first"),
    ],
)
def test_the_rule_names_the_row_and_the_way(language: str, text: str, rule: str) -> None:
    assert find(language, text)[-1].rule == rule


@pytest.mark.parametrize(
    ("language", "text", "cue"),
    [
        ("de", "Die Küstenwache teilte mit, dass zwei Schiffe sanken.", "teilte mit"),
        ("de", "Das Schiff ist nach Ansicht von Experten verloren.", "nach"),
        ("de", "Zwei Schiffe wurden der Küstenwache zufolge gestoppt.", "zufolge"),
        ("de", "Der Hafen ist zu, so die Ministerin.", "so"),
        ("en", "The border, according to the governor, is closed.", "according to"),
        ("en", "The border is reportedly closed.", "reportedly"),
    ],
)
def test_the_cue_is_where_it_stands(language: str, text: str, cue: str) -> None:
    (one,) = find(language, text)
    assert one.cue
    assert text[slice(*one.cue)] == cue


def test_a_pronoun_without_a_speaker_before_stays() -> None:
    assert reported("de", "Der Sturm tobte. Er betonte, dass die Fahrt weitergehe.")[-1][1] == "Er"


@pytest.mark.parametrize(
    ("language", "text", "antecedents"),
    [
        (
            "de",
            "Hansen sagte, der Kapitän sei krank. Er betonte, dass die Fahrt weitergehe. Er sagte, er sei allein.",
            [None, "Hansen", "Hansen"],
        ),
        ("en", "The governor said it was closed. He added that trucks were waiting.", [None, "The governor"]),
        ("de", "Der Sturm tobte. Er betonte, dass die Fahrt weitergehe.", [None]),
        ("de", "Hansen sagte, der Kapitän sei krank. Die Reederei teilte mit, dass er lebe.", [None, None]),
    ],
)
def test_a_pronoun_has_the_one_speaker_before_as_its_antecedent(
    language: str, text: str, antecedents: list[str | None]
) -> None:
    found = find(language, text)
    assert [text[slice(*one.antecedent)] if one.antecedent else None for one in found] == antecedents


def test_messages_come_in_the_order_of_the_text_and_do_not_overlap() -> None:
    text = (
        "Nach Angaben der Küstenwache sank das Schiff. Hansen sagte: „Wir warten.“ Die Reederei teilte mit, dass der "
        "Kapitän lebe, wie der Sender NRK berichtete. Er sei verletzt, hieß es aus dem Krankenhaus."
    )
    contents = [one.content for one in find("de", text) if one.content]
    assert len(contents) >= 4
    assert all(a[1] <= b[0] for a, b in pairwise(contents))


def test_nothing_goes_on_behind_what_is_too_long_to_read() -> None:
    text = f"Hansen sagte, er sei krank.\n{'Hafen, ' * 500}Oslo.\nEr betonte, dass die Fahrt weitergehe."
    assert reported("de", text)[-1][1] == "Er"
    assert find("de", text)[-1].antecedent is None


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(
    "text", ["", " ", "„", "“”", "sagte", "said", ", so", "laut", "according to", ":", "„Ja“, sagte"]
)
def test_scraps_do_no_harm(language: str, text: str) -> None:
    find(language, text)


def test_the_table_of_cues_is_large_and_sound() -> None:
    table = [row for language in REFERENCE.languages for row in REFERENCE.rows("speech", language)]
    assert max(Counter(row["cue_id"] for row in table).values()) == 1
    assert {row["effect"] for row in table} == {"say", "deny", "confirm", "claim", "act", "hearsay", "none"}
    verbs = Counter(row["cue_id"][:2] for row in table if row["kind"] == "verb")
    assert verbs["de"] >= 150
    assert verbs["en"] >= 120
