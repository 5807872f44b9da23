"""The demonstration: the pilot's story, told through the application's own actions, each on its day of fourteen months.

`data/` says it, `story` is its calendar, and each other module has a chapter of it done by the people whom it names. It
loads only into an empty database, or again into its own.
"""
