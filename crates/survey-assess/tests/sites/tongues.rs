//! One small town in each of nine more languages; its words were written before and beside the word lists.

use super::town::{Town, expect_found, expect_none, expect_value};

struct Words {
    code: &'static str,
    town: &'static str,
    welcome: &'static str,
    /// Menu word, title, paragraphs: it names who is responsible and what rights there are.
    privacy: (&'static str, &'static str, &'static str),
    budget: (&'static str, &'static str, &'static str),
    budget_document: &'static str,
    problem: (&'static str, &'static str, &'static str),
    /// Labels of a text, a mail address and a button.
    form: (&'static str, &'static str, &'static str),
    /// A menu word whose page is not there.
    jobs: &'static str,
    waste: (&'static str, &'static str, &'static str),
}

fn is_read(words: &Words) {
    let (text, mail, send) = words.form;
    let form = format!(
        "<form method=\"post\"><label for=\"a\">{text}</label><textarea id=\"a\" name=\"d\"></textarea><label for=\"b\">{mail}</label><input id=\"b\" type=\"email\"><button>{send}</button></form>"
    );
    let report = Town::new(words.code, words.town)
        .menu(&[
            ("/a1", words.privacy.0),
            ("/a2", words.budget.0),
            ("/a3", words.problem.0),
            ("/a4", words.jobs),
            ("/a5", words.waste.0),
        ])
        .page("/", words.town, &format!("<p>{}</p>", words.welcome))
        .page("/a1", words.privacy.1, words.privacy.2)
        .page(
            "/a2",
            words.budget.1,
            &format!("<p>{}</p><a href=\"/b.pdf\">{}</a>", words.budget.2, words.budget_document),
        )
        .page("/a3", words.problem.1, &format!("<p>{}</p>{form}", words.problem.2))
        .page("/a5", words.waste.1, &format!("<p>{}</p>", words.waste.2))
        .raw("/b.pdf", 200, "application/pdf", "%PDF")
        .raw("/a4", 404, "text/html", "-")
        .report();
    expect_value(&report, "topic:privacy-policy", 1);
    expect_value(&report, "topic:budget", 2);
    expect_value(&report, "topic:report-problem", 3);
    expect_value(&report, "topic:waste", 1);
    for clause in ["clause:controller", "clause:purpose", "clause:retention", "clause:rights", "clause:complaint"] {
        expect_found(&report, clause, 1);
    }
    expect_none(&report, "topic:jobs");
    expect_none(&report, "topic:petitions");
}

#[test]
fn a_russian_city_is_read() {
    is_read(&Words {
        code: "ru",
        town: "Администрация города Примерска",
        welcome: "Добро пожаловать на официальный сайт администрации города Примерска. Здесь собраны новости и услуги для жителей и гостей.",
        privacy: (
            "Политика конфиденциальности",
            "Политика обработки персональных данных",
            "<p>Оператором персональных данных является администрация города Примерска. Обработка ведётся в целях рассмотрения обращений граждан на основании Федерального закона № 152-ФЗ.</p><p>Срок хранения данных составляет пять лет, после чего они уничтожаются.</p><p>Вы имеете право получить доступ к своим данным, требовать их уточнения или удаления. Жалобу можно направить в Роскомнадзор.</p>",
        ),
        budget: (
            "Бюджет",
            "Бюджет города на 2026 год",
            "Доходы бюджета составят 3 млрд рублей, расходы – 3,2 млрд рублей. Дефицит бюджета покрывается остатками средств.",
        ),
        budget_document: "Решение о бюджете на 2026 год",
        problem: (
            "Сообщить о проблеме",
            "Сообщить о проблеме в городе",
            "Яма на дороге, не горит фонарь, не вывезли мусор? Опишите проблему, укажите адрес и приложите фото.",
        ),
        form: ("Описание", "Электронная почта", "Отправить"),
        jobs: "Вакансии",
        waste: (
            "Вывоз мусора",
            "Вывоз мусора и раздельный сбор",
            "Контейнеры для твёрдых отходов вывозят по графику: мусор по понедельникам, вторсырьё по четвергам. Крупные отходы примут на площадке.",
        ),
    });
}

#[test]
fn a_polish_city_is_read() {
    is_read(&Words {
        code: "pl",
        town: "Urząd Miasta Przykładowo",
        welcome: "Witamy na oficjalnej stronie miasta Przykładowo. Znajdziesz tu wiadomości i usługi dla mieszkańców oraz przedsiębiorców.",
        privacy: (
            "Ochrona danych osobowych",
            "Klauzula informacyjna RODO",
            "<p>Administratorem Pani/Pana danych osobowych jest Prezydent Miasta Przykładowo. Dane przetwarzamy w celu załatwienia sprawy, na podstawie art. 6 ust. 1 lit. c RODO.</p><p>Dane będą przechowywane przez pięć lat.</p><p>Przysługuje Pani/Panu prawo dostępu do danych, ich sprostowania i usunięcia oraz prawo wniesienia skargi do Prezesa Urzędu Ochrony Danych Osobowych.</p>",
        ),
        budget: (
            "Budżet miasta",
            "Budżet miasta na rok 2026",
            "Dochody budżetu wyniosą 310 mln zł, wydatki 325 mln zł. Deficyt pokryją przychody z kredytu, a na inwestycje trafi 60 mln zł.",
        ),
        budget_document: "Uchwała budżetowa na 2026 rok",
        problem: (
            "Zgłoś awarię",
            "Zgłoś awarię lub usterkę",
            "Dziura w drodze, niedziałająca lampa albo przepełniony kosz? Opisz problem, podaj lokalizację i dodaj zdjęcie.",
        ),
        form: ("Opis", "Adres e-mail", "Wyślij zgłoszenie"),
        jobs: "Oferty pracy",
        waste: (
            "Odpady",
            "Harmonogram odbioru odpadów",
            "Pojemniki z odpadami zmieszanymi odbieramy w poniedziałki, segregowane śmieci w czwartki. Duże rzeczy przyjmie PSZOK.",
        ),
    });
}

#[test]
fn a_turkish_city_is_read() {
    is_read(&Words {
        code: "tr",
        town: "Örnekköy Belediyesi",
        welcome: "Örnekköy Belediyesinin resmî internet sitesine hoş geldiniz. Burada kentimizle ilgili haberleri ve hizmetleri bulabilirsiniz.",
        privacy: (
            "KVKK",
            "KİŞİSEL VERİLERİN KORUNMASI AYDINLATMA METNİ",
            "<p>Veri sorumlusu Örnekköy Belediyesidir. Kişisel verileriniz başvurularınızı sonuçlandırmak amacıyla 6698 sayılı Kanuna göre işlenir.</p><p>Verileriniz beş yıl süreyle saklanır, ardından imha edilir.</p><p>İlgili kişi olarak verilerinizin düzeltilmesini ve silinmesini isteme hakkına sahipsiniz. Kişisel Verileri Koruma Kuruluna şikâyette bulunabilirsiniz.</p>",
        ),
        budget: (
            "Bütçe",
            "2026 Yılı Belediye Bütçesi",
            "Gelir bütçesi 900 milyon TL, gider bütçesi 950 milyon TL olarak kabul edilmiştir. Yatırım ödenekleri aşağıdadır.",
        ),
        budget_document: "2026 yılı bütçesi",
        problem: (
            "İstek ve Şikayet",
            "Sorun bildir",
            "Yolda çukur, yanmayan sokak lambası ya da toplanmayan çöp mü var? Talebinizi yazın, konumu ve fotoğrafı ekleyin.",
        ),
        form: ("Açıklama", "E-posta", "Gönder"),
        jobs: "İş İlanları",
        waste: (
            "Çöp Toplama",
            "Çöp toplama saatleri ve geri dönüşüm",
            "Konteynerler her gün saat 20.00'den sonra boşaltılır. Ambalaj atıkları salı günleri ayrı toplanır, geri dönüşüm noktaları haritadadır.",
        ),
    });
}
