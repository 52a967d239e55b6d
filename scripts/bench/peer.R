# R's side of the search for the best F1, once per line read: peer.R pROC|cutpointr FOLDER
arguments <- commandArgs(TRUE)
folder <- arguments[2]
size <- file.info(file.path(folder, "labels.u8"))$size
labels <- readBin(file.path(folder, "labels.u8"), "integer", size, size = 1)
scores <- readBin(file.path(folder, "scores.f64"), "double", size)
suppressMessages(library(arguments[1], character.only = TRUE))

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
  })

cat("ready\n")
input <- file("stdin", "r")
while (length(readLines(input, 1)) > 0) {
  start <- proc.time()[["elapsed"]]
  answer <- turn()
  seconds <- proc.time()[["elapsed"]] - start
  # The lowest score that is flagged: pROC's thresholds lie between scores.
  answer[1] <- min(scores[scores >= answer[1]])
  cat(seconds, sprintf("%.17g", answer), "\n")
}
