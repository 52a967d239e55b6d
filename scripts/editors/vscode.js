// The extension of VS Code, in Node.js: a stand-in for the editor's module `vscode` that holds one
// text and calls the extension as the editor does. Writes a line for each check to `report`.
"use strict";

const assert = require("assert");
const fs = require("fs");
const Module = require("module");
const path = require("path");

const folder = path.join(process.env.THR_GRAMMAR, "vscode");
const address = `file://${path.resolve("sample.thr")}`;

// MARK: - What the editor's module has

const record = (...names) => class {
  constructor(...values) { names.forEach((name, index) => { this[name] = values[index]; }); }
};
class Range {
  constructor(start, end) { Object.assign(this, { start, end }); }
}
class Uri {
  static parse(text) { return Object.assign(new Uri(), { text }); }
  toString() { return this.text; }
}
class EventEmitter {
  constructor() {
    this.heard = [];
    this.event = (listener) => { this.heard.push(listener); return { dispose() {} }; };
  }
  fire(value) { this.heard.forEach((listener) => listener(value)); }
}
class WorkspaceEdit {
  constructor() { this.edits = new Map(); }
  set(uri, edits) { this.edits.set(uri.toString(), edits); }
}
class Kind {
  constructor(value) { this.value = value; }
  append(part) { return new Kind(this.value ? `${this.value}.${part}` : part); }
}

const events = Object.fromEntries([
  "OpenTextDocument", "ChangeTextDocument", "SaveTextDocument", "CloseTextDocument",
  "ChangeWorkspaceFolders", "ChangeConfiguration",
].map((name) => [`onDid${name}`, new EventEmitter()]));
events.onWillRenameFiles = new EventEmitter();
const registered = {};
const commands = {};
const reported = new Map();
const messages = [];
const progress = [];
const terminals = [];
let settings = {};

const document = {
  languageId: "thr", version: 1, uri: Object.assign(Uri.parse(address), { fsPath: path.resolve("sample.thr") }),
  async save() { return true; },
  text: fs.readFileSync("sample.thr", "utf8"),
  getText() { return this.text; },
};
const lines = () => document.text.split("\n");

/** Changes the text as the editor does, and notifies the extension. */
function apply(edits) {
  const offset = (p) => lines().slice(0, p.line).reduce((sum, line) => sum + line.length + 1, p.character);
  const changes = edits.map((e) => ({ range: e.range, text: e.newText, from: offset(e.range.start), to: offset(e.range.end) }))
    .sort((a, b) => b.from - a.from);
  for (const c of changes) document.text = document.text.slice(0, c.from) + c.text + document.text.slice(c.to);
  document.version += 1;
  events.onDidChangeTextDocument.fire({ document, contentChanges: changes });
}

const show = (kind) => (text) => { messages.push(`${kind}: ${text}`); };
const vscode = {
  Position: record("line", "character"), Range, Uri, EventEmitter, WorkspaceEdit,
  Location: record("uri", "range"), MarkdownString: record("value"),
  TextEdit: record("range", "newText"), Diagnostic: record("range", "message", "severity"),
  DiagnosticRelatedInformation: record("location", "message"),
  CompletionItem: record("label", "kind"), CompletionList: record("items", "isIncomplete"),
  SnippetString: record("value"), Hover: record("contents", "range"),
  SignatureHelp: record(), SignatureInformation: record("label", "documentation"),
  ParameterInformation: record("label", "documentation"),
  DocumentSymbol: record("name", "detail", "kind", "range", "selectionRange"),
  SymbolInformation: record("name", "kind", "containerName", "location"),
  DocumentHighlight: record("range", "kind"), FoldingRange: record("start", "end", "kind"),
  FoldingRangeKind: { Comment: 1 }, SelectionRange: record("range", "parent"),
  CodeAction: record("title", "kind"), CodeActionKind: { Empty: new Kind("") },
  DocumentLink: record("range", "target"),
  CodeLens: record("range", "command"), InlayHint: record("position", "label", "kind"),
  SemanticTokens: record("data", "resultId"), SemanticTokensEdits: record("edits", "resultId"),
  SemanticTokensEdit: record("start", "deleteCount", "data"),
  SemanticTokensLegend: record("tokenTypes", "tokenModifiers"),
  ProgressLocation: { Notification: 15 },
  commands: {
    registerCommand: (name, run) => { commands[name] = run; return { dispose() {} }; },
  },
  languages: new Proxy({
    createDiagnosticCollection: () => ({
      set: (uri, list) => reported.set(uri.toString(), list), delete: (uri) => reported.delete(uri.toString()),
      clear: () => reported.clear(), dispose() {},
    }),
  }, {
    get: (own, name) => own[name] || ((...args) => { registered[name] = args; return { dispose() {} }; }),
  }),
  window: {
    showInformationMessage: show("information"), showWarningMessage: show("warning"),
    showErrorMessage: show("error"), createOutputChannel: () => ({ appendLine() {}, show() {}, dispose() {} }),
    activeTextEditor: { document, selection: { active: { line: 2, character: 0 } } },
    createTerminal: (options) => ({ show() {}, sendText: (text) => terminals.push([options, text]) }),
    withProgress: (place, run) => run(
      { report: (value) => progress.push(value.message) }, { onCancellationRequested() {} }),
  },
  workspace: {
    ...Object.fromEntries(Object.entries(events).map(([name, emitter]) => [name, emitter.event])),
    textDocuments: [document],
    workspaceFolders: [{ uri: Uri.parse(`file://${process.cwd()}`), name: "work" }],
    getConfiguration: (section) => ({
      get: (name) => section === "thr" && name === "path" ? "thr" : name === "thr" ? settings : undefined,
    }),
    createFileSystemWatcher: () => {
      const none = () => ({ dispose() {} });
      return { onDidCreate: none, onDidChange: none, onDidDelete: none, dispose() {} };
    },
    applyEdit: async (edit) => { edit.edits.forEach((edits) => apply(edits)); return true; },
  },
};
const load = Module._load;
Module._load = (name, ...rest) => (name === "vscode" ? vscode : load(name, ...rest));

// MARK: - Checks

const report = (line) => fs.appendFileSync("report", `${line}\n`);
async function check(name, body) {
  try {
    await body();
    report(`ok ${name}`);
  } catch (error) {
    report(`not ok ${name}: ${String(error.stack).replace(/\n/g, " ")}`);
  }
}

async function until(found) {
  for (let turn = 0; turn < 400; turn += 1) {
    const value = await found();
    if (value) return value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("it never came");
}

const token = { isCancellationRequested: false, onCancellationRequested() {} };
const options = { tabSize: 2, insertSpaces: true };
const provider = (name) => {
  const args = registered[`register${name}`];
  assert(args, `nothing registers ${name}`);
  return args[name === "WorkspaceSymbolProvider" ? 0 : 1];
};
function place(text, offset = 0) {
  const line = lines().findIndex((one) => one.includes(text));
  assert(line >= 0, `no \`${text}\``);
  return new vscode.Position(line, lines()[line].indexOf(text) + offset);
}
const all = () => new Range(new vscode.Position(0, 0), new vscode.Position(lines().length, 0));
const faults = () => reported.get(address) || [];
const says = (value, text) => assert(JSON.stringify(value).includes(text), JSON.stringify(value));

function manifest() {
  const own = JSON.parse(fs.readFileSync(path.join(folder, "package.json")));
  for (const name of ["name", "publisher", "version", "license", "engines", "main", "contributes"])
    assert(own[name], `package.json has no ${name}`);
  assert.match(own.version, /^\d+\.\d+\.\d+$/);
  assert.match(own.engines.vscode, /^\^1\.\d+\.\d+$/);
  const { languages, grammars, configuration } = own.contributes;
  const { commands: offeredCommands, keybindings, menus, snippets, walkthroughs } = own.contributes;
  const files = [
    own.main, ...languages.map((l) => l.configuration), ...grammars.map((g) => g.path), ...snippets.map((s) => s.path),
    `./${own.icon}`, "./README.md", "./LICENSE",
    ...walkthroughs.flatMap((w) => w.steps.map((step) => `./${step.media.markdown}`)),
  ];
  const known = offeredCommands.map((c) => c.command);
  for (const { command } of [...keybindings, ...Object.values(menus).flat()]) assert(known.includes(command), command);
  for (const step of walkthroughs.flatMap((w) => w.steps))
    for (const [, command] of step.description.matchAll(/command:(thr\.\w+)/g)) assert(known.includes(command), command);
  for (const file of files) {
    assert(file.startsWith("./") && fs.existsSync(path.join(folder, file)), file);
    if (file.endsWith(".json")) JSON.parse(fs.readFileSync(path.join(folder, file)));
  }
  assert(own.activationEvents.every((e) => languages.some((l) => e === `onLanguage:${l.id}`)));
  const grammar = JSON.parse(fs.readFileSync(path.join(folder, grammars[0].path)));
  assert.strictEqual(grammar.scopeName, grammars[0].scopeName);
  // The README's settings are those that the editor offers, with the same defaults.
  const readme = fs.readFileSync(path.join(process.env.THR_GRAMMAR, "../README.md"), "utf8");
  const rows = [...readme.matchAll(/^\| (`[a-zA-Z.`, ]+`) \| (.+?) \|/gm)].flatMap(([, names, values]) => {
    const defaults = values.replace(/`/g, "").split(", ");
    return names.replace(/`/g, "").split(", ").map((name, index) => [`thr.${name}`, JSON.parse(defaults[index])]);
  });
  const offered = Object.entries(configuration.properties).filter(([name]) => name !== "thr.path")
    .map(([name, { default: value }]) => [name, value]);
  assert.deepStrictEqual(rows.sort(), offered.sort());
}

async function drive(extension) {
  await check("diagnostics", async () => {
    const fault = await until(() => faults().find((d) => d.message.includes("did you mean `value`")));
    assert.deepStrictEqual(fault.range.start, place("t.valu", 2));
    assert.strictEqual(fault.severity, 0);
    assert(fault.code.value.startsWith("E02") && fault.code.target);
  });
  await check("hover", async () =>
    says(await provider("HoverProvider").provideHover(document, place("tune"), token), "Chooses the threshold"));
  await check("completion", async () => {
    const completion = provider("CompletionItemProvider");
    assert(registered.registerCompletionItemProvider.includes("."));
    const list = await completion.provideCompletionItems(document, place("t.valu", 6), token, { triggerKind: 0 });
    const item = list.items.find((one) => one.label === "value");
    says((await completion.resolveCompletionItem(item, token)).documentation, "value");
    // A call brings its parentheses where there are none yet.
    const start = new Range(new vscode.Position(0, 0), new vscode.Position(0, 0));
    apply([new vscode.TextEdit(start, "tu\n")]);
    const calls = await completion.provideCompletionItems(document, new vscode.Position(0, 2), token, { triggerKind: 0 });
    says(calls.items.find((one) => one.label === "tune").insertText, "${1:");
    apply([new vscode.TextEdit(new Range(new vscode.Position(0, 0), new vscode.Position(1, 0)), "")]);
  });
  await check("signature", async () => {
    const ask = (context) =>
      provider("SignatureHelpProvider").provideSignatureHelp(document, place("tune(s", 5), token, context);
    const help = await ask({ triggerKind: 1, isRetrigger: false });
    assert(help.signatures[help.activeSignature].label.startsWith("tune("));
    const again = await ask({ triggerKind: 3, isRetrigger: true, activeSignatureHelp: help });
    assert.strictEqual(again.activeSignature, help.activeSignature);
  });
  await check("definition, references, highlights", async () => {
    const [found] = await provider("DefinitionProvider").provideDefinition(document, place("t.valu"), token);
    assert.strictEqual(found.range.start.line, 2);
    const context = { includeDeclaration: true };
    assert.strictEqual((await provider("ReferenceProvider").provideReferences(document, place("t = "), context, token)).length, 3);
    assert.strictEqual((await provider("DocumentHighlightProvider").provideDocumentHighlights(document, place("t = "), token)).length, 3);
  });
  await check("symbols", async () => {
    says(await provider("DocumentSymbolProvider").provideDocumentSymbols(document, token), '"name":"t"');
    const [found] = await provider("WorkspaceSymbolProvider").provideWorkspaceSymbols("s", token);
    assert.strictEqual(found.location.uri.toString(), address);
  });
  await check("colours", async () => {
    const colouring = provider("DocumentSemanticTokensProvider");
    const legend = registered.registerDocumentSemanticTokensProvider[2];
    assert(legend.tokenTypes.includes("function"));
    const first = await colouring.provideDocumentSemanticTokens(document, token);
    assert(first.data.length > 0 && first.data.length % 5 === 0);
    apply([new vscode.TextEdit(new Range(new vscode.Position(0, 0), new vscode.Position(0, 0)), "x = 1\n")]);
    const change = await colouring.provideDocumentSemanticTokensEdits(document, first.resultId, token);
    const data = [...first.data];
    for (const e of change.edits) data.splice(e.start, e.deleteCount, ...(e.data || []));
    const whole = await colouring.provideDocumentSemanticTokens(document, token);
    assert.deepStrictEqual(data, [...whole.data]);
    const ranges = provider("DocumentRangeSemanticTokensProvider");
    const part = await ranges.provideDocumentRangeSemanticTokens(document, all(), token);
    assert.deepStrictEqual([...part.data], data);
    apply([new vscode.TextEdit(new Range(new vscode.Position(0, 0), new vscode.Position(1, 0)), "")]);
  });
  await check("folding and selections", async () => {
    assert(Array.isArray(await provider("FoldingRangeProvider").provideFoldingRanges(document, {}, token)));
    const [range] = await provider("SelectionRangeProvider").provideSelectionRanges(document, [place("tune")], token);
    assert(range.parent);
  });
  await check("code action", async () => {
    const [fault] = faults().filter((d) => d.message.includes("did you mean"));
    const actions = await provider("CodeActionsProvider").provideCodeActions(
      document, fault.range, { diagnostics: [fault], triggerKind: 1 }, token);
    const fix = actions.find((one) => one.title.includes("`value`"));
    assert(fix.isPreferred && fix.kind.value === "quickfix");
    await vscode.workspace.applyEdit((await provider("CodeActionsProvider").resolveCodeAction(fix, token)).edit);
    assert(document.text.includes("t.value\n"), document.text);
    await until(() => !faults().some((d) => d.message.includes("did you mean")));
  });
  await check("live value", async () => {
    const hints = provider("InlayHintsProvider");
    const found = await until(async () =>
      (await hints.provideInlayHints(document, all(), token)).find((hint) => hint.label.includes("F1 0.8")));
    says(await hints.resolveInlayHint(found, token), "threshold");
  });
  await check("rename", async () => {
    const rename = provider("RenameProvider");
    assert.strictEqual((await rename.prepareRename(document, place("t = "), token)).placeholder, "t");
    await assert.rejects(() => rename.prepareRename(document, place("tune"), token));
    await vscode.workspace.applyEdit(await rename.provideRenameEdits(document, place("t = "), "best", token));
    assert(document.text.includes("best = tune(s, f1)\nbest.value\nprint(  best.value)"), document.text);
  });
  await check("format", async () => {
    const part = await provider("DocumentRangeFormattingEditProvider").provideDocumentRangeFormattingEdits(
      document, new Range(new vscode.Position(0, 0), new vscode.Position(1, 0)), options, token);
    assert.deepStrictEqual(part, []);
    const [, typing, ...keys] = registered.registerOnTypeFormattingEditProvider;
    assert.deepStrictEqual(keys, ["\n", "}"]);
    assert.deepStrictEqual(
      await typing.provideOnTypeFormattingEdits(document, new vscode.Position(1, 0), "\n", options, token), []);
    apply(await provider("DocumentFormattingEditProvider").provideDocumentFormattingEdits(document, options, token));
    assert(document.text.includes("print(best.value)"), document.text);
  });
  await check("command", async () => {
    const lenses = provider("CodeLensProvider");
    const offered = await Promise.all((await lenses.provideCodeLenses(document, token))
      .map((lens) => lenses.resolveCodeLens(lens, token)));
    const { command } = offered.filter((lens) => lens.command.command === "thr.insertResult").pop();
    await commands[command.command](...command.arguments);
    assert(/# => .*0\.8/.test(document.text), document.text);
    assert(progress.length > 0);
    // A refused one is reported, and is no error of the extension.
    await commands["thr.checkAnswer"](address, { line: 0, character: 0 });
    assert(messages.some((text) => text.startsWith("warning: there is no task")), String(messages));
  });
  await check("palette", async () => {
    await commands["thr.runToCursor"]();
    await commands["thr.runFile"]();
    assert(/^'thr' '.*sample.thr'$/.test(terminals.pop()[1]));
    for (const name of JSON.parse(fs.readFileSync(path.join(folder, "package.json"))).contributes.commands)
      assert(commands[name.command], `nothing runs ${name.command}`);
  });
  await check("links", async () =>
    assert.deepStrictEqual(await provider("DocumentLinkProvider").provideDocumentLinks(document, token), []));
  await check("restart after a crash", async () => {
    const hover = () => provider("HoverProvider").provideHover(document, place("tune"), token).catch(() => null);
    const children = fs.readFileSync(`/proc/self/task/${process.pid}/children`, "utf8").trim().split(" ");
    for (const child of children) process.kill(Number(child), "SIGKILL");
    await new Promise((resolve) => setTimeout(resolve, 300));
    says(await until(hover), "Chooses the threshold");
    await commands["thr.restart"]();
    says(await until(hover), "Chooses the threshold");
  });
  await check("settings", async () => {
    settings = { liveValues: false };
    events.onDidChangeConfiguration.fire({ affectsConfiguration: (name) => name === "thr" });
    await until(async () => (await provider("InlayHintsProvider").provideInlayHints(document, all(), token))
      .every((hint) => !hint.label.includes("F1 0.8")));
  });
  await check("shutdown", async () => {
    events.onDidCloseTextDocument.fire(document);
    assert.strictEqual(reported.has(address), false);
    await extension.deactivate();
    await assert.rejects(() => until(() => provider("HoverProvider").provideHover(document, place("tune"), token)));
    assert(!messages.some((text) => text.startsWith("error")), String(messages));
  });
}

async function main() {
  await check("manifest", manifest);
  const extension = require(path.join(folder, "extension.js"));
  await extension.activate({ subscriptions: [] });
  await drive(extension);
  report("done");
}

main().catch((error) => report(`not ok run: ${String(error.stack).replace(/\n/g, " ")}`));
