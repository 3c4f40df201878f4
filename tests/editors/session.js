// A session with the client library of VS Code: its framing, its types of messages, its order of things.
"use strict";

const { spawn } = require("child_process");
const fs = require("fs");
const os = require("os");
const path = require("path");
const { pathToFileURL } = require("url");
const assert = require("assert");
const lsp = require("vscode-languageserver-protocol/node");

const TEXT = `contract Gate {
    in message Open();
    out message Opened();
    state Shut: Open? -> Opened! -> Shut;
    state Broken: ;
}
`;

function deadline(promise, what) {
  return Promise.race([
    promise,
    new Promise((_, reject) => setTimeout(() => reject(new Error(`no answer: ${what}`)), 30000).unref()),
  ]);
}

async function main(tool) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "singspin-vscode-"));
  const file = path.join(folder, "tor größe.sg");
  fs.writeFileSync(file, TEXT);
  const uri = pathToFileURL(file).toString();
  const server = spawn(tool, ["lsp"], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise((resolve) => server.on("exit", resolve));
  const connection = lsp.createProtocolConnection(
    new lsp.StreamMessageReader(server.stdout),
    new lsp.StreamMessageWriter(server.stdin),
  );
  const published = [];
  let arrived = () => {};
  connection.onNotification(lsp.PublishDiagnosticsNotification.type, (params) => {
    published.push(params);
    arrived();
  });
  const registered = [];
  connection.onRequest(lsp.RegistrationRequest.type, (params) => {
    registered.push(...params.registrations);
  });
  connection.onError((error) => assert.fail(String(error)));
  connection.listen();
  const ask = (type, params) => deadline(connection.sendRequest(type, params), type.method);
  const diagnostics = (version) =>
    deadline(
      new Promise((resolve) => {
        arrived = () => {
          const found = published.find((p) => p.version === version);
          if (found !== undefined) resolve(found);
        };
        arrived();
      }),
      `diagnostics of version ${version}`,
    );

  const initialized = await ask(lsp.InitializeRequest.type, {
    processId: process.pid,
    rootUri: null,
    workspaceFolders: [{ uri: pathToFileURL(folder).toString(), name: "gates" }],
    capabilities: {
      workspace: { workspaceEdit: { documentChanges: true }, didChangeWatchedFiles: { dynamicRegistration: true } },
      textDocument: { documentSymbol: { hierarchicalDocumentSymbolSupport: true } },
    },
    initializationOptions: { debounceMs: 10 },
  });
  assert.strictEqual(initialized.capabilities.hoverProvider, true);
  await connection.sendNotification(lsp.InitializedNotification.type, {});
  await connection.sendNotification(lsp.DidOpenTextDocumentNotification.type, {
    textDocument: { uri, languageId: "singsharp", version: 1, text: TEXT },
  });
  const first = await diagnostics(1);
  assert.strictEqual(first.uri, uri);
  assert.deepStrictEqual(first.diagnostics.map((d) => d.code), ["SS0204"]);
  const at = (line, character) => ({ textDocument: { uri }, position: { line, character } });

  const definition = await ask(lsp.DefinitionRequest.type, at(3, 18));
  assert.deepStrictEqual(definition, [
    { uri, range: { start: { line: 1, character: 15 }, end: { line: 1, character: 19 } } },
  ]);
  const hover = await ask(lsp.HoverRequest.type, at(3, 11));
  assert.match(hover.contents.value, /\*\*state\*\* `Shut`/);
  const symbols = await ask(lsp.DocumentSymbolRequest.type, { textDocument: { uri } });
  assert.deepStrictEqual(symbols[0].children.map((c) => c.name), ["Open", "Opened", "Shut", "Broken"]);
  const range = await ask(lsp.PrepareRenameRequest.type, at(3, 18));
  assert.deepStrictEqual(range.start, { line: 3, character: 16 });
  const edit = await ask(lsp.RenameRequest.type, { ...at(3, 18), newName: "Lift" });
  assert.strictEqual(edit.documentChanges[0].textDocument.version, 1);
  assert.strictEqual(edit.documentChanges[0].edits.length, 2);
  await assert.rejects(ask(lsp.RenameRequest.type, { ...at(3, 18), newName: "}" }), /not a name/);
  const references = await ask(lsp.ReferencesRequest.type, { ...at(3, 18), context: { includeDeclaration: true } });
  assert.strictEqual(references.length, 2);
  assert.strictEqual((await ask(lsp.DocumentHighlightRequest.type, at(3, 18))).length, 2);
  assert.ok((await ask(lsp.FoldingRangeRequest.type, { textDocument: { uri } })).length >= 1);
  assert.ok((await ask(lsp.CompletionRequest.type, at(3, 18))).some((c) => c.label === "Opened"));
  assert.strictEqual((await ask(lsp.WorkspaceSymbolRequest.type, { query: "Shut" })).length, 1);
  const whole = { start: { line: 0, character: 0 }, end: { line: 5, character: 0 } };
  const options = { tabSize: 4, insertSpaces: true };
  assert.deepStrictEqual(await ask(lsp.DocumentFormattingRequest.type, { textDocument: { uri }, options }), []);
  const actions = { textDocument: { uri }, range: whole, context: { diagnostics: [] } };
  const silence = (await ask(lsp.CodeActionRequest.type, actions)).find((a) => a.title === "silence unreachable-state here");
  assert.deepStrictEqual(silence.diagnostics.map((d) => d.code), ["SS0204"]);
  assert.deepStrictEqual(silence.edit.documentChanges[0].edits, [
    {
      range: { start: { line: 4, character: 0 }, end: { line: 4, character: 0 } },
      newText: "    // singspin: allow(unreachable-state)\n",
    },
  ]);

  // One letter typed: the rest of the text is not sent again.
  await connection.sendNotification(lsp.DidChangeTextDocumentNotification.type, {
    textDocument: { uri, version: 2 },
    contentChanges: [
      { range: { start: { line: 4, character: 0 }, end: { line: 4, character: 20 } }, text: "" },
    ],
  });
  assert.deepStrictEqual((await diagnostics(2)).diagnostics, []);
  assert.ok(registered.some((r) => r.method === "workspace/didChangeWatchedFiles"));
  await ask(lsp.ShutdownRequest.type);
  await connection.sendNotification(lsp.ExitNotification.type);
  assert.strictEqual(await deadline(ended, "exit"), 0);
  fs.rmSync(folder, { recursive: true });
  console.log("ok    every request of the session was answered as the client library expects");
}

main(process.argv[2]).catch((error) => {
  console.error(error);
  process.exit(1);
});
