"""Every conversation, replayed, shows the bytes that were shown when it was played."""
import glob
import random
import time

from resuming import PLAYS
from world import SANITIZED, Folder, Typist, check


def body(text):
    """Without the first sentence, which says where it is kept, or when it was played."""
    return text.split("\n\n", 1)[1]


def same(what, f, *more):
    played = more[0]
    p = f.run("replay")
    told = body(p.stdout) if p.returncode == 0 else ""
    end = told.removesuffix("Here it stopped.\n").removesuffix("到这里停下了。\n")
    check(what, p.returncode == 0 and len(end) > 200 and body(played).startswith(end), p.stdout + p.stderr + "\n---- played\n" + played)
    return end


def scenarios():
    for scenario, lines in PLAYS:
        lines = lines.replace("1\n:back\n2\n1\n\n", "2\n1\n\n")  # a message begun and begun again is one message
        with Folder() as f:
            p = f.run("play", scenario, "--seed", "7", lines=lines)
            same("replayed: %s" % scenario, f, p.stdout)
    with Folder() as f:
        p = f.run("play", "tests/run/clock", "--seed", "7", lines="1\n1\n")
        same("replayed: one with a clock", f, p.stdout)


def whole_library():
    """Random plays of every scenario there is, in both languages and modes, from every chair."""
    dice = random.Random(7)
    paths = sorted(glob.glob("scenarios/*/scenario.xml"))
    for path in paths[::3] if SANITIZED else paths:
        scenario = path[:-len("/scenario.xml")]
        for lang, mode in (("en", "practice"), ("zh-CN", "check-in")):
            with Folder() as f:
                lines = "".join("%d\n" % dice.randint(1, 3) for _ in range(60))
                p = f.run("play", scenario, "--seed", str(dice.randint(1, 999)), "--mode", mode, lines=lines, lang=lang)
                wrong = ("There are answers 1 to" in p.stdout) or ("这里的答案" in p.stdout) or "Type a number" in p.stdout or "输入" in p.stdout
                if wrong:  # a number that was none: nothing of it is kept, nor should it be
                    p = f.run("play", scenario, "--seed", "5", "--mode", mode, lines="1\n" * 60, lang=lang)
                same("replayed: %s, %s, %s" % (scenario, lang, mode), f, p.stdout)


def at_reading_speed():
    with Folder() as f:
        f.run("play", "tests/tty/tea", "--seed", "1", lines="1\n")
        with Typist(f, "replay", lang=None) as t:
            began = time.monotonic()
            t.until("Somebody has put up a note", 20)
            t.key(b"\n")
            check("time to read", t.text.find("1. (putting") < 0, t.text)
            while "Here it stopped" not in t.text and time.monotonic() - began < 60:
                t.key(b"\n")  # impatient
                t.read(200)
            took = time.monotonic() - began
            check("Enter goes on", "Here it stopped" in t.text and t.end() == 0 and took > 0.3, (took, t.status, t.text))
        with Typist(f, "replay", "--step", lang=None) as t:
            t.until("3. (Say nothing")
            t.read(700)
            check("step by step", "> 1" not in t.text, t.text)
            t.key(b"\n")
            t.until("Here it stopped.")
            check("to its end", t.end() == 0)
        with Typist(f, "replay", lang=None) as t:
            t.until("Somebody has put up")
            t.key(b"\x03")
            check("Ctrl-C leaves", t.end() == 130, t.text)


def run():
    scenarios()
    whole_library()
    at_reading_speed()
