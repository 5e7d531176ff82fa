/* code_unit.h -- private to code.c, code_scan.c and code_resolve.c: one pass over one condition, statement or script.
 *
 * A pass reads the tokens once, then scans them (what is named, what is asked about), then tries the small language.
 * Everything it finds is reported at its place in the file. */
#ifndef SCENARIO_CODE_UNIT_H
#define SCENARIO_CODE_UNIT_H

#include "scenario/code.h"
#include "scenario/scenario.h"
#include "scenario/token.h"

enum { UNIT_WHEN = CODE_WHEN, UNIT_DO = CODE_DO, UNIT_SCRIPT };

/* "Did you mean" may compare so many names a scenario; a file full of mistakes must not take minutes. */
enum { LOOKED_MAX = 500000 };

/* A set of names that keeps their order. */
struct names {
    struct text *v;
    uint32_t n, cap;
    uint32_t *slots, n_slots; /* places in v plus 1, by hash; a power of two */
};

struct resolve {
    struct scenario *s;
    struct errs *es;
    struct tokens t;
    struct buf scratch;
    struct op *ops; /* of all codes, from 1 */
    uint32_t n_ops, cap_ops;
    struct names globals; /* what the scripts define */
    struct names reasons; /* literal reasons of score(), in order, each once */
    uint32_t looked;      /* candidates compared so far for "did you mean" */

    /* the unit at hand */
    int kind; /* UNIT_… */
    struct span at;
    bool failed;       /* something was reported */
    bool scores, goes; /* calls score(), go() */
};

/* The place of bytes FROM … TO of the unit's text. */
struct span unit_span(const struct resolve *r, uint32_t from, uint32_t to);
/* Reports tokens FROM … TO of the unit at hand. */
void unit_err(struct resolve *r, enum msg code, uint32_t from, uint32_t to, struct text a1, struct text a2,
              struct text a3);
/* The nearest of N names, each made by NAME(s, i); empty where none is near. */
struct text unit_nearest(struct resolve *r, struct text wanted, uint32_t n,
                         struct text (*name)(const struct scenario *s, uint32_t i));
struct text unit_fact_name(const struct scenario *s, uint32_t i);
void names_add(struct names *names, struct text name);
bool names_has(const struct names *names, struct text name);
struct text names_nearest(struct resolve *r, const struct names *names, struct text wanted);

/* code_ask.c.  code_call: whether token I is a name of the engine's; if it is called, what it asks about is checked and
 * marked.  code_reason: the call that opens at OPEN hands on a reason.  code_unknown: reports the name I. */
bool code_call(struct resolve *r, uint32_t i);
void code_reason(struct resolve *r, uint32_t open, bool scores);
void code_unknown(struct resolve *r, uint32_t i);
/* code_scan.c: reports what is wrong with the unit's tokens, gives marks, gathers names and reasons. */
void code_scan(struct resolve *r);
/* code_foreign.c: reports signs and names of other languages and of full-width keyboards.  False where there are
 * signs: the rest of the unit then means nothing.  code_foreign_name: whether it had something to say on name I. */
bool code_foreign(struct resolve *r);
bool code_foreign_name(struct resolve *r, uint32_t i);
/* code.c: compiles the unit's tokens; false where they leave the small language or are wrong. */
bool code_compile(struct resolve *r, struct code *c);

#endif
