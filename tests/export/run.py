#!/usr/bin/env python3
"""rehearse export and rehearse import: nothing is lost, nothing is half there, and what people wrote is theirs."""
import csv
import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "store"))
from world import BUILD, ENV, REHEARSE, SANITIZED, Folder, check, finish  # noqa: E402

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
NO_JAIL = ["--no-jail"] if SANITIZED else []
SECRET = "鸡蛋 \"quoted\" \\ =1+1"


def export(w, *args, status=0, where=None):
    p = w.run("export", *args, where=where)
    check("export %s" % (args,), p.returncode == status, (p.returncode, p.stdout[-300:], p.stderr))
    return p.stdout


def import_(w, text, status=0, where=None, what="import"):
    path = w.path + "/import.jsonl"
    with open(path, "w", encoding="utf-8", newline="") as f:
        f.write(text)
    p = w.run("import", path, *NO_JAIL, where=where)
    check(what, p.returncode == status, (p.returncode, p.stdout, p.stderr))
    return p


def play(w, name, scenario="scenarios/late-handover", lines="1\n" * 60, seed=7, *more):
    p = w.run("play", scenario, "--as", name, "--seed", str(seed), *more, lines=lines)
    check("play %s" % name, p.returncode == 0, p.stderr + p.stdout[-500:])


def write(w, sql, *args):
    db = sqlite3.connect(w.file)
    db.execute("PRAGMA foreign_keys=ON")
    db.execute(sql, args)
    db.commit()
    db.close()


def room(w):
    """A workshop's rows beside a session that belongs to nobody."""
    write(w, "UPDATE sessions SET trainee = NULL WHERE id = (SELECT max(id) FROM sessions)")
    one = w.ask("SELECT max(id) FROM sessions")[0][0]
    for voter in (1, 2, 12):
        write(w, "INSERT INTO voters VALUES (?, ?, 'digest', ?, 'zh-CN', 1795600000000)", one, voter, "" if voter == 2 else "Nick%d" % voter)
    write(w, "INSERT INTO rounds VALUES (?, 1, 5, 'first-reply', 1, 31, 1795600000001, 1795600000002, 'first-reply/reflect', 'votes')", one)
    write(w, "INSERT INTO rounds VALUES (?, 2, 5, 'first-reply', 2, 0, 1795600000003, 0, '', '')", one)
    write(w, "INSERT INTO votes VALUES (?, 1, 12, 'first-reply/reflect', 1795600000002)", one)
    write(w, "INSERT INTO votes VALUES (?, 2, 2, 'first-reply/defend', 1795600000004)", one)
    write(w, "INSERT INTO hands VALUES (?, 1, 'first-reply/promise', 7, 1795600000002)", one)
    write(w, "INSERT INTO words VALUES (?, 3, 12, 1795600000009, ?)", one, "the phone's " + SECRET)


def world(w):
    """One of everything; the words that somebody wrote hold SECRET."""
    play(w, "wei")
    play(w, "Lín 小", "scenarios/third-return", ":note %s\n" % SECRET + "%s\n1\n" % SECRET * 3, 9, "--own-words", "all")
    play(w, "wei", "tests/run/forms2", "You have stayed late, %s\n1\n" % SECRET, 4, "--own-words", "all")
    shared = w.ask("SELECT max(id) FROM sessions")[0][0]
    play(w, "wei", "tests/run/forms2", "You have stayed late, %s\n1\n" % SECRET, 5, "--own-words", "all")
    private = w.ask("SELECT max(id) FROM sessions")[0][0]
    for one in (shared, private):
        write(w, "INSERT OR REPLACE INTO words VALUES (?, 1, 0, 1795600000005, ?)", one, "plus " + SECRET)
        write(w, "INSERT OR REPLACE INTO answers VALUES (?, 'sure', 1, 0, 1795600000006, 4, '')", one)
        write(w, "INSERT OR REPLACE INTO answers VALUES (?, 'why', 2, 0, 1795600000007, 0, ?)", one, SECRET)
    write(w, "UPDATE sessions SET shared = 1, tags = 'autumn b' WHERE id = ?", shared)
    write(w, "INSERT INTO session_tags VALUES (?, 'autumn'), (?, 'b')", shared, shared)
    write(w, "UPDATE trainees SET department = '=ops', role = 'lead', asked = 1, tags = 'autumn' WHERE name = 'wei'")
    play(w, "zhao", "scenarios/late-handover", "1\n1\n", 2 ** 53 + 1)
    play(w, "room", "scenarios/late-handover", "2\n" * 60, 11)
    room(w)


def sessions(text):
    return [json.loads(l)["session"] for l in text.splitlines() if l.startswith('{"session"')]


def round_trip(w):
    everything = export(w)
    check("sessions are there", len(sessions(everything)) == 6, everything[:200])
    check("what was written is not", everything.count("鸡蛋") == 3, [l for l in everything.splitlines() if "鸡蛋" in l])
    check("and that is said in the events", '"withheld":true' in everything)
    check("the names that a room wrote are not", "Nick" not in everything and '"voter":12' in everything)
    check("nor is a phone's secret", '"digest":"digest"' not in everything and "secret" not in everything)
    with Folder() as b:
        import_(b, everything)
        check("export, import, export: the same bytes", export(b) == everything)
        p = import_(b, everything)
        check("importing twice does nothing", p.stdout == "conversations: 0 new, 0 gone on, 6 there already\n", p.stdout)
        check("still the same", export(b) == everything)
        grades = "SELECT s.name, p.turn, p.competency, p.points, p.best, p.chance FROM pieces p JOIN sessions s ON s.id = p.session ORDER BY 1, 2, 3"
        check("grades are the same", w.ask(grades) == b.ask(grades) and len(b.ask(grades)) > 10)
        stands = "SELECT name, phase, turn, ending, events, last, earlier, outcome FROM sessions ORDER BY name"
        check("and how each session stands", w.ask(stands) == b.ask(stands), (w.ask(stands), b.ask(stands)))
        unfinished = [s["name"] for s in sessions(everything) if s.get("trainee") == "zhao"][0]
        p = b.run("resume", unfinished, "--as", "zhao", lines="1\n" * 60)
        check("an unfinished one goes on where it stopped", p.returncode == 0, p.stderr)
        p = import_(w, export(b))
        check("and back", "0 new, 1 gone on, 5 there already" in p.stdout, p.stdout)
        p = b.run("debrief", [s["name"] for s in sessions(everything) if s.get("trainee") == "wei"][1], "--as", "wei", "--all")
        check("a look back on what was withheld", p.returncode == 0 and "worn out" not in p.stderr, p.stderr)


def own(w):
    mine = export(w, "--as", "WEI")
    check("whoever asks for their own gets all of it", mine.count("鸡蛋") == 6 and "withheld" not in mine, mine.count("鸡蛋"))
    check("and nothing else", {s["trainee"] for s in sessions(mine)} == {"wei"} and mine.count('{"trainee"') == 1)
    with Folder() as b:
        import_(b, mine)
        check("with words, the same bytes", export(b, "--as", "wei") == mine)
        import_(b, export(w))
        check("a record without words takes none away", export(b, "--as", "wei") == mine)
    p = w.run("export", "--as", "nobody")
    check("nobody of that name", p.returncode == 66 and "nobody" in p.stderr, p)
    one = sessions(mine)[0]["name"]
    check("one conversation", [s["name"] for s in sessions(export(w, one))] == [one])
    check("a scenario", {s["digest"] for s in sessions(export(w, "--scenario", "third-return"))} == {s["digest"] for s in sessions(export(w)) if s.get("trainee") == "Lín 小"})
    check("a cohort", len(sessions(export(w, "--tag", "autumn"))) == 1)
    check("a department", len(sessions(export(w, "--department", "=ops"))) == 3)
    check("days", len(sessions(export(w, "--until", "2026-01-01"))) == 0 and len(sessions(export(w, "--from", "2026-01-01"))) == 6)
    export(w, "--from", "yesterday", status=2)
    path = w.path + "/out.jsonl"
    export(w, "--output", path)
    check("a file that only its owner can read", os.stat(path).st_mode & 0o777 == 0o600 and open(path, encoding="utf-8").read() == export(w))
    export(w, "--output", w.path + "/no/such", status=74)
    check("nothing is left of one that cannot be written", not [f for f in os.listdir(w.path) if f.startswith("out.jsonl.")])
    p = subprocess.run([REHEARSE, "export", "--store", w.where], stdout=open("/dev/full", "w"), stderr=subprocess.PIPE, env=ENV)
    check("a full disk is said", p.returncode == 74, p)


def refuse(text, line, words, what):
    """TEXT is not imported; LINE is told, and WORDS."""
    with Folder() as b:
        p = import_(b, text, status=65, what="refused: " + what)
        place = "import.jsonl:%s" % ("%d: " % line if line else " ")
        check("located: " + what, place in p.stderr and words in p.stderr and "nothing was imported" in p.stderr, p.stderr)
        check("no store is made for it: " + what, not os.path.exists(b.file))


def flaws(w):
    text = export(w, "--as", "zhao")
    v = text.splitlines(True)
    where = {}
    for i, l in enumerate(v):
        where.setdefault(next(iter(json.loads(l))), i)
    session, event, end = where["session"], where["at"], where["end"]

    def with_(i, line):
        return "".join(v[:i] + [line] + v[i + 1:])
    for i, line, words, what in (
            (0, "{}\n", "no line of records", "an empty object"), (0, "nonsense\n", "no JSON object", "no JSON"),
            (0, '{"rehearse":"scenarios","format":1}\n', "no records", "something else"),
            (0, '{"rehearse":"records","format":2}\n', "later version", "a later format"),
            (0, '{"rehearse":"records"}\n', "“format” is missing", "no format"),
            (0, '{"rehearse":"records","format":1,"more":1}\n', "“more”", "more in the head"),
            (where["version"], v[where["version"]].replace('"lang":"zh-CN","titles"', '"lang":"en","titles"'), "not those of the scenario", "another language"),
            (where["version"], v[where["version"]].replace('"titles":[{', '"titles":[{"x":1,'), "titles", "titles"),
            (where["file"], v[where["file"]].replace("守机房", "守厨房", 1).replace("夜", "日", 1), "", "a file that was touched"),
            (where["file"], v[where["file"]].replace('"need":"file"', '"need":"folder"'), "“need”", "another need"),
            (session, v[session].replace('"mode":"practice"', '"mode":"check-in"'), "do not say the same", "another mode"),
            (session, v[session].replace('"mode":"practice"', '"mode":"sleep"'), "“mode”", "no mode"),
            (session, v[session].replace('"zhao"', '"qian"'), "belongs to nobody", "somebody else"),
            (session, v[session].replace('"seed":', '"seed":-'), "“seed”", "a seed below 0"),
            (event + 1, v[event + 1].replace('"scene":"', '"scene":"x'), "does not take it", "a scene that is none"),
            (event + 2, v[event + 1], "does not take it", "an event twice"),
            (event + 3, v[event + 3].replace('{"at":', '{"at": '), "“event”", "spelt another way"),
            (event + 3, '{"at":1,"event":{"n":3,"e":"noted","text":""}}\n', "does not take it", "an empty note"),
            (end, '{"end":{"sessions":2}}\n', "missing", "another number of sessions"),
            (end, v[end] + v[where["trainee"]], "behind the end", "something behind the end")):
        line_told = i + 1 + (what == "something behind the end")
        if what in ("a file that was touched",):
            line_told = where["version"] + 1
        refuse(with_(i, line), line_told, words, what)
    refuse("".join(v[:end]), end, "cut", "cut before the end")
    last = max(i for i, l in enumerate(v) if l.startswith('{"at"'))
    n = last - event + 1
    fewer = v[session].replace('"events":%d' % n, '"events":%d' % (n - 1))
    refuse("".join(v[:last] + v[last + 1:]), session + 1, "cut", "an event is missing at the end")
    refuse("".join(v[:session] + [fewer] + v[session + 1:event] + v[event + 1:]), event + 1, "does not take it", "an event is missing at the beginning")
    refuse("".join(v[:session] + [fewer] + v[session + 1:event + 3] + v[event + 4:]), event + 4, "does not take it", "an event is missing in the middle")
    refuse("".join(v[:session] + v[session + 1:]), session + 1, "no conversation", "no session")
    refuse(text[:len(text) // 2], 0 if text[:len(text) // 2].endswith("\n") else text[:len(text) // 2].count("\n") + 1, "", "cut in the middle of a line")
    refuse("", 1, "no records", "nothing")
    p = w.run("import", w.path + "/none.jsonl", *NO_JAIL)
    check("no such file", p.returncode == 66, p)


def cuts(w):
    """A file that was cut anywhere is refused."""
    text = export(w, "--as", "zhao")
    v = text.splitlines(True)
    with Folder() as b:
        for i in range(0, len(v), 4 if not SANITIZED else 16):
            p = import_(b, "".join(v[:i]), status=65, what="cut behind line %d" % i)
        check("nothing was imported", not os.path.exists(b.file))


def merging(w):
    """Two stores that go on apart."""
    with Folder() as b:
        before = export(w)
        import_(b, before)
        name = [s["name"] for s in sessions(before) if s.get("trainee") == "zhao"][0]
        w.run("resume", name, "--as", "zhao", lines="1\n1\n")
        b.run("resume", name, "--as", "zhao", lines="2\n2\n2\n")
        held = export(b)
        p = import_(b, export(w), status=65, what="what went on differently")
        check("is told by its line", "went on differently" in p.stderr and name in p.stderr, p.stderr)
        check("and nothing was imported", export(b) == held)
    with Folder() as b:
        play(b, "wei", "tests/run/forms2", "1\n1\n", 5)
        other = b.ask("SELECT name FROM sessions")[0][0]
        mine = export(w, "--as", "wei")
        taken = sessions(mine)[0]["name"]
        p = import_(b, mine.replace('"name":"%s"' % taken, '"name":"%s"' % other))
        check("a name that is another's", "3 new" in p.stdout and "new name" in p.stderr, p)
        p = import_(b, mine.replace('"name":"%s"' % taken, '"name":"%s"' % other))
        check("is known again under its new one", "0 new, 0 gone on, 3 there already" in p.stdout, p)


def big(w):
    """Many sessions from one: other names and moments, so that each is a session of its own."""
    text = export(w, "--as", "zhao")
    v = text.splitlines(True)
    first = [i for i, l in enumerate(v) if l.startswith('{"session"')][0]
    head, body = v[:first], "".join(v[first:-1])
    s = sessions(text)[0]
    out = list(head)
    for i in range(300):
        out.append(body.replace('"name":"%s"' % s["name"], '"name":"%06d"' % i).replace('"started":%d' % s["started"], '"started":%d' % (s["started"] + i)))
    return "".join(out) + '{"end":{"sessions":300}}\n'


def all_or_nothing(w):
    text = big(w)
    with Folder() as b:
        path = w.path + "/big.jsonl"
        open(path, "w", encoding="utf-8").write(text)
        start = time.monotonic()
        import_(b, text)
        took = time.monotonic() - start
        check("300 conversations", b.ask("SELECT count(*) FROM sessions") == [(300,)])
        check("export gives them back", export(b) == text)
    for i in range(6 if not SANITIZED else 2):
        with Folder() as b:
            p = subprocess.Popen([REHEARSE, "import", path, *NO_JAIL, "--store", b.where], env=ENV, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(took * (0.5 + 0.1 * i))
            p.send_signal(signal.SIGKILL)
            p.wait()
            try:
                n = b.ask("SELECT count(*) FROM sessions")[0][0]
            except sqlite3.OperationalError:  # not even the tables
                n = 0
            check("killed: all or nothing", n in (0, 300), n)
            import_(b, text, what="after it was killed")
            check("all is there afterwards", export(b) == text)
    with Folder() as b:
        play(b, "wei")
        held = export(b)
        p = subprocess.run(["sh", "-c", 'ulimit -f 600; exec "$0" "$@"', REHEARSE, "import", path, *NO_JAIL, "--store", b.where], env=ENV,
                           capture_output=True, text=True)
        check("no room: said, and nothing of it is there", p.returncode == 74 and export(b) == held, (p.returncode, p.stderr))


def recorder(w):
    """What the recorder keeps in a file while the records cannot be written is taken in; it has neither counts nor an end."""
    lines = []
    for l in export(w, "--as", "zhao").splitlines(True):
        v = json.loads(l)
        if "session" in v:
            v["session"].pop("events"), v["session"].pop("before")
            l = json.dumps(v, ensure_ascii=False, separators=(",", ":")) + "\n"
        if "rehearse" in v:
            l = '{"rehearse":"records","format":1}\n'
        if "end" not in v:
            lines.append(l)
    with Folder() as b:
        import_(b, "".join(lines))
        check("a file that is added to", export(b) == export(w, "--as", "zhao"))


def postgres(w):
    try:
        from server import Server, programs
    except ImportError:
        return
    if not programs() or not os.path.exists(BUILD + "/rehearse-postgres.so"):
        return check("a PostgreSQL to test with", False, "make deps")
    server = Server()
    try:
        text = export(w)
        with Folder() as b:
            import_(b, text, where=server.url())
            check("through PostgreSQL, the same bytes", export(b, where=server.url()) == text)
            p = import_(b, text.replace('"scene":"first-words"', '"scene":"last-words"'), status=65, where=server.url())
            check("a flaw changes nothing there", export(b, where=server.url()) == text)
    finally:
        server.close()


EVIL = ["=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(A1)", "\tx", "\rx", 'say "no", then\nleave', "'=1", "''", "，逗号", "-5", "−5"]


def rows(w, *args):
    """A table, read back by Python's own reader; the guard before what could be a formula is taken off again."""
    p = subprocess.run([REHEARSE, "export", "--store", w.where, "--format", "csv", *args], capture_output=True, env=ENV)
    text = p.stdout.decode("utf-8")
    check("rows end in CR LF", text.endswith('"\r\n') and "\n" not in text.replace("\r\n", "").replace("then\nleave", ""), text[-80:])
    v = list(csv.reader(io.StringIO(text, newline="")))
    check("all rows are as long as the first", {len(r) for r in v} == {len(v[0])}, {len(r) for r in v})
    return v[0], [dict(zip(v[0], r)) for r in v[1:]], text


def unguarded(t):
    return t[1:] if len(t) > 1 and t[0] == "'" and t[1] in "=+-@\t\r'" else t


def tables(w):
    head, v, text = rows(w, "--lang", "zh-CN")
    check("choices of all", len(v) > 20 and {r["trainee"] for r in v} == {"wei", "Lín 小", "zhao", ""}, {r["trainee"] for r in v})
    one = next(r for r in v if r["decision"] == "first-reply" and r["trainee"] == "wei")
    check("in the language asked for", "你" in one["prompt"] + one["said"] and one["moves"] and " " in one["points"] and one["because"], one)
    check("no word that somebody wrote, but of what was shared", all("鸡蛋" not in str(r.values()) or "autumn" in r["cohorts"] for r in v) and "鸡蛋" in text)
    check("one's own, with all words", sum("鸡蛋" in r["own words"] + r["said"] for r in rows(w, "--as", "wei")[1]) == 2)
    check("a department that would be a formula", any(r["department"] == "'=ops" for r in v) and not any(r["department"].startswith("=") for r in v))
    _, sessions_, _ = rows(w, "--table", "sessions")
    check("sessions", len(sessions_) == 6 and {r["state"] for r in sessions_} >= {"ended", "unfinished"}, sessions_)
    _, evidence, text = rows(w, "--table", "evidence")
    kept = w.ask("SELECT COUNT(*), SUM(points) FROM pieces WHERE self = 0")[0]
    check("evidence", (len(evidence), sum(int(r["points"]) for r in evidence)) == kept, (len(evidence), kept))
    check("numbers below 0 stay numbers", '"-1"' in text and '"\'-1"' not in text)
    for mark in ((), ("--bom",)):
        text = export(w, "--format", "csv", "--table", "sessions", *mark)
        check("a mark where it is asked for", text.startswith("\ufeff") == bool(mark))
    for args, words in ((("--table", "people"), "one of"), (("--bom",), "--format csv"), (("--format", "csv", "--home", "https://x.org/"), "--format xapi")):
        p = w.run("export", *args)
        check("refused: %s" % (args,), p.returncode == 2 and words in p.stderr, p.stderr)


def formulas(w):
    """What anybody may have written is no formula, and comes back as it was."""
    with Folder() as b:
        play(b, "wei")
        one = b.ask("SELECT max(id) FROM sessions")[0][0]
        write(b, "UPDATE sessions SET shared = 1")
        for i, evil in enumerate(EVIL):
            write(b, "INSERT INTO answers VALUES (?, ?, 1, 0, 1795600000006, 0, ?)", one, "item%02d" % i, evil)
        write(b, "UPDATE trainees SET name = ?, role = ?", EVIL[0], EVIL[6])
        _, v, text = rows(b, "--table", "surveys")
        check("each comes back", [unguarded(r["words"]) for r in v] == EVIL, [r["words"] for r in v])
        check("none begins a formula", not [r for r in v for c in r.values() if c[:1] in tuple("=+@\t\r") or (c[:1] == "-" and c != "-5")])
        check("names and roles, too", v[0]["trainee"] == "'" + EVIL[0] and v[0]["role"] == EVIL[6])
        check("a line end inside a cell stays there", 'then\nleave"' in text)


with Folder() as w:
    world(w)
    for test in (own, tables, formulas, flaws, cuts, recorder, all_or_nothing, postgres, merging, round_trip) if len(sys.argv) < 2 else [globals()[a] for a in sys.argv[1:]]:
        test(w)
finish()
