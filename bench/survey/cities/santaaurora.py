"""Santa Aurora do Ipê: a Brazilian prefeitura. Card grid, transparency portal folders, no notice on personal data at all."""

import datetime

LANG, LABELS, REQUIRED = "pt-BR", "for", " *"


def date(day: datetime.date):
    return f"{day.day:02}/{day.month:02}/{day.year}"


MENU = [("Início", "/"), ("A Prefeitura", "/prefeitura/"), ("Secretarias", "/secretarias/"), ("Serviços", "/servicos/"), ("Transparência", "/transparencia/"), ("Imprensa", "/imprensa/")]
CARDS = [("IPTU {y}", "/servicos/iptu/"), ("Segunda via da água", "/servicos/agua/"), ("Nota fiscal", "#"), ("Coleta de lixo", "#"), ("Alvará de construção", "#"), ("LGPD", "#"), ("Agenda cultural", "#"), ("Ouvidoria", "/ouvidoria/"), ("e-SIC", "/transparencia/esic/"), ("Matrícula escolar", "/servicos/matricula/")]


def layout(page, site):
    menu = "".join(f'<a class="nav-link" href="{href}">{text}</a> ' for text, href in MENU)
    cards = "".join(f'<div class="card"><a href="{href}"><span class="ico" aria-hidden="true"></span><span>{text}</span></a></div>' for text, href in CARDS)
    crumbs = "" if page.path == "/" else '<ol class="breadcrumb">' + "".join(f'<li class="breadcrumb-item"><a href="{p.path}">{p.title}</a></li>' for p in page.crumbs) + f'<li class="breadcrumb-item active">{page.title}</li></ol>'
    return f"""<!DOCTYPE html>
<html lang="pt-br">
<head><meta charset="utf-8"><title>{page.title} - Prefeitura de Santa Aurora do Ipê</title><meta name="viewport" content="width=device-width, initial-scale=1"><link href="/assets/app.css" rel="stylesheet"></head>
<body>
<header><nav class="navbar"><a class="navbar-brand" href="/">Prefeitura de Santa Aurora do Ipê</a> {menu}</nav></header>
<main class="container">{crumbs}<h1>{page.title}</h1>
{page.body}
</main>
<section class="cards"><h2>Acesso rápido</h2>{cards}</section>
<footer><p>Praça dos Tropeiros, 80 – Centro – Santa Aurora do Ipê. Telefone (35) 5555-0100. Atendimento de segunda a sexta, das 8h às 17h.</p>
<p><a href="/termos-de-uso/">Termos de uso</a> | <a href="/acessibilidade/">Acessibilidade</a> | <a href="/perguntas/">Perguntas frequentes</a> | <a href="https://www.instagram.com/prefsantaaurora">Instagram</a> | <a href="https://www.youtube.com/@prefsantaaurora">YouTube</a></p>
<div class="cookie-aviso"><p>Usamos cookies para melhorar sua experiência.</p><button>Ok</button></div></footer>
</body></html>"""


PAGES = """
=== / | Prefeitura de Santa Aurora do Ipê
A terra do ipê-amarelo dá as boas-vindas. Encontre aqui os serviços da cidade.
## Últimas notícias
- {d-1} – [Prefeito paga promessa e sobe a serra a pé](/imprensa/promessa/)
- {d-10} – [Câmara vota lei de proteção de dados](/imprensa/camara-lgpd/)
- {d-18} – [Caminhão de lixo novo chega à cidade](/imprensa/caminhao/)
=== /prefeitura/ | A Prefeitura | /
%children
=== /prefeitura/prefeito/ | O prefeito | /prefeitura/
Antônio Carlos Figueira, o Toninho da Serra, nasceu em Santa Aurora em 1968. Produtor de café, foi vereador por dois mandatos e assumiu a prefeitura em {y-1}. É casado e tem três filhas.
=== /prefeitura/camara/ | Vereadores | /prefeitura/
A Câmara Municipal tem nove vereadores: Ana Lúcia Prado, Benedito Ramos, Cláudio Sá, Dalva Nogueira, Elias Moura, Fabiana Reis, Gilson Tavares, Helena Brito e Ivo Santana.
As sessões acontecem às segundas-feiras, às 19h. As gravações deste ano podem ser assistidas no canal da Câmara:
- [Sessão ordinária de {d-8}](https://www.youtube.com/watch?v=camara38)
- [Sessão ordinária de {d-15}](https://www.youtube.com/watch?v=camara37)
=== /prefeitura/atas/ | Atas das sessões | /prefeitura/
Leia a ata de cada sessão da Câmara, aprovada na sessão seguinte.
- [Ata da sessão de {d-15}](/arquivos/ata-37.pdf)
- [Ata da sessão de {d-22}](/arquivos/ata-36.pdf)
=== /prefeitura/legislacao/ | Leis municipais | /prefeitura/
Pesquise por número, ano ou palavra. O texto mostra as alterações e vale como redação atual.
%form GET /prefeitura/legislacao/ | Palavra ou número da lei=text | Ano=text | =Pesquisar legislação
- [Lei Orgânica do Município, texto atualizado](/arquivos/lei-organica.pdf)
- [Código de Posturas, texto atualizado](/arquivos/codigo-posturas.pdf)
=== /prefeitura/ppa/ | Plano Plurianual {y}–{y+3} | /prefeitura/
O plano diz aonde a cidade quer chegar em quatro anos: escola em tempo integral, água em todos os bairros rurais e café com certificação.
- [Plano Plurianual completo](/arquivos/ppa.pdf)
=== /prefeitura/concursos/ | Concursos e processos seletivos | /prefeitura/
No momento não há concurso aberto. Quando houver, o edital será afixado no mural da prefeitura e os candidatos farão a inscrição na Secretaria de Administração.
=== /secretarias/ | Secretarias municipais | /
Cada secretaria tem sua página, com endereço, telefone e e-mail.
%children
=== /servicos/ | Serviços ao cidadão | /
%children
=== /servicos/iptu/ | IPTU {y} | /servicos/
Consulte o valor pelo número da inscrição do imóvel e pague com PIX ou cartão. Quem paga à vista até março tem 10% de desconto.
%form POST /ok/ | Inscrição imobiliária*=text | CPF do proprietário*=text | =Gerar PIX e pagar
=== /servicos/agua/ | Conta de água | /servicos/
O SAAE é a autarquia municipal de água e esgoto. Emita a segunda via e pague a conta agora, com PIX.
%form POST /ok/ | Número da ligação*=text | =Pagar conta de água
=== /servicos/multas/ | Multas de trânsito municipais | /servicos/
A notificação chega pelo correio. Para contestar, preencha o formulário de defesa prévia e entregue no Departamento de Trânsito com cópia da CNH.
- [Formulário de defesa prévia](/arquivos/defesa-previa.pdf)
=== /servicos/empresa/ | Abrir empresa | /servicos/
Primeiro faça a consulta de viabilidade do endereço na Secretaria da Fazenda. Depois apresente contrato social, CNPJ e laudo dos bombeiros para obter o alvará de funcionamento. O prazo é de cinco dias úteis.
=== /servicos/protocolo/ | Andamento do protocolo | /servicos/
Digite o número que está no seu comprovante e veja onde está o processo.
%form GET /servicos/protocolo/andamento/ | Número do protocolo*=text | =Consultar andamento
=== /servicos/protocolo/andamento/ | Situação do processo | /servicos/protocolo/
Processo em análise na secretaria responsável.
=== /servicos/atendimento/ | Agendar atendimento | /servicos/
O atendimento na Sala do Empreendedor e no Bolsa Família é com hora marcada. Ligue para (35) 5555-0150 e a atendente marca o dia.
=== /servicos/buraco/ | Buraco na rua e lâmpada queimada | /servicos/
Mande a rua, o número e uma foto para [zeladoria@santaaurora.example](mailto:zeladoria@santaaurora.example). A equipe de zeladoria atende em até cinco dias.
=== /servicos/zoneamento/ | Mapa de zoneamento e valor venal | /servicos/
Antes de comprar um lote, veja em que zona ele fica e qual é o valor do metro quadrado usado pela prefeitura.
- [Planta genérica de valores](/arquivos/planta-valores.pdf)
- [Mapa de zoneamento](/arquivos/mapa-zoneamento.pdf)
=== /servicos/matricula/ | Matrícula na rede municipal | /servicos/
Faça aqui a inscrição para creche, pré-escola e ensino fundamental. A lista de vagas sai em dezembro.
%form POST /ok/ | Nome da criança*=text | Data de nascimento*=date | Nome do responsável*=text:name | Telefone*=tel:tel | Escola preferida*=select:Ipê-Amarelo,Tropeiros,Serra Azul | =Inscrever
=== /servicos/onibus/ | Ônibus urbano | /servicos/
Três linhas ligam o centro ao Jardim das Flores, à rodoviária e à Serra Azul, das 5h30 às 22h. A passagem custa R$ 4,20 e idosos não pagam.
=== /servicos/ginasio/ | Reserva do ginásio | /servicos/
O ginásio pode ser usado por times da cidade à noite. Entregue o requerimento preenchido na Secretaria de Esportes com uma semana de antecedência.
- [Requerimento de uso do ginásio](/arquivos/requerimento-ginasio.pdf)
=== /servicos/conta/ | Conta do cidadão | /servicos/
Quem precisa enviar documentos à prefeitura recebe usuário e senha no balcão do protocolo, com RG e CPF. Não é possível criar a conta pela internet.
=== /servicos/defesa-civil/ | Defesa Civil | /servicos/
Emergência: ligue 199. Em chuva forte, saia de perto de barrancos e do córrego do Moinho. Se a sirene tocar, siga para o ponto de apoio.
- [Plano de contingência](/arquivos/plano-contingencia.pdf)
- [Pontos de apoio](/arquivos/pontos-apoio.pdf)
Para receber os avisos no celular, baixe o aplicativo [Aurora Alerta](https://play.google.com/store/apps/details?id=br.aurora.alerta).
=== /transparencia/ | Portal da Transparência | /
%children
=== /transparencia/orcamento/ | Orçamento {y} | /transparencia/
Receita prevista de R$ 118 milhões. Escolha a secretaria e a finalidade para ver quanto está previsto.
%form GET /transparencia/orcamento/ | Secretaria=select:Saúde,Educação,Obras | Finalidade=select:Pessoal,Investimento | Ano=select:{y},{y-1} | =Explorar orçamento
- [Lei Orçamentária Anual {y}](/arquivos/loa-{y}.pdf)
- [Orçamento em dados abertos (CSV)](/arquivos/orcamento-{y}.csv)
=== /transparencia/despesas/ | Despesas e pagamentos | /transparencia/
Veja cada pagamento feito pela prefeitura: para quem, quando e quanto.
%form GET /transparencia/despesas/ | Fornecedor=text | De=date | Até=date | =Pesquisar pagamentos
- [Pagamentos de {y} em CSV](/arquivos/pagamentos-{y}.csv)
- [Pagamentos de {y-1} em CSV](/arquivos/pagamentos-{y-1}.csv)
=== /transparencia/licitacoes/ | Licitações e contratos | /transparencia/
Todos os editais e resultados desde 2015 podem ser pesquisados por objeto, modalidade e situação.
%form GET /transparencia/licitacoes/ | Objeto=text | Situação=select:aberta,homologada,deserta | =Pesquisar licitações
- [Pregão 44/{y}: merenda escolar, abertura em {d+7} – edital](/arquivos/edital-pregao-44.pdf)
- [Pregão 41/{y}: pneus – homologado](/arquivos/homologacao-pregao-41.pdf)
=== /transparencia/esic/ | Pedido de informação (e-SIC) | /transparencia/
Você tem direito de pedir qualquer documento público. A resposta sai em 20 dias e pode ser recorrida.
%form POST /ok/ | Nome*=text:name | E-mail*=email:email | Que informação você deseja?*=textarea | =Enviar pedido de informação
=== /transparencia/dados/ | Dados abertos | /transparencia/
- [Escolas municipais (CSV)](/arquivos/escolas.csv)
- [Pontos de ônibus (CSV)](/arquivos/pontos-onibus.csv)
=== /transparencia/audiencia-loa/ | Audiência pública da LOA {y+1} | /transparencia/
A população está convidada a discutir o projeto de orçamento antes da votação: {d+13}, 18h30, no plenário da Câmara. Uma parte das obras (R$ 900 mil) será escolhida pelos presentes, no orçamento participativo.
=== /transparencia/pesquisa/ | Como você avalia o atendimento? | /transparencia/
Queremos saber se você saiu satisfeito da unidade de saúde ou do balcão da prefeitura. Responda em um minuto.
%form POST /ok/ | Unidade*=select:Saúde,Protocolo,Fazenda | Nota de 0 a 10*=number | =Enviar avaliação
=== /ouvidoria/ | Ouvidoria | /
Reclamações, denúncias, sugestões e elogios sobre o serviço público. Você recebe um número e acompanha a resposta.
%form POST /ok/ | Nome=text:name | E-mail*=email:email | Tipo*=select:Reclamação,Denúncia,Sugestão,Elogio | Relato*=textarea | =Registrar manifestação
=== /ok/ | Recebemos seu pedido | /
Anote o número do protocolo que aparece na tela e no e-mail.
=== /termos-de-uso/ | Termos de uso | /
O conteúdo deste site pode ser reproduzido, desde que citada a fonte. A marca do município é protegida por lei.
=== /acessibilidade/ | Acessibilidade | /
Este site segue o Modelo de Acessibilidade em Governo Eletrônico (eMAG) e as diretrizes WCAG 2.1, nível A. Imagens têm descrição e o contraste foi revisto.
=== /perguntas/ | Perguntas frequentes | /
### Onde pago o IPTU em dinheiro?
Na lotérica da praça, com o boleto.
### Como recebo o cartão do idoso no ônibus?
Leve RG e uma foto à rodoviária.
### O que é valor venal?
É a base do cálculo do IPTU.
=== /imprensa/ | Imprensa | /
%children
=== /imprensa/promessa/ | Prefeito paga promessa e sobe a serra a pé | /imprensa/ | news
{d-1} – Depois da chuva que salvou a safra, o prefeito caminhou 14 km até a capela. Voluntários distribuíram água no caminho.
=== /imprensa/camara-lgpd/ | Câmara vota lei de proteção de dados | /imprensa/ | news
{d-10} – Os vereadores discutem como o município vai cumprir a LGPD. A política de privacidade do portal deve sair no ano que vem, disse o relator.
=== /imprensa/caminhao/ | Caminhão de lixo novo chega à cidade | /imprensa/ | news
{d-18} – Com câmera de ré e prensa, o caminhão substitui o veículo de 2004.
=== /imprensa/construcao/ | Construção civil contrata 120 pessoas | /imprensa/ | news
{d-29} – O setor cresce com o novo condomínio. Alvarás emitidos somam 64 no ano.
=== /imprensa/festa-ipe/ | Festa do Ipê reuniu 9 mil pessoas | /imprensa/ | news
{d-40} – Shows, barracas e o concurso da rainha. A próxima edição ainda não tem data.
=== /imprensa/abaixo-assinado/ | Moradores fazem abaixo-assinado por passarela | /imprensa/ | news
{d-51} – A rodovia é do estado. O documento com 800 nomes foi entregue ao governador.
=== /imprensa/consulta-estado/ | Estado publica resultado de consulta sobre pedágio | /imprensa/ | news
{d-63} – O governo do estado ouviu 3 mil pessoas em toda a região sul.
=== /imprensa/boletim-medico/ | Boletim da dengue: 12 casos na semana | /imprensa/ | news
{d-74} – A Secretaria de Saúde pede que todos esvaziem pneus e vasos.
=== /imprensa/robo/ | Alunos criam robô que responde perguntas | /imprensa/ | news
{d-85} – O assistente com inteligência artificial venceu a feira de ciências da escola Serra Azul.
"""

NAMES = [("saude", "Saúde", "Márcia Leal", 210), ("educacao", "Educação", "Rogério Pinho", 220), ("fazenda", "Fazenda", "Sônia Vidal", 230), ("obras", "Obras e Urbanismo", "Dirceu Lobo", 240), ("cultura", "Cultura e Turismo", "Íris Campos", 250), ("meio-ambiente", "Meio Ambiente", "Caio Ferraz", 260), ("esportes", "Esportes", "Lia Barros", 270)]


def extra():
    return "\n".join(f"=== /secretarias/{slug}/ | Secretaria de {name} | /secretarias/\nTitular: {head}. Praça dos Tropeiros, 80, sala {phone}. Telefone (35) 5555-0{phone}. E-mail: [{slug}@santaaurora.example](mailto:{slug}@santaaurora.example)." for slug, name, head, phone in NAMES)


TRUTH = """
PS01 0 terms speak of copyright, '#', news decoy
PS02 0
PS03 0
PS04 0
PS05 0
PS06 0
PS07 0
PS08 0
PS09 0
PS15 0
PS16 1 /servicos/conta/
PS17 0
PS18 0 news decoy
US05 1
US06 1
US07 0
US09 1
US11 1
US14 0 no search of the whole site
US16 1
US17 1
US18 1
US19 2
US20 0
CO01 1
CO02 1
CO03 2
CO04 2
CO05 1
CO06 3
CO07 2
CO08 3
CO09 3
CO10 0
CO11 2
CO15 1
CO16 0
CO17 1
CO18 0 '#', news decoy
CO19 2 CSV for more than one in ten
CO20 1
SV01 3
SV02 3
SV03 2
SV04 0 '#', news decoy
SV05 1
SV07 3
SV08 1
SV09 2
SV10 3
SV11 3
SV12 2
SV13 3
SV14 1
SV15 3
SV16 1
SV17 0 '#', news decoy
SV18 2
EN01 3 /ouvidoria/ takes suggestions
EN02 0 no contact on the mayor's page
EN03 0 news decoy
EN04 2 app link on /servicos/defesa-civil/
EN05 2
EN06 0
EN07 1
EN08 0 news decoy
EN09 0
EN10 1 inside /transparencia/audiencia-loa/
EN11 0 news decoy
EN14 0
EN15 1
EN16 2
EN18 0
EN19 0 news decoy
EN20 0
"""
