"""What the tests of records share: a store of one's own, plays through the real program, and a count of what held."""
import os
import pty
import re
import select
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, ROOT + "/tests")
import home  # noqa: E402,F401

os.chdir(ROOT)
BUILD = os.path.abspath(os.environ.get("B", os.path.join(ROOT, "build")))
REHEARSE = BUILD + "/rehearse"
SANITIZED = bool(os.environ.get("SANITIZED"))
ENV = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG"))}
ENV.update(LC_ALL="C.UTF-8", LANGUAGE="", LANG="en", REHEARSE_LIBRARY=ROOT)
passed = failed = 0
replays = []


def check(what, ok, told=""):
    global passed, failed
    if ok:
        passed += 1
    else:
        failed += 1
        print("FAILED %s\n    %s" % (what, str(told).replace("\n", "\n    ")[:6000]), flush=True)
    return ok


def finish():
    check("%d plays were replayed" % len(replays), replays)
    print("%d passed, %d failed" % (passed, failed))
    sys.exit(failed > 0)


def shim():
    """Builds it; the environment that puts it beneath a program."""
    path = BUILD + "/tests/shim.so"
    os.makedirs(os.path.dirname(path), exist_ok=True)
    subprocess.run([os.environ.get("CC", "cc"), "-shared", "-fPIC", "-O1", "-o", path, ROOT + "/tests/store/shim.c", "-ldl"], check=True)
    env = {"LD_PRELOAD": path}
    if SANITIZED:
        env["ASAN_OPTIONS"] = "verify_asan_link_order=0:" + os.environ.get("ASAN_OPTIONS", "")
    return env


def story(text):
    """Without the first sentence, which says where it is kept, or when it was played; and without what was typed in vain."""
    text = text.split("\n\n", 1)[-1]
    return re.sub(r"(?m)^> .*\n(?:[^>\n].*\n){1,3}(?=> |\Z)", "", text)


def replayed(named, more):
    """What `replay` shows of the newest conversation there, as far as it was played; None where there is none."""
    p = subprocess.run([REHEARSE, "replay", *named, "--plain"] + (["--no-jail"] if SANITIZED else []), stdin=subprocess.DEVNULL,
                       text=True, capture_output=True, timeout=120, **more)
    told = p.stdout.removesuffix("Here it stopped.\n").removesuffix("到这里停下了。\n")
    return story(told) if p.returncode == 0 else None if p.returncode == 66 else p.stderr


def as_played(argv, played, more):
    """Every play of these tests, replayed, shows the same bytes.  (A message that was begun anew is one message.)"""
    if ":back" in played and "Part 1 of" in played:
        return
    named = [w for i, w in enumerate(argv) if w in ("--as", "--store") or argv[i - 1] in ("--as", "--store")]
    told = replayed(named, more)
    replays.append(argv)
    if not told or not story(played).startswith(told):
        check("replayed as it was played: %s" % argv[1:], False, "%s\n---- played\n%s" % (told, played))


class Folder:
    """An empty folder with a store in it."""

    def __init__(self):
        self.made = tempfile.TemporaryDirectory(prefix="rehearse-store-")
        self.path = self.made.name
        self.where = self.path + "/records/"
        self.file = self.where + "records.sqlite"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.made.cleanup()

    def run(self, *args, lines="", env=None, lang="en", check_engine=True, where=None, timeout=120, **more):
        """`rehearse ARGS` with LINES typed; standard error apart."""
        argv = [REHEARSE, *args]
        if args[0] in ("play", "resume", "debrief", "replay"):
            argv.append("--plain")
            if SANITIZED:
                argv.append("--no-jail")
        if lang and args[0] in ("play", "debrief", "forget", "regrade"):
            argv += ["--lang", lang]
        full = {**ENV, "REHEARSE_STORE": where or self.where, **(env or {})}
        p = subprocess.run(argv, input=lines, text=True, capture_output=True, env=full, timeout=timeout, **more)
        if args[0] == "play" and p.returncode == 0 and "--no-record" not in args:
            as_played(argv, p.stdout, {**more, "env": full})
        return p

    def ask(self, sql, *args):
        db = sqlite3.connect("file:%s?mode=ro" % self.file, uri=True)
        try:
            return db.execute(sql, args).fetchall()
        finally:
            db.close()

    def events(self, session=None):
        """The bodies of a session's events, the newest session's where none is named."""
        which = "(SELECT max(id) FROM sessions)" if session is None else "(SELECT id FROM sessions WHERE name = '%s')" % session
        return [row[0] for row in self.ask("SELECT body FROM events WHERE session = %s ORDER BY n" % which)]


def undated(events):
    """Events without what the clock says."""
    return [re.sub(r'"ms":\d+', '"ms":0', re.sub(r',"started":"[^"]*"', "", e)) for e in events]


def asked(text):
    """What stands behind each prompt: text from the n-th `> ` on."""
    return re.split(r"(?m)^> ", text)


class Typist:
    """Somebody at a terminal: types lines, reads what comes."""

    def __init__(self, folder, *args, env=None, where=None, lang="en"):
        plays = args[0] != "forget"
        argv = [REHEARSE, *args] + (["--lang", lang] if lang else []) + (["--plain"] if plays else []) + \
            (["--no-jail"] if SANITIZED and plays else [])
        full = dict(ENV, REHEARSE_STORE=where or folder.where, TERM="dumb", **(env or {}))
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execve(REHEARSE, argv, full)
        self.text = ""
        self.status = None

    def read(self, ms):
        """True where something came within MS milliseconds."""
        if not select.select([self.fd], [], [], ms / 1000)[0]:
            return False
        try:
            piece = os.read(self.fd, 65536)
        except OSError:
            piece = b""
        self.text += piece.decode("utf-8", "replace").replace("\r\n", "\n")
        return bool(piece)

    def until(self, words, seconds=20):
        """Waits for WORDS; what was read since the last wait."""
        end = time.monotonic() + seconds
        plain = lambda: " ".join(self.text.split())
        while words not in plain():
            left = end - time.monotonic()
            if left <= 0 or (not self.read(left * 1000) and time.monotonic() < end and words not in plain()):
                raise AssertionError("never said: %s\n%s" % (words, self.text))
        # up to the prompt
        while not self.text.endswith("> ") and self.read(400):
            pass
        got, self.text = self.text, ""
        return got

    def type(self, line):
        os.write(self.fd, (line + "\n").encode())

    def key(self, code):
        os.write(self.fd, code)

    def end(self, seconds=20):
        """Waits for it to leave; its exit status."""
        end = time.monotonic() + seconds
        while self.status is None and time.monotonic() < end:
            self.read(20)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
        while self.status is not None and self.read(20):
            pass
        return self.status

    def close(self):
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.fd)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
