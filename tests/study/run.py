#!/usr/bin/env python3
"""Holds `explore` to what playing every play says, through the protocol and nothing else.

A brute force begins a session for each play and answers it from the start; what chance decides is forced by looking for
a seed that draws it (SplitMix64 by position, docs/format.md).  It shares no code and no idea with engine/study.  Scenarios
are written here, some by hand, some by a generator with a fixed seed; those with every form of asking by forms.py.  B: the folder of the build.
"""
import json
import math
import os
import random
import subprocess
import sys
import time

import forms

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ENGINE = os.path.join(os.path.abspath(os.environ.get("B", "build")), "rehearse-engine")
MASK = (1 << 64) - 1
SEEDS_MOST = 20000  # so many are looked at for one play
passed = failed = 0


def check(what, ok, say=""):
    global passed, failed
    passed, failed = passed + bool(ok), failed + (not ok)
    if not ok:
        print("FAIL %s %s" % (what, say))


# ---- the engine ------------------------------------------------------------------------------------------------------

def rubric():
    needs = {("listening", 3): ' needs="l:a"', ("listening", 5): ' needs="l:b|l:c" without="l:x"'}
    comps = "".join(
        '<competency id="%s"><name>%s</name><summary>s</summary>%s</competency>'
        % (c, c, "".join('<anchor level="%d"%s>a</anchor>' % (n, needs.get((c, n), "")) for n in range(1, 6)))
        for c in ("listening", "service"))
    moves = "".join('<move id="%s" competency="%s" points="-2..2"><name>n</name><summary>s</summary></move>' % m
                    for m in [("l:a", "listening"), ("l:b", "listening"), ("l:c", "listening"), ("l:x", "listening"),
                              ("s:a", "service"), ("s:b", "service"), ("svc:thank", "service")])
    levels = "".join('<level number="%d" cut="%d"><name>l</name></level>' % (i + 1, c) for i, c in enumerate((0, 15, 40, 65, 85)))
    circ = "".join('<circumstance id="%s"><name>n</name><summary>s</summary></circumstance>' % c
                   for c in ("urgent", "mine", "theirs", "heated", "lasting"))
    return ('<rubric xmlns="urn:rehearse:scenario:1" id="small" version="1.0" xml:lang="en"><title>t</title>'
            + levels + circ + comps + moves + "</rubric>")


def scenario(body, facts="", script="", roles=("you", "lin"), focus='<focus competency="listening"/>'):
    cast = "".join('<role id="%s" playable="%s"><name>%s</name><position>p</position></role>'
                   % (r, "yes" if r in roles else "no", r) for r in ("you", "lin", "boss"))
    return ('<scenario xmlns="urn:rehearse:scenario:1" id="t" version="1.0" xml:lang="en"><info><title>T</title>'
            '<summary>S</summary><objective>O</objective><audience>A</audience><duration minutes="5"/><author>me</author>'
            '<licence>none</licence>' + focus + '</info><rubric use="small"/>'
            + (("<script>%s</script>" % script) if script else "") + "<cast>" + cast + "</cast>" + facts + body + "</scenario>")


class Engine:
    def __init__(self):
        self.p = subprocess.Popen([ENGINE], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def put(self, o, data=b""):
        if data:
            o = dict(o, bytes=len(data))
        self.p.stdin.write(json.dumps(o).encode() + b"\n" + data)
        self.p.stdin.flush()

    def get(self):
        line = self.p.stdout.readline()
        if not line:
            raise SystemExit("the engine is gone: %s" % self.p.wait())
        o = json.loads(line)
        o["raw"] = self.p.stdout.read(o["bytes"]) if "bytes" in o else b""
        return o

    def ask(self, **o):
        self.put(o)
        parts = [self.get()]
        while not parts[-1].get("done"):
            parts.append(self.get())
        return parts[:-1], parts[-1]

    def load(self, xml):
        self.put({"do": "load"})
        while True:
            o = self.get()
            if "need" in o:
                data = {"scenario": xml.encode(), "rubric": rubric().encode()}.get(o["kind"])
                if data:
                    self.put({"file": o["kind"] + ".xml"}, data)
                else:
                    self.put({"file": None, "code": "file-missing"})
            elif o.get("done"):
                return o

    def explore(self, **o):
        parts, done = self.ask(do="explore", begin=True, states=100, **o)
        while done.get("more"):
            parts, done = self.ask(do="explore", states=100)
        return Explored(parts, done)

    def close(self):
        self.p.stdin.close()
        check("the engine ends well", self.p.wait() == 0)


class Explored:
    def __init__(self, parts, done):
        self.done = done
        self.scores = {p["score"]: p for p in parts if "score" in p}
        self.endings = {p["ending"]: p for p in parts if "ending" in p}
        self.findings = [p for p in parts if "finding" in p]

    def found(self, kind, key):
        return sorted(f[key] for f in self.findings if f["finding"] == kind)


# ---- every play ------------------------------------------------------------------------------------------------------

def split(seed, k):
    z = (seed + k * 0x9e3779b97f4a7c15) & MASK
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9 & MASK
    z = (z ^ z >> 27) * 0x94d049bb133111eb & MASK
    return z ^ z >> 31


def seed_for(draws, cache={}):
    """A seed whose K-th draw of 1…OF is VALUE, for each (value, of) of DRAWS."""
    key = tuple(draws)
    if key not in cache:
        if math.prod(of for _, of in draws) > SEEDS_MOST:
            raise TooMany()
        seed = 0
        while any((split(seed, k + 1) >> 32) * of >> 32 != v - 1 for k, (v, of) in enumerate(draws)):
            seed += 1
        cache[key] = seed
    return cache[key]


class TooMany(Exception):
    pass


class Brute:
    """Walks the tree of plays.  DEPTH cuts plays of more decisions; MOST is how many beginnings it looks at."""

    def __init__(self, engine, role="you", depth=99, most=4000):
        self.e, self.role, self.depth, self.left = engine, role, depth, most
        self.plays = {}  # what happened -> (ending, totals, decisions)
        self.made = {}   # what happened -> (choices, draws)
        self.share = {}  # ending, None where it is stuck -> probability
        self.cut = 0.0   # probability of a play that was cut
        self.options, self.decisions, self.scenes, self.nodes, self.stuck = set(), set(), set(), set(), set()
        self.walk((), (), 1.0)

    def run(self, choices, draws):
        """Plays CHOICES with the first DRAWS as given."""
        self.left -= 1
        if self.left < 0:
            raise TooMany()
        _, done = self.e.ask(do="start", seed=seed_for(draws), roles=[self.role])
        number, raw = done["session"], done["raw"]
        steps = [{"input": "begin"}] + [{"input": "choose", "option": c} for c in choices]
        for s in steps:
            _, done = self.e.ask(do="step", session=number, **s)
            raw += done["raw"]
        self.e.ask(do="end", session=number)
        return done["phase"], [json.loads(line) for line in raw.decode().splitlines()]

    def walk(self, choices, draws, p):
        """DRAWS: (value, of) of every draw so far.  P: probability of coming here."""
        phase, events = self.run(choices, draws)
        made = [(i["draw"], i["of"]) for ev in events for i in ev.get("items", []) if "draw" in i]
        if len(made) > len(draws):
            of = made[len(draws)][1]
            for v in range(1, of + 1):
                self.walk(choices, draws + ((v, of),), p / of)
            return
        self.see(events)
        if phase == "ask":
            if len(choices) == self.depth:
                self.cut += p
                return
            offered = events[-1]["options"]
            for o in sorted(offered):
                self.walk(choices + (events[-1]["decision"] + "/" + o,), draws, p / len(offered))
            return
        ending = events[-1].get("ending") if phase == "ended" else None
        self.share[ending] = self.share.get(ending, 0) + p
        if ending:
            self.plays[self.story(events)] = (ending, events[-1]["totals"], len(choices))
            self.made[self.story(events)] = (choices, draws)
        else:
            self.stuck.add(events[-1].get("why"))

    @staticmethod
    def story(events):
        """What sets a play apart: who chose what, and what scripts drew; not the number by which the engine chose."""
        out = []
        for ev in events:
            if ev["e"] == "chose":
                if ev["by"] == "engine" and out and out[-1][0] == "draw":
                    out.pop()
                out.append((ev["decision"], ev["option"], ev["by"] == "engine"))
            out += [("draw", i["draw"]) for i in ev.get("items", []) if "draw" in i]
        return tuple(out)

    def see(self, events):
        for ev in events:
            if ev["e"] == "chose":
                self.options.add(ev["decision"] + "/" + ev["option"])
            if ev["e"] in ("chose", "offered"):
                self.decisions.add(ev["decision"])
            if "scene" in ev:
                self.scenes.add(ev["scene"])
            self.nodes |= {i["show"] for i in ev.get("items", []) if "show" in i}

    def bounds(self, comp):
        """Without COMP: of all that is graded, which is the focus."""
        v = [t.get(comp or "listening", 0) for _, t, _ in self.plays.values()]
        return (min(v), max(v)) if v else None


def agree(name, engine, xml, things, role="you", depth=99):
    """THINGS: all scenes, decisions, options and nodes of XML by name."""
    if not engine.load(xml)["playable"]:
        return False
    try:
        b = Brute(engine, role, depth)
    except TooMany:
        return False
    x = engine.explore(roles=[role], plays=50)
    whole = b.cut == 0
    check(name + " exact", x.done["kind"] == "exact", x.done)
    if whole:
        check(name + " plays", x.done.get("plays") == str(len(b.plays)), (x.done, len(b.plays)))
    for comp in ("", "listening", "service"):
        want, got = b.bounds(comp), x.scores.get(comp)
        if want is None:
            check(name + " no ending", any(f["finding"] == "no-ending" for f in x.findings))
        elif got:
            check(name + " bounds of " + (comp or "all"), (got["worst"], got["best"]) == want, (got, want))
        else:
            check(name + " not scored " + comp, want == (0, 0) or comp == "service" and want[0] == want[1], want)
    for e in things["endings"]:
        want, got = b.share.get(e, 0), x.endings[e]["share"] * 1e-12
        check(name + " share of " + e, want - 1e-9 <= got <= want + b.cut + 1e-9, (want, got, b.cut))
    for kind, key, all_of, seen in (
            ("scene-unreached", "scene", things["scenes"], b.scenes), ("ending-unreached", "scene", things["endings"], b.scenes),
            ("decision-unreached", "decision", [d for d, s in things["decisions"] if s in b.scenes], b.decisions),
            ("option-unreached", "option", [o for o in things["options"] if o.split("/")[0] in b.decisions], b.options),
            ("line-unreached", "node", [n for n, of in things["nodes"] if of in b.scenes | b.options], b.nodes)):
        check(name + " " + kind, x.found(kind, key) == sorted(set(all_of) - seen), (x.found(kind, key), sorted(set(all_of) - seen)))
    check(name + " stuck", {f["why"] for f in x.findings if f["finding"] == "stuck"} == b.stuck, b.stuck)
    if whole and b.plays:
        lengths = [n for _, _, n in b.plays.values()]
        check(name + " lengths", (x.done["shortest"], x.done.get("longest")) == (min(lengths), max(lengths)), (x.done, lengths))
    best_play(name, engine, x, b, role)
    if whole:
        reach_agrees(name, engine, b, role)
    return True


def reach_agrees(name, engine, b, role, most=12):
    """What each answer of a play cost is what all plays that begin alike say; MOST plays are asked about."""
    points = {story: t.get("listening", 0) for story, (_, t, _) in b.plays.items()}
    best = {}
    for story, total in points.items():
        for n in range(len(story) + 1):
            best[story[:n]] = max(total, best.get(story[:n], -99))
    rank = {"e0": 0, "e1": 2, "e2": 3, "end": 0}
    ends = {}
    for story, (ending, _, _) in b.plays.items():
        for n in range(len(story) + 1):
            ends[story[:n]] = min((rank[ending], ending), ends.get(story[:n], (9, "")))
    for story in sorted(points, key=repr)[::max(1, len(points) // most)]:
        choices, draws = b.made[story]
        _, start = engine.ask(do="start", seed=seed_for(draws), roles=[role])
        engine.ask(do="step", session=start["session"], input="begin")
        for c in choices:
            engine.ask(do="step", session=start["session"], input="choose", option=c)
        parts, done = engine.ask(do="reach", session=start["session"])
        engine.ask(do="end", session=start["session"])
        check(name + " reach known", done["fit"] == "known", done)
        prices = {p["turn"]: p for p in parts if p.get("price") == "listening"}
        turns = [p for p in parts if "before" in p]
        total = [p for p in parts if p.get("reach") == "listening"][0]
        check(name + " reach", (total["got"], total["worst"], total["best"])
              == (points[story], min(points.values()), max(points.values())), (total, story))
        want, luck = [], 0
        for i, step in enumerate(story):
            lost = best[story[:i]] - best[story[:i + 1]]
            if step[0] == "draw" or step[2]:
                luck += lost
            else:
                want.append((lost, ends[story[:i]][1], ends[story[:i + 1]][1], "/".join(step[:2])))
        got = []
        for t in turns:
            behind = {p["option"]: p.get("ending") for p in parts if p.get("behind") == t["before"]}
            taken = choices[len(got)]
            got.append((prices.get(t["before"], {}).get("points", 0), t.get("ending"), behind[taken], taken))
        check(name + " prices", got == want, (story, got, want))
        check(name + " luck", total["luck"] == luck, (story, total, luck))
        check(name + " adds up", sum(p[0] for p in got) + luck == total["best"] - total["got"], story)


def best_play(name, engine, x, b, role):
    """The play that is printed reaches what it says, where chance has no part in it."""
    for worst in (False, True):
        got = x.scores.get("listening")
        if not got or not b.plays:
            return
        steps, done = engine.ask(do="explore-play", competency="listening", worst=worst)
        check(name + " play total", done.get("total") == got["worst" if worst else "best"], done)
        if any("drawn" in s or s.get("engine") for s in steps):
            continue
        _, start = engine.ask(do="start", seed=1, roles=[role])
        _, now = engine.ask(do="step", session=start["session"], input="begin")
        for s in steps:
            _, now = engine.ask(do="step", session=start["session"], input="choose", option=s["option"])
        parts, _ = engine.ask(do="reach", session=start["session"])
        reach = [p for p in parts if p.get("reach") == "listening"]
        check(name + " play reaches all or nothing", reach and reach[0]["got"] == reach[0]["worst" if worst else "best"], parts)
        last = json.loads(now["raw"].decode().splitlines()[-1]) if now.get("raw") else {}
        check(name + " play attains", last.get("totals", {}).get("listening") == got["worst" if worst else "best"], (last, got))
        engine.ask(do="end", session=start["session"])


# ---- scenarios made up -----------------------------------------------------------------------------------------------

FACTS = ('<gauge id="g" label="G" from="0" to="3" start="1"/><flag id="f"/><counter id="n" from="0" to="2"/>'
         '<counter id="w" from="-5" to="600"/><one-of id="o" values="x y z" start="y"/>')


class Made:
    """A small scenario out of a seed.  CYCLES: options may lead back."""

    def __init__(self, seed, cycles):
        self.r, self.cycles = random.Random(seed), cycles
        self.n = self.r.randint(2, 3 if cycles else 4)
        self.things = {"scenes": [], "endings": [], "decisions": [], "options": [], "nodes": []}
        body = "".join(self.scene(i) for i in range(self.n)) + self.endings()
        script = 'function on_choice(o) if o == "d0/b" and random(2) == 2 then score("listening", 1, "r") end end' \
            if self.r.random() < 0.2 else ""
        self.xml = scenario(body, FACTS, script)

    def when(self, odds, lua=True):
        if self.r.random() > odds:
            return ""
        d, o = self.r.randrange(self.n), self.r.choice("ab")
        conds = ["g &gt;= %d" % self.r.randint(1, 3), "f", "not f", "n == %d" % self.r.randint(0, 2), "chose('d%d/%s')" % (d, o),
                 "times('d%d/%s') &gt;= 2" % (d, o), "seen('s%d')" % d, "w &gt; 300", "o == 'z' and w &lt;= 0", "o ~= 'x' or seen('s%d')" % d, "points('listening') &gt;= %d" % self.r.randint(-1, 2),
                 "moves('l:a') &gt;= 1", "turn &gt;= 2 and f", "not chose('d%d/%s') and g == 1" % (d, o)]
        return ' when="%s"' % self.r.choice(conds + (["random(2) == 1"] if lua else []))

    def effect(self):
        return self.r.choice(["", "", '<change gauge="g" add="%d"/>' % self.r.choice((-1, 1, 2)), '<change flag="f" to="yes"/>',
                              '<change flag="f" to="no"/>', '<change counter="n" add="1"/>', "<do>n = n + 1; f = g &gt;= 2</do>",
                              "<do>g = random(3)</do>" if self.r.random() < 0.3 else "<do>g = n</do>",
                              '<change counter="w" add="400"/>', "<do>w = w - 1; o = 'z'</do>", "<do>o = 'x'; f = o == 'x' and g &gt;= 1</do>",
                              "<do>if f then w = 250 * g else o = 'y' end</do>",
                              # one that sets, asks what it set, and fails
                              "<do>o = 'z'; f = true; if o == 'z' and n &gt;= 1 then error('no') end</do>",
                              "<do>w = w + random(1) + 100 * (turn - 1)</do>"])

    def option(self, i, name, here):
        later = ["s%d" % k for k in range(i + 1, self.n)] + ["e0", "e1", "e2"]
        back = ["s%d" % k for k in range(0, i + 1)] if self.cycles else []
        target = self.r.choice(later + back * 2 + [""] * 4)
        points = self.r.choice((-2, -1, 0, 0, 1, 2))
        move = self.r.choice(("l:a", "l:b", "l:c", "l:x", "s:a", "svc:thank"))
        inner = ""
        if self.r.random() < 0.3:
            inner += "<narration%s>m</narration>" % self.when(0.7)
            self.things["nodes"].append(("d%d/%s/narration.1" % (i, name), "d%d/%s" % (i, name)))
        if self.r.random() < 0.2:
            inner += '<score competency="service" points="1"%s>w</score>' % self.when(0.5)
        self.things["options"].append("d%d/%s" % (i, name))
        return '<option id="%s" move="%s" points="%d"%s%s%s weight="%d"><says>o</says><because>b</because>%s%s</option>' % (
            name, move, points, ' next="%s"' % target if target else "", self.when(0.3),
            ' once="yes"' if self.cycles and self.r.random() < 0.3 else "", self.r.randint(1, 3), inner, self.effect())

    def scene(self, i):
        self.things["scenes"].append("s%d" % i)
        self.things["decisions"].append(("d%d" % i, "s%d" % i))
        self.things["nodes"].append(("s%d/narration.1" % i, "s%d" % i))
        who = "you" if self.r.random() < 0.75 else self.r.choice(("boss", "lin"))
        options = "".join(self.option(i, o, i) for o in "abc"[:self.r.randint(2, 3)])
        ways = ["s%d" % k for k in range(i + 1, self.n)] + ["e0", "e1"]
        return ('<scene id="s%d">%s<narration%s>m</narration><decision id="d%d" who="%s"%s>%s</decision><goto next="%s"%s/>'
                '<goto next="%s"/></scene>' % (
                    i, self.effect(), self.when(0.5), i, who, self.when(0.1), options, self.r.choice(ways), self.when(1), self.r.choice(ways)))

    def endings(self):
        out = ""
        for i, outcome in enumerate(("agreed", "open", "worse")):
            self.things["endings"].append("e%d" % i)
            self.things["nodes"].append(("e%d/narration.1" % i, "e%d" % i))
            out += '<ending id="e%d" title="E" outcome="%s"><narration%s>m</narration></ending>' % (i, outcome, self.when(0.3))
        return out


def made_agree(engine):
    """Enough of them must be small enough to be played to the end."""
    done = {False: 0, True: 0}
    for cycles, many, depth in ((False, 60, 99), (True, 60, 6)):
        for seed in range(many):
            m = Made(seed * 2 + cycles, cycles)
            done[cycles] += agree("made %d%s" % (seed, " with cycles" if cycles else ""), engine, m.xml, m.things, depth=depth)
    check("enough were played out", done[False] >= 40 and done[True] >= 20, done)


def forms_agree(engine):
    """The same with every form of asking, and of their grades."""
    done = {False: 0, True: 0}
    for cycles, depth in ((False, 99), (True, 4)):
        for seed in range(40):
            m = forms.Made(seed, cycles, scenario)
            done[cycles] += forms.agree(check, engine, seed_for, TooMany, "forms %d%s" % (seed, " with cycles" if cycles else ""), m, depth)
    check("enough forms were played out", done[False] >= 30 and done[True] >= 20, done)


# ---- scenarios by hand -----------------------------------------------------------------------------------------------

def option(name, points=0, move="l:a", inner="", **attrs):
    more = "".join(' %s="%s"' % (k, v) for k, v in attrs.items())
    return '<option id="%s" move="%s" points="%d"%s><says>%s</says><because>b</because>%s</option>' % (
        name, move, points, more, name, inner)


def scene(name, decision, then, who="you"):
    return '<scene id="%s"><decision id="%s-d" who="%s">%s</decision><goto next="%s"/></scene>' % (name, name, who, decision, then)


END = '<ending id="end" title="E" outcome="agreed"><narration>n</narration></ending>'


def timed(name, engine, xml, seconds, **o):
    check(name + " loads", engine.load(xml)["playable"], engine.load(xml))
    begun = time.monotonic()
    x = engine.explore(plays=100, **o)
    took = time.monotonic() - begun
    check("%s within %s s" % (name, seconds), took < seconds or "SANITIZED" in os.environ, took)
    check(name + " exact", x.done["kind"] == "exact", x.done)
    return x


def by_hand(engine):
    # 3^26 = 2.5 * 10^12 plays
    chain = "".join(scene("s%d" % i, option("a", 2) + option("b", -1) + option("c"), "s%d" % (i + 1) if i < 25 else "end")
                    for i in range(26))
    x = timed("ten to the twelfth", engine, scenario(chain + END), 1)
    check("plays", x.done["plays"] == str(3 ** 26), x.done)
    check("bounds", (x.scores["listening"]["worst"], x.scores["listening"]["best"]) == (-26, 52), x.scores)
    check("states", x.done["states"] == 26, x.done)
    # more than 2^64
    chain = "".join(scene("s%d" % i, option("a", 2) + option("b", -1) + option("c"), "s%d" % (i + 1) if i < 59 else "end")
                    for i in range(60))
    x = timed("more than 2^64", engine, scenario(chain + END), 1)
    check("power of ten", x.done.get("plays-power") == 28 and "plays" not in x.done, x.done)  # 3^60 = 4.2 * 10^28
    # loops in loops, with sums that grow to their bounds
    loops = "".join(scene("s%d" % i, option("on", 1) + option("back", -1, "l:x", '<change counter="n" add="1"/>', next="s%d" % max(0, i - 2))
                          + option("again", 2, "l:b", next="s%d" % i, once="yes"), "s%d" % (i + 1) if i < 7 else "end") for i in range(8))
    x = timed("loops", engine, scenario(loops + END, '<counter id="n" from="0" to="20"/>'), 1)
    check("unbounded", x.done.get("unbounded") is True and "longest" not in x.done and x.done["shortest"] == 8, x.done)
    check("every decision counts once", (x.scores["listening"]["worst"], x.scores["listening"]["best"]) == (-8, 16), x.scores)
    check("ends for sure", abs(x.endings["end"]["share"] - 10 ** 12) <= 1, x.endings)
    # a loop answered for ever scores as once
    x = timed("a loop", engine, scenario(scene("s", option("again", 2, next="s") + option("leave"), "end") + END), 1)
    check("as once", (x.scores["listening"]["worst"], x.scores["listening"]["best"]) == (0, 2), x.scores)
    # gambler's ruin, 1 to 3 steps up or down from 10 of 0…20, by scripts and by the engine's own choice
    ruin = ('<scene id="s"><decision id="d" who="you">' + option("one", 0, inner="<do>n = n + 2 * random(2) - 3</do>")
            + option("two", 0, inner="<do>n = n + 4 * random(2) - 6</do>") + "</decision>"
            '<goto next="up" when="n &gt;= 20"/><goto next="down" when="0 &gt;= n"/><goto next="s"/></scene>'
            '<ending id="up" title="U" outcome="open"><narration>n</narration></ending>'
            '<ending id="down" title="D" outcome="open"><narration>n</narration></ending>')
    x = timed("ruin", engine, scenario(ruin, '<counter id="n" from="0" to="20" start="10"/>'), 1)
    check("even", abs(x.endings["up"]["share"] - 5 * 10 ** 11) <= 1000 and abs(x.endings["down"]["share"] - 5 * 10 ** 11) <= 1000, x.endings)
    # the engine among itself: who goes round for too long is stuck, and how long that takes is counted
    spin = (scene("s", option("a", 2) + option("b"), "e")
            + scene("e", option("go", weight=1) + option("round", weight=99, next="e"), "out", who="lin")
            + scene("out", option("x") + option("y"), "end"))
    x = timed("spinning", engine, scenario(spin + END), 2, roles=["you"])
    check("stuck at last", abs(x.endings["end"]["share"] - 10 ** 12 * (1 - 0.99 ** 999)) <= 1, x.endings)
    check("and so told", [f["why"] for f in x.findings if f["finding"] == "stuck"] == ["too-many-moves"], x.findings)
    check("each of its rounds is a play", x.done["plays"] == str(999 * 4), x.done)
    # a list of topics asks whether one was taken, and a line how often
    often = ('<scene id="s"><topics id="t" who="you"><topic id="k" title="K">' + "<decision id='d' who='you'>" + option("a") + option("b")
             + "</decision></topic></topics><goto next='o'/></scene><scene id='o'><narration when=\"times('t/k') &gt;= 2\">m</narration>"
             '<goto next="end"/></scene>')
    x = timed("whether, and how often", engine, scenario(often + END), 1)
    check("what it finds", (x.done["plays"], x.found("line-unreached", "node")) == ("2", ["o/narration.1"]), (x.done, x.findings))
    # own words that fit nothing may lead back as well: who is asked once more is asked for practice
    back = scene("s", option("a", 2) + option("b"), "o") + (
        '<scene id="o"><ask id="w" who="you"><prompt>?</prompt>' + option("c", 0, "l:b", "<phrase>yes</phrase>")
        + '<otherwise next="s"><reaction who="lin">r</reaction></otherwise></ask><goto next="end"/></scene>')
    x = timed("back by own words", engine, scenario(back + END), 1)
    check("as once, too", (x.scores["listening"]["worst"], x.scores["listening"]["best"]) == (0, 2), x.scores)
    check("and round", x.done.get("unbounded") and abs(x.endings["end"]["share"] - 10 ** 12) <= 1, (x.done, x.endings))
    # 3,000 decisions: random plays come to their end, and to every level that can be had
    chain = "".join(scene("s%d" % i, option("a", 2, ("l:a", "l:b")[i % 2]) + option("b", -1) + option("c"),
                          "s%d" % (i + 1) if i < 2999 else "end") for i in range(3000))
    x = timed("three thousand", engine, scenario(chain + END), 10)
    check("all of them end", sum(x.scores["listening"]["bins"]) == x.done["sampled"] == 100, (x.scores, x.done))
    check("every level", x.findings == [], x.findings)
    messages(engine)
    reaches(engine)
    findings(engine)


def messages(engine):
    """A message of three slots: each is a piece of evidence; and the same by the engine, for nobody's role."""
    def slot(name, may, *points):
        return '<slot id="%s"%s>%s</slot>' % (name, ' may-be-empty="yes"' if may else "", "".join(
            '<part id="p%d" move="l:a" points="%d">words of %s %d</part>' % (i, p, name, i) for i, p in enumerate(points)))
    def body(who):
        return ('<scene id="s"><compose id="m" who="%s" to="lin"><prompt>?</prompt>%s<result at-least="3" next="good"><reaction>r</reaction>'
                '<because>b</because></result><result next="end"><reaction>r</reaction><because>b</because></result></compose></scene>'
                '<ending id="good" title="G" outcome="open"><narration>n</narration></ending>' % (
                    who, slot("a", False, 1, -1) + slot("b", True, 1, -1, 1) + slot("c", True, 1, 1)))
    x = timed("a message", engine, scenario(body("you") + END), 1)
    check("its plays", x.done["plays"] == str(2 * 4 * 3), x.done)
    check("its bounds", (x.scores["listening"]["worst"], x.scores["listening"]["best"]) == (-2, 3), x.scores)
    check("its endings", abs(x.endings["good"]["share"] - 166666666667) <= 1, x.endings)  # 1 of 2, 2 of 4, 2 of 3
    check("its pieces", x.scores["listening"]["pieces-good"] == 3, x.scores)
    steps, done = engine.ask(do="explore-play", competency="listening")
    check("its best", [p["part"][:-1] for p in steps[0]["parts"]] == ["a/p", "b/p", "c/p"] and done["total"] == 3, steps)
    x = timed("the engine's message", engine, scenario(body("boss") + END), 1)
    check("its endings", x.endings["good"]["reached"] and x.endings["end"]["reached"], x.endings)


def played(engine, *steps):
    """A session of these steps: an option, None for no answer, a list of parts, an int for going back there."""
    _, start = engine.ask(do="start", seed=1)
    engine.ask(do="step", session=start["session"], input="begin")
    for s in steps:
        if s is None:
            o = {"input": "no-answer"}
        elif isinstance(s, int):
            o = {"input": "rewind", "to": s}
        else:
            o = {"input": "compose", "parts": s} if isinstance(s, list) else {"input": "choose", "option": s}
        _, done = engine.ask(do="step", session=start["session"], **o)
        check("step %s" % (s,), "error" not in done, done)
    return start["session"]


def reaches(engine):
    """What is known of a play's prices, and what is not claimed."""
    def reach(session):
        parts, done = engine.ask(do="reach", session=session)
        return {p["reach"]: p for p in parts if "reach" in p}, [p for p in parts if p.get("price") == "listening"], done

    talk = scene("s", option("a", 2) + option("b", -1, "l:x") + "<no-answer><reaction who='lin'>r</reaction></no-answer>", "t") + scene(
        "t", option("c", 1) + option("again", 0, next="t") + option("d"), "u") + (
        '<scene id="u"><compose id="m" who="you" to="lin"><prompt>?</prompt><slot id="x">'
        '<part id="p" move="l:a" points="1">p</part><part id="q" move="l:x" points="-1">q</part></slot><slot id="y" may-be-empty="yes">'
        '<part id="p" move="l:b" points="1">p</part></slot><result next="own"><reaction>r</reaction></result></compose></scene>'
        '<scene id="own"><ask id="o" who="you"><prompt>?</prompt>' + option("e", 2, "l:b", "<phrase>yes</phrase>") + option("f", -2, "l:x", "<phrase>no</phrase>")
        + '<otherwise><reaction who="lin">r</reaction></otherwise></ask><goto next="end"/></scene>' + END)
    xml = scenario(talk, "", "").replace("</scenario>", '<debrief pass="75"><question>q</question></debrief></scenario>')
    loaded = engine.load(xml)
    check("reaches loads", loaded["playable"], loaded)
    _, done = engine.ask(do="reach", session=played(engine))
    check("no study", done.get("error") == "no-study", done)
    engine.explore(plays=10)
    total, prices, done = reach(played(engine, "s-d/a", "t-d/c", ["m/x/p", "m/y/p"], "o/e"))
    check("the best", total["listening"]["got"] == total["listening"]["best"] == 7 and not prices and done["passed"], (total, prices, done))
    check("own words are no part of what is graded", total[""]["got"] == total[""]["best"] == 5 and total[""]["worst"] == -2, total)
    total, prices, done = reach(played(engine, "s-d/b", "t-d/d", ["m/x/q"], "o/f"))
    check("the worst", total["listening"]["got"] == total["listening"]["worst"] == -4 and not done["passed"], (total, prices, done))
    check("each its price", [p["points"] for p in prices] == [3, 1, 3, 4], prices)
    # a decision met ten times counts as once, and costs as once
    total, prices, _ = reach(played(engine, "s-d/a", *["t-d/again"] * 9, "t-d/c", ["m/x/p", "m/y/p"], "o/e"))
    check("looped", total["listening"]["got"] == 6 and [p["points"] for p in prices] == [1], (total, prices))
    total, prices, _ = reach(played(engine, None, "t-d/c", ["m/x/p", "m/y/p"], "o/e"))
    check("nobody answered", total["listening"]["got"] == 5 and [p["points"] for p in prices] == [2], (total, prices))
    check("taken back", reach(played(engine, "s-d/b", 2, "s-d/a"))[2]["fit"] == "taken-back")
    check("not ended", reach(played(engine, "s-d/b"))[2]["fit"] == "not-ended")
    _, start = engine.ask(do="start", seed=1, roles=["lin"])
    check("other roles", reach(start["session"])[2]["fit"] == "no-study")


def findings(engine):
    kinds = lambda x: {f["finding"] for f in x.findings}
    five = "".join(scene("g%d" % i, option("a", 2) + option("b", 0, "l:x") + option("c", 1, "l:b"), "g%d" % (i + 1) if i < 9 else "end")
                   for i in range(10))
    x = timed("sound", engine, scenario(five + END), 1)
    check("no finding but levels", kinds(x) <= {"level-unattained", "level-by-chance"}, x.findings)
    check("best choice quality", x.scores["listening"]["quality-best"] == 100000, x.scores)
    check("random choice quality", abs(x.scores["listening"]["quality-random"]) < 10000, x.scores)
    # being sorry pays more than doing it right
    repair = (scene("s", option("right", 2, next="g0") + option("wrong", -1, "l:x", next="sorry"), "g0")
              + scene("sorry", option("a", 2) + option("b"), "more") + scene("more", option("a", 2) + option("b"), "g0") + five)
    x = timed("repair", engine, scenario(repair + END), 1)
    f = [f for f in x.findings if f["finding"] == "repair-pays"]
    check("repair pays", [(f["option"], f["other"], f["points"], f["leaves"], f["other-points"], f["other-leaves"]) for f in f]
          == [("s-d/wrong", "s-d/right", -1, 23, 2, 22)], f)
    # the kindest wins
    kind = "".join(scene("g%d" % i, option("a", 2, "svc:thank", '<score competency="listening" points="1">w</score>') + option("b", 0, "l:x"),
                         "g%d" % (i + 1) if i < 5 else "end") for i in range(6))
    x = timed("kind", engine, scenario(kind + END), 1)
    check("kindest wins", "kindest-wins" in kinds(x), x.findings)
    # lost, stuck, and a way there
    lost = (scene("s", option("a") + option("b", inner='<change flag="f" to="yes"/>'), "round")
            + '<scene id="round"><decision id="r" who="you">' + option("a") + option("b") + "</decision>"
            '<goto next="round" when="f"/><goto next="end"/></scene>')
    x = timed("lost", engine, scenario(lost + END, '<flag id="f"/>'), 1)
    check("endless", [(f["decision"], f["play"]) for f in x.findings if f["finding"] == "endless"] == [("r", ["s-d/b"])], x.findings)
    check("half of them get lost", x.done["unended"]["share"] == 5 * 10 ** 11 and x.done["plays"] == "2", x.done)
    stuck = scene("s", option("a") + option("b", inner='<change flag="f" to="yes"/>'), "x") + scene(
        "x", option("a", when="not f") + option("b", when="not f"), "end")
    x = timed("stuck", engine, scenario(stuck + END, '<flag id="f"/>'), 1)
    f = [f for f in x.findings if f["finding"] == "stuck"]
    check("a way to where it is stuck", [(f["decision"], f["why"], f["play"]) for f in f] == [("x-d", "no-option", ["s-d/b"])], f)
    # each chair has its own focus: the kindest there wins what is graded there, and elsewhere nothing is
    chairs = ('<focus competency="listening" role="you"/><focus competency="service" role="lin"/>')
    for role, comp in (("you", "listening"), ("lin", "service")):
        x = timed("chairs", engine, scenario(kind + END, focus=chairs), 1, roles=[role])
        check("graded for " + role, [k for k, v in x.scores.items() if v["focus"]] == [comp], x.scores)
    # an anchor asks for a move that only somebody else's options make; and in a sketch nobody asks for levels
    plain = "".join(scene("g%d" % i, option("a", 2) + option("b", -1, "l:x") + option("c"), "g%d" % (i + 1) if i < 8 else "o")
                    for i in range(9)) + scene("o", option("a", 1, "l:b") + option("b"), "end", "boss")
    x = timed("a move that is missing", engine, scenario(plain + END), 1)
    check("which move", [(f["level"], f["moves"]) for f in x.findings if f["finding"] == "level-unattained" and f["impossible"]]
          == [(5, ["l:b", "l:c"])], x.findings)
    x = timed("a sketch", engine, scenario(scene("s", option("a", 2) + option("b"), "end") + END), 1)
    check("nothing about levels", kinds(x) == set() and x.done.get("sketch"), x.findings)
    # what one chair alone meets is no finding where all chairs are asked about; what none meets is, however deep it stands
    kept = ('<flag id="f"/><flag id="g"/>' + scene("s", option("a") + option("b"), "fork")
            + '<scene id="fork"><goto next="l" when=\'role == "lin"\'/><goto next="y"/></scene>'
            + scene("y", option("a", inner='<change flag="f" to="yes"/>') + option("b", when="f"), "z")
            + scene("z", option("a") + option("b"), "end")
            + '<scene id="l"><line who="boss" when="f">n</line><line who="boss" when="not f">n</line><decision id="l-d" who="lin">'
            + option("a") + option("b", when="f") + '</decision><goto next="end"/></scene>')
    engine.load(scenario(kept + END))
    unmet = lambda x: sorted(f.get("option") or f.get("scene") or f.get("node") or f.get("fact") or "" for f in x.findings
                             if f["finding"].endswith(("-unreached", "-unread", "-unchanged")))
    for role, alone in (("you", ["g", "g", "l", "y-d/b"]), ("lin", ["f", "g", "g", "l-d/b", "l/line.1", "y", "z"])):
        x = engine.explore(plays=50, roles=[role])
        check("not met by " + role, unmet(x) == alone, unmet(x))
        x = engine.explore(plays=50, roles=[role], **{"all-chairs": True})
        check("met by nobody, asked from " + role, unmet(x) == ["g", "g", "l-d/b", "l/line.1", "y-d/b"], unmet(x))
    engine.ask(do="explore", begin=True, states=100, plays=50, roles=["you"], **{"all-chairs": True})
    large = engine.explore(plays=50, most=2, roles=["you"], **{"all-chairs": True})
    check("not known is not told", large.done.get("chairs-open") and unmet(large) == [], (large.done, large.findings))
    # too large for its budget, stopped, and what is said then
    engine.load(scenario(five + END))
    x = engine.explore(plays=400, most=3)
    check("sampled says so", x.done["kind"] == "sampled" and "plays" not in x.done, x.done)
    check("with intervals", all(e["low"] <= e["share"] <= e["high"] for e in x.endings.values()), x.endings)
    engine.ask(do="explore", begin=True, states=1, plays=50)
    parts, done = engine.ask(do="explore", stop=True)
    while done.get("more"):
        parts, done = engine.ask(do="explore")
    check("stopped says so", done["kind"] == "stopped", done)
    one = engine.explore(plays=300, seed=5)
    two = engine.explore(plays=300, seed=5)
    check("the same seed, the same sample", (one.scores, one.endings) == (two.scores, two.endings))


def main():
    engine = Engine()
    by_hand(engine)
    made_agree(engine)
    forms_agree(engine)
    engine.close()
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
