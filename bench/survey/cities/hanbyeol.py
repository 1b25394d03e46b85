"""한별시: a Korean 시청. Opaque content numbers, full menu on every page, managers and satisfaction box under each page, no breadcrumbs."""

import datetime

LANG, LABELS, REQUIRED = "ko", "wrap", ""


def date(day: datetime.date):
    return f"{day.year}. {day.month}. {day.day}."


MENU = [
    ("종합민원", [("여권·가족관계", "/www/contents/0101.html"), ("정부24 바로가기", "https://www.gov.example/"), ("민원처리 조회", "/www/contents/0103.html"), ("건축 인허가", "/www/contents/0104.html"), ("영업신고", "/www/contents/0105.html"), ("방문예약", "/www/contents/0106.html"), ("자주 묻는 질문", "/www/contents/0107.html"), ("주정차 과태료", "#")]),
    ("시민참여", [("시장에게 바란다", "/www/contents/0201.html"), ("시민제안", "/www/contents/0202.html"), ("주민참여예산", "/www/contents/0203.html"), ("설문조사", "/www/contents/0204.html"), ("자원봉사", "#"), ("시민청원", "#"), ("칭찬합시다", "#")]),
    ("정보공개", [("정보공개청구", "/www/contents/0301.html"), ("예산", "/www/contents/0302.html"), ("계약정보", "/www/contents/0303.html"), ("업무추진비", "/www/contents/0304.html"), ("자치법규", "/www/contents/0305.html"), ("공공데이터", "#"), ("시정 주요업무 평가", "#")]),
    ("분야별정보", [("지방세", "/www/contents/0401.html"), ("상하수도", "/www/contents/0402.html"), ("생활쓰레기", "/www/contents/0403.html"), ("보육", "/www/contents/0404.html"), ("교통", "/www/contents/0405.html"), ("안전·재난", "/www/contents/0406.html"), ("부동산", "/www/contents/0407.html"), ("문화체육시설 예약", "#")]),
    ("한별소개", [("시장 인사말", "/www/contents/0501.html"), ("시의회", "/www/contents/0502.html"), ("조직도·전화번호", "/www/contents/0503.html"), ("오시는 길", "/www/contents/0504.html"), ("시정 비전", "/www/contents/0505.html"), ("한별소식지", "/www/contents/0506.html")]),
    ("알림마당", [("공지사항", "/www/board/1.html"), ("채용공고", "/www/contents/0601.html"), ("입찰공고", "#"), ("행사안내", "#"), ("입법예고", "/www/contents/0602.html")]),
]


def layout(page, site):
    menu = "".join(f'<li><strong>{name}</strong><ul class="depth2">' + "".join(f'<li><a href="{href}">{text}</a></li>' for text, href in items) + "</ul></li>" for name, items in MENU)
    end = "" if page.path == "/" or "en" in page.path.split("/") else f"""<div class="manager">담당부서: {['민원과', '기획예산과', '안전총괄과', '세정과'][len(page.title) % 4]} · 전화 041-555-0{100 + len(page.title)}</div>
<form class="satisfy" method="post" action="/www/satisfy.html"><fieldset><legend>이 페이지에서 제공하는 정보에 만족하십니까?</legend><label><input type="radio" name="s" value="5"> 매우 만족</label><label><input type="radio" name="s" value="1"> 불만족</label><button>평가하기</button></fieldset></form>"""
    return f"""<!DOCTYPE html>
<html lang="{page.lang}">
<head><meta charset="utf-8"><title>{page.title}{' | Hanbyeol City' if page.lang == 'en' else ' | 한별시청'}</title><meta name="viewport" content="width=device-width,initial-scale=1"><link rel="stylesheet" href="/css/common.css"></head>
<body>
<p id="skip"><a href="#content">본문 바로가기</a></p>
<div id="header"><div class="logo"><a href="/">한별시청</a></div><div class="util"><a href="/en/">English</a> <a href="/www/login.html">로그인</a> <a href="/www/sitemap.html">누리집지도</a></div>
<form action="/www/search.html" method="get"><label>통합검색 <input type="search" name="query"></label><button>검색</button></form>
<div id="gnb"><ul>{menu}</ul></div></div>
<div id="content"><h1>{page.title}</h1>
{page.body}
{end}</div>
<div id="footer"><ul><li><a href="/www/privacy.html"><b>개인정보처리방침</b></a></li><li><a href="/www/copyright.html">저작권정책</a></li><li><a href="#">웹접근성 정책</a></li></ul>
<p>(31900) 충청한별도 한별시 시청로 1 대표전화 041-555-0000</p>
<a href="https://www.facebook.com/hanbyeolcity">한별시 페이스북</a> <a href="https://blog.naver.com/hanbyeolcity">한별시 블로그</a> <a href="https://www.youtube.com/@hanbyeolcity">한별시 유튜브</a></div>
</body></html>"""


PAGES = """
=== / | 한별시청
## 공지사항
- [{y+1}년도 예산안 시의회 제출](/www/board/101.html) {d-4}
- [한별시장, 과태료 체납 차량 번호판 영치 현장 점검](/www/board/102.html) {d-8}
- [가을 축제 성황리에 마쳐](/www/board/103.html) {d-15}
## 자주 찾는 서비스
- [여권 발급](/www/contents/0101.html)
- [대형폐기물 신청](/www/contents/0403.html)
- [지방세 납부](/www/contents/0401.html)
=== /www/contents/0101.html | 여권·가족관계 | /
여권은 민원실 3번 창구에서 접수합니다. 신분증과 6개월 이내에 찍은 사진 1장을 가져오세요.
가족관계증명서와 기본증명서는 아래 신청서를 내려받아 작성한 뒤 창구에 내거나 우편으로 보내시면 됩니다. 수수료는 1통에 1,000원입니다.
- [가족관계 증명서 교부 신청서(hwp 대신 docx)](/files/family-certificate-request.docx)
=== /www/contents/0103.html | 민원처리 조회 | /
접수번호와 이름을 넣으면 민원이 지금 어느 부서에서 처리되고 있는지 볼 수 있습니다.
%form GET /www/contents/0103r.html | 접수번호*=text | 이름*=text:name | =조회
=== /www/contents/0103r.html | 처리 상태 | /
접수 → 부서 배정 → 검토 중 순서로 표시됩니다.
=== /www/contents/0104.html | 건축 인허가 | /
건축물을 짓거나 고칠 때는 허가를 받거나 신고해야 합니다. 연면적 100㎡ 이하 증축은 신고 대상입니다. 설계도서와 신청서를 건축과에 제출하면 7일 안에 검토 결과를 알려 드립니다.
- [건축허가 신청서](/files/building-permit-form.pdf)
- [건축신고서](/files/building-report-form.pdf)
=== /www/contents/0105.html | 영업신고 | /
음식점, 카페, 숙박업을 시작하려면 위생교육을 받고 보건증을 준비해 위생과를 방문하세요. 현장을 확인한 뒤 영업신고증을 바로 드립니다. 수수료는 28,000원입니다.
=== /www/contents/0106.html | 민원실 방문예약 | /
기다리지 않도록 날짜와 시간을 골라 예약하세요. 예약이 끝나면 문자로 번호표를 보내 드립니다.
%form POST /www/done.html | 날짜*=date | 시간*=select:09:30,10:00,14:00,15:30 | 이름*=text:name | 휴대전화*=tel:tel | =예약하기
=== /www/contents/0107.html | 자주 묻는 질문 | /
%form GET /www/contents/0107.html | 질문 검색=text | 분야=select:여권,세금,쓰레기,교통 | =찾기
### 여권은 며칠 걸리나요?
보통 나흘 걸립니다.
### 자동차세는 언제 내나요?
6월과 12월에 냅니다.
### 스티로폼은 어떻게 버리나요?
테이프를 떼고 투명 봉투에 담아 내놓으세요.
=== /www/contents/0201.html | 시장에게 바란다 | /
시장이 직접 읽고 담당 부서와 함께 답합니다. 공개를 고른 글과 답변은 누구나 볼 수 있습니다.
%form POST /www/done.html | 제목*=text | 내용*=textarea | 이메일*=email:email | =시장에게 보내기
- 공개 글: 가로수 가지치기 시기 — 답변: 공원녹지과장, 3월에 합니다. ({d-12})
=== /www/contents/0202.html | 시민제안 | /
시정을 바꿀 생각이 있으면 제안서를 작성해 전자우편으로 보내 주세요. 심사에서 뽑힌 제안에는 상금을 드립니다. 제안서는 공개하지 않습니다.
보낼 곳: [idea@hanbyeol.example](mailto:idea@hanbyeol.example)
- [제안서 서식](/files/proposal-form.docx)
=== /www/contents/0203.html | 주민참여예산 | /
올해 주민참여예산은 30억 원입니다. 동별로 올라온 사업 가운데 마음에 드는 세 개에 투표하세요.
%form POST /www/done.html | 사업*=select:어린이공원 그늘막,하천 산책로 조명,버스정류장 의자 | 휴대전화*=tel:tel | =온라인 투표
=== /www/contents/0204.html | 설문조사 | /
진행 중: 시내버스 막차를 자정까지 늘릴까요? ({d+9}까지)
%form POST /www/done.html | 의견*=select:찬성,반대,모르겠음 | =참여하기
끝난 설문: 전통시장 일요일 개장 — 2,316명 참여, 찬성 64%, 반대 27%, 모르겠음 9%.
=== /www/contents/0301.html | 정보공개청구 | /
시가 가진 문서는 누구나 볼 권리가 있습니다. 아래에 원하는 정보를 적으면 열흘 안에 공개 여부를 알려 드립니다.
%form POST /www/done.html | 청구인 이름*=text:name | 청구 내용*=textarea | 받을 이메일*=email:email | =정보공개 청구
=== /www/contents/0302.html | 예산 | /
{y}년 한별시 본예산은 7,412억 원입니다. 복지 38%, 농림 14%, 교통 9%입니다. 전체 예산서를 내려받을 수 있습니다.
- [{y}년도 세입·세출 예산서](/files/budget-{y}.pdf)
=== /www/contents/0303.html | 계약정보 | /
시가 맺은 계약을 업체 이름이나 기간으로 찾아보세요. 공사, 용역, 물품의 금액과 대금 지급일이 나옵니다.
%form GET /www/contents/0303.html | 업체 이름=text | 계약일(부터)=date | =계약 검색
| 계약명 | 업체 | 금액 | 지급일 |
| 시청로 포장 공사 | (주)한길 | 412,000,000원 | {d-20} |
| 복지관 청소 용역 | 맑은터 | 38,500,000원 | {d-33} |
=== /www/contents/0304.html | 업무추진비 | /
시장과 부시장의 업무추진비 사용 내역을 달마다 공개합니다.
- [시장 업무추진비](/files/mayor-expense.xlsx)
=== /www/contents/0305.html | 자치법규 | /
한별시 조례와 규칙의 목록입니다. 본문은 국가법령정보 누리집에서 볼 수 있습니다.
- 한별시 주차장 조례
- 한별시 도시계획 조례
- 한별시 공유재산 관리 조례
=== /www/contents/0401.html | 지방세 | /
재산세는 7월과 9월, 자동차세는 6월과 12월에 냅니다. 고지서의 전자납부번호로 카드나 계좌이체로 바로 낼 수 있습니다.
%form POST /www/pay.html | 전자납부번호*=text | 이름*=text:name | =납부하기
=== /www/pay.html | 지방세 납부 | /
납부할 금액을 확인하고 카드 또는 계좌를 고르세요.
=== /www/contents/0402.html | 상하수도 | /
수도요금은 두 달에 한 번 고지합니다. 이사할 때는 정산을 요청해야 합니다. 고지서의 가상계좌로 보내거나 은행, 편의점에서 낼 수 있습니다.
=== /www/contents/0403.html | 생활쓰레기·대형폐기물 | /
종량제 봉투는 해가 진 뒤 집 앞에 내놓으세요. 재활용품은 화요일과 금요일에 가져갑니다.
침대나 장롱 같은 대형폐기물은 아래에서 신청하고 수수료를 내면 예약한 날에 수거합니다.
%form POST /www/done.html | 주소*=text:street-address | 품목*=select:침대,장롱,냉장고 | 수거 희망일*=date | =수거 신청
=== /www/contents/0404.html | 보육 | /
시립어린이집은 11곳이며 만 5세까지 다닐 수 있습니다. 입소 순위는 맞벌이, 다자녀 가정이 높습니다. 어린이집마다 3월에 새 원아를 받습니다.
- [시립어린이집 입소 신청서](/files/daycare-application.pdf)
=== /www/contents/0405.html | 교통 | /
시내버스 34개 노선이 다닙니다. 노선별 시간표를 내려받으세요. 공영주차장은 처음 30분이 무료입니다.
- [시내버스 시간표](/files/bus-timetable.pdf)
=== /www/contents/0406.html | 안전·재난 | /
지진이 나면 탁자 아래로 몸을 피하고, 흔들림이 멈추면 전기와 가스를 끄고 밖으로 나가세요. 대피소 목록을 미리 확인해 두세요.
- [우리 동네 대피소 목록](/files/shelter-list.pdf)
휴대전화로 재난·단수·미세먼지 소식을 골라 받아 보세요.
[알림 문자 신청](/www/contents/0406s.html)
=== /www/contents/0406s.html | 알림 문자 신청 | /
받고 싶은 주제와 동을 고르면 문자로 보내 드립니다.
%form POST /www/done.html | 휴대전화*=tel:tel | 주제*=select:재난,단수,미세먼지,도로통제 | 동*=select:중앙동,별빛동,강변동 | =알림 신청
=== /www/contents/0407.html | 부동산 | /
개별공시지가는 해마다 5월 말에 정해집니다. 토지정보과 창구에서 열람하고, 값이 이상하면 30일 안에 이의를 낼 수 있습니다. 토지이용계획확인서도 같은 창구에서 뗍니다.
=== /www/contents/0501.html | 시장 인사말 | /
안녕하십니까. 한별시장 정다온입니다. 시민 한 분 한 분이 별처럼 빛나는 도시를 만들겠습니다.
=== /www/contents/0502.html | 시의회 | /
한별시의회는 의원 12명입니다. 의원의 선거구, 정당, 소속 위원회, 전화번호는 다음과 같습니다. 의원마다 재산 신고 내역과 표결 기록을 함께 공개합니다.
| 이름 | 선거구 | 정당 | 위원회 | 전화 | 재산·표결 |
| 강민재 | 가 | 푸른당 | 행정복지위원장 | 041-555-0701 | [재산 신고](/files/assets-kang.pdf) [표결 기록](/files/votes-kang.pdf) |
| 박소율 | 나 | 나무당 | 산업건설위원 | 041-555-0702 | [재산 신고](/files/assets-park.pdf) [표결 기록](/files/votes-park.pdf) |
본회의는 [인터넷 생방송](/www/contents/0502v.html)으로 볼 수 있습니다.
=== /www/contents/0502v.html | 의회 생방송·다시보기 | /
회의가 열리는 날 오전 10시부터 생방송합니다. 지난 회의는 아래에서 다시 볼 수 있습니다.
%html <video controls src="/files/live.svg"></video>
- [제241회 임시회 2차 본회의 영상 {d-16}](https://www.youtube.com/watch?v=hb241)
- [제240회 임시회 1차 본회의 영상 {d-47}](https://www.youtube.com/watch?v=hb240)
=== /www/contents/0503.html | 조직도·전화번호 | /
이름, 부서, 하는 일로 직원을 찾을 수 있습니다.
%form GET /www/contents/0503.html | 이름 또는 업무=text | =직원 찾기
| 부서 | 업무 | 전화 | 이메일 |
| 민원과 | 여권 | 041-555-0110 | [minwon@hanbyeol.example](mailto:minwon@hanbyeol.example) |
| 건축과 | 건축허가 | 041-555-0130 | [build@hanbyeol.example](mailto:build@hanbyeol.example) |
| 세정과 | 재산세 | 041-555-0140 | [tax@hanbyeol.example](mailto:tax@hanbyeol.example) |
=== /www/contents/0504.html | 오시는 길 | /
충청한별도 한별시 시청로 1 (중앙동). 한별역 2번 출구에서 걸어서 5분입니다.
민원실은 월요일부터 금요일까지 오전 9시에서 오후 6시까지 엽니다. 점심시간에도 운영합니다.
=== /www/contents/0505.html | 시정 비전과 공약 | /
민선 시장의 공약 52개를 다섯 분야로 나누어 추진합니다. 공약마다 진행률과 남은 일을 석 달마다 고쳐 씁니다.
| 공약 | 진행률 | 예산 | 상태 |
| 공공심야약국 3곳 | 100% | 2억 원 | 완료 |
| 한별천 자전거길 12km | 58% | 84억 원 | 추진 중 |
| 청년주택 200호 | 21% | 310억 원 | 지연 |
=== /www/contents/0506.html | 한별소식지 | /
다달이 나오는 소식지를 전자책으로 읽을 수 있습니다.
- [11월호](/files/newsletter-11.pdf)
- [10월호](/files/newsletter-10.pdf)
=== /www/contents/0601.html | 채용공고 | /
- 기간제 근로자(도서관) 2명, {d+6}까지 접수. [공고문과 응시원서](/files/job-library.pdf)
- 임기제 공무원(수의사) 1명, {d+13}까지 접수. [공고문](/files/job-vet.pdf)
=== /www/contents/0602.html | 입법예고 | /
조례를 만들거나 바꾸기 전에 주민의 의견을 듣습니다. 의견서는 {d+18}까지 [law@hanbyeol.example](mailto:law@hanbyeol.example)로 보내 주세요.
- [한별시 야간 조명 조례안](/files/draft-ordinance-light.pdf)
=== /www/login.html | 로그인 | /
한별시 통합회원 아이디로 로그인하세요. 예약과 신청 내역을 한곳에서 볼 수 있습니다.
%form POST /www/done.html | 아이디*=text:username | 비밀번호*=password | =로그인
[회원가입](/www/join.html)
=== /www/join.html | 회원가입 | /
%form POST /www/done.html | 이름*=text:name | 이메일*=email:email | 비밀번호*=password | =가입하기
=== /www/done.html | 신청이 끝났습니다 | /
접수번호를 문자로 보내 드렸습니다.
=== /www/satisfy.html | 평가해 주셔서 고맙습니다 | /
남겨 주신 평가는 누리집을 고치는 데 쓰겠습니다.
=== /www/search.html | 통합검색 | /
찾을 낱말을 넣어 주세요.
=== /www/copyright.html | 저작권정책 | /
한별시가 만든 자료는 출처를 밝히고 쓸 수 있습니다.
=== /www/privacy.html | 개인정보처리방침 | /
한별시(이하 ‘시’)는 「개인정보 보호법」에 따라 이용자의 개인정보를 다음과 같이 처리합니다.
## 1. 처리 목적
민원 접수와 처리 결과 회신, 예약 확인을 위하여 「민원 처리에 관한 법률」에 근거해 개인정보를 처리합니다.
## 2. 처리하는 항목
이름, 전화번호, 전자우편 주소, 접속 IP를 처리합니다.
## 3. 보유 기간
민원 사무는 3년, 회원 정보는 탈퇴할 때까지 보유합니다.
## 4. 정보주체의 권리
이용자는 언제든지 열람, 정정, 삭제, 처리정지를 요구할 수 있으며, 요구는 [privacy@hanbyeol.example](mailto:privacy@hanbyeol.example)로 보내시면 10일 안에 답합니다.
## 5. 개인정보 보호책임자
정보통신과장 윤슬기, 전화 041-555-0180. 권익침해는 개인정보침해신고센터(118)와 개인정보분쟁조정위원회에 신고할 수 있습니다.
=== /www/sitemap.html | 누리집지도 | /
%all
=== /en/ | Hanbyeol City | / | lang=en
Hanbyeol is a city of 160,000 people on the west coast of Korea. The city hall is open Monday to Friday, 9 am to 6 pm.
- [Living in Hanbyeol](/en/living/)
=== /en/living/ | Living in Hanbyeol | /en/ | lang=en
Register your address within 14 days of moving. Put household waste out after sunset in the official bags. Call 041-555-0000 for an interpreter.
=== /www/board/1.html | 공지사항 | /
%children
=== /www/board/101.html | {y+1}년도 예산안 시의회 제출 | /www/board/1.html | news
{d-4} 시는 내년 예산안 7,690억 원을 시의회에 냈습니다. 심의는 다음 달에 끝납니다.
=== /www/board/102.html | 한별시장, 과태료 체납 차량 번호판 영치 현장 점검 | /www/board/1.html | news
{d-8} 시장은 영치반과 함께 상습 체납 차량을 찾았습니다. 번호판 7개를 영치했습니다.
=== /www/board/103.html | 가을 축제 성황리에 마쳐 | /www/board/1.html | news
{d-15} 사흘 동안 4만 명이 다녀갔습니다. 공연과 행사는 모두 무사히 끝났습니다.
=== /www/board/104.html | 자원봉사자 대회 열려 | /www/board/1.html | news
{d-26} 올해 봉사왕에 김순례 어르신이 뽑혔습니다.
=== /www/board/105.html | 인공지능 특강에 시민 300명 | /www/board/1.html | news
{d-37} 챗봇과 인공지능이 행정을 어떻게 바꿀지 이야기를 나눴습니다.
=== /www/board/106.html | 고속철도 유치 청원 서명운동 | /www/board/1.html | news
{d-49} 상공회의소가 서명운동을 시작했습니다. 시는 아직 뜻을 정하지 않았습니다.
=== /www/board/107.html | 도로 파임 사고, 운전자 2명 다쳐 | /www/board/1.html | news
{d-62} 국도를 관리하는 국토관리사무소가 원인을 조사하고 있습니다.
"""

TRUTH = """
PS01 1
PS02 1
PS03 1
PS04 1
PS05 1
PS06 1
PS07 0 silence about receivers
PS08 2
PS09 1
PS15 0
PS16 3 /www/login.html
PS17 0
PS18 0 news decoy
US04 0
US05 1
US06 1
US07 1 site map page only
US09 1
US11 1
US16 0 no path; static menu marks nothing
US17 1
US18 1
US19 2
US20 0
CO01 1
CO02 1
CO03 3
CO04 0 no minutes; news of the budget only
CO05 3
CO06 1 list without texts
CO07 3
CO08 2
CO09 3
CO10 0 '#'
CO11 0 '#'
CO13 3 alerts can be received
CO15 0 '#'
CO17 2
CO18 0 '#', news decoy
CO20 1
SV01 1
SV02 3
SV03 0 '#', news decoy
SV04 2
SV05 1
SV06 2
SV07 3
SV08 3
SV09 0 news decoy
SV10 0
SV12 1
SV13 3
SV14 2
SV15 2
SV16 2
SV17 3
SV18 0 '#'
EN02 3
EN03 2
EN04 3
EN05 2
EN06 0
EN07 2
EN08 0
EN09 2
EN10 3
EN11 0 '#', news decoy
EN14 3
EN16 3
EN18 0
EN19 0 '#', news decoy
EN20 2
"""
