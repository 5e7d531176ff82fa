"""The power gone, or the disk full, at any write: no choice that was shown is lost, and none is there that was not made.

A play of twenty choices is ended at every k-th write; what its trainee saw is held against what is kept, and what is kept
against a play that nothing befell.  Alone, and with another program that writes to the same records at the same time."""
import os
import signal
import sqlite3
import subprocess
import tempfile

from world import ENV, REHEARSE, SANITIZED, Folder, check, replayed, shim, story, undated

LINES = "1\n2\n" * 10
POINTS, POINTS_LEAST = (25, 20) if SANITIZED else (75, 70)


def long_scenario(folder):
    """Twenty decisions one after another."""
    os.makedirs(folder)
    scenes = "".join("""<scene id="s%d"><line who="lin">Line %d.</line><decision id="d%d" who="you">
      <option id="a" move="listen:clarify" points="1" next="%s"><says>Answer a to %d.</says><reaction>Heard a%d.</reaction><because>It asks what was meant there.</because></option>
      <option id="b" move="listen:defend" points="-1" next="%s"><says>Answer b to %d.</says><reaction>Heard b%d.</reaction><because>It explains one's own side there.</because></option>
      </decision></scene>""" % (i, i, i, n, i, i, n, i, i)
        for i in range(20) for n in ["s%d" % (i + 1) if i < 19 else "done"])
    text = open("tests/run/forms/scenario.xml", encoding="utf-8").read()
    head = text[:text.index('<gauge')].replace('id="small"', 'id="long"')
    open(folder + "/scenario.xml", "w", encoding="utf-8").write(
        head + scenes + '<ending id="done" title="Done" outcome="agreed"><line who="lin">Good.</line></ending></scenario>')


class Count:
    """What went wrong, point by point."""

    def __init__(self, wanted):
        self.wanted, self.points = wanted, 0
        self.lost, self.invented, self.broken = [], [], []

    def held(self, k, f, played, who="a"):
        """Holds what WHO saw, PLAYED or a number of choices, against what is kept; how many choices that is."""
        shown = played if isinstance(played, int) else played.count("Heard ")
        told = replayed(["--as", who], {"env": {**ENV, "REHEARSE_STORE": f.where}}) if os.path.exists(f.file) else None
        if told is None:
            if shown:
                self.broken.append((k, "no store"))
            return 0
        if not isinstance(played, int) and not told.startswith(story(played.split("There is no room left")[0])[:len(told)]):
            self.invented.append((k, told, played))
        try:
            there = undated([row[0] for row in f.ask("SELECT body FROM events e JOIN sessions s ON s.id = e.session JOIN trainees t ON"
                                                     " t.id = s.trainee WHERE t.name = ? ORDER BY e.session, e.n", who)])
            sound = f.ask("PRAGMA integrity_check") == [("ok",)]
        except sqlite3.Error as e:
            there, sound = [], shown == 0 or str(e)
        kept = sum('"e":"chose"' in e for e in there)
        if kept < shown:
            self.lost.append((k, shown, kept))
        if there != self.wanted[:len(there)]:
            self.invented.append((k, there[-1:]))
        if sound is not True:
            self.broken.append((k, sound))
        return kept

    def goes_on(self, k, f, kept, who="a"):
        """To the very same end."""
        rest = "".join(l + "\n" for l in LINES.split("\n")[kept:20])
        p = f.run("resume", "--as", who, lines=rest)
        if kept == 20 and p.returncode == 66:
            return  # it had ended
        if self.held(k, f, 20, who) != 20:
            self.broken.append((k, "does not go on", p.stdout[-300:] + p.stderr))

    def tell(self, what, writes):
        check("%s at %d of %d writes: no choice shown is lost" % (what, self.points, writes), not self.lost and self.points >= POINTS_LEAST, self.lost)
        check("%s: none is invented" % what, not self.invented, self.invented)
        check("%s: the store is whole, and it goes on" % what, not self.broken, self.broken)


def died(p, last):
    """As when the power goes: SIGKILL before the write.  The LAST one may come when all is said."""
    return p.returncode == -signal.SIGKILL or last


def told(p, last):
    """No room from that write on: the play ends there and says so, unless all that is left is tidying up."""
    return p.returncode == 74 and "no room left" in p.stdout + p.stderr or p.returncode == 0 and p.stdout.count("Heard ") == 20


def alone(play, wanted, writes, env):
    for what, variable, ended in (("killed", "SHIM_KILL", died), ("no room", "SHIM_FULL", told)):
        c = Count(wanted)
        for k in range(1, writes + 1, max(1, writes // POINTS)):
            c.points += 1
            with Folder() as f:
                p = f.run(*play, "--as", "a", lines=LINES, env={**env, variable: str(k)})
                if not ended(p, k == writes):
                    c.broken.append((k, p.returncode, p.stdout[-300:] + p.stderr))
                kept = c.held(k, f, p.stdout)
                if kept and c.points % 5 == 0:
                    c.goes_on(k, f, kept)
        c.tell(what, writes)


def two_writers(play, wanted, writes, env):
    """One is killed while another goes on: the other is not troubled.  At every third point both are killed."""
    c = Count(wanted)

    def start(f, who, kill):
        more = ["--plain"] + (["--no-jail"] if SANITIZED else [])
        env_of = {**ENV, "REHEARSE_STORE": f.where, **env, **({"SHIM_KILL": str(kill)} if kill else {})}
        with open(f.path + "/lines") as lines:
            return subprocess.Popen([REHEARSE, *play, "--lang", "en", "--as", who, *more], stdin=lines, stdout=subprocess.PIPE,
                                    stderr=subprocess.DEVNULL, text=True, env=env_of)
    for k in range(1, writes + 1, max(1, writes // POINTS)):
        c.points += 1
        with Folder() as f:
            both = c.points % 3 == 0
            open(f.path + "/lines", "w").write(LINES)
            a, b = start(f, "a", k), start(f, "b", writes - k + 1 if both else 0)
            seen = [p.communicate()[0] for p in (a, b)]
            if not both and (b.returncode != 0 or seen[1].count("Heard ") != 20):
                c.broken.append((k, "the other", b.returncode, seen))
            for who, played in zip("ab", seen):
                kept = c.held(k, f, played, who)
                if kept and kept < 20 and c.points % 5 == 0:
                    c.goes_on(k, f, kept, who)
    c.tell("two writers, killed", writes)


def run():
    env = shim()
    with tempfile.TemporaryDirectory(prefix="rehearse-long-") as place:
        long_scenario(place + "/long")
        play = ("play", place + "/long", "--seed", "3")
        with Folder() as f:
            count = f.path + "/count"
            whole = f.run(*play, "--as", "a", lines=LINES, env=dict(env, SHIM_COUNT=count))
            wanted, writes = undated(f.events()), int(open(count).read())
        choices = sum('"e":"chose"' in e for e in wanted)
        check("twenty choices, many writes", choices == 20 and writes >= POINTS_LEAST, (whole.stdout[-500:], whole.stderr, writes))
        for part in (alone, two_writers):
            part(play, wanted, writes, env)
