#!/usr/bin/env python3
"""seeds.py TARGET FOLDER: copies the seeds of a fuzz target into FOLDER, flat and without repetition: the
contracts of driver_models and of the golden cases, a case of several files also as one input of several
files, for `project` the project files of the cli cases, seeds/TARGET and cases/TARGET."""
import hashlib
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SOURCES = {".sg", ".cs"}
ANNOTATED = {".drv", ".c"}
SUFFIXES = {"annotation": ANNOTATED, "project": {".csproj"}, "settings": {".toml"}, "checks": {".check"}, "trace": {".json"}, "report": {".json"}}
SEPARATOR = b"\n//// next file\n"


def inputs(target):
    suffixes = SUFFIXES.get(target, SOURCES)
    folders = ("driver_models", "tests/golden") if suffixes in (SOURCES, ANNOTATED, SUFFIXES["checks"], SUFFIXES["report"]) else ("tests/cli",)
    for folder in (ROOT / name for name in folders):
        files = sorted(path for path in folder.rglob("*") if path.suffix in suffixes and path.is_file())
        yield from (path.read_bytes() for path in files)
        if suffixes is SOURCES:
            for parent in sorted({path.parent for path in files}):
                together = [path.read_bytes() for path in files if path.parent == parent]
                if len(together) > 1:
                    yield SEPARATOR.join(together)
    for folder in ("seeds", "cases"):
        yield from (path.read_bytes() for path in sorted((HERE / folder / target).glob("*")))


def main():
    target, folder = sys.argv[1], Path(sys.argv[2])
    for data in inputs(target):
        (folder / hashlib.sha1(data).hexdigest()).write_bytes(data)


if __name__ == "__main__":
    main()
