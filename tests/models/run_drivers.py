#!/usr/bin/env python3
"""Verifies the annotated drivers of driver_models, each as it is and with every fault that it knows.

usage: run_drivers.py --tool PATH [--update] [MODEL ...]
       run_drivers.py --coverage

driver_models/MODEL/driver/expect.json says what must come out:

  {"file": "nic.c", "system": "Nic", "shows": "a buffer lent to DMA",
   "runs": [{"states": 42, "checks": {"user:check-1": "proved"}, "properties": ["leak", ...]},
            {"fault": "NAME", "what": "what is wrong", "verdict": "leak", "violated": ["leak"], "owed_at": [], ...}]}

A fault is the symbol that makes it: `singspin verify -D NAME`, and for C and C++ the compiler gets the same symbol.
"violated" are all the properties that must be violated, everything else must be proved; "verdict" is the one that
the fault is about. --update writes what comes out now, but for "file", "system", "shows", "what" and "verdict".
--coverage looks at all models: every property is violated by two of them and proved by two whose sound driver has it.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
TESTS = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TESTS), str(TESTS / "systems")]
import run_systems  # noqa: E402
import support  # noqa: E402
from run_systems import Wrong  # noqa: E402

MODELS = TESTS.parent / "driver_models"
COMPILERS = {".c": ["gcc", "-std=c11"], ".cpp": ["g++", "-std=c++20"]}
ALWAYS_ON = ["deadlock-free", "no-unexpected-message", "conformance", "unhandled-event", "owed-reply", "ownership",
             "leak", "lock-discipline", "blocking-in-atomic", "send-after-close", "unbound-port", "thread-reuse",
             "assertion", "state-mapping"]
OPT_IN = ["race", "never", "always", "reachable", "leadsto", "progress"]


def models():
    return sorted(path.parent.parent.name for path in MODELS.glob("*/driver/expect.json"))


def load(model):
    return json.loads((MODELS / model / "driver" / "expect.json").read_text())


def symbol(run):
    return ["-D", run["fault"]] if "fault" in run else []


def compile_source(source, run):
    """The host code is real code: it compiles without a warning, with the same fault as the annotations."""
    if source.suffix not in COMPILERS:
        return
    define = [f"-D{run['fault']}"] if "fault" in run else []
    command = [*COMPILERS[source.suffix], "-Wall", "-Wextra", "-Werror", "-fsyntax-only", *define, str(source)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    if done.returncode != 0:
        raise Wrong(f"the compiler refuses it: {done.stderr[-600:]}")


def verify(tool, folder, source, run):
    """The report and its traces."""
    home, state, root = folder / "home", folder / "state", source.parent.parent
    home.mkdir()
    done = support.run([tool, "verify", "--json", "--deterministic", "--root", root, "--state-dir", state, *symbol(run),
                        source], folder, support.environment(home))
    try:
        report = json.loads(done.out)
    except ValueError:
        raise Wrong(f"no report, exit code {done.code}: {done.err[-400:]}") from None
    return report, done, sorted((state / "last").glob("*.trace.json"))


def kinds_of_checks(source):
    """The operator of each `check` of a file, in order; what stands in a sound driver only counts here."""
    text = source.read_text()
    kinds = []
    for part in text.split("check ")[1:]:
        word = part.split("(")[0].split(";")[0].strip()
        kinds.append(word if word in OPT_IN else "leadsto")
    return kinds


def outcome(report):
    """What one run found, in the words of expect.json."""
    found = run_systems.verdicts_of(report)
    violated = sorted(name for name, rows in found.items() if any(v["verdict"] == "violated" for v in rows))
    checks = {name: rows[0]["verdict"] for name, rows in sorted(found.items()) if name.startswith("user:")}
    owed = sorted({place for v in found.get("owed-reply", []) for place in v.get("owed", [])})
    states = max(v["stats"]["configurations"] for rows in found.values() for v in rows if "stats" in v)
    return {"violated": violated, "owed_at": owed, "checks": checks, "states": states,
            "properties": sorted(name for name in found if not name.startswith("user:"))}


def compare(run, report, now, done):
    if done.code != (1 if run.get("violated") else 0):
        raise Wrong(f"exit code {done.code}: {done.err[-300:]}")
    run_systems.compare({"violated": [], **run}, report)
    for name in ("states", "properties", "checks"):
        if name in run and run[name] != now[name]:
            raise Wrong(f"{name}: {now[name]}, not {run[name]}")
    if run.get("verdict", "ok") != "ok" and run["verdict"] not in run["violated"]:
        raise Wrong(f"{run['verdict']} is not violated")
    drift = [d["message"] for d in report["diagnostics"] if d["code"].startswith("SS04") and d["code"] != "SS0433"]
    if drift:
        raise Wrong(f"diagnostics about annotations: {drift}")


def check(tool, model, run, update):
    expect = load(model)
    source = MODELS / model / "driver" / expect["file"]
    compile_source(source, run)
    with tempfile.TemporaryDirectory(prefix="drivers-") as folder:
        report, done, traces = verify(tool, Path(folder), source, run)
        now = outcome(report)
        if update:
            return now
        compare(run, report, now, done)
        saved = Path(folder) / "report.json"
        saved.write_text(done.out)
        if len(traces) != len(report["counterexamples"]):
            raise Wrong(f"{len(traces)} traces for {len(report['counterexamples'])} counterexamples")
        run_systems.check_schema([saved, *traces])
        return now


def write(model, expect):
    """One run per line, as people read it."""
    head = {name: value for name, value in expect.items() if name != "runs"}
    lines = [f"  {json.dumps(name)}: {json.dumps(value)}," for name, value in head.items()]
    runs = ",\n".join("    " + json.dumps(run) for run in expect["runs"])
    (MODELS / model / "driver" / "expect.json").write_text("{\n" + "\n".join(lines) + f'\n  "runs": [\n{runs}\n  ]\n}}\n')


def keep(run, now):
    text = {name: run[name] for name in ("fault", "what", "verdict") if name in run}
    wanted = {name: value for name, value in now.items() if value or name in ("states", "checks")}
    if "fault" in run:
        del wanted["properties"]
    return {**text, **wanted}


def run_model(tool, model, update):
    expect, failed = load(model), 0
    for index, run in enumerate(expect["runs"]):
        wrong = ""
        try:
            now = check(tool, model, run, update)
            if update:
                expect["runs"][index] = keep(run, now)
        except (Wrong, KeyError, ValueError, subprocess.TimeoutExpired) as error:
            wrong, failed = f": {error}", failed + 1
        print(f"{'FAIL' if wrong else 'ok  '} {model} {run.get('fault', '')}{wrong}", flush=True)
    if update:
        write(model, expect)
    return failed


def broken_and_sound(model):
    """Two sets of ids: what a fault of the model violates, and what its sound driver has and satisfies."""
    expect = load(model)
    kinds = kinds_of_checks(MODELS / model / "driver" / expect["file"])
    broken, sound = set(), set()
    for run in expect["runs"]:
        named = set(run.get("violated", []))
        for n, kind in enumerate(kinds, 1):
            if f"user:check-{n}" in named:
                broken.add(kind)
            elif "fault" not in run and f"user:check-{n}" in run["checks"]:
                sound.add(kind)
        broken |= named & set(ALWAYS_ON + OPT_IN)
        if "fault" not in run:
            sound |= set(run["properties"])
    return broken, sound


def coverage():
    found = {model: broken_and_sound(model) for model in models()}
    missing = []
    for name in ALWAYS_ON + OPT_IN:
        broken = [m for m, (b, _) in found.items() if name in b]
        sound = [m for m, (_, s) in found.items() if name in s]
        print(f"{name:22} violated by {len(broken)} models, proved of {len(sound)}")
        missing += [f"{name} is violated by {len(broken)} models"] if len(broken) < 2 else []
        missing += [f"{name} is proved of {len(sound)} models"] if len(sound) < 2 else []
    for model in models():
        runs = load(model)["runs"]
        faults = {run["verdict"] for run in runs if "fault" in run}
        if "fault" in runs[0] or runs[0].get("violated"):
            missing.append(f"{model} begins with no sound driver")
        if sum("fault" in run for run in runs) < 3 or len(faults) < 3:
            missing.append(f"{model} has not three faults of different kinds")
    without = [p.name for p in MODELS.iterdir() if p.is_dir() and p.name not in found]
    missing += [f"{name} has no driver" for name in sorted(without)]
    print("\n".join(missing) or "every property is violated and proved by two models or more")
    return len(missing)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tool")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--coverage", action="store_true")
    parser.add_argument("models", nargs="*")
    options = parser.parse_args()
    if options.update and os.environ.get("CI"):
        sys.exit("run_drivers.py: expectations are not updated in CI")
    if options.coverage:
        return 1 if coverage() else 0
    tool = str(Path(options.tool).resolve())
    failed = sum(run_model(tool, model, options.update) for model in options.models or models())
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
