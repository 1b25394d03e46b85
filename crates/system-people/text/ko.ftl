# Keys begin with people-.
people-title = 사람
people-lead = 직원이 사람에 관해 하는 일입니다. 여기에서 한 일은 모두 감사 기록에 남습니다.
people-desks = 업무
people-desk = 업무
people-desk-for = 하는 일
people-desk-count = 지금 건수
people-overview = 한눈에 보기
people-undo = 되돌리기
people-none = 없음
people-account = 계정
people-since = 시작한 날
people-name = 이름
people-email = 전자우편 주소
people-phone = 전화번호
people-language = 언어
people-department = 부서
people-state = 상태
people-state-active = 사용 중
people-state-blocked = 막힘
people-state-closed = 닫힘
people-role = 역할
people-role-resident = 주민
people-role-evaluator = 평가자
people-role-clerk = 담당자
people-role-editor = 편집자
people-role-coordinator = 조정자
people-role-administrator = 관리자
people-reason = 이유
people-reason-hint = 5자에서 500자까지. 당사자가 읽습니다.
people-reason-wrong = 이유를 5자에서 500자 사이로 적으세요.
people-reason-needed = 이유를 적으세요
people-reason-needed-advice = 앞으로 돌아가 이유를 5자에서 500자 사이로 적으세요. 당사자가 읽습니다.
people-oneself = 자기 자신에게는 할 수 없습니다
people-oneself-advice = 같은 역할을 가진 동료에게 부탁하세요.
people-last-administrator = 관리자가 한 명도 남지 않습니다
people-last-administrator-advice = 먼저 다른 사람을 관리자로 지정하세요.

people-right-departments = 부서 만들기, 이름 바꾸기, 닫기
people-right-roles = 역할 주기와 거두기
people-right-find = 계정 찾기
people-right-record = 이유를 적고 기록 열기
people-right-block = 계정 막기
people-right-factors = 잃어버린 2차 인증 없애기
people-right-help = 창구에서 도와주기
people-right-residence = 주민 확인 결정하기
people-right-audit = 감사 기록 읽기

people-find = 사람 찾기
people-find-text = 전자우편 주소나 계정 번호가 정확히 맞는 계정 하나를 찾습니다.
people-find-lead = 당사자가 알려 준 전체 전자우편 주소나 계정 번호로만 찾을 수 있습니다.
people-find-button = 찾기
people-find-none = 이 주소나 번호를 가진 계정이 없습니다
people-find-none-advice = 로그인할 때 쓰는 주소를 물어보고 글자를 하나씩 확인하세요.
people-who = 누구
people-who-hint = 전체 전자우편 주소 또는 계정 번호(ac_…).
people-who-wrong = 이 주소나 번호를 가진 계정이 없습니다.

people-record = 기록
people-record-text = 이유를 적으면 이름, 연락처, 처리 중인 일이 30분 동안 열립니다. 당사자가 담당자 이름과 이유를 봅니다.
people-record-button = 기록 열기
people-person = 당사자
people-verified = 주민으로 확인된 날
people-requests = 주민 확인 신청
people-sessions = 로그인한 기기
people-things = 관련된 일
people-access = 이용
people-access-text = 막힌 사람은 로그인할 수 없고, 그 사람의 프로그램도 멈춥니다. 편지로 알립니다.
people-block = 계정 막기
people-unblock = 다시 열기
people-end-sessions = 모든 기기에서 로그아웃
people-factors = 잃어버린 2차 인증
people-factors-text = 신분증을 확인한 뒤에만 하세요. 패스키, 인증 앱, 복구 코드가 없어지고 비밀번호는 남습니다.
people-factors-button = 2차 인증 없애기
people-factors-of-staff = 관리자가 하는 일입니다
people-factors-of-staff-advice = 시에서 일하는 사람입니다. 직원의 2차 인증은 관리자가 없앱니다.
people-done-blocked = 계정을 막았습니다.
people-done-unblocked = 계정을 다시 열었습니다.
people-done-sessions = 모든 기기에서 로그아웃했습니다.
people-done-factors = 2차 인증을 없앴습니다. 다음에 로그인할 때 새로 등록합니다.
people-audit-of = 이 계정에 한 일

people-roles = 역할
people-roles-text = 누가 어떤 역할인지 보고, 주거나 거둡니다.
people-roles-count = 준 역할 { $n }개
people-role-give = 역할 주기
people-role-give-button = 역할 주기
people-role-take = 거두기
people-role-no-department = 부서 없음
people-role-department-hint = 담당자만 고릅니다.
people-role-wrong = 역할을 고르세요.
people-role-oneself = 자기 자신에게 역할을 줄 수 없습니다.
people-role-not-active = 막히거나 닫힌 계정, 또는 단체 계정입니다.
people-role-department-wrong = 담당자는 열려 있는 부서가 있어야 하고, 다른 역할은 부서가 없습니다.
people-role-already = 이미 이 역할이 있습니다.
people-done-role-given = 역할을 주었습니다. 다음 요청부터 쓸 수 있고 편지가 갑니다.
people-done-role-taken = 역할을 거두었습니다. 다음 요청부터 쓸 수 없고 편지가 갑니다.

people-departments = 부서
people-departments-text = 만들고, 이름을 바꾸고, 닫습니다.
people-departments-count = 부서 { $n }개
people-departments-closed = 닫은 부서
people-department-new = 새 부서
people-department-make = 부서 만들기
people-department-en = 영어 이름
people-department-ko = 한국어 이름
people-department-since = 만든 날
people-department-change = 바꾸기
people-department-rename = 이름 바꾸기
people-department-close = 닫기
people-department-open = 다시 열기
people-department-name-wrong = 이름을 한 줄, 100자 안으로 적으세요.
people-department-has-clerks = 이 부서에 담당자가 있습니다
people-department-has-clerks-advice = 먼저 담당자의 역할을 거두거나 다른 부서로 옮기세요.
people-done-department-made = 부서를 만들었습니다.
people-done-department-renamed = 부서 이름을 바꾸었습니다.
people-done-department-closed = 부서를 닫았습니다.

people-counter = 창구
people-counter-text = 찾아온 사람을 대신해 처리합니다.
people-counter-lead = 최대 한 시간 동안 당사자를 대신합니다. 지금 보내는 코드를 당사자가 알려 주면 동의한 것이고, 한 일은 두 사람 모두 볼 수 있습니다.
people-counter-note = 무엇을 위해
people-counter-note-hint = 5자에서 500자까지. 당사자가 편지에서 읽습니다.
people-counter-note-wrong = 무엇을 위해서인지 5자에서 500자 사이로 적으세요.
people-counter-who-wrong = 주소가 있는 사용 중인 계정이 없습니다. 자기 자신은 도울 수 없습니다.
people-counter-send = 코드 보내기
people-counter-sent = 당사자에게 코드를 보냈습니다. { $minutes }분 동안 쓸 수 있습니다. 동의하면 읽어 달라고 하세요.
people-counter-for = 목적: { $note }
people-counter-code = 코드
people-counter-code-hint = 글자와 숫자 8개. 붙임표는 없어도 됩니다.
people-counter-code-wrong = 코드가 맞지 않습니다. 가장 새 편지를 함께 보세요.
people-counter-code-spent = 너무 여러 번 틀렸습니다. 코드를 새로 보내세요.
people-counter-begin = 돕기 시작

people-residence = 주민 확인
people-residence-text = 결정할 신청과 인쇄할 코드 편지입니다.
people-residence-waiting = 결정할 것
people-residence-post = 인쇄할 편지
people-residence-count = 신청 { $n }건
people-residence-asked = 신청한 때
people-residence-until = 답할 기한
people-residence-files = 서류
people-residence-address = 주소
people-residence-identifier = 서류의 번호
people-residence-identifier-hint = 신분증, 등록증, 여권의 번호를 적힌 대로 입력하세요. 열쇠로 만든 해시로만 보관합니다.
people-residence-identifier-wrong = 서류에 적힌 번호를 입력하세요.
people-residence-decide = 결정하기
people-residence-decision = 결정
people-residence-decision-wrong = 결정을 고르세요.
people-residence-grant = 주민이 맞습니다
people-residence-refuse = 확인할 수 없습니다
people-residence-look = { $date }에 한 주민 확인 신청
people-residence-print = 편지 인쇄
people-residence-print-lead = 지금 이 쪽을 인쇄하세요. 코드는 다시 보이지 않습니다. 다시 인쇄하면 새 코드가 만들어집니다.
people-residence-letter = { $city }에서 이 주소에 사시는지 이 코드로 확인합니다. { $date }까지 내 페이지의 “여기에 산다는 확인”에 입력해 주세요.
people-done-granted = 주민으로 확인했습니다.
people-done-refused = 신청을 받아들이지 않았습니다. 이유가 당사자에게 전해졌습니다.
people-done-doubled = 받아들이지 않았습니다. 이 사람에게 이미 다른 계정이 있습니다.

people-audit = 감사 기록
people-audit-text = 누가 언제 무엇을 했는지, 사슬이 온전한지 봅니다.
people-audit-subject = 대상
people-audit-who = 한 사람
people-audit-act = 한 일
people-audit-until = 이날까지
people-audit-when = 때
people-audit-detail = 내용
people-audit-button = 보기
people-audit-older = 더 오래된 기록
people-audit-whole = 사슬이 온전합니다. 봉인된 { $size }건 가운데 마지막 1000건을 확인했고, { $waiting }건이 봉인을 기다립니다.
people-audit-broken = 사슬이 끊겼습니다. “madang check audit”을 실행하면 처음으로 끊긴 기록을 알려 줍니다.
people-audit-count = 기록 { $n }건

people-letter-role-given-subject = 새 역할이 생겼습니다
people-letter-role-given-body = { $when }에 역할을 받았습니다: { $role ->
    [evaluator] 평가자
    [clerk] 담당자
    [editor] 편집자
    [coordinator] 조정자
   *[administrator] 관리자
 }. 직원은 2차 인증으로 로그인합니다. 등록하라는 안내가 나옵니다. 내 페이지: { $link }
people-letter-role-given-sms = 새 역할을 받았습니다. 내 페이지에서 볼 수 있습니다.
people-letter-role-taken-subject = 역할이 끝났습니다
people-letter-role-taken-body = { $when }에 다음 역할이 끝났습니다: { $role ->
    [evaluator] 평가자
    [clerk] 담당자
    [editor] 편집자
    [coordinator] 조정자
   *[administrator] 관리자
 }. 예상하지 못한 일이면 관리자에게 물어보세요. 내 페이지: { $link }
people-letter-role-taken-sms = 역할 하나가 끝났습니다. 내 페이지에서 볼 수 있습니다.
people-letter-blocked-subject = 계정이 막혔습니다
people-letter-blocked-body = { $when }에 계정이 막혔고 모든 기기에서 로그아웃되었습니다. 이유를 묻거나 이의를 말하려면 시의 어느 창구든 찾아오거나 전화하세요. { $link }
people-letter-blocked-sms = 계정이 막혔습니다. 시의 어느 창구에나 물어보세요.
people-letter-unblocked-subject = 계정이 다시 열렸습니다
people-letter-unblocked-body = { $when }부터 계정을 다시 쓸 수 있습니다. 로그인하세요: { $link }
people-letter-unblocked-sms = 계정을 다시 쓸 수 있습니다.
people-letter-factors-subject = 2차 인증이 없어졌습니다
people-letter-factors-body = { $when }에 창구에서 신분증을 확인한 뒤 패스키, 인증 앱, 복구 코드를 없앴습니다. 본인이 아니었다면 바로 아무 창구에나 알려 주세요. 새로 등록하기: { $link }
people-letter-factors-sms = 창구에서 2차 인증을 없앴습니다. 본인이 아니었다면 바로 아무 창구에나 알려 주세요.
people-letter-counter-subject = 코드: { $code }
people-letter-counter-body = 시 창구의 담당자가 최대 한 시간 동안 회원님을 대신하려고 해요. 목적: { $note }. 지금 창구에 있고 동의하면 이 코드를 알려 주세요: { $code }. { $minutes }분 동안 쓸 수 있어요. 창구에 있지 않다면 아무에게도 알려 주지 마세요.
people-letter-counter-sms = { $code } 창구에서 회원님을 대신하는 코드예요. 창구에 있을 때만 알려 주세요. { $minutes }분 동안 쓸 수 있어요.
people-letter-resident-subject = 주민으로 확인되었습니다
people-letter-resident-body = { $when }에 이곳에 사는 주민으로 확인되었습니다. 내 페이지: { $link }
people-letter-resident-sms = 이곳에 사는 주민으로 확인되었습니다.
people-letter-not-resident-subject = 주민 확인이 되지 않았습니다
people-letter-not-resident-body = { $when }에 주민으로 확인하지 못했습니다. 이유는 내 페이지에 있습니다: { $link }
people-letter-not-resident-sms = 주민으로 확인하지 못했습니다. 이유는 내 페이지에 있습니다.
