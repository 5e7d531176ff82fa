/* server_vote.c -- a room's votes in a request, as the rows that an answer keeps.
 *
 *     "by":"room","heads":31,"rounds":[{"hands":31,"votes":{"reply/hear":17,"reply/wall":14}},{"hands":9,"votes":{…}}]
 *
 * The last round is the one that decided.  What it came to is the core's to find; names are all that is looked at here. */
#include "wire/server_inside.h"

enum { ROWS_MOST = 512, ROUNDS_MOST = 16 };

/* The place of a message called "decision/slot"; 0 where there is none. */
static uint32_t slot_find(const struct scenario *s, struct text name)
{
    struct text decision, slot = name;
    if (!text_split(&slot, '/', &decision))
        return 0;
    const struct decision *d = &s->decisions[scenario_decision(s, decision).i];
    for (uint32_t i = d->first_slot; i < d->first_slot + d->n_slots; i++)
        if (text_eq(scenario_name(s, s->slots[i].name), slot))
            return i;
    return 0;
}

/* What NAME stands for: of a message a part, or a place left empty; else an option. */
static bool row_named(const struct scenario *s, enum input_kind kind, struct text name, struct item *row)
{
    *row = (struct item){.kind = ITEM_TALLY};
    if (kind != IN_COMPOSE) {
        row->ref = scenario_option(s, name).i;
        return row->ref != 0;
    }
    row->ref = request_part(s, name);
    if (!row->ref) {
        row->ref = slot_find(s, name);
        row->spare = 1;
    }
    return row->ref != 0;
}

/* One ROUND of the request as rows; ROUND as items count it. */
static bool round_rows(const struct scenario *s, enum input_kind kind, const struct json_value *v, uint32_t round, struct item *rows,
                       uint32_t *n)
{
    const struct json_value *votes = json_get_object(v, "votes");
    int64_t hands = 0;
    if (!votes || *n + votes->n + 2 > ROWS_MOST || !json_get_int(v, "hands", 0, INT32_MAX, &hands))
        return false;
    for (uint32_t i = 0; i < votes->n; i++) {
        const struct json_value *one = &votes->items[i];
        if (one->kind != JSON_IS_INT || one->number < 0 || one->number > INT32_MAX || !row_named(s, kind, one->key, &rows[*n]))
            return false;
        rows[*n].comp = (uint16_t)round;
        rows[(*n)++].value = (int32_t)one->number;
    }
    rows[(*n)++] = (struct item){.kind = ITEM_HANDS, .comp = (uint16_t)round, .value = (int32_t)hands};
    return true;
}

bool request_vote(struct server *sv, const struct request *rq, struct input *in)
{
    struct text by = {0};
    int64_t heads = 0;
    bool named = json_find(rq->v, "by") != NULL;
    if (named && (!json_get_text(rq->v, "by", &by) || !text_is(by, "room"))) {
        answer_bad(sv, "by");
        return false;
    }
    if (!named)
        return true;
    const struct json_value *rounds = json_get_array(rq->v, "rounds");
    struct item *rows = arena_array(&sv->arena, struct item, ROWS_MOST);
    uint32_t n = 0, n_rounds = rounds ? rounds->n : 0;
    bool fits = n_rounds <= ROUNDS_MOST && (rounds || !json_find(rq->v, "rounds"));
    for (uint32_t i = 0; fits && i < n_rounds; i++)
        fits = round_rows(sv->scenario->model, in->kind, &rounds->items[i], (i + 1) % n_rounds, rows, &n);
    if (!fits || (json_find(rq->v, "heads") && !json_get_int(rq->v, "heads", 0, INT32_MAX, &heads))) {
        answer_bad(sv, fits ? "heads" : "rounds");
        return false;
    }
    rows[n++] = (struct item){.kind = ITEM_VOTE, .value = (int32_t)heads};
    in->by = BY_ROOM;
    in->tally = rows;
    in->n_tally = n;
    return true;
}

/* ---- told again ---- */

/* The event that offered what event N answered. */
static uint32_t offer_before(const struct session *se, uint32_t n)
{
    uint32_t decision = session_event(se, n)->b;
    while (n > 0 && (session_event(se, n)->kind != EV_OFFERED || session_event(se, n)->a != decision))
        n--;
    return n;
}

/* A row's name and words, as they were offered. */
static void put_row_words(struct server *sv, const struct session *se, uint32_t lang, uint32_t offer, const struct item *row)
{
    const struct scenario *s = se->scenario;
    bool message = s->decisions[session_event(se, offer)->a].form == FORM_COMPOSE;
    if (message && row->spare) {
        put_slot_name(sv, "option", row->ref);
        return;
    }
    if (message)
        put_part_name(sv, "option", row->ref);
    else
        put_option_name(sv, "option", (option_id){row->ref});
    words_id words = message ? s->parts[row->ref].words : s->options[row->ref].says;
    if (words.i)
        put_marked(sv, "text", output_words(se, offer, 0, lang, words, &sv->arena));
    else if (!message)
        put_marked(sv, "manner", output_words(se, offer, 0, lang, s->options[row->ref].manner, &sv->arena));
}

static uint32_t rounds_of(const struct event *e)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < e->n; i++)
        if (event_items(e)[i].kind == ITEM_TALLY && event_items(e)[i].comp + 1u > n)
            n = event_items(e)[i].comp + 1u;
    return n;
}

/* The value of KIND that round number K (from 1, in time) holds for REF and SPARE. */
static int32_t value_in(const struct event *e, enum item_kind kind, uint32_t k, const struct item *row)
{
    uint32_t round = k % rounds_of(e);
    for (uint32_t i = 0; i < e->n; i++) {
        const struct item *it = &event_items(e)[i];
        if (it->kind == kind && it->comp == round && (!row || (it->ref == row->ref && it->spare == row->spare)))
            return it->value;
    }
    return 0;
}

static void put_rows(struct server *sv, const struct session *se, uint32_t lang, uint32_t n)
{
    const struct event *e = session_event(se, n);
    uint32_t offer = offer_before(se, n);
    struct json_out *o = &sv->out;
    json_key(o, "votes");
    json_open_array(o);
    for (uint32_t i = 0; i < e->n; i++) {
        const struct item *row = &event_items(e)[i];
        if (row->kind != ITEM_TALLY || row->comp) /* whoever counts names every option in the round that decided */
            continue;
        json_open_object(o);
        put_row_words(sv, se, lang, offer, row);
        json_key(o, "n");
        json_open_array(o);
        for (uint32_t k = 1; k <= rounds_of(e); k++)
            json_int(o, value_in(e, ITEM_TALLY, k, row));
        json_close_array(o);
        json_close_object(o);
    }
    json_close_array(o);
}

void put_vote(struct server *sv, const struct session *se, uint32_t lang, uint32_t n)
{
    const struct event *e = session_event(se, n);
    struct json_out *o = &sv->out;
    const struct item *how = NULL;
    for (uint32_t i = 0; i < e->n; i++)
        if (event_items(e)[i].kind == ITEM_VOTE)
            how = &event_items(e)[i];
    if (e->by != BY_ROOM)
        return;
    json_key(o, "vote");
    json_open_object(o);
    json_put_int(o, "heads", how ? how->value : 0);
    if (how)
        put_term(sv, "settled", &settled_terms, how->ref);
    json_key(o, "hands");
    json_open_array(o);
    for (uint32_t k = 1; how && k <= rounds_of(e); k++)
        json_int(o, value_in(e, ITEM_HANDS, k, NULL));
    json_close_array(o);
    put_rows(sv, se, lang, n);
    json_close_object(o);
}
