"""Analytics: questions in SQL over a film's tables and the studio's log. The door to DuckDB.

SQL is code, and a question may come from a stranger's notebook. So DuckDB never runs in the person's own process: it runs in a
child that holds copies of the tables in memory, can open no file and no socket, may only read, and is killed when it
takes too long. What the child answers comes back as a `Table` of plain Python values.

    film's tables (callables that give rows) ──▶ Analyst ──frames──▶ child: DuckDB 2, in memory, locked ──▶ Table
    studio's log folder (glimmer.jsonl, .1 …) ──────────────────────▶

It is never the store: what a query sees is a copy, kept for as long as the caller's `revision` stays the same.
"""

from glimmer.analytics.analyst import Analyst
from glimmer.analytics.tables import SqlTable

__all__ = ["Analyst", "SqlTable"]
