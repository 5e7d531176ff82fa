/* guests_inside.h -- what the files of a workshop's phones share: guests.c (the server and the votes), guests_words.c (names
 * and answers).  Nobody else includes it. */
#ifndef FRONT_GUESTS_INSIDE_H
#define FRONT_GUESTS_INSIDE_H

#include "front/guests.h"
#include "front/room.h"

/* What one phone has said in words. */
struct guest {
    struct buf name;
    struct buf *answers;    /* [n_items]; NULL: none yet */
    uint32_t pen;           /* its sentence is kept under this number, which is nobody's; 0: none yet */
};

enum { KEYS_MOST = 8 };

struct guests {
    struct guests_config config;
    struct phones *phones;  /* NULL: closed */
    struct room_made made[2]; /* what phones show now, and what they may show next */
    int which;
    uint32_t step;
    struct guest *v;        /* [n], voter N at N - 1 */
    uint32_t n, cap;
    struct arena arena;
    struct room_item *items;
    uint32_t n_items;
    struct guest_key {
        uint32_t key;
        struct buf line;
    } keys[KEYS_MOST];      /* pressed, and not told yet: a key may close what it came from */
    uint32_t n_keys;
    char bound[64];
    bool changed, locked, shown;
};

/* ---- guests_words.c: functions of struct phones_hears ---- */

enum phones_reply guest_named(void *self, uint32_t voter, struct text name);
enum phones_reply guest_said(void *self, uint32_t voter, struct text item, struct text words);
struct text guest_name(void *self, uint32_t voter);
struct text guest_answer(void *self, uint32_t voter, struct text item);
/* Whether it has answered anything of the form. */
bool guest_answered(const struct guests *g, const struct guest *one);
void guest_all_done(struct guests *g);

#endif
