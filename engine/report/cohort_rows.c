/* cohort_rows.c -- a group for other programs: one JSON object, or a table. */
#include "base/csv.h"
#include "base/json.h"
#include "report/cohort.h"

static void put_total(struct json_out *o, const char *name, const struct kept_total *t)
{
    if (t->people < KEPT_COHORT_LEAST)
        return;
    json_key(o, name);
    json_open_object(o);
    json_put_int(o, "people", t->people);
    json_put_int(o, "conversations", t->sessions);
    json_put_int(o, "places", t->places);
    json_put_int(o, "taken", t->taken);
    json_put_int(o, "got", t->got);
    json_put_int(o, "best", t->best);
    json_put_int(o, "chance", t->chance); /* thousandths */
    json_close_object(o);
}

static void put_comp(struct json_out *o, const struct cohort_comp *comp)
{
    json_open_object(o);
    json_put_text(o, "competency", comp->id);
    json_put_text(o, "title", comp->title);
    put_total(o, "first", &comp->first);
    put_total(o, "again", &comp->again);
    json_key(o, "moves");
    json_open_array(o);
    for (uint32_t i = 0; i < comp->n_moves; i++) {
        const struct kept_move_total *m = &comp->moves[i];
        if (m->people < KEPT_COHORT_LEAST)
            continue;
        json_open_object(o);
        json_put_text(o, "move", m->move);
        json_put_bool(o, "flaw", m->flaw);
        json_put_int(o, "people", m->people);
        json_put_int(o, "taken", m->taken);
        json_put_int(o, "offered", m->offered);
        json_close_object(o);
    }
    json_close_array(o);
    json_close_object(o);
}

/* One question; sums and people of each time that enough answered. */
static void put_item(struct json_out *o, const struct cohort_item *q)
{
    static const char *const times[WIRE_SURVEY_WHENS] = {[WIRE_BEFORE] = "before", [WIRE_AFTER] = "after", [WIRE_WEEKS] = "later"};
    json_open_object(o);
    json_put_text(o, "scenario", q->scenario);
    json_put_text(o, "item", q->item);
    json_put_int(o, "steps", q->steps);
    for (int when = WIRE_BEFORE; when < WIRE_SURVEY_WHENS; when++) {
        if (q->asked[when].people < KEPT_COHORT_LEAST)
            continue;
        json_key(o, times[when]);
        json_open_object(o);
        json_put_int(o, "people", q->asked[when].people);
        json_put_int(o, "sum", q->asked[when].sum);
        json_close_object(o);
    }
    json_close_object(o);
}

void cohort_json(const struct cohort *c, struct buf *out)
{
    struct json_out o = json_to(out);
    json_open_object(&o);
    json_put_int(&o, "people", c->people);
    json_put_int(&o, "conversations", c->sessions);
    json_put_bool(&o, "shown", cohort_shows(c));
    json_key(&o, "competencies");
    json_open_array(&o);
    for (uint32_t i = 0; cohort_shows(c) && i < c->n_comps; i++)
        put_comp(&o, &c->comps[i]);
    json_close_array(&o);
    json_key(&o, "endings");
    json_open_array(&o);
    for (uint32_t i = 0; cohort_shows(c) && i < c->n_endings; i++) {
        if (c->endings[i].people < KEPT_COHORT_LEAST)
            continue;
        json_open_object(&o);
        json_put_text(&o, "scenario", c->endings[i].scenario);
        json_put_text(&o, "ending", c->endings[i].ending);
        json_put_int(&o, "conversations", c->endings[i].sessions);
        json_put_int(&o, "people", c->endings[i].people);
        json_close_object(&o);
    }
    json_close_array(&o);
    json_key(&o, "questions");
    json_open_array(&o);
    for (uint32_t i = 0; cohort_shows(c) && i < c->n_items; i++)
        if (c->items[i].steps) /* of a scale */
            put_item(&o, &c->items[i]);
    json_close_array(&o);
    json_close_object(&o);
    buf_char(out, '\n');
}

static struct text number(struct arena *a, int64_t n)
{
    struct buf b = {0};
    buf_int(&b, n);
    return doc_keep(a, &b);
}

static void csv_total(const struct cohort_comp *comp, const char *kind, const struct kept_total *t, struct buf *out)
{
    struct arena a = {0};
    const struct text fields[] = {comp->id, text_of(kind), number(&a, t->people), number(&a, t->sessions), number(&a, t->places),
                                  number(&a, t->taken), number(&a, t->got), number(&a, t->best), number(&a, t->chance)};
    if (t->people >= KEPT_COHORT_LEAST)
        csv_row(out, fields, sizeof fields / sizeof *fields);
    arena_done(&a);
}

void cohort_csv(const struct cohort *c, bool mark, struct buf *out)
{
    const struct text head[] = {TEXT("competency"), TEXT("plays"), TEXT("people"), TEXT("conversations"), TEXT("places"),
                                TEXT("taken"), TEXT("got"), TEXT("best"), TEXT("chance_thousandths")};
    if (mark)
        csv_mark(out);
    csv_row(out, head, sizeof head / sizeof *head);
    for (uint32_t i = 0; cohort_shows(c) && i < c->n_comps; i++) {
        csv_total(&c->comps[i], "first", &c->comps[i].first, out);
        csv_total(&c->comps[i], "again", &c->comps[i].again, out);
    }
}
