"""What keeps records from being kept: said, held, tried again, kept in a file.

The real program runs on a disk that fails on request (shim.c), against other programs, and as two windows at once."""
import json
import os
import shutil
import sqlite3
import subprocess
import time

from world import ROOT, Folder, Typist, check, shim

TEA = os.path.join(ROOT, "tests/tty/tea")


# ---- the disk fails ----

KINDS = [("write 28", "There is no room left where records are kept"), ("sync 5", "The disk with the records failed"),
         ("write 5", "The disk with the records failed")]


def held_and_released(env):
    for fault, words in KINDS:
        with Folder() as f:
            trigger = f.path + "/fault"
            with Typist(f, "play", TEA, "--seed", "1", "--own-words", "none", env=dict(env, SHIM_FAULT=trigger)) as t:
                t.until("Turn 1")
                t.type("1")
                t.until("Turn 2")
                open(trigger, "w").write(fault)
                t.type("1")
                said = t.until("Enter tries again")
                plain = " ".join(said.split())
                check("%s: said" % fault, words in plain and "not saved yet; all before it is" in plain, said)
                check("%s: nothing new is shown" % fault, "A rota goes up" not in said and "Write it large" not in said, said)
                t.type("")
                said = t.until("Enter tries again")
                check("%s: said again" % fault, words in " ".join(said.split()), said)
                os.remove(trigger)
                t.type("")
                said = t.until("What went well?")
                check("%s: kept and shown" % fault, "It is saved now." in said and "Write it large" in said, said)
                t.type(":quit")
                check("%s: over" % fault, t.end() == 0, t.text)
            kinds = [json.loads(e)["e"] for e in f.events()]
            check("%s: all is there" % fault, kinds.count("chose") == 2 and kinds[-1] == "ended", kinds)
            check("%s: whole" % fault, f.ask("PRAGMA integrity_check") == [("ok",)] and
                  f.ask("SELECT events FROM sessions") == [(len(kinds),)])


def kept_in_a_file(env):
    with Folder() as f:
        trigger = f.path + "/fault"
        with Typist(f, "play", TEA, "--seed", "1", "--own-words", "none", env=dict(env, SHIM_FAULT=trigger)) as t:
            t.until("Turn 1")
            open(trigger, "w").write("write 28")
            t.type("1")
            t.until("Enter tries again")
            t.type(":file")
            check("a name is asked for", "Write the file's name" in t.until("Write the file's name"))
            t.type(":file " + f.path)
            t.until("Enter tries again")
            t.type(":file " + f.path + "/mine.jsonl")
            said = t.until("Turn 2")
            check("kept in a file", "From here on this conversation is kept in" in " ".join(said.split()), said)
            t.type(":note a line")
            t.until("Noted")
            t.type("1")
            t.until("What went well?")
            t.type("I asked first")
            t.until("What would you change?")
            t.type(":quit")
            check("the play came to its end", t.end() == 0, t.text)
        lines = [json.loads(l) for l in open(f.path + "/mine.jsonl", encoding="utf-8")]
        events = [l["event"]["e"] for l in lines if "event" in l]
        check("the file is complete", lines[0] == {"rehearse": "records", "format": 1} and "version" in lines[1] and
              any("file" in l and "<scenario" in l["file"].get("text", "") for l in lines) and events[0] == "began" and
              events[-1] == "ended" and events.count("chose") == 2 and events.count("noted") == 1, lines)
        check("own words, too", [l["words"]["text"] for l in lines if "words" in l] == ["I asked first"], lines)
        check("for its owner alone", os.stat(f.path + "/mine.jsonl").st_mode & 0o777 == 0o600)
        os.remove(trigger)
        check("what was kept before is in the records", len(f.events()) == 3, f.events())


def nobody_types(env):
    with Folder() as f:
        trigger = f.path + "/fault"
        first = f.run("play", TEA, "--seed", "1", lines="1\n", env=dict(env, SHIM_FAULT=trigger))
        before = f.events()
        open(trigger, "w").write("write 28")
        p = f.run("resume", lines="1\n1\n", env=dict(env, SHIM_FAULT=trigger))
        check("a pipe ends with status 74", p.returncode == 74 and ("no room left" in p.stdout + p.stderr), p.stdout + p.stderr)
        p = f.run("play", TEA, "--seed", "1", lines="1\n1\n", env=dict(env, SHIM_FAULT=trigger))
        check("nothing begins that cannot be kept", p.returncode == 74 and "--no-record" in p.stderr and not p.stdout, p.stdout + p.stderr)
        os.remove(trigger)
        check("what was there is there", f.events() == before and first.returncode == 0, f.events())
        p = f.run("resume", lines="1\n", env=dict(env))
        check("and goes on", p.returncode == 0 and "What was seen" in p.stdout, p.stdout + p.stderr)


def full_disk():
    """A real one, where a small file system can be made."""
    if os.geteuid() != 0:
        return
    with Folder() as f:
        os.mkdir(f.where)
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m,mode=700", "tmpfs", f.where], capture_output=True).returncode:
            return
        try:
            first = f.run("play", TEA, "--seed", "1", lines="1\n")
            with Typist(f, "resume", lang=None) as t:
                t.until("Turn 2")
                with open(f.where + "ballast", "wb", buffering=0) as ballast:
                    try:
                        while True:
                            ballast.write(b"x" * 4096)
                    except OSError:
                        pass
                t.type("1")
                said = t.until("no room left")
                check("a full disk is said", first.returncode == 0 and "Write it large" not in said, said)
                os.remove(f.where + "ballast")
                t.type("")
                t.until("What went well?")
                t.type(":quit")
                t.end()
            kinds = [json.loads(e)["e"] for e in f.events()]
            check("and loses nothing", kinds.count("chose") == 2 and kinds[-1] == "ended", kinds)
            subprocess.run(["mount", "-o", "remount,ro", f.where], check=True)
            p = f.run("play", TEA, lines="1\n")
            check("records that cannot be written to", p.returncode == 74 and "cannot be written to" in p.stderr, p.stderr)
        finally:
            subprocess.run(["umount", f.where], capture_output=True)


def put_back(env):
    """While nothing could be kept, somebody put the records back as they were some choices ago."""
    with Folder() as f:
        trigger, copy = f.path + "/fault", f.path + "/copy"
        with Typist(f, "play", TEA, "--seed", "1", "--own-words", "none", env=dict(env, SHIM_FAULT=trigger)) as t:
            t.until("Turn 1")
            before, after = sqlite3.connect(f.file), sqlite3.connect(copy)
            before.backup(after)
            before.close(), after.close()
            t.type("1")
            t.until("Turn 2")
            open(trigger, "w").write("sync 5")
            t.type("1")
            t.until("Enter tries again")
            os.rename(copy, f.file)
            for log in ("-wal", "-shm"):  # else what was kept meanwhile comes out of it
                os.remove(f.file + log)
            os.remove(trigger)
            t.type("")
            said = t.until("What went well?")
            check("records put back: it is kept once more", "It is saved now." in said and "Write it large" in said, said)
            t.type(":quit")
            check("and comes to its end", t.end() == 0, t.text)
        kinds = [json.loads(e) for e in f.events()]
        check("nothing is missing", [e["n"] for e in kinds] == list(range(len(kinds))) and sum(e["e"] == "chose" for e in kinds) == 2 and
              kinds[-1]["e"] == "ended", kinds)


def removed():
    """Somebody tidies up while it is played: what would go nowhere is said to, and kept in the new file as a whole."""
    def nothing(f):
        shutil.rmtree(f.where)

    def another(f):
        with Folder() as g:
            g.run("play", TEA, "--as", "Lin", lines="1\n")
            shutil.rmtree(f.where)
            shutil.copytree(g.where, f.where)
    for what, tidy in (("removed", nothing), ("another in its place", another)):
        with Folder() as f, Typist(f, "play", TEA, "--seed", "1", "--own-words", "none", "--as", "Wei") as t:
            t.until("Turn 1")
            t.type("1")
            t.until("Turn 2")
            tidy(f)
            t.type("1")
            said = t.until("Enter tries again")
            check("%s: said" % what, "was removed, or another was put in its place" in " ".join(said.split()) and "Write it large" not in said, said)
            t.type("")
            said = t.until("What went well?")
            check("%s: kept and shown" % what, "It is saved now." in said and "Write it large" in said, said)
            tidy(f)
            t.type("I asked first")
            t.until("What would you change?")
            t.type(":quit")
            check("%s: words are kept in the new one without a question" % what, t.end() == 0, t.text)
            kinds = [json.loads(e)["e"] for e in f.events()]
            check("%s: all of it is there" % what, kinds.count("chose") == 2 and kinds[-1] == "ended" and
                  f.ask("SELECT words FROM words") == [("I asked first",)] and f.ask("PRAGMA integrity_check") == [("ok",)], kinds)


def erased():
    """Whoever is forgotten while they play is told so, and nothing of it comes back."""
    with Folder() as f, Typist(f, "play", TEA, "--seed", "1", "--own-words", "none", "--as", "Wei") as t:
        t.until("Turn 1")
        t.type("1")
        t.until("Turn 2")
        f.run("forget", "Wei", "--yes")
        t.type("1")
        said = t.until("here it ends")
        check("erased meanwhile", "was erased from the records meanwhile" in " ".join(said.split()) and t.end() == 74 and
              f.ask("SELECT COUNT(*) FROM events") == [(0,)], said)


# ---- others ----

def somebody_holds_it():
    with Folder() as f, Typist(f, "play", TEA, "--seed", "1", "--own-words", "none") as t:
        t.until("Turn 1")
        other = sqlite3.connect(f.file, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        t.type("1")
        time.sleep(0.3)
        t.key(b"\x03")
        said = t.until("Enter tries again")
        check("Ctrl-C does not wait for others", time.monotonic() - began < 3 and "Stopped waiting" in said, said)
        began = time.monotonic()
        t.type("")
        said = t.until("for too long", 15)
        check("patience has an end", 4 < time.monotonic() - began < 9, said)
        other.execute("ROLLBACK")
        other.close()
        t.type("")
        said = t.until("Turn 2")
        check("and then it is kept", "It is saved now." in said, said)
        t.type(":quit")
        t.end()
        check("once", [json.loads(e)["e"] for e in f.events()].count("chose") == 1, f.events())


def two_windows():
    with Folder() as f, Typist(f, "play", TEA, "--seed", "1", "--own-words", "none") as one:
        one.until("Turn 1")
        one.type("1")
        one.until("Turn 2")
        with Typist(f, "resume", lang=None) as two:
            two.until("Turn 2")
            one.type("1")
            said = one.until("goes on in another window")
            check("the first window is told", one.end() == 74 and "Write it large" not in said, said)
            kinds = [json.loads(e)["e"] for e in f.events()]
            check("and adds nothing", kinds.count("chose") == 1, kinds)
            two.type("2")
            two.until("Somebody said so last month")
            two.type(":quit")
            two.end()
        kinds = [json.loads(e) for e in f.events()]
        check("the second goes on", [e.get("option") for e in kinds if e["e"] == "chose"][1:] != [] and
              [e["n"] for e in kinds] == list(range(len(kinds))), kinds)


# ---- damage ----

def damaged():
    with Folder() as f:
        for _ in range(3):
            f.run("play", TEA, lines="1\n1\n")
        size = os.path.getsize(f.file)
        with open(f.file, "r+b") as db:
            for at in range(8192, size, 8192):
                db.seek(at)
                db.write(b"\xa5" * 4096)
        broken = open(f.file, "rb").read()
        open(f.file + "-wal", "wb").write(b"left by a crash")  # so that it is looked at
        p = f.run("play", TEA, lines="1\n")
        aside = [n for n in os.listdir(f.where) if ".damaged-" in n and not n.endswith("-wal")]
        check("damage is said", p.returncode == 0 and "the records were damaged; they were moved to" in p.stderr, p.stderr)
        check("moved aside, not a byte changed", len(aside) == 1 and open(f.where + aside[0], "rb").read() == broken, aside)
        check("and it is played on", len(f.events()) > 3, f.events())
        p = f.run("resume", lines="1\n")
        check("said once", "damaged" not in p.stderr and p.returncode == 0, p.stderr)


def run():
    env = shim()
    held_and_released(env)
    kept_in_a_file(env)
    put_back(env)
    removed()
    erased()
    nobody_types(env)
    full_disk()
    somebody_holds_it()
    two_windows()
    damaged()
