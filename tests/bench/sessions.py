#!/usr/bin/env python3
"""Conversations as a group leaves them in its records, as JSON Lines that `rehearse import` takes.

    sessions.py ENGINE KEPT.jsonl N PEOPLE > SESSIONS.jsonl

KEPT.jsonl is an export that has the scenarios' versions; they are played in turn, N times in all, by PEOPLE in turn.  The
engine plays each one with a seed of its own; what is answered is drawn from one seeded stream, so that the same arguments
give the same bytes.
"""
import json
import random
import subprocess
import sys
import time

SEED = 7
BEGUN = 1790000000000  # milliseconds since 1970: the first conversation; one a minute from then on
NAMES = "23456789abcdefghjkmnpqrstvwxyz"
DEPARTMENTS = 7


class Engine:
    """One engine with one version loaded, as the records keep it."""

    def __init__(self, program, files):
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.put({"do": "load", "langs": sorted({f["lang"] for f in files if f["need"] == "po" and f.get("kind") == "scenario"})})
        while True:
            said = self.get()
            if said.get("done"):
                break
            self.give(files, said)
        if not said.get("playable"):
            sys.exit("a version that is kept cannot be played: %s" % said)

    def give(self, files, need):
        for f in files:
            if all(f.get(k, "") == need.get(k, "") for k in ("need", "kind", "name", "lang")):
                self.process.stdin.write(f["line"].encode() + b"\n" + f.get("text", "").encode())
                self.process.stdin.flush()
                return
        self.put({"file": None, "code": "file-missing"})

    def put(self, message):
        self.process.stdin.write(json.dumps(message).encode() + b"\n")
        self.process.stdin.flush()

    def get(self):
        said = json.loads(self.process.stdout.readline())
        said["raw"] = self.process.stdout.read(said["bytes"]) if "bytes" in said else b""
        return said

    def ask(self, **message):
        self.put(message)
        while True:
            said = self.get()
            if "error" in said:
                sys.exit("%s: %s" % (message, said))
            if said.get("done"):
                return said

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def answer_of(last, draw):
    """Any answer to LAST, the event that asks."""
    here = last["decision"] + "/"
    if "parts" not in last:
        return {"input": "choose", "option": here + draw.choice(last["options"]), "ms": draw.randrange(20000)}
    slots = {}
    for part in last["parts"]:
        slots.setdefault(part.split("/")[0], []).append(part)
    return {"input": "compose", "parts": [here + draw.choice(parts) for parts in slots.values()], "ms": draw.randrange(20000)}


def play(engine, seed, at, draw):
    """The events of one conversation, a line each."""
    started = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at / 1000))
    said = engine.ask(do="start", seed=seed, lang="en", mode="practice", started=started)
    session, raw = said["session"], said["raw"]
    said = engine.ask(do="step", session=session, input="begin")
    raw += said["raw"]
    while said["phase"] == "ask":
        said = engine.ask(do="step", session=session, **answer_of(json.loads(raw.decode().splitlines()[-1]), draw))
        raw += said["raw"]
    engine.ask(do="end", session=session)
    return raw.decode().splitlines()


def name_of(i):
    name = ""
    for _ in range(6):
        i, digit = divmod(i, len(NAMES))
        name += NAMES[digit]
    return name


def main():
    program, kept, sessions, people = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    versions, files = [], {}
    put = sys.stdout.write
    with open(kept, encoding="utf-8") as lines:
        put(next(lines))
        for line in lines:
            row = json.loads(line)
            if "version" in row:
                versions.append(row["version"]["digest"])
            elif "file" in row:
                files.setdefault(row["file"]["version"], []).append(row["file"])
            else:
                continue
            put(line)
    for i in range(people):
        row = {"name": "t%03d" % i, "department": "d%d" % (i % DEPARTMENTS), "asked": True, "tags": "autumn", "since": BEGUN}
        put(json.dumps({"trainee": row}) + "\n")
    engines = {v: Engine(program, files[v]) for v in versions}
    draw, before = random.Random(SEED), {}
    for i in range(sessions):
        version, who = versions[i % len(versions)], "t%03d" % (i // len(versions) % people)
        at = BEGUN + i * 60000
        events = play(engines[version], i, at, draw)
        row = {"name": name_of(i), "trainee": who, "digest": version, "origin": "", "roles": " ".join(json.loads(events[0])["roles"]),
               "mode": "practice", "lang": "en", "seed": i, "started": at, "tags": "autumn", "before": before.get((who, version), 0),
               "events": len(events)}
        before[who, version] = row["before"] + 1
        put(json.dumps({"session": row}) + "\n")
        for event in events:
            put('{"at":%d,"event":%s}\n' % (at, event))
    put(json.dumps({"end": {"sessions": sessions}}) + "\n")
    for engine in engines.values():
        engine.close()


if __name__ == "__main__":
    main()
