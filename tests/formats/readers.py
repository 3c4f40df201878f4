"""Readers of the formats that singspin writes: what the programs they are for look at, and nothing else.

Each function takes bytes and raises Refused. They are written from the documents of the readers, not from the writers.
"""
import json
import re
import xml.etree.ElementTree as ElementTree

FORBIDDEN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff]")


class Refused(Exception):
    pass


def demand(holds, words):
    if not holds:
        raise Refused(words)


def text_of(data):
    demand(not data.startswith(b"\xef\xbb\xbf"), "byte order mark")
    return data.decode("utf-8")


def unique(values, what):
    seen = set()
    for value in values:
        demand(value not in seen, f"{what} occurs twice: {value}")
        seen.add(value)


def relative(path):
    demand(path and not path.startswith(("/", "./")) and "\\" not in path, f"not a plain relative path: {path!r}")


def junit(data):
    """Suites as {name: {case: element}}; counts must be those of the cases."""
    text = text_of(data)
    demand(len(data) <= 30 * 1000 * 1000, "larger than 30 MB")
    demand(not FORBIDDEN_XML.search(text), "a character that XML forbids")
    root = ElementTree.fromstring(text)
    kinds = {"failures": "failure", "errors": "error", "skipped": "skipped"}
    suites = {}
    unique([s.get("name") for s in root], "suite")
    for part in [root, *root]:
        cases = list(part.iter("testcase"))
        demand(int(part.get("tests")) == len(cases), f"tests of {part.get('name')}")
        for name, kind in kinds.items():
            demand(int(part.get(name)) == sum(c.find(kind) is not None for c in cases), f"{name} of {part.get('name')}")
    for suite in root:
        unique([c.get("name") for c in suite], "case")
        suites[suite.get("name")] = {c.get("name"): c for c in suite}
        for case in suite:
            for child in case:
                demand(len((child.text or "").encode()) <= 64 * 1024, "more than 64 KB of text")
                demand(not HIDDEN.search(child.text or ""), "hidden characters")
    return suites


def tap(data):
    """[(ok, name, directive)] of TAP 14, YAML blocks checked for their marks."""
    lines = text_of(data).split("\n")
    demand(lines.pop() == "" and lines[0] == "TAP version 14", "frame")
    plan = re.fullmatch(r"1\.\.(\d+)", lines[1])
    demand(plan, "no plan")
    tests, block = [], None
    for line in lines[2:]:
        if block is not None:
            demand(line.startswith("  "), f"a block without its end: {line!r}")
            if line == "  ...":
                block = None
            else:
                key, _, value = line.strip().partition(": ")
                demand(re.fullmatch("[a-z]+", key), f"not a key: {line!r}")
                block[key] = json.loads(value) if value.startswith('"') else value
        elif line == "  ---":
            block = {}
        else:
            test = re.fullmatch(r"(ok|not ok) (\d+) - ((?:[^#\\]|\\.)*?)(?: # (\S+)( .*)?)?", line)
            demand(test, f"not a test: {line!r}")
            demand(int(test[2]) == len(tests) + 1, "numbers")
            demand(test[4] in (None, "SKIP"), f"directive {test[4]}")
            tests.append((test[1] == "ok", re.sub(r"\\(.)", r"\1", test[3]), test[4]))
    demand(block is None and len(tests) == int(plan[1]), "the plan does not count the tests")
    return tests


def gitlab(data):
    found = json.loads(text_of(data))
    unique([one["fingerprint"] for one in found], "fingerprint")
    for one in found:
        demand(set(one) == {"description", "check_name", "fingerprint", "severity", "location"}, "members")
        demand(one["severity"] in ("info", "minor", "major", "critical", "blocker"), "severity")
        relative(one["location"]["path"])
        demand(one["location"]["lines"]["begin"] >= 1, "line")
    return found


def github(data):
    """[(command, {property: value}, message)] as the runner reads them."""
    def plain(text, is_property):
        for code, char in (("%0D", "\r"), ("%0A", "\n"), *((("%3A", ":"), ("%2C", ",")) if is_property else ()), ("%25", "%")):
            text = text.replace(code, char)
        return text

    commands = []
    lines = text_of(data).split("\n")
    demand(lines.pop() == "", "the last line has no end")
    for line in lines:
        match = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", line)
        demand(match, f"not a command: {line!r}")
        properties = dict(p.split("=", 1) for p in match[2].split(","))
        commands.append((match[1], {k: plain(v, True) for k, v in properties.items()}, plain(match[3], False)))
        demand(("col" in properties) == ("endColumn" in properties), "col without endColumn")
        demand("col" not in properties or properties["line"] == properties["endLine"], "columns of several lines")
    for kind in ("error", "warning", "notice"):
        demand(sum(c[0] == kind for c in commands) <= 10, f"more than 10 of {kind}")
    return commands


def markdown(data):
    text = text_of(data)
    demand(len(data) <= 1 << 20, "larger than 1 MiB")
    charts = re.findall(r"^```mermaid\n(.*?)^```$", text, re.S | re.M)
    demand(len(charts) <= 1, "more than one chart")
    for chart in charts:
        lines = chart.splitlines()
        demand(lines[0] == "sequenceDiagram" and len(chart) < 50000, "chart too long")
        demand(sum("->>" in line or "-x" in line for line in lines) <= 400, "more than 400 messages")
        aliases = set()
        for line in lines[1:]:
            match = re.fullmatch(r" {4}(?:participant (p\d+) as [\w #;.]+|(p\d+)(?:->>|-x)(p\d+): [\w #;.]+|Note over (p\d+): [\w #;.]+)", line)
            demand(match and not re.search(r"\bend\b", line), f"not a line of a chart: {line!r}")
            if match[1]:
                aliases.add(match[1])
            demand(all(name in aliases for name in match.groups()[1:] if name), f"unknown participant: {line!r}")
    for line in text.split("\n"):
        demand(not line.startswith("| ") or len(re.findall(r"(?<!\\)\|", line)) == 6, f"a row of another length: {line!r}")
    return text


def sarif(data):
    demand(len(data) <= 10 * 1000 * 1000, "larger than 10 MB")
    log = json.loads(text_of(data))
    demand(log["version"] == "2.1.0" and len(log["runs"]) == 1, "one run")
    run = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    unique([rule["id"] for rule in rules], "rule")
    graphs = run.get("graphs", [])
    edges = []
    for graph in graphs:
        nodes = [node["id"] for node in graph.get("nodes", [])]
        unique(nodes, "node")
        edges.append({edge["id"]: edge for edge in graph.get("edges", [])})
        unique([edge["id"] for edge in graph.get("edges", [])], "edge")
        for edge in graph.get("edges", []):
            demand(edge["sourceNodeId"] in nodes and edge["targetNodeId"] in nodes, "an edge to no node")
    prints = [r["partialFingerprints"]["singspinCounterexample/v1"] for r in run["results"] if "partialFingerprints" in r]
    unique(prints, "fingerprint")
    for rule in rules:
        demand(len(rule["properties"]["tags"]) <= 10 and rule["help"]["markdown"], "rule")
    for result in run["results"]:
        demand(rules[result["ruleIndex"]]["id"] == result["ruleId"], "ruleIndex")
        flows = [loc["location"] for flow in result.get("codeFlows", []) for t in flow["threadFlows"] for loc in t["locations"]]
        demand(len(flows) <= 1000, "more than 1000 steps")
        demand(len(result["locations"]) == 1, "one location")
        for place in [*result["locations"], *flows, *result.get("relatedLocations", [])]:
            artifact = place["physicalLocation"]["artifactLocation"]
            relative(artifact["uri"])
            demand(re.fullmatch(r"[\w\-.~/]*(?:%[0-9A-F]{2}[\w\-.~/]*)*", artifact["uri"], re.A), f"uri {artifact['uri']}")
            demand("uriBaseId" not in artifact, "uriBaseId")
        for way in result.get("graphTraversals", []):
            known = edges[way["runGraphIndex"]]
            steps = [known[step["edgeId"]] for step in way["edgeTraversals"]]
            demand(all(a["targetNodeId"] == b["sourceNodeId"] for a, b in zip(steps, steps[1:])), "a way with a gap")
    return run


def itf(data):
    trace = json.loads(text_of(data))
    demand(trace["#meta"]["format"] == "ITF", "format")
    for index, state in enumerate(trace["states"]):
        demand(state["#meta"] == {"index": index}, "index")
        demand(set(state) == {"#meta", *trace["vars"]}, "variables")
    demand("loop" not in trace or 0 <= trace["loop"] < len(trace["states"]), "loop")
    return trace


READERS = {"junit": junit, "tap": tap, "gitlab": gitlab, "github": github, "md": markdown, "sarif": sarif}
