#!/usr/bin/env python3
"""Writes the libFuzzer dictionary of the contract language: the punctuation of token.def, every word that
the grammar quotes, and the words of the preprocessor."""
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SYNTAX = ROOT / "frontend/syntax"
# What the preprocessor and the lexer know and neither file lists.
MORE = ["#if ", "#elif ", "#else\n", "#endif\n", "#define ", "#undef ", "#error ", "#line ", "#pragma ", "&&", "||", "==",
        "!=", "//", "/*", "*/", "///", '"', '@"', "'", "\\", "\r\n", "\n////\n", "\u2192", "\u00a0", "\ufeff",
        "ExHeap", "Exp", "Imp", "START", "Ready!", "Ack?", " -> ", "one {}", "state S: one {", "in message M();",
        "public contract C", "using N = A.B;", "using A.B;", "namespace N {"]


def quoted(word):
    return "".join(c if c.isascii() and c.isprintable() and c not in '"\\' else "".join(f"\\x{b:02x}" for b in c.encode())
                   for c in word)


def words():
    yield from re.findall(r'SS_TOKEN\(\w+, "`([^`]+)`"\)', (SYNTAX / "token.def").read_text())
    yield from re.findall(r'"([^"\s]+)"', (SYNTAX / "grammar.ebnf").read_text())
    yield from MORE


if __name__ == "__main__":
    for word in dict.fromkeys(words()):
        print(f'"{quoted(word)}"')
