"""Kills singspin when SPIN is asked for its version, when it generates, when the cache has so and so many files, and when
the report is there."""
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import time

CACHE = pathlib.Path(".singspin/cache")
CONTRACTS = 12


def make_contracts():
    for i in range(CONTRACTS):
        late = "A? -> Late! -> S0;" if i % 4 == 3 else ""
        ring = "".join(f"state S{k}: one {{ M{k}? -> R{k}! -> S{(k + 1) % (i + 2)}; }} " for k in range(i + 2))
        words = "".join(f"in message M{k}(); out message R{k}(); " for k in range(i + 2))
        body = f"in message A(); out message B(); out message Late(); state S: one {{ A? -> B! -> S0; {late} }}"
        pathlib.Path(f"c{i:02}.sg").write_text(f"contract C{i} {{ {words}{body} {ring} }}\n")


def make_spin():
    """A SPIN that leaves a file when it is asked something, and waits until it may go on."""
    pathlib.Path("spin").write_text(f"""#!/bin/sh
case "$*" in -V) moment=version ;; *) moment=generate ;; esac
: > {os.getcwd()}/at.$moment
while test -e {os.getcwd()}/hold.$moment; do sleep 0.05; done
exec {shutil.which('spin')} "$@"
""")
    os.chmod("spin", 0o755)


def words(*options):
    text = subprocess.run(["singspin", "verify", "--color", "never", "--width", "200", *options, "."], check=False,
                          stdout=subprocess.PIPE, text=True, env={**os.environ, "SINGSPIN_SPIN": os.path.abspath("spin")},
                          ).stdout
    return re.sub(r"; (\d+ )?cached|, [0-9.]+ m?s(?=\))", "", text), text


def kept():
    return len([f for f in CACHE.iterdir() if len(f.name) == 64]) if CACHE.is_dir() else 0


def run_and_kill(name, test, hold=None):
    for path in pathlib.Path(".").glob("at.*"):
        path.unlink()
    shutil.rmtree(".singspin", ignore_errors=True)
    pathlib.Path("report.json").unlink(missing_ok=True)
    if hold:
        pathlib.Path(f"hold.{hold}").touch()
    tool = subprocess.Popen(["singspin", "verify", "-qq", "-o", "json=report.json", "."], stdout=subprocess.DEVNULL,
                            env={**os.environ, "SINGSPIN_SPIN": os.path.abspath("spin")})
    while not test() and tool.poll() is None:
        time.sleep(0.0005)
    tool.kill()
    code = tool.wait()
    if hold:
        pathlib.Path(f"hold.{hold}").unlink()
        assert code == -signal.SIGKILL, f"{name}: not killed"
    for path in [pathlib.Path("report.json"), *pathlib.Path(".singspin/last").glob("*.trace.json")]:
        if path.exists():
            json.loads(path.read_text())
    now, _ = words()
    print(name, "as if nothing had happened" if now == reference else f"another answer:\n{now}")
    _, again = words()
    print("  and then", re.search(r"\d+ cached", again).group())


os.environ["TMPDIR"] = os.path.abspath("tmp")
os.mkdir("tmp")
make_contracts()
make_spin()
reference, _ = words("--no-cache")
print(reference.splitlines()[-1])
run_and_kill("while SPIN tells its version:", lambda: os.path.exists("at.version"), "version")
run_and_kill("while SPIN generates:", lambda: os.path.exists("at.generate"), "generate")
for count in 1, CONTRACTS // 2, CONTRACTS:
    run_and_kill(f"with {count} in the cache:", lambda: kept() >= count)
run_and_kill("with the report written:", lambda: os.path.exists("report.json"))
shutil.rmtree("tmp")
