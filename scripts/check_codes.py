#!/usr/bin/env python3
"""Checks the list of codes: in order, without repetition, each explained in codes.md and provoked by a test."""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIST = "frontend/diagnostics/diagnostics.def"
MANUAL = "frontend/diagnostics/codes.md"
ENTRY = re.compile(r'^\s*SS_CODE\(\s*(\w+)\s*,\s*(\d+)\s*,\s*\w+\s*,\s*"([^"]*)"\s*,\s*"[^"]*"\s*\)', re.M)


def repeated(values):
    return sorted({value for value in values if values.count(value) > 1})


def test_text():
    """Everything that tests expect or say, without the runners."""
    files = [path for path in sorted((ROOT / "tests").rglob("*")) if path.is_file()]
    return "\n".join(p.read_text(encoding="utf-8", errors="replace") for p in files if p.suffix != ".py")


def list_faults(entries):
    names, numbers, rules = map(list, zip(*entries))
    if numbers != sorted(numbers):
        after = next(b for a, b in zip(numbers, numbers[1:]) if b < a)
        yield f"{LIST}: SS{after:04} is not in ascending order"
    for kind, values in (("enumerator", names), ("number", numbers), ("rule id", rules)):
        yield from (f"{LIST}: {kind} {value} occurs twice" for value in repeated(values))


def manual_faults(entries):
    expected = [(f"SS{number:04}", rule) for _, number, rule in entries]
    sections = re.findall(r"^## (SS\d{4}) (\S+)$", (ROOT / MANUAL).read_text(encoding="utf-8"), re.M)
    yield from (f"{MANUAL}: section `## {code} {rule}` is missing" for code, rule in expected if (code, rule) not in sections)
    yield from (f"{MANUAL}: section `## {code} {rule}` is for no code" for code, rule in sections if (code, rule) not in expected)
    yield from (f"{MANUAL}: section `## {code} {rule}` occurs twice" for code, rule in repeated(sections))


def test_faults(entries):
    text = test_text()
    for name, number, _ in entries:
        if not re.search(rf"\bSS{number:04}\b|\bCode::{name}\b", text):
            yield f"tests: nothing provokes SS{number:04} (Code::{name})"


def main():
    text = (ROOT / LIST).read_text(encoding="utf-8")
    entries = [(name, int(number), rule) for name, number, rule in ENTRY.findall(text)]
    if len(entries) != len(re.findall(r"^\s*SS_CODE\(", text, re.M)) or not entries:
        print(f"{LIST}: not every entry has the form SS_CODE(name, number, severity, \"rule-id\", \"title\")")
        return 1
    wrong = [*list_faults(entries), *manual_faults(entries), *test_faults(entries)]
    print("\n".join(wrong) if wrong else f"codes: {len(entries)} codes, each explained and tested")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
