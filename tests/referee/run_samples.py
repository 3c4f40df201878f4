#!/usr/bin/env python3
"""Every contract of the samples under `verify --referee`: the explorer and four searches by SPIN must agree.

One run for all, since starting SPIN and a compiler costs more than searching: the contracts of each folder are put into
a namespace of their own, so that equal names do not meet.
"""
import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import support  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
AREAS = ("driver_models", "tests/golden/machine", "tests/golden/report")
FEWEST = 100


def is_open(folder):
    """What no search comes to an end of takes the time of all others together, and has no referee."""
    return any("inconclusive" in path.read_text(encoding="utf-8", errors="replace") for path in folder.glob("expected*.txt"))


def folders():
    found = {}
    for area in AREAS:
        for path in sorted((ROOT / area).rglob("*.sg")):
            if not is_open(path.parent):
                found.setdefault(path.parent, []).append(path)
    return found


def write(target):
    for number, (folder, paths) in enumerate(folders().items()):
        place = target / f"n{number}"
        place.mkdir()
        for path in paths:
            text = path.read_text(encoding="utf-8", errors="replace").lstrip("\ufeff")
            (place / path.name).write_text(f"namespace N{number} {{\n{text}\n}}\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tool", required=True, type=lambda p: Path(p).resolve())
    tool = parser.parse_args().tool
    with tempfile.TemporaryDirectory(prefix="singspin-samples-") as folder:
        home, samples = Path(folder) / "home", Path(folder) / "samples"
        home.mkdir()
        samples.mkdir()
        write(samples)
        run = subprocess.run([tool, "verify", "--referee", "--json", "--no-trace", "."], cwd=samples, check=False,
                             env=support.environment(home, tool), stdout=subprocess.PIPE)
    if run.returncode not in (0, 1, 2, 3):
        print(f"exit status {run.returncode}")
    report = json.loads(run.stdout)
    wrong = [d for d in report["diagnostics"] if d["code"].startswith("SS09")]
    for d in wrong:
        print(d["code"], d["message"], *d.get("notes", []), sep="\n  ")
    verdict = report["summary"]["referee"]
    left = [c["qualifiedName"] for c in report["contracts"]
            if any(v["verdict"] == "inconclusive" for v in c["verdicts"])]
    print(f"all searches agree on {verdict['agreed']} of {verdict['searched']} machines of {len(report['contracts'])} "
          f"contracts; {len(left)} inconclusive")
    if wrong or run.returncode == 4 or verdict["searched"] < FEWEST:
        return 1
    return 0 if verdict["searched"] - verdict["agreed"] <= len(left) else 1


if __name__ == "__main__":
    sys.exit(main())
