/* command.h -- what a command is: a declarative entry, from which parsing, help, completion and the manual follow.
 *
 * To add a command, write cmd_x.c with one `const struct command` and add a line to commands.c.  Texts are English,
 * marked N_ and translated where they are shown. */
#ifndef CMD_COMMAND_H
#define CMD_COMMAND_H

#include "base/words.h"

struct call;

/* Exit statuses; docs/operating.md explains them. */
enum {
    STATUS_FINE = 0,
    STATUS_WARNINGS = 1,
    STATUS_USAGE = 2,
    STATUS_DATA = 65,     /* a scenario with errors */
    STATUS_NO_INPUT = 66, /* no such file */
    STATUS_UNAVAILABLE = 69, /* send: no record store that can be trusted */
    STATUS_ENGINE = 70,
    STATUS_IO = 74,
    STATUS_LATER = 75,    /* send: something waits for a better time */
    STATUS_DENIED = 77,   /* send: not let in */
    STATUS_SIGNAL = 128   /* + the signal's number: 129, 130, 143 */
};

enum takes { TAKES_NOTHING, TAKES_WORD, TAKES_NUMBER, TAKES_LANG, TAKES_CHOICE, TAKES_FILE };

struct option_row {
    const char *name;    /* "lang"; NULL ends a table */
    const char *value;   /* N_("TAG"), how the value is called in help; NULL where there is none */
    enum takes takes;
    const char *choices; /* TAKES_CHOICE: blank-separated */
    const char *words;   /* N_ one sentence without capital and full stop */
};

enum { OPTIONS_MAX = 20 };

/* What stands behind the options, for completion. */
enum operand { OPERAND_NONE, OPERAND_SCENARIO, OPERAND_FILES, OPERAND_NAME, OPERAND_CHOICE };

struct command {
    const char *name;
    const char *operands; /* N_("SCENARIO"), as in the usage line; "" for none */
    unsigned least, most; /* how many */
    enum operand operand;
    const char *choices;  /* OPERAND_CHOICE */
    const char *summary;  /* N_ one line for the list of commands */
    const char *about;    /* N_ paragraphs, separated by empty lines */
    const char *examples; /* lines of commands, not translated; may be NULL */
    const struct option_row *options;
    bool hidden;          /* for the build only */
    int (*run)(const struct call *call);
};

/* One use of a command. */
struct call {
    const struct command *command;
    const char *values[OPTIONS_MAX]; /* by row of the option table; "" for an option without value; NULL: not given */
    const char **operands;           /* n, then NULL */
    unsigned n;
    const struct words *words;       /* the program's language */
    const char *lang;                /* the tag asked for with --lang, or the environment's; NULL where neither says */
};

/* Rows that many tables have. */
#define OPTION_LANG                                                                                                    \
    {"lang", N_("TAG"), TAKES_LANG, NULL, N_("the language of everything shown: en, zh-CN")}
#define OPTION_PLAIN                                                                                                   \
    {"plain", NULL, TAKES_NOTHING, NULL, N_("words only: no colours, no editing, for screen readers and logs")}
#define OPTION_NO_JAIL_PLAYS                                                                                           \
    {"no-jail", NULL, TAKES_NOTHING, NULL, N_("plays where this system cannot shut the engine in; only with scenarios you trust")}
#define OPTION_NO_JAIL_WORKS                                                                                           \
    {"no-jail", NULL, TAKES_NOTHING, NULL, N_("works where this system cannot shut the engine in; only with scenarios you trust")}
#define OPTION_HELP                                                                                                    \
    {"help", NULL, TAKES_NOTHING, NULL, N_("shows this help")}

extern const struct command *const commands[]; /* ends in NULL */
extern const struct command command_home;      /* `rehearse` alone */
const struct command *command_find(const char *name);

/* The value of option NAME, NULL where it was not given. */
const char *call_value(const struct call *call, const char *name);

/* Prints "rehearse NAME: …" with %1 %2 filled in to standard error, and returns STATUS. */
int call_fails(const struct call *call, int status, const char *form, const char *a1, const char *a2);

#endif
