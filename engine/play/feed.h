/* feed.h -- for play/ only: where a probe's step finds its chances, and what it notes.  See probe.h. */
#ifndef PLAY_FEED_H
#define PLAY_FEED_H

#include "play/decide.h"
#include "play/probe.h"

/* 1…N, each as likely as the others. */
int32_t feed_draw(struct feed *f, uint32_t n);
/* 0…N-1, each as likely as WEIGHT says; their sum must not be 0. */
uint32_t feed_choose(struct feed *f, const uint32_t *weight, uint32_t n);

/* P asks for something, or writes it; nothing is noted where it is no probe's. */
void feed_note_asked(const struct step *p, enum note_kind kind, uint32_t id);
void feed_note_wrote(struct feed *f, enum note_kind kind, uint32_t id, int32_t value);
static inline void feed_asked(const struct step *p, enum note_kind kind, uint32_t id)
{
    if (p->se->feed)
        feed_note_asked(p, kind, id);
}
static inline void feed_wrote(const struct step *p, enum note_kind kind, uint32_t id, int32_t value)
{
    if (p->se->feed)
        feed_note_wrote(p->se->feed, kind, id, value);
}
/* Whether P counts the scenes it enters. */
static inline bool feed_moves(const struct step *p) { return p->se->feed && p->se->feed->moves; }
/* A probe's step counts what the answer of its open event counts; that the decision was met comes behind its evidence, which asks for it. */
void feed_answered(const struct step *p);
/* A snippet begins; it failed, and what it wrote is undone. */
static inline void feed_snippet(struct feed *f) { f->snippet = f->n_notes; }
void feed_undo(struct feed *f);

#endif
