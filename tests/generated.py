#!/usr/bin/env python3
"""The files that are written from tables in the code: the schema for editors, the reference of elements in docs/format.md, and
the functions of scripts in docs/lua-api.md, which the engine writes, asked over the protocol; and the pages of the manual in
docs/man, which `rehearse manual` writes.

Without arguments it says which are stale; with --write it brings them up to date (make docs)."""
import json
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BEGIN, END = "<!-- from engine/scenario/table.c, by make docs: -->\n", "<!-- end -->\n"


def ask(build, what):
    """The bytes that the engine answers a request without arguments with."""
    p = subprocess.run([os.path.join(os.path.abspath(build), "rehearse-engine")], capture_output=True, check=True,
                       input=json.dumps({"do": what}).encode() + b"\n")
    line, _, rest = p.stdout.partition(b"\n")
    answer = json.loads(line)
    if not answer.get("done") or answer["bytes"] != len(rest):
        raise SystemExit("the engine does not answer %s: %s" % (what, line.decode()))
    return rest.decode("utf-8")


def read(path):
    try:
        with open(path, encoding="utf-8") as f:
            return f.read()
    except FileNotFoundError:
        return ""


def files(build):
    """(path, what it holds, what it should hold) of each."""
    schema = ROOT + "/scenarios/schema/rehearse-1.rng"
    yield schema, read(schema), ask(build, "schema")
    lua = ROOT + "/docs/lua-api.md"
    yield lua, read(lua), ask(build, "lua-doc")
    form = ROOT + "/docs/format.md"
    text = read(form)
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    yield from manual(build)
    yield form, text, before + BEGIN + ask(build, "format-doc") + END + after if begin and end else "no marks to write between"


def manual(build):
    """The pages of the manual, written from the commands' entries, in both languages."""
    rehearse = os.path.join(os.path.abspath(build), "rehearse")
    names = [""] + subprocess.run([rehearse, "manual", "--names"], capture_output=True, check=True, text=True).stdout.split()
    for lang, folder in (("en", "docs/man"), ("zh-CN", "docs/man/zh_CN")):
        for name in names:
            path = "%s/%s/rehearse%s.1" % (ROOT, folder, "-" + name if name else "")
            page = subprocess.run([rehearse, "manual", "--lang", lang] + ([name] if name else []), capture_output=True, check=True)
            yield path, read(path), page.stdout.decode("utf-8")


def stale(build):
    return [os.path.relpath(path, ROOT) for path, held, wanted in files(build) if held != wanted]


def main():
    build = os.environ.get("B", "build")
    if "--write" not in sys.argv:
        for path in stale(build):
            print("%s is stale: make docs" % path)
        return
    for path, held, wanted in files(build):
        if held != wanted:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as f:
                f.write(wanted)
            print("wrote " + os.path.relpath(path, ROOT))


if __name__ == "__main__":
    main()
