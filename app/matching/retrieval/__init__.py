"""Who or what is nearest to a text, among all that is stored of a kind: right at once, instant at any size.

The database holds the truth. From some thousands of documents on, all processes of a machine search one copy of it in
files that they map (`editions`), and each reads what changed since, within the reader's own transaction (`copies`).
Searching looks closer and closer at fewer and fewer (`layout`), beginning with an index of terms (`postings`);
vectors take three bytes a term (`sparse`). Tests hold it against comparing everybody with `scoring.competence`.
"""

from app.matching.retrieval.copies import LIMIT, Near, nearest

__all__ = ["LIMIT", "Near", "nearest"]
