/* csv.c -- quoting, and nothing else. */
#include "base/csv.h"

#include <string.h>

void csv_mark(struct buf *out) { buf_str(out, "\xEF\xBB\xBF"); }

/* A minus before digits is a number, and stays one. */
static bool is_number(struct text t)
{
    size_t i = t.len && (*t.at == '-' || *t.at == '+'), digits = 0;
    for (; i < t.len && ((t.at[i] >= '0' && t.at[i] <= '9') || t.at[i] == '.'); i++)
        digits += t.at[i] != '.';
    return i == t.len && digits > 0;
}

/* A ' goes before what would be a formula, and before a text that would look as if it had one: so it can be read back. */
static bool is_guarded(struct text t)
{
    const char *signs = "=+-@\t\r";
    if (!t.len || !*t.at || is_number(t))
        return false;
    return strchr(signs, *t.at) || (*t.at == '\'' && t.len > 1 && t.at[1] && (t.at[1] == '\'' || strchr(signs, t.at[1])));
}

static void field(struct buf *out, struct text t)
{
    buf_char(out, '"');
    if (is_guarded(t))
        buf_char(out, '\'');
    for (size_t i = 0; i < t.len; i++) {
        if (t.at[i] == '"')
            buf_char(out, '"');
        buf_char(out, t.at[i]);
    }
    buf_char(out, '"');
}

void csv_row(struct buf *out, const struct text *fields, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i)
            buf_char(out, ',');
        field(out, fields[i]);
    }
    buf_str(out, "\r\n");
}
