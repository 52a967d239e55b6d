// thr in VS Code: a small client of `thr lsp`, in plain JavaScript and without dependencies.
"use strict";

const vscode = require("vscode");
const { Connection } = require("./connection.js");

let connection;
let diagnostics;
let hintsChanged;
let lensesChanged;
let coloursChanged;
let log;
let isEnding = false;
/** Starts the server again; set once the extension is active. */
let restart = async () => {};

// MARK: - From the protocol's values to the editor's and back

const position = (p) => new vscode.Position(p.line, p.character);
const range = (r) => new vscode.Range(position(r.start), position(r.end));
const location = (l) => new vscode.Location(vscode.Uri.parse(l.uri), range(l.range));
const markdown = (m) => new vscode.MarkdownString(typeof m === "string" ? m : m.value);
const textEdit = (e) => new vscode.TextEdit(range(e.range), e.newText);
const fromRange = (r) => ({ start: fromPosition(r.start), end: fromPosition(r.end) });
const fromPosition = (p) => ({ line: p.line, character: p.character });
const at = (document, p) => ({ textDocument: { uri: document.uri.toString() }, position: fromPosition(p) });
const whole = (document) => ({ textDocument: { uri: document.uri.toString() } });

function workspaceEdit(edit) {
  const result = new vscode.WorkspaceEdit();
  for (const [uri, edits] of Object.entries(edit.changes || {}))
    result.set(vscode.Uri.parse(uri), edits.map(textEdit));
  for (const change of edit.documentChanges || [])
    result.set(vscode.Uri.parse(change.textDocument.uri), change.edits.map(textEdit));
  return result;
}

function diagnostic(d) {
  const result = new vscode.Diagnostic(range(d.range), d.message, (d.severity || 1) - 1);
  result.source = d.source;
  result.code = d.codeDescription
    ? { value: d.code, target: vscode.Uri.parse(d.codeDescription.href) } : d.code;
  result.tags = d.tags;
  result.original = d;
  result.relatedInformation = (d.relatedInformation || []).map(
    (i) => new vscode.DiagnosticRelatedInformation(location(i.location), i.message));
  return result;
}

function completionItem(item) {
  const result = new vscode.CompletionItem(item.label, (item.kind || 1) - 1);
  result.detail = item.detail;
  result.sortText = item.sortText;
  result.filterText = item.filterText;
  result.preselect = item.preselect;
  if (item.documentation) result.documentation = markdown(item.documentation);
  const text = item.textEdit ? item.textEdit.newText : item.insertText || item.label;
  result.insertText = item.insertTextFormat === 2 ? new vscode.SnippetString(text) : text;
  if (item.textEdit && item.textEdit.range) result.range = range(item.textEdit.range);
  result.original = item;
  return result;
}

function symbol(s) {
  const result = new vscode.DocumentSymbol(
    s.name, s.detail || "", s.kind - 1, range(s.range), range(s.selectionRange));
  result.children = (s.children || []).map(symbol);
  return result;
}

function symbolInformation(s) {
  return new vscode.SymbolInformation(s.name, s.kind - 1, s.containerName || "", location(s.location));
}

function colours(answer) {
  if (!answer) return null;
  if (answer.edits === undefined)
    return new vscode.SemanticTokens(new Uint32Array(answer.data), answer.resultId);
  const edits = answer.edits.map((e) => new vscode.SemanticTokensEdit(
    e.start, e.deleteCount, e.data && new Uint32Array(e.data)));
  return new vscode.SemanticTokensEdits(edits, answer.resultId);
}

function command(c) { return { title: c.title, command: c.command, arguments: c.arguments }; }

function codeAction(action) {
  if (typeof action.command === "string") return command(action);
  const kind = action.kind && vscode.CodeActionKind.Empty.append(action.kind);
  const result = new vscode.CodeAction(action.title, kind);
  if (action.edit) result.edit = workspaceEdit(action.edit);
  if (action.command) result.command = command(action.command);
  result.isPreferred = action.isPreferred;
  result.original = action;
  return result;
}

function selectionRange(s) {
  return new vscode.SelectionRange(range(s.range), s.parent && selectionRange(s.parent));
}

function codeLens(lens) {
  const result = new vscode.CodeLens(range(lens.range), lens.command && command(lens.command));
  result.original = lens;
  return result;
}

// MARK: - What the server can be asked

const ask = (method, params, token) => connection.request(`textDocument/${method}`, params, token);
const list = (values, convert) => (values || []).map(convert);

const providers = {
  HoverProvider: {
    async provideHover(document, p, token) {
      const hover = await ask("hover", at(document, p), token);
      return hover && new vscode.Hover(markdown(hover.contents), hover.range && range(hover.range));
    },
  },
  DefinitionProvider: {
    provideDefinition: async (document, p, token) => {
      const found = await ask("definition", at(document, p), token);
      return list(Array.isArray(found) ? found : found ? [found] : [], location);
    },
  },
  ReferenceProvider: {
    provideReferences: async (document, p, context, token) =>
      list(await ask("references", { ...at(document, p), context }, token), location),
  },
  DocumentSymbolProvider: {
    provideDocumentSymbols: async (document, token) =>
      list(await ask("documentSymbol", whole(document), token), symbol),
  },
  DocumentFormattingEditProvider: {
    provideDocumentFormattingEdits: async (document, options, token) =>
      list(await ask("formatting", { ...whole(document), options }, token), textEdit),
  },
  DocumentRangeFormattingEditProvider: {
    provideDocumentRangeFormattingEdits: async (document, where, options, token) =>
      list(await ask("rangeFormatting", { ...whole(document), range: fromRange(where), options }, token), textEdit),
    // Called from version 1.86 on.
    provideDocumentRangesFormattingEdits: async (document, places, options, token) =>
      list(await ask("rangesFormatting", { ...whole(document), ranges: places.map(fromRange), options }, token), textEdit),
  },
  WorkspaceSymbolProvider: {
    provideWorkspaceSymbols: async (query, token) =>
      list(await connection.request("workspace/symbol", { query }, token), symbolInformation),
  },
  DocumentHighlightProvider: {
    provideDocumentHighlights: async (document, p, token) =>
      list(await ask("documentHighlight", at(document, p), token),
        (h) => new vscode.DocumentHighlight(range(h.range), (h.kind || 1) - 1)),
  },
  FoldingRangeProvider: {
    provideFoldingRanges: async (document, context, token) =>
      list(await ask("foldingRange", whole(document), token), (f) => new vscode.FoldingRange(
        f.startLine, f.endLine, f.kind === "comment" ? vscode.FoldingRangeKind.Comment : undefined)),
  },
  SelectionRangeProvider: {
    provideSelectionRanges: async (document, positions, token) =>
      list(await ask("selectionRange", { ...whole(document), positions: positions.map(fromPosition) }, token),
        selectionRange),
  },
  RenameProvider: {
    prepareRename: async (document, p, token) => {
      const found = await ask("prepareRename", at(document, p), token);
      if (!found) throw new Error("There is no name here that can be renamed.");
      return { range: range(found.range), placeholder: found.placeholder };
    },
    provideRenameEdits: async (document, p, newName, token) => {
      const edit = await ask("rename", { ...at(document, p), newName }, token);
      return edit && workspaceEdit(edit);
    },
  },
  CodeActionsProvider: {
    provideCodeActions: async (document, where, context, token) => {
      const reported = context.diagnostics.map((d) => d.original).filter(Boolean);
      const only = context.only && [context.only.value];
      const params = {
        ...whole(document), range: fromRange(where),
        context: { diagnostics: reported, only, triggerKind: context.triggerKind },
      };
      return list(await ask("codeAction", params, token), codeAction);
    },
    resolveCodeAction: async (action, token) =>
      action.original ? codeAction(await connection.request("codeAction/resolve", action.original, token)) : action,
  },
  DocumentLinkProvider: {
    provideDocumentLinks: async (document, token) =>
      list(await ask("documentLink", whole(document), token),
        (link) => new vscode.DocumentLink(range(link.range), vscode.Uri.parse(link.target))),
  },
  CodeLensProvider: {
    provideCodeLenses: async (document, token) =>
      list(await ask("codeLens", whole(document), token), codeLens),
    resolveCodeLens: async (lens, token) =>
      codeLens(await connection.request("codeLens/resolve", lens.original, token) || lens.original),
  },
  InlayHintsProvider: {
    provideInlayHints: async (document, where, token) =>
      list(await ask("inlayHint", { ...whole(document), range: fromRange(where) }, token), (hint) => {
        const label = typeof hint.label === "string" ? hint.label : hint.label.map((part) => part.value).join("");
        const result = new vscode.InlayHint(position(hint.position), label, hint.kind);
        result.paddingLeft = hint.paddingLeft;
        result.paddingRight = hint.paddingRight;
        result.original = hint;
        return result;
      }),
    resolveInlayHint: async (hint, token) => {
      const whole = await connection.request("inlayHint/resolve", hint.original, token);
      if (whole && whole.tooltip) hint.tooltip = markdown(whole.tooltip);
      return hint;
    },
  },
};

const completion = {
  async provideCompletionItems(document, p, token, context) {
    const triggered = { triggerKind: context.triggerKind + 1, triggerCharacter: context.triggerCharacter };
    const found = await ask("completion", { ...at(document, p), context: triggered }, token);
    const items = Array.isArray(found) ? found : (found && found.items) || [];
    return new vscode.CompletionList(items.map(completionItem), Boolean(found && found.isIncomplete));
  },
  resolveCompletionItem: async (item, token) =>
    completionItem(await connection.request("completionItem/resolve", item.original, token) || item.original),
};

const signatures = {
  async provideSignatureHelp(document, p, token, { triggerKind, triggerCharacter, isRetrigger, activeSignatureHelp }) {
    // The form that the user has turned to is kept by what is shown now.
    const shown = activeSignatureHelp && {
      signatures: activeSignatureHelp.signatures.map(({ label }) => ({ label })),
      activeSignature: activeSignatureHelp.activeSignature,
      activeParameter: activeSignatureHelp.activeParameter,
    };
    const context = { triggerKind, triggerCharacter, isRetrigger, activeSignatureHelp: shown };
    const help = await ask("signatureHelp", { ...at(document, p), context }, token);
    if (!help) return null;
    const result = new vscode.SignatureHelp();
    result.signatures = help.signatures.map((s) => {
      const signature = new vscode.SignatureInformation(s.label, s.documentation && markdown(s.documentation));
      signature.parameters = (s.parameters || []).map(
        (x) => new vscode.ParameterInformation(x.label, x.documentation && markdown(x.documentation)));
      return signature;
    });
    result.activeSignature = help.activeSignature || 0;
    result.activeParameter = help.activeParameter || 0;
    return result;
  },
};

const colouring = {
  provideDocumentSemanticTokens: async (document, token) =>
    colours(await ask("semanticTokens/full", whole(document), token)),
  provideDocumentSemanticTokensEdits: async (document, previousResultId, token) =>
    colours(await ask("semanticTokens/full/delta", { ...whole(document), previousResultId }, token)),
};

const colouringOfRanges = {
  provideDocumentRangeSemanticTokens: async (document, where, token) =>
    colours(await ask("semanticTokens/range", { ...whole(document), range: fromRange(where) }, token)),
};

const typing = {
  provideOnTypeFormattingEdits: async (document, p, ch, options, token) =>
    list(await ask("onTypeFormatting", { ...at(document, p), ch, options }, token), textEdit),
};

/** Runs a command of the server; where it takes long, the window says so and it can be given up. */
function execute(name, args) {
  const token = `command-${++lastCommand}`;
  const asked = (cancellation) => connection.request(
    "workspace/executeCommand", { command: name, arguments: args, workDoneToken: token }, cancellation);
  const place = { location: vscode.ProgressLocation.Notification, title: "thr", cancellable: true };
  return vscode.window.withProgress(place, (progress, cancellation) => {
    progressByToken.set(token, progress);
    return asked(cancellation).finally(() => progressByToken.delete(token));
  }).then(undefined, (error) => void vscode.window.showWarningMessage(error.message));
}

let lastCommand = 0;
const progressByToken = new Map();

// MARK: - What the server reports and asks

async function handle(method, params) {
  switch (method) {
    case "textDocument/publishDiagnostics":
      diagnostics.set(vscode.Uri.parse(params.uri), params.diagnostics.map(diagnostic));
      return null;
    case "workspace/applyEdit":
      return { applied: await vscode.workspace.applyEdit(workspaceEdit(params.edit)) };
    case "workspace/inlayHint/refresh": return void hintsChanged.fire();
    case "workspace/codeLens/refresh": return void lensesChanged.fire();
    case "workspace/semanticTokens/refresh": return void coloursChanged.fire();
    case "$/progress": {
      const progress = progressByToken.get(params.token);
      const { title, message } = params.value;
      if (progress && (title || message)) progress.report({ message: message || title });
      return null;
    }
    case "workspace/configuration":
      return params.items.map((item) => vscode.workspace.getConfiguration().get(item.section) ?? null);
    case "window/showMessage": {
      const { window } = vscode;
      const shown = [window.showErrorMessage, window.showWarningMessage][params.type - 1];
      return void (shown || window.showInformationMessage).call(window, params.message);
    }
    case "window/logMessage": return void log.appendLine(params.message);
    default: return null;
  }
}

const capabilities = {
  general: { positionEncodings: ["utf-16"] },
  workspace: {
    applyEdit: true, configuration: true, workspaceEdit: { documentChanges: true },
    inlayHint: { refreshSupport: true }, codeLens: { refreshSupport: true },
    semanticTokens: { refreshSupport: true }, symbol: {}, workspaceFolders: true,
    fileOperations: { willRename: true },
  },
  window: { workDoneProgress: true },
  textDocument: {
    synchronization: { didSave: true },
    publishDiagnostics: {
      relatedInformation: true, codeDescriptionSupport: true, tagSupport: { valueSet: [1, 2] },
    },
    completion: {
      contextSupport: true,
      completionItem: {
        snippetSupport: true, preselectSupport: true, documentationFormat: ["markdown"],
        resolveSupport: { properties: ["documentation", "detail"] },
      },
    },
    hover: { contentFormat: ["markdown"] },
    signatureHelp: {
      contextSupport: true,
      signatureInformation: {
        documentationFormat: ["markdown"], parameterInformation: { labelOffsetSupport: true },
      },
    },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ["", "quickfix", "refactor", "source"] } },
      resolveSupport: { properties: ["edit"] }, dataSupport: true, isPreferredSupport: true,
    },
    foldingRange: { lineFoldingOnly: true },
    semanticTokens: {
      requests: { range: true, full: { delta: true } }, formats: ["relative"],
      tokenTypes: [], tokenModifiers: [],
    },
    rename: { prepareSupport: true }, formatting: {}, rangeFormatting: { rangesSupport: true }, onTypeFormatting: {},
    definition: {}, references: {}, documentLink: {}, documentHighlight: {}, selectionRange: {}, codeLens: {}, inlayHint: {},
  },
};

const isOurs = (document) => document.languageId === "thr";
const open = (document) => isOurs(document) && connection.notify("textDocument/didOpen", {
  textDocument: {
    uri: document.uri.toString(), languageId: "thr", version: document.version, text: document.getText(),
  },
});

function synchronise(context) {
  const { workspace } = vscode;
  context.subscriptions.push(
    workspace.onDidOpenTextDocument(open),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) =>
      isOurs(document) && connection.notify("textDocument/didChange", {
        textDocument: { uri: document.uri.toString(), version: document.version },
        contentChanges: contentChanges.map((c) => ({ range: fromRange(c.range), text: c.text })),
      })),
    workspace.onDidSaveTextDocument((document) =>
      isOurs(document) && connection.notify("textDocument/didSave", whole(document))),
    workspace.onDidCloseTextDocument((document) => {
      if (!isOurs(document)) return;
      connection.notify("textDocument/didClose", whole(document));
      diagnostics.delete(document.uri);
    }));
  // The editor waits for the edits, and makes them with the renaming.
  context.subscriptions.push(workspace.onWillRenameFiles((event) => event.waitUntil(
    connection.request("workspace/willRenameFiles", {
      files: event.files.map((f) => ({ oldUri: f.oldUri.toString(), newUri: f.newUri.toString() })),
    }).then((edit) => edit && workspaceEdit(edit), () => undefined))));
  const watcher = workspace.createFileSystemWatcher("**/*.{thr,csv,tsv,txt,data}");
  const changed = (type) => (uri) => connection.notify(
    "workspace/didChangeWatchedFiles", { changes: [{ uri: uri.toString(), type }] });
  const folder = (f) => ({ uri: f.uri.toString(), name: f.name });
  context.subscriptions.push(
    watcher, watcher.onDidCreate(changed(1)), watcher.onDidChange(changed(2)),
    watcher.onDidDelete(changed(3)),
    workspace.onDidChangeWorkspaceFolders(({ added, removed }) => connection.notify(
      "workspace/didChangeWorkspaceFolders",
      { event: { added: added.map(folder), removed: removed.map(folder) } })),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("thr.path")) return void restart();
      if (change.affectsConfiguration("thr")) connection.notify("workspace/didChangeConfiguration", { settings: null });
    }));
  workspace.textDocuments.forEach(open);
}

// MARK: - The server's process

/** When it ended by itself: more often than this in so many milliseconds, and it stays ended. */
const crashes = [];
const mostCrashes = 4;
const crashWindow = 180_000;

/** Starts the server, and answers what it can do. */
async function connect() {
  const path = vscode.workspace.getConfiguration("thr").get("path") || "thr";
  const own = new Connection(path, ["lsp"], handle, (error) => {
    if (!isEnding && own === connection) crashed(path, error);
  });
  connection = own;
  const folders = (vscode.workspace.workspaceFolders || []).map((f) => ({ uri: f.uri.toString(), name: f.name }));
  const answer = await own.request("initialize", {
    processId: process.pid, capabilities, workspaceFolders: folders,
    rootUri: folders.length ? folders[0].uri : null,
  });
  own.notify("initialized", {});
  return answer.capabilities;
}

async function reconnect() {
  diagnostics.clear();
  await connect();
  vscode.workspace.textDocuments.forEach(open);
  for (const changed of [hintsChanged, lensesChanged, coloursChanged]) changed.fire();
}

function crashed(path, error) {
  log.appendLine(`${path}: ${error.message}`);
  const now = Date.now();
  crashes.push(now);
  const isMissing = error.code === "ENOENT";
  if (!isMissing && crashes.filter((time) => now - time < crashWindow).length <= mostCrashes)
    return void reconnect().catch((problem) => log.appendLine(String(problem)));
  const hint = isMissing ? ` Is \`${path}\` on the path? See the setting thr.path.` : "";
  Promise.resolve(vscode.window.showErrorMessage(`thr: ${error.message}.${hint}`, "Restart"))
    .then((answer) => answer === "Restart" && restart());
}

// MARK: - Commands of the palette

/** The statement at the cursor, as the server's commands take it. */
function atCursor() {
  const editor = vscode.window.activeTextEditor;
  return editor && isOurs(editor.document)
    ? [editor.document.uri.toString(), fromPosition(editor.selection.active)] : null;
}

/** Runs `thr` in a terminal of its own. */
function inTerminal(...args) {
  const path = vscode.workspace.getConfiguration("thr").get("path") || "thr";
  vscode.window.createTerminal({ name: "thr", shellPath: path, shellArgs: args }).show();
}

const palette = {
  "thr.runToCursor": () => { const place = atCursor(); return place && execute("thr.runToHere", place); },
  "thr.insertAtCursor": () => { const place = atCursor(); return place && execute("thr.insertResult", place); },
  "thr.runFile": async () => {
    const editor = vscode.window.activeTextEditor;
    if (!editor || !isOurs(editor.document)) return;
    await editor.document.save();
    // The prompt of a shell stays after the script has ended.
    const terminal = vscode.window.createTerminal("thr");
    const path = vscode.workspace.getConfiguration("thr").get("path") || "thr";
    terminal.show();
    terminal.sendText([path, editor.document.uri.fsPath].map((word) => `'${word.replace(/'/g, "'\\''")}'`).join(" "));
  },
  "thr.tutorial": () => inTerminal("tutorial", "1"),
  "thr.restart": () => restart(),
  "thr.showLog": () => log.show(),
};

async function activate(context) {
  diagnostics = vscode.languages.createDiagnosticCollection("thr");
  hintsChanged = new vscode.EventEmitter();
  lensesChanged = new vscode.EventEmitter();
  coloursChanged = new vscode.EventEmitter();
  log = vscode.window.createOutputChannel("thr");
  providers.InlayHintsProvider.onDidChangeInlayHints = hintsChanged.event;
  providers.CodeLensProvider.onDidChangeCodeLenses = lensesChanged.event;
  colouring.onDidChangeSemanticTokens = coloursChanged.event;
  context.subscriptions.push(diagnostics, log);
  for (const [name, action] of Object.entries(palette))
    context.subscriptions.push(vscode.commands.registerCommand(name, action));
  const server = await connect();
  const of = { language: "thr" };
  for (const [name, provider] of Object.entries(providers)) {
    // Only what looks through all files is asked of no language.
    const selector = name === "WorkspaceSymbolProvider" ? [] : [of];
    context.subscriptions.push(vscode.languages[`register${name}`](...selector, provider));
  }
  const triggers = (options) => (options && options.triggerCharacters) || [];
  context.subscriptions.push(
    vscode.languages.registerCompletionItemProvider(of, completion, ...triggers(server.completionProvider)),
    vscode.languages.registerSignatureHelpProvider(of, signatures, server.signatureHelpProvider));
  const typed = server.documentOnTypeFormattingProvider;
  context.subscriptions.push(vscode.languages.registerOnTypeFormattingEditProvider(
    of, typing, typed.firstTriggerCharacter, ...typed.moreTriggerCharacter));
  const { tokenTypes, tokenModifiers } = server.semanticTokensProvider.legend;
  const legend = new vscode.SemanticTokensLegend(tokenTypes, tokenModifiers);
  context.subscriptions.push(
    vscode.languages.registerDocumentSemanticTokensProvider(of, colouring, legend),
    vscode.languages.registerDocumentRangeSemanticTokensProvider(of, colouringOfRanges, legend));
  for (const name of (server.executeCommandProvider || {}).commands || [])
    context.subscriptions.push(vscode.commands.registerCommand(name, (...args) => execute(name, args)));
  synchronise(context);
  restart = async () => {
    crashes.length = 0;
    const old = connection;
    connection = null;
    await old.stop();
    await reconnect();
  };
}

async function deactivate() {
  isEnding = true;
  if (connection) await connection.stop();
}

module.exports = { activate, deactivate };
