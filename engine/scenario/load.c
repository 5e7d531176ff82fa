/* load.c -- from a reader's bytes to a scenario.
 *
 * All that is found wrong on the way is reported, so every stage goes on as long as there is something to look at: a
 * file that is not well-formed is still looked through for misspelt names, and a scenario with a wrong reference is
 * still checked for everything else. */
#include "scenario/build.h"

#include "scenario/code_resolve.h"

#include <stdlib.h>
#include <string.h>

/* ---- the digest --------------------------------------------------------------------------------------------------- */

static const char *const kind_names[] = {"", "scenario", "local", "rubric", "script-use", "script-src", "po"};

void digest_file(struct builder *b, enum file_kind kind, struct text name, struct text bytes)
{
    struct buf full = {0};
    struct digest d;
    array_room(b->parts, b->n_parts, b->cap_parts);
    struct digest_part *p = &b->parts[b->n_parts++];
    buf_printf(&full, "%s ", kind_names[kind]);
    buf_text(&full, name);
    p->name = text_keep(&b->s->arena, buf_view(&full));
    buf_done(&full);
    digest_init(&d);
    digest_add(&d, bytes);
    digest_end(&d, p->digest);
}

static int by_name(const void *x, const void *y)
{
    const struct digest_part *a = x, *b = y;
    return text_cmp(a->name, b->name);
}

static void take_digest(struct builder *b)
{
    struct digest d;
    digest_init(&d);
    qsort(b->parts, b->n_parts, sizeof *b->parts, by_name);
    for (uint32_t i = 0; i < b->n_parts; i++) {
        digest_part(&d, b->parts[i].name);
        digest_part(&d, text_from((const char *)b->parts[i].digest, DIGEST_BYTES));
    }
    digest_end(&d, b->s->digest);
}

/* ---- stages ------------------------------------------------------------------------------------------------------- */

static bool read_scenario(struct builder *b)
{
    struct scenario *s = b->s;
    struct doc *d = &b->doc;
    if (!build_read(b, FILE_SCENARIO, (struct text){0}, (struct span){0}, &s->file))
        return false;
    d->whole = xml_parse(b->sources, s->file, &s->limits, &s->arena, &d->xml, b->es);
    structure_check(b, d);
    if (!d->whole || !d->xml.n_elements)
        return false;
    if (d->kind[1] != EL_SCENARIO && d->kind[1] != EL_NONE)
        errs_add(b->es, MSG_ROOT_OTHER, element_span(d, 1), d->xml.elements[1].name, TEXT("scenario"), (struct text){0});
    return d->kind[1] == EL_SCENARIO;
}

static void read_local(struct builder *b)
{
    struct file_bytes f = {0};
    struct doc *d = &b->local_doc;
    uint32_t file;
    enum read_answer answer = b->reader->read(b->reader->self, FILE_LOCAL, (struct text){0}, &f);
    if (answer == READ_NONE)
        return;
    struct span at = {b->s->file, 0, 0};
    if (!build_read(b, FILE_LOCAL, (struct text){0}, at, &file))
        return;
    d->whole = xml_parse(b->sources, file, &b->s->limits, &b->s->arena, &d->xml, b->es);
    structure_check(b, d);
    if (d->whole && d->xml.n_elements && d->kind[1] != EL_LOCAL && d->kind[1] != EL_NONE)
        errs_add(b->es, MSG_ROOT_OTHER, element_span(d, 1), d->xml.elements[1].name, TEXT("local"), (struct text){0});
}

static void resolve_scripts(struct builder *b)
{
    struct scenario *s = b->s;
    s->move_mark = arena_array(&s->arena, uint32_t, s->rubric.n_moves + 1);
    codes_resolve(s, b->es);
    s->script_words_id = arena_array(&s->arena, words_id, s->n_script_words + 1);
    for (uint32_t i = 0; i < s->n_script_words; i++)
        s->script_words_id[i] = build_script_words(b, s->script_words[i], (struct span){s->file, 0, 0});
}

static void name_places(struct builder *b)
{
    struct scenario *s = b->s;
    s->places = arena_array(&s->arena, uint32_t, s->n_names + 1);
    for (uint32_t i = 1; i <= s->n_names; i++)
        s->places[i] = map_find(&b->places, s->names[i]);
}

static void build(struct builder *b)
{
    struct scenario *s = b->s;
    const struct doc *d = &b->doc;
    struct text lang = attr_text(d, 1, "xml:lang");
    array_room(s->languages, s->n_languages, b->cap_languages);
    s->languages[s->n_languages++] = (struct language){lang, NULL};
    s->lang = lang;
    s->version = attr_text(d, 1, "version");
    s->id = build_name(b, attr_text(d, 1, "id"));
    read_local(b);
    declare_all(b);
    fill_world(b);
    fill_scenes(b);
    name_places(b);
    resolve_scripts(b);
    translate_all(b);
    scenario_words_values(s);
    if (b->reader->contexts)
        contexts_keep(b);
    take_digest(b);
}

static void builder_done(struct builder *b)
{
    struct map *maps[] = {&b->places, &b->roles, &b->facts,      &b->settings, &b->lessons,
                          &b->comps,  &b->moves, &b->codes_when, &b->codes_do};
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
        map_done(maps[i]);
    xml_done(&b->doc.xml);
    xml_done(&b->rubric_doc.xml);
    xml_done(&b->local_doc.xml);
    free(b->id_of);
    free(b->stretches);
    free(b->parts);
    free(b->origins);
}

struct scenario *scenario_load(const struct reader *reader, const struct limits *limits, struct errs *es)
{
    struct scenario *s = mem_new(sizeof *s);
    *s = (struct scenario){.limits = limits ? *limits : LIMITS_DEFAULT, .pass = -1};
    struct builder b = {.s = s, .reader = reader, .es = es, .sources = &s->sources};
    s->readable = read_scenario(&b);
    if (s->readable) {
        build(&b);
        marks_give(s);
    }
    builder_done(&b);
    return s;
}
