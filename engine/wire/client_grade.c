/* client_grade.c -- what a session shows of its trainee, read into structs. */
#include "wire/client_inside.h"

#define grade_add(r, v, n) ((v) = list_room((r)->a, (v), (n), sizeof *(v)), &(v)[(n)++])

static int32_t read_number(struct reading *r, const struct json_value *v, const char *name)
{
    return (int32_t)read_int(r, v, name, MUST_BE, INT32_MIN, INT32_MAX);
}

static const struct json_value *list_of(struct reading *r, const struct json_value *v, const char *name, uint32_t *n)
{
    const struct json_value *f = json_find(v, name);
    r->bad |= f && f->kind != JSON_IS_ARRAY;
    *n = f && f->kind == JSON_IS_ARRAY ? f->n : 0;
    return f;
}

static void read_pieces(struct reading *r, const struct json_value *v, struct client_grade *g)
{
    const struct json_value *f = list_of(r, v, "pieces", &g->n_pieces);
    g->pieces = arena_array(r->a, struct client_piece, g->n_pieces + 1);
    for (uint32_t i = 0; i < g->n_pieces; i++) {
        const struct json_value *p = &f->items[i];
        g->pieces[i].turn = read_count(r, p, "turn", MUST_BE);
        g->pieces[i].slot = read_name(r, p, "slot", MAY_MISS);
        g->pieces[i].points = (int)read_int(r, p, "points", MUST_BE, -2, 2);
        g->pieces[i].chance = (int32_t)read_int(r, p, "chance", MUST_BE, -2000, 2000);
        g->pieces[i].best = (int)read_int(r, p, "best", MUST_BE, -2, 2);
    }
}

static void read_missed(struct reading *r, const struct json_value *v, struct client_seen *seen)
{
    const struct json_value *f = json_get_array(v, "missed");
    seen->n_missed = f ? f->n : 0;
    seen->missed = arena_array(r->a, uint32_t, seen->n_missed + 1);
    for (uint32_t i = 0; i < seen->n_missed; i++) {
        r->bad |= f->items[i].kind != JSON_IS_INT || f->items[i].number < 0 || f->items[i].number > UINT32_MAX;
        seen->missed[i] = r->bad ? 0 : (uint32_t)f->items[i].number;
    }
}

static void read_seen(struct reading *r, const struct json_value *v, struct client_grade *g)
{
    const struct json_value *f = list_of(r, v, "moves", &g->n_moves);
    g->moves = arena_array(r->a, struct client_seen, g->n_moves + 1);
    for (uint32_t i = 0; i < g->n_moves; i++) {
        const struct json_value *m = &f->items[i];
        g->moves[i].move = read_name(r, m, "move", MUST_BE);
        g->moves[i].title = read_runs(r, m, "title");
        g->moves[i].flaw = read_bool(r, m, "flaw");
        g->moves[i].mode = read_bool(r, m, "mode");
        g->moves[i].taken = read_count(r, m, "taken", MUST_BE);
        g->moves[i].offered = read_count(r, m, "offered", MUST_BE);
        g->moves[i].self = read_count(r, m, "self", MUST_BE);
        read_missed(r, m, &g->moves[i]);
    }
}

static void grade_one(struct client_grades *gs, struct reading *r, const struct json_value *v)
{
    struct client_grade *g = grade_add(r, gs->v, gs->n);
    g->competency = read_name(r, v, "grade", MUST_BE);
    g->title = read_runs(r, v, "title");
    g->says = read_term(r, v, "says", MUST_BE, &says_terms);
    g->places = read_count(r, v, "places", MUST_BE);
    g->taken = read_count(r, v, "taken", MUST_BE);
    g->self = read_count(r, v, "self", MUST_BE);
    g->got = read_number(r, v, "got");
    g->chance = read_number(r, v, "chance");
    g->best = read_number(r, v, "best");
    g->measured = json_find(v, "quality") != NULL;
    if (g->measured) {
        g->quality = read_number(r, v, "quality");
        g->low = read_number(r, v, "low");
        g->high = read_number(r, v, "high");
    }
    read_pieces(r, v, g);
    read_seen(r, v, g);
    r->bad |= g->taken > g->places || g->n_pieces != g->places;
}

static void read_circumstances(struct reading *r, const struct json_value *v, struct client_conflict *c)
{
    const struct json_value *f = list_of(r, v, "circumstances", &c->n_circumstances);
    c->circumstances = arena_array(r->a, struct client_circumstance, c->n_circumstances + 1);
    for (uint32_t i = 0; i < c->n_circumstances; i++) {
        c->circumstances[i].title = read_runs(r, &f->items[i], "title");
        c->circumstances[i].perhaps = read_bool(r, &f->items[i], "perhaps");
    }
}

static void conflict_one(struct client_grades *gs, struct reading *r, const struct json_value *v)
{
    struct client_conflict *c = grade_add(r, gs->conflicts, gs->n_conflicts);
    c->decision = read_name(r, v, "conflict", MUST_BE);
    c->turn = read_count(r, v, "turn", MUST_BE);
    c->mode = read_name(r, v, "mode", MAY_MISS);
    c->title = read_runs(r, v, "title");
    c->offered = read_moves(r, v, "offered", &c->n_offered);
    c->apt = read_term(r, v, "apt", MAY_MISS, &apt_terms);
    c->self = read_bool(r, v, "self");
    read_circumstances(r, v, c);
}

static void message_one(struct client_grades *gs, struct reading *r, const struct json_value *v)
{
    struct client_message *m = grade_add(r, gs->messages, gs->n_messages);
    m->decision = read_name(r, v, "message", MUST_BE);
    m->turn = read_count(r, v, "turn", MUST_BE);
    m->given = read_moves(r, v, "given", &m->n_given);
    m->missed = read_moves(r, v, "missed", &m->n_missed);
    m->flaws = read_moves(r, v, "flaws", &m->n_flaws);
}

static void step_one(struct client_grades *gs, struct reading *r, const struct json_value *v)
{
    struct client_step *st = grade_add(r, gs->steps, gs->n_steps);
    st->move = read_name(r, v, "step", MUST_BE);
    st->title = read_runs(r, v, "title");
    st->turn = read_count(r, v, "turn", MUST_BE);
}

static void locked_one(struct client_grades *gs, struct reading *r, const struct json_value *v)
{
    struct client_locked *l = grade_add(r, gs->locked, gs->n_locked);
    l->option = read_name(r, v, "locked", MUST_BE);
    l->words = read_runs(r, v, "text");
    l->turn = read_count(r, v, "turn", MUST_BE);
}

bool grade_part(struct client_grades *gs, struct reading *r, const struct json_value *v)
{
    static const struct {
        const char *key;
        void (*read)(struct client_grades *gs, struct reading *r, const struct json_value *v);
    } parts[] = {{"grade", grade_one}, {"conflict", conflict_one}, {"message", message_one},
                 {"step", step_one},   {"locked", locked_one}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (json_find(v, parts[i].key)) {
            parts[i].read(gs, r, v);
            return true;
        }
    return false;
}

static struct client_share read_share(struct reading *r, const struct json_value *v, const char *name)
{
    const struct json_value *f = json_find(v, name);
    struct client_share share = {0};
    if (!f)
        return share;
    share.taken = read_count(r, f, "taken", MUST_BE);
    share.offered = read_count(r, f, "offered", MUST_BE);
    r->bad |= share.taken > share.offered;
    return share;
}

void grade_last(struct client_grades *gs, struct reading *r, const struct json_value *v)
{
    gs->fit = read_share(r, v, "fit");
    gs->reflections = read_share(r, v, "reflections");
    gs->questions = read_share(r, v, "questions");
    gs->listened_first = read_bool(r, v, "listened-first");
}
