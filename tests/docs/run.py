#!/usr/bin/env python3
"""What the documentation shows is true: the library's example compiles and runs, every command and option that a page
names exists, pages link to pages that are there, and the README stays short."""
import glob
import os
import re
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.path.abspath(os.environ["B"])
REHEARSE = BUILD + "/rehearse"
os.chdir(ROOT)
passed = failed = 0


def check(what, problems):
    global passed, failed
    if problems:
        failed += 1
        print("FAILED %s\n    %s" % (what, "\n    ".join(problems[:20])))
    else:
        passed += 1


def pages():
    return ["README.md"] + sorted(glob.glob("docs/**/*.md", recursive=True))


def example():
    source = open("docs/example.c", encoding="utf-8").read()
    flags = re.search(r"cc (.*) \*/", source).group(1).split()
    flags = [BUILD + f[5:] if f.startswith("build/") else f for f in flags]
    with tempfile.TemporaryDirectory() as out:
        extra = ["-fsanitize=address,undefined"] if os.environ.get("SANITIZED") else []
        extra += ["--coverage"] if BUILD.endswith("-cover") else []
        built = subprocess.run(["cc", *flags, *extra, "-Wall", "-Wextra", "-Werror", "-o", out + "/example"], text=True,
                               capture_output=True)
        check("docs/example.c compiles", [built.stderr] if built.returncode else [])
        if built.returncode == 0:
            p = subprocess.run([out + "/example"], text=True, capture_output=True, timeout=60)
            check("docs/example.c plays to an end", [] if p.stdout.startswith("The end: ") else [p.stdout + p.stderr])


def help_of(command):
    p = subprocess.run([REHEARSE, *([command] if command else []), "--help"], text=True, capture_output=True,
                       env=dict(os.environ, LC_ALL="C.UTF-8", LANGUAGE="", COLUMNS="200"))
    return p.stdout if p.returncode == 0 else ""


def commands():
    known = {}
    problems = []
    for page in pages():
        for n, line in enumerate(open(page, encoding="utf-8"), 1):
            for command, rest in re.findall(r"(?:^|[`$|]\s*)\s*rehearse ([a-z]+)\b([^`|]*)", line):
                if command not in known:
                    known[command] = help_of(command)
                if not known[command]:
                    problems.append("%s:%d: no command %s" % (page, n, command))
                    continue
                for option in re.findall(r"(--[a-z][a-z-]*)", rest):
                    if option not in known[command]:
                        problems.append("%s:%d: rehearse %s has no %s" % (page, n, command, option))
    check("every command and option shown exists", problems)


def targets():
    made = set(re.findall(r"^([a-z][a-z -]*):", open("Makefile", encoding="utf-8").read(), re.M))
    made = {t for group in made for t in group.split()}
    problems = ["%s: make %s" % (page, t) for page in pages()
                for t in re.findall(r"(?:^|`)\s*make ([a-z]+)", open(page, encoding="utf-8").read(), re.M) if t not in made]
    check("every make target shown exists", problems)


SCENARIO = """<scenario xmlns="urn:rehearse:scenario:1" id="page" version="1" xml:lang="en">
<info><title>A page</title><summary>What a page shows.</summary><objective>To be right.</objective><focus competency="listening"/></info>
<rubric use="internal-service"/>
<cast><role id="you" playable="yes"><name>Wei</name></role><role id="lin"><name>Lin</name></role></cast>
<gauge id="trust" label="Trust" from="0" to="10" start="4"/>
<scene id="opening">
%s
<goto next="the-door"/></scene>
<scene id="the-door"><goto next="better" when="trust >= 5"/><goto next="worse"/></scene>
<ending id="better" title="Better" outcome="agreed"/><ending id="worse" title="Worse" outcome="worse"/>
</scenario>
"""


def fragments():
    """What the facilitators' pages show of the format is taken by the checker as it stands; a … stands for more of the same."""
    problems, n = [], 0
    for page in ("docs/facilitators.md", "docs/facilitators.zh-CN.md"):
        for block in re.findall(r"(?:^    .*\n)+", open(page, encoding="utf-8").read(), re.M):
            if not block.startswith("    <"):
                continue
            n += 1
            block = block.replace(">…</slot>", '><part id="cost" move="fb:impact">It cost a night.</part></slot>')
            block = re.sub(r"^ *…$", "", block, flags=re.M)
            with tempfile.TemporaryDirectory() as out:
                open(out + "/scenario.xml", "w", encoding="utf-8").write(SCENARIO % block)
                p = subprocess.run([REHEARSE, "check", out, "--lang", "en"], text=True, capture_output=True,
                                   env=dict(os.environ, REHEARSE_LIBRARY=ROOT))
                problems += ["%s: %s" % (page, line) for line in p.stdout.splitlines() if " error: " in line]
    check("what is shown of the format is right", problems or ["%d of 8 found" % n] * (n != 8))


def links():
    problems = []
    for page in pages():
        for target in re.findall(r"\]\(([^)#\s]+)", open(page, encoding="utf-8").read()):
            if "://" not in target and not os.path.exists(os.path.join(os.path.dirname(page), target)):
                problems.append("%s: %s" % (page, target))
    check("every link leads somewhere", problems)


def readme():
    text = open("README.md", encoding="utf-8").read()
    problems = [] if text.count("\n") < 150 else ["README.md has %d lines" % text.count("\n")]
    problems += ["README.md does not name %s" % c for c in ("make play", "make check") if c not in text]
    check("the README is short and names the two commands", problems)


example()
commands()
targets()
fragments()
links()
readme()
print("%d passed, %d failed" % (passed, failed))
sys.exit(failed > 0)
