/* check.h -- what the parts of the checker share.
 *
 * The loader has refused what is no scenario; here the whole is looked at: can it be played to an end, is it written
 * by the rules of docs/pedagogy.md.  An error is what cannot be played; a warning what spoils the rehearsal or its
 * grade; a note what deserves a look.  Every part walks arrays from end to end, once; nothing recurses, because an
 * author decides how large they are. */
#ifndef SCENARIO_CHECK_H
#define SCENARIO_CHECK_H

#include "scenario/scenario.h"

/* After an error the model lacks what was written wrongly.  One mistake must give one message, so what would only repeat
 * it in other words is left out -- and no more than that, because everything is to be found in one run. */
enum torn {
    TORN_ELEMENTS = 1, /* elements, attributes or texts are missing somewhere */
    TORN_ROLES = 2,    /* who speaks or decides */
    TORN_FACTS = 4,    /* facts and settings, or what uses them */
    TORN_KEY = 8,      /* moves, points and the rubric */
    TORN_WAYS = 16     /* ways to scenes, nobody knows to which */
};

/* A next that names no scene; TO is the one that was probably meant, 0 where none is near. */
struct lost_way {
    uint32_t at, to;
};

struct check {
    const struct scenario *s;
    struct errs *es;
    struct arena scratch;          /* freed when the check is over */
    unsigned torn;                 /* enum torn: what the loader could not take over */
    uint32_t *torn_at, n_torn;     /* places of TORN_ELEMENTS, in order */
    struct lost_way *lost;         /* in order of their places */
    uint32_t n_lost;

    /* What conditions, statements and scripts mention (check_code.c). */
    bool *fact_read, *fact_changed; /* [n_facts + 1] */
    uint32_t *go_first, *go_to;    /* code C's go() targets: go_to[go_first[C]] … go_to[go_first[C + 1] - 1] */
    uint32_t *script_go;           /* scenes that scripts go() to */
    uint32_t n_script_go;
    bool *comp_scored;             /* [n_comps + 1]: some script gives points for it */
    bool picks;                    /* a script defines pick() */
};

/* The words in the source language, with marks. */
struct text check_words(const struct check *c, words_id id);
void check_say(struct check *c, enum msg code, struct range at, struct text a1, struct text a2, struct text a3);
/* The same, placed at a text, whatever file it stands in. */
void check_say_words(struct check *c, enum msg code, words_id at, struct text a1, struct text a2, struct text a3);
/* NUMBER as text, alive as long as C. */
struct text check_number(struct check *c, long number);
/* NUMBER in tenths as "1.4". */
struct text check_tenths(struct check *c, long tenths);

/* check_torn.c: fills in what is torn; whether an element is, between two places; and whether a next in the tag AT names
 * no scene (*TO: the one meant, or 0). */
void check_torn(struct check *c);
bool torn_between(const struct check *c, uint32_t from, uint32_t to);
bool way_lost(const struct check *c, struct range at, uint32_t *to);
/* The same for all that belongs to one scene, decision or option. */
bool torn_scene(const struct check *c, uint32_t scene);
bool torn_decision(const struct check *c, uint32_t decision);
bool torn_option(const struct check *c, uint32_t option);

/* One part each. */
void check_code(struct check *c);   /* fills in what is mentioned; says nothing */
void check_graph(struct check *c);  /* ways through the scenes */
void check_cycles(struct check *c); /* ways round that ask nobody */
void check_use(struct check *c);    /* what is declared and never used */
void check_texts(struct check *c);  /* reasons, reactions, lengths */
void check_options(struct check *c); /* options that give the best one away */
void check_points(struct check *c); /* the key and its raters, conflict modes */
void check_evidence(struct check *c); /* whether there is enough to grade */

/* check_offer.c: the most options of D that can stand there at once, as far as conditions over facts tell. */
uint32_t offer_most(const struct check *c, const struct decision *d);

/* How much there is to read.  A value that is filled in counts as one word. */
struct size {
    uint32_t han, words;           /* Chinese characters; words of other scripts */
    uint32_t width;                /* letters, with Chinese characters as two */
};
struct size check_size(struct text t);

/* True where people may have to answer: the role is playable. */
static inline bool check_asks(const struct check *c, const struct decision *d)
{
    return c->s->roles[d->who.i].playable;
}
/* True where an answer may leave the scene on in its next node. */
bool check_goes_on(const struct check *c, const struct option *o);
/* The points of option O for COMP; 0 where it has none. */
int check_points_of(const struct check *c, const struct option *o, comp_id comp);

/* Every scene that a play may enter from another, in the order of the scenes: the ways out of scene I are
 * to[first[I]] … to[first[I + 1] - 1]. */
struct ways {
    uint32_t n;                     /* scenes, and one more that stands for what any script may do */
    uint32_t *first, *to;
    uint32_t n_to, cap_to;
};
void ways_add(struct ways *w, uint32_t to);
void ways_done(struct ways *w);
/* Adds the ways out of one answer; true where the scene may go on after it. */
bool ways_answer(struct check *c, const struct option *o, struct ways *w);
void ways_goto(struct check *c, const struct node *n, struct ways *w);

#endif
