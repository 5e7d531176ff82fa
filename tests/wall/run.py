#!/usr/bin/env python3
"""Drives the projected screen through a real terminal, in both languages and three sizes, and compares every screen.

A test is a file, name.wall:

    # What it shows.
    args: --minutes 45          behind the scenario
    keys: Space                 for tmux send-keys; the screen must change
    text: a12 b7                typed as it stands; the screen must change
    same: x                     a key after which nothing changes
    resize: 40x20               the window; and back to its size with `resize: own`
    signal: KILL                to the program;  engine: KILL  to its engine
    again: KILL                 the same, and then `rehearse workshop --resume`
    see: words                  that must be on the screen by now; %( … )% around words of one language each: see: %(Vote|投票)%
    notes: --plain              opens the facilitator's view in a second terminal, and looks there
    look: wall                  looks at, and types into, the wall again, or `notes`
    stranger:                   somebody else of this computer opens the door to the notes, and hears nothing
    after: rehearse minutes …   a command once the workshop is over; what it says is kept. {tmp} is the home, {lang} the language
    take: the vote              keeps the screen under this name
    exit: 0                     the status it ends with
    sizes: 80x24                instead of 80x24, 120x40 and 40x20
    langs: en zh-CN             instead of both

What was kept must be what stands in name.screens/LANG-SIZE.txt.  Whatever is kept is also held to the rules of the wall: no
note of the facilitator's, no points and no level; every bar of a screen is as long as the others.  BLESS=1 rewrites.

Then power is lost, at any moment of a vote: power.py; and phones come in beside the wall: phones.py;
and somebody follows docs/workshops.md: page.py."""
import concurrent.futures
import difflib
import glob
import importlib.util
import os
import re
import shlex
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
import page  # noqa: E402
import phones  # noqa: E402
import power  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
spec = importlib.util.spec_from_file_location("tty", os.path.join(ROOT, "tests", "tty", "run.py"))
tty = importlib.util.module_from_spec(spec)
spec.loader.exec_module(tty)

SIZES = ["80x24", "120x40", "40x20"]
LANGS = ["en", "zh-CN"]
BLESS = bool(os.environ.get("BLESS"))
NEVER = ["Wait five seconds", "停五秒", "It names the work", "把活儿和滋味", "+2 ", "listening", "倾听"]


def minutes(screen):
    """Time goes by."""
    return re.sub(r"\d+ of 45 minutes", "# of 45 minutes", re.sub(r"\d+/45 分钟", "#/45 分钟", screen))


class Wall(tty.Terminal):
    def __init__(self, steps, size, lang, tmp):
        args = tty.value_of(steps, "args", "")
        scenario = tty.value_of(steps, "scenario", "tests/wall/room")
        run = "rehearse workshop %s --lang %s --seed 1 %s" % (scenario, lang, args)
        env = "XDG_DATA_HOME=%s/data XDG_RUNTIME_DIR=%s/run %s" % (tmp, tmp, tty.value_of(steps, "env", ""))
        os.makedirs(tmp + "/run", mode=0o700, exist_ok=True)
        self.term, self.at, self.env, self.second = "", self, env, None
        super().__init__([("size", size), ("env", env), ("run", run)], tmp)

    def screen(self):
        return minutes(super().screen() if self.at is self else self.at.screen())

    def notes(self, args, size):
        """The facilitator's terminal, beside the wall."""
        os.makedirs(self.tmp + "/notes")
        self.second = tty.Terminal([("size", size), ("env", self.env), ("run", "rehearse notes " + args)], self.tmp + "/notes")
        self.at = self.second
        self.still(empty=False)

    def close(self):
        if self.second:
            self.second.close()
        super().close()

    def after(self, command):
        """What a command says once the workshop is over, in the same home."""
        until = time.monotonic() + tty.PATIENCE
        while self.status() is None and time.monotonic() < until:
            time.sleep(0.03)
        env = tty.environment([("env", self.env)], self.tmp)
        p = subprocess.run(["sh", "-c", command.replace("{tmp}", self.tmp)], cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                           timeout=60)
        out = p.stdout.decode("utf-8").replace(self.tmp, "{tmp}").replace("\r", "\\r")
        return re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "####-##-##T##:##:##Z", out) + ("" if not p.returncode else "= %d\n" % p.returncode)

    def door(self, *words):
        """What `rehearse notes --plain` answers to WORDS."""
        env = tty.environment([("env", self.env)], self.tmp)
        p = subprocess.run(["rehearse", "notes", "--plain", "--lang", "en"], cwd=ROOT, env=env, input="".join(w + "\n" for w in words),
                           stdout=subprocess.PIPE, text=True, timeout=20)
        return p.stdout

    def stranger(self):
        """Somebody else of this computer finds the door, should the folder ever stand open: nothing is said to them."""
        if os.geteuid() != 0:
            return
        door = glob.glob(self.tmp + "/run/rehearse/*.sock")[0]
        script = ("import os, socket\nos.setgid(65534); os.setuid(65534)\ns = socket.socket(socket.AF_UNIX)\ns.settimeout(5)\n"
                  "s.connect(%r)\nassert s.recv(100) == b''\n" % door)
        folders = [self.tmp, self.tmp + "/run", self.tmp + "/run/rehearse"]
        modes = [os.stat(f).st_mode & 0o777 for f in folders + [door]]
        if modes[2:] != [0o700, 0o600]:
            raise tty.Failed("the door has modes %s" % [oct(m) for m in modes])
        for f in folders + [door]:
            os.chmod(f, 0o777)
        p = subprocess.run([sys.executable, "-c", script], stderr=subprocess.PIPE, timeout=20)
        for f, mode in zip(folders + [door], modes):
            os.chmod(f, mode)
        if p.returncode:
            raise tty.Failed("a stranger was let in: " + p.stderr.decode())

    def again(self, signal, more=""):
        subprocess.run(["kill", "-" + signal, open(os.path.join(self.tmp, "pid")).read().strip()])
        while self.status() is None:
            time.sleep(0.03)
        os.remove(self.tmp + "/after")
        script = open(self.tmp + "/session.sh").read()
        script = re.sub(r"rehearse workshop \S+ .*", "rehearse workshop --resume " + more, script)
        with open(self.tmp + "/session.sh", "w") as f:
            f.write(script)
        self.tmux("respawn-pane", "-k", "-t", "s", "TESTTERM=%s sh %s/session.sh" % (self.term, self.tmp))
        self.still(empty=False)

    def still(self, before=None, empty=True):
        """The screen once it stands still and is not BEFORE, nor EMPTY where it may not be."""
        until = time.monotonic() + tty.PATIENCE
        last, same = None, 0
        while time.monotonic() < until:
            now = self.screen()
            same = same + 1 if now == last else 0
            if same >= 2 and now != before and (empty or now.strip()):
                return now
            last = now
            time.sleep(0.03)
        raise tty.Failed("the screen did not change or did not settle:\n" + (last or ""))


def held(name, screen, steps):
    """The rules of the wall."""
    for words in NEVER:
        if words in screen and tty.value_of(steps, "loose") is None:
            raise tty.Failed("%s: %r stands on the wall\n%s" % (name, words, screen))
    bars = {len(b) for b in re.findall("[▮▯]{4,}", screen)}
    if len(bars - {10}) > 1:
        raise tty.Failed("%s: bars of %s cells\n%s" % (name, sorted(bars), screen))


def words_of(value, lang):
    return re.sub(r"%\((.*?)\|(.*?)\)%", lambda m: m.group(1 if lang == "en" else 2), value)


def step(t, key, value, size, lang, kept, steps):
    before = t.screen()
    if key == "keys":
        t.at.tmux("send-keys", "-t", "s", *shlex.split(value))
        t.still(before)
    elif key == "text":
        t.at.tmux("send-keys", "-t", "s", "-l", value)
        t.still(before)
    elif key == "same":
        t.at.tmux("send-keys", "-t", "s", *shlex.split(value))
        time.sleep(0.3)
        if t.screen() != before:
            raise tty.Failed("%s changed the screen\n%s" % (value, t.screen()))
    elif key == "resize":
        w, h = (size if value == "own" else value).split("x")
        t.tmux("resize-window", "-t", "s", "-x", w, "-y", h)
        time.sleep(0.3)
        t.still()
    elif key == "take":
        screen = t.still()
        if t.at is t:
            held(value, screen, steps)
        kept.append("==== %s\n%s" % (value, screen))
    elif key == "see":
        t.see(words_of(value, lang))
    elif key == "again":
        t.again(value)
    elif key == "notes":
        t.notes("--lang %s %s" % (lang, value), tty.value_of(steps, "notes size", "80x24"))
    elif key == "look":
        t.at = {"wall": t, "notes": t.second}[value]
        t.still()
    elif key == "after":
        value = value.replace("{lang}", lang)
        kept.append("==== $ %s\n%s" % (value, t.after(value)))
    elif key == "stranger":
        t.stranger()
    elif key in ("signal", "engine"):
        tty.step_terminal(t, key, value)


def play(steps, size, lang):
    kept = []
    with tempfile.TemporaryDirectory(prefix="rehearse-") as tmp:
        t = Wall(steps, size, lang, tmp)
        try:
            t.still(empty=False)
            for n, (key, value) in enumerate(steps, 1):
                try:
                    step(t, key, value, size, lang, kept, steps)
                except tty.Failed as e:
                    raise tty.Failed("step %d, %s: %s: %s" % (n, key, value, e))
            wanted, until = tty.value_of(steps, "exit"), time.monotonic() + tty.PATIENCE
            while wanted is not None and t.status() is None and time.monotonic() < until:
                time.sleep(0.04)
            status = t.status()
            if wanted is not None and str(status) != wanted:
                raise tty.Failed("exit status %s, not %s\n%s" % (status, wanted, t.screen()))
            if status is not None and tty.modes(tmp + "/before") != tty.modes(tmp + "/after"):
                raise tty.Failed("the terminal is not as it was before")
        finally:
            t.close()
    return "".join(kept)


def compare(path, got):
    wanted = open(path, encoding="utf-8").read() if os.path.exists(path) else ""
    if got == wanted:
        return
    if not BLESS:
        raise tty.Failed("".join(difflib.unified_diff(wanted.splitlines(True), got.splitlines(True), "expected", "shown")))
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as f:
        f.write(got)


def run_one(job):
    name, steps, lang, size = job
    try:
        got = play(steps, size, lang)
        if got:
            compare("%s/%s.screens/%s-%s.txt" % (HERE, os.path.basename(name)[:-5], lang, size), got)
    except (tty.Failed, subprocess.TimeoutExpired, OSError) as e:
        return "%s %s %s: %s" % (name, lang, size, e)
    return None


def main():
    chosen = {c[0].__name__: c for c in phones.CHECKS}
    names = [n for n in sys.argv[1:] if n not in ("power", "phones", "page", *chosen)] if len(sys.argv) > 1 else sorted(n for n in os.listdir(HERE) if n.endswith(".wall"))
    jobs = []
    for name in names:
        _, steps, _ = tty.read_case(os.path.join(HERE, os.path.basename(name)))
        jobs += [(name, steps, lang, size) for lang in tty.value_of(steps, "langs", " ".join(LANGS)).split()
                 for size in tty.value_of(steps, "sizes", " ".join(SIZES)).split()]
    with concurrent.futures.ThreadPoolExecutor(4) as pool:  # most of it is waiting for screens to stand still
        wrong = [w for w in pool.map(run_one, jobs) if w]
        seeds = range(power.SEEDS) if len(sys.argv) == 1 or sys.argv[1:] == ["power"] else []
        wrong += [w for w in pool.map(power.checks(Wall, tty.Failed), seeds) if w] if seeds else []
        checks = [c for n, c in chosen.items() if len(sys.argv) == 1 or "phones" in sys.argv or n in sys.argv]
        wrong += [w for w in pool.map(lambda c: phones.run(Wall, tty.Failed, c), checks) if w]
        pages = page.PAGES if len(sys.argv) == 1 or "page" in sys.argv else []
        wrong += [w for w in pool.map(lambda j: page.run(Wall, tty.Failed, j), pages) if w]
    if wrong:
        print("\n".join(wrong))
    print("%d passed, %d failed" % (len(jobs) + len(seeds) + len(checks) + len(pages) - len(wrong), len(wrong)))
    return 1 if wrong else 0


sys.exit(main())
