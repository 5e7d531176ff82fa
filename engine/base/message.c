/* message.c -- a diagnostic, as people read it.
 *
 * The quoted line is taken in three pieces -- before the place, the place, behind it -- and each is cleaned and cut on
 * its own: first to a few hundred bytes, since a line may be megabytes long, then to cells.  The caret line is made
 * from the widths of the same pieces, so it cannot disagree with what stands above it.
 * Knows no terminal but a width and the styles it is given. */
#include "base/message.h"

#include "base/terminal.h"

enum { WIDTH_DEFAULT = 100, WIDTH_MIN = 40, GUTTER = 8, ARG_BYTES = 120, RAW_BYTES = 400 };

/* The most of MESSAGE_BYTES that each piece of a quoted line may take. */
enum { BEFORE_BYTES = 120, PLACE_BYTES = 90, BEHIND_BYTES = 90 };

static bool is_tail(char c)
{
    return ((unsigned char)c & 0xC0u) == 0x80u;
}

/* The first BYTES of T at most, whole code points. */
static struct text first_bytes(struct text t, size_t bytes)
{
    if (t.len > bytes) {
        t.len = bytes;
        for (int i = 0; i < 3 && t.len && is_tail(t.at[t.len]); i++) {
            t.len--;
        }
    }
    return t;
}

static struct text last_bytes(struct text t, size_t bytes)
{
    if (t.len > bytes) {
        t = text_from(t.at + (t.len - bytes), bytes);
        for (int i = 0; i < 3 && t.len && is_tail(t.at[0]); i++) {
            t = text_from(t.at + 1, t.len - 1);
        }
    }
    return t;
}

/* Appends T, cut to BYTES with an ellipsis. */
static void add_cut(struct buf *out, struct text t, size_t bytes)
{
    struct text kept = first_bytes(t, bytes - 3);
    if (t.len <= bytes) {
        kept = t;
    }
    buf_text(out, kept);
    if (kept.len < t.len) {
        buf_str(out, "…");
    }
}

/* FORM in the reader's language with its arguments, cleaned and cut. */
static void add_words(const struct message *m, const struct message_look *look, const char *form, struct buf *out)
{
    struct buf args[ERR_ARGS] = {0}, whole = {0};
    struct text filled[ERR_ARGS];
    for (int i = 0; i < ERR_ARGS; i++) {
        struct buf clean = {0};
        terminal_clean(first_bytes(m->args[i], RAW_BYTES), CLEAN_CHECK, &clean);
        add_cut(&args[i], buf_view(&clean), ARG_BYTES);
        filled[i] = buf_view(&args[i]);
        buf_done(&clean);
    }
    words_fill(&whole, tr(look->words, form), filled, ERR_ARGS);
    add_cut(out, buf_view(&whole), MESSAGE_BYTES);
    buf_done(&whole);
    for (int i = 0; i < ERR_ARGS; i++) {
        buf_done(&args[i]);
    }
}

/* The mend of a message, left out when it would show an argument that is empty. */
static void add_mend(const struct message *m, const struct message_look *look, struct buf *out)
{
    const char *form = msg_mend(m->code);
    for (const char *p = form; *p; p++) {
        if (p[0] == '%' && p[1] >= '1' && p[1] <= '0' + ERR_ARGS && m->args[p[1] - '1'].len == 0) {
            return;
        }
        p += p[0] == '%' && p[1] == '%';
    }
    if (form[0]) {
        add_words(m, look, form, out);
    }
}

void message_mend(const struct message *m, const struct words *words, struct buf *out)
{
    struct message_look look = {.words = words};
    add_mend(m, &look, out);
}

static void add_style(struct buf *out, const char *code)
{
    if (code) {
        buf_str(out, code);
    }
}

static void add_styled(struct buf *out, const struct message_style *style, const char *code, struct text t)
{
    add_style(out, code);
    buf_text(out, t);
    if (code) {
        add_style(out, style->end);
    }
}

static void add_place(const struct message *m, const struct message_look *look, struct buf *out)
{
    if (m->file.len == 0) {
        return;
    }
    struct buf clean = {0}, place = {0};
    terminal_clean(first_bytes(m->file, RAW_BYTES), CLEAN_CHECK, &clean);
    add_cut(&place, buf_view(&clean), MESSAGE_BYTES);
    buf_done(&clean);
    if (m->line) {
        buf_printf(&place, ":%u", (unsigned)m->line);
    }
    if (m->line && m->col) {
        buf_printf(&place, ":%u", (unsigned)m->col);
    }
    buf_char(&place, ':');
    add_styled(out, &look->style, look->style.place, buf_view(&place));
    buf_char(out, ' ');
    buf_done(&place);
}

/* scenario.xml:41:19: error: no scene is called “apology” */
static void add_head(const struct message *m, const struct message_look *look, struct buf *out)
{
    static const char *const severities[] = {
        [SEV_NOTE] = N_("note:"), [SEV_WARNING] = N_("warning:"), [SEV_ERROR] = N_("error:")};
    enum severity sev = msg_severity(m->code);
    const struct message_style *style = &look->style;
    const char *code = sev == SEV_ERROR ? style->error : sev == SEV_WARNING ? style->warning : style->note;
    add_place(m, look, out);
    const char *severity = tr(look->words, severities[sev]);
    add_styled(out, style, code, text_of(severity));
    if (text_is(text_from(severity + text_of(severity).len - 1, 1), ":")) {
        buf_char(out, ' '); /* a full-width colon brings its own */
    }
    add_words(m, look, msg_what(m->code), out);
}

static void add_code(const struct message *m, struct buf *out)
{
    buf_printf(out, " [%s]", msg_name(m->code));
}

void message_line(const struct message *m, const struct message_look *look, struct buf *out)
{
    struct buf mend = {0};
    add_head(m, look, out);
    add_mend(m, look, &mend);
    if (mend.len) {
        /* Between what is wrong and what to write instead, in one line. */
        buf_str(out, trc(look->words, "what: mend", ": "));
        buf_text(out, buf_view(&mend));
    }
    add_code(m, out);
    buf_done(&mend);
}

/* ---- the quoted line ---- */

struct quote {
    struct buf before, place, behind;
    size_t indent, carets; /* cells */
};

static void quote_done(struct quote *q)
{
    buf_done(&q->before);
    buf_done(&q->place);
    buf_done(&q->behind);
}

/* Cleans T and keeps its beginning, or its end, within CELLS and BYTES; an ellipsis stands for what is left out. */
static void cut_begin(struct text t, bool more, size_t cells, size_t bytes, bool wide, struct buf *out)
{
    struct buf clean = {0};
    terminal_clean(t, CLEAN_CHECK, &clean);
    struct text kept = first_bytes(buf_view(&clean), bytes);
    if (kept.len < clean.len || more || terminal_width(kept, wide) > cells) {
        buf_text(out, terminal_begin(kept, cells > 2 ? cells - 2 : 0, wide));
        buf_str(out, "…");
    } else {
        buf_text(out, kept);
    }
    buf_done(&clean);
}

static void cut_end(struct text t, bool more, size_t cells, size_t bytes, bool wide, struct buf *out)
{
    struct buf clean = {0};
    terminal_clean(t, CLEAN_CHECK, &clean);
    struct text kept = last_bytes(buf_view(&clean), bytes);
    if (kept.len < clean.len || more || terminal_width(kept, wide) > cells) {
        buf_str(out, "…");
        buf_text(out, terminal_end(kept, cells > 2 ? cells - 2 : 0, wide));
    } else {
        buf_text(out, kept);
    }
    buf_done(&clean);
}

static void quote_take(struct quote *q, const struct message *m, size_t cells, bool wide)
{
    size_t from = m->from < m->quoted.len ? m->from : m->quoted.len;
    size_t to = m->to < from ? from : m->to < m->quoted.len ? m->to : m->quoted.len;
    struct text before = text_from(m->quoted.at, from);
    struct text place = text_from(m->quoted.at + from, to - from);
    struct text behind = text_from(m->quoted.at + to, m->quoted.len - to);
    struct text near_before = last_bytes(before, RAW_BYTES);
    struct text near_place = first_bytes(place, RAW_BYTES);
    struct text near_behind = first_bytes(behind, RAW_BYTES);

    cut_begin(near_place, near_place.len < place.len, cells / 2, PLACE_BYTES, wide, &q->place);
    q->carets = terminal_width(buf_view(&q->place), wide);
    size_t left = cells - q->carets;
    /* Both sides get half of what is left, and what the other one does not need. */
    cut_end(near_before, near_before.len < before.len, left, BEFORE_BYTES, wide, &q->before);
    size_t spare = left - terminal_width(buf_view(&q->before), wide);
    size_t share = spare > left / 2 ? spare : left / 2;
    cut_begin(near_behind, near_behind.len < behind.len, share, BEHIND_BYTES, wide, &q->behind);
    buf_reset(&q->before);
    left -= terminal_width(buf_view(&q->behind), wide);
    cut_end(near_before, near_before.len < before.len, left, BEFORE_BYTES, wide, &q->before);
    q->indent = terminal_width(buf_view(&q->before), wide);
}

static void add_blanks(struct buf *out, size_t n)
{
    while (n--) {
        buf_char(out, ' ');
    }
}

/* ^~~~~~~ did you mean “apologise”?   The mend goes to lines of its own where it does not fit. */
static void add_caret(const struct quote *q, const struct message *m, const struct message_look *look, size_t cells,
                      struct buf *out)
{
    struct buf caret = {0}, mend = {0};
    buf_char(&caret, '^');
    for (size_t i = 1; i < q->carets; i++) {
        buf_char(&caret, '~');
    }
    add_blanks(out, q->indent);
    add_styled(out, &look->style, look->style.caret, buf_view(&caret));
    add_mend(m, look, &mend);
    if (mend.len && q->indent + caret.len + 1 + terminal_width(buf_view(&mend), look->wide) <= cells) {
        buf_char(out, ' ');
        add_styled(out, &look->style, look->style.mend, buf_view(&mend));
    } else if (mend.len) {
        struct buf lines = {0};
        terminal_wrap_to(buf_view(&mend), &(struct wrap){.width = (unsigned)cells, .wide = look->wide}, &lines);
        struct text rest = buf_view(&lines), line;
        while (text_split(&rest, '\n', &line)) {
            buf_str(out, "\n      | ");
            add_styled(out, &look->style, look->style.mend, line);
        }
        buf_done(&lines);
    }
    buf_done(&caret);
    buf_done(&mend);
}

static void add_quote(const struct message *m, const struct message_look *look, struct buf *out)
{
    unsigned width = look->width == 0 ? WIDTH_DEFAULT : look->width < WIDTH_MIN ? WIDTH_MIN : look->width;
    size_t cells = width - GUTTER;
    struct quote q = {0};
    quote_take(&q, m, cells, look->wide);
    buf_printf(out, "%5u | ", (unsigned)m->line);
    buf_text(out, buf_view(&q.before));
    buf_text(out, buf_view(&q.place));
    buf_text(out, buf_view(&q.behind));
    buf_str(out, "\n      | ");
    add_caret(&q, m, look, cells, out);
    buf_char(out, '\n');
    quote_done(&q);
}

void message_show(const struct message *m, const struct message_look *look, struct buf *out)
{
    add_head(m, look, out);
    add_code(m, out);
    buf_char(out, '\n');
    if (m->quoted.len && m->line) {
        add_quote(m, look, out);
        return;
    }
    struct buf mend = {0};
    add_mend(m, look, &mend);
    if (mend.len) {
        add_blanks(out, GUTTER);
        add_styled(out, &look->style, look->style.mend, buf_view(&mend));
        buf_char(out, '\n');
    }
    buf_done(&mend);
}

struct message message_of(const struct err *e, struct sources *ss)
{
    struct message m = {.code = e->code};
    for (int i = 0; i < ERR_ARGS; i++) {
        m.args[i] = e->args[i];
    }
    struct where w = source_where(ss, e->at);
    m.file = w.name;
    m.line = w.line;
    m.col = w.col;
    if (w.line) {
        struct text bytes = ss->v[e->at.file].bytes;
        m.quoted = source_line(ss, e->at);
        size_t start = m.quoted.at ? (size_t)(m.quoted.at - bytes.at) : 0;
        m.from = e->at.from > start ? e->at.from - start : 0;
        m.to = e->at.to > start ? e->at.to - start : 0;
    }
    return m;
}
