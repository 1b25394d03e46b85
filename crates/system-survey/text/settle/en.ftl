survey-right-settle = Settle what evaluators answered differently, and decide on replies of cities
survey-right-probe = Note questions sent to cities and when they were answered

survey-settle-room = Readers and cities
survey-settle-differences = Differences
survey-settle-differences-lead = Two people read each city and do not see each other’s answers. When their totals are more than { $percent } % apart, a third reader is called. What readers answered is shown once they have handed the city in.
survey-settle-cities = { $n ->
    [one] 1 city
   *[other] { $n } cities
}
survey-settle-city = City
survey-settle-progress = Readers
survey-settle-handed-in = { $reader } handed in { $n } of { $all }.
survey-settle-coding = { $reader } has { $n } of { $all }.
survey-settle-nobody-reads = Nobody reads this city yet.
survey-settle-total-of = Total { $reader }
survey-settle-apart = Apart
survey-settle-percent = { $percent } %
survey-settle-waits-for = What is next
survey-settle-reading = being read
survey-settle-third-reads = a third reader reads
survey-settle-third-needed = third reader needed
survey-settle-open = { $n ->
    [one] Settle 1 criterion
   *[other] Settle { $n } criteria
}
survey-settle-settled = done
survey-settle-look = Look at it
survey-settle-own = You read this city, so somebody else settles it.
survey-settle-own-city = You read this city
survey-settle-own-city-advice = Nobody judges their own answers. Ask another coordinator to settle it.

survey-settle-third-title = Third reader for { $place }
survey-settle-third-lead = The first two totals are { $percent } apart. The third reader gets a letter and finds the city on their desk.
survey-settle-third = Who reads
survey-settle-third-wrong = Choose somebody from the list.
survey-settle-third-nobody = Nobody in this round reads the city’s language and has not read the city. Add an evaluator first.
survey-settle-load = { $n ->
    [0] No city to read now
    [one] 1 city to read now
   *[other] { $n } cities to read now
}
survey-settle-call = Call this reader
survey-settle-call-name = Call { $name } for { $place }
survey-settle-choose = Choose who reads { $place }
survey-settle-called = The third reader was called and gets a letter.
survey-settle-no-third = No third reader is needed now
survey-settle-no-third-advice = Go back to the differences: the city is still being read, or somebody was called already.
survey-settle-closed = This round is closed for that
survey-settle-closed-advice = Nothing changes any more in this stage of the round.

survey-settle-title = { $place }: settle the differences
survey-settle-not-yet = The answers are shown when all readers have handed in
survey-settle-begin = Settle the first open criterion
survey-settle-nothing-open = No criterion of this city is open.
survey-settle-count = { $n ->
    [one] 1 criterion to decide on, { $open } open
   *[other] { $n } criteria to decide on, { $open } open
}
survey-settle-counts = Counts now
survey-settle-is-open = open
survey-settle-is-settled = settled
survey-settle-is-agreed = readers agree
survey-settle-is-mean = mean of the readers
survey-settle-guidance = What counts
survey-settle-readers = What the readers answered
survey-settle-reader = Reader
survey-settle-answer = Answer
survey-settle-no-answer = no answer
survey-settle-note = Note
survey-settle-cited = Pages
survey-settle-machine = What the machine found
survey-settle-no-machine = The machine has no finding for this criterion.
survey-settle-confidence = How sure
survey-settle-archived = Archived page
survey-settle-decide = Decide
survey-settle-not-found-meaning = It was looked for and nobody found it.
survey-settle-answer-wrong = Choose an answer.
survey-settle-reason = Reason
survey-settle-reason-hint = 5 to 2000 characters. The city reads it, and it is published with the round.
survey-settle-reason-wrong = Say why, in 5 to 2000 characters.
survey-settle-next = Settle and go on
survey-settle-done = { $criterion } is settled.
survey-settle-undo = Undo
survey-settle-skip = Next open criterion
survey-settle-list = All criteria of this city
survey-settle-history = Everything that was decided here
survey-settle-when = When
survey-settle-who = Who
survey-settle-holds = holds
survey-settle-replaced = replaced { $when }

survey-settle-replies = Replies of cities
survey-settle-replies-until = Cities can reply until { $when }.
survey-settle-replies-later = Cities get a letter with the way to their sheet when the round moves to replies.
survey-settle-replies-over = The time for replies is over.
survey-settle-replies-waiting = Replies that wait for an answer
survey-settle-replies-none = No reply waits.
survey-settle-replies-count = { $n ->
    [one] 1 reply waits
   *[other] { $n } replies wait
}
survey-settle-replies-cities = Every city
survey-settle-replies-cities-caption = How each city was told, and what came back
survey-settle-invited = Told
survey-settle-not-invited = not yet
survey-settle-by-letter = letter, { $when }
survey-settle-on-paper = slip, { $when }
survey-settle-opened = Opened its sheet
survey-settle-ways = Show the way again
survey-settle-write = New letter to { $place }
survey-settle-print = Slip for { $place }
survey-settle-done-answered = The city was answered.
survey-settle-done-written = A new letter is on its way. The older PIN opens nothing any more.
survey-settle-done-no-address = This city’s e-mail address is not known. Print a slip and hand it over.
survey-settle-slip = Slip for { $place }
survey-settle-slip-lead = Print this page now: the PIN is shown once. Earlier letters and slips to this city open nothing any more.
survey-settle-slip-text = { $place } can read its sheet of the round “{ $round }” and reply to each answer until { $until }. Open the address below and type the reference and the PIN.
survey-settle-slip-address = Address
survey-settle-reply = What the city says
survey-settle-reply-waits = reply waits
survey-settle-reply-answer = Answer the city
survey-settle-reply-decide = Your decision
survey-settle-reply-hint = The city gets a letter at once and cannot change this reply any more.
survey-settle-reply-send = Send the answer
survey-settle-reply-undo = Take this answer back
survey-settle-reply-undo-text = The city has been told. Until its time is over you can take the answer back: the city gets a letter, what was settled before holds again, and you answer anew.
survey-settle-reply-final = The time for replies is over
survey-settle-reply-final-advice = The city could say nothing to a new answer, so this one stays.
survey-settle-keep = Keep: { $answer }
survey-settle-change-to = Change to: { $answer }
survey-settle-answered = This reply was answered
survey-settle-answered-advice = The city has been told. If it was wrong, take the answer back and write a new one.

survey-reply-door = A city’s sheet
survey-reply-door-lead = Type the reference and the PIN from the letter that your city got.
survey-reply-door-hint = Nine letters and digits, such as 7K3M-9QX2-T.
survey-reply-door-button = Open the sheet
survey-reply-door-lost = No letter, or lost? The institute that runs the survey sends a new one.
survey-reply-door-wrong = There is no sheet here with this reference and PIN. Check both; a newer letter replaces an older one.
survey-reply-door-closed = There were too many wrong tries. Wait 15 minutes, then try again.
survey-reply-door-shut = Your time at the sheet was over, so nothing was kept. Copy your words from below, open the sheet again, and paste them.
survey-reply-title = { $place }: your sheet
survey-reply-lead = What the round “{ $round }” found on your city’s site. Open a criterion to see how it was judged and to reply. Your replies and our answers are published with the round.
survey-reply-until = You can write, change and withdraw replies until { $when }.
survey-reply-over = The time for replies is over. You can still read everything.
survey-reply-total = Total as it is now, of 100
survey-reply-total-source = { $instrument }, { $date }
survey-reply-mean = The mean of two readers who do not know each other’s answers.
survey-reply-agreed = The readers agree.
survey-reply-open = Not decided yet.
survey-reply-yours = Your reply
survey-reply-none = none
survey-reply-final = Final answer
survey-reply-write = Your reply
survey-reply-words = What should be seen differently
survey-reply-words-hint = 10 to 4000 characters. They are published.
survey-reply-words-wrong = Write 10 to 4000 characters.
survey-reply-evidence = Address that shows it
survey-reply-evidence-hint = A page of your site, beginning with https://.
survey-reply-evidence-wrong = Write one address that begins with https:// or http://, or leave it empty.
survey-reply-send = Send the reply
survey-reply-save = Save the change
survey-reply-withdraw = Withdraw this reply
survey-reply-received = Received
survey-reply-changed = Answer changed
survey-reply-kept = Answer kept
survey-reply-back = Back to the sheet
survey-reply-leave = Close the sheet on this computer
survey-reply-done-received = Your reply is kept. Somebody who did not read your city looks at it and answers.
survey-reply-done-withdrawn = Your reply was withdrawn.
survey-reply-answered = This reply cannot be changed any more
survey-reply-answered-advice = It was answered or withdrawn meanwhile. Open the sheet again to see it.
survey-reply-late = The time for replies is over
survey-reply-late-advice = Nothing was kept. The sheet can still be read.

survey-settle-probes = Questions to cities
survey-probe-lead = A person writes one ordinary question to a city and sends it. Nothing is sent from here. Answers come into the round’s mailbox; only their times are kept.
survey-probe-no-mailbox = No mailbox is configured ([survey.mailbox]), so write down by hand when a city answered.
survey-probe-questions = Questions
survey-probe-median = Median time to an answer
survey-probe-next = Ask
survey-probe-ask = Ask { $place }
survey-probe-waits = waits
survey-probe-acknowledged = Acknowledged by a machine
survey-probe-answered = Answered by a person
survey-probe-returned = Came back
survey-probe-hours = { $n } hours
survey-probe-days = { $n } days
survey-probe-after = After { $time } ({ $days ->
    [one] 1 working day
   *[other] { $days } working days
}), { $when }
survey-probe-none = No question was sent about this yet.
survey-probe-mark = Mark
survey-probe-way = How it was sent
survey-probe-way-mail = by e-mail
survey-probe-way-form = by a form on the city’s site
survey-probe-sent = When it was sent
survey-probe-sent-hint = In UTC. Leave it empty for now.
survey-probe-sent-wrong = Write a time that is not in the future and not before the round began.
survey-probe-correction = Set by hand because
survey-probe-title = A question to { $place }
survey-probe-new-lead = Write to the city yourself, put the mark into the subject, send it, and then note it here.
survey-probe-from = Send it from
survey-probe-from-unknown = the round’s mailbox
survey-probe-text = What to write
survey-probe-text-rules = One ordinary question in the local language, under your own name. Ask once, and never invent an emergency. For example:
survey-probe-suggested-subject = How do I get a library card? [{ $mark }]
survey-probe-suggested-text = Good morning. I would like to get a card for the city library. What do I have to bring, and where do I go? Thank you.
survey-probe-note = Note it as sent
survey-probe-criterion = Criterion
survey-probe-criterion-wrong = Choose a criterion that needs a question.
survey-probe-way-wrong = Say how it was sent.
survey-probe-subject = Subject
survey-probe-subject-wrong = Write the subject, up to 200 characters.
survey-probe-note-button = It was sent
survey-probe-no-criteria = No criterion of this instrument needs a question.
survey-probe-done-noted = The question is noted.
survey-probe-done-corrected = The times are corrected.
survey-probe-of = Question to { $place }
survey-probe-correct = Correct the times
survey-probe-correct-button = Keep these times
survey-probe-time-wrong = Write a time after the question was sent and not in the future, or leave it empty.
survey-probe-reason-hint = 5 to 500 characters. From then on the mailbox changes nothing here.
survey-probe-reason-wrong = Say why, in 5 to 500 characters.

survey-letter-third-subject = A city to read: { $place }
survey-letter-third-body = Hello { $name },

    you are the third reader of { $place } in the round “{ $round }”. The first two readers differ. You do not see what they answered.

    The city is on your desk: { $link }
survey-letter-reply-subject = { $place }: your sheet of the survey
survey-letter-reply-body = To the city of { $place },

    the round “{ $round }” has judged your site. Before anything is published you can read every answer with its reasons, and reply to each one, until { $until }. Replies and our answers are published with the round.

    Open { $link } and type:
    Reference: { $reference }
    PIN: { $pin }

    Give this letter only to those who reply for your city.
survey-letter-reopened-subject = { $place }: your reply is looked at again
survey-letter-reopened-body = To the city of { $place },

    we have taken back our answer to your reply to criterion { $criterion }. We look at it again and write to you. Until then you can change your reply on your sheet:

    { $link }

    You need the reference and the PIN from our first letter.
survey-letter-answered-subject = { $place }: your reply was answered
survey-letter-answered-body = To the city of { $place },

    we have looked at your reply to criterion { $criterion } and answered it. You find the answer on your sheet:

    { $link }

    You need the reference and the PIN from our first letter.
