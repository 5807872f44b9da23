"""Home — *accueil · الرئيسية*: the first page, a person's own page, a commune's page, and the pages about Twiza."""
