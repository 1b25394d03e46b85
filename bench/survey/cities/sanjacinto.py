"""San Jacinto del Valle: a Latin American municipalidad. WordPress-like folders, mega-menu with dead entries, no sign-in."""

import datetime

LANG, LABELS, REQUIRED = "es", "for", " (obligatorio)"
MONTHS = "enero febrero marzo abril mayo junio julio agosto setiembre octubre noviembre diciembre".split()


def date(day: datetime.date):
    return f"{day.day} de {MONTHS[day.month - 1]} de {day.year}"


MENU = [
    ("Municipalidad", [("Alcaldesa", "/alcaldia/"), ("Concejo Municipal", "/concejo/"), ("Organigrama", "#"), ("Plan de Desarrollo Concertado", "#"), ("Directorio", "/directorio/")]),
    ("Vecinos", [("Trámites", "/tramites/"), ("Mi cuenta", "#"), ("Citas en línea", "#"), ("Limpieza pública", "/limpieza-publica/"), ("Cuna municipal", "/cuna/"), ("Transporte y estacionamiento", "#"), ("Catastro virtual", "#")]),
    ("Pagos", [("Tributos", "/tributos/"), ("Papeletas", "/papeletas/")]),
    ("Transparencia", [("Normas municipales", "/normas/"), ("Presupuesto", "/presupuesto/"), ("Ejecución del gasto", "#"), ("Acceso a la información", "/acceso-informacion/"), ("Contrataciones", "/contrataciones/"), ("Trabaja con nosotros", "/convocatorias-cas/"), ("Datos abiertos", "#")]),
    ("Participa", [("Presupuesto participativo", "/presupuesto-participativo/"), ("Audiencia pública", "/audiencia/"), ("Voluntariado", "#"), ("Encuestas", "#"), ("Boletín", "#")]),
    ("Visítanos", [("San Jacinto para visitantes", "/visitantes/"), ("Agenda", "/agenda/"), ("Noticias", "/noticias/")]),
]


def layout(page, site):
    menu = "".join(f'<li class="menu-item has-children"><span>{name}</span><ul class="sub-menu">' + "".join(f'<li><a href="{href}">{text}</a></li>' for text, href in items) + "</ul></li>" for name, items in MENU)
    crumbs = "" if page.path == "/" else '<nav class="migas" aria-label="Ruta"><ol>' + "".join(f'<li><a href="{p.path}">{p.title}</a></li>' for p in page.crumbs) + f"<li>{page.title}</li></ol></nav>"
    return f"""<!DOCTYPE html>
<html lang="es">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{page.title} – Municipalidad de San Jacinto del Valle</title><link rel="stylesheet" href="/wp-content/estilo.css"></head>
<body class="wp-site">
<a class="skip-link" href="#contenido">Saltar al contenido</a>
<header class="cabecera">
<a class="logo" href="/"><img src="/wp-content/escudo.svg" alt="Municipalidad de San Jacinto del Valle, inicio" width="40" height="40"></a>
<form role="search" method="get" action="/buscar/"><label for="s">Buscar en la web</label><input id="s" type="search" name="s"><button>Buscar</button></form>
<nav class="menu-principal" aria-label="Principal"><ul>{menu}</ul></nav>
</header>
<main id="contenido">{crumbs}
<h1>{page.title}</h1>
{page.body}
</main>
<aside class="widget"><p class="widget-titulo">Enlaces rápidos</p><ul><li><a href="/expediente/">Consulta tu expediente</a></li><li><a href="/docs/tupa-{site.today.year}.pdf">TUPA (PDF)</a></li><li><a href="/reportes/">Alerta vecinal</a></li></ul></aside>
<footer>
<p>Jr. Los Sauces 145, Plaza de Armas, San Jacinto del Valle. Central telefónica: (044) 555-0140</p>
<ul><li><a href="/contacto/">Contacto</a></li><li><a href="/reclamaciones/">Libro de reclamaciones</a></li><li><a href="/preguntas-frecuentes/">Preguntas frecuentes</a></li><li><a href="/politica-de-privacidad/">Política de privacidad</a></li><li><a href="/terminos/">Términos de uso</a></li></ul>
<ul class="redes"><li><a href="https://www.facebook.com/munisanjacintodelvalle">Facebook</a></li><li><a href="https://www.youtube.com/@munisanjacintodelvalle">YouTube</a></li><li><a href="https://x.com/munisanjacintov">X</a></li><li><a href="https://wa.me/51955501400">WhatsApp de atención</a></li></ul>
</footer>
</body></html>"""


PAGES = """
=== / | Inicio
Bienvenidas y bienvenidos al portal de la Municipalidad de San Jacinto del Valle. Aquí encuentra trámites, noticias y la forma de comunicarse con nosotros.
## Lo más buscado
- [Licencia de funcionamiento](/tramites/licencia-de-funcionamiento/)
- [Pague sus arbitrios](/tributos/)
- [Matrimonio civil](/tramites/matrimonio-civil/)
## Noticias recientes
- {d-6} [Concejo aprobó el presupuesto del próximo año](/noticias/concejo-aprobo-presupuesto/)
- {d-11} [Vecinos voluntarios limpiaron la ribera del río Seco](/noticias/limpieza-rio-seco/)
- {d-19} [Alcaldesa pagó una multa de tránsito](/noticias/alcaldesa-multa/)
=== /alcaldia/ | La alcaldesa | /
Rosa Elvira Quispe Montoya es alcaldesa de San Jacinto del Valle desde enero de {y-3}. Es ingeniera agrónoma y fue regidora en el periodo anterior.
La alcaldesa recibe a las juntas vecinales los jueves por la mañana, previa coordinación con la secretaría de alcaldía. También puede escribirle a [alcaldia@munisanjacinto.example](mailto:alcaldia@munisanjacinto.example).
=== /concejo/ | Concejo Municipal | /
El Concejo Municipal está integrado por la alcaldesa y siete regidores, elegidos por voto popular para un periodo de cuatro años.
## Regidores
- Hernán Paredes Luján
- Marisol Tello Castro
- Óscar Benites Ruiz
- Yolanda Chávez Inga
- Pedro Rivas Olaya
- Carmen Huamán Soto
- Luis Alberto Vega
Las sesiones ordinarias se realizan el segundo y cuarto miércoles de cada mes y se transmiten por Canal 27 de televisión local. Los acuerdos y las actas están en [Actas y acuerdos](/concejo/actas/).
=== /concejo/actas/ | Actas y acuerdos de concejo | /concejo/
Actas de las sesiones ordinarias y acuerdos adoptados por el pleno. Cada documento lleva la firma de la secretaria general.
| Fecha | Documento |
| {d-13} | [Acta de sesión ordinaria 21](/docs/acta-sesion-21.pdf) |
| {d-27} | [Acta de sesión ordinaria 20](/docs/acta-sesion-20.pdf) |
| {d-41} | [Acuerdo de concejo 058](/docs/acuerdo-058.pdf) |
=== /directorio/ | Directorio de gerencias | /
Estas son las gerencias y oficinas de la municipalidad. Cada una tiene su página con teléfono, correo y responsable.
%children
=== /tramites/ | Trámites municipales | /
Seleccione el trámite que necesita. Los requisitos y costos figuran en el Texto Único de Procedimientos Administrativos (TUPA).
%children
=== /tramites/licencia-de-funcionamiento/ | Licencia de funcionamiento | /tramites/
Toda persona que abre una bodega, restaurante, taller u oficina en el distrito necesita licencia de funcionamiento antes de iniciar actividades.
Descargue el formato, llénelo y preséntelo en mesa de partes con copia de su RUC y la declaración jurada de condiciones de seguridad. El plazo de atención es de cuatro días hábiles para riesgo bajo y medio.
Costo: S/ 98,50 para locales de hasta 100 m².
- [Formato de solicitud – declaración jurada](/docs/formato-licencia-funcionamiento.docx)
=== /tramites/licencia-de-edificacion/ | Licencia de edificación | /tramites/
Para construir, ampliar o demoler debe contar con licencia de edificación. Las obras menores de 30 m² siguen la modalidad A, con aprobación automática.
Presente el FUE firmado por el propietario y el proyectista, planos de ubicación y arquitectura, y el comprobante de pago. La comisión técnica revisa los expedientes de modalidad C los martes.
- [FUE – Formulario Único de Edificación](/docs/fue-licencia.pdf)
- [Anexo D: predios en copropiedad](/docs/fue-anexo-d.pdf)
=== /tramites/partidas/ | Copias de partidas | /tramites/
El registro civil entrega copias certificadas de partidas de nacimiento, matrimonio y defunción inscritas en este distrito.
Acérquese a la ventanilla 3 con su documento de identidad, indique el nombre y el año aproximado de la inscripción, y pague S/ 12 en caja. La copia se entrega en el momento si el libro está digitalizado; de lo contrario, en dos días.
=== /tramites/matrimonio-civil/ | Matrimonio civil | /tramites/
Los contrayentes presentan partida de nacimiento, certificado médico y dos testigos que los conozcan por más de tres años. El edicto se publica durante ocho días hábiles.
La ceremonia se celebra en el salón consistorial los viernes y sábados.
=== /expediente/ | Consulta tu expediente | /tramites/
Ingrese el número y el año que aparecen en su cargo de mesa de partes para conocer en qué área está su trámite y qué falta.
%form GET /expediente/resultado/ | Número de expediente*=text | Año*=text | =Consultar
=== /expediente/resultado/ | Estado del expediente | /expediente/
Su expediente fue derivado a la gerencia competente. Verá aquí cada movimiento con fecha y hora.
=== /tributos/ | Impuesto predial y arbitrios | /
Los propietarios pagan el impuesto predial sobre el valor de su predio y los arbitrios de limpieza, parques y serenazgo. Hay cuatro cuotas: febrero, mayo, agosto y noviembre.
Con su código de contribuyente puede ver la deuda y pagar con tarjeta, sin venir a caja. La constancia de pago llega a su correo.
%form POST /tributos/pago/ | Código de contribuyente*=text | Correo electrónico*=email:email | Cuota=select:1,2,3,4 | =Pagar con tarjeta
=== /tributos/pago/ | Pago de tributos | /tributos/
Está por pagar con tarjeta su cuota. Revise el importe y continúe a la pasarela del banco; al terminar recibirá el número de operación.
=== /papeletas/ | Papeletas de tránsito | /
Si recibió una papeleta dentro del distrito, pague dentro de los siete días hábiles con descuento de 83 %. El pago se hace en la caja municipal o en las agencias del Banco de la Nación, con el número de papeleta.
Si no está de acuerdo, puede presentar su descargo por escrito en mesa de partes en cinco días hábiles.
=== /normas/ | Normas municipales | /
Aquí se publican las ordenanzas, decretos y resoluciones que emite la municipalidad.
## Ordenanzas
- [Ordenanza 012-{y}: tenencia responsable de mascotas](/docs/ordenanza-012.pdf)
- [Ordenanza 009-{y}: ruidos molestos](/docs/ordenanza-009.pdf)
- [Ordenanza 004-{y}: régimen de sanciones](/docs/ordenanza-004.pdf)
## Decretos de alcaldía
- [Decreto 03-{y}](/docs/decreto-03.pdf)
=== /presupuesto/ | Presupuesto institucional | /
El presupuesto institucional de apertura {y} asciende a S/ 41 826 300. El 38 % se destina a inversiones y el 22 % a limpieza y áreas verdes.
- [Presupuesto institucional de apertura {y} completo](/docs/pia-{y}.pdf)
- [Presupuesto institucional de apertura {y-1}](/docs/pia-{y-1}.pdf)
=== /acceso-informacion/ | Acceso a la información pública | /
Toda persona puede pedir información que la municipalidad posea, sin explicar para qué la necesita. Respondemos en diez días hábiles y solo se cobra la reproducción.
Imprima la solicitud, complétela y entréguela en mesa de partes. La funcionaria responsable es la abogada Nelly Cornejo.
- [Solicitud de acceso a la información (formato)](/docs/solicitud-acceso-informacion.pdf)
=== /contrataciones/ | Contrataciones | /
La oficina de logística conduce los procesos de selección. Pueden participar proveedores inscritos en el registro nacional, sin impedimento para contratar con el Estado.
Actualmente está convocada la licitación pública para la compra de dos camiones compactadores; la presentación de propuestas es el {d+12} en la sala de regidores. Las bases se recogen en la oficina de logística, segundo piso.
=== /convocatorias-cas/ | Convocatorias CAS | /
La municipalidad convoca a concurso para cubrir puestos bajo contrato administrativo de servicios.
| Puesto | Cierre | Bases |
| Especialista en tesorería | {d+9} | [Bases CAS 031](/docs/bases-cas-031.pdf) |
| Dos choferes de camión compactador | {d+9} | [Bases CAS 032](/docs/bases-cas-032.pdf) |
- [Ficha de postulación](/docs/ficha-postulacion.docx)
=== /presupuesto-participativo/ | Presupuesto participativo | /
Cada año las organizaciones vecinales deciden qué obras se hacen con el fondo participativo. Este año el fondo es de S/ 2,4 millones.
Los agentes participantes se inscriben en la gerencia de participación vecinal, asisten a dos talleres y priorizan las obras en asamblea.
- [Reglamento del proceso](/docs/reglamento-pp.pdf)
- [Ficha de propuesta de obra](/docs/ficha-propuesta-obra.pdf)
=== /audiencia/ | Audiencia pública | /
La municipalidad invita a los vecinos a la audiencia pública sobre el nuevo mercado de abastos, antes de que el concejo decida su ubicación. Será el {d+15} a las 6 p. m. en el coliseo cerrado.
Para hacer uso de la palabra, inscríbase con su documento al ingresar.
=== /limpieza-publica/ | Limpieza pública y recojo de residuos | /
El camión recolector pasa de lunes a sábado. Saque sus bolsas solo en el horario de su sector; las demás horas son motivo de sanción.
| Sector | Horario |
| Centro y Plaza de Armas | 8 p. m. a 10 p. m. |
| La Florida, Los Sauces | 6 a. m. a 8 a. m. |
| Anexos rurales | martes y viernes, 7 a. m. |
Las botellas y el cartón se entregan limpios a los recicladores formalizados los miércoles.
=== /cuna/ | Cuna municipal Los Jacintitos | /
La cuna recibe a niñas y niños de seis meses a tres años, hijos de madres y padres que trabajan. Funciona de lunes a viernes de 7 a. m. a 4 p. m.
Hay 60 vacantes. La inscripción se hace en enero, en el mismo local, con la partida del menor y el carné de vacunas.
=== /defensa-civil/ | Defensa civil | /directorio/
Ante una emergencia llame a serenazgo (044) 555-0911, a los bomberos 116 o a la policía 105. La línea de serenazgo atiende las 24 horas.
En temporada de lluvias, mantenga lista una mochila con agua, linterna y documentos, y no cruce las quebradas. Si siente un sismo fuerte, aléjese de las ventanas y vaya a la zona segura señalada en S.
=== /reportes/ | Alerta vecinal | /
¿Vio un bache, un poste apagado o basura acumulada? Indíquenos el lugar y adjunte una foto. Al enviar recibe un número de reporte para hacer seguimiento.
%form POST /reportes/enviado/ | Dirección o referencia del lugar*=text:street-address | Tipo de problema*=select:bache,alumbrado,basura,otro | Foto=file | Correo*=email:email | =Enviar reporte
=== /reportes/enviado/ | Reporte registrado | /reportes/
Gracias. Su reporte quedó registrado con el número que enviamos a su correo. La cuadrilla revisa el lugar en 72 horas.
=== /reclamaciones/ | Libro de reclamaciones | /
Si no está conforme con la atención recibida en nuestras oficinas, registre aquí su reclamo. Recibirá una copia con número de hoja y le responderemos en 30 días hábiles.
%form POST /reclamaciones/registrado/ | Nombres y apellidos*=text:name | Documento de identidad*=text | Correo*=email:email | Oficina*=text | Detalle del reclamo*=textarea | =Registrar reclamo
=== /reclamaciones/registrado/ | Reclamo registrado | /reclamaciones/
Su hoja de reclamación fue registrada. Guarde el número para cualquier consulta.
=== /contacto/ | Contacto y horario | /
Palacio municipal: Jr. Los Sauces 145, Plaza de Armas. [Ver en el mapa](https://www.openstreetmap.org/?mlat=-8.1&mlon=-79.0).
Atención en ventanillas: lunes a viernes de 8 a. m. a 4:30 p. m.; sábados de 8 a. m. a 12 m. (solo caja).
Escríbanos sus comentarios y sugerencias.
%form POST /contacto/gracias/ | Nombre*=text:name | Correo*=email:email | Mensaje*=textarea | =Enviar mensaje
=== /contacto/gracias/ | Mensaje recibido | /contacto/
Gracias por escribirnos. Responderemos en tres días hábiles.
=== /preguntas-frecuentes/ | Preguntas frecuentes | /
### ¿Puedo pagar mis arbitrios en partes?
Sí, puede solicitar fraccionamiento en la gerencia de rentas si su deuda supera S/ 300.
### ¿Qué hago si perdí mi cupón de pago?
Pida un duplicado en caja o consulte su deuda con el código de contribuyente.
### ¿Los adultos mayores tienen descuento?
Sí, se descuentan 50 UIT de la base del impuesto predial si tienen una sola vivienda.
=== /politica-de-privacidad/ | Política de privacidad | /
La Municipalidad Distrital de San Jacinto del Valle es titular del banco de datos personales de los usuarios de este portal y responsable de su tratamiento.
Recogemos nombre, número de documento, correo electrónico, teléfono y la dirección IP desde la que se conecta.
Los datos se utilizan para atender trámites, responder mensajes y emitir comprobantes, en cumplimiento de las funciones que la Ley Orgánica de Municipalidades asigna a la entidad. Se conservan durante el tiempo que sea necesario.
Usted puede pedir que le mostremos sus datos, que los corrijamos o que los eliminemos, y puede oponerse a su uso. Para ello envíe una solicitud con copia de su documento a [datospersonales@munisanjacinto.example](mailto:datospersonales@munisanjacinto.example); contestamos en veinte días hábiles.
=== /terminos/ | Términos de uso | /
Los textos, fotografías y logotipos de este portal pertenecen a la municipalidad. Se permite su reproducción citando la fuente.
=== /visitantes/ | San Jacinto para visitantes | /
A media hora de la costa, el valle ofrece queserías, la iglesia de 1783 y la caminata al mirador de Cruz Alta. La mejor época es de mayo a setiembre.
Los buses desde la capital de provincia llegan al terminal de la avenida Grau.
=== /agenda/ | Agenda de actividades | /
- {d+4}: Feria del queso y la tuna, plaza de armas, 9 a. m.
- {d+11}: Concierto de la banda municipal, glorieta, 7 p. m.
- {d+23}: Chocolatada para niños, coliseo cerrado, 10 a. m.
=== /buscar/ | Resultados de búsqueda | /
Escriba una palabra en el buscador de la cabecera.
=== /noticias/ | Noticias | /
%children
=== /noticias/concejo-aprobo-presupuesto/ | Concejo aprobó el presupuesto del próximo año | /noticias/ | news
{d-6}. Con cinco votos a favor, el concejo aprobó el presupuesto para {y+1}. El gasto ejecutado este año llegó a 71 %, informó la gerente municipal en la sesión.
La alcaldesa destacó la inversión en pistas y veredas.
=== /noticias/limpieza-rio-seco/ | Vecinos voluntarios limpiaron la ribera del río Seco | /noticias/ | news
{d-11}. Más de ochenta voluntarios retiraron dos toneladas de basura. La jornada terminó con un almuerzo comunal.
=== /noticias/alcaldesa-multa/ | Alcaldesa pagó una multa de tránsito | /noticias/ | news
{d-19}. La alcaldesa pagó la multa que recibió por estacionar frente al mercado y pidió disculpas. «La norma es igual para todos», dijo.
=== /noticias/plan-de-desarrollo/ | Inician talleres del plan de desarrollo | /noticias/ | news
{d-33}. La gerencia de planeamiento anunció que los talleres para el plan de desarrollo concertado empezarán el próximo año con apoyo de la universidad.
=== /noticias/campana-de-salud/ | Campaña médica gratuita con cita previa | /noticias/ | news
{d-38}. El hospital de la provincia atenderá en la losa deportiva. Las citas se reparten el mismo día desde las 7 a. m.
=== /noticias/estadio/ | Reabrió el estadio municipal | /noticias/ | news
{d-52}. Con un partido entre escolares reabrió el estadio, luego de ocho meses de obras. La tribuna tiene ahora 1 200 asientos.
=== /noticias/nueva-linea-de-buses/ | Empresa anuncia nueva línea de buses | /noticias/ | news
{d-64}. La empresa Turismo El Valle anunció que desde diciembre unirá el distrito con la costa. La municipalidad saludó la iniciativa.
=== /noticias/firma-digital/ | Alcaldesa participó en foro sobre firma digital | /noticias/ | news
{d-77}. En el foro regional se habló de identidad electrónica, firma digital e inteligencia artificial en las ciudades. San Jacinto estudia si se suma al programa.
=== /noticias/encuesta-nacional/ | Empezó la encuesta nacional de hogares | /noticias/ | news
{d-90}. Encuestadores del instituto de estadística visitarán 300 viviendas. La encuesta es voluntaria y sus resultados se conocerán en un año.
=== /noticias/peticion-hospital/ | Vecinos entregaron petición por el hospital | /noticias/ | news
{d-101}. Una comisión llevó al ministerio una petición con 4 000 firmas para ampliar el hospital provincial.
"""

OFFICES = [("rentas", "Gerencia de Rentas", "Walter Cueva", "0141"), ("obras", "Gerencia de Desarrollo Urbano", "Silvia Rengifo", "0142"), ("participacion", "Gerencia de Participación Vecinal", "Juan Ñaupari", "0143"), ("registro-civil", "Oficina de Registro Civil", "Elsa Minaya", "0144"), ("logistica", "Oficina de Logística", "Raúl Tafur", "0145"), ("ambiente", "Gerencia de Gestión Ambiental", "Nora Ayala", "0146"), ("serenazgo", "Subgerencia de Serenazgo", "Víctor Campos", "0147"), ("secretaria", "Secretaría General", "Nelly Cornejo", "0148")]


def extra():
    return "\n".join(f"=== /directorio/{slug}/ | {name} | /directorio/\nResponsable: {head}. Teléfono (044) 555-{phone}. Correo: [{slug}@munisanjacinto.example](mailto:{slug}@munisanjacinto.example).\nAtiende en el palacio municipal de lunes a viernes de 8 a. m. a 4:30 p. m." for slug, name, head, phone in OFFICES)


TRUTH = """
PS01 1 /politica-de-privacidad/
PS02 1 footer of every page
PS03 1 municipality named as holder
PS04 1 name, document number, e-mail, telephone, IP
PS05 1 purposes with the law on municipalities
PS06 0 "as long as necessary" only
PS07 0 silence about receivers
PS08 2 address for requests
PS15 0
PS16 0 menu entry '#'
PS17 0 news decoy only
PS18 0 news decoy only
US04 1 /visitantes/
US05 1
US06 1
US07 0
US09 1
US11 1
US12 2 labels, (obligatorio), autocomplete
US16 1
US17 1
US18 1
US19 2 news, no last change on ordinary pages
US20 0
CO01 1
CO02 1 /contacto/
CO03 2 /directorio/ with a page for each office
CO04 2 /concejo/actas/
CO05 1 names only
CO06 2 /normas/
CO07 0 menu '#', news decoy
CO08 2 /presupuesto/
CO09 0 menu '#', news decoy
CO10 0
CO11 0 menu '#'
CO12 1 link to a general map
CO13 1 /defensa-civil/
CO15 0
CO16 0
CO17 2 /convocatorias-cas/
CO18 1 /agenda/
CO20 1 news, no feed
SV02 3 /tributos/
SV03 1 /papeletas/
SV04 2 /tramites/licencia-de-edificacion/
SV05 2 /tramites/licencia-de-funcionamiento/
SV06 1 /tramites/partidas/
SV07 3 /expediente/
SV08 0 menu '#', news decoy
SV09 3 /reportes/
SV10 3 /reclamaciones/
SV11 1 /contrataciones/
SV12 0 menu '#'
SV13 2 /acceso-informacion/
SV14 1 /preguntas-frecuentes/
SV15 1 /cuna/
SV16 0 menu '#', news decoy
SV17 1 /limpieza-publica/
SV18 0 news decoy
EN01 3 /contacto/
EN02 2 /alcaldia/
EN03 0 menu '#'
EN04 0
EN05 2
EN06 0
EN07 1 /audiencia/
EN08 0
EN09 0
EN10 2 /presupuesto-participativo/
EN11 0 news decoy
EN14 0 menu '#', news decoy
EN15 0
EN16 1 /concejo/
EN18 1 messenger link
EN19 0 menu '#', news decoy
EN20 0
"""
