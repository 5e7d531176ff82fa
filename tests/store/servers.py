"""Records on a real PostgreSQL: the same contract, many programs at once, other machines, and a server that goes away."""
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time

import server
from world import BUILD, ENV, REHEARSE, ROOT, SANITIZED, Folder, Typist, check, undated

TEA = os.path.join(ROOT, "tests/tty/tea")
PLUGIN = {"REHEARSE_TEST_PLUGIN": BUILD + "/rehearse-postgres.so", "REHEARSE_TEST_ENGINE": BUILD + "/rehearse-engine"}


def contract(s):
    p = subprocess.run([BUILD + "/tests/test_store"], env=dict(os.environ, REHEARSE_TEST_STORE=s.url(), **PLUGIN),
                       capture_output=True, text=True, timeout=120)
    ran, passed = re.search(r"Running (\d+)", p.stdout), re.search(r"PASSED  \] (\d+)", p.stdout + p.stderr)
    check("the contract holds", p.returncode == 0 and ran and passed and ran.group(1) == passed.group(1), p.stdout + p.stderr)


def events(s, name=None):
    which = "(SELECT max(id) FROM sessions)" if name is None else "(SELECT id FROM sessions WHERE name = '%s')" % name
    return s.sql("SELECT body FROM events WHERE session = %s ORDER BY n" % which).split("\n")


# ---- many at once ----

def crowd(what, where, processes, sessions, asks):
    """Each program keeps several conversations going; together they are PROCESSES * SESSIONS."""
    running = [subprocess.Popen([BUILD + "/tests/crowd", where, os.path.join(ROOT, "scenarios/late-handover"), str(i + 1), str(sessions)],
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(ENV, **PLUGIN)) for i in range(processes)]
    told = [p.communicate(timeout=600) for p in running]
    check("%s: every conversation ended, kept and shown as played" % what,
          all(p.returncode == 0 for p in running) and all(out.startswith("%d sessions" % sessions) for out, _ in told), told)
    rows = asks("SELECT COUNT(*) FROM sessions s WHERE s.origin = 'crowd' AND s.events = (SELECT COUNT(*) FROM events e WHERE e.session = s.id)"
                " AND s.events = (SELECT MAX(n) + 1 FROM events e WHERE e.session = s.id)")
    check("%s: every event in order" % what, int(rows) == processes * sessions, rows)


def many(s):
    n = (4, 6) if SANITIZED else (8, 25)
    crowd("PostgreSQL", s.url(), n[0], n[1], s.sql)
    with Folder() as f:
        crowd("SQLite", f.where, 8, 3, lambda sql: f.ask(sql)[0][0])


# ---- from one machine to another ----

def another_machine(s):
    """Nothing is there but the program and the server: no home, no scenario, no library."""
    with Folder() as f, tempfile.TemporaryDirectory(prefix="rehearse-else-") as empty:
        scenario = f.path + "/tea"
        shutil.copytree(TEA, scenario)
        first = f.run("play", scenario, "--seed", "1", "--as", "Wei", where=s.url(), lines="1\n:note from here\n")
        shutil.rmtree(scenario)
        check("begun here", first.returncode == 0 and not os.path.exists(f.where), first.stderr)
        said = " ".join(first.stdout.split())
        check("where it is kept and who sees it", "Kept on the practice server postgresql:///practice; your facilitator can see what "
              "you choose, not what you write." in said, first.stdout)
        p = f.run("resume", "--as", "wei", where=s.url(), lines="1\n", cwd=empty,
                  env={"HOME": empty, "XDG_DATA_HOME": empty, "REHEARSE_LIBRARY": empty})
        check("gone on with there", p.returncode == 0 and "from here" in p.stdout and "Write it large" in p.stdout, p.stdout + p.stderr)
        kinds = [json.loads(e)["e"] for e in events(s)]
        check("one conversation", kinds.count("began") == 1 and kinds.count("chose") == 2 and kinds[-1] == "ended", kinds)
        check("nothing was left on the other machine", os.listdir(empty) == [], os.listdir(empty))


# ---- a server that goes away ----

def stopped_and_started(s):
    with Folder() as f, Typist(f, "play", TEA, "--seed", "1", "--own-words", "none", where=s.url()) as t:
        t.until("Turn 1")
        s.stop()
        began = time.monotonic()
        t.type("1")
        said = t.until("Enter tries again")
        check("a server that is gone is said, soon", "does not answer" in " ".join(said.split()) and time.monotonic() - began < 7, said)
        check("and nothing new is shown", "Seven or eight" not in said, said)
        t.type("")
        t.until("Enter tries again")
        s.start()
        t.type("")
        said = t.until("Turn 2")
        check("it is back, and nothing was lost", "It is saved now." in said and "Seven or eight" in said, said)
        s.stop()
        s.start()
        t.type("1")
        said = t.until("What went well?")
        check("one that was started anew between two answers troubles nobody", "Write it large" in said and "saved" not in said, said)
        s.stop(signal.SIGQUIT)  # as when the power goes
        t.type("I asked first")
        t.until("What would you change?")
        t.type(":quit")
        said = t.until("Enter tries again")
        s.start()
        t.type("")
        t.until("It is saved now.")
        check("words, too", t.end() == 0, said)
    check("every event once", [json.loads(e)["n"] for e in events(s)] == list(range(len(events(s)))) and
          sum('"e":"chose"' in e for e in events(s)) == 2, events(s))
    check("every word", s.sql("SELECT words FROM words WHERE session = (SELECT max(id) FROM sessions)") == "I asked first")


def freeze(s, how):
    """The server and all its children, which were started here, stand still (SIGSTOP) or go on (SIGCONT)."""
    children = open("/proc/%d/task/%d/children" % (s.p.pid, s.p.pid)).read().split()
    for pid in [s.p.pid] + [int(c) for c in children]:
        os.kill(pid, how)


def hanging(s):
    """A server that is there and says nothing: the worst kind."""
    with Folder() as f, Typist(f, "play", TEA, "--seed", "1", "--own-words", "none", where=s.url()) as t:
        t.until("Turn 1")
        freeze(s, signal.SIGSTOP)
        try:
            began = time.monotonic()
            t.type("1")
            said = t.until("Enter tries again")
            took = time.monotonic() - began
            check("a server that hangs is said", "does not answer" in " ".join(said.split()) and took < 9, (took, said))
            check("and nothing new is shown", "Seven or eight" not in said, said)
            began = time.monotonic()
            t.type("")
            time.sleep(0.3)
            t.key(b"\x03")
            said = t.until("Enter tries again")
            check("whoever does not want to wait does not", time.monotonic() - began < 1.6 and "Stopped waiting" in said,
                  (time.monotonic() - began, said))
        finally:
            freeze(s, signal.SIGCONT)
        t.type("")
        t.until("Turn 2")
        backend = int(s.sql("SELECT pid FROM pg_stat_activity WHERE application_name = 'rehearse' ORDER BY backend_start DESC LIMIT 1"))
        os.kill(backend, signal.SIGSTOP)
        try:
            t.type("1")
            said = t.until("What went well?")
            check("one connection that hangs is done without", "saved" not in said and "Write it large" in said, said)
        finally:
            os.kill(backend, signal.SIGCONT)
        t.type(":quit")
        t.end()
    got = [json.loads(e) for e in events(s)]
    check("nothing twice, nothing lost", [e["n"] for e in got] == list(range(len(got))) and sum(e["e"] == "chose" for e in got) == 2, got)


def two_machines(s):
    with Folder() as f, Typist(f, "play", TEA, "--seed", "1", "--own-words", "none", where=s.url()) as one:
        one.until("Turn 1")
        one.type("1")
        one.until("Turn 2")
        with Typist(f, "resume", lang=None, where=s.url()) as two:
            two.until("Turn 2")
            one.type("1")
            one.until("on another machine")
            check("the first machine is told", one.end() == 74)
            two.type("2")
            two.until("Somebody said so last month")
            two.type(":quit")
            two.end()
    check("one after another", [json.loads(e)["n"] for e in events(s)] == list(range(len(events(s)))), events(s))


# ---- what is not to be ----

def refusals(s):
    with Folder() as f:
        def play(where, **more):
            began = time.monotonic()
            p = f.run("play", TEA, where=where, **more)
            return p, time.monotonic() - began
        p, took = play("postgresql://db.example.invalid/practice?sslmode=require")
        check("a way that could be listened to", p.returncode == 74 and "sslmode=verify-full" in p.stderr and took < 2, p.stderr)
        p, took = play("postgresql://db.example.invalid/practice")
        check("a host that is none", p.returncode == 74 and "does not answer" in p.stderr and took < 8, (took, p.stderr))
        p, took = play("postgresql://nobody:secret@%s/practice" % s.folder.replace("/", "%2F"))
        check("somebody the server does not know", p.returncode == 74 and "cannot be opened" in p.stderr and "secret" not in p.stderr, p.stderr)
        p, took = play("postgresql:///nothing?host=%s&user=rehearse" % s.folder)
        check("no such database", p.returncode == 74 and "nothing" in p.stderr, p.stderr)
        p, took = play("postgresql://[broken")
        check("no address at all", p.returncode == 74, p.stderr)
        s.sql("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0", database="postgres")
        p, took = play(s.url("latin"))
        check("a database of another encoding", p.returncode == 74 and "UTF8" in p.stderr, p.stderr)
        s.sql("CREATE DATABASE newer", database="postgres")
        s.sql("CREATE TABLE rehearse_schema (version bigint); INSERT INTO rehearse_schema VALUES (99)", database="newer")
        p, took = play(s.url("newer"))
        check("records of a newer version", p.returncode == 74 and "newer version" in p.stderr, p.stderr)
        os.mkdir(f.path + "/bin")
        for name in ("rehearse", "rehearse-engine"):
            shutil.copy(BUILD + "/" + name, f.path + "/bin")
        p = subprocess.run([f.path + "/bin/rehearse", "play", TEA, "--store", s.url(), "--lang", "en"], stdin=subprocess.DEVNULL,
                           capture_output=True, text=True, env=ENV)
        check("no plug-in", p.returncode == 74 and "not installed" in p.stderr, p.stderr)


def rights(s):
    """The rights that docs/operating.md gives out: enough to practise, and not enough to read what others wrote."""
    text = open("docs/operating.md", encoding="utf-8").read()
    sql = re.search(r"```sql\n(.*?)```", text, re.S).group(1)
    s.sql("CREATE ROLE trainees LOGIN; CREATE ROLE facilitators LOGIN; " + sql)
    with Folder() as f:
        p = f.run("play", TEA, "--seed", "1", "--as", "Zhou", lines="1\n:note private line\n1\n", where=s.url(user="trainees"))
        check("a trainee practises", p.returncode == 0 and "What was seen" in p.stdout, p.stdout + p.stderr)
    for what, sql, allowed in (("a trainee changes no event", "UPDATE events SET body = ''", False),
                               ("a trainee drops nothing", "DROP TABLE words", False)):
        check(what, denied(s, sql, "trainees") != allowed)
    for what, sql, allowed in (("a facilitator counts answers", "SELECT decision, option, COUNT(*) FROM events GROUP BY 1, 2", True),
                               ("and reads grades", "SELECT * FROM scores", True),
                               ("but no events as written", "SELECT body FROM events", False),
                               ("and no words", "SELECT words FROM words", False),
                               ("nor answers in words", "SELECT words FROM answers", False)):
        check(what, denied(s, sql, "facilitators") != allowed)


def denied(s, sql, user):
    try:
        s.sql(sql, user=user)
        return False
    except RuntimeError as e:
        return "permission denied" in str(e) or "must be owner" in str(e)


def run():
    if not server.programs():
        check("PostgreSQL is installed: make deps", False)
        return
    with server.Server() as s:
        for part in (contract, many, another_machine, two_machines, stopped_and_started, hanging, refusals, rights):
            part(s)
