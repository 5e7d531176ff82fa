/* html.c -- the sink for pages.  Never for scripts, styles or addresses: no foreign text belongs there at all. */
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

void html_text(struct buf *out, struct text t)
{
    uint32_t c;
    while (text_next(&t, &c)) {
        const char *r = reference(c);
        if (r)
            buf_str(out, r);
        else
            buf_code(out, c);
    }
}
