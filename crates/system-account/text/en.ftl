# Keys begin with account-.
account-title = My page
account-email = E-mail address
account-email-hint = We send a code there. Nobody else sees the address.
account-email-wrong = Enter an e-mail address like name@example.com
account-password = Password
account-password-wrong = This is not your password. Try again.
account-privacy = What we do with your data

account-sign-in = Sign in
account-sign-in-lead = Sign in with your e-mail address and password.
account-sign-in-button = Sign in
account-sign-in-wrong = The address and the password do not belong together. Check both and try again.
account-sign-in-help = No account, or no password?
account-stay = On this device
account-stay-yes = Keep me signed in
account-stay-hint = Not on a computer that others use.
account-again = Is it you?
account-again-lead = What you are about to do matters. Show once more that it is you.
account-again-button = Continue

account-register = Make an account
account-register-short = Takes two minutes. You need an e-mail address.
account-register-lead = With an account you see what became of your matters, and you type your details once.
account-register-need = You need an e-mail address that you can read now. It takes about two minutes.
account-register-confirm = Your code, your name, your password
account-register-button = Make my account
account-step-address = Your address
account-step-code = Code and password
account-name = Your name
account-name-hint = As we should write to you.
account-name-wrong = Enter your name on one line, up to 100 characters.

account-code = Code
account-code-hint = 8 letters and digits from the letter, for example 7QK2-M9XA.
account-code-send = Send me a code
account-code-sent = We sent you a letter with a code.
account-code-sent-advice = It works for { $minutes } minutes. No letter? Look into the folder for unwanted mail and check that you typed the right address.
account-code-wrong = This code is not right. Look at the newest letter and type it again.
account-code-over = This code has expired
account-code-over-advice = Its time is over, or it was tried too often. Ask for a new one.
account-code-again = Send me a new code

account-password-new = New password
account-password-hint = At least 8 characters. Three or four words that have nothing to do with each other are good.
account-password-too-short = The password is too short: use at least 8 characters.
account-password-too-long = The password is too long: use at most 128 characters.
account-password-guessable = This password is easy to guess. Add a word or two that nobody connects with you or this city.
account-password-change = Change my password
account-password-lead = Afterwards you stay signed in here and are signed out everywhere else.
account-password-button = Change password

account-recover = I lost my password
account-recover-short = We send you a code, and you choose a new one.
account-recover-lead = Enter your e-mail address. If it has an account, we send a code there.
account-recover-confirm = A new password
account-recover-button = Change password

account-sessions = Where I am signed in
account-sessions-lead = End what you do not recognise, then change your password.
account-sessions-count = { $n ->
    [one] Signed in on { $n } device
   *[other] Signed in on { $n } devices
 }
account-sessions-device = Device
account-sessions-way = How
account-sessions-since = Since
account-sessions-seen = Last used
account-sessions-end = End
account-sessions-this = this one
account-sessions-unknown = Unknown device
account-sessions-end-button = Sign out there
account-sessions-end-others = Sign out everywhere else
account-way-password = Password
account-way-passkey = Passkey
account-way-oidc = Another provider
account-way-recovery = Recovery code

account-letter-register-subject = Your code: { $code }
account-letter-register-body = Your code for making an account is { $code }. It works for { $minutes } minutes. If you did not ask for it, do nothing: no account is made without the code.
account-letter-register-sms = { $code } is your code. It works for { $minutes } minutes.
account-letter-register-known-subject = You have an account already
account-letter-register-known-body = Somebody, probably you, wanted to make an account with this address on { $when }. You have one already. Sign in, or choose a new password if you lost yours: { $link }
account-letter-register-known-sms = You have an account already. Sign in, or choose a new password if you lost yours.
account-letter-recover-subject = Your code: { $code }
account-letter-recover-body = Your code for a new password is { $code }. It works for { $minutes } minutes. If you did not ask for it, do nothing: your password stays as it is.
account-letter-recover-sms = { $code } is your code for a new password. It works for { $minutes } minutes.
account-letter-password-changed-subject = Your password was changed
account-letter-password-changed-body = The password of your account was changed on { $when }. You are signed out on your other devices. If it was not you, choose a new password at once and look at your sessions: { $link }
account-letter-password-changed-sms = The password of your account was changed. If it was not you, choose a new one at once.

# My page.
account-hello = Hello { $name }.
account-me = About you
account-phone = Telephone
account-language = Language
account-resident = Resident
account-resident-since = Known since { $date }
account-resident-not = Not confirmed
account-none = none
account-work = Your work
account-mine = Your things
account-mine-none = There is nothing yet. What you do here while you are signed in appears on this page.
account-mine-join = Add something that you did without signing in
account-more = More about you
account-for-title = In somebody else's name
account-for = You act for { $name }. What you do now is done in this name, and { $name } sees it.
account-for-mine = Things of this name
account-not-while-acting = This belongs to the person alone
account-not-while-acting-advice = You act for somebody else at the moment. Stop acting on the page “Acting for others” to see your own.
account-done-joined = It is on your page now.
account-done-changed = Your changes are saved.
account-details = Name and contact
account-details-text = What we call you, your language, e-mail and telephone.
account-details-change = Change name, language or contact
account-details-name = Name and language
account-details-save = Save
account-language-hint = Letters to you are written in this language.
account-language-wrong = Choose a language.
account-security = Password, passkeys and codes
account-security-text = How you sign in, and how you recover your account.
account-sessions-text = Browsers and devices, and how to sign them out.
account-acting = Acting for others
account-acting-text = For whom you act, who acts for you, and what they did.
account-acting-stop = Stop acting
account-residence = Confirm that you live here
account-residence-text = Some services are for residents only.
account-letters = Letters
account-letters-text = What the city wrote to you, and how letters reach you.
account-data = My data
account-data-text = Take everything away, see who looked at it, delete your account.
account-tokens = Access for programs
account-tokens-text = Keys with which your own programs use the open interfaces in your name.

# What was done without an account.
account-follow = Follow your case
account-follow-lead = Find again what you did without an account: a reference and a PIN suffice.
account-follow-reference-hint = Nine letters and digits, for example 7K3M-9QX2-T. Hyphens do not matter.
account-follow-pin-hint = Six digits that were shown beside the reference.
account-follow-button = Find
account-follow-wrong = There is nothing with this reference and PIN. Check both for typing errors. What is over is deleted.
account-follow-closed = There were too many wrong tries. Wait 15 minutes, then try again.
account-follow-found = Here it is
account-follow-done = Done on
account-follow-until = Kept until
account-follow-open = Open
account-follow-keep = Keep it with my account
account-follow-sign-in = With an account you need no reference: it stands on your page.
account-follow-sign-in-link = Sign in and come back here

# My data.
account-data-lead = Everything that the city keeps about you: to take away, to check, to delete.
account-data-take = Take everything away
account-data-take-text = One ZIP file with plain JSON and your files. It holds no passwords and nobody else's data.
account-data-take-button = Download my data
account-export-readme =
    This is everything that the city kept about you on { $date }.

    account.json             who you are to us, and how to reach you
    sign-in.json             passkeys and providers with which you sign in
    sessions.json            where you are signed in
    roles.json               what you do for the city
    tokens.json              access for your programs, without the keys
    delegations.json         for whom you act and who acts for you
    acted-for-me.json        what others did in your name
    residence.json           how you were confirmed as a resident
    guest-acts.json          what you did here and the city still remembers
    looks-at-my-record.json  who of the staff looked at your record, and why
    letters.json             what the city wrote to you
    audit-trail.json         what you did and what was done to your account
    Folders                  what the services of the city keep for you

    Times are in UTC. The words in the files are those of the open interfaces.
account-looks = Who looked at your record
account-looks-text = Staff give a reason before they see your record. Every look stands here.
account-looks-caption = Looks at your record
account-looks-none = Nobody of the staff looked at your record.
account-looks-when = When
account-looks-who = Who
account-looks-what = What
account-looks-why = Reason
account-look-record = Your record
account-look-residence = Your request to be known as a resident
account-look-block = Your account was blocked
account-look-factors = Your second factors were taken away
account-somebody-gone = Somebody whose account is gone
account-role-resident = resident
account-role-evaluator = evaluator
account-role-clerk = clerk
account-role-editor = editor
account-role-coordinator = coordinator
account-role-administrator = administrator
account-leave = Delete my account
account-leave-text = You have { $days } days to think again: until then everything stays, and a button takes it back. Then it is gone for good.
account-gone = What is deleted
account-gone-account = Your name, e-mail, telephone and language
account-gone-ways = Passwords, passkeys, codes, sessions and access for programs
account-gone-acting = For whom you act and who acts for you
account-gone-residence = What confirmed you as a resident
account-gone-letters = Letters to you and what you chose for them
account-gone-things = Your things on my page
account-kept = What the law makes us keep
account-kept-trail = The audit trail: that an account did something, and when.
account-kept-trail-why = It holds the account's number and not your name, so that nobody can rewrite what happened. For good.
account-kept-letters = That a letter was sent.
account-kept-letters-why = Without words, address and name, to count letters. For good.
account-kept-roles = Roles that you had as staff.
account-kept-roles-why = By the account's number, because others rely on what you decided. For good.
account-kept-others = What you did in somebody else's name, and records that you looked at as staff.
account-kept-others-why = By the account's number, because it belongs to the other person too. As long as that person has an account.
account-kept-backups = Copies of the whole city for emergencies.
account-kept-backups-why = Until newer copies replace them.
account-leave-open = I want to delete my account
account-leave-sign = To confirm, type { $sign }
account-leave-sign-wrong = This is not the same. Type it exactly as it stands above the field.
account-leave-button = Delete my account
account-leaving = Your account will be deleted on { $date }
account-leaving-text = Until then you can fetch your data or keep your account. Signing in alone does not keep it.
account-leaving-stay = Keep my account
account-done-stayed = Your account stays.
account-letter-leaving-subject = Your account will be deleted
account-letter-leaving-body = You asked us to delete your account. It will be gone on { $when }. Until then you can take it back, and fetch your data: { $link } If it was not you, take it back and change your password.
account-letter-leaving-sms = Your account will be deleted on { $when }. If it was not you, sign in and take it back.

# Keys for programs.
account-tokens-lead = Your own programs can read and do here what you can. Give each a key of its own, with no more rights than it needs.
account-tokens-yours = Your keys
account-tokens-none = You have no key.
account-tokens-count = { $n ->
    [one] { $n } key
   *[other] { $n } keys
 }
account-tokens-new = Make a key
account-tokens-button = Make the key
account-tokens-api = What programs can ask
account-token-name = What for
account-token-name-hint = For example: calendar on my phone.
account-token-name-wrong = Say in one line, up to 100 characters, what the key is for.
account-token-scopes = What it may do
account-token-scopes-wrong = Choose at least one right, of those that you have.
account-token-days = How long it works
account-token-days-wrong = Choose how long the key works.
account-token-lives = { $days } days
account-token-until = Works until
account-token-used = Last used
account-token-never = never
account-token-over = expired
account-token-end = End it
account-token-made = The key “{ $name }”
account-token-once = Copy it now: it is shown only once. Keep it like a password. A program sends it as “Authorization: Bearer …”.
account-token-too-many = You have too many keys
account-token-too-many-advice = End some that you do not use any more, then make a new one.
account-right-use = Use an account
account-right-read = Read my account
account-right-letters = Read letters to me
account-right-sessions = See and end my sessions
account-right-tokens = See, make and end keys
account-letter-token-subject = A new key for programs
account-letter-token-body = A key with which a program can act in your name was made on { $when }. If it was not you, end it at once and change your password: { $link }
account-letter-token-sms = A key for programs was made for your account. If it was not you, end it at once.
