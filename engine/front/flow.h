/* flow.h -- what stands on a projected screen, from top to bottom, in one language or in both, on as many pages as it needs.
 *
 * A flow is a list of blocks.  It is laid out for the room there is: with air between the blocks where everything fits so,
 * else with less, else close together, else on pages; what stands at the head (the question) is repeated on every page where it is short.  In
 * both languages the second stands below the first, or beside it where the screen is wide. */
#ifndef FRONT_FLOW_H
#define FRONT_FLOW_H

#include "front/both.h"
#include "front/canvas.h"

/* The languages to show, in their order. */
struct tongues {
    bool zh[2];
    uint32_t n;
};

enum block_kind {
    BLOCK_WORDS,  /* words; hang */
    BLOCK_SPEECH, /* name, manner, words */
    BLOCK_OPTION, /* letter, manner, words */
    BLOCK_BARS,   /* letter, words, and a bar for each round */
    BLOCK_BIG,    /* figures */
    BLOCK_GAUGE,  /* name, value of FULL */
    BLOCK_PAIR,   /* words, and beside them, where there is room, the other's */
    BLOCK_GAP     /* an empty line, where there is air; weak: one of the first to go */
};

enum { BARS_ROUNDS = 2 };

struct block {
    enum block_kind kind;
    enum ink ink;
    struct both name, manner, words, beside; /* beside: BLOCK_PAIR */
    struct both mark;             /* BLOCK_WORDS: put before it, "1", "-"; words hang behind it */
    uint32_t letter;              /* from 1 */
    bool chosen;                  /* BLOCK_OPTION, BLOCK_BARS */
    bool weak;                    /* BLOCK_GAP */
    uint32_t votes[BARS_ROUNDS], rounds, most; /* BLOCK_BARS: MOST is a full bar; 0: bars show only which leads */
    uint32_t value, full;         /* BLOCK_GAUGE */
    char figures[12];             /* BLOCK_BIG */
};

/* Zeroed is valid and empty; flow_done frees. */
struct flow {
    struct block *v;
    uint32_t n, cap;
    uint32_t head;                /* the first HEAD blocks are its head */
    bool centred;                 /* where it fits, it stands in the middle */
    uint32_t anchor;              /* block + 1 that stands at the same height whatever is above it; 0: none */
};

struct block *flow_add(struct flow *f, enum block_kind kind, enum ink ink);
struct block *flow_words(struct flow *f, struct both words, enum ink ink);
void flow_gap(struct flow *f);
void flow_weak_gap(struct flow *f);
void flow_done(struct flow *f);

/* The pages that F needs in W by H cells of C, at least one. */
unsigned flow_pages(const struct flow *f, const struct tongues *t, struct canvas *c, unsigned w, unsigned h);
/* Puts page number PAGE (from 0; beyond the last: the last) there. */
void flow_draw(const struct flow *f, const struct tongues *t, struct canvas *c, unsigned x, unsigned y, unsigned w, unsigned h,
               unsigned page);

/* "zh-CN+en": which languages, the first one first.  NULL: English.  False where it is no such list. */
bool tongues_read(const char *list, struct tongues *t);
/* The words of B in the language that stands at PLACE of T; of the other where it has none. */
struct text both_in(struct both b, const struct tongues *t, uint32_t place);

#endif
