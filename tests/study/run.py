#!/usr/bin/env python3
"""Holds `explore` to what playing every play says, through the protocol and nothing else.

A brute force begins a session for each play and answers it from the start; what chance decides is forced by looking for
a seed that draws it (SplitMix64 by position, docs/format.md).  It shares no code and no idea with engine/study.  Scenarios
are written here, some by hand, some by a generator with a fixed seed.  B: the folder of the build.
"""
import json
import os
import random
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ENGINE = os.path.join(os.path.abspath(os.environ.get("B", "build")), "rehearse-engine")
MASK = (1 << 64) - 1
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


def scenario(body, facts="", script="", roles=("you", "lin")):
    cast = "".join('<role id="%s" playable="%s"><name>%s</name><position>p</position></role>'
                   % (r, "yes" if r in roles else "no", r) for r in ("you", "lin", "boss"))
    return ('<scenario xmlns="urn:rehearse:scenario:1" id="t" version="1.0" xml:lang="en"><info><title>T</title>'
            '<summary>S</summary><objective>O</objective><audience>A</audience><duration minutes="5"/><author>me</author>'
            '<licence>none</licence><focus competency="listening"/></info><rubric use="small"/>'
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
                out.append((ev["decision"], ev["option"]))
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
        v = [sum(t.values()) if not comp else t.get(comp, 0) for _, t, _ in self.plays.values()]
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
    return True


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
        last = json.loads(now["raw"].decode().splitlines()[-1]) if now.get("raw") else {}
        check(name + " play attains", last.get("totals", {}).get("listening") == got["worst" if worst else "best"], (last, got))
        engine.ask(do="end", session=start["session"])


# ---- scenarios made up -----------------------------------------------------------------------------------------------

FACTS = '<gauge id="g" label="G" from="0" to="3" start="1"/><flag id="f"/><counter id="n" from="0" to="2"/>'


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
                 "times('d%d/%s') &gt;= 2" % (d, o), "seen('s%d')" % d, "points('listening') &gt;= %d" % self.r.randint(-1, 2),
                 "moves('l:a') &gt;= 1", "turn &gt;= 2 and f", "not chose('d%d/%s') and g == 1" % (d, o)]
        return ' when="%s"' % self.r.choice(conds + (["random(2) == 1"] if lua else []))

    def effect(self):
        return self.r.choice(["", "", '<change gauge="g" add="%d"/>' % self.r.choice((-1, 1, 2)), '<change flag="f" to="yes"/>',
                              '<change flag="f" to="no"/>', '<change counter="n" add="1"/>', "<do>n = n + 1; f = g &gt;= 2</do>",
                              "<do>g = random(3)</do>" if self.r.random() < 0.3 else "<do>g = n</do>"])

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
        who = "you" if self.r.random() < 0.75 else "boss"
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
    for cycles, many, depth in ((False, 24, 99), (True, 24, 6)):
        for seed in range(many):
            m = Made(seed * 2 + cycles, cycles)
            done[cycles] += agree("made %d%s" % (seed, " with cycles" if cycles else ""), engine, m.xml, m.things, depth=depth)
    check("enough were played out", done[False] >= 16 and done[True] >= 10, done)


def main():
    engine = Engine()
    made_agree(engine)
    engine.close()
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
