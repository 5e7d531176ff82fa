#!/usr/bin/env python3
"""rehearse items: figures of a made-up group of people, held to the same figures computed here from what they chose."""
import csv
import io
import json
import math
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "store"))
from world import ENV, REHEARSE, SANITIZED, Folder, check, finish  # noqa: E402

PEOPLE = 36 if SANITIZED else 110
# id, options: (id, move, points); the last decision is met only by those who began with "good"
DECISIONS = [("first", (("good", "listen:reflect-feeling", 2), ("fair", "listen:acknowledge", 0), ("poor", "listen:advise", -1))),
             ("second", (("good", "listen:reflect-feeling", 2), ("fair", "listen:acknowledge", 0), ("poor", "listen:advise", -1), ("never", "listen:blame", -2))),
             ("wrong-key", (("kind", "listen:reflect-feeling", 2), ("wise", "listen:acknowledge", 0), ("poor", "listen:advise", -1))),
             ("easy", (("good", "listen:reflect-feeling", 2), ("poor", "listen:blame", -2))),
             ("fourth", (("good", "listen:reflect-feeling", 2), ("fair", "listen:acknowledge", 0), ("poor", "listen:advise", -1))),
             ("some", (("good", "listen:reflect-feeling", 2), ("poor", "listen:advise", -1)))]


def scenario():
    out = ['<scenario xmlns="urn:rehearse:scenario:1" id="clinic" version="1.0" xml:lang="en"><info><title>The clinic</title><summary>s</summary>'
           '<objective>o</objective><audience>a</audience><duration minutes="3"/><author>a</author><licence>CC0-1.0</licence>'
           '<focus competency="listening"/></info><rubric use="internal-service"/><cast><role id="you" playable="yes"><name>Sam</name></role>'
           '<role id="lin"><name>Lin</name><brief>b</brief></role></cast>']
    for i, (name, options) in enumerate(DECISIONS):
        out.append('<scene id="s-%s"><decision id="%s" who="you" shuffle="no"><prompt>What now, %s?</prompt>' % (name, name, name))
        for option, move, points in options:
            out.append('<option id="%s" move="%s" points="%d"%s><says>Say %s in %s.</says><reaction who="lin">ok</reaction><because>why</because>%s</option>' % (
                option, move, points, ' next="end"' if i == 5 else "", option, name,
                '<change flag="began" to="yes"/>' if (name, option) == ("first", "good") else ""))
        out.append("</decision>%s</scene>" % ('<goto next="%s"%s/>' % ("s-" + DECISIONS[i + 1][0] if i < 5 else "end", ' when="began"' if i == 4 else "")
                                              + ('<goto next="end"/>' if i == 4 else "") if i < 5 else ""))
    out.append('<ending id="end" title="The end" outcome="agreed"><narration>Done.</narration></ending><debrief><question>q</question></debrief></scenario>')
    text = "".join(out)
    return text.replace("</cast>", '</cast><flag id="began"/>')


def people():
    """What each person chooses: the able ones mostly the best, but where the key is wrong."""
    seed = 12345
    for i in range(PEOPLE):
        able = (i * 37 % PEOPLE) / PEOPLE
        chosen = []
        for d, (name, options) in enumerate(DECISIONS):
            seed = (seed * 1103515245 + 12345) % 2 ** 31
            luck = (seed >> 8) % 1000 / 1000
            if name == "wrong-key":
                k = 1 if luck < able * able else 0
            elif name == "easy":
                k = 0 if luck < 0.97 else 1
            else:
                k = 0 if luck < 0.05 + 0.93 * able else 1 if luck < 0.9 or len(options) == 2 else 2
            chosen.append(k)
        if chosen[0] != 0:
            chosen.pop()
        yield chosen


def correlation(x, y):
    mx, my = sum(x) / len(x), sum(y) / len(y)
    xx, yy = sum((a - mx) ** 2 for a in x), sum((b - my) ** 2 for b in y)
    return sum((a - mx) * (b - my) for a, b in zip(x, y)) / math.sqrt(xx * yy)


def variance(x):
    m = sum(x) / len(x)
    return sum((a - m) ** 2 for a in x)


def expected(chosen):
    """Difficulty and correlation with the rest, by decision; alpha over the decisions that everybody met, and halves."""
    worth = [[p for _, _, p in options] for _, options in DECISIONS]
    chance = [sum(w) / len(w) for w in worth]
    told = {}
    for d, (name, _) in enumerate(DECISIONS):
        met = [c for c in chosen if len(c) > d]
        points = [worth[d][c[d]] for c in met]
        rests = []
        for c in met:
            others = [k for k in range(len(c)) if k != d]
            rests.append(sum(worth[k][c[k]] - chance[k] for k in others) / sum(max(worth[k]) - chance[k] for k in others))
        told[name] = (len(met), sum(p - min(worth[d]) for p in points) / (len(met) * (max(worth[d]) - min(worth[d]))), correlation(points, rests))
    k = 6 if sum(len(c) == 6 for c in chosen) >= max(30, len(chosen) // 2) else 5
    cells = [[worth[d][c[d]] for d in range(k)] for c in chosen if len(c) >= k]
    totals = [sum(r) for r in cells]
    alpha = k / (k - 1) * (1 - sum(variance([r[d] for r in cells]) for d in range(k)) / variance(totals))
    r = correlation([sum(r[0::2]) for r in cells], [sum(r[1::2]) for r in cells])
    return told, (len(cells), k, alpha, 2 * r / (1 + r))


def play(w, name, chosen, *more):
    p = w.run("play", w.path + "/clinic", "--as", name, "--seed", "1", *more, lines="".join("%d\n" % (k + 1) for k in chosen))
    if p.returncode != 0:
        check("play", False, p.stderr + p.stdout[-500:])


def items(w, *args, status=0):
    p = subprocess.run([REHEARSE, "items", "clinic", "--store", w.where, *args], capture_output=True, env=ENV)
    check("items %s" % (args,), p.returncode == status, (p.returncode, p.stderr.decode()))
    return p.stdout.decode("utf-8")


def near(a, b):
    return a is not None and b is not None and abs(a - b) < 0.00051


def figures(w, chosen):
    v = json.loads(items(w, "--json"))
    told, (people_, k, alpha, half) = expected(chosen)
    check("people", v["people"] == len(chosen), v["people"])
    check("decisions in the order of the scenario", [d["decision"] for d in v["decisions"]] == [d[0] for d in DECISIONS])
    for d in v["decisions"]:
        n, share, rest = told[d["decision"]]
        i = d["items"][0]
        check("difficulty of " + d["decision"], d["people"] == i["people"] == n and (near(i.get("difficulty"), share) or n < 30), (i, share))
        check("correlation of " + d["decision"], i["rest-people"] == n and (near(i.get("rest"), rest) or n < 30), (i, rest))
        index = [x[0] for x in DECISIONS].index(d["decision"])
        taken = [sum(len(c) > index and c[index] == o for c in chosen) for o in range(len(DECISIONS[index][1]))]
        check("options of " + d["decision"], [o["taken"] for o in d["options"]] == taken, (d["options"], taken))
        if n >= 30:
            check("shares of " + d["decision"], all(near(o["share"], o["taken"] / n) for o in d["options"]))
    r = v["reliability"][0]
    check("alpha and halves", (r["people"], r["decisions"]) == (people_, k) and near(r["alpha"], alpha) and near(r["split-half"], half), (r, alpha, half))
    looks = {d["decision"]: d["items"][0].get("looks", []) for d in v["decisions"]}
    options = {o["option"]: o.get("looks", []) for d in v["decisions"] for o in d["options"]}
    check("a wrong key is found", "key" in looks["wrong-key"], looks)
    check("an easy decision is found", "easy" in looks["easy"], looks)
    check("what nobody says is found", "rare" in options["second/never"], options)
    check("what the able take and the key does not want is found", "upside-down" in options["wrong-key/wise"], options)
    check("the best option is never upside down", not [o for o in options if o.endswith("/good") and "upside-down" in options[o]])


def told(w, chosen):
    for lang, words in (("en", ("The clinic", "the key may be wrong", "Upper and lower third", "alpha", "hint" if PEOPLE < 100 else "worth acting on")),
                        ("zh-CN", ("The clinic", "答案可能标错了", "α"))):
        text = items(w, "--lang", lang)
        flat = "".join(text.lower().split())
        check("told in " + lang, all("".join(x.lower().split()) in flat for x in words), text[:1500])
    check("plain", "\x1b" not in items(w, "--plain"))
    path = w.path + "/items.html"
    items(w, "--page", path)
    check("as a page", "<table" in open(path, encoding="utf-8").read())
    v = list(csv.DictReader(io.StringIO(items(w, "--csv"), newline="")))
    check("as a table", {r["decision"] for r in v} == {d[0] for d in DECISIONS} and sum(int(r["taken"]) for r in v if r["decision"] == "first") == len(chosen), v[:2])
    check("with a mark", items(w, "--csv", "--bom").startswith("\ufeff"))
    check("again plays are not counted", json.loads(items(w, "--json"))["people"] == len(chosen))
    items(w, "--edition", "9", status=66)


def few(w, chosen):
    """Below five people nothing, below thirty counts."""
    for i in range(4):
        play(w, "p%d" % i, chosen[i])
    v = json.loads(items(w, "--json"))
    check("four people: nothing", v["shown"] is False and "decisions" not in v and "people" not in v, v)
    check("nor in words", "Fewer than five" in items(w) and "first/good" not in items(w))
    check("nor as rows", items(w, "--csv").count("\r\n") == 1)
    for i in range(4, 12):
        play(w, "p%d" % i, chosen[i])
    v = json.loads(items(w, "--json"))
    check("twelve people: counts", v["people"] == 12 and v["decisions"][0]["options"][0]["taken"] >= 0, v)
    check("and no figure", not [1 for d in v["decisions"] for x in d["items"] + d["options"] if {"share", "difficulty", "rest", "upper"} & set(x)], v)
    some = [d for d in v["decisions"] if d["decision"] == "some"][0]
    check("a decision that fewer than five met is not told", some["people"] >= 5 or not some["options"], some)
    text = items(w)
    check("which is said", "Counts only" in text and "%" not in text.split("Each decision")[1], text[:600])


group = list(people())
with Folder() as few_, Folder() as w:
    for f in (few_, w):
        os.mkdir(f.path + "/clinic")
        with open(f.path + "/clinic/scenario.xml", "w", encoding="utf-8") as x:
            x.write(scenario())
    few(few_, group)
    for i, chosen in enumerate(group):
        play(w, "p%d" % i, chosen)
    play(w, "p0", [0] * 6)
    play(w, "stopped", [0, 0])
    figures(w, group)
    told(w, group)
finish()
