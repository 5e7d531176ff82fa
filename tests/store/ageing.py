"""Records that an earlier version wrote, kept here as it left them: read, gone on with, shown as they were played.

old/version-N.sqlite is a store of schema N; old/version-N.replay is what its first conversation shows."""
import glob
import os
import shutil

from world import Folder, check


def run():
    for path in sorted(glob.glob("tests/store/old/version-*.sqlite")):
        what = os.path.basename(path)
        with Folder() as f:
            os.mkdir(f.where, 0o700)
            shutil.copy(path, f.file)
            p = f.run("replay", "aged01", "--as", "Wei")
            check(what + ": shown as it was played", p.returncode == 0 and p.stdout.split("\n\n", 1)[1] ==
                  open(path.replace(".sqlite", ".replay"), encoding="utf-8").read(), p.stdout + p.stderr)
            p = f.run("debrief", "aged01", "--as", "Wei")
            check(what + ": looked back on", p.returncode == 0 and "A day first." in p.stdout or "What was seen" in p.stdout, p.stdout + p.stderr)
            p = f.run("resume", "--as", "Wei", lines="1\n\n")
            check(what + ": gone on with, in the middle of a message", p.returncode == 0 and "Part 2 of 2" in p.stdout and
                  "rehearse resume" not in p.stdout, p.stdout + p.stderr)
            check(what + ": and whole", f.ask("PRAGMA integrity_check") == [("ok",)])
