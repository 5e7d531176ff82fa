"""Power is lost at any moment of a vote: `rehearse workshop --resume` shows a wall that was seen on the way, and goes on.

One walk through a decision with two rounds is taken slowly, and every wall kept.  Then the same keys are typed as fast as
they go, the program is killed after some of them, and what stands there when it is taken up again must be one of those
walls, no further than the keys had come; the rest of the keys from there must lead to where the walk led."""
import random
import subprocess
import tempfile
import time

BEFORE = ["-l c31", "Enter", "-l s", "-l s", "-l s", "-l s", "-l s", "Space", "Space", "Space"]
VOTE = ["Space", "-l h", "-l a17", "-l  b9 c4", "Enter", "Space", "Space", "-l h", "-l a9 b17 c4", "Enter", "Space", "Space", "Space"]
SEEDS = 12


def press(t, key):
    words = ["-l", key[3:]] if key.startswith("-l ") else [key]
    t.tmux("send-keys", "-t", "s", *words)


def walk(t, keys):
    walls = [t.still(empty=False)]
    for key in keys:
        press(t, key)
        walls.append(t.still(walls[-1]))
    return walls


def bare(wall):
    """Without the field that somebody types in, and without remarks: they are not kept."""
    return "\n".join(wall.rstrip("\n").split("\n")[:22]).rstrip()


def lost(wall_class, failed, seed, walls):
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="rehearse-") as tmp:
        t = wall_class([], "80x24", "en", tmp)
        try:
            walk(t, BEFORE)
            typed = chance.randrange(1, len(VOTE) + 1)
            for key in VOTE[:typed]:
                press(t, key)
                time.sleep(chance.random() * 0.03)
            t.again("KILL")
            shown = bare(t.still(empty=False))
            known = [bare(w) for w in walls]
            if shown not in known[:typed + 1]:
                raise failed("seed %d, after %d keys, a wall nobody had seen:\n%s" % (seed, typed, shown))
            # The first of them that look so: hands may have been counted or not, and are typed once more.
            at = known.index(shown)
            end = bare(walk(t, VOTE[at:])[-1])
            if end != known[-1]:
                raise failed("seed %d, after %d keys and again from key %d it ends elsewhere:\n%s" % (seed, typed, at, end))
        finally:
            t.close()


def checks(wall_class, failed):
    """A function of a seed, which says what went wrong or None."""
    with tempfile.TemporaryDirectory(prefix="rehearse-") as tmp:
        t = wall_class([], "80x24", "en", tmp)
        try:
            walk(t, BEFORE)
            walls = walk(t, VOTE)
        finally:
            t.close()

    def one(seed):
        try:
            lost(wall_class, failed, seed, walls)
        except (failed, subprocess.TimeoutExpired, OSError) as e:
            return "power: %s" % e
        return None
    return one
