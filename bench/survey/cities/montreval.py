"""Montreval-sur-Ourse: a French commune. SPIP-like numbered articles, newsletter box on every page, notice linked from the home page only."""

import datetime

LANG, LABELS, REQUIRED = "fr", "placeholder", ""
MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()


def date(day: datetime.date):
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


MENU = [("Ma mairie", "/rubrique-1.html"), ("Vivre à Montreval", "/rubrique-2.html"), ("Grandir", "/rubrique-3.html"), ("Mes démarches", "/rubrique-4.html"), ("Bouger, se cultiver", "/rubrique-5.html"), ("Actualités", "/rubrique-6.html")]
QUICK = [("Payer mon stationnement", "#"), ("Signaler une anomalie", "#"), ("Offres d'emploi", "#"), ("Budget participatif", "#"), ("Arrêtés municipaux", "#"), ("Prendre rendez-vous", "/article-41.html"), ("Espace famille", "/article-33.html")]


def layout(page, site):
    menu = "".join(f'<li><a href="{href}">{text}</a></li>' for text, href in MENU)
    quick = "".join(f'<a class="tuile" href="{href}">{text}</a> ' for text, href in QUICK)
    crumbs = "" if page.path == "/" else '<p class="chemin">Vous êtes ici : ' + " &gt; ".join([f'<a href="{p.path}">{p.title}</a>' for p in page.crumbs] + [page.title]) + "</p>"
    changed = "" if page.path == "/" else f'<p class="maj">Mis à jour le <time datetime="{{iso-{5 + len(page.title) % 20}}}">{{d-{5 + len(page.title) % 20}}}</time></p>'
    own = ' <a href="/article-90.html">Données personnelles</a>' if page.path == "/" else ""
    return f"""<!doctype html>
<html lang="fr" dir="ltr"><head><meta charset="utf-8">
<title>{page.title} - Montreval-sur-Ourse</title>
<meta name="viewport" content="width=device-width"><link rel="alternate" type="application/rss+xml" title="Actualités" href="/backend.xml"><link rel="stylesheet" href="/squelettes/habillage.css"></head>
<body><div id="page">
<div id="cookie-bandeau" role="dialog" aria-label="Cookies" hidden><p>Ce site utilise un cookie de session.</p><button>Accepter</button><button>Refuser</button></div>
<header id="entete"><a href="/" rel="home">Montreval-sur-Ourse</a>
<nav id="nav"><ul>{menu}</ul></nav></header>
<main id="principal">{crumbs}<h1>{page.title}</h1>
<div class="texte">{page.body}</div>{changed}</main>
<aside><p>En un clic</p>{quick}</aside>
<footer><form action="/article-70.html" method="post"><p>La lettre d'info du vendredi</p><label for="nl">Votre courriel</label><input id="nl" name="mail" type="email" required autocomplete="email"><button>S'abonner</button></form>
<p>Hôtel de ville, 2 place du Marché, Montreval-sur-Ourse - 03 55 00 10 10</p>
<p><a href="/article-91.html">Mentions légales</a> <a href="/article-92.html">Accessibilité : partiellement conforme</a> <a href="/plan.html">Plan du site</a>{own}</p>
<p><a href="https://www.facebook.com/villedemontrevalsurourse">Facebook de la ville</a></p></footer>
</div></body></html>"""


def files(site):
    items = "".join(f"<item><title>{p.title}</title><link>{site.base}{p.path}</link><pubDate>{site.day(3 + 9 * n).strftime('%d %b %Y 08:00:00 +0100')}</pubDate></item>" for n, p in enumerate(site.news()))
    return {"/backend.xml": f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Montreval</title><link>{site.base}/</link><description>Actualités</description>{items}</channel></rss>',
            "/sitemap.xml": '<?xml version="1.0" encoding="utf-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">' + "".join(f"<url><loc>{site.base}{p.path}</loc></url>" for p in site.pages) + "</urlset>",
            "/robots.txt": f"User-agent: *\nDisallow:\nSitemap: {site.base}/sitemap.xml\n"}


PAGES = """
=== / | Accueil
Bienvenue à Montreval-sur-Ourse, 11 400 habitants, entre rivière et forêt.
## À la une
- {d-3} : [Le maire règle lui-même l'amende du camion municipal](/article-60.html)
- {d-12} : [Le conseil débat du budget](/article-61.html)
- {d-21} : [Retour sur la fête de la rivière](/article-62.html)
## Accès directs
- [Demander un acte](/article-40.html)
- [Rendez-vous carte d'identité](/article-41.html)
- [Jours de collecte](/article-22.html)
=== /rubrique-1.html | Ma mairie | /
%children
=== /article-10.html | Vos élus | /rubrique-1.html
Le conseil municipal compte 29 membres. Voici le maire, les adjoints et les conseillers, avec leur groupe, leur délégation et la façon de les joindre.
| Élu | Groupe | Délégation | Contact |
| Bruno Delcourt, maire | Montreval ensemble | Administration générale | b.delcourt@montreval.example |
| Fatiha Benali, 1re adjointe | Montreval ensemble | Finances, commission des finances | f.benali@montreval.example |
| Yves Carpentier, adjoint | Montreval ensemble | Écoles | y.carpentier@montreval.example |
| Lucie Marchal, conseillère | Ourse écologie | Commission urbanisme | l.marchal@montreval.example |
| Denis Roche, conseiller | Gauche citoyenne | Commission sports | d.roche@montreval.example |
=== /article-11.html | Écrire au maire | /rubrique-1.html
Une question, un désaccord, une bonne nouvelle ? Bruno Delcourt lit vos messages et vous répond personnellement.
%form POST /article-12.html | Nom et prénom*=text:name | Courriel*=email:email | Votre message au maire*=textarea | =Envoyer au maire
=== /article-12.html | Message envoyé | /article-11.html
Votre message a bien été transmis. Vous recevrez une réponse sous quinze jours.
=== /article-13.html | Prochaine séance du conseil | /rubrique-1.html
Le conseil municipal se réunit le {d+8} à 19 h en salle des mariages ; la séance est publique.
Ordre du jour : décision modificative n° 3, vente du presbytère, convention avec le collège, questions orales.
=== /article-14.html | Projet de mandat | /rubrique-1.html
L'équipe municipale s'est fixé quatre objectifs jusqu'en {y+4} : rénover les trois écoles, planter mille arbres, réduire d'un tiers l'énergie des bâtiments, et garder un médecin dans chaque quartier.
=== /article-15.html | Finances de la ville | /rubrique-1.html
En {y}, la ville prévoit 14,2 millions d'euros de fonctionnement et 5,1 millions d'investissement. Le premier poste est la rénovation de l'école Prévert (1,8 million).
Ce qui a réellement été encaissé et payé figure au compte administratif, voté chaque mois de juin.
- [Compte administratif {y-1}](/IMG/pdf/compte-administratif-{y-1}.pdf)
- [Compte administratif {y-2}](/IMG/pdf/compte-administratif-{y-2}.pdf)
=== /article-16.html | Marchés publics | /rubrique-1.html
Les entreprises trouvent ici les consultations en cours et retirent librement le dossier.
- Réfection de la toiture du gymnase, remise des offres le {d+18} : [règlement et cahier des charges](/IMG/pdf/dce-toiture-gymnase.pdf)
- Fourniture de repas pour la cantine : [dossier de consultation](/IMG/pdf/dce-cantine.pdf)
=== /article-17.html | Les services par téléphone | /rubrique-1.html
| Service | Téléphone |
| Accueil | 03 55 00 10 10 |
| État civil | 03 55 00 10 12 |
| Urbanisme | 03 55 00 10 15 |
| Services techniques | 03 55 00 10 20 |
Pour toute remarque sur l'action de la ville, une seule adresse : [vosremarques@montreval.example](mailto:vosremarques@montreval.example).
=== /article-18.html | Registre des algorithmes | /rubrique-1.html
La ville utilise un seul programme qui aide à décider : le calcul de l'ordre de passage en crèche. Il additionne des points selon le règlement ; la commission relit chaque dossier et décide. Aucune décision n'est prise par la machine seule.
=== /article-19.html | Charte de modération | /rubrique-1.html
Sur nos pages, nous ne publions ni injures, ni propos haineux, ni publicité. Les commentaires contraires sont masqués et leur auteur est averti ; en cas de récidive il est bloqué pendant six mois.
=== /rubrique-2.html | Vivre à Montreval | /
%children
=== /article-20.html | L'eau | /rubrique-2.html
La régie municipale distribue l'eau. La facture arrive en mars et en septembre ; elle se règle par chèque, en espèces au bureau de la régie, ou par virement avec le numéro d'abonné.
=== /article-22.html | Collecte des déchets | /rubrique-2.html
Bac gris le mardi, bac jaune le vendredi des semaines paires, verre en apport volontaire. Les encombrants sont ramassés deux fois par an.
- [Calendrier {y} à imprimer](/IMG/pdf/calendrier-collecte-{y}.pdf)
=== /article-23.html | Risques majeurs | /rubrique-2.html
Montreval est exposée aux crues de l'Ourse. En cas d'alerte, la sirène retentit trois fois : montez à l'étage, coupez le gaz, écoutez la radio. Numéros utiles : 18, 15, 112.
- [Document d'information communal sur les risques (DICRIM)](/IMG/pdf/dicrim.pdf)
- [Plan des lieux d'accueil](/IMG/pdf/lieux-accueil-crue.pdf)
La mairie prévient aussi par SMS les riverains de l'Ourse lorsque le niveau dépasse la cote d'alerte.
=== /article-24.html | Plan local d'urbanisme | /rubrique-2.html
Le PLU dit ce qui peut être construit sur chaque parcelle. Le service urbanisme renseigne sans rendez-vous le lundi.
- [Règlement du PLU](/IMG/pdf/plu-reglement.pdf)
- [Plan de zonage](/IMG/pdf/plu-zonage.pdf)
=== /article-25.html | Enquête publique : quai des Mariniers | /rubrique-2.html
Jusqu'au {d+20}, donnez votre avis sur le réaménagement du quai avant la décision du conseil. Le dossier peut être téléchargé ; les observations s'adressent au commissaire enquêteur par courrier ou à [quai@montreval.example](mailto:quai@montreval.example).
- [Dossier d'enquête](/IMG/pdf/dossier-quai.pdf)
=== /article-26.html | Place du Marché : ce que vous avez dit, ce que nous faisons | /rubrique-2.html
La concertation s'est close le {d-120}. 287 avis ont été reçus : 190 demandaient plus d'ombre, 64 craignaient de perdre du stationnement, 33 voulaient une fontaine.
Ce qui a été retenu : douze tilleuls au lieu de quatre et vingt places conservées côté nord. La fontaine n'est pas retenue, car le réseau ne le permet pas.
=== /article-27.html | Associations | /rubrique-2.html
Plus de quatre-vingts associations animent la ville et cherchent des bénévoles. Le service vie associative vous oriente.
- [Annuaire des associations](/IMG/pdf/annuaire-associations.pdf)
=== /article-28.html | Stationnement et bus | /rubrique-2.html
Le centre est en zone bleue, une heure trente avec disque. La navette gratuite relie la gare et la place du Marché toutes les vingt minutes de 7 h à 19 h.
=== /rubrique-3.html | Grandir | /
%children
=== /article-30.html | Crèches | /rubrique-3.html
Deux multi-accueils offrent 58 places de dix semaines à trois ans. La commission d'attribution siège en mai.
- [Dossier de préinscription](/IMG/pdf/preinscription-creche.pdf)
=== /article-31.html | Inscription à l'école | /rubrique-3.html
L'inscription se fait en mairie de février à avril avec le livret de famille, un justificatif de domicile et le carnet de vaccination.
- [Fiche d'inscription scolaire](/IMG/pdf/fiche-inscription-ecole.pdf)
=== /article-33.html | Espace famille | /rubrique-3.html
Avec votre compte, gérez la cantine et le périscolaire, et retrouvez vos factures.
%form POST /article-34.html | Identifiant*=text:username | Mot de passe*=password | =Se connecter
Pas encore de compte ? [Créer mon compte](/article-35.html)
=== /article-34.html | Connexion à l'espace famille | /article-33.html
Vérification en cours.
=== /article-35.html | Créer mon compte famille | /article-33.html
%form POST /article-34.html | Nom*=text:name | Courriel*=email:email | Mot de passe choisi*=password | =Créer le compte
=== /rubrique-4.html | Mes démarches | /
%children
=== /article-40.html | Demander un acte d'état civil | /rubrique-4.html
Naissance, mariage, décès : si l'événement a eu lieu à Montreval, demandez la copie ou l'extrait ici. Il est envoyé gratuitement à votre domicile sous cinq jours.
%form POST /article-44.html | Type d'acte*=select:naissance,mariage,décès | Nom figurant sur l'acte*=text:name | Date de l'événement*=text | Adresse d'envoi*=text:street-address | =Commander l'acte
=== /article-41.html | Rendez-vous carte d'identité et passeport | /rubrique-4.html
Choisissez un créneau libre ; vous recevez la confirmation par courriel. Apportez une photo récente et votre ancien titre.
%form POST /article-44.html | Jour*=select:lundi 9 h,lundi 9 h 20,mardi 14 h,jeudi 16 h 40 | Nom*=text:name | Courriel*=email:email | =Réserver ce créneau
=== /article-42.html | Déposer un permis de construire | /rubrique-4.html
Maison, extension, abri de jardin : le guichet numérique reçoit votre dossier et ses plans à toute heure. L'accusé de réception fait courir le délai d'instruction de deux ou trois mois.
%form POST /article-44.html | Nom du demandeur*=text:name | Parcelle*=text | Plan de masse=file | Notice=file | =Déposer le dossier
=== /article-43.html | FranceConnect, c'est quoi ? | /rubrique-4.html
FranceConnect permet de prouver son identité auprès de l'État avec un compte déjà vérifié. Nos téléservices municipaux ne l'emploient pas encore.
=== /article-44.html | Demande enregistrée | /rubrique-4.html
Votre demande porte un numéro, rappelé dans le courriel que vous venez de recevoir.
=== /article-45.html | Questions et réponses | /rubrique-4.html
## État civil
### Qui peut demander un acte de naissance ?
La personne concernée, ses parents, ses enfants et son conjoint.
### L'acte est-il payant ?
Non, jamais.
## Urbanisme
### Faut-il une autorisation pour une clôture ?
Oui, une déclaration préalable.
## Écoles
### Peut-on choisir son école ?
La carte scolaire s'applique ; une dérogation se demande avant mai.
=== /article-46.html | Droit d'interpellation | /rubrique-4.html
Une pétition signée par 300 habitants de plus de seize ans oblige le maire à inscrire le sujet à l'ordre du jour du conseil. Les signatures se remettent sur papier à l'accueil.
=== /article-47.html | Ma ville, facile à lire | /rubrique-4.html
Cette page est écrite en facile à lire et à comprendre (FALC).
La mairie vous aide. Vous avez perdu votre carte d'identité ? Vous venez à la mairie. Vous apportez une photo. Une personne vous aide à remplir le papier.
=== /rubrique-5.html | Bouger, se cultiver | /
%children
=== /article-50.html | Médiathèque | /rubrique-5.html
La médiathèque est ouverte mardi, mercredi et samedi de 10 h à 18 h. L'inscription est gratuite.
=== /article-51.html | Louer la salle des fêtes | /rubrique-5.html
La salle accueille 180 personnes. Tarif du week-end pour les habitants : 320 euros. Renvoyez la demande trois mois avant la date.
- [Demande de location](/IMG/pdf/demande-location-salle.pdf)
=== /article-52.html | Agenda des sorties | /rubrique-5.html
- {d+3} : marché de la Saint-Nicolas
- {d+10} : concert du chœur de l'Ourse, église
- {d+25} : cinéma en famille
- [Le programme de la saison](/IMG/pdf/programme-saison.pdf)
=== /rubrique-6.html | Actualités | /
%children
=== /article-60.html | Le maire règle lui-même l'amende du camion municipal | /rubrique-6.html | news
{d-3}. Un agent avait stationné sur une place réservée. Le maire a payé les 135 euros de sa poche. « C'est une contravention comme les autres. »
=== /article-61.html | Le conseil débat du budget | /rubrique-6.html | news
{d-12}. Quatre heures de discussion : les orientations de {y+1} ont été présentées. L'opposition demande un budget participatif, la majorité veut d'abord finir les écoles.
=== /article-62.html | Retour sur la fête de la rivière | /rubrique-6.html | news
{d-21}. Trois mille visiteurs, quarante stands et un radeau coulé : la fête a tenu ses promesses.
=== /article-63.html | La boulangerie de la gare change de mains | /rubrique-6.html | news
{d-30}. Ouverture d'un commerce, création de deux emplois : le maire a coupé le ruban avec les nouveaux patrons.
=== /article-64.html | Nids-de-poule : les travaux commencent rue Haute | /rubrique-6.html | news
{d-39}. Signalés par des riverains, les trous de la rue Haute seront rebouchés d'ici dix jours. La rue sera fermée.
=== /article-65.html | Satisfaction des usagers de la gare | /rubrique-6.html | news
{d-48}. La région a interrogé les voyageurs : 72 % se disent satisfaits de la ligne. Le sondage complet sera publié par la région.
=== /article-66.html | Une collégienne en finale du concours d'éloquence | /rubrique-6.html | news
{d-57}. Inès, 14 ans, parlait du droit à l'information et de l'accès aux documents. Elle défendra nos couleurs à Paris.
=== /article-67.html | Le conseil filmé par la télévision locale | /rubrique-6.html | news
{d-66}. Une équipe préparait un reportage sur les petites villes. Le sujet durera deux minutes.
=== /article-70.html | Inscription à la lettre d'info | /
Merci, un courriel vous demande de confirmer votre inscription.
=== /article-90.html | Données personnelles | /
La commune de Montreval-sur-Ourse, représentée par son maire, est responsable des traitements effectués sur ce site.
Certaines données personnelles peuvent être recueillies lorsque vous utilisez nos téléservices. Elles servent à instruire votre demande et à y répondre, dans l'exercice de la mission d'intérêt public confiée à la commune.
Elles sont conservées deux ans à compter de la clôture de la demande, puis effacées.
Elles ne sont transmises qu'aux services municipaux concernés et à notre hébergeur, lié par contrat aux mêmes obligations ; elles ne sont jamais vendues.
Vous disposez d'un droit d'accès, de rectification et d'effacement. Vous pouvez saisir la CNIL.
=== /article-91.html | Mentions légales | /
Directeur de la publication : le maire. Hébergeur : Nuage de l'Est, Nancy. Les photos sont la propriété de la ville.
=== /article-92.html | Déclaration d'accessibilité | /
La commune s'engage à rendre son site accessible. Il est partiellement conforme au RGAA : 74 % des critères sont respectés. Les documents PDF anciens ne sont pas balisés.
=== /plan.html | Plan du site | /
%all
"""

TRUTH = """
PS01 1 /article-90.html
PS02 0 linked from the home page only, forms lack it
PS03 1
PS04 0 general phrase only
PS05 1 purpose and public task
PS06 1 two years
PS07 1
PS08 1 rights named, no way to use them
PS09 0 CNIL, but no contact
PS15 0
PS16 3 /article-33.html (on plain http in this set)
PS17 1 /article-43.html
PS18 1 /article-18.html
US05 1
US06 1
US07 2 /plan.html and sitemap.xml
US09 1
US11 1
US12 0 placeholders on most forms
US14 0
US16 1
US17 1
US18 1
US19 3 news and last change
US20 1 /article-47.html
CO01 1 footer
CO02 0 hours of the library only
CO03 1 telephone list
CO04 1 agenda only
CO05 2
CO06 0 tile '#'
CO07 1 /article-14.html
CO08 1 figures only
CO09 2 /article-15.html
CO10 0
CO11 0
CO15 1 statement without a contact
CO16 0
CO17 0 tile '#'
CO18 2
CO20 2
SV01 1 /article-20.html
SV03 0 tile '#', news decoy
SV04 3 /article-42.html
SV05 0 news decoy
SV06 3 /article-40.html
SV07 0
SV08 3 /article-41.html
SV09 0 tile '#', news decoy
SV10 0
SV11 2
SV12 2
SV13 0 news decoy
SV14 2
SV15 2
SV16 1 /article-28.html
SV17 2
SV18 2 /article-51.html
EN01 2 /article-17.html
EN02 3 /article-11.html
EN03 3 form on every page
EN04 1 /article-23.html
EN05 1
EN06 1 /article-19.html
EN07 2 /article-25.html
EN08 3 /article-26.html
EN09 0
EN10 0 tile '#', news decoy
EN11 1 /article-46.html
EN14 0 news decoy
EN15 0 news decoy
EN16 0 news decoy
EN18 0
EN19 2 /article-27.html
EN20 0
"""
