#!/usr/bin/env python3
"""Draws every contract of driver_models and tests/golden and compares the pictures with the machines.

The folded edges of `graph --format json`, followed action by action, must give exactly the transitions that
`check --print=ir` lists: each once, from its state to its state. The dot of both forms must be read by Graphviz
without a warning and hold the nodes and edges of the JSON.
"""
import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDERS = ["driver_models", "tests/golden"]
LEAST_CONTRACTS = 100  # fewer: the folders were not found


def files_to_draw():
    """Files with errors in their contracts are drawn as well; what has no machine is not listed."""
    return [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.sg"))]


def run(tool, *words):
    done = subprocess.run([tool, *map(str, words)], cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True,
                          text=True, timeout=120, check=False)
    if done.returncode not in (0, 2):
        raise SystemExit(f"{' '.join(map(str, words))}: exit code {done.returncode}\n{done.stderr}")
    return done.stdout


def machines(text):
    """The machines of `--print=ir`: lists of {transition: (from, action, to)}."""
    result, state = [], None
    for line in text.splitlines():
        if line.startswith("contract "):
            result.append({})
        elif found := re.match(r"  state (\S+)", line):
            state = found[1]
        elif found := re.match(r"    (t\d+) (\S+[?!]) -> (\S+)", line):
            result[-1][found[1]] = (state, found[2], found[3])
    return result


def follow(parts, at, machine, taken):
    """Goes along a label from a state; returns where it ends."""
    for part in parts:
        if "alternatives" in part:
            ends = {follow(one, at, machine, taken) for one in part["alternatives"]}
            if len(ends) != 1:
                raise ValueError(f"the alternatives end in {sorted(ends)}")
            at = ends.pop()
            continue
        source, action, target = machine[part["transition"]]
        if (source, action) != (at, part["action"]):
            raise ValueError(f"{part} is taken in {at}, but leaves {source}")
        taken.append(part["transition"])
        at = target
    return at


def compare(graph, machine):
    taken = []
    for edge in graph["edges"]:
        for label in edge["labels"]:
            end = follow(label["parts"], edge["from"], machine, taken)
            if end != edge["to"]:
                raise ValueError(f"{label['text']} ends in {end}, not in {edge['to']}")
    if sorted(taken) != sorted(machine):
        raise ValueError(f"{sorted(set(taken) ^ set(machine))} are missing, or drawn twice")


def check_dot(text, graphs):
    with tempfile.NamedTemporaryFile("w", suffix=".dot", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        done = subprocess.run(["dot", "-Tcanon", file.name], capture_output=True, text=True, timeout=120, check=False)
    if done.returncode != 0 or done.stderr:
        raise ValueError(f"dot -Tcanon: exit code {done.returncode}: {done.stderr}")
    # Long strings are broken with a backslash at the end of the line.
    drawings = re.split(r"^digraph ", done.stdout.replace("\\\n", ""), flags=re.M)[1:]
    if len(drawings) != len(graphs):
        raise ValueError(f"{len(drawings)} digraphs for {len(graphs)} contracts")
    for drawing, graph in zip(drawings, graphs):
        entries = sum(node["entry"] for node in graph["nodes"])
        nodes, edges = drawing.count("class="), len(re.findall(r"^\t\S.* -> ", drawing, flags=re.M))
        if (nodes, edges) != (len(graph["nodes"]) + entries, len(graph["edges"]) + entries):
            raise ValueError(f"{graph['contract']}: {nodes} nodes and {edges} edges")


def check_file(tool, path):
    """Returns the number of contracts that were drawn."""
    expected = machines(run(tool, "check", "--print=ir", path))
    if not expected:
        if drawn := run(tool, "graph", path):
            raise ValueError(f"there is no machine, but a graph: {drawn}")
        return 0
    for words in ([], ["--no-fold"]):
        graphs = json.loads(run(tool, "graph", "--format", "json", *words, path))["graphs"]
        if len(graphs) != len(expected):
            raise ValueError(f"{len(graphs)} graphs for {len(expected)} machines")
        for graph, machine in zip(graphs, expected):
            compare(graph, machine)
        check_dot(run(tool, "graph", "--format", "dot", *words, path), graphs)
    return len(expected)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tool", required=True, type=lambda text: Path(text).resolve(), help="the singspin to test")
    tool = parser.parse_args().tool
    contracts, failures = 0, 0
    for path in files_to_draw():
        try:
            contracts += check_file(tool, path)
        except ValueError as error:
            failures += 1
            print(f"{path.relative_to(ROOT)}: {error}")
    print(f"{contracts} contracts drawn, {failures} files with failures")
    return 1 if failures or contracts < LEAST_CONTRACTS else 0


if __name__ == "__main__":
    sys.exit(main())
