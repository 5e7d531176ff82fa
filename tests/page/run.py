#!/usr/bin/env python3
"""Plays two short scenarios to their end, and compares the pages that are written with those of expected/.

The page of a hostile scenario must be well-formed HTML with the elements of ours and no others, and its text must come out as
it was written.  BLESS=1 rewrites expected/."""
import html.parser
import os
import re
import stat
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(ROOT, "tests"))
import home  # noqa: E402,F401
REHEARSE = os.path.join(os.path.abspath(os.environ.get("B", os.path.join(ROOT, "build"))), "rehearse")
BLESS = bool(os.environ.get("BLESS"))
FLAGS = ["--no-jail"] if os.environ.get("SANITIZED") else []
ENV = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG"))}
ENV["REHEARSE_LIBRARY"] = ROOT
ELEMENTS = set("html head meta title style body header h1 h2 h3 p b br span section blockquote div table thead tbody tr th td dl dt dd ul "
               "li svg g line circle rect polyline text footer".split())
VOID = {"meta", "br"}
passed = failed = 0


def check(what, problem):
    global passed, failed
    passed += not problem
    failed += bool(problem)
    if problem:
        print("FAILED %s\n    %s" % (what, problem))


def play(scenario, answers, page, *options):
    return subprocess.run([REHEARSE, "play", os.path.join("tests", "page", scenario), "--seed", "1", "--plain", "--page", page,
                           *options, *FLAGS], input=answers, cwd=ROOT, env=ENV, text=True, capture_output=True, timeout=60)


class Page(html.parser.HTMLParser):
    """Refuses what is not closed in its order, and whatever is not one of ours."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.problems, self.text, self.titles = [], [], "", []

    def handle_starttag(self, tag, attrs):
        if tag not in ELEMENTS:
            self.problems.append("<%s>" % tag)
        for name, value in attrs:
            if name.startswith("on") or name in ("src", "href", "style"):
                self.problems.append("%s=%s" % (name, value))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.problems.append("</%s>" % tag)

    def handle_data(self, data):
        if not self.open or self.open[-1] != "style":
            self.text += data

    def handle_comment(self, data):
        self.problems.append("a comment: " + data)


def parsed(text):
    page = Page()
    page.feed(text)
    page.close()
    return page


def fixed(text):
    """Without what hangs on the day and the speed of the machine."""
    text = re.sub(r"\b\d{4}-\d\d-\d\d\b", "DATE", text)
    return re.sub(r"less than a minute|about \d+ minutes?|不到一分钟|约 \d+ 分钟", "TIME", text)


def compare(tmp):
    for lang, kind, whole in [(lang, kind, whole) for lang in ("en", "zh-CN") for kind in ("html", "md", "txt") for whole in (False, True)]:
            name = "door%s.%s.%s" % ("-all" if whole else "", lang, kind)
            path, kept = os.path.join(tmp, name), os.path.join(HERE, "expected", name)
            if whole:  # own words first, at every decision
                p = play("door", "Which day would help?\n1\n:note ask Wednesday\n\n2\n", path, "--lang", lang, "--all", "--own-words", "all")
            else:
                p = play("door", "1\n:note ask Wednesday\n2\n", path, "--lang", lang)
            check(name + ": status", p.returncode and "%d: %s" % (p.returncode, p.stderr))
            check(name + ": told", path not in p.stdout.replace("\n", "") and p.stdout[-300:])
            got = fixed(open(path, encoding="utf-8").read())
            check(name + ": its owner's", stat.S_IMODE(os.stat(path).st_mode) != 0o600 and oct(os.stat(path).st_mode))
            if BLESS:
                with open(kept, "w", encoding="utf-8") as f:
                    f.write(got)
            check(name, got != open(kept, encoding="utf-8").read() and "differs:\n" + got)
            if kind == "html":
                page = parsed(got)
                check(name + ": well-formed", page.problems or page.open)
                check(name + ": language", '<html lang="%s">' % lang not in got and got[:80])
    check("nothing is left beside it", sorted(os.listdir(tmp)) != sorted(os.listdir(os.path.join(HERE, "expected"))) and os.listdir(tmp))


HOSTILE = ["</title><script>alert(\"title\")</script>", "'\"><svg onload=alert(3)>", "]]></style></svg>",
           "1. <script src=\"//x\"></script>", "</p><iframe src=\"javascript:alert(2)\"> [a](javascript:b) ![c](d)",
           "<!-- --> | a | table | `code` **bold** # heading &lt;", "| <td> | </table>", "<h1>Bad|</h1>", "<q> or _q_?"]


def hostile(tmp):
    path = os.path.join(tmp, "h.html")
    p = play("hostile", ":note <script>note</script>\n1\n", path)
    check("hostile: status", p.returncode and p.stderr)
    page = parsed(open(path, encoding="utf-8").read())
    check("hostile: well-formed, and ours alone", page.problems or page.open)
    for words in HOSTILE + ["<script>note</script>"]:
        check("hostile: " + words, words not in page.text and "is not on the page as it was written:\n" + page.text)
    path = os.path.join(tmp, "h.md")
    play("hostile", "1\n", path)
    text = open(path, encoding="utf-8").read()
    bare = re.sub(r"\\.", "", text)
    check("hostile: markdown", re.findall(r"<[a-z/!]|\]\(|`", bare))
    rows = [line for line in bare.splitlines() if line.startswith("|")]
    check("hostile: a table keeps its columns", [r for r in rows if r.count("|") != 4])


def middle(tmp):
    """No number without its sentence, also where nothing was lost and nothing won."""
    path = os.path.join(tmp, "middle.md")
    p = play("middle", "1\n1\n3\n", path, "--own-words", "none")
    check("middle: status", p.returncode and p.stderr)
    text = open(path, encoding="utf-8").read()
    for line in ("**Service awareness:** 3 places, 2 taken. First impression: thanking.", "- Not taken: 3. \u201cHm.\u201d"):
        check("middle: " + line, line not in text and text)


def refusals(tmp):
    p = play("door", "1\n2\n", os.path.join(tmp, "page.pdf"))
    check("another ending", p.returncode != 2 and p.stderr)
    p = play("door", "1\n2\n", os.path.join(tmp, "absent", "page.html"))
    check("no such folder", p.returncode != 74 and p.stderr)
    p = play("door", "1\n", os.path.join(tmp, "short.html"))
    check("no ending, no page", (p.returncode or os.path.exists(os.path.join(tmp, "short.html")) or "was not written" not in p.stdout)
          and p.stdout[-200:])
    page = os.path.join(tmp, "page.html")
    open(page, "w").write("older than this")
    play("door", "1\n2\n", page)
    check("what was there is replaced", "older than this" in open(page).read() and "it was not")


os.makedirs(os.path.join(HERE, "expected"), exist_ok=True)
for part in (compare, hostile, middle, refusals):
    with tempfile.TemporaryDirectory(prefix="rehearse-") as folder:
        part(folder)
print("%d passed, %d failed" % (passed, failed))
sys.exit(failed > 0)
