#!/usr/bin/env python3
"""Opens a report in headless Chromium and uses it by keyboard and mouse.

    browse.py PAGE.html [--steps N] [--shots FOLDER] [--axe axe.min.js]

Writes what it finds as JSON: the numbers at each step of the slider, what a screen reader says,
the requests that left the page, and with --axe the faults of access that axe-core finds. Needs
Chromium and nothing beside Python's own library: it speaks the DevTools protocol over a pipe.
"""

import argparse
import base64
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

STATE = """(() => {
  const value = (id) => document.getElementById(id).dataset.value;
  const names = ["threshold-value", "count-tp", "count-fp", "count-fn", "count-tn", "cost",
    "cost-row", ...[...document.querySelectorAll("[id^=rate-]")].map((cell) => cell.id)];
  return Object.fromEntries(names.map((name) => [name, value(name)]));
})()"""


class Browser:
    """One page of a browser of its own."""

    def __init__(self, program, folder):
        to_read, to_write = os.pipe()
        from_read, from_write = os.pipe()

        def wire():
            # Chromium reads commands from 3 and writes answers to 4.
            os.dup2(to_read, 63)
            os.dup2(from_write, 64)
            os.dup2(63, 3)
            os.dup2(64, 4)

        self.process = subprocess.Popen(
            [program, "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run",
             "--disable-dev-shm-usage", "--remote-debugging-pipe", f"--user-data-dir={folder}"],
            preexec_fn=wire, close_fds=False, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(from_write)
        self.input, self.output = to_write, os.fdopen(from_read, "rb")
        self.number, self.session, self.requests, self.events = 0, None, [], []
        self.buffer = b""

    def message(self):
        while b"\0" not in self.buffer:
            part = self.output.read1(1 << 16)
            if not part:
                raise EOFError("the browser has ended")
            self.buffer += part
        text, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(text)

    def call(self, method, **parameters):
        self.number += 1
        request = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            request["sessionId"] = self.session
        os.write(self.input, json.dumps(request).encode() + b"\0")
        while True:
            answer = self.message()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer.get("method"))
            if answer.get("method") == "Network.requestWillBeSent":
                self.requests.append(answer["params"]["request"]["url"])

    def open(self, page):
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call(
            "Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ["Page", "Network", "Runtime"]:
            self.call(domain + ".enable")
        self.call("Page.navigate", url=page.resolve().as_uri())
        while self.run("document.readyState") != "complete":
            time.sleep(0.05)

    def run(self, script):
        result = self.call(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(json.dumps(result["exceptionDetails"]))
        return result["result"].get("value")

    def key(self, name, code):
        for kind in ["rawKeyDown", "keyUp"]:
            self.call("Input.dispatchKeyEvent", type=kind, key=name, code=name,
                      windowsVirtualKeyCode=code)

    def click(self, selector, share=0.5):
        box = self.run(f"""(() => {{
          const element = document.querySelector({json.dumps(selector)});
          element.scrollIntoView({{block: "center"}});
          const box = element.getBoundingClientRect();
          return [box.left, box.top, box.width, box.height];
        }})()""")
        place = {"x": box[0] + share * box[2], "y": box[1] + box[3] / 2}
        for kind in ["mousePressed", "mouseReleased"]:
            self.call("Input.dispatchMouseEvent", type=kind, button="left", clickCount=1, **place)

    def shoot(self, folder, name, width, scheme):
        self.call("Emulation.setEmulatedMedia",
                  features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=900,
                  deviceScaleFactor=1, mobile=False)
        picture = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True)
        (folder / f"{name}.png").write_bytes(base64.b64decode(picture["data"]))

    def end(self):
        try:
            self.session = None
            self.call("Browser.close")
        except (OSError, EOFError):
            pass
        self.process.wait()


def use(browser, steps):
    """Every step by the keyboard, then some by the mouse and the buttons."""
    found = {"steps": []}
    if not browser.run("!!document.getElementById('threshold')"):
        return found
    browser.run("document.getElementById('threshold').focus()")
    browser.key("Home", 36)
    for _ in range(steps):
        found["steps"].append(browser.run(STATE))
        browser.key("ArrowRight", 39)
    browser.key("End", 35)
    found["end"] = browser.run(STATE)
    browser.click("#chosen")
    found["chosen"] = browser.run(STATE)
    browser.click("#more")
    found["more"] = browser.run(STATE)
    browser.click("#threshold", 0.25)
    found["mouse"] = browser.run(STATE)
    found["place"] = browser.run("Number(document.getElementById('threshold').value)")
    found["spoken"] = browser.run("document.getElementById('threshold').getAttribute('aria-valuetext')")
    browser.run("""(() => { const price = document.getElementById("cost-fn"); price.value = "5";
      price.dispatchEvent(new Event("input", {bubbles: true})); })()""")
    found["priced"] = browser.run(STATE)
    browser.run("new Promise((done) => setTimeout(done, 300))")
    found["announced"] = browser.run("document.getElementById('summary').textContent")
    return found


def sort(browser):
    """The first column of the first table, sorted twice and copied."""
    if not browser.run("!!document.querySelector('.table')"):
        return None
    column = "[...document.querySelectorAll('.table tbody tr')].map((row) => row.cells[0].textContent)"
    found = {"before": browser.run(column)}
    for order in ["ascending", "descending"]:
        browser.click(".table th button")
        found[order] = browser.run(column)
    found["state"] = browser.run("document.querySelector('.table th').getAttribute('aria-sort')")
    browser.click(".table .copy")
    browser.run("new Promise((done) => setTimeout(done, 100))")
    found["announced"] = browser.run("document.getElementById('announcement').textContent")
    return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("page", type=pathlib.Path)
    parser.add_argument("--steps", type=int, default=50)
    parser.add_argument("--shots", type=pathlib.Path)
    parser.add_argument("--axe", type=pathlib.Path)
    options = parser.parse_args()
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if not program:
        sys.exit("chromium is not installed")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        browser = Browser(program, folder)
        try:
            browser.open(options.page)
            found = use(browser, options.steps)
            found["table"] = sort(browser)
            found["requests"] = [url for url in browser.requests if not url.startswith("data:")]
            if options.shots:
                options.shots.mkdir(parents=True, exist_ok=True)
                for width in [400, 1400]:
                    for scheme in ["light", "dark"]:
                        browser.shoot(options.shots, f"{width}-{scheme}", width, scheme)
            if options.axe:
                browser.run(options.axe.read_text())
                found["axe"] = browser.run("""axe.run().then((result) => result.violations.map(
                  (fault) => [fault.impact, fault.id, fault.nodes.length, fault.nodes[0].html]))""")
        finally:
            browser.end()
    print(json.dumps(found, indent=1))


main()
