# Titles and menu only: the shell proves right-to-left; the content falls back to English and says so.
survey-menu = الاستطلاع
survey-title = الاستطلاع العالمي للحكومة الإلكترونية
survey-rounds = الجولات
survey-sources = المصادر
survey-cities = المدن
survey-instruments = أدوات القياس
survey-method = كيف يجري التقييم
survey-score = قيّم موقع مدينة
survey-scorecard = بطاقة التقييم
survey-league-title = جدول الترتيب { $round }
survey-tile-league = جدول الترتيب
survey-tile-score = قيّم موقع مدينة
survey-kind-page = الاستطلاع
survey-kind-league = جدول الترتيب
survey-kind-city = مدينة
survey-kind-criterion = معيار
