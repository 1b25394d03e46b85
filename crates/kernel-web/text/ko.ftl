# 화면 틀의 쪽들. 열쇠는 쪽 이름으로 시작해요.
page-not-translated = 이 쪽은 아직 한국어로 옮기지 못했어요. 지금은 영어로 보고 있어요.
menu-offices = 사무소와 운영 시간

home-description = 도시의 서비스와 정보를 한곳에 모았어요.
home-search = 무엇이 필요하세요?
home-ways = 많이 찾는 일
home-figures = 숫자로 보는 도시
home-tile-offices = 사무소와 운영 시간
home-tile-offices-text = 가까운 사무소가 언제 여는지, 계단 없이 들어갈 수 있는지 알아보세요.
home-tile-about = 이 시범 사이트에 대해
home-tile-about-text = 무엇이 지어낸 것이고 무엇이 실제인지, 무엇을 해 볼 수 있는지 알려 드려요.
home-tile-api = 열린 인터페이스
home-tile-api-text = 같은 정보를 프로그램에서 열쇠 없이 쓸 수 있어요.

city-source = { $source }, { $date }
city-source-register = 가상의 주민등록 통계
city-source-trees = 가상의 가로수 대장
city-source-mobility = 가상의 통행 조사
city-figure-residents = 주민 수(명)
city-figure-households = 가구 수
city-figure-trees = 가로수(그루)
city-figure-transit = 버스, 기차, 자전거, 걷기로 다니는 비율
city-figure-parks = 주민 한 사람당 공원 면적(㎡)
city-figure-offices = 누구나 찾아갈 수 있는 사무소

city-office-district = 구 사무소
city-office-family = 가족·복지 센터
city-office-library = 도서관
city-office-health = 보건소
offices-lead = 도시의 모든 구와 사무소예요. 운영 시간은 24시간제로 적었어요.
offices-none = 등록된 사무소가 없어요.
offices-residents = 주민 { $n }명
offices-address = 주소
offices-street = { $street } { $number }
offices-weekdays = 월요일부터 금요일까지
offices-saturday = 토요일
offices-closed = 쉬어요
offices-entry = 들어가기
offices-step-free = 계단 없이 들어갈 수 있어요
offices-steps = 입구에 계단이 있어요. 벨을 누르면 도와 드려요

search-title = 찾기
search-title-for = 찾기: { $text }
search-label = 무엇이 필요하세요?
search-how = 낱말을 한두 개 적어 보세요. 예를 들면 “도서관”이나 “순위 2003”이에요.
search-found = { $n }건을 찾았어요
search-nothing = “{ $text }”에 맞는 것이 없어요
search-nothing-advice = 낱말을 줄이거나 바꿔 보세요. 모든 쪽을 모아 둔 곳에서 찾아볼 수도 있어요.
search-kinds = 골라 보기
search-all-kinds = 모두
search-sort = 순서
search-by-relevance = 잘 맞는 것부터
search-by-date = 새로운 것부터
search-kind-page = 사이트 안내
search-kind-office = 사무소

sitemap-title = 사이트맵
sitemap-lead = 이 사이트의 모든 것을 한 목록에 모았어요.
sitemap-services = 서비스
sitemap-shell = 사이트 안내

about-title = 이 시범 사이트에 대해
about-lead = 실제로는 없는 도시의, 실제로 움직이는 도시 포털이에요.
about-fictional = 지어낸 것
about-fictional-text = 도시와 구, 사무소, 주소, 운영 시간, 수치는 정해진 숫자 하나에서 만들어 냈어요. 실제 사람의 이름은 없어요.
about-real = 실제인 것
about-real-text = 실제 도시의 순위표는 발표된 연구에서 가져왔어요. 수치마다 출처가 적혀 있어요.
about-nobody = 보낸 것은 누가 읽나요
about-nobody-text = 아무도 읽지 않아요. 여기서 하는 일은 어느 기관에도 전달되지 않아요. 내가 사는 도시에 연락하려면 그 도시가 알린 주소를 쓰세요.
about-software = 소프트웨어
about-software-text = 이 포털은 마당이에요. Apache 2.0 또는 MIT 라이선스로 쓸 수 있는 자유 소프트웨어이고, 도시가 컴퓨터 한 대로 직접 운영할 수 있어요.
about-security = 보안 문제를 찾았다면
about-security-text = 널리 알리기 전에 소프트웨어를 만드는 사람들에게 먼저 알려 주세요. 방법은 SECURITY.md 파일에 있어요.

accessibility-title = 접근성 안내
accessibility-lead = 누구나 이 사이트를 쓸 수 있어야 해요. 키보드로도, 화면 낭독기로도, 큰 글자로도, 오래된 휴대전화로도요.
accessibility-standard = 목표
accessibility-standard-text = 웹 콘텐츠 접근성 지침(WCAG) 2.2의 AA 수준이에요. 유럽의 EN 301 549가 이 지침을 바탕으로 하고, 한국형 지침(KWCAG 2.2)도 이와 가까워요.
accessibility-how = 확인하는 방법
accessibility-how-text = 새로 내놓기 전에 모든 쪽을 모든 언어와 색 설정에서 프로그램(axe-core)으로 검사해요. 이 검사로 문제의 일부는 찾지만 전부를 찾지는 못해요.
accessibility-limits = 아직 부족한 점
accessibility-limits-text = 독립된 사람이 시험해 본 적은 아직 없어요. 그래프는 그림이고, 같은 수치가 바로 아래 표에 있어요. 모든 언어로 옮기지 못한 쪽이 있어요.
accessibility-tell = 보기 편하게 바꾸는 방법
accessibility-tell-text = 모든 쪽 위의 “화면 설정”에서 색, 대비, 글자 크기를 고르세요. 브라우저의 확대 기능은 400%까지 쓸 수 있어요.
accessibility-barrier-text = 읽거나 찾아가거나 쓰기 어려운 곳이 있나요? 가까운 사무소에 오시거나 전화해 주세요. 사무소는 “사무소와 여는 시간”에 있어요. 어느 쪽에서 무엇을 하려고 했는지 알려 주세요. 필요한 정보는 다른 방법으로 바로 드리고, 불편한 점에 대한 답은 열흘(근무일) 안에 드려요.
accessibility-barrier = 불편한 점 알리기

privacy-title = 개인정보 처리방침
privacy-lead = 누구인지 알리지 않고도 모든 것을 읽을 수 있어요.
privacy-none = 수집하는 개인정보 항목
privacy-none-text = 읽기만 할 때는 아무것도 수집하지 않아요. 계정을 만들면 이름, 전자우편 주소, 로그인 방법과 로그인한 곳을 수집해요. 원할 때만 전화번호, 이곳에 산다는 증명, 나를 대신할 사람을 받아요. 계정 없이 보낸 것은 접수 번호와 비밀 번호와 함께 보관해요. 양식마다 무엇에 쓰는지 적혀 있어요.
privacy-cookies = 쿠키
privacy-cookies-text = “language”와 “display”는 고른 것을 한 해 동안 기억하고, 나에 관한 정보는 들어 있지 않아요. “session”은 로그인하면 생기고 로그아웃하면 없어져요. 로그인하는 동안 10분짜리 쿠키 두 개를 써요. 다른 사이트는 읽을 수 없어요.
privacy-logs = 기록
privacy-logs-text = 서버는 요청 수를 세요. 찾은 낱말과 보낸 내용은 적지 않아요. 로그인하거나 실패하면 시각과 네트워크 주소를 적어요. 한꺼번에 몰리는 것을 막으려고, 네트워크마다 양식이 몇 번 왔는지를 주소로 되돌릴 수 없는 숫자로 한 시간까지 기억해요.
privacy-uploads = 올린 파일
privacy-uploads-text = 올린 파일은 도시가 설정한 곳에서 바이러스를 검사하고, 사진에서 위치와 이름 정보를 지워요. 점수표는 나만 아는 주소에 보관하고, 기한이 지나면 지워요.
privacy-others = 제3자 제공
privacy-others-text = 직접 고르지 않으면 누구에게도 주지 않아요. 다른 인증 기관으로 로그인하면 그 기관은 로그인한 사실을 알게 되고, 편지는 도시가 쓰는 우편과 문자 서비스를 거쳐요. 개인정보를 제3자에게 팔거나 제공하지 않아요. 다른 사이트에서 글꼴도, 방문 집계도, 광고도 불러오지 않아요. 서버 운영을 맡은 업체가 있으면 같은 규칙을 지켜야 해요.
privacy-safe-text = 연결은 암호화(TLS)할 수 있어요. 비밀번호는 해시로, 식별 번호와 편지는 봉인해서 보관해요. 직원은 한 번 더 확인해야 로그인할 수 있고, 내 기록을 보려면 이유를 적어야 하며, 나는 내 페이지에서 그것을 모두 볼 수 있어요. 바뀐 것은 몰래 고칠 수 없는 감사 기록에 남아요.
privacy-safe = 안전성 확보 조치
privacy-complain-text = 먼저 도시의 사무소에 물어보세요. 개인정보 보호 감독기관에 언제든지 민원을 낼 수도 있어요.
privacy-complain = 문의와 권익 침해 구제
privacy-rights-text = 내 페이지에서 개인정보를 보고 고치고, 모두 내려받고, 누가 봤는지 확인하고, 계정을 지울 수 있어요. 처리정지를 요구할 권리도 있어요. 계정이 없으면 “사무소와 여는 시간”에 있는 사무소에 오시거나 편지나 전화로 요청하세요. 한 달 안에 무료로 답해 드려요.
privacy-rights = 정보주체의 권리와 행사 방법
privacy-how-long-text = 고른 것을 기억하는 쿠키는 한 해 뒤에 없어져요. 끝난 로그인과 편지 내용은 30일 뒤에 지워요. 점수표는 30일 뒤에 파기하고, 그날을 점수표 쪽에 적어 둬요. 계정은 지울 때까지 보관해요. 감사 기록에는 이름 대신 번호로 무엇을 했는지만 남아요.
privacy-how-long = 보유 기간
privacy-why-text = 고른 것은 요청에 따라 기억해요. 계정은 신청에 따라 만들어, 도시가 할 공적인 일을 처리하려고 보관해요. 요청과 로그인은 사이트를 안전하게 운영하려고 세며, 이는 공익을 위한 업무예요. 점수표는 요청한 결과를 보여 드리려고 보관해요. 광고나 분석, 개인에 대한 결정에는 쓰지 않아요.
privacy-why = 처리 목적과 법적 근거
privacy-who-text = 이 쪽 맨 위에 적힌 도시가 이 사이트에서 다루는 개인정보의 책임자예요. “사무소와 여는 시간”에 있는 사무소로 연락하세요. 시연에서는 이 프로그램을 돌리는 사람이에요.
privacy-who = 개인정보 처리자

offline-title = 연결이 끊겼어요
offline-lead = 기기가 인터넷에 연결되어 있지 않아요. 연결 없이는 쪽을 보여 드릴 수 없어요. 다시 연결되면 해 보세요.

api-title = 열린 인터페이스
api-lead = 쪽에 보이는 모든 것을 프로그램으로 읽을 수 있어요. 열쇠는 필요 없어요. 오류는 RFC 9457 형식으로 알려 드려요.
api-description = OpenAPI 3.1 설명서
api-none = 지금은 제공하는 인터페이스가 없어요.
api-parameters = 매개변수
api-name = 이름
api-meaning = 뜻

failure-home = 홈으로 가기
failure-search = 무엇을 찾으셨나요?
failure-not-found = 이 쪽은 없어요
failure-not-found-advice = 주소를 잘못 적지 않았는지 확인하거나, 필요한 것을 찾아보세요.
failure-forbidden = 이 요청은 받을 수 없어요
failure-forbidden-advice = 다른 누리집에서 온 요청 같아요. 여기서 쪽을 열고 다시 해 보세요.
failure-method = 이 주소에서는 할 수 없어요
failure-method-advice = 메뉴에서 쪽을 열고 다시 해 보세요.
failure-too-many = 요청이 너무 많아요
failure-too-many-advice = 1분쯤 기다렸다가 다시 해 보세요. 앞서 한 일은 그대로 있어요.
failure-too-large = 파일이 너무 커요
failure-too-large-advice = 크기를 줄여서 다시 보내 주세요.
failure-refused = 할 수 없는 일이에요
failure-refused-advice = 뒤로 가서 적은 것을 확인하고 다시 해 보세요.
failure-conflict = 다른 사람이 먼저 바꿨어요
failure-conflict-advice = 방금 같은 것이 바뀌었어요. 쪽을 새로 열어 확인한 뒤에 계속하세요.
failure-busy = 사이트가 바빠요
failure-busy-advice = 잠시 뒤에 다시 해 보세요.
failure-ours = 저희 쪽에 문제가 생겼어요
failure-ours-advice = 잘못하신 것이 아니에요. 기록해 두었으니 몇 분 뒤에 다시 해 보세요.

failure-signed-out = 로그아웃되었어요
failure-signed-out-advice = 다른 창에서 로그인한 뒤 이 창으로 돌아와 다시 보내세요. 뒤로 가면 입력한 내용이 그대로 있어요.
failure-not-allowed = 이 일을 할 권한이 없어요
failure-not-allowed-advice = 맡은 역할에 들어 있지 않아요. 역할을 관리하는 담당자에게 문의하세요.
failure-second-factor = 한 번 더 확인이 필요해요
failure-second-factor-advice = 내 페이지에서 패스키나 인증 번호로 본인임을 확인한 뒤 다시 시도하세요.

attempts-too-many = 시도가 너무 많아요
attempts-too-many-advice = 비밀번호를 추측하는 프로그램을 막으려고 잠시 멈춰요. 직접 시도하지 않았다면 아무것도 하지 않아도 돼요.
attempts-wait = { $n }분 뒤에 다시 시도해 주세요.

proof-working = 프로그램이 보내는 것이 아닌지 확인하고 있어요. 몇 초 걸려요.
proof-done = 확인했어요.
proof-without-scripts = 프로그램이 마구 보내지 못하도록, 페이지를 연 지 { $n }초가 지나야 보낼 수 있어요.
proof-early = 너무 빨리 보냈어요. { $n }초 뒤에 버튼을 다시 눌러 주세요.
proof-stale = 페이지를 연 지 오래됐어요. 적은 내용을 확인하고 버튼을 다시 눌러 주세요.
proof-spent = 이미 보낸 양식이에요. 처리됐는지 확인하고, 안 됐으면 버튼을 다시 눌러 주세요.

files-refused-empty = 빈 파일이에요. 기기에서 열리는지 확인하고 다시 골라 주세요.
files-refused-too-large = 파일이 { $most }MB보다 커요. 크기를 줄이거나 나누어 보내 주세요.
files-refused-not-allowed = 이런 종류의 파일은 보낼 수 없어요. 다음 종류에서 골라 주세요: { $kinds }.
files-refused-disagrees = 파일 이름과 내용이 달라요. 파일을 열어 알맞은 형식으로 다시 저장하고 그 파일을 골라 주세요.
files-refused-damaged = 파일이 손상됐거나 끝까지 저장되지 않았어요. 기기에서 열리는지 확인하고 다시 저장해서 보내 주세요.
files-refused-too-many-pixels = 사진이 너무 커서 안전하게 열 수 없어요. 픽셀 수를 줄여 저장하고 그 파일을 보내 주세요.
files-refused-heic = HEIC나 AVIF 형식의 사진에는 찍은 위치가 남을 수 있는데 지울 수가 없어요. JPEG로 저장해서 보내 주세요.
files-refused-pdf-active = PDF에 프로그램이나 스스로 전송하는 양식, 다른 파일이 들어 있어요. 새 PDF로 인쇄해서 보내 주세요.
files-refused-pdf-locked = PDF가 비밀번호로 잠겨 있어 확인할 수 없어요. 비밀번호 없이 저장해서 보내 주세요.
files-refused-infected = 바이러스 검사에서 해로운 내용이 발견되어 파일을 보관하지 않았어요. 기기를 검사한 뒤 깨끗한 파일을 보내 주세요.
files-refused-later = 지금은 파일을 검사할 수 없어 보관하지 않았어요. 몇 분 뒤에 다시 시도해 주세요.

slip-title = 보관했어요. 아래 두 가지를 적어 두세요
slip-text = 이 번호들이 있으면 어느 기기에서나 다시 찾을 수 있어요. 비밀번호는 지금 한 번만 보여요.
slip-reference = 접수 번호
slip-pin = 비밀번호 여섯 자리
slip-join = 다시 찾거나 내 계정에 담기

gallery-title = 구성 요소 모음
