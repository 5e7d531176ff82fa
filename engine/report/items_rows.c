/* items_rows.c -- item analysis for other programs: as one JSON object, or as rows. */
#include "report/items.h"

#include "base/csv.h"
#include "base/json.h"

#include <math.h>
#include <stdio.h>

static const struct {
    unsigned look;
    const char *name;
} names[] = {{LOOK_HARD, "hard"}, {LOOK_EASY, "easy"}, {LOOK_WEAK, "weak"}, {LOOK_KEY, "key"}, {LOOK_RARE, "rare"}, {LOOK_UPSIDE_DOWN, "upside-down"}};

/* ---- JSON ---- */

static void put_figure(struct json_out *o, const char *key, double x)
{
    char text[32];
    if (isnan(x))
        return;
    snprintf(text, sizeof text, "%.3f", x == 0 ? 0 : x);
    json_key(o, key);
    json_raw(o, text_of(text));
}

static void put_looks(struct json_out *o, unsigned looks)
{
    if (!looks)
        return;
    json_key(o, "looks");
    json_open_array(o);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (looks & names[i].look)
            json_str(o, text_of(names[i].name));
    json_close_array(o);
}

static void put_options(struct json_out *o, const struct items_decision *d)
{
    json_key(o, "options");
    json_open_array(o);
    for (uint32_t i = 0; i < d->n_options && d->met >= KEPT_COHORT_LEAST; i++) {
        const struct items_option *x = &d->options[i];
        json_open_object(o);
        json_put_text(o, "option", x->option);
        json_put_text(o, "words", x->words);
        json_put_int(o, "points", x->points);
        json_put_int(o, "taken", x->taken);
        if (d->met >= ITEMS_FIGURES)
            put_figure(o, "share", (double)x->taken / d->met);
        if (d->n_high && d->n_low) {
            json_put_int(o, "upper", x->high);
            json_put_int(o, "lower", x->low);
        }
        put_looks(o, x->looks);
        json_close_object(o);
    }
    json_close_array(o);
}

static void put_items(struct json_out *o, const struct items *m, struct text decision)
{
    json_key(o, "items");
    json_open_array(o);
    for (uint32_t i = 0; i < m->n_items; i++) {
        const struct items_item *x = &m->items[i];
        if (!text_eq(x->decision, decision))
            continue;
        json_open_object(o);
        json_put_text(o, "competency", x->competency);
        if (x->slot.len)
            json_put_text(o, "slot", x->slot);
        json_put_int(o, "people", x->met);
        put_figure(o, "difficulty", x->share);
        put_figure(o, "rest", x->rest);
        json_put_int(o, "rest-people", x->rest_people);
        put_looks(o, x->looks);
        json_close_object(o);
    }
    json_close_array(o);
}

static void put_scales(struct json_out *o, const struct items *m)
{
    json_key(o, "reliability");
    json_open_array(o);
    for (uint32_t i = 0; i < m->n_scales; i++) {
        const struct items_scale *s = &m->scales[i];
        json_open_object(o);
        json_put_text(o, "competency", s->competency);
        json_put_int(o, "people", s->people);
        json_put_int(o, "decisions", s->items);
        put_figure(o, "alpha", s->alpha);
        put_figure(o, "split-half", s->half);
        json_close_object(o);
    }
    json_close_array(o);
}

void items_json(const struct items *m, struct buf *out)
{
    struct json_out o = json_to(out);
    json_open_object(&o);
    json_put_text(&o, "scenario", m->scenario);
    json_put_text(&o, "version", m->version);
    json_put_bool(&o, "shown", items_shows(m));
    if (items_shows(m)) {
        json_put_int(&o, "people", m->people);
        json_key(&o, "decisions");
        json_open_array(&o);
        for (uint32_t i = 0; i < m->n_decisions; i++) {
            json_open_object(&o);
            json_put_text(&o, "decision", m->decisions[i].id);
            json_put_text(&o, "prompt", m->decisions[i].prompt);
            json_put_int(&o, "people", m->decisions[i].met);
            put_options(&o, &m->decisions[i]);
            put_items(&o, m, m->decisions[i].id);
            json_close_object(&o);
        }
        json_close_array(&o);
        put_scales(&o, m);
    }
    json_close_object(&o);
    buf_char(out, '\n');
}

/* ---- rows ---- */

enum { COLUMNS = 16 };

/* Cells of one row, with room for digits. */
struct cells {
    char digits[COLUMNS][24];
    struct text v[COLUMNS];
    size_t n;
};

static void add(struct cells *c, struct text t) { c->v[c->n++] = t; }
static void skip(struct cells *c, size_t n) { c->n += n; }

static void number(struct cells *c, long n)
{
    snprintf(c->digits[c->n], sizeof c->digits[0], "%ld", n);
    add(c, text_of(c->digits[c->n]));
}

static void figure(struct cells *c, double x)
{
    snprintf(c->digits[c->n], sizeof c->digits[0], "%.3f", x);
    add(c, isnan(x) ? (struct text){0} : text_of(c->digits[c->n]));
}

static void begin(struct cells *c, const struct items *m, const struct items_decision *d)
{
    *c = (struct cells){.n = 0};
    add(c, m->scenario);
    add(c, m->version);
    add(c, d->id);
    add(c, d->prompt);
    number(c, d->met);
}

static void put_option_cells(struct cells *c, const struct items_decision *d, const struct items_option *o)
{
    bool thirds = d->n_high && d->n_low;
    add(c, o->option);
    add(c, o->words);
    number(c, o->points);
    number(c, o->taken);
    figure(c, d->met >= ITEMS_FIGURES ? (double)o->taken / d->met : NAN);
    if (!thirds)
        skip(c, 2);
    else {
        number(c, o->high);
        number(c, o->low);
    }
}

static void put_item_cells(struct cells *c, const struct items_item *x)
{
    add(c, x->competency);
    add(c, x->slot);
    figure(c, x->share);
    figure(c, x->rest);
}

/* A row an option, once for each competency that the decision is evidence of. */
static void option_rows(const struct items *m, const struct items_decision *d, const struct items_option *o, struct buf *out)
{
    struct cells c;
    bool any = false;
    for (uint32_t i = 0; i < m->n_items; i++) {
        if (!text_eq(m->items[i].decision, d->id) || m->items[i].slot.len)
            continue;
        begin(&c, m, d);
        put_option_cells(&c, d, o);
        put_item_cells(&c, &m->items[i]);
        csv_row(out, c.v, COLUMNS);
        any = true;
    }
    if (any)
        return;
    begin(&c, m, d);
    put_option_cells(&c, d, o);
    csv_row(out, c.v, COLUMNS);
}

/* A row a slot of a message. */
static void slot_rows(const struct items *m, const struct items_decision *d, struct buf *out)
{
    for (uint32_t i = 0; i < m->n_items; i++) {
        struct cells c;
        if (!text_eq(m->items[i].decision, d->id) || !m->items[i].slot.len)
            continue;
        begin(&c, m, d);
        skip(&c, 7);
        put_item_cells(&c, &m->items[i]);
        csv_row(out, c.v, COLUMNS);
    }
}

void items_csv(const struct items *m, bool mark, struct buf *out)
{
    static const struct text heads[COLUMNS] = {TEXT("scenario"), TEXT("version"), TEXT("decision"), TEXT("prompt"), TEXT("people"), TEXT("option"),
                                               TEXT("words"), TEXT("points"), TEXT("taken"), TEXT("share"), TEXT("upper third"), TEXT("lower third"),
                                               TEXT("competency"), TEXT("slot"), TEXT("difficulty"), TEXT("rest")};
    if (mark)
        csv_mark(out);
    csv_row(out, heads, COLUMNS);
    for (uint32_t i = 0; i < m->n_decisions && items_shows(m); i++) {
        const struct items_decision *d = &m->decisions[i];
        for (uint32_t k = 0; k < d->n_options && d->met >= KEPT_COHORT_LEAST; k++)
            option_rows(m, d, &d->options[k], out);
        if (d->met >= KEPT_COHORT_LEAST)
            slot_rows(m, d, out);
    }
}
