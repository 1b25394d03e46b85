# 화면 틀과 구성 요소. 열쇠는 ui-로 시작해요.
ui-home = 홈
ui-skip = 본문으로 건너뛰기
ui-menu = 주 메뉴
ui-languages = 언어
ui-breadcrumbs = 현재 위치
ui-search-label = 사이트에서 찾기
ui-search-button = 찾기

ui-masthead = 시범 도시의 공식 누리집이에요.
ui-masthead-how = 확인하는 방법
ui-masthead-label = 이 누리집에 대해
ui-masthead-demonstration = 이 도시는 실제로 없어요. 이름과 구역, 사무소, 운영 시간은 마당 소프트웨어를 보여 주려고 지어낸 것이에요. 실제 도시의 순위표에는 출처가 적혀 있어요.
ui-masthead-address = 주소창을 보면 누가 운영하는지 알 수 있어요. 실제 도시는 공식 주소 하나를 널리 알려요. 무엇이든 입력하기 전에 그 주소가 맞는지 확인하세요.
ui-masthead-never = 이 사이트는 비밀번호, 카드 번호, 주민등록번호를 묻지 않아요.

ui-display = 화면 설정
ui-theme = 색
ui-theme-auto = 기기 설정대로
ui-theme-light = 밝게
ui-theme-dark = 어둡게
ui-contrast = 대비
ui-contrast-normal = 보통
ui-contrast-high = 높게
ui-text-size = 글자 크기
ui-text-size-normal = 보통
ui-text-size-large = 크게
ui-text-size-largest = 아주 크게

ui-footer-demonstration = 시범 사이트예요. 도시는 가상이고, 여기서 하는 일은 어느 기관에도 전달되지 않아요.
ui-footer-nav = 사이트 안내
ui-footer-software = 도시를 위한 자유 소프트웨어, 마당으로 만들었어요.

ui-optional = (선택)
ui-error-summary = 답을 다시 확인해 주세요
ui-pagination = 목록의 쪽
ui-previous = 이전
ui-next = 다음
ui-page-number = { $n }쪽
ui-step-of = { $all }단계 중 { $n }단계
ui-step-done = 마침
ui-show-figures = 수치 보기
ui-chart-figures-below = 그래프예요. 같은 수치가 아래 표에 있어요.
ui-no-figure = 측정하지 않음
