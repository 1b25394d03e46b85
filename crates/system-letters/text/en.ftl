# The letters office, for staff.
letters-right-manage = Manage the letters office: services, keys, templates
letters-office = Letters office
letters-office-lead = How the city's letters fare: e-mails, short messages and notices in browsers. Words and addresses are not shown here.
letters-late = Letters wait longer than usual
letters-late-since = The oldest letter has been waiting since { $since }. Look whether the mail server and the gateway answer: madang doctor.
letters-counts = Letters by state
letters-counts-days = Letters of the last { $days } days
letters-counts-none = No letters yet
letters-oldest = The oldest letter that has not left waits since { $since }.
letters-state = State
letters-state-waiting = Waiting
letters-state-sending = Being handed over
letters-state-sent = Sent
letters-state-delivered = Delivered
letters-state-permanent-failure = The address does not take letters
letters-state-temporary-failure = Tried for days in vain
letters-state-technical-failure = Our own fault
letters-channel = Channel
letters-channel-email = E-mail
letters-channel-sms = Short message
letters-channel-push = Notice in the browser
letters-failures = Letters that failed
letters-failures-newest = { $n ->
    [one] The newest failure
   *[other] The newest { $n } failures
 }
letters-failures-none = No letter failed
letters-failure-at = Given to the office
letters-failure-reason = Reason
letters-failure-tries = Tries
letters-failure-mark = Mark

# Trials.
letters-trial-button = Send me a trial letter
letters-trial-sent = A letter is on its way to you
letters-trial-sent-text = It lies in your inbox and goes the way you chose for letters.
letters-trial-back = Back

# Services.
letters-services = Services
letters-services-lead = Programs of the city that send letters through this office. Each has keys, templates and addresses for answers of its own. The interface is the one of GOV.UK Notify, version 2: its client libraries work with this site's address.
letters-services-none = No service yet
letters-service-new = A new service
letters-service-name = Name of the service
letters-service-name-hint = As staff know it, such as “Parking permits”.
letters-service-name-error = Write a name of at most 100 characters
letters-service-id = Service id
letters-service-since = Since
letters-service-language = Usual language of its letters
letters-service-language-hint = Taken when a request names no language.
letters-service-make = Add the service
letters-service-change = Change the service
letters-service-team = Addresses of the team
letters-service-team-hint = One e-mail address or telephone number a line. A key for the team writes to these alone.
letters-service-team-error = Write at most 50 lines, each an e-mail address or a telephone number
letters-service-save = Save the service

# Addresses for answers.
letters-reply-to = Addresses for answers
letters-reply-to-new = A new address for answers
letters-reply-to-hint = The first address is the usual one.
letters-reply-to-error = Write an e-mail address, such as parking@city.example
letters-reply-to-add = Add the address

# Keys.
letters-keys = Keys
letters-key-new = A new key
letters-key-name = Name of the key
letters-key-name-error = Write a name of at most 100 characters
letters-key-kind = What it may do
letters-key-live = Live
letters-key-live-hint = Writes to everybody.
letters-key-team = Team
letters-key-team-hint = Writes to the team's addresses alone.
letters-key-test = Test
letters-key-test-hint = Writes to nobody; letters are counted as if they had been delivered.
letters-key-since = Made
letters-key-end = Revoke
letters-key-make = Make a key
letters-key-made = The key is made
letters-key-once = Copy it now: it is shown this once and cannot be read again.
letters-key-back = Back to the service
letters-key-revoke = Revoke the key
letters-key-revoked = Revoked { $at }

# Templates.
letters-templates = Templates
letters-templates-none = No template yet
letters-template-new = A new template
letters-template-name = Name of the template
letters-template-name-error = Write a name of at most 100 characters
letters-template-id = Template id
letters-template-version = Version
letters-template-since = Written
letters-template-text = Text
letters-template-subject = Subject ({ $language })
letters-template-subject-hint = Only for e-mail.
letters-template-subject-error = Write a subject of at most 250 characters
letters-template-body = Text ({ $language })
letters-template-text-error = Write a text in one language at least: for a short message at most 918 characters
letters-template-help = Places that are filled in
letters-template-help-text = Two brackets make a place. With two question marks, the words behind them are shown only when the answer is yes.
letters-template-save = Save the template
letters-template-change = Write a new version
letters-template-retire = Retire the template
letters-template-retired = Retired
letters-template-preview = How it looks ({ $language })
letters-template-places = To be filled in: { $names }
letters-template-try = Try it on yourself
letters-template-try-button = Send it to me
letters-template-language = Language
letters-template-versions = Versions
