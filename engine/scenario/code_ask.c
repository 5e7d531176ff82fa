/* code_ask.c -- what a call asks about: the functions of the engine, and ids in quotes.
 *
 * An id must stand literally where it is used, so that the loader knows everything a scenario can ever ask: only that
 * gets a mark in the state.  Reasons given literally to score() are words to translate, and are gathered here, too.
 * Does not follow blocks and locals: code_scan.c does, and calls this at names that are neither. */
#include "scenario/code_resolve.h"
#include "scenario/code_unit.h"

#include <string.h>

enum {
    OPTIONS_NEAR = 27, /* a decision's options and its no-answer */
    CALL_TOKENS = 200  /* a longer call has no literal reason: nested ones must not make the scan quadratic */
};

/* ---- names the language has from the start ---- */

enum asks { ASKS_NOTHING, ASKS_SCENE, ASKS_OPTION, ASKS_TIMES, ASKS_MOVE, ASKS_POINTS, ASKS_SCORE, ASKS_GO };

struct known {
    const char *name;
    enum asks asks;
};

static const struct known known[] = {
    {"answer", 0},
    {"assert", 0},
    {"chose", ASKS_OPTION},
    {"error", 0},
    {"go", ASKS_GO},
    {"ipairs", 0},
    {"math", 0},
    {"moves", ASKS_MOVE},
    {"pairs", 0},
    {"pcall", 0},
    {"points", ASKS_POINTS},
    {"random", 0},
    {"role", 0},
    {"score", ASKS_SCORE},
    {"seen", ASKS_SCENE},
    {"select", 0},
    {"string", 0},
    {"table", 0},
    {"times", ASKS_TIMES},
    {"tonumber", 0},
    {"tostring", 0},
    {"turn", 0},
    {"type", 0},
    {"utf8", 0},
};

static const struct known *known_find(struct text name)
{
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (known[i].name[0] == name.at[0] && text_is(name, known[i].name)) {
            return &known[i];
        }
    }
    return NULL;
}

bool code_name_known(struct text name)
{
    return name.len && known_find(name);
}

/* ---- ids ---- */

static void report(struct resolve *r, enum msg code, uint32_t from, uint32_t to, struct text a1, struct text a2)
{
    unit_err(r, code, from, to, a1, a2, (struct text){0});
}

static struct text scene_name(const struct scenario *s, uint32_t i)
{
    return scenario_name(s, s->scenes[i + 1].name);
}

static struct text comp_name(const struct scenario *s, uint32_t i)
{
    return scenario_name(s, s->rubric.comps[i + 1].name);
}

static struct text move_name(const struct scenario *s, uint32_t i)
{
    return scenario_name(s, s->rubric.moves[i + 1].name);
}

static struct text decision_name(const struct scenario *s, uint32_t i)
{
    return scenario_name(s, s->decisions[i + 1].name);
}

static struct text option_name(const struct scenario *s, uint32_t i)
{
    return scenario_name(s, s->options[i + 1].name);
}

static void mark_give(struct scenario *s, uint32_t *mark)
{
    if (*mark == 0) {
        *mark = ++s->n_marks;
    }
}

/* "first/listen" for an ID that is nearly so. */
static void option_near(struct resolve *r, struct text id, size_t slash, struct buf *out)
{
    const struct scenario *s = r->s;
    struct text d = text_from(id.at, slash), options[OPTIONS_NEAR];
    if (!scenario_decision(s, d).i) {
        d = unit_nearest(r, d, s->n_decisions, decision_name);
    }
    const struct decision *found = &s->decisions[d.len ? scenario_decision(s, d).i : 0];
    uint32_t n = d.len && found->n < OPTIONS_NEAR ? found->n : 0;
    for (uint32_t i = 0; i < n; i++) {
        options[i] = scenario_name(s, s->options[found->first + i].name);
    }
    struct text o = text_nearest(text_from(id.at + slash + 1, id.len - slash - 1), options, n);
    if (o.len) {
        buf_printf(out, "%.*s/%.*s", (int)d.len, d.at, (int)o.len, o.at);
    }
}

/* No option is called so: says whether several are, or which is near. */
static void option_unknown(struct resolve *r, uint32_t i, struct text id)
{
    const struct scenario *s = r->s;
    const char *slash = id.len ? memchr(id.at, '/', id.len) : NULL;
    enum msg code = MSG_CODE_OPTION_UNKNOWN;
    struct buf near = {0};
    for (uint32_t k = 1; !slash && k <= s->n_options && !near.len && r->looked < LOOKED_MAX; k++, r->looked++) {
        if (text_eq(scenario_name(s, s->options[k].name), id)) {
            struct text d = scenario_name(s, s->decisions[s->options[k].decision.i].name);
            buf_printf(&near, "%.*s/%.*s", (int)d.len, d.at, (int)id.len, id.at);
            code = MSG_CODE_OPTION_AMBIGUOUS;
        }
    }
    if (slash) {
        option_near(r, id, (size_t)(slash - id.at), &near);
    } else if (!near.len) {
        buf_text(&near, unit_nearest(r, id, s->n_options, option_name));
    }
    report(r, code, i, i + 1, id, buf_view(&near));
    buf_done(&near);
}

/* ID is what the call asks about: it must exist, and from now on it has a mark. */
static void ask(struct resolve *r, enum asks asks, uint32_t i)
{
    struct scenario *s = r->s;
    struct text id = token_string(&r->t, i, &r->scratch);
    if (asks == ASKS_SCENE || asks == ASKS_GO) {
        scene_id scene = scenario_scene(s, id);
        if (!scene.i) {
            report(r, MSG_CODE_SCENE_UNKNOWN, i, i + 1, id, unit_nearest(r, id, s->n_scenes, scene_name));
        } else if (asks == ASKS_SCENE) {
            mark_give(s, &s->scenes[scene.i].mark);
        }
    } else if (asks == ASKS_OPTION || asks == ASKS_TIMES) {
        option_id option = scenario_option(s, id);
        if (option.i) {
            mark_give(s, asks == ASKS_TIMES ? &s->options[option.i].times : &s->options[option.i].mark);
        } else {
            option_unknown(r, i, id);
        }
    } else if (asks == ASKS_MOVE) {
        move_id move = scenario_move(s, id);
        if (move.i) {
            mark_give(s, &s->move_mark[move.i]);
        } else if (s->rubric.n_comps) { /* where the rubric is missing, that is what is reported */
            report(r, MSG_CODE_MOVE_UNKNOWN, i, i + 1, id, unit_nearest(r, id, s->rubric.n_moves, move_name));
        }
    } else if (s->rubric.n_comps && !scenario_comp(s, id).i) {
        report(r, MSG_CODE_COMPETENCY_UNKNOWN, i, i + 1, id, unit_nearest(r, id, s->rubric.n_comps, comp_name));
    }
}

/* ---- calls ---- */

/* Words for trainees hold a blank or something beyond ASCII; an id does not. */
static bool is_words(struct text t)
{
    for (size_t i = 0; i < t.len; i++) {
        if (t.at[i] == ' ' || (unsigned char)t.at[i] >= 0x80) {
            return true;
        }
    }
    return false;
}

/* The last argument of the call that opens at I, where it is one literal; else 0. */
static uint32_t last_literal(const struct resolve *r, uint32_t i)
{
    int depth = 0;
    for (uint32_t end = i + CALL_TOKENS; i < r->t.n && i < end; i++) {
        if (token_is(&r->t, i, '(')) {
            depth++;
        } else if (token_is(&r->t, i, ')') && --depth == 0) {
            bool alone =
                r->t.v[i - 1].kind == TOK_STRING && (token_is(&r->t, i - 2, ',') || token_is(&r->t, i - 2, '('));
            return alone ? i - 1 : 0;
        }
    }
    return 0;
}

/* A reason given literally, to score() or to a script's function that hands it on, is words to translate. */
void code_reason(struct resolve *r, uint32_t open, bool scores)
{
    uint32_t i = token_is(&r->t, open, '(') ? last_literal(r, open) : 0;
    if (i < open + (scores ? 2 : 1)) {
        return;
    }
    struct text words = token_string(&r->t, i, &r->scratch);
    if (words.len && (scores || is_words(words)) && !names_has(&r->reasons, words)) {
        names_add(&r->reasons, text_keep(&r->s->arena, words));
    }
}

bool code_call(struct resolve *r, uint32_t i)
{
    const struct known *k = known_find(token_text(&r->t, i));
    if (!k || k->asks == ASKS_NOTHING || token_is(&r->t, i + 1, '=')) {
        return k; /* what is assigned to it is reported at the = */
    }
    bool paren = token_is(&r->t, i + 1, '(');
    uint32_t id = paren ? i + 2 : i + 1;
    bool literal = id < r->t.n && r->t.v[id].kind == TOK_STRING;
    if (literal && paren) {
        literal = token_is(&r->t, id + 1, ')') || (k->asks == ASKS_SCORE && token_is(&r->t, id + 1, ','));
    }
    if (!literal) {
        report(r, MSG_CODE_ID_LITERAL, i, i + 1, token_text(&r->t, i), (struct text){0});
        return true;
    }
    if (k->asks == ASKS_SCORE || k->asks == ASKS_GO) {
        *(k->asks == ASKS_SCORE ? &r->scores : &r->goes) = true;
        if (r->kind == UNIT_WHEN) {
            report(r, MSG_CODE_EFFECT, i, i + 1, token_text(&r->t, i), (struct text){0});
        }
        if (k->asks == ASKS_SCORE) {
            code_reason(r, i + 1, true);
        }
    }
    ask(r, k->asks, id);
    return true;
}

static struct text any_name(const struct scenario *s, uint32_t i)
{
    return i < s->n_facts ? unit_fact_name(s, i) : text_of(known[i - s->n_facts].name);
}

void code_unknown(struct resolve *r, uint32_t i)
{
    struct text name = token_text(&r->t, i);
    uint32_t n = r->s->n_facts + (uint32_t)(sizeof known / sizeof *known);
    struct text near = unit_nearest(r, name, n, any_name);
    report(r, MSG_CODE_NAME_UNKNOWN, i, i + 1, name, near.len ? near : names_nearest(r, &r->globals, name));
}
