/* feed.h -- for play/ only: where a probe's step finds its chances.  See probe.h. */
#ifndef PLAY_FEED_H
#define PLAY_FEED_H

#include "play/probe.h"

/* 1…N, each as likely as the others. */
int32_t feed_draw(struct feed *f, uint32_t n);
/* 0…N-1, each as likely as WEIGHT says; their sum must not be 0. */
uint32_t feed_choose(struct feed *f, const uint32_t *weight, uint32_t n);

/* The step asks about something. */
static inline void feed_note(struct feed *f, enum note_kind kind, uint32_t id)
{
    array_room(f->notes, f->n_notes, f->cap_notes);
    f->notes[f->n_notes++] = (struct note){kind, id};
}

#endif
