#!/usr/bin/env python3
"""What an editor shows, asked over pipes by a real client session."""
import json
import subprocess
import time

from client import uri_of
from harness import ROOT, edited, main, place

GATE = """\
namespace Parking
{
    // A gate that opens
    // for one car.
    contract Gate {
        in message Open(int code);
        out message Opened();
        out message Broken();
        state Shut: one {
            Open? -> Opened! -> Shut;
            Open? -> (Opened! or Broken!) -> Done;
        }
        state Done: one {}
    }
}
"""
BASE = """\
contract Base {
    out message Ready();
    in message Go();
    state Start: Ready! -> Idle;
    state Idle: one { Go? -> Idle; }
}
"""
DERIVED = """\
contract Derived : Base {
    out message Note();
    override state Idle: one { Note! -> Idle; }
}
"""
CARRIER = """\
contract Carrier {
    in message Take(Base.Imp:Idle end);
    state Start: Take? -> Start;
}
"""


def until(holds):
    """The server looks through the workspace when it is idle, so what depends on other files may come later."""
    while not holds():
        pass


def codes(diagnostics):
    return [d["code"] for d in diagnostics]


def test_handshake(world):
    client = world.client()
    capabilities = client.server["capabilities"]
    assert capabilities["positionEncoding"] == "utf-16"
    assert capabilities["textDocumentSync"]["change"] == 2
    assert client.server["serverInfo"]["name"] == "singspin"
    assert client.stop() == 0 and client.errors() == ""


def test_exit_without_shutdown_is_a_failure(world):
    client = world.client()
    client.notify("exit", None)
    assert client.wait() == 1


def test_before_and_after(world):
    """Nothing is answered before `initialize` and after `shutdown`."""
    client = world.client(start=False)
    assert client.refused("textDocument/hover", {})["code"] == -32002
    client.notify("textDocument/didOpen", {"textDocument": {"uri": "file:///x.sg", "text": "contract"}})
    client.request("initialize", {"processId": None, "capabilities": {}})
    assert client.refused("initialize", {})["code"] == -32600
    assert client.refused("no/such/method", {})["code"] == -32601
    client.notify("$/noSuchNotification", {})
    assert client.refused("$/noSuchRequest", {})["code"] == -32601
    client.request("shutdown", None)
    assert client.refused("textDocument/hover", {})["code"] == -32600
    client.notify("exit", None)
    assert client.wait() == 0
    assert not client.notifications, client.notifications


def test_diagnostics(world):
    client = world.client()
    path = world.write("gate.sg", GATE)
    uri = client.open(path)
    found = client.diagnostics(uri, 1)
    choice = next(d for d in found if d["code"] == "SS0205")
    assert choice["severity"] == 1 and choice["source"] == "singspin"
    line, column = place(GATE, "Open?", 1)
    related = [r["location"]["range"]["start"] for r in choice["relatedInformation"]]
    assert {"line": line - 1, "character": column} in related or {"line": line, "character": column} in related
    # An unused message is shown as unnecessary.
    client.change(uri, 2, {"text": GATE.replace("in message Open(int code);", "in message Open(); in message Spare();")})
    unused = next(d for d in client.diagnostics(uri, 2) if d["code"] == "SS0203")
    assert unused["tags"] == [1]
    # Repaired text, sent as an incremental edit: no error is left.
    client.change(uri, 3, {"text": GATE})
    start, end = place(GATE, "            Open? -> (")[0], place(GATE, "        }\n")[0]
    client.change(uri, 4, {"range": {"start": {"line": start, "character": 0}, "end": {"line": end, "character": 0}},
                           "text": "            Open? -> Broken! -> Done;\n"})
    assert "SS0205" in codes(client.diagnostics(uri, 4))
    client.change(uri, 5, {"range": {"start": {"line": start, "character": 0}, "end": {"line": end, "character": 0}}, "text": ""})
    assert "SS0205" not in codes(client.diagnostics(uri, 5))
    client.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
    assert client.diagnostics(uri) == []


def test_pause_of_the_keyboard(world):
    """Ten quick changes give one analysis, and not before the pause."""
    client = world.client(options={"debounceMs": 300})
    uri = client.open(world.write("gate.sg", GATE))
    client.diagnostics(uri, 1)
    began = time.monotonic()
    for version in range(2, 12):
        client.change(uri, version, {"text": GATE})
    client.diagnostics(uri, 11)
    assert time.monotonic() - began >= 0.29
    assert not [n for n in client.notifications if n["method"].endswith("publishDiagnostics")]


def test_definition_across_files(world):
    base = world.write("lib/Base.sg", BASE)
    client = world.client()
    derived = client.open(world.write("app/Derived.sg", DERIVED))
    carrier = client.open(world.write("app/Carrier.sg", CARRIER))
    until(lambda: "SS0017" not in codes(client.diagnostics(derived, 1)))

    def goes(uri, text, mark, target_mark, nth=0, inside=0):
        found = client.at(uri, *place(text, mark, nth, inside), "definition")
        assert [f["uri"] for f in found] == [uri_of(base)], found
        line, column = place(BASE, target_mark)
        assert found[0]["range"]["start"] == {"line": line, "character": column}, found
    goes(derived, DERIVED, "Base", "Base")
    goes(derived, DERIVED, "Idle", "Idle: one")             # the overridden state
    goes(derived, DERIVED, "-> Idle", "Idle: one", inside=3)  # a jump
    goes(derived, DERIVED, "-> Idle", "Idle: one", inside=7)  # right behind the name
    goes(carrier, CARRIER, "Base", "Base")                  # a contract of an endpoint type
    goes(carrier, CARRIER, ":Idle", "Idle: one", inside=1)  # its state
    assert client.at(derived, *place(DERIVED, "contract"), "definition") == []


def test_references_and_highlights(world):
    base, carrier = world.write("lib/Base.sg", BASE), world.write("app/Carrier.sg", CARRIER)
    client = world.client()
    derived = client.open(world.write("app/Derived.sg", DERIVED))
    at = place(DERIVED, "-> Idle", inside=3)
    found = client.at(derived, *at, "references", context={"includeDeclaration": True})
    per_file = {uri: len([f for f in found if f["uri"] == uri]) for uri in (uri_of(base), derived, uri_of(carrier))}
    assert per_file == {uri_of(base): 3, derived: 2, uri_of(carrier): 1}, found
    uses = client.at(derived, *at, "references", context={"includeDeclaration": False})
    assert len(uses) == 4, uses
    marks = client.at(derived, *at, "documentHighlight")
    assert [m["kind"] for m in marks] == [3, 2], marks


def test_rename_across_files(world):
    texts = {"lib/Base.sg": BASE, "app/Derived.sg": DERIVED, "app/Carrier.sg": CARRIER}
    paths = {name: world.write(name, text) for name, text in texts.items()}
    client = world.client()
    derived = client.open(paths["app/Derived.sg"])

    def renamed(mark, new_name, nth=0, inside=0):
        edit = client.at(derived, *place(DERIVED, mark, nth, inside), "rename", newName=new_name)
        return {name: edited(text, edit["changes"].get(uri_of(paths[name]), [])) for name, text in texts.items()}
    state = renamed("-> Idle", "Waiting", inside=3)
    assert state == {name: text.replace("Idle", "Waiting") for name, text in texts.items()}, state
    contract = renamed("Base", "Root")
    assert contract == {name: text.replace("Base", "Root") for name, text in texts.items()}, contract
    message = renamed("Note", "Hint")
    assert message == {name: text.replace("Note", "Hint") for name, text in texts.items()}, message
    assert client.at(derived, *place(DERIVED, "override"), "prepareRename") is None
    assert client.at(derived, *place(DERIVED, "Note"), "prepareRename")["start"]["line"] == 1


def test_rename_refuses(world):
    world.write("lib/Base.sg", BASE)
    client = world.client()
    derived = client.open(world.write("app/Derived.sg", DERIVED))

    def refusal(mark, new_name):
        line, character = place(DERIVED, mark)
        error = client.refused("textDocument/rename", {"textDocument": {"uri": derived}, "newName": new_name,
                                                       "position": {"line": line, "character": character}})
        assert error["code"] in (-32803, -32602), error
        return error["message"]
    for bad in ("}", "", "a b", "1x", "x;", "//", "a.b", "x\n", "\u0000", "#if", "\"x\""):
        assert "not a name" in refusal("Note", bad), bad
    assert "word of the language" in refusal("Note", "state")
    assert "already" in refusal("Note", "Go")      # a message of the base
    assert "already" in refusal("Note", "Idle")    # a state
    assert "no declared" in refusal("override", "X")


def test_rename_takes_odd_names(world):
    client = world.client()
    text = "contract A { in message @in(); state S: @in? -> S; }\n"
    uri = client.open(world.write("a.sg", text))
    edit = client.at(uri, *place(text, "@in", 1), "rename", newName="Größe")
    assert edited(text, edit["changes"][uri]) == text.replace("@in", "Größe")
    edit = client.at(uri, *place(text, "@in", 1), "rename", newName="@out")
    assert edited(text, edit["changes"][uri]) == text.replace("@in", "@out")


def test_hover(world):
    client = world.client()
    uri = client.open(world.write("gate.sg", GATE))
    state = client.at(uri, *place(GATE, "Shut"), "hover")["contents"]["value"]
    assert "**state** `Shut` of `Parking.Gate`" in state
    assert "left by" in state and "`Open?` to `Shut, after Open`" in state and "entered by" in state, state
    message = client.at(uri, *place(GATE, "Open("), "hover")["contents"]["value"]
    assert "importer sends it" in message and "`int code`" in message and "`Open?` in `Shut`" in message, message
    wrong = client.at(uri, *place(GATE, "Open? -> ("), "hover")["contents"]["value"]
    assert "**SS0205**" in wrong and "How to repair it" in wrong, wrong
    assert client.at(uri, 0, 0, "hover") is None


def test_symbols_and_folds(world):
    client = world.client(capabilities={"textDocument": {"documentSymbol": {"hierarchicalDocumentSymbolSupport": True}}})
    uri = client.open(world.write("gate.sg", GATE))
    outline = client.request("textDocument/documentSymbol", {"textDocument": {"uri": uri}})
    assert [o["name"] for o in outline] == ["Gate"]
    assert [c["name"] for c in outline[0]["children"]] == ["Open", "Opened", "Broken", "Shut", "Done"]
    flat = world.client()
    flat_uri = flat.open(world.folder / "gate.sg")
    symbols = flat.request("textDocument/documentSymbol", {"textDocument": {"uri": flat_uri}})
    assert ("Open", "Gate") in [(s["name"], s.get("containerName")) for s in symbols]
    found = client.request("workspace/symbol", {"query": "opd"})
    assert [s["name"] for s in found] == ["Opened"], found
    folds = client.request("textDocument/foldingRange", {"textDocument": {"uri": uri}})
    lines = {(f["startLine"], f["endLine"], f.get("kind")) for f in folds}
    assert (2, 3, "comment") in lines and (4, 13, None) in lines and (8, 11, None) in lines, lines


def test_quick_fix(world):
    client = world.client()
    text = "contract A { in message Go(); state S: one { Go? -> S } }\n"
    uri = client.open(world.write("a.sg", text))
    found = client.diagnostics(uri, 1)
    text2 = "contract A { in message Going(); state S: one { Goin? -> S; } }\n"
    client.change(uri, 2, {"text": text2})
    typo = next(d for d in client.diagnostics(uri, 2) if d["code"] == "SS0012")
    whole = {"start": {"line": 0, "character": 0}, "end": {"line": 1, "character": 0}}
    actions = client.request("textDocument/codeAction", {
        "textDocument": {"uri": uri}, "range": whole, "context": {"diagnostics": [typo]}})
    fix = next(a for a in actions if a["kind"] == "quickfix" and a["diagnostics"] == [typo] and "Going" in a["title"])
    assert edited(text2, fix["edit"]["changes"][uri]) == text2.replace("Goin?", "Going?")
    only = client.request("textDocument/codeAction", {
        "textDocument": {"uri": uri}, "range": whole, "context": {"diagnostics": [], "only": ["refactor"]}})
    assert only == [] and found is not None


MIXED = """\
contract Loud { out message A(); in message B(); in message Never();
    state S: one {
        A! -> S;
        B? -> S;
    }
#if SIREN
    state Alone: one { A! -> Alone; }
#endif
}
"""


def as_check_says(world, *arguments):
    """(code, severity, line, column) of what `check` shows in the folder of the workspace."""
    done = subprocess.run([world.tool, "check", "--json", "--root", ".", *arguments], cwd=world.folder, capture_output=True, text=True)
    numbers = {"error": 1, "warning": 2, "note": 3}
    return sorted((d["code"], numbers[d["severity"]], d["span"]["start"]["line"], d["span"]["start"]["column"])
                  for d in json.loads(done.stdout)["diagnostics"] if not d.get("suppressed"))


def as_shown(diagnostics):
    return sorted((d["code"], d["severity"], d["range"]["start"]["line"] + 1, d["range"]["start"]["character"] + 1) for d in diagnostics)


def test_project_file(world):
    """Severities, symbols and silenced rules are those of `check`."""
    client = world.client()
    path = world.write("loud.sg", MIXED)
    uri = client.open(path)
    version = 1
    seen = [as_shown(client.diagnostics(uri, version))]
    assert seen[0] == as_check_says(world, "loud.sg")
    projects = ('[severity]\nmixed-choice = "error"\nunused-message = "off"\n', '[input]\ndefine = ["SIREN"]\n',
                '[severity]\nunused-allow = "warning"\n')
    comments = ("", "// singspin: allow(mixed-choice)\n", "// singspin: allow(cycle-rule)\n")
    for project in projects:
        world.write("singspin.toml", project)
        for comment in comments:
            text = MIXED.replace("    state S", "    " + comment + "    state S") if comment else MIXED
            path.write_text(text)
            version += 1
            client.change(uri, version, {"text": text})
            seen.append(as_shown(client.diagnostics(uri, version)))
            assert seen[-1] == as_check_says(world, "loud.sg"), (project, comment, seen[-1])
    assert len({str(s) for s in seen}) > 6, seen
    # A changed project file is enough.
    world.write("singspin.toml", '[severity]\nmixed-choice = "off"\n')
    client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": uri_of(world.folder / "singspin.toml"), "type": 2}]})
    until(lambda: "SS0206" not in codes(client.diagnostics(uri, version)))
    # The options of the editor come on top.
    client.notify("workspace/didChangeConfiguration", {"settings": {"singspin": {"defines": ["SIREN"]}}})
    until(lambda: as_shown(client.diagnostics(uri, version)) == as_check_says(world, "loud.sg", "-D", "SIREN"))


def test_wrong_project_file(world):
    """Its mistakes are shown in it; what it said before goes on to hold."""
    toml = world.write("singspin.toml", '[severity]\nmixed-choice = "off"\n')
    client = world.client()
    uri = client.open(world.write("loud.sg", MIXED))
    assert "SS0206" not in codes(client.diagnostics(uri, 1))
    toml.write_text('[severity]\nmixd-choice = "off"\n')
    client.change(uri, 2, {"text": MIXED})
    wrong = client.diagnostics(uri_of(toml))
    assert [(d["code"], d["range"]["start"]) for d in wrong] == [("SS0039", {"line": 1, "character": 0})], wrong
    assert "SS0206" not in codes(client.diagnostics(uri, 2))
    toml.write_text("")
    client.change(uri, 3, {"text": MIXED})
    assert client.diagnostics(uri_of(toml)) == []
    assert "SS0206" in codes(client.diagnostics(uri, 3))
    toml.write_text("[")
    client.change(uri, 4, {"text": MIXED})
    assert codes(client.diagnostics(uri_of(toml))) == ["SS0038"]
    toml.unlink()
    client.change(uri, 5, {"text": MIXED})
    assert client.diagnostics(uri_of(toml)) == []


def silencing(client, uri, line):
    at = {"start": {"line": line, "character": 0}, "end": {"line": line, "character": 200}}
    actions = client.request("textDocument/codeAction", {"textDocument": {"uri": uri}, "range": at, "context": {"diagnostics": []}})
    return {a["title"]: a["edit"]["changes"][uri] for a in actions if a["title"].startswith("silence ")}


def test_silencing_comment(world):
    """A comment above the line, indented as it, after which the rule says nothing there and nothing else is new."""
    client = world.client()
    tabbed = MIXED.replace("    ", "\t").replace("\n", "\r\n")
    uri, version = client.open(world.write("loud.sg", MIXED)), 1
    for text in (MIXED, tabbed):
        version += 1
        client.change(uri, version, {"text": text})
        found = client.diagnostics(uri, version)
        tried = 0
        for d in found:
            rule = {"SS0206": "mixed-choice", "SS0203": "unused-message", "SS0209": "cycle-rule"}.get(d["code"])
            edit = silencing(client, uri, d["range"]["start"]["line"]).get(f"silence {rule} here")
            if edit is None:
                continue
            tried += 1
            silenced = edited(text, edit)
            lines = silenced.splitlines(keepends=True)
            added = lines[d["range"]["start"]["line"]]
            below = lines[d["range"]["start"]["line"] + 1]
            indent = below[:len(below) - len(below.lstrip())]
            assert added == indent + f"// singspin: allow({rule})" + ("\r\n" if text is tabbed else "\n"), added
            assert silenced.replace(added, "", 1) == text
            version += 1
            client.change(uri, version, {"text": silenced})
            left = codes(client.diagnostics(uri, version))
            assert left == codes(o for o in found if o is not d), (rule, left)
            assert f"silence {rule} here" not in silencing(client, uri, d["range"]["start"]["line"] + 1)
            version += 1
            client.change(uri, version, {"text": text})
            client.diagnostics(uri, version)
        assert tried >= 2, found


def test_silencing_is_refused(world):
    """No comment where none would help: in the middle of a comment or text, or for what must be seen."""
    client = world.client()
    unknown = "contract A {\n    out message M();\n    state S: M! -> T;\n}\n"
    uri = client.open(world.write("a.sg", unknown))
    assert codes(client.diagnostics(uri, 1))
    assert silencing(client, uri, 2) == {}
    behind = "contract A { out message M(); in message N(); state S: one { M! -> S; N? -> S; } /* goes\non */ in message U(); }\n"
    client.change(uri, 2, {"text": behind})
    unused = next(d for d in client.diagnostics(uri, 2) if d["code"] == "SS0203")
    assert unused["range"]["start"]["line"] == 1 and silencing(client, uri, 1) == {}
    # Behind a message on the same line a comment above would concern that message alone.
    client.change(uri, 3, {"text": "contract A {\n    out message M(); in message U();\n    state S: M! -> S;\n}\n"})
    assert "SS0203" in codes(client.diagnostics(uri, 3))
    assert silencing(client, uri, 1) == {}


def test_formatting(world):
    """The layout of `fmt`: of the whole text, or of the contracts that a range touches."""
    client = world.client()
    one, two = "contract A { state  S: ; }\n", "contract B { state  T: ; }\n"
    uri = client.open(world.write("a.sg", one + two))
    options = {"tabSize": 4, "insertSpaces": True}
    edits = client.request("textDocument/formatting", {"textDocument": {"uri": uri}, "options": options})
    formatted = edited(one + two, edits)
    assert "    state S: ;\n}\ncontract B {\n" in formatted, formatted
    client.change(uri, 2, {"text": formatted})
    assert client.request("textDocument/formatting", {"textDocument": {"uri": uri}, "options": options}) == []
    client.change(uri, 3, {"text": one + two})
    second = {"start": {"line": 1, "character": 0}, "end": {"line": 1, "character": 5}}
    edits = client.request("textDocument/rangeFormatting", {"textDocument": {"uri": uri}, "options": options, "range": second})
    assert edited(one + two, edits).startswith(one + "contract B {\n    state T: ;\n"), edits
    client.change(uri, 4, {"text": "contract A { state S: ( }\n"})
    assert client.request("textDocument/formatting", {"textDocument": {"uri": uri}, "options": options}) == []


def test_completion(world):
    client = world.client()
    uri = client.open(world.write("gate.sg", GATE))
    proposals = {p["label"]: p["insertText"] for p in client.at(uri, *place(GATE, "Opened! ->"), "completion")}
    assert proposals == {"Open": "Open?", "Opened": "Opened!", "Broken": "Broken!", "Shut": "Shut", "Done": "Done"}
    assert client.at(uri, 0, 0, "completion") == []


def test_open_text_beats_the_disk(world):
    """A derived contract sees the base as the editor holds it, saved or not."""
    client = world.client()
    base = client.open(world.write("Base.sg", BASE))
    derived = client.open(world.write("Derived.sg", DERIVED))
    client.diagnostics(base, 1)
    assert "SS0223" not in codes(client.diagnostics(derived, 1))
    client.change(base, 2, {"text": BASE.replace("Idle", "Other")})
    assert "SS0223" in codes(client.diagnostics(derived, 1))


def test_watched_files(world):
    client = world.client(capabilities={"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}}})
    registered = client.until_method("client/registerCapability")
    assert registered["registrations"][0]["method"] == "workspace/didChangeWatchedFiles"
    derived = client.open(world.write("app/Derived.sg", DERIVED))
    assert "SS0017" in codes(client.diagnostics(derived, 1))
    base = world.write("lib/Base.sg", BASE)
    client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": uri_of(base), "type": 1}]})
    assert "SS0017" not in codes(client.diagnostics(derived, 1))
    base.unlink()
    client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": uri_of(base), "type": 3}]})
    assert "SS0017" in codes(client.diagnostics(derived, 1))


def test_document_changes(world):
    client = world.client(capabilities={"workspace": {"workspaceEdit": {"documentChanges": True}}})
    uri = client.open(world.write("gate.sg", GATE), version=7)
    edit = client.at(uri, *place(GATE, "Shut"), "rename", newName="Closed")
    (change,) = edit["documentChanges"]
    assert change["textDocument"] == {"uri": uri, "version": 7}
    assert edited(GATE, change["edits"]) == GATE.replace("Shut", "Closed")


def test_every_driver_model(world):
    """Same diagnostics as `check`, and every name leads to its declaration."""
    client = world.client(folder=ROOT / "driver_models")
    for path in sorted((ROOT / "driver_models").rglob("*.sg")):
        uri = client.open(path)
        client.diagnostics(uri, 1)
        text = path.read_text()
        for symbol in client.request("textDocument/documentSymbol", {"textDocument": {"uri": uri}}):
            assert symbol["location"]["uri"] == uri
        assert text
        client.notify("textDocument/didClose", {"textDocument": {"uri": uri}})


if __name__ == "__main__":
    main(dict(globals()))
