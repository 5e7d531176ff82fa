/* html.c -- the sink for pages.  Never for scripts, styles or addresses: no foreign text belongs there at all.
 *
 * What needs no change is copied in one piece up to the next character that does; a room full of phones asks for many
 * pages. */
#include "base/html.h"

static const char *reference(uint32_t c)
{
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    case '\t':
    case '\n':
    case '\r': return " ";
    default: return c < 0x20 || (c >= 0x7F && c <= 0x9F) ? "" : NULL;
    }
}

/* Bytes at the start of T that stand in a page as they are. */
static size_t harmless(struct text t)
{
    size_t i = 0;
    while (i < t.len) {
        unsigned char b = (unsigned char)t.at[i];
        size_t n = b < 0x80 ? reference(b) == NULL : text_utf8_len(text_from(t.at + i, t.len - i));
        if (n == 0 || (b == 0xC2 && (unsigned char)t.at[i + 1] < 0xA0)) /* bad, or U+0080 to U+009F */
            break;
        i += n;
    }
    return i;
}

void html_text(struct buf *out, struct text t)
{
    uint32_t c;
    for (;;) {
        size_t n = harmless(t);
        buf_add(out, t.at, n);
        t = text_from(n ? t.at + n : t.at, t.len - n);
        if (!text_next(&t, &c))
            return;
        const char *r = reference(c);
        if (r)
            buf_str(out, r);
        else
            buf_code(out, c);
    }
}
