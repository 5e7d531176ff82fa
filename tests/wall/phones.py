"""Phones beside the wall: they join, vote, survive a lost power and a dead engine, write at the end; one of them steers.

The program is the real one, on a terminal of its own; phones are browsers without scripts (tests/web/room.py).  Each check is
a function of a wall and its phones' room."""
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "web"))
import room as web  # noqa: E402

PATIENCE = 20
TO_VOTE = ["-l s", "-l s", "-l s", "-l s", "-l s", "Space", "Space", "Space", "Space"]  # the lobby to the first vote


class Wrong(Exception):
    pass


class Host:
    """Where phones find the room."""

    def __init__(self):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.host, self.port = "127.0.0.1", s.getsockname()[1]
        self.address = "127.0.0.1:%d" % self.port


def until(what, true):
    end = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > end:
            raise Wrong(what() if callable(what) else what)
        time.sleep(0.05)


def press(t, *keys):
    for key in keys:
        before = t.screen()
        t.at.tmux("send-keys", "-t", "s", *(["-l", key[3:]] if key.startswith("-l ") else [key]))
        t.still(before)


def has(t, words):
    until(lambda: "%r is not on the wall:\n%s" % (words, t.screen()), lambda: words in t.screen())


def joined(host, n, **more):
    phones = [web.Phone(host, **more) for _ in range(n)]
    for p in phones:
        p.join()
    return phones


def round_of(phone):
    """The round that the phone may vote in now."""
    found = []

    def look():
        phone.look()
        found[:] = re.findall(r'name="r" value="(\d+)"', phone.page)
        return found
    until(lambda: "no vote is open:\n" + phone.page, look)
    return int(found[0])


def vote(phones, *options):
    """Each phone its option, from 1; 0: none."""
    for p, option in zip(phones, options):
        if option:
            n = round_of(p)
            a = p.vote(n, option)
            if a.status != 303 or p.chosen() != option:
                raise Wrong("a vote was not taken: %d" % a.status)


# ---- checks ---------------------------------------------------------------------------------------------------------

def beside_hands(t, host):
    """Phones join and are counted, vote beside hands, change and take back; the reveal shows all; what they wrote is kept."""
    has(t, host.address)
    phones = joined(host, 4)
    has(t, "4 people in the room")
    press(t, "Space")
    vote(phones, 1, 1, 2, 2)
    has(t, "4 of 4 have answered")
    vote(phones[:1], 2)
    has(t, "4 of 4 have answered")
    press(t, "-l c9", "Enter", *["-l s"] * 4)
    if "We are Wei" not in phones[0].look().body:
        raise Wrong("the phone does not say what stands on the wall: " + phones[0].page)
    press(t, "Space", "Space", "Space", "Space")
    vote(phones, 1, 1, 2, 3)
    phones[3].vote(round_of(phones[3]), 0)
    has(t, "3 of 9 have answered")
    press(t, "-l h", "-l a1 b4", "Enter")
    has(t, "8 of 9 have answered")
    if any(p.look() and re.search(r"\d vote", p.page) for p in phones):
        raise Wrong("a phone knows how others voted before all do")
    late = phones[0].page
    press(t, "Space")
    if phones[0].ask("POST", "/vote", "t=%s&r=%s&o=3" % (phones[0].token(), re.search(r'name="r" value="(\d+)"', late).group(1))).status != 409:
        raise Wrong("a vote was taken after the vote was closed")
    press(t, "Space")
    vote(phones, 2, 2, 2, 2)
    press(t, "-l h", "-l a1 b4", "Enter", "Space", "Space", "Space")
    page = phones[1].look().body
    for words in ("This was said.", "first:", "second:", "your vote", "8 votes"):
        if words not in page:
            raise Wrong("%r is not in what the phone shows of the result: %s" % (words, page))
    press(t, "-l q", "-l q")
    said = t.after("rehearse minutes {tmp}/m.csv --lang en && cat {tmp}/m.csv")
    if '"2","first/clarify"' not in said or '"8","1","1","5","9","votes"' not in said:
        raise Wrong("the record does not say eight votes, five of them by hand:\n" + said)


def power(t, host):
    """Killed in the middle of a vote: every phone is who it was, with the vote it gave, and none counts twice."""
    phones = joined(host, 5)
    press(t, *TO_VOTE)
    vote(phones, 1, 2, 2, 3, 0)
    n = round_of(phones[0])
    t.again("KILL")
    has(t, "4 of 5 have answered")
    if [p.chosen() for p in phones] != [1, 2, 2, 3, 0] or round_of(phones[0]) != n:
        raise Wrong("phones are not who they were: %s" % [p.chosen() for p in phones])
    vote(phones[4:], 1)
    vote(phones[:1], 3)
    has(t, "5 of 5 have answered")
    new = joined(host, 1)
    vote(new, 1)
    has(t, "6 of 6 have answered")
    press(t, "Space")
    t.again("KILL")
    press(t, "Space")
    vote(phones, 2, 2, 2, 2, 2)
    has(t, "5 of 6 have answered")


def moved(t, host):
    """The laptop comes back at another address: browsers join anew there, and what was open counts each person once."""
    phones = joined(host, 3)
    press(t, *TO_VOTE)
    vote(phones, 1, 2, 2)
    has(t, "3 of 3 have answered")
    host.host = "127.0.0.2"
    host.address = "127.0.0.2:%d" % host.port
    t.again("KILL", "--phones --address 127.0.0.2")
    has(t, "Vote")
    phones = joined(host, 2)
    vote(phones, 3, 3)
    has(t, "2 of 2 have answered")


def engine(t, host):
    """The engine dies while phones vote: they notice nothing, and their vote is what is said."""
    phones = joined(host, 5)
    press(t, *TO_VOTE)
    vote(phones, 1, 1, 0, 0, 0)
    pid = open(os.path.join(t.tmp, "pid")).read().strip()
    child = subprocess.run(["pgrep", "-P", pid], stdout=subprocess.PIPE, text=True).stdout.split()
    for c in child:
        os.kill(int(c), signal.SIGKILL)
    vote(phones[2:], 1, 2, 2)
    has(t, "5 of 5 have answered")
    press(t, "Space", "Space")
    vote(phones, 1, 1, 1, 1, 1)
    press(t, "Space")
    has(t, "We")


def off_and_on(t, host):
    """The network goes: one key, and hands go on; another, and phones are back as who they were."""
    phones = joined(host, 3)
    press(t, *TO_VOTE)
    vote(phones, 1, 2, 0)
    press(t, "-l o")
    if host.address in t.screen():
        raise Wrong("the address stands there although phones are off:\n" + t.screen())
    try:
        web.connect(host, patience=1).close()
        raise Wrong("the server still listens")
    except OSError:
        pass
    press(t, "-l h", "-l a1 b4", "Enter")
    has(t, "7")
    press(t, "-l o")
    has(t, host.address)
    if [p.chosen() for p in phones] != [1, 2, 0]:
        raise Wrong("phones are not who they were")


def locked(t, host):
    """A disk that takes nothing: the phone is told so and its vote does not count; once the disk does, it does."""
    phone = joined(host, 1)[0]
    press(t, *TO_VOTE)
    n = round_of(phone)
    db = sqlite3.connect(t.tmp + "/data/rehearse/records.sqlite", isolation_level=None)
    db.execute("BEGIN EXCLUSIVE")
    a = phone.vote(n, 2)
    if a.status != 503 or "0 of 1 have answered" not in t.screen() and "could not be kept" not in t.screen():
        raise Wrong("a vote that was not kept: %d\n%s" % (a.status, t.screen()))
    db.execute("ROLLBACK")
    db.close()
    if phone.chosen() or phone.vote(n, 3).status != 303:
        raise Wrong("the vote is not taken once it can be kept")
    has(t, "1 of 1 have answered")
    t.again("KILL")
    if phone.chosen() != 3:
        raise Wrong("what the phone was told is not what was kept")


def names(t, host):
    """Where names are asked for, each is given once, and is known again after an accident."""
    phones = joined(host, 2)
    first, second = phones
    first.send("/name", "n=Ana")
    if second.send("/name", "n=ana").status != 409:
        raise Wrong("one name, two people")
    second.send("/name", "n=%3Cb%3EBo")
    has(t, "2 people in the room")
    t.again("KILL")
    has(t, "2 people in the room")
    if "What shall we call you" in first.look().body:
        raise Wrong("the name is forgotten")
    third = joined(host, 1)[0]
    if third.send("/name", "n=ANA").status != 409:
        raise Wrong("a name that is taken was given away after an accident")
    if "<b>" in t.screen() or "Bo" in t.screen():
        raise Wrong("what a phone sent stands on the wall")
    fox, bear = joined(host, 2)
    if fox.send("/name", "n=%F0%9F%A6%8A").status != 303 or bear.send("/name", "n=%F0%9F%90%BB").status != 303:
        raise Wrong("two signs that are no letters pass for one")


def to_the_end(t):
    """The facilitator plays it alone, from the lobby to the form at the end."""
    press(t, *["-l s"] * 5, *["Space"] * 3)
    for _ in range(80):
        s = t.screen()
        if "What did we do well" in s:
            return
        if "Which letter?" in s:
            press(t, "-l a", "Enter")
        else:
            press(t, "-l s" if "The ending" not in s and "Looking back" not in s and "Back" not in s[:90] else "Space")


def writing(t, host):
    """The form at the end, and the page to take home; what was written is on no wall, and with the facilitator."""
    phones = joined(host, 2)
    to_the_end(t)
    page = phones[0].look().body
    if "What did we do well?" not in page:
        raise Wrong("the phone asks nothing: " + page)
    if phones[0].send("/say", "i-.plus=We%20waited.&i-.delta=%3Cscript%3E&i-use=4").status != 303:
        raise Wrong("what was written was not taken")
    if "Sent." not in phones[0].look().body:
        raise Wrong("the phone does not say that it was sent")
    notes = t.door("notes")
    if "+ We waited." not in notes or "&gt;" in notes:
        raise Wrong("the facilitator does not see what was written: " + notes)
    has(t, "What did we do well")
    t.again("KILL")
    page = phones[0].look().body
    if "Sent." not in page or "We waited." not in page or 'value="4" checked' not in page:
        raise Wrong("what was written is not there after an accident: " + page)
    press(t, "-l s")
    page = phones[1].look().body
    for words in ("To take home", "What we said", "How it ended", "What the other side knew"):
        if words not in page:
            raise Wrong("%r is not in the page to take home: %s" % (words, page))
    if phones[1].ask("GET", "/keep").status != 200:
        raise Wrong("the page cannot be kept")
    if "We waited" in t.screen() or "script" in t.screen():
        raise Wrong("what a phone wrote stands on the wall")
    press(t, "Space", "-l q")
    told = t.after("rehearse export --output {tmp}/all.jsonl && grep -c '\"phones\"' {tmp}/all.jsonl; grep -oE 'secret|We waited|.script.' {tmp}/all.jsonl | head -1;"
                   " rehearse export --format csv --table surveys")
    if "secret" in told or "We waited" in told or "script" in told:
        raise Wrong("the secret of the phones, or their words, leave with an export: " + told)
    if not re.search(r'"use".*"4"', told):
        raise Wrong("an answer by phone is not in the export: " + told)


def passed_on(t, host):
    """A sentence that is passed on without a name leads to none in the records either."""
    phone = joined(host, 1)[0]
    phone.send("/name", "n=Ana")
    to_the_end(t)
    press(t, "-l s")
    for words in ("I%20ask%20first.", "I%20ask%20once."):
        phone.look()
        if phone.send("/sentence", "pass=1&w=" + words).status != 303:
            raise Wrong("the sentence was not taken")
    press(t, "Space", "-l q")
    db = sqlite3.connect(t.tmp + "/data/rehearse/records.sqlite")
    rows = db.execute("SELECT w.words, v.nick FROM words w LEFT JOIN voters v ON v.session = w.session AND v.voter = w.voter").fetchall()
    db.close()
    if rows != [("I ask once.", None)]:
        raise Wrong("what was passed on is kept as %s" % rows)


def one_address(t, host):
    """So many from one address, and no more; who is in stays in."""
    inside = ["Join in from this phone" not in p.look().body for p in joined(host, 3)]
    if inside != [True, True, False]:
        raise Wrong("who is in: %s" % inside)
    has(t, "2 people in the room")


def own_phone(t, host):
    """A phone that has shown the facilitator's code sees the notes and presses keys; no other does, and no wall has the code."""
    own, guest = web.Phone(host), joined(host, 1)[0]
    url = [line for line in t.door("phones").split("\n") if line.startswith("HTTP://")][0]
    code = url[url.index("/F/"):]
    if code[3:] in t.screen():
        raise Wrong("the code stands on the wall")
    if own.ask("GET", "/F/WRONG").status != 404 or "name=\"code\"" not in own.look("/f").body:
        raise Wrong("a wrong code opened the desk")
    if own.ask("GET", code).status != 303:
        raise Wrong("the code does not open the desk")
    page = own.look("/f").body
    if "What remains" not in page:
        raise Wrong("no plan on the facilitator's phone: " + page)
    before = t.screen()
    own.send("/f/key", "k=32")
    until("the phone's key did nothing", lambda: t.screen() != before)
    has(t, "Warm-up")
    own.look("/f")
    own.send("/f/key", "k=%d&w=a3+b2" % ord("h"))
    has(t, "5")
    before = t.screen()
    if guest.send("/f/key", "k=32").status != 403 or t.screen() != before:
        raise Wrong("a guest pressed a key")
    t.again("KILL")
    if "What remains" not in own.look("/f").body:
        raise Wrong("the facilitator's phone is a stranger after an accident")
    press(t, "-l o", "-l o")
    own.look("/f")
    if own.send("/f/key", "k=32").status != 403:
        raise Wrong("an old code still opens the desk")


CHECKS = [(beside_hands, ""), (power, ""), (moved, ""), (engine, ""), (off_and_on, ""), (locked, ""), (names, "--identity nick"), (writing, ""), (passed_on, "--identity nick"), (own_phone, ""), (one_address, "--joins 2")]


def run(wall_class, failed, check):
    function, more = check
    host = Host()
    with tempfile.TemporaryDirectory(prefix="rehearse-") as tmp:
        args = "--phones --address %s --port %d %s" % (host.host, host.port, more)
        t = wall_class([("args", args)], "80x24", "en", tmp)
        try:
            t.still(empty=False)
            function(t, host)
        except (Wrong, failed, AttributeError, IndexError, ValueError, subprocess.TimeoutExpired, OSError) as e:
            return "phones, %s: %s: %s" % (function.__name__, type(e).__name__, e)
        finally:
            t.close()
    return None
