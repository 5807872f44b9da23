"""Matching — *mise en relation · المطابقة*: texts in, concepts, terms, scores and reasons out, across languages.

It knows no profile and no project: those domains hand it their texts when they are saved, and it keeps what it
needs to rank them (`match_document`). What surprised us, and stays measured by `twiza match`:

- Concepts rank poorly. Competence is a cosine of word stems expanded by a translation table that is learnt from the
  names of concepts; concepts are what people see: chips, reasons, filters.
- Names of one concept in three languages are enough to learn which stems of a language are one word (gérer, gestion).
- Words of audience or act (children, training) need no weight of their own; a lexicon of the field's words does help.
"""
