#!/usr/bin/env python3
"""An editor that does everything wrong: the server answers with errors, goes on, or ends cleanly; it never hangs or crashes."""
import json
import os
import signal
import subprocess
import sys

from harness import edited, main, place

TEXT = "contract A {\n    in message Go();\n    state S: Go? -> S;\n}\n"


def alive(client, world, name="alive.sg"):
    """The server still analyses a text."""
    uri = client.open(world.folder / name, TEXT)
    assert [d["code"] for d in client.diagnostics(uri)], "a contract with a cycle of receives has a diagnostic"


def error_of(client):
    """The next answer without a request."""
    return client.answer(None)["error"]["code"]


def test_garbage_frames(world):
    client = world.client()
    for bad in (b"Content-Length: -5\r\n\r\n", b"Content-Length: x\r\n\r\n", b"Content-Length: \r\n\r\n",
                b"Content-Length: 99999999999999999999999\r\n\r\n", b"Hello: world\r\n\r\n", b"\r\n\r\n",
                b"\x00\xff\xfe garbage \r\n\r\n", b"Content-Length: 5 5\r\n\r\n", b"Content-Length: +5\r\n\r\n"):
        client.raw(bad)
        assert error_of(client) == -32700, bad
    for body in (b"", b"{", b"\xff\xfe", b"nul", b'{"a":1}{"b":2}', b'"\\ud800"', b"[" * 100_000, b'{"a":' * 100_000):
        client.raw(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        assert error_of(client) == -32700, body[:20]
    alive(client, world)
    assert client.stop() == 0


def test_rubbish_between_frames(world):
    """After rubbish of any length the next frame is read again."""
    client = world.client()
    body = json.dumps({"jsonrpc": "2.0", "id": 77, "method": "shutdown"}).encode()
    client.raw(b"rubbish" * 30_000 + b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
    assert client.answer(77)["result"] is None


def test_frames_in_pieces(world):
    client = world.client()
    body = json.dumps({"jsonrpc": "2.0", "id": 5, "method": "shutdown"}).encode()
    for byte in b"content-length:%d\r\nContent-Type: x; charset=utf-8\r\n\r\n%s" % (len(body), body):
        client.raw(bytes([byte]))
    assert client.answer(5)["result"] is None
    client.notify("exit", None)
    assert client.wait() == 0


def test_message_too_long(world):
    """Thrown away unread, answered with an error, and the next one is served."""
    client = world.client()
    size = (64 << 20) + 1
    client.raw(b"Content-Length: %d\r\n\r\n" % size)
    block = b"x" * (1 << 20)
    for _ in range(size // len(block)):
        client.raw(block)
    client.raw(b"x" * (size % len(block)))
    assert error_of(client) == -32700
    alive(client, world)


def test_odd_messages(world):
    """JSON that is no message of the protocol."""
    client = world.client()
    for message in (b"[]", b"1", b"null", b'"text"', b"{}", b'{"method":5}', b'{"id":9001}',
                    b'{"method":null,"id":9002}'):
        client.raw(b"Content-Length: %d\r\n\r\n%s" % (len(message), message))
    for params in (None, [], 7, "x", {}, {"textDocument": 1}, {"textDocument": {"uri": 5}}, {"textDocument": {"uri": "file:///none.sg"}}):
        for method in ("hover", "definition", "references", "rename", "prepareRename", "codeAction", "documentSymbol",
                       "foldingRange", "completion", "formatting", "rangeFormatting", "documentHighlight"):
            assert client.refused("textDocument/" + method, params)["code"] == -32602, (method, params)
        for method in ("didOpen", "didChange", "didSave", "didClose"):
            client.notify("textDocument/" + method, params)
        for method in ("didChangeWatchedFiles", "didChangeWorkspaceFolders", "didChangeConfiguration"):
            client.notify("workspace/" + method, params)
        client.notify("$/cancelRequest", params)
    alive(client, world)
    assert client.stop() == 0


def test_odd_ids(world):
    client = world.client()
    for identity in (0, -1, "text", 1 << 62, 1.5):
        client.send({"id": identity, "method": "no/such"})
        assert client.answer(identity)["error"]["code"] == -32601


def test_edits_out_of_range(world):
    """Places outside of the text are moved to the nearest one inside; broken edits change nothing."""
    client = world.client()
    uri = client.open(world.folder / "a.sg", TEXT)
    client.diagnostics(uri, 1)
    far = {"line": 4_000_000_000, "character": 4_000_000_000}
    client.change(uri, 2, {"range": {"start": far, "end": far}, "text": "contract B {}\n"})
    client.change(uri, 3, {"range": {"start": {"line": 0, "character": 4_000_000}, "end": {"line": 0, "character": 9_000_000}}, "text": " // end"})
    client.change(uri, 4, {"range": {"start": {"line": 9, "character": 0}, "end": {"line": 0, "character": 0}}, "text": TEXT})
    names = [s["name"] for s in client.request("textDocument/documentSymbol", {"textDocument": {"uri": uri}})]
    assert names[0] == "A" and "B" not in names, names
    for bad in ({"range": {"start": {"line": -1, "character": 0}, "end": far}, "text": ""}, {"range": 5, "text": ""}, {"text": 5}, {},
                {"range": {"start": {"line": 0.5, "character": 0}, "end": far}, "text": ""}):
        client.change(uri, 5, bad)
    assert [s["name"] for s in client.request("textDocument/documentSymbol", {"textDocument": {"uri": uri}})] == names
    assert client.at(uri, 4_000_000_000, 4_000_000_000, "hover") is None
    alive(client, world)


def test_surrogate_pairs(world):
    """Columns count UTF-16 units; bytes if the client asked for UTF-8."""
    text = "/* \U0001f600\U0001f600 é */ contract Größe { in message Öffne(); state S: Öffne? -> S; }\n"
    client = world.client()
    uri = client.open(world.folder / "a.sg", text)
    found = client.at(uri, *place(text, "Öffne", 1), "definition")
    line, column = place(text, "Öffne")
    assert found[0]["range"] == {"start": {"line": line, "character": column}, "end": {"line": line, "character": column + 5}}, found
    # An edit between the halves of a pair begins before the pair.
    client.change(uri, 2, {"range": {"start": {"line": 0, "character": 4}, "end": {"line": 0, "character": 5}}, "text": "x"})
    changed = text.replace("\U0001f600", "x", 1)
    found = client.at(uri, *place(changed, "Öffne", 1), "definition")
    line, column = place(changed, "Öffne")
    assert found[0]["range"]["start"] == {"line": line, "character": column}, found
    bytewise = world.client(capabilities={"general": {"positionEncodings": ["utf-8", "utf-16"]}})
    assert bytewise.server["capabilities"]["positionEncoding"] == "utf-8"
    uri = bytewise.open(world.folder / "b.sg", text)
    at = len(text[:text.index("Öffne", text.index("Öffne") + 1)].encode())
    found = bytewise.at(uri, 0, at, "definition")
    assert found[0]["range"]["start"] == {"line": 0, "character": len(text[:text.index("Öffne")].encode())}, found


def test_line_ends(world):
    """CR LF, a lone CR and LF end lines; edits keep them."""
    text = TEXT.replace("\n", "\r\n", 1).replace("();\n", "();\r")
    client = world.client()
    uri = client.open(world.folder / "a.sg", text)
    found = client.at(uri, 2, 13, "definition")
    assert found[0]["range"]["start"] == {"line": 1, "character": 15}, found


def test_rapid_changes(world):
    """10,000 changes in a row: every one is applied, the analysis comes once they pause."""
    client = world.client(options={"debounceMs": 50})
    uri = client.open(world.folder / "a.sg", TEXT + "// ")
    end = {"line": 4, "character": 3}
    for version in range(2, 10_002):
        client.change(uri, version, {"range": {"start": end, "end": end}, "text": "ab"[version % 2]})
    client.change(uri, 10_002, {"range": {"start": {"line": 4, "character": 0}, "end": {"line": 4, "character": 3}}, "text": "contract Z"})
    symbols = client.request("textDocument/documentSymbol", {"textDocument": {"uri": uri}})
    assert symbols[0]["name"] == "A"
    client.diagnostics(uri, 10_002)
    client.change(uri, 10_003, {"range": {"start": {"line": 4, "character": 10}, "end": {"line": 4, "character": 10_010}}, "text": " { }"})
    symbols = client.request("textDocument/documentSymbol", {"textDocument": {"uri": uri}})
    assert [s["name"] for s in symbols][-1] == "Z", symbols


def test_cancelled_requests(world):
    """A request that waits is answered as cancelled; one that is done or unknown is no harm."""
    client = world.client()
    uri = client.open(world.folder / "a.sg", TEXT)
    first = client.next_id
    client.next_id += 50
    frames = b""
    for identity in range(first, first + 50):
        body = json.dumps({"jsonrpc": "2.0", "id": identity, "method": "textDocument/documentSymbol", "params": {"textDocument": {"uri": uri}}}).encode()
        frames += b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
    body = json.dumps({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": first + 49}}).encode()
    client.raw(frames + b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
    assert client.answer(first + 49)["error"]["code"] == -32800
    assert "result" in client.answer(first)
    client.notify("$/cancelRequest", {"id": first})
    client.notify("$/cancelRequest", {"id": 424242})
    alive(client, world)


def test_deleted_and_other_texts(world):
    """A file that is gone, one that never was, texts that are no files, odd names."""
    client = world.client()
    path = world.write("gone.sg", TEXT)
    uri = client.open(path)
    client.diagnostics(uri, 1)
    path.unlink()
    client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": uri, "type": 3}]})
    client.change(uri, 2, {"text": TEXT})
    assert client.diagnostics(uri, 2)
    for odd in ("untitled:Untitled-1", "git:/some/path.sg?ref=~", "vscode-vfs://host/a%2fb.sg", "file://otherhost/x.sg", "x", ""):
        client.open(None, TEXT, uri=odd)
        assert client.diagnostics(odd, 1), odd
        edit = client.at(odd, *place(TEXT, "Go?"), "rename", newName="Run")
        assert edited(TEXT, edit["changes"][odd]) == TEXT.replace("Go", "Run"), odd


def test_odd_file_names(world):
    """Percent-encoded, not ASCII, with spaces: every spelling of a URI is the same file and is kept."""
    client = world.client()
    for name in ("mit leer.sg", "größe.sg", "100%.sg", "a#b?c.sg", "\U0001f600.sg", "x+y&z.sg"):
        path = world.write("ordner ä/" + name, TEXT)
        uri = client.open(path)
        assert client.diagnostics(uri, 1), name
        found = client.at(uri, *place(TEXT, "Go?"), "definition")
        assert found[0]["uri"] == uri, (found, uri)
        client.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
        lower = uri.replace("%C3%A4", "%c3%a4").replace("%20", "%20")
        client.open(path, TEXT, uri=lower)
        assert client.at(lower, *place(TEXT, "Go?"), "definition")[0]["uri"] == lower


def test_binary_and_huge_texts(world):
    client = world.client()
    uri = client.open(world.folder / "a.sg", "contract A\u0000 {")
    assert [d["code"] for d in client.diagnostics(uri, 1)] == ["SS0004"]
    assert client.request("textDocument/documentSymbol", {"textDocument": {"uri": uri}}) == []
    many = "contract A { state S: ; " + "state S: ; " * 5000 + "}"
    uri = client.open(world.folder / "b.sg", many)
    found = client.diagnostics(uri, 1)
    assert len(found) <= 1001 and "more diagnostics are not shown" in found[-1]["message"], len(found)
    deep = "contract A { state S: " + "(" * 100_000
    uri = client.open(world.folder / "c.sg", deep)
    assert client.diagnostics(uri, 1)


def test_end_of_input(world):
    client = world.client()
    client.process.stdin.close()
    assert client.process.wait(10) == 1
    client = world.client()
    client.request("shutdown", None)
    client.process.stdin.close()
    assert client.process.wait(10) == 0


def test_editor_dies(world):
    """The server ends when the process named in `initialize` is gone, though its pipes stay open."""
    editor = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    client = world.client(process_id=editor.pid)
    alive(client, world)
    editor.kill()
    editor.wait()
    assert client.process.wait(10) == 1


def test_reader_goes_away(world):
    """Nobody reads the answers any more: an end, not a signal."""
    server = subprocess.Popen([str(world.tool), "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    server.stdout.close()
    body = b'{"jsonrpc":"2.0","id":1,"method":"no/such"}'
    server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
    server.stdin.flush()
    assert server.wait(10) == 1


def test_signal(world):
    client = world.client()
    alive(client, world)
    client.process.send_signal(signal.SIGTERM)
    assert client.process.wait(10) == 128 + signal.SIGTERM


def test_two_documents_of_one_file(world):
    """Opened twice under two spellings, then closed once: no crash, the other one stays."""
    client = world.client()
    path = world.write("a.sg", TEXT)
    one = client.open(path)
    two = client.open(path, TEXT, uri=one.replace("/a.sg", "/%61.sg"))
    client.diagnostics(one, 1)
    client.notify("textDocument/didClose", {"textDocument": {"uri": one}})
    client.change(two, 2, {"text": TEXT})
    assert client.diagnostics(two, 2)


def test_many_folders_links(world):
    """A link to the folder above is no endless tree, and an unreadable folder is no end."""
    inner = world.folder / "in"
    inner.mkdir()
    os.symlink(world.folder, inner / "loop")
    (world.folder / "closed").mkdir(mode=0)
    world.write("in/base.sg", "contract Base { out message R(); state S: R! -> T; state T: ; }")
    client = world.client()
    uri = client.open(world.folder / "d.sg", "contract D : Base { }")
    found = client.request("workspace/symbol", {"query": "Base"})
    assert [s["name"] for s in found] == ["Base"] and uri, found


if __name__ == "__main__":
    main(dict(globals()))
