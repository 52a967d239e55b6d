/// The access list of a file: who may do what, beyond its owner, its group and all others.
#ifndef THR_FILES_H
#define THR_FILES_H

#include <sys/types.h>
#include <sys/xattr.h>

/// Copies the list of an open file to the buffer; gives its size, or -1 where there is none.
static inline ssize_t thr_access_list(int file, void *_Nullable buffer, size_t size) {
  return fgetxattr(file, "system.posix_acl_access", buffer, size);
}

/// Gives an open file a list; 0 where that worked.
static inline int thr_set_access_list(int file, const void *_Nonnull list, size_t size) {
  return fsetxattr(file, "system.posix_acl_access", list, size, 0);
}

#endif
