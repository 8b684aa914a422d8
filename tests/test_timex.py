"""The dates of a text: what is found, what it is worth, and what is left alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from known import REFERENCE
from lagebild.coder.dates.tagger import DatePhrase
from lagebild.coder.parse import parse_text as read
from lagebild.core.edtf import parse

PUBLISHED = "2025-06-18"  # a Wednesday
GOLD = Path(__file__).parent / "gold" / "dates.jsonl"
# A sentence, and the dates in it in their order: "-" for none, "?" for a phrase that is kept without a date.
DE = """
Die Wahl, die am Freitag stattfinden soll, ist umstritten. | 2025-06-20
Die Wahl, die am Freitag stattgefunden hat, ist umstritten. | 2025-06-13
Er versprach, am Freitag zu kommen. | 2025-06-20
Die Nato stationierte 2000 Soldaten an der Grenze. | -
Laut Resolution 2231 endet die Frist im Oktober. | 2025-10
Die Strafe liegt bei 2.000 Euro und 1500 Dollar. | -
Vom 12.-14. Juni 2024 tagte der Rat. | 2024-06-12/2024-06-14
Bis Mitte Juli will Berlin liefern. | ../2025-07-20~
Ab dem 1. Juli gelten neue Zölle. | 2025-07-01/..
Am 4. April gedachten sie des Angriffs vom 7. April 1990. | 2025-04-04 1990-04-07
Etwa am 14. Juni war er in Bonn und am 16. Juni 2024 in Rom. | 2024-06-14~ 2024-06-16
Sie trafen sich von etwa Samstag bis etwa Freitag. | 2025-06-07~/2025-06-13~
Am 4. September war er in Bonn. Am 6. September 2025 fliegt er nach Rom. | 2024-09-04 2025-09-06
Im Vorjahr lag der Wert bei 3 Prozent. | 2024
2014 annektierte Russland die Krim. Im selben Jahr kamen Sanktionen. | 2014 2014
Am 5. Mai trafen sie sich. Am selben Tag kam der Bruch. Zwei Tage später war Krieg. | 2025-05-05 2025-05-05 2025-05-07
In der Nacht von Samstag auf Sonntag schlugen Drohnen ein. | 2025-06-14/2025-06-15
Über Nacht griff Moskau Charkiw an. | 2025-06-17/2025-06-18
Jeden Freitag demonstrieren sie in Teheran. | ?
Freitags wird demonstriert. | ?
In diesem Fall gilt das nicht. | -
Frau Mai sprach mit Herrn März. | -
Karl Mai ist tot. | -
Im Mai trat sie zurück. | 2025-05
Zu Jahresbeginn drohte Trump mit Zöllen. | 2025-01~/2025-03~
Bis Ende des Jahres soll der Abzug abgeschlossen sein. | ../2025-12~
Zum Jahresende läuft der Vertrag aus. | 2025-10~/2025-12~
Im 20. Jahrhundert führten beide Krieg. | 19XX
Ende des 19. Jahrhunderts besetzte Frankreich das Land. | 1867~/1899~
In den achtziger Jahren lieferte Bonn Waffen. | 198X
In den Neunzigerjahren zogen sie ab. | 199X
Anfang der 1970er Jahre schlossen beide Frieden. | 1970~/1973~
Zu Ostern rief der Papst zum Frieden auf. | 2025-04-20/2025-04-21
Zu Pfingsten 2024 flogen sie nach Rom. | 2024-05-19/2024-05-20
An Heiligabend 2023 griffen sie an. | 2023-12-24
Seit gut 20 Jahren steht das Land unter Sanktionen. | 2005~/..
Vor einigen Jahren bot Ankara Hilfe an. | ?
Vor Jahren schon warnte er. | ?
Fast drei Jahre nach Kriegsbeginn liefert Berlin noch immer. | ?
Zwei Wochen vor Ostern reiste er ab. | 2025-04-06~
Zwei Tage nach dem Angriff trat er zurück. | ?
Diese Woche tagt die Uno. | 2025-06-16/2025-06-22
Ende der Woche will er nach Paris reisen. | 2025-06-20~/2025-06-22~
Anfang kommender Woche trifft sich der Rat. | 2025-06-23~/2025-06-24~
Am Freitag vergangener Woche schoss Nordkorea eine Rakete ab. | 2025-06-13
Vergangene Woche Dienstag kam es zum Bruch. | 2025-06-10
Am Donnerstag um 20 Uhr beginnt die Sitzung. | 2025-06-19 2025-06-19
Er sagte, er werde am Freitag nach Rom reisen. | 2025-06-20
Am Samstag soll das Abkommen unterzeichnet werden. | 2025-06-21
Er soll am Samstag gesagt haben, der Krieg sei vorbei. | 2025-06-14
Kurz nach dem 9. Mai eskalierte der Streit. | 2025-05~
Im Laufe des Jahres sollen weitere folgen. | 2025
Im ersten Halbjahr 2024 stieg der Export. | 2024-01/2024-06
Im dritten Quartal des vergangenen Jahres fiel er. | 2024-35
Im Winter 2023/24 fehlte Munition. | 2023-24
Im kommenden Winter droht eine Krise. | 2025-24
Seit Mitte Mai blockieren sie den Hafen. | 2025-05-11~/..
Vom 1. Juli an zahlen Chinesen Zoll. | 2025-07-01/..
Bis heute gibt es keinen Friedensvertrag. | ../2025-06-18
Noch heute sollen die Gespräche beginnen. | 2025-06-18
Guten Morgen, sagte der Minister. | -
Am Morgen schlug eine Rakete ein. | ?
Am Dienstag trafen sich beide. Am Abend folgte ein Essen. | 2025-06-17 2025-06-17
Morgen früh beginnt der Abzug. | 2025-06-19
Die Präsidentschaftswahl 2024 gewann Trump. | 2024
Trump (2017-2021) kündigte den Vertrag. | 2017/2021
In den nächsten Wochen will Moskau liefern. | ?
In den kommenden zwei Wochen soll verhandelt werden. | 2025-06-18/2025-07-02~
Bis zum Wochenende soll die Antwort kommen. | ../2025-06-22
Etwa 2000 Soldaten zogen ab. | -
Im Frühjahr dieses Jahres begann der Streit. | 2025-21
Am 31. Februar war nichts. | -
Punkt 3.2. regelt das. | -
Am 14.6. griff Israel an. | 2025-06-14
So geht die Politik mit dem Iran um. | -
Von Januar bis März 2025 lieferte Iran Drohnen. | 2025-01/2025-03
Von Dezember 2024 bis Februar 2025 herrschte Ruhe. | 2024-12/2025-02
Um 9 Uhr am Montag begann der Angriff. | 2025-06-16 2025-06-16
Nach dem Sommer will sie zurücktreten. | 2025-22/..
Spätestens am Freitag läuft das Ultimatum ab. | ../2025-06-20
Vor dem 1. September will niemand abziehen. | ../2025-09-01
Ende Februar 2024 fielen Bomben. | 2024-02-21~/2024-02-29~
In der ersten Jahreshälfte 2025 sank die Zahl. | 2025-01/2025-06
Seit den 1990er Jahren besteht das Embargo. | 1990/..
Mitte vergangenen Monats kam es zum Streit. | 2025-05-11~/2025-05-20~
Die Agenda 2030 sieht das vor. | -
Ende kommender Woche, am 27. Juni, reist er. | 2025-06-27~/2025-06-29~ 2025-06-27
2015 Meter hoch liegt die Stadt; 3000 Jahre alt ist sie. | -
Sie regierte 16 Jahre. | -
Die Regierung trat am Mittwochabend zurück. | 2025-06-18
Der Angriff am frühen Mittwochmorgen traf den Hafen. | 2025-06-18
Der frühere Präsident (1999–2004) starb am Dienstag. | 1999/2004 2025-06-17
Seit dem 7. Oktober 2023 herrscht Krieg. | 2023-10-07/..
Er war von 2010 bis 2016 Minister und ist seit 2022 Botschafter. | 2010/2016 2022/..
Bereits 2019 hatte Washington den Vertrag gekündigt. | 2019
Das Abkommen von Minsk aus dem Jahr 2015 scheiterte. | 2015
Innerhalb von sechs Monaten sollen Wahlen stattfinden. | -
Seit drei Wochen blockieren Bauern die Grenze. | 2025-05-28~/..
Er kommt Anfang Juli nach Berlin. | 2025-07-01~/2025-07-10~
Am Pfingstmontag schwiegen die Waffen. | 2025-06-09
Am Tag der Deutschen Einheit sprach der Kanzler. | 2024-10-03
Mitte der Woche kam es zu Gefechten. | 2025-06-18~/2025-06-19~
Zur Jahresmitte soll der Zoll steigen. | 2025-05~/2025-08~
Im Spätsommer 2021 fiel Kabul. | 2021-22
Die Wahl findet am 23. Februar 2026 statt. | 2026-02-23
Die Wahl im Herbst wird schwierig. | 2025-23
Letzten Sonntag wählten die Polen. | 2025-06-15
Am letzten Sonntag im Mai wählten die Polen. | 2025-05-25
Noch in diesem Jahr soll der Beitritt erfolgen. | 2025
In diesem Sommer droht eine Dürre. | 2025-22
Bis spätestens 2027 soll die Truppe stehen. | ../2027
Im ersten Halbjahr dieses Jahres kamen 2000 Flüchtlinge. | 2025-01/2025-06
Bei dem Anschlag vor einer Woche starben zehn Menschen. | 2025-06-11~
Gut drei Monate nach dem Sturz Assads reiste Baerbock nach Damaskus. | ?
Am Nachmittag des 4. März verließ er das Land. | 2025-03-04
Gegen Mitternacht schlugen Raketen ein. | ?
Im selben Monat trat er zurück. | ?
Das Lager dauerte den ganzen Juli 2024. In der dritten Woche segelten alle. | 2024-07 2024-07-15/2024-07-21
In der ersten Woche segelten alle. | ?
Gestern Abend telefonierten sie. | 2025-06-17
Es geschah am helllichten Tag. | -
Eines Tages wird er zurückkehren. | -
Den ganzen Tag wurde geschossen. | -
Das Flugzeug, eine Boeing 1977, stürzte ab. | -
Die Nummer 2014 steht in der Akte. | -
Es kamen 2014 Menschen um. | -
Der Preis fiel um 2014 Dollar. | -
Im Mai 2014 zog Kiew ab, im Juni folgte Paris. | 2014-05 2014-06
Der Papst reist vom 27. November bis 2. Dezember in die Türkei. | 2025-11-27/2025-12-02
Zwischen März und Mai 2022 starben viele. | 2022-03/2022-05
Zwischen Januar und April lieferte Kiew nichts. | 2025-01/2025-04
Am 24./25. Juni tagt die Nato. | 2025-06-24/2025-06-25
Am vergangenen Wochenende war es ruhig. | 2025-06-14/2025-06-15
Der Vertrag gilt bis zum 31. Dezember 2026. | ../2026-12-31
Am 3.3.2025 war es soweit. | 2025-03-03
Am 03.03.25 war es soweit. | 2025-03-03
Vor rund einem Jahr brach der Streit aus. | 2024~
Knapp ein Jahr später brach der Streit aus. | ?
Tags darauf flog er heim. | ?
Im Jahr darauf kam der Bruch. | ?
Ende der neunziger Jahre griff die Nato an. | 1997~/1999~
Der Minister sagte am Rande eines Treffens am Montag, man werde am Dienstag liefern. | 2025-06-16 2025-06-24
Das Treffen ist für kommenden Freitag geplant. | 2025-06-20
Seit Beginn des Krieges vor drei Jahren flohen Millionen. | 2022~/..
Das Parlament stimmt am Freitag ab. | 2025-06-20
Am Freitag stimmte das Parlament ab. | 2025-06-13
Israel wird seit Freitag beschossen. | 2025-06-13/..
Das Gesetz wurde am Freitag beschlossen und soll am Montag in Kraft treten. | 2025-06-13 2025-06-23
Moskau will Kiew die am Freitag übergebenen Leichen zeigen. | 2025-06-13
Die Kanzlerin traf sich gestern mit dem Präsidenten; heute reist sie weiter. | 2025-06-17 2025-06-18
Die USA haben am Dienstag neue Sanktionen verhängt. | 2025-06-17
Berlin hat im Frühjahr 2024 die Lieferung gestoppt. | 2024-21
Im Streit um das Atomabkommen von 2015 drohte Teheran. | 2015
Laut einem Bericht der New York Times vom 12. Juni griff Israel an. | 2025-06-12
Am Donnerstag reist Macron nach Kiew. | 2025-06-19
Seit Sonntagmorgen gilt die Waffenruhe. | 2025-06-15/..
Vergangene Nacht starben vier Menschen. | 2025-06-17/2025-06-18
Das war zu Beginn der Woche. | 2025-06-16~/2025-06-17~
Der Sommer war heiß. | -
In den 50er Jahren und in den 20er Jahren bauten sie. | 195X ?
Vor dem Ersten Weltkrieg war das anders. | -
Das Abkommen soll in 60 Tagen in Kraft treten. | 2025-08-17
In drei Tagen starben 500 Menschen. | ?
Binnen 48 Stunden sollen sie gehen. | -
Alle zwei Jahre tagt der Rat. | ?
Jedes Jahr im Mai tagt der Rat. | ?
Die 27 EU-Staaten verhängten das 18. Sanktionspaket. | -
Am 9. November 1989 fiel die Mauer. | 1989-11-09
Damals herrschte Krieg. | ?
Im Jahre 1648 schlossen sie Frieden. | 1648
Bis 1990 und nach 1990 war alles anders. | ../1990 1990/..
Zum 1. Januar 2026 tritt Bulgarien bei. | 2026-01-01
Mitte 2026 soll gewählt werden. | 2026-05~/2026-08~
Am Mittwoch vergangener Woche trafen sie sich. | 2025-06-11
Diesen Freitag tagt der Rat. | 2025-06-20
Am nächsten Freitag tagt der Rat. | 2025-06-20
Für den 4. Juli ist ein Treffen geplant. | 2025-07-04
Nordkorea testete in der Nacht zu Sonntag eine Rakete. | 2025-06-14/2025-06-15
Um 2014 begann die Krise. | 2014~
Vor Weihnachten soll Ruhe herrschen. | ../2025-12-24
Nach Ostern kam der Angriff. | 2025-04-21/..
Seit Weihnachten ruhen die Waffen. | 2024-12-24/..
Die Waffe kostet 1999 Euro. | -
Das Treffen vom Wochenende blieb ohne Ergebnis. | 2025-06-14/2025-06-15
Die Nacht war ruhig. | -
Heute vor zehn Jahren starb er. | 2015~
Vor genau zehn Jahren starb er. | 2015~
In den frühen Morgenstunden des Freitags griff Israel an. | 2025-06-13
Vor wenigen Tagen griff Israel an. | ?
Dieser Tage reist er nach Rom. | ?
Der Angriff dauerte drei Tage. | -
Ein Jahr nach dem Angriff vom 7. Oktober 2023 trauern sie. | 2024~
Auch heute ist das Land geteilt. | ?
Die Welt von heute ist unsicher. | ?
Von heute an gilt die Sperre. | 2025-06-18/..
Am Montag, einen Tag nach dem Anschlag, trat er zurück. | 2025-06-16 2025-06-15
An seinem Geburtstag schwieg er. | -
Am Geburtstag von Donald Trump redeten sie. | 2025-06-14~
Die Regierung stürzte im Sommer 1989. | 1989-22
Sie sagte, die Lage im Osten sei ernst. | -
Der Mann, der die Waffe trug, ging mit. | -
Drei der vier Minister gingen, so die Agentur. | -
Das Land lieferte 18 Panzer und 155 Geschosse. | -
Der Gesandte unterschrieb am 03.02.2024. Danach reiste er ab. | 2024-02-03
Die Frist läuft vom 05.07. bis 07.07.2025. | 2025-07-05/2025-07-07
Zwischen den Jahren 2011 und 2013 war er in Haft. | 2011/2013
Er war 2011-13 Gesandter. | 2011/2013
Im Mai '45 schwiegen die Waffen. | 1945-05
SEIT DEM 5. MÄRZ GILT DIE SPERRE. | 2025-03-05/..
AM MONTAG BEGANN DER GIPFEL. | 2025-06-16
Mo, 5. Mai: Sitzung des Rates | 2025-05-05
Termine: 19.6., 20.6. und 24.6. | 2025-06-19 2025-06-20 2025-06-24
Heute leben in dem Land drei Völker. | ?
Er ist heute Gesandter in Oslo. | ?
Der heute 60-jährige Dichter floh 1989. | ? 1989
Im heutigen Irak lagen ihre Städte. | ?
Die heutige Sitzung fiel aus. | 2025-06-18
Heute ist ein Feiertag. | 2025-06-18
Heute um 10 Uhr ist Sitzung. | 2025-06-18 2025-06-18
Von heute auf morgen brach alles zusammen. | ?
Heute Nacht fielen Bomben. | 2025-06-17/2025-06-18
In jüngster Zeit tagt der Rat selten. | ?
Die damalige Regierung stürzte 1990. | ? 1990
Er wohnt in der Straße des 17. Juni. | -
Der Platz des 20. Juli ist gesperrt. | -
Frau Sonntag sprach mit Herrn Karl März. | -
Das berichtete die „Bild am Sonntag“. | -
Rufen Sie 0471 1955. | -
Der Kanzler fliegt Freitag nach Oslo. | 2025-06-20
Am Freitag gibt es ein Konzert. | 2025-06-20
Das wird schwer, sagt er am Freitag. | 2025-06-13
Noch am Freitag trifft er in Oslo ein. | 2025-06-13
Oslo kündigte für Freitag Gespräche an. | 2025-06-20
Oslo kündigte am Freitag Gespräche an. | 2025-06-13
Das Treffen wurde auf Freitag verschoben. | 2025-06-20
Der am Freitag begonnene Streik geht weiter. | 2025-06-13
Ende der 90er zogen sie ab. | 1997~/1999~
In den siebziger und achtziger Jahren lieferte Bonn Panzer. | 197X 198X
Die 68er Bewegung war laut. | -
Im 18. und 19. Jahrhundert führten sie Krieg. | 17XX 18XX
Bis ins Jahr 2030 gilt der Pakt. | ../2030
Im Dezember des Vorjahres lieferte Bonn nichts. | 2024-12
Vor anderthalb Jahren brach der Streit aus. | ?
Am 5. Mai trafen sie sich. Am nächsten Morgen kam der Bruch. | 2025-05-05 2025-05-06
"""
EN = """
The minister was in Turkey on 4 September and in Mali from 5-6 September 2025. | 2025-09-04 2025-09-05/2025-09-06
On 4 April they marked the attack of 7 April 1990. | 2025-04-04 1990-04-07
Around 4 September he was in Bonn and on 6 September 2024 in Rome. | 2024-09-04~ 2024-09-06
They will meet from around Saturday to around Friday. | 2025-06-21~/2025-06-27~
They met a day after about 14 June 2025. | 2025-06-15~
He agreed to leave on Friday. | 2025-06-20
The treaty signed on Friday is old. | 2025-06-13
He managed to leave on Friday. | 2025-06-13
NATO stationed 2000 soldiers on the border. | -
Under Resolution 2231 the deadline ends in October. | 2025-10
The fine is 2,000 euros or 1500 dollars. | -
Some 1800 people fled on June 3 and 4. | 2025-06-03/2025-06-04
The council met June 12-14, 2024. | 2024-06-12/2024-06-14
Between May 1 and May 5 there were attacks. | 2025-05-01/2025-05-05
The truce runs from Monday to Wednesday. | 2025-06-23/2025-06-25
Berlin wants to deliver by mid-July. | ../2025-07-20~
From July 1 new tariffs apply. | 2025-07-01/..
Russia annexed Crimea in 2014. In the same year the EU imposed sanctions. | 2014 2014
They met on May 5. A day later Kyiv broke off the talks. | 2025-05-05 2025-05-06
Two days after the attack he resigned. | ?
Two days after May 5 the attacks began. | 2025-05-07
Every Monday they protest in Tehran. | ?
They protest on Fridays. | ?
Theresa May may resign, May said. | -
May told reporters that March was hard. | -
The March on Washington drew crowds. | -
She resigned in May. | 2025-05
Troops marched on Jan. 5. | 2025-01-05
In the early hours of Saturday drones struck. | 2025-06-14
At the weekend both sides met. | 2025-06-14/2025-06-15
Earlier this month China protested. | 2025-06-01~/2025-06-17~
Later this year the treaty expires. | 2025-06~/2025-12~
Over the past three weeks Iran attacked. | 2025-05-28~/2025-06-18
Putin is to visit Beijing next Friday. | 2025-06-20
Israel attacked Iran on Good Friday. | 2025-04-18
On Christmas Day 2024 a plane was shot down. | 2024-12-25
They met at Thanksgiving 2023. | 2023-11-23
Talks are planned for June 25. | 2025-06-25
The summit is scheduled for next month. | 2025-07
In the 20th century both fought wars. | 19XX
In the late 19th century France occupied the land. | 1867~/1899~
In the early 1970s they made peace. | 1970~/1973~
By the end of the year troops will leave. | ../2025-12~
At the end of the day it is politics. | -
Since early 2023 exports have fallen. | 2023-01~/..
Until Friday nothing will happen. | ../2025-06-20
He may fall in the fall. | 2025-23
The fall of Kabul shocked Washington. | -
In the fall of 2021 they met. | 2021-23
This summer Iran will test. | 2025-22
Years ago, he warned. | ?
Nearly three years ago Russia invaded. | 2022~
A few weeks ago they met. | ?
In recent days China sent ships. | ?
In the coming weeks talks will start. | ?
Last night Israel attacked. | 2025-06-17/2025-06-18
The strike overnight into Wednesday killed ten. | 2025-06-17/2025-06-18
Before May 9 there was a truce. | ../2025-05-09
After Friday's attack Iran closed the strait. | 2025-06-13
The first quarter was bad; in the first quarter of last year exports fell. | 2024-33
In the second half of 2024 they fell. | 2024-07/2024-12
On the 1st of May workers marched. | 2025-05-01
The meeting on 5/13/2025 failed. | 2025-05-13
Today Iran fired missiles; tomorrow it will talk. | 2025-06-18 2025-06-19
The next day they left. | ?
That same day they left. | ?
Two weeks before Easter he left. | 2025-04-06~
Around Easter 2022 they met. | 2022-04-17~/2022-04-18~
On the night of June 13 Israel struck. | 2025-06-13
He was 16 years old and ran 1500 meters. | -
More than 2000 people died in 2023. | 2023
From 9 a.m. on Monday the border is closed. | 2025-06-16 2025-06-16
In March 2003 the US invaded Iraq. | 2003-03
Since taking office in January 2025 he has threatened Canada. | 2025-01/..
In December, Seoul imposed martial law. | 2024-12
In December Seoul will hold talks. | 2025-12
During the weekend of June 14 they met. | 2025-06-14~
They will meet this weekend. | 2025-06-21/2025-06-22
From late May to early June they fought. | 2025-05-21~/2025-06-10~
In the summer offensive they lost. | 2025-22
The former president (1999–2004) died Tuesday. | 1999/2004 2025-06-17
War has raged since Oct. 7, 2023. | 2023-10-07/..
He was minister from 2010 to 2016 and has been ambassador since 2022. | 2010/2016 2022/..
Washington had already quit the deal in 2019. | 2019
Elections are to be held within six months. | -
The deadline expires at the end of September. | 2025-09-21~/2025-09-30~
He will come to Berlin in early July. | 2025-07-01~/2025-07-10~
On the last Sunday in May Poles voted. | 2025-05-25
Later in the day they met. | -
The vote takes place on 23 February 2026. | 2026-02-23
A vote in the autumn will be hard. | 2025-23
Ten people died in the attack a week ago. | 2025-06-11~
Three months after Assad's fall she went to Damascus. | ?
On the afternoon of March 4 he left the country. | 2025-03-04
Rockets fell around midnight. | ?
One day he will return. | -
All day long shots were fired. | -
There were 2014 people. | -
It fell by 2014 dollars. | -
In May 2014 Kyiv withdrew, in June Paris followed. | 2014-05 2014-06
The pope travels from November 27 to December 2 to Turkey. | 2025-11-27/2025-12-02
The treaty is valid until December 31, 2026. | ../2026-12-31
A year later the dispute broke out. | ?
In the late nineties NATO attacked. | 1997~/1999~
The law was passed on Friday and is to take effect on Monday. | 2025-06-13 2025-06-23
Parliament votes on Friday. | 2025-06-20
Parliament voted Friday. | 2025-06-13
It is the worst attack since the 1980s. | 1980/..
He is in his 80s. | -
Sales rose in Q1 2025. | 2025-33
More than two years ago it began. | 2023~
Ukraine said Saturday that Russia attacked overnight. | 2025-06-14 2025-06-17/2025-06-18
Russia will attack by Friday, Kyiv said Monday. | ../2025-06-20 2025-06-16
The Sept. 11, 2001, attacks changed America. | 2001-09-11
On May 5th, 2024 he left. | 2024-05-05
It happened at 3 p.m. Sunday. | 2025-06-15 2025-06-15
The talks, which began Monday, will end Thursday. | 2025-06-16 2025-06-19
Earlier in the week China protested. | 2025-06-16~/2025-06-17~
The spring offensive failed. | -
Spring came late. | -
In mid-2024 they met. | 2024-05~/2024-08~
Yesterday's vote matters. | 2025-06-17
That was a long time ago. | -
Days later, the army left. | ?
The year 2020 was bad. | 2020
The battalion of 1900 men left. | -
August Bebel lived in Berlin. | -
President Xi may march in June. | 2025-06
They want to talk at a meeting on June 20 in Geneva. | 2025-06-20
The deadline expires Sunday at midnight. | 2025-06-22 2025-06-22
A truce has held since Sunday morning. | 2025-06-15/..
World War II ended on 8 May 1945. | 1945-05-08
The deal is to take effect in 60 days. | 2025-08-17
In three days 500 people died. | ?
Within 48 hours they must leave. | -
Every two years the council meets. | ?
Bulgaria joins on January 1, 2026. | 2026-01-01
The vote is due in mid-2026. | 2026-05~/2026-08~
A meeting is planned for July 4. | 2025-07-04
The strike came just after Easter. | 2025-04~
Since Christmas the guns have been silent. | 2024-12-24/..
Police held 2023 people. | -
It costs 1999 euros. | -
Exactly ten years ago he died. | 2015~
The ceasefire begins at noon on Thursday. | 2025-06-19 2025-06-19
Iran, Russia and China held drills in March. | 2025-03
The second quarter of 2024 was weak. | 2024-34
In the 2010s they fought. | 201X
The G7 met June 15-17 in Canada. | 2025-06-15/2025-06-17
From 15 to 17 June the G7 met. | 2025-06-15/2025-06-17
Since the war began in February 2022 millions fled. | 2022-02/..
Since the start of the war three years ago millions fled. | 2022~/..
The parliament will vote on the bill by the end of July. | ../2025-07-31~
Before the end of the month they will meet. | ../2025-06-21~
Until last week nobody knew. | ../2025-06-15
Since last summer they have been fighting. | 2024-22/..
Iran fired missiles early on Wednesday. | 2025-06-18
Next spring they will vote. | 2026-21
It will be a hard winter. | -
Nearly 80 years after the war they met. | ?
It was 9:30 a.m. when the bomb fell. | ?
On Monday night into Tuesday drones struck. | 2025-06-16/2025-06-17
The two met two weeks earlier. | ?
The attack lasted three days. | -
The summit will be held from June 24 to 25 in The Hague. | 2025-06-24/2025-06-25
Even today the country is divided. | ?
They signed on Monday, a day after Pashinyan flew to Baku. | 2025-06-16 2025-06-15
The army may march on, and it will. | -
He sat with the minister; so did the others. | -
Second, the third party must agree. | -
They sent 18 tanks and 155 shells. | -
A spring of clean water may fall dry. | -
Today the island is a member of the union. | ?
Today he flew to Oslo. | 2025-06-18
These days they seldom meet. | ?
ON MONDAY THE MINISTER RESIGNED. | 2025-06-16
MAY TO RESIGN | -
He was envoy 2011-13. | 2011/2013
He reads the Mail on Sunday. | -
The Good Friday Agreement holds. | -
"""


def rows(block: str) -> list[tuple[str, str]]:
    return [(s.strip(), d.strip()) for s, _, d in (row.partition(" | ") for row in block.strip().splitlines())]


def find(text: str, language: str = "de", published: str = PUBLISHED) -> list[DatePhrase]:
    return [phrase for sentence in read(REFERENCE, text, language, published) for phrase in sentence.dates]


def reported(phrases: list[DatePhrase]) -> str:
    return " ".join(p.edtf or "?" for p in phrases) or "-"


@pytest.mark.parametrize(("sentence", "dates"), rows(DE))
def test_a_german_sentence_gives_its_dates_and_no_more(sentence: str, dates: str) -> None:
    assert reported(find(sentence)) == dates


@pytest.mark.parametrize(("sentence", "dates"), rows(EN))
def test_an_english_sentence_gives_its_dates_and_no_more(sentence: str, dates: str) -> None:
    assert reported(find(sentence, "en")) == dates


@pytest.mark.parametrize("line", GOLD.read_text(encoding="utf-8").splitlines())
def test_the_gold_expressions_are_found_and_worth_what_the_gold_says(line: str) -> None:
    gold = json.loads(line)
    (phrase,) = find(gold["sentence"], gold["lang"], gold["published"])
    start = gold["sentence"].lower().index(gold["expression"].lower())
    assert phrase.edtf == (gold["edtf"] or "")
    assert phrase.start < start + len(gold["expression"])
    assert phrase.end > start


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_date_is_edtf_and_its_text_stands_where_it_says(language: str) -> None:
    for sentence, _ in rows(DE if language == "de" else EN):
        last = 0
        for phrase in find(sentence, language):
            assert last <= phrase.start < phrase.end
            assert sentence[phrase.start : phrase.end] == phrase.text
            assert bool(phrase.edtf) == bool(phrase.basis)
            if phrase.edtf and "X" not in phrase.edtf:
                parse(phrase.edtf)
            last = phrase.end


@pytest.mark.parametrize(
    ("sentence", "language", "text"),
    [
        ("Der Krieg dauert seit dem 24. Februar 2022 an.", "de", "seit dem 24. Februar 2022"),
        ("Sie regierten von 2015 bis 2018 gemeinsam.", "de", "von 2015 bis 2018"),
        ("Er war vor drei Jahren dort.", "de", "vor drei Jahren"),
        ("Sie sprachen am Rande von Trumps Geburtstag miteinander.", "de", "am Rande von Trumps Geburtstag"),
        ("Sie griffen in der Nacht auf Montag an.", "de", "in der Nacht auf Montag"),
        ("It has held since the end of May.", "en", "since the end of May"),
        ("They ruled between 2015 and 2018 together.", "en", "between 2015 and 2018"),
        ("They called on Trump's birthday again.", "en", "on Trump's birthday"),
    ],
)
def test_a_phrase_has_the_words_that_give_its_meaning(sentence: str, language: str, text: str) -> None:
    assert [p.text for p in find(sentence, language)] == [text]


def test_only_a_bare_weekday_hangs_on_the_tense_alone() -> None:
    phrases = find("Am Montag, am kommenden Montag, am 5. Mai und gestern wurde verhandelt.")
    assert [p.weekday for p in phrases] == [True, False, False, False]


def test_a_date_with_its_year_is_stated_and_any_other_relative() -> None:
    phrases = find("Am 5. Mai 2025, am 6. Mai, 2024, gestern und vor Jahren wurde verhandelt.")
    assert [p.basis for p in phrases] == ["stated", "relative", "stated", "relative", ""]


@pytest.mark.parametrize(
    ("published", "sentence", "edtf"),
    [
        ("2025-01-03", "Im Dezember griff Israel an.", "2024-12"),
        ("2025-01-03", "Am 28. Dezember griff Israel an.", "2024-12-28"),
        ("2025-12-20", "Am 5. Januar beginnt das Treffen.", "2026-01-05"),
        ("2024-02-29", "Vor einem Jahr brach der Streit aus.", "2023~"),
        ("2024-03-01", "Gestern brach der Streit aus.", "2024-02-29"),
        ("2025-06-16", "Vergangene Woche brach der Streit aus.", "2025-06-09/2025-06-15"),
        ("2025-06-15", "Am Wochenende brach der Streit aus.", "2025-06-14/2025-06-15"),
        ("2024-12-31", "In der kommenden Woche tagt der Rat.", "2025-01-06/2025-01-12"),
        ("2025-01-31", "Im vergangenen Monat tagte der Rat.", "2024-12"),
        ("2025-04-22", "Am Karfreitag schwiegen die Waffen.", "2025-04-18"),
    ],
)
def test_a_date_is_counted_from_the_day_of_publication(published: str, sentence: str, edtf: str) -> None:
    assert reported(find(sentence, "de", published)) == edtf


@pytest.mark.parametrize(("year", "day"), [(1961, "04-02"), (2000, "04-23"), (2008, "03-23"), (2038, "04-25")])
def test_easter_is_computed(year: int, day: str) -> None:
    assert reported(find(f"Am Ostersonntag {year} war Ruhe.")) == f"{year}-{day}"


def test_clock_times_and_words_for_now_say_so() -> None:
    phrases = find("Jetzt wird am Montag um 9.30 Uhr verhandelt.")
    assert [p.rule for p in phrases] == ["now", "weekday", "clock"]
