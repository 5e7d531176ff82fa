"""Today's key over yesterday's choices: both columns, what changed, and both kept."""
import json
import os
import shutil
import sqlite3

from resuming import line_for
from world import Folder, check


def played(f, scenario, *options, who="Wei"):
    """One conversation, answered by the names of options."""
    f.run("play", scenario, "--seed", "7", "--as", who, lines="")
    name = f.ask("SELECT name FROM sessions ORDER BY id DESC LIMIT 1")[0][0]
    for option in options:
        f.run("resume", name, "--as", who, lines=line_for(f, option))
    return name


def edit(scenario, *changes):
    path = scenario + "/scenario.xml"
    text = open(path, encoding="utf-8").read()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    open(path, "w", encoding="utf-8").write(text)


def another_key():
    with Folder() as f:
        scenario = f.path + "/small"
        shutil.copytree("tests/run/forms", scenario)
        first = played(f, scenario, "reflect", "answer-1")
        second = played(f, scenario, "defend", who="Lin")
        before = f.ask("SELECT s.name, g.got, g.best FROM scores g JOIN sessions s ON s.id = g.session ORDER BY s.id")
        check("as they were", before == [(first, 3, 3), (second, -1, 2)], before)
        p = f.run("regrade", scenario)
        check("the same version", p.returncode == 0 and "2 conversations were played with this very version." in p.stdout, p.stdout + p.stderr)
        edit(scenario, ('version="1.0" xml:lang', 'version="1.1" xml:lang'), ('move="listen:reflect-feeling" points="2"',
             'move="listen:reflect-feeling" points="1"'), ('move="listen:clarify" points="1"', 'move="listen:clarify" points="2"'))
        p = f.run("regrade", scenario)
        said = " ".join(p.stdout.split())
        check("both columns", "Listening: then 3/3, now 2/3" in said and "Listening: then -1/2, now -1/2" not in said, p.stdout + p.stderr)
        check("what changed", "“You rebuilt the plan at midnight again, and you are tired of it.”: Listening +2 → +1" in said and
              "version 1.0, now 1.1" in said and "Wei" in said, p.stdout)
        check("and what did not", "1 conversation comes to something else" in said and "1 conversation comes to the same." in said, p.stdout)
        rows = f.ask("SELECT s.name, v.version, g.got, g.best FROM scores g JOIN sessions s ON s.id = g.session"
                     " JOIN versions v ON v.id = g.key ORDER BY s.id, v.version")
        check("both are kept", rows == [(first, "1.0", 3, 3), (first, "1.1", 2, 3), (second, "1.0", -1, 2), (second, "1.1", -1, 2)], rows)
        p = f.run("regrade", scenario, "--session", first, "--json")
        told = [json.loads(l) for l in p.stdout.splitlines()]
        check("for programs", len(told) == 1 and told[0]["session"] == first and told[0]["then"][0]["got"] == 3 and
              told[0]["now"][0]["got"] == 2 and told[0]["answers"][0]["option"] == "first-reply/reflect", p.stdout)
        p = f.run("debrief", first, "--as", "Wei", "--all")
        check("what the trainee was shown stays", "Listening +2" in p.stdout, p.stdout)


def something_gone():
    with Folder() as f:
        scenario = f.path + "/small"
        shutil.copytree("tests/run/forms", scenario)
        played(f, scenario, "defend")
        text = open(scenario + "/scenario.xml", encoding="utf-8").read()
        a, b = text.index('<option id="defend"'), text.index("</decision>")
        open(scenario + "/scenario.xml", "w", encoding="utf-8").write(
            (text[:a] + text[b:]).replace('version="1.0" xml:lang', 'version="2.0" xml:lang').replace('next="desk"', 'next="worse"', 1))
        p = f.run("regrade", scenario)
        said = " ".join(p.stdout.split())
        check("what is gone does not count", "first-reply: what was said there is no longer offered; it does not count now" in said and
              "Listening: then -1/2, now 0/0" in said, p.stdout + p.stderr)
        p = f.run("regrade", "tests/tty/tea")
        check("another scenario", p.returncode == 0 and "There is no conversation of this scenario." in p.stdout, p.stdout + p.stderr)


def made_again():
    """Grades are derived: whatever is lost of them comes back from the events."""
    with Folder() as f:
        played(f, os.path.abspath("tests/run/forms"), "reflect", "answer-1")
        grades = f.ask("SELECT * FROM pieces ORDER BY turn"), f.ask("SELECT * FROM scores"), f.ask("SELECT * FROM moves ORDER BY move")
        db = sqlite3.connect(f.file)
        db.execute("DELETE FROM pieces"), db.execute("DELETE FROM scores"), db.execute("DELETE FROM moves"), db.execute("DELETE FROM gradings")
        db.commit()
        db.close()
        p = f.run("regrade", "tests/run/forms")
        again = f.ask("SELECT * FROM pieces ORDER BY turn"), f.ask("SELECT * FROM scores"), f.ask("SELECT * FROM moves ORDER BY move")
        check("made again", p.returncode == 0 and again == grades and len(grades[0]) == 2, (again, grades, p.stderr))


def run():
    another_key()
    something_gone()
    made_again()
