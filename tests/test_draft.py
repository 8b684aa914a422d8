"""The draft coder: who did what to whom, when and how it is put, in examples of both languages.

A row of a table of examples is a text and the events drafted from it, as ``TYPE SOURCE>TARGET STATUS DATE``. Several
actors of a side are joined by a plus, mutual acts are written ``A+B=``, several events are parted by a semicolon. The
status is left out if it is `asserted`, and the events if there are none. All texts are of Monday, 16 June 2025, unless
another day stands before them in brackets.
"""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from known import REFERENCE, read_acts
from lagebild.__main__ import cli
from lagebild.coder import lexicon
from lagebild.coder.coder import DraftedText, draft_lines, draft_text
from lagebild.coder.drafts import Draft, take_offers
from lagebild.coder.gazetteer import find_names
from lagebild.core.errors import InputError
from lagebild.core.folders import read_languages
from lagebild.core.offices import group_offices, resolve_actor, stands_for
from lagebild.core.reference import Reference

DAY = "2025-06-16"
EVENT = re.compile(
    r"(?P<sides>[A-Z]+ .*?)(?: (?P<status>asserted|reported|hypothetical|negated|open))?(?: (?P<date>[\d.]\S*))?"
)


def draft(language: str, text: str, published: str = DAY) -> DraftedText:
    return draft_text(REFERENCE, text, language, published)


def written(one: Draft) -> str:
    """Return a draft in the form of the tables."""
    source, target = "+".join(sorted(one.source_actors)), "+".join(sorted(one.target_actors))
    sides = "+".join(sorted({*one.source_actors, *one.target_actors})) + "=" if one.mutual else f"{source}>{target}"
    return " ".join(filter(None, (one.event_type, sides, one.status, one.date)))


def expected(cell: str) -> list[str]:
    """Return the events of a row, with the status that may be left out; one in brackets is read, and does not count."""
    found = []
    for event in filter(None, (part.strip() for part in cell.split(";"))):
        what = EVENT.fullmatch(event.strip("()"))
        assert what, event
        read = " ".join(filter(None, (what["sides"], what["status"] or "asserted", what["date"])))
        found.append(f"({read})" if event.startswith("(") else read)
    return found


def rows(text: str) -> list[tuple[str, str, str]]:
    """Return day, text and events of the rows of a table."""
    found = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        words, _, events = line.partition(" | ")
        day = DAY
        if words.startswith("["):
            day, _, words = words[1:].partition("] ")
        found.append((day, words.strip().removesuffix(" |"), events.strip()))
    return found


def table(german: str, english: str) -> pytest.MarkDecorator:
    """Return the mark that gives a test the rows of both languages."""
    return pytest.mark.parametrize(
        ("language", "day", "text", "events"),
        [(language, *row) for language, text in (("de", german), ("en", english)) for row in rows(text)],
    )


def check(language: str, day: str, text: str, events: str) -> None:
    """Check what is read in a text, with all its sides; whether it counts unreviewed is another question."""
    wanted = expected(events)
    assert sorted(map(written, read_acts(language, text, day))) == sorted(event.strip("()") for event in wanted)
    counting = {written(take_offers(one)) for one in draft(language, text, day).events}
    mere = {event.strip("()") for event in wanted if event.startswith("(")}
    assert not counting & (mere - set(wanted))


ACTORS_DE = """
Washington verurteilte Teheran scharf. | ACCUSE USA>IRN
Der Kreml warnte Kiew vor Angriffen. | THREATEN RUS>UKR
Das Weiße Haus lobte Kanada. | SUPPORT USA>CAN
Die Hohe Pforte verurteilte Israel. | ACCUSE >ISR
Brüssel hat Sanktionen gegen Minsk verhängt. | SANCTION ORG:EU>BLR
Die russische Luftwaffe bombardierte ukrainische Stellungen. | ASSAULT RUS>UKR
Iranische Behörden nahmen einen Franzosen fest. | COERCE IRN>FRA
Das türkische Außenministerium verurteilte den Angriff Israels. | ACCUSE TUR>ISR
Israelis demonstrierten gegen den Iran. | PROTEST ISR>IRN
Präsident Trump drohte Kanada mit Zöllen. | THREATEN USA>CAN
Angela Merkel kritisierte Russland. | ACCUSE PER:Angela Merkel>RUS
[2020-06-16] Angela Merkel kritisierte Russland. | ACCUSE DEU>RUS
[2020-06-16] Friedrich Merz kritisierte Russland. | ACCUSE PER:Friedrich Merz>RUS
Bundeskanzler Friedrich Merz kritisierte Russland. | ACCUSE DEU>RUS
Der frühere US-Präsident Barack Obama kritisierte Russland. | ACCUSE PER:Barack Obama>RUS
Joe Biden kritisierte Russland. | ACCUSE PER:Joe Biden>RUS
[2023-06-16] Joe Biden kritisierte Russland. | ACCUSE USA>RUS
Der iranische Außenminister traf in Maskat den omanischen Außenminister. | CONSULT IRN>OMN
Die Nato verurteilte Russland. | ACCUSE ORG:NATO>RUS
Die UNO verurteilte den Angriff Russlands auf die Ukraine. | ACCUSE ORG:UN>RUS; ASSAULT RUS>UKR
Die Hamas griff Israel an. | ASSAULT ORG:HAMAS>ISR
Die Huthi-Miliz beschoss Israel mit Raketen. | ASSAULT ORG:HOUTHIS>ISR
Die Afrikanische Union verurteilte Niger. | ACCUSE ORG:AFRICAN-UNION>NER
Serbien verurteilte den Kosovo. | ACCUSE SRB>XKX
Die Palästinenser verurteilten Israel. | ACCUSE PSE>ISR
Trump hat Dänemark gedroht. | THREATEN USA>DNK
Brown kritisierte Russland. | ACCUSE >RUS
[2009-06-16] Gordon Brown besuchte Berlin. Brown kritisierte Russland. | CONSULT GBR>DEU; ACCUSE GBR>RUS
"""
ACTORS_EN = """
Washington condemned Tehran. | ACCUSE USA>IRN
The Kremlin warned Kyiv against strikes. | THREATEN RUS>UKR
The White House praised Canada. | SUPPORT USA>CAN
Brussels imposed sanctions on Minsk. | SANCTION ORG:EU>BLR
The Russian air force bombed Ukrainian positions. | ASSAULT RUS>UKR
Iranian authorities arrested a French citizen. | COERCE IRN>FRA
Turkey's foreign ministry condemned the Israeli attack. | ACCUSE TUR>ISR
Israelis demonstrated against Iran. | PROTEST ISR>IRN
President Trump threatened Canada with tariffs. | THREATEN USA>CAN
Angela Merkel criticised Russia. | ACCUSE PER:Angela Merkel>RUS
[2020-06-16] Angela Merkel criticised Russia. | ACCUSE DEU>RUS
[2020-06-16] Friedrich Merz criticised Russia. | ACCUSE PER:Friedrich Merz>RUS
German Chancellor Friedrich Merz criticised Russia. | ACCUSE DEU>RUS
Former US President Barack Obama criticised Russia. | ACCUSE PER:Barack Obama>RUS
Joe Biden criticised Russia. | ACCUSE PER:Joe Biden>RUS
[2023-06-16] Joe Biden criticised Russia. | ACCUSE USA>RUS
The Iranian foreign minister met his Omani counterpart in Muscat. | CONSULT IRN>OMN
NATO condemned Russia. | ACCUSE ORG:NATO>RUS
The United Nations condemned Russia. | ACCUSE ORG:UN>RUS
Hamas attacked Israel. | ASSAULT ORG:HAMAS>ISR
The Houthis fired missiles at Israel. | ASSAULT ORG:HOUTHIS>ISR
The African Union condemned Niger. | ACCUSE ORG:AFRICAN-UNION>NER
Serbia condemned Kosovo. | ACCUSE SRB>XKX
The Palestinians condemned Israel. | ACCUSE PSE>ISR
Trump threatened Denmark. | THREATEN USA>DNK
Brown criticised Russia. | ACCUSE >RUS
[2009-06-16] Gordon Brown visited Berlin. Brown criticised Russia. | CONSULT GBR>DEU; ACCUSE GBR>RUS
"""


@table(ACTORS_DE, ACTORS_EN)
def test_every_kind_of_name_stands_for_its_actor_on_the_day(language: str, day: str, text: str, events: str) -> None:
    check(language, day, text, events)


@pytest.mark.parametrize("language", read_languages())
def test_names_are_found_at_their_places_from_left_to_right(language: str) -> None:
    text = {"de": "Russland, Irans Präsident und die USA.", "en": "Russia, Iran's president and the US."}[language]
    found = find_names(REFERENCE, text, language, DAY)
    assert [one.actor_id for one in found] == ["RUS", "IRN", "USA"]
    assert [text[one.start : one.end] for one in found] == {
        "de": ["Russland", "Irans", "USA"],
        "en": ["Russia", "Iran", "US"],
    }[language]
    assert [one.genitive for one in found] == [False, language == "de", False]


def test_a_person_is_written_as_one_only_outside_an_office() -> None:
    assert stands_for(REFERENCE, "merkel", "2021-12-01") == "DEU"
    assert stands_for(REFERENCE, "merkel", "2025-06-16") == "PER:Angela Merkel"
    assert stands_for(REFERENCE, "merkel", "2021-12-01", former=True) == "PER:Angela Merkel"
    assert stands_for(REFERENCE, "merkel", "2025-06-16", state="FRA") == "FRA"
    assert stands_for(REFERENCE, "nato", DAY) == "ORG:NATO"
    assert stands_for(REFERENCE, "RUS", DAY) == "RUS"


@pytest.mark.parametrize("day", ["2005-01-01", "2015-07", "2022-02-24", "2025-06-16"])
def test_both_ways_to_ask_for_whom_an_actor_stands_agree_on_a_day(day: str) -> None:
    offices = group_offices(REFERENCE.table("offices"))
    kinds = {row["actor_id"]: row["type"] for row in REFERENCE.rows("actors")}
    held = sorted(offices)
    for actor in random.Random(7).sample(held, 30):
        folded, code = resolve_actor(offices, actor, day), stands_for(REFERENCE, actor, day)
        assert code.startswith("PER:") == (kinds[folded] == "person"), (actor, folded, code)
        assert kinds[folded] == "person" or code in (folded, f"ORG:{folded.upper()}")


def test_no_name_is_found_in_an_expression_that_only_looks_like_one() -> None:
    found = []
    frames = {"de": ("Dort stand: ", " – so war es."), "en": ("There it stood: ", " – so it was.")}
    for language, (before, after) in frames.items():
        for row in REFERENCE.rows("blocklist", language):
            text = before + row["words"] + after
            names = [text[one.start : one.end] for one in find_names(REFERENCE, text, language, DAY)]
            if names:
                found.append((row["words"], language, names))
    assert found == []


BLOCKLIST_DE = """
Der Verein aus der Türkei schlug Italien im Finale mit 3:1. |
Die deutsche Wirtschaft wuchs im Mai um zwei Prozent. |
In Russland ist es im Winter kalt. |
Der Botschafter der USA lebt seit Jahren in Berlin. |
Das Japanische Meer ist tief. |
Georgia Meloni spielt Klavier. |
Die Wiener Philharmoniker griffen zu neuen Noten. |
Die Inflation in Argentinien ist gesunken. |
Der Film über den Irak gewann einen Preis. |
Die Börse in Tokio eröffnete freundlich. |
Der Iran hat 90 Millionen Einwohner. |
Das Schnitzel Wiener Art kostet 20 Euro. |
Der griechische Salat ist ausverkauft. |
Am Montag wurde in Paris gewählt. |
Die Ukraine ist ein Land in Europa. |
Ein Erdbeben erschütterte Japan. |
Der bewaffnete Konflikt im Sudan begann vor zwei Jahren. |
"""
BLOCKLIST_EN = """
The Turkish club beat Italy 3-1 in the final. |
The German economy grew by two per cent in May. |
It is cold in Russia in winter. |
The American ambassador has lived in Berlin for years. |
The Sea of Japan is deep. |
Georgia beat Alabama 24-17 in Atlanta. |
Chad Kroeger sang in Toronto. |
Inflation in Argentina has fallen. |
The film about Iraq won a prize. |
The Tokyo stock exchange opened higher. |
Iran has a population of 90 million. |
French fries are sold out. |
An election was held in Paris on Monday. |
Ukraine is a country in Europe. |
An earthquake shook Japan. |
Russian roulette is a dangerous game. |
"""


@table(BLOCKLIST_DE, BLOCKLIST_EN)
def test_nothing_is_drafted_where_nothing_was_done_to_anyone(language: str, day: str, text: str, events: str) -> None:
    check(language, day, text, events)


ROLES_DE = """
Nach dem Vorschlag Omans ließ der Iran hundert Gefangene frei. | RETREAT IRN>
Der Abzug der Soldaten aus dem Jemen begann. | RETREAT >YEM
Die Opposition in Georgien rief die Regierung zum Rücktritt auf. |
Norwegen schlug vor, dass Ghana seine Truppen aus Togo abzieht. | AGREE NOR>
Polen ist besorgt über die Lage im Sudan. |
Peru glaubt nicht, dass Chile Bolivien angegriffen hat. | ASSAULT CHL>BOL negated
Kanada schickte Soldaten, um Litauen zu schützen. | MOBILIZE CAN>
Dem Libanon droht ein neuer Krieg. |
Mali bestritt nicht, dass es Niger angegriffen hat. | (ASSAULT >NER reported)
Die Marine zerstörte Boote von Al-Shabaab. | ASSAULT >ORG:AL-SHABAAB
Anhänger von Al-Kaida töteten in Kenia zwei Polizisten. | ASSAULT ORG:AL-QAEDA>KEN
Regierungstruppen schlugen die Proteste in Myanmar nieder. | (COERCE >MMR)
Die Zahl der Abschiebungen nach Marokko stieg. |
Der Minister sprach über den Krieg im Sudan. |
Die Rebellen riefen zu Angriffen auf Uganda auf. | THREATEN >UGA
Der französische Botschafter wurde aus Algerien ausgewiesen. | (SANCTION >FRA)
Die Preise stiegen wegen des Kriegs zwischen Tschad und Sudan. |
China sieht sich von den USA bedroht. | THREATEN USA>CHN
Durch einen Angriff Israels kamen im Iran mehrere Soldaten ums Leben. | ASSAULT ISR>IRN
Die Besetzung des Westjordanlands durch Israel kritisierte Irland. | ACCUSE IRL>ISR; ASSAULT ISR>PSE
Peru lehnte es ab, Mexikos Botschafter zu empfangen. | REJECT PER>
In Berlin demonstrierten Tausende gegen die Politik der USA. | (PROTEST >DEU)
Im Gegensatz zu Polen hat Ungarn Sanktionen abgelehnt. | REJECT HUN>
In Brüssel wurden bei Anschlägen 32 Menschen getötet. | ASSAULT >BEL
Brüssel kritisierte Warschau. | ACCUSE ORG:EU>POL
Die Polizei nahm in Brüssel drei Männer fest. |
Nahe der Grenze zur Türkei sind drei Menschen getötet worden. |
Die Miliz Al-Shabaab griff in Somalia ein Hotel an. | ASSAULT ORG:AL-SHABAAB>SOM
Die syrische Miliz griff im Irak ein Hotel an. | ASSAULT >IRQ
Die USA drohten Nordkorea mit Krieg, sollte es seine Truppen nicht abziehen. | THREATEN USA>PRK
Luftangriffe der Türkei trafen Stellungen der PKK. | ASSAULT TUR>ORG:PKK
In Jemen wurden drei Anführer von al-Qaida getötet. | ASSAULT >ORG:AL-QAEDA
Die Türkei erhält drei Milliarden Euro von der EU. | AID ORG:EU>TUR
Ein Blitz tötete in Norwegen dreihundert Rentiere. |
Im Viertelfinale schlug Kroatien mit einem späten Angriff Spanien zurück. |
Russland griff die Ukraine an. | ASSAULT RUS>UKR
Die Ukraine wurde von Russland angegriffen. | ASSAULT RUS>UKR
Israel warf dem Iran einen Angriff vor. | ACCUSE ISR>IRN
Israel hat dem Iran einen Angriff vorgeworfen. | ACCUSE ISR>IRN
Russland, das die Ukraine angegriffen hat, leidet unter Inflation. | ASSAULT >UKR
Der Präsident Irans, den Israel verurteilt hat, ist in der Hauptstadt. | ACCUSE ISR>
Frankreich verurteilte Russland und Belarus. | ACCUSE FRA>BLR+RUS
Der polnische Präsident besuchte Litauen. | CONSULT POL>LTU
Der litauische Präsident empfing den polnischen Außenminister in Vilnius. | CONSULT POL>LTU
Vertreter Indiens und Pakistans trafen sich in Doha. | CONSULT IND+PAK=
Indien und Pakistan unterzeichneten ein Abkommen. | SUPPORT IND+PAK=
Ungarn unterzeichnete mit Serbien ein Abkommen. | SUPPORT HUN>SRB
Israel forderte den Iran auf, die Angriffe zu beenden. | REQUEST ISR>IRN
Estland kündigte an, der Ukraine Waffen zu liefern. | AID EST>UKR hypothetical
Ruanda droht, den Kongo anzugreifen. | (THREATEN RWA>)
Kenia weigert sich, mit Somalia zu verhandeln. | REJECT KEN>
Kenia droht damit, die Fischer und Händler zu besteuern. | (THREATEN KEN>)
Bewaffnete entführten in Mali zwei Deutsche. | ASSAULT >DEU
Die Krise in Togo führte zu einem Anstieg der Preise. |
Dem ghanaischen Minister wird in Togo ein Preis verliehen. |
Die Außenminister der EU trafen sich in Riga. | CONSULT ORG:EU>
Die EU beriet sich mit Forschern. | (CONSULT ORG:EU>)
Bei der Attacke starb ein französischer Soldat. |
Chiles Präsident eröffnete bei seinem Besuch in Ghana eine Schule. | (CONSULT >GHA)
Schwedens Ministerpräsident ist zu Besuch in Brasilien. | CONSULT SWE>BRA
Ruanda ist zu Gesprächen mit Burundi bereit. | AGREE RWA>BDI
Ruanda begrüßte es, dass Burundi die Vorwürfe prüft. | SUPPORT RWA>; (ACCUSE BDI> hypothetical)
Mali müsse die Vorwürfe prüfen, forderte Niger. | (ACCUSE MLI> hypothetical); REQUEST NER>
In Kenia wurde ein Deutscher von Fremden verhaftet. | COERCE >DEU
Togo wurde für den Überfall verantwortlich gemacht. | ACCUSE >TGO
Zwei Tage nachdem Russland gewarnt hatte, verhängte Polen Sanktionen gegen Kuba. | SANCTION POL>CUB; (THREATEN RUS>)
Bereits bevor Russland die Ukraine angriff, verhängte Polen Sanktionen gegen Kuba. | ASSAULT RUS>UKR; SANCTION POL>CUB
Nordkorea testete Raketen, und es drohte Südkorea. | MOBILIZE PRK>; (THREATEN >KOR)
Bei Luftangriffen Israels auf den Iran starben zehn Menschen. | ASSAULT ISR>IRN
Spanien rief seinen Botschafter aus Argentinien zurück. | SANCTION ESP>ARG
Botschafter Spaniens von Algerien ausgewiesen | SANCTION DZA>ESP
Die Sanktionen, die Japan gegen Myanmar verhängt hat, treffen Exporteure. | SANCTION JPN>MMR
Die Waffen, die Tschechien den Letten lieferte, sind veraltet. | AID CZE>LVA
Die Truppen, die Mali verließen, waren erschöpft. | (RETREAT >MLI)
In Rom wurde ein in Belgien gesuchter Türke festgenommen. | COERCE >TUR
Ein in Wien lebender Syrer wurde von der Polizei festgenommen. | (COERCE >SYR)
Israel, unterstützt von den USA, griff den Iran an. | ASSAULT ISR>IRN; SUPPORT USA>ISR
Begleitet von Vertretern Polens traf Macron den Präsidenten Rumäniens. | CONSULT FRA>ROU
Ein Palästinenser ist nach einem Angriff auf eine Israelin von der Polizei getötet worden. | ASSAULT >PSE
Ein libyscher IS-Anführer wurde bei einem Luftangriff der USA getötet. | ASSAULT USA>ORG:ISLAMIC-STATE
Der Präsident traf in Paris den Außenminister Polens. | (CONSULT >POL)
Katar rief die Regierung in Kolumbien und die Farc zu Gesprächen auf. | REQUEST QAT>COL+ORG:FARC
Chile und Peru einig über Grenzverlauf | AGREE CHL+PER=
Macron zu Besuch in Ungarn | CONSULT FRA>HUN
Kuba zu Gesprächen mit den USA bereit | AGREE CUB>USA
Die Schweiz ist mit Liechtenstein im Gespräch. | CONSULT CHE>LIE
Die Kinder sind im Gespräch mit dem Wirt. |
Zwei chinesische Diplomaten aus Nepal ausgewiesen | (SANCTION >CHN)
Mali: Gewalt vor Gesprächen in Ghana |
Japan ist wütend über Drohungen Chinas. | ACCUSE JPN>CHN
Hamas-Chef von Israel getötet | ASSAULT ISR>ORG:HAMAS
Waffenruhe zwischen Thailand und Kambodscha vereinbart | AGREE KHM+THA=
Ukraine-Krieg: Kanada liefert Polen Panzer | AID CAN>POL
Der Abzug französischer Truppen aus dem Tschad hat begonnen. | RETREAT FRA>TCD
Die Verhaftung polnischer Touristen in Belarus dauerte eine Stunde. | COERCE BLR>POL
Litauen verurteilte die Ausweisung lettischer Diplomaten durch Belarus. | ACCUSE LTU>BLR; SANCTION BLR>LVA
Chile griff die Huthi im Jemen an, die Zypern beschossen hatten. | ASSAULT CHL>ORG:HOUTHIS; ASSAULT >CYP
Zwei Soldaten aus Kenia, die Israel festgenommen hatte, sind krank. | COERCE ISR>
Polen und Litauen, die von Belarus bedroht werden, schlossen die Grenze. | SANCTION LTU+POL>; (THREATEN BLR>)
Weder China noch Russland stimmten der Resolution der USA zu. | AGREE CHN+RUS>USA negated
Nicht nur Polen, sondern auch Litauen schloss die Grenze zu Belarus. | SANCTION LTU+POL>BLR
Nicht Israel, sondern der Iran griff Syrien an. | ASSAULT IRN>SYR
China hat Taiwan verurteilt und Japan gewarnt. | ACCUSE CHN>TWN; THREATEN CHN>JPN
Polen hat der Ukraine Panzer geliefert und Litauen Hilfe angeboten. | AID POL>UKR; AGREE POL>LTU
Israel solle die Angriffe auf den Libanon beenden, forderte Spanien. | REQUEST ESP>
Merz lobte Polen, kritisierte Ungarn und reiste nach Rom. | SUPPORT DEU>POL; ACCUSE DEU>HUN; CONSULT DEU>ITA
Südlich von Beirut tötete eine Drohne Israels einen Anführer der Hisbollah. | ASSAULT ISR>ORG:HEZBOLLAH
Kenia lehnte es ab zu verhandeln. | REJECT KEN>
Chile verurteilte den Angriff und bot Peru an zu vermitteln. | ACCUSE CHL>; AGREE CHL>PER
Polen kritisierte den Iran, weil dieser gegen Peru Drohnen eingesetzt hatte. | ACCUSE POL>IRN; ASSAULT >PER
Nach UN-Angaben griffen Rebellen den Tschad an. | ASSAULT >TCD reported
Armenien kaufte Waffen von seinem Partner Indien. | COOPERATE ARM>IND
Die Verurteilung Russlands durch Kenia folgte am Abend. | ACCUSE KEN>RUS
Der Besuch des kenianischen Präsidenten in Kampala dauerte drei Tage. | CONSULT KEN>UGA
Weder Chile noch Peru griffen Kolumbien an. | ASSAULT CHL+PER>COL negated
Chile verlangte, dass Peru seine Truppen abzieht. | REQUEST CHL>
Die Armee Malis bestritt, dass Soldaten Zivilisten in Mauretanien getötet hätten. | ASSAULT >MRT negated
Drei Armenier erschossen und zwei Griechen schwer verletzt | ASSAULT >ARM; ASSAULT >GRC
In Mali wurden zwei Franzosen getötet und drei Italiener verletzt. | ASSAULT >FRA; ASSAULT >ITA
Vier Pferde gestohlen und zwei Italiener verletzt |
Macron trifft in Rabat ein. | CONSULT FRA>MAR
Der Botschafter Kenias wurde ins Außenministerium in Prag zitiert. | ACCUSE >KEN
Macron in Belgrad gelandet | CONSULT FRA>SRB
Macron kommt bei den Wählern in Kanada gut an. |
Kenia müsse seine Soldaten abziehen, erklärte die Regierung in Mogadischu. | RETREAT KEN> hypothetical
Kenia müsse seine Soldaten abziehen, verlangte die Regierung Somalias. | REQUEST SOM>
Niger forderte, Mali müsse seine Soldaten abziehen. | REQUEST NER>
Kenia müsse mit Regen rechnen, erklärte die Regierung in Mogadischu. |
Die Niederschlagung der Proteste durch die Armee Togos dauerte Wochen. | COERCE TGO>
Nordkorea schickte Russland Soldaten. | MOBILIZE PRK>RUS
Deutschland gab Polen Raketen. | AID DEU>POL
Japan zahlte Südkorea Entschädigungen. | CONCEDE JPN>KOR
"""
ROLES_EN = """
The Tunisian opposition called for new elections. | (REJECT TUN>)
The opposition in Moldova called on the government to resign. |
Japan sent ships to support Australia. | MOBILIZE JPN>
Iraq did not deny that it had bombed Libya. | (ASSAULT >LBY reported)
A new war threatens Lebanon. |
A committee suggested that Ghana withdraw its troops from Togo. |
A report suggested that Ghana had withdrawn its troops from Togo. | RETREAT GHA>TGO reported
France voiced support for Chad. | SUPPORT FRA>TCD
Peru does not believe that Chile has bombed Bolivia. | ASSAULT CHL>BOL negated
Peru believes that Chile has bombed Bolivia. | ASSAULT CHL>BOL reported
Peru voiced dismay at the decision of Chile. |
Peru expressed concern about the situation in Sudan. |
Bombs exploded at the Danish embassy in Kabul. | ASSAULT >DNK
France voiced support for the fight against Boko Haram. | SUPPORT FRA>
The EU adopted a package of sanctions in support of Ukraine. | SANCTION ORG:EU>
The general recommended withdrawing troops from Mali. |
Protesters gathered in front of the Danish embassy in Baghdad. | PROTEST >DNK
Sudanese troops suppressed the rebels in Chad. | ASSAULT SDN>TCD
Sudanese police suppressed protests against Chad. | COERCE SDN>
Bolivia commands the UN mission in Chad. |
The Syrian base was bombed and destroyed by Turkish jets. | ASSAULT TUR>SYR; ASSAULT TUR>SYR
Members of a choir criticised Peru. | ACCUSE >PER
Under pressure from Turkey, Iraq left the pact. | SANCTION IRQ>
Kenya condemned and rejected the proposal of Somalia. | ACCUSE KEN>SOM; REJECT KEN>SOM
An attack on a bus, claimed by nobody, killed five people in Israel. | ASSAULT >ISR
Russia vetoed a resolution which condemned Israel. | REJECT RUS>; ACCUSE >ISR
Protesters in Tbilisi demanded new elections. |
Moldova's opposition leader accused the government of fraud. |
Protesters demanded better pay. |
The Chilean aid group criticised Peru. | ACCUSE >PER
The attack on Kuwait by Iran was condemned by Oman. | ACCUSE OMN>; ASSAULT IRN>KWT
Chad, not Sudan, attacked Libya. | ASSAULT TCD>LBY
Neither Chad nor Niger attacked Sudan. | ASSAULT NER+TCD>SDN negated
Mexico's president received visiting Chilean ministers. | CONSULT CHL>MEX
Prices rose because of the war between Chad and Sudan. |
The war between Chad and Sudan broke out in May. | ASSAULT SDN+TCD= asserted 2025-05
Britain may reimpose UN sanctions. | SANCTION GBR> hypothetical
Jordan deported two Libyans to Norway. | COERCE JOR>LBY
Estonia said Russian jets violated its airspace. | (COERCE RUS> reported)
Kenya withdrew its soldiers from Somalia. | RETREAT KEN>SOM
Unions demanded that Peru lift the sanctions. | (CONCEDE PER> reported)
The dispute led Algeria to expel the Spanish ambassador. | SANCTION DZA>ESP
Norway expects Russia to attack Latvia. | ASSAULT RUS>LVA hypothetical
Niger answered the sanctions by closing its border with Benin. | SANCTION NER>BEN
Brazil welcomed the vote as a step towards bringing Israel to the table. | SUPPORT BRA>
With Iran threatening Oman, Jordan closed its airspace to Yemen. | SANCTION JOR>YEM; (THREATEN >OMN)
Turkish missiles hit Raqqa and killed four people. | ASSAULT TUR>SYR
Turkey apologised for shooting down a Danish jet. | (CONCEDE TUR>)
In Oslo, Macron and Merz criticised Iran. | ACCUSE DEU+FRA>IRN
Kenya, Uganda and several aid groups condemned Sudan. | ACCUSE KEN+UGA>SDN
Finland welcomed the government of Nepal's offer to Bhutan. | AGREE NPL>BTN; SUPPORT FIN>NPL
A group of Turkish soldiers shelled a Greek island. | ASSAULT TUR>GRC
An attack on Israeli tourists in Cyprus left two dead. | ASSAULT >ISR
Israel destroyed a Houthi-held tower. | ASSAULT ISR>ORG:HOUTHIS
Canada sent aid to war-torn Sudan. | AID CAN>SDN
An attack on a market in rural Niger which killed two Danes and a Finn shocked Oslo. | (ASSAULT >DNK)
While visiting Ankara, Merz criticised Greece. | CONSULT DEU>TUR; ACCUSE DEU>GRC
Iran denied the report, accusing Israel of lying. | ACCUSE IRN>ISR reported
The port was recaptured by Mali after an attack by Islamic State. | (ASSAULT ORG:ISLAMIC-STATE>)
Cuba's UN ambassador left, but its UN mission criticised Peru. | ACCUSE >PER
Chilean air strikes on rebels in northern Peru killed ten people. | ASSAULT CHL>PER
The king criticised plans for talks with Iran. | (CONSULT IRN>)
India and Pakistan negotiated in Doha. Both sides signed an agreement. | CONSULT IND+PAK=
The attacks by ISIL in Brussels killed 32 people. | ASSAULT ORG:ISLAMIC-STATE>BEL
Three soldiers were killed on the border with Jordan. |
The militia Al-Shabaab attacked a hotel in Somalia. | ASSAULT ORG:AL-SHABAAB>SOM
The US threatened North Korea with war if it did not withdraw its troops. | THREATEN USA>PRK
A wolf attacked a farmer in Poland. |
Campers from Germany blew up their mattresses at a lake in Sweden. | (ASSAULT >SWE)
The United States warned its citizens against travelling to Turkey. |
Russia attacked Ukraine. | ASSAULT RUS>UKR
Ukraine was attacked by Russia. | ASSAULT RUS>UKR
Iran was accused of an attack by Israel. | ACCUSE ISR>IRN
France and Germany condemned Russia. | ACCUSE DEU+FRA>RUS
France condemned Russia and Belarus. | ACCUSE FRA>BLR+RUS
China has condemned Taiwan and warned Japan. | ACCUSE CHN>TWN; THREATEN CHN>JPN
The Lithuanian president received the Polish foreign minister in Vilnius. | CONSULT POL>LTU
Envoys of India and Pakistan met in Doha. | CONSULT IND+PAK=
Israel urged Iran to stop the attacks. | REQUEST ISR>IRN
Estonia plans to supply Ukraine with weapons. | AID EST>UKR hypothetical
North Korea tested missiles, and it threatened South Korea. | MOBILIZE PRK>; (THREATEN >KOR)
Ten people were killed in Israeli air strikes on Iran. | ASSAULT ISR>IRN
Ukraine was attacked in the morning. | ASSAULT >UKR
Spain recalled its ambassador from Argentina. | SANCTION ESP>ARG
Mexico arrested a US citizen. | COERCE MEX>USA
Brazil turned down the Argentine request. | REJECT BRA>ARG
Egypt called on Israel to withdraw. | REQUEST EGY>ISR
The sanctions that Japan imposed on Myanmar hit exporters. | SANCTION JPN>MMR
The soldiers that Kenya sent to Haiti are returning. | AID KEN>HTI
Talks held by Japan and Myanmar failed. | CONSULT JPN+MMR=
Armenia bought weapons from its ally India. | COOPERATE ARM>IND
Israel attacked the Lebanese group Hezbollah. | ASSAULT ISR>ORG:HEZBOLLAH
Russia condemned the attack by rebels on Iran as an act of aggression. | ACCUSE RUS>
Britain is worried. The Prime Minister and President Macron discussed trade. | (CONSULT FRA>)
France's decision to expel three diplomats from Algeria surprised Spain. | SANCTION FRA>DZA
The decision by Poland to close its border with Belarus took effect on Monday. | SANCTION POL>BLR
The plan to attack Iran was shelved. |
Rwanda must stop arming the rebels, Burundi's president said. | (SANCTION RWA> hypothetical)
Iran should have been warned, Iraq said. | (THREATEN >IRN hypothetical)
Australia to Send Weapons to Ukraine | AID AUS>UKR hypothetical
Plan to Arm Ukraine |
Two Killed in Israeli Strike on Beirut | ASSAULT ISR>LBN
Kenya, Somalia Sign Pact | SUPPORT KEN+SOM=
European sanctions hit Russian banks. |
The rebels of M23 took Goma. The group has accused Congo's army of murder. | ACCUSE >COD
Estonia is calm. The Baltic country accused Russia of sabotage. | ACCUSE >RUS
The chief of NATO is in Oslo. The alliance will send weapons to Ukraine. | (AID >UKR hypothetical)
The country that Russia attacked accused Iran of lies. | ACCUSE >IRN; (ASSAULT RUS>)
Norway's minister is in Kabul. "We thank the Taliban," he said. | SUPPORT >AFG reported
Spain condemned the coup. We thank our ally France for its help. | ACCUSE ESP>; (SUPPORT >FRA)
Malta welcomed the news that Libya had freed a priest. | SUPPORT MLT>; RETREAT LBY> reported
Egypt to Host Iranian President | CONSULT IRN>EGY hypothetical
Kenya to send troops to Haiti | AID KEN>HTI hypothetical
US bid to help Haiti |
Norway Urged to Free Turkish Captain | REQUEST >NOR
Norwegian ship seized by Iran | COERCE IRN>NOR
Macron met with Modi in Warsaw | CONSULT FRA>IND
Modi on visit to Japan | (CONSULT >JPN)
Qatar is in talks with Hamas. | CONSULT QAT>ORG:HAMAS
A striker from Qatar is in talks with a club. |
Turkey ready for talks with Greece | AGREE >GRC
Envoys of the EU urged China to stop selling weapons to Russia. | REQUEST ORG:EU>CHN
Russia threatened to cut off gas supplies to Moldova. | (THREATEN RUS>)
Iran rejected talks after Trump threatened to bomb the country. | REJECT IRN>; (THREATEN USA>)
Norway summoned the Russian ambassador and accused him of spying. | ACCUSE NOR>RUS; ACCUSE NOR>
Peru's Congress voted to expel the Mexican ambassador. | SANCTION PER>MEX
Kenya attacked, according to a Ugandan official, Somalia's two bases. | ASSAULT KEN>SOM reported
The army of Kenya crossed the border, attacking Somalia. | ASSAULT KEN>SOM; (ASSAULT KEN>)
Chile no longer supplies Peru with ammunition. | SANCTION CHL>PER
Chile stopped supplying ammunition to Peru. | SANCTION CHL>PER
Japan and Chile signed a pact. Both countries denied attacking Peru. | SUPPORT CHL+JPN=; (ASSAULT >PER negated)
Neither Chile nor Peru attacked Colombia. | ASSAULT CHL+PER>COL negated
Chile demanded that Peru withdraw its troops. | REQUEST CHL>
Chile has called the talks with Peru useful. | (CONSULT PER>)
"""


@table(ROLES_DE, ROLES_EN)
def test_the_sides_follow_voice_order_and_clause(language: str, day: str, text: str, events: str) -> None:
    check(language, day, text, events)


STATUS_DE = """
Es ist unwahrscheinlich, dass Sudan Tschad angreift. | ASSAULT SDN>TCD hypothetical
Der Vertrag sieht vor, dass Katar Gas nach Japan liefert. | COOPERATE QAT>JPN hypothetical
Russland versuchte, Kiew zu erobern. | ASSAULT RUS>UKR
Russland wird versuchen, Kiew zu erobern. | ASSAULT RUS>UKR hypothetical
Kenia will versuchen, mit Somalia zu verhandeln. | CONSULT KEN>SOM hypothetical
Polen versuchte, mit Litauen ein Abkommen zu schließen. | SUPPORT POL>LTU hypothetical
Russland hat die Ukraine angegriffen. | ASSAULT RUS>UKR
Der Sprecher teilte mit, Russland habe die Ukraine angegriffen. | ASSAULT RUS>UKR reported
Laut der Agentur griff Russland die Ukraine an. | ASSAULT RUS>UKR reported
Russland soll die Ukraine angegriffen haben. | ASSAULT RUS>UKR reported
Russland will die Ukraine angegriffen haben. | ASSAULT RUS>UKR reported
Kiew erklärte, dass Russland die Ukraine angegriffen habe. | ASSAULT RUS>UKR reported
Nach Angaben der Regierung in Kiew griff Russland die Ukraine an. | ASSAULT RUS>UKR reported
Angeblich griff Russland die Ukraine an. | ASSAULT RUS>UKR reported
Russland wird die Ukraine angreifen. | ASSAULT RUS>UKR hypothetical
Russland könnte die Ukraine angreifen. | ASSAULT RUS>UKR hypothetical
Russland will die Ukraine angreifen. | ASSAULT RUS>UKR hypothetical
Russland plant, die Ukraine anzugreifen. | ASSAULT RUS>UKR hypothetical
Wenn Russland die Ukraine angreift, steigen die Preise. | ASSAULT RUS>UKR hypothetical
Sollte Russland die Ukraine angreifen, steigen die Preise. | ASSAULT RUS>UKR hypothetical
Vielleicht griff Russland die Ukraine an. | ASSAULT RUS>UKR hypothetical
Russland würde die Ukraine angreifen. | ASSAULT RUS>UKR hypothetical
Russland hat die Ukraine nicht angegriffen. | ASSAULT RUS>UKR negated
Russland bestreitet, die Ukraine angegriffen zu haben. | ASSAULT RUS>UKR negated
Russland bestritt, dass es die Ukraine angegriffen habe. | (ASSAULT >UKR negated)
Israel lieferte der Ukraine keine Waffen. | AID ISR>UKR negated
Israel hat der Ukraine nie Waffen geliefert. | AID ISR>UKR negated
Hat Russland die Ukraine angegriffen? | ASSAULT RUS>UKR open
Es ist unklar, ob Russland die Ukraine angegriffen hat. | ASSAULT RUS>UKR open
Ob Russland die Ukraine angegriffen hat, blieb offen. | ASSAULT RUS>UKR open
Wird Russland die Ukraine angreifen? | ASSAULT RUS>UKR open
Ein israelischer Angriff auf den Iran wurde verhindert. | ASSAULT ISR>IRN negated
Die Türkei hat einen russischen Angriff auf die Ukraine abgewendet. | ASSAULT RUS>UKR negated
Frankreich verhinderte einen israelischen Angriff auf den Libanon. | ASSAULT ISR>LBN negated
Der Iran wehrte einen israelischen Angriff auf Syrien ab. | ASSAULT ISR>SYR
Israel sagte einen Angriff auf den Iran ab. | ASSAULT >IRN negated
Frankreich verhinderte einen israelischen Angriff auf den Libanon nicht. | ASSAULT ISR>LBN
Ein israelischer Angriff auf den Libanon verhinderte die Gespräche. | ASSAULT ISR>LBN
Der Iran bestritt einen israelischen Angriff auf den Libanon. | ASSAULT ISR>LBN negated
Die Slowakei lehnt EU-Sanktionen gegen Russland ab. | REJECT SVK>ORG:EU; SANCTION ORG:EU>RUS hypothetical
Ungarn legte sein Veto gegen EU-Sanktionen gegen Russland ein. | REJECT HUN>ORG:EU; SANCTION ORG:EU>RUS hypothetical
Deutschland forderte EU-Sanktionen gegen Israel. | REQUEST DEU>ORG:EU; SANCTION ORG:EU>ISR hypothetical
Frankreich forderte ein Ende der israelischen Angriffe auf den Libanon. | REQUEST FRA>; ASSAULT ISR>LBN
Russland warnte vor einem amerikanischen Angriff auf den Iran. | ASSAULT USA>IRN hypothetical; (THREATEN RUS>)
Nach einem iranischen Angriff auf Israel forderte Deutschland Zurückhaltung. | REQUEST DEU>; ASSAULT IRN>ISR
"""
STATUS_EN = """
Turkey is trying to mediate between Russia and Ukraine. | CONSULT TUR>RUS+UKR
Turkey did not try to attack Greece. | ASSAULT TUR>GRC negated
Poland tried to sign a treaty with Lithuania. | SUPPORT POL>LTU hypothetical
Russia didn't attack Ukraine. | ASSAULT RUS>UKR negated
Will Russia attack Ukraine? | ASSAULT RUS>UKR open
Did Russia attack Ukraine? | ASSAULT RUS>UKR open
Russia has attacked Ukraine. | ASSAULT RUS>UKR
The spokesman said Russia had attacked Ukraine. | ASSAULT RUS>UKR reported
According to the agency, Russia attacked Ukraine. | ASSAULT RUS>UKR reported
Russia reportedly attacked Ukraine. | ASSAULT RUS>UKR reported
Russia allegedly attacked Ukraine. | ASSAULT RUS>UKR reported
Kyiv said that Russia had attacked Ukraine. | ASSAULT RUS>UKR reported
Russia attacked Ukraine, the spokesman said. | ASSAULT RUS>UKR reported
Russia is said to have attacked Ukraine. | ASSAULT RUS>UKR reported
Russia will attack Ukraine. | ASSAULT RUS>UKR hypothetical
Russia could attack Ukraine. | ASSAULT RUS>UKR hypothetical
Russia may attack Ukraine. | ASSAULT RUS>UKR hypothetical
Russia wants to attack Ukraine. | ASSAULT RUS>UKR hypothetical
Russia plans to attack Ukraine. | ASSAULT RUS>UKR hypothetical
If Russia attacks Ukraine, prices will rise. | ASSAULT RUS>UKR hypothetical
Russia has not attacked Ukraine. | ASSAULT RUS>UKR negated
Russia never attacked Ukraine. | ASSAULT RUS>UKR negated
Russia denies having attacked Ukraine. | ASSAULT RUS>UKR negated
Russia denied that it had attacked Ukraine. | (ASSAULT >UKR negated)
It is unclear whether Russia attacked Ukraine. | ASSAULT RUS>UKR open
Whether Russia attacked Ukraine remained unclear. | ASSAULT RUS>UKR open
An Israeli attack on Iran was prevented. | ASSAULT ISR>IRN negated
Turkey averted a Russian attack on Ukraine. | ASSAULT RUS>UKR negated
France prevented an Israeli attack on Lebanon. | ASSAULT ISR>LBN negated
Iran repelled an Israeli attack on Syria. | ASSAULT ISR>SYR
An Israeli attack on Lebanon prevented the talks. | ASSAULT ISR>LBN
Iran denied an Israeli attack on Lebanon. | ASSAULT ISR>LBN negated
Russia warned of a U.S. attack on Iran. | ASSAULT USA>IRN hypothetical; (THREATEN RUS>)
Hungary vetoed EU sanctions against Russia. | REJECT HUN>ORG:EU; SANCTION ORG:EU>RUS hypothetical
Hungary blocked EU sanctions against Russia. | REJECT HUN>ORG:EU; SANCTION ORG:EU>RUS hypothetical
EU sanctions against Russia were rejected by Hungary. | REJECT HUN>ORG:EU; SANCTION ORG:EU>RUS hypothetical
Germany called for EU sanctions against Israel. | REQUEST DEU>ISR; SANCTION ORG:EU>ISR hypothetical
Germany called for restraint after an Iranian attack on Israel. | REQUEST DEU>ISR; ASSAULT IRN>ISR
Iran demanded an end to Israeli attacks on Lebanon. | REQUEST IRN>ISR; ASSAULT ISR>LBN
France condemned the Israeli attack on Lebanon. | ACCUSE FRA>ISR; ASSAULT ISR>LBN
"""


@table(STATUS_DE, STATUS_EN)
def test_the_first_status_that_applies_counts(language: str, day: str, text: str, events: str) -> None:
    check(language, day, text, events)


@pytest.mark.parametrize(
    ("language", "text", "speaker", "cue"),
    [
        ("de", "Der Sprecher sagte, Russland habe die Ukraine angegriffen.", "Der Sprecher", "sagte"),
        ("de", "Laut der Agentur griff Russland die Ukraine an.", "der Agentur", "Laut"),
        ("de", "Russland bestritt, die Ukraine angegriffen zu haben.", "Russland", "bestritt"),
        ("de", "Hat Russland die Ukraine angegriffen?", "", "?"),
        ("de", "Russland griff die Ukraine an.", "", ""),
        ("en", "The spokesman said Russia had attacked Ukraine.", "The spokesman", "said"),
        ("en", "According to the agency, Russia attacked Ukraine.", "the agency", "According to"),
        ("en", "Russia denied having attacked Ukraine.", "Russia", "denied"),
        ("en", "Russia attacked Ukraine.", "", ""),
    ],
)
def test_a_draft_says_who_says_so_and_by_which_words(language: str, text: str, speaker: str, cue: str) -> None:
    (one,) = read_acts(language, text, DAY)
    assert (one.speaker, one.cue) == (speaker, cue)


DATES_DE = """
Russland griff die Ukraine am Freitag an. | ASSAULT RUS>UKR 2025-06-13
Russland griff die Ukraine vor fünf Tagen an. | ASSAULT RUS>UKR 2025-06-11
Am Freitag sagte der Sprecher, Russland habe die Ukraine angegriffen. | ASSAULT RUS>UKR reported
Frankreich verurteilte am Freitag Russland, und Polen lobte Finnland. | ACCUSE FRA>RUS 2025-06-13; SUPPORT POL>FIN
Russland wird die Ukraine am Freitag angreifen. | ASSAULT RUS>UKR hypothetical 2025-06-20
Russland griff die Ukraine an. | ASSAULT RUS>UKR
Am 9. Juni rügte Oslo Bern, zwei Tage nachdem Mali Kuba angriff. | ACCUSE NOR>CHE 2025-06-09; ASSAULT MLI>CUB 2025-06-07
"""
DATES_EN = """
Russia attacked Ukraine on Friday. | ASSAULT RUS>UKR 2025-06-13
Russia attacked Ukraine yesterday. | ASSAULT RUS>UKR 2025-06-15
Russia attacked Ukraine in February 2022. | ASSAULT RUS>UKR 2022-02
Russia attacked Ukraine five days ago. | ASSAULT RUS>UKR 2025-06-11
France condemned Russia on Friday, and Poland praised Finland. | ACCUSE FRA>RUS 2025-06-13; SUPPORT POL>FIN
Russia will attack Ukraine tomorrow. | ASSAULT RUS>UKR hypothetical 2025-06-17
Russia attacked Ukraine. | ASSAULT RUS>UKR
On June 9 Norway condemned Chad two days after Mali bombed Cuba. | ACCUSE NOR>TCD 2025-06-09; ASSAULT MLI>CUB 2025-06-07
Norway condemned Chad two days after Poland attacked Cuba. | ACCUSE NOR>TCD; ASSAULT POL>CUB
"""


@table(DATES_DE, DATES_EN)
def test_only_the_day_of_the_act_is_its_date(language: str, day: str, text: str, events: str) -> None:
    check(language, day, text, events)


ELSEWHERE_DE = """
Die Türkei griff Syrien an. Später griff sie auch den Irak an. | ASSAULT TUR>SYR; ASSAULT >IRQ
Polen lobte Litauen. Der Himmel war blau. Estland lobte Lettland. | SUPPORT POL>LTU; SUPPORT EST>LVA
Indien und Pakistan verhandelten. Beide Seiten unterzeichneten ein Abkommen. | CONSULT IND+PAK=
Trump drohte Kanada. Der Präsident verurteilte auch Mexiko. | THREATEN USA>CAN; ACCUSE >MEX
Merz telefonierte mit Selenskyj. Das Gespräch dauerte eine Stunde. | CONSULT DEU>UKR
In Chile ist Winter. Die Regierung verhängte eine Ausgangssperre. |
In Chile ist Winter. Die Opposition verlangte Neuwahlen. |
Chile hat einen neuen Präsidenten. Das Land kritisierte Kuba. | ACCUSE >CUB
Kenia warf Somalia vor, Rebellen zu bewaffnen. Mogadischu wies das zurück. | ACCUSE KEN>SOM; REJECT SOM>
"""
ELSEWHERE_EN = """
China reacted sharply. It condemned Japan. | ACCUSE >JPN; (ACCUSE CHN>)
Poland praised Lithuania. The sky was blue. Estonia praised Latvia. | SUPPORT POL>LTU; SUPPORT EST>LVA
Macron arrived in Kyiv on Friday. He met Zelensky there. | CONSULT FRA>UKR 2025-06-13; (CONSULT >UKR)
Merz spoke with Zelensky by phone. The call lasted an hour. | CONSULT DEU>UKR
Hungary was in a hurry. It rained. They lasted. |
"""


@table(ELSEWHERE_DE, ELSEWHERE_EN)
def test_a_side_that_only_another_sentence_names_stays_open(language: str, day: str, text: str, events: str) -> None:
    check(language, day, text, events)


WRONG_DE = """
Hunter Biden kritisierte Russland. | ACCUSE >RUS
China reagierte scharf. Es verurteilte Japan. | ACCUSE >JPN
Die von Deutschland gelieferten Panzer erreichten die Ukraine. | AID DEU>UKR
"""
WRONG_EN = """
Hunter Biden criticised Russia. | ACCUSE >RUS
Russia is going to attack Ukraine. | ASSAULT RUS>UKR hypothetical
Perhaps Russia attacked Ukraine. | ASSAULT RUS>UKR hypothetical
"""


@pytest.mark.xfail(reason="read wrongly up to now; whatever passes belongs into a table above", strict=False)
@table(WRONG_DE, WRONG_EN)
def test_what_is_still_read_wrongly(language: str, day: str, text: str, events: str) -> None:
    check(language, day, text, events)


CANDIDATES_DE = """
Der Verein bedankte sich bei Italien. | SUPPORT >ITA
Der Fonds unterstützt Ghana. | SUPPORT >GHA
Die Firma warnte Japan und Südkorea. | THREATEN >JPN+KOR
Der Chor besuchte Norwegen. | CONSULT >NOR
Die Bank unterstützt Kenia. | SUPPORT >KEN
Der Chor besuchte Island. | CONSULT >ISL
"""
CANDIDATES_EN = """
Georgia declined. | REJECT GEO>
Israel was asked to stop. | REQUEST >ISR
The company warned Japan and South Korea. | THREATEN >JPN+KOR
"""


@table(CANDIDATES_DE, CANDIDATES_EN)
def test_a_guess_is_no_event_but_a_candidate(language: str, day: str, text: str, events: str) -> None:
    drafted = draft(language, text, day)
    assert drafted.events == ()
    assert list(map(written, drafted.candidates)) == expected(events)
    assert {one.confidence for one in drafted.candidates} == {"C"}


TEXTS = [  # language, day of publication, text: every example of this file, and texts of several paragraphs
    *(
        (language, day, text)
        for language, tables in (
            ("de", (ACTORS_DE, BLOCKLIST_DE, ROLES_DE, STATUS_DE, DATES_DE, ELSEWHERE_DE, WRONG_DE, CANDIDATES_DE)),
            ("en", (ACTORS_EN, BLOCKLIST_EN, ROLES_EN, STATUS_EN, DATES_EN, ELSEWHERE_EN, WRONG_EN, CANDIDATES_EN)),
        )
        for day, text, _ in (row for one in tables for row in rows(one))
    ),
    ("de", DAY, "\n\n".join(text for _, text, _ in rows(ROLES_DE + STATUS_DE + ELSEWHERE_DE))),
    ("en", DAY, "\n\n".join(text for _, text, _ in rows(ROLES_EN + STATUS_EN + ELSEWHERE_EN))),
]
TYPES = frozenset(REFERENCE.table("event_types")["event_type"])
STATES = frozenset(row["actor_id"] for row in REFERENCE.rows("actors") if row["type"] == "state")
STATUS = ("open", "negated", "hypothetical", "reported", "asserted")


def test_every_draft_keeps_its_promises() -> None:
    for language, day, text in TEXTS:
        drafted = draft(language, text, day)
        assert all(one.confidence in "AB" for one in drafted.events)
        assert all(one.confidence == "C" for one in drafted.candidates)
        for drafts in (drafted.events, drafted.candidates):
            assert [one.start for one in drafts] == sorted(one.start for one in drafts)
        for one in (*drafted.events, *drafted.candidates):
            assert one.event_type in TYPES and set(one.type_alt) <= TYPES - {one.event_type}
            assert one.status in STATUS
            assert one.source_actors or one.target_actors
            assert not set(one.source_actors) & set(one.target_actors), text
            for code in (*one.source_actors, *one.target_actors):
                assert code in STATES or re.fullmatch(r"ORG:[A-Z0-9-]+|PER:\w.+", code), code
            assert any(start <= one.start < one.end <= end for start, end in drafted.sentences), text
            assert one.start <= one.trigger[0] < one.trigger[1] <= one.end, text
            assert bool(one.date) == bool(one.date_text) == bool(one.date_basis)
            assert one.date_text in text


def lines(items: Iterable[tuple[str, str, str]]) -> list[str]:
    """Return the lines that `lagebild draft` reads."""
    keys = ("id", "language", "published", "text")
    return [json.dumps(dict(zip(keys, (f"t{k}", *item), strict=True))) for k, item in enumerate(items)]


EVENT_KEYS = [
    "event_type",
    "type_alt",
    "source_actors",
    "target_actors",
    "mutual",
    "date",
    "status",
    "speaker",
    "cue",
    "start",
    "end",
    "rule",
    "confidence",
    "probability",
    "readers",
    "other_source",
    "other_target",
    "unknown",
]


def test_every_line_becomes_one_line_in_the_same_order() -> None:
    drafted = [json.loads(line) for line in draft_lines(REFERENCE, lines(TEXTS))]
    assert [one["id"] for one in drafted] == [f"t{k}" for k in range(len(TEXTS))]
    for one, (_, _, text) in zip(drafted, TEXTS, strict=True):
        assert list(one) == ["id", "events", "candidates", "dates", "attributions", "statements"]
        for event in (*one["events"], *one["candidates"]):
            assert list(event) == EVENT_KEYS
            assert 0 <= event["start"] < event["end"] <= len(text)
            assert "" not in (event["date"], event["speaker"], event["cue"])
            assert event["mutual"] in (True, False)
        for phrase in one["dates"]:
            assert list(phrase) == ["start", "end", "edtf"] and text[phrase["start"] : phrase["end"]].strip()
        for said in one["attributions"]:
            assert list(said) == ["source", "cue", "message"]
            assert all(span is None or text[slice(*span)] for span in said.values())


def test_a_line_holds_codes_of_states_organisations_and_persons_and_null_for_no_date() -> None:
    text = "Die Nato und die EU verurteilten am Freitag den Kosovo. Russland griff die Ukraine an. Biden lobte Mali."
    (line,) = draft_lines(REFERENCE, lines([("de", DAY, text)]))
    first, second = json.loads(line)["events"]
    assert json.loads(line)["candidates"][0]["source_actors"] == ["PER:Joe Biden"]  # holds no office any more
    assert first["source_actors"] == ["ORG:NATO", "ORG:EU"]
    assert (first["target_actors"], first["date"]) == (["XKX"], "2025-06-13")
    assert text[first["start"] : first["end"]] == text.split(".")[0]
    assert (second["date"], second["speaker"], second["cue"], second["confidence"]) == (None, None, None, "A")
    assert "Ü" in next(draft_lines(REFERENCE, lines([("de", DAY, "„Übrigens“, sagte er.")]))) or "\\u" not in line


def test_empty_lines_are_left_out_and_line_ends_do_not_matter() -> None:
    (one,) = lines([("de", DAY, "Russland griff die Ukraine an.")])
    assert list(draft_lines(REFERENCE, ["\n", one + "\r\n", "  "])) == list(draft_lines(REFERENCE, [one]))
    assert list(draft_lines(REFERENCE, [])) == []


def test_lines_are_drafted_one_after_the_other() -> None:
    def given() -> Iterator[str]:
        yield lines([("de", DAY, "Russland griff die Ukraine an.")])[0]
        raise AssertionError("the second line is not needed yet")

    assert json.loads(next(draft_lines(REFERENCE, given())))["id"] == "t0"


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("no json", "line 3: a JSON object with id, text, language and published"),
        ("[]", "line 3: a JSON object"),
        ("null", "line 3: a JSON object"),
        ('"text"', "line 3: a JSON object"),
        ('{"id": "a", "text": "b", "language": "de"}', "line 3: a JSON object"),
        ('{"id": "a", "text": "b", "published": "2025-06-16"}', "line 3: a JSON object"),
        (
            '{"id": "a", "text": "b", "language": "fr", "published": "2025-06-16"}',
            "line 3: The language 'fr' is not read; choose one of de, en.",
        ),
        (
            '{"id": "a", "text": "b", "language": "DE", "published": "2025-06-16"}',
            "line 3: The language 'DE' is not read",
        ),
    ],
)
def test_a_bad_line_is_named(line: str, part: str) -> None:
    good = lines([("de", DAY, "Russland griff die Ukraine an.")])[0]
    with pytest.raises(InputError, match=re.escape(part)):
        list(draft_lines(REFERENCE, [good, "", line]))


def test_bad_lines_are_named_and_left_out_and_the_others_drafted() -> None:
    good = [line.encode() for line in lines(TEXTS[:2])]
    given = [b"no json", good[0], b'{"id": "\xff"}', good[0].replace(DAY.encode(), b"0001-01-01"), good[1]]
    done = CliRunner().invoke(cli, ["draft", "--jsonl"], input=b"\n".join(given))
    assert done.stdout.splitlines() == list(draft_lines(REFERENCE, lines(TEXTS[:2])))
    said = done.stderr.splitlines()
    assert [line[: len("lagebild: standard input, line 1:")] for line in said] == [
        f"lagebild: standard input, line {k}:" for k in (1, 3, 4)
    ]
    assert isinstance(done.exception, InputError)  # which `main` says, too, and ends with 1
    assert str(done.exception).startswith("3 lines were left out")


def test_the_same_text_gives_the_same_bytes_also_after_other_texts() -> None:
    given = lines(TEXTS)
    assert list(draft_lines(REFERENCE, given)) == list(reversed(list(draft_lines(REFERENCE, reversed(given)))))


def test_nothing_that_is_kept_grows_with_the_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    reference = Reference(REFERENCE.folder)
    monkeypatch.setattr(lexicon, "WORDS_KEPT", kept := 50)
    texts = [f"Russland griff am Montag die Stadt {letter}stadt an." for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" * 3]
    first = draft_text(reference, texts[0], "de", DAY)
    before = set(reference._kept)
    words = lexicon.read_lexicon(reference, "de").word.__self__  # type: ignore[attr-defined]
    assert first.events
    assert all(draft_text(reference, text, "de", DAY).events == first.events for text in texts)
    assert set(reference._kept) == before
    assert len(words) <= kept


@pytest.mark.slow
def test_the_same_text_gives_the_same_bytes_in_every_process() -> None:
    given = lines(TEXTS[::3])
    code = (
        "import sys; from known import REFERENCE; from lagebild.coder.coder import draft_lines;"
        " sys.stdout.writelines(draft_lines(REFERENCE, sys.stdin))"
    )
    seed = "1" if os.environ.get("PYTHONHASHSEED") == "0" else "0"  # not that of this process
    done = subprocess.run(
        [sys.executable, "-c", code],
        input="\n".join(given).encode(),
        capture_output=True,
        cwd=Path(__file__).parent,
        env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
        timeout=120,
        check=True,
    )
    assert done.stdout == "".join(draft_lines(REFERENCE, given)).encode()


SURE = random.Random(20250616)
NOISE = "".join(
    chr(SURE.choice([SURE.randrange(0x20, 0x250), SURE.randrange(0x250, 0xD7FF), SURE.randrange(0x1F300, 0x1F9FF)]))
    for _ in range(20_000)
)
MARKS = "".join(SURE.choice(".,;:!?…–—()„“”\"'»«’[]/ -\n") for _ in range(5_000))


@pytest.mark.parametrize("language", read_languages())
@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n\n",
        "R",
        ".",
        "-",
        "’s",
        NOISE,
        MARKS,
        "\0",
        "\ufeff",
        "🇷🇺💥🇺🇦",
        "1" * 5_000,
        "Russland",
        "Russia ",
    ],
    ids=lambda text: repr(text[:5]),
)
def test_what_is_no_text_gives_no_event(language: str, text: str) -> None:
    assert draft(language, text).events == ()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "\0Russland griff die Ukraine an.\0"),
        ("de", "\ufeffRussland griff die Ukraine an."),
        ("de", "💥 Russland griff die Ukraine an. 💥"),
        ("de", "روسيا هاجمت أوكرانيا. Russland griff die Ukraine an. Россия напала на Украину."),
        ("de", "\u202eabc\u202c Russland griff die Ukraine an."),
        ("de", "Russland griff\xa0die\xa0Ukraine an."),
        ("de", "Russland griff die Ukraine an.\r\n\r\n俄罗斯袭击了乌克兰。"),
        ("en", "\0Russia attacked Ukraine.\0"),
        ("en", "\ufeffRussia attacked Ukraine."),
        ("en", "💥 Russia attacked Ukraine. 💥"),
        ("en", "روسيا هاجمت أوكرانيا. Russia attacked Ukraine. Россия напала на Украину."),
        ("en", "\u202eabc\u202c Russia attacked Ukraine."),
        ("en", "Russia\xa0attacked\xa0Ukraine."),
        ("en", "Russia attacked Ukraine.\r\n\r\n俄罗斯袭击了乌克兰。"),
    ],
)
def test_foreign_signs_around_a_sentence_do_not_hide_it(language: str, text: str) -> None:
    (one,) = draft(language, text).events
    assert written(one) == "ASSAULT RUS>UKR asserted"
    assert "Ukraine" in text[one.start : one.end]


@pytest.mark.parametrize(
    ("language", "part"),
    [
        ("de", "Russland griff die Ukraine an, " + "wie er es oft und gern tat, " * 10),
        ("de", "Russland, "),
        ("de", "Israel und der Iran und "),
        ("de", "dass Russland, dass die Ukraine, "),
        ("de", "Wort "),
        ("en", "Russia attacked Ukraine, " + "as it did now and then, " * 10),
        ("en", "Russia attacked Ukraine and " + "then some more things came " * 10),
        ("en", "Israel and Iran and "),
        ("en", "of Russia "),
        ("en", "word "),
    ],
)
def test_a_sentence_without_an_end_is_read_in_reasonable_time(language: str, part: str) -> None:
    text = part * (10_000 // len(part.split())) + "."
    draft(language, "Berlin.")  # reads the tables
    begun = time.perf_counter()
    draft(language, text)
    assert time.perf_counter() - begun < 3


@pytest.mark.parametrize(
    ("language", "text", "days"),
    [
        (
            "en",
            "Israel strikes Hezbollah positions in southern Lebanon\n"
            "Israeli warplanes struck Hezbollah positions in southern Lebanon on Sunday, the health ministry said.",
            ["", "2025-06-15"],
        ),
        (
            "de",
            "EU beschließt neue Sanktionen gegen Russland\n"
            "Die EU-Außenminister haben am Montag neue Sanktionen gegen Russland beschlossen.",
            ["", "2025-06-16"],
        ),
        ("en", "Israel struck Hezbollah on Sunday, an air strike on Hezbollah by Israel.", ["2025-06-15"]),  # told once
    ],
)
def test_a_headline_leaves_the_sentence_below_it_its_act(language: str, text: str, days: list[str]) -> None:
    assert [one.date for one in draft_text(REFERENCE, text, language, "2025-06-16").events] == days
