#!/usr/bin/env python3
"""Prints results.json as a table: ours, the others beside it, and what was to be reached.

A target is met or missed where it stands.  Ratios say more than figures: both sides were measured in the same minutes
on the same machine.
"""
import json
import sys

COLUMNS = ("measure", "rehearse", "limit", "sketch", "inkjs", "targets")
CHOICES = 15  # made in each of the sessions held


def seconds(x):
    return "%.2f s" % x if x >= 1 else "%.0f ms" % (x * 1e3) if x >= 0.1 else "%.2f ms" % (x * 1e3)


def rate(x):
    return "%.2f M/s" % (x / 1e6) if x >= 1e5 else "%.1f k/s" % (x / 1e3)


def amount(x):
    return "%.1f MiB" % (x / 2**20) if x >= 2**20 else "%.1f KiB" % (x / 1024) if x >= 10240 else "%d B" % x


class Target:
    """VALUE shown by FORM must be at most, or at least, BOUND."""

    def __init__(self, value, sign, bound, form, what=""):
        self.met = value <= bound if sign == "<=" else value >= bound
        self.text = "%s%s %s %s %s" % (form(value), what and " " + what, sign, form(bound), "met" if self.met else "MISSED")


class Note:
    """What stands beside a figure and has no bound."""

    def __init__(self, text):
        self.text = text


def power(n):
    return "10^%d" % (len(str(n)) - 1)


def times(x):
    return "%.2f x" % x if x < 10 else "%.0f x" % x


class Table:
    def __init__(self):
        self.rows = []

    def add(self, measure, ours, form, targets=(), **others):
        cells = [form(others[n]) if others.get(n) else "" for n in COLUMNS[2:5]]
        self.rows.append([measure, form(ours), *cells, "; ".join(t.text for t in targets)])

    def show(self):
        rows = [list(COLUMNS), *self.rows]
        widths = [max(len(r[i]) for r in rows) for i in range(len(COLUMNS) - 1)]
        for i, r in enumerate(rows):
            cells = [r[0].ljust(widths[0])] + [c.rjust(w) for c, w in zip(r[1:-1], widths[1:])]
            print("  ".join([*cells, r[-1]]).rstrip())
            if i == 0:
                print("  ".join("-" * w for w in [*widths, 40]))


def figure(play, kind, scenes, engine, name):
    return play.get("%s %d" % (kind, scenes), {}).get(engine, {}).get(name)


def beside(play, kind, scenes, name):
    return {e: figure(play, kind, scenes, e, name) for e in ("limit", "sketch", "inkjs")}


# ---- rows ---------------------------------------------------------------------------------------------------------

LOAD = {("same", 1000): (0.010, 1.25), ("distinct", 1000): (0.020, 1.25), ("same", 100000): (0.6, 1.2),
        ("distinct", 100000): (2.0, 1.2)}
KIND = {"same": "interned", "distinct": "all distinct", "plain": "declarative"}


def rows_load(table, play, scenes):
    for kind in ("same", "distinct", "plain"):
        ours = figure(play, kind, scenes, "rehearse", "load_cpu_s")
        others = beside(play, kind, scenes, "load_cpu_s")
        targets = []
        if (kind, scenes) in LOAD:
            bound, ratio = LOAD[kind, scenes]
            targets = [Target(ours, "<=", bound, seconds), Target(ours / others["sketch"], "<=", ratio, times, "sketch")]
        small = figure(play, kind, 1000, "rehearse", "load_cpu_s")
        if scenes == 100000 and kind == "same" and small:
            targets.append(Target(ours / small, "<=", 75, times, "1,000"))
        table.add("load %s, %s" % (format(scenes, ","), KIND[kind]), ours, seconds, targets, **others)
        forced = figure(play, kind, scenes, "rehearse-lua", "load_cpu_s")
        if forced:
            table.add("  all through Lua", forced, seconds, [Target(forced / others["sketch"], "<=", LOAD[kind, scenes][1], times, "sketch")]
                      if (kind, scenes) in LOAD else [], sketch=others["sketch"])


def rows_play(table, play, scenes):
    others = beside(play, "same", scenes, "choices_per_s")
    for name, engine in (("play %s, Lua", "rehearse-lua"), ("  scripts run as they come", "rehearse")):
        ours, targets = figure(play, "same", scenes, engine, "choices_per_s"), []
        small = figure(play, "same", 1000, engine, "choices_per_s")
        if scenes == 1000:
            targets = [Target(ours, ">=", 4e6, rate), Target(ours / others["sketch"], ">=", 0.5, times, "sketch")]
            if others["inkjs"]:
                targets.append(Target(ours / others["inkjs"], ">=", 250, times, "inkjs"))
        if scenes == 100000:
            targets = [Target(ours, ">=", 1.5e6, rate)]
            if small:
                targets.append(Target(ours / small, ">=", 1 / 3, times, "1,000"))
        table.add(name % format(scenes, ",") if "%" in name else name, ours, rate, targets, **others)
    ours, others = figure(play, "plain", scenes, "rehearse", "choices_per_s"), beside(play, "plain", scenes, "choices_per_s")
    targets = [Target(ours, ">=", 1e7, rate), Target(ours / others["limit"], ">=", 0.25, times, "limit")] if scenes == 1000 else []
    table.add("play %s, declarative" % format(scenes, ","), ours, rate, targets, **others)


def rows_memory(table, play, scenes):
    for kind, bound in (("same", 1.0), ("distinct", 2.8)):
        row = play["%s %d" % (kind, scenes)]
        ours, file = row["rehearse"]["content_kb"] * 1024, row["rehearse"]["file_bytes"]
        others = {e: row[e]["content_kb"] * 1024 for e in ("limit", "sketch", "inkjs") if e in row}
        peak = row["rehearse"]["load_peak_kb"] * 1024
        table.add("content %s, %s" % (format(scenes, ","), KIND[kind]), ours, amount,
                  [Target(ours / file, "<=", bound, times, "file"), Target(peak / ours, "<=", 1.1, times, "at the peak")], **others)


def rows_sessions(table, held):
    ours = held["rehearse"]
    apart = ours["heap_per_session_b"] - ours["events_per_session_b"]
    others = {e: held.get(e, {}).get("heap_per_session_b") for e in ("limit", "sketch", "inkjs")}
    table.add("session, %d choices in" % CHOICES, ours["heap_per_session_b"], amount, **others)
    table.add("  without its events", apart, amount, [Target(apart, "<=", 1024 + 16 * CHOICES, amount)])
    table.add("  its events", ours["events_per_session_b"], amount)
    table.add("  resident", ours["rss_per_session_b"], amount,
              **{e: held.get(e, {}).get("rss_per_session_b") for e in ("limit", "sketch", "inkjs")})
    table.add("  as kept, in JSON", ours["kept_per_session_b"], amount)
    table.add("  made in", ours["create_us"] / 1e6, lambda x: "%.2f us" % (x * 1e6),
              [Target(ours["create_us"], "<=", 1, "{:.2f} us".format)])


def rows_records(table, kept):
    ours, limit = kept["rehearse"], kept["limit"]
    table.add("events kept, a commit an answer", ours["events_per_s"], lambda x: "%.0f /s" % x,
              [Target(ours["events_per_s"] / limit["events_per_s"], ">=", 0.7, times, "a bare SQLite loop")], limit=limit["events_per_s"])
    table.add("  time of the processor an event", ours["cpu_us_per_event"] / 1e6, lambda x: "%.1f us" % (x * 1e6),
              limit=limit["cpu_us_per_event"] / 1e6)
    table.add("  bytes an event", ours["bytes_per_event"], amount,
              [Target(ours["bytes_per_event"] / ours["body_bytes"], "<=", 2, times, "its canonical bytes (%s)" % amount(ours["body_bytes"]))],
              limit=limit["bytes_per_event"])


def rows_reading(table, took):
    for name, what in (("report", "report over 10,000 conversations"), ("progress", "  progress of one of 200 people"),
                       ("home", "  the first screen"), ("due", "  what is due")):
        table.add(what, took[name], seconds, [Target(took[name], "<=", 1, seconds)] if name in ("report", "progress") else [])
    table.add("  taken in from a file", took["import"], seconds)


EXPLORE_MOST = 3  # seconds that a facilitator may have to wait for one chair


def rows_explore(table, found, play):
    few = found["few"]
    others = {n: few[n]["transitions"] / few[n]["explore_cpu_s"] for n in ("limit", "sketch")}
    own = {e: figure(play, "same", 1000, e, "choices_per_s") for e in ("rehearse", "rehearse-lua")}
    for name, engine in (("explore %s plays, Lua" % power(few["limit"]["plays"]), "rehearse-lua"),
                         ("  scripts run as they come", "rehearse")):
        # answers in situations of the conversation, as the limit and the sketch count them
        ours = few["limit"]["transitions"] / few[engine]["explore_cpu_s"]
        targets = [Target(ours, ">=", 2e6, rate), Target(few[engine]["explore_cpu_s"], "<=", 1, seconds, "done in")]
        if own[engine]:
            targets.insert(1, Target(ours / own[engine], ">=", 0.5, times, "play"))
        table.add(name, ours, rate, targets, **others)
    table.add("  in all", few["rehearse"]["explore_cpu_s"], seconds, **{n: few[n]["explore_cpu_s"] for n in ("limit", "sketch")})
    for name, rows in found.items():
        if name == "few":
            continue
        row = rows["rehearse"]
        took, what = row["explore_cpu_s"], "explore one that goes round" if name == "round" else "explore " + name
        if not row["exact"]:
            sys.exit("%s was not explored to its end" % name)
        table.add(what, took, seconds, [Target(took, "<=", 1 if name == "round" else EXPLORE_MOST, seconds)])
        table.add("  states; transitions a second", row["states"], "{:,}".format,
                  [Note(rate(row["transitions"] / took))])


def rows_start(table, start):
    over = start["rehearse"] - start["empty"]
    table.add("start to the first line, library", start["rehearse"], seconds,
              [Target(over, "<=", 0.0017, seconds, "over an empty program (%s)" % seconds(start["empty"]))], sketch=start["sketch"])
    table.add("start to the first line, play", start["play"], seconds,
              [Target(start["play"], "<=", 0.030, seconds),
               Target(start["play"] / start["two-empty"], "<=", 2, times, "two empty programs (%s)" % seconds(start["two-empty"]))])


def main():
    with open(sys.argv[1], encoding="ascii") as f:
        results = json.load(f)
    table = Table()
    sizes = sorted({int(k.split()[1]) for k in results["play"]})
    for scenes in sizes:
        rows_load(table, results["play"], scenes)
    for scenes in sizes:
        rows_play(table, results["play"], scenes)
    for scenes in sizes:
        rows_memory(table, results["play"], scenes)
    if results["sessions"]:
        rows_sessions(table, results["sessions"])
    if results.get("records"):
        rows_records(table, results["records"])
    if results.get("reading"):
        rows_reading(table, results["reading"])
    if results.get("explore"):
        rows_explore(table, results["explore"], results["play"])
    if results["start"]:
        rows_start(table, results["start"])
    table.show()
    print("\nCPU time, medians; every play agreed with the C limit in choices, facts and text.  tests/bench/README.md says how.")


if __name__ == "__main__":
    main()
