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


@pytest.mark.parametrize(
    ("language", "text", "kind", "source", "message"),
    [
        (
            "de",
            "Der Hafen bleibt geschlossen, sagte die Ministerin.",
            "indirect",
            "die Ministerin",
            "Der Hafen bleibt geschlossen",
        ),
        (
            "de",
            "Die Ministerin sagte, der Hafen bleibe geschlossen.",
            "indirect",
            "Die Ministerin",
            "der Hafen bleibe geschlossen",
        ),
        (
            "de",
            "Die Ministerin sagte am Montag in Oslo, dass der Hafen geschlossen bleibe.",
            "indirect",
            "Die Ministerin",
            "dass der Hafen geschlossen bleibe",
        ),
        (
            "de",
            "Die Ministerin sagte: „Der Hafen bleibt geschlossen.“",
            "direct",
            "Die Ministerin",
            "„Der Hafen bleibt geschlossen.“",
        ),
        (
            "de",
            "„Der Hafen bleibt geschlossen“, so die Ministerin.",
            "direct",
            "die Ministerin",
            "„Der Hafen bleibt geschlossen“",
        ),
        (
            "de",
            "Laut dem Wetterdienst wird der Sturm am Abend stärker.",
            "reported",
            "dem Wetterdienst",
            "wird der Sturm am Abend stärker",
        ),
        (
            "de",
            "Nach deren Angaben sank das Schiff in der Nacht.",
            "reported",
            "deren Angaben",
            "sank das Schiff in der Nacht",
        ),
        (
            "de",
            "Das Schiff wurde Gerüchten zu Folge verkauft.",
            "reported",
            "Gerüchten",
            "Das Schiff wurde Gerüchten zu Folge verkauft",
        ),
        (
            "de",
            "In zehn Jahren, so schätzen die Forscher, soll der Kanal fertig sein.",
            "indirect",
            "die Forscher",
            "In zehn Jahren, so schätzen die Forscher, soll der Kanal fertig sein",
        ),
        (
            "de",
            "Die Fischer lehnen den Kanal ab, weil er die Küste zerstört habe.",
            "free",
            "Die Fischer",
            "weil er die Küste zerstört habe",
        ),
        (
            "de",
            "Sechs Tage nach der Öffnung des Kanals meldete der Sender, dass alles ruhig sei.",
            "indirect",
            "der Sender",
            "dass alles ruhig sei",
        ),
        (
            "de",
            "Der Hafen bleibt, wie das Amt am Montag mitteilte, vorerst zu.",
            "indirect",
            "das Amt",
            "Der Hafen bleibt, wie das Amt am Montag mitteilte, vorerst zu",
        ),
        (
            "de",
            "Wie aus dem Bericht hervorgeht, ist der Hafen zu.",
            "indirect",
            "dem Bericht",
            "ist der Hafen zu",
        ),
        (
            "de",
            "Wie aus der Regierung verlautete, bleibt der Hafen zu.",
            "indirect",
            "der Regierung",
            "bleibt der Hafen zu",
        ),
        (
            "de",
            "Die Reise bezeichnete der Minister als falsch.",
            "reported",
            "der Minister",
            "Die Reise bezeichnete der Minister als falsch.",
        ),
        (
            "de",
            "Der Verdacht bei dem Fischer, er sei krank, bestätigte sich nicht.",
            "indirect",
            None,
            "er sei krank",
        ),
        (
            "de",
            "Es sei ein guter Tag, so der Minister am Montag in Oslo.",
            "indirect",
            "der Minister",
            "Es sei ein guter Tag",
        ),
        (
            "en",
            "The strike on Friday, the navy said, sank two ships.",
            "indirect",
            "the navy",
            "The strike on Friday, the navy said, sank two ships",
        ),
        (
            "en",
            "So far, the minister said, the port is open.",
            "indirect",
            "the minister",
            "So far, the minister said, the port is open",
        ),
        (
            "en",
            "If needed, the minister said, the port would open.",
            "indirect",
            "the minister",
            "If needed, the minister said, the port would open",
        ),
        (
            "en",
            "Citing officials, the paper reported that the port was shut.",
            "indirect",
            "the paper",
            "the port was shut",
        ),
        (
            "de",
            "Die Ministerin sprach sich dafür aus, den Hafen zu öffnen.",
            "indirect",
            "Die Ministerin",
            "den Hafen zu öffnen",
        ),
        (
            "de",
            "Die Ministerin gab sich zuversichtlich, dass der Hafen bald öffnet.",
            "indirect",
            "Die Ministerin",
            "dass der Hafen bald öffnet",
        ),
        (
            "de",
            "Für die Ministerin ist die Sache klar: „Wir haben in den Jahren viel gelernt.“",
            "direct",
            "die Ministerin",
            "„Wir haben in den Jahren viel gelernt.“",
        ),
        (
            "de",
            "Der Sturm wird laut Wetterdienst am Abend stärker.",
            "reported",
            "Wetterdienst",
            "Der Sturm wird laut Wetterdienst am Abend stärker",
        ),
        (
            "de",
            "Nach Angaben der Küstenwache sank das Schiff in der Nacht.",
            "reported",
            "Angaben der Küstenwache",
            "sank das Schiff in der Nacht",
        ),
        (
            "de",
            "Das Schiff sank nach Angaben der Küstenwache in der Nacht.",
            "reported",
            "Angaben der Küstenwache",
            "Das Schiff sank nach Angaben der Küstenwache in der Nacht",
        ),
        (
            "de",
            "Das Schiff ist nach Ansicht von Experten verloren.",
            "reported",
            "Ansicht von Experten",
            "Das Schiff ist nach Ansicht von Experten verloren",
        ),
        (
            "de",
            "Nach Darstellung Norwegens war die Grenze offen.",
            "reported",
            "Darstellung Norwegens",
            "war die Grenze offen",
        ),
        (
            "de",
            "Das Schiff sank nach norwegischen Angaben in der Nacht.",
            "reported",
            "norwegischen Angaben",
            "Das Schiff sank nach norwegischen Angaben in der Nacht",
        ),
        (
            "de",
            "Norwegen hat nach eigenen Angaben zwei Schiffe gestoppt.",
            "reported",
            "eigenen Angaben",
            "Norwegen hat nach eigenen Angaben zwei Schiffe gestoppt",
        ),
        (
            "de",
            "Medienberichten zufolge wurden zwei Schiffe gestoppt.",
            "reported",
            "Medienberichten",
            "wurden zwei Schiffe gestoppt",
        ),
        (
            "de",
            "Einem Bericht der Zeitung „Aftenposten“ zufolge wurden zwei Schiffe gestoppt.",
            "reported",
            "Einem Bericht der Zeitung „Aftenposten“",
            "wurden zwei Schiffe gestoppt",
        ),
        (
            "de",
            "Zwei Schiffe wurden der Küstenwache zufolge gestoppt.",
            "reported",
            "der Küstenwache",
            "Zwei Schiffe wurden der Küstenwache zufolge gestoppt",
        ),
        (
            "de",
            "Zwei Schiffe wurden gestoppt, wie die Küstenwache mitteilte.",
            "indirect",
            "die Küstenwache",
            "Zwei Schiffe wurden gestoppt",
        ),
        (
            "de",
            "Wie die Küstenwache am Abend mitteilte, wurden zwei Schiffe gestoppt.",
            "indirect",
            "die Küstenwache",
            "wurden zwei Schiffe gestoppt",
        ),
        (
            "de",
            "Aus Sicht der Regierung in Oslo ist der Vertrag ungültig.",
            "reported",
            "der Regierung in Oslo",
            "ist der Vertrag ungültig",
        ),
        (
            "de",
            "Der Vertrag ist ungültig, hieß es aus dem Ministerium.",
            "indirect",
            "dem Ministerium",
            "Der Vertrag ist ungültig",
        ),
        (
            "de",
            "Aus Regierungskreisen hieß es, der Vertrag sei ungültig.",
            "indirect",
            "Regierungskreisen",
            "der Vertrag sei ungültig",
        ),
        ("de", "Es heißt, der Vertrag sei ungültig.", "indirect", None, "der Vertrag sei ungültig"),
        (
            "de",
            "Norwegen soll zwei Schiffe gestoppt haben.",
            "reported",
            None,
            "Norwegen soll zwei Schiffe gestoppt haben",
        ),
        (
            "de",
            "Der Kapitän will nichts gesehen haben.",
            "reported",
            "Der Kapitän",
            "Der Kapitän will nichts gesehen haben",
        ),
        (
            "de",
            "Norwegen hat angeblich zwei Schiffe gestoppt.",
            "reported",
            None,
            "Norwegen hat angeblich zwei Schiffe gestoppt",
        ),
        ("de", "Der Kapitän behauptet, nichts gesehen zu haben.", "indirect", "Der Kapitän", "nichts gesehen zu haben"),
        (
            "de",
            "Der Kapitän bestritt, dass er das Schiff versenkt habe.",
            "indirect",
            "Der Kapitän",
            "dass er das Schiff versenkt habe",
        ),
        (
            "de",
            "Der Kapitän dementierte, das Schiff versenkt zu haben.",
            "indirect",
            "Der Kapitän",
            "das Schiff versenkt zu haben",
        ),
        (
            "de",
            "Die Küstenwache teilte mit, dass zwei Schiffe gestoppt wurden.",
            "indirect",
            "Die Küstenwache",
            "dass zwei Schiffe gestoppt wurden",
        ),
        (
            "de",
            "Die Küstenwache teilte dem Sender NRK mit, zwei Schiffe seien gestoppt worden.",
            "indirect",
            "Die Küstenwache",
            "zwei Schiffe seien gestoppt worden",
        ),
        (
            "de",
            "Die Reederei gab bekannt, dass der Kapitän entlassen wurde.",
            "indirect",
            "Die Reederei",
            "dass der Kapitän entlassen wurde",
        ),
        (
            "de",
            "Die Reederei räumte ein, dass der Kapitän betrunken gewesen sei.",
            "indirect",
            "Die Reederei",
            "dass der Kapitän betrunken gewesen sei",
        ),
        (
            "de",
            "Die Reederei wies darauf hin, dass der Kapitän neu war.",
            "indirect",
            "Die Reederei",
            "dass der Kapitän neu war",
        ),
        (
            "de",
            "Die Polizei geht davon aus, dass der Kapitän betrunken war.",
            "indirect",
            "Die Polizei",
            "dass der Kapitän betrunken war",
        ),
        (
            "de",
            "Die Reederei hat erklärt, dass der Kapitän entlassen wurde.",
            "indirect",
            "Die Reederei",
            "dass der Kapitän entlassen wurde",
        ),
        (
            "de",
            "Der Sprecher der Reederei, Ole Hansen, sagte, der Kapitän sei entlassen worden.",
            "indirect",
            "Der Sprecher der Reederei, Ole Hansen",
            "der Kapitän sei entlassen worden",
        ),
        (
            "de",
            "Ole Hansen, der Sprecher der Reederei, erklärte am Freitag, der Kapitän sei entlassen worden.",
            "indirect",
            "Ole Hansen, der Sprecher der Reederei",
            "der Kapitän sei entlassen worden",
        ),
        (
            "de",
            "Am Freitag erklärte der Sprecher der Reederei, der Kapitän sei entlassen worden.",
            "indirect",
            "der Sprecher der Reederei",
            "der Kapitän sei entlassen worden",
        ),
        ("de", "Gestern sagte Ole Hansen, der Kapitän sei krank.", "indirect", "Ole Hansen", "der Kapitän sei krank"),
        (
            "de",
            "Die Ministerin kam spät und sagte, der Hafen bleibe zu.",
            "indirect",
            "Die Ministerin",
            "der Hafen bleibe zu",
        ),
        (
            "de",
            "Hansen sagte: „Der Kapitän ist krank. Wir fahren morgen. Das Schiff ist bereit.“",
            "direct",
            "Hansen",
            "„Der Kapitän ist krank. Wir fahren morgen. Das Schiff ist bereit.“",
        ),
        ("de", "»Wir fahren morgen«, erklärte Hansen.", "direct", "Hansen", "»Wir fahren morgen«"),
        ("de", '"Wir fahren morgen", erklärte Hansen.', "direct", "Hansen", '"Wir fahren morgen"'),
        ("de", "“Wir fahren morgen”, erklärte Hansen.", "direct", "Hansen", "“Wir fahren morgen”"),
        ("de", "‚Wir fahren morgen‘, erklärte Hansen.", "direct", "Hansen", "‚Wir fahren morgen‘"),
        (
            "de",
            "Hansen wurde vorgeworfen, das Schiff versenkt zu haben.",
            "indirect",
            None,
            "das Schiff versenkt zu haben",
        ),
        (
            "de",
            "Die Behauptung der Reederei, der Kapitän sei krank, trifft nicht zu.",
            "indirect",
            "der Reederei",
            "der Kapitän sei krank",
        ),
        (
            "de",
            "Die Reederei forderte Schadenersatz.",
            "reported",
            "Die Reederei",
            "Die Reederei forderte Schadenersatz.",
        ),
        (
            "de",
            "Die Ministerin warf der Reederei Versagen vor.",
            "reported",
            "Die Ministerin",
            "Die Ministerin warf der Reederei Versagen vor.",
        ),
        (
            "de",
            "Das Schiff ist gesunken. Dies bestätigte die Reederei am Abend.",
            "indirect",
            "die Reederei",
            "Das Schiff ist gesunken. Dies",
        ),
        (
            "de",
            "Dem Vernehmen nach ist der Vertrag ungültig.",
            "reported",
            None,
            "Dem Vernehmen nach ist der Vertrag ungültig",
        ),
        (
            "de",
            "Das Schiff sei gesunken, meldete der Sender NRK unter Berufung auf die Polizei.",
            "indirect",
            "der Sender NRK",
            "Das Schiff sei gesunken",
        ),
        (
            "de",
            "Die Polizei nahm zwei Männer fest. Demnach stammen sie aus Bergen.",
            "reported",
            None,
            "stammen sie aus Bergen",
        ),
        (
            "de",
            "Der Hafen, sagte die Ministerin, bleibe geschlossen.",
            "indirect",
            "die Ministerin",
            "Der Hafen, sagte die Ministerin, bleibe geschlossen",
        ),
        (
            "de",
            "Seiner Meinung nach ist der Vertrag ungültig.",
            "reported",
            "Seiner Meinung",
            "ist der Vertrag ungültig",
        ),
        (
            "de",
            "Oslo und Stockholm erklärten, der Vertrag gelte weiter.",
            "indirect",
            "Oslo und Stockholm",
            "der Vertrag gelte weiter",
        ),
        (
            "de",
            "Dänemark, Schweden und Norwegen erklärten, der Vertrag gelte weiter.",
            "indirect",
            "Dänemark, Schweden und Norwegen",
            "der Vertrag gelte weiter",
        ),
        (
            "de",
            "Diplomaten berichteten, der Vertrag gelte weiter.",
            "indirect",
            "Diplomaten",
            "der Vertrag gelte weiter",
        ),
        ("de", "Der Vertrag gilt weiter, schreibt die „Times“.", "indirect", "die „Times“", "Der Vertrag gilt weiter"),
        (
            "de",
            "Der Sprecher, der das Treffen angekündigt hatte, sagte, es finde morgen statt.",
            "indirect",
            "Der Sprecher",
            "es finde morgen statt",
        ),
        (
            "de",
            "Die Ministerin ist der Ansicht, dass der Vertrag gilt.",
            "indirect",
            "Die Ministerin",
            "dass der Vertrag gilt",
        ),
        ("en", "The border is closed, the governor said.", "indirect", "the governor", "The border is closed"),
        ("en", "The border is closed, said the governor.", "indirect", "the governor", "The border is closed"),
        (
            "en",
            '"The border is closed," said the governor on Friday.',
            "direct",
            "the governor",
            '"The border is closed,"',
        ),
        (
            "en",
            "“The border is closed,” the governor told reporters.",
            "direct",
            "the governor",
            "“The border is closed,”",
        ),
        ("en", "The governor said that the border was closed.", "indirect", "The governor", "the border was closed"),
        ("en", "The governor said the border was closed.", "indirect", "The governor", "the border was closed"),
        (
            "en",
            "The governor said on Friday that the border was closed.",
            "indirect",
            "The governor",
            "the border was closed",
        ),
        (
            "en",
            "The governor said on Friday the border was closed.",
            "indirect",
            "The governor",
            "the border was closed",
        ),
        (
            "en",
            "The governor, a former general, said the border was closed.",
            "indirect",
            "The governor, a former general",
            "the border was closed",
        ),
        (
            "en",
            "The governor told the BBC that the border was closed.",
            "indirect",
            "The governor",
            "the border was closed",
        ),
        (
            "en",
            "The governor told reporters the border was closed.",
            "indirect",
            "The governor",
            "the border was closed",
        ),
        (
            "en",
            "The governor has confirmed that the border is closed.",
            "indirect",
            "The governor",
            "the border is closed",
        ),
        ("en", "The governor denied that the border was closed.", "indirect", "The governor", "the border was closed"),
        ("en", "The governor denied closing the border.", "indirect", "The governor", "closing the border"),
        (
            "en",
            "The governor claimed to have closed the border.",
            "indirect",
            "The governor",
            "to have closed the border",
        ),
        (
            "en",
            "The governor announced that the border would close.",
            "indirect",
            "The governor",
            "the border would close",
        ),
        ("en", "The governor insists the border is open.", "indirect", "The governor", "the border is open"),
        ("en", "According to the governor, the border is closed.", "reported", "the governor", "the border is closed"),
        ("en", "The border is closed, according to the governor.", "reported", "the governor", "The border is closed"),
        (
            "en",
            "The border, according to the governor, is closed.",
            "reported",
            "the governor",
            "The border, according to the governor, is closed",
        ),
        ("en", "The border is reportedly closed.", "reported", None, "The border is reportedly closed"),
        ("en", "Allegedly, the border is closed.", "reported", None, "Allegedly, the border is closed"),
        (
            "en",
            "Norway is said to have closed the border.",
            "reported",
            None,
            "Norway is said to have closed the border",
        ),
        (
            "en",
            "Troops are believed to have crossed the border.",
            "reported",
            None,
            "Troops are believed to have crossed the border",
        ),
        (
            "en",
            "Reuters quoted the governor as saying the border was closed.",
            "indirect",
            "the governor",
            "the border was closed",
        ),
        (
            "en",
            "The governor was quoted as saying that the border was closed.",
            "indirect",
            "The governor",
            "the border was closed",
        ),
        (
            "en",
            "The governor wrote on X that the border was closed.",
            "indirect",
            "The governor",
            "the border was closed",
        ),
        ("en", "It was reported that the border was closed.", "indirect", None, "the border was closed"),
        ("en", 'The governor said: "The border is closed."', "direct", "The governor", '"The border is closed."'),
        (
            "en",
            "Norway, which said it had closed the border, sent troops.",
            "indirect",
            "Norway",
            "it had closed the border",
        ),
        (
            "en",
            "The governor visited the post and said the border was closed.",
            "indirect",
            "The governor",
            "the border was closed",
        ),
        (
            "en",
            "Norway's army said two ships had been stopped.",
            "indirect",
            "Norway's army",
            "two ships had been stopped",
        ),
        ("en", "Norway's claim that the border was closed is false.", "indirect", "Norway", "the border was closed"),
        (
            "en",
            "Two ships were stopped, officials in Oslo said in a statement.",
            "indirect",
            "officials in Oslo",
            "Two ships were stopped",
        ),
        (
            "en",
            "Two ships were stopped, a spokesman for the coast guard told Reuters.",
            "indirect",
            "a spokesman for the coast guard",
            "Two ships were stopped",
        ),
        (
            "en",
            "Officials said two ships were stopped; the crew was released.",
            "indirect",
            "Officials",
            "two ships were stopped",
        ),
        (
            "en",
            "On Monday, the governor said the border was closed.",
            "indirect",
            "the governor",
            "the border was closed",
        ),
        ("en", "Fishermen fear that the border will close.", "indirect", "Fishermen", "the border will close"),
        (
            "en",
            "The ministry acknowledged that it had lost two ships.",
            "indirect",
            "The ministry",
            "it had lost two ships",
        ),
        (
            "en",
            'The ministry said it "will not pay" the fine.',
            "indirect",
            "The ministry",
            'it "will not pay" the fine',
        ),
        ("en", "The ship was said to be old.", "reported", None, "The ship was said to be old"),
        (
            "en",
            "The border is closed, Ann Berg, a spokeswoman for the army, said on Monday.",
            "indirect",
            "Ann Berg, a spokeswoman for the army",
            "The border is closed",
        ),
        (
            "en",
            "The border is closed, the mayor of Oslo, Ann Berg, told reporters on Monday.",
            "indirect",
            "the mayor of Oslo, Ann Berg",
            "The border is closed",
        ),
        (
            "en",
            "“The border is closed,” Ann Berg, the mayor of Oslo, told reporters.",
            "direct",
            "Ann Berg, the mayor of Oslo",
            "“The border is closed,”",
        ),
        (
            "en",
            "Ships left, but the mayor, Ann Berg, said the border was closed.",
            "indirect",
            "the mayor, Ann Berg",
            "the border was closed",
        ),
        (
            "en",
            "A ship burned in Bergen, the second port, officials said.",
            "indirect",
            "officials",
            "A ship burned in Bergen, the second port",
        ),
        ("en", "Asked about the border, the governor said it was closed.", "indirect", "the governor", "it was closed"),
        (
            "de",
            "Der Hafen ist zu, wie Ole Hansen, der Bürgermeister von Oslo, am Montag mitteilte.",
            "indirect",
            "Ole Hansen, der Bürgermeister von Oslo",
            "Der Hafen ist zu",
        ),
        (
            "de",
            "Der Hafen sei zu, hieß es am Montag aus Kreisen der Regierung.",
            "indirect",
            "der Regierung",
            "Der Hafen sei zu",
        ),
        ("de", "Die Ministerin nannte den Plan „zu teuer“.", "indirect", "Die Ministerin", "„zu teuer“"),
        (
            "de",
            "In einem Bericht der Werft wurde vermutet, dass das Schiff brenne.",
            "indirect",
            "einem Bericht der Werft",
            "dass das Schiff brenne",
        ),
        (
            "de",
            "Die Koalition müsse sich einigen, sagte Hansen weiter.",
            "indirect",
            "Hansen",
            "Die Koalition müsse sich einigen",
        ),
        (
            "de",
            "Die Reederei hält es für möglich, dass der Kapitän krank war.",
            "indirect",
            "Die Reederei",
            "dass der Kapitän krank war",
        ),
        (
            "en",
            "The governor left the room, saying that the border was closed.",
            "indirect",
            "The governor",
            "the border was closed",
        ),
        ("en", "Norway sent a letter saying the border was closed.", "indirect", "a letter", "the border was closed"),
        (
            "en",
            "While the ministry said it had closed the border, the governor opened it.",
            "indirect",
            "the ministry",
            "it had closed the border",
        ),
        (
            "en",
            "The governor said soldiers and police would close the border.",
            "indirect",
            "The governor",
            "soldiers and police would close the border",
        ),
        (
            "en",
            "The governor said that because of the storm the border would close.",
            "indirect",
            "The governor",
            "because of the storm the border would close",
        ),
        (
            "de",
            "Der Hafen, so die Ministerin, bleibt zu.",
            "indirect",
            "die Ministerin",
            "Der Hafen, so die Ministerin, bleibt zu",
        ),
        (
            "de",
            "Der Hafen bleibt zu, so die Ministerin am Montag.",
            "indirect",
            "die Ministerin",
            "Der Hafen bleibt zu",
        ),
        ("de", "Der Hafen bleibt zu, so die Ministerin weiter.", "indirect", "die Ministerin", "Der Hafen bleibt zu"),
        (
            "de",
            "Die Ministerin lobte die Fischer, und kündigte an, der Hafen bleibe zu.",
            "indirect",
            "Die Ministerin",
            "der Hafen bleibe zu",
        ),
        (
            "de",
            "Die Ministerin sagte:\u00a0„Der Hafen bleibt geschlossen.“",
            "direct",
            "Die Ministerin",
            "„Der Hafen bleibt geschlossen.“",
        ),
        (
            "de",
            "„Der Hafen bleibt geschlossen“,\u00a0sagte die Ministerin.",
            "direct",
            "die Ministerin",
            "„Der Hafen bleibt geschlossen“",
        ),
        (
            "de",
            "”Der Hafen bleibt geschlossen”, sagte die Ministerin.",
            "direct",
            "die Ministerin",
            "”Der Hafen bleibt geschlossen”",
        ),
        (
            "de",
            "Der Hafen bleibt zu; der Flughafen sei offen, sagte die Ministerin; das Land hofft.",
            "indirect",
            "die Ministerin",
            "der Flughafen sei offen",
        ),
        (
            "en",
            "The port will stay shut, as the ministry said on Monday.",
            "indirect",
            "the ministry",
            "The port will stay shut",
        ),
        (
            "en",
            'The 5" pipe was shut, the minister said, and the 6" pipe stays open.',
            "indirect",
            "the minister",
            'The 5" pipe was shut',
        ),
    ],
)
def test_a_message_has_its_source(language: str, text: str, kind: str, source: str | None, message: str) -> None:
    assert reported(language, text) == [(kind, source, message)]


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
