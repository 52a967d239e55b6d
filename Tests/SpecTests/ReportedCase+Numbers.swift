extension ReportedCase {
  private static let eight =
    "s = scores([0.9,0.2,0.7,0.4,0.5,0.1,0.3,0.2], [1,0,1,0,1,0,1,0])\n"

  private static func near(_ expression: String, _ value: String) -> String {
    "abs(\(expression) - \(value)) < 1e-9"
  }

  /// Metrics, curves, searches and fits.
  static let numbers: [ReportedCase] = {
    var cases: [ReportedCase] = []
    cases.append(
      ReportedCase(
        "shown-threshold-plateau", "csinva/imodels#279",
        """
        t = tune(scores([0.12345678901,0.12345678902,0.12345678903,0.2,0.05], [0,1,0,1,0]), youden)
        [t.threshold, t.confusion.tp, t.confusion.fp]
        """, shows: ["[0.12345678902, 2, 1]"]))
    cases.append(
      ReportedCase(
        "fewest-flags-for-recall", "DistrictDataLabs/yellowbrick#387",
        eight + "tune(s, flag_rate, where = recall >= 75%, goal=\"min\").threshold", shows: ["0.5"],
        never: ["W0610"]))
    cases.append(
      ReportedCase(
        "tp-plus-fp-min", "JohnPierman/ethogram#14",
        eight + "tune(s, tp + fp, where = recall >= 75%, goal=\"min\").threshold", shows: ["0.5"],
        never: ["W0610"]))
    cases.append(
      ReportedCase(
        "reversed-scores", "xrobin/pROC#11",
        "s = scores([3,1,2,9,8], [1,1,1,0,0])\nauc(s)\nu = tune(s, youden)", shows: ["0"],
        says: ["W0613"]))
    cases.append(
      ReportedCase(
        "lr-plus-perfect", "scikit-learn/scikit-learn#29288",
        "tune(scores([0.9,0.8,0.2,0.1], [1,1,0,0]), lr_plus).confusion.fp", shows: ["0"]))
    cases.append(
      ReportedCase(
        "zero-weight-class", "scikit-learn/scikit-learn#15531",
        "u = tune(scores([0.1,0.4,0.3,0.8], [0,0,1,1], weight=[1,1,0,0]), f1)", says: ["W0612"]))
    cases.append(
      ReportedCase(
        "tune-auc", "scikit-learn/scikit-learn#29082", eight + "tune(s, auc)",
        never: ["call the function"], fails: true))
    cases.append(
      ReportedCase(
        "recall-minus-fpr", "Thie1e/cutpointr#29", eight + "tune(s, recall - fpr).value",
        shows: ["0.75"]))
    cases.append(
      ReportedCase(
        "roc-first-point", "scikit-learn/scikit-learn#9790",
        "r = roc(scores([0.89,0.61,0.83,0.62,0.9], [0,0,1,1,1]))\n"
          + "[r.threshold[0], r.x[0], r.y[0], len(r.x)]", shows: ["[none, 0, 0, 6]"]))
    cases.append(
      ReportedCase(
        "pr-no-invented-point", "scikit-learn/scikit-learn#4223",
        "s = scores([0.8,0.8,0.8,0.2,0.2], [0,0,1,1,0])\n"
          + near("average_precision(s)", "11/30") + "\n" + near("pr(s).y[0]", "1/3"),
        shows: ["true", "true"]))
    cases.append(
      ReportedCase(
        "ap-constant", "scikit-learn/scikit-learn#6377",
        "s = scores([0 for i in range(1000)], [if i == 0 { 1 } else { 0 } for i in range(1000)])\n"
          + near("average_precision(s)", "0.001") + "\nauc(s)", shows: ["true", "0.5"]))
    cases.append(
      ReportedCase(
        "ap-9618", "scikit-learn/scikit-learn#9618",
        "average_precision(scores([0.7,0.8,0.5,0.9,0.1], [0,1,0,0,0]))", shows: ["0.5"]))
    cases.append(
      ReportedCase(
        "ap-labels-minus1", "scikit-learn/scikit-learn#5379",
        near(
          "average_precision(scores(range(10), [1,1,1,1,1,1,1,-1,1,1]))", "0.8782627865961199"),
        shows: ["true"]))
    cases.append(
      ReportedCase(
        "ap-ties-order", "tracel-ai/burn#5683",
        "average_precision(scores([0.5,0.5], [1,0]))\naverage_precision(scores([0.5,0.5], [0,1]))",
        shows: ["0.5", "0.5"]))
    cases.append(
      ReportedCase(
        "tiny-scores", "scikit-learn/scikit-learn#3864",
        "auc(scores([1e-10,0,0], [1,0,0]))\n"
          + "auc(scores([1e-321,4e-321,3.5e-321,8e-321], [0,0,1,1]))", shows: ["1", "0.75"]))
    cases.append(
      ReportedCase(
        "large-logits", "Lightning-AI/torchmetrics#3438",
        near(
          "auc(scores([98.095,98.4612,98.1145,98.1506,97.6037,98.9425,99.2644,99.5014], "
            + "[0,1,1,1,1,1,1,1]))", "6/7"), shows: ["true"]))
    cases.append(
      ReportedCase(
        "threshold-zero-logits", "Lightning-AI/torchmetrics#391",
        "s = scores([-2,-1,0,0.5,3], [0,0,1,0,1])\nevaluate(s, at=0).f1\ntune(s, f1).default",
        shows: ["0.8", "none"]))
    cases.append(
      ReportedCase(
        "zero-weights-pr", "scikit-learn/scikit-learn#16065",
        "c = pr(scores([0,1,0,1,2], [0,0,1,1,1], weight=[1,1,1,2,0]))\nsort(c.threshold)\n"
          + near("min(c.y)", "0.6"), shows: ["[0, 1]", "true"]))
    cases.append(
      ReportedCase(
        "mcc-overflow", "haifengl/smile#879",
        "s = scores([0.9,0.1,0.9,0.1], [1,1,0,0], weight=[50000,5000,5000,50000])\n"
          + near("evaluate(s, at=0.5).mcc", "9/11"), shows: ["true"]))
    cases.append(
      ReportedCase(
        "mcc-one-class", "scikit-learn/scikit-learn#25258",
        "evaluate(scores([0.9,0.8], [1,1]), at=0.5).mcc", shows: ["undefined"]))
    cases.append(
      ReportedCase(
        "log-loss-certain", "scikit-learn/scikit-learn#17399",
        near("log_loss(scores([1,1,0,0], [1,0,0,0]))", "9.010913347279288"), shows: ["true"]))
    cases.append(
      ReportedCase(
        "calibration-empty-bins", "scikit-learn/scikit-learn#12926",
        "calibration(scores([0.9,0.8,0.2], [1,1,0]), bins=3, strategy=\"uniform\").bins",
        shows: ["2"]))
    cases.append(
      ReportedCase(
        "calibration-ones", "scikit-learn/scikit-learn#18130",
        "sum(calibration(scores([1,1,0,0.5], [1,1,0,1]), bins=4, strategy=\"uniform\").rows)",
        shows: ["4"]))
    cases.append(
      ReportedCase(
        "grid-decimals", "scikit-learn/scikit-learn#19093",
        "t = tune(scores([0.3,0.1,0.2,0.6,0.7], [1,0,0,1,1]), f1, step=0.1)\n[t.threshold, t.value]",
        shows: ["[0.3, 1]"]))
    cases.append(
      ReportedCase(
        "grid-decimals-7", "scikit-learn/scikit-learn#19093",
        "tune(scores([0.7,0.1,0.2,0.6,0.71], [1,0,0,0,1]), f1, step=0.1).threshold",
        shows: ["0.7"]))
    cases.append(
      ReportedCase(
        "precision-at-recall", "ageron/handson-ml2#534",
        eight + "t = tune(s, precision, where = recall >= 0.75)\n[t.threshold, t.value]",
        shows: ["[0.5, 1]"]))
    cases.append(
      ReportedCase(
        "infeasible", "ageron/handson-ml#472",
        "tune(scores([0.9,0.8,0.7,0.6], [0,1,0,1]), recall, where = precision >= 0.9)",
        says: ["E0410", "0.5"], fails: true))
    cases.append(
      ReportedCase(
        "fpr-at-tpr", "HealthCatalyst/healthcareai-r#179",
        eight + "t = tune(s, fpr, where = recall >= 0.9)\n[t.threshold, t.value]",
        shows: ["[0.3, 0.25]"]))
    cases.append(
      ReportedCase(
        "rank0-accuracy", "evalclass/precrec#30",
        """
        s = scores([i/100 for i in range(100)], [if i == 50 or i == 80 { 1 } else { 0 } for i in range(100)])
        t = tune(s, accuracy)
        t.outcome
        t.value
        tune(s, mcc).threshold
        """, shows: ["\"flag nothing\"", "0.98", "0.5"]))
    cases.append(
      ReportedCase(
        "manual-cutpoint", "Thie1e/cutpointr#53",
        "e = evaluate(scores([0,1,2,3,4,5,0,0,2,6], [0,0,0,1,0,1,0,0,1,1]), at=2.5)\ne.recall\n"
          + near("e.specificity", "5/6"), shows: ["0.75", "true"]))
    cases.append(
      ReportedCase(
        "greater-vs-at-least", "Thie1e/cutpointr#59",
        "t = tune(scores([0,1,2,3,4,5,0,0,2,6], [0,0,0,1,0,1,0,0,1,1]), youden)\n"
          + "[t.threshold, t.plateau.lower]", shows: ["[2, 1]"]))
    cases.append(
      ReportedCase(
        "dca-zero", "ddsjoberg/dcurves#21",
        "s = scores([0,0,0.3,0.6], [0,1,0,1])\nmeasure(evaluate(s, at=0), net_benefit(0))\n"
          + "decision_curve(s).y[0]", shows: ["0.5", "0.5"]))
    cases.append(
      ReportedCase(
        "standardized-net-benefit", "ddsjoberg/dcurves#4",
        eight
          + near(
            "measure(evaluate(s, at=0.3), net_benefit(0.3) / ((tp + fn) / (tp + fp + tn + fn)))",
            "25/28"), shows: ["true"]))
    cases.append(
      ReportedCase(
        "labels-1-2", "tidymodels/yardstick#94", "scores([0.1,0.9,0.4], [1,2,1])",
        says: ["positive=2"], fails: true))
    cases.append(
      ReportedCase(
        "separable", "CamDavidsonPilon/lifelines#640",
        files: ["d.csv": "x,y\n1,0\n2,0\n3,0\n10,1\n11,1\n12,1\n"],
        """
        m = logreg(dataset(read("d.csv"), target="y"))
        abs(m.coefficients[0] - 0.793728130279664) < 1e-8
        abs(m.intercept + 5.159232846817816) < 1e-7
        m.converged
        """, shows: ["true", "true", "true"], says: ["W0624"]))
    cases.append(
      ReportedCase(
        "one-class-fit", "rows of one class", files: ["d.csv": "a,y\n1,0\n2,0\n"],
        "logreg(dataset(read(\"d.csv\"), target=\"y\"))", says: ["both classes"], fails: true))
    cases.append(
      ReportedCase(
        "unscaled", "scikit-learn/scikit-learn#15556",
        files: [
          "d.csv": "big,small,y\n5000000,0.0001,0\n6000000,0.0003,1\n4500000,0.0002,0\n"
            + "7000000,0.0001,1\n5200000,0.0004,1\n4800000,0.0001,0\n5100000,0.0002,1\n"
            + "6100000,0.0001,0\n"
        ],
        "m = logreg(dataset(read(\"d.csv\"), target=\"y\"))\nm.converged\nm.coefficients[0] > 0",
        shows: ["true", "true"]))
    cases.append(
      ReportedCase(
        "lengths-differ", "lists of two lengths", "scores([0.1,0.2], [1])",
        says: ["2 scores, 1 label"], fails: true))
    cases.append(
      ReportedCase(
        "nan-score", "a score of a failed model", "scores([0.1,undefined,0.4], [0,1,1])",
        says: ["[1]"], fails: true))
    cases.append(
      ReportedCase(
        "det-complete", "scikit-learn/scikit-learn#29151",
        "d = det(scores([0.1,0.4,0.35,0.8], [0,0,1,1]))\nd.threshold[0]\nd.x\nd.y",
        shows: ["none", "[0, 0, 0.5, 0.5, 1]", "[1, 0.5, 0.5, 0, 0]"]))
    cases.append(
      ReportedCase(
        "custom-thresholds", "tidymodels/yardstick#616",
        eight + "sweep(s, recall, step=0.1, from=0, to=0.95).threshold",
        shows: ["[0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]"]))
    cases.append(
      ReportedCase(
        "kappa-at-given", "biomodhub/biomod2#418",
        near("evaluate(scores([656,100,693,900,20], [1,0,0,1,0]), at=656).kappa", "8/13"),
        shows: ["true"]))
    return cases
  }()
}
