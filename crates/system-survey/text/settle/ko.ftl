survey-right-settle = 평가자 사이의 차이를 판정하고 도시의 이의를 결정하기
survey-right-probe = 도시에 보낸 질의와 답변 시각을 기록하기

survey-settle-room = 평가자와 도시
survey-settle-differences = 평가 차이
survey-settle-differences-lead = 두 사람이 서로의 답을 보지 않고 도시마다 평가합니다. 두 총점의 차이가 { $percent } %를 넘으면 세 번째 평가자를 부릅니다. 답은 평가자가 제출한 뒤에 보입니다.
survey-settle-cities = { $n ->
   *[other] 도시 { $n }곳
}
survey-settle-city = 도시
survey-settle-progress = 평가자
survey-settle-handed-in = { $reader }: { $all }개 중 { $n }개, 제출함.
survey-settle-coding = { $reader }: { $all }개 중 { $n }개.
survey-settle-nobody-reads = 아직 평가자가 없습니다.
survey-settle-total-of = { $reader } 총점
survey-settle-apart = 차이
survey-settle-percent = { $percent } %
survey-settle-waits-for = 다음 할 일
survey-settle-reading = 평가 중
survey-settle-third-reads = 세 번째 평가자가 평가 중
survey-settle-third-needed = 세 번째 평가자 필요
survey-settle-open = { $n ->
   *[other] 기준 { $n }개 판정하기
}
survey-settle-settled = 끝남
survey-settle-look = 살펴보기
survey-settle-own = 직접 평가한 도시이므로 다른 사람이 판정합니다.
survey-settle-own-city = 직접 평가한 도시입니다
survey-settle-own-city-advice = 자신의 답은 판정할 수 없습니다. 다른 조정자에게 부탁하십시오.

survey-settle-third-title = { $place }의 세 번째 평가자
survey-settle-third-lead = 처음 두 총점의 차이는 { $percent }입니다. 세 번째 평가자는 편지를 받고 자기 작업대에서 이 도시를 봅니다.
survey-settle-third = 평가할 사람
survey-settle-third-wrong = 목록에서 한 사람을 고르십시오.
survey-settle-third-nobody = 이 조사에는 도시의 언어를 읽으면서 이 도시를 평가하지 않은 사람이 없습니다. 먼저 평가자를 더하십시오.
survey-settle-load = { $n ->
    [0] 지금 맡은 도시 없음
   *[other] 지금 맡은 도시 { $n }곳
}
survey-settle-call = 이 평가자 부르기
survey-settle-call-name = { $place }에 { $name } 부르기
survey-settle-choose = { $place }의 평가자 고르기
survey-settle-called = 세 번째 평가자를 불렀습니다. 편지가 갑니다.
survey-settle-no-third = 지금은 세 번째 평가자가 필요하지 않습니다
survey-settle-no-third-advice = 평가 차이로 돌아가십시오. 도시가 아직 평가 중이거나 이미 누군가를 불렀습니다.
survey-settle-closed = 이 조사에서는 더 이상 할 수 없습니다
survey-settle-closed-advice = 조사의 이 단계에서는 아무것도 바뀌지 않습니다.

survey-settle-title = { $place }: 차이 판정
survey-settle-not-yet = 모든 평가자가 제출하면 답이 보입니다
survey-settle-begin = 첫 미판정 기준부터 판정하기
survey-settle-nothing-open = 이 도시에는 판정할 기준이 없습니다.
survey-settle-count = { $n ->
   *[other] 결정할 기준 { $n }개, 미판정 { $open }개
}
survey-settle-counts = 지금 값
survey-settle-is-open = 미판정
survey-settle-is-settled = 판정함
survey-settle-is-agreed = 평가자 일치
survey-settle-is-mean = 평가자 평균
survey-settle-guidance = 무엇을 인정하는가
survey-settle-readers = 평가자의 답
survey-settle-reader = 평가자
survey-settle-answer = 답
survey-settle-no-answer = 답 없음
survey-settle-note = 메모
survey-settle-cited = 페이지
survey-settle-machine = 기계가 찾은 것
survey-settle-no-machine = 이 기준에는 기계의 판단이 없습니다.
survey-settle-confidence = 확신 정도
survey-settle-archived = 보존된 페이지
survey-settle-decide = 판정
survey-settle-not-found-meaning = 찾아보았으나 아무도 찾지 못했습니다.
survey-settle-answer-wrong = 답을 고르십시오.
survey-settle-reason = 이유
survey-settle-reason-hint = 5자에서 2000자. 도시가 읽고, 조사 결과와 함께 공개됩니다.
survey-settle-reason-wrong = 이유를 5자에서 2000자로 쓰십시오.
survey-settle-next = 판정하고 다음으로
survey-settle-done = { $criterion }을(를) 판정했습니다.
survey-settle-undo = 되돌리기
survey-settle-skip = 다음 미판정 기준
survey-settle-list = 이 도시의 모든 기준
survey-settle-history = 지금까지의 결정
survey-settle-when = 시각
survey-settle-who = 결정한 사람
survey-settle-holds = 유효
survey-settle-replaced = { $when }에 바뀜

survey-settle-replies = 도시의 이의
survey-settle-replies-until = 도시는 { $when }까지 이의를 낼 수 있습니다.
survey-settle-replies-later = 조사가 이의 단계로 넘어가면 도시는 평가표를 보는 방법을 편지로 받습니다.
survey-settle-replies-over = 이의 기간이 끝났습니다.
survey-settle-replies-waiting = 답을 기다리는 이의
survey-settle-replies-none = 기다리는 이의가 없습니다.
survey-settle-replies-count = { $n ->
   *[other] 기다리는 이의 { $n }건
}
survey-settle-replies-cities = 모든 도시
survey-settle-replies-cities-caption = 도시에 알린 방법과 돌아온 이의
survey-settle-invited = 알림
survey-settle-not-invited = 아직
survey-settle-by-letter = 편지, { $when }
survey-settle-on-paper = 쪽지, { $when }
survey-settle-opened = 평가표를 연 시각
survey-settle-ways = 다시 알리기
survey-settle-write = { $place }에 새 편지
survey-settle-print = { $place } 쪽지
survey-settle-done-answered = 도시에 답했습니다.
survey-settle-done-written = 새 편지를 보냈습니다. 이전 비밀번호로는 열리지 않습니다.
survey-settle-done-no-address = 이 도시의 전자우편 주소를 모릅니다. 쪽지를 인쇄해 전하십시오.
survey-settle-slip = { $place } 쪽지
survey-settle-slip-lead = 지금 인쇄하십시오. 비밀번호는 한 번만 보입니다. 이 도시에 보낸 이전 편지와 쪽지로는 더 이상 열리지 않습니다.
survey-settle-slip-text = { $place }은(는) 조사 “{ $round }”의 평가표를 읽고 { $until }까지 각 답에 이의를 낼 수 있습니다. 아래 주소를 열고 접수 번호와 비밀번호를 입력하십시오.
survey-settle-slip-address = 주소
survey-settle-reply = 도시의 말
survey-settle-reply-waits = 답할 이의
survey-settle-reply-answer = 도시에 답하기
survey-settle-reply-decide = 결정
survey-settle-reply-hint = 도시는 바로 편지를 받고, 이 이의를 더 이상 고칠 수 없습니다.
survey-settle-reply-send = 답 보내기
survey-settle-reply-undo = 이 답 되돌리기
survey-settle-reply-undo-text = 도시에 이미 알렸습니다. 이의 제출 기간이 끝나기 전까지 답을 되돌릴 수 있습니다. 도시에 편지를 보내고, 그 전 판정이 다시 유효해지며, 답을 새로 씁니다.
survey-settle-reply-final = 이의 제출 기간이 끝났습니다
survey-settle-reply-final-advice = 도시가 새 답에 의견을 낼 수 없으므로 이 답을 그대로 둡니다.
survey-settle-keep = 그대로 둠: { $answer }
survey-settle-change-to = 바꿈: { $answer }
survey-settle-answered = 이미 답한 이의입니다
survey-settle-answered-advice = 도시에 알렸습니다. 잘못되었다면 답을 되돌리고 새로 쓰십시오.

survey-reply-door = 도시의 평가표
survey-reply-door-lead = 도시가 받은 편지에 있는 접수 번호와 비밀번호를 입력해 주세요.
survey-reply-door-hint = 7K3M-9QX2-T처럼 글자와 숫자 아홉 개예요.
survey-reply-door-button = 평가표 열기
survey-reply-door-lost = 편지가 없거나 잃어버렸나요? 조사 기관이 새로 보내 드려요.
survey-reply-door-wrong = 이 접수 번호와 비밀번호로 열리는 평가표가 없어요. 둘 다 확인해 주세요. 새 편지를 받으면 이전 편지는 쓸 수 없어요.
survey-reply-door-closed = 잘못된 시도가 너무 많았어요. 15분 뒤에 다시 해 주세요.
survey-reply-door-shut = 평가표를 볼 수 있는 시간이 지나서 저장하지 못했어요. 아래의 글을 복사하고, 평가표를 다시 열어 붙여 넣어 주세요.
survey-reply-title = { $place }: 평가표
survey-reply-lead = 조사 “{ $round }”가 도시 누리집에서 본 내용이에요. 기준을 열면 어떻게 평가했는지 보고 이의를 낼 수 있어요. 이의와 답은 조사 결과와 함께 공개돼요.
survey-reply-until = { $when }까지 이의를 쓰고 고치고 거둘 수 있어요.
survey-reply-over = 이의 기간이 끝났어요. 내용은 계속 읽을 수 있어요.
survey-reply-total = 지금 총점, 100점 만점
survey-reply-total-source = { $instrument }, { $date }
survey-reply-mean = 서로의 답을 모르는 두 평가자의 평균이에요.
survey-reply-agreed = 평가자의 답이 같아요.
survey-reply-open = 아직 정해지지 않았어요.
survey-reply-yours = 우리 도시의 이의
survey-reply-none = 없음
survey-reply-final = 최종 답
survey-reply-write = 이의 쓰기
survey-reply-words = 다르게 보아야 할 점
survey-reply-words-hint = 10자에서 4000자예요. 공개돼요.
survey-reply-words-wrong = 10자에서 4000자로 써 주세요.
survey-reply-evidence = 보여 주는 주소
survey-reply-evidence-hint = https://로 시작하는 도시 누리집의 페이지예요.
survey-reply-evidence-wrong = https:// 또는 http://로 시작하는 주소 하나를 쓰거나 비워 두세요.
survey-reply-send = 이의 보내기
survey-reply-save = 고친 내용 저장
survey-reply-withdraw = 이의 거두기
survey-reply-received = 받은 시각
survey-reply-changed = 답을 바꿈
survey-reply-kept = 답을 그대로 둠
survey-reply-back = 평가표로 돌아가기
survey-reply-leave = 이 컴퓨터에서 평가표 닫기
survey-reply-done-received = 이의를 받았어요. 도시를 평가하지 않은 사람이 살펴보고 답해요.
survey-reply-done-withdrawn = 이의를 거두었어요.
survey-reply-answered = 이 이의는 더 고칠 수 없어요
survey-reply-answered-advice = 그 사이에 답이 나왔거나 거두어졌어요. 평가표를 다시 열어 확인해 주세요.
survey-reply-late = 이의 기간이 끝났어요
survey-reply-late-advice = 저장된 것은 없어요. 평가표는 계속 읽을 수 있어요.

survey-settle-probes = 도시에 보낸 질의
survey-probe-lead = 사람이 도시에 평범한 질문 하나를 직접 써서 보냅니다. 여기서는 아무것도 보내지 않습니다. 답은 조사 우편함으로 오고, 시각만 기록합니다.
survey-probe-no-mailbox = 우편함이 설정되지 않았습니다([survey.mailbox]). 도시가 답한 때를 직접 적으십시오.
survey-probe-questions = 질의
survey-probe-median = 답변까지 걸린 시간(중앙값)
survey-probe-next = 묻기
survey-probe-ask = { $place }에 묻기
survey-probe-waits = 기다리는 중
survey-probe-acknowledged = 자동 접수 알림
survey-probe-answered = 사람의 답변
survey-probe-returned = 되돌아옴
survey-probe-hours = { $n }시간
survey-probe-days = { $n }일
survey-probe-after = { $time } 뒤(근무일 { $days ->
   *[other] { $days }일
}), { $when }
survey-probe-none = 이에 관해 보낸 질의가 없습니다.
survey-probe-mark = 표시
survey-probe-way = 보낸 방법
survey-probe-way-mail = 전자우편
survey-probe-way-form = 도시 누리집의 양식
survey-probe-sent = 보낸 시각
survey-probe-sent-hint = 협정 세계시(UTC)입니다. 비우면 지금입니다.
survey-probe-sent-wrong = 미래가 아니고 조사가 시작된 뒤인 시각을 쓰십시오.
survey-probe-correction = 직접 고친 이유
survey-probe-title = { $place }에 보낼 질의
survey-probe-new-lead = 도시에 직접 쓰고, 제목에 표시를 넣어 보낸 다음 여기에 기록하십시오.
survey-probe-from = 보내는 곳
survey-probe-from-unknown = 조사 우편함
survey-probe-text = 쓸 내용
survey-probe-text-rules = 현지 언어로, 자기 이름으로, 평범한 질문 하나만 하십시오. 한 번만 묻고 급한 일을 꾸며내지 마십시오. 예:
survey-probe-suggested-subject = 도서관 회원증은 어떻게 만드나요? [{ $mark }]
survey-probe-suggested-text = 안녕하세요. 시립 도서관 회원증을 만들고 싶습니다. 무엇을 가지고 어디로 가면 되나요? 감사합니다.
survey-probe-note = 보냈다고 기록하기
survey-probe-criterion = 기준
survey-probe-criterion-wrong = 질의가 필요한 기준을 고르십시오.
survey-probe-way-wrong = 보낸 방법을 고르십시오.
survey-probe-subject = 제목
survey-probe-subject-wrong = 제목을 200자까지 쓰십시오.
survey-probe-note-button = 보냈음
survey-probe-no-criteria = 이 평가 도구에는 질의가 필요한 기준이 없습니다.
survey-probe-done-noted = 질의를 기록했습니다.
survey-probe-done-corrected = 시각을 고쳤습니다.
survey-probe-of = { $place }에 보낸 질의
survey-probe-correct = 시각 고치기
survey-probe-correct-button = 이 시각으로 저장
survey-probe-time-wrong = 질의를 보낸 뒤이고 미래가 아닌 시각을 쓰거나 비워 두십시오.
survey-probe-reason-hint = 5자에서 500자. 그 뒤로는 우편함이 이 시각을 바꾸지 않습니다.
survey-probe-reason-wrong = 이유를 5자에서 500자로 쓰십시오.

survey-letter-third-subject = 평가할 도시: { $place }
survey-letter-third-body = { $name } 님, 안녕하십니까.

    조사 “{ $round }”에서 { $place }의 세 번째 평가자가 되셨습니다. 처음 두 평가자의 답이 다릅니다. 그 답은 보이지 않습니다.

    작업대에서 도시를 여십시오: { $link }
survey-letter-reply-subject = { $place }: 조사 평가표
survey-letter-reply-body = { $place } 담당자께,

    조사 “{ $round }”가 도시 누리집을 평가했습니다. 공개하기 전에 모든 답과 이유를 읽고, { $until }까지 답마다 이의를 낼 수 있습니다. 이의와 우리의 답은 조사 결과와 함께 공개됩니다.

    { $link } 를 열고 입력하십시오.
    접수 번호: { $reference }
    비밀번호: { $pin }

    이 편지는 도시를 대표해 답하는 사람에게만 전하십시오.
survey-letter-reopened-subject = { $place }: 이의를 다시 살펴봅니다
survey-letter-reopened-body = { $place } 담당자께,

    기준 { $criterion }에 낸 이의에 대한 답을 되돌렸습니다. 다시 살펴보고 편지를 보냅니다. 그때까지 평가표에서 이의를 고칠 수 있습니다.

    { $link }

    첫 편지에 있는 접수 번호와 비밀번호가 필요합니다.
survey-letter-answered-subject = { $place }: 이의에 답했습니다
survey-letter-answered-body = { $place } 담당자께,

    기준 { $criterion }에 낸 이의를 살펴보고 답했습니다. 답은 평가표에 있습니다.

    { $link }

    첫 편지에 있는 접수 번호와 비밀번호가 필요합니다.
