"""A language client over pipes: frames, requests, notifications, and what the server said."""
import json
import os
import queue
import subprocess
import threading
import time
from pathlib import Path
from urllib.parse import quote


WAIT_SECONDS = 120  # a hang, not a slow machine


def uri_of(path):
    return "file://" + quote(str(path))


class Stopped(Exception):
    """The server closed its output."""


class Client:
    def __init__(self, tool, folder=None, options=None, capabilities=None, start=True, environment=None, process_id=None):
        self.process = subprocess.Popen([str(tool), "lsp", "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, cwd=folder or "/", env=environment)
        self.inbox = queue.Queue()
        self.answers, self.notifications = {}, []
        self.next_id = 1
        threading.Thread(target=self._read, daemon=True).start()
        if start:
            folders = [{"uri": uri_of(folder), "name": "work"}] if folder else None
            self.server = self.request("initialize", {
                "processId": process_id, "rootUri": None, "workspaceFolders": folders, "capabilities": capabilities or {},
                "initializationOptions": {"debounceMs": 0, "verify": False, **(options or {})}})
            self.notify("initialized", {})

    def _read(self):
        output = self.process.stdout
        while True:
            length = None
            while True:
                line = output.readline()
                if not line:
                    return self.inbox.put(None)
                if line == b"\r\n":
                    break
                name, _, value = line.decode().partition(":")
                if name.lower() == "content-length":
                    length = int(value)
            self.inbox.put((json.loads(output.read(length)), time.perf_counter()))

    def raw(self, data):
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}, ensure_ascii=False).encode("utf-8", "surrogatepass")
        self.raw(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))

    def notify(self, method, params):
        self.send({"method": method, "params": params})

    def start_request(self, method, params):
        identity = self.next_id
        self.next_id += 1
        self.send({"id": identity, "method": method, "params": params})
        return identity

    def _receive(self, deadline):
        try:
            received = self.inbox.get(timeout=max(0.001, deadline - time.monotonic()))
        except queue.Empty:
            raise TimeoutError("the server says nothing") from None
        if received is None:
            self.inbox.put(None)
            raise Stopped
        message, self.arrived = received
        if "method" in message:
            self.notifications.append(message)
        else:
            self.answers[message["id"]] = message
        return message

    def answer(self, identity, timeout=WAIT_SECONDS):
        deadline = time.monotonic() + timeout
        while identity not in self.answers:
            self._receive(deadline)
        return self.answers.pop(identity)

    def request(self, method, params, timeout=WAIT_SECONDS):
        """The result; an error of the server is an AssertionError with its text."""
        message = self.answer(self.start_request(method, params), timeout)
        assert "error" not in message, f"{method}: {message.get('error')}"
        return message["result"]

    def refused(self, method, params):
        """The error of a request that must fail."""
        message = self.answer(self.start_request(method, params))
        assert "error" in message, f"{method} was answered: {message}"
        return message["error"]

    # ---- documents -----------------------------------------------------------------------------------------------

    def open(self, path, text=None, version=1, uri=None):
        uri = uri_of(path) if uri is None else uri
        text = Path(path).read_text() if text is None else text
        self.notify("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "singsharp", "version": version, "text": text}})
        return uri

    def change(self, uri, version, *changes):
        self.notify("textDocument/didChange", {"textDocument": {"uri": uri, "version": version}, "contentChanges": list(changes)})

    def diagnostics(self, uri, version=None, timeout=WAIT_SECONDS):
        """The next diagnostics of a text that are published from now on, or those already here for that version."""
        deadline = time.monotonic() + timeout
        while True:
            for i, message in enumerate(self.notifications):
                params = message.get("params", {})
                if message["method"] != "textDocument/publishDiagnostics" or params["uri"] != uri:
                    continue
                if version is None or params.get("version") == version:
                    del self.notifications[:i + 1]
                    return params["diagnostics"]
            self._receive(deadline)

    def until_method(self, method, timeout=WAIT_SECONDS):
        """The parameters of the first message of that method; a request is answered with null."""
        deadline = time.monotonic() + timeout
        while True:
            for i, message in enumerate(self.notifications):
                if message["method"] == method:
                    del self.notifications[i]
                    if "id" in message:
                        self.send({"id": message["id"], "result": None})
                    return message["params"]
            self._receive(deadline)

    def at(self, uri, line, character, method, **more):
        return self.request("textDocument/" + method,
                            {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}, **more})

    # ---- the end ---------------------------------------------------------------------------------------------------

    def stop(self):
        """shutdown and exit; the exit code."""
        self.request("shutdown", None)
        self.notify("exit", None)
        return self.wait()

    def wait(self, timeout=10):
        code = self.process.wait(timeout)
        self.process.stdin.close()
        return code

    def errors(self):
        return self.process.stderr.read().decode()

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
