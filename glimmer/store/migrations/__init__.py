"""Migrations: how a database of an earlier release becomes one of this release. One file a revision, walked by `opening.py`.

They know no class of tables.py: a migration must do in ten years what it did on its first day.
"""
