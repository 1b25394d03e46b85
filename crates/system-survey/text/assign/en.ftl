survey-evaluators = Evaluators
survey-evaluators-lead = Evaluators read the archived sites of cities and code them. Each person reads cities in the languages that stand here.
survey-evaluators-count = { $n ->
    [one] 1 evaluator in this round
   *[other] { $n } evaluators in this round
}
survey-evaluators-name = Name
survey-evaluators-cities = Cities
survey-evaluators-done = Handed in
survey-evaluators-out = Take out of the round
survey-evaluators-inactive = cannot read now
survey-evaluators-remove = Take out { $name }
survey-evaluators-add = Add an evaluator, or change languages
survey-evaluators-who = E-mail address or account number
survey-evaluators-who-hint = The address that the person has confirmed here. An administrator gives the role “evaluator” first. For somebody who is in the list already, the languages are changed.
survey-evaluators-who-wrong = No evaluator has this address or number. Check the spelling, or ask an administrator to give the role.
survey-evaluators-languages = Languages that this person reads
survey-evaluators-languages-hint = Language tags with commas between, for example: ko, en, pt-BR
survey-evaluators-languages-wrong = Type one to twenty language tags of two or three letters, for example: ko, en
survey-evaluators-add-button = Save the evaluator
survey-evaluators-added = The evaluator and the languages are saved.
survey-evaluators-removed = The evaluator is no longer in this round.
survey-evaluators-busy = This evaluator has cities
survey-evaluators-busy-advice = Take the cities back first, on the page “Who reads what”.

survey-readers = Who reads what
survey-readers-lead = Two people read each city and do not see each other’s answers. A third reader is called later, where the first two differ.
survey-readers-no-cities = No city is in this round yet
survey-readers-no-cities-advice = Bring the cities first.
survey-readers-languages = Languages
survey-readers-first = Reader A
survey-readers-second = Reader B
survey-readers-third = Reader C
survey-readers-left = somebody who left
survey-readers-nobody = nobody
survey-readers-done = handed in
survey-readers-given = The cities were given. Each evaluator gets one letter.
survey-readers-taken = The city was taken back.
survey-readers-of = Who reads { $place }
survey-readers-now = Readers of this city
survey-readers-seat = Seat
survey-readers-since = Given on
survey-readers-back = Take back
survey-readers-take = Take it back from { $name }
survey-readers-give = Give this city to somebody
survey-readers-who = Who reads it
survey-readers-wrong = Choose somebody from the list. Perhaps somebody else gave the city meanwhile.
survey-readers-load = { $n ->
    [0] No city in this round
    [one] 1 city in this round
   *[other] { $n } cities in this round
}
survey-readers-give-button = Give the city
survey-readers-none-left = Nobody in this round reads the city’s language and does not read the city already. Add an evaluator first.
survey-readers-coded = The evaluator has begun to code
survey-readers-coded-advice = A city is taken back only while nothing is coded. Speak with the evaluator.

survey-assign = Give cities to evaluators
survey-assign-look = See who would get which city
survey-assign-lead = Nothing is given yet. Everybody gets cities whose own language they read, as evenly as the languages allow. Cities that were given before stay as they are.
survey-assign-nothing = There is nothing to give: every city that somebody can read has its readers.
survey-assign-changed = Something has changed since you looked. This is what would be given now.
survey-assign-unread = { $n ->
    [one] 1 city has too few readers of its language
   *[other] { $n } cities have too few readers of their language
}
survey-assign-missing = { $n ->
    [one] 1 reader is missing
   *[other] { $n } readers are missing
}
survey-assign-unread-advice = Add evaluators who read these languages, then look again.
survey-assign-loads = How many cities each evaluator has
survey-assign-loads-caption = Cities of each evaluator
survey-assign-before = Now
survey-assign-more = New
survey-assign-after = Then
survey-assign-given = Who would read which city
survey-assign-given-caption = New readers are in bold
survey-assign-button = { $n ->
    [one] Give 1 seat and write the letter
   *[other] Give { $n } seats and write the letters
}
survey-assign-closed = This round gives no more cities
survey-assign-closed-advice = Cities are given while the round is prepared or coded.

survey-letter-assigned-subject = { $n ->
    [one] A city to read: { $places }
   *[other] { $n } cities to read
}
survey-letter-assigned-body = Hello { $name },

    in the round “{ $round }” you read: { $places }.

    Somebody else reads the same cities. You do not see each other’s answers.

    The cities are on your desk: { $link }
