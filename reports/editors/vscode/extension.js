// Starts `singspin lsp` and lets the client library of VS Code talk to it.
"use strict";

const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

function settings() {
  const all = vscode.workspace.getConfiguration("singspin");
  return {
    verify: all.get("verify"),
    debounceMs: all.get("debounceMs"),
    defines: all.get("defines"),
    includeFolders: all.get("includeFolders"),
  };
}

async function start() {
  const command = vscode.workspace.getConfiguration("singspin").get("path") || "singspin";
  client = new LanguageClient(
    "singspin",
    "singspin",
    { command, args: ["lsp"] },
    {
      documentSelector: [{ language: "singsharp" }],
      initializationOptions: settings(),
      synchronize: { fileEvents: ["**/*.{sg,cs,sgproj,csproj}", "**/singspin.toml"].map((glob) => vscode.workspace.createFileSystemWatcher(glob)) },
    },
  );
  try {
    await client.start();
  } catch (error) {
    vscode.window.showErrorMessage(
      `singspin cannot be started (${error.message}). Set "singspin.path" to the program.`,
    );
  }
}

async function stop() {
  const running = client;
  client = undefined;
  if (running !== undefined && running.isRunning()) await running.stop();
}

function activate(context) {
  context.subscriptions.push(
    vscode.workspace.onDidChangeConfiguration(async (event) => {
      if (event.affectsConfiguration("singspin.path")) {
        await stop();
        await start();
      } else if (event.affectsConfiguration("singspin") && client !== undefined) {
        client.sendNotification("workspace/didChangeConfiguration", { settings: { singspin: settings() } });
      }
    }),
  );
  return start();
}

module.exports = { activate, deactivate: stop };
