"""docs/workshops.md takes somebody who has never seen a terminal to the first vote: its table, key by key, on the real wall."""
import os
import re
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
DOCS = os.path.join(os.path.dirname(os.path.dirname(HERE)), "docs")
PAGES = [("workshops.md", "en", "The wall shows"), ("workshops.zh-CN.md", "zh-CN", "墙上出现")]
KEYS = {"Space": "Space", "Enter": "Enter", "空格": "Space", "回车": "Enter"}


def rows(page, heading):
    """(keys, words) of each row of the table whose second column is called HEADING."""
    inside = False
    for line in open(os.path.join(DOCS, page), encoding="utf-8"):
        cells = [c.strip() for c in line.strip().strip("|").split("|")]
        if len(cells) > 1 and cells[1] == heading:
            inside = True
        elif inside and not line.startswith("|"):
            return
        elif inside and not cells[0].startswith("---"):
            yield re.findall(r"`([^`]+)`", cells[0]), re.findall(r"`([^`]+)`", cells[1])[0]


def run(wall_class, failed, job):
    page, lang, heading = job
    with tempfile.TemporaryDirectory(prefix="rehearse-") as tmp:
        t = wall_class([("scenario", "late-handover"), ("args", "--minutes 45")], "80x24", lang, tmp)
        try:
            t.still(empty=False)
            n = 0
            for keys, words in rows(page, heading):
                for key in keys:
                    before = t.screen()
                    t.tmux("send-keys", "-t", "s", *([KEYS[key]] if key in KEYS else ["-l", key]))
                    t.still(before)
                t.see(words)
                n += 1
            if n < 15:
                raise failed("%s shows the way in %d rows" % (page, n))
        except (failed, OSError, KeyError) as e:
            return "docs/%s: %s" % (page, e)
        finally:
            t.close()
    return None
