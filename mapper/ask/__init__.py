"""A language model as second reader: what it is asked, what it answered, and what of that can be used.

The way: passages → :mod:`requests` → an endpoint or a batch file → ``answers.jsonl`` → :mod:`check` → opinions that
stand beside what the program says (:mod:`mapper.matchers.answers`).
"""
