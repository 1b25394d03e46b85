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

account-password-current = Password until now
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
account-leave-last-administrator = You are the only administrator of this city. Give the role to somebody else first, then delete your account.
account-leave-button = Delete my account
account-leaving = Your account will be deleted on { $date }
account-leaving-text = Until then you can fetch your data or keep your account. Signing in alone does not keep it.
account-leaving-stay = Keep my account
account-done-stayed = Your account stays.
account-letter-leaving-subject = Your account will be deleted
account-letter-leaving-body = You asked us to delete your account. It will be gone on { $when }. Until then you can take it back, and fetch your data: { $link } If it was not you, take it back and change your password.
account-letter-leaving-sms = Your account will be deleted on { $when }. If it was not you, sign in and take it back.
account-letter-stays-subject = Your account was not deleted
account-letter-stays-body = You asked us to delete your account. Meanwhile you became the only administrator of this city, so your account stays. Give the role to somebody else, then ask again: { $link }
account-letter-stays-sms = Your account was not deleted, because you are the only administrator. Give the role to somebody else, then ask again.

# Acting for others.
account-acting-lead = Nobody acts for anybody without consent. Both see it here, and both can end it at any time.
account-acting-requests = You were asked
account-acting-agent = You act for
account-acting-principal = Act for you
account-acting-representatives = Act for this organisation
account-acting-first = Who founded the organisation decides who represents it. When they stop, whoever was there next decides.
account-first-only = Somebody else decides this
account-first-only-advice = Only the first representative of an organisation invites others. The page “Acting for others” shows who that is.
account-acting-open = You asked
account-acting-nobody = Nobody.
account-acting-kind = As
account-kind-guardian = trusted person
account-kind-company = representative
account-kind-helper = helper at a counter
account-acting-until = Until
account-acting-note = For what
account-acting-note-hint = For example: applications for housing. The other person reads it.
account-acting-asker = Asked by
account-acting-means = Whoever acts for somebody can do what that person can do with the services of the city, but not read their letters, take their data or change how they sign in.
account-wish-act-for-you = { $name } wants to act for you.
account-wish-be-acted-for = { $name } wants you to act for them.
account-wish-represent = You are to act for { $name }.
account-open-act = You want to act for this person.
account-open-invite = This person is to act for you.
account-acting-agree = Agree
account-acting-refuse = Refuse
account-acting-begin = Act now
account-acting-end = End
account-acting-take-back = Take back
account-acting-ask = Ask somebody
account-acting-invite = Invite a representative
account-acting-ask-lead = The other person sees your name and address and decides. Ask only whom you know.
account-acting-side = What do you want?
account-acting-side-agent = I want to act for this person
account-acting-side-principal = This person is to act for me
account-acting-side-wrong = Choose who acts for whom.
account-acting-email-hint = The address with which the other person signs in. If it belongs to an account here, the request appears there.
account-acting-oneself = This is your own address. Enter the other person’s.
account-acting-days = For how long?
account-acting-days-wrong = Choose for how long.
account-days-month = One month
account-days-half-year = Half a year
account-days-year = One year
account-days-three-years = Three years
account-acting-send = Send the request
account-acting-too-many = Five of your requests wait for an answer. Take one back, or wait until one is answered.
account-acting-over = This is over
account-acting-over-advice = It was ended or answered meanwhile, or its time is over. Load the page again to see what holds.
account-acted = Done in your name
account-acted-none = Nobody did anything in your name.
account-acted-caption = What others did in your name
account-acted-when = When
account-acted-who = Who
account-acted-what = What
account-act-acting-begun = Began to act for you
account-act-acting-stopped = Stopped acting for you
account-act-guest-joined = Added something done without an account
account-act-delegation-asked = Invited a representative
account-act-delegation-ended = Ended that somebody acts
account-organisation = Found an organisation
account-organisation-lead = A company or club with an account of its own. You act for it, invite others and end that they act.
account-organisation-name = Name of the organisation
account-organisation-hint = As it is registered.
account-organisation-wrong = Enter the name on one line, up to 100 characters.
account-organisation-button = Found
account-done-asked = Your request is on its way. It waits here for 14 days.
account-done-agreed = You agreed. You can end it at any time.
account-done-refused = You refused.
account-done-ended = It has ended.
account-done-founded = The organisation has its account.
account-done-stopped = You act for yourself again.
account-letter-asked-subject = { $who } asks you something
account-letter-asked-body = { $who } asks to act for you with the city, or that you act for them. Look at it and decide: { $link }
account-letter-asked-sms = { $who } asks about acting for each other. Sign in to decide.
account-letter-agreed-subject = { $who } agreed
account-letter-agreed-body = { $who } agreed to your request about acting. Both of you can end it at any time: { $link }
account-letter-agreed-sms = { $who } agreed to your request about acting.
account-letter-ended-subject = Acting has ended
account-letter-ended-body = { $who } ended that one of you acts for the other. Nothing more can be done this way: { $link }
account-letter-ended-sms = { $who } ended that one of you acts for the other.

# Waiting.
account-waiting = What is waiting
account-waiting-nothing = Nothing is waiting for you.
account-waiting-letters = { $n ->
    [one] { $n } new letter
   *[other] { $n } new letters
 }
account-waiting-requests = { $n ->
    [one] { $n } request to answer
   *[other] { $n } requests to answer
 }
account-waiting-code = { $n ->
    [one] A letter with a code is on its way to you
   *[other] { $n } letters with codes are on their way to you
 }
account-waiting-residence = { $n ->
    [one] Your confirmation as a resident is being looked at
   *[other] { $n } confirmations are being looked at
 }

# A new address.
account-address = Confirm the address
account-address-confirm = Confirm
account-contact-now = Now: { $address }
account-email-change = Change e-mail address
account-email-new = New e-mail address
account-email-new-hint = A code goes there. The old address gets a notice.
account-phone-change = Change telephone number
account-phone-new = New telephone number
account-phone-new-hint = With the country’s prefix, for example +82 10 1234 5678. A code goes there.
account-phone-wrong = Enter a telephone number with the country’s prefix, for example +82 10 1234 5678.
account-letter-address-subject = Your code: { $code }
account-letter-address-body = Your code to confirm this address is { $code }. It works for { $minutes } minutes. If you did not ask for it, do nothing.
account-letter-address-sms = { $code } is your code. It works for { $minutes } minutes.
account-letter-address-changed-subject = Your contact was changed
account-letter-address-changed-body = The address or telephone number of your account was changed on { $when }. If it was not you, change your password at once: { $link }
account-letter-address-changed-sms = The contact of your account was changed. If it was not you, change your password at once.

# Letters.
account-letters-unread = Letters, { $n } not opened
account-letters-subject = Subject
account-letters-when = When
account-letters-new = new
account-letters-none = No letters yet
account-letters-none-text = What the city writes to you stands here too, whatever way it is sent.
account-letters-older = Older letters
account-letters-way = How letters reach you
account-letters-channel = Besides this page
account-letters-channel-hint = Without a confirmed address of that kind, letters stay on this page.
account-letters-channel-wrong = Choose a way and a language.
account-channel-email = By e-mail
account-channel-sms = As a text message
account-channel-push = As a notice in your browser
account-channel-inbox = On this page only
account-letters-throw-away = Delete this letter
account-done-letters = Letters reach you this way from now on.
account-done-thrown-away = The letter is deleted.
account-notices = Notices in browsers
account-notices-lead = A browser can show a notice when a letter came, even while this site is closed.
account-notices-off = This city sends no notices to browsers. Letters reach you in the other ways.
account-notices-script = Notices need scripts. Letters reach you in the other ways.
account-notices-begin = Show notices in this browser
account-notices-refused = This browser does not allow notices. Allow them in its settings and try again.
account-notices-browsers = Browsers that show notices
account-notices-none = No browser shows notices
account-notices-browser = Browser
account-notices-since = Since
account-notices-end = Show none there
account-notices-shown = What a notice shows
account-notices-what = Others may see your screen
account-notices-subject-no = Only that there is a letter
account-notices-subject-yes = The letter's subject too
account-done-noticed = This browser shows a notice when a letter came. Choose notices as your way to get letters, too.
account-done-unnoticed = That browser shows no more notices.
account-done-notice = Notices show this from now on.

# Resident.
account-residence-lead = Some services are for people who live here. You show it once.
account-residence-yes = You are a confirmed resident
account-residence-ways = How do you want to show it?
account-residence-clerk = At a counter
account-residence-clerk-text = Tell us who you are here, then show your papers at any district office. It takes one visit.
account-residence-clerk-button = Prepare the visit
account-residence-post = By a letter with a code
account-residence-post-text = We send a letter with a code to your home. You type the code here. It takes a few days.
account-residence-post-button = Send me a letter
account-residence-name = Name in your papers
account-residence-name-hint = As it stands in your identity card or passport.
account-residence-name-wrong = Enter your name as it stands in your papers.
account-residence-address = Address at home
account-residence-address-hint = As on an envelope: street and number, flat, postcode and town.
account-residence-address-wrong = Enter your whole address with street, number, postcode and town.
account-residence-identifier = Number of your identity card or passport
account-residence-identifier-hint = We keep it as a fingerprint only, so that nobody has two accounts.
account-residence-identifier-wrong = Enter the number as it stands in your papers, with at least 5 letters or digits.
account-residence-file-identity = Picture of your identity card or passport
account-residence-file-home = Something that shows your address
account-residence-file-hint = A picture or PDF up to 10 MB, deleted as soon as it is decided. You can also bring it.
account-residence-sealed = What you enter is encrypted and is deleted as soon as it is decided.
account-residence-send = Send
account-residence-too-many = You asked for three letters within 60 days. Go to a counter instead.
account-residence-asked = Asked on
account-residence-until = Valid until
account-residence-waits-clerk = Come to a counter
account-residence-waits-clerk-text = Bring your identity card or passport and something that shows your address, such as a rental contract. A clerk looks at both and decides at once.
account-residence-waits-post = Your letter is being printed
account-residence-waits-post-text = It goes out on the next working day.
account-residence-waits-printed = Your letter is on its way
account-residence-waits-printed-text = Type the code from the letter here. After five wrong tries you need a new letter.
account-residence-code-button = Confirm
account-residence-code-wrong = This is not the code of your letter. Check it and try again.
account-residence-code-over = The code counts no more. Take the request back and ask for a new letter, or go to a counter.
account-residence-refused = You could not be confirmed
account-residence-ended = Your confirmation has ended
account-residence-doubled = This person has an account here already. If it is yours and you cannot sign in, recover it, or ask at a counter.
account-done-residence = You are a confirmed resident now.
account-done-residence-asked = We have your request.
account-done-residence-withdrawn = Your request is taken back and what you entered is deleted.
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
account-prove-first = Show once more that it is you
account-prove-first-advice = More than ten minutes have passed. Go back, load the page again and show once more that it is you.
account-onward = Continue
account-change = Change
account-remove = Remove

account-security-lead = A password can be guessed or stolen. A passkey or an app beside it keeps others out.
account-security-more = Password and devices
account-security-last = This cannot be removed
account-security-last-advice = It is the last way into your account, or the second factor that everybody who works for the city needs. Add another one first.

account-passkeys = Passkeys
account-passkeys-lead = A passkey lets you sign in with the lock of your phone or computer: finger, face or PIN. Nothing to remember, nothing to type on a wrong site. Who signs in with your password is asked for it, too.
account-passkeys-count = { $n ->
    [one] { $n } passkey
   *[other] { $n } passkeys
 }
account-passkey-name = Name of the passkey
account-passkey-name-hint = So that you recognise it later, for example "My phone".
account-passkey-name-wrong = Give the passkey a name on one line, up to 100 characters.
account-passkey-made = Added
account-passkey-used = Last used
account-passkey-unused = Not yet
account-passkey-copied = with a copy
account-passkey-add = Add a passkey
account-passkey-make = Make the passkey
account-passkey-use = Use a passkey
account-passkey-lead = Your phone or computer makes the passkey and keeps it. We only keep what recognises it.
account-passkey-need = Nothing to see here? Your browser cannot make passkeys, or scripts are off. Use an authenticator app instead.
account-passkey-not-made = The passkey was not accepted. Make it once more, or use another device.
account-passkey-nowhere = No passkeys at this address
account-passkey-nowhere-advice = Passkeys work only at a name with a secure connection, such as https://city.example; on the machine itself at http://localhost. Use an authenticator app instead.
account-passkey-refused = This passkey does not open the door
account-passkey-refused-advice = It took too long, or the passkey is not known here any more. Try again, or choose another way.
account-passkey-refused-again = Try again
account-passkey-rename = Name of a passkey
account-passkey-rename-link = Rename
account-passkey-rename-button = Save

account-app = Authenticator app
account-app-lead = An app on your phone shows a new code of six digits every half minute. You type it after your password.
account-app-there = in use
account-app-begin = Set up an app
account-app-replace = Set up another app
account-app-over = The time for this picture is over. Begin again.
account-app-scan = Show the picture to your app
account-app-scan-how = Open the app, choose "add" and hold the camera in front of the picture.
account-app-picture = Picture for the camera of your authenticator app
account-app-typed = On the same phone, or without a camera? Type this key into the app:
account-app-first = Type what the app shows
account-app-code = Code
account-app-code-hint = Six digits. When a new code is about to come, wait for it.
account-app-code-wrong = This code is not right. Check that the time of your phone is right and type the newest code.
account-app-confirm = Use this app

account-codes = Recovery codes
account-codes-lead = With a recovery code you get in when your phone is lost. Each works once. Keep them where you keep important papers.
account-codes-left = { $n ->
    [0] You have no recovery codes.
    [one] You have { $n } unused recovery code.
   *[other] You have { $n } unused recovery codes.
 }
account-codes-page = Look at recovery codes
account-codes-first = Set up a passkey or an app first.
account-codes-make = Make recovery codes
account-codes-renew = Make new codes
account-codes-yours = Your recovery codes
account-codes-once = We show these codes once. Print this page, write them down or keep the file in a safe place.
account-codes-keep = Earlier codes do not work any more.

account-second = One more step
account-second-lead = Your password was right. Now show something that only you have.
account-second-button = Continue
account-second-code-hint = Six digits from your app, or one of your recovery codes.
account-second-wrong = This code is not right. Wait for the next one and type it.
account-second-closed = Too many wrong codes. Wait 15 minutes, or use a passkey.
account-second-recovery = Without your passkey
account-second-recovery-code = Recovery code
account-second-recovery-hint = One of the codes that you kept for this.
account-second-code-wrong = This recovery code is not right, or it was used. Type another one.
account-second-lost = I lost my phone
account-second-lost-key-advice = Without a passkey and without recovery codes, come to an office of the city with a document that shows who you are; if you work for the city, ask another administrator.
account-second-lost-advice = Type one of your recovery codes instead of the six digits. Without recovery codes, come to an office of the city with a document that shows who you are; if you work for the city, ask another administrator.
account-second-set-up = A second factor
account-second-none-lead = Who works for the city signs in with two things: a password, and something that only they have.
account-second-none = Set up one of these now. It takes two minutes; then you go on to where you wanted to be.

account-letter-way-added-subject = A way to sign in was added
account-letter-way-added-body = A way to sign in was added to your account on { $when }. If it was not you, remove it, choose a new password and end your other sessions: { $link }
account-letter-way-added-sms = A way to sign in was added to your account. If it was not you, look at your account at once.
account-letter-way-removed-subject = A way to sign in was removed
account-letter-way-removed-body = A way to sign in was removed from your account on { $when }, and you were signed out on other devices. If it was not you, choose a new password at once: { $link }
account-letter-way-removed-sms = A way to sign in was removed from your account. If it was not you, look at your account at once.
account-letter-codes-renewed-subject = You have new recovery codes
account-letter-codes-renewed-body = New recovery codes were made for your account on { $when }. Earlier ones do not work any more. If it was not you, choose a new password at once: { $link }
account-letter-codes-renewed-sms = New recovery codes were made for your account. If it was not you, look at your account at once.
account-letter-code-used-subject = A recovery code was used
account-letter-code-used-body = Somebody signed in to your account with one of your recovery codes on { $when }. If it was not you, choose a new password at once and make new codes: { $link }
account-letter-code-used-sms = A recovery code of your account was used. If it was not you, look at your account at once.

# Other providers.
account-with = Sign in with { $provider }
account-with-other = Go back
account-with-nameless = Resident
account-with-denied = { $provider } did not confirm who you are
account-with-denied-advice = You, or { $provider }, stopped the sign-in. Nothing was changed. Try again, or choose another way.
account-with-refused = The sign-in with { $provider } was not accepted
account-with-refused-advice = What came back from { $provider } is not what we asked for, so nobody was signed in. Try again. If it happens again, choose another way.
account-with-unreachable = { $provider } does not answer
account-with-unreachable-advice = The sign-in with { $provider } does not work at the moment. Choose another way, or try again later.
account-with-over = This sign-in has expired
account-with-over-advice = It took longer than ten minutes, or it was begun in another browser. Begin again.
account-with-taken = This person at { $provider } belongs to another account
account-with-taken-advice = Sign in to that account instead. One person has one account here.
account-with-stranger = This is somebody else at { $provider }
account-with-stranger-advice = Your account is not linked to the person who signed in at { $provider }. Choose another way to show that it is you.
account-with-address = You have an account already
account-with-address-advice = An account with your e-mail address exists. Sign in to it in the way you know, then link { $provider } on the page “Password, passkeys and codes”.

account-links = Other providers
account-links-lead = Sign in here with an account that you have elsewhere.
account-link = Link a provider
account-link-button = Link
account-link-used = Linked. Last used { $when }.
account-link-lead = Go to { $provider } and sign in there. You come back here, and can sign in with it from then on.
account-link-go = Go to { $provider }
