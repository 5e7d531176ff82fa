/* structure.c -- holds a document against the table: names, places, counts, and the form of each attribute's value.
 *
 * What an id refers to is not looked at here; everything that a schema could say is.  Knows no model. */
#include "scenario/build.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const lua_words = "and break do else elseif end false for function goto if in local nil not or repeat "
                                     "return then true until while";

static void report(struct builder *b, enum msg code, struct span at, struct text a1, struct text a2)
{
    errs_add(b->es, code, at, a1, a2, (struct text){0});
}

/* ---- values ------------------------------------------------------------------------------------------------------- */

static bool all_of(struct text t, const char *more, size_t lo, size_t hi)
{
    if (t.len < lo || t.len > hi)
        return false;
    for (size_t i = 0; i < t.len; i++) {
        char c = t.at[i];
        bool alnum = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!alnum && !(c && strchr(more, c)))
            return false;
    }
    return true;
}

static bool is_fact_id(struct text t)
{
    return all_of(t, "_", 1, 32) && !(t.at[0] >= '0' && t.at[0] <= '9') && word_index(lua_words, t) < 0;
}

static bool is_tag(struct text t)
{
    const char *colon = t.len ? memchr(t.at, ':', t.len) : NULL;
    return colon && colon > t.at && colon < t.at + t.len - 1 && all_of(t, ":-_", 3, 64);
}

bool value_is_id(struct text t) { return all_of(t, "_-", 1, 64); }

bool value_is_path(struct text t)
{
    if (!all_of(t, "./_-", 1, 255) || t.at[0] == '/')
        return false;
    struct text rest = t, part;
    while (text_split(&rest, '/', &part))
        if (part.len == 0 || text_is(part, ".") || text_is(part, ".."))
            return false;
    return t.at[t.len - 1] != '/';
}

static bool is_list(const char *values, struct text t)
{
    struct text word;
    while (text_word(&t, &word))
        if (word_index(values, word) < 0)
            return false;
    return true;
}

static bool is_names(struct text t)
{
    struct text word;
    uint32_t n = 0;
    for (; text_word(&t, &word); n++)
        if (!all_of(word, "_-", 1, 64))
            return false;
    return n >= 2;
}

static bool is_range(struct text t, long lo, long hi)
{
    long from, to;
    if (text_int(t, lo, hi, &from))
        return true;
    const char *dots = t.len ? memmem(t.at, t.len, "..", 2) : NULL;
    return dots && text_int(text_from(t.at, (size_t)(dots - t.at)), lo, hi, &from) &&
           text_int(text_from(dots + 2, t.len - (size_t)(dots + 2 - t.at)), lo, hi, &to) && from <= to;
}

static bool is_survey_time(struct text t)
{
    long weeks;
    return text_is(t, "before") || text_is(t, "after") ||
           (text_starts(t, "weeks:") && text_int(text_from(t.at + 6, t.len - 6), 1, 52, &weeks));
}

/* "zh-CN", "en": a language has two or three letters; what stands behind it says more. */
static bool is_language(struct text t)
{
    size_t n = 0;
    while (n < t.len && t.at[n] != '-')
        n++;
    return (n == 2 || n == 3) && t.at[t.len - 1] != '-';
}

static bool value_fits(const struct attr_row *a, struct text t)
{
    long n;
    switch (a->type) {
    case TYPE_ID:
        return value_is_id(t);
    case TYPE_FACT_ID:
        return is_fact_id(t);
    case TYPE_TAG:
        return is_tag(t);
    case TYPE_INT:
        return text_int(t, a->lo, a->hi, &n);
    case TYPE_RANGE:
        return is_range(t, a->lo, a->hi);
    case TYPE_BOOL:
        return text_is(t, "yes") || text_is(t, "no");
    case TYPE_ENUM:
        return word_index(a->values, t) >= 0;
    case TYPE_LIST:
        return is_list(a->values, t);
    case TYPE_NAMES:
        return is_names(t);
    case TYPE_PATH:
        return value_is_path(t);
    case TYPE_LANG:
        return all_of(t, "-", 2, 35) && is_language(t);
    case TYPE_SURVEY:
        return is_survey_time(t);
    case TYPE_REF:
    case TYPE_REFS:
    case TYPE_TEXT:
    case TYPE_PLAIN:
    case TYPE_WHEN:
    case TYPE_VALUE:
        return text_trim(t).len > 0;
    }
    return true;
}

static void report_value(struct builder *b, const struct attr_row *a, struct text value, struct span at)
{
    char range[64];
    switch (a->type) {
    case TYPE_INT:
    case TYPE_RANGE:
        snprintf(range, sizeof range, "%d … %d", a->lo, a->hi);
        report(b, a->type == TYPE_INT ? MSG_VALUE_INT : MSG_VALUE_RANGE, at, value, text_of(range));
        return;
    case TYPE_BOOL:
        report(b, MSG_VALUE_BOOL, at, value, text_of(a->name));
        return;
    case TYPE_ENUM:
    case TYPE_LIST:
        report(b, MSG_VALUE_ENUM, at, value, text_of(a->values));
        return;
    case TYPE_FACT_ID:
        report(b, word_index(lua_words, value) >= 0 ? MSG_FACT_ID_WORD : MSG_FACT_ID, at, value, (struct text){0});
        return;
    case TYPE_PATH:
        report(b, MSG_VALUE_PATH, at, value, (struct text){0});
        return;
    case TYPE_LANG:
        report(b, MSG_VALUE_LANG, at, value, (struct text){0});
        return;
    case TYPE_SURVEY:
        report(b, MSG_VALUE_SURVEY, at, value, (struct text){0});
        return;
    case TYPE_TAG:
        report(b, MSG_VALUE_TAG, at, value, (struct text){0});
        return;
    case TYPE_NAMES:
        report(b, MSG_VALUE_NAMES, at, value, (struct text){0});
        return;
    default:
        report(b, text_trim(value).len ? MSG_VALUE_ID : MSG_VALUE_EMPTY, at, value, text_of(a->name));
        return;
    }
}

/* ---- attributes --------------------------------------------------------------------------------------------------- */

static struct text nearest_attr(enum element kind, struct text name)
{
    struct text known[32];
    size_t n = 0;
    for (const struct attr_row *a = element_row(kind)->attrs; a && a->name && n < 32; a++)
        known[n++] = text_of(a->name);
    return text_nearest(name, known, n);
}

static bool ignored_attr(const struct doc *d, uint32_t e, struct text name)
{
    return e == 1 && (text_starts(name, "xml:") || text_starts(name, "xsi:")) && !attr_in(d->kind[e], name);
}

static void check_attrs(struct builder *b, const struct doc *d, uint32_t e)
{
    const struct xml_element *x = &d->xml.elements[e];
    const struct element_row *row = element_row(d->kind[e]);
    for (uint32_t i = 0; i < x->n_attrs; i++) {
        const struct xml_attr *a = &d->xml.attrs[x->first_attr + i];
        const struct attr_row *ar = attr_in(d->kind[e], a->name);
        struct span name_at = {d->xml.file, a->name_at.from, a->name_at.to};
        if (!ar) {
            if (!ignored_attr(d, e, a->name))
                errs_add(b->es, MSG_ATTR_UNKNOWN, name_at, a->name, text_of(row->name), nearest_attr(d->kind[e], a->name));
            continue;
        }
        struct span at = {d->xml.file, a->at.from, a->at.to};
        if (!value_fits(ar, a->value))
            report_value(b, ar, a->value, at);
    }
    for (const struct attr_row *ar = row->attrs; ar && ar->name && d->whole; ar++)
        if (ar->required && !attr_find(d, e, ar->name))
            report(b, MSG_ATTR_MISSING, element_span(d, e), text_of(row->name), text_of(ar->name));
}

/* ---- children ----------------------------------------------------------------------------------------------------- */

static struct text nearest_child(enum element parent, struct text name)
{
    struct text known[64];
    size_t n = 0;
    for (const struct child_row *c = element_row(parent)->children; c && c->child && n < 64; c++)
        known[n++] = text_of(element_row(c->child)->name);
    return text_nearest(name, known, n);
}

/* Names of the elements that may hold one called NAME: "scene, ending". */
static void homes_of(struct text name, struct buf *out)
{
    for (enum element e = EL_NONE + 1; e < EL_COUNT; e++)
        if (element_in(e, name) != EL_NONE && element_row(e)->content != CONTENT_TEXT) {
            struct buf one = {0};
            buf_printf(&one, "<%s>", element_row(e)->name);
            if (!out->len || !memmem(out->at, out->len, one.at, one.len)) { /* two kinds may have one name */
                buf_str(out, out->len ? ", " : "");
                buf_text(out, buf_view(&one));
            }
            buf_done(&one);
        }
}

/* Whether E, foreign to its parent, would stand right behind it: then the parent's end tag was forgotten. */
static bool forgot_end(const struct doc *d, uint32_t e, enum element parent)
{
    uint32_t outer = d->xml.elements[d->xml.elements[e].parent].parent;
    return element_row(parent)->content == CONTENT_TEXT && outer && element_in((enum element)d->kind[outer], d->xml.elements[e].name) != EL_NONE;
}

/* True for the first of the elements that an unclosed one has swallowed. */
static bool first_swallowed(const struct doc *d, uint32_t e, enum element parent)
{
    uint32_t i = d->xml.elements[d->xml.elements[e].parent].first_child;
    while (i < e && !(d->kind[i] == EL_NONE && forgot_end(d, i, parent)))
        i = d->xml.elements[i].next;
    return i == e;
}

static void children_list(enum element parent, struct buf *out)
{
    for (const struct child_row *c = element_row(parent)->children; c && c->child; c++)
        if (element_row(c->child)->content != CONTENT_MARK)
            buf_printf(out, "%s<%s>", out->len ? " " : "", element_row(c->child)->name);
}

static void report_child(struct builder *b, const struct doc *d, uint32_t e, enum element parent)
{
    const struct xml_element *x = &d->xml.elements[e];
    struct span at = {d->xml.file, x->at.from, x->at.from + 1 + (uint32_t)x->name.len};
    struct buf list = {0};
    if (x->foreign) {
        report(b, MSG_ELEMENT_FOREIGN, at, x->name, TEXT(SCENARIO_NAMESPACE));
    } else if (parent == EL_NONE) {
        report(b, MSG_ROOT_UNKNOWN, at, x->name, (struct text){0});
    } else {
        struct text near = nearest_child(parent, x->name), inside = text_of(element_row(parent)->name);
        homes_of(x->name, &list);
        if (near.len || !list.len) {
            if (!near.len)
                children_list(parent, &list);
            errs_add(b->es, near.len ? MSG_ELEMENT_UNKNOWN : MSG_ELEMENT_STRANGE, at, x->name, inside,
                     near.len ? near : buf_view(&list));
        } else if (forgot_end(d, e, parent)) {
            if (first_swallowed(d, e, parent))
                report(b, MSG_ELEMENT_OPEN, at, x->name, inside);
        } else {
            errs_add(b->es, MSG_ELEMENT_PLACE, at, x->name, inside, buf_view(&list));
        }
    }
    buf_done(&list);
}

/* N children of ROW's rule C were found; the second and the last are SECOND and LAST. */
static void report_count(struct builder *b, const struct doc *d, const struct child_row *c, uint32_t e, uint32_t n,
                         uint32_t second, uint32_t last)
{
    struct text child = text_of(element_row(c->child)->name), parent = text_of(element_row(d->kind[e])->name);
    char most[16];
    snprintf(most, sizeof most, "%u", c->max);
    if (n == 0)
        report(b, MSG_ELEMENT_MISSING, element_span(d, e), parent, child);
    else if (c->times == TIMES_ONE || c->times == TIMES_MAYBE)
        report(b, MSG_ELEMENT_TWICE, element_span(d, second), child, parent);
    else
        errs_add(b->es, MSG_ELEMENT_MANY, element_span(d, last), child, parent, text_of(most));
}

static void check_counts(struct builder *b, const struct doc *d, uint32_t e)
{
    for (const struct child_row *c = element_row(d->kind[e])->children; c && c->child; c++) {
        uint32_t n = 0, last = 0, second = 0;
        bool seen_unknown = false;
        for (uint32_t k = d->xml.elements[e].first_child; k; k = d->xml.elements[k].next) {
            seen_unknown |= d->kind[k] == EL_NONE;
            if (d->kind[k] != c->child)
                continue;
            last = k;
            if (++n == 2)
                second = k;
        }
        bool needed = c->times == TIMES_ONE || c->times == TIMES_SOME;
        bool single = c->times == TIMES_ONE || c->times == TIMES_MAYBE;
        if ((needed && n == 0 && !seen_unknown) || (single && n > 1) || (c->max && n > c->max))
            report_count(b, d, c, e, n, second, last);
    }
}

/* ---- text --------------------------------------------------------------------------------------------------------- */

static bool has_text(const struct doc *d, uint32_t e)
{
    const struct xml_element *x = &d->xml.elements[e];
    for (uint32_t i = 0; i < x->n_pieces; i++)
        if (text_trim(d->xml.pieces[x->first_piece + i].text).len)
            return true;
    return false;
}

static bool has_block_child(const struct doc *d, uint32_t e)
{
    for (uint32_t k = d->xml.elements[e].first_child; k; k = d->xml.elements[k].next)
        if (d->kind[k] != EL_NONE && element_row(d->kind[k])->content != CONTENT_MARK)
            return true;
    return false;
}

static void check_text(struct builder *b, const struct doc *d, uint32_t e)
{
    const struct xml_element *x = &d->xml.elements[e];
    const struct element_row *row = element_row(d->kind[e]);
    bool text = has_text(d, e);
    enum content c = row->content;
    if (text && (c == CONTENT_NONE || c == CONTENT_CHILDREN || d->kind[e] == EL_VALUE || (d->kind[e] == EL_LESSON && has_block_child(d, e)))) {
        const struct xml_piece *p = &d->xml.pieces[x->first_piece];
        for (uint32_t i = 0; !text_trim(p->text).len && i + 1 < x->n_pieces; i++)
            p++;
        struct text raw = text_trim(p->text);
        uint32_t from = p->at.from;
        while (from < p->at.to && strchr(" \t\r\n", b->sources->v[d->xml.file].bytes.at[from]))
            from++;
        report(b, MSG_TEXT_HERE, (struct span){d->xml.file, from, from + (uint32_t)raw.len}, text_of(row->name),
               (struct text){0});
    }
    bool may_be_empty = c == CONTENT_NONE || c == CONTENT_CHILDREN || d->kind[e] == EL_REACTION || d->kind[e] == EL_SCRIPT ||
                        c == CONTENT_MARK;
    if (!text && !may_be_empty && !d->xml.elements[e].first_child)
        report(b, MSG_TEXT_MISSING, element_span(d, e), text_of(row->name), (struct text){0});
    if (x->inside_to - x->at.to > b->s->limits.text_bytes && (c == CONTENT_TEXT || c == CONTENT_PLAIN || c == CONTENT_MIXED))
        report(b, MSG_TEXT_TOO_LONG, element_span(d, e), text_of(row->name), (struct text){0});
}

void structure_check(struct builder *b, struct doc *d)
{
    struct xml *x = &d->xml;
    d->kind = arena_array(&b->s->arena, uint8_t, x->n_elements + 1);
    for (uint32_t e = 1; e <= x->n_elements; e++) {
        uint32_t parent = x->elements[e].parent;
        if (parent && d->kind[parent] == EL_NONE)
            continue;
        enum element within = parent ? (enum element)d->kind[parent] : EL_NONE;
        if (within != EL_NONE && element_row(within)->content == CONTENT_MARK) {
            report(b, MSG_MARK_NESTED, element_span(d, e), x->elements[e].name, text_of(element_row(within)->name));
            continue;
        }
        d->kind[e] = x->elements[e].foreign ? EL_NONE : (uint8_t)element_in(within, x->elements[e].name);
        if (d->kind[e] == EL_NONE)
            report_child(b, d, e, within);
        else
            check_attrs(b, d, e);
    }
    for (uint32_t e = 1; e <= x->n_elements && d->whole; e++)
        if (d->kind[e] != EL_NONE) {
            check_counts(b, d, e);
            check_text(b, d, e);
        }
}
