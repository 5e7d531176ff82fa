#!/usr/bin/env python3
"""Presses keys on a real terminal and compares the whole screen; feeds pipes and compares what comes out.

A test is a file.  name.tty is driven through tmux, name.pipe through pipes:

    # What it shows.                        comment
    size: 80x30                             of the terminal (.tty)
    env: LANG=zh_CN.UTF-8 NO_COLOR=1        on top of an environment without any locale
    run: rehearse play tests/tty/tea        the command line, for sh, in the top folder; {tmp} is an empty folder
    input: 2\\n1\\n                           standard input (.pipe); "none" closes it
    keys: 1 Enter                           for tmux send-keys (.tty); then the screen is waited for
    text: 您好                               typed as it stands (.tty)
    resize: 40x30
    signal: HUP                             to the program
    see: words that must be on the screen by now (.tty)
    show: styles                            compares escape sequences too
    errors: yes                             standard error is compared too, behind the output (.pipe)
    exit: 0
    ----
    the screen, or the output, as it must be

A .tty test also requires that `stty -a` says the same before and after.  BLESS=1 rewrites what is behind the line.
"""
import os
import re
import shlex
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
BUILD = os.path.abspath(os.environ.get("B", os.path.join(ROOT, "build")))
BLESS = bool(os.environ.get("BLESS"))
PATIENCE = float(os.environ.get("TTY_PATIENCE", "20"))  # seconds for a screen to come


class Failed(Exception):
    pass


def read_case(path):
    head, _, expected = open(path, encoding="utf-8").read().partition("\n----\n")
    steps = []
    for line in head.splitlines():
        if line.strip() and not line.startswith("#"):
            key, _, value = line.partition(":")
            steps.append((key.strip(), value.strip()))
    return head, steps, expected


def value_of(steps, key, default=None):
    return next((v for k, v in steps if k == key), default)


def environment(steps, tmp):
    env = {k: v for k, v in os.environ.items()
           if not k.startswith(("LC_", "LANG")) and k not in ("NO_COLOR", "ACCESSIBLE", "TERM", "INPUTRC", "B", "BLESS", "TMUX", "XDG_DATA_HOME",
                        "REHEARSE_STORE")}
    env.update(PATH=BUILD + ":" + env.get("PATH", "/usr/bin:/bin"), REHEARSE_LIBRARY=ROOT, HOME=tmp, INPUTRC="/dev/null")
    for word in shlex.split(value_of(steps, "env", "")):
        key, _, value = word.partition("=")
        env[key] = value
    return env


def unnamed(text):
    """A session's name is another one each time."""
    text = re.sub(r"\b20\d\d-\d\d-\d\d\b", "YYYY-MM-DD", text)
    return re.sub(r"(rehearse\s+resume\s+)[0-9a-z]{6}\b", r"\1??????", text)


def clean(text):
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n") + "\n"


# ---- pipes ----------------------------------------------------------------------------------------------------------

def run_pipe(steps, tmp):
    given = value_of(steps, "input", "")
    data = given.encode("utf-8").decode("unicode_escape").encode("latin-1") if given != "none" else None
    errors = value_of(steps, "errors") == "yes"
    command = value_of(steps, "run").replace("{tmp}", tmp)
    p = subprocess.run(["sh", "-c", command + (" <&-" if data is None else "")], cwd=ROOT, env=environment(steps, tmp), input=data,
                       stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)
    out = p.stdout.decode("utf-8") + ("---- errors\n" + p.stderr.decode("utf-8") if errors else "")
    if not errors and p.stderr:
        raise Failed("standard error: " + p.stderr.decode("utf-8", "replace"))
    return unnamed(out.replace(tmp, "{tmp}").replace("\r", "\\r")), p.returncode


# ---- terminals ------------------------------------------------------------------------------------------------------

class Terminal:
    number = 0

    def __init__(self, steps, tmp):
        self.tmp = tmp
        Terminal.number += 1  # a server that is going away must not be spoken to
        self.socket = "rehearse-tests-%d-%d" % (os.getpid(), Terminal.number)
        self.styles = value_of(steps, "show") == "styles"
        columns, rows = value_of(steps, "size", "80x30").split("x")
        env = environment(steps, tmp)
        script = os.path.join(tmp, "session.sh")
        names = " ".join("%s=%s" % (k, shlex.quote(v)) for k, v in env.items())
        with open(script, "w") as f:
            f.write("trap : INT\ncd %s\nstty -a >%s/before\n" % (shlex.quote(ROOT), tmp))
            f.write("env -i %s TERM=${TESTTERM:-$TERM} sh -c 'echo $$ >%s/pid; exec \"$@\"' sh %s\n"
                    % (names, tmp, value_of(steps, "run").replace("{tmp}", tmp)))
            f.write("echo $? >%s/status\nstty -a >%s/after\nexec sleep 1000\n" % (tmp, tmp))
        self.tmux("-f", "/dev/null", "new-session", "-d", "-s", "s", "-x", columns, "-y", rows,
                  "TESTTERM=%s sh %s" % (shlex.quote(env.get("TERM", "")), script))
        self.tmux("set", "-g", "status", "off")
        self.tmux("set", "-g", "window-size", "manual")

    def tmux(self, *words):
        env = dict(os.environ, LC_ALL="C.UTF-8")
        env.pop("TMUX", None)
        p = subprocess.run(["tmux", "-u", "-L", self.socket] + list(words), env=env, stdout=subprocess.PIPE,
                           stderr=subprocess.PIPE)
        return p.stdout.decode("utf-8", "replace")

    def screen(self):
        return clean(self.tmux("capture-pane", "-p", "-t", "s", "-S", "-", *(["-e"] if self.styles else [])))

    def status(self):
        path = os.path.join(self.tmp, "status")
        after = os.path.join(self.tmp, "after")
        if os.path.exists(after) and open(after).read():
            return int(open(path).read())
        return None

    def settle(self, before=None, entered=False):
        """Waits until the program asks or has ended, and the screen stands still and is not BEFORE.  Once something was
        ENTERED, the prompt it was typed behind is no answer to it."""
        until = time.monotonic() + PATIENCE
        last = None
        while time.monotonic() < until:
            now = self.screen()
            lines = now.rstrip("\n").split("\n")
            asks = re.match(r"(\x1b\[[0-9;?]*[a-zA-Z])*> ?" + ("$" if entered else ""), lines[-1])
            if now == last and now != before and (asks or self.status() is not None):
                return now
            last = now
            time.sleep(0.04)
        raise Failed("the screen did not settle:\n" + (last or ""))

    def see(self, words):
        until = time.monotonic() + PATIENCE
        while words not in self.screen():
            if time.monotonic() > until:
                raise Failed("never on the screen: " + words + "\n" + self.screen())
            time.sleep(0.04)

    def close(self):
        self.tmux("kill-server")


def step_terminal(t, key, value):
    before = t.screen()
    if key == "keys":
        t.tmux("send-keys", "-t", "s", *shlex.split(value))
        t.settle(before, value.split()[-1] == "Enter")
    elif key == "type":  # keys whose effect is waited for by a `see`
        t.tmux("send-keys", "-t", "s", *shlex.split(value))
        time.sleep(0.1)
    elif key == "text":
        t.tmux("send-keys", "-t", "s", "-l", value)
        t.settle(before)
    elif key == "resize":
        columns, rows = value.split("x")
        t.tmux("resize-window", "-t", "s", "-x", columns, "-y", rows)
        time.sleep(0.3)
    elif key == "signal":
        subprocess.run(["kill", "-" + value, open(os.path.join(t.tmp, "pid")).read().strip()])
        time.sleep(0.2)
    elif key == "engine":
        pid = open(os.path.join(t.tmp, "pid")).read().strip()
        children = open("/proc/%s/task/%s/children" % (pid, pid)).read().split()
        subprocess.run(["kill", "-" + value] + children)
        time.sleep(0.2)
    elif key == "see":
        t.see(value)


def modes(path):
    """What stty says, but for the size of the window."""
    return re.sub(r"(rows|columns) \d+; ", "", open(path).read())


def run_terminal(steps, tmp):
    t = Terminal(steps, tmp)
    try:
        t.settle()
        for key, value in steps:
            step_terminal(t, key, value)
        until = time.monotonic() + PATIENCE
        wanted = value_of(steps, "exit")
        while wanted is not None and t.status() is None and time.monotonic() < until:
            time.sleep(0.04)
        screen, status = unnamed(t.screen()), t.status()
        if status is not None and modes(tmp + "/before") != modes(tmp + "/after"):
            raise Failed("the terminal is not as it was before")
        return screen, status
    finally:
        t.close()


# ---- all ------------------------------------------------------------------------------------------------------------

def run_case(path):
    head, steps, expected = read_case(path)
    with tempfile.TemporaryDirectory(prefix="rehearse-") as tmp:
        out, status = (run_terminal if path.endswith(".tty") else run_pipe)(steps, tmp)
    wanted = value_of(steps, "exit")
    if wanted is not None and str(status) != wanted:
        raise Failed("exit status %s, not %s\n%s" % (status, wanted, out))
    if BLESS and out != expected:
        with open(path, "w", encoding="utf-8") as f:
            f.write(head + "\n----\n" + out)
    elif out != expected:
        import difflib
        raise Failed("".join(difflib.unified_diff(expected.splitlines(True), out.splitlines(True), "expected", "shown")))


def main():
    names = sys.argv[1:] or sorted(n for n in os.listdir(HERE) if n.endswith((".tty", ".pipe")))
    passed = failed = 0
    for name in names:
        try:
            run_case(os.path.join(HERE, os.path.basename(name)))
            passed += 1
        except (Failed, subprocess.TimeoutExpired, OSError, UnicodeDecodeError) as e:
            failed += 1
            print("%s: %s" % (name, e), flush=True)
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
