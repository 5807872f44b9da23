"""Matching — *mise en relation · المطابقة*: texts in, concepts, terms, scores and reasons out, across languages.

It knows no profile and no project: those domains hand it their texts when they are saved, and it keeps what it
needs to rank them (`match_document`). Competence ranks by a translation table between word stems; concepts are
what people see.
"""
