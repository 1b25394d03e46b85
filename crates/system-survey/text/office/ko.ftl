survey-right-round = 평가 회차를 열고 도시와 평가자를 정하고 사이트를 수집하고 마감·공표하기
