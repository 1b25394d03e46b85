# 직원이 쓰는 편지 담당 화면
letters-right-manage = 편지 담당 관리: 서비스, 열쇠, 서식
letters-office = 편지 담당
letters-office-lead = 시에서 보낸 전자우편, 문자, 브라우저 알림이 잘 가고 있는지 보여 줍니다. 편지 내용과 주소는 여기에 나오지 않습니다.
letters-late = 편지가 평소보다 오래 기다리고 있습니다
letters-late-since = 가장 오래된 편지는 { $since }부터 기다리고 있습니다. 우편 서버와 문자 중계 서버가 응답하는지 확인해 주세요: madang doctor
letters-counts = 상태별 편지 수
letters-counts-days = 최근 { $days }일 동안의 편지
letters-counts-none = 아직 편지가 없습니다
letters-oldest = 아직 나가지 못한 가장 오래된 편지는 { $since }부터 기다리고 있습니다.
letters-state = 상태
letters-state-waiting = 기다리는 중
letters-state-sending = 넘기는 중
letters-state-sent = 보냄
letters-state-delivered = 도착함
letters-state-permanent-failure = 받지 않는 주소
letters-state-temporary-failure = 며칠 동안 보내지 못함
letters-state-technical-failure = 우리 쪽 문제
letters-channel = 방법
letters-channel-email = 전자우편
letters-channel-sms = 문자
letters-channel-push = 브라우저 알림
letters-failures = 가지 못한 편지
letters-failures-newest = 가장 최근에 가지 못한 편지 { $n }통
letters-failures-none = 가지 못한 편지가 없습니다
letters-failure-at = 접수 시각
letters-failure-reason = 까닭
letters-failure-tries = 시도 횟수
letters-failure-mark = 표식

# 시험
letters-trial-button = 나에게 시험 편지 보내기
letters-trial-sent = 편지를 보내고 있습니다
letters-trial-sent-text = 편지함에 들어 있으며, 고르신 방법으로도 갑니다.
letters-trial-back = 돌아가기

# 서비스
letters-services = 서비스
letters-services-lead = 이 편지 담당을 거쳐 편지를 보내는 시의 프로그램입니다. 서비스마다 열쇠, 서식, 회신 주소가 따로 있습니다. 접속 방식은 GOV.UK Notify 2판과 같아서, 그 클라이언트 라이브러리에 이 누리집 주소를 넣으면 됩니다.
letters-services-none = 아직 서비스가 없습니다
letters-service-new = 새 서비스
letters-service-name = 서비스 이름
letters-service-name-hint = 직원들이 아는 이름으로 적어 주세요. 예: 거주자 우선 주차
letters-service-name-error = 이름을 100자 이내로 적어 주세요
letters-service-id = 서비스 번호
letters-service-since = 시작
letters-service-language = 편지에 주로 쓰는 언어
letters-service-language-hint = 요청에 언어가 없을 때 씁니다.
letters-service-make = 서비스 추가
letters-service-change = 서비스 고치기
letters-service-team = 팀 주소
letters-service-team-hint = 한 줄에 전자우편 주소나 전화번호를 하나씩 적어 주세요. 팀 열쇠는 이 주소로만 보냅니다.
letters-service-team-error = 전자우편 주소나 전화번호를 한 줄에 하나씩, 50줄 이내로 적어 주세요
letters-service-save = 서비스 저장

# 회신 주소
letters-reply-to = 회신 주소
letters-reply-to-new = 새 회신 주소
letters-reply-to-hint = 첫 번째 주소를 기본으로 씁니다.
letters-reply-to-error = parking@city.example 같은 전자우편 주소를 적어 주세요
letters-reply-to-add = 주소 추가

# 열쇠
letters-keys = 열쇠
letters-key-new = 새 열쇠
letters-key-name = 열쇠 이름
letters-key-name-error = 이름을 100자 이내로 적어 주세요
letters-key-kind = 쓰임
letters-key-live = 실제
letters-key-live-hint = 누구에게나 보냅니다.
letters-key-team = 팀
letters-key-team-hint = 팀 주소로만 보냅니다.
letters-key-test = 시험
letters-key-test-hint = 아무에게도 보내지 않고, 도착한 것으로만 셉니다.
letters-key-since = 만든 때
letters-key-end = 폐기
letters-key-make = 열쇠 만들기
letters-key-made = 열쇠를 만들었습니다
letters-key-once = 지금 복사해 두세요. 한 번만 보여 주며 다시 볼 수 없습니다.
letters-key-back = 서비스로 돌아가기
letters-key-revoke = 열쇠 폐기
letters-key-revoked = { $at } 폐기

# 서식
letters-templates = 서식
letters-templates-none = 아직 서식이 없습니다
letters-template-new = 새 서식
letters-template-name = 서식 이름
letters-template-name-error = 이름을 100자 이내로 적어 주세요
letters-template-id = 서식 번호
letters-template-version = 판
letters-template-since = 쓴 때
letters-template-text = 글
letters-template-subject = 제목 ({ $language })
letters-template-subject-hint = 전자우편에만 씁니다.
letters-template-subject-error = 제목을 250자 이내로 적어 주세요
letters-template-body = 내용 ({ $language })
letters-template-text-error = 한 가지 언어로라도 내용을 적어 주세요. 문자는 918자 이내입니다
letters-template-help = 채워 넣는 자리
letters-template-help-text = 괄호 두 개를 겹치면 채워 넣는 자리가 됩니다. 물음표 두 개 뒤의 글은 답이 ‘예’일 때만 보입니다.
letters-template-save = 서식 저장
letters-template-change = 새 판 쓰기
letters-template-retire = 서식 그만 쓰기
letters-template-retired = 더는 쓰지 않음
letters-template-preview = 보이는 모습 ({ $language })
letters-template-places = 채워 넣을 자리: { $names }
letters-template-try = 나에게 보내 보기
letters-template-try-button = 나에게 보내기
letters-template-language = 언어
letters-template-versions = 지난 판
