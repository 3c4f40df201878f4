"""Applies the first repair of a report to the file, or says whether the repaired contract is proved."""
import json
import sys


def offset(text, place):
    lines = text.split("\n")
    before = sum(len(line) + 1 for line in lines[: place["line"] - 1])
    return before + place["column"] - 1  # the samples have no characters beyond the first plane


def apply(report, path):
    text = open(path, encoding="utf-8", newline="").read()
    fixes = [fix for c in report["counterexamples"] for fix in c.get("fixes", [])]
    if not fixes:
        print(f"{path}: no repair")
        return 1
    fix = fixes[0]
    edits = [(offset(text, e["span"]["start"]), offset(text, e["span"]["end"]), e["newText"]) for e in fix["edits"]]
    for begin, end, new in sorted(edits, reverse=True):
        text = text[:begin] + new + text[end:]
    open(path, "w", encoding="utf-8", newline="").write(text)
    print(f"{path}: {fix['title']}")
    return 0


def proved(report, path):
    for contract in report["contracts"]:
        bad = {v["property"] for v in contract["verdicts"]
               if v["severity"] == "error" and (v["verdict"], v.get("strength")) != ("proved", "any-queue-length")}
        print(f"{path}: {contract['name']}: {'proved' if not bad else ', '.join(sorted(bad))}")


if sys.argv[1] == "--proved":
    proved(json.load(open(sys.argv[2])), sys.argv[3])
else:
    sys.exit(apply(json.load(open(sys.argv[1])), sys.argv[2]))
