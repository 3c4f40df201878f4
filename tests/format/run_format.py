#!/usr/bin/env python3
"""Formatting keeps what contracts mean: `check --print=ir` before and after, but for places.

Runs `singspin fmt` on a copy of every folder of contracts in tests/golden and driver_models and compares. `--check`
must then agree that nothing is left to do. The layout itself is tested in tests/unit/format and tests/cli.
"""
import argparse
import re
import shutil
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests"))
import support  # noqa: E402

PLACE = re.compile(r"\S*\.(?:sg|cs):\d+:\d+")


def folders():
    """Every folder that holds contracts, with the words of its `args` file."""
    roots = [ROOT / "driver_models", ROOT / "tests/golden"]
    found = {path.parent for root in roots for pattern in ("*.sg", "*.cs") for path in root.rglob(pattern)}
    return sorted(found)


def symbols(folder):
    args = folder / "args"
    words = args.read_text().split() if args.is_file() else []
    return [word for i, word in enumerate(words) if word.startswith("-D") or (i and words[i - 1] == "-D")]


def machines(tool, folder, defines):
    done = support.run([tool, "check", "--print=ir", "--root", ".", *defines, "."], folder, support.environment(folder))
    return re.sub(r"\s+", "", PLACE.sub("PLACE", done.out))  # types are printed as written


def check_folder(tool, folder, scratch):
    shutil.copytree(folder, scratch)
    defines, environment = symbols(folder), support.environment(scratch)
    before = machines(tool, scratch, defines)
    done = support.run([tool, "fmt", *defines, "."], scratch, environment)
    if done.code not in (0, 2):
        return [f"{folder}: fmt ends with {done.code}\n{done.err}"]
    faults = []
    if machines(tool, scratch, defines) != before:
        faults.append(f"{folder}: formatting changes what the contracts mean")
    again = support.run([tool, "fmt", "--check", *defines, "."], scratch, environment)
    if again.code != done.code:
        faults.append(f"{folder}: fmt --check ends with {again.code} after fmt has run\n{again.out}{again.err}")
    return faults


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tool", required=True)
    tool = str(Path(parser.parse_args().tool).resolve())
    faults, count = [], 0
    for folder in folders():
        with tempfile.TemporaryDirectory(prefix="singspin-format-") as temporary:
            faults += check_folder(tool, folder, Path(temporary) / "case")
        count += 1
    if count < 100:
        faults.append(f"only {count} folders found")
    print("\n".join(faults) if faults else f"format: {count} folders keep their machines")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
