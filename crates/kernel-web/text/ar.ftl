# صفحات الإطار. تبدأ المفاتيح باسم الصفحة.
page-not-translated = هذه الصفحة غير متاحة بالعربية بعد. أنت تقرؤها بالإنجليزية.
menu-offices = المكاتب وساعات العمل

home-description = خدمات المدينة ومعلوماتها في مكان واحد.
home-search = ماذا تحتاج؟
home-ways = ما يأتي الناس من أجله
home-figures = المدينة بالأرقام
home-tile-offices = المكاتب وساعات العمل
home-tile-offices-text = اعرف أقرب مكتب، ومتى يفتح، وهل يمكن دخوله بلا درج.
home-tile-about = عن هذا العرض
home-tile-about-text = ما هو مُختلَق، وما هو حقيقي، وما يمكنك تجربته.
home-tile-api = واجهات مفتوحة
home-tile-api-text = المعلومات نفسها للبرامج، بلا مفتاح.

city-source = { $source }، { $date }
city-source-register = سجل سكان مُختلَق
city-source-trees = سجل أشجار مُختلَق
city-source-mobility = مسح تنقّل مُختلَق
city-figure-residents = عدد السكان
city-figure-households = عدد الأسر
city-figure-trees = شجرة في الشوارع
city-figure-transit = من الرحلات بالحافلة أو القطار أو الدراجة أو مشيًا
city-figure-parks = متر مربع من الحدائق لكل ساكن
city-figure-offices = مكاتب مفتوحة للجميع

city-office-district = مكتب الحي
city-office-family = مركز الأسرة والرعاية
city-office-library = مكتبة
city-office-health = مركز الصحة العامة
offices-lead = كل أحياء المدينة ومكاتبها. ساعات العمل بنظام ٢٤ ساعة.
offices-none = لا توجد مكاتب مسجّلة.
offices-residents = عدد السكان: { $n }
offices-address = العنوان
offices-street = { $street } { $number }
offices-weekdays = من الاثنين إلى الجمعة
offices-saturday = السبت
offices-closed = مغلق
offices-entry = الدخول
offices-step-free = مدخل بلا درج
offices-steps = يوجد درج عند المدخل؛ اقرع الجرس وسيساعدك أحد

search-title = البحث
search-title-for = البحث: { $text }
search-label = ماذا تحتاج؟
search-how = اكتب كلمة أو كلمتين، مثل «مكتبة».
search-found = { $n ->
    [zero] لم يُعثر على صفحات
    [one] صفحة واحدة
    [two] صفحتان
    [few] { $n } صفحات
    [many] { $n } صفحة
   *[other] { $n } صفحة
 }
search-nothing = لا نتائج عن «{ $text }»
search-nothing-advice = جرّب كلمات أقل أو أخرى، أو تصفّح قائمة كل الصفحات.
search-kinds = اعرض فقط
search-all-kinds = الكل
search-sort = الترتيب
search-by-relevance = الأنسب أولًا
search-by-date = الأحدث أولًا
search-kind-page = عن الموقع
search-kind-office = مكتب

sitemap-title = خريطة الموقع
sitemap-lead = كل ما في هذا الموقع في قائمة واحدة.
sitemap-services = الخدمات
sitemap-shell = هذا الموقع

about-title = عن هذا العرض
about-lead = بوابة مدينة عاملة لمدينة غير موجودة.
about-fictional = ما هو مُختلَق
about-fictional-text = المدينة وأحياؤها ومكاتبها وعناوينها وساعات عملها وأرقامها مولّدة من عدد ثابت. لا يُذكر أي شخص حقيقي.
about-real = ما هو حقيقي
about-real-text = جداول ترتيب المدن الحقيقية مأخوذة من دراسات منشورة، وكل رقم يذكر مصدره.
about-nobody = من يقرأ ما ترسله
about-nobody-text = لا أحد. لا يصل شيء مما تفعله هنا إلى أي جهة رسمية. للتواصل مع مدينتك استخدم العنوان الذي تنشره.
about-software = البرنامج
about-software-text = هذه البوابة هي «مدنغ»، برنامج حر برخصة Apache 2.0 أو MIT. يمكن لأي مدينة أن تشغّله على جهاز واحد لديها.
about-security = مشكلة أمنية
about-security-text = يُرجى إبلاغ صانعي البرنامج أولًا كما يوضّح ملف SECURITY.md قبل إعلانها للعموم.

accessibility-title = بيان إمكانية الوصول
accessibility-lead = يجب أن يتمكن الجميع من استخدام هذا الموقع: بلوحة المفاتيح، أو بقارئ الشاشة، أو بنص كبير، أو على هاتف قديم.
accessibility-standard = هدفنا
accessibility-standard-text = إرشادات الوصول إلى محتوى الويب WCAG 2.2 بالمستوى AA، التي يعتمد عليها المعيار الأوروبي EN 301 549.
accessibility-how = كيف نتحقق
accessibility-how-text = يفحص برنامج (axe-core) كل صفحة بكل لغة ونظام ألوان قبل كل إصدار. يكشف ذلك بعض المشكلات لا كلها.
accessibility-limits = ما ينقصنا
accessibility-limits-text = لم يختبر الموقع شخص مستقل بعد. الرسوم البيانية صور، والأرقام نفسها في الجدول تحت كل منها. بعض الصفحات غير متاحة بكل اللغات.
accessibility-tell = كيف تغيّر ما تراه
accessibility-tell-text = اختر الألوان والتباين وحجم النص من «العرض» أعلى كل صفحة. ويعمل تكبير المتصفح حتى ٤٠٠٪.
accessibility-barrier-text = هل هناك ما لا تستطيع قراءته أو الوصول إليه أو استخدامه؟ زر أي مكتب أو اتصل به؛ المكاتب مذكورة في صفحة المكاتب وساعات العمل. اذكر الصفحة وما أردت فعله. نعطيك المعلومة بطريقة أخرى فورًا، ونجيب عن العائق خلال عشرة أيام عمل.
accessibility-barrier = أخبرنا بعائق

privacy-title = سياسة الخصوصية
privacy-lead = يمكنك قراءة كل شيء هنا دون أن تخبرنا من أنت.
privacy-none = البيانات التي نجمعها
privacy-none-text = لا نجمع اسمًا ولا عنوانًا ولا حسابًا، ولا نموذج هنا يسأل عنها. ما يعالجه الموقع هو: ملفا تعريف ارتباط، والطلبات إلى الخادم، وأوراق الدرجات التي تختار رفعها.
privacy-cookies = ملفات تعريف الارتباط
privacy-cookies-text = اثنان فقط، وبعد اختيارك: «language» و«display» يحفظان اختيارك سنة. لا يحويان شيئًا عنك ولا يقرؤهما موقع آخر.
privacy-logs = السجلات
privacy-logs-text = يعدّ الخادم الطلبات، ولا يسجّل ما بحثت عنه ولا عنوان شبكتك. ولمنع الإغراق يتذكر دقيقتين عدد النماذج الواردة من عنوان.
privacy-uploads = ما ترفعه
privacy-uploads-text = تُحفظ ورقة الدرجات التي ترفعها تحت عنوان لا يعرفه غيرك، وتُحذف عند انتهاء مدتها. يظهر التاريخ في صفحتها.
privacy-others = من يتلقى البيانات
privacy-others-text = لا أحد. لا نبيع البيانات الشخصية ولا نشاركها مع أطراف ثالثة. لا تحمّل الصفحات شيئًا من مواقع أخرى: لا خطوط ولا عدّادات ولا إعلانات.
privacy-safe-text = يمكن تشفير الاتصال (TLS). لا يصل إلى البيانات إلا الموظفون الذين يشغّلون الخادم، ويُسجَّل كل تغيير في سجل التدقيق.
privacy-safe = كيف نحميها
privacy-complain-text = اسأل مكاتب المدينة أولًا. ويمكنك أيضًا تقديم شكوى إلى هيئة حماية البيانات في أي وقت.
privacy-complain = الأسئلة والشكاوى
privacy-rights-text = لك حق الاطلاع على بياناتك الشخصية وتصحيحها ومحوها والاعتراض على استخدامها. لممارسة حقوقك زر أي مكتب أو اكتب إليه أو اتصل به. تتلقى جوابًا خلال شهر مجانًا.
privacy-rights = حقوقك
privacy-how-long-text = تنتهي ملفات تعريف الارتباط بعد سنة أو عندما تحذفها. ويُنسى عنوان مرسل النماذج بعد دقيقتين. وتُحذف ورقة الدرجات بعد ثلاثين يومًا.
privacy-how-long = مدة الاحتفاظ
privacy-why-text = تحفظ ملفات تعريف الارتباط اللغة والعرض اللذين اخترتهما بطلبك. وتُعدّ الطلبات لتشغيل الموقع وحمايته، وهي مهمة للمصلحة العامة. وتُحفظ ورقة الدرجات لعرض نتيجتها لك بطلبك. لا نستخدم شيئًا للإعلان أو لقرارات تخصك.
privacy-why = الغرض والأساس القانوني
privacy-who-text = المدينة المذكورة أعلى هذه الصفحة هي المسؤولة عن معالجة البيانات الشخصية في هذا الموقع. تصل إليها في مكاتبها. وفي العرض التجريبي هي من يشغّل هذه النسخة من البرنامج.
privacy-who = الجهة المسؤولة

offline-title = لا يوجد اتصال
offline-lead = جهازك غير متصل. لا يمكن عرض الصفحات بلا اتصال. حاول مجددًا عند عودة الاتصال.

api-title = واجهات مفتوحة
api-lead = كل ما تعرضه الصفحات يمكن للبرامج قراءته بلا مفتاح. الأخطاء وفق RFC 9457.
api-description = الوصف بصيغة OpenAPI 3.1
api-none = لا توجد واجهات متاحة حاليًا.
api-parameters = المعاملات
api-name = الاسم
api-meaning = المعنى

failure-home = إلى الصفحة الرئيسية
failure-search = عمّ كنت تبحث؟
failure-not-found = هذه الصفحة غير موجودة
failure-not-found-advice = تحقق من العنوان، أو ابحث عما تحتاجه.
failure-forbidden = رُفض هذا الطلب
failure-forbidden-advice = يبدو أنه آتٍ من موقع آخر. افتح الصفحة هنا وحاول مجددًا.
failure-method = هذا العنوان لا يقبل ذلك
failure-method-advice = افتح الصفحة من القائمة وحاول مجددًا.
failure-too-many = طلبات كثيرة جدًا
failure-too-many-advice = انتظر دقيقة ثم حاول مجددًا. ما فعلته سابقًا محفوظ.
failure-too-large = هذا الملف كبير جدًا
failure-too-large-advice = صغّره وأرسله مجددًا.
failure-refused = تعذّر تنفيذ ذلك
failure-refused-advice = ارجع وتحقق مما أدخلته ثم حاول مجددًا.
failure-conflict = سبقك شخص آخر
failure-conflict-advice = تغيّر الشيء نفسه قبل لحظات. حمّل الصفحة مجددًا وانظر إليها قبل المتابعة.
failure-busy = الموقع مشغول
failure-busy-advice = حاول مجددًا بعد لحظة.
failure-ours = حدث خطأ من جهتنا
failure-ours-advice = ليس الخطأ منك، وقد سجّلناه. حاول مجددًا بعد دقائق.

failure-signed-out = لقد تم تسجيل خروجك
failure-signed-out-advice = سجّل الدخول في نافذة أخرى، ثم عُد إلى هذه النافذة وأرسل مرة أخرى: ما كتبته يبقى عند الرجوع.
failure-not-allowed = لا يحق لك فعل هذا
failure-not-allowed-advice = دورك لا يشمل ذلك. اسأل من يدير الأدوار في مدينتك.
failure-second-factor = يلزم إثبات ثانٍ
failure-second-factor-advice = افتح صفحتك وأثبت هويتك بمفتاح المرور أو الرمز، ثم حاول مرة أخرى.

attempts-too-many = محاولات كثيرة جدًا
attempts-too-many-advice = يحمي هذا التوقف الحسابات من البرامج التي تخمّن. إن لم تكن أنت من حاول، فلا يلزمك فعل شيء.
attempts-wait = { $n ->
    [one] حاول مرة أخرى بعد دقيقة.
    [two] حاول مرة أخرى بعد دقيقتين.
    [few] حاول مرة أخرى بعد { $n } دقائق.
   *[other] حاول مرة أخرى بعد { $n } دقيقة.
 }

proof-working = نتحقق من أن من يرسل هذا النموذج ليس برنامجًا. يستغرق ذلك بضع ثوانٍ.
proof-done = تم التحقق.
proof-without-scripts = لإبعاد البرامج، يمكن إرسال هذا النموذج بعد { $n } ثانية من فتح الصفحة.
proof-early = أُرسل النموذج بسرعة كبيرة. اضغط الزر مرة أخرى بعد { $n } ثانية.
proof-stale = بقيت الصفحة مفتوحة وقتًا طويلًا. راجع ما أدخلته ثم اضغط الزر مرة أخرى.
proof-spent = أُرسل هذا النموذج من قبل. تأكد هل تم الأمر، وإن لم يتم فاضغط الزر مرة أخرى.

files-refused-empty = الملف فارغ. تأكد من أنه يُفتح على جهازك ثم اختره مرة أخرى.
files-refused-too-large = حجم الملف أكبر من { $most } ميغابايت. صغّره أو أرسله على أجزاء.
files-refused-not-allowed = لا يمكن إرسال ملف من هذا النوع هنا. اختر أحد هذه الأنواع: { $kinds }.
files-refused-disagrees = محتوى الملف لا يطابق اسمه. افتحه واحفظه بالصيغة الصحيحة ثم اختر ذلك الملف.
files-refused-damaged = الملف تالف أو غير مكتمل. تأكد من أنه يُفتح على جهازك ثم احفظه وأرسله مرة أخرى.
files-refused-too-many-pixels = الصورة أكبر من أن تُفتح بأمان. احفظها بعدد أقل من البكسلات ثم أرسلها.
files-refused-heic = قد تكشف الصور بصيغة HEIC أو AVIF مكان التقاطها، ولا نستطيع إزالة ذلك. احفظ الصورة بصيغة JPEG ثم أرسلها.
files-refused-pdf-active = يحتوي ملف PDF على برنامج أو نموذج يرسل نفسه أو ملفات أخرى. اطبعه إلى ملف PDF جديد ثم أرسله.
files-refused-pdf-locked = ملف PDF مقفل بكلمة مرور ولا يمكن فحصه. احفظه بلا كلمة مرور ثم أرسله.
files-refused-infected = وجد برنامج الفيروسات شيئًا ضارًا في الملف، فلم نحتفظ به. افحص جهازك ثم أرسل ملفًا سليمًا.
files-refused-later = لا يمكن فحص الملف الآن، ولذلك لم نحتفظ به. حاول مرة أخرى بعد بضع دقائق.

slip-title = تم الحفظ. دوّن هذين الرقمين
slip-text = بهما تجد هذا مجددًا من أي جهاز. يظهر الرقم السري الآن فقط.
slip-reference = الرقم المرجعي
slip-pin = الرقم السري
slip-join = ابحث عنه مجددًا أو احفظه في حسابك

gallery-title = معرض المكوّنات
