survey-right-code = Read cities and code them

survey-desk = My cities
survey-desk-lead = Cities that you read for a round. Answer each criterion by what you see on the site; nobody sees your answers before you hand the city in.
survey-desk-none = You have no city to read
survey-desk-none-text = A coordinator gives you one. It is listed here then.
survey-desk-yours = What happens to your answers
survey-desk-yours-text = They are published under a letter (A, B or C), never with your name; notes and flags are not published. You can take everything away under “My data”. If you close your account, your name and your notes go, and cities that you have not handed in are given to somebody else. Answers that you handed in stay under their letter, because results rest on them.
survey-desk-cities = { $n ->
    [one] { $n } city
   *[other] { $n } cities
}
survey-desk-city = Reading { $city }
survey-desk-state = State
survey-desk-state-not-yet = not open yet
survey-desk-state-new = not begun
survey-desk-state-begun = begun
survey-desk-state-complete = ready to hand in
survey-desk-state-handed-in = handed in
survey-desk-state-over = reading is over
survey-desk-progress = Progress
survey-desk-last = Last saved
survey-desk-next-one = Next one
survey-desk-count = { $n } of { $all } answered
survey-desk-begin = Begin
survey-desk-go-on = Go on
survey-desk-done-handed-in = The city is handed in. Thank you.

survey-desk-not-yet = Reading has not begun
survey-desk-not-yet-advice = The coordinator opens it when all sites are archived. You can look at the criteria now; answers are taken later.
survey-desk-handed-in = This city is handed in
survey-desk-handed-in-advice = Your answers are closed. If something must change, ask the coordinator to give the city back to you.
survey-desk-over = Reading is over in this round
survey-desk-over-advice = Answers can no longer change. Ask the coordinator if something is wrong.

survey-desk-answer = Your answer
survey-desk-value = Value { $value }
survey-desk-instead = Or, instead of a value:
survey-desk-flag = Flag: I want to look at this again
survey-desk-note = Note
survey-desk-note-hint = What you saw, and where. At most 2,000 characters.
survey-desk-cited = Pages that show it
survey-desk-cited-hint = One address on each line, at most 10.
survey-desk-save-next = Save and next
survey-desk-save = Save
survey-desk-saved = Your answer is saved.
survey-desk-previous = Previous
survey-desk-next = Next
survey-desk-flagged = { $answer }, flagged
survey-desk-answer-missing = Choose an answer
survey-desk-answer-wrong = Choose one of the answers of this criterion
survey-desk-criterion-wrong = This criterion is not part of the round
survey-desk-note-long = Shorten the note to 2,000 characters
survey-desk-cited-wrong = Write whole addresses, each on its own line: https://…
survey-desk-cited-many = Point to at most 10 pages

survey-desk-conflict = You changed this answer somewhere else
survey-desk-conflict-kept = Kept there: { $answer }
survey-desk-conflict-advice = Your answer from this page stands in the form. Save it once more if it is the right one.
survey-desk-conflict-take = Take the kept one

survey-desk-machine = What the machine found
survey-desk-machine-later = Shown when you have answered, so that your answer is your own.
survey-desk-machine-ask = You may look now. If you change your answer afterwards, the change does not count as made without it.
survey-desk-machine-see = Show it
survey-desk-machine-none = The machine says nothing about this criterion.
survey-desk-machine-value = { $value } of { $max }, { $state }
survey-desk-machine-first = Answer first
survey-desk-machine-first-advice = What the machine found is shown when you have answered the criterion. Go back and choose an answer.

survey-desk-archive = The archived site
survey-desk-site = The site itself, in a new tab
survey-desk-archive-none = No page of this city is archived yet.
survey-desk-archive-find = Find an archived page by title or address
survey-desk-archive-count = { $n ->
    [one] { $n } page
   *[other] { $n } pages
}
survey-desk-picture = Screenshot
survey-desk-cite = Point to this page

survey-desk-all = All criteria
survey-desk-filter = Find a criterion
survey-desk-close = Close
survey-desk-keys = Keys
survey-desk-keys-switch = Use single keys
survey-desk-key-value = Give this value
survey-desk-key-absent = Absent: looked for and not there
survey-desk-key-not-found = Not found by you
survey-desk-key-not-this-city = Not this city's task
survey-desk-key-not-assessable = Could not be judged
survey-desk-key-next = Next criterion
survey-desk-key-previous = Previous criterion
survey-desk-key-unanswered = Next one without an answer
survey-desk-key-flag = Flag, or take the flag away
survey-desk-key-note = Write a note; Escape leaves it
survey-desk-key-cite = Point to the archived page that is shown
survey-desk-key-machine = Show what the machine found
survey-desk-key-filter = All criteria, to find one
survey-desk-key-help = These keys

survey-desk-say-saved = Saved
survey-desk-say-saving = Saving …
survey-desk-say-waiting = Not saved yet: { $answer }. Trying again.
survey-desk-say-offline = Offline. Kept in this browser: { $answer }
survey-desk-say-sign-in = Your session is over. Sign in again; nothing is lost.
survey-desk-say-sign-in-link = Sign in
survey-desk-say-closed = This city is closed; new answers are not taken. Load the page again.
survey-desk-say-complete = All criteria are answered. You can hand the city in.
survey-desk-say-flag-on = Flagged
survey-desk-say-flag-off = Flag taken away
survey-desk-say-cited = Pointed to: { $answer }
survey-desk-say-chosen = { $answer } chosen
survey-desk-say-not-on-scale = { $answer } is not an answer here
survey-desk-say-mine = Yours on this page: { $answer }
survey-desk-say-keep-mine = Keep mine
survey-desk-say-decide = Changed elsewhere, please decide: { $answer }
survey-desk-say-machine-offline = The machine's finding needs the network. Try again when you are online.
survey-desk-say-page-offline = This page was not opened before, so it is not here offline.
survey-desk-say-no-page = Open an archived page first
survey-desk-say-leaving = Some answers are not saved yet. Wait until it says "Saved", then sign out. If you sign out before that, they wait in this browser until you sign in here again; nobody else is shown them.
survey-desk-say-pages = Pages found: { $answer }
survey-desk-say-count = { $n } of { $all } answered

survey-desk-check = Check and hand in
survey-desk-missing = { $n ->
    [one] { $n } criterion has no answer
   *[other] { $n } criteria have no answer
}
survey-desk-own = Your points
survey-desk-own-total = By your answers: { $total } of 100
survey-desk-flags = Flagged by you
survey-desk-hand-in = Hand in
survey-desk-hand-in-text = After that your answers are closed. The coordinator can give the city back to you.
