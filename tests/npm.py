"""Tools that tests take from npm and Debian: installed once by lock file, or the test is skipped and says why."""
import fcntl
import shutil
import subprocess
import sys

SKIPPED = 77


def skip(reason):
    print(f"SKIPPED: {reason}")
    sys.exit(SKIPPED)


def need(program, package, option):
    found = shutil.which(program)
    if found is None:
        skip(f"{program} is not installed (Debian package {package}; scripts/install-deps {option} installs it)")
    return found


def modules(source, folder, option):
    """The packages of source/package-lock.json, installed once into `folder`; two tests may ask at the same time."""
    need("node", "nodejs", option)
    need("npm", "npm", option)
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for name in ("package.json", "package-lock.json"):
            text = (source / name).read_bytes()
            if not (folder / name).exists() or (folder / name).read_bytes() != text:
                shutil.rmtree(folder / "node_modules", ignore_errors=True)
                (folder / name).write_bytes(text)
        if not (folder / "node_modules/.complete").exists():
            done = subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=folder, capture_output=True, text=True)
            if done.returncode != 0:
                skip(f"npm ci failed:\n{done.stderr}")
            (folder / "node_modules/.complete").touch()
    return folder / "node_modules"
