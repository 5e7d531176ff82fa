/* hands.c -- reading a show of hands.  Forgiving about blanks, commas and the width of a Chinese input method; strict about
 * everything that could be meant otherwise. */
#include "front/hands.h"

#include <string.h>

enum { OPTIONS_MOST = 26 };

/* CODE as ASCII, in lower case: full-width forms are those, shifted. */
static uint32_t plain(uint32_t code)
{
    if (code >= 0xFF01 && code <= 0xFF5E)
        code -= 0xFEE0;
    return code >= 'A' && code <= 'Z' ? code + ('a' - 'A') : code;
}

static bool is_gap(uint32_t c)
{
    return c == ' ' || c == 0x3000 || c == ',' || c == 0x3001 || c == ';' || c == '.' || c == ':' || c == '=' || c == '-';
}

/* What is read so far. */
struct reading {
    uint32_t n, *out;
    uint32_t letter;    /* of the number awaited, from 1; 0: none */
    uint32_t place;     /* numbers without a letter so far */
    bool lettered, any;
    uint32_t seen;      /* set of letters */
    char *which;
};

static enum hands_said take_number(struct reading *r, uint32_t value)
{
    uint32_t at = r->letter ? r->letter : ++r->place;
    *r->which = 0;
    if (value > HANDS_MOST)
        return HANDS_MANY;
    if (at > r->n)
        return HANDS_NO_OPTION;
    if (!r->letter && r->lettered) /* "a12 7": whose is the seven? */
        return HANDS_STRANGE;
    r->out[at - 1] = value;
    r->letter = 0;
    r->any = true;
    return HANDS_READ;
}

static enum hands_said take_letter(struct reading *r, uint32_t c)
{
    *r->which = (char)(c - 'a' + 'A');
    if (r->letter)
        return HANDS_BARE;
    r->letter = c - 'a' + 1;
    if (r->letter > r->n)
        return HANDS_NO_OPTION;
    if (r->seen & (1u << r->letter))
        return HANDS_TWICE;
    r->seen |= 1u << r->letter;
    if (r->place)
        return HANDS_STRANGE;
    r->lettered = true;
    return HANDS_READ;
}

static enum hands_said read_all(struct reading *r, struct text t)
{
    enum hands_said said = HANDS_READ;
    uint32_t code, next;
    bool more = text_next(&t, &code);
    while (more && said == HANDS_READ) {
        uint32_t c = plain(code), value = 0;
        more = text_next(&t, &next);
        if (c >= 'a' && c <= 'z') {
            said = take_letter(r, c);
        } else if (c >= '0' && c <= '9') {
            value = c - '0';
            for (; more && plain(next) >= '0' && plain(next) <= '9'; more = text_next(&t, &next))
                value = value > HANDS_MOST ? value : value * 10 + plain(next) - '0';
            said = take_number(r, value);
        } else if (!is_gap(c)) {
            said = HANDS_STRANGE;
        }
        code = next;
    }
    if (said == HANDS_READ && r->letter) {
        *r->which = (char)('A' + r->letter - 1);
        return HANDS_BARE;
    }
    return said == HANDS_READ && !r->any ? HANDS_EMPTY : said;
}

enum hands_said hands_read(struct text typed, uint32_t n, uint32_t *out, char *which)
{
    uint32_t v[OPTIONS_MOST];
    if (n > OPTIONS_MOST)
        n = OPTIONS_MOST;
    struct reading r = {.n = n, .out = v, .which = which};
    memcpy(v, out, n * sizeof *v);
    *which = 0;
    enum hands_said said = read_all(&r, typed);
    if (said != HANDS_READ)
        return said;
    for (uint32_t i = r.place; r.place && i < n; i++)
        v[i] = 0;
    memcpy(out, v, n * sizeof *v);
    return HANDS_READ;
}

uint32_t hands_letter(struct text typed, uint32_t n)
{
    uint32_t code, c;
    typed = text_trim(typed);
    if (!text_next(&typed, &code) || typed.len)
        return 0;
    c = plain(code);
    return c >= 'a' && c <= 'z' && c - 'a' < n ? c - 'a' + 1 : 0;
}
