// Line ends for Tree-sitter: one ends a statement unless the next line goes on with it. Inside
// round and square brackets and records Tree-sitter does not ask: no statement may end there.
#include "tree_sitter/parser.h"

#include <wctype.h>

enum { NEWLINE };

void *tree_sitter_thr_external_scanner_create(void) { return 0; }

void tree_sitter_thr_external_scanner_destroy(void *payload) { (void)payload; }

unsigned tree_sitter_thr_external_scanner_serialize(void *payload, char *buffer) {
  (void)payload, (void)buffer;
  return 0;
}

void tree_sitter_thr_external_scanner_deserialize(void *payload, const char *buffer,
                                                  unsigned length) {
  (void)payload, (void)buffer, (void)length;
}

static bool is_line_end(int32_t c) { return c == '\n' || c == '\r'; }

// Passes over spaces, line ends and comments to the next token.
static void look_ahead(TSLexer *lexer) {
  for (;;) {
    while (lexer->lookahead == ' ' || lexer->lookahead == '\t' || is_line_end(lexer->lookahead))
      lexer->advance(lexer, false);
    if (lexer->lookahead != '#') return;
    while (!lexer->eof(lexer) && !is_line_end(lexer->lookahead)) lexer->advance(lexer, false);
  }
}

// Whether the next token is `|>`, `.` or `else`.
static bool goes_on(TSLexer *lexer) {
  if (lexer->lookahead == '.') return true;
  if (lexer->lookahead == '|') {
    lexer->advance(lexer, false);
    return lexer->lookahead == '>';
  }
  for (const char *word = "else"; *word; word++) {
    if (lexer->lookahead != *word) return false;
    lexer->advance(lexer, false);
  }
  return !iswalnum((wint_t)lexer->lookahead) && lexer->lookahead != '_';
}

bool tree_sitter_thr_external_scanner_scan(void *payload, TSLexer *lexer,
                                           const bool *valid_symbols) {
  (void)payload;
  if (!valid_symbols[NEWLINE]) return false;
  while (lexer->lookahead == ' ' || lexer->lookahead == '\t') lexer->advance(lexer, true);
  if (!is_line_end(lexer->lookahead)) return false;
  if (lexer->lookahead == '\r') lexer->advance(lexer, false);
  if (lexer->lookahead == '\n') lexer->advance(lexer, false);
  lexer->mark_end(lexer);
  lexer->result_symbol = NEWLINE;
  look_ahead(lexer);
  return !goes_on(lexer);
}
