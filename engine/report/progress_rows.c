/* progress_rows.c -- how practice adds up, for other programs: one JSON object, or a table. */
#include "report/progress.h"

#include "base/csv.h"
#include "base/json.h"

static void put_if(struct json_out *o, const char *name, struct text t)
{
    if (t.len)
        json_put_text(o, name, t);
}

static void put_moves(struct json_out *o, const char *name, const struct progress_move *v, uint32_t n)
{
    json_key(o, name);
    json_open_array(o);
    for (uint32_t i = 0; i < n; i++) {
        json_open_object(o);
        json_put_text(o, "move", v[i].id);
        put_if(o, "title", v[i].title);
        json_put_bool(o, "flaw", v[i].flaw);
        json_put_int(o, "taken", v[i].taken);
        json_put_int(o, "offered", v[i].offered);
        json_close_object(o);
    }
    json_close_array(o);
}

static void put_points(struct json_out *o, const struct progress_comp *c)
{
    json_key(o, "points");
    json_open_array(o);
    for (uint32_t i = 0; i < c->n_points; i++) {
        json_open_object(o);
        json_put_int(o, "at", c->points[i].at);
        json_put_int(o, "places", c->points[i].pieces);
        json_put_int(o, "quality", progress_percent(&c->points[i]));
        json_close_object(o);
    }
    json_close_array(o);
}

static void put_comp(struct json_out *o, const struct progress_comp *c)
{
    json_open_object(o);
    json_put_text(o, "competency", c->id);
    put_if(o, "title", c->title);
    json_put_text(o, "says", term_word(&says_terms, c->says));
    json_put_int(o, "places", c->places);
    json_put_int(o, "taken", c->taken);
    json_put_int(o, "conversations", c->sessions);
    json_put_int(o, "chairs", c->n_seats);
    json_put_int(o, "self", c->self);
    json_put_int(o, "again-places", c->again_places);
    json_put_int(o, "again-taken", c->again_taken);
    if (c->measured) { /* thousandths */
        json_put_int(o, "quality", c->quality);
        json_put_int(o, "low", c->low);
        json_put_int(o, "high", c->high);
    }
    if (c->level) {
        json_put_int(o, "level", c->level);
        put_if(o, "level-name", c->level_name);
        put_if(o, "anchor", c->anchor);
    }
    if (c->near)
        json_put_int(o, "near", c->near);
    put_points(o, c);
    put_moves(o, "moves", c->moves, c->n_moves);
    json_close_object(o);
}

static void put_pairs(struct json_out *o, const struct progress *p)
{
    json_key(o, "questions");
    json_open_array(o);
    for (uint32_t i = 0; i < p->n_pairs; i++) {
        json_open_object(o);
        json_put_text(o, "scenario", p->pairs[i].scenario);
        json_put_text(o, "item", p->pairs[i].item);
        if (p->pairs[i].before)
            json_put_int(o, "before", p->pairs[i].before);
        if (p->pairs[i].after)
            json_put_int(o, "after", p->pairs[i].after);
        if (p->pairs[i].later)
            json_put_int(o, "later", p->pairs[i].later);
        json_close_object(o);
    }
    json_close_array(o);
}

void progress_json(const struct progress *p, struct buf *out)
{
    struct json_out o = json_to(out);
    json_open_object(&o);
    json_put_text(&o, "trainee", p->name);
    json_put_int(&o, "conversations", p->sessions);
    json_put_int(&o, "ended", p->ended);
    json_put_int(&o, "scenarios", p->scenarios);
    json_key(&o, "competencies");
    json_open_array(&o);
    for (uint32_t i = 0; i < p->n_comps; i++)
        if (p->comps[i].judged)
            put_comp(&o, &p->comps[i]);
    json_close_array(&o);
    json_put_int(&o, "conflicts", p->conflicts);
    json_put_int(&o, "fit-taken", p->fit_taken);
    json_put_int(&o, "fit-offered", p->fit_offered);
    put_moves(&o, "modes", p->modes, p->n_modes);
    put_pairs(&o, p);
    json_close_object(&o);
    buf_char(out, '\n');
}

static struct text number(struct arena *a, bool there, int64_t n)
{
    struct buf b = {0};
    if (there)
        buf_int(&b, n);
    return doc_keep(a, &b);
}

static void csv_comp(const struct progress_comp *c, struct buf *out)
{
    struct arena a = {0};
    const struct text fields[] = {c->id, c->title, term_word(&says_terms, c->says), number(&a, true, c->places), number(&a, true, c->taken),
                                  number(&a, true, c->sessions), number(&a, true, c->n_seats), number(&a, true, c->self),
                                  number(&a, true, c->again_places), number(&a, true, c->again_taken), number(&a, c->measured, c->quality),
                                  number(&a, c->measured, c->low), number(&a, c->measured, c->high), number(&a, c->level > 0, c->level),
                                  c->level ? c->level_name : (struct text){0}};
    csv_row(out, fields, sizeof fields / sizeof *fields);
    arena_done(&a);
}

void progress_csv(const struct progress *p, bool mark, struct buf *out)
{
    const struct text head[] = {TEXT("competency"), TEXT("title"), TEXT("says"), TEXT("places"), TEXT("taken"), TEXT("conversations"),
                                TEXT("chairs"), TEXT("self"), TEXT("again_places"), TEXT("again_taken"), TEXT("quality_thousandths"),
                                TEXT("low_thousandths"), TEXT("high_thousandths"), TEXT("level"), TEXT("level_name")};
    if (mark)
        csv_mark(out);
    csv_row(out, head, sizeof head / sizeof *head);
    for (uint32_t i = 0; i < p->n_comps; i++)
        if (p->comps[i].judged)
            csv_comp(&p->comps[i], out);
}
