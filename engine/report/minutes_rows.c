/* minutes_rows.c -- the minutes of a workshop for other programs: a table, and JSON Lines.
 *
 * Whoever may read numbers of few votes reads them here; who that is, is not decided by a program. So of fewer than five
 * votes only who led is written, as everywhere. */
#include "report/minutes.h"

#include "base/csv.h"
#include "base/json.h"

/* ---- a table ---- */

static struct text number(struct arena *a, unsigned n)
{
    struct buf b = {0};
    buf_int(&b, n);
    struct text t = text_keep(a, buf_view(&b));
    buf_done(&b);
    return t;
}

static const char *settled_word(const struct minutes_vote *v)
{
    static const char *const words[] = {"votes", "tie", "told", "veto"};
    return words[v->settled < WIRE_SETTLEDS ? v->settled : 0];
}

static void put_option(struct buf *out, struct arena *a, const struct minutes *m, uint32_t turn, uint32_t option, uint32_t round)
{
    const struct minutes_vote *v = &m->turns[turn].vote;
    const struct minutes_option *o = &v->options[option];
    bool few = minutes_answered(v, round) < MINUTES_FEW;
    struct text row[] = {m->scenario, m->started, number(a, turn + 1), v->decision, number(a, round + 1), o->id, o->words,
                         few ? (struct text){0} : number(a, o->votes[round]), minutes_led(v, round) == option + 1 ? TEXT("1") : TEXT("0"),
                         option + 1 == v->taken ? TEXT("1") : TEXT("0"), v->hands && !few ? number(a, v->hands[round]) : (struct text){0},
                         number(a, v->heads), text_of(settled_word(v)), m->turns[turn].taken_back ? TEXT("1") : TEXT("0")};
    csv_row(out, row, sizeof row / sizeof *row);
}

void minutes_csv(const struct minutes *m, struct buf *out)
{
    static const struct text titles[] = {
        {"scenario", 8}, {"started", 7}, {"turn", 4}, {"decision", 8}, {"round", 5}, {"option", 6}, {"words", 5}, {"votes", 5},
        {"led", 3}, {"taken", 5}, {"hands_in_round", 14}, {"heads", 5}, {"settled", 7}, {"taken_back", 10}};
    struct arena a = {0};
    csv_mark(out);
    csv_row(out, titles, sizeof titles / sizeof *titles);
    for (uint32_t i = 0; i < m->n_turns; i++)
        for (uint32_t k = 0; k < m->turns[i].vote.n_rounds; k++)
            for (uint32_t o = 0; o < m->turns[i].vote.n_options; o++)
                put_option(out, &a, m, i, o, k);
    arena_done(&a);
}

/* ---- JSON Lines ---- */

static void put_if(struct json_out *o, const char *name, struct text t)
{
    if (t.len)
        json_put_text(o, name, t);
}

static void put_votes(struct json_out *o, const struct minutes_vote *v)
{
    json_key(o, "votes");
    json_open_array(o);
    for (uint32_t i = 0; i < v->n_options; i++) {
        json_open_object(o);
        json_put_text(o, "option", v->options[i].id);
        put_if(o, "words", v->options[i].words);
        json_key(o, "n");
        json_open_array(o);
        for (uint32_t k = 0; k < v->n_rounds; k++) {
            if (minutes_answered(v, k) < MINUTES_FEW)
                json_nothing(o);
            else
                json_int(o, v->options[i].votes[k]);
        }
        json_close_array(o);
        json_close_object(o);
    }
    json_close_array(o);
}

/* Of each round the option that led; null where none did alone. */
static void put_led(struct json_out *o, const struct minutes_vote *v)
{
    json_key(o, "led");
    json_open_array(o);
    for (uint32_t k = 0; k < v->n_rounds; k++) {
        uint32_t led = minutes_led(v, k);
        if (led)
            json_str(o, v->options[led - 1].id);
        else
            json_nothing(o);
    }
    json_close_array(o);
}

static void put_turn(const struct minutes *m, uint32_t i, struct buf *out)
{
    const struct minutes_turn *t = &m->turns[i];
    struct json_out o = json_to(out);
    json_open_object(&o);
    json_put_int(&o, "turn", i + 1);
    json_put_text(&o, "decision", t->vote.decision);
    put_if(&o, "prompt", t->vote.prompt);
    put_if(&o, "said", t->said);
    put_if(&o, "reaction", t->reaction);
    if (t->taken_back)
        json_put_bool(&o, "taken-back", true);
    if (t->vote.room) {
        json_put_int(&o, "heads", t->vote.heads);
        json_put_text(&o, "settled", text_of(settled_word(&t->vote)));
        if (t->vote.taken)
            json_put_text(&o, "taken", t->vote.options[t->vote.taken - 1].id);
        put_led(&o, &t->vote);
        put_votes(&o, &t->vote);
    }
    json_close_object(&o);
    buf_char(out, '\n');
}

void minutes_jsonl(const struct minutes *m, struct buf *out)
{
    struct json_out o = json_to(out);
    json_open_object(&o);
    json_put_text(&o, "workshop", m->scenario);
    json_put_text(&o, "version", m->version);
    put_if(&o, "digest", m->digest);
    put_if(&o, "started", m->started);
    json_put_text(&o, "lang", m->lang);
    json_put_text(&o, "title", m->title);
    put_if(&o, "played", m->who);
    json_put_int(&o, "heads", m->heads);
    put_if(&o, "ending", m->ending);
    json_close_object(&o);
    buf_char(out, '\n');
    for (uint32_t i = 0; i < m->n_turns; i++)
        put_turn(m, i, out);
}
