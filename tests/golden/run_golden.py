#!/usr/bin/env python3
"""Runs golden cases: folders of contracts and of files that say what singspin prints for them.

A case is tests/golden/AREA/CASE/ with contracts (in subfolders, if need be), an optional file `args` with one line of
further command-line words, and any of the expected files of the table below. Each expected file is the standard
output of one command; only those that exist are compared. `expected.exit` holds the exit code of the last of these
commands in the order of the table (of `check` if there are no others). Without it the code is not compared, but a
crash or a tool failure fails the case. The run must leave nothing behind but `.singspin`, and that only for `verify`.
"""
import argparse
import shlex
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import support  # noqa: E402
from support import CaseError  # noqa: E402

COMMANDS = {
    "expected.diag": ["check"],
    "expected.tokens": ["check", "--print=tokens"],
    "expected.ast": ["check", "--print=ast"],
    "expected.ir": ["check", "--print=ir"],
    "expected.system": ["check", "--print=system"],
    "expected.pml": ["emit", "--all"],
    "expected.graph.txt": ["graph", "--width", "80"],
    "expected.graph.ascii.txt": ["graph", "--ascii", "--width", "60"],
    "expected.graph.json": ["graph", "--format", "json", "--deterministic"],
    "expected.dot": ["graph", "--format", "dot"],
    "expected.full.dot": ["graph", "--format", "dot", "--no-fold"],
    "expected.mmd": ["graph", "--format", "mermaid"],
    "expected.puml": ["graph", "--format", "plantuml"],
    "expected.txt": ["verify", "--deterministic"],
    "expected.ascii.txt": ["verify", "--deterministic", "--ascii", "--width", "80"],
    "expected.report.json": ["verify", "--deterministic", "--json"],
}
EXIT = "expected.exit"
TOOL_FAILURE = 4


def expected_files(case):
    found = {path.name for path in case.glob("expected.*")}
    if unknown := found - {*COMMANDS, EXIT}:
        raise CaseError(f"{', '.join(sorted(unknown))}: no such kind; there are {', '.join(COMMANDS)}, {EXIT}")
    if not found:
        raise CaseError("no expected file: a test that cannot fail")
    return [name for name in COMMANDS if name in found], EXIT in found


def extra_words(case):
    return shlex.split(support.read(case / "args"))


def run_command(case, tool, command, folder):
    """Runs one command on a fresh copy of the case."""
    home, files = folder / "home", folder / "case"
    home.mkdir(parents=True)
    files.mkdir()
    support.copy_files(case, files, lambda name: name == "args" or name.startswith("expected."))
    before = support.snapshot(files)
    words = [tool, *command, "--root", ".", "--color", "never", *extra_words(case), "."]
    done = support.run(words, files, support.environment(home))
    after = support.snapshot(files)
    changed = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    if command[0] == "verify":
        changed = [name for name in changed if not name.startswith(".singspin/")]
    if changed:
        raise CaseError(f"singspin {command[0]} left behind or changed: {', '.join(changed)}")
    return done


def crashed(done, code_expected):
    return done.code not in support.EXIT_CODES or (done.code == TOOL_FAILURE and not code_expected)


def run_case(case, tool, update):
    outputs, has_exit = expected_files(case)
    results, done = {}, None
    with tempfile.TemporaryDirectory(prefix="singspin-golden-") as temporary:
        for name in outputs or ["expected.diag"]:
            done = run_command(case, tool, COMMANDS[name], Path(temporary) / name)
            if crashed(done, has_exit):
                raise CaseError(f"{name}: exit code {done.code}\n{done.out}{done.err}")
            results[name] = done
    texts = {name: results[name].out for name in outputs}
    if has_exit:
        texts[EXIT] = f"{done.code}\n"
    if update:
        for name, text in texts.items():
            support.write(case / name, text)
        return []
    failures = []
    for name, text in texts.items():
        if difference := support.diff(support.read(case / name), text, name):
            errors = results[name].err if name in results else ""
            failures.append(difference + (f"standard error:\n{errors}" if errors else ""))
    return failures


def main():
    parser = argparse.ArgumentParser(description="Runs golden cases.")
    parser.add_argument("--tool", required=True, type=lambda text: Path(text).resolve(), help="the singspin to test")
    parser.add_argument("--update", action="store_true", help="write what is printed now into the expected files")
    parser.add_argument("cases", nargs="+", metavar="CASE_DIR")
    options = parser.parse_args()
    return support.run_cases(options.cases, options.tool, options.update, run_case)


if __name__ == "__main__":
    sys.exit(main())
