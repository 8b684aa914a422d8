"""The languages that are read: each is a folder here, whose `LANGUAGE` says how, and one of tables.

The tables lie in `data/reference/lang/xx`. The code of a language may also be a module of its own, `lagebild_lang_xx`,
wherever Python finds modules: see `notebooks/guide/another-language.md`.
"""
