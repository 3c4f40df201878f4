#!/usr/bin/env python3
"""Manual pages from what `singspin help` prints: man.py SINGSPIN FOLDER

One page per command and one for the program, compressed. There is no second copy of the words: what the program says
about itself is the page. An empty line divides, `NAME:` begins a section, two spaces in front are an entry.
"""
import gzip
import re
import subprocess
import sys
from pathlib import Path

ENTRY = re.compile(r"  (\S.*?)(?: {2,}(\S.*))?")


def escape(text):
    text = text.replace("\\", r"\e").replace("-", r"\-").replace("'", r"\(aq").replace("`", r"\(ga").replace("^", r"\(ha").replace("~", r"\(ti")
    return r"\&" + text if text.startswith(".") else text


def help_of(tool, *command):
    return subprocess.run([tool, *command, "--help"], capture_output=True, text=True, check=True,
                          env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"}).stdout


def body(lines):
    """The sections of a help text. Lines that are no entry go on with the entry before them."""
    for line in lines:
        section = re.fullmatch(r"([A-Z][A-Za-z ]*):", line)
        entry = ENTRY.fullmatch(line)
        if section:
            yield f".SH {escape(section[1].upper())}"
        elif entry and not line.startswith("   "):
            yield ".TP"
            yield rf".B {escape(entry[1])}"
            yield escape(entry[2]) if entry[2] else r"\&"
        elif line.strip():
            yield escape(line.strip())


def page(name, version, text, see):
    lines = text.rstrip("\n").split("\n")
    usage = next(i for i, line in enumerate(lines) if line.startswith("Usage: "))
    title = " ".join(lines[:usage]).strip().rstrip(".")
    words = lines[usage].removeprefix("Usage: ").split(" ", 2 if "-" in name else 1)
    command, options = words[:-1], words[-1]
    yield f'.TH {escape(name.upper())} 1 "" "singspin {version}" "User Commands"'
    yield ".SH NAME"
    yield f"{escape(name)} \\- {escape(title.removeprefix('singspin '))}"
    yield ".SH SYNOPSIS"
    yield f".B {escape(' '.join(command))}"
    yield escape(options)
    yield from body(lines[usage + 1:])
    yield ".SH EXIT STATUS"
    for code, meaning in (("0", "all is well"), ("1", "a property is violated"), ("2", "bad input"), ("3", "something is undecided"),
                          ("4", "the tool failed"), ("130, 143", "interrupted")):
        yield from (".TP", f".B {code}", meaning)
    yield ".SH SEE ALSO"
    yield ",\n".join(f".BR {escape(other)} (1)" for other in see).replace("(1),", "(1),") if see else r"\&"


def main():
    tool, folder = sys.argv[1], Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.1.gz"):
        old.unlink()
    version = subprocess.run([tool, "--version"], capture_output=True, text=True, check=True).stdout.split()[-1]
    overview = help_of(tool)
    commands = [m[1] for m in re.finditer(r"^  ([a-z]+)(?:, \w+)* ", overview.split("Subcommands:\n")[1], re.M)]
    pages = {"singspin": overview, **{f"singspin-{c}": help_of(tool, c) for c in commands}}
    for name, text in pages.items():
        see = [other for other in pages if other != name] if name == "singspin" else ["singspin"]
        data = "\n".join(page(name, version, text, see)) + "\n"
        (folder / f"{name}.1.gz").write_bytes(gzip.compress(data.encode(), 9, mtime=0))


if __name__ == "__main__":
    main()
