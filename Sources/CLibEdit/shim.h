/* What Swift cannot call of libedit: the functions with a variable number of arguments, macros, and
   callbacks that must know which command they stand for. */
#ifndef THR_CLIBEDIT_SHIM_H
#define THR_CLIBEDIT_SHIM_H

#include <histedit.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

/* What libedit's callbacks find again: whose editor it is, and what to call. */
struct thr_client {
  void *owner;
  /* The command's index, and what libedit is to do next (a CC_ constant). */
  unsigned char (*perform)(void *owner, int command);
  /* The next character; 1, or 0 at the end of the input. */
  int (*read)(void *owner, wchar_t *character);
};

static inline int thr_el_set_client(EditLine *editor, struct thr_client *client) {
  return el_wset(editor, EL_CLIENTDATA, client);
}

static inline struct thr_client *thr_el_client(EditLine *editor) {
  void *client = NULL;
  el_wget(editor, EL_CLIENTDATA, &client);
  return (struct thr_client *)client;
}

static inline int thr_el_read(EditLine *editor, wchar_t *character) {
  struct thr_client *client = thr_el_client(editor);
  return client->read(client->owner, character);
}

static inline int thr_el_set_reader(EditLine *editor) {
  return el_wset(editor, EL_GETCFN, thr_el_read);
}

static inline int thr_el_set_editor(EditLine *editor, const wchar_t *keys) {
  return el_wset(editor, EL_EDITOR, keys);
}

/* Whether the keys are vi's; 0 where they are emacs'. */
static inline int thr_el_is_vi(EditLine *editor) {
  const wchar_t *keys = NULL;
  return el_wget(editor, EL_EDITOR, &keys) == 0 && keys != NULL && wcscmp(keys, L"vi") == 0;
}

static inline int thr_el_is_editing(EditLine *editor) {
  int editing = 1;
  el_wget(editor, EL_EDITMODE, &editing);
  return editing;
}

static inline int thr_el_set_number(EditLine *editor, int option, int value) {
  return el_wset(editor, option, value);
}

/* What libedit takes for the terminal's, such as its columns `co` and lines `li`. */
static inline int thr_el_set_capability(
    EditLine *editor, const wchar_t *name, const wchar_t *value) {
  return el_wset(editor, EL_SETTC, name, value, (wchar_t *)NULL);
}

/* Has libedit draw the line again. */
static inline int thr_el_refresh(EditLine *editor) { return el_wset(editor, EL_REFRESH); }

/* A terminal mode while a line is edited, such as `-isig`. */
static inline int thr_el_set_mode(EditLine *editor, const wchar_t *mode) {
  return el_wset(editor, EL_SETTY, L"-d", mode, (wchar_t *)NULL);
}

static inline int thr_el_bind(EditLine *editor, const wchar_t *keys, const wchar_t *command) {
  return el_wset(editor, EL_BIND, keys, command, (wchar_t *)NULL);
}

/* Binds in vi's command mode. */
static inline int thr_el_bind_alternate(
    EditLine *editor, const wchar_t *keys, const wchar_t *command) {
  return el_wset(editor, EL_BIND, L"-a", keys, command, (wchar_t *)NULL);
}

/* An empty history: libedit calls it from some of vi's commands whether there is one or not. */
static inline int thr_el_set_history(EditLine *editor, HistoryW *history) {
  return el_wset(editor, EL_HIST, history_w, history);
}

/* A command's callback gets neither its name nor its keys, so each has a function of its own. */
#define THR_TEN(X, tens)                                                                      \
  X(tens##0) X(tens##1) X(tens##2) X(tens##3) X(tens##4)                                      \
  X(tens##5) X(tens##6) X(tens##7) X(tens##8) X(tens##9)
#define THR_COMMANDS(X)                                                                       \
  THR_TEN(X, ) THR_TEN(X, 1) THR_TEN(X, 2) THR_TEN(X, 3) THR_TEN(X, 4) THR_TEN(X, 5)          \
  THR_TEN(X, 6) THR_TEN(X, 7)

enum { THR_COMMAND_LIMIT = 80 };

#define THR_DEFINE(number)                                                                    \
  static inline unsigned char thr_command_##number(EditLine *editor, int key) {               \
    (void)key;                                                                                \
    struct thr_client *client = thr_el_client(editor);                                        \
    return client->perform(client->owner, number);                                            \
  }
THR_COMMANDS(THR_DEFINE)
#undef THR_DEFINE

typedef unsigned char (*thr_command)(EditLine *, int);

static inline thr_command thr_command_function(int index) {
#define THR_CASE(number) case number: return thr_command_##number;
  switch (index) {
    THR_COMMANDS(THR_CASE)
    default: return NULL;
  }
#undef THR_CASE
}

static inline int thr_el_add_command(
    EditLine *editor, const wchar_t *name, const wchar_t *summary, int index) {
  return el_wset(editor, EL_ADDFN, name, summary, thr_command_function(index));
}

#endif
