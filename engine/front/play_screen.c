/* play_screen.c -- what the engine says, put on the screen in its order.
 *
 * The order is the engine's: the other person reacts first, the comment comes after.  In a check-in nothing that judges
 * is shown before the end.  Texts of an answer live until the next call, so what the open decision shows is copied. */
#include "front/play_inside.h"

#include <stdio.h>

void play_notice(struct play *p, const char *words) { p->screen.view->notice(&p->screen, text_of(tr(p->screen.words, words))); }

void play_notice_fill(struct play *p, const char *form, struct text a1, struct text a2)
{
    struct arena a = {0};
    p->screen.view->notice(&p->screen, doc_fill(&a, tr(p->screen.words, form), clean_text(&a, a1), clean_text(&a, a2)));
    arena_done(&a);
}

/* ---- names ---- */

static uint32_t role_index(const struct play *p, struct text id)
{
    for (uint32_t i = 0; i < p->info.n_roles; i++)
        if (text_eq(p->info.roles[i].id, id))
            return i;
    return p->info.n_roles;
}

static void join(struct buf *b, const char *between, struct text t)
{
    if (b->len && t.len)
        buf_str(b, between);
    buf_text(b, t);
}

/* While playing only the first competency has its reason at hand: those without move and reason are named in one line. */
static void gather_rest(struct play *p, struct showed *sh)
{
    struct buf rest = {0};
    size_t n = 0;
    for (size_t i = 0; i < sh->n; i++) {
        const struct shown *row = &sh->rows[i];
        if (row->moves.len || row->reason.len) {
            sh->rows[n++] = *row;
        } else if (row->counted) {
            struct buf one = {0};
            buf_text(&one, row->competency);
            shown_points(&one, row->points);
            join(&rest, trc(p->screen.words, "between moves", ", "), buf_view(&one));
            buf_done(&one);
        }
    }
    sh->n = n;
    if (rest.len)
        sh->also = doc_fill(sh->arena, tr(p->screen.words, "Also %1; why, you will read at the end."), buf_view(&rest),
                               (struct text){0});
    buf_done(&rest);
}

/* ---- one output each ---- */

static void show_speech(struct play *p, const struct client_output *o)
{
    struct arena *a = &p->scratch;
    uint32_t role = role_index(p, o->who);
    struct speech sp = {.name = clean_runs(a, o->name), .manner = clean_runs(a, o->manner), .words = phrase(a, o->text),
                        .original = o->original};
    if (o->yours) /* what the story has the trainee's own role say goes by its name */
        sp.name = text_of(tr(p->screen.words, "You"));
    else if (role < p->info.n_roles && &p->info.roles[role] != p->role && !p->met[role]) {
        p->met[role] = true;
        sp.position = clean_runs(a, p->info.roles[role].position);
    }
    if (!sp.words.len && !sp.manner.len)
        return;
    sp.goes_on = p->speaker == role + 1u;
    p->speaker = role + 1u;
    p->screen.view->speech(&p->screen, &sp);
}

void play_lesson(struct play *p, const struct info_lesson *l)
{
    struct arena *a = &p->scratch;
    struct text *v = arena_array(a, struct text, l->n_paragraphs + 1);
    for (uint32_t i = 0; i < l->n_paragraphs; i++)
        v[i] = phrase(a, l->paragraphs[i]);
    p->screen.view->page(&p->screen, clean_runs(a, l->title), v, l->n_paragraphs);
    arena_reset(a);
}

static void show_lesson(struct play *p, const struct client_output *o)
{
    for (uint32_t i = 0; i < p->info.n_lessons; i++)
        if (text_eq(p->info.lessons[i].id, o->id))
            play_lesson(p, &p->info.lessons[i]);
}

static void show_comment(struct play *p, const struct client_output *o)
{
    struct answer_reason because = {.text = o->text, .competency = o->n_moves ? o->moves[0].competency : (struct text){0}};
    struct answered w = {o->points, o->n_points, o->moves, o->n_moves, &because, o->text.n ? 1 : 0};
    arena_reset(&p->last);
    struct shown_look look = {p->screen.words, &p->info, clean_runs, phrase};
    shown_of(&look, &p->last, &w, &p->showed);
    gather_rest(p, &p->showed);
    if (p->config->mode == WIRE_CHECK_IN || !p->showed.n)
        return;
    p->screen.view->comment(&p->screen, p->showed.rows, p->showed.n, p->showed.also);
    if (o->again)
        play_notice(p, N_("(You had answered this before: practice, it does not count.)"));
}

/* Lists of topics and discussions are no decision: a look back does not count them either. */
static bool is_graded(enum wire_form form) { return form != WIRE_FORM_TOPICS && form != WIRE_FORM_DISCUSS; }

uint32_t play_turns(const struct play *p) { return p->n_road ? p->road[p->n_road - 1].turns : 0; }

unsigned play_turn(const struct play *p) { return is_graded(p->form) ? play_turns(p) : 0; }

static void keep_ask(struct play *p, const struct client_output *o)
{
    arena_reset(&p->turn);
    p->n_offers = 0;
    p->prompt = phrase(&p->turn, o->text);
    p->hint = (struct text){0};
    p->form = o->form;
    p->groups = o->groups;
    p->seconds = o->seconds;
    p->silence = o->no_answer;
    p->warned = false;
    play_form_ask(p, o);
    p->reading = o->form == WIRE_FORM_RECALL && p->screen.view->hides;
    while (p->n_road && p->road[p->n_road - 1].event >= o->event)
        p->n_road--; /* asked again: what came behind it was taken back */
    uint32_t turns = play_turns(p);
    array_room(p->road, p->n_road, p->cap_road);
    p->road[p->n_road++] = (struct road_step){o->event, turns + is_graded(o->form)};
}

static void keep_option(struct play *p, const struct client_output *o)
{
    if (p->form == WIRE_FORM_ASK && !o->text.n && !o->manner.n) { /* the way out has no words of its own */
        p->otherwise = text_keep(&p->turn, o->id);
        return;
    }
    if (p->n_offers == OFFERS_MOST)
        return;
    bool bare = p->form == WIRE_FORM_TOPICS && !o->text.n; /* the subjects that are left may be left out */
    p->offers[p->n_offers++] = (struct offer){.id = text_keep(&p->turn, o->id),
                                              .words = bare ? text_of(tr(p->screen.words, "(nothing more; go on)")) : phrase(&p->turn, o->text),
                                              .manner = clean_runs(&p->turn, o->manner),
                                              .hint = phrase(&p->turn, o->hint)};
}

static void show_ending(struct play *p, const struct client_output *o)
{
    static const char *const outcomes[] = {
        [WIRE_AGREED] = N_("You came to an agreement."),
        [WIRE_PARTLY] = N_("Some of it is settled."),
        [WIRE_OPEN] = N_("The matter stays open."),
        [WIRE_WORSE] = N_("It is worse than before."),
    };
    bool known = o->outcome >= WIRE_AGREED && o->outcome <= WIRE_WORSE;
    p->screen.view->ending(&p->screen, phrase(&p->scratch, o->text),
                           known ? text_of(tr(p->screen.words, outcomes[o->outcome])) : (struct text){0});
}

static void show_problem(struct play *p, const struct client_output *o)
{
    struct message_look look = {.words = p->screen.words, .width = screen_width(&p->screen)};
    struct buf line = {0};
    message_line(&o->problem, &look, &line);
    screen_line_end(&p->screen);
    p->screen.view->problem(&p->screen, text_of(tr(p->screen.words, "A script of this scenario failed; the conversation goes on without it.")));
    p->screen.view->notice(&p->screen, buf_view(&line));
    buf_done(&line);
}

static void show_stuck(struct play *p)
{
    screen_line_end(&p->screen);
    p->screen.view->problem(&p->screen, text_of(tr(p->screen.words, "The story cannot go on here: this is a fault of the scenario, not of your answer. "
                                                        "rehearse check shows where.")));
}

static void show_gauge(struct play *p, const struct client_output *o)
{
    if (p->config->mode != WIRE_CHECK_IN)
        p->screen.view->gauge(&p->screen, clean_runs(&p->scratch, o->text), o->value, o->from, o->to);
}

/* In a check-in nothing is told before the end. */
static void show_checked(struct play *p, const struct client_output *o)
{
    if (p->config->mode == WIRE_CHECK_IN)
        return;
    if (o->right)
        play_notice(p, N_("Yes, that is what was said."));
    else
        play_notice_fill(p, N_("What was said: %1"), phrase(&p->scratch, o->was), (struct text){0});
}

/* The questions of a discussion stand before what is asked. */
static void show_question(struct play *p, const struct client_output *o)
{
    p->screen.view->narration(&p->screen, phrase(&p->scratch, o->text));
}

static void show_one(struct play *p, const struct client_output *o)
{
    if (o->kind != WIRE_OUT_LINE && o->kind != WIRE_OUT_REACTION && o->kind != WIRE_OUT_SAID && o->kind != WIRE_OUT_SCENE &&
        o->kind != WIRE_OUT_NOTE)
        p->speaker = 0;
    switch (o->kind) {
    case WIRE_OUT_LESSON: show_lesson(p, o); break;
    case WIRE_OUT_LINE:
    case WIRE_OUT_SAID:
    case WIRE_OUT_REACTION: show_speech(p, o); break;
    case WIRE_OUT_NARRATION: p->screen.view->narration(&p->screen, phrase(&p->scratch, o->text)); break;
    case WIRE_OUT_COMMENT: show_comment(p, o); break;
    case WIRE_OUT_GAUGE: show_gauge(p, o); break;
    case WIRE_OUT_ASK: keep_ask(p, o); break;
    case WIRE_OUT_OPTION: keep_option(p, o); break;
    case WIRE_OUT_HINT: /* an option's stands in the option too */
        if (!p->n_offers)
            p->hint = phrase(&p->turn, o->text);
        break;
    case WIRE_OUT_CHECKED: show_checked(p, o); break;
    case WIRE_OUT_QUESTION: show_question(p, o); break;
    case WIRE_OUT_SLOT: play_slot(p, o); break;
    case WIRE_OUT_PART: play_part(p, o); break;
    case WIRE_OUT_WROTE: play_wrote(p, o); break;
    case WIRE_OUT_PROPOSED: play_proposed(p, o); break;
    case WIRE_OUT_PROBLEM: show_problem(p, o); break;
    case WIRE_OUT_ENDED: show_ending(p, o); break;
    case WIRE_OUT_STUCK: show_stuck(p); break;
    case WIRE_OUT_SCENE: /* its recap is for whoever comes back after a break */
    case WIRE_OUT_NOTE:  /* the facilitator's */
    case WIRE_OUT_REWOUND:
    case WIRE_OUTPUTS: break;
    }
    arena_reset(&p->scratch);
}

void play_outputs(struct play *p, const struct client_output *v, uint32_t n)
{
    for (uint32_t i = 0; i < n && !p->over; i++) {
        show_one(p, &v[i]);
        play_pace(p);
    }
}

void play_show(struct play *p, const struct client_answer *answer)
{
    play_outputs(p, answer->v, answer->n);
    if (client_session_phase(p->session) == WIRE_ASK)
        play_show_options(p);
}

unsigned play_of(const struct play *p)
{
    uint32_t turns = play_turns(p);
    return p->length > turns ? p->length : p->length ? turns : 0;
}

/* Alone there is nobody to talk to, and no group to report: a line for oneself, or none. */
static void show_discussion(struct play *p)
{
    struct screen *s = &p->screen;
    s->view->ask(s, text_of(tr(s->words, "Think it over. A line for yourself, or just Enter:")), play_turn(p), play_of(p));
    p->asked = loop_now();
}

void play_show_offer(struct play *p, uint32_t i)
{
    struct screen *s = &p->screen;
    if (client_session_avoids(p->session, p->offers[i].id))
        s->view->option(s, i + 1, (struct text){0}, text_of(tr(s->words, "[cannot be played]")));
    else
        s->view->option(s, i + 1, p->offers[i].manner, p->offers[i].words);
}

void play_show_options(struct play *p)
{
    struct screen *s = &p->screen;
    if (p->reading) {
        play_notice(p, N_("A listening check comes next. Enter takes the lines above away and asks."));
        return;
    }
    if (p->form == WIRE_FORM_RECALL)
        s->view->hide(s, text_of(tr(s->words, "A listening check: answer without looking back.")));
    if (p->form == WIRE_FORM_DISCUSS) {
        show_discussion(p);
        return;
    }
    if (play_show_form(p))
        return;
    s->view->ask(s, p->prompt, play_turn(p), play_of(p));
    for (uint32_t i = 0; i < p->n_offers; i++)
        play_show_offer(p, i);
    if (p->config->clock && p->silence && p->seconds) {
        char seconds[16];
        snprintf(seconds, sizeof seconds, "%u", p->seconds);
        play_notice_fill(p, N_("You have %1 seconds."), text_of(seconds), (struct text){0});
    }
    p->asked = loop_now();
}

/* ---- what went wrong ---- */

bool play_trouble(struct play *p, enum client_end end, const struct client_fault *f)
{
    struct screen *s = &p->screen;
    struct arena a = {0};
    struct text place = clean_text(&a, f->place);
    const char *form = N_("This answer could not be played. Please choose another.");
    bool goes_on = true;
    switch (end) {
    case CLIENT_OK:
    case CLIENT_INTERRUPTED: return true;
    case CLIENT_REFUSED: break;
    case CLIENT_STOPPED:
        form = f->why == WHY_LATE ? N_("The script at %1 took too long and was stopped. Nothing of that answer happened.")
                                  : N_("The script at %1 was stopped (limit or fault). Nothing of that answer happened.");
        break;
    case CLIENT_AVOIDED: form = N_("That answer has stopped the engine twice; please choose another."); break;
    case CLIENT_FAILED:
        form = N_("The engine cannot be started again. The conversation ends here.");
        goes_on = false;
        break;
    }
    screen_line_end(s);
    s->view->problem(s, doc_fill(&a, tr(s->words, form), place, place));
    arena_done(&a);
    if (!goes_on)
        play_leave(p, PLAY_NO_ENGINE);
    return goes_on;
}
