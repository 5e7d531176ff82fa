/* step.c -- recording what a step decides, and the door for the scenario's code.
 *
 * Every effect becomes an item, and the item changes the scratch copy: there is no other way to change it, so folding
 * the events later must give the same bytes.  A snippet that fails is undone by cutting the log where it began and
 * folding what is left over the state before the step; that is slow, and rare. */
#include "play/decide.h"

#include "play/feed.h"
#include "play/rng.h"
#include "scenario/mark.h"

#include <string.h>

/* ---- recording ---- */

/* Keeps what a record can hold: valid UTF-8 without U+0000, at most REASON_BYTES where it comes from a script. */
static void keep_text(struct buf *out, struct text t, size_t most)
{
    size_t end = out->len + (t.len < most ? t.len : most);
    while (t.len && out->len < end) {
        size_t n = text_utf8_len(t);
        bool good = n && *t.at;
        if (out->len + (good ? n : 1) > end)
            break;
        buf_add(out, good ? t.at : "?", good ? n : 1);
        t.at += n ? n : 1;
        t.len -= n ? n : 1;
    }
}

void step_text(struct step *p, enum item_kind kind, struct text text)
{
    struct buf *texts = &p->se->texts;
    size_t from = texts->len;
    keep_text(texts, text, kind == ITEM_REASON ? REASON_BYTES : NOTE_BYTES);
    step_item(p, kind, (uint32_t)from, (int32_t)(texts->len - from));
}

/* ---- values in texts ---- */

void step_value(struct step *p, fact_id f)
{
    const struct event *e = step_head(p);
    const struct item *items = event_items(e);
    for (uint32_t i = e->n; i > 0 && items[i - 1].kind == ITEM_VALUE; i--)
        if (items[i - 1].ref == f.i)
            return;
    step_item(p, ITEM_VALUE, f.i, state_facts(p->st)[f.i]);
}

void step_values_of(struct step *p, words_id words)
{
    const struct scenario *s = p->s;
    for (uint32_t lang = 0; lang < s->n_languages; lang++) {
        struct text t = s->languages[lang].v[words.i];
        struct run run;
        while (mark_next(&t, &run))
            if (run.mark == MARK_VALUE && run.fact)
                step_value(p, (fact_id){run.ref});
    }
}

/* ---- snippets ---- */

static void snippet_begin(struct step *p)
{
    p->script_log = p->se->log_len;
    p->script_texts = p->se->texts.len;
    p->script_problems = p->problems;
    p->spilled = false;
    if (p->se->feed)
        feed_snippet(p->se->feed);
}

static void snippet_undo(struct step *p)
{
    struct session *se = p->se;
    se->log_len = p->script_log;
    se->texts.len = p->script_texts;
    p->problems = p->script_problems;
    if (se->feed)
        feed_undo(se->feed);
    step_head(p); /* counts its items anew */
    memcpy(p->st, se->state, se->state_size);
    session_fold(se, p->st, p->first, se->n_events);
}

/* Undoes and reports the snippet that just ran, if it failed. */
static bool snippet_end(struct step *p, bool ok, struct err *err, struct span at)
{
    if (ok && !p->spilled)
        return true;
    if (p->spilled)
        err_set(err, MSG_EFFECTS_TOO_MANY, err->at, (struct text){0}, (struct text){0});
    if (err->at.file == 0)
        err->at = at;
    snippet_undo(p);
    p->spilled = false;
    step_problem(p, err);
    return false;
}

static bool scripts_absent(struct err *err)
{
    return err_set(err, MSG_SCRIPTS_ABSENT, (struct span){0}, (struct text){0}, (struct text){0});
}

bool step_holds(struct step *p, code_id when)
{
    const struct scorer *sc = p->se->scorer;
    if (when.i == 0)
        return true;
    const struct code *c = &p->s->codes[when.i];
    snippet_begin(p);
    if (!c->lua)
        return step_code(p, c);
    bool value = false;
    struct err err = {0};
    bool ok = sc ? sc->test(sc->self, p, when, &value, &err) : scripts_absent(&err);
    return snippet_end(p, ok, &err, c->at) && value;
}

void step_do(struct step *p, code_id id)
{
    const struct scorer *sc = p->se->scorer;
    if (id.i == 0)
        return;
    const struct code *c = &p->s->codes[id.i];
    snippet_begin(p);
    if (!c->lua) {
        step_code(p, c);
        return;
    }
    struct err err = {0};
    bool ok = sc ? sc->run(sc->self, p, id, &err) : scripts_absent(&err);
    snippet_end(p, ok, &err, c->at);
}

void step_hook(struct step *p, const char *name, struct text arg, struct text *picked)
{
    const struct scorer *sc = p->se->scorer;
    struct text nothing = {0};
    if (p->s->n_scripts == 0 || !sc)
        return;
    snippet_begin(p);
    struct err err = {0};
    bool ok = sc->hook(sc->self, p, name, arg, picked ? picked : &nothing, &err);
    if (!snippet_end(p, ok, &err, p->s->scripts[p->s->n_scripts].at) && picked)
        *picked = nothing;
}

/* ---- what a script may ask ---- */

const struct scenario *step_scenario(const struct step *p)
{
    return p->s;
}

int32_t step_fact(const struct step *p, fact_id f)
{
    feed_asked(p, NOTE_FACT, f.i);
    return state_facts(p->st)[f.i];
}

int32_t step_points(const struct step *p, comp_id c)
{
    feed_asked(p, NOTE_TOTAL, c.i);
    return state_totals(p->s, p->st)[c.i];
}

static int32_t marked(const struct step *p, uint32_t mark, enum note_kind how)
{
    if (mark)
        feed_asked(p, how, mark);
    return mark ? state_marks(p->s, p->st)[mark] : 0;
}

bool step_seen(const struct step *p, scene_id sc)
{
    return marked(p, p->s->scenes[sc.i].mark, NOTE_WHETHER) > 0;
}

bool step_chose(const struct step *p, option_id o)
{
    return marked(p, p->s->options[o.i].mark, NOTE_WHETHER) > 0;
}

int32_t step_times(const struct step *p, option_id o)
{
    return marked(p, p->s->options[o.i].times, NOTE_COUNT);
}

int32_t step_moves(const struct step *p, move_id m)
{
    return p->s->move_mark ? marked(p, p->s->move_mark[m.i], NOTE_COUNT) : 0;
}

int32_t step_turn(const struct step *p)
{
    feed_asked(p, NOTE_TURN, 0);
    return p->st->turn;
}

role_id step_role(const struct step *p)
{
    return p->se->params.roles[0];
}

/* ---- what a script may do ---- */

/* Whether the running snippet may make one more effect. */
static bool may_spill(struct step *p)
{
    if (p->se->log_len - p->script_log >= SNIPPET_ITEMS * sizeof(struct item) ||
        p->se->texts.len - p->script_texts > SNIPPET_TEXTS)
        p->spilled = true;
    return p->spilled;
}

static void fact_set(struct step *p, fact_id f, int64_t value)
{
    const struct fact *fact = &p->s->facts[f.i];
    int32_t held = value < fact->from ? fact->from : value > fact->to ? fact->to : (int32_t)value;
    if (state_facts(p->st)[f.i] != held && !may_spill(p))
        step_item(p, ITEM_SET, f.i, held);
}

void step_set(struct step *p, fact_id f, int32_t value)
{
    feed_wrote(p, NOTE_SET, f.i, value);
    fact_set(p, f, value);
}

void step_add(struct step *p, fact_id f, int32_t value)
{
    feed_wrote(p, NOTE_ADDED, f.i, value);
    fact_set(p, f, (int64_t)state_facts(p->st)[f.i] + value);
}

int32_t step_draw(struct step *p, uint32_t n)
{
    uint64_t r = rng_at(p->se->params.seed, (uint64_t)p->st->draws + 1);
    int32_t value = p->se->feed ? feed_draw(p->se->feed, n) : (int32_t)rng_below(r, n) + 1;
    step_item(p, ITEM_DRAW, n, value);
    return value;
}

int32_t step_random(struct step *p, int32_t n)
{
    return may_spill(p) ? 1 : step_draw(p, n < 1 ? 1 : n > 100 ? 100 : (uint32_t)n);
}

bool step_score(struct step *p, comp_id c, int32_t points, struct text reason, struct err *err)
{
    if (!p->answering)
        return err_set(err, MSG_SCORE_OUTSIDE, (struct span){0}, (struct text){0}, (struct text){0});
    if (points < POINTS_MIN || points > POINTS_MAX)
        return err_set(err, MSG_SCORE_RANGE, (struct span){0}, (struct text){0}, (struct text){0});
    if (!p->counts || may_spill(p))
        return true;
    step_comp_item(p, ITEM_SCORE, c, 0, points);
    p->scored = true;
    if (reason.len)
        step_text(p, ITEM_REASON, reason);
    return true;
}

bool step_go(struct step *p, scene_id to, struct err *err)
{
    if (!p->answering)
        return err_set(err, MSG_GO_OUTSIDE, (struct span){0}, (struct text){0}, (struct text){0});
    if (!may_spill(p))
        step_item(p, ITEM_GO, to.i, 0);
    p->sent = true;
    return true;
}

/* A place that a record may hold: one that exists, or none. */
static struct span placed(const struct scenario *s, struct span at)
{
    bool exists = at.file && at.file <= s->sources.n && at.from <= at.to && at.to <= s->sources.v[at.file].bytes.len;
    return exists ? at : (struct span){0};
}

void step_problem(struct step *p, const struct err *err)
{
    struct span at = placed(p->s, err->at);
    uint32_t n = ERR_ARGS;
    if (p->problems++ >= STEP_PROBLEMS)
        return;
    while (n && err->args[n - 1].len == 0)
        n--;
    step_item(p, ITEM_PROBLEM, err->code, (int32_t)at.file);
    step_item(p, ITEM_PLACE, at.from, (int32_t)at.to);
    for (uint32_t i = 0; i < n; i++)
        step_text(p, ITEM_TEXT, err->args[i]);
}
