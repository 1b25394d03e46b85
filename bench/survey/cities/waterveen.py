"""Waterveen: a Dutch gemeente. Top-task site with plain titles, no mega-menu, English pages, DigiD sign-in, one page of dead promises."""

import datetime

LANG, LABELS, REQUIRED = "nl", "for", " (verplicht)"
MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()


def date(day: datetime.date):
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


MENU = {"nl": [("Onderwerpen", "/onderwerpen/"), ("Bestuur", "/bestuur/"), ("Nieuws", "/nieuws/"), ("Contact", "/contact/"), ("English", "/en/")],
        "en": [("Topics", "/en/"), ("News", "/en/news/"), ("Contact", "/en/contact/"), ("Nederlands", "/")]}


def layout(page, site):
    words = {"nl": ("Direct naar inhoud", "Zoeken", "Privacy", "Toegankelijkheid", "Laatst gewijzigd op", "/privacy/", "Heeft u gevonden wat u zocht?", "Ja", "Nee"), "en": ("Skip to content", "Search", "Privacy", "Accessibility", "Last changed on", "/en/privacy/", "Did you find what you were looking for?", "Yes", "No")}[page.lang]
    menu = "".join(f'<li><a href="{href}">{text}</a></li>' for text, href in MENU[page.lang])
    crumbs = "" if page.path == "/" else f'<nav aria-label="Kruimelpad" class="kruimelpad"><ol>' + "".join(f'<li><a href="{p.path}">{p.title}</a></li>' for p in page.crumbs) + f'<li aria-current="page">{page.title}</li></ol></nav>'
    other = page.path == "/" or "news" in page.flags
    changed = "" if other else f"<p>{words[4]} {{d-{3 + len(page.body) % 300}}}</p>"
    thumbs = "" if page.path == "/" else f'<form class="feedback" method="post" action="/bedankt/"><fieldset><legend>{words[6]}</legend><label><input type="radio" name="ok" value="1"> {words[7]}</label> <label><input type="radio" name="ok" value="0"> {words[8]}</label><button>OK</button></fieldset></form>'
    return f"""<!DOCTYPE html>
<html lang="{page.lang}">
<head><meta charset="utf-8"><title>{page.title} - {'Municipality of' if page.lang == 'en' else 'Gemeente'} Waterveen</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/stijl.css"><link rel="alternate" type="application/atom+xml" href="/nieuws.atom" title="Nieuws"></head>
<body><a href="#main">{words[0]}</a>
<header><a href="/">Gemeente Waterveen</a>
<form role="search" action="/zoeken/" method="get"><label for="zoek">{words[1]}</label><input id="zoek" name="trefwoord" type="search"><button>{words[1]}</button></form>
<nav><ul>{menu}</ul></nav></header>
<main id="main">{crumbs}<h1>{page.title}</h1>
{page.body}
{changed}{thumbs}</main>
<footer><ul><li><a href="{words[5]}">{words[2]}</a></li><li><a href="/toegankelijkheid/">{words[3]}</a></li><li><a href="/mijn/">Mijn Waterveen</a></li><li><a href="/binnenkort/">Binnenkort op deze site</a></li><li><a href="https://www.linkedin.com/company/gemeente-waterveen">LinkedIn gemeente Waterveen</a></li><li><a href="https://www.facebook.com/gemeentewaterveen">Facebook gemeente Waterveen</a></li></ul></footer>
</body></html>"""


def files(site):
    entries = "".join(f"<entry><id>{site.base}{p.path}</id><title>{p.title}</title><link href=\"{site.base}{p.path}\"/><updated>{site.day(4 + 8 * n).isoformat()}T09:00:00Z</updated></entry>" for n, p in enumerate(site.news()))
    return {"/nieuws.atom": f'<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><id>{site.base}/</id><title>Nieuws Waterveen</title><updated>{site.day(4).isoformat()}T09:00:00Z</updated>{entries}</feed>'}


PAGES = """
=== / | Gemeente Waterveen
Waar kunnen we u mee helpen?
- [Paspoort](/paspoort/)
- [Verhuizen](/verhuizen/)
- [Afval](/afval/)
- [Melding doen](/melding/)
- [Trouwen](/trouwen/)
## Nieuws
- {d-4} [Raad stelt begroting vast](/nieuws/raad-begroting/)
- {d-12} [Burgemeester betaalt bekeuring voor fietsen zonder licht](/nieuws/bekeuring/)
=== /onderwerpen/ | Onderwerpen | /
%children
=== /paspoort/ | Paspoort | /onderwerpen/
U vraagt uw paspoort persoonlijk aan. Maak eerst een afspraak en neem een pasfoto en uw oude paspoort mee. Na zes werkdagen ligt het klaar.
[Afspraak maken](/afspraak/)
=== /afspraak/ | Afspraak maken | /onderwerpen/
Kies waarvoor u komt en welk moment u schikt. U krijgt meteen een bevestiging.
%form POST /bedankt/ | Waarvoor komt u?*=select:Paspoort,Rijbewijs,Geboorteaangifte | Dag en tijd*=select:ma 9.00,ma 9.15,di 13.30,do 18.00 | Naam*=text:name | E-mail*=email:email | =Afspraak vastleggen
=== /verhuizen/ | Verhuizen | /onderwerpen/
Geef uw nieuwe adres door tussen vier weken voor en vijf dagen na de verhuizing. Woont u straks in een andere gemeente? Dan meldt u zich daar.
=== /uittreksel/ | Uittreksel of akte | /onderwerpen/
Een uittreksel uit de basisregistratie of een afschrift van een geboorteakte bestelt u hier. Het kost 16,60 euro en komt met de post.
%form POST /bedankt/ | Welk document?*=select:Uittreksel,Geboorteakte,Huwelijksakte | Naam*=text:name | Adres*=text:street-address | =Bestellen en betalen
=== /trouwen/ | Trouwen | /onderwerpen/
Meld uw huwelijk minstens twee weken van tevoren. U trouwt in het oude stadhuis of op een plek die u zelf kiest.
=== /afval/ | Afval | /onderwerpen/
Groene bak in even weken, oranje bak in oneven weken, restafval brengt u naar de ondergrondse container. Op de kaart ziet u welke milieustraat dichtbij is.
- [Afvalkalender {y}](/bestanden/afvalkalender-{y}.pdf)
=== /melding/ | Melding doen | /onderwerpen/
Een losse stoeptegel, een kapotte lantaarn of zwerfvuil? Zet de plek op de kaart of vul het adres in. U krijgt een meldnummer en ziet wat wij ermee doen.
%form POST /bedankt/ | Adres of plek*=text:street-address | Wat is er aan de hand?*=textarea | Foto=file | E-mail=email:email | =Melding versturen
- 2311: stoep Kadewal, opgelost {d-3}
- 2309: lantaarn Veenlaan, in behandeling
=== /belastingen/ | Gemeentelijke belastingen | /onderwerpen/
U krijgt in februari een aanslag voor onroerendezaakbelasting, rioolheffing en afval. Betalen kan in tien termijnen.
- [Formulier automatische incasso](/bestanden/automatische-incasso.pdf)
=== /woz/ | WOZ-waarde | /onderwerpen/
Elk jaar bepalen we wat uw huis waard is. Zoek de waarde op met postcode en huisnummer.
%form GET /woz/resultaat/ | Postcode*=text:postal-code | Huisnummer*=text | =WOZ-waarde opzoeken
=== /woz/resultaat/ | Waarde van het pand | /woz/
Waarde op 1 januari: 312.000 euro.
=== /verbouwen/ | Bouwen en verbouwen | /onderwerpen/
Voor een dakkapel aan de voorkant of een aanbouw is een omgevingsvergunning nodig. Doe de vergunningcheck en dien uw aanvraag met tekeningen in via het landelijke [Omgevingsloket](https://omgevingsloket.example/).
=== /horeca/ | Café of restaurant beginnen | /onderwerpen/
Voor schenken van alcohol hebt u een vergunning nodig. Vul het formulier in en stuur het met de plattegrond naar ondernemers@waterveen.example.
- [Aanvraag alcoholwetvergunning](/bestanden/aanvraag-alcoholwet.pdf)
- [Aanvraag alcoholwetvergunning (open formaat)](/bestanden/aanvraag-alcoholwet.odt)
=== /parkeren/ | Parkeren | /onderwerpen/
In het centrum betaalt u van 9 tot 18 uur. Bewoners van zone 1 en 2 kopen hier hun vergunning; die gaat direct in.
%form POST /bedankt/ | Kenteken*=text | Zone*=select:1,2 | =Vergunning kopen
=== /zwembad/ | Zwembad De Plas | /onderwerpen/
Banenzwemmen elke ochtend, recreatie op woensdag en in het weekend. Kies een tijdvak en reken af; uw kaartje komt per mail.
%form POST /bedankt/ | Tijdvak*=select:07.00,08.00,14.00 | Aantal*=number | E-mail*=email:email | =Kaartje kopen
=== /kinderopvang/ | Kinderopvang en school | /onderwerpen/
Waterveen telt negen basisscholen en veertien kinderdagverblijven. U meldt uw kind aan bij de school of opvang van uw keuze; vanaf drie jaar is er plek in de voorschool.
=== /klacht/ | Klacht over de gemeente | /onderwerpen/
Bent u niet goed behandeld? Laat het ons weten. Binnen zes weken hebt u antwoord. Bent u het er niet mee eens, dan kunt u naar de Nationale ombudsman.
- [Klachtformulier](/bestanden/klachtformulier.pdf)
=== /woo/ | Woo-verzoek | /onderwerpen/
U mag vragen om documenten van de gemeente. Mail uw verzoek naar [woo@waterveen.example](mailto:woo@waterveen.example) en noem het onderwerp en de periode. Wij beslissen binnen vier weken.
=== /aanvraag-volgen/ | Hoe ver is mijn aanvraag? | /onderwerpen/
U krijgt een e-mail bij elke stap: ontvangen, in behandeling, besluit. Geef bij uw aanvraag aan dat u berichten wilt ontvangen.
=== /crisis/ | Crisis en rampen | /onderwerpen/
Bel 112 als elke seconde telt. Bij een NL-Alert: ga naar binnen, sluit ramen en deuren. Zorg voor water, een radio en een zaklamp.
=== /mijn/ | Mijn Waterveen | /
In Mijn Waterveen regelt u zaken met de gemeente. U logt in met DigiD, met controle in de app.
[Inloggen met DigiD](https://digid.example/inloggen?dienst=waterveen)
Nog geen DigiD? [Vraag het aan](https://digid.example/aanvragen).
=== /algoritmeregister/ | Algoritmeregister | /onderwerpen/
Hier leest u welke computerprogramma's meebeslissen. Bij de bijstand rekent een programma uit welke dossiers we nader bekijken; een medewerker neemt altijd het besluit.
=== /vrijwilligers/ | Vrijwilligerswerk | /onderwerpen/
Kent u iemand die een maatje zoekt, of wilt u zelf iets doen? Mail het vrijwilligerspunt: [vrijwilligers@waterveen.example](mailto:vrijwilligers@waterveen.example).
=== /agenda/ | Uitagenda | /onderwerpen/
- {d+5}: intocht met lichtjes, Kadewal
- {d+14}: kerstmarkt rond de Sint-Joriskerk
- {d+37}: nieuwjaarsduik, De Plas
=== /bestuur/ | Bestuur | /
%children
=== /bestuur/college/ | Burgemeester en wethouders | /bestuur/
Burgemeester Marloes Hagendoorn (openbare orde), wethouder Sjoerd Bos (wonen, GroenLinks), wethouder Anja Kramer (geld, VVD).
Een brief schrijft u aan Postbus 12, 9990 AA Waterveen.
=== /bestuur/raad/ | Gemeenteraad | /bestuur/
De gemeenteraad heeft 23 leden. Van elk raadslid leest u de fractie, de commissie en het e-mailadres.
| Raadslid | Fractie | Commissie | E-mail |
| Pieter Wijnja | Lokaal Waterveen | Ruimte | [p.wijnja@raadwaterveen.example](mailto:p.wijnja@raadwaterveen.example) |
| Samira Haddou | PvdA | Samenleving | [s.haddou@raadwaterveen.example](mailto:s.haddou@raadwaterveen.example) |
| Geert Postma | CDA | Middelen | [g.postma@raadwaterveen.example](mailto:g.postma@raadwaterveen.example) |
=== /bestuur/vergaderingen/ | Vergaderingen van de raad | /bestuur/
Kijk live mee op dinsdagavond vanaf half acht, of kijk terug wanneer u wilt. Zoek op woord of datum in agenda's, besluitenlijsten en notulen.
%form GET /bestuur/vergaderingen/ | Zoek in notulen=text | Vanaf=date | =Zoek vergaderstukken
- [Nu live: raadszaal](https://www.youtube.com/@raadwaterveen/live)
- [Raadsvergadering {d-14} terugkijken](https://www.youtube.com/watch?v=raad22)
- [Besluitenlijst raad {d-14}](/bestanden/besluitenlijst-raad-22.pdf)
=== /bestuur/regels/ | Verordeningen | /bestuur/
De regels van de gemeente, zoals de APV, staan op de landelijke site [Lokale wet- en regelgeving](https://regelgeving.example/waterveen).
=== /bestuur/begroting/ | Begroting en jaarrekening | /bestuur/
De begroting voor {y} telt 142 miljoen euro. De jaarrekening laat zien wat er echt is uitgegeven.
- [Programmabegroting {y}](/bestanden/programmabegroting-{y}.pdf)
- [Jaarstukken {y-1}](/bestanden/jaarstukken-{y-1}.pdf)
=== /bestuur/cijfers/ | Waterveen in cijfers | /bestuur/
Halen we onze doelen? Kies een onderwerp en jaar en vergelijk Waterveen met andere gemeenten.
%form GET /bestuur/cijfers/ | Doel=select:Wachttijd balie,Woningen gebouwd,Afval per inwoner | Jaar=select:{y-1},{y-2},{y-3} | =Toon resultaat
| Doel | {y-2} | {y-1} | Streefwaarde |
| Wachttijd balie (minuten) | 9 | 6 | 5 |
| Restafval per inwoner (kg) | 121 | 104 | 100 |
=== /bestuur/vacatures/ | Werken bij Waterveen | /bestuur/
- Beleidsadviseur water, 36 uur, reageren tot {d+10}
- Medewerker burgerzaken, 24 uur, reageren tot {d+16}
%form POST /bedankt/ | Vacature*=select:Beleidsadviseur water,Medewerker burgerzaken | Naam*=text:name | E-mail*=email:email | Cv*=file | =Solliciteren
=== /bestuur/inkoop/ | Inkoop | /bestuur/
Boven 50.000 euro vragen wij drie offertes, boven de Europese drempel besteden wij openbaar aan. Lokale bedrijven nodigen we graag uit.
=== /denk-mee/ | Denk mee over het Stationspark | /onderwerpen/
Er liggen drie ontwerpen. Zet tot {d+17} uw opmerking op de kaart, nog voor de raad kiest.
%form POST /bedankt/ | Plek in het park*=text | Uw opmerking*=textarea | =Opmerking plaatsen
=== /denk-mee/kadewal/ | Kadewal: dit deden we met uw inbreng | /onderwerpen/
Op {d-150} sloot de inspraak. 96 mensen reageerden. Door uw reacties blijft de haven open voor kleine boten; het verzoek om een parkeergarage namen we niet over, omdat de bodem te slap is.
=== /burgerinitiatief/ | Burgerinitiatief | /onderwerpen/
Met 250 handtekeningen zet u een onderwerp op de agenda van de raad. Start uw initiatief hier en verzamel digitaal steun.
%form POST /bedankt/ | Titel*=text | Toelichting*=textarea | E-mail*=email:email | =Initiatief starten
- Zonnepanelen op de sporthal: 187 van 250 [onderteken](/burgerinitiatief/teken/)
=== /burgerinitiatief/teken/ | Zonnepanelen op de sporthal | /burgerinitiatief/
%form POST /bedankt/ | Naam*=text:name | E-mail*=email:email | =Ondertekenen
=== /omgangsregels/ | Spelregels sociale media | /onderwerpen/
Reageer gerust, maar scheld niet en deel geen gegevens van anderen. Doet u dat toch, dan halen we uw bericht weg en blokkeren we u na twee waarschuwingen.
=== /nieuwsbrief/ | Nieuwsbrief | /onderwerpen/
%form POST /bedankt/ | E-mail*=email:email | =Aanmelden voor de nieuwsbrief
Elke donderdag het belangrijkste nieuws uit uw wijk.
=== /contact/ | Contact | /
Stadhuis, Kadewal 1, 9991 BB Waterveen. Open op maandag tot en met vrijdag van 9.00 tot 16.00 uur, donderdag tot 20.00 uur.
Bel 14 0555 of stel uw vraag via [WhatsApp](https://wa.me/31655501555).
%form POST /bedankt/ | Naam=text:name | E-mail*=email:email | Uw vraag of opmerking*=textarea | =Versturen
| Team | Telefoon |
| Burgerzaken | 0555 12 34 10 |
| Bouwen | 0555 12 34 20 |
| Belastingen | 0555 12 34 30 |
=== /binnenkort/ | Binnenkort op deze site | /
Aan deze onderdelen werken we nog: open data, de kaart van Waterveen, veelgestelde vragen, parkeerboete betalen, strategische visie, burgerbegroting, enquêtes, pagina's in eenvoudige taal en een chatbot.
=== /bedankt/ | Bedankt | /
We hebben uw gegevens ontvangen. U krijgt een e-mail met het nummer.
=== /zoeken/ | Zoeken | /
Typ een woord in het zoekveld.
=== /toegankelijkheid/ | Toegankelijkheid | /
Deze site voldoet gedeeltelijk aan WCAG 2.2 niveau AA (status B). Werkt iets niet voor u? Mail [toegankelijk@waterveen.example](mailto:toegankelijk@waterveen.example).
=== /privacy/ | Wat doen we met uw gegevens? | /
Het college van burgemeester en wethouders van Waterveen is de verwerkingsverantwoordelijke.
Stuurt u een formulier, dan bewaren wij uw naam, adres, e-mailadres en telefoonnummer. Bij een bezoek aan de site leggen we het ip-adres vast.
Wij gebruiken deze gegevens om uw aanvraag te behandelen; de grondslag is onze publieke taak. Hoe lang wij iets bewaren, leest u in de [selectielijst](/bestanden/selectielijst-bewaartermijnen.pdf).
Wij verkopen uw gegevens nooit. Bedrijven die voor ons werken tekenen een verwerkersovereenkomst.
U mag uw gegevens inzien, laten verbeteren en laten wissen. Stuur uw verzoek naar onze functionaris gegevensbescherming: [fg@waterveen.example](mailto:fg@waterveen.example). Komt u er met ons niet uit, dan kunt u een klacht indienen bij de Autoriteit Persoonsgegevens.
=== /nieuws/ | Nieuws | /
%children
=== /nieuws/raad-begroting/ | Raad stelt begroting vast | /nieuws/ | news
{d-4}. Met 15 tegen 8 stemmen nam de raad de begroting aan. De ozb stijgt met 3 procent.
=== /nieuws/bekeuring/ | Burgemeester betaalt bekeuring voor fietsen zonder licht | /nieuws/ | news
{d-12}. Een agent hield de burgemeester aan. 'Terecht', zei ze, en ze maakte meteen 69 euro over.
=== /nieuws/kaart/ | Oude kaart van Waterveen geveild | /nieuws/ | news
{d-20}. De kaart uit 1652 bracht 8.000 euro op. Het museum bood mee.
=== /nieuws/enquete-ns/ | Reizigers mopperen in enquête | /nieuws/ | news
{d-28}. De spoorwegen vroegen 1.200 reizigers naar hun tevredenheid. De perrons zijn te koud.
=== /nieuws/sms-oplichters/ | Pas op voor sms van oplichters | /nieuws/ | news
{d-36}. Wie een sms over een boete krijgt, moet niet klikken. De gemeente stuurt geen sms-berichten.
=== /nieuws/ideeen-school/ | Leerlingen delen ideeën met wethouder | /nieuws/ | news
{d-44}. Groep 8 wil een skatebaan en langere pauzes. De wethouder nam de tekeningen mee.
=== /en/ | Living in Waterveen | / | lang=en
- [Register when you arrive](/en/register/)
- [Waste and recycling](/en/waste/)
- [Parking permits](/en/parking/)
- [News](/en/news/)
=== /en/register/ | Register when you arrive | /en/ | lang=en
Staying longer than four months? Register within five days. Bring your passport and rental contract. [Make an appointment](/afspraak/).
=== /en/waste/ | Waste and recycling | /en/ | lang=en
Green bins are emptied in even weeks, orange bins in odd weeks. Take other waste to the underground container near you.
=== /en/parking/ | Parking permits | /en/ | lang=en
Residents of zones 1 and 2 can buy a permit online. It costs 48 euros a year.
=== /en/news/ | News in English | /en/ | lang=en
{d-10}: The town hall is closed on 25 and 26 December.
=== /en/contact/ | Contact us | /en/ | lang=en
Town hall, Kadewal 1. Open Monday to Friday, 9 am to 4 pm. Call 14 0555.
=== /en/privacy/ | What we do with your data | /en/ | lang=en
The College of Mayor and Aldermen of Waterveen is the controller. The full notice is in Dutch: [privacy](/privacy/).
"""

TRUTH = """
PS01 1
PS02 1
PS03 1
PS04 1
PS05 1
PS06 1 link to the retention schedule
PS07 1
PS08 2
PS09 1
PS15 0
PS16 3 external national sign-in for Mijn Waterveen
PS17 3 sign-in with two factors
PS18 1 /algoritmeregister/
US06 1
US09 1
US07 0
US11 1
US16 1
US17 1
US18 1
US19 3
US20 0 promise only
CO01 1
CO02 1
CO03 1
CO04 3
CO05 2
CO06 1 link elsewhere
CO07 0 promise only
CO08 2
CO09 2
CO10 3
CO11 0 promise only
CO13 1
CO15 2
CO16 2
CO17 3
CO18 1
CO20 2
SV02 2
SV03 0 promise and news decoys
SV04 3 national portal linked for it
SV05 2
SV06 3
SV07 2
SV08 3
SV09 3
SV10 2
SV11 1
SV12 3
SV13 2
SV14 0 promise only
SV15 1
SV16 3
SV17 2
SV18 3
EN01 3
EN02 2
EN03 3
EN04 0 news decoy
EN05 2
EN06 1
EN07 3
EN08 3
EN09 0 news decoy
EN10 0 promise only
EN11 3
EN14 0 news decoy
EN15 0 news decoy
EN16 3
EN18 1 messenger and telephone line
EN19 2
EN20 2
"""
