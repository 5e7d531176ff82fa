/* shelved.h -- every scenario that can be played by name from here, opened once: what it is about, and what to practise next
 * of all of them. */
#ifndef CMD_SHELVED_H
#define CMD_SHELVED_H

#include "cmd/trainee.h"
#include "front/shelf.h"
#include "report/next.h"

struct shelved_scenario {
    const char *name, *path;
    bool broken;               /* it cannot be played */
    struct text id, title, summary, tags;
    struct text search;        /* folded: name, titles in every language, tags */
    struct text role_names[NEXT_CHAIRS];
    struct next_scenario next; /* of the chairs that can be taken */
    struct client_info info;   /* of scenarios that ask something weeks later; else empty */
};

struct shelved_all {
    struct arena arena;
    struct shelf shelf;
    struct shelved_scenario *v;
    uint32_t n;
    struct text *comps, *comp_titles; /* competencies that are graded somewhere */
    uint32_t n_comps, cap_comps;
};

/* Opens each of them, one after another.  Texts are clean, in the language of WORDS where a scenario has it. */
void shelved_read(struct shelved_all *all, const struct words *words);
void shelved_done(struct shelved_all *all);

struct proposal {
    struct next_pick pick;
    struct text words;         /* "The third return, as He Jun: …" */
};

/* What is proposed to the trainee of K, the best first, in ALL's memory; how many.  Chairs get their plans.  False with F. */
bool shelved_propose(struct shelved_all *all, struct keep *k, const struct words *words, struct proposal out[NEXT_MOST], uint32_t *n,
                     struct store_fault *f);

/* The same as a few lines of a report. */
bool shelved_next(struct shelved_all *all, struct keep *k, const struct words *words, struct doc *d, struct store_fault *f);

/* cmd_progress.c: the whole of `rehearse progress` for the trainee of K; an exit status. */
int progress_tell(const struct call *call, struct keep *k);

#endif
