# إطار الصفحات ومكوّناتها. تبدأ المفاتيح بـ ui-.
ui-home = الرئيسية
ui-skip = انتقل إلى المحتوى
ui-menu = القائمة الرئيسية
ui-languages = اللغة
ui-breadcrumbs = موقعك الحالي
ui-search-label = ابحث في هذا الموقع
ui-search-button = بحث

ui-masthead = الموقع الرسمي لمدينة نموذجية.
ui-masthead-how = كيف تتأكد
ui-masthead-label = عن هذا الموقع
ui-masthead-demonstration = هذه المدينة غير موجودة. اسمها وأحياؤها ومكاتبها وساعات عملها مُختلَقة لعرض برنامج «مدنغ». أما جداول ترتيب المدن الحقيقية فتذكر مصادرها.
ui-masthead-address = يبيّن شريط العنوان من يدير الموقع. تنشر المدينة الحقيقية عنوانها الرسمي الوحيد؛ تحقّق منه قبل أن تكتب أي شيء.
ui-masthead-never = لا يطلب هذا الموقع كلمات مرور ولا أرقام بطاقات ولا أرقام هوية.

ui-display = العرض
ui-theme = الألوان
ui-theme-auto = كما في جهازي
ui-theme-light = فاتح
ui-theme-dark = داكن
ui-contrast = التباين
ui-contrast-normal = عادي
ui-contrast-high = عالٍ
ui-text-size = حجم النص
ui-text-size-normal = عادي
ui-text-size-large = كبير
ui-text-size-largest = كبير جدًا

ui-footer-demonstration = موقع للعرض. المدينة خيالية، ولا يصل شيء مما تفعله هنا إلى أي جهة رسمية.
ui-footer-nav = عن هذا الموقع
ui-footer-software = صُنع ببرنامج «مدنغ»، برنامج حر للمدن.

ui-optional = (اختياري)
ui-error-summary = يُرجى مراجعة إجاباتك
ui-pagination = صفحات هذه القائمة
ui-previous = السابق
ui-next = التالي
ui-page-number = الصفحة { $n }
ui-step-of = الخطوة { $n } من { $all }
ui-step-done = تمت
ui-show-figures = اعرض الأرقام
ui-chart-figures-below = رسم بياني. الأرقام نفسها في الجدول أدناه.
ui-no-figure = لم يُقَس
