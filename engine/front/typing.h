/* typing.h -- what a person types, one line at a time.
 *
 * Two ways behind one struct of functions: lineedit.c (GNU readline, on a real terminal) and lineread.c (pipes, --plain,
 * screen readers).  Whoever owns the poll loop asks for a line, and hands over the descriptor when it is readable.
 *
 *     typing->ask(typing);                          "> " stands on the screen
 *     switch (typing->take(typing)) { … }           after poll said that typing->in is readable
 */
#ifndef FRONT_TYPING_H
#define FRONT_TYPING_H

#include "base/text.h"

enum typed {
    TYPED_NOTHING, /* no whole line yet */
    TYPED_LINE,    /* in typing.line, without its end */
    TYPED_END,     /* end of input, or Ctrl-D on an empty line */
    TYPED_LOST     /* the terminal went away */
};

enum { TYPED_LINE_MAX = 16 << 10 }; /* bytes of one line; the rest is dropped */

struct typing {
    int in, out;
    /* Shows the prompt and makes the terminal ready; to be called once a line. */
    void (*ask)(struct typing *t);
    /* Takes what can be read without waiting. */
    enum typed (*take)(struct typing *t);
    /* True while a line may be waiting that poll does not see. */
    bool (*waiting)(const struct typing *t);
    /* Throws away the line begun (Ctrl-C). */
    void (*cancel)(struct typing *t);
    /* Around anything printed while a line is being typed. */
    void (*hide)(struct typing *t);
    void (*show)(struct typing *t);
    /* The window has a new size. */
    void (*resize)(struct typing *t, unsigned columns, unsigned rows);
    /* Ctrl-Z: the terminal as it was, the line begun stays; and on again. */
    void (*pause)(struct typing *t);
    void (*go_on)(struct typing *t);
    /* The terminal as it was before ask. */
    void (*leave)(struct typing *t);
    void (*done)(struct typing *t);

    struct buf line;
    /* What Tab may offer: calls ADD for each word that fits behind BEFORE.  May be NULL. */
    void (*offer)(void *self, struct text before, void (*add)(void *list, const char *word), void *list);
    void *offerer;

    struct buf pending; /* lineread: read and not yet handed out */
    bool echo;          /* lineread: input is no terminal, so that what was read is shown */
    bool ended;
};

/* Fills T; nothing is read or shown yet.  typing_edit must be opened at most once at a time. */
void typing_edit(struct typing *t, int in, int out);
void typing_read(struct typing *t, int in, int out, bool echo);

#endif
