//! One small town in each of nine more languages. Who wrote the word lists wrote the towns too: this shows that the lists
//! are read, not how much of a language they know.

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
            ("/page-1", words.privacy.0),
            ("/page-2", words.budget.0),
            ("/page-3", words.problem.0),
            ("/page-4", words.jobs),
            ("/page-5", words.waste.0),
        ])
        .page("/", words.town, &format!("<p>{}</p>", words.welcome))
        .page("/page-1", words.privacy.1, &format!("{}<p>privacy@town.example</p>", words.privacy.2))
        .page(
            "/page-2",
            words.budget.1,
            &format!("<p>{}</p><a href=\"/b.pdf\">{}</a>", words.budget.2, words.budget_document),
        )
        .page("/page-3", words.problem.1, &format!("<p>{}</p>{form}", words.problem.2))
        .page("/page-5", words.waste.1, &format!("<p>{}</p>", words.waste.2))
        .raw("/b.pdf", 200, "application/pdf", "%PDF")
        .raw("/page-4", 404, "text/html", "-")
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
            "Контейнеры для твёрдых отходов вывозят по графику: смешанный мусор по понедельникам, вторсырьё по четвергам. Старую мебель и другие крупные отходы бесплатно принимают на площадке у рынка каждый день, кроме воскресенья.",
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

#[test]
fn a_ukrainian_city_is_read() {
    is_read(&Words {
        code: "uk",
        town: "Прикладівська міська рада",
        welcome: "Ласкаво просимо на офіційний сайт Прикладівської міської ради. Тут зібрано новини та послуги для мешканців і гостей громади.",
        privacy: (
            "Захист персональних даних",
            "Обробка персональних даних на сайті",
            "<p>Володільцем персональних даних є Прикладівська міська рада. Дані обробляють з метою розгляду звернень, відповідно до Закону України «Про захист персональних даних».</p><p>Дані зберігаються протягом п'яти років, після чого їх знищують.</p><p>Ви маєте право на доступ до своїх даних, їх виправлення та видалення. Скаргу можна подати Уповноваженому Верховної Ради України з прав людини.</p>",
        ),
        budget: (
            "Бюджет",
            "Бюджет громади на 2026 рік",
            "Доходи бюджету становитимуть 310 млн грн, видатки – 325 млн грн. Дефіцит покривають залишки коштів, а трансферти з державного бюджету наведено в додатку.",
        ),
        budget_document: "Рішення про бюджет на 2026 рік",
        problem: (
            "Повідомити про проблему",
            "Повідомити про проблему",
            "Яма на дорозі, не світить ліхтар чи не вивезли сміття? Опишіть проблему, вкажіть адресу та додайте фото.",
        ),
        form: ("Опис", "Електронна пошта", "Надіслати"),
        jobs: "Вакансії",
        waste: (
            "Вивезення сміття",
            "Вивезення сміття та сортування",
            "Контейнери з побутовими відходами вивозять за графіком: змішане сміття щопонеділка, вторсировину щочетверга. Старі меблі безкоштовно приймають на майданчику біля ринку.",
        ),
    });
}

#[test]
fn a_czech_city_is_read() {
    is_read(&Words {
        code: "cs",
        town: "Město Příkladov",
        welcome: "Vítejte na oficiálních stránkách města Příkladov. Najdete zde zprávy a služby pro občany, podnikatele i návštěvníky města.",
        privacy: (
            "GDPR",
            "Ochrana osobních údajů",
            "<p>Správcem osobních údajů je město Příkladov. Údaje zpracováváme za účelem vyřízení vaší žádosti, na základě zákona o obcích a podle nařízení GDPR.</p><p>Údaje uchováváme po dobu pěti let podle spisového řádu.</p><p>Máte právo na přístup k údajům, na jejich opravu a výmaz. Stížnost můžete podat u Úřadu pro ochranu osobních údajů.</p>",
        ),
        budget: (
            "Rozpočet",
            "Rozpočet města na rok 2026",
            "Příjmy rozpočtu činí 310 mil. Kč, výdaje 325 mil. Kč. Schodek kryje financování z minulých let, na kapitálové výdaje jde 60 mil. Kč.",
        ),
        budget_document: "Schválený rozpočet 2026",
        problem: (
            "Hlášení závad",
            "Nahlásit závadu",
            "Výtluk v silnici, nesvítící lampa nebo přeplněný koš? Popište závadu, uveďte místo a přidejte foto.",
        ),
        form: ("Popis", "E-mail", "Odeslat hlášení"),
        jobs: "Volná pracovní místa",
        waste: (
            "Svoz odpadu",
            "Svoz a třídění odpadu",
            "Popelnice se směsným odpadem vyvážíme v pondělí, tříděný odpad ve čtvrtek. Velké věci přijme sběrný dvůr u nádraží každý den kromě neděle.",
        ),
    });
}

#[test]
fn a_swedish_city_is_read() {
    is_read(&Words {
        code: "sv",
        town: "Exempelköpings kommun",
        welcome: "Välkommen till Exempelköpings kommuns officiella webbplats. Här finns nyheter och tjänster för dig som bor, arbetar eller är på besök hos oss.",
        privacy: (
            "Personuppgifter",
            "Så hanterar vi dina personuppgifter",
            "<p>Kommunstyrelsen är personuppgiftsansvarig. Ändamålet med behandlingen är att handlägga ditt ärende, och den rättsliga grunden är ett uppdrag av allmänt intresse enligt GDPR.</p><p>Uppgifterna sparas i fem år och gallras sedan.</p><p>Du har rätt till rättelse, radering och registerutdrag. Du kan lämna klagomål till Integritetsskyddsmyndigheten.</p>",
        ),
        budget: (
            "Budget",
            "Kommunens budget 2026",
            "Intäkterna beräknas till 310 miljoner kronor och kostnaderna till 325 miljoner kronor. Investeringar görs för 60 miljoner och skatten är oförändrad.",
        ),
        budget_document: "Budget 2026 med flerårsplan",
        problem: (
            "Felanmälan",
            "Gör en felanmälan",
            "Har du sett ett hål i vägen, en trasig gatlampa eller skräp? Beskriv felet, ange plats och bifoga gärna foto.",
        ),
        form: ("Beskrivning", "E-post", "Skicka"),
        jobs: "Lediga jobb",
        waste: (
            "Sopor",
            "Avfall och återvinning",
            "Kärlen med restavfall töms på måndagar och matavfall på torsdagar. Sorterat avfall och gamla möbler lämnas på återvinningscentralen vid stationen, alla dagar utom söndag.",
        ),
    });
}

#[test]
fn a_vietnamese_city_is_read() {
    is_read(&Words {
        code: "vi",
        town: "Cổng thông tin thành phố Ví Dụ",
        welcome: "Chào mừng bạn đến với cổng thông tin điện tử thành phố Ví Dụ, nơi đăng tải tin tức và dịch vụ dành cho người dân và doanh nghiệp.",
        privacy: (
            "Chính sách bảo mật",
            "CHÍNH SÁCH BẢO MẬT THÔNG TIN",
            "<p>Bên kiểm soát dữ liệu cá nhân là Ủy ban nhân dân thành phố Ví Dụ. Thông tin cá nhân được thu thập nhằm mục đích giải quyết hồ sơ, theo quy định của pháp luật.</p><p>Thời gian lưu trữ dữ liệu cá nhân là 5 năm.</p><p>Bạn có quyền truy cập, chỉnh sửa và xóa dữ liệu của mình, và có quyền khiếu nại với cơ quan có thẩm quyền.</p>",
        ),
        budget: (
            "Công khai ngân sách",
            "Công khai dự toán ngân sách năm 2026",
            "Tổng thu ngân sách là 900 tỷ đồng, tổng chi ngân sách là 950 tỷ đồng, trong đó chi đầu tư phát triển 200 tỷ đồng và chi thường xuyên 700 tỷ đồng.",
        ),
        budget_document: "Quyết định công bố dự toán ngân sách năm 2026",
        problem: (
            "Phản ánh hiện trường",
            "Gửi phản ánh",
            "Bạn thấy ổ gà, đèn đường hỏng hay rác thải chưa thu gom? Hãy mô tả sự cố, chọn vị trí và gửi hình ảnh.",
        ),
        form: ("Nội dung", "Thư điện tử", "Gửi"),
        jobs: "Tuyển dụng",
        waste: (
            "Thu gom rác",
            "Lịch thu gom rác thải",
            "Rác thải sinh hoạt được thu gom vào tối thứ hai và thứ năm. Người dân cần phân loại rác tại nguồn, để rác tái chế riêng tại điểm tập kết ở đầu phường.",
        ),
    });
}

#[test]
fn an_indonesian_city_is_read() {
    is_read(&Words {
        code: "id",
        town: "Pemerintah Kota Contoh",
        welcome: "Selamat datang di situs resmi Pemerintah Kota Contoh. Di sini tersedia berita dan layanan bagi warga, pelaku usaha dan wisatawan.",
        privacy: (
            "Kebijakan Privasi",
            "Kebijakan Privasi",
            "<p>Pengendali data pribadi adalah Pemerintah Kota Contoh. Data pribadi dikumpulkan dengan tujuan memproses permohonan Anda, sesuai Undang-Undang Pelindungan Data Pribadi.</p><p>Data disimpan selama 5 tahun, lalu dihapus.</p><p>Anda berhak mengakses, memperbaiki dan menghapus data pribadi Anda. Pengaduan dapat disampaikan kepada lembaga pengawas pelindungan data pribadi.</p>",
        ),
        budget: (
            "APBD",
            "APBD Kota Contoh Tahun Anggaran 2026",
            "Pendapatan daerah sebesar Rp900 miliar dan belanja daerah sebesar Rp950 miliar. Belanja modal Rp200 miliar, defisit ditutup dengan pembiayaan.",
        ),
        budget_document: "Perda APBD 2026",
        problem: (
            "Laporkan Masalah",
            "Laporkan masalah di sekitar Anda",
            "Jalan berlubang, lampu jalan mati atau sampah menumpuk? Tulis laporan Anda, sebutkan lokasi dan lampirkan foto.",
        ),
        form: ("Isi laporan", "Surel", "Kirim"),
        jobs: "Lowongan Kerja",
        waste: (
            "Persampahan",
            "Jadwal pengangkutan sampah",
            "Sampah rumah tangga diangkut setiap Senin dan Kamis. Pilah sampah organik dan anorganik; barang daur ulang dapat dibawa ke bank sampah di setiap kelurahan.",
        ),
    });
}

#[test]
fn a_greek_city_is_read() {
    is_read(&Words {
        code: "el",
        town: "Δήμος Παραδείγματος",
        welcome: "Καλώς ήρθατε στην επίσημη ιστοσελίδα του Δήμου Παραδείγματος, με ανακοινώσεις και υπηρεσίες για τους δημότες και τους επισκέπτες.",
        privacy: (
            "Πολιτική απορρήτου",
            "ΠΡΟΣΤΑΣΙΑ ΠΡΟΣΩΠΙΚΩΝ ΔΕΔΟΜΕΝΩΝ",
            "<p>Υπεύθυνος επεξεργασίας είναι ο Δήμος Παραδείγματος. Τα προσωπικά δεδομένα υποβάλλονται σε επεξεργασία με σκοπό την εξέταση του αιτήματός σας, σύμφωνα με τον ΓΚΠΔ και τον νόμο 4624/2019.</p><p>Τα δεδομένα διατηρούνται για 5 έτη.</p><p>Έχετε δικαίωμα πρόσβασης, διόρθωσης και διαγραφής. Μπορείτε να υποβάλετε καταγγελία στην Αρχή Προστασίας Δεδομένων.</p>",
        ),
        budget: (
            "Προϋπολογισμός",
            "Προϋπολογισμός οικονομικού έτους 2026",
            "Τα έσοδα ανέρχονται σε 31 εκατ. ευρώ και οι δαπάνες σε 32 εκατ. ευρώ. Οι πιστώσεις για επενδύσεις και τα τέλη αναφέρονται στον πίνακα.",
        ),
        budget_document: "Απόφαση για τον προϋπολογισμό 2026",
        problem: (
            "Αναφορά προβλήματος",
            "Αναφορά προβλήματος",
            "Λακκούβα στον δρόμο, καμένος λαμπτήρας ή σκουπίδια; Περιγράψτε το πρόβλημα, δώστε τη θέση και επισυνάψτε φωτογραφία.",
        ),
        form: ("Περιγραφή", "Ηλεκτρονικό ταχυδρομείο", "Υποβολή"),
        jobs: "Θέσεις εργασίας",
        waste: (
            "Ανακύκλωση",
            "Αποκομιδή απορριμμάτων και ανακύκλωση",
            "Οι κάδοι απορριμμάτων αδειάζουν κάθε Δευτέρα και η ανακύκλωση κάθε Πέμπτη. Για ογκώδη αντικείμενα καλέστε την υπηρεσία καθαριότητας του Δήμου.",
        ),
    });
}
