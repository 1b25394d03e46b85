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
