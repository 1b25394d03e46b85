survey-right-settle = 평가자 사이의 차이를 판정하고 도시의 이의를 결정하기
survey-right-probe = 도시에 보낸 질의와 답변 시각을 기록하기
