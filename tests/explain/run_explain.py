#!/usr/bin/env python3
"""Executes every contract of codes.md with the real tool and compares what the text claims.

usage: run_explain.py --tool PATH [--code SS0101] [--keep DIR] [--jobs N]

One line per block, then `N passed, M failed`. Exit status 1 if a claim is wrong or a code lacks its text.
The attributes of a block are described at the head of codes.md.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODES = ROOT / "frontend" / "diagnostics" / "codes.md"
REGISTRY = ROOT / "frontend" / "diagnostics" / "diagnostics.def"

OPT_IN = {"can-finish", "returns-to-start"}
USER = "user"  # any check of the user
PROPERTIES = {"deadlock-free", "no-unexpected-message", "no-orphan-message", "queues-bounded", "states-reachable", USER} | OPT_IN
UNPROVOKED = {"SS0429"}  # too long for a text that people read; tests/golden has a case
ATTRIBUTES = {"expect", "configurations", "strength", "define", "file", "hidden"}
DECLARES_CONTRACT = re.compile(r"\bcontract\s+\w+\s*[{:<]")
# Exit statuses of runs whose report can be judged: ok, violated, bad input, inconclusive.
JUDGED = {0, 1, 2, 3}


class Wrong(Exception):
    """A claim that does not hold, or a text that breaks its own rules."""


@dataclass
class Block:
    code: str
    kind: str  # contract or drv
    line: int  # of the opening fence
    attributes: dict
    lines: list = field(default_factory=list)

    @property
    def claims(self):
        return [claim for claim in self.attributes.get("expect", "").split(",") if claim]

    def text(self):
        text = "\n".join(line[2:] if line.startswith("~ ") else line for line in self.lines) + "\n"
        return text if self.kind == "drv" or DECLARES_CONTRACT.search(text) else "contract Example {\n" + text + "}\n"


@dataclass
class Section:
    code: str
    rule: str
    line: int
    blocks: list = field(default_factory=list)


def read_registry():
    """Rule ids by code, in the order of the registry."""
    found = re.findall(r'^SS_CODE\(\w+, (\d+), \w+, "([^"]+)"', REGISTRY.read_text(), re.MULTILINE)
    return {f"SS{int(number):04}": rule for number, rule in found}


def parse_attributes(words, line):
    attributes = dict(word.partition("=")[::2] for word in words)
    unknown = attributes.keys() - ATTRIBUTES
    if unknown:
        raise Wrong(f"codes.md:{line}: unknown attribute {', '.join(sorted(unknown))}")
    return attributes


def read_sections():
    sections, block = [], None
    for number, line in enumerate(CODES.read_text().splitlines(), 1):
        if block is not None:
            if line == "```":
                block = None
            else:
                block.lines.append(line)
        elif line.startswith("## "):
            sections.append(Section(*line[3:].split(" ", 1), number))
        elif line.startswith("```"):
            kind, *words = line[3:].split()
            if kind not in ("contract", "drv") or not sections:
                raise Wrong(f"codes.md:{number}: a block is a contract or drv of a section, or no block")
            block = Block(sections[-1].code, kind, number, parse_attributes(words, number))
            sections[-1].blocks.append(block)
    return sections


def check_sections(sections, registry):
    """What is wrong with the list of sections, without running anything."""
    problems = []
    codes = [section.code for section in sections]
    problems += [f"{code} has no section" for code in registry if code not in codes]
    problems += [f"{code} has a section but is no code" for code in codes if code not in registry]
    problems += [f"{code} has several sections" for code in sorted(set(codes)) if codes.count(code) > 1]
    if codes != sorted(codes):
        problems.append("the sections are not in the order of their codes")
    for section in sections:
        rule = registry.get(section.code, section.rule)
        if section.rule != rule:
            problems.append(f"{section.code} is called {section.rule}, the registry says {rule}")
        claims = {claim for block in section.blocks for claim in block.claims}
        own = {f"reports:{section.code}", f"violated:{rule}"}
        if section.code.startswith(("SS01", "SS02", "SS04")) and section.code not in UNPROVOKED and not claims & own:
            problems.append(f"{section.code} has no contract that provokes it")
    return problems


def groups_of(section):
    """Blocks without a claim are files of the next block that has one."""
    group = []
    for block in section.blocks:
        group.append(block)
        if block.claims:
            yield group
            group = []
    if group:
        raise Wrong(f"codes.md:{group[0].line}: no block with a claim follows")


def run_tool(tool, group, folder):
    files = []
    for number, block in enumerate(group):
        path = folder / block.attributes.get("file", f"block{number}.{'drv' if block.kind == 'drv' else 'sg'}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text())
        files.append(str(path))
    symbols = [symbol for block in group for symbol in block.attributes.get("define", "").split(",") if symbol]
    common = ["--json", "--deterministic", "--root", str(folder)]
    common += [word for symbol in symbols for word in ("-D", symbol)] + files
    asked = sorted({claim.partition(":")[2] for block in group for claim in block.claims} & OPT_IN)
    chosen = ["--property", ",".join(["default", *asked])] if asked else []
    report = read_report([tool, "verify", "--state-dir", str(folder / "state"), *chosen, *common], folder)
    # What a run decides is not said a second time by a static rule, so ask `check` for the rules as well.
    known = {diagnostic["code"] for diagnostic in report["diagnostics"]}
    static = read_report([tool, "check", *common], folder)["diagnostics"]
    report["static"] = [diagnostic for diagnostic in static if diagnostic["code"] not in known]
    return report


def read_report(command, folder):
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, cwd=folder, check=False)
    if done.returncode not in JUDGED:
        raise Wrong(f"exit status {done.returncode}: {done.stderr.strip()[-300:]}")
    try:
        return json.loads(done.stdout)
    except json.JSONDecodeError as error:
        raise Wrong(f"no report on stdout ({error}): {done.stderr.strip()[-300:]}") from error


def deciding(contract, name):
    """The verdicts that count: those of the free reading, one for each entry."""
    return [verdict for verdict in contract.get("verdicts", [])
            if verdict["property"].partition(":")[0] == name and verdict["scope"].get("reading", "free") == "free"]


def check_system_verdict(report, status, name):
    """Systems of drivers have properties of their own; a user's check is named `user:check-n`."""
    for system in report["systems"]:
        seen = [verdict["verdict"] for verdict in system["verdicts"]
                if verdict["property"] == name or verdict["property"].startswith(name + ":")]
        if status not in seen:
            raise Wrong(f"{system['name']}: {name} is {', '.join(seen) or 'missing'}, not {status}")


def check_verdict(report, status, name, attributes):
    if report["systems"]:
        return check_system_verdict(report, status, name)
    if name not in PROPERTIES:
        raise Wrong(f"{name} is no property")
    if not report["contracts"]:
        raise Wrong("no contract in the report")
    for contract in report["contracts"]:
        verdicts = deciding(contract, name)
        seen = [verdict["verdict"] for verdict in verdicts]
        # One violated entry violates the property; proved takes all of them.
        holds = status in seen if status == "violated" else seen and set(seen) == {status}
        if not holds:
            raise Wrong(f"{contract['name']}: {name} is {', '.join(seen) or 'missing'}, not {status}")
        if status == "proved":
            check_statistics(contract["name"], name, verdicts, attributes)


def check_statistics(contract, name, verdicts, attributes):
    for verdict in verdicts:
        found = {"strength": verdict.get("strength"),
                 "configurations": str(verdict.get("stats", {}).get("configurations"))}
        for key, value in found.items():
            if attributes.get(key, value) != value:
                raise Wrong(f"{contract}: {name} has {key} {value}, not {attributes[key]}")


def check_clean(report, code):
    bad = [diagnostic for diagnostic in report["diagnostics"]
           if diagnostic["severity"] in ("error", "warning") or diagnostic["code"] == code]
    if bad:
        raise Wrong("not clean: " + "; ".join(f"{d['code']} {d['message']}" for d in bad))


def check_claim(claim, report, block):
    kind, _, argument = claim.partition(":")
    codes = {diagnostic["code"] for diagnostic in report["diagnostics"] + report["static"]}
    if kind in ("proved", "violated"):
        check_verdict(report, kind, argument, block.attributes)
    elif kind in ("reports", "silent"):
        if (argument in codes) != (kind == "reports"):
            raise Wrong(f"{argument} is {'missing' if kind == 'reports' else 'reported'}; "
                        f"reported: {', '.join(sorted(codes)) or 'nothing'}")
    elif claim == "clean":
        check_clean(report, block.code)
    else:
        raise Wrong(f"unknown claim {claim}")


def check_group(tool, group, keep):
    """The claims that do not hold, in words."""
    block = group[-1]
    with tempfile.TemporaryDirectory(prefix="explain-") as temporary:
        folder = keep / f"{block.code}-{block.line}" if keep else Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        try:
            report = run_tool(tool, group, folder)
        except (Wrong, OSError, subprocess.TimeoutExpired) as error:
            return [str(error)]
        problems = []
        for claim in block.claims:
            try:
                check_claim(claim, report, block)
            except (Wrong, KeyError) as error:
                problems.append(f"{claim}: {error}")
        return problems


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tool", help="the singspin to run; without it only the list of sections is checked")
    parser.add_argument("--code", action="append", help="only the blocks of this code")
    parser.add_argument("--keep", type=Path, help="write the contracts into this folder and leave them there")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="blocks that are run at the same time")
    options = parser.parse_args()
    tool = str(Path(options.tool).resolve()) if options.tool else None
    keep = options.keep.resolve() if options.keep else None

    try:
        sections = read_sections()
        problems = check_sections(sections, read_registry())
        groups = [group for section in sections for group in groups_of(section)]
    except Wrong as error:
        sys.exit(str(error))
    for problem in problems:
        print(f"FAIL codes.md: {problem}")
    passed, failed = 0, len(problems)
    selected = [group for group in groups if not options.code or group[-1].code in options.code]
    with ThreadPoolExecutor(options.jobs) as pool:
        results = pool.map(lambda group: check_group(tool, group, keep), selected if tool else [])
        for group, wrong in zip(selected, results):
            block = group[-1]
            print(f"{'FAIL' if wrong else 'ok  '} {block.code} codes.md:{block.line} {','.join(block.claims)}", flush=True)
            for problem in wrong:
                print(f"       {problem}")
            passed, failed = passed + (not wrong), failed + bool(wrong)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
