#!/usr/bin/env python3
"""What is installed runs from there: run_packaging.py PART --build FOLDER

prefix    `cmake --install` into an empty prefix
package   the Debian package of cpack, unpacked into an empty root
action    the step of the GitHub Action, with its inputs as GitHub passes them
"""
import argparse
import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import support  # noqa: E402

SKIPPED = 77
MODEL = support.ROOT / "tests/golden/report/spooler/contracts/SpoolerContract.sg"


class Failed(Exception):
    pass


def demand(holds, words):
    if not holds:
        raise Failed(words)


def run(words, **more):
    done = subprocess.run([str(w) for w in words], stdin=subprocess.DEVNULL, capture_output=True, text=True, **more)
    return done.returncode, done.stdout, done.stderr


def succeed(words, **more):
    code, out, err = run(words, **more)
    demand(code == 0, f"exit {code}: {' '.join(map(str, words))}\n{out}{err}")
    return out


def check_tree(prefix, work):
    """The program works alone, and everything that belongs to it is there and readable."""
    program = prefix / "bin/singspin"
    env = {"PATH": f"{prefix}/bin:/usr/bin:/bin", "HOME": str(work), "LC_ALL": "C.UTF-8"}
    code, out, err = run(["singspin", "verify", "--deterministic", "--root", MODEL.parent, MODEL], cwd=work, env=env)
    demand(code == 1 and "can deadlock after 8 steps" in out, f"exit {code}: {out}{err}")
    demand(succeed(["singspin", "explain", "SS0101"], cwd=work, env=env).startswith("SS0101"), "explain")
    check_pages(prefix / "share/man/man1", succeed([program, "--help"], env=env))
    check_completions(prefix / "share")
    licences = (prefix / "share/doc/singspin/copyright").read_text(encoding="utf-8")
    for name in ("The singspin authors", "nlohmann", "Henry Schreiner", "dagre"):
        demand(name in licences, f"copyright says nothing of {name}")
    demand((prefix / "share/singspin/action/action.yml").is_file(), "action.yml")
    strange = [p for p in prefix.rglob("*") if p.is_file() and (p.stat().st_mode & 0o022 or not p.stat().st_mode & 0o444)]
    demand(not strange, f"modes of {strange}")


def check_pages(folder, overview):
    """A page for each command that the help lists, without a complaint of groff, with every option in it."""
    commands = [line.split()[0].rstrip(",") for line in overview.split("Subcommands:\n")[1].splitlines() if line.startswith("  ")]
    pages = {page.name for page in folder.iterdir()}
    demand(pages == {"singspin.1.gz", *(f"singspin-{c}.1.gz" for c in commands)}, f"pages: {sorted(pages)}")
    verify = gzip.decompress((folder / "singspin-verify.1.gz").read_bytes()).decode()
    for option in (r"\-\-property", r"\-o FORMAT=PATH", r"\-\-annotate"):
        demand(option in verify, f"{option} is not in the page of verify")
    if not shutil.which("groff"):
        return
    for page in sorted(folder.iterdir()):
        done = subprocess.run(["groff", "-man", "-Tutf8", "-ww"], input=gzip.decompress(page.read_bytes()), capture_output=True)
        demand(done.returncode == 0 and not done.stderr, f"{page.name}: {done.stderr.decode()}")


def check_completions(share):
    for shell, path in (("bash", "bash-completion/completions/singspin"), ("zsh", "zsh/vendor-completions/_singspin"),
                        ("fish", "fish/vendor_completions.d/singspin.fish")):
        demand("verify" in (share / path).read_text(), f"{path} is empty")
        if shutil.which(shell):
            succeed([shell, "-n", share / path])


def part_prefix(build, work):
    succeed(["cmake", "--install", build, "--prefix", work / "prefix"])
    check_tree(work / "prefix", work)


def part_package(build, work):
    for tool in ("cpack", "dpkg-deb"):
        if not shutil.which(tool):
            print(f"SKIPPED: {tool} is not installed")
            return SKIPPED
    out = work / "packages"
    succeed(["cpack", "-G", "DEB", "-D", "CPACK_CMAKE_GENERATOR=Ninja", "--config", build / "CPackConfig.cmake", "-B", out], cwd=work)
    [package] = out.glob("*.deb")
    fields = dict(line.split(": ", 1) for line in succeed(["dpkg-deb", "-f", package]).splitlines() if ": " in line and line[0] != " ")
    demand(fields["Package"] == "singspin" and "spin" in fields["Depends"] and "tcc | gcc" in fields["Depends"], f"fields: {fields}")
    root = work / "root"
    succeed(["dpkg-deb", "-x", package, root])
    demand({p.name for p in root.iterdir()} == {"usr"}, "files outside of /usr")
    check_tree(root / "usr", work)
    return 0


def part_action(build, work):
    """Hostile inputs stay values; the exit code gets out, and the log is there whatever it is."""
    env = {"PATH": f"{build}/bin:/usr/bin:/bin", "HOME": str(work), "LC_ALL": "C.UTF-8", "GITHUB_OUTPUT": str(work / "output"),
           "GITHUB_STEP_SUMMARY": str(work / "summary"), "SINGSPIN_SARIF": "log.sarif", "SINGSPIN_JUNIT": "j.xml",
           "SINGSPIN_ARGUMENTS": "--deterministic\n\n--werror\n", "SINGSPIN_PATHS": "a folder/$(touch hacked).sg\nmore\n"}
    (work / "a folder").mkdir()
    shutil.copy(MODEL, work / "a folder/$(touch hacked).sg")
    (work / "more").mkdir()
    step = support.ROOT / "scripts/action/verify.sh"
    code, out, err = run(["bash", step], cwd=work, env=env)
    demand(code == 0 and "::error file=a folder/$(touch hacked).sg" in out, f"exit {code}: {out}{err}")
    demand((work / "output").read_text() == "exit-code=1\n" and not (work / "hacked").exists(), "exit code")
    demand(len(json.loads((work / "log.sarif").read_text())["runs"][0]["results"]) >= 2 and (work / "j.xml").is_file(), "outputs")
    demand("singspin: violated" in (work / "summary").read_text(), "summary")
    code, out, _ = run(["bash", step], cwd=work, env={**env, "PATH": "/usr/bin:/bin"})
    demand(shutil.which("singspin", path="/usr/bin:/bin") or "not installed" in out, "a runner without the tool")
    for name in (".pre-commit-hooks.yaml", "scripts/action/action.yml"):
        check_yaml(support.ROOT / name)


def check_yaml(path):
    try:
        import yaml
    except ImportError:
        return
    data = yaml.safe_load(path.read_text())
    if path.name == "action.yml":
        demand(all("${{" not in step.get("run", "") for step in data["runs"]["steps"]), "an input is part of a script")
    else:
        demand([hook["language"] for hook in data] == ["system"] * 3, "hooks")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("part", choices=("prefix", "package", "action"))
    parser.add_argument("--build", type=Path, required=True)
    words = parser.parse_args()
    os.umask(0o022)
    with tempfile.TemporaryDirectory() as folder:
        try:
            part = {"prefix": part_prefix, "package": part_package, "action": part_action}[words.part]
            return part(words.build.resolve(), Path(folder)) or 0
        except Failed as error:
            print(f"FAILED: {error}")
            return 1


if __name__ == "__main__":
    sys.exit(main())
