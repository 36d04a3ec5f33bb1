"""Pictures: what may be uploaded, how it is kept, and how it is handed out.

`library` is for whoever saves a picture or a portrait, `serving` for whoever has decided that somebody may see one.
"""
