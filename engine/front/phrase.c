/* phrase.c -- cleaning what the engine says before any of it reaches a screen.
 *
 * An answer of the engine is as foreign as the scenario.  Each run is cleaned by itself and only then marked, so that a
 * text can forge neither a mark nor an escape. */
#include "front/phrase.h"

struct text phrase(struct arena *a, struct runs r)
{
    struct buf b = {0};
    for (uint32_t i = 0; i < r.n; i++) {
        if (r.v[i].kind != RUN_PLAIN)
            buf_char(&b, r.v[i].kind == RUN_EM ? MARKED_EM : MARKED_TERM);
        terminal_clean(r.v[i].words, CLEAN_PLAY, &b);
        if (r.v[i].kind != RUN_PLAIN)
            buf_char(&b, MARKED_END);
    }
    return doc_keep(a, &b);
}

void phrase_narrow(struct text line, struct buf *out)
{
    uint32_t c;
    while (text_next(&line, &c)) {
        bool digit_or_colon = (c >= 0xFF10 && c <= 0xFF1A) || c == 0xFF1F;
        buf_code(out, c == 0x3000 ? ' ' : digit_or_colon ? c - 0xFEE0 : c);
    }
}
