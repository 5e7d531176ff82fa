"""A conversation that was left goes on exactly where it stopped, wherever that was.

Each play is cut behind every line that was typed: what is played then, and what is kept, must be what an uninterrupted
play gives, byte for byte but for the clock."""
import json
import os
import shutil
import signal

from world import Folder, Typist, asked, check, undated

PLAYS = [
    # a listening check, topics, a discussion with a note, going back
    ("tests/run/forms", "2\n:note a line\n2\n:back\n1\n1\n2\n1\n2\n1\n1\n\n"),
    # own words and what they are, a message part by part, begun again in the middle
    ("tests/run/forms2", "tired and late\n1\n1\n:back\n2\n1\n\n"),
    ("tests/run/forms2", "\n2\n1\n0\n\n"),
    ("tests/tty/tea", "1\n:lang zh-CN\n2\n:back\n1\n1\n"),
]


def cut_everywhere():
    for scenario, lines in PLAYS:
        scenario = os.path.abspath(scenario)  # as the other chair is named at the end, wherever it is gone on
        typed = lines.split("\n")[:-1]
        with Folder() as whole:
            full = whole.run("play", scenario, "--seed", "7", lines=lines)
            wanted, kept = asked(full.stdout), undated(whole.events())
        check("%s: the whole play" % scenario, full.returncode == 0 and "rehearse resume" not in full.stdout,
              full.stdout + full.stderr)
        for k in range(len(typed)):
            with Folder() as f:
                first = f.run("play", scenario, "--seed", "7", lines="".join(l + "\n" for l in typed[:k]))
                second = f.run("resume", lines="".join(l + "\n" for l in typed[k:]))
                if k == 0 or not f.ask("SELECT 1 FROM sessions WHERE turn > 0"):
                    name = f.ask("SELECT name FROM sessions")[0][0] # nothing was answered: it goes on by its name
                    second = f.run("resume", name, lines="".join(l + "\n" for l in typed[k:]))
                got = asked(second.stdout)
                what = "%s cut behind line %d" % (scenario, k)
                check(what + ": kept", undated(f.events()) == kept, "\n".join(f.events()) + first.stderr + second.stderr)
                check(what + ": shown", got[1:] == wanted[k + 1:], second.stdout + "\n---- wanted\n" + "> ".join(wanted[k + 1:]))


def another_version():
    """It goes on with the files it began with, and says that there are newer ones."""
    with Folder() as f:
        scenario = f.path + "/small"
        shutil.copytree("tests/run/forms", scenario)
        f.run("play", scenario, "--seed", "7", lines="2\n")
        path = scenario + "/scenario.xml"
        text = open(path, encoding="utf-8").read()
        open(path, "w", encoding="utf-8").write(text.replace('version="1.0" xml:lang', 'version="1.1" xml:lang').replace("They do not dare to ask", "Changed"))
        p = f.run("resume", lines="1\n1\n2\n1\n2\n1\n1\n\n")
        check("with the files it began with", p.returncode == 0 and "They do not dare to ask" in p.stdout and "Changed" not in p.stdout,
              p.stdout + p.stderr)
        check("a newer version is told", "There is a newer version of this scenario, 1.1;" in " ".join(p.stdout.split()), p.stdout)
        f.run("play", scenario, "--seed", "7", lines="2\n")
        shutil.rmtree(scenario)
        p = f.run("resume", lines="1\n")
        check("the scenario is gone, the conversation is not", p.returncode == 0 and "Changed" in p.stdout and "newer" not in p.stdout,
              p.stdout + p.stderr)


def recapped():
    """After a break it is said how things stand, in the scene where it stopped, and what was said last."""
    with Folder() as f:
        f.run("play", "tests/run/forms", "--seed", "7", lines="")
        name = f.ask("SELECT name FROM sessions")[0][0]
        p = f.run("resume", name, lines=line_for(f, "reflect"))
        check("the first scene", "You left off at turn 1." in p.stdout and "Lin has waited for the handover since six." in p.stdout, p.stdout)
        p = f.run("resume")
        check("the second, and not the first", "Lin sits down." in p.stdout and "since six" not in p.stdout and "You rebuilt the plan" in p.stdout, p.stdout)


def names():
    with Folder() as f:
        p = f.run("resume")
        check("no records yet", p.returncode == 66 and "there are no records yet" in p.stderr, p.stderr)
        check("and none were made", not os.path.exists(f.where))
        f.run("play", "tests/tty/tea", "--as", "Wei", lines="1\n")
        name = f.ask("SELECT name FROM sessions")[0][0]
        p = f.run("resume")
        check("somebody else's", p.returncode == 66 and "no conversation to go on with" in p.stderr, p.stderr)
        p = f.run("resume", name)
        check("somebody else's by name", p.returncode == 66 and "is a conversation of Wei" in p.stderr, p.stderr)
        p = f.run("resume", "nobody")
        check("none of that name", p.returncode == 66 and "no conversation called" in p.stderr, p.stderr)
        p = f.run("resume", name.upper(), "--as", "wei", lines="1\n")
        check("as typed", p.returncode == 0 and "What was seen" in p.stdout, p.stdout + p.stderr)
        p = f.run("resume", "--as", "Wei")
        check("nothing is left", p.returncode == 66, p.stderr)
        p = f.run("debrief", "--as", "Wei")
        check("looking back", p.returncode == 0 and "What was seen" in p.stdout and "> " not in p.stdout, p.stdout + p.stderr)
        p = f.run("play", "tests/tty/tea", "--as", "  ")
        check("a name that is none", p.returncode == 2, p.stderr)


def cohorts_and_sharing():
    with Folder() as f:
        f.run("play", "tests/tty/tea", "--as", "Wei", "--tag", "autumn", lines="1\n:note mine\n1\n")
        check("the cohort is kept with it", f.ask("SELECT tag FROM session_tags") == [("autumn",)], f.ask("SELECT * FROM session_tags"))
        check("written words are private", f.ask("SELECT shared FROM sessions") == [(0,)])
        p = f.run("debrief", "--as", "Wei", "--share", "yes")
        check("unless it is said", p.returncode == 0 and f.ask("SELECT shared FROM sessions") == [(1,)], p.stderr)
        f.run("debrief", "--as", "Wei", "--share", "no")
        check("and taken back", f.ask("SELECT shared FROM sessions") == [(0,)])
        for odd in ("a\nb", "\x1b[31m", "x" * 200, b"\xff", "a\u202eb"):
            p = f.run("play", "tests/tty/tea", "--as", "Wei", "--tag", odd, lines="1\n")
            check("a cohort that nobody can read: %r" % odd[:8], p.returncode == 2 and "short name" in p.stderr and "\x1b" not in p.stderr, p.stderr)
        check("nothing was begun for it", f.ask("SELECT COUNT(*) FROM sessions") == [(1,)])
        f.run("play", "tests/tty/tea", "--as", "Lin", "--tag", "b a  b", lines="1\n")
        check("each once", f.ask("SELECT tags FROM sessions ORDER BY id DESC LIMIT 1") == [("b a",)])
        p = f.run("play", "tests/tty/tea", "--as", "y" * 100000, lines="1\n")
        check("a name without end is not told to its end", p.returncode == 2 and len(p.stderr) < 2000, len(p.stderr))


def without_records():
    with Folder() as f:
        p = f.run("play", "tests/tty/tea", "--no-record", lines="1\n")
        check("played without records", p.returncode == 0 and "Nothing of it is" in p.stdout and not os.path.exists(f.where),
              p.stdout + p.stderr)
        p = f.run("play", "tests/tty/tea", lines="1\n", where="/proc/nowhere/")
        check("records that cannot be", p.returncode == 74 and "--no-record plays without records" in p.stderr and not p.stdout, p.stderr)


def between_questions():
    """Left while the scenario's own questions are asked, or the lines at the end: what was answered is not asked again."""
    scenario = "scenarios/late-handover"
    with Folder() as f:
        with Typist(f, "play", scenario, "--seed", "3", "--own-words", "none") as t:
            first = t.until("Type its number")
            t.type("4")
            t.until("Type its number")
            t.type(":quit")
            t.until("rehearse resume")
            t.end()
        name = f.ask("SELECT name FROM sessions")[0][0]
        with Typist(f, "resume", name, lang=None) as t:
            said = t.until("Type its number")
            check("the second question comes first", first.strip().splitlines()[-4] not in said and "turn" not in said.lower(), said)
            t.type("")
            said = t.until("Turn 1")
            t.key(b"\x04")
            t.end()
        check("one answer", f.ask("SELECT occasion, value FROM answers") == [(1, 4)], f.ask("SELECT * FROM answers"))
    with Folder() as f:
        with Typist(f, "play", "tests/tty/tea", "--seed", "1", "--own-words", "none") as t:
            t.until("Turn 1")
            t.type("1")
            t.until("Turn 2")
            t.type("1")
            t.until("What went well?")
            t.type("I asked first")
            t.until("What would you change?")
            os.kill(t.pid, signal.SIGKILL)
            t.end()
        name = f.ask("SELECT name FROM sessions")[0][0]
        with Typist(f, "resume", name, lang=None) as t:
            said = t.until("What would you change?")
            check("the next line is asked for", "What went well?" not in said and "What was seen" in said, said)
            t.type("less")
            t.until("Which one sentence")
            t.type("A day first.")
            t.until("Where will you use it")
            t.type("")
            check("and it is over", t.end() == 0, t.text)
        check("three lines", [w[0] for w in f.ask("SELECT words FROM words ORDER BY kind")] == ["I asked first", "less", "A day first."])
        p = f.run("debrief", "--page", f.path + "/page.txt")
        page = open(f.path + "/page.txt", encoding="utf-8").read()
        check("they stand on the page", p.returncode == 0 and all(w in page for w in ("I asked first", "less", "A day first.")), page)


def line_for(f, option):
    """The number that OPTION has on the screen now."""
    offered = [json.loads(e) for e in f.events() if '"e":"offered"' in e][-1]
    return "%d\n" % (offered["options"].index(option) + 1)


def graded():
    """What a session showed is kept with it, finished or not."""
    with Folder() as f:
        f.run("play", "tests/run/forms", "--seed", "7", lines="")
        name = f.ask("SELECT name FROM sessions")[0][0]
        f.run("resume", name, lines=line_for(f, "reflect"))
        half = f.ask("SELECT competency, got, best FROM scores")
        f.run("resume", lines=line_for(f, "answer-1") + "1\n2\n1\n2\n1\n1\n\n")
        whole = f.ask("SELECT places, got, best FROM scores")
        pieces = f.ask("SELECT decision, option, competency, points, best FROM pieces ORDER BY turn")
        row = f.ask("SELECT s.ending, s.outcome, g.events = s.events FROM sessions s JOIN gradings g ON g.session = s.id")
        check("graded when left", half == [("listening", 2, 2)], half)
        check("and at the end", whole == [(2, 3, 3)] and row == [("better", 1, 1)], (whole, row))
        check("piece by piece", pieces == [("first-reply", "first-reply/reflect", "listening", 2, 2),
                                           ("heard-team", "heard-team/answer-1", "listening", 1, 1)], pieces)


def run():
    cut_everywhere()
    another_version()
    recapped()
    names()
    cohorts_and_sharing()
    without_records()
    between_questions()
    graded()
