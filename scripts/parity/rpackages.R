# R's side of the parity: one line of figures for each problem of a folder.
#
#     Rscript scripts/parity/rpackages.R FOLDER
#
# FOLDER/N.csv has the columns y, a and b; figures of scores a, and of a against b, go to standard
# output, all digits of each.
suppressMessages({
  library(pROC)
  library(cutpointr)
  library(ROCR)
})

best <- function(data, metric, method = maximize_metric) {
  suppressMessages(suppressWarnings(cutpointr(
    data, a, y, pos_class = 1, neg_class = 0, direction = ">=", method = method, metric = metric,
    silent = TRUE)))
}
peak <- function(data, metric, side = max, method = maximize_metric) {
  side(best(data, metric, method)$roc_curve[[1]]$m, na.rm = TRUE)
}
highest <- function(prediction, name, side = max) {
  values <- ROCR::performance(prediction, name)@y.values[[1]]
  side(values[is.finite(values)])
}

files <- list.files(commandArgs(TRUE)[1], pattern = "^[0-9]+[.]csv$", full.names = TRUE)
for (file in files[order(as.integer(sub("[.]csv", "", basename(files))))]) {
  data <- read.csv(file)
  a <- pROC::roc(data$y, data$a, levels = c(0, 1), direction = "<", quiet = TRUE)
  b <- pROC::roc(data$y, data$b, levels = c(0, 1), direction = "<", quiet = TRUE)
  test <- suppressWarnings(roc.test(a, b, method = "delong"))
  prediction <- ROCR::prediction(data$a, data$y)
  figures <- c(
    as.numeric(pROC::auc(a)), as.numeric(ci.auc(a, conf.level = 0.9))[c(1, 3)],
    as.numeric(pROC::auc(a, partial.auc = c(1, 0.8), partial.auc.correct = TRUE)),
    as.numeric(pROC::auc(a, partial.auc = c(1, 0.8))), test$p.value,
    peak(data, youden), peak(data, F1_score), peak(data, cohens_kappa), peak(data, accuracy),
    peak(data, roc01, min, minimize_metric), peak(data, youden, max, maximize_spline_metric),
    highest(prediction, "mat"), highest(prediction, "f"), highest(prediction, "acc"))
  cat(paste(formatC(figures, digits = 17, width = 1), collapse = " "), "\n")
}
