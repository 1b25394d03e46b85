survey-right-code = Read cities and code them
