#!/usr/bin/env python3
"""Verifies every variant of one annotated file and compares all verdicts with what its author says.

usage: run_systems.py --tool PATH [FILE ...]

expected.json lists for each file and variant the ids that must be violated; everything else must be proved.
One line per variant, then `N passed, M failed`.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

DRIVERS = Path(__file__).resolve().parent / "drivers"
SCHEMA_CHECK = Path(__file__).resolve().parents[1] / "schema" / "validate.py"


class Wrong(Exception):
    """A verdict that is not the expected one."""


def verify(tool, run, state):
    command = [tool, "verify", "--json", "--deterministic", "--root", str(DRIVERS), "--state-dir", str(state),
               "-D", run["define"], str(DRIVERS / run["file"])]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    wanted = 1 if run["violated"] else 0
    if done.returncode != wanted:
        raise Wrong(f"exit status {done.returncode}, not {wanted}: {done.stderr.strip()[-400:]}{done.stdout[-400:]}")
    return done.stdout


def verdicts_of(report):
    if not report["systems"]:
        raise Wrong("no system in the report")
    found = {}
    for system in report["systems"]:
        for verdict in system["verdicts"]:
            found.setdefault(verdict["property"], []).append(verdict)
    return found


def compare(run, report):
    found = verdicts_of(report)
    violated = {name for name, rows in found.items() if any(v["verdict"] == "violated" for v in rows)}
    if violated != set(run["violated"]):
        raise Wrong(f"violated: {sorted(violated)}, not {sorted(run['violated'])}")
    for name, rows in found.items():
        if name not in violated and any(v["verdict"] != "proved" for v in rows):
            raise Wrong(f"{name} is {[v['verdict'] for v in rows]}")
    for name, status in run.get("checks", {}).items():
        if {v["verdict"] for v in found.get(name, [])} != {status}:
            raise Wrong(f"{name} is not {status}")
    owed = sorted({place for v in found.get("owed-reply", []) for place in v.get("owed", [])})
    if owed != sorted(run.get("owed_at", [])):
        raise Wrong(f"owed at {owed}, not {run.get('owed_at', [])}")
    lint = sorted((d["code"], d["span"]["start"]["line"]) for d in report["diagnostics"] if d["code"] == "SS0431")
    if lint != sorted(("SS0431", row["line"]) for row in run.get("lint", [])):
        raise Wrong(f"lint: {lint}")


def check_schema(files):
    done = subprocess.run([sys.executable, str(SCHEMA_CHECK), *map(str, files)], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Wrong(f"schema: {(done.stdout + done.stderr).strip()[-600:]}")


def check(tool, run):
    with tempfile.TemporaryDirectory(prefix="systems-") as folder:
        state = Path(folder) / "state"
        text = verify(tool, run, state)
        report = json.loads(text)
        compare(run, report)
        saved = Path(folder) / "report.json"
        saved.write_text(text)
        traces = sorted((state / "last").glob("*.trace.json"))
        if len(traces) != len(report["counterexamples"]):
            raise Wrong(f"{len(traces)} traces for {len(report['counterexamples'])} counterexamples")
        check_schema([saved, *traces])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tool", required=True)
    parser.add_argument("files", nargs="*", help="of tests/systems/drivers; none: all")
    options = parser.parse_args()
    tool = str(Path(options.tool).resolve())
    runs = json.loads((DRIVERS / "expected.json").read_text())["runs"]
    selected = [run for run in runs if not options.files or run["file"] in options.files]
    if not selected:
        sys.exit("no such file in expected.json")
    failed = 0
    for run in selected:
        wrong = ""
        try:
            check(tool, run)
        except (Wrong, KeyError, json.JSONDecodeError, subprocess.TimeoutExpired) as error:
            wrong, failed = f": {error}", failed + 1
        print(f"{'FAIL' if wrong else 'ok  '} {run['file']} {run['define']}{wrong}", flush=True)
    print(f"{len(selected) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
