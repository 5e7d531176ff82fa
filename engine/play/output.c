/* output.c -- what events show: texts in a language, values filled in.
 *
 * Nothing is evaluated and no state is read: which nodes were shown, and the values their texts needed, stand in the
 * events.  So a kept session can be shown again in any language, and showing it twice gives the same bytes. */
#include "play/output.h"

#include "scenario/mark.h"

#include <stdlib.h>
#include <string.h>

/* What is being shown. */
struct view {
    const struct session *se;
    const struct scenario *s;
    const struct event *e;
    uint32_t event; /* its number */
    uint32_t item;  /* values are looked for from this item on */
    uint32_t lang;
    const struct text *texts; /* in that language */
    const uint8_t *holds;     /* scenario.words_values */
    struct outputs *o;   /* NULL in output_words */
    struct arena *arena; /* for texts that are filled in */
};

static struct view view_of(const struct session *se, uint32_t lang, struct outputs *o, struct arena *a)
{
    const struct scenario *s = se->scenario;
    return (struct view){.se = se, .s = s, .lang = lang, .o = o, .arena = a,
                         .texts = s->languages[lang < s->n_languages ? lang : 0].v, .holds = s->words_values};
}

void outputs_done(struct outputs *o)
{
    arena_done(&o->arena);
    free(o->v);
    *o = (struct outputs){0};
}

static void grow(struct outputs *o)
{
    uint32_t n = o->cap;
    array_room(o->v, n, o->cap);
    memset(o->v + n, 0, (o->cap - n) * sizeof *o->v);
}

/* Those behind the last are zero: they are cleared all at once. */
static inline struct output *add(struct view *w, enum output_kind kind)
{
    struct outputs *o = w->o;
    if (o->n == o->cap)
        grow(o);
    struct output *out = &o->v[o->n++];
    out->kind = (uint8_t)kind;
    out->event = w->event;
    return out;
}

static void clear(struct outputs *o)
{
    arena_reset(&o->arena);
    if (o->n)
        memset(o->v, 0, o->n * sizeof *o->v);
    o->n = 0;
}

/* ---- texts ---- */

static void put_value(const struct view *w, uint32_t fact, struct buf *out)
{
    const struct fact *f = &w->s->facts[fact];
    int32_t value = f->start;
    for (uint32_t i = w->item; i < w->e->n; i++) {
        const struct item *it = &event_items(w->e)[i];
        if (it->kind == ITEM_VALUE && it->ref == fact) {
            value = it->value;
            break;
        }
    }
    if (f->kind == FACT_ONE_OF)
        buf_text(out, scenario_name(w->s, w->s->values[f->values + (uint32_t)value]));
    else if (f->kind == FACT_FLAG)
        buf_str(out, value ? "yes" : "no");
    else
        buf_int(out, value);
}

static void put_run(const struct view *w, const struct run *run, struct buf *out)
{
    bool original;
    if (run->mark == MARK_VALUE && run->fact) {
        put_value(w, run->ref, out);
        return;
    }
    if (run->mark == MARK_VALUE) {
        buf_text(out, scenario_words(w->s, w->lang, w->s->settings[run->ref].is, &original));
        return;
    }
    if (run->mark)
        buf_char(out, (char)run->mark);
    buf_text(out, run->words);
    if (run->mark)
        buf_char(out, MARK_END);
}

static void put_words(const struct view *w, struct text t, struct buf *out)
{
    struct run run;
    while (mark_next(&t, &run))
        put_run(w, &run, out);
}

static struct text words_filled(const struct view *w, words_id id, bool *original)
{
    bool source = false;
    struct text t = scenario_words(w->s, w->lang, id, &source);
    *original = *original || source;
    if (!scenario_words_hold(w->s, id))
        return t;
    struct buf filled = {0};
    put_words(w, t, &filled);
    t = text_keep(w->arena, buf_view(&filled));
    buf_done(&filled);
    return t;
}

/* The words ID as they are shown; *ORIGINAL becomes true where their translation is missing.  Most stand there as they are. */
static inline struct text words(const struct view *w, words_id id, bool *original)
{
    const struct text *t = &w->texts[id.i];
    if (id.i == 0)
        return (struct text){0};
    return t->len && w->holds && w->holds[id.i] == 0 ? *t : words_filled(w, id, original);
}

static inline struct output *say(struct view *w, enum output_kind kind, role_id who, words_id text, words_id manner)
{
    struct output *out = add(w, kind);
    out->who = who;
    if (text.i)
        out->words = words(w, text, &out->original);
    if (manner.i)
        out->manner = words(w, manner, &out->original);
    return out;
}

struct text output_words(const struct session *se, uint32_t n, uint32_t item, uint32_t lang, words_id id, struct arena *a)
{
    bool original = false;
    struct view w = view_of(se, lang, NULL, a);
    w.e = session_event(se, n);
    w.event = n;
    w.item = item;
    return words(&w, id, &original);
}

/* ---- items ---- */

static void show_lesson(struct view *w, uint32_t id, uint32_t node)
{
    const struct lesson *lesson = &w->s->lessons[id];
    struct output *out = say(w, OUT_LESSON, (role_id){0}, (words_id){0}, lesson->title);
    struct buf all = {0};
    out->ref = id;
    out->node = (node_id){node};
    for (uint32_t i = 0; i < lesson->n_p; i++) {
        if (i)
            buf_str(&all, "\n\n");
        buf_text(&all, words(w, w->s->paragraphs[lesson->first_p + i], &out->original));
    }
    out->words = text_keep(w->arena, buf_view(&all));
    buf_done(&all);
}

static void show_node(struct view *w, uint32_t id)
{
    const struct node *node = &w->s->nodes[id];
    enum output_kind kind = node->kind == NODE_LINE ? OUT_LINE : node->kind == NODE_NOTE ? OUT_NOTE : OUT_NARRATION;
    if (node->kind == NODE_LESSON) {
        show_lesson(w, node->ref, id);
        return;
    }
    say(w, kind, node->who, node->words, node->manner)->node = (node_id){id};
}

static void show_problem(struct view *w, uint32_t i)
{
    const struct item *it = &event_items(w->e)[i], *end = event_items(w->e) + w->e->n;
    struct err *err = arena_array(w->arena, struct err, 1);
    add(w, OUT_PROBLEM)->err = err;
    err->code = (enum msg)it->ref;
    err->at = (struct span){(uint32_t)it[0].value, it[1].ref, (uint32_t)it[1].value};
    it += 2;
    for (uint32_t k = 0; k < ERR_ARGS && it < end && it->kind == ITEM_TEXT; k++, it++)
        err->args[k] = text_keep(w->arena, session_text(w->se, it));
}

static void show_items(struct view *w)
{
    const struct item *items = event_items(w->e);
    for (uint32_t i = 0, n = w->e->n; i < n; i++) {
        if (items[i].kind != ITEM_SHOW && items[i].kind != ITEM_PROBLEM)
            continue;
        w->item = i;
        if (items[i].kind == ITEM_SHOW)
            show_node(w, items[i].ref);
        else
            show_problem(w, i);
    }
    w->item = 0;
}

/* ---- events ---- */

static void show_entered(struct view *w)
{
    const struct scene *sc = &w->s->scenes[w->e->a];
    if (w->e->a && sc->outcome == OUTCOME_NONE && !sc->part)
        say(w, OUT_SCENE, (role_id){0}, sc->recap, (words_id){0})->ref = w->e->a;
    show_items(w);
}

static void show_gauges(struct view *w)
{
    for (uint32_t i = 0; i < w->e->n; i++) {
        const struct item *it = &event_items(w->e)[i];
        if (it->kind != ITEM_VALUE || w->s->facts[it->ref].shown != SHOWN_ALWAYS)
            continue;
        const struct fact *f = &w->s->facts[it->ref];
        struct output *out = say(w, OUT_GAUGE, (role_id){0}, f->label, (words_id){0});
        out->ref = it->ref;
        out->value = it->value;
        out->from = f->from;
        out->to = f->to;
    }
}

static void show_hint(struct view *w, words_id hint, decision_id d, option_id o)
{
    if (hint.i == 0)
        return;
    struct output *out = say(w, OUT_HINT, (role_id){0}, hint, (words_id){0});
    out->decision = d;
    out->option = o;
}

static void show_questions(struct view *w, const struct decision *d)
{
    for (uint32_t i = 0; i < d->n_questions; i++)
        say(w, OUT_QUESTION, (role_id){0}, w->s->paragraphs[d->first_question + i], (words_id){0});
}

/* The parts in the order offered, each place once before its own. */
static void show_slots(struct view *w, const struct decision *d, decision_id id)
{
    uint32_t slot = 0;
    for (uint32_t i = 0; i < w->e->n; i++) {
        const struct item *it = &event_items(w->e)[i];
        if (it->kind != ITEM_PART)
            continue;
        const struct part *part = &w->s->parts[it->ref];
        if (part->slot != slot) {
            struct output *place = add(w, OUT_SLOT);
            slot = part->slot;
            place->decision = id;
            place->ref = slot;
            place->value = w->s->slots[slot].may_be_empty;
        }
        struct output *out = say(w, OUT_PART, d->who, part->words, (words_id){0});
        out->decision = id;
        out->ref = it->ref;
    }
}

static void show_offered(struct view *w)
{
    decision_id id = {w->e->a};
    const struct decision *d = &w->s->decisions[id.i];
    if (!w->s->plain)
        show_gauges(w);
    show_questions(w, d);
    struct output *ask = say(w, OUT_ASK, d->who, d->form == FORM_DISCUSS ? d->report : d->prompt, (words_id){0});
    ask->decision = id;
    ask->form = d->form;
    if (d->form == FORM_DISCUSS) {
        ask->from = d->seconds;
        ask->to = d->groups;
    }
    ask->node = (node_id){w->e->b};
    if (d->form == FORM_ASK)
        ask->from = d->words;
    show_hint(w, d->hint, id, (option_id){0});
    if (d->form == FORM_COMPOSE)
        show_slots(w, d, id);
    const struct item *items = event_items(w->e);
    for (uint32_t i = 0, n = w->e->n; i < n; i++) {
        if (items[i].kind != ITEM_OPTION)
            continue;
        const struct option *o = &w->s->options[items[i].ref];
        struct output *out = say(w, OUT_OPTION, d->who, o->says, o->manner);
        out->decision = id;
        out->option = (option_id){items[i].ref};
        out->form = d->form;
        show_hint(w, o->hint, id, (option_id){items[i].ref});
    }
}

static uint32_t evidence_of(const struct view *w, struct points **out)
{
    const struct item *items = event_items(w->e);
    uint32_t n = 0, k = 0;
    for (uint32_t i = 0, all = w->e->n; i < all; i++)
        n += items[i].kind == ITEM_EVIDENCE;
    *out = n ? arena_array(w->arena, struct points, n) : NULL;
    for (uint32_t i = 0; k < n; i++)
        if (items[i].kind == ITEM_EVIDENCE)
            (*out)[k++] = (struct points){{items[i].comp}, (int8_t)items[i].value};
    return n;
}

static void show_comment(struct view *w, const struct option *o)
{
    struct points *points;
    uint32_t n = evidence_of(w, &points);
    bool parts = w->s->decisions[w->e->b].form == FORM_COMPOSE; /* a part and a flaw together come to nothing */
    if (w->e->by == BY_ENGINE || (n == 0 && o->because.i == 0 && !parts))
        return;
    struct output *out = say(w, OUT_COMMENT, (role_id){0}, o->because, (words_id){0});
    out->points = points;
    out->n_points = n;
}

static void show_checked(struct view *w, const struct decision *d, const struct option *o)
{
    words_id right = {0};
    for (uint32_t i = d->first; i < d->first + d->n && !right.i; i++)
        if (w->s->options[i].right)
            right = w->s->options[i].says;
    say(w, OUT_CHECKED, d->who, o->says, right)->value = o->right;
}

/* The parts taken, one behind the other. */
static void show_message(struct view *w, const struct decision *d)
{
    struct output *out = say(w, OUT_SAID, d->who, (words_id){0}, (words_id){0});
    struct buf all = {0};
    out->yours = w->e->by != BY_ENGINE;
    for (uint32_t i = 0; i < w->e->n; i++) {
        const struct item *it = &event_items(w->e)[i];
        if (it->kind != ITEM_TAKEN)
            continue;
        buf_sentence(&all, words(w, w->s->parts[it->ref].words, &out->original));
    }
    out->words = text_keep(w->arena, buf_view(&all));
    buf_done(&all);
}

static void show_wrote(struct view *w, const struct decision *d, struct text own)
{
    struct output *wrote = add(w, OUT_WROTE);
    wrote->who = d->who;
    wrote->words = own;
    wrote->decision = (decision_id){w->e->a};
}

static void show_proposed(struct view *w)
{
    const struct item *items = event_items(w->e);
    const struct decision *d = &w->s->decisions[w->e->a];
    if (items[0].value) /* else they were withheld */
        show_wrote(w, d, session_text(w->se, &items[0]));
    for (uint32_t i = 1; i < w->e->n; i++) {
        struct output *out = say(w, OUT_PROPOSED, d->who, w->s->options[items[i].ref].says, (words_id){0});
        out->decision = (decision_id){w->e->a};
        out->option = (option_id){items[i].ref};
    }
}

/* Whether the own words that this answer placed can be shown. */
static bool has_own_words(const struct view *w)
{
    for (uint32_t n = w->event; n-- > 0;) {
        const struct event *e = session_event(w->se, n);
        if (e->kind == EV_PROPOSED)
            return event_items(e)->value != 0;
    }
    return false;
}

/* What choosing it was: words said to somebody, or an answer to a listening check.  A subject taken from a list and the
 * end of a discussion say nothing. */
static void show_choice(struct view *w, const struct option *o)
{
    const struct decision *d = &w->s->decisions[w->e->b];
    if (w->e->by == BY_NOBODY)
        return;
    switch ((enum decision_form)d->form) {
    case FORM_CHOICE:
        say(w, OUT_SAID, d->who, o->says, o->manner)->yours = w->e->by != BY_ENGINE;
        break;
    case FORM_ASK:
        if (o->says.i && !(w->e->self && has_own_words(w)))
            say(w, OUT_SAID, d->who, o->says, o->manner)->yours = w->e->by != BY_ENGINE;
        break;
    case FORM_COMPOSE:
        show_message(w, d);
        break;
    case FORM_RECALL:
        if (w->e->by != BY_ENGINE)
            show_checked(w, d, o);
        break;
    case FORM_TOPICS:
    case FORM_DISCUSS:
        break;
    }
}

static void show_chose(struct view *w)
{
    const struct option *o = &w->s->options[w->e->a];
    uint32_t first = w->o->n;
    show_choice(w, o);
    if (o->has_reaction)
        say(w, OUT_REACTION, o->reactor, o->reaction, o->reaction_manner);
    show_items(w);
    show_comment(w, o);
    for (uint32_t i = first; i < w->o->n; i++) {
        w->o->v[i].option = (option_id){w->e->a};
        w->o->v[i].decision = (decision_id){w->e->b};
        w->o->v[i].again = w->e->again;
    }
}

static void show_ended(struct view *w)
{
    const struct scene *ending = &w->s->scenes[w->e->a];
    show_items(w);
    struct output *out = say(w, OUT_ENDED, (role_id){0}, ending->recap, (words_id){0});
    out->ref = w->e->a;
    out->outcome = ending->outcome;
}

static void show_event(struct view *w, uint32_t n)
{
    w->event = n;
    w->e = session_event(w->se, n);
    w->item = 0;
    switch ((enum event_kind)w->e->kind) {
    case EV_ENTERED:
        show_entered(w);
        break;
    case EV_OFFERED:
        show_offered(w);
        break;
    case EV_CHOSE:
        show_chose(w);
        break;
    case EV_REWOUND:
        add(w, OUT_REWOUND)->ref = w->e->a;
        w->event = w->e->a;
        w->e = session_event(w->se, w->event);
        show_offered(w);
        break;
    case EV_ENDED:
        show_ended(w);
        break;
    case EV_PROPOSED:
        show_proposed(w);
        break;
    case EV_STUCK:
        add(w, OUT_STUCK)->value = (int32_t)w->e->a;
        break;
    case EV_BEGAN:
    case EV_NOTED:
    case EV_LANGUAGE:
        break;
    }
}

void session_present(const struct session *se, uint32_t from, uint32_t lang, struct outputs *o)
{
    struct view w = view_of(se, lang, o, &o->arena);
    clear(o);
    for (uint32_t n = from; n < se->n_events; n++)
        show_event(&w, n);
}
