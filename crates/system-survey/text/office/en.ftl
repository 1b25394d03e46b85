survey-right-round = Open rounds of the survey, bring cities and evaluators, have sites captured, close and publish
