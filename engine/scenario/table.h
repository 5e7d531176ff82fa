/* table.h -- the format as data: every element, what it may stand in, its attributes, one sentence about each.
 *
 * The loader walks a file by this table; the RELAX NG schema and the reference in docs/format.md are written from it
 * (schema.c).  To add an element, add a row, a case in load_*.c and a pair in tests/check/. */
#ifndef SCENARIO_TABLE_H
#define SCENARIO_TABLE_H

#include "base/text.h"

enum element {
    EL_NONE,
#define ELEMENT(code) EL_##code,
#include "scenario/table.def"
#undef ELEMENT
    EL_COUNT
};

enum content {
    CONTENT_NONE,     /* no children, no text */
    CONTENT_CHILDREN, /* only children */
    CONTENT_TEXT,     /* text with inline marks, translatable */
    CONTENT_PLAIN,    /* text without marks, not translatable */
    CONTENT_SCRIPT,   /* Lua, taken as it is written; may be CDATA */
    CONTENT_MIXED,    /* text with marks, or children: lesson, item */
    CONTENT_MARK      /* part of a text: em, term, value */
};

enum attr_type {
    TYPE_ID,      /* [A-Za-z0-9_-]{1,64} */
    TYPE_FACT_ID, /* [A-Za-z_][A-Za-z0-9_]{0,31}, no Lua word */
    TYPE_TAG,     /* a move: [a-z]+:[a-z-]+ */
    TYPE_REF,     /* the id of something declared elsewhere (WHAT says of what) */
    TYPE_REFS,    /* a blank-separated list of such */
    TYPE_TEXT,    /* translatable words */
    TYPE_PLAIN,   /* words that are not translated */
    TYPE_INT,     /* LO to HI */
    TYPE_RANGE,   /* "1" or "0..2", each LO to HI */
    TYPE_BOOL,    /* yes or no */
    TYPE_ENUM,    /* one of the words in VALUES */
    TYPE_LIST,    /* a blank-separated list of the words in VALUES */
    TYPE_NAMES,   /* a blank-separated list of ids of its own */
    TYPE_WHEN,    /* a condition */
    TYPE_PATH,    /* a file of the scenario's own folder */
    TYPE_LANG,    /* a language tag */
    TYPE_VALUE,   /* a number, yes or no, or the name of a value: what the fact takes */
    TYPE_SURVEY   /* before, after or weeks:N */
};

struct attr_row {
    const char *name;
    enum attr_type type;
    bool required;
    int lo, hi;          /* TYPE_INT, TYPE_RANGE */
    const char *values;  /* TYPE_ENUM, TYPE_LIST: blank-separated; TYPE_REF: what it names */
    const char *standard;/* the value it has where it is not written, or NULL */
    const char *doc;
};

/* How often an element may stand in its parent. */
enum times { TIMES_ANY, TIMES_ONE /* exactly */, TIMES_MAYBE /* at most */, TIMES_SOME /* at least one */ };

struct child_row {
    enum element child;
    uint8_t times; /* enum times */
    uint8_t max;   /* 0: no bound */
};

struct element_row {
    const char *name;
    enum content content;
    const struct attr_row *attrs;     /* ends in a row without name */
    const struct child_row *children; /* ends in EL_NONE; order is free */
    const char *doc;                  /* one sentence for whoever writes a scenario */
    const char *example;              /* one line, or NULL */
};

const struct element_row *element_row(enum element e);
/* The element called NAME inside PARENT (EL_NONE: a root), or EL_NONE. */
enum element element_in(enum element parent, struct text name);
/* Attributes that every element of a kind may carry, `when` on what is played, are rows of their own: nothing is
 * implied. */
const struct attr_row *attr_in(enum element e, struct text name);

#define SCENARIO_NAMESPACE "urn:rehearse:scenario:1"

#endif
