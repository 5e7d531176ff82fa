/* feed.h -- for play/ only: where a probe's step finds its chances.  See probe.h. */
#ifndef PLAY_FEED_H
#define PLAY_FEED_H

#include "play/probe.h"

/* 1…N, each as likely as the others. */
int32_t feed_draw(struct feed *f, uint32_t n);
/* 0…N-1, each as likely as WEIGHT says; their sum must not be 0. */
uint32_t feed_choose(struct feed *f, const uint32_t *weight, uint32_t n);

#endif
