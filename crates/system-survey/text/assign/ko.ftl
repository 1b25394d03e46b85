survey-evaluators = 평가자
survey-evaluators-lead = 평가자는 보존된 도시 사이트를 읽고 코딩합니다. 여기에 적힌 언어의 도시만 읽습니다.
survey-evaluators-count = { $n ->
   *[other] 이 회차의 평가자 { $n }명
}
survey-evaluators-name = 이름
survey-evaluators-cities = 도시
survey-evaluators-done = 제출
survey-evaluators-out = 회차에서 빼기
survey-evaluators-inactive = 지금 읽을 수 없음
survey-evaluators-remove = { $name } 빼기
survey-evaluators-add = 평가자를 더하거나 언어 바꾸기
survey-evaluators-who = 전자우편 주소 또는 계정 번호
survey-evaluators-who-hint = 그 사람이 이곳에서 확인한 주소입니다. 먼저 관리자가 “평가자” 역할을 줍니다. 이미 목록에 있는 사람은 언어가 바뀝니다.
survey-evaluators-who-wrong = 이 주소나 번호의 평가자가 없습니다. 철자를 확인하거나 관리자에게 역할을 달라고 하십시오.
survey-evaluators-languages = 이 사람이 읽는 언어
survey-evaluators-languages-hint = 언어 표지를 쉼표로 나누어 적습니다. 예: ko, en, pt-BR
survey-evaluators-languages-wrong = 두세 글자로 된 언어 표지를 한 개에서 스무 개까지 적으십시오. 예: ko, en
survey-evaluators-add-button = 평가자 저장하기
survey-evaluators-added = 평가자와 언어를 저장했습니다.
survey-evaluators-removed = 평가자를 이 회차에서 뺐습니다.
survey-evaluators-busy = 도시를 맡은 평가자입니다
survey-evaluators-busy-advice = 먼저 “도시별 평가자” 화면에서 도시를 거두십시오.

survey-readers = 도시별 평가자
survey-readers-lead = 두 사람이 서로의 답을 보지 않고 도시마다 읽습니다. 두 사람의 차이가 크면 나중에 세 번째 평가자를 부릅니다.
survey-readers-no-cities = 아직 이 회차에 도시가 없습니다
survey-readers-no-cities-advice = 먼저 도시를 들여오십시오.
survey-readers-languages = 언어
survey-readers-first = 평가자 A
survey-readers-second = 평가자 B
survey-readers-third = 평가자 C
survey-readers-left = 떠난 평가자
survey-readers-nobody = 없음
survey-readers-done = 제출함
survey-readers-given = 도시를 맡겼습니다. 평가자마다 편지 한 통이 갑니다.
survey-readers-taken = 도시를 거두었습니다.
survey-readers-of = { $place }의 평가자
survey-readers-now = 이 도시의 평가자
survey-readers-seat = 자리
survey-readers-since = 맡긴 날
survey-readers-back = 거두기
survey-readers-take = { $name }에게서 거두기
survey-readers-give = 이 도시 맡기기
survey-readers-who = 읽을 사람
survey-readers-wrong = 목록에서 한 사람을 고르십시오. 그사이 다른 사람이 도시를 맡겼을 수 있습니다.
survey-readers-load = { $n ->
    [0] 이 회차에서 맡은 도시 없음
   *[other] 이 회차에서 맡은 도시 { $n }곳
}
survey-readers-give-button = 도시 맡기기
survey-readers-none-left = 이 회차에는 도시의 언어를 읽으면서 아직 이 도시를 맡지 않은 사람이 없습니다. 먼저 평가자를 더하십시오.
survey-readers-coded = 평가자가 코딩을 시작했습니다
survey-readers-coded-advice = 아무것도 코딩하지 않은 도시만 거둘 수 있습니다. 평가자와 이야기하십시오.

survey-assign = 평가자에게 도시 맡기기
survey-assign-look = 누가 어느 도시를 맡을지 보기
survey-assign-lead = 아직 아무것도 맡기지 않았습니다. 사람마다 자기가 읽는 언어의 도시를 되도록 고르게 맡습니다. 이미 맡긴 도시는 그대로입니다.
survey-assign-nothing = 맡길 것이 없습니다. 읽을 사람이 있는 도시에는 모두 평가자가 있습니다.
survey-assign-changed = 보신 뒤에 바뀐 것이 있습니다. 지금은 이렇게 맡기게 됩니다.
survey-assign-unread = { $n ->
   *[other] 도시 { $n }곳은 언어를 읽는 사람이 모자랍니다
}
survey-assign-missing = { $n ->
   *[other] 평가자 { $n }명이 모자랍니다
}
survey-assign-unread-advice = 이 언어를 읽는 평가자를 더한 뒤에 다시 보십시오.
survey-assign-loads = 평가자마다 맡는 도시 수
survey-assign-loads-caption = 평가자별 도시
survey-assign-before = 지금
survey-assign-more = 새로
survey-assign-after = 이후
survey-assign-given = 누가 어느 도시를 읽게 되는가
survey-assign-given-caption = 새 평가자는 굵은 글씨입니다
survey-assign-button = { $n ->
   *[other] 자리 { $n }개를 맡기고 편지 보내기
}
survey-assign-closed = 이 회차에서는 더 이상 도시를 맡기지 않습니다
survey-assign-closed-advice = 도시는 준비와 코딩 단계에서 맡깁니다.

survey-letter-assigned-subject = { $n ->
    [1] 평가할 도시: { $places }
   *[other] 평가할 도시 { $n }곳
}
survey-letter-assigned-body = { $name } 님, 안녕하십니까.

    회차 “{ $round }”에서 다음 도시를 읽습니다: { $places }.

    같은 도시를 다른 사람도 읽습니다. 서로의 답은 보이지 않습니다.

    작업대에서 도시를 여십시오: { $link }
