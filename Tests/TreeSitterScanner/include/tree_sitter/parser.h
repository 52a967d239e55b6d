/* What Tree-sitter hands a scanner, as its binary interface lays it out; `tree-sitter generate`
   writes the whole header beside the tables. */
#ifndef TREE_SITTER_PARSER_H
#define TREE_SITTER_PARSER_H

#include <stdbool.h>
#include <stdint.h>

typedef uint16_t TSSymbol;
typedef struct TSLexer TSLexer;

struct TSLexer {
  int32_t lookahead;
  TSSymbol result_symbol;
  void (*advance)(TSLexer *, bool skip);
  void (*mark_end)(TSLexer *);
  uint32_t (*get_column)(TSLexer *);
  bool (*is_at_included_range_start)(const TSLexer *);
  bool (*eof)(const TSLexer *);
};

#endif
