"""Where records cannot be, and what is found there instead: said, and nothing of somebody else's is touched."""
import ctypes
import os
import shutil
import sqlite3

from world import Folder, check

TEA = os.path.abspath("tests/tty/tea")
PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 24, 1, 2


def bound():
    """Root is held to the modes of files, as everybody is; still itself, so that it can reach this folder wherever it is."""
    for cap in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH):
        if LIBC.prctl(PR_CAPBSET_DROP, cap, 0, 0, 0):
            os._exit(126)


LIBC = ctypes.CDLL(None)
PLAIN = {"preexec_fn": bound} if os.geteuid() == 0 else {}


def play(f, where=None, env=None, **more):
    return f.run("play", TEA, lines="1\n1\n", where=where, env=env, **more)


def refused(what, f, where, words):
    """WHERE is refused with WORDS, and whatever is in its folder stays as it is, to the byte and the mode."""
    def state():
        return sorted((d, n, os.lstat(os.path.join(d, n)).st_mode, os.path.isfile(os.path.join(d, n)) and open(os.path.join(d, n), "rb").read())
                      for d, folders, files in os.walk(f.path) for n in folders + files if not os.path.exists(os.path.join(d, n)) or
                      os.path.isfile(os.path.join(d, n)) or os.path.isdir(os.path.join(d, n)))
    before = state()
    p = play(f, where)
    check(what, p.returncode == 74 and words in " ".join(p.stderr.split()) and "--no-record plays without" in p.stderr and not p.stdout, p.stderr)
    check(what + ": nothing was touched", state() == before, (before, state()))


def somebody_elses():
    with Folder() as f:
        at = f.path + "/"
        for name, body in (("notes.txt", b"hello"), ("noise", os.urandom(5000)), ("short", b"SQLite format 3")):
            open(at + name, "wb").write(body)
            os.chmod(at + name, 0o644)
            refused("a file of another kind: " + name, f, at + name, "is something else")
        os.makedirs(at + "taken/records.sqlite")
        refused("a folder of that name", f, at + "taken/", "is something else")
        os.symlink(at + "notes.txt", at + "link")
        refused("a link", f, at + "link", "cannot be opened")
        os.symlink("loop", at + "loop")
        refused("a link to itself", f, at + "loop", "cannot be opened")
        refused("a folder in a link to itself", f, at + "loop/", "cannot be opened")
        os.mkfifo(at + "pipe")
        refused("a pipe that nobody writes to", f, at + "pipe", "is something else")
        refused("a device", f, "/dev/null", "is something else")
        refused("below a file", f, at + "notes.txt/records", "cannot be opened")
        for where in ("http://example.org/x", "sqlite://x", "PostgreSQL://wei:secret@host/x"):
            refused("an address of something else", f, where, "is no place for records")
            check("and no password is told", "secret" not in play(f, where).stderr)
    with Folder() as f:
        db = sqlite3.connect(f.path + "/other.db")
        db.execute("CREATE TABLE theirs (x)")
        db.commit()
        db.close()
        body = open(f.path + "/other.db", "rb").read()
        os.chmod(f.path + "/other.db", 0o640)
        p = play(f, f.path + "/other.db")
        check("another program's database", p.returncode == 74 and "is something else" in p.stderr and
              open(f.path + "/other.db", "rb").read() == body and os.stat(f.path + "/other.db").st_mode & 0o777 == 0o640, p.stderr)


def nowhere():
    with Folder() as f:
        p = play(f, env={"REHEARSE_STORE": "", "HOME": "", "XDG_DATA_HOME": ""})
        check("no home", p.returncode == 74 and "neither XDG_DATA_HOME nor HOME" in p.stderr, p.stderr)
        p = play(f, env={"REHEARSE_STORE": "", "HOME": "", "XDG_DATA_HOME": "relative"})
        check("a home that depends on where one is", p.returncode == 74 and not os.path.exists("relative"), p.stderr)
        p = play(f, env={"REHEARSE_STORE": "", "HOME": f.path, "XDG_DATA_HOME": ""})
        check("a variable that is empty says nothing", p.returncode == 0 and os.path.exists(f.path + "/.local/share/rehearse/records.sqlite"), p.stderr)
    with Folder() as f:
        os.mkdir(f.path + "/home")
        os.chmod(f.path, 0o755)
        os.chmod(f.path + "/home", 0o555)
        p = play(f, env={"REHEARSE_STORE": "", "HOME": f.path + "/home", "XDG_DATA_HOME": ""}, **PLAIN)
        check("a home that cannot be written to", p.returncode == 74 and "Permission denied" in p.stderr and not p.stdout, p.stderr)
        p = play(f, env={"REHEARSE_STORE": "", "HOME": f.path + "/home/none", "XDG_DATA_HOME": ""}, **PLAIN)
        check("one that is not there, either", p.returncode == 74 and "Permission denied" in p.stderr, p.stderr)
        p = f.run("play", TEA, "--no-record", lines="1\n1\n", env={"REHEARSE_STORE": "", "HOME": f.path + "/home"}, **PLAIN)
        check("without records it is played", p.returncode == 0, p.stderr)


def rights():
    with Folder() as f:
        play(f)
        for path, mode, words in ((f.file, 0o400, "cannot be written to"), (f.file, 0o000, "Permission denied"), (f.where, 0o000, "Permission denied")):
            kept = os.stat(path).st_mode & 0o777
            os.chmod(path, mode)
            p = play(f, **PLAIN)
            os.chmod(path, kept)
            check("mode %o" % mode, p.returncode == 74 and words in p.stderr and not p.stdout, p.stderr)
        check("it is all there", f.ask("SELECT COUNT(*) FROM sessions") == [(1,)])


def cut():
    """What is left of a file that was cut is moved aside as it is."""
    with Folder() as f:
        play(f)
        whole = open(f.file, "rb").read()
        for size in (1, 16, 50, 99, 100, 512, 4096, 5000, len(whole) // 2, len(whole) - 1):
            shutil.rmtree(f.where)
            os.mkdir(f.where)
            open(f.file, "wb").write(whole[:size])
            p = play(f)
            aside = [n for n in os.listdir(f.where) if ".damaged-" in n]
            check("cut to %d bytes" % size, p.returncode == 0 and "were damaged; they were moved to" in p.stderr and len(aside) == 1 and
                  open(f.where + aside[0], "rb").read() == whole[:size] and f.ask("SELECT COUNT(*) FROM sessions") == [(1,)], (p.stderr, aside))
        shutil.rmtree(f.where)
        os.mkdir(f.where)
        open(f.file + "-wal", "wb").write(b"the log of a file that is gone")
        p = play(f)
        aside = [n for n in os.listdir(f.where) if n.endswith("-wal") and ".damaged-" in n]
        check("a log alone is moved aside, too", p.returncode == 0 and "were damaged" in p.stderr and len(aside) == 1 and
              open(f.where + aside[0], "rb").read() == b"the log of a file that is gone", (p.stderr, os.listdir(f.where)))


def newer():
    with Folder() as f:
        play(f)
        db = sqlite3.connect(f.file)
        db.execute("PRAGMA user_version = 99")
        db.commit()
        db.close()
        body = open(f.file, "rb").read()
        p = play(f)
        check("records of a newer version stay as they are", p.returncode == 74 and "newer version of this program" in p.stderr and
              open(f.file, "rb").read() == body, p.stderr)


def run():
    somebody_elses()
    nowhere()
    rights()
    cut()
    newer()
