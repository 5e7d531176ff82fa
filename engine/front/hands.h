/* hands.h -- a show of hands, as it is typed: "a12 b7 c4", or "12 7 4" in order.
 *
 * Letters are options, whatever their case or width; a letter that is not named keeps its number, so that "b8" alone mends
 * one.  Numbers without letters are all options in their order; what is missing at the end is 0. */
#ifndef FRONT_HANDS_H
#define FRONT_HANDS_H

#include "base/text.h"

enum hands_said {
    HANDS_READ,
    HANDS_EMPTY,    /* nothing was typed */
    HANDS_STRANGE,  /* there is something that is neither letter nor number */
    HANDS_NO_OPTION, /* a letter, or one number more, than there are options; *WHICH: the letter, or 0 */
    HANDS_TWICE,    /* *WHICH stands there twice */
    HANDS_BARE,     /* a letter without a number: *WHICH */
    HANDS_MANY      /* a number above HANDS_MOST */
};
enum { HANDS_MOST = 9999 };

/* Changes the N numbers OUT by what was TYPED; nothing of it where it does not fit. */
enum hands_said hands_read(struct text typed, uint32_t n, uint32_t *out, char *which);
/* The letter of one option, "c" or "Ｃ", as a number from 1; 0 where TYPED is none of N. */
uint32_t hands_letter(struct text typed, uint32_t n);

#endif
