#ifndef TUTORIAL_H
#define TUTORIAL_H

#include <stddef.h>

/// A file of `scripts/tutorial`, as it was when the program was built.
struct tutorial_file {
  /// Its path below `scripts/tutorial`.
  const char *name;
  const unsigned char *bytes;
  size_t count;
};

/// How many files there are.
size_t tutorial_file_count(void);

/// One of the files, in the order of their names.
struct tutorial_file tutorial_file_at(size_t index);

#endif
