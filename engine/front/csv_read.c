/* csv_read.c -- a translator's table, read back.
 *
 * RFC 4180, as loosely as spreadsheet programs write it; which sign stands between the fields the first line tells.  Where
 * quotes do not close, or the bytes are not UTF-8, rows may have shifted, so nothing of such a file is used.  A cell holds
 * one text of a conversation: line breaks that somebody made in it become blanks. */
#include "front/csv.h"

#include "base/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { COLUMNS_MOST = 64 };
enum column { COL_CONTEXT, COL_SOURCE, COL_TRANSLATION, COL_STATE, COLUMNS };

struct cursor {
    const char *at, *end;
    uint32_t line;
    char sep;
    struct buf field;
};

static void fault(struct csv_table *t, uint32_t line, const char *form, struct text a1, struct text a2)
{
    array_room(t->faults, t->n_faults, t->cap_faults);
    t->faults[t->n_faults++] = (struct csv_fault){line, form, text_keep(&t->arena, a1), text_keep(&t->arena, a2)};
}

static bool refuse(struct csv_table *t, uint32_t line, const char *form)
{
    t->n = t->n_faults = 0;
    fault(t, line, form, (struct text){0}, (struct text){0});
    return false;
}

/* ---- what kind of file it is ---- */

static uint32_t line_of(struct text bytes, size_t to)
{
    uint32_t line = 1;
    for (size_t i = 0; i < to && i < bytes.len; i++)
        line += bytes.at[i] == '\n' || (bytes.at[i] == '\r' && (i + 1 == bytes.len || bytes.at[i + 1] != '\n'));
    return line;
}

static bool is_text(struct text bytes, struct csv_table *t)
{
    size_t good = text_utf8_valid(bytes);
    const char *nul = bytes.len ? memchr(bytes.at, 0, bytes.len) : NULL;
    if (text_starts(bytes, "PK\x03\x04") || text_starts(bytes, "\xD0\xCF\x11\xE0"))
        return refuse(t, 1, N_("this is a workbook, no CSV file; save the table as “CSV UTF-8”"));
    if (text_starts(bytes, "\xFF\xFE") || text_starts(bytes, "\xFE\xFF"))
        return refuse(t, 1, N_("this is UTF-16; save the table as “CSV UTF-8”"));
    if (good < bytes.len)
        return refuse(t, line_of(bytes, good), N_("these bytes are not UTF-8, perhaps GBK; save the table as “CSV UTF-8”"));
    if (nul)
        return refuse(t, line_of(bytes, (size_t)(nul - bytes.at)), N_("a NUL byte stands here: this is no CSV file"));
    return true;
}

/* ---- fields and lines ---- */

enum ends { FIELD_NEXT, FIELD_LINE, FIELD_FILE, FIELD_BROKEN };

static bool at_break(const struct cursor *c) { return c->at < c->end && (*c->at == '\n' || *c->at == '\r'); }

static void pass_break(struct cursor *c)
{
    if (*c->at++ == '\r' && c->at < c->end && *c->at == '\n')
        c->at++;
    c->line++;
}

/* The rest of a field between quotes.  False where they never close. */
static bool read_quoted(struct cursor *c)
{
    for (c->at++; c->at < c->end;) {
        if (*c->at != '"') {
            char one = *c->at;
            if (at_break(c)) {
                pass_break(c);
                one = '\n';
            } else {
                c->at++;
            }
            buf_char(&c->field, one);
        } else if (c->at + 1 < c->end && c->at[1] == '"') {
            buf_char(&c->field, '"');
            c->at += 2;
        } else {
            c->at++;
            return true;
        }
    }
    return false;
}

/* Reads one field, and what ends it. */
static enum ends read_field(struct cursor *c)
{
    buf_reset(&c->field);
    if (c->at < c->end && *c->at == '"') {
        if (!read_quoted(c))
            return FIELD_BROKEN;
        while (c->at < c->end && *c->at == ' ')
            c->at++;
    } else {
        while (c->at < c->end && *c->at != c->sep && !at_break(c))
            buf_char(&c->field, *c->at++);
    }
    if (c->at == c->end)
        return FIELD_FILE;
    if (at_break(c)) {
        pass_break(c);
        return FIELD_LINE;
    }
    return *c->at++ == c->sep ? FIELD_NEXT : FIELD_BROKEN;
}

/* ---- cells ---- */

static bool is_blank(char ch) { return ch == ' ' || ch == '\t' || ch == '\n' || ch == '\r'; }

/* One text in one line: a run of blanks is one, and a line broken between two Chinese characters is none. */
static struct text tidied(struct arena *a, struct text t)
{
    struct buf b = {0};
    t = text_trim(t);
    for (size_t i = 0; i < t.len;) {
        size_t from = i;
        bool broken = false;
        for (; i < t.len && is_blank(t.at[i]); i++)
            broken |= t.at[i] == '\n';
        if (i == from)
            buf_char(&b, t.at[i++]);
        else if (!broken || !(t.at[from - 1] & 0x80) || !(t.at[i] & 0x80))
            buf_char(&b, ' ');
    }
    struct text kept = text_keep(a, buf_view(&b));
    buf_done(&b);
    return kept;
}

/* Without the ' that keeps a spreadsheet from taking it for a formula: see csv.c. */
static struct text unguarded(struct text t)
{
    bool guarded = t.len > 1 && t.at[0] == '\'' && strchr("=+-@\t\r'", t.at[1]);
    return guarded ? text_from(t.at + 1, t.len - 1) : t;
}

/* ---- the table ---- */

static bool is_named(struct text cell, const char *name)
{
    cell = text_trim(cell);
    return cell.len == strlen(name) && strncasecmp(cell.at, name, cell.len) == 0;
}

/* Reads the names of the columns with SEP between them.  True where the two that must be there are. */
static bool read_head(struct cursor *c, char sep, uint32_t column[COLUMNS])
{
    static const char *const names[COLUMNS] = {"context", "source", "translation", "state"};
    enum ends ends = FIELD_NEXT;
    c->sep = sep;
    memset(column, 0, COLUMNS * sizeof *column);
    for (uint32_t i = 1; ends == FIELD_NEXT && i <= COLUMNS_MOST; i++) {
        ends = read_field(c);
        for (int k = 0; k < COLUMNS; k++)
            if (!column[k] && is_named(buf_view(&c->field), names[k]))
                column[k] = i;
    }
    return ends != FIELD_NEXT && ends != FIELD_BROKEN && column[COL_CONTEXT] && column[COL_TRANSLATION];
}

/* A first line "sep=;" is Excel's own, and not of the table. */
static void pass_separator(struct cursor *c)
{
    if (c->end - c->at < 5 || strncasecmp(c->at, "sep=", 4) != 0)
        return;
    while (c->at < c->end && !at_break(c))
        c->at++;
    if (c->at < c->end)
        pass_break(c);
}

static bool find_columns(struct cursor *c, uint32_t column[COLUMNS])
{
    pass_separator(c);
    struct cursor begin = *c;
    for (const char *sep = ",;\t"; *sep; sep++) {
        struct buf field = c->field;
        *c = begin;
        c->field = field;
        if (read_head(c, *sep, column))
            return true;
    }
    return false;
}

static void add_row(struct csv_table *t, const struct text cells[COLUMNS], uint32_t line)
{
    struct arena *a = &t->arena;
    struct csv_row r = {.ctx = text_trim(cells[COL_CONTEXT]), .source = unguarded(cells[COL_SOURCE]),
                        .str = unguarded(cells[COL_TRANSLATION]), .fuzzy = is_named(cells[COL_STATE], "fuzzy"), .line = line};
    r.source = tidied(a, r.source);
    r.str = tidied(a, r.str);
    if (!r.ctx.len) {
        if (r.str.len)
            fault(t, line, N_("no context stands here, so nobody knows what this translates: %1"), r.str, (struct text){0});
        return;
    }
    array_room(t->v, t->n, t->cap);
    t->v[t->n++] = r;
}

/* One line of the table; *ENDS says what came behind it.  False where it is broken. */
static bool read_row(struct csv_table *t, struct cursor *c, const uint32_t column[COLUMNS], enum ends *ends)
{
    struct text cells[COLUMNS] = {{0}};
    uint32_t line = c->line;
    *ends = FIELD_NEXT;
    for (uint32_t i = 1; *ends == FIELD_NEXT; i++) {
        *ends = read_field(c);
        for (int k = 0; k < COLUMNS && *ends != FIELD_BROKEN; k++)
            if (column[k] == i)
                cells[k] = text_keep(&t->arena, buf_view(&c->field));
    }
    if (*ends != FIELD_BROKEN)
        add_row(t, cells, line);
    return *ends != FIELD_BROKEN;
}

bool csv_read(struct text bytes, struct csv_table *t)
{
    *t = (struct csv_table){0};
    if (text_starts(bytes, "\xEF\xBB\xBF"))
        bytes = text_from(bytes.at + 3, bytes.len - 3);
    if (!is_text(bytes, t))
        return false;
    struct cursor c = {.at = bytes.at, .end = bytes.at + bytes.len, .line = 1};
    uint32_t column[COLUMNS];
    enum ends ends = FIELD_LINE;
    bool ok = find_columns(&c, column) || refuse(t, 1, N_("the first line must name the columns context, source and translation"));
    t->has_source = ok && column[COL_SOURCE];
    while (ok && ends != FIELD_FILE && c.at < c.end) {
        uint32_t line = c.line;
        ok = read_row(t, &c, column, &ends) ||
             refuse(t, line, N_("the quotes of this line do not close where they should, so nothing was taken over"));
    }
    buf_done(&c.field);
    return ok;
}

void csv_done(struct csv_table *t)
{
    free(t->v);
    free(t->faults);
    arena_done(&t->arena);
    *t = (struct csv_table){0};
}

/* ---- pairing ---- */

struct pairing {
    struct csv_table *t;
    struct po_row **sources;       /* by context and source */
    const struct po_row **old;
    size_t n, n_old;
    uint32_t *taken;               /* line that brought something for sources[i]; 0: none did */
    struct csv_counts *counts;
};

/* The place in SOURCES of what ROW translates; n where there is none. */
static size_t place_of(const struct pairing *p, const struct csv_row *row)
{
    bool exact = text_is(row->ctx, "script"); /* a context that many share */
    size_t lo = 0, hi = p->n;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        int order = text_cmp(p->sources[mid]->ctx, row->ctx);
        if (order < 0 || (order == 0 && exact && text_cmp(p->sources[mid]->id, row->source) < 0))
            lo = mid + 1;
        else
            hi = mid;
    }
    bool found = lo < p->n && text_eq(p->sources[lo]->ctx, row->ctx) && (!exact || text_eq(p->sources[lo]->id, row->source));
    return found ? lo : p->n;
}

static void take(struct pairing *p, const struct csv_row *row, struct po_row *source)
{
    const struct po_row *old = csv_find(p->old, p->n_old, source);
    bool stale = p->t->has_source && !text_eq(row->source, source->id);
    bool same = old && text_eq(old->str, row->str);
    bool was_fuzzy = old && (old->fuzzy || !text_eq(old->id, source->id));
    if (same && (was_fuzzy == row->fuzzy || stale)) {
        p->counts->same++;
        return;
    }
    source->str = row->str;
    source->fuzzy = stale || (same && row->fuzzy);
    source->was = stale ? row->source : (struct text){0};
    p->counts->taken++;
}

static void pair(struct pairing *p, const struct csv_row *row)
{
    size_t at = place_of(p, row);
    char line[16];
    if (at == p->n) {
        if (row->str.len)
            fault(p->t, row->line, N_("nothing in the scenario is called “%1”; its translation was: %2"), row->ctx, row->str);
        return;
    }
    if (p->taken[at]) {
        snprintf(line, sizeof line, "%u", p->taken[at]);
        fault(p->t, row->line, N_("“%1” is translated in line %2 already"), row->ctx, text_of(line));
        return;
    }
    p->taken[at] = row->line;
    if (row->str.len)
        take(p, row, p->sources[at]);
    else
        p->counts->empty++;
}

void csv_match(struct csv_table *t, struct po_row *sources, size_t n, const struct po_rows *old, struct csv_counts *counts)
{
    struct pairing p = {.t = t, .n = n, .n_old = old->n, .counts = counts};
    *counts = (struct csv_counts){0};
    p.sources = arena_array(&t->arena, struct po_row *, n + 1);
    p.old = arena_array(&t->arena, const struct po_row *, old->n + 1);
    p.taken = arena_array(&t->arena, uint32_t, n + 1);
    for (size_t i = 0; i < n; i++)
        p.sources[i] = &sources[i];
    for (size_t i = 0; i < old->n; i++)
        p.old[i] = &old->v[i];
    if (n)
        qsort(p.sources, n, sizeof *p.sources, po_row_order);
    if (old->n)
        qsort(p.old, old->n, sizeof *p.old, po_row_order);
    for (size_t i = 0; i < t->n; i++)
        pair(&p, &t->v[i]);
}
