survey-archive-of = { $place }의 보존된 페이지
survey-archive-lead = 수집할 때 도시 누리집이 보여 준 그대로예요. 모든 기준의 답은 이 페이지들을 근거로 해요.
survey-archive-find = 제목이나 주소로 페이지 찾기
survey-archive-count = { $n ->
   *[other] 페이지와 문서 { $n }개
}
survey-archive-none = 찾은 페이지가 없어요
survey-archive-none-advice = 낱말을 줄여 다시 찾아보세요.
survey-archive-address = 주소
survey-archive-read = 읽은 때
survey-archive-ways = 보는 방법
survey-archive-as-seen = 보이던 대로
survey-archive-as-sent = 받은 그대로
survey-archive-picture = 화면 사진
survey-archive-picture-of = { $title } 화면 사진
survey-archive-frame = 보존된 페이지: { $title }
survey-archive-without = 스크립트와 서식, 보관 파일에 없는 것은 빠져 있어요. 링크는 보존된 페이지로만 이어져요.
survey-archive-words = 문서의 글
survey-archive-download = 문서 내려받기
survey-archive-away = 이 보관 파일은 여기에 없어요
survey-archive-away-advice = 아직 수집하지 않은 도시이거나 보관 파일이 다른 기계에 있어요. 회차의 조정자에게 물어보세요.
survey-archive-unreadable = 이 페이지는 보여 줄 수 없어요
survey-archive-unreadable-advice = 보관 파일에는 있지만 내용을 읽을 수 없어요. 화면 사진이나 도시의 누리집을 보세요.
