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

sitemap-title = 모든 쪽 모아 보기
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

accessibility-title = 접근성
accessibility-lead = 누구나 이 사이트를 쓸 수 있어야 해요. 키보드로도, 화면 낭독기로도, 큰 글자로도, 오래된 휴대전화로도요.
accessibility-standard = 목표
accessibility-standard-text = 웹 콘텐츠 접근성 지침(WCAG) 2.2의 AA 수준이에요. 유럽의 EN 301 549가 이 지침을 바탕으로 하고, 한국형 지침(KWCAG 2.2)도 이와 가까워요.
accessibility-how = 확인하는 방법
accessibility-how-text = 새로 내놓기 전에 모든 쪽을 모든 언어와 색 설정에서 프로그램(axe-core)으로 검사해요. 이 검사로 문제의 일부는 찾지만 전부를 찾지는 못해요.
accessibility-limits = 아직 부족한 점
accessibility-limits-text = 독립된 사람이 시험해 본 적은 아직 없어요. 그래프는 그림이고, 같은 수치가 바로 아래 표에 있어요. 모든 언어로 옮기지 못한 쪽이 있어요.
accessibility-tell = 보기 편하게 바꾸는 방법
accessibility-tell-text = 모든 쪽 위의 “화면 설정”에서 색, 대비, 글자 크기를 고르세요. 브라우저의 확대 기능은 400%까지 쓸 수 있어요.

privacy-title = 개인정보
privacy-lead = 누구인지 알리지 않고도 모든 것을 읽을 수 있어요.
privacy-none = 묻는 것
privacy-none-text = 아무것도 묻지 않아요. 계정이 없고, 이름을 적는 양식도 없어요.
privacy-cookies = 쿠키
privacy-cookies-text = 두 개뿐이고, 직접 고른 뒤에만 만들어요. “language”와 “display”가 고른 것을 한 해 동안 기억해요. 나에 관한 정보는 들어 있지 않고, 다른 사이트는 읽을 수 없어요.
privacy-logs = 기록
privacy-logs-text = 서버는 요청 수를 세요. 찾은 낱말과 네트워크 주소는 적지 않아요. 한꺼번에 몰리는 것을 막으려고, 한 주소에서 양식이 몇 번 왔는지만 2분 동안 기억해요.
privacy-uploads = 올린 파일
privacy-uploads-text = 올린 점수표는 나만 아는 주소에 보관하고, 기한이 지나면 지워요. 지우는 날은 점수표 쪽에 적혀 있어요.
privacy-others = 다른 곳
privacy-others-text = 다른 사이트에서 아무것도 불러오지 않아요. 글꼴도, 방문 집계도, 광고도 없어요.

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

gallery-title = 구성 요소 모음
