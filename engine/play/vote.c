/* vote.c -- a room's votes: held to what was offered, settled by the rule, written and read.
 *
 * Whoever counts stands outside; here the numbers are only numbers.  Must not know how they were gathered. */
#include "play/vote.h"

#include "play/event_names.h"

#include <string.h>

const char *const SETTLED_NAMES[] = {[SETTLED_VOTES] = NULL, [SETTLED_TIE] = "tie", [SETTLED_TOLD] = "told", [SETTLED_VETO] = "veto"};

/* ---- names ---- */

bool vote_named(const struct scenario *s, const struct decision *d, struct text name, struct item *row)
{
    *row = (struct item){.kind = ITEM_TALLY};
    if (d->form != FORM_COMPOSE) {
        for (row->ref = d->first; row->ref < d->first + d->n; row->ref++)
            if (row->ref != d->no_answer.i && text_eq(scenario_name(s, s->options[row->ref].name), name))
                return true;
        row->ref = d->otherwise.i;
        return row->ref && text_is(name, "otherwise");
    }
    row->ref = part_named(s, d, name);
    if (row->ref)
        return true;
    row->spare = 1;
    for (row->ref = d->first_slot; row->ref < d->first_slot + d->n_slots; row->ref++) {
        struct text slot = scenario_name(s, s->slots[row->ref].name);
        if (name.len == slot.len + 1 && name.at[slot.len] == '/' && memcmp(name.at, slot.at, slot.len) == 0)
            return s->slots[row->ref].may_be_empty;
    }
    return false;
}

void vote_name(const struct scenario *s, const struct decision *d, const struct item *row, struct buf *out)
{
    if (d->form != FORM_COMPOSE) {
        buf_text(out, row->ref == d->otherwise.i ? TEXT("otherwise") : scenario_name(s, s->options[row->ref].name));
    } else if (row->spare) {
        buf_text(out, scenario_name(s, s->slots[row->ref].name));
        buf_char(out, '/');
    } else {
        part_name(s, row->ref, out);
    }
}

/* ---- what fits ---- */

static bool row_known(const struct session *se, const struct decision *d, const struct item *row)
{
    const struct scenario *s = se->scenario;
    uint32_t slot;
    if (d->form != FORM_COMPOSE)
        return !row->spare && option_offered(se, (option_id){row->ref});
    if (!row->ref || (!row->spare && row->ref > s->n_parts))
        return false;
    slot = row->spare ? row->ref : s->parts[row->ref].slot;
    return slot >= d->first_slot && slot < d->first_slot + d->n_slots && (!row->spare || s->slots[slot].may_be_empty);
}

static bool row_again(const struct item *rows, uint32_t i)
{
    for (uint32_t k = 0; k < i; k++)
        if (rows[k].kind == rows[i].kind && rows[k].comp == rows[i].comp &&
            (rows[k].kind != ITEM_TALLY || (rows[k].ref == rows[i].ref && rows[k].spare == rows[i].spare)))
            return true;
    return false;
}

static int64_t votes_in(const struct item *rows, uint32_t n, uint32_t round)
{
    int64_t sum = 0;
    for (uint32_t i = 0; i < n; i++)
        if (rows[i].kind == ITEM_TALLY && rows[i].comp == round)
            sum += rows[i].value;
    return sum;
}

static bool has_round(const struct item *rows, uint32_t n, uint32_t round, enum item_kind kind)
{
    for (uint32_t i = 0; i < n; i++)
        if (rows[i].kind == kind && rows[i].comp == round)
            return true;
    return false;
}

static bool has_vote(const struct item *rows, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (rows[i].kind == ITEM_VOTE)
            return true;
    return false;
}

/* Each round has its number of hands, and no round is missing between. */
static bool rounds_fit(const struct item *rows, uint32_t n)
{
    uint32_t earlier = 0;
    while (has_round(rows, n, earlier + 1, ITEM_TALLY))
        earlier++;
    bool last = has_round(rows, n, 0, ITEM_TALLY);
    if (earlier >= BALLOT_ROUNDS || (earlier && !last))
        return false;
    for (uint32_t i = 0; i < n; i++)
        if (rows[i].kind != ITEM_VOTE && rows[i].comp > earlier)
            return false;
    for (uint32_t round = 0; round <= earlier; round++)
        if (has_round(rows, n, round, ITEM_HANDS) != has_round(rows, n, round, ITEM_TALLY))
            return false;
    return true;
}

bool vote_fits(const struct session *se, const struct decision *d, const struct item *rows, uint32_t n)
{
    bool whole = has_vote(rows, n);
    for (uint32_t i = 0; i < n; i++) {
        const struct item *row = &rows[i];
        if (row->value < 0 || row_again(rows, i))
            return false;
        if (!whole && (row->kind != ITEM_TALLY || row->comp || d->form == FORM_COMPOSE))
            return false; /* as votes were before there was more to say */
        if (row->kind == ITEM_TALLY && !row_known(se, d, row))
            return false;
        if (whole && row->kind == ITEM_TALLY && votes_in(rows, n, row->comp) > BALLOT_MOST)
            return false;
        if (row->kind == ITEM_HANDS && row->value > votes_in(rows, n, row->comp))
            return false;
        if (row->kind != ITEM_TALLY && row->kind != ITEM_HANDS && row->kind != ITEM_VOTE)
            return false;
    }
    return !whole || rounds_fit(rows, n);
}

/* ---- the rule ---- */

static uint32_t row_slot(const struct scenario *s, const struct item *row)
{
    return row->spare ? row->ref : s->parts[row->ref].slot;
}

/* Whether E took what ROW stands for. */
static bool row_taken(const struct scenario *s, const struct event *e, const struct item *row)
{
    bool filled = false;
    if (s->decisions[e->b].form != FORM_COMPOSE)
        return row->ref == e->a;
    for (uint32_t i = 0; i < e->n; i++) {
        const struct item *it = &event_items(e)[i];
        if (it->kind != ITEM_TAKEN)
            continue;
        if (!row->spare && it->ref == row->ref)
            return true;
        filled |= s->parts[it->ref].slot == row_slot(s, row);
    }
    return row->spare && !filled;
}

/* How SLOT of a message (0: a decision of another form) was settled. */
static enum ballot_settled settled_at(const struct scenario *s, const struct event *e, const struct item *rows, uint32_t n,
                                      uint32_t slot)
{
    uint32_t votes[BALLOT_OPTIONS], options = 0, taken = BALLOT_OPTIONS;
    for (uint32_t i = 0; i < n && options < BALLOT_OPTIONS; i++) {
        if (rows[i].kind != ITEM_TALLY || rows[i].comp || (slot && row_slot(s, &rows[i]) != slot))
            continue;
        if (row_taken(s, e, &rows[i]))
            taken = options;
        votes[options++] = (uint32_t)rows[i].value;
    }
    return votes_settle(votes, options, taken);
}

/* Of a message the place that was settled with least regard to the votes says it for all. */
static enum ballot_settled settled(const struct scenario *s, const struct event *e, const struct item *rows, uint32_t n)
{
    const struct decision *d = &s->decisions[e->b];
    if (d->form != FORM_COMPOSE)
        return settled_at(s, e, rows, n, 0);
    enum ballot_settled most = SETTLED_VOTES;
    for (uint32_t slot = d->first_slot; slot < d->first_slot + d->n_slots; slot++) {
        enum ballot_settled one = settled_at(s, e, rows, n, slot);
        most = one > most ? one : most;
    }
    return most;
}

void vote_record(struct step *p, const struct item *rows, uint32_t n)
{
    enum ballot_settled how = has_vote(rows, n) ? settled(p->s, step_head(p), rows, n) : SETTLED_VOTES;
    for (uint32_t i = 0; i < n; i++) {
        struct item *slot = step_push(p, sizeof *slot);
        *slot = rows[i];
        slot->ref = rows[i].kind == ITEM_VOTE ? how : rows[i].ref;
    }
}

/* ---- written ---- */

uint32_t vote_rounds(const struct event *e)
{
    uint32_t earlier = 0;
    while (has_round(event_items(e), e->n, earlier + 1, ITEM_TALLY))
        earlier++;
    return earlier + has_round(event_items(e), e->n, 0, ITEM_TALLY);
}

static void put_round(const struct scenario *s, const struct event *e, uint32_t round, struct json_out *o)
{
    struct buf name = {0};
    json_open_object(o);
    for (uint32_t i = 0; i < e->n; i++) {
        const struct item *it = &event_items(e)[i];
        if (it->kind != ITEM_TALLY || it->comp != round)
            continue;
        buf_reset(&name);
        vote_name(s, &s->decisions[e->b], it, &name);
        json_key_text(o, buf_view(&name));
        json_int(o, it->value);
    }
    json_close_object(o);
    buf_done(&name);
}

static void put_hands(const struct event *e, struct json_out *o)
{
    json_key(o, "hands");
    json_open_array(o);
    for (uint32_t round = 1; round <= vote_rounds(e); round++)
        for (uint32_t i = 0; i < e->n; i++)
            if (event_items(e)[i].kind == ITEM_HANDS && event_items(e)[i].comp == round % vote_rounds(e))
                json_int(o, event_items(e)[i].value);
    json_close_array(o);
}

static void put_how(const struct scenario *s, const struct event *e, const struct item *vote, struct json_out *o)
{
    uint32_t rounds = vote_rounds(e);
    json_key(o, "vote");
    json_open_object(o);
    json_put_int(o, "heads", vote->value);
    if (rounds)
        put_hands(e, o);
    if (rounds > 1) {
        json_key(o, "before");
        json_open_array(o);
        for (uint32_t round = 1; round < rounds; round++)
            put_round(s, e, round, o);
        json_close_array(o);
    }
    if (vote->ref != SETTLED_VOTES)
        json_put_text(o, "settled", text_of(SETTLED_NAMES[vote->ref]));
    json_close_object(o);
}

void vote_put(const struct scenario *s, const struct event *e, struct json_out *o)
{
    if (e->by != BY_ROOM)
        return;
    if (has_round(event_items(e), e->n, 0, ITEM_TALLY)) {
        json_key(o, "tally");
        put_round(s, e, 0, o);
    }
    for (uint32_t i = 0; i < e->n; i++)
        if (event_items(e)[i].kind == ITEM_VOTE)
            put_how(s, e, &event_items(e)[i], o);
}

/* ---- read ---- */

static bool read_round(const struct scenario *s, const struct decision *d, const struct json_value *v, uint32_t round,
                       struct item *rows, uint32_t *n)
{
    if (v->kind != JSON_IS_OBJECT)
        return false;
    for (uint32_t i = 0; i < v->n; i++) {
        const struct json_value *votes = &v->items[i];
        if (*n == VOTE_ROWS || votes->kind != JSON_IS_INT || votes->number < 0 || votes->number > INT32_MAX ||
            !vote_named(s, d, votes->key, &rows[*n]))
            return false;
        rows[*n].comp = (uint16_t)round;
        rows[(*n)++].value = (int32_t)votes->number;
    }
    return true;
}

static bool read_how(const struct scenario *s, const struct decision *d, const struct json_value *v, struct item *rows, uint32_t *n)
{
    const struct json_value *before = json_get_array(v, "before"), *hands = json_get_array(v, "hands");
    int64_t heads;
    if (!json_get_int(v, "heads", 0, BALLOT_MOST, &heads) || (before && before->n >= BALLOT_ROUNDS))
        return false;
    for (uint32_t i = 0; before && i < before->n; i++)
        if (!read_round(s, d, &before->items[i], i + 1, rows, n))
            return false;
    for (uint32_t i = 0; hands && i < hands->n; i++) {
        const struct json_value *h = &hands->items[i];
        if (*n == VOTE_ROWS || hands->n > BALLOT_ROUNDS || h->kind != JSON_IS_INT || h->number < 0 || h->number > BALLOT_MOST)
            return false;
        rows[(*n)++] = (struct item){.kind = ITEM_HANDS, .comp = (uint16_t)((i + 1) % hands->n), .value = (int32_t)h->number};
    }
    if (*n == VOTE_ROWS)
        return false;
    rows[(*n)++] = (struct item){.kind = ITEM_VOTE, .value = (int32_t)heads};
    return true;
}

bool vote_read(const struct scenario *s, const struct decision *d, const struct json_value *v, struct item *rows, uint32_t *n)
{
    const struct json_value *tally = json_find(v, "tally"), *how = json_find(v, "vote");
    *n = 0;
    return (!tally || read_round(s, d, tally, 0, rows, n)) && (!how || read_how(s, d, how, rows, n));
}
