"""How well people are ranked and phrases linked on sets that people judged: `make quality SETS=folder`.

The folder holds sets of needs, profiles and judgements, or of mentions and the concepts they mean, with the scorers
beside them; the project's own sets are in `evaluation/`. Nothing of a set is ever copied into the application.
"""
