"""What every domain stands on: settings, database, languages, forms, pages, refusals, safety. It knows no domain."""
