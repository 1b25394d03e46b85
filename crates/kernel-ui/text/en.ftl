# The shell and the components. Keys begin with ui-.
ui-home = Home
ui-skip = Skip to the content
ui-menu = Main menu
ui-languages = Language
ui-breadcrumbs = You are here
ui-search-label = Search this site
ui-search-button = Search

ui-masthead = Official website of a demonstration city.
ui-masthead-how = How to know
ui-masthead-label = About this website
ui-masthead-demonstration = This city does not exist. Its name, districts, offices and opening hours are made up to show the Madang software. League tables of real cities name their sources.
ui-masthead-address = The address bar shows who runs a site. A real city publishes its one official address; check it there before you type anything.
ui-masthead-never = This site asks for no passwords, no card numbers and no identity numbers.

ui-display = Display
ui-theme = Colours
ui-theme-auto = As on my device
ui-theme-light = Day
ui-theme-dark = Dark
ui-contrast = Contrast
ui-contrast-normal = Normal
ui-contrast-high = High
ui-text-size = Text size
ui-text-size-normal = Normal
ui-text-size-large = Large
ui-text-size-largest = Largest

ui-footer-demonstration = A demonstration. The city is fictional and nothing you do here reaches an authority.
ui-footer-nav = About this site
ui-footer-software = Made with Madang, free software for cities.

ui-optional = (optional)
ui-error-summary = Please check your answers
ui-pagination = Pages of this list
ui-previous = Previous
ui-next = Next
ui-page-number = Page { $n }
ui-step-of = Step { $n } of { $all }
ui-step-done = done
ui-show-figures = Show the figures
ui-chart-figures-below = Chart. The same figures are in the table below.
ui-no-figure = not measured
