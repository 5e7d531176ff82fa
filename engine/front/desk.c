/* desk.c -- the facilitator's view, made from the state, the story and the scenario as it is written.
 *
 * Here may stand what the wall must not show.  An option's effects are told from the outline, which names conditions and
 * asks nothing; so it says what will be said and done, not how a gauge will stand. */
#include "front/desk.h"

#include "base/terminal.h"
#include "front/phrase.h"
#include "front/wall.h"

#include <string.h>

enum { NOTES_MOST = 36, PLAN_MOST = 24, MINUTE = 60000 };

/* A desk being made. */
struct maker {
    struct desk_made *d;
    const struct desk_wants *wants;
    const struct workshop *w;
    struct arena *a;
};

static const struct both none = {{0}, {0}};

static struct both fill2(struct maker *m, const char *form, struct both a1, struct both a2)
{
    struct both args[2] = {a1, a2};
    return both_fill(m->a, form, args, 2);
}

static struct both number(struct maker *m, unsigned long n) { return both_number(m->a, n); }

/* ---- where ---- */

static struct both where(struct maker *m)
{
    const struct workshop_state *s = &m->w->now;
    struct both stage = wall_stage_name(m->w);
    bool decides = s->stage >= STAGE_READ && s->stage <= STAGE_REVEAL && s->poll != POLL_WARM_UP && s->n_road;
    if (m->w->break_until)
        return both_tr(N_("Break"));
    if (m->w->black)
        return fill2(m, N_("%1 (the wall is black)"), stage, none);
    return decides ? fill2(m, N_("Decision %1: %2"), number(m, s->n_road), stage) : stage;
}

static const char *room_words(enum wire_room room)
{
    switch (room) {
    case WIRE_ROOM_FULL: return N_("two votes, with talk between");
    case WIRE_ROOM_QUICK: return N_("one vote");
    case WIRE_ROOM_TOLD: return N_("told");
    case WIRE_ROOMS: break;
    }
    return "";
}

static struct both clock_words(struct maker *m)
{
    unsigned long gone = (unsigned long)(m->w->now_ms / MINUTE);
    if (m->w->minutes)
        return fill2(m, N_("%1 of %2 minutes"), number(m, gone), number(m, m->w->minutes));
    return both_count(m->a, N_("%1 minute"), N_("%1 minutes"), gone);
}

/* ---- notes ---- */

static void add_note(struct both *list, uint32_t *n, struct both words)
{
    if (*n < NOTES_MOST && !both_empty(words))
        list[(*n)++] = words;
}

/* Notes of the scene, before and behind what stands on the wall, up to the next decision; and why the last answer was good
 * or bad. */
static void take_notes(struct maker *m)
{
    const struct workshop_state *s = &m->w->now;
    const struct story *st = m->w->story;
    struct both *list = arena_array(m->a, struct both, NOTES_MOST + 1);
    uint32_t n = 0, from = s->scene ? s->scene - 1 : 0;
    bool begun = s->stage >= STAGE_STORY && s->stage < STAGE_DEBRIEF;
    for (uint32_t i = from; begun && i < st->n; i++) {
        const struct beat *b = &st->v[i];
        if (i > s->beat && b->kind == WIRE_OUT_ASK)
            break;
        if (b->kind == WIRE_OUT_NOTE)
            add_note(list, &n, b->words);
        if (b->kind == WIRE_OUT_HINT)
            add_note(list, &n, fill2(m, N_("Hint: %1"), b->words, none));
        if (b->kind == WIRE_OUT_PROBLEM)
            add_note(list, &n, fill2(m, N_("A script of this scenario failed at %1; the conversation goes on without it."), both_same(b->at), none));
        if (b->kind == WIRE_OUT_COMMENT && b->event == s->chose)
            add_note(list, &n, both_empty(b->why) ? b->words : fill2(m, N_("%1: %2"), b->why, b->words));
    }
    for (uint32_t i = 0; s->stage == STAGE_DEBRIEF && i < m->w->about->n_questions; i++)
        add_note(list, &n, m->w->about->questions[i]);
    for (uint32_t i = 0; i < m->wants->n_written; i++)
        add_note(list, &n, m->wants->written[i]);
    m->d->desk.notes = list;
    m->d->desk.n_notes = n;
}

/* ---- the plan ---- */

static struct both step_words(struct maker *m, const struct plan_step *p)
{
    static const char *const kinds[] = {
        [PLAN_LOBBY] = N_("Welcome"),       [PLAN_WARM_UP] = N_("Warm-up"),        [PLAN_FRAME] = N_("What it is for"),
        [PLAN_LESSON] = N_("One idea"),     [PLAN_BRIEF] = N_("Our part"),         [PLAN_ENDING] = N_("The ending"),
        [PLAN_GO_BACK] = N_("Back to a turning point"), [PLAN_DEBRIEF] = N_("Looking back"), [PLAN_TAKE_HOME] = N_("To take home"),
    };
    if (p->kind != PLAN_DECISION)
        return both_tr(kinds[p->kind]);
    struct both prompt = none;
    for (int i = 0; i < 2; i++) {
        const struct outline_scene *scene;
        const struct outline_node *d = m->wants->outlines[i] ? plan_find(m->wants->outlines[i], p->decision->id, &scene) : NULL;
        struct text t = d ? clean_runs(m->a, d->text) : (struct text){0};
        *(i ? &prompt.zh : &prompt.en) = t;
    }
    if (both_empty(prompt))
        prompt = both_same(clean_text(m->a, p->decision->id));
    return fill2(m, N_("%1 (%2)"), prompt, both_tr(p->decision->form == WIRE_FORM_DISCUSS ? N_("talk") : room_words(p->room)));
}

/* The steps of an opening that are over. */
static bool is_past(const struct workshop *w, enum plan_kind kind)
{
    static const enum stage_of_workshop last[] = {[PLAN_LOBBY] = STAGE_LOBBY, [PLAN_FRAME] = STAGE_RULES, [PLAN_LESSON] = STAGE_LESSON,
                                                  [PLAN_BRIEF] = STAGE_BRIEF, [PLAN_ENDING] = STAGE_ENDING, [PLAN_GO_BACK] = STAGE_ROADS,
                                                  [PLAN_DEBRIEF] = STAGE_DEBRIEF, [PLAN_TAKE_HOME] = STAGE_TAKE_HOME};
    if (kind == PLAN_DECISION)
        return false;
    if (kind == PLAN_WARM_UP)
        return w->now.stage != STAGE_LOBBY && w->now.poll != POLL_WARM_UP;
    if (w->now.poll == POLL_WARM_UP)
        return kind == PLAN_LOBBY;
    return w->now.stage > last[kind] && !(w->now.stage == STAGE_TURN && kind == PLAN_GO_BACK);
}

static void take_plan(struct maker *m)
{
    const struct plan *p = &m->w->plan;
    struct both *list = arena_array(m->a, struct both, PLAN_MOST + 2);
    uint32_t n = 0;
    if (p->over)
        list[n++] = both_tr(N_("There is more to do than there is time: s skips, f shortens a decision."));
    for (uint32_t i = 0; i < p->n && n < PLAN_MOST; i++)
        if (!is_past(m->w, p->v[i].kind))
            list[n++] = fill2(m, N_("%1 min  %2"), number(m, p->v[i].minutes), step_words(m, &p->v[i]));
    m->d->desk.plan = list;
    m->d->desk.n_plan = n;
}

/* ---- options ---- */

static const struct outline_option *option_of(const struct client_outline *o, struct text id)
{
    for (uint32_t i = 0; o && i < o->n_scenes; i++)
        for (uint32_t k = 0; k < o->scenes[i].n_nodes; k++)
            for (uint32_t j = 0; j < o->scenes[i].nodes[k].n_options; j++)
                if (text_eq(o->scenes[i].nodes[k].options[j].id, id))
                    return &o->scenes[i].nodes[k].options[j];
    return NULL;
}

static const struct outline_scene *scene_of(const struct client_outline *o, struct text id)
{
    for (uint32_t i = 0; i < o->n_scenes; i++)
        if (text_eq(o->scenes[i].id, id))
            return &o->scenes[i];
    return NULL;
}

static struct text competency(struct maker *m, struct text id, bool zh)
{
    const struct about *a = m->w->about;
    for (uint32_t i = 0; i < a->n_competencies; i++)
        if (text_eq(a->competencies[i].id, id) && (zh ? a->competencies[i].title.zh : a->competencies[i].title.en).len)
            return zh ? a->competencies[i].title.zh : a->competencies[i].title.en;
    return clean_text(m->a, id);
}

/* "reflecting a feeling (listening +2).  Lin (sits down): That is about it.  -> Lin sits down." */
static struct text does_in(struct maker *m, const struct client_outline *outline, const struct outline_option *o, bool zh)
{
    struct buf b = {0};
    const struct outline_scene *next = o->next.len ? scene_of(outline, o->next) : NULL;
    for (uint32_t i = 0; i < o->n_moves; i++) {
        buf_str(&b, i ? (zh ? "、" : ", ") : "");
        buf_text(&b, clean_runs(m->a, o->moves[i].title));
    }
    for (uint32_t i = 0; i < o->n_points; i++) {
        buf_str(&b, i ? (zh ? "、" : ", ") : b.len ? (zh ? "（" : " (") : (zh ? "（" : "("));
        buf_text(&b, competency(m, o->points[i].competency, zh));
        buf_printf(&b, " %+d", o->points[i].points);
    }
    buf_str(&b, o->n_points ? (zh ? "）" : ")") : "");
    struct text manner = clean_runs(m->a, o->reaction_manner), said = clean_runs(m->a, o->reaction);
    if (manner.len || said.len) {
        buf_str(&b, b.len ? (zh ? "。" : ".  ") : "");
        buf_text(&b, clean_runs(m->a, o->reaction_by));
        buf_str(&b, manner.len ? (zh ? "（" : " (") : "");
        buf_text(&b, manner);
        buf_str(&b, manner.len ? (zh ? "）" : ")") : "");
        buf_str(&b, said.len ? (zh ? "：" : ": ") : "");
        buf_text(&b, said);
    }
    if (next) {
        buf_str(&b, "  -> ");
        buf_text(&b, clean_runs(m->a, next->text));
    }
    struct text t = text_keep(m->a, buf_view(&b));
    buf_done(&b);
    return t;
}

static struct both does(struct maker *m, uint32_t i)
{
    const struct workshop_state *s = &m->w->now;
    const struct beat *b = s->poll == POLL_DECISION && i < s->n_options ? workshop_beat(m->w, s->options[i]) : NULL;
    struct both out = none;
    for (int k = 0; b && k < 2; k++) {
        const struct outline_option *o = option_of(m->wants->outlines[k], b->id);
        if (o)
            *(k ? &out.zh : &out.en) = does_in(m, m->wants->outlines[k], o, k == 1);
    }
    return out;
}

static bool shows_options(const struct workshop *w)
{
    const struct workshop_state *s = &w->now;
    return s->poll != POLL_NONE && (s->stage == STAGE_READ || s->stage == STAGE_VOTE || s->stage == STAGE_TALK || s->stage == STAGE_CHOOSE ||
                                    s->stage == STAGE_REVEAL || s->stage == STAGE_WRITE);
}

static void take_options(struct maker *m)
{
    const struct workshop_state *s = &m->w->now;
    uint32_t n = s->poll == POLL_WARM_UP ? m->w->about->warm_up.n_choices : s->n_options;
    struct desk_option *list = arena_array(m->a, struct desk_option, n + 1);
    if (!shows_options(m->w) || (s->poll == POLL_DECISION && s->form == WIRE_FORM_COMPOSE))
        n = 0;
    for (uint32_t i = 0; i < n; i++) {
        list[i].words = workshop_option(m->w, i);
        if (both_empty(list[i].words))
            list[i].words = workshop_option_manner(m->w, i);
        list[i].does = does(m, i);
        list[i].votes = ballot_votes(&s->ballot, s->ballot.round, i);
    }
    m->d->desk.options = list;
    m->d->desk.n_options = n;
}

/* ---- keys ---- */

static void add_key(struct maker *m, struct desk_key *list, char key, const char *label, bool field)
{
    list[m->d->desk.n_keys++] = (struct desk_key){key, both_tr(label), field};
}

static void take_keys(struct maker *m)
{
    const struct workshop_state *s = &m->w->now;
    struct desk_key *list = arena_array(m->a, struct desk_key, 24);
    bool votes = shows_options(m->w) && !s->taken;
    m->d->desk.n_keys = 0;
    add_key(m, list, ' ', N_("on"), false);
    if (votes && s->ballot.round) {
        add_key(m, list, 'h', N_("hands"), true);
        add_key(m, list, 'r', N_("show the votes"), false);
        add_key(m, list, 'v', N_("vote again"), false);
        add_key(m, list, 'd', N_("talk"), false);
    }
    if (votes && s->poll != POLL_WARM_UP) {
        add_key(m, list, 'p', N_("choose"), true);
        add_key(m, list, 'f', N_("how it is played"), false);
    }
    if (s->form == WIRE_FORM_ASK && votes)
        add_key(m, list, 'w', N_("own words"), true);
    add_key(m, list, 't', N_("timer"), false);
    add_key(m, list, 's', N_("skip"), false);
    add_key(m, list, 'u', N_("undo"), false);
    add_key(m, list, 'g', N_("go back"), false);
    if (s->stage == STAGE_TURN)
        add_key(m, list, '1', N_("to number"), true);
    add_key(m, list, 'c', N_("people here"), true);
    if (m->w->begun)
        add_key(m, list, 'n', N_("note"), true);
    add_key(m, list, 'k', N_("break"), false);
    add_key(m, list, 'b', N_("black"), false);
    if (!both_empty(m->wants->phones))
        add_key(m, list, 'j', N_("close or open joining"), false);
    add_key(m, list, 'o', both_empty(m->wants->phones) ? N_("phones in") : N_("phones off"), false);
    m->d->desk.keys = list;
}

/* ---- what is said ---- */

static struct both counts(struct maker *m)
{
    const struct workshop_state *s = &m->w->now;
    uint32_t here = workshop_here(m->w), answered = ballot_answered(&s->ballot, s->ballot.round);
    return here ? fill2(m, N_("%1 of %2 have answered"), number(m, answered), number(m, here))
                : both_count(m->a, N_("%1 has answered"), N_("%1 have answered"), answered);
}

static struct both on_the_wall(struct maker *m)
{
    const struct workshop_state *s = &m->w->now;
    const struct beat *ask = workshop_beat(m->w, s->ask), *b = workshop_beat(m->w, s->shown);
    if ((s->stage == STAGE_STORY || s->stage == STAGE_REACTION) && b) {
        struct both words = both_empty(b->words) ? b->manner : b->words;
        return both_empty(b->name) ? words : fill2(m, N_("%1: %2"), b->name, words);
    }
    if (s->stage == STAGE_LOBBY && workshop_here(m->w))
        return wall_people(m->a, workshop_here(m->w));
    if (s->poll == POLL_WARM_UP)
        return m->w->about->warm_up.words;
    if (s->stage >= STAGE_READ && s->stage <= STAGE_REVEAL && ask)
        return ask->words;
    if (s->stage == STAGE_ENDING && s->n_endings)
        return m->w->story->v[s->endings[s->n_endings - 1].ended - 1].words;
    return none;
}

/* The options and what was said of each, for ears. */
static struct both spoken_options(struct maker *m)
{
    struct buf en = {0}, zh = {0};
    for (uint32_t i = 0; m->w->now.stage == STAGE_READ && i < m->d->desk.n_options; i++) {
        const struct both w = m->d->desk.options[i].words;
        buf_printf(&en, " %c: ", 'A' + (int)i);
        buf_text(&en, w.en.len ? w.en : w.zh);
        buf_printf(&zh, " %c：", 'A' + (int)i);
        buf_text(&zh, w.zh.len ? w.zh : w.en);
    }
    struct both out = {text_keep(m->a, buf_view(&en)), text_keep(m->a, buf_view(&zh))};
    buf_done(&en);
    buf_done(&zh);
    return out;
}

static void take_spoken(struct maker *m)
{
    struct desk_made *d = m->d;
    d->now = on_the_wall(m);
    d->spoken = both_empty(d->now) ? d->desk.where : fill2(m, N_("%1. %2"), d->desk.where, d->now);
    if (m->w->now.stage == STAGE_VOTE)
        d->spoken = fill2(m, N_("%1. %2"), d->desk.where, counts(m));
    struct both options = spoken_options(m);
    if (options.en.len)
        d->spoken = fill2(m, "%1%2", d->spoken, options);
    if (!both_empty(d->remark))
        d->spoken = d->remark;
}

/* Rows that say something; bars are for eyes. */
static void take_wall(struct maker *m)
{
    struct text rows = m->wants->wall, row, c;
    uint32_t code, most = 1;
    for (size_t i = 0; i < rows.len; i++)
        most += rows.at[i] == '\n';
    struct text *list = arena_array(m->a, struct text, most);
    struct buf b = {0};
    while (text_split(&rows, '\n', &row)) {
        buf_reset(&b);
        for (c = row; c.len;) {
            const char *at = c.at;
            if (!text_next(&c, &code))
                break;
            if (code != 0x25AE && code != 0x25AF) /* full and empty: canvas.c's bars */
                buf_text(&b, text_from(at, (size_t)(c.at - at)));
        }
        struct text said = text_trim(buf_view(&b));
        if (said.len)
            list[m->d->n_wall++] = text_keep(m->a, said);
    }
    buf_done(&b);
    m->d->wall = list;
}

void desk_make(struct desk_made *d, const struct desk_wants *wants)
{
    arena_reset(&d->arena);
    *d = (struct desk_made){.arena = d->arena};
    struct maker m = {.d = d, .wants = wants, .w = wants->w, .a = &d->arena};
    struct buf clean = {0};
    d->desk.where = where(&m);
    d->desk.clock = clock_words(&m);
    take_notes(&m);
    take_plan(&m);
    take_options(&m);
    take_keys(&m);
    take_wall(&m);
    d->remark = wall_remark(m.w, m.a);
    d->field = m.w->field != FIELD_NONE ? wall_field_name(m.w) : none;
    terminal_clean(buf_view(&m.w->typed), CLEAN_PLAY, &clean);
    d->typed = m.w->field != FIELD_NONE ? text_keep(m.a, buf_view(&clean)) : (struct text){0};
    buf_done(&clean);
    d->phones = wants->phones;
    d->own = text_keep(m.a, wants->own);
    take_spoken(&m);
}

void desk_done(struct desk_made *d)
{
    arena_done(&d->arena);
    *d = (struct desk_made){0};
}
