#include "tutorial.h"

// The compiler notes each embedded file as a dependency: an edited chapter is embedded again.
#define FILE_BYTES(identifier) identifier, sizeof(identifier)

static const unsigned char chapter_1[] = {
#embed "../../scripts/tutorial/01-from-probabilities-to-labels.thr"
};
static const unsigned char chapter_2[] = {
#embed "../../scripts/tutorial/02-why-imbalance-breaks-half.thr"
};
static const unsigned char chapter_3[] = {
#embed "../../scripts/tutorial/03-roc-curve.thr"
};
static const unsigned char chapter_4[] = {
#embed "../../scripts/tutorial/04-precision-recall-curve.thr"
};
static const unsigned char chapter_5[] = {
#embed "../../scripts/tutorial/05-tuning.thr"
};
static const unsigned char chapter_6[] = {
#embed "../../scripts/tutorial/06-which-rows.thr"
};
static const unsigned char chapter_7[] = {
#embed "../../scripts/tutorial/07-costs-and-constraints.thr"
};
static const unsigned char chapter_8[] = {
#embed "../../scripts/tutorial/08-how-sure-is-it.thr"
};
static const unsigned char chapter_9[] = {
#embed "../../scripts/tutorial/09-your-own-scores.thr"
};
static const unsigned char chapter_10[] = {
#embed "../../scripts/tutorial/10-which-metric.thr"
};
static const unsigned char chapter_11[] = {
#embed "../../scripts/tutorial/11-several-models.thr"
};
static const unsigned char chapter_12[] = {
#embed "../../scripts/tutorial/12-scores-that-are-not-probabilities.thr"
};
static const unsigned char chapter_13[] = {
#embed "../../scripts/tutorial/13-odd-answers.thr"
};
static const unsigned char chapter_14[] = {
#embed "../../scripts/tutorial/14-why-the-auc-does-not-change.thr"
};
static const unsigned char chapter_15[] = {
#embed "../../scripts/tutorial/15-folds.thr"
};
static const unsigned char chapter_16[] = {
#embed "../../scripts/tutorial/16-guarantees.thr"
};
static const unsigned char chapter_17[] = {
#embed "../../scripts/tutorial/17-groups.thr"
};
static const unsigned char chapter_18[] = {
#embed "../../scripts/tutorial/18-from-a-file-to-a-contract.thr"
};
static const unsigned char chapter_19[] = {
#embed "../../scripts/tutorial/19-a-table-that-lives-elsewhere.thr"
};
static const unsigned char scores[] = {
#embed "../../scripts/tutorial/data/scores.csv"
};
static const unsigned char new_rows[] = {
#embed "../../scripts/tutorial/data/new.csv"
};

static const struct tutorial_file files[] = {
    {"01-from-probabilities-to-labels.thr", FILE_BYTES(chapter_1)},
    {"02-why-imbalance-breaks-half.thr", FILE_BYTES(chapter_2)},
    {"03-roc-curve.thr", FILE_BYTES(chapter_3)},
    {"04-precision-recall-curve.thr", FILE_BYTES(chapter_4)},
    {"05-tuning.thr", FILE_BYTES(chapter_5)},
    {"06-which-rows.thr", FILE_BYTES(chapter_6)},
    {"07-costs-and-constraints.thr", FILE_BYTES(chapter_7)},
    {"08-how-sure-is-it.thr", FILE_BYTES(chapter_8)},
    {"09-your-own-scores.thr", FILE_BYTES(chapter_9)},
    {"10-which-metric.thr", FILE_BYTES(chapter_10)},
    {"11-several-models.thr", FILE_BYTES(chapter_11)},
    {"12-scores-that-are-not-probabilities.thr", FILE_BYTES(chapter_12)},
    {"13-odd-answers.thr", FILE_BYTES(chapter_13)},
    {"14-why-the-auc-does-not-change.thr", FILE_BYTES(chapter_14)},
    {"15-folds.thr", FILE_BYTES(chapter_15)},
    {"16-guarantees.thr", FILE_BYTES(chapter_16)},
    {"17-groups.thr", FILE_BYTES(chapter_17)},
    {"18-from-a-file-to-a-contract.thr", FILE_BYTES(chapter_18)},
    {"19-a-table-that-lives-elsewhere.thr", FILE_BYTES(chapter_19)},
    {"data/scores.csv", FILE_BYTES(scores)},
    {"data/new.csv", FILE_BYTES(new_rows)},
};

size_t tutorial_file_count(void) { return sizeof(files) / sizeof(files[0]); }

struct tutorial_file tutorial_file_at(size_t index) { return files[index]; }
