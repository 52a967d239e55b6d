"""The set-ups of grammar/README.md as a stranger follows them: its lines, in an empty home. Where the
editor is here it is started as usual and must show what the server says; else the files must be what
the editor reads. Writes a line for each check to `report`."""

import json
import os
import re
import shutil
import subprocess
import tempfile
import tomllib
import zipfile
from pathlib import Path
from xml.etree import ElementTree

GRAMMAR = Path(os.environ["THR_GRAMMAR"])
README = (GRAMMAR / "README.md").read_text()
WANTED = "did you mean `value`"


def lines(editor):
    """The first block of code below an editor's name."""
    section = README[README.index(f"**{editor}"):]
    block = re.search(r"```\w*\n(.*?)```", section, re.S)[1]
    assert block.count("\n") == 2, f"{editor} takes more than two lines"
    return block.replace("/path/to/thr", str(GRAMMAR.parent))


def home():
    folder = Path(tempfile.mkdtemp(dir=Path.cwd()))
    environment = {key: value for key, value in os.environ.items() if not key.startswith("XDG_")}
    return folder, {**environment, "HOME": str(folder)}


def run(command, environment, **more):
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=60, check=False,
        stdin=subprocess.DEVNULL, **more)
    return done.stdout + done.stderr


def shell(editor):
    folder, environment = home()
    shown = run(["bash", "-euc", lines(editor)], environment)
    assert shown == "", shown
    return folder, environment


def written(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)


def neovim():
    folder, environment = home()
    written(folder / ".config/nvim/init.lua", lines("Neovim"))
    written(folder / "check.lua", """
      local function shown() return vim.inspect(vim.tbl_map(function(d) return d.message end, vim.diagnostic.get(0))) end
      vim.wait(20000, function() return shown():find("did you mean") end, 20)
      local colour = vim.fn.synIDattr(vim.fn.synID(3, 5, 1), "name")
      vim.fn.writefile({ vim.bo.filetype, colour, shown() }, vim.env.HOME .. "/shown")
      vim.cmd("qall!")
    """)
    output = run(["nvim", "--headless", "-n", "sample.thr", "-c", "luafile ~/check.lua"], environment)
    shown = (folder / "shown").read_text()
    assert shown.startswith("thr\nthrFunction\n") and WANTED in shown, shown + output


def vim():
    folder, environment = home()
    written(folder / ".vimrc", "set nomore\n" + lines("Vim"))
    written(folder / "check.vim", """
      function! Shown()
        return join(map(copy(ale#engine#GetLoclist(bufnr(''))), 'v:val.text'), ' ')
      endfunction
      ALELint
      let turns = 0
      while Shown() !~# 'did you mean' && turns < 400
        sleep 50m
        let turns += 1
      endwhile
      call writefile([&filetype, synIDattr(synID(3, 5, 1), 'name'), Shown()], $HOME . '/shown')
      qall!
    """)
    output = run(["vim", "-n", "--not-a-term", "sample.thr", "-c", "source ~/check.vim"], environment)
    shown = (folder / "shown").read_text()
    assert shown.startswith("thr\nthrFunction\n") and WANTED in shown, shown + output


def emacs():
    folder, environment = home()
    written(folder / ".emacs.d/init.el", lines("Emacs"))
    written(folder / "check.el", """
      (setq eglot-sync-connect 20 eglot-connect-timeout 20)
      (find-file "sample.thr")
      (call-interactively #'eglot)
      (flymake-start)
      (defun shown () (mapconcat #'flymake-diagnostic-text (flymake-diagnostics) " "))
      (let ((end (+ (float-time) 20)))
        (while (and (not (string-match-p "did you mean" (shown))) (< (float-time) end))
          (accept-process-output nil 0.05)))
      (write-region (format "%s\\n%s" major-mode (shown)) nil "~/shown")
      (kill-emacs 0)
    """)
    output = run(
        ["emacs", "--batch", "--eval", "(package-activate-all)", "--load", str(folder / ".emacs.d/init.el"),
         "--load", str(folder / "check.el")], environment)
    shown = (folder / "shown").read_text()
    assert shown.startswith("thr-mode\n") and WANTED in shown, shown + output


def visual_studio_code():
    pack, install = lines("VS Code").splitlines()
    folder, environment = home()
    made = Path(install.split()[-1])
    assert install.split()[:2] == ["code", "--install-extension"]
    assert run([pack], environment).strip() == str(made)
    with zipfile.ZipFile(made) as archive:
        names = set(archive.namelist())
        own = json.loads(archive.read("extension/package.json"))
        manifest = ElementTree.fromstring(archive.read("extension.vsixmanifest"))
        types = ElementTree.fromstring(archive.read("[Content_Types].xml"))
    assert made.name == f"{own['name']}-{own['version']}.vsix"
    assert f"extension/{own['main'].removeprefix('./')}" in names
    schema = "{http://schemas.microsoft.com/developer/vsx-schema/2011}"
    identity = manifest.find(f".//{schema}Identity")
    assert [identity.get(key) for key in ("Id", "Version", "Publisher")] == [
        own[key] for key in ("name", "version", "publisher")]
    for asset in manifest.iter(f"{schema}Asset"):
        assert asset.get("Path") in names, asset.get("Path")
    typed = {one.get("Extension") for one in types} | {one.get("PartName") for one in types}
    assert all(Path(name).suffix in typed or f"/{name}" in typed for name in names
               if name.startswith("extension/"))
    if shutil.which("code"):
        shell("VS Code")


# What a language of Helix may say, of docs.helix-editor.com/languages.html.
HELIX_LANGUAGE = {
    "name", "language-id", "scope", "injection-regex", "file-types", "shebangs", "roots", "auto-format",
    "diagnostic-severity", "comment-token", "comment-tokens", "block-comment-tokens", "indent",
    "language-servers", "grammar", "formatter", "soft-wrap", "text-width", "rulers", "path-completion",
    "word-completion", "workspace-lsp-roots", "persistent-diagnostic-sources",
}


def helix():
    folder, environment = shell("Helix")
    queries = folder / ".config/helix/runtime/queries/thr"
    assert {path.name for path in queries.iterdir()} >= {
        "highlights.scm", "indents.scm", "textobjects.scm"}
    path = folder / ".config/helix/languages.toml"
    settings = tomllib.loads(path.read_text())
    assert set(settings) == {"language-server", "language", "grammar"}
    (language,), (grammar,) = settings["language"], settings["grammar"]
    assert set(language) <= HELIX_LANGUAGE, set(language) - HELIX_LANGUAGE
    for name in language["language-servers"]:
        server = settings["language-server"][name]
        assert [server["command"], *server["args"]] == ["thr", "lsp"]
    source = Path(grammar["source"]["path"])
    assert (source / "grammar.js").exists() and (source / "src/scanner.c").exists()
    if shutil.which("hx"):
        assert "thr" in run(["hx", "--health", "thr"], environment)


def kate():
    folder, environment = shell("Kate")
    settings = json.loads((folder / ".config/kate/lspclient/settings.json").read_text())
    server = settings["servers"]["thr"]
    assert server["command"] == ["thr", "lsp"] and re.search(server["highlightingModeRegex"], "thr")
    if shutil.which("kate-syntax-highlighter"):
        environment.update(QT_QPA_PLATFORM="offscreen", LC_ALL="C.UTF-8")
        assert "thr" in run(["kate-syntax-highlighter", "--list"], environment).split("\n")


NEEDS = {
    neovim: ["nvim"], vim: ["vim", "/usr/share/vim-ale"], emacs: ["emacs"],
    visual_studio_code: [], helix: [], kate: [],
}


def main():
    for check, needs in NEEDS.items():
        name = check.__name__.replace("_", " ")
        missing = [need for need in needs if not shutil.which(need) and not Path(need).exists()]
        if missing:
            print(f"editors: {', '.join(missing)} is not installed: the set-up of {name} is not tried")
            continue
        try:
            check()
            line = f"ok {name}"
        except Exception as problem:  # Each is reported, and the others are tried.
            line = f"not ok {name}: {problem!r}".replace("\n", " ")
        with open("report", "a") as file:
            file.write(line + "\n")
    with open("report", "a") as file:
        file.write("done\n")


main()
