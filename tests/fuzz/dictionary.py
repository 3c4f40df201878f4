#!/usr/bin/env python3
"""dictionary.py TARGET: writes the libFuzzer dictionary. For a target that reads contracts: the punctuation of
token.def, every word that the grammar quotes, and the words of the preprocessor."""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SYNTAX = ROOT / "frontend/syntax"
# What the preprocessor and the lexer know and neither file lists.
MORE = ["#if ", "#elif ", "#else\n", "#endif\n", "#define ", "#undef ", "#error ", "#line ", "#pragma ", "&&", "||", "==",
        "!=", "//", "/*", "*/", "///", '"', '@"', "'", "\\", "\r\n", "\n////\n", "\u2192", "\u00a0", "\ufeff",
        "ExHeap", "Exp", "Imp", "START", "Ready!", "Ack?", " -> ", "one {}", "state S: one {", "in message M();",
        "public contract C", "using N = A.B;", "using A.B;", "namespace N {"]

PROJECT = ["<Project ", "</Project>", "<PropertyGroup>", "</PropertyGroup>", "<ItemGroup>", "</ItemGroup>", "<Compile ", "/>",
           "<ProjectReference ", "<Import Project=", "<ImportGroup>", "<Choose>", "<When ", "<Otherwise>", "Include=", "Exclude=",
           "Remove=", "Update=", "Condition=", "Exists(", "$(", "$(A)", "$([", "@(", "%(", "%2f", "**/*.cs", "..\\", "*", "?", ";",
           "==", "!=", " and ", " or ", "!", "'", "'true'", "<!DOCTYPE ", "<!ENTITY ", "<![CDATA[", "]]>", "<?xml ", "<!--", "-->",
           "&amp;", "&#65;", "xmlns=", "Sdk=", "<DefineConstants>", "<A>", "</A>", "<EnableDefaultItems>false",
           "$(MSBuildThisFileDirectory)", "\n////\n", "a.cs", "more.props"]
SETTINGS = ["[severity]", "[input]", "[verify]", "define = ", "include = ", "queue = ", "time = ", "memory = ", "depth = ",
            "jobs = ", "properties = ", "inconclusive = ", '"off"', '"warning"', '"error"', '"note"', '"512M"', '"ok"', '"fail"',
            "[[", "]]", "{", "}", "=", ".", ",", '"""', "'''", "\\u00e4", "\\U0001F600", "1979-05-27T07:32:00Z", "0x", "0b", "1e9",
            "inf", "nan", "true", "#", "\r\n", "mixed-choice", "SS0203", "deadlock-free", "all"]
ANNOTATIONS = ["//@ ", "/*@ ", "@*/", "..", "--", "&&", "||", "==", "!=", "<=", ">=", "#if V>=2\n", "#elif ", "#else\n", "#endif\n",
               "defined(", "driver D : loop {", "driver D : threads {", "env E : threads {", "port p : exp C;", "on p.M {", "N.active"]
CHECKS = ["contract Door {", "check ", "never (", "always (", "reachable (", "leadsto", "ltl {", "exp@Shut", "imp@Ajar", "sent Open",
          "received Opened", "len(exp->imp)", "len(imp->exp)", "[]", "<>", " U ", " W ", "until", "weakuntil", "eventually", "->", "&&",
          "||", "!", "<=", "==", "true", "false", "name:", ";", "}", "//", "/*", "*/", "."]
TRACE = ['"format": "singspin-trace"', '"formatVersion": "1.0"', '"steps": [', '"after": {', '"states": {', '"queues": {', '"index": ',
         '"component": "exp"', '"component": "imp"', '"action": "send"', '"action": "receive"', '"messageId": ', '"sentAt": ',
         '"transition": "t0"', '"span": {"source": 0, "start": {"line": 1, "column": 1}, "end": {"line": 1, "column": 2}}',
         '"loop": {"start": 0}', '"loop": null', '"validated": true', '"system": {', '"race": [', "null", "true", "false", "-1", "1e9"]
# Of reports: the names of members and what stands in them.
REPORT = ['{', '}', '[', ']', ':', ',', 'null', 'true', 'false', '0', '1', '9007199254740993', '1e400', '-1', '"\\ud800"', '"\\u0000"',
          *(f'"{name}":' for name in re.findall(r'"(\w+)": \{', (ROOT / "reports/formats/json/schema/report-1.schema.json").read_text()))]
OTHER_LANGUAGES = {"report": REPORT, "trace": TRACE, "checks": CHECKS, "project": PROJECT, "settings": SETTINGS}


def quoted(word):
    return "".join(c if c.isascii() and c.isprintable() and c not in '"\\' else "".join(f"\\x{b:02x}" for b in c.encode())
                   for c in word)


def words(target):
    if target in OTHER_LANGUAGES:
        yield from OTHER_LANGUAGES[target]
        return
    if target == "annotation":
        yield from ANNOTATIONS
        yield from re.findall(r'"([^"\s]+)"', (ROOT / "frontend/annotation/grammar.ebnf").read_text())
    yield from re.findall(r'SS_TOKEN\(\w+, "`([^`]+)`"\)', (SYNTAX / "token.def").read_text())
    yield from re.findall(r'"([^"\s]+)"', (SYNTAX / "grammar.ebnf").read_text())
    yield from MORE


if __name__ == "__main__":
    for word in dict.fromkeys(words(sys.argv[1])):
        print(f'"{quoted(word)}"')
