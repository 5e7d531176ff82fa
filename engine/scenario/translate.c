/* translate.c -- texts in other languages: PO entries find their texts by context.
 *
 * A context is the path of ids to a text, such as "first-reply/reflect/says"; what may repeat and has no id carries its
 * number, "opening/line.2".  The same rule makes the contexts of `rehearse po`. */
#include "scenario/build.h"

#include "scenario/mark.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- contexts ----------------------------------------------------------------------------------------------------- */

static bool repeats(enum element parent, enum element child)
{
    for (const struct child_row *c = element_row(parent)->children; c && c->child; c++)
        if (c->child == child)
            return c->times == TIMES_ANY || c->times == TIMES_SOME;
    return false;
}

/* A piece of a path that is itself, whatever stands above it; false where the parent's path comes first. */
static bool write_own(const struct doc *d, uint32_t e, struct buf *out)
{
    struct text id = attr_text(d, e, "id"), when = attr_text(d, e, "when");
    switch (d->kind[e]) {
    case EL_SCENE:
    case EL_ENDING:
    case EL_DECISION:
    case EL_RECALL:
    case EL_TOPICS:
    case EL_DISCUSS:
    case EL_ASK:
    case EL_COMPOSE:
    case EL_GAUGE:
    case EL_FLAG:
    case EL_COUNTER:
    case EL_ONE_OF:
        buf_text(out, id);
        return true;
    case EL_ROLE:
        buf_str(out, "cast/");
        buf_text(out, id);
        return true;
    case EL_SETTING:
    case EL_LESSON:
    case EL_CIRCUMSTANCE:
    case EL_COMPETENCY:
    case EL_MOVE:
        buf_printf(out, "%s/", element_row(d->kind[e])->name);
        buf_text(out, id);
        return true;
    case EL_LEVEL:
        buf_str(out, "level/");
        buf_text(out, attr_text(d, e, "number"));
        return true;
    case EL_SURVEY:
        buf_str(out, "survey-");
        for (size_t i = 0; i < when.len; i++)
            buf_char(out, when.at[i] == ':' ? '-' : when.at[i]);
        return true;
    case EL_INFO:
    case EL_CAST:
    case EL_DEBRIEF:
        buf_str(out, element_row(d->kind[e])->name);
        return true;
    default:
        return false;
    }
}

static uint32_t ordinal_of(const struct doc *d, uint32_t e)
{
    uint32_t n = 1;
    for (uint32_t k = d->xml.elements[d->xml.elements[e].parent].first_child; k && k != e; k = d->xml.elements[k].next)
        n += d->kind[k] == d->kind[e];
    return n;
}

/* Paths are at most four pieces long, so this goes up at most four times. */
static void write_path(const struct doc *d, uint32_t e, struct buf *out)
{
    if (write_own(d, e, out))
        return;
    uint32_t parent = d->xml.elements[e].parent;
    if (parent > 1) {
        write_path(d, parent, out);
        buf_char(out, '/');
    }
    struct text id = attr_text(d, e, "id");
    if (id.len) {
        buf_text(out, id);
        return;
    }
    buf_str(out, element_row(d->kind[e])->name);
    if (parent && repeats(d->kind[parent], d->kind[e]))
        buf_printf(out, ".%u", ordinal_of(d, e));
}

void words_context(const struct builder *b, words_id w, struct buf *out)
{
    const struct words_origin *o = &b->origins[w.i];
    const struct doc *d = o->rubric ? &b->rubric_doc : &b->doc;
    if (!o->element) {
        buf_str(out, "script");
        return;
    }
    write_path(d, o->element, out);
    if (o->attr)
        buf_printf(out, "/%s", o->attr);
}

/* ---- marks as they are written ------------------------------------------------------------------------------------ */

static bool parse_mark(const struct builder *b, struct text *rest, bool *open, struct buf *out)
{
    struct text t = *rest;
    const char *end = memchr(t.at, '>', t.len);
    if (!end)
        return false;
    struct text tag = text_from(t.at, (size_t)(end - t.at) + 1), name = tag;
    bool fact;
    uint32_t ref;
    *rest = text_from(end + 1, t.len - tag.len);
    if (text_is(tag, "<em>") || text_is(tag, "<term>")) {
        buf_char(out, text_is(tag, "<em>") ? MARK_EM : MARK_TERM);
        return !*open && (*open = true);
    }
    if (text_is(tag, "</em>") || text_is(tag, "</term>")) {
        buf_char(out, MARK_END);
        return *open && !(*open = false);
    }
    if (!text_starts(tag, "<value of=\"") || *open)
        return false;
    name.at += 11, name.len -= 11;
    const char *quote = memchr(name.at, '"', name.len);
    if (!quote || !build_value_ref(b, text_from(name.at, (size_t)(quote - name.at)), &fact, &ref))
        return false;
    buf_char(out, MARK_VALUE);
    buf_printf(out, "%c%u", fact ? 'f' : 's', ref);
    buf_char(out, MARK_END);
    return true;
}

bool words_parse(const struct builder *b, struct text written, struct buf *out)
{
    bool open = false;
    while (written.len) {
        if (text_starts(written, "&lt;")) {
            buf_char(out, '<');
            written.at += 4, written.len -= 4;
        } else if (written.at[0] == '<') {
            if (!parse_mark(b, &written, &open, out))
                return false;
        } else {
            unsigned char c = (unsigned char)written.at[0];
            buf_char(out, c < ' ' ? ' ' : (char)c);
            written.at++, written.len--;
        }
    }
    return !open;
}

/* The values of a text, as a sum that does not depend on their order. */
static uint64_t values_in(struct text t)
{
    uint64_t sum = 0;
    for (struct run r; mark_next(&t, &r);)
        if (r.mark == MARK_VALUE)
            sum += (uint64_t)r.ref * 2654435761u + (r.fact ? 7919u : 104729u);
    return sum;
}

/* ---- one PO file -------------------------------------------------------------------------------------------------- */

struct translation {
    struct builder *b;
    struct language *lang;
    struct map *contexts;      /* context -> words_id, of this owner's texts */
    const struct map *reasons; /* a literal reason of a script -> its number from 1 */
    bool *unfit;               /* by words_id: a translation is there, and why it is not shown was said */
    uint32_t file;             /* number of the PO file among the sources */
};

static void say(struct translation *t, enum msg code, uint32_t line, struct text a1, struct text a2)
{
    uint32_t at = line ? line - 1 : 0;
    errs_add(t->b->es, code, (struct span){t->file, at, at}, a1, a2, (struct text){0});
}

static uint32_t words_of_entry(const struct translation *t, const struct po_entry *e)
{
    if (!text_is(e->ctx, "script"))
        return map_find(t->contexts, e->ctx);
    uint32_t found = map_find(t->reasons, e->id);
    return found ? t->b->s->script_words_id[found - 1].i : 0;
}

static void take_entry(struct translation *t, const struct po_entry *e, struct buf *scratch)
{
    struct builder *b = t->b;
    uint32_t w = words_of_entry(t, e);
    if (!w) {
        say(t, MSG_PO_ORPHAN, e->line, e->ctx, (struct text){0});
        return;
    }
    struct text source = b->s->languages[0].v[w];
    buf_reset(scratch);
    mark_write(b->s, source, scratch);
    if (e->fuzzy || !text_eq(buf_view(scratch), e->id)) {
        t->unfit[w] = e->str.len > 0;
        if (e->str.len)
            say(t, e->fuzzy ? MSG_PO_FUZZY : MSG_PO_CHANGED, e->line, e->ctx, (struct text){0});
        return;
    }
    buf_reset(scratch);
    if (!e->str.len)
        return;
    t->unfit[w] = e->str.len > b->s->limits.text_bytes;
    if (t->unfit[w]) {
        say(t, MSG_PO_LONG, e->line, e->ctx, (struct text){0});
        return;
    }
    t->unfit[w] = !words_parse(b, e->str, scratch) || values_in(buf_view(scratch)) != values_in(source);
    if (t->unfit[w])
        say(t, MSG_PO_MARKS, e->line, e->ctx, (struct text){0});
    else
        t->lang->v[w] = text_keep(&b->s->arena, buf_view(scratch));
}

/* A PO file's bytes stay with the host.  Here it is as many empty lines, so that its places have lines. */
static uint32_t add_po_source(struct builder *b, struct text name, const struct po_entry *v, uint32_t n)
{
    uint32_t lines = 1;
    for (uint32_t i = 0; i < n; i++)
        lines = v[i].line > lines ? v[i].line : lines;
    if (lines > b->s->limits.file_bytes)
        lines = b->s->limits.file_bytes;
    char *bytes = arena_push(&b->s->arena, lines);
    memset(bytes, '\n', lines);
    return sources_add(b->sources, text_keep(&b->s->arena, name), text_from(bytes, lines));
}

static void digest_po(struct builder *b, enum file_kind owner, struct text lang, const struct po_entry *v, uint32_t n)
{
    struct buf all = {0}, name = {0};
    for (uint32_t i = 0; i < n; i++) {
        struct text parts[3] = {v[i].ctx, v[i].id, v[i].str};
        for (int k = 0; k < 3; k++) {
            buf_text(&all, parts[k]);
            buf_char(&all, '\0');
        }
        buf_char(&all, v[i].fuzzy ? '1' : '0');
    }
    buf_str(&name, owner == FILE_RUBRIC ? "rubric " : "scenario ");
    buf_text(&name, lang);
    digest_file(b, FILE_PO, buf_view(&name), buf_view(&all));
    buf_done(&all);
    buf_done(&name);
}

static void report_missing(struct translation *t, bool rubric)
{
    enum { EACH = 20 };
    struct builder *b = t->b;
    const struct scenario *s = b->s;
    struct buf ctx = {0};
    uint32_t missing = 0;
    for (uint32_t w = 1; w <= s->n_words; w++)
        missing += b->origins[w].rubric == rubric && !t->lang->v[w].len && !t->unfit[w];
    for (uint32_t w = 1, said = 0; w <= s->n_words && said < EACH && missing; w++) {
        if (b->origins[w].rubric != rubric || t->lang->v[w].len || t->unfit[w])
            continue;
        buf_reset(&ctx);
        words_context(b, (words_id){w}, &ctx);
        if (++said == EACH && missing > EACH)
            buf_printf(&ctx, " (+%u)", missing - EACH);
        errs_add(b->es, MSG_PO_MISSING, (struct span){s->words_file[w], s->words_at[w].from, s->words_at[w].to}, t->lang->tag,
                 buf_view(&ctx), (struct text){0});
    }
    buf_done(&ctx);
}

static void contexts_of(struct builder *b, bool rubric, struct map *m)
{
    struct buf ctx = {0};
    for (uint32_t w = 1; w <= b->s->n_words; w++) {
        if (b->origins[w].rubric != rubric || !b->origins[w].element)
            continue;
        buf_reset(&ctx);
        words_context(b, (words_id){w}, &ctx);
        map_add(m, text_keep(&b->s->arena, buf_view(&ctx)), w);
    }
    buf_done(&ctx);
}

static void translate_owner(struct builder *b, struct language *lang, enum file_kind owner, struct map *contexts)
{
    const struct po_entry *v = NULL;
    uint32_t n = 0;
    struct text name = {0}, use = owner == FILE_RUBRIC ? scenario_name(b->s, b->s->rubric.name) : (struct text){0};
    enum read_answer answer = b->reader->read_po(b->reader->self, owner, use, lang->tag, &name, &v, &n);
    if (answer != READ_OK && owner == FILE_RUBRIC)
        return;
    struct translation t = {.b = b, .lang = lang, .contexts = contexts, .reasons = &b->reasons};
    struct buf scratch = {0};
    if (!name.len) {
        buf_text(&scratch, lang->tag);
        buf_str(&scratch, ".po");
        name = text_keep(&b->s->arena, buf_view(&scratch));
    }
    struct po_entry fault = {.line = answer == READ_FAILED && n ? n : 1};
    t.file = add_po_source(b, name, answer == READ_OK ? v : &fault, answer == READ_OK ? n : 1);
    if (answer != READ_OK) {
        say(&t, answer == READ_FAILED ? MSG_PO_SYNTAX : read_message(answer, false), fault.line, name, (struct text){0});
        digest_po(b, owner, lang->tag, v, 0);
        buf_done(&scratch);
        return;
    }
    t.unfit = arena_array(&b->s->arena, bool, b->s->n_words + 1);
    for (uint32_t i = 0; i < n; i++)
        if (v[i].ctx.len)
            take_entry(&t, &v[i], &scratch);
    digest_po(b, owner, lang->tag, v, n);
    report_missing(&t, owner == FILE_RUBRIC);
    buf_done(&scratch);
}

/* Gives LANG what the rubric says in FROM. */
static void rubric_words(struct builder *b, struct language *lang, const struct language *from)
{
    for (uint32_t w = 1; w <= b->s->n_words; w++)
        if (b->origins[w].rubric && from->v[w].len)
            lang->v[w] = from->v[w];
}

/* A rubric is written in a language of its own: a scenario in another one has its words from the rubric's PO file. */
static void translate_rubric_to_source(struct builder *b, struct map *contexts)
{
    struct scenario *s = b->s;
    struct language own = {s->lang, arena_array(&s->arena, struct text, s->n_words + 1)};
    translate_owner(b, &own, FILE_RUBRIC, contexts);
    rubric_words(b, &s->languages[0], &own);
}

void translate_all(struct builder *b)
{
    struct scenario *s = b->s;
    struct map own = {0}, rubric = {0};
    struct text rubric_lang = s->rubric.n_comps ? attr_text(&b->rubric_doc, 1, "xml:lang") : s->lang;
    bool foreign = !text_eq(rubric_lang, s->lang) && b->reader->read_po;
    if (b->reader->n_langs || foreign) {
        contexts_of(b, false, &own);
        contexts_of(b, true, &rubric);
        for (uint32_t i = 0; i < s->n_script_words; i++)
            map_add(&b->reasons, s->script_words[i], i + 1);
    }
    for (uint32_t i = 0; i < b->reader->n_langs && b->reader->read_po; i++) {
        if (text_eq(b->reader->langs[i], s->lang))
            continue;
        array_room(s->languages, s->n_languages, b->cap_languages);
        struct language *lang = &s->languages[s->n_languages++];
        *lang = (struct language){text_keep(&s->arena, b->reader->langs[i]), NULL};
        lang->v = arena_array(&s->arena, struct text, s->n_words + 1);
        translate_owner(b, lang, FILE_SCENARIO, &own);
        if (text_eq(lang->tag, rubric_lang))
            rubric_words(b, lang, &s->languages[0]);
        else if (s->rubric.n_comps)
            translate_owner(b, lang, FILE_RUBRIC, &rubric);
    }
    if (foreign) /* last: until here languages[0] holds what the rubric's PO files translate */
        translate_rubric_to_source(b, &rubric);
    map_done(&own);
    map_done(&rubric);
    map_done(&b->reasons);
}

void contexts_keep(struct builder *b)
{
    struct scenario *s = b->s;
    struct buf ctx = {0};
    s->contexts = arena_array(&s->arena, struct text, s->n_words + 1);
    for (uint32_t w = 1; w <= s->n_words; w++) {
        if (b->origins[w].rubric)
            continue;
        buf_reset(&ctx);
        words_context(b, (words_id){w}, &ctx);
        s->contexts[w] = text_keep(&s->arena, buf_view(&ctx));
    }
    buf_done(&ctx);
}
