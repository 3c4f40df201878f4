#!/usr/bin/env python3
"""Draws contracts as Mermaid, renders them with Mermaid in Chromium and looks for every name.

SINGSPIN_NODE_MODULES names a folder with the packages mermaid and playwright-core (`npm install mermaid
playwright-core`); Debian's chromium is used. Without them the test is off: exit code 77.
"""
import argparse
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
OFF = 77


def missing():
    """What is not there, in words; empty if the renderer can run."""
    modules = os.environ.get("SINGSPIN_NODE_MODULES", "")
    if not modules:
        return "SINGSPIN_NODE_MODULES is not set"
    absent = [name for name in ("mermaid", "playwright-core") if not (Path(modules) / name).is_dir()]
    absent += [name for name in ("node", "chromium") if not shutil.which(name)]
    return f"missing: {', '.join(absent)}" if absent else ""


def graph(tool, path, *words):
    done = subprocess.run([tool, "graph", path, *words], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    if done.returncode not in (0, 2):
        raise SystemExit(f"graph {path} {' '.join(words)}: exit code {done.returncode}\n{done.stderr}")
    return done.stdout


def pictures(tool):
    """For each contract its Mermaid text and its graph."""
    paths = sorted([*ROOT.glob("driver_models/*/*.sg"), *ROOT.glob("tests/golden/graph/*/*.sg")])
    for path in paths:
        for found in json.loads(graph(tool, path, "--format", "json"))["graphs"]:
            name = found["contract"]
            yield f"{path.relative_to(ROOT)}: {name}", graph(tool, path, "--format", "mermaid", "--contract", name), found


def plain(text):
    """Without the spaces and line ends that wrapping adds or takes away."""
    return "".join(text.replace("\u00a0", " ").split())


def problems(result, found):
    if "error" in result:
        yield result["error"]
        return
    shown = [plain(text) for text in result["texts"]]
    for node in found["nodes"]:
        if node["kind"] == "named" and not any(text.startswith(plain(node["state"])) for text in shown):
            yield f"no state {node['state']}"
    for edge in found["edges"]:
        for label in edge["labels"]:
            if not any(plain(label["text"]) in text for text in shown):
                yield f"no label {label['text']}"
    marks = sum(node["entry"] + node["final"] for node in found["nodes"])
    edges = marks + sum(edge["from"] != edge["to"] for edge in found["edges"])
    if result["edges"] != edges:
        yield f"{result['edges']} arrows instead of {edges}"
    if result["foreign"]:
        yield "markup of a contract came through"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tool", required=True, type=lambda text: Path(text).resolve(), help="the singspin to test")
    tool = parser.parse_args().tool
    if reason := missing():
        print(f"off: {reason}")
        return OFF
    drawn = list(pictures(tool))
    texts = json.dumps({name: text for name, text, _ in drawn})
    renderer = Path(__file__).with_name("render_mermaid.mjs")
    done = subprocess.run(["node", renderer, os.path.abspath(os.environ["SINGSPIN_NODE_MODULES"])], input=texts,
                          capture_output=True, text=True, timeout=200, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{renderer.name}: exit code {done.returncode}\n{done.stderr}")
    results, failures = json.loads(done.stdout), 0
    for name, _, found in drawn:
        for problem in problems(results[name], found):
            failures += 1
            print(f"{name}: {problem}")
    print(f"{len(drawn)} contracts rendered, {failures} problems")
    return 1 if failures or not drawn else 0


if __name__ == "__main__":
    sys.exit(main())
