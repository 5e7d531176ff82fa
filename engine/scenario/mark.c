/* mark.c -- takes a text with marks apart, and writes it as people write it. */
#include "scenario/mark.h"

#include "scenario/scenario.h"

#include <string.h>

static size_t until_mark(struct text t)
{
    size_t i = 0;
    while (i < t.len && (unsigned char)t.at[i] > MARK_END)
        i++;
    return i;
}

static void drop(struct text *t, size_t n)
{
    t->at += n;
    t->len -= n;
}

bool mark_next(struct text *t, struct run *out)
{
    *out = (struct run){0};
    while (t->len && t->at[0] == MARK_END)
        drop(t, 1);
    if (!t->len)
        return false;
    unsigned char c = (unsigned char)t->at[0];
    if (c <= MARK_VALUE) {
        out->mark = c;
        drop(t, 1);
    }
    size_t n = until_mark(*t);
    out->words = text_from(t->at, n);
    drop(t, n);
    if (t->len && t->at[0] == MARK_END)
        drop(t, 1);
    if (out->mark != MARK_VALUE)
        return true;
    out->fact = out->words.len && out->words.at[0] == 'f';
    for (size_t i = 1; i < out->words.len; i++)
        out->ref = out->ref * 10 + (uint32_t)(out->words.at[i] - '0');
    return true;
}

static struct text value_name(const struct scenario *s, const struct run *r)
{
    if (r->fact)
        return r->ref <= s->n_facts ? scenario_name(s, s->facts[r->ref].name) : (struct text){0};
    return r->ref <= s->n_settings ? scenario_name(s, s->settings[r->ref].name) : (struct text){0};
}

static void write_escaped(struct text t, struct buf *out)
{
    for (size_t i = 0; i < t.len; i++) {
        if (t.at[i] == '<')
            buf_str(out, "&lt;");
        else
            buf_char(out, t.at[i]);
    }
}

void mark_write(const struct scenario *s, struct text t, struct buf *out)
{
    for (struct run r; mark_next(&t, &r);) {
        const char *name = r.mark == MARK_EM ? "em" : "term";
        if (r.mark == MARK_VALUE) {
            buf_str(out, "<value of=\"");
            buf_text(out, value_name(s, &r));
            buf_str(out, "\"/>");
        } else if (r.mark) {
            buf_printf(out, "<%s>", name);
            write_escaped(r.words, out);
            buf_printf(out, "</%s>", name);
        } else {
            write_escaped(r.words, out);
        }
    }
}
