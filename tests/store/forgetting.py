"""Whoever is forgotten is gone: from the tables, from the file's bytes, and it is said what went and what is left."""
import glob
import os
import time

from world import Folder, Typist, check

TEA = "tests/tty/tea"
SECRET = "the line that nobody else shall read"


def bytes_of(f):
    return b"".join(open(p, "rb").read() for p in glob.glob(f.where + "*"))


def somebody():
    with Folder() as f:
        f.run("play", TEA, "--as", "Wei", "--seed", "1", lines="1\n:note %s\n1\n" % SECRET)
        f.run("play", TEA, "--as", "Lin", "--seed", "1", lines="1\n1\n")
        check("it is there", SECRET.encode() in bytes_of(f))
        lins = f.events()
        p = f.run("forget", "Wei")
        check("not without being sure", p.returncode == 2 and "--yes" in p.stderr and SECRET.encode() in bytes_of(f), p.stderr)
        p = f.run("forget", "Nobody", "--yes")
        check("nobody of that name", p.returncode == 66 and "nobody is called" in p.stderr, p.stderr)
        p = f.run("forget")
        check("whom?", p.returncode == 2)
        p = f.run("forget", "WEI", "--yes")
        said = " ".join(p.stdout.split())
        check("what went is said", p.returncode == 0 and "Erased: 1 person, 1 conversation," in said and "The bytes are gone" in said and
              "Backups, exported files and pages keep what they have." in said, p.stdout + p.stderr)
        check("it is gone", SECRET.encode() not in bytes_of(f) and b"Wei" not in bytes_of(f))
        check("others are not", f.ask("SELECT name FROM trainees") == [("Lin",)] and f.events() == lins, f.events())
        p = f.run("debrief", "--as", "Lin")
        check("and look back as before", p.returncode == 0 and "What was seen" in p.stdout, p.stderr)
        with Typist(f, "forget", "Lin") as t:
            t.until("Type yes to go on.")
            t.type("no")
            check("asked first", t.end() == 1 and f.events() == lins, t.text)
        with Typist(f, "forget", "Lin", lang="zh-CN") as t:
            t.until("输入")
            t.type("是")
            check("in Chinese, too", t.end() == 0 and "已清除" in t.text and f.ask("SELECT COUNT(*) FROM sessions") == [(0,)], t.text)


def what_is_old():
    with Folder() as f:
        f.run("play", TEA, "--as", "Wei", lines="1\n1\n")
        p = f.run("forget", "--older-than", "30", "--yes")
        check("nothing is that old", p.returncode == 0 and "nothing that old" in p.stdout, p.stdout)
        import sqlite3
        db = sqlite3.connect(f.file)
        db.execute("UPDATE sessions SET last = last - ?", (40 * 86400000,))
        db.execute("UPDATE trainees SET since = since - ?", (40 * 86400000,))
        db.commit()
        db.close()
        f.run("play", TEA, "--as", "Lin", lines="1\n1\n")
        p = f.run("forget", "--older-than", "30", "--yes")
        check("what is old goes", p.returncode == 0 and "1 person, 1 conversation" in " ".join(p.stdout.split()) and
              f.ask("SELECT name FROM trainees") == [("Lin",)], p.stdout + p.stderr)


def moved_aside():
    with Folder() as f:
        f.run("play", TEA, "--as", "Wei", lines="1\n")
        open(f.file + ".damaged-20260101T000000Z", "wb").write(b"x")
        p = f.run("forget", "Wei", "--yes")
        check("damaged files are pointed at", "Damaged records that were moved aside were not looked into: 1" in " ".join(p.stdout.split()), p.stdout)


def run():
    somebody()
    what_is_old()
    moved_aside()
