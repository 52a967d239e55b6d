#include "scanner.h"

#include "../../grammar/tree-sitter/src/scanner.c"

/* A lexer over a text in memory; `base` comes first, so that a pointer to it is one to the whole. */
struct text_lexer {
  TSLexer base;
  const int32_t *text;
  size_t count, place, end;
};

static void show(struct text_lexer *lexer) {
  lexer->base.lookahead = lexer->place < lexer->count ? lexer->text[lexer->place] : 0;
}

static void advance(TSLexer *base, bool skip) {
  (void)skip;
  struct text_lexer *lexer = (struct text_lexer *)base;
  if (lexer->place < lexer->count) lexer->place++;
  show(lexer);
}

static void mark_end(TSLexer *base) {
  struct text_lexer *lexer = (struct text_lexer *)base;
  lexer->end = lexer->place;
}

static bool eof(const TSLexer *base) {
  const struct text_lexer *lexer = (const struct text_lexer *)base;
  return lexer->place == lexer->count;
}

bool thr_scan_line_end(const int32_t *text, size_t count, size_t start, bool wanted, size_t *end) {
  struct text_lexer lexer = {
    .base = {.advance = advance, .mark_end = mark_end, .eof = eof},
    .text = text, .count = count, .place = start, .end = start};
  show(&lexer);
  void *payload = tree_sitter_thr_external_scanner_create();
  /* It keeps nothing between two calls, and so has nothing to write down. */
  char buffer[1];
  unsigned length = tree_sitter_thr_external_scanner_serialize(payload, buffer);
  tree_sitter_thr_external_scanner_deserialize(payload, buffer, length);
  bool found = tree_sitter_thr_external_scanner_scan(payload, &lexer.base, &wanted);
  tree_sitter_thr_external_scanner_destroy(payload);
  *end = lexer.end;
  return found && length == 0 && lexer.base.result_symbol == NEWLINE;
}
