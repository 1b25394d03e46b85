"""Lindenbrück: a German Stadt. Administrative portal with long compounds, side navigation, A-Z list, documents in every sidebar."""

import datetime

LANG, LABELS, REQUIRED = "de", "for", " (Pflichtfeld)"
MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()


def date(day: datetime.date):
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


MENU = [("Rathaus &amp; Politik", "/rathaus-politik/"), ("Bürgerservice", "/buergerservice/"), ("Leben in Lindenbrück", "/leben/"), ("Wirtschaft &amp; Bauen", "/wirtschaft/"), ("Mitmachen", "/mitmachen/"), ("Aktuelles", "/aktuelles/")]
DEAD = ["Haushalt", "Ausschreibungen", "Leichte Sprache", "Häufige Fragen", "Bürgerhaushalt", "Transparenzportal", "Ratssitzung im Livestream", "Ideen und Beschwerden"]


def layout(page, site):
    top = page.crumbs[1].path if len(page.crumbs) > 1 else page.path
    menu = "".join(f'<li{" class=aktiv" if href == top else ""}><a href="{href}">{text}</a></li>' for text, href in MENU)
    side = "".join(f'<li><a href="{p.path}">{p.title}</a></li>' for p in site.children(top)) if top not in ("/",) else ""
    dead = "".join(f'<li><a href="#">{text}</a></li>' for text in DEAD)
    trail = "" if page.path == "/" else '<div class="breadcrumb">Sie sind hier: ' + " » ".join([f'<a href="{p.path}">{"Startseite" if p.path == "/" else p.title}</a>' for p in page.crumbs] + [f"<span>{page.title}</span>"]) + "</div>"
    return f"""<!DOCTYPE html>
<html lang="de">
<head>
<meta charset="utf-8"><title>{page.title} | Stadt Lindenbrück</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/layout/stadt.css">
</head>
<body>
<div class="sprungmarken"><a href="#inhalt">Zum Inhalt springen</a></div>
<header><div class="wortmarke"><a href="/">Stadt Lindenbrück</a></div>
<div class="suche"><form action="/suche/" method="get"><label for="q">Suchbegriff</label><input type="search" id="q" name="q"><button type="submit">Suchen</button></form></div>
<nav aria-label="Hauptnavigation"><ul>{menu}</ul></nav></header>
<div class="spalten"><nav aria-label="Bereich"><ul>{side}</ul></nav>
<main id="inhalt">{trail}<h1>{page.title}</h1>
{page.body}
</main>
<aside><p><strong>Zum Herunterladen</strong></p><ul><li><a href="/download/stadtplan-lindenbrueck.pdf">Stadtplan (PDF)</a></li><li><a href="/download/imagebroschuere.pdf">Imagebroschüre (PDF)</a></li></ul>
<p><strong>In Vorbereitung</strong></p><ul>{dead}</ul></aside></div>
<footer><address>Stadt Lindenbrück, Am Alten Zoll 4, 00815 Lindenbrück, Telefon 0555 210-0</address>
<ul><li><a href="/impressum/">Impressum</a></li><li><a href="/datenschutz/">Datenschutz</a></li><li><a href="/barrierefreiheit/">Barrierefreiheit</a></li><li><a href="/kontakt/">Kontakt und Öffnungszeiten</a></li><li><a href="/a-bis-z/">Inhalt von A bis Z</a></li><li><a href="/anmelden/">Anmelden</a></li></ul>
<p>Folgen Sie uns: <a href="https://www.instagram.com/stadtlindenbrueck">Instagram</a> <a href="https://social.example.org/@lindenbrueck">Mastodon</a> <a href="https://www.facebook.com/stadt.lindenbrueck">Facebook</a></p></footer>
</body></html>"""


def files(site):
    return {"/.well-known/security.txt": f"Contact: mailto:it-sicherheit@lindenbrueck.example\nExpires: {site.day(-200).isoformat()}T00:00:00Z\nPreferred-Languages: de, en\n"}


PAGES = """
=== / | Stadt Lindenbrück
Herzlich willkommen auf den Seiten der Stadt Lindenbrück an der Elme.
## Lebenslagen
- [Ein Kind kommt](/leben/ein-kind-kommt/)
- [Umziehen nach Lindenbrück](/leben/umzug/)
- [Ein Unternehmen gründen](/wirtschaft/gruenden/)
## Aktuelles
- {d-2} [Rat berät Haushalt in zweiter Lesung](/aktuelles/rat-beraet-haushalt/)
- {d-9} [Hochwasser: Feuerwehr zieht Bilanz](/aktuelles/hochwasser-bilanz/)
=== /rathaus-politik/ | Rathaus und Politik | /
%children
=== /rathaus-politik/oberbuergermeisterin/ | Oberbürgermeisterin | /rathaus-politik/
Dr. Katrin Wiesner leitet die Verwaltung seit {y-4}. Sie ist Juristin und lebt mit ihrer Familie im Ortsteil Brückenau.
Das Vorzimmer erreichen Sie unter 0555 210-101.
=== /rathaus-politik/rat/ | Rat der Stadt | /rathaus-politik/
Der Rat hat 36 Mitglieder. Zu jedem Mitglied nennen wir Fraktion, Ausschüsse und Telefon der Fraktionsgeschäftsstelle.
| Name | Fraktion | Ausschüsse | Telefon |
| Ahrens, Jonas | Grüne | Umwelt, Bau | 0555 210-311 |
| Brandt, Ute | SPD | Soziales (Vorsitz) | 0555 210-312 |
| Celik, Murat | CDU | Finanzen, Sport | 0555 210-313 |
| Drews, Sabine | FDP | Wirtschaft | 0555 210-314 |
=== /rathaus-politik/ratsinformation/ | Ratsinformationssystem | /rathaus-politik/
Alle Tagesordnungen, Vorlagen und Niederschriften seit 2010. Suchen Sie nach Wort, Gremium oder Datum.
%form GET /rathaus-politik/ratsinformation/treffer/ | Stichwort=text | Gremium=select:Rat,Bauausschuss,Sozialausschuss | Sitzung ab=date | =Niederschriften finden
- [Niederschrift der Ratssitzung vom {d-26}](/download/niederschrift-rat-11.pdf)
- [Niederschrift der Ratssitzung vom {d-61}](/download/niederschrift-rat-10.pdf)
=== /rathaus-politik/ratsinformation/treffer/ | Gefundene Niederschriften | /rathaus-politik/ratsinformation/
- [Niederschrift der Ratssitzung vom {d-26}](/download/niederschrift-rat-11.pdf)
=== /rathaus-politik/ortsrecht/ | Ortsrecht | /rathaus-politik/
Die Satzungen und Verordnungen der Stadt in der geltenden Fassung. Änderungen sind eingearbeitet; der Stand steht bei jedem Text.
%form GET /rathaus-politik/ortsrecht/treffer/ | Wort im Text der Satzung=text | =Satzung suchen
- [Hauptsatzung, Stand {d-210}](/download/hauptsatzung.pdf)
- [Hundesteuersatzung, Stand {d-330}](/download/hundesteuersatzung.pdf)
- [Straßenreinigungssatzung, Stand {d-95}](/download/strassenreinigungssatzung.pdf)
=== /rathaus-politik/ortsrecht/treffer/ | Suche im Ortsrecht | /rathaus-politik/ortsrecht/
- [Hauptsatzung](/download/hauptsatzung.pdf)
=== /rathaus-politik/stadtentwicklungskonzept/ | Lindenbrück {y+9} | /rathaus-politik/
Der Rat hat beschlossen, wohin sich die Stadt entwickeln soll: kurze Wege, bezahlbares Wohnen, eine lebendige Mitte. Das Konzept gilt seit {y-1}.
- [Integriertes Stadtentwicklungskonzept, Gesamtfassung](/download/stadtentwicklungskonzept.pdf)
=== /rathaus-politik/leistungsbericht/ | Ziele und Ergebnisse der Verwaltung | /rathaus-politik/
Jedes Amt hat messbare Ziele. Im Jahr {y-1} wurden 81 % der Bauanträge in der zugesagten Frist entschieden (Ziel 85 %), die Wartezeit im Bürgerbüro lag bei 11 Minuten (Ziel 15).
- [Jahresbericht {y-1} mit allen Kennzahlen](/download/kennzahlenbericht-{y-1}.pdf)
=== /rathaus-politik/stellen/ | Arbeiten bei der Stadt | /rathaus-politik/
Wir suchen Menschen, die etwas bewegen wollen. Bewerben Sie sich gleich hier.
## Erzieherin oder Erzieher (m/w/d), unbefristet
Vergütung nach Tarif, 39 Stunden, Bewerbung bis {d+21}.
## Bauingenieurin oder Bauingenieur (m/w/d)
Bewerbung bis {d+14}.
%form POST /danke/ | Stelle*=select:Erziehung,Bauingenieurwesen | Vor- und Nachname*=text:name | E-Mail*=email:email | Lebenslauf*=file | =Bewerbung absenden
=== /rathaus-politik/aemter/ | Ämter und Ansprechpersonen | /rathaus-politik/
Suchen Sie nach Namen, Amt oder Aufgabe. Zu jedem Eintrag gehören Telefon und E-Mail.
%form GET /rathaus-politik/aemter/ | Name, Amt oder Aufgabe=text | =Finden
| Amt | Leitung | Telefon | E-Mail |
| Hauptamt | Petra Sommer | 0555 210-110 | [hauptamt@lindenbrueck.example](mailto:hauptamt@lindenbrueck.example) |
| Kämmerei | Ralf Thoms | 0555 210-120 | [kaemmerei@lindenbrueck.example](mailto:kaemmerei@lindenbrueck.example) |
| Bauamt | Heike Lorenz | 0555 210-130 | [bauamt@lindenbrueck.example](mailto:bauamt@lindenbrueck.example) |
| Jugendamt | Timo Berger | 0555 210-140 | [jugendamt@lindenbrueck.example](mailto:jugendamt@lindenbrueck.example) |
=== /buergerservice/ | Bürgerservice | /
%children
=== /buergerservice/hundesteuer/ | Hundesteuer | /buergerservice/
Wer einen Hund hält, meldet ihn innerhalb von zwei Wochen an. Die Steuer beträgt 96 Euro im Jahr für den ersten Hund.
Füllen Sie den Vordruck aus und senden Sie ihn unterschrieben an die Kämmerei.
- [Anmeldung zur Hundesteuer](/download/anmeldung-hundesteuer.pdf)
=== /buergerservice/verwarnungsgeld/ | Knöllchen bezahlen | /buergerservice/
Sie haben ein Verwarnungsgeld bekommen? Mit dem Aktenzeichen auf dem Zettel zahlen Sie gleich hier, mit Karte oder Lastschrift.
%form POST /danke/ | Aktenzeichen*=text | Kennzeichen*=text | =Verwarnungsgeld online bezahlen
Wenn Sie nicht einverstanden sind, antworten Sie auf den Anhörungsbogen.
=== /buergerservice/urkunden/ | Geburts- und Heiratsurkunden | /buergerservice/
Das Standesamt stellt Urkunden aus, wenn das Ereignis in Lindenbrück beurkundet wurde. Eine Urkunde kostet 14 Euro.
Senden Sie den Antrag mit einer Kopie Ihres Ausweises per Post.
- [Antrag auf Ausstellung einer Urkunde](/download/antrag-urkunde.pdf)
=== /buergerservice/bearbeitungsstand/ | Wie lange dauert mein Antrag? | /buergerservice/
Ein Personalausweis braucht etwa drei Wochen, eine Baugenehmigung drei Monate. Nach dem Stand Ihres Antrags fragen Sie bitte telefonisch unter 0555 210-150 und halten das Aktenzeichen bereit.
=== /buergerservice/termine/ | Termin im Bürgerbüro | /buergerservice/
Vorsprachen im Bürgerbüro sind nur mit Termin möglich. Termine vergibt das Servicetelefon 0555 210-150, montags bis freitags ab 7:30 Uhr.
=== /buergerservice/anwohnerparkausweis/ | Anwohnerparkausweis | /buergerservice/
In den Zonen A bis D parken Anwohner mit Ausweis. Er kostet 60 Euro im Jahr, wird sofort bezahlt und zum Ausdrucken bereitgestellt.
%form POST /danke/ | Kennzeichen*=text | Anschrift*=text:street-address | Zone*=select:A,B,C,D | =Ausweis beantragen und bezahlen
=== /buergerservice/abfallkalender/ | Abfuhrtermine | /buergerservice/
Restmüll, Bioabfall, Papier: Geben Sie Straße und Hausnummer ein und Sie sehen die nächsten Abfuhrtage.
%form GET /buergerservice/abfallkalender/ergebnis/ | Straße*=text:street-address | Hausnummer*=text | =Abfuhrtage anzeigen
Sperrmüll holen wir zweimal im Jahr kostenlos ab.
=== /buergerservice/abfallkalender/ergebnis/ | Ihre Abfuhrtage | /buergerservice/abfallkalender/
Restmüll {d+3}, Papier {d+7}, Bioabfall {d+10}.
=== /buergerservice/schaeden/ | Schlagloch oder Laterne kaputt? | /buergerservice/
Schreiben Sie dem Bauhof, wo es klemmt: [bauhof@lindenbrueck.example](mailto:bauhof@lindenbrueck.example). Ein Foto und die Straße helfen uns, den Schaden schnell zu finden.
=== /buergerservice/stadtwerke/ | Strom, Gas und Wasser | /buergerservice/
Die Stadtwerke Lindenbrück sind ein Betrieb der Stadt. Die Jahresrechnung kommt im Februar, Abschläge sind monatlich fällig.
- [SEPA-Lastschriftmandat für die Stadtwerke](/download/sepa-mandat-stadtwerke.pdf)
=== /anmelden/ | Anmelden | /
Für Online-Dienste der Stadt melden Sie sich mit dem Servicekonto an. Der Personalausweis mit Online-Funktion und PIN dient als Nachweis; Anträge lassen sich damit auch unterschreiben.
%form POST /danke/ | Benutzername*=text:username | Kennwort*=password | =Anmelden
[Mit Online-Ausweis anmelden](/anmelden/online-ausweis/) oder [neues Servicekonto anlegen](/anmelden/registrieren/)
=== /anmelden/online-ausweis/ | Mit Online-Ausweis anmelden | /anmelden/
Legen Sie den Personalausweis auf das Smartphone, starten Sie die Ausweis-App und geben Sie Ihre sechsstellige PIN ein. Danach ist Ihr Servicekonto der Stadt geöffnet.
%form POST /danke/ | Kartenzugangsnummer*=text | =Ausweis-App starten
=== /anmelden/registrieren/ | Servicekonto anlegen | /anmelden/
%form POST /danke/ | Name*=text:name | E-Mail*=email:email | Kennwort*=password | =Konto anlegen
=== /leben/ | Leben in Lindenbrück | /
%children
=== /leben/ein-kind-kommt/ | Ein Kind kommt | /leben/
Von der Geburt bis zum Betreuungsplatz: Diese Schritte können Sie gleich online erledigen.
- [Kitaplatz vormerken](/leben/kitaplatz/)
- [Geburtsurkunde](/buergerservice/urkunden/)
=== /leben/umzug/ | Umziehen nach Lindenbrück | /leben/
Melden Sie sich innerhalb von zwei Wochen an. Danach: [Anwohnerparkausweis](/buergerservice/anwohnerparkausweis/) online kaufen, [Abfuhrtermine](/buergerservice/abfallkalender/) nachsehen, Hund anmelden.
=== /leben/kitaplatz/ | Kitaplatz vormerken | /leben/
17 Kindertagesstätten nehmen Kinder ab einem Jahr auf. Wählen Sie bis zu drei Einrichtungen; die Zusage kommt bis April.
%form POST /danke/ | Name des Kindes*=text | Geburtsdatum*=date | Wunscheinrichtung*=select:Elmezwerge,Am Zoll,Brückenau | E-Mail der Eltern*=email:email | =Platz verbindlich vormerken
=== /leben/stadttheater/ | Karten für das Stadttheater | /leben/
Wählen Sie Vorstellung und Platz und bezahlen Sie mit Karte. Die Eintrittskarte kommt sofort per E-Mail.
%form POST /danke/ | Vorstellung*=select:Der Revisor,Weihnachtsmärchen | Anzahl*=number | E-Mail*=email:email | =Karten kaufen
=== /leben/veranstaltungen/ | Veranstaltungskalender | /leben/
%form GET /leben/veranstaltungen/ | Von=date | Bis=date | Rubrik=select:Musik,Sport,Markt | =Filtern
- {d+5}: Adventskonzert, Marienkirche [in den Kalender](/download/adventskonzert.ics)
- {d+12}: Weihnachtsmarkt am Zoll [in den Kalender](/download/weihnachtsmarkt.ics)
=== /leben/notfall/ | Im Notfall | /leben/
Polizei 110, Feuerwehr und Rettungsdienst 112, Ärztlicher Bereitschaftsdienst 116117. Bei Sirenenalarm gehen Sie ins Haus, schließen Fenster und Türen und schalten das Radio ein.
=== /leben/stadtmagazin/ | Stadtmagazin Elmeblick | /leben/
Viermal im Jahr liegt der Elmeblick im Briefkasten. Alle Ausgaben der letzten Jahre zum Lesen:
- [Herbst {y}](/download/elmeblick-{y}-3.pdf)
- [Sommer {y}](/download/elmeblick-{y}-2.pdf)
=== /wirtschaft/ | Wirtschaft und Bauen | /
%children
=== /wirtschaft/gruenden/ | Ein Unternehmen gründen | /wirtschaft/
Beratung, Räume, Genehmigungen: der Weg in die Selbstständigkeit. Starten Sie mit der [Gewerbeanmeldung](/wirtschaft/gewerbeanmeldung/), die ganz ohne Papier geht.
=== /wirtschaft/gewerbeanmeldung/ | Gewerbeanmeldung | /wirtschaft/
Wer ein stehendes Gewerbe beginnt, zeigt es an. Füllen Sie die Anzeige aus; der Gewerbeschein kommt in drei Tagen als Datei. Gebühr: 26 Euro.
%form POST /danke/ | Name*=text:name | Betriebsanschrift*=text:street-address | Tätigkeit*=textarea | Beginn*=date | =Gewerbe anmelden
=== /wirtschaft/baugenehmigung/ | Baugenehmigung | /wirtschaft/
Für Neubauten, Anbauten und Nutzungsänderungen brauchen Sie eine Baugenehmigung. Der Bauantrag wird von einer bauvorlageberechtigten Person unterschrieben und in dreifacher Ausfertigung im Bauamt, Zimmer 212, abgegeben.
Verfahrensfrei sind Gartenhäuser bis 40 Kubikmeter. Fragen beantwortet die Bauberatung dienstags.
=== /wirtschaft/bodenrichtwerte/ | Bodenrichtwerte und Bebauungspläne | /wirtschaft/
Was ist ein Grundstück wert, was darf dort gebaut werden? Suchen Sie nach Adresse oder Flurstück.
%form GET /wirtschaft/bodenrichtwerte/auskunft/ | Adresse=text:street-address | Flurstück=text | =Wert anzeigen
=== /wirtschaft/bodenrichtwerte/auskunft/ | Auskunft zum Grundstück | /wirtschaft/bodenrichtwerte/
Zone 14, 210 Euro je Quadratmeter, Bebauungsplan 37 „Elmewiesen“.
=== /wirtschaft/offene-daten/ | Offene Daten | /wirtschaft/
Diese Datensätze dürfen Sie frei verwenden, auch gewerblich.
- [Baumkataster (CSV)](/download/baumkataster.csv)
- [Einwohner je Ortsteil (CSV)](/download/einwohner-ortsteile.csv)
=== /mitmachen/ | Mitmachen | /
%children
=== /mitmachen/radverkehr/ | Ihre Meinung zum Radverkehrsplan | /mitmachen/
Bis {d+30} können Sie den Entwurf kommentieren, bevor der Rat entscheidet. Wählen Sie einen Abschnitt und schreiben Sie, was gut ist und was fehlt.
%form POST /danke/ | Abschnitt*=select:Innenstadt,Elmeufer,Schulwege | Ihr Kommentar*=textarea | =Kommentar veröffentlichen
=== /mitmachen/vorschlaege/ | Ihre Ideen für die Stadt | /mitmachen/
Hier stehen die Vorschläge von Einwohnerinnen und Einwohnern. Unterstützen Sie, was Ihnen gefällt; ab 150 Stimmen antwortet das Fachamt.
- Trinkbrunnen am Markt, 163 Unterstützer, Antwort: wird im Mai gebaut
- Bücherschrank in Brückenau, 88 Unterstützer
%form POST /danke/ | Titel Ihrer Idee*=text | Beschreibung*=textarea | =Idee einstellen
=== /mitmachen/buergerbegehren/ | Einwohnerantrag und Bürgerbegehren | /mitmachen/
Mit 1.100 Unterschriften muss der Rat über ein Anliegen beraten, mit 2.200 kommt es zum Bürgerentscheid.
- [Unterschriftenliste (Vordruck)](/download/unterschriftenliste.pdf)
=== /mitmachen/buergerbefragung/ | So zufrieden sind die Menschen mit der Stadt | /mitmachen/
1.840 Personen haben im Frühjahr {y-1} geantwortet. 78 % sind mit dem Bürgerbüro zufrieden, 54 % mit den Radwegen.
- [Ergebnisse der Bürgerbefragung {y-1}](/download/buergerbefragung-{y-1}.pdf)
=== /mitmachen/ehrenamt/ | Ehrenamtsbörse | /mitmachen/
Suchen Sie nach Thema und Ortsteil und melden Sie sich gleich für ein Angebot.
%form GET /mitmachen/ehrenamt/ | Thema=select:Senioren,Sport,Natur | Ortsteil=select:Mitte,Brückenau | =Angebote suchen
- Vorlesen im Altenheim, Mitte [Mitmachen](/mitmachen/ehrenamt/vorlesen/)
=== /mitmachen/ehrenamt/vorlesen/ | Vorlesen im Altenheim | /mitmachen/ehrenamt/
Jeden Mittwoch eine Stunde.
%form POST /danke/ | Name*=text:name | E-Mail*=email:email | =Ich mache mit
=== /kontakt/ | Kontakt und Öffnungszeiten | /
Rathaus: Am Alten Zoll 4, 00815 Lindenbrück.
Montag bis Freitag 8–12 Uhr, Donnerstag auch 14–18 Uhr.
%form POST /danke/ | Name=text:name | E-Mail*=email:email | Ihre Nachricht, Ihr Lob oder Ihre Anregung*=textarea | =Nachricht senden
=== /danke/ | Vielen Dank | /
Ihre Angaben sind angekommen. Sie erhalten eine Bestätigung per E-Mail.
=== /suche/ | Suchergebnis | /
Bitte geben Sie oben einen Suchbegriff ein.
=== /impressum/ | Impressum | /
Herausgeberin: Stadt Lindenbrück, vertreten durch die Oberbürgermeisterin.
=== /barrierefreiheit/ | Erklärung zur Barrierefreiheit | /
Die Stadt Lindenbrück ist bemüht, ihre Website barrierefrei zu machen. Sie ist mit der BITV 2.0 teilweise vereinbar.
Sie haben eine Barriere gefunden? Schreiben Sie an [barriere@lindenbrueck.example](mailto:barriere@lindenbrueck.example) oder rufen Sie 0555 210-199 an.
=== /datenschutz/ | Hinweise zum Datenschutz | /
Verantwortlich im Sinne der Datenschutz-Grundverordnung ist die Stadt Lindenbrück, Am Alten Zoll 4.
Beim Aufruf dieser Seiten werden die IP-Adresse, Datum und Uhrzeit, die besuchte Seite und der Browsertyp gespeichert. Im Kontaktformular erheben wir Name und E-Mail-Adresse.
Diese Angaben werden nach 14 Tagen gelöscht; Nachrichten bewahren wir ein Jahr auf.
Eine Weitergabe an Dritte findet nicht statt; der technische Betreiber ist vertraglich gebunden.
Unsere behördliche Datenschutzbeauftragte erreichen Sie unter [datenschutz@lindenbrueck.example](mailto:datenschutz@lindenbrueck.example). Beschwerden nimmt auch die Landesbeauftragte für den Datenschutz entgegen.
=== /a-bis-z/ | Inhalt von A bis Z | /
%all
=== /aktuelles/ | Aktuelles | /
%children
=== /aktuelles/rat-beraet-haushalt/ | Rat berät Haushalt in zweiter Lesung | /aktuelles/ | news
{d-2}. Die Fraktionen streiten über die Grundsteuer. Beschlossen wird im Dezember. Der Jahresabschluss liegt noch bei den Prüfern.
=== /aktuelles/hochwasser-bilanz/ | Hochwasser: Feuerwehr zieht Bilanz | /aktuelles/ | news
{d-9}. 42 Einsätze in einer Nacht, keine Verletzten. Eine App hatte viele rechtzeitig gewarnt.
=== /aktuelles/vergabe-turnhalle/ | Auftrag für Turnhalle vergeben | /aktuelles/ | news
{d-24}. Die Firma Bau-Elme erhält den Zuschlag nach öffentlicher Ausschreibung. Baubeginn ist im März.
=== /aktuelles/ki-vortrag/ | Vortrag: Künstliche Intelligenz im Alltag | /aktuelles/ | news
{d-31}. Die Volkshochschule lädt zu einem Abend über Chatbots und Algorithmen.
=== /aktuelles/beschwerde-laerm/ | Anwohner beschweren sich über Baulärm | /aktuelles/ | news
{d-44}. Die Bahn baut nachts am Viadukt. Beschwerden nimmt die Bahn entgegen.
=== /aktuelles/umfrage-innenstadt/ | Händler starten Umfrage zur Innenstadt | /aktuelles/ | news
{d-58}. Der Gewerbeverein fragt seine Mitglieder. Auf Facebook gab es hitzige Kommentare.
"""

TRUTH = """
PS01 1 /datenschutz/
PS02 1
PS03 1
PS04 1
PS05 0 no purpose, no legal basis
PS06 1
PS07 1
PS08 0 no right named
PS09 1
PS15 1 security.txt
PS16 3
PS17 3 /anmelden/online-ausweis/
PS18 0 news decoy
US04 3 life events lead to online services
US05 1
US06 1
US07 1 A to Z page, no sitemap.xml
US09 1
US11 1
US16 1
US17 1
US18 1
US20 0 '#'
CO01 1
CO02 1
CO03 3
CO04 3
CO05 2
CO06 3
CO07 2
CO08 0 '#', news decoy
CO09 0 news decoy
CO10 2
CO11 2
CO13 1 /leben/notfall/
CO15 2
CO16 0
CO17 3
CO18 3
CO20 1
SV01 2
SV02 2
SV03 3
SV04 1 no form on the page, side documents are unrelated
SV05 3
SV06 2
SV07 1
SV08 1 by telephone
SV09 2
SV10 0 '#', news decoy
SV11 0 '#', news decoy
SV12 3
SV13 0 '#'
SV14 0 '#'
SV15 3
SV16 3
SV17 3
SV18 3
EN01 3
EN02 1
EN03 2
EN04 0 news decoy
EN05 2
EN06 0
EN07 3
EN08 0
EN09 3
EN10 0 '#'
EN11 2
EN14 0 news decoy
EN15 2
EN16 0 '#'
EN18 0
EN19 3
EN20 0
"""
