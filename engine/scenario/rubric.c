/* rubric.c -- reads a shared rubric: what is graded, by which moves, and what each level asks for. */
#include "scenario/build.h"

#include <stdlib.h>
#include <string.h>

static void report(struct builder *b, enum msg code, struct span at, struct text a1)
{
    errs_add(b->es, code, at, a1, (struct text){0}, (struct text){0});
}

static uint8_t circumstances(struct text list)
{
    uint8_t set = 0;
    struct text word;
    while (text_word(&list, &word)) {
        int i = word_index("urgent mine theirs heated lasting", word);
        if (i >= 0)
            set = (uint8_t)(set | 1 << i);
    }
    return set;
}

static void declare_ids(struct builder *b)
{
    const struct doc *d = &b->rubric_doc;
    struct rubric *r = &b->s->rubric;
    uint32_t comps = 0, moves = 0;
    for (uint32_t e = 1; e <= d->xml.n_elements; e++) {
        comps += d->kind[e] == EL_COMPETENCY;
        moves += d->kind[e] == EL_MOVE;
    }
    r->comps = arena_array(&b->s->arena, struct competency, comps + 1);
    r->moves = arena_array(&b->s->arena, struct move, moves + 1);
    for (uint32_t e = 1; e <= d->xml.n_elements; e++) {
        bool comp = d->kind[e] == EL_COMPETENCY;
        if (!comp && d->kind[e] != EL_MOVE)
            continue;
        struct text id = attr_text(d, e, "id");
        uint32_t i = comp ? ++r->n_comps : ++r->n_moves;
        if (id.len && map_add(comp ? &b->comps : &b->moves, id, i) != i)
            report(b, MSG_ID_TWICE, attr_span(d, e, "id"), id);
    }
}

static void fill_move(struct builder *b, uint32_t e, struct move *m)
{
    const struct doc *d = &b->rubric_doc;
    struct text points = attr_text(d, e, "points"), id = attr_text(d, e, "id");
    const char *dots = points.len ? memmem(points.at, points.len, "..", 2) : NULL;
    long from = 0, to = 0;
    if (dots) {
        text_int(text_from(points.at, (size_t)(dots - points.at)), POINTS_MIN, POINTS_MAX, &from);
        text_int(text_from(dots + 2, points.len - (size_t)(dots + 2 - points.at)), POINTS_MIN, POINTS_MAX, &to);
    } else if (text_int(points, POINTS_MIN, POINTS_MAX, &from)) {
        to = from;
    }
    struct text comp = attr_text(d, e, "competency");
    *m = (struct move){.name = build_name(b, id),
                       .comp = {map_find(&b->comps, comp)},
                       .from = (int8_t)from,
                       .to = (int8_t)to,
                       .flaw = attr_is(d, e, "kind", "flaw"),
                       .part = (uint8_t)(word_index("situation behaviour impact request invitation",
                                                    attr_text(d, e, "part")) + 1),
                       .mode = text_starts(id, "mode:"),
                       .apt = circumstances(attr_text(d, e, "apt")),
                       .costly = circumstances(attr_text(d, e, "costly")),
                       .title = build_words(b, d, child_of(d, e, EL_NAME)),
                       .summary = build_words(b, d, child_of(d, e, EL_SUMMARY))};
    if (!m->comp.i && comp.len)
        report_unknown(b, MSG_COMPETENCY_UNKNOWN, attr_span(d, e, "competency"), comp, &b->comps);
}

static void push_list(struct builder *b, uint32_t move)
{
    struct rubric *r = &b->s->rubric;
    array_room(r->lists, r->n_lists, b->cap_lists);
    r->lists[r->n_lists++] = move;
}

/* Groups of moves, each group "a|b" ending in 0, the list ending in one more 0. */
static uint32_t fill_list(struct builder *b, uint32_t e, const char *attr)
{
    const struct doc *d = &b->rubric_doc;
    struct text list = attr_text(d, e, attr), group, name;
    if (!list.len)
        return 0;
    if (!b->s->rubric.n_lists)
        push_list(b, 0);
    uint32_t at = b->s->rubric.n_lists;
    while (text_word(&list, &group)) {
        while (text_split(&group, '|', &name)) {
            uint32_t m = map_find(&b->moves, name);
            if (m)
                push_list(b, m);
            else
                report_unknown(b, MSG_ANCHOR_MOVE, attr_span(d, e, attr), name, &b->moves);
        }
        push_list(b, 0);
    }
    push_list(b, 0);
    return at;
}

static void fill_competency(struct builder *b, uint32_t e, struct competency *c)
{
    const struct doc *d = &b->rubric_doc;
    c->name = build_name(b, attr_text(d, e, "id"));
    c->title = build_words(b, d, child_of(d, e, EL_NAME));
    c->summary = build_words(b, d, child_of(d, e, EL_SUMMARY));
    for (uint32_t k = child_of(d, e, EL_ANCHOR); k; k = next_of(d, k)) {
        int32_t level = attr_number(d, k, "level", 0);
        if (level < 1 || level > LEVELS)
            continue;
        c->anchor[level] = build_words(b, d, k);
        c->needs[level] = fill_list(b, k, "needs");
        c->without[level] = fill_list(b, k, "without");
    }
}

static void fill_levels(struct builder *b)
{
    static const uint8_t usual[LEVELS + 1] = {0, 0, 15, 40, 65, 85};
    const struct doc *d = &b->rubric_doc;
    struct rubric *r = &b->s->rubric;
    uint32_t n = 0, first = child_of(d, 1, EL_LEVEL);
    memcpy(r->cut, usual, sizeof usual);
    for (uint32_t k = first; k; k = next_of(d, k)) {
        int32_t level = attr_number(d, k, "number", 0);
        if (level < 1 || level > LEVELS)
            continue;
        n++;
        r->cut[level] = (uint8_t)attr_number(d, k, "cut", 0);
        r->level_name[level] = build_words(b, d, child_of(d, k, EL_NAME));
    }
    bool rising = n == LEVELS || n == 0;
    for (int i = 2; i <= LEVELS; i++)
        rising &= r->cut[i] > r->cut[i - 1];
    if (first && !rising)
        report(b, MSG_LEVEL_ORDER, element_span(d, first), (struct text){0});
}

static void fill_all(struct builder *b)
{
    const struct doc *d = &b->rubric_doc;
    struct rubric *r = &b->s->rubric;
    uint32_t comp = 0, move = 0;
    r->name = build_name(b, attr_text(d, 1, "id"));
    r->version = attr_text(d, 1, "version");
    r->title = build_words(b, d, child_of(d, 1, EL_TITLE));
    fill_levels(b);
    for (uint32_t e = 2; e <= d->xml.n_elements; e++) {
        if (d->kind[e] == EL_COMPETENCY) {
            fill_competency(b, e, &r->comps[++comp]);
        } else if (d->kind[e] == EL_MOVE) {
            fill_move(b, e, &r->moves[++move]);
        } else if (d->kind[e] == EL_CIRCUMSTANCE) {
            int i = word_index("urgent mine theirs heated lasting", attr_text(d, e, "id"));
            if (i < 0)
                continue;
            r->circ_name[i] = build_words(b, d, child_of(d, e, EL_NAME));
            r->circ_summary[i] = build_words(b, d, child_of(d, e, EL_SUMMARY));
        }
    }
}

void rubric_load(struct builder *b, struct text name, uint32_t e)
{
    struct rubric *r = &b->s->rubric;
    struct doc *d = &b->rubric_doc;
    if (!value_is_id(name))
        return; /* has been reported */
    if (!build_read(b, FILE_RUBRIC, name, attr_span(&b->doc, e, "use"), &r->file))
        return;
    d->whole = xml_parse(b->sources, r->file, &b->s->limits, &b->s->arena, &d->xml, b->es);
    structure_check(b, d);
    if (!d->whole || !d->xml.n_elements || d->kind[1] != EL_RUBRIC) {
        if (d->whole && d->xml.n_elements && d->kind[1] != EL_NONE)
            errs_add(b->es, MSG_ROOT_OTHER, element_span(d, 1), d->xml.elements[1].name, TEXT("rubric"), (struct text){0});
        return;
    }
    declare_ids(b);
    fill_all(b);
}
