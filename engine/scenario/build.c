/* build.c -- pieces of the model: names, texts, conditions; and reading elements and attributes by the table.
 *
 * Texts stay where they are in the file's bytes unless white space, references or marks make a copy necessary. */
#include "scenario/build.h"

#include "scenario/mark.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- elements and attributes -------------------------------------------------------------------------------------- */

const struct xml_attr *attr_find(const struct doc *d, uint32_t e, const char *name)
{
    const struct xml_element *x = &d->xml.elements[e];
    for (uint32_t i = 0; i < x->n_attrs; i++)
        if (text_is(d->xml.attrs[x->first_attr + i].name, name))
            return &d->xml.attrs[x->first_attr + i];
    return NULL;
}

struct text attr_text(const struct doc *d, uint32_t e, const char *name)
{
    const struct xml_attr *a = attr_find(d, e, name);
    return a ? text_trim(a->value) : (struct text){0};
}

bool attr_is(const struct doc *d, uint32_t e, const char *name, const char *value)
{
    return text_is(attr_text(d, e, name), value);
}

int32_t attr_number(const struct doc *d, uint32_t e, const char *name, int32_t otherwise)
{
    long n;
    return text_int(attr_text(d, e, name), -1000000, 1000000, &n) ? (int32_t)n : otherwise;
}

uint32_t child_of(const struct doc *d, uint32_t e, enum element kind)
{
    for (uint32_t k = d->xml.elements[e].first_child; k; k = d->xml.elements[k].next)
        if (d->kind[k] == kind)
            return k;
    return 0;
}

uint32_t next_of(const struct doc *d, uint32_t e)
{
    for (uint32_t k = d->xml.elements[e].next; k; k = d->xml.elements[k].next)
        if (d->kind[k] == d->kind[e])
            return k;
    return 0;
}

struct span element_span(const struct doc *d, uint32_t e)
{
    const struct xml_element *x = &d->xml.elements[e];
    return (struct span){d->xml.file, x->at.from, x->at.from + 1 + (uint32_t)x->name.len};
}

struct span attr_span(const struct doc *d, uint32_t e, const char *name)
{
    const struct xml_attr *a = attr_find(d, e, name);
    return a ? (struct span){d->xml.file, a->at.from, a->at.to} : element_span(d, e);
}

struct range element_range(const struct doc *d, uint32_t e)
{
    return (struct range){d->xml.elements[e].at.from, d->xml.elements[e].at.to};
}

int word_index(const char *values, struct text word)
{
    struct text rest = text_of(values), one;
    for (int i = 0; text_word(&rest, &one); i++)
        if (text_eq(one, word))
            return i;
    return -1;
}

/* A name is compared with so many, and for so many errors: a file full of mistakes must not take minutes. */
enum { NEAR_NAMES = 4096, NEAR_ERRORS = 200 };

void report_unknown(struct builder *b, enum msg code, struct span at, struct text name, const struct map *known)
{
    struct text *keys = mem_new((known->n + 1) * sizeof *keys);
    uint32_t n = 0;
    for (uint32_t i = 0; i < known->cap && n < NEAR_NAMES && b->es->n < NEAR_ERRORS; i++)
        if (known->v[i].value)
            keys[n++] = known->v[i].key;
    errs_add(b->es, code, at, name, text_nearest(name, keys, n), (struct text){0});
    free(keys);
}

/* ---- names -------------------------------------------------------------------------------------------------------- */

name_id build_name(struct builder *b, struct text name)
{
    uint32_t found = map_find(&b->s->name_map, name);
    if (found)
        return (name_id){found};
    array_room(b->s->names, b->s->n_names + 1, b->cap_names);
    b->s->names[0] = (struct text){0};
    b->s->names[++b->s->n_names] = name;
    map_add(&b->s->name_map, name, b->s->n_names);
    return (name_id){b->s->n_names};
}

bool build_value_ref(const struct builder *b, struct text name, bool *fact, uint32_t *ref)
{
    *ref = map_find(&b->facts, name);
    *fact = *ref != 0;
    if (!*ref)
        *ref = map_find(&b->settings, name);
    return *ref != 0;
}

/* ---- texts -------------------------------------------------------------------------------------------------------- */

static bool is_chinese(uint32_t c)
{
    return (c >= 0x2e80 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xfaff) || (c >= 0xff00 && c <= 0xff60) ||
           (c >= 0x20000 && c <= 0x3ffff) || c == 0x2026 || c == 0x2014 || c == 0x201c || c == 0x201d;
}

void words_collapse(struct text in, struct buf *out)
{
    bool blank = false, line = false;
    uint32_t before = 0;
    for (struct text rest = in; rest.len;) {
        const char *start = rest.at;
        uint32_t c;
        text_next(&rest, &c);
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            blank = true;
            line |= c == '\n';
            continue;
        }
        if (blank && before && !(line && is_chinese(before) && is_chinese(c)))
            buf_char(out, ' ');
        blank = line = false;
        before = c;
        buf_add(out, start, (size_t)(rest.at - start));
    }
}

/* True where collapsing would change nothing. */
/* No control character, and no two blanks together. */
static bool is_collapsed(struct text t)
{
    unsigned char before = 'x';
    bool collapsed = true;
    for (size_t i = 0; i < t.len; i++) {
        unsigned char c = (unsigned char)t.at[i];
        collapsed &= c >= ' ' && (c | before) != ' ';
        before = c;
    }
    return collapsed;
}

static void raw_pieces(const struct doc *d, uint32_t e, uint32_t before, uint32_t *next, struct buf *out)
{
    const struct xml_element *x = &d->xml.elements[e];
    while (*next < x->n_pieces && d->xml.pieces[x->first_piece + *next].before == before)
        buf_text(out, d->xml.pieces[x->first_piece + (*next)++].text);
}

static void put_mark(struct builder *b, const struct doc *d, uint32_t k, struct buf *out)
{
    uint32_t next = 0, ref;
    bool fact;
    if (d->kind[k] != EL_VALUE) {
        buf_char(out, d->kind[k] == EL_EM ? MARK_EM : MARK_TERM);
        raw_pieces(d, k, 0, &next, out);
        buf_char(out, MARK_END);
        return;
    }
    struct text of = attr_text(d, k, "of");
    if (!build_value_ref(b, of, &fact, &ref)) {
        if (of.len)
            report_unknown(b, MSG_VALUE_OF_UNKNOWN, attr_span(d, k, "of"), of, b->facts.n ? &b->facts : &b->settings);
        return;
    }
    buf_char(out, MARK_VALUE);
    buf_printf(out, "%c%u", fact ? 'f' : 's', ref);
    buf_char(out, MARK_END);
}

void build_text(struct builder *b, const struct doc *d, uint32_t e, struct buf *out)
{
    struct buf raw = {0};
    uint32_t next = 0;
    for (uint32_t k = d->xml.elements[e].first_child; k; k = d->xml.elements[k].next) {
        raw_pieces(d, e, k, &next, &raw);
        if (d->kind[k] != EL_NONE && element_row(d->kind[k])->content == CONTENT_MARK)
            put_mark(b, d, k, &raw);
    }
    raw_pieces(d, e, 0, &next, &raw);
    words_collapse(buf_view(&raw), out);
    buf_done(&raw);
}

static words_id add_words(struct builder *b, const struct doc *d, struct text t, struct xml_range at, uint32_t e,
                          const char *attr)
{
    struct scenario *s = b->s;
    if (!t.len)
        return (words_id){0};
    struct language *source = &s->languages[0];
    if (s->n_words + 1 >= b->cap_words) {
        b->cap_words = b->cap_words ? b->cap_words * 2 : 256;
        source->v = mem_grow(source->v, b->cap_words * sizeof *source->v);
        s->words_at = mem_grow(s->words_at, b->cap_words * sizeof *s->words_at);
        s->words_file = mem_grow(s->words_file, b->cap_words * sizeof *s->words_file);
        b->origins = mem_grow(b->origins, b->cap_words * sizeof *b->origins);
        source->v[0] = (struct text){0};
        s->words_at[0] = (struct range){0};
        s->words_file[0] = 0;
        b->origins[0] = (struct words_origin){0};
    }
    uint32_t i = ++s->n_words;
    source->v[i] = t;
    s->words_at[i] = (struct range){at.from, at.to};
    s->words_file[i] = d->xml.file;
    b->origins[i] = (struct words_origin){e, attr, d == &b->rubric_doc};
    return (words_id){i};
}

words_id build_words(struct builder *b, const struct doc *d, uint32_t e)
{
    if (!e)
        return (words_id){0};
    const struct xml_element *x = &d->xml.elements[e];
    struct xml_range at = {x->at.to, x->inside_to};
    if (!x->first_child && x->n_pieces == 1) {
        const struct xml_piece *p = &d->xml.pieces[x->first_piece];
        struct text t = text_trim(p->text);
        if (is_collapsed(t))
            return add_words(b, d, t, at, e, NULL);
    }
    struct buf text = {0};
    build_text(b, d, e, &text);
    words_id w = text.len ? add_words(b, d, text_keep(&b->s->arena, buf_view(&text)), at, e, NULL) : (words_id){0};
    buf_done(&text);
    return w;
}

words_id build_script_words(struct builder *b, struct text t, struct span at)
{
    words_id w = add_words(b, &b->doc, t, (struct xml_range){at.from, at.to}, 0, NULL);
    b->s->words_file[w.i] = at.file;
    return w;
}

words_id build_attr_words(struct builder *b, const struct doc *d, uint32_t e, const char *attr)
{
    const struct xml_attr *a = e ? attr_find(d, e, attr) : NULL;
    if (!a)
        return (words_id){0};
    struct text t = text_trim(a->value);
    if (is_collapsed(t))
        return add_words(b, d, t, a->at, e, attr);
    struct buf text = {0};
    words_collapse(t, &text);
    words_id w = add_words(b, d, text_keep(&b->s->arena, buf_view(&text)), a->at, e, attr);
    buf_done(&text);
    return w;
}

struct text build_plain(struct builder *b, const struct doc *d, uint32_t e)
{
    struct buf text = {0};
    if (e)
        build_text(b, d, e, &text);
    struct text kept = text_keep(&b->s->arena, buf_view(&text));
    buf_done(&text);
    return kept;
}

struct text build_script(struct builder *b, const struct doc *d, uint32_t e, struct xml_range *at)
{
    const struct xml_element *x = &d->xml.elements[e];
    *at = (struct xml_range){x->at.to, x->inside_to};
    if (at->to - at->from > b->s->limits.script_bytes) {
        char most[16];
        snprintf(most, sizeof most, "%u", b->s->limits.script_bytes);
        errs_add(b->es, MSG_SCRIPT_LARGE, element_span(d, e), text_of(most), (struct text){0}, (struct text){0});
        return (struct text){0};
    }
    if (x->n_pieces == 1)
        return d->xml.pieces[x->first_piece].text;
    struct buf text = {0};
    uint32_t next = 0;
    raw_pieces(d, e, 0, &next, &text);
    struct text kept = text_keep(&b->s->arena, buf_view(&text));
    buf_done(&text);
    return kept;
}

/* ---- conditions and statements ------------------------------------------------------------------------------------ */

code_id build_code(struct builder *b, enum code_kind kind, struct text text, struct xml_range at)
{
    struct map *m = kind == CODE_WHEN ? &b->codes_when : &b->codes_do;
    if (!text_trim(text).len)
        return (code_id){0};
    uint32_t found = map_find(m, text);
    if (found)
        return (code_id){found};
    struct scenario *s = b->s;
    array_room(s->codes, s->n_codes + 1, b->cap_codes);
    s->codes[0] = (struct code){0};
    s->codes[++s->n_codes] = (struct code){.kind = (uint8_t)kind, .text = text, .at = {s->file, at.from, at.to}};
    map_add(m, text, s->n_codes);
    return (code_id){s->n_codes};
}

code_id build_when(struct builder *b, uint32_t e, const char *attr)
{
    const struct xml_attr *a = attr_find(&b->doc, e, attr);
    return a ? build_code(b, CODE_WHEN, a->value, a->at) : (code_id){0};
}
