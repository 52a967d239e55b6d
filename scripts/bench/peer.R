# R's side of a job, once per line read:
# peer.R pROC|cutpointr|pROC-delong|cutpointr-bootstrap FOLDER
arguments <- commandArgs(TRUE)
folder <- arguments[2]
size <- file.info(file.path(folder, "labels.u8"))$size
labels <- readBin(file.path(folder, "labels.u8"), "integer", size, size = 1)
scores <- readBin(file.path(folder, "scores.f64"), "double", size)
suppressMessages(library(sub("-.*", "", arguments[1]), character.only = TRUE))
noisier <- scores + 0.05 * ((seq_along(scores) - 1) * 0.6180339887498949) %% 1

turn <- switch(arguments[1],
  pROC = function() {
    curve <- roc(labels, scores, levels = c(0, 1), direction = "<", quiet = TRUE)
    points <- coords(curve, "all", ret = c("threshold", "tp", "fp"))
    f1 <- 2 * points$tp / (points$tp + points$fp + sum(labels))
    place <- which.max(f1)
    c(points$threshold[place], f1[place])
  },
  cutpointr = function() {
    best <- cutpointr(x = scores, class = labels, pos_class = 1, neg_class = 0,
      direction = ">=", method = maximize_metric, metric = F1_score, silent = TRUE)
    c(best$optimal_cutpoint, best$F1_score)
  },
  "pROC-delong" = function() {
    curves <- lapply(list(scores, noisier), function(values)
      roc(labels, values, levels = c(0, 1), direction = "<", quiet = TRUE))
    var <- function(curve) pROC::var(curve, method = "delong")
    covariance <- cov(curves[[1]], curves[[2]], method = "delong")
    c(auc(curves[[1]]), auc(curves[[2]]), var(curves[[1]]) + var(curves[[2]]) - 2 * covariance)
  },
  "cutpointr-bootstrap" = function() {
    cutpointr(x = scores, class = labels, pos_class = 1, neg_class = 0, direction = ">=",
      method = maximize_metric, metric = F1_score, boot_runs = 1000, silent = TRUE)
    numeric(0)
  })

cat("ready\n")
input <- file("stdin", "r")
while (length(readLines(input, 1)) > 0) {
  start <- proc.time()[["elapsed"]]
  answer <- turn()
  seconds <- proc.time()[["elapsed"]] - start
  # The lowest score that is flagged: pROC's thresholds lie between scores.
  if (arguments[1] == "pROC") answer[1] <- min(scores[scores >= answer[1]])
  cat(seconds, sprintf("%.17g", answer), "\n")
}
