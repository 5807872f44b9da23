"""Journal — *journal · السجل*: every move of every open thing, with its author, its moment and their words.

It stores what it is given and knows nobody: subjects are named by kind and number. What moderation said to an author is
read from here, and so is what may still be undone.
"""
