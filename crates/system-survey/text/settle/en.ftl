survey-right-settle = Settle what evaluators answered differently, and decide on replies of cities
survey-right-probe = Note questions sent to cities and when they were answered
