#!/usr/bin/env python3
"""Fuzzing.  Without arguments: every target runs over its saved corpus, one test a file.
With --seconds N: each target is fuzzed for N seconds (built by `make fuzz`), beginning with its corpus."""
import glob
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
BUILD = os.path.abspath(os.environ["B"])


def targets():
    return sorted(os.path.basename(p)[5:-2] for p in glob.glob(HERE + "/fuzz_*.c"))


def corpus(target):
    return sorted(p for p in glob.glob(HERE + "/corpus/%s/*" % target) if os.path.isfile(p))


def replay():
    passed = failed = 0
    for target in targets():
        files = corpus(target)
        if not files:
            print("FAILED %s has no corpus" % target)
            failed += 1
        program = BUILD + "/fuzz/fuzz_" + target
        for path in files:
            p = subprocess.run([program, path], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60, cwd=HERE)
            if p.returncode == 0:
                passed += 1
            else:
                failed += 1
                print("FAILED %s on %s\n%s" % (target, os.path.basename(path), p.stdout.decode(errors="replace")[-2000:]))
    print("%d passed, %d failed" % (passed, failed))
    return failed > 0


def fuzz(seconds):
    failed = 0
    for target in targets():
        with tempfile.TemporaryDirectory() as found:
            argv = [BUILD + "/fuzz/fuzz_" + target, found, HERE + "/corpus/" + target, "-max_total_time=%d" % seconds,
                    "-timeout=10", "-rss_limit_mb=2048", "-max_len=65536", "-print_final_stats=1", "-verbosity=0",
                    "-artifact_prefix=%s/crash-%s-" % (BUILD, target)]
            p = subprocess.run(argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=HERE)
            text = p.stdout.decode(errors="replace")
            runs = [l.split()[-1] for l in text.splitlines() if "number_of_executed_units" in l]
            print("%-8s %s inputs in %d s: %s" % (target, runs[0] if runs else "?", seconds, "no fault" if p.returncode == 0 else "FAULT"))
            if p.returncode:
                failed += 1
                print(text[-4000:])
    print("%d passed, %d failed" % (len(targets()) - failed, failed))
    return failed > 0


sys.exit(fuzz(int(sys.argv[2])) if sys.argv[1:2] == ["--seconds"] else replay())
