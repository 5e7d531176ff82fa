#!/usr/bin/env python3
"""Records: kept before shown, gone on with, replayed, erased; on SQLite and on a PostgreSQL that the tests start.

    run.py [PART...]      resuming, …; all of them without an argument
"""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import ageing  # noqa: E402
import faults  # noqa: E402
import forgetting  # noqa: E402
import places  # noqa: E402
import power  # noqa: E402
import regrading  # noqa: E402
import replaying  # noqa: E402
import resuming  # noqa: E402
import servers  # noqa: E402
import world  # noqa: E402

PARTS = {"ageing": ageing, "resuming": resuming, "replaying": replaying, "forgetting": forgetting, "regrading": regrading, "faults": faults, "places": places, "power": power,
         "servers": servers}
for name in sys.argv[1:] or PARTS:
    PARTS[name].run()
world.finish()
