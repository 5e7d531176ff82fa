/* phrase.c -- cleaning what the engine says before any of it reaches a screen.
 *
 * An answer of the engine is as foreign as the scenario.  Each run is cleaned by itself and only then marked, so that a
 * text can forge neither a mark nor an escape. */
#include "front/phrase.h"

static struct text keep(struct arena *a, struct buf *b)
{
    struct text t = text_keep(a, buf_view(b));
    buf_done(b);
    return t;
}

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
    return keep(a, &b);
}

struct text phrase_name(struct arena *a, struct runs r)
{
    struct buf b = {0};
    for (uint32_t i = 0; i < r.n; i++)
        terminal_clean(r.v[i].words, CLEAN_PLAY, &b);
    return keep(a, &b);
}

struct text phrase_fill(struct arena *a, const char *form, struct text a1, struct text a2)
{
    struct buf b = {0};
    struct text args[2] = {a1, a2};
    words_fill(&b, form, args, 2);
    return keep(a, &b);
}

struct text phrase_clean(struct arena *a, struct text t)
{
    struct buf b = {0};
    terminal_clean(t, CLEAN_PLAY, &b);
    return keep(a, &b);
}

void phrase_narrow(struct text line, struct buf *out)
{
    uint32_t c;
    while (text_next(&line, &c)) {
        bool digit_or_colon = (c >= 0xFF10 && c <= 0xFF1A) || c == 0xFF1F;
        buf_code(out, c == 0x3000 ? ' ' : digit_or_colon ? c - 0xFEE0 : c);
    }
}
