#!/usr/bin/env python3
"""What practice adds up to: plays are made through the program, then progress, due, report and the first screen are held to
what was played.  Days pass by moving what is kept into the past."""
import csv
import html.parser
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile

from shift import shift

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
REHEARSE = os.path.join(os.path.abspath(os.environ.get("B", os.path.join(ROOT, "build"))), "rehearse")
FLAGS = ["--no-jail"] if os.environ.get("SANITIZED") else []
passed = failed = 0


def check(what, ok, say=""):
    global passed, failed
    passed, failed = passed + bool(ok), failed + (not ok)
    if not ok:
        print("FAILED %s\n    %s" % (what, say))


class Desk:
    """A folder with records of its own and two short scenarios."""

    def __init__(self, tmp):
        self.tmp, self.store = tmp, os.path.join(tmp, "records.db")
        shelf = os.path.join(tmp, "lib", "scenarios")
        os.makedirs(shelf)
        for name, at in (("desk", "tests/tty/desk"), ("door", "tests/page/door"), ("rubrics", "scenarios/rubrics")):
            os.symlink(os.path.join(ROOT, at), os.path.join(shelf, name))
        # a folder that is a link is not opened: copy what is played
        for name in ("desk", "door", "rubrics"):
            path = os.path.join(shelf, name)
            target = os.readlink(path)
            os.unlink(path)
            subprocess.run(["cp", "-r", target, path], check=True)
        self.env = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "REHEARSE", "XDG"))}
        self.env.update(REHEARSE_LIBRARY=os.path.join(tmp, "lib"), REHEARSE_STORE=self.store, HOME=tmp, LANG="en", TZ="UTC")

    def run(self, *words, given="", lang="en"):
        return subprocess.run([REHEARSE, *words, "--lang", lang], input=given, cwd=self.tmp, env=self.env, text=True,
                              capture_output=True, timeout=60)

    def play(self, scenario, answers, *options):
        p = self.run("play", scenario, "--plain", "--seed", "1", *options, *FLAGS, given="".join("%s\n" % a for a in answers))
        check("play %s %s" % (scenario, answers), p.returncode == 0, p.stderr + p.stdout[-300:])
        return p.stdout

    def json(self, *words):
        p = self.run(*words, "--json")
        check(" ".join(words), p.returncode == 0, p.stderr)
        return json.loads(p.stdout) if p.stdout else {}

    def days_pass(self, days):
        """Everything kept so far was DAYS earlier."""
        shift(self.store, days)


def comp(progress, name):
    return next((c for c in progress["competencies"] if c["competency"] == name), {})


def progress(d):
    p = d.run("progress")
    check("no records yet", p.returncode == 66 and "no records yet" in p.stderr, (p.returncode, p.stderr))
    d.play("desk", [1, 2])  # listening +1 of +1/-1, then -1 of +2/-1
    x = d.json("progress")
    c = comp(x, "listening")
    check("two pieces, one taken", (c.get("places"), c.get("taken"), c.get("says")) == (2, 1, "not-enough"), x)
    check("no number that the evidence does not carry", "quality" not in c and "level" not in c, c)
    d.play("desk", [1, 1])
    c = comp(d.json("progress"), "listening")
    check("a repeat is counted apart", (c["places"], c["again-places"], c["again-taken"], c["conversations"]) == (2, 2, 2, 1), c)
    d.play("door", [1, 2])
    x = d.json("progress")
    check("another scenario", (comp(x, "listening")["places"], comp(x, "listening")["chairs"], comp(x, "service")["places"]) == (3, 2, 1), x)
    check("a first impression from three", comp(x, "listening")["says"] == "impression", x)
    check("counts of all", (x["conversations"], x["ended"], x["scenarios"]) == (3, 3, 2), x)
    text = d.run("progress", "--plain").stdout
    for words in ("Progress: ", "Played again: 2 places, 2 of them taken", "A first impression", "What to practise next"):
        check("progress says " + words, words in text, text)
    check("in Chinese", "进展" in d.run("progress", "--plain", lang="zh-CN").stdout)
    page = os.path.join(d.tmp, "p.html")
    check("a page", d.run("progress", "--page", page).returncode == 0)

    class Parser(html.parser.HTMLParser):
        problems = []

        def handle_starttag(self, tag, attrs):
            self.problems += [tag] if tag in ("script", "iframe", "img", "link") else []
    Parser().feed(open(page, encoding="utf-8").read())
    check("without anything that is fetched or run", not Parser.problems, Parser.problems)
    check("another ending is refused", d.run("progress", "--page", "p.pdf").returncode == 2)
    check("whoever never practised", "Nothing was played" in d.run("progress", "--as", "nobody", "--plain").stdout)


def pooled(d):
    """The course of choice quality has a point for every five pieces and more, and a level comes from ten in two chairs."""
    for i in range(6):
        d.play("desk", [1, 1], "--as", "many")
    c = comp(d.json("progress", "--as", "many"), "listening")
    check("one first play, five repeats", (c["places"], c["again-places"]) == (2, 10), c)
    check("no point of two pieces is drawn", "over time" not in d.run("progress", "--as", "many", "--plain").stdout)


def due(d):
    who = ("--as", "wei")
    p = d.run("due", *who)
    check("nothing due, nothing played", p.returncode == 1 and "Nothing to practise" in p.stdout, (p.returncode, p.stdout, p.stderr))
    d.play("desk", [2, 1], *who)
    p = d.run("due", *who)
    check("not yet", p.returncode == 1 and "Nothing to practise today" in p.stdout, p.stdout)
    d.days_pass(1)
    p = d.run("due", *who)
    check("after a day, in one's own words", p.returncode == 0 and "--own-words all" in p.stdout, (p.returncode, p.stdout))
    d.play("desk", [1, 1], *who)
    check("well done", d.run("due", *who).returncode == 1)
    d.days_pass(2)
    check("not after two days", d.run("due", *who).returncode == 1)
    d.days_pass(1)
    check("after three", d.run("due", *who).returncode == 0)
    d.play("desk", [2, 1], *who)
    d.days_pass(1)
    check("a miss starts over", d.run("due", *who).returncode == 0)
    ics = os.path.join(d.tmp, "practice.ics")
    check("a calendar", d.run("due", "--ics", ics, *who).returncode == 0)
    raw = open(ics, "rb").read()
    check("lines end in CR LF, and are short", raw.endswith(b"\r\n") and all(len(line) <= 75 for line in raw.split(b"\r\n")), raw)
    text = re.sub(r"\r\n ", "", raw.decode())
    check("one day", text.count("BEGIN:VEVENT") == 1 and re.search(r"DTSTART;VALUE=DATE:\d{8}\r\n", text), text)
    check("the same again has the same name", re.findall("UID:\\S*", text) == re.findall("UID:\\S*", d.run("due", "--ics", "-", *who).stdout), text)
    check("where it cannot be written", d.run("due", "--ics", "/nowhere/x.ics", *who).returncode == 74)


def report(d):
    for i, name in enumerate(("ann", "bo", "cai", "dee")):
        d.play("desk", [1 + i % 2, 1], "--as", name)
    p = d.run("report", "--plain", "--scenario", "desk", "--department", "nowhere")
    check("no people", "0 people" in p.stdout and "from five people on" in p.stdout, p.stdout)
    people = 7  # these four, and those of before: me, many, wei
    x = d.json("report", "--scenario", "desk")
    check("shown", x["shown"] and x["people"] == people, x)
    listening = comp(x, "listening")
    check("first plays of everybody", listening["first"]["people"] == people, listening)
    check("no figure of fewer than five", all(m["people"] >= 5 for m in listening["moves"]) and all(e["people"] >= 5 for e in x["endings"]), x)
    table = d.run("report", "--csv", "--scenario", "desk").stdout
    check("a table", table.startswith('"competency","plays","people"') and table.count("\n") >= 2, table)
    check("with a mark where it is wanted", d.run("report", "--csv", "--bom").stdout.startswith("\ufeff"))
    few = d.run("report", "--plain", "--scenario", "door").stdout
    check("one person is no group", "1 person" in few and "Listening" not in few, few)
    check("one person's own", "Progress: ann" in d.run("report", "ann", "--plain").stdout)
    ours = d.json("report", "ann")["competencies"]
    rows = list(csv.DictReader(io.StringIO(d.run("report", "ann", "--csv", "--bom").stdout.removeprefix("\ufeff"))))
    check("one person's table says what their object says",
          [(r["competency"], int(r["places"]), int(r["taken"]), r["says"]) for r in rows] ==
          [(c["competency"], c["places"], c["taken"], c["says"]) for c in ours], rows)
    p = d.run("report", "zzz")
    check("nobody of that name", p.returncode == 66 and "zzz" in p.stderr, p)
    check("a day that is none", d.run("report", "--from", "soon").returncode == 2)
    check("before anything was played", "0 people" in d.run("report", "--plain", "--until", "2020-01-01").stdout)


def questions(d):
    """The mean of a question rests on people, not on answers: whoever answered six times was heard once."""
    for _ in range(6):
        d.play("desk", [1, 1], "--as", "often")
    db = sqlite3.connect(d.store)
    db.execute("PRAGMA foreign_keys=ON")

    def answer(which, occasion, value):
        db.execute("INSERT OR REPLACE INTO answers SELECT id, 'sure', ?, 0, started, ?, '' FROM sessions s WHERE %s" % which, (occasion, value))
        db.commit()
    often = "trainee = (SELECT id FROM trainees WHERE name = 'often')"
    db.execute("UPDATE sessions SET earlier = 0 WHERE " + often)  # as when each was left before its first reply
    answer(often, 1, 5)
    said = d.run("report", "--plain", "--scenario", "desk").stdout
    check("six answers of one person are no mean", "How a group did" in said and "Questions before" not in said, said)
    firsts = "earlier = 0 AND trainee IN (SELECT id FROM trainees WHERE name IN ('ann', 'bo', 'cai', 'dee'))"
    answer(firsts, 1, 1)
    answer(firsts + " AND id = (SELECT max(id) FROM sessions x WHERE x.trainee = s.trainee)", 2, 4)
    said = d.run("report", "--plain", "--scenario", "desk").stdout
    check("five people are", "Questions before" in said and "1.8 (5)" in said, said)
    check("four are not", "(4)" not in said and "4.0" not in said, said)
    check("nothing is said of weeks later before anybody was asked", "Weeks later" not in said, said)
    answer("(%s) OR (%s)" % (firsts, often), 3, 3)
    said = d.run("report", "--plain", "--scenario", "desk").stdout
    check("weeks later is told beside", "Weeks later" in said and "3.0 (5)" in said, said)
    asked = [q for q in d.json("report", "--scenario", "desk")["questions"] if q["item"] == "sure"]
    check("and in an object", [(q["before"], q.get("after"), q["later"]) for q in asked] ==
          [({"people": 5, "sum": 9}, None, {"people": 5, "sum": 15})], asked)
    db.execute("DELETE FROM answers")
    db.execute("DELETE FROM sessions WHERE " + often)
    db.execute("DELETE FROM trainees WHERE name = 'often'")
    db.commit()
    db.close()


def first_screen(d):
    p = d.run("--plain")
    check("a list in a pipe", p.returncode == 0 and "The spare desk (desk)" in p.stdout and "Last time: " in p.stdout, p.stdout)
    check("and what is next", "What to practise next" in p.stdout, p.stdout)
    left = d.run("play", "desk", "--plain", "--seed", "1", *FLAGS, given="1\n")
    check("left", left.returncode == 0, left.stderr)
    check("to go on with", "The spare desk, turn 2, left on" in d.run("--plain").stdout, d.run("--plain").stdout)
    d.env["REHEARSE_STORE"] = os.path.join(d.tmp, "none.db")
    p = d.run("--plain")
    check("without records a list, and none are made", p.returncode == 0 and "desk" in p.stdout and not os.path.exists(d.env["REHEARSE_STORE"]), p)


with tempfile.TemporaryDirectory(prefix="rehearse-") as folder:
    desk = Desk(folder)
    for part in (progress, pooled, due, report, questions, first_screen):
        part(desk)
print("%d passed, %d failed" % (passed, failed))
sys.exit(failed > 0)
