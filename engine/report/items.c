/* items.c -- rows taken, and what they come to.
 *
 * The rest that an item is held against is the choice quality of the same person over all other pieces of that competency:
 * in a conversation that branches people meet different pieces, and a sum of points would compare roads, not people. */
#include "report/items.h"

#include "base/terminal.h"
#include "report/item_figures.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { THIRDS_APART = 10 }; /* per cent by which the upper third has to be ahead */

void items_begin(struct items *m, const struct words *words) { *m = (struct items){.words = words}; }

void items_done(struct items *m)
{
    for (uint32_t i = 0; i < m->n_decisions; i++)
        free(m->decisions[i].options);
    free(m->persons);
    free(m->cells);
    free(m->items);
    free(m->decisions);
    free(m->scales);
    free(m->grid);
    arena_done(&m->arena);
}

static struct text keep(struct items *m, struct text t) { return text_keep(&m->arena, t); }

/* ---- rows ---- */

/* Rows come session by session. */
static uint32_t person_of(struct items *m, int64_t session)
{
    if (m->n_persons && m->persons[m->n_persons - 1].session == session)
        return m->n_persons - 1;
    array_room(m->persons, m->n_persons, m->cap_persons);
    m->persons[m->n_persons] = (struct items_person){.session = session};
    return m->n_persons++;
}

static uint32_t item_of(struct items *m, const struct kept_piece *p)
{
    for (uint32_t i = 0; i < m->n_items; i++)
        if (text_eq(m->items[i].decision, p->decision) && text_eq(m->items[i].slot, p->slot) &&
            text_eq(m->items[i].competency, p->competency))
            return i;
    array_room(m->items, m->n_items, m->cap_items);
    m->items[m->n_items] = (struct items_item){.decision = keep(m, p->decision), .slot = keep(m, p->slot),
                                               .competency = keep(m, p->competency), .least = p->points, .best = p->best, .share = NAN, .rest = NAN};
    return m->n_items++;
}

static void scale_of(struct items *m, struct text competency)
{
    for (uint32_t i = 0; i < m->n_scales; i++)
        if (text_eq(m->scales[i].competency, competency))
            return;
    array_room(m->scales, m->n_scales, m->cap_scales);
    m->scales[m->n_scales++] = (struct items_scale){.competency = keep(m, competency), .title = keep(m, competency), .alpha = NAN, .half = NAN};
}

bool items_piece(void *self, const struct kept_piece *p)
{
    struct items *m = self;
    if (p->session->version_id != m->version_id || !p->session->trainee || p->self)
        return true;
    uint32_t person = person_of(m, p->session->id), item = item_of(m, p);
    scale_of(m, p->competency);
    array_room(m->cells, m->n_cells, m->cap_cells);
    m->cells[m->n_cells++] = (struct items_cell){person, item, keep(m, p->option), p->points, p->best, p->chance};
    struct items_item *it = &m->items[item];
    it->met++;
    it->least = p->points < it->least ? p->points : it->least;
    it->best = p->best > it->best ? p->best : it->best;
    m->persons[person].over += p->points * 1000 - p->chance;
    m->persons[person].room += p->best * 1000 - p->chance;
    return true;
}

static struct items_decision *decision_of(struct items *m, struct text id)
{
    for (uint32_t i = 0; i < m->n_decisions; i++)
        if (text_eq(m->decisions[i].id, id))
            return &m->decisions[i];
    array_room(m->decisions, m->n_decisions, m->cap_decisions);
    m->decisions[m->n_decisions] = (struct items_decision){.id = keep(m, id)};
    return &m->decisions[m->n_decisions++];
}

static struct items_option *option_of(struct items *m, struct items_decision *d, struct text id)
{
    for (uint32_t i = 0; i < d->n_options; i++)
        if (text_eq(d->options[i].option, id))
            return &d->options[i];
    array_room(d->options, d->n_options, d->cap_options);
    d->options[d->n_options] = (struct items_option){.option = keep(m, id)};
    return &d->options[d->n_options++];
}

bool items_option(void *self, const struct kept_option *o)
{
    struct items *m = self;
    struct buf id = {0};
    if (o->version_id != m->version_id)
        return true;
    struct items_decision *d = decision_of(m, o->decision);
    if (o->option.len) {
        buf_text(&id, o->decision);
        buf_char(&id, '/');
        buf_text(&id, o->option);
    }
    option_of(m, d, buf_view(&id))->taken += o->taken;
    d->met += o->taken;
    buf_done(&id);
    return true;
}

/* ---- words ---- */

static struct text plain(struct items *m, struct runs r)
{
    struct buf words = {0}, clean = {0};
    runs_plain(r, &words);
    terminal_clean(buf_view(&words), CLEAN_PLAY, &clean);
    buf_done(&words);
    return doc_keep(&m->arena, &clean);
}

static int32_t points_of(const struct outline_option *o, struct text competency)
{
    for (uint32_t i = 0; i < o->n_points; i++)
        if (text_eq(o->points[i].competency, competency))
            return o->points[i].points;
    return 0;
}

/* What could be had: nobody may have taken the worst option yet. */
static void take_least(struct items *m, const struct outline_node *n)
{
    for (uint32_t i = 0; i < m->n_items; i++) {
        struct items_item *it = &m->items[i];
        if (it->slot.len || !text_eq(it->decision, n->id))
            continue;
        for (uint32_t k = 0; k < n->n_options; k++) {
            int32_t points = n->options[k].no_answer ? it->least : points_of(&n->options[k], it->competency);
            it->least = points < it->least ? points : it->least;
        }
    }
}

/* As they stand in the scenario; what stands nowhere there (no answer in time) comes last. */
static void order_options(struct items_decision *d, const struct outline_node *n)
{
    uint32_t done = 0;
    for (uint32_t i = 0; i < n->n_options; i++)
        for (uint32_t k = done; k < d->n_options; k++)
            if (d->options[k].option.len && text_eq(d->options[k].option, n->options[i].id)) {
                struct items_option found = d->options[k];
                memmove(&d->options[done + 1], &d->options[done], (k - done) * sizeof found);
                d->options[done++] = found;
                break;
            }
}

static void take_node(struct items *m, const struct outline_node *n)
{
    struct items_decision *d = NULL;
    for (uint32_t i = 0; i < m->n_decisions; i++)
        if (text_eq(m->decisions[i].id, n->id))
            d = &m->decisions[i];
    if (!d)
        return;
    d->prompt = plain(m, n->text);
    for (uint32_t i = 0; i < n->n_options; i++) {
        if (n->options[i].no_answer)
            continue;
        struct items_option *o = option_of(m, d, n->options[i].id);
        o->words = plain(m, n->options[i].text.n ? n->options[i].text : n->options[i].manner);
        o->points = 0;
        for (uint32_t k = 0; k < n->options[i].n_points; k++)
            o->points += n->options[i].points[k].points;
    }
    take_least(m, n);
    order_options(d, n);
}

void items_take_outline(struct items *m, const struct client_outline *o)
{
    struct items_decision *ordered = mem_new((m->n_decisions + 1) * sizeof *ordered);
    uint32_t n = 0;
    for (uint32_t i = 0; i < o->n_scenes; i++)
        for (uint32_t k = 0; k < o->scenes[i].n_nodes; k++) {
            const struct outline_node *node = &o->scenes[i].nodes[k];
            if (node->kind != WIRE_NODE_DECISION)
                continue;
            take_node(m, node);
            for (uint32_t at = 0; at < m->n_decisions; at++)
                if (m->decisions[at].id.len && text_eq(m->decisions[at].id, node->id)) {
                    ordered[n++] = m->decisions[at];
                    m->decisions[at] = (struct items_decision){0};
                }
        }
    for (uint32_t at = 0; at < m->n_decisions; at++)
        if (m->decisions[at].id.len)
            ordered[n++] = m->decisions[at];
    if (n)
        memcpy(m->decisions, ordered, n * sizeof *ordered);
    m->n_decisions = n;
    free(ordered);
}

void items_take_info(struct items *m, const struct client_info *info)
{
    m->title = plain(m, info->title);
    for (uint32_t i = 0; i < m->n_scales; i++)
        for (uint32_t k = 0; k < info->n_competencies; k++)
            if (text_eq(info->competencies[k].id, m->scales[i].competency))
                m->scales[i].title = plain(m, info->competencies[k].title);
}

/* ---- items ---- */

/* What is above chance of what could be, of PERSON for a competency, without item BUT.  NAN: nothing else was met. */
static double rest_of(const struct items *m, uint32_t first, uint32_t person, struct text competency, uint32_t but)
{
    int64_t over = 0, room = 0;
    for (uint32_t i = first; i < m->n_cells && m->cells[i].person == person; i++) {
        const struct items_cell *c = &m->cells[i];
        if (c->item == but || !text_eq(m->items[c->item].competency, competency))
            continue;
        over += c->points * 1000 - c->chance;
        room += c->best * 1000 - c->chance;
    }
    return room > 0 ? (double)over / (double)room : NAN;
}

static void end_item(struct items *m, uint32_t item, double *points, double *rests)
{
    struct items_item *it = &m->items[item];
    int64_t sum = 0;
    uint32_t n = 0, first = 0;
    for (uint32_t i = 0; i < m->n_cells; i++) {
        if (i && m->cells[i].person != m->cells[i - 1].person)
            first = i;
        if (m->cells[i].item != item)
            continue;
        sum += m->cells[i].points - it->least;
        double rest = rest_of(m, first, m->cells[i].person, it->competency, item);
        if (isnan(rest))
            continue;
        points[n] = m->cells[i].points;
        rests[n++] = rest;
    }
    it->rest_people = n;
    if (it->met < ITEMS_FIGURES || it->best <= it->least)
        return;
    it->share = (double)sum / ((double)it->met * (it->best - it->least));
    it->looks |= (it->share < 0.20 ? LOOK_HARD : 0u) | (it->share > 0.90 ? LOOK_EASY : 0u);
    if (n < ITEMS_FIGURES)
        return;
    it->rest = figure_correlation(points, rests, n);
    if (!isnan(it->rest))
        it->looks |= it->rest < 0 ? (unsigned)LOOK_KEY : it->rest < 0.20 ? (unsigned)LOOK_WEAK : 0u;
}

/* ---- options ---- */

static int by_quality(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* The quality of PERSON over everything but DECISION. */
static double quality_but(const struct items *m, uint32_t first, uint32_t person, struct text decision)
{
    int64_t over = m->persons[person].over, room = m->persons[person].room;
    for (uint32_t i = first; i < m->n_cells && m->cells[i].person == person; i++)
        if (text_eq(m->items[m->cells[i].item].decision, decision)) {
            over -= m->cells[i].points * 1000 - m->cells[i].chance;
            room -= m->cells[i].best * 1000 - m->cells[i].chance;
        }
    return room > 0 ? (double)over / (double)room : NAN;
}

/* One person at one decision. */
struct taker {
    double quality;
    struct text option;
};

/* Everybody who answered D and whose answer was graded; by person, so each once. */
static uint32_t takers_of(const struct items *m, const struct items_decision *d, struct taker *v)
{
    uint32_t n = 0, first = 0, last = UINT32_MAX;
    for (uint32_t i = 0; i < m->n_cells; i++) {
        const struct items_cell *c = &m->cells[i];
        if (i && c->person != m->cells[i - 1].person)
            first = i;
        if (c->person == last || !text_eq(m->items[c->item].decision, d->id))
            continue;
        last = c->person;
        double quality = quality_but(m, first, c->person, d->id);
        if (!isnan(quality))
            v[n++] = (struct taker){quality, c->option};
    }
    return n;
}

static void mark_best(struct items_decision *d)
{
    int32_t best = INT32_MIN;
    for (uint32_t i = 0; i < d->n_options; i++)
        best = d->options[i].option.len && d->options[i].points > best ? d->options[i].points : best;
    for (uint32_t i = 0; i < d->n_options; i++)
        d->options[i].best = d->options[i].option.len && d->options[i].points == best;
}

/* The upper and the lower third at D, and what they took. */
static void end_thirds(struct items *m, struct items_decision *d, struct taker *v, double *sorted)
{
    uint32_t n = takers_of(m, d, v);
    if (n < ITEMS_FIGURES)
        return;
    for (uint32_t i = 0; i < n; i++)
        sorted[i] = v[i].quality;
    qsort(sorted, n, sizeof *sorted, by_quality);
    double low = sorted[n / 3 - 1], high = sorted[n - n / 3];
    for (uint32_t i = 0; i < n && low < high; i++) {
        struct items_option *o = option_of(m, d, v[i].option);
        d->n_high += v[i].quality >= high;
        d->n_low += v[i].quality <= low;
        o->high += v[i].quality >= high;
        o->low += v[i].quality <= low;
    }
}

static void end_decision(struct items *m, struct items_decision *d, struct taker *v, double *sorted)
{
    mark_best(d);
    if (d->met < ITEMS_FIGURES)
        return;
    end_thirds(m, d, v, sorted);
    for (uint32_t i = 0; i < d->n_options; i++) {
        struct items_option *o = &d->options[i];
        if (o->option.len && o->taken * 20 < d->met)
            o->looks |= LOOK_RARE;
        if (o->option.len && !o->best && d->n_high && d->n_low &&
            (double)o->high / d->n_high - (double)o->low / d->n_low >= THIRDS_APART / 100.0)
            o->looks |= LOOK_UPSIDE_DOWN;
    }
}

/* ---- scales ---- */

static void fill_grid(struct items *m)
{
    size_t n = (size_t)m->n_persons * m->n_items;
    m->grid = mem_new((n + 1) * sizeof *m->grid);
    for (size_t i = 0; i < n; i++)
        m->grid[i] = NAN;
    for (uint32_t i = 0; i < m->n_cells; i++)
        m->grid[(size_t)m->cells[i].person * m->n_items + m->cells[i].item] = m->cells[i].points;
}

/* Items of S, the one that most people met first; those met equally often as they came. */
static uint32_t items_of(const struct items *m, const struct items_scale *s, uint32_t *v)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < m->n_items; i++) {
        if (!text_eq(m->items[i].competency, s->competency))
            continue;
        uint32_t at = n++;
        for (; at > 0 && m->items[v[at - 1]].met < m->items[i].met; at--)
            v[at] = v[at - 1];
        v[at] = i;
    }
    return n;
}

/* Rows of people who met the first K items of V; how many. */
static uint32_t fill_cells(const struct items *m, const uint32_t *v, uint32_t k, double *cells)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < m->n_persons; i++) {
        uint32_t c = 0;
        for (; c < k; c++) {
            double points = m->grid[(size_t)i * m->n_items + v[c]];
            if (isnan(points))
                break;
            cells[(size_t)n * k + c] = points;
        }
        n += c == k;
    }
    return n;
}

/* As many items as at least half of the people, and enough of them, met in one play. */
static void end_scale(struct items *m, struct items_scale *s)
{
    uint32_t *v = mem_new((m->n_items + 1) * sizeof *v), k = items_of(m, s, v), n = 0;
    double *cells = mem_new(((size_t)m->n_persons * k + 1) * sizeof *cells);
    uint32_t least = m->n_persons / 2 > ITEMS_FIGURES ? m->n_persons / 2 : ITEMS_FIGURES;
    for (; k >= 2 && (n = fill_cells(m, v, k, cells)) < least; k--)
        continue;
    if (k >= 2) {
        s->people = n;
        s->items = k;
        s->alpha = figure_alpha(cells, n, k);
        s->half = figure_split_half(cells, n, k);
    }
    free(cells);
    free(v);
}

void items_end(struct items *m)
{
    double *a = mem_new((m->n_persons + 1) * sizeof *a), *b = mem_new((m->n_persons + 1) * sizeof *b);
    struct taker *takers = mem_new((m->n_persons + 1) * sizeof *takers);
    m->people = m->n_persons;
    fill_grid(m);
    for (uint32_t i = 0; i < m->n_items; i++)
        end_item(m, i, a, b);
    for (uint32_t i = 0; i < m->n_decisions; i++)
        end_decision(m, &m->decisions[i], takers, a);
    for (uint32_t i = 0; i < m->n_scales; i++)
        end_scale(m, &m->scales[i]);
    free(takers);
    free(a);
    free(b);
}

bool items_shows(const struct items *m) { return m->people >= KEPT_COHORT_LEAST; }
