#!/usr/bin/env python3
"""Verifies driver models and compares the report with their expect.json.

A model is a folder driver_models/MODEL/ (its own contracts, not those of the folders in it) or
driver_models/MODEL/broken-NAME/ (everything in it). In expect.json every member is optional but "exit":

  {"contracts": {"NicDevice": {"deadlock-free": "proved", "configurations": 12, "longest_queue": 1}},
   "counterexample": {"contract": "NicDevice", "property": "deadlock-free", "length": 4, "steps": ["E!Ready", "I?Ready"]},
   "rules": ["mixed-choice"], "exit": 0}

The verdict is that of the free reading. "rules" are the rules of all diagnostics but the properties themselves.
Steps: E!m the exporter sends m, E?m it receives m; I!m and I?m the importer. "counterexample" may be a list of such.
"""
import argparse
import json
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import support  # noqa: E402
from support import CaseError  # noqa: E402

NUMBERS = {"configurations": "configurations", "longest_queue": "longestQueue"}  # in expect.json, in stats
WHO = {"exp": "E", "imp": "I"}
ACTION = {"send": "!", "receive": "?"}
MEMBERS = {"contracts", "counterexample", "rules", "exit"}


def load_expectation(model):
    if not (model / "expect.json").is_file():
        raise CaseError("no expect.json: a model without expectation")
    expect = json.loads(support.read(model / "expect.json"))
    if unknown := expect.keys() - MEMBERS:
        raise CaseError(f"expect.json: unknown member {', '.join(sorted(unknown))}; there are {', '.join(sorted(MEMBERS))}")
    if "exit" not in expect:
        raise CaseError('expect.json: no "exit"')
    return expect


def verify(model, tool):
    paths = [model] if model.name.startswith("broken-") else sorted(model.glob("*.sg"))
    if not paths:
        raise CaseError("no contract in this folder")
    with tempfile.TemporaryDirectory(prefix="singspin-model-") as temporary:
        home, work = Path(temporary) / "home", Path(temporary) / "work"
        home.mkdir()
        work.mkdir()
        words = ["verify", "--json", "--deterministic", "--state-dir", Path(temporary) / "state", "--root", model, *paths]
        done = support.run([tool, *words], work, support.environment(home))
    try:
        return json.loads(done.out), done
    except ValueError as error:
        raise CaseError(f"no JSON report ({error}), exit code {done.code}\n{done.err}") from None


def find_contract(report, name):
    for contract in report["contracts"]:
        if name in (contract["qualifiedName"], contract["name"]):
            return contract
    known = ", ".join(contract["name"] for contract in report["contracts"])
    raise CaseError(f"contract {name} is not in the report; there are: {known}")


def free_verdicts(contract):
    verdicts = contract.get("verdicts", [])
    return {v["property"]: v for v in verdicts if v.get("scope", {}).get("reading", "free") == "free"}


def difference(what, expected, actual):
    return [] if expected == actual else [f"{what}: expected {json.dumps(expected)}, now {json.dumps(actual)}"]


def check_contract(report, name, expected):
    verdicts = free_verdicts(find_contract(report, name))
    failures = []
    for key, value in expected.items():
        if key in NUMBERS:
            # Every property is decided by the same search, so any verdict that has the number will do.
            numbers = [v["stats"][NUMBERS[key]] for v in verdicts.values() if NUMBERS[key] in v.get("stats", {})]
            failures += difference(f"{name}: {key}", value, numbers[0] if numbers else None)
        else:
            failures += difference(f"{name}: {key}", value, verdicts.get(key, {}).get("verdict"))
    return failures


def check_counterexample(report, expected):
    name = f"{expected['contract']}: {expected['property']}: counterexample"
    verdict = free_verdicts(find_contract(report, expected["contract"])).get(expected["property"], {})
    if "counterexample" not in verdict:
        return [f"{name}: there is none"]
    recorded = report["counterexamples"][verdict["counterexample"]]["steps"]
    steps = [WHO[step["component"]] + ACTION[step["action"]] + step["message"] for step in recorded]
    failures = difference(f"{name}: length", expected.get("length", len(steps)), len(steps))
    return failures + difference(f"{name}: steps", expected.get("steps", steps), steps)


def as_list(value):
    return value if isinstance(value, list) else [value]


def run_model(model, tool):
    expect = load_expectation(model)
    report, done = verify(model, tool)
    failures = difference("exit code", expect["exit"], done.code)
    for name, expected in expect.get("contracts", {}).items():
        failures += check_contract(report, name, expected)
    for expected in as_list(expect.get("counterexample", [])):
        failures += check_counterexample(report, expected)
    if "rules" in expect:
        rules = sorted({d["rule"] for d in report["diagnostics"] if not d["code"].startswith("SS01")})
        failures += difference("rules", sorted(expect["rules"]), rules)
    return failures


def main():
    parser = argparse.ArgumentParser(description="Verifies driver models and compares with expect.json.")
    parser.add_argument("--tool", required=True, type=lambda text: Path(text).resolve(), help="the singspin to test")
    parser.add_argument("models", nargs="+", metavar="MODEL_DIR")
    options = parser.parse_args()
    failed = 0
    for model in (Path(model).resolve() for model in options.models):
        try:
            failures = run_model(model, options.tool)
        except CaseError as error:
            failures = [str(error)]
        if failures:
            failed += 1
            print(f"FAILED {model}\n" + "\n".join(failures))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
