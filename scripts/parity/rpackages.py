"""Holds thr against R's pROC, cutpointr and ROCR on random problems."""
import shutil
import subprocess
from pathlib import Path

from language import literal

PROBLEMS = 40
SCRIPT = Path(__file__).with_name("rpackages.R")
PACKAGES = ["pROC", "cutpointr", "ROCR"]

# What R prints of each problem, in its order, and the same for thr. pROC's test is of the first
# against the second; closest_topleft is the square of cutpointr's distance.
FIGURES = [
    ("area", "auc(a)", 1e-12),
    ("DeLong lower", "confidence(roc(a), level=90%).interval.lower", 1e-10),
    ("DeLong upper", "confidence(roc(a), level=90%).interval.upper", 1e-10),
    ("partial area, standardised", "auc(a, max_fpr=20%)", 1e-12),
    ("partial area", "auc(a, max_fpr=20%, standardized=false)", 1e-12),
    ("DeLong p-value", "compare(a, b, auc).p_value", 1e-9),
    ("youden", "tune(a, youden).value", 1e-12),
    ("f1", "tune(a, f1).value", 1e-12),
    ("kappa", "tune(a, kappa).value", 1e-12),
    ("accuracy", "tune(a, accuracy).value", 1e-12),
    ("distance to the corner", "sqrt(tune(a, closest_topleft).value)", 1e-12),
    ("youden, by a spline", 'tune(a, youden, smooth="spline").smoothed', 1e-8),
    ("mcc", "tune(a, mcc).value", 1e-12),
    ("f1 of ROCR", "tune(a, f1).value", 1e-12),
    ("accuracy of ROCR", "tune(a, accuracy).value", 1e-12),
]


def is_installed():
    """Whether R and the packages are here."""
    if not shutil.which("Rscript"):
        return False
    wanted = ", ".join(f'"{name}"' for name in PACKAGES)
    check = f"quit(status = !all(sapply(c({wanted}), requireNamespace, quietly = TRUE)))"
    return subprocess.run(
        ["Rscript", "-e", check], capture_output=True, check=False).returncode == 0


def problem(generator):
    rows = int(generator.integers(40, 300))
    labels = (generator.random(rows) < generator.uniform(0.15, 0.6)).astype(int)
    labels[:6] = [0, 1, 0, 1, 0, 1]
    decimals = int(generator.integers(1, 6))
    scores = [(generator.normal(size=rows) + shift * labels).round(decimals)
              for shift in (1.2, 0.8)]
    return labels, scores


def figures_of_r(problems, folder):
    for number, (labels, (a, b)) in enumerate(problems):
        rows = "\n".join(f"{y},{s!r},{t!r}" for y, s, t in
                         zip(labels.tolist(), a.tolist(), b.tolist()))
        (folder / f"{number}.csv").write_text(f"y,a,b\n{rows}\n")
    result = subprocess.run(
        ["Rscript", str(SCRIPT), str(folder)], capture_output=True, text=True, check=True)
    return [[float(figure) for figure in line.split()] for line in result.stdout.splitlines()]


def figures_of_thr(thr, labels, scores):
    statements = [f"{name} = scores({literal(values)}, {literal(labels)})"
                  for name, values in zip("ab", scores)]
    return thr.run(statements + [text for _, text, _ in FIGURES])


def comparisons(thr, generator):
    """A line for each figure: the largest relative difference."""
    if not is_installed():
        yield ("R", 0, "skipped: needs R with " + ", ".join(PACKAGES)
               + " (Debian: r-cran-proc r-cran-cutpointr r-cran-rocr)", [])
        return
    problems = [problem(generator) for _ in range(PROBLEMS)]
    folder = thr.folder / "r"
    folder.mkdir(exist_ok=True)
    expected = figures_of_r(problems, folder)
    found = [figures_of_thr(thr, *values) for values in problems]
    for place, (title, _, tolerance) in enumerate(FIGURES):
        differences = [
            abs(row[place] - truth[place]) / max(1, abs(truth[place]))
            for row, truth in zip(found, expected)]
        faults = [f"problem {number}: {found[number][place]!r}, R {expected[number][place]!r}"
                  for number, difference in enumerate(differences) if difference > tolerance]
        yield f"R: {title}", len(problems), f"differs by {max(differences):.1e}", faults
