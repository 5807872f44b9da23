"""Taxonomy — *taxonomie · التصنيف*: skills, occupations and themes, with their names in French, Arabic and English.

From ESCO, the European Commission's classification, cut to labels and relations; misleading labels are mended in
`data/corrections.tsv`. Labels are columns, not gettext: they are data, and anyone may propose a better word.
"""
