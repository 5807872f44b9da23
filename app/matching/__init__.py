"""Matching — *mise en relation · المطابقة*: texts in, concepts, terms, scores and reasons out, across languages.

It knows no profile and no project: those domains hand it their texts when they are saved, and it keeps what it
needs to rank them (`match_document`). What surprised us, and stays measured by `twiza match`:

- Concepts rank poorly; they are what people see: chips, reasons, filters. Competence adds three likenesses of texts:
  word stems expanded by a translation table, hashed n-gram vectors, and the best clause for each thing that is asked.
- All is learnt from the names of concepts in three languages (`twiza match train`): which stems of a language are one
  word (gérer, gestion), which words of another they stand for, which pieces of words go together.
- Phrases are linked by vectors of their own (`resemblance`). Sharper ones find more names and rank people worse; three
  seeds find more than one. A reranker learnt on aliases kept apart found those better and outside phrases worse.
- A lexicon of the field's words brings more than any change of formula: .02 to .03 of nDCG@10, .03 across languages.
- Words of audience or act (children, training) need no weight of their own in the ranking: lowering them took away .01.
"""
