# Keys begin with people-.
people-title = People
people-lead = What staff do about people. Everything here stands in the audit trail.
people-desks = Desks
people-desk = Desk
people-desk-for = For
people-desk-count = There now
people-overview = Overview
people-undo = Undo
people-none = none
people-account = Account
people-since = Since
people-name = Name
people-email = E-mail address
people-phone = Telephone
people-language = Language
people-department = Department
people-state = State
people-state-active = active
people-state-blocked = blocked
people-state-closed = closed
people-role = Role
people-role-resident = resident
people-role-evaluator = evaluator
people-role-clerk = clerk
people-role-editor = editor
people-role-coordinator = coordinator
people-role-administrator = administrator
people-reason = Why
people-reason-hint = 5 to 500 characters. The person reads it.
people-reason-wrong = Say why, in 5 to 500 characters.
people-reason-needed = Say why
people-reason-needed-advice = Go back and write the reason, in 5 to 500 characters. The person reads it.
people-oneself = Nobody does this for themselves
people-oneself-advice = Ask a colleague who has the same role.
people-last-administrator = There would be no administrator left
people-last-administrator-advice = Make somebody else an administrator first.

people-right-departments = Make, rename and close departments
people-right-roles = Give and take roles
people-right-find = Find an account
people-right-record = Open a person’s record with a reason
people-right-block = Block accounts
people-right-factors = Take away lost second factors
people-right-help = Help people at the counter
people-right-residence = Decide who is a known resident
people-right-audit = Read the audit trail

people-find = Find somebody
people-find-text = One account by exactly its e-mail address or number.
people-find-lead = You find an account only by what somebody tells you: the whole e-mail address, or the account’s number.
people-find-button = Find
people-find-none = No account has this address or number
people-find-none-advice = Ask for the address with which the person signs in, and check each letter.
people-who = Who
people-who-hint = Whole e-mail address, or the account’s number (ac_…).
people-who-wrong = No account has this address or number.

people-record = Record
people-record-text = Name, contact and matters open after you say why, for 30 minutes. The person sees your name and the reason.
people-record-button = Open the record
people-person = Person
people-verified = Known resident since
people-requests = Requests to be known as a resident
people-sessions = Signed in on
people-things = Matters
people-access = Access
people-access-text = Who is blocked cannot sign in, and no program of theirs works. A letter tells them.
people-block = Block the account
people-unblock = Unblock the account
people-end-sessions = Sign out everywhere
people-factors = Lost second factor
people-factors-text = Only after you have seen the person’s papers. Passkeys, authenticator app and recovery codes go; the password stays.
people-factors-button = Take the second factors away
people-factors-of-staff = An administrator does this
people-factors-of-staff-advice = This person works for the city. An administrator takes away lost second factors of staff.
people-done-blocked = The account is blocked.
people-done-unblocked = The account is active again.
people-done-sessions = The person is signed out everywhere.
people-done-factors = The second factors are gone. The person sets up new ones at the next sign-in.
people-audit-of = What was done to this account

people-roles = Roles
people-roles-text = Who has which role; give one, take one.
people-roles-count = { $n ->
    [one] { $n } role given
   *[other] { $n } roles given
 }
people-role-give = Give a role
people-role-give-button = Give the role
people-role-take = Take away
people-role-no-department = No department
people-role-department-hint = For clerks only.
people-role-wrong = Choose a role.
people-role-oneself = Nobody gives a role to themselves.
people-role-not-active = This account is blocked or closed, or it belongs to an organisation.
people-role-department-wrong = A clerk needs an open department; others have none.
people-role-already = They have this role already.
people-done-role-given = The role is given. It counts from their next click, and they get a letter.
people-done-role-taken = The role is taken away. It ends with their next click, and they get a letter.

people-departments = Departments
people-departments-text = Make, rename and close them.
people-departments-count = { $n ->
    [one] { $n } department
   *[other] { $n } departments
 }
people-departments-closed = Closed departments
people-department-new = A new department
people-department-make = Make the department
people-department-en = Name in English
people-department-ko = Name in Korean
people-department-since = Since
people-department-change = Change
people-department-rename = Rename
people-department-close = Close
people-department-open = Open again
people-department-name-wrong = Enter the name on one line, up to 100 characters.
people-department-has-clerks = Somebody is a clerk of this department
people-department-has-clerks-advice = Take their roles away or give them another department first.
people-done-department-made = The department is there.
people-done-department-renamed = The department has its new name.
people-done-department-closed = The department is closed.

people-counter = At the counter
people-counter-text = Do something for somebody who is here.
people-counter-lead = You act in the person’s name for an hour at most. They agree by telling you a code that we send them now, and both of you see what was done.
people-counter-note = What for
people-counter-note-hint = 5 to 500 characters. The person reads it in the letter.
people-counter-note-wrong = Say what for, in 5 to 500 characters.
people-counter-who-wrong = No active account with an address has this. Nobody helps themselves.
people-counter-send = Send the code
people-counter-sent = The person got a code. It works for { $minutes } minutes. Ask them to read it to you if they agree.
people-counter-for = For: { $note }
people-counter-code = Code
people-counter-code-hint = 8 letters and digits. Hyphens do not matter.
people-counter-code-wrong = This code is not right. Look at the newest letter together.
people-counter-code-spent = It was tried too often. Send a new code.
people-counter-begin = Begin to help

people-residence = Known residents
people-residence-text = Requests to decide and letters with codes to print.
people-residence-waiting = To decide
people-residence-post = Letters to print
people-residence-count = { $n ->
    [one] { $n } request
   *[other] { $n } requests
 }
people-residence-asked = Asked on
people-residence-until = Answer by
people-residence-files = Papers
people-residence-address = Address
people-residence-identifier = Number in the papers
people-residence-identifier-hint = Of the identity card, registration or passport, as it stands there. It is kept as a keyed hash only.
people-residence-identifier-wrong = Enter the number as it stands in the papers.
people-residence-decide = Decide
people-residence-decision = Decision
people-residence-decision-wrong = Choose a decision.
people-residence-grant = This is a resident
people-residence-refuse = This cannot be confirmed
people-residence-look = Your request of { $date } to be known as a resident
people-residence-print = Print the letter
people-residence-print-lead = Print this page now: the code is not shown again. Printing again makes a new one.
people-residence-letter = { $city } confirms with this code that you live at this address. Enter it on your page, under “Confirm that you live here”, by { $date }.
people-done-granted = The person is a known resident.
people-done-refused = The request is refused; the person got your reason.
people-done-doubled = Refused: this person has another account already.

people-audit = Audit trail
people-audit-text = Who did what, when; and whether the chain holds.
people-audit-subject = To what
people-audit-who = By whom
people-audit-act = Act
people-audit-until = Up to the day
people-audit-when = When
people-audit-detail = Detail
people-audit-button = Show
people-audit-older = Older entries
people-audit-whole = The chain holds: the last 1000 of { $size } sealed entries were verified; { $waiting } wait for their seal.
people-audit-broken = The chain is broken. Run “madang check audit”: it names the first broken entry.
people-audit-count = { $n ->
    [one] { $n } entry
   *[other] { $n } entries
 }

people-letter-role-given-subject = You have a new role
people-letter-role-given-body = On { $when } you were given a role: { $role ->
    [evaluator] evaluator
    [clerk] clerk
    [editor] editor
    [coordinator] coordinator
   *[administrator] administrator
 }. Staff sign in with a second factor; you are asked to set one up. Your page: { $link }
people-letter-role-given-sms = You were given a role. Your page shows it.
people-letter-role-taken-subject = A role was taken away
people-letter-role-taken-body = On { $when } a role of yours ended: { $role ->
    [evaluator] evaluator
    [clerk] clerk
    [editor] editor
    [coordinator] coordinator
   *[administrator] administrator
 }. If you did not expect it, ask an administrator. Your page: { $link }
people-letter-role-taken-sms = A role of yours ended. Your page shows it.
people-letter-blocked-subject = Your account is blocked
people-letter-blocked-body = Your account was blocked on { $when }, and you are signed out everywhere. To ask why, or to object, go to or telephone any office of the city. { $link }
people-letter-blocked-sms = Your account is blocked. Ask any office of the city.
people-letter-unblocked-subject = Your account is open again
people-letter-unblocked-body = Your account is active again since { $when }. You can sign in: { $link }
people-letter-unblocked-sms = Your account is active again.
people-letter-factors-subject = Your second factors were taken away
people-letter-factors-body = On { $when } your passkeys, authenticator app and recovery codes were taken away at a counter, after your papers were seen. If that was not you, go to or telephone any office at once. Set up new ones: { $link }
people-letter-factors-sms = Your second factors were taken away at a counter. If that was not you, tell any office at once.
people-letter-counter-subject = Your code: { $code }
people-letter-counter-body = Somebody at a counter of the city wants to act in your name for an hour at most. For: { $note }. If you stand there and agree, tell them this code: { $code }. It works for { $minutes } minutes. If you are not there, tell nobody the code.
people-letter-counter-sms = { $code } lets the counter act in your name. Tell it only if you stand there. It works for { $minutes } minutes.
people-letter-resident-subject = You are a known resident
people-letter-resident-body = Since { $when } the city knows that you live here. Your page: { $link }
people-letter-resident-sms = The city knows now that you live here.
people-letter-not-resident-subject = Your request was not confirmed
people-letter-not-resident-body = On { $when } it could not be confirmed that you live here. The reason stands on your page: { $link }
people-letter-not-resident-sms = It could not be confirmed that you live here. The reason stands on your page.
