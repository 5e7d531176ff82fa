"""shift.py STORE DAYS -- everything kept in STORE was DAYS earlier."""
import sqlite3
import sys

TIMES = {"started", "last", "at", "joined", "since", "opened", "closed", "graded"}


def shift(store, days):
    db = sqlite3.connect(store)
    for (table,) in db.execute("select name from sqlite_master where type = 'table'").fetchall():
        for column in (c[1] for c in db.execute("pragma table_info(%s)" % table).fetchall()):
            if column in TIMES:
                db.execute("update %s set %s = %s - ? where %s > 1000000000000" % (table, column, column, column),
                           (days * 24 * 3600 * 1000,))
    db.commit()
    db.close()


if __name__ == "__main__":
    shift(sys.argv[1], float(sys.argv[2]))
