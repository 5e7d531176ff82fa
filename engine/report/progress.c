/* progress.c -- adds kept rows up, competency by competency. */
#include "report/progress.h"

#include "base/terminal.h"

#include <stdlib.h>
#include <time.h>

static struct text keep(struct progress *p, struct text t)
{
    struct buf b = {0};
    terminal_clean(t, CLEAN_PLAY, &b);
    return doc_keep(&p->arena, &b);
}

static struct text take(struct progress *p, struct runs r)
{
    struct buf b = {0};
    for (uint32_t i = 0; i < r.n; i++)
        terminal_clean(r.v[i].words, CLEAN_PLAY, &b);
    return doc_keep(&p->arena, &b);
}

void progress_begin(struct progress *p, const struct words *words, struct text name)
{
    *p = (struct progress){.words = words};
    p->name = keep(p, name);
}

void progress_done(struct progress *p)
{
    for (uint32_t i = 0; i < p->n_comps; i++) {
        free(p->comps[i].pieces);
        free(p->comps[i].points);
        free(p->comps[i].seats);
        free(p->comps[i].moves);
    }
    free(p->comps);
    free(p->played);
    free(p->modes);
    free(p->pairs);
    doc_done(&p->next);
    arena_done(&p->arena);
    *p = (struct progress){0};
}

void progress_day(int64_t at, char out[16])
{
    time_t t = (time_t)(at / 1000);
    struct tm tm;
    if (!localtime_r(&t, &tm) || !strftime(out, 16, "%Y-%m-%d", &tm))
        *out = 0;
}

/* ---- sessions ---- */

bool progress_session(void *self, const struct kept_session *s)
{
    struct progress *p = self;
    bool met = false;
    p->sessions++;
    p->ended += s->ending.len > 0;
    if (!p->first || s->started < p->first)
        p->first = s->started;
    if (s->last > p->last)
        p->last = s->last;
    for (uint32_t i = 0; i < p->scenarios && !met; i++)
        met = text_eq(p->played[i], s->scenario);
    if (met)
        return true;
    array_room(p->played, p->scenarios, p->cap_played);
    p->played[p->scenarios++] = keep(p, s->scenario);
    return true;
}

/* ---- evidence ---- */

static struct progress_comp *comp_of(struct progress *p, struct text id)
{
    for (uint32_t i = 0; i < p->n_comps; i++)
        if (text_eq(p->comps[i].id, id))
            return &p->comps[i];
    array_room(p->comps, p->n_comps, p->cap_comps);
    p->comps[p->n_comps] = (struct progress_comp){.id = keep(p, id)};
    p->comps[p->n_comps].title = p->comps[p->n_comps].id;
    return &p->comps[p->n_comps++];
}

/* Whether the session S is the first in its chair; then the seat is C's from now on. */
static bool is_first(struct progress *p, struct progress_comp *c, const struct kept_session *s)
{
    struct text roles = s->roles, role = {0};
    struct buf b = {0};
    if (s->id == c->last_session)
        return c->last_first;
    text_word(&roles, &role);
    buf_text(&b, s->scenario);
    buf_char(&b, ' ');
    buf_text(&b, role);
    struct text seat = doc_keep(&p->arena, &b);
    c->last_session = s->id;
    c->last_first = true;
    for (uint32_t i = 0; i < c->n_seats; i++)
        c->last_first &= !text_eq(c->seats[i], seat);
    if (!c->last_first)
        return false;
    array_room(c->seats, c->n_seats, c->cap_seats);
    c->seats[c->n_seats++] = seat;
    c->sessions++;
    return true;
}

static void add_point(struct progress_comp *c, const struct kept_piece *piece)
{
    struct progress_point *last = c->n_points ? &c->points[c->n_points - 1] : NULL;
    bool same = last && last->at == piece->session->started;
    if (!last || (!same && last->pieces >= PROGRESS_POOL)) {
        array_room(c->points, c->n_points, c->cap_points);
        last = &c->points[c->n_points++];
        *last = (struct progress_point){0};
    }
    last->at = piece->session->started;
    last->got += piece->points;
    last->chance += piece->chance / 1000.0;
    last->best += piece->best;
    last->pieces++;
}

bool progress_piece(void *self, const struct kept_piece *piece)
{
    struct progress *p = self;
    struct progress_comp *c = comp_of(p, piece->competency);
    if (piece->self) {
        c->self++;
        return true;
    }
    if (!is_first(p, c, piece->session)) {
        c->again_places++;
        c->again_taken += piece->points * 1000 > piece->chance;
        return true;
    }
    array_room(c->pieces, c->n_pieces, c->cap_pieces);
    c->pieces[c->n_pieces++] = (struct judge_piece){piece->points, piece->best, piece->chance};
    c->last_version = piece->session->version_id;
    add_point(c, piece);
    return true;
}

/* ---- moves ---- */

static struct progress_move *move_of(struct progress *p, struct progress_move **v, uint32_t *n, uint32_t *cap, struct text id)
{
    for (uint32_t i = 0; i < *n; i++)
        if (text_eq((*v)[i].id, id))
            return &(*v)[i];
    array_room(*v, *n, *cap);
    (*v)[*n] = (struct progress_move){.id = keep(p, id)};
    (*v)[*n].title = (*v)[*n].id;
    return &(*v)[(*n)++];
}

bool progress_move(void *self, const struct kept_move *move)
{
    struct progress *p = self;
    struct progress_comp *c = comp_of(p, move->competency);
    struct progress_move *m = move->mode ? move_of(p, &p->modes, &p->n_modes, &p->cap_modes, move->move)
                                         : move_of(p, &c->moves, &c->n_moves, &c->cap_moves, move->move);
    m->flaw = move->flaw;
    m->mode = move->mode;
    m->taken += move->taken;
    m->offered += move->offered;
    return true;
}

bool progress_conflict(void *self, const struct kept_conflict *c)
{
    struct progress *p = self;
    if (c->self)
        return true;
    p->conflicts++;
    p->fit_taken += c->apt == WIRE_APT;
    p->fit_offered += c->apt != 0;
    return true;
}

static struct progress_move *move_find(struct progress *p, struct text id)
{
    for (uint32_t i = 0; i < p->n_comps; i++)
        for (uint32_t k = 0; k < p->comps[i].n_moves; k++)
            if (text_eq(p->comps[i].moves[k].id, id))
                return &p->comps[i].moves[k];
    for (uint32_t i = 0; i < p->n_modes; i++)
        if (text_eq(p->modes[i].id, id))
            return &p->modes[i];
    return NULL;
}

/* What was said in TURN. */
static struct text said_in(struct progress *p, const struct client_debrief *d, uint32_t turn)
{
    for (uint32_t i = 0; i < d->n_turns; i++)
        if (d->turns[i].event == turn && !d->turns[i].timed_out) {
            struct text said = take(p, d->turns[i].said);
            return said.len ? said : take(p, d->turns[i].said_manner);
        }
    return (struct text){0};
}

/* The first turn in which MOVE was made; 0: none. */
static uint32_t turn_with(const struct client_debrief *d, struct text move)
{
    for (uint32_t i = 0; i < d->n_turns; i++)
        for (uint32_t k = 0; k < d->turns[i].n_moves && !d->turns[i].self; k++)
            if (text_eq(d->turns[i].moves[k].move, move))
                return d->turns[i].event;
    return 0;
}

/* Whether another move of C is told with this sentence already. */
static bool quoted(const struct progress_comp *c, const struct progress_move *m, struct text said)
{
    for (uint32_t i = 0; i < c->n_moves; i++)
        if (&c->moves[i] != m && text_eq(c->moves[i].quote.said, said))
            return true;
    return false;
}

/* A sentence for M: one that no other move has, where there is one. */
static struct text sentence_for(struct progress *p, const struct client_debrief *d, const struct client_seen *seen,
                                const struct progress_comp *c, const struct progress_move *m)
{
    struct text said = {0};
    if (seen->flaw) {
        uint32_t turn = turn_with(d, seen->move);
        return turn ? said_in(p, d, turn) : said;
    }
    for (uint32_t i = 0; i < seen->n_missed; i++) {
        struct text one = said_in(p, d, seen->missed[i]);
        if (one.len && !quoted(c, m, one))
            return one;
        said = said.len ? said : one;
    }
    return said;
}

void progress_take_debrief(struct progress *p, const struct client_debrief *d, struct text scenario, int64_t at)
{
    for (uint32_t i = 0; i < d->grades.n; i++) {
        const struct client_grade *g = &d->grades.v[i];
        struct progress_comp *c = comp_of(p, g->competency);
        c->title = take(p, g->title);
        for (uint32_t k = 0; k < g->n_moves; k++) {
            const struct client_seen *seen = &g->moves[k];
            struct progress_move *m = move_find(p, seen->move);
            if (!m)
                continue;
            m->title = take(p, seen->title);
            struct text said = sentence_for(p, d, seen, c, m);
            if (said.len)
                m->quote = (struct progress_quote){said, keep(p, scenario), at};
        }
    }
}

/* ---- what it comes to ---- */

struct client_evidence progress_evidence(struct progress *p, uint32_t i)
{
    const struct progress_comp *c = &p->comps[i];
    struct text *moves = arena_array(&p->arena, struct text, c->n_moves + p->n_modes + 1);
    uint32_t n = 0, skip = c->n_pieces > JUDGE_PIECES_MOST ? c->n_pieces - JUDGE_PIECES_MOST : 0;
    for (uint32_t k = 0; k < c->n_moves; k++)
        if (c->moves[k].taken)
            moves[n++] = c->moves[k].id;
    for (uint32_t k = 0; k < p->n_modes; k++)
        if (p->modes[k].taken)
            moves[n++] = p->modes[k].id;
    return (struct client_evidence){c->id, c->pieces + skip, c->n_pieces - skip, moves, n, c->n_seats};
}

void progress_verdict(struct progress *p, uint32_t i, const struct client_verdict *v)
{
    struct progress_comp *c = &p->comps[i];
    struct text title = take(p, v->title);
    c->judged = true;
    c->title = title.len ? title : c->title;
    c->says = v->says;
    c->places = v->places;
    c->taken = v->taken;
    c->measured = v->measured;
    c->quality = v->quality;
    c->low = v->low;
    c->high = v->high;
    c->level = v->says == WIRE_LEVEL ? v->level : 0;
    c->near = c->level ? v->near : 0;
    c->level_name = take(p, v->name);
    c->near_name = take(p, v->near_name);
    c->anchor = take(p, v->anchor);
}

/* ---- questions ---- */

bool progress_answer(void *self, const struct kept_answer *a)
{
    struct progress *p = self;
    if (a->value <= 0)
        return true;
    struct progress_pair *pair = NULL;
    for (uint32_t i = 0; i < p->n_pairs && !pair; i++)
        if (text_eq(p->pairs[i].item, a->item) && text_eq(p->pairs[i].scenario, a->session->scenario))
            pair = &p->pairs[i];
    if (!pair) {
        array_room(p->pairs, p->n_pairs, p->cap_pairs);
        pair = &p->pairs[p->n_pairs++];
        *pair = (struct progress_pair){.item = keep(p, a->item), .scenario = keep(p, a->session->scenario)};
    }
    if (a->when == WIRE_BEFORE && !pair->before) /* the first before, the latest after */
        pair->before = a->value;
    else if (a->when == WIRE_WEEKS)
        pair->later = a->value;
    else if (a->when == WIRE_AFTER)
        pair->after = a->value;
    return true;
}

void progress_take_info(struct progress *p, const struct client_info *info)
{
    for (uint32_t i = 0; i < p->n_pairs; i++)
        for (uint32_t k = 0; k < info->n_surveys && text_eq(p->pairs[i].scenario, info->id); k++)
            if (text_eq(info->surveys[k].id, p->pairs[i].item) && info->surveys[k].kind == WIRE_SCALE) {
                p->pairs[i].words = take(p, info->surveys[k].text);
                p->pairs[i].steps = (int32_t)info->surveys[k].steps;
            }
}
