# Keys begin with account-.
account-title = 내 페이지
account-email = 전자우편 주소
account-email-hint = 이 주소로 인증 번호를 보내요. 다른 사람은 볼 수 없어요.
account-email-wrong = name@example.com 같은 전자우편 주소를 입력하세요
account-password = 비밀번호
account-password-wrong = 비밀번호가 맞지 않아요. 다시 입력하세요.
account-privacy = 개인정보를 어떻게 다루나요

account-sign-in = 로그인
account-sign-in-lead = 전자우편 주소와 비밀번호로 로그인하세요.
account-sign-in-button = 로그인
account-sign-in-wrong = 주소와 비밀번호가 서로 맞지 않아요. 둘 다 확인하고 다시 입력하세요.
account-sign-in-help = 계정이 없거나 비밀번호를 잊었나요?
account-stay = 이 기기에서
account-stay-yes = 로그인 상태 유지
account-stay-hint = 여럿이 쓰는 컴퓨터에서는 고르지 마세요.
account-again = 본인이 맞나요?
account-again-lead = 중요한 일이에요. 본인임을 한 번 더 확인해 주세요.
account-again-button = 계속

account-register = 계정 만들기
account-register-short = 2분쯤 걸려요. 전자우편 주소가 필요해요.
account-register-lead = 계정이 있으면 내 일이 어떻게 처리되는지 볼 수 있고, 내 정보를 한 번만 입력하면 돼요.
account-register-need = 지금 확인할 수 있는 전자우편 주소가 필요해요. 2분쯤 걸려요.
account-register-confirm = 인증 번호, 이름, 비밀번호
account-register-button = 계정 만들기
account-step-address = 주소
account-step-code = 인증 번호와 비밀번호
account-name = 이름
account-name-hint = 편지에 쓸 이름이에요.
account-name-wrong = 이름을 한 줄로, 100자 안으로 입력하세요.

account-code = 인증 번호
account-code-hint = 편지에 있는 글자와 숫자 8자리예요. 예: 7QK2-M9XA
account-code-send = 인증 번호 받기
account-code-sent = 인증 번호를 담은 편지를 보냈어요.
account-code-sent-advice = { $minutes }분 동안 쓸 수 있어요. 편지가 없으면 스팸함을 보고, 주소를 맞게 입력했는지 확인하세요.
account-code-wrong = 인증 번호가 맞지 않아요. 가장 최근 편지를 보고 다시 입력하세요.
account-code-over = 쓸 수 없는 인증 번호예요
account-code-over-advice = 시간이 지났거나 너무 여러 번 틀렸어요. 새 인증 번호를 받으세요.
account-code-again = 새 인증 번호 받기

account-password-current = 지금까지 쓴 비밀번호
account-password-new = 새 비밀번호
account-password-hint = 8자 이상. 서로 관계없는 낱말 서너 개면 좋아요.
account-password-too-short = 비밀번호가 너무 짧아요. 8자 이상으로 만드세요.
account-password-too-long = 비밀번호가 너무 길어요. 128자 안으로 만드세요.
account-password-guessable = 쉽게 알아낼 수 있는 비밀번호예요. 나나 이 도시와 관계없는 낱말을 한두 개 더하세요.
account-password-change = 비밀번호 바꾸기
account-password-lead = 바꾸고 나면 이 기기에서는 그대로, 다른 기기에서는 모두 로그아웃돼요.
account-password-button = 비밀번호 바꾸기

account-recover = 비밀번호를 잊었어요
account-recover-short = 인증 번호를 받고 새 비밀번호를 정해요.
account-recover-lead = 전자우편 주소를 입력하세요. 계정이 있으면 그 주소로 인증 번호를 보내요.
account-recover-confirm = 새 비밀번호
account-recover-button = 비밀번호 바꾸기

account-sessions = 로그인한 곳
account-sessions-lead = 모르는 기기가 있으면 로그아웃시키고 비밀번호를 바꾸세요.
account-sessions-count = 기기 { $n }대에서 로그인 중
account-sessions-device = 기기
account-sessions-way = 방법
account-sessions-since = 시작
account-sessions-seen = 마지막 사용
account-sessions-end = 끝내기
account-sessions-this = 지금 이 기기
account-sessions-unknown = 알 수 없는 기기
account-sessions-end-button = 로그아웃시키기
account-sessions-end-others = 다른 곳 모두 로그아웃
account-way-password = 비밀번호
account-way-passkey = 패스키
account-way-oidc = 다른 인증 기관
account-way-recovery = 복구 번호

account-letter-register-subject = 인증 번호: { $code }
account-letter-register-body = 계정을 만들 인증 번호는 { $code }예요. { $minutes }분 동안 쓸 수 있어요. 신청하지 않았다면 그냥 두세요. 인증 번호 없이는 계정이 만들어지지 않아요.
account-letter-register-sms = 인증 번호 { $code }. { $minutes }분 동안 쓸 수 있어요.
account-letter-register-known-subject = 이미 계정이 있어요
account-letter-register-known-body = { $when }에 누군가, 아마도 본인이 이 주소로 계정을 만들려고 했어요. 이미 계정이 있으니 로그인하거나, 비밀번호를 잊었다면 새로 정하세요: { $link }
account-letter-register-known-sms = 이미 계정이 있어요. 로그인하거나 비밀번호를 새로 정하세요.
account-letter-recover-subject = 인증 번호: { $code }
account-letter-recover-body = 새 비밀번호를 정할 인증 번호는 { $code }예요. { $minutes }분 동안 쓸 수 있어요. 신청하지 않았다면 그냥 두세요. 비밀번호는 그대로예요.
account-letter-recover-sms = 새 비밀번호 인증 번호 { $code }. { $minutes }분 동안 쓸 수 있어요.
account-letter-password-changed-subject = 비밀번호가 바뀌었어요
account-letter-password-changed-body = { $when }에 계정의 비밀번호가 바뀌었어요. 다른 기기에서는 로그아웃되었어요. 본인이 바꾸지 않았다면 바로 새 비밀번호를 정하고 로그인한 곳을 확인하세요: { $link }
account-letter-password-changed-sms = 계정의 비밀번호가 바뀌었어요. 본인이 아니라면 바로 새로 정하세요.

# 내 페이지.
account-hello = { $name }님, 안녕하세요.
account-me = 내 정보
account-phone = 전화번호
account-language = 언어
account-resident = 주민 확인
account-resident-since = { $date }부터 확인됨
account-resident-not = 확인되지 않음
account-none = 없음
account-work = 내 업무
account-mine = 내가 한 일
account-mine-none = 아직 없어요. 로그인한 동안 한 일이 여기에 나타나요.
account-mine-join = 로그인하지 않고 한 일을 가져오기
account-more = 더 보기
account-for-title = 다른 사람의 이름으로
account-for = 지금 { $name }님을 대신하고 있어요. 지금 하는 일은 이 이름으로 남고, { $name }님도 볼 수 있어요.
account-for-mine = 이 이름으로 한 일
account-not-while-acting = 본인만 볼 수 있는 내용이에요
account-not-while-acting-advice = 지금은 다른 사람을 대신하고 있어요. 내 것을 보려면 ‘대리’ 쪽에서 대리를 멈추세요.
account-done-joined = 내 페이지에 담았어요.
account-done-changed = 바꾼 내용을 저장했어요.
account-details = 이름과 연락처
account-details-text = 부를 이름, 언어, 전자우편과 전화번호를 바꿔요.
account-details-change = 이름, 언어, 연락처 바꾸기
account-details-name = 이름과 언어
account-details-save = 저장
account-language-hint = 이 언어로 편지를 보내요.
account-language-wrong = 언어를 고르세요.
account-security = 비밀번호, 패스키, 인증 번호
account-security-text = 로그인하는 방법과 계정을 되찾는 방법이에요.
account-sessions-text = 로그인한 브라우저와 기기를 보고 로그아웃해요.
account-acting = 대리
account-acting-text = 내가 누구를 대신하는지, 누가 나를 대신하는지, 무엇을 했는지 봐요.
account-acting-stop = 대리 멈추기
account-residence = 주민 확인
account-residence-text = 주민만 쓸 수 있는 서비스가 있어요.
account-letters = 편지
account-letters-text = 시에서 보낸 편지를 보고 받는 방법을 정해요.
account-data = 내 데이터
account-data-text = 모두 내려받고, 누가 보았는지 확인하고, 계정을 지워요.
account-tokens = 프로그램용 열쇠
account-tokens-text = 내 프로그램이 내 이름으로 개방 인터페이스를 쓰게 하는 열쇠예요.

# 계정 없이 한 일.
account-follow = 내 건 찾아보기
account-follow-lead = 계정 없이 한 일을 다시 찾아요. 접수 번호와 비밀번호만 있으면 돼요.
account-follow-reference-hint = 글자와 숫자 아홉 자예요. 예: 7K3M-9QX2-T. 붙임표는 없어도 돼요.
account-follow-pin-hint = 접수 번호 옆에 보였던 숫자 여섯 자리예요.
account-follow-button = 찾기
account-follow-wrong = 이 접수 번호와 비밀번호로는 찾을 수 없어요. 둘 다 다시 확인하세요. 기간이 끝난 것은 지워졌어요.
account-follow-closed = 여러 번 틀렸어요. 15분 뒤에 다시 해 보세요.
account-follow-found = 찾았어요
account-follow-done = 한 날
account-follow-until = 보관하는 날까지
account-follow-open = 열기
account-follow-keep = 내 계정에 담기
account-follow-sign-in = 계정이 있으면 접수 번호 없이도 내 페이지에서 볼 수 있어요.
account-follow-sign-in-link = 로그인하고 돌아오기

# 내 데이터.
account-data-lead = 시가 나에 대해 가지고 있는 것을 모두 내려받고, 확인하고, 지울 수 있어요.
account-data-take = 모두 내려받기
account-data-take-text = JSON과 파일을 담은 ZIP 파일 하나예요. 비밀번호와 다른 사람의 데이터는 들어 있지 않아요.
account-data-take-button = 내 데이터 내려받기
account-export-readme =
    { $date }에 시가 가지고 있던 내 데이터 전부예요.

    account.json             내 정보와 연락처
    sign-in.json             로그인할 때 쓰는 패스키와 다른 인증 기관
    sessions.json            로그인한 기기
    roles.json               시에서 맡은 역할
    tokens.json              프로그램용 열쇠(열쇠 값은 빠져 있어요)
    delegations.json         내가 대신하는 사람과 나를 대신하는 사람
    acted-for-me.json        다른 사람이 내 이름으로 한 일
    residence.json           주민 확인 과정
    guest-acts.json          여기에서 했고 아직 남아 있는 일
    looks-at-my-record.json  내 기록을 본 직원과 그 까닭
    letters.json             시에서 보낸 편지
    audit-trail.json         내가 한 일과 내 계정에 일어난 일
    폴더                     시의 여러 서비스가 보관하는 것

    시각은 협정 세계시(UTC)예요. 파일 안의 낱말은 개방 인터페이스와 같아요.
account-looks = 내 기록을 본 사람
account-looks-text = 직원은 까닭을 적어야 내 기록을 볼 수 있어요. 본 일은 모두 여기에 남아요.
account-looks-caption = 내 기록을 본 일
account-looks-none = 내 기록을 본 직원이 없어요.
account-looks-when = 언제
account-looks-who = 누가
account-looks-what = 무엇을
account-looks-why = 까닭
account-look-record = 내 기록
account-look-residence = 주민 확인 신청
account-look-block = 계정이 막힘
account-look-factors = 2차 인증이 없어짐
account-somebody-gone = 계정이 없어진 사람
account-role-resident = 주민
account-role-evaluator = 평가자
account-role-clerk = 담당 직원
account-role-editor = 편집자
account-role-coordinator = 조정자
account-role-administrator = 관리자
account-leave = 계정 지우기
account-leave-text = 다시 생각할 시간이 { $days }일 있어요. 그동안은 모두 그대로이고, 단추 하나로 되돌릴 수 있어요. 그 뒤에는 되살릴 수 없어요.
account-gone = 지우는 것
account-gone-account = 이름, 전자우편, 전화번호, 언어
account-gone-ways = 비밀번호, 패스키, 인증 번호, 로그인한 기기, 프로그램용 열쇠
account-gone-acting = 대리 관계
account-gone-residence = 주민 확인에 쓴 내용
account-gone-letters = 받은 편지와 편지 설정
account-gone-things = 내 페이지에 있는 내가 한 일
account-kept = 법에 따라 남기는 것
account-kept-trail = 감사 기록: 어떤 계정이 언제 무엇을 했는지.
account-kept-trail-why = 아무도 지난 일을 고쳐 쓰지 못하게 이름 없이 계정 번호만 남겨요. 계속 보관해요.
account-kept-letters = 편지를 보냈다는 사실.
account-kept-letters-why = 편지 수를 세려고 내용, 주소, 이름 없이 남겨요. 계속 보관해요.
account-kept-roles = 직원으로 맡았던 역할.
account-kept-roles-why = 결정한 일이 다른 사람에게 이어지므로 계정 번호로 남겨요. 계속 보관해요.
account-kept-others = 다른 사람의 이름으로 한 일과 직원으로서 본 기록.
account-kept-others-why = 그 사람의 것이기도 하므로 계정 번호로 남겨요. 그 사람의 계정이 있는 동안 보관해요.
account-kept-backups = 비상용 전체 사본.
account-kept-backups-why = 새 사본으로 바뀔 때까지 보관해요.
account-leave-open = 계정을 지울래요
account-leave-sign = 확인하려면 다음을 그대로 적으세요: { $sign }
account-leave-sign-wrong = 같지 않아요. 입력란 위에 있는 그대로 적으세요.
account-leave-last-administrator = 이 도시에서 하나뿐인 관리자예요. 먼저 다른 사람에게 관리자 역할을 준 다음 계정을 지워 주세요.
account-leave-button = 계정 지우기
account-leaving = { $date }에 계정이 지워져요
account-leaving-text = 그때까지 데이터를 내려받거나 계정을 그대로 둘 수 있어요. 로그인만으로는 취소되지 않아요.
account-leaving-stay = 계정 그대로 두기
account-done-stayed = 계정을 그대로 두었어요.
account-letter-leaving-subject = 계정이 지워질 예정입니다
account-letter-leaving-body = 계정을 지워 달라고 요청하셨습니다. { $when }에 지워집니다. 그때까지 취소하거나 데이터를 내려받을 수 있습니다: { $link } 본인이 요청하지 않았다면 취소하고 비밀번호를 바꾸세요.
account-letter-leaving-sms = { $when }에 계정이 지워집니다. 본인이 요청하지 않았다면 로그인해서 취소하세요.
account-letter-stays-subject = 계정을 지우지 않았습니다
account-letter-stays-body = 계정을 지워 달라고 요청하셨습니다. 그사이 이 도시의 하나뿐인 관리자가 되셔서 계정을 그대로 두었습니다. 다른 사람에게 역할을 준 다음 다시 요청하세요: { $link }
account-letter-stays-sms = 하나뿐인 관리자여서 계정을 지우지 않았습니다. 다른 사람에게 역할을 준 다음 다시 요청하세요.

# 대리.
account-acting-lead = 동의 없이는 아무도 다른 사람을 대신할 수 없어요. 두 사람 모두 여기에서 보고, 언제든지 끝낼 수 있어요.
account-acting-requests = 나에게 온 요청
account-acting-agent = 내가 대신하는 사람
account-acting-principal = 나를 대신하는 사람
account-acting-representatives = 이 단체를 대표하는 사람
account-acting-first = 단체를 만든 사람이 누가 대표할지 정해요. 그 사람이 그만두면 그다음으로 오래된 대표가 정해요.
account-first-only = 다른 사람이 정하는 일이에요
account-first-only-advice = 다른 사람을 초대하는 일은 단체의 첫 번째 대표만 할 수 있어요. 누구인지는 ‘대리’ 쪽에 있어요.
account-acting-open = 내가 보낸 요청
account-acting-nobody = 없어요.
account-acting-kind = 자격
account-kind-guardian = 믿고 맡긴 사람
account-kind-company = 대표
account-kind-helper = 창구 도우미
account-acting-until = 끝나는 때
account-acting-note = 맡기는 일
account-acting-note-hint = 예: 임대 주택 신청. 상대방이 읽어요.
account-acting-asker = 요청한 사람
account-acting-means = 대신하는 사람은 시의 서비스에서 그 사람이 할 수 있는 일을 할 수 있어요. 편지를 읽거나 데이터를 내려받거나 로그인 방법을 바꿀 수는 없어요.
account-wish-act-for-you = { $name }님이 나를 대신하고 싶어 해요.
account-wish-be-acted-for = { $name }님이 자기 일을 맡기고 싶어 해요.
account-wish-represent = { $name }의 대표로 일해 달라는 요청이에요.
account-open-act = 내가 이 사람을 대신하고 싶어요.
account-open-invite = 이 사람이 나를 대신해 주기를 바라요.
account-acting-agree = 동의하기
account-acting-refuse = 거절하기
account-acting-begin = 지금 대신하기
account-acting-end = 끝내기
account-acting-take-back = 거두기
account-acting-ask = 요청하기
account-acting-invite = 대표 초대하기
account-acting-ask-lead = 상대방은 내 이름과 주소를 보고 결정해요. 아는 사람에게만 요청하세요.
account-acting-side = 무엇을 원하세요?
account-acting-side-agent = 내가 이 사람을 대신할래요
account-acting-side-principal = 이 사람이 나를 대신하게 할래요
account-acting-side-wrong = 누가 누구를 대신하는지 고르세요.
account-acting-email-hint = 상대방이 로그인할 때 쓰는 주소예요. 이곳 계정의 주소이면 상대방에게 요청이 보여요.
account-acting-oneself = 내 주소예요. 상대방의 주소를 적으세요.
account-acting-days = 얼마 동안인가요?
account-acting-days-wrong = 기간을 고르세요.
account-days-month = 한 달
account-days-half-year = 반년
account-days-year = 1년
account-days-three-years = 3년
account-acting-send = 요청 보내기
account-acting-too-many = 답을 기다리는 요청이 다섯 개예요. 하나를 거두거나 답을 기다리세요.
account-acting-over = 이미 끝났어요
account-acting-over-advice = 그사이에 끝났거나 답했거나 기간이 지났어요. 쪽을 새로 열어 확인하세요.
account-acted = 내 이름으로 한 일
account-acted-none = 내 이름으로 한 일이 없어요.
account-acted-caption = 다른 사람이 내 이름으로 한 일
account-acted-when = 언제
account-acted-who = 누가
account-acted-what = 무엇을
account-act-acting-begun = 나를 대신하기 시작함
account-act-acting-stopped = 대리를 멈춤
account-act-guest-joined = 계정 없이 한 일을 담음
account-act-delegation-asked = 대표를 초대함
account-act-delegation-ended = 대리를 끝냄
account-organisation = 단체 만들기
account-organisation-lead = 회사나 모임이 따로 계정을 가져요. 내가 대표하고, 다른 사람을 초대하거나 그만두게 할 수 있어요.
account-organisation-name = 단체 이름
account-organisation-hint = 등록된 이름을 적으세요.
account-organisation-wrong = 이름을 한 줄, 100자 이내로 적으세요.
account-organisation-button = 만들기
account-done-asked = 요청을 보냈어요. 14일 동안 여기에서 기다려요.
account-done-agreed = 동의했어요. 언제든지 끝낼 수 있어요.
account-done-refused = 거절했어요.
account-done-ended = 끝냈어요.
account-done-founded = 단체 계정을 만들었어요.
account-done-stopped = 다시 내 이름으로 일해요.
account-letter-asked-subject = { $who }님의 요청이 있습니다
account-letter-asked-body = { $who }님이 시의 일에서 대신하거나 대신해 달라고 요청했습니다. 보고 결정하세요: { $link }
account-letter-asked-sms = { $who }님이 대리를 요청했습니다. 로그인해서 결정하세요.
account-letter-agreed-subject = { $who }님이 동의했습니다
account-letter-agreed-body = { $who }님이 대리 요청에 동의했습니다. 두 분 모두 언제든지 끝낼 수 있습니다: { $link }
account-letter-agreed-sms = { $who }님이 대리 요청에 동의했습니다.
account-letter-ended-subject = 대리가 끝났습니다
account-letter-ended-body = { $who }님이 대리를 끝냈습니다. 더는 이 방법으로 일할 수 없습니다: { $link }
account-letter-ended-sms = { $who }님이 대리를 끝냈습니다.

# 기다리는 일.
account-waiting = 기다리는 일
account-waiting-nothing = 기다리는 일이 없어요.
account-waiting-letters = { $n ->
   *[other] 새 편지 { $n }통
 }
account-waiting-requests = { $n ->
   *[other] 답할 요청 { $n }건
 }
account-waiting-code = { $n ->
   *[other] 인증 번호가 든 우편 { $n }통이 가고 있어요
 }
account-waiting-residence = { $n ->
   *[other] 주민 확인 { $n }건을 살펴보고 있어요
 }

# 새 연락처.
account-address = 연락처 확인
account-address-confirm = 확인
account-contact-now = 지금: { $address }
account-email-change = 전자우편 주소 바꾸기
account-email-new = 새 전자우편 주소
account-email-new-hint = 그곳으로 번호를 보내고, 예전 주소로는 알림을 보내요.
account-phone-change = 전화번호 바꾸기
account-phone-new = 새 전화번호
account-phone-new-hint = 국가 번호까지 적으세요. 예: +82 10 1234 5678. 그곳으로 번호를 보내요.
account-phone-wrong = 국가 번호를 넣어 전화번호를 적으세요. 예: +82 10 1234 5678
account-letter-address-subject = 인증 번호: { $code }
account-letter-address-body = 이 연락처를 확인하는 번호는 { $code }입니다. { $minutes }분 동안 쓸 수 있습니다. 요청하지 않았다면 아무것도 하지 않아도 됩니다.
account-letter-address-sms = 인증 번호 { $code }. { $minutes }분 동안 쓸 수 있습니다.
account-letter-address-changed-subject = 연락처가 바뀌었습니다
account-letter-address-changed-body = { $when }에 계정의 주소나 전화번호가 바뀌었습니다. 본인이 바꾸지 않았다면 바로 비밀번호를 바꾸세요: { $link }
account-letter-address-changed-sms = 계정의 연락처가 바뀌었습니다. 본인이 바꾸지 않았다면 바로 비밀번호를 바꾸세요.

# 편지.
account-letters-unread = 편지, 읽지 않은 편지 { $n }통
account-letters-subject = 제목
account-letters-when = 언제
account-letters-new = 새 편지
account-letters-none = 아직 편지가 없어요
account-letters-none-text = 시에서 보낸 편지는 어떤 방법으로 보내든 여기에도 있어요.
account-letters-older = 이전 편지
account-letters-way = 편지 받는 방법
account-letters-channel = 이 쪽 말고 또 받을 곳
account-letters-channel-hint = 확인된 연락처가 없으면 편지는 이 쪽에만 있어요.
account-letters-channel-wrong = 방법과 언어를 고르세요.
account-channel-email = 전자우편
account-channel-sms = 문자 메시지
account-channel-push = 브라우저 알림
account-channel-inbox = 이 쪽에서만
account-letters-throw-away = 이 편지 지우기
account-done-letters = 이제 이 방법으로 편지를 보내요.
account-done-thrown-away = 편지를 지웠어요.
account-notices = 브라우저 알림
account-notices-lead = 누리집을 닫아 두어도, 편지가 오면 브라우저가 알려 드려요.
account-notices-off = 이 도시는 브라우저 알림을 보내지 않아요. 편지는 다른 방법으로 받으실 수 있어요.
account-notices-script = 알림을 받으려면 스크립트가 필요해요. 편지는 다른 방법으로 받으실 수 있어요.
account-notices-begin = 이 브라우저에서 알림 받기
account-notices-refused = 이 브라우저가 알림을 허용하지 않아요. 브라우저 설정에서 허용한 뒤 다시 해 보세요.
account-notices-browsers = 알림을 받는 브라우저
account-notices-none = 알림을 받는 브라우저가 없어요
account-notices-browser = 브라우저
account-notices-since = 시작
account-notices-end = 그만 받기
account-notices-shown = 알림에 보이는 것
account-notices-what = 화면은 다른 사람도 볼 수 있어요
account-notices-subject-no = 편지가 왔다는 것만
account-notices-subject-yes = 편지 제목도
account-done-noticed = 편지가 오면 이 브라우저가 알려 드려요. 편지 받는 방법도 브라우저 알림으로 골라 주세요.
account-done-unnoticed = 그 브라우저에서는 이제 알리지 않아요.
account-done-notice = 이제부터 알림에 이렇게 보여요.

# 주민 확인.
account-residence-lead = 이곳에 사는 사람만 쓸 수 있는 서비스가 있어요. 한 번만 확인하면 돼요.
account-residence-yes = 주민으로 확인되었어요
account-residence-ways = 어떻게 확인할까요?
account-residence-clerk = 창구에서
account-residence-clerk-text = 여기에 먼저 적고, 가까운 구청 창구에서 신분증을 보여 주세요. 한 번만 가면 돼요.
account-residence-clerk-button = 방문 준비하기
account-residence-post = 우편으로 받는 번호로
account-residence-post-text = 집으로 번호가 든 우편을 보내요. 그 번호를 여기에 적으면 돼요. 며칠 걸려요.
account-residence-post-button = 우편 보내 주세요
account-residence-name = 신분증의 이름
account-residence-name-hint = 주민등록증이나 여권에 있는 그대로 적으세요.
account-residence-name-wrong = 신분증에 있는 이름을 적으세요.
account-residence-address = 집 주소
account-residence-address-hint = 봉투에 쓰듯이 도로명과 번호, 동·호수, 우편번호를 적으세요.
account-residence-address-wrong = 도로명, 번호, 우편번호까지 주소를 모두 적으세요.
account-residence-identifier = 신분증이나 여권 번호
account-residence-identifier-hint = 한 사람이 계정을 둘 갖지 않게 지문 같은 값으로만 보관해요.
account-residence-identifier-wrong = 신분증에 있는 번호를 글자와 숫자 5자 이상 적으세요.
account-residence-file-identity = 신분증이나 여권 사진
account-residence-file-home = 주소가 나온 서류
account-residence-file-hint = 10MB까지의 사진이나 PDF예요. 결정하면 바로 지워요. 창구에 가져와도 돼요.
account-residence-sealed = 적은 내용은 암호로 잠그고, 결정하면 바로 지워요.
account-residence-send = 보내기
account-residence-too-many = 60일 동안 우편을 세 번 요청했어요. 창구로 오세요.
account-residence-asked = 요청한 날
account-residence-until = 이날까지
account-residence-waits-clerk = 창구로 오세요
account-residence-waits-clerk-text = 신분증이나 여권, 그리고 임대차 계약서처럼 주소가 나온 서류를 가져오세요. 담당 직원이 보고 바로 결정해요.
account-residence-waits-post = 우편을 준비하고 있어요
account-residence-waits-post-text = 다음 근무일에 보내요.
account-residence-waits-printed = 우편이 가고 있어요
account-residence-waits-printed-text = 우편에 있는 번호를 여기에 적으세요. 다섯 번 틀리면 새 우편이 필요해요.
account-residence-code-button = 확인
account-residence-code-wrong = 우편에 있는 번호가 아니에요. 다시 확인하고 적으세요.
account-residence-code-over = 이 번호는 더 쓸 수 없어요. 요청을 거두고 새 우편을 요청하거나 창구로 오세요.
account-residence-refused = 확인하지 못했습니다
account-residence-ended = 주민 확인이 끝났습니다
account-residence-doubled = 이 사람의 계정이 이미 있어요. 본인의 계정인데 로그인할 수 없다면 계정을 되찾거나 창구에 물어보세요.
account-done-residence = 주민으로 확인되었어요.
account-done-residence-asked = 요청을 받았어요.
account-done-residence-withdrawn = 요청을 거두고 적은 내용을 지웠어요.
# Keys for programs.
account-tokens-lead = 내가 쓰는 프로그램이 여기에서 나를 대신해 읽고 처리할 수 있어요. 프로그램마다 키를 따로 만들고, 꼭 필요한 권한만 주세요.
account-tokens-yours = 내 키
account-tokens-none = 아직 키가 없어요.
account-tokens-count = 키 { $n }개
account-tokens-new = 키 만들기
account-tokens-button = 키 만들기
account-tokens-api = 프로그램이 물어볼 수 있는 것
account-token-name = 쓰는 곳
account-token-name-hint = 예: 휴대전화 일정
account-token-name-wrong = 키를 어디에 쓰는지 한 줄, 100자 안으로 적어 주세요.
account-token-scopes = 할 수 있는 일
account-token-scopes-wrong = 내가 가진 권한 가운데 하나 이상을 골라 주세요.
account-token-days = 쓸 수 있는 기간
account-token-days-wrong = 키를 얼마 동안 쓸지 골라 주세요.
account-token-lives = { $days }일
account-token-until = 끝나는 날
account-token-used = 마지막으로 쓴 때
account-token-never = 쓴 적 없음
account-token-over = 기간 끝남
account-token-end = 끝내기
account-token-made = “{ $name }” 키
account-token-once = 지금 복사해 두세요. 한 번만 보여 드려요. 비밀번호처럼 간직하세요. 프로그램은 “Authorization: Bearer …”로 보내요.
account-token-too-many = 키가 너무 많아요
account-token-too-many-advice = 쓰지 않는 키를 끝낸 다음 새로 만드세요.
account-right-use = 계정 쓰기
account-right-read = 내 계정 읽기
account-right-letters = 나에게 온 편지 읽기
account-right-sessions = 내 로그인 보기와 끝내기
account-right-tokens = 키 보기, 만들기, 끝내기
account-letter-token-subject = 프로그램용 키가 새로 만들어졌어요
account-letter-token-body = { $when }에 회원님을 대신할 수 있는 프로그램용 키가 만들어졌어요. 직접 만들지 않았다면 바로 끝내고 비밀번호를 바꾸세요: { $link }
account-letter-token-sms = 회원님 계정에 프로그램용 키가 만들어졌어요. 직접 만들지 않았다면 바로 끝내세요.
account-prove-first = 본인인지 한 번 더 확인해 주세요
account-prove-first-advice = 10분이 지났어요. 뒤로 가서 페이지를 다시 열고 본인인지 한 번 더 확인해 주세요.
account-onward = 계속
account-change = 바꾸기
account-remove = 삭제

account-security-lead = 비밀번호는 추측당하거나 도난당할 수 있어요. 패스키나 인증 앱을 함께 쓰면 다른 사람이 들어올 수 없어요.
account-security-more = 비밀번호와 기기
account-security-last = 삭제할 수 없어요
account-security-last-advice = 계정에 들어가는 마지막 방법이거나, 시에서 일하는 사람에게 꼭 필요한 2단계 인증이에요. 다른 방법을 먼저 추가해 주세요.

account-passkeys = 패스키
account-passkeys-lead = 패스키가 있으면 지문, 얼굴, PIN처럼 휴대전화나 컴퓨터의 잠금을 푸는 방법으로 로그인할 수 있어요. 외울 것도, 가짜 사이트에 입력할 것도 없어요. 비밀번호로 로그인할 때도 패스키를 물어봐요.
account-passkeys-count = 패스키 { $n }개
account-passkey-name = 패스키 이름
account-passkey-name-hint = 나중에 알아볼 수 있는 이름이에요. 예: "내 휴대전화"
account-passkey-name-wrong = 패스키 이름을 한 줄, 100자 이내로 입력해 주세요.
account-passkey-made = 추가한 때
account-passkey-used = 마지막으로 쓴 때
account-passkey-unused = 아직 없음
account-passkey-copied = 사본 있음
account-passkey-add = 패스키 추가
account-passkey-make = 패스키 만들기
account-passkey-use = 패스키로 로그인
account-passkey-lead = 패스키는 휴대전화나 컴퓨터가 만들어 보관해요. 저희는 그것을 알아볼 정보만 보관해요.
account-passkey-need = 아무것도 보이지 않나요? 브라우저가 패스키를 만들 수 없거나 스크립트가 꺼져 있어요. 대신 인증 앱을 써 주세요.
account-passkey-not-made = 패스키를 등록하지 못했어요. 다시 만들거나 다른 기기를 써 주세요.
account-passkey-nowhere = 이 주소에서는 패스키를 쓸 수 없어요
account-passkey-nowhere-advice = 패스키는 https://city.example처럼 안전하게 연결되는 이름에서만 쓸 수 있고, 이 컴퓨터에서는 http://localhost에서 쓸 수 있어요. 대신 인증 앱을 써 주세요.
account-passkey-refused = 이 패스키로는 들어갈 수 없어요
account-passkey-refused-advice = 시간이 너무 지났거나 여기에 등록되지 않은 패스키예요. 다시 해 보거나 다른 방법을 선택해 주세요.
account-passkey-refused-again = 다시 하기
account-passkey-rename = 패스키 이름
account-passkey-rename-link = 이름 바꾸기
account-passkey-rename-button = 저장

account-app = 인증 앱
account-app-lead = 휴대전화의 앱이 30초마다 새로운 여섯 자리 코드를 보여 줘요. 비밀번호 다음에 그 코드를 입력해요.
account-app-there = 사용 중
account-app-begin = 앱 설정하기
account-app-replace = 다른 앱으로 바꾸기
account-app-over = 이 그림을 쓸 수 있는 시간이 지났어요. 다시 시작해 주세요.
account-app-scan = 앱으로 그림을 찍어 주세요
account-app-scan-how = 앱을 열고 "추가"를 선택한 다음 카메라로 그림을 비춰 주세요.
account-app-picture = 인증 앱의 카메라로 찍을 그림
account-app-typed = 같은 휴대전화를 쓰고 있거나 카메라가 없나요? 이 키를 앱에 입력해 주세요.
account-app-first = 앱에 보이는 코드를 입력해 주세요
account-app-code = 코드
account-app-code-hint = 여섯 자리 숫자예요. 곧 새 코드로 바뀐다면 기다렸다가 입력해 주세요.
account-app-code-wrong = 코드가 맞지 않아요. 휴대전화의 시각이 맞는지 확인하고 가장 새로운 코드를 입력해 주세요.
account-app-confirm = 이 앱 쓰기

account-codes = 복구 코드
account-codes-lead = 휴대전화를 잃어버려도 복구 코드로 들어올 수 있어요. 코드마다 한 번만 쓸 수 있어요. 중요한 서류와 함께 보관해 주세요.
account-codes-left = { $n ->
    [0] 복구 코드가 없어요.
   *[other] 쓰지 않은 복구 코드가 { $n }개 있어요.
 }
account-codes-page = 복구 코드 보기
account-codes-first = 먼저 패스키나 인증 앱을 설정해 주세요.
account-codes-make = 복구 코드 만들기
account-codes-renew = 새 코드 만들기
account-codes-yours = 내 복구 코드
account-codes-once = 이 코드는 한 번만 보여 드려요. 이 페이지를 인쇄하거나 적어 두거나 파일을 안전한 곳에 보관해 주세요.
account-codes-keep = 이전 코드는 이제 쓸 수 없어요.

account-second = 한 단계 더
account-second-lead = 비밀번호가 맞아요. 이제 본인만 가진 것을 보여 주세요.
account-second-button = 계속
account-second-code-hint = 앱의 여섯 자리 숫자나 복구 코드 하나를 입력해 주세요.
account-second-wrong = 코드가 맞지 않아요. 다음 코드를 기다렸다가 입력해 주세요.
account-second-closed = 틀린 코드를 너무 많이 입력했어요. 15분 기다리거나 패스키를 써 주세요.
account-second-recovery = 패스키가 없을 때
account-second-recovery-code = 복구 코드
account-second-recovery-hint = 이런 때를 위해 보관해 둔 코드 하나를 입력해 주세요.
account-second-code-wrong = 복구 코드가 맞지 않거나 이미 쓴 코드예요. 다른 코드를 입력해 주세요.
account-second-lost = 휴대전화를 잃어버렸어요
account-second-lost-key-advice = 패스키도 복구 코드도 없으면 신분을 증명하는 서류를 가지고 시청 창구로 와 주세요. 시에서 일한다면 다른 관리자에게 요청해 주세요.
account-second-lost-advice = 여섯 자리 숫자 대신 복구 코드 하나를 입력해 주세요. 복구 코드가 없으면 신분을 증명하는 서류를 가지고 시청 창구로 와 주세요. 시에서 일한다면 다른 관리자에게 요청해 주세요.
account-second-set-up = 2단계 인증
account-second-none-lead = 시에서 일하는 사람은 비밀번호와 본인만 가진 것, 두 가지로 로그인해요.
account-second-none = 지금 하나를 설정해 주세요. 2분이면 돼요. 끝나면 가려던 곳으로 이동해요.

account-letter-way-added-subject = 로그인 방법이 추가되었습니다
account-letter-way-added-body = { $when }에 계정에 로그인 방법이 추가되었습니다. 본인이 한 일이 아니면 그 방법을 삭제하고 비밀번호를 바꾼 뒤 다른 기기에서 로그아웃해 주세요: { $link }
account-letter-way-added-sms = 계정에 로그인 방법이 추가되었습니다. 본인이 한 일이 아니면 바로 계정을 확인해 주세요.
account-letter-way-removed-subject = 로그인 방법이 삭제되었습니다
account-letter-way-removed-body = { $when }에 계정의 로그인 방법이 삭제되었고 다른 기기에서 로그아웃되었습니다. 본인이 한 일이 아니면 바로 비밀번호를 바꿔 주세요: { $link }
account-letter-way-removed-sms = 계정의 로그인 방법이 삭제되었습니다. 본인이 한 일이 아니면 바로 계정을 확인해 주세요.
account-letter-codes-renewed-subject = 새 복구 코드가 만들어졌습니다
account-letter-codes-renewed-body = { $when }에 계정의 새 복구 코드가 만들어졌습니다. 이전 코드는 더 이상 쓸 수 없습니다. 본인이 한 일이 아니면 바로 비밀번호를 바꿔 주세요: { $link }
account-letter-codes-renewed-sms = 계정의 새 복구 코드가 만들어졌습니다. 본인이 한 일이 아니면 바로 계정을 확인해 주세요.
account-letter-code-used-subject = 복구 코드가 사용되었습니다
account-letter-code-used-body = { $when }에 복구 코드로 계정에 로그인했습니다. 본인이 한 일이 아니면 바로 비밀번호를 바꾸고 새 코드를 만들어 주세요: { $link }
account-letter-code-used-sms = 계정의 복구 코드가 사용되었습니다. 본인이 한 일이 아니면 바로 계정을 확인해 주세요.

# Other providers.
account-with = { $provider }(으)로 로그인
account-with-other = 돌아가기
account-with-nameless = 주민
account-with-denied = { $provider }에서 본인 확인이 되지 않았어요
account-with-denied-advice = { $provider }에서 로그인이 중단되었어요. 바뀐 것은 없어요. 다시 해 보거나 다른 방법을 선택해 주세요.
account-with-refused = { $provider } 로그인을 받아들일 수 없어요
account-with-refused-advice = { $provider }에서 온 응답이 요청한 것과 달라서 로그인하지 않았어요. 다시 해 보고, 또 그러면 다른 방법을 선택해 주세요.
account-with-unreachable = { $provider }에서 응답이 없어요
account-with-unreachable-advice = 지금은 { $provider } 로그인을 쓸 수 없어요. 다른 방법을 선택하거나 나중에 다시 해 주세요.
account-with-over = 로그인 시간이 지났어요
account-with-over-advice = 10분이 넘었거나 다른 브라우저에서 시작한 로그인이에요. 다시 시작해 주세요.
account-with-taken = { $provider }의 이 사람은 다른 계정에 연결되어 있어요
account-with-taken-advice = 그 계정으로 로그인해 주세요. 여기에서는 한 사람이 계정 하나를 써요.
account-with-stranger = { $provider }에서 다른 사람으로 로그인했어요
account-with-stranger-advice = { $provider }에서 로그인한 사람은 이 계정에 연결되어 있지 않아요. 다른 방법으로 본인임을 확인해 주세요.
account-with-address = 이미 계정이 있어요
account-with-address-advice = 이 전자우편 주소를 쓰는 계정이 있어요. 알고 있는 방법으로 로그인한 다음, “비밀번호, 패스키, 인증 번호” 페이지에서 { $provider }을(를) 연결해 주세요.

account-links = 다른 로그인 제공자
account-links-lead = 다른 곳의 계정으로 여기에 로그인할 수 있어요.
account-link = 제공자 연결
account-link-button = 연결
account-link-used = 연결됨. 마지막으로 쓴 때: { $when }
account-link-lead = { $provider }(으)로 가서 로그인해 주세요. 여기로 돌아오면 그때부터 그 계정으로 로그인할 수 있어요.
account-link-go = { $provider }(으)로 가기
