//! The same small town in several languages and scripts.

use super::town::{Town, expect_found, expect_none, expect_value};

#[test]
fn an_italian_comune_is_read() {
    let report = Town::new("it", "Comune di Esempio")
        .menu(&[("/privacy", "Informativa privacy"), ("/bilanci", "Bilanci"), ("/segnalazione", "Segnala un disservizio"), ("/multe", "Pagare una multa"), ("/appuntamento", "Prenotazione appuntamento")])
        .page("/", "Comune di Esempio", "<p>Benvenuti nel sito ufficiale del Comune di Esempio, con servizi e notizie per i cittadini.</p>")
        .page("/privacy", "Informativa sul trattamento dei dati personali", "<p>Il titolare del trattamento è il Comune di Esempio. I dati personali sono trattati ai sensi del Regolamento UE 2016/679 per finalità istituzionali.</p><p>I dati sono conservati per il tempo necessario; periodo di conservazione: due anni. Gli interessati hanno il diritto di accesso, rettifica e cancellazione.</p>")
        .page("/bilanci", "Bilanci", "<p>Il bilancio di previsione con entrate e spese dell'esercizio, gli stanziamenti e il rendiconto della gestione.</p><a href=\"/b.pdf\">Bilancio di previsione 2026</a>")
        .page("/segnalazione", "Segnala un disservizio", "<p>Segnala una buca, un lampione spento o un problema nella strada.</p><form method=\"post\"><label for=\"a\">Descrizione</label><textarea id=\"a\" name=\"d\"></textarea><label for=\"b\">Email</label><input id=\"b\" type=\"email\"><button>Invia segnalazione</button></form>")
        .raw("/b.pdf", 200, "application/pdf", "%PDF")
        .raw("/multe", 404, "text/html", "no")
        .raw("/appuntamento", 404, "text/html", "no")
        .report();
    expect_value(&report, "topic:privacy-policy", 1);
    expect_value(&report, "topic:budget", 2);
    expect_value(&report, "topic:report-problem", 3);
    expect_found(&report, "clause:controller", 1);
    expect_none(&report, "topic:pay-fines");
    expect_none(&report, "topic:appointments");
}

fn korean() -> Town {
    Town::new("ko", "보기시청")
        .menu(&[("/privacy.do", "개인정보처리방침"), ("/budget.do", "예산서"), ("/minwon.do", "민원상담"), ("/tax.do", "지방세 납부"), ("/sitemap.do", "사이트맵")])
        .page("/", "보기시청", "<p>보기시청 누리집에 오신 것을 환영합니다. 시민을 위한 소식과 서비스를 안내합니다.</p>")
        .page("/privacy.do", "개인정보 처리방침", "<p>보기시는 정보주체의 자유와 권리 보호를 위해 개인정보 보호법에 따라 개인정보를 처리하고 있습니다.</p><p>개인정보의 처리 목적: 민원 처리. 개인정보의 처리 및 보유 기간은 3년입니다. 정보주체는 개인정보 열람, 정정, 삭제를 요구할 수 있습니다.</p>")
        .page("/budget.do", "예산서", "<p>2026년도 세입 세출 예산을 공개합니다. 회계연도 일반회계와 특별회계의 세입과 세출 총액입니다.</p><a href=\"/files/budget.hwp\">2026년도 예산서</a>")
        .raw("/tax.do", 404, "text/html", "없음")
}

#[test]
fn a_language_without_words_is_unknown_not_absent() {
    let report = Town::new("fi", "Esimerkkikaupunki")
        .page("/", "Esimerkkikaupunki", "<p>Tervetuloa Esimerkkikaupungin verkkosivuille, joilta löydät kaupungin palvelut, päätökset ja tapahtumat asukkaille ja yrityksille.</p>")
        .page("/tietosuoja", "Tietosuojaseloste", "<p>Kaupunki käsittelee henkilötietoja tietosuojalain mukaisesti ja säilyttää niitä vain niin kauan kuin se on tarpeellista palvelun antamiseksi.</p>")
        .report();
    for rule in ["topic:privacy-policy", "fact:policy-everywhere"] {
        let judged = super::town::by_rule(&report, rule);
        assert_eq!(judged.state, survey_assess::State::NotAssessable, "{judged:?}");
    }
    assert!(super::town::by_rule(&report, "clause:purpose").confidence <= 0.2);
}

#[test]
fn a_korean_city_is_read() {
    let report = korean().raw("/files/budget.hwp", 200, "application/x-hwp", "hwp").report();
    expect_value(&report, "topic:privacy-policy", 1);
    expect_value(&report, "topic:budget", 2);
    expect_found(&report, "clause:retention", 1);
    expect_none(&report, "topic:pay-taxes");
}

#[test]
fn a_page_in_cp949_is_read() {
    let town = korean();
    let html = town.html("개인정보 처리방침", "<p>보기시는 개인정보 보호법에 따라 정보주체의 개인정보를 처리합니다. 개인정보의 처리 목적과 보유 기간, 열람 및 정정 요구 방법을 알려 드립니다.</p>").replace("<meta charset=\"utf-8\">", "");
    let (bytes, _, _) = encoding_rs::EUC_KR.encode(&html);
    let report = town.raw("/privacy.do", 200, "text/html; charset=cp949", bytes.into_owned()).report();
    expect_value(&report, "topic:privacy-policy", 1);
    let quote = &super::town::by_rule(&report, "topic:privacy-policy").evidence[0].quote;
    assert!(quote.contains("개인정보"), "{quote}");
}

#[test]
fn a_japanese_city_is_read() {
    let report = Town::new("ja", "見本市")
        .menu(&[("/privacy/", "個人情報保護方針"), ("/yosan/", "予算"), ("/gomi/", "ごみの分別"), ("/iken/", "市へのご意見"), ("/saiyo/", "職員採用")])
        .page("/", "見本市", "<p>見本市公式ホームページへようこそ。くらしの情報とお知らせを掲載しています。</p>")
        .page("/privacy/", "個人情報の取り扱いについて", "<p>見本市では、個人情報の保護に関する法律に基づき、個人情報を適切に取り扱います。利用目的の範囲内で利用し、第三者に提供しません。</p>")
        .page("/yosan/", "令和8年度当初予算", "<p>一般会計の歳入と歳出の予算の概要です。予算書と財政の状況をお知らせします。</p><a href=\"/yosan/r8.pdf\">令和8年度予算書（PDF）</a>")
        .raw("/yosan/r8.pdf", 200, "application/pdf", "%PDF")
        .raw("/saiyo/", 404, "text/html", "なし")
        .raw("/gomi/", 404, "text/html", "なし")
        .report();
    expect_value(&report, "topic:privacy-policy", 1);
    expect_value(&report, "topic:budget", 2);
    expect_none(&report, "topic:jobs");
    expect_none(&report, "topic:waste");
}

#[test]
fn an_arabic_city_is_read() {
    let report = Town::new("ar", "بلدية المثال")
        .menu(&[("/privacy", "سياسة الخصوصية"), ("/budget", "الميزانية"), ("/complaints", "تقديم شكوى"), ("/jobs", "الوظائف الشاغرة")])
        .page("/", "بلدية المثال", "<p>مرحبا بكم في الموقع الرسمي لبلدية المثال، حيث تجدون الخدمات والأخبار التي تهم السكان والزوار.</p>")
        .page("/privacy", "سياسة الخصوصية", "<p>تلتزم البلدية بحماية البيانات الشخصية والمعلومات الشخصية للمستخدمين. يتم جمع البيانات لغرض تقديم الخدمات ولا تتم مشاركة المعلومات مع أطراف ثالثة.</p>")
        .page("/complaints", "تقديم شكوى", "<p>يمكنكم تقديم شكوى أو بلاغ إلى البلدية وسيتم الرد على الشكوى خلال خمسة أيام.</p><form method=\"post\"><label for=\"a\">نص الشكوى</label><textarea id=\"a\" name=\"t\"></textarea><label for=\"b\">البريد الإلكتروني</label><input id=\"b\" type=\"email\"><button>إرسال</button></form>")
        .raw("/jobs", 404, "text/html", "لا")
        .raw("/budget", 404, "text/html", "لا")
        .report();
    expect_value(&report, "topic:privacy-policy", 1);
    expect_value(&report, "topic:complaints", 3);
    expect_none(&report, "topic:jobs");
    expect_none(&report, "topic:budget");
}

/// A page of an old site: one title for all, headlines without markup, and the path to the page in a label of its own.
fn old(site: &str, path: &str, headline: &str, text: &str) -> String {
    let menu = "<ul><li><a href=\"/\">Inicio</a></li><li><a href=\"/privacidad\">Privacidad</a></li><li><a href=\"/mayor\">Plaza Mayor</a></li></ul>";
    format!(
        "<!doctype html><html lang=\"es\"><head><meta charset=\"utf-8\"><title>{site}</title><link rel=\"alternate\" hreflang=\"en\" href=\"/en/{path}\"></head><body><div>{menu}</div><nav aria-label=\"Está aquí: {headline}\"><ol><li><a href=\"/\">Inicio</a></li><li>{headline}</li></ol></nav><div><p><b>{headline}</b></p>{text}</div></body></html>"
    )
}

/// `twins`: each page names its own version in English, or all name the same one.
fn ayuntamiento(twins: bool) -> Town {
    let mut town = Town::new("es", "Ayuntamiento de Ejemplo");
    let notice = "<p>Esta página cuenta qué hace el Ayuntamiento con los datos sobre usted cuando visita el sitio o usa un formulario, y quién responde de ellos.</p>";
    let about = "<p>El Ayuntamiento cuida la plaza, las calles y los jardines de la villa, y organiza el mercado de los jueves y las fiestas de otoño.</p>";
    for (path, headline, text) in
        [("", "Bienvenidos", about), ("privacidad", "Privacidad", notice), ("mayor", "Plaza Mayor", about)]
    {
        let english = if twins { path } else { "" };
        town = town.raw(
            &format!("/{path}"),
            200,
            "text/html; charset=utf-8",
            old("Ayuntamiento de Ejemplo", english, headline, text),
        );
    }
    for number in 0..8 {
        let text = format!(
            "<p>Las obras de la calle número {number} empiezan en otoño y los vecinos reciben un aviso por carta antes.</p>"
        );
        let (path, english) =
            (format!("obras-{number}"), if twins { format!("works-{number}") } else { String::new() });
        town = town.raw(
            &format!("/{path}"),
            200,
            "text/html; charset=utf-8",
            old("Ayuntamiento de Ejemplo", &english, &format!("Obras {number}"), &text),
        );
    }
    town
}

#[test]
fn a_headline_without_markup_and_a_label_that_says_where_one_is_are_read() {
    let report = ayuntamiento(true).report();
    expect_value(&report, "topic:privacy-policy", 1);
    expect_value(&report, "fact:breadcrumbs", 1);
}

#[test]
fn one_page_named_as_the_translation_of_all_is_one_page() {
    expect_value(&ayuntamiento(true).report(), "fact:languages", 2);
    expect_none(&ayuntamiento(false).report(), "fact:languages");
    let read = |mut town: Town| {
        for number in 0..6 {
            let text = format!(
                "<html lang=\"en\"><title>Works {number}</title><h1>Works {number}</h1><p>The works in street number {number} begin in autumn, and the neighbours are told by letter before.</p></html>"
            );
            town = town.raw(&format!("/en/works-{number}"), 200, "text/html; charset=utf-8", text);
        }
        town
    };
    expect_value(&read(ayuntamiento(true)).report(), "fact:languages", 3);
}
