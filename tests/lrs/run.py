#!/usr/bin/env python3
"""rehearse export --format xapi: every statement is valid by the xAPI's own rules, and a real record store takes it."""
import collections
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(os.path.dirname(HERE), "store")]
from servers import LOGIN, RecordStore  # noqa: E402
from world import BUILD, ENV, Folder, check, finish  # noqa: E402

HOME = "https://example.org/"
SECRET = "鸡蛋 of the trainee"
VERBS = "http://adlnet.gov/expapi/verbs/"
OURS = "urn:rehearse:xapi:"


def export(w, *args, status=0):
    p = w.run("export", "--format", "xapi", *args)
    check("export %s" % (args,), p.returncode == status, (p.returncode, p.stderr))
    return p.stdout


def play(w, name, scenario, lines, seed, *more):
    p = w.run("play", scenario, "--as", name, "--seed", str(seed), *more, lines=lines)
    check("play %s" % scenario, p.returncode in (0, 1), p.stderr)


def world(w):
    play(w, "wei", "scenarios/late-handover", "1\n" * 60, 7)
    play(w, "林 小", "scenarios/third-return", ":note %s\n" % SECRET + "%s\n1\n" % SECRET * 20, 9, "--own-words", "all")
    play(w, "wei", "tests/run/forms2", "You have stayed late, and you are tired. %s\n1\n2\n2\n\n" % SECRET, 4, "--own-words", "all")
    play(w, "zhao", "scenarios/late-handover", "1\n1\n", 2)
    for seed in range(4):
        play(w, "room" if seed == 3 else "p%d" % seed, "tests/tty/desk", ("1\n", "2\n", "1\n", "1\n")[seed] * 20, seed)
    import sqlite3
    db = sqlite3.connect(w.file)
    db.execute("UPDATE sessions SET trainee = NULL WHERE trainee = (SELECT id FROM trainees WHERE name = 'room')")
    db.commit()
    db.close()


def validate(text):
    p = subprocess.run(["node", HERE + "/validate.js"], input=text, capture_output=True, text=True, check=True)
    v = p.stdout.splitlines()
    return v[:-1], int(v[-1].split()[1])


def send(w, store, text, *more, login=LOGIN):
    path = w.path + "/login"
    with open(path, "w") as f:
        f.write(login + "\n")
    os.chmod(path, 0o600)
    return subprocess.run([BUILD + "/rehearse-send", store.url, "--login", path, "--spool", w.path + "/spool", "--wait", "0", "--tries", "2",
                           "--lang", "en", *more], input=text, capture_output=True, text=True, env=ENV, timeout=300)


def holds(ours, theirs):
    """Whether a record store has what it was sent; it may have added to it."""
    if isinstance(ours, dict):
        return isinstance(theirs, dict) and all(k in theirs and (k == "timestamp" or holds(v, theirs[k])) for k, v in ours.items())
    if isinstance(ours, list):
        return isinstance(theirs, list) and len(ours) == len(theirs) and all(map(holds, ours, theirs))
    return ours == theirs


def whole(w):
    text = export(w, "--home", HOME, "--passed")
    v = [json.loads(l) for l in text.splitlines()]
    wrong, read = validate(text)
    check("every statement is valid", read == len(v) >= 40 and not wrong, wrong[:5])
    broken = json.dumps(dict(v[0], actor={"account": {"homePage": "x"}}))
    check("what is not is found out", validate(broken + "\n")[0], broken)
    check("each has its own id", len({s["id"] for s in v}) == len(v))
    check("no word that somebody wrote", "鸡蛋" not in text)
    return text, v


def content(w, v):
    by = collections.Counter(s["verb"]["id"][len(VERBS):] for s in v)
    decided = w.ask("SELECT COUNT(*) FROM events WHERE kind = 'chose' AND chooser <> 'engine'")[0][0]
    ended = w.ask("SELECT COUNT(*) FROM sessions WHERE phase = 3")[0][0]
    check("each choice is answered", by["answered"] == decided, (by, decided))
    check("each session that ended is completed", by["completed"] == ended, (by, ended))
    marked = w.ask("SELECT COUNT(*) FROM sessions s JOIN versions v ON v.id = s.version WHERE s.phase = 3 AND v.scenario = 'desk'")[0][0]
    check("passed and failed where there is a mark", by["passed"] + by["failed"] == marked > 1 and by["passed"] and by["failed"], by)
    check("and only there", all("/desk" in s["object"]["id"] for s in v if s["verb"]["id"][len(VERBS):] in ("passed", "failed")))
    check("never without being asked", not [s for s in export(w, "--home", HOME).splitlines() if VERBS + "passed" in s or VERBS + "failed" in s])
    for s in v:
        if s["verb"]["id"] in (VERBS + "passed", VERBS + "failed"):
            r = s["result"]
            check("a mark is on reach", r["score"]["min"] <= r["score"]["raw"] <= r["score"]["max"] and r["success"] == (100 * r["score"]["scaled"] >= 60), r)
    one = next(s for s in v if s["verb"]["id"] == VERBS + "answered" and s["object"]["id"].endswith("late-handover/first-reply"))
    x = one["result"]["extensions"]
    check("a choice has its move, points and reason", x[OURS + "moves"] and x[OURS + "points"] and x[OURS + "because"]["zh-CN"] and x[OURS + "because"]["en"], x)
    check("in all languages of the scenario", set(one["object"]["definition"]["name"]) == {"zh-CN", "en"})
    check("a response is one of the choices", one["result"]["response"] in [c["id"] for c in one["object"]["definition"]["choices"]], one)
    placed = [s for s in v if s["result"]["extensions"].get(OURS + "self-placed")]
    check("what trainees placed has no points", placed and not [s for s in placed if OURS + "points" in s["result"]["extensions"] or "score" in s["result"]], len(placed))
    check("a message tells its parts", [s for s in v if OURS + "parts" in s["result"]["extensions"]])
    check("a name is an account at the page named", {s["actor"]["account"]["homePage"] for s in v} == {HOME} and
          {s["actor"]["account"]["name"] for s in v if s["actor"]["objectType"] == "Agent"} == {"wei", "林 小", "zhao", "p0", "p1", "p2"})
    check("a room is nobody", {s["actor"]["account"]["name"][:5] for s in v if s["actor"]["objectType"] == "Group"} == {"room-"})


def same(w, text):
    """The same conversations give the same statements, wherever they are."""
    with Folder() as b:
        path = w.path + "/records.jsonl"
        w.run("export", "--output", path)
        p = b.run("import", path, *(["--no-jail"] if os.environ.get("SANITIZED") else []))
        check("imported elsewhere", p.returncode == 0, p.stderr)
        check("the same statements", export(b, "--home", HOME, "--passed") == text)
    check("another page, other statements", export(w, "--home", "https://example.com")[:60] != text[:60])
    for args, words in ((("--home", "example.org"), "no page"), (("--home", "https://x y/"), "no page"), ((), "--home URL"), (("--home", HOME, "--bom"), "--format csv")):
        p = w.run("export", "--format", "xapi", *args)
        check("refused: %s" % (args,), p.returncode == 2 and words in p.stderr, p.stderr)


def sent(w, text, v):
    with RecordStore() as store:
        p = send(w, store, text, "--batch", "40")
        check("a real record store takes them", p.returncode == 0 and p.stdout == "sent: %d, there already: 0, refused: 0, waiting: 0\n" % len(v), (p.stdout, p.stderr))
        held = store.statements()
        check("all are there", set(held) == {s["id"] for s in v}, len(held))
        check("as they were sent", all(holds(s, held[s["id"]]) for s in v), [s for s in v if not holds(s, held[s["id"]])][:1])
        check("and redis was told of each", sorted(store.told()) == sorted(held), len(store.told()))
        dense = [dict(v[0], id="00000000-0000-5000-8000-%012d" % i, result={"response": ("说" * (i + 1) + "𠮷翻脸") * 900}) for i in range(8)]
        p = send(w, store, "".join(json.dumps(s, ensure_ascii=False) + "\n" for s in dense), "--batch", "8")
        held = store.statements()
        check("no letter is lost, wherever what is sent is cut", p.returncode == 0 and all(holds(s, held[s["id"]]) for s in dense), (p.stdout, p.stderr))
        p = send(w, store, text)
        check("sending twice is sending once", p.returncode == 0 and len(store.statements()) == len(v) + len(dense), (p.stdout, p.stderr, len(store.told())))
        changed = json.dumps(dict(v[0], verb={"id": VERBS + "asked"}))
        p = send(w, store, changed + "\n" + text)
        check("another statement with an id that is there is set aside", p.returncode == 65 and "refused: 1" in p.stdout, (p.stdout, p.stderr))
        check("and changes nothing", store.statements()[v[0]["id"]]["verb"]["id"] == v[0]["verb"]["id"])
        bad = json.dumps(dict(v[0], id="00000000-0000-5000-8000-000000000000", actor={"name": "nobody"}))
        p = send(w, store, bad + "\n")
        check("what the record store finds wrong is set aside", p.returncode == 65 and "refused: 1" in p.stdout, (p.stdout, p.stderr))
        p = send(w, store, text, login="practice:wrong")
        check("a wrong password waits", p.returncode == 77 and "waiting: %d" % len(v) in p.stdout, (p.stdout, p.stderr))
        p = send(w, store, "")
        check("and goes with the right one", p.returncode == 0 and "waiting: 0" in p.stdout, (p.stdout, p.stderr))


if not os.path.exists(HERE + "/node_modules/xapi-statements"):
    check("a record store to test with", False, "make deps")
    finish()
with Folder() as w:
    world(w)
    text, v = whole(w)
    content(w, v)
    same(w, text)
    sent(w, text, v)
finish()
