"""Files — *fichiers · الملفات*: pictures and documents that people send, kept in the database.

It stores what it is given and knows nobody: who may see a file is the matter of the domain that holds its number. A
picture is decoded and written anew, smaller, without what the camera noted (EXIF); a PDF is kept as it came once it has
been read, and refused if it would do anything by itself. What surprised us: a backup of one database is then a backup
of everything, and a picture that is refused leaves nothing behind.
"""
