#!/usr/bin/env python3
"""certificate.py CERT.json SCORES.csv: is this threshold the best that these rows allow?
Counts the rows (score,label[,weight]) of every cell again. A dropped cell must be unable to reach the value; in the
others every distinct score is tried. Prints "accepted", or why not. """
import ast, bisect, csv, itertools, json, math, operator, sys
FORMULAS = dict(
    tp="tp", fp="fp", tn="tn", fn="fn", flagged="tp + fp", recall="tp / P", specificity="tn / N",
    precision="tp / (tp + fp)", npv="tn / (tn + fn)", fpr="fp / N", fnr="fn / P",
    flag_rate="(tp + fp) / (P + N)", accuracy="(tp + tn) / (P + N)", jaccard="tp / (tp + fp + fn)",
    f1="2*tp / (2*tp + fn + fp)", gmean="(tp*tn / (P*N))**0.5", youden="(tp*N - fp*P) / (P*N)",
    balanced_accuracy="(tp*N - fp*P + P*N) / (2*P*N)", closest_topleft="(fn/P)**2 + (fp/N)**2",
    mcc="(tp*tn - fp*fn) / ((tp+fp)*P*N*(tn+fn))**0.5 if (tp+fp)*(tn+fn) else 0 / (P*N)",
    fbeta="(1 + x*x)*tp / ((1 + x*x)*tp + x*x*fn + fp)", net_benefit="(tp - fp*(x/(1-x))) / (P+N)",
    cost="fp*pay['fp'] + fn*pay['fn'] + tp*pay.get('tp', 0) + tn*pay.get('tn', 0)", lr_plus="over(tp*N, fp*P)",
    lr_minus="over(fn*N, tn*P)", dor="over(tp*tn, fp*fn)", kappa="2*(tp*tn - fp*fn) / ((tp + fp)*N + P*(tn + fn))")
FUNCTIONS = {
    "sqrt": math.sqrt, "log": math.log, "exp": math.exp, "min": min, "max": max, "abs": abs,
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.Pow: operator.pow, ast.USub: operator.neg, ast.Not: lambda x: 1 - x, ast.And: min, ast.Or: max,
    ast.Gt: operator.gt, ast.GtE: operator.ge, ast.Lt: operator.lt, ast.LtE: operator.le}
near = lambda a, b, share=1e-9: a == b or abs(a - b) <= share * max(abs(a), abs(b)) < math.inf
over = lambda a, b: a / b if b else math.inf if a else math.nan
def corners(f, *ends):  # the least and greatest of a function that rises or falls in each argument
    try: values = [f(*corner) for corner in itertools.product(*ends)]
    except (ArithmeticError, ValueError): values = [math.nan]
    real = all(isinstance(v, (int, float)) and v == v for v in values)
    return (min(values), max(values)) if real else (-math.inf, math.inf)
def bounds(e, tps, fps, P, N):  # of an expression; of a condition: whether it always, ever holds
    name = e.id if isinstance(e, ast.Name) else e.func.id if isinstance(e, ast.Call) else None
    if isinstance(e, ast.Constant): return e.value, e.value
    if name in FORMULAS:
        x = [*map(ast.literal_eval, getattr(e, "args", [])), None][0]
        pay = {k.arg: ast.literal_eval(k.value) for k in getattr(e, "keywords", [])}
        known = {"P": P, "N": N, "x": x, "pay": pay, "over": over}
        return corners(lambda tp, fp: eval(FORMULAS[name], known | dict(tp=tp, fp=fp, tn=N - fp, fn=P - tp)), tps, fps)
    kind = name or type(e.ops[0] if isinstance(e, ast.Compare) else e.op)
    nodes = [getattr(e, k, []) for k in ("args", "values", "operand", "left", "right", "comparators")]
    parts = [bounds(x, tps, fps, P, N) for v in nodes for x in (v if isinstance(v, list) else [v])]
    if kind == "abs": parts = [(max(0, a, -b), max(-a, b)) for a, b in parts]
    wild = kind is ast.Div and parts[1][0] < 0 < parts[1][1] or kind is ast.Pow and min(0, parts[0][1]) > parts[0][0]
    return (-math.inf, math.inf) if wild else corners(FUNCTIONS[kind], *parts)
def check(cert, rows):
    sign, least = (1 if cert["goal"] == "max" else -1), [-float(cell[0]) for cell in cert["cells"]]
    limit, value = float("nan" if cert["threshold"] is None else cert["threshold"]), float(cert["value"])
    found, tried, totals, flagged = [[math.inf, 0, 0] for _ in least], {}, [0, 0], [0, 0, math.inf]
    metric, where = (t and ast.parse(t.replace("^", "**"), mode="eval").body for t in (cert["metric"], cert["where"]))
    for score, label, weight in rows:  # the pass over the data
        place = bisect.bisect_left(least, -score)
        if place == len(least): return f"the score {score} is in no cell"
        found[place][0] = min(found[place][0], score)
        found[place][2 - label] += weight
        totals[label] += weight
        if score >= limit: flagged[label] += weight; flagged[2] = min(flagged[2], score)
        if not cert["cells"][place][5]: tried.setdefault(score, [0, 0])[label] += weight
    (N, P), (fp, tp, lowest) = totals, flagged
    holds = lambda tps, fps: (1, 1) if where is None else bounds(where, tps, fps, P, N)
    if limit == limit != lowest: return "the threshold is not the least score that is flagged"
    if not all(map(near, map(cert.get, ("tp", "fp", "fn", "tn")), (tp, fp, P - tp, N - fp))): return "other counts"
    at = (tp, tp), (fp, fp)
    if not near(bounds(metric, *at, P, N)[0], value, 1e-12) or holds(*at)[0] != 1: return "another value"
    tp, fp, worst, steps, scores = 0, 0, -math.inf, [[0, 0]], sorted(tried)
    for i, (cell, (low, p, n)) in enumerate(zip(cert["cells"], found)):
        if float(cell[0]) != low or not all(map(near, cell[1:5], (tp, fp, p, n))): return f"cell {i} holds other rows"
        box, at = ((tp, tp + p), (fp, fp + n)), [fp, tp]
        if cell[5] and holds(*box)[1]: worst = max([worst, *(sign * b for b in bounds(metric, *box, P, N))])
        while scores and scores[-1] >= low:
            steps.append(at := [a + b for a, b in zip(at, tried[scores.pop()])])
        tp, fp = tp + p, fp + n
    if worst >= sign * value: return "a dropped cell could be as good"
    bound = -math.inf if cert["bound"] is None else sign * cert["bound"]
    scale = max(abs(x) for x in (bound, value, 0) if abs(x) < math.inf)
    if worst != bound and not abs(worst - bound) <= 1e-6 * scale: return f"the bound is {worst}"
    for (low, high), at in ((bounds(metric, *at, P, N), at) for at in (((tp, tp), (fp, fp)) for fp, tp in steps)):
        better = low == high and sign * low > sign * value and not near(low, value, 1e-12) and holds(*at)[0] == 1
        if better: return f"{low} is better"
if __name__ == "__main__":
    lines = (row + [1] for row in csv.reader(open(sys.argv[2], newline="")) if row[0] != "score")
    try: fault = check(json.load(open(sys.argv[1])), ((float(r[0]), int(r[1]), float(r[2])) for r in lines))
    except (ValueError, KeyError, TypeError, IndexError, SyntaxError) as error: fault = repr(error)
    sys.exit(f"refused: {fault}" if fault else print("accepted"))
