"""What the runners of golden, command-line and model cases share."""
import difflib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TIMEOUT_SECONDS = 240  # a hang, not a slow machine
KEPT_VARIABLES = ("PATH", "TMPDIR")
# A sanitizer ends the program with 1 by default, which here means "violated".
SANITIZERS = {f"{name}_OPTIONS": "exitcode=99:print_stacktrace=1" for name in ("ASAN", "UBSAN", "LSAN")}
EXIT_CODES = (0, 1, 2, 3, 4, 130, 143)


class CaseError(Exception):
    """The case fails, and this is why."""


class Completed:
    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err


def environment(home, tool=None):
    """The same for everyone: no colour settings, no CI variables, no locale but UTF-8."""
    env = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    env.update(SANITIZERS, HOME=str(home), LC_ALL="C.UTF-8")
    if tool:
        env["PATH"] = f"{tool.parent}{os.pathsep}{env.get('PATH', '/usr/bin:/bin')}"
    return env


def run(command, cwd, env):
    """Runs the command with its children in a group of their own, so that a hanging case ends as a whole."""
    process = subprocess.Popen(command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, start_new_session=True)
    try:
        out, err = process.communicate(timeout=TIMEOUT_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise CaseError(f"no end after {TIMEOUT_SECONDS} s: {' '.join(map(str, command))}") from None
    return Completed(process.returncode, out.decode("utf-8", "backslashreplace"), err.decode("utf-8", "backslashreplace"))


def copy_files(source, target, left_out=lambda name: False):
    """Copies what is in the folder source, byte for byte."""
    for path in sorted(source.iterdir()):
        if left_out(path.name):
            continue
        if path.is_dir():
            shutil.copytree(path, target / path.name)
        else:
            shutil.copyfile(path, target / path.name)


def snapshot(folder):
    """Every file below the folder with its bytes."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def diff(expected, actual, name):
    """Unified diff; empty if the texts are the same."""
    lines = list(difflib.unified_diff(expected.splitlines(keepends=True), actual.splitlines(keepends=True),
                                      f"{name} (expected)", f"{name} (now)"))
    marked = (line if line.endswith("\n") else line + "\n\\ no newline at end of file\n" for line in lines)
    return "".join(marked)


def read(path):
    return path.read_bytes().decode("utf-8") if path.is_file() else ""


def write(path, text):
    """Writes only what differs, so that an update without changes touches nothing."""
    if not path.is_file() or read(path) != text:
        path.write_bytes(text.encode("utf-8"))
        print(f"updated {path.relative_to(ROOT) if path.is_relative_to(ROOT) else path}")


def refuse_update_in_ci():
    if os.environ.get("CI"):
        sys.exit("--update is refused where CI is set: expectations change on a desk, where someone reads the diff")


def accept_command(tool, case):
    """The command that accepts what the case prints now."""
    other_tool = "" if tool == ROOT / "build/bin/singspin" else f"SINGSPIN={tool} "
    return f"{other_tool}scripts/update-golden {case.parent.name}/{case.name}"


def run_cases(cases, tool, update, run_case):
    """Runs run_case(case, tool, update) for each folder; it gives the list of its failures."""
    if update:
        refuse_update_in_ci()
    failed = 0
    for case in (Path(case).resolve() for case in cases):
        try:
            failures, hint = run_case(case, tool, update), f"If this is what it should say now:\n  {accept_command(tool, case)}"
        except CaseError as error:
            failures, hint = [str(error)], ""
        if failures:
            failed += 1
            print("\n".join([f"FAILED {case}", *failures, hint]))
    return 1 if failed else 0
