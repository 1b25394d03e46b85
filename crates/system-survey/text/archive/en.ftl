survey-archive-of = Archived pages of { $place }
survey-archive-lead = What the city’s website answered when it was captured. The answers to all criteria rest on these pages.
survey-archive-find = Find a page by its title or address
survey-archive-count = { $n ->
    [one] 1 page or document
   *[other] { $n } pages and documents
}
survey-archive-none = No page was found
survey-archive-none-advice = Try fewer words.
survey-archive-address = Address
survey-archive-read = Read on
survey-archive-ways = How it is shown
survey-archive-as-seen = As it looked
survey-archive-as-sent = As it was sent
survey-archive-picture = Screenshot
survey-archive-picture-of = Screenshot of { $title }
survey-archive-frame = Archived page: { $title }
survey-archive-without = Scripts, forms and whatever is not in the archive are left out. Links lead to archived pages only.
survey-archive-words = Words of the document
survey-archive-download = Download the document
survey-archive-away = This archive is not here
survey-archive-away-advice = The city was not captured yet, or its archive is kept on another machine. Ask the coordinator of the round.
survey-archive-unreadable = This page cannot be shown
survey-archive-unreadable-advice = The archive has it, but its content cannot be read. Look at the screenshot or at the city’s own site.
