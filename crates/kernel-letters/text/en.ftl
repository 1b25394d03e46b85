# Below every e-mail.
letters-frame-automatic = This letter was sent automatically.
letters-frame-choice = You choose how letters reach you: { $origin }/account/letters

# What a browser shows when a letter came.
letters-notice = You have a new letter
letters-notice-body = Open your inbox on the site of { $city } to read it.

# In the inbox, when letters come back.
letters-returned-subject = Our letters do not reach your e-mail address
letters-returned-body =
    A letter from { $city } to your e-mail address came back, because the address does not take letters. Until you confirm it again or give another one, we keep your letters here in the inbox and send nothing to that address.

    Check your address: { $link }

letters-trial-subject = A trial letter from { $city }
letters-trial-body =
    Hello { $name },

    this letter was sent from the letters office of { $city } to see whether letters arrive. There is nothing to do.
letters-trial-sms = { $city }: a trial message. There is nothing to do.
