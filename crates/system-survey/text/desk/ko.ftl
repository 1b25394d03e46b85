survey-right-code = 도시 사이트를 읽고 코딩하기
