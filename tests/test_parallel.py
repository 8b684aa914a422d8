"""The same news in German and in English: both languages draft the same events.

A German sentence, its English counterpart, and the events of both, in the form of `test_draft`.
"""

from __future__ import annotations

import pytest
from test_draft import check

DAY = "2025-06-16"
NEWS = """
Die Niederlande haben der Ukraine 18 Kampfjets geliefert.
The Netherlands has delivered 18 fighter jets to Ukraine.
AID NLD>UKR

Norwegen sagte Moldau am Dienstag Hilfe in Höhe von 40 Millionen Euro zu.
Norway pledged 40 million euros in aid to Moldova on Tuesday.
AGREE NOR>MDA 2025-06-10

Ägypten wies den Vorschlag Äthiopiens zurück, die Gespräche nach Nairobi zu verlegen.
Egypt rejected Ethiopia's proposal to move the talks to Nairobi.
REJECT EGY>ETH

Der kenianische Präsident William Ruto traf am Montag in Ankara seinen türkischen Kollegen Recep Tayyip Erdoğan.
Kenyan President William Ruto met his Turkish counterpart Recep Tayyip Erdogan in Ankara on Monday.
CONSULT KEN>TUR 2025-06-16

Kanada bestellte den indischen Botschafter ein, nachdem Delhi zwei kanadische Diplomaten ausgewiesen hatte.
Canada summoned the Indian ambassador after Delhi had expelled two Canadian diplomats.
ACCUSE CAN>IND; SANCTION IND>CAN

Polen drohte Belarus mit der Schließung aller Grenzübergänge.
Poland threatened Belarus with closing all border crossings.
THREATEN POL>BLR

Nach Angaben der philippinischen Küstenwache rammte am Sonntag ein chinesisches Schiff ein philippinisches Boot.
According to the Philippine coast guard, a Chinese ship rammed a Philippine boat on Sunday.
ASSAULT CHN>PHL reported 2025-06-15

Australien und Fidschi unterzeichneten ein Sicherheitsabkommen.
Australia and Fiji signed a security agreement.
SUPPORT AUS+FJI=

Japan verhängte neue Sanktionen gegen Nordkorea.
Japan imposed new sanctions on North Korea.
SANCTION JPN>PRK

Pakistan zog seine Truppen von der Grenze zu Afghanistan ab.
Pakistan withdrew its troops from the border with Afghanistan.
RETREAT PAK>

Griechenland entschuldigte sich bei Nordmazedonien für den Vorfall.
Greece apologised to North Macedonia for the incident.
CONCEDE GRC>MKD

Venezuela warf Guyana vor, Öl aus umstrittenen Gewässern zu fördern.
Venezuela accused Guyana of producing oil from disputed waters.
ACCUSE VEN>GUY

Saudi-Arabien ließ 300 jemenitische Gefangene frei.
Saudi Arabia released 300 Yemeni prisoners.
RETREAT SAU>YEM

Algerien verlegte Soldaten an die Grenze zu Mali.
Algeria deployed soldiers to the border with Mali.
MOBILIZE DZA>MLI

Die algerische Polizei nahm am Freitag einen marokkanischen Journalisten fest.
Algerian police arrested a Moroccan journalist on Friday.
COERCE DZA>MAR 2025-06-13

Armenien forderte Aserbaidschan auf, die Gefangenen freizulassen.
Armenia called on Azerbaijan to release the prisoners.
REQUEST ARM>AZE

Die EU hob die Sanktionen gegen Burundi auf.
The EU lifted its sanctions against Burundi.
CONCEDE ORG:EU>BDI

Serbien lobte China für dessen Unterstützung.
Serbia praised China for its support.
SUPPORT SRB>CHN

Die Türkei könnte Schweden im Herbst wieder Waffen liefern.
Turkey could supply Sweden with weapons again in autumn.
AID TUR>SWE hypothetical 2025-23

Vietnam und die Philippinen hielten eine gemeinsame Übung im Südchinesischen Meer ab.
Vietnam and the Philippines held a joint exercise in the South China Sea.
COOPERATE PHL+VNM=

Ruanda lieferte den Verdächtigen an Belgien aus.
Rwanda extradited the suspect to Belgium.
COOPERATE RWA>BEL

Thailand zog seinen Botschafter aus Kambodscha ab.
Thailand withdrew its ambassador from Cambodia.
SANCTION THA>KHM

Der Internationale Strafgerichtshof erließ einen Haftbefehl gegen den Präsidenten des Sudan.
The International Criminal Court issued an arrest warrant for the president of Sudan.
THREATEN ORG:ICC>SDN

Kolumbien brach die Beziehungen zu Israel ab.
Colombia broke off relations with Israel.
SANCTION COL>ISR

Ungarn blockierte ein Hilfspaket der EU für die Ukraine.
Hungary blocked an EU aid package for Ukraine.
REJECT HUN>UKR

Die Regierung in Tokio protestierte bei Peking gegen das Eindringen eines Flugzeugs.
The government in Tokyo protested to Beijing over the intrusion of an aircraft.
ACCUSE JPN>CHN

Finnland wird im August Truppen nach Estland entsenden.
Finland will send troops to Estonia in August.
AID FIN>EST hypothetical 2025-08

Chile nahm die Einladung Argentiniens zu Gesprächen an.
Chile accepted Argentina's invitation to talks.
AGREE CHL>ARG

Nigeria stoppte die Stromlieferungen an Niger.
Nigeria stopped supplying electricity to Niger.
SANCTION NGA>NER

Der dänische Verteidigungsminister Troels Lund Poulsen versprach der Ukraine weitere Panzer.
Danish Defence Minister Troels Lund Poulsen promised Ukraine more tanks.
AGREE DNK>UKR

Oman soll zwischen Huthis und Saudi-Arabien vermittelt haben.
Oman is said to have mediated between the Houthis and Saudi Arabia.
CONSULT OMN>ORG:HOUTHIS+SAU reported

Als Antwort auf die neuen Zölle kündigte Mexiko Gegenmaßnahmen gegen die USA an.
In response to the new tariffs Mexico announced countermeasures against the United States.
THREATEN MEX>USA

Die Slowakei verurteilte den Angriff der Hamas auf Israel.
Slovakia condemned the attack by Hamas on Israel.
ACCUSE SVK>ORG:HAMAS; ASSAULT ORG:HAMAS>ISR

Der britische Premierminister reiste am Donnerstag nach Kiew, um mit Präsident Selenskyj über Luftabwehr zu sprechen.
The British prime minister travelled to Kyiv on Thursday to discuss air defence with President Zelensky.
CONSULT GBR>UKR 2025-06-12

Äthiopien räumte zwei Stützpunkte in Somalia.
Ethiopia vacated two bases in Somalia.
RETREAT ETH>SOM

Irland erkannte Palästina als Staat an.
Ireland recognised Palestine as a state.
SUPPORT IRL>PSE

Nordkorea testete am Mittwoch eine neue Rakete.
North Korea tested a new missile on Wednesday.
MOBILIZE PRK> 2025-06-11

Die Huthi-Rebellen griffen erneut ein norwegisches Frachtschiff an.
Houthi rebels again attacked a Norwegian cargo ship.
ASSAULT ORG:HOUTHIS>NOR

Kuba dankte Mexiko für die Lieferung von Öl.
Cuba thanked Mexico for the delivery of oil.
SUPPORT CUB>MEX

Italien und Libyen vereinbarten, gemeinsam gegen Schleuser vorzugehen.
Italy and Libya agreed to act jointly against smugglers.
AGREE ITA+LBY=

Tschechien will Litauen keine Munition mehr liefern.
The Czech Republic no longer wants to supply Lithuania with ammunition.
SANCTION CZE>LTU

Südkorea und Japan haben ihre Militärgespräche wieder aufgenommen.
South Korea and Japan have resumed their military talks.
CONSULT JPN+KOR=

Die USA setzten ihre Militärhilfe für Kolumbien aus.
The United States suspended its military aid to Colombia.
SANCTION USA>COL

Indonesiens Marine brachte ein vietnamesisches Fischerboot auf.
Indonesia's navy seized a Vietnamese fishing boat.
COERCE IDN>VNM

Lettland habe keine Beweise vorgelegt, sagte Kremlsprecher Peskow und wies die Anschuldigungen zurück.
Latvia had presented no evidence, said Kremlin spokesman Peskov and rejected the accusations.
REJECT RUS>

Österreich kritisierte Ungarns Vorgehen scharf.
Austria sharply criticised Hungary's actions.
ACCUSE AUT>HUN

Washington erwägt, Kampfflugzeuge nach Polen zu verlegen.
Washington is considering moving fighter jets to Poland.
MOBILIZE USA>POL hypothetical

Die Schweiz friert Vermögen russischer Oligarchen ein.
Switzerland is freezing assets of Russian oligarchs.
SANCTION CHE>RUS

Usbekistan und Tadschikistan tauschten Gefangene aus.
Uzbekistan and Tajikistan exchanged prisoners.
RETREAT TJK+UZB=

Israel setzte seine Angriffe auf Ziele im Libanon fort.
Israel continued its attacks on targets in Lebanon.
ASSAULT ISR>LBN

Katar verurteilte die Bombardierung des Gazastreifens durch Israel.
Qatar condemned Israel's bombardment of the Gaza Strip.
ACCUSE QAT>ISR; ASSAULT ISR>PSE

Uganda hat Soldaten in den Kongo geschickt, um die Armee des Landes im Kampf gegen Rebellen zu unterstützen.
Uganda has sent soldiers to Congo to support the country's army in its fight against rebels.
AID UGA>COD

Dem Sprecher zufolge hat Kenia Somalia um die Rückgabe der Waffen gebeten.
According to the spokesman, Kenya has asked Somalia to return the weapons.
REQUEST KEN>SOM reported

Marokko wurde von Algerien beschuldigt, Brände gelegt zu haben.
Morocco was accused by Algeria of having started fires.
ACCUSE DZA>MAR

Frankreichs Präsident Macron sprach mit Premierminister Narendra Modi am Telefon und dankte ihm für Indiens Hilfe.
French President Macron spoke by phone with Prime Minister Narendra Modi and thanked him for India's help.
CONSULT FRA>IND; SUPPORT FRA>

Madagaskar hat Frankreich um Unterstützung nach dem Zyklon ersucht.
Madagascar has asked France for support after the cyclone.
REQUEST MDG>FRA

Ein Gericht in Minsk verurteilte einen polnischen Staatsbürger wegen Spionage zu zehn Jahren Haft.
A court in Minsk sentenced a Polish citizen to ten years in prison for espionage.
COERCE BLR>POL

Georgiens Außenministerin reiste nach Baku.
Georgia's foreign minister travelled to Baku.
CONSULT GEO>AZE

Die Vereinigten Arabischen Emirate unterstützen Berichten zufolge die RSF im Sudan.
The United Arab Emirates reportedly supports the RSF in Sudan.
SUPPORT ARE>ORG:RSF reported

Peru verbot der bolivianischen Delegation die Einreise.
Peru barred the Bolivian delegation from entering.
SANCTION PER>BOL

Bulgarien weigerte sich, der Ukraine Munition zu schicken.
Bulgaria refused to send ammunition to Ukraine.
REJECT BGR>

Myanmar versetzte seine Streitkräfte in Alarmbereitschaft.
Myanmar put its armed forces on alert.
MOBILIZE MMR>

Der Ausbruch der Kämpfe zwischen Thailand und Kambodscha zwang Tausende zur Flucht.
The outbreak of fighting between Thailand and Cambodia forced thousands to flee.
ASSAULT KHM+THA=

Ecuadors Polizei stürmte die mexikanische Botschaft in Quito.
Ecuador's police stormed the Mexican embassy in Quito.
COERCE ECU>MEX

Die von Kolumbien ausgewiesenen Diplomaten verließen am Abend das Land, wie der Sender berichtete.
The diplomats expelled by Colombia left the country in the evening, as the broadcaster reported.
SANCTION COL> reported

Laut dem Bericht lieferte Nordkorea zwischen März und Mai mehr als eine Million Granaten an Russland.
According to the report, North Korea delivered more than one million shells to Russia between March and May.
AID PRK>RUS reported 2025-03/2025-05

Sein Land werde die Ukraine so lange wie nötig unterstützen, sagte der litauische Präsident Gitanas Nauseda.
His country would support Ukraine for as long as necessary, Lithuanian President Gitanas Nauseda said.
SUPPORT >UKR hypothetical

Wenn Belgrad die Polizisten nicht freilässt, will Kosovo die Grenzübergänge schließen.
If Belgrade does not release the police officers, Kosovo wants to close the border crossings.
RETREAT SRB> negated; SANCTION XKX> hypothetical

Die Regierung Malis bestreitet, dass ihre Armee Zivilisten in Mauretanien getötet habe.
Mali's government denies that its army killed civilians in Mauritania.
ASSAULT >MRT negated

Mindestens 14 Menschen sind bei einem Drohnenangriff in der sudanesischen Stadt El Fasher ums Leben gekommen.
At least 14 people have been killed in a drone attack in the Sudanese city of El Fasher.
ASSAULT >SDN

Das Parlament in Ankara stimmte dem Beitritt Schwedens zur Nato zu.
The parliament in Ankara approved Sweden's accession to NATO.
SUPPORT TUR>SWE

US-Außenminister Marco Rubio telefonierte am Samstag mit seinem pakistanischen Amtskollegen Ishaq Dar.
US Secretary of State Marco Rubio spoke by phone with his Pakistani counterpart Ishaq Dar on Saturday.
CONSULT USA>PAK 2025-06-14

China forderte Japan erneut auf, kein radioaktives Wasser ins Meer zu leiten.
China again urged Japan not to release radioactive water into the sea.
REQUEST CHN>JPN

Trotz der Warnungen aus Peking empfing der tschechische Präsident eine Delegation aus Taiwan.
Despite warnings from Beijing the Czech president received a delegation from Taiwan.
CONSULT TWN>CZE

Die philippinische Regierung legte bei der chinesischen Botschaft Protest ein.
The Philippine government lodged a protest with the Chinese embassy.
ACCUSE PHL>CHN

Israelische Kampfflugzeuge bombardierten in der Nacht zum Freitag Stellungen der Hisbollah im Süden des Libanon.
Israeli warplanes bombed Hezbollah positions in southern Lebanon overnight into Friday.
ASSAULT ISR>ORG:HEZBOLLAH 2025-06-12/2025-06-13

Der UN-Sicherheitsrat verurteilte den Militärputsch in Niger und verlangte die Freilassung des Präsidenten.
The UN Security Council condemned the military coup in Niger and demanded the release of the president.
ACCUSE ORG:UN-SECURITY-COUNCIL>NER; REQUEST ORG:UN-SECURITY-COUNCIL>

Australien hat die Lieferung von Munition an Israel gestoppt.
Australia has halted the delivery of ammunition to Israel.
SANCTION AUS>ISR

Der Kreml wies Vorwürfe zurück, russische Drohnen hätten den Luftraum Estlands verletzt.
The Kremlin rejected allegations that Russian drones had violated Estonia's airspace.
COERCE RUS>EST reported; REJECT RUS>

Nicaragua entzog der deutschen Botschafterin die Akkreditierung.
Nicaragua revoked the German ambassador's accreditation.
SANCTION NIC>DEU

Frankreich zieht bis Jahresende alle Soldaten aus dem Senegal ab.
France is withdrawing all its soldiers from Senegal by the end of the year.
RETREAT FRA>SEN ../2025-12~

Die Taliban ließen zwei amerikanische Geiseln frei, nachdem Katar vermittelt hatte.
The Taliban released two American hostages after Qatar had mediated.
CONSULT QAT>; RETREAT AFG>USA

Ägypten und Katar hätten Israel und der Hamas einen neuen Vorschlag unterbreitet, hieß es aus Kairo.
Egypt and Qatar had submitted a new proposal to Israel and Hamas, sources in Cairo said.
AGREE EGY+QAT>ISR+ORG:HAMAS reported

Kirgistan und Tadschikistan machen sich gegenseitig für die Gewalt verantwortlich.
Kyrgyzstan and Tajikistan blame each other for the violence.
ACCUSE KGZ+TJK>

Die Afrikanische Union setzte die Mitgliedschaft Gabuns aus.
The African Union suspended Gabon's membership.
SANCTION ORG:AFRICAN-UNION>GAB

Indiens Regierungschef lud seinen sri-lankischen Kollegen zu einem Besuch in Delhi ein.
India's head of government invited his Sri Lankan counterpart to visit Delhi.
AGREE IND>LKA

Rumänien schickt Hubschrauber nach Griechenland, um beim Löschen der Waldbrände zu helfen.
Romania is sending helicopters to Greece to help put out the forest fires.
AID ROU>GRC

Bolivien hat seine diplomatischen Beziehungen zu Israel wieder aufgenommen.
Bolivia has resumed its diplomatic relations with Israel.
SUPPORT BOL>ISR

Die Bundesregierung plant nach Informationen der Zeitung, Panzer nach Litauen zu verlegen.
The German government is planning to move tanks to Lithuania, according to information obtained by the newspaper.
MOBILIZE DEU>LTU hypothetical

Neuseeland schloss sich den Sanktionen gegen russische Banken an.
New Zealand joined the sanctions against Russian banks.
SANCTION NZL>RUS

Somalia und Äthiopien haben ihren Streit über den Seehafen beigelegt.
Somalia and Ethiopia have settled their dispute over the seaport.
AGREE ETH+SOM=

Litauen wirft Belarus vor, Migranten als Waffe einzusetzen; Minsk weist das zurück.
Lithuania accuses Belarus of using migrants as a weapon; Minsk rejects this.
ACCUSE LTU>BLR; REJECT BLR>

Weder Armenien noch Aserbaidschan wollten den Entwurf der USA annehmen.
Neither Armenia nor Azerbaijan wanted to accept the US draft.
AGREE ARM+AZE>USA negated

Kuwait und der Irak nahmen am Sonntag Gespräche über die gemeinsame Seegrenze auf.
Kuwait and Iraq opened talks on their shared maritime border on Sunday.
CONSULT IRQ+KWT= 2025-06-15

Die Ukraine soll nach britischen Angaben ein russisches Landungsschiff versenkt haben.
Ukraine has reportedly sunk a Russian landing ship, according to British sources.
ASSAULT UKR>RUS reported

Honduras brach im März 2023 mit Taiwan und nahm Beziehungen zu China auf.
Honduras broke with Taiwan in March 2023 and established relations with China.
REJECT HND>TWN 2023-03; SUPPORT HND>CHN

Der Tschad kündigte das Militärabkommen mit Frankreich auf.
Chad terminated its military agreement with France.
SANCTION TCD>FRA

Deutschland stellt der Republik Moldau 50 Millionen Euro für die Stromversorgung bereit.
Germany is providing Moldova with 50 million euros for its power supply.
AID DEU>MDA

Der Jemen sei von den USA und Großbritannien bombardiert worden, berichtete der Sender Al-Masirah.
Yemen had been bombed by the United States and Britain, the broadcaster Al-Masirah reported.
ASSAULT GBR+USA>YEM reported

Präsident Lula da Silva wurde von Israel zur unerwünschten Person erklärt.
President Lula da Silva was declared persona non grata by Israel.
SANCTION ISR>BRA

Japanische und südkoreanische Soldaten übten gemeinsam mit der US-Marine im Ostchinesischen Meer.
Japanese and South Korean soldiers trained together with the US Navy in the East China Sea.
COOPERATE JPN+KOR>USA
"""


@pytest.mark.parametrize("news", NEWS.strip().split("\n\n"))
def test_both_languages_draft_the_same(news: str) -> None:
    german, english, events = news.splitlines()
    check("de", DAY, german, events)
    check("en", DAY, english, events)
