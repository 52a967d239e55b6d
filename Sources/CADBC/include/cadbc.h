/// The C interfaces of Arrow Database Connectivity 1.0.0 and of Arrow's data, as their specifications
/// give them: https://arrow.apache.org/adbc and https://arrow.apache.org/docs/format/CDataInterface.html
#ifndef CADBC_H
#define CADBC_H

#include <stddef.h>
#include <stdint.h>

struct ArrowSchema {
  const char *format, *name, *metadata;
  int64_t flags, n_children;
  struct ArrowSchema **children, *dictionary;
  void (*release)(struct ArrowSchema *);
  void *private_data;
};

struct ArrowArray {
  int64_t length, null_count, offset, n_buffers, n_children;
  const void **buffers;
  struct ArrowArray **children, *dictionary;
  void (*release)(struct ArrowArray *);
  void *private_data;
};

struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *);
  int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *);
  const char *(*get_last_error)(struct ArrowArrayStream *);
  void (*release)(struct ArrowArrayStream *);
  void *private_data;
};

struct AdbcError {
  char *message;
  int32_t vendor_code;
  char sqlstate[5];
  void (*release)(struct AdbcError *);
};

struct AdbcDatabase { void *private_data, *private_driver; };
struct AdbcConnection { void *private_data, *private_driver; };
struct AdbcStatement { void *private_data, *private_driver; };

typedef uint8_t AdbcStatusCode;

/// What a driver of version 1.0.0 offers. Functions that are not called here are pointers alone.
struct AdbcDriver {
  void *private_data, *private_manager;
  AdbcStatusCode (*release)(struct AdbcDriver *, struct AdbcError *);
  AdbcStatusCode (*DatabaseInit)(struct AdbcDatabase *, struct AdbcError *);
  AdbcStatusCode (*DatabaseNew)(struct AdbcDatabase *, struct AdbcError *);
  AdbcStatusCode (*DatabaseSetOption)(struct AdbcDatabase *, const char *, const char *, struct AdbcError *);
  AdbcStatusCode (*DatabaseRelease)(struct AdbcDatabase *, struct AdbcError *);
  void (*ConnectionCommit)(void), (*ConnectionGetInfo)(void), (*ConnectionGetObjects)(void);
  void (*ConnectionGetTableSchema)(void), (*ConnectionGetTableTypes)(void);
  AdbcStatusCode (*ConnectionInit)(struct AdbcConnection *, struct AdbcDatabase *, struct AdbcError *);
  AdbcStatusCode (*ConnectionNew)(struct AdbcConnection *, struct AdbcError *);
  void (*ConnectionSetOption)(void), (*ConnectionReadPartition)(void);
  AdbcStatusCode (*ConnectionRelease)(struct AdbcConnection *, struct AdbcError *);
  void (*ConnectionRollback)(void), (*StatementBind)(void), (*StatementBindStream)(void);
  AdbcStatusCode (*StatementExecuteQuery)(struct AdbcStatement *, struct ArrowArrayStream *, int64_t *, struct AdbcError *);
  void (*StatementExecutePartitions)(void), (*StatementGetParameterSchema)(void);
  AdbcStatusCode (*StatementNew)(struct AdbcConnection *, struct AdbcStatement *, struct AdbcError *);
  void (*StatementPrepare)(void);
  AdbcStatusCode (*StatementRelease)(struct AdbcStatement *, struct AdbcError *);
  void (*StatementSetOption)(void);
  AdbcStatusCode (*StatementSetSqlQuery)(struct AdbcStatement *, const char *, struct AdbcError *);
  void (*StatementSetSubstraitPlan)(void);
};

/// How a driver's library is entered.
typedef AdbcStatusCode (*AdbcDriverInitFunc)(int version, void *driver, struct AdbcError *);

#endif
