#!/usr/bin/env python3
"""Runs command-line cases: a script and what it prints.

A case is tests/cli/CASE/ with `script`, run by `bash -u` with singspin first in PATH, in a copy of `files/` if there
is that folder, else in an empty one. A command that fails does not end the script: print `exit $?` where it matters.
`expected.out` is its standard output, `expected.err` its standard error (none: nothing may be printed there),
`expected.exit` its exit code (none: 0). `{{...}}` in an expected line, whatever the dots are, stands for any text.
"""
import argparse
import re
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import support  # noqa: E402
from support import CaseError  # noqa: E402

PLACEHOLDER = re.compile(r"\{\{.*?\}\}")


def line_matches(expected, actual):
    if not PLACEHOLDER.search(expected):
        return expected == actual
    pattern = ".*".join(re.escape(text) for text in PLACEHOLDER.split(expected))
    return re.fullmatch(pattern, actual, re.S) is not None


def aligned(expected, actual):
    """For each actual line the index of the expected line it matches, or None: a longest common subsequence."""
    match = [[line_matches(e, a) for a in actual] for e in expected]
    length = [[0] * (len(actual) + 1) for _ in range(len(expected) + 1)]
    for i in reversed(range(len(expected))):
        for j in reversed(range(len(actual))):
            skip = max(length[i + 1][j], length[i][j + 1])
            length[i][j] = max(skip, length[i + 1][j + 1] + 1) if match[i][j] else skip
    result, i, j = [None] * len(actual), 0, 0
    while i < len(expected) and j < len(actual):
        if match[i][j] and length[i][j] == length[i + 1][j + 1] + 1:
            result[j], i, j = i, i + 1, j + 1
        elif length[i + 1][j] >= length[i][j + 1]:
            i += 1
        else:
            j += 1
    return result


def with_placeholders(expected, actual):
    """The actual text, its lines replaced by the expected ones they match: what an update writes."""
    if not PLACEHOLDER.search(expected):
        return actual
    old, new = expected.splitlines(keepends=True), actual.splitlines(keepends=True)
    return "".join(line if index is None else old[index] for line, index in zip(new, aligned(old, new)))


def expected_text(case, name):
    if name == "expected.exit" and not (case / name).is_file():
        return "0\n"
    return support.read(case / name)


def run_script(case, tool):
    with tempfile.TemporaryDirectory(prefix="singspin-cli-") as temporary:
        home, files = Path(temporary) / "home", Path(temporary) / "files"
        home.mkdir()
        files.mkdir()
        if (case / "files").is_dir():
            support.copy_files(case / "files", files)
        return support.run(["bash", "-u", case / "script"], files, support.environment(home, tool))


def update_file(path, text, usual):
    if text != usual or path.name == "expected.out":
        support.write(path, text)
    elif path.is_file():
        path.unlink()
        print(f"removed {path}: it is as usual now")


def run_case(case, tool, update):
    if not (case / "script").is_file():
        raise CaseError("no file `script`")
    if not (case / "expected.out").is_file() and not update:
        raise CaseError("no file `expected.out`: a test that cannot fail")
    done = run_script(case, tool)
    usual = {"expected.out": "", "expected.err": "", "expected.exit": "0\n"}
    actual = {"expected.out": done.out, "expected.err": done.err, "expected.exit": f"{done.code}\n"}
    texts = {name: with_placeholders(expected_text(case, name), text) for name, text in actual.items()}
    if update:
        for name, text in texts.items():
            update_file(case / name, text, usual[name])
        return []
    differences = (support.diff(expected_text(case, name), text, name) for name, text in texts.items())
    return [difference for difference in differences if difference]


def main():
    parser = argparse.ArgumentParser(description="Runs command-line cases.")
    parser.add_argument("--tool", required=True, type=lambda text: Path(text).resolve(), help="the singspin to test")
    parser.add_argument("--update", action="store_true", help="write what is printed now into the expected files")
    parser.add_argument("cases", nargs="+", metavar="CASE_DIR")
    options = parser.parse_args()
    if options.tool.name != "singspin":
        parser.error("--tool: scripts call `singspin`, so the program must have that name")
    return support.run_cases(options.cases, options.tool, options.update, run_case)


if __name__ == "__main__":
    sys.exit(main())
