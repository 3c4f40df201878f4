#!/usr/bin/env python3
"""Runs every `console` block of the documents and compares what it prints with what the document shows.

A block is a command line `$ ...` and its output. A `mermaid` block is the output of the command in the comment
`<!-- $ ... -->` before it. A block after the comment `<!-- file NAME -->` is saved under that name. Commands
run in a copy of driver_models and of what else they show, at 100 columns, without times. --update writes the output into the documents; CI refuses it.
"""
import argparse
import difflib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
DOCUMENTS = ["README.md", "MANUAL.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "TUTORIAL.md"]


def run(command, tool, folder):
    environment = {"PATH": f"{Path(tool).resolve().parent}:{os.environ['PATH']}", "HOME": str(folder), "TERM": "dumb",
                   "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "0"}
    done = subprocess.run(["bash", "-c", command], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120, check=False)
    return [line.rstrip() for line in done.stdout.rstrip("\n").split("\n")]


def rewrite(lines, tool, folder):
    """The document with every console block as the tool prints it today, and the number of commands."""
    result, inside, commands, drawing = [], False, 0, ""
    name, saved = "", None  # of a block that is a file, and its lines
    for line in lines:
        if line.startswith("```") and name:
            if saved is not None:
                (Path(folder) / name).parent.mkdir(parents=True, exist_ok=True)
                (Path(folder) / name).write_text("\n".join(saved) + "\n")
            name, saved = ("", None) if saved is not None else (name, [])
            result.append(line)
        elif saved is not None:
            saved.append(line)
            result.append(line)
        elif line.startswith("<!-- file ") and line.endswith(" -->"):
            name = line[len("<!-- file "):-len(" -->")]
            result.append(line)
        elif line.startswith("```"):
            inside = line == "```console" or (line == "```mermaid" and bool(drawing))
            result.append(line)
            if line == "```mermaid" and drawing:
                result += run(drawing, tool, folder)
                commands += 1
            drawing = ""
        elif line.startswith("<!-- $ ") and line.endswith(" -->"):
            drawing = line[len("<!-- $ "):-len(" -->")]
            result.append(line)
        elif not inside:
            result.append(line)
        elif line.startswith("$ "):
            result += [line, *run(line[2:], tool, folder)]
            commands += 1
    return result, commands


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tool", required=True)
    parser.add_argument("--update", action="store_true")
    options = parser.parse_args()
    if options.update and os.environ.get("CI"):
        sys.exit("run_docs.py: documents are not updated in CI")
    passed = failed = 0
    with tempfile.TemporaryDirectory(prefix="docs-") as temporary:
        for shown in ("driver_models", "tests/golden/branches"):
            shutil.copytree(ROOT / shown, Path(temporary) / shown)
        for name in DOCUMENTS:
            shown = (ROOT / name).read_text().split("\n")
            now, commands = rewrite(shown, options.tool, temporary)
            passed += commands
            if shown == now:
                continue
            if options.update:
                (ROOT / name).write_text("\n".join(now))
                continue
            failed += 1
            print("\n".join(difflib.unified_diff(shown, now, f"{name} (as shown)", f"{name} (as printed)", lineterm="")))
            print(f"accept with: python3 tests/docs/run_docs.py --tool {options.tool} --update")
    print(f"{passed} commands run, {failed} documents differ")
    sys.exit(1 if failed or passed == 0 else 0)


if __name__ == "__main__":
    main()
