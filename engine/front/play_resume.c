/* play_resume.c -- a play that goes on from what was kept of it.
 *
 * What was shown before is shown once more to nobody: the same code that played it goes over all outputs, so that every
 * mark it leaves is there (who has spoken, the road, whether own words come first), and what it wrote is thrown away.
 * Then come the recap of the scene and the last exchange, and the decision stands as it stood. */
#include "front/play_inside.h"

#include "wire/client_event.h"

#include <stdlib.h>

/* ---- what the events say ---- */

/* What resuming has to know of them. */
struct course {
    uint32_t last;           /* the last answer, or going back: from there on it is shown again */
    unsigned long long ms;   /* that answers took */
};

static void take_note(struct play *p, struct text words)
{
    array_room(p->notes, p->n_notes, p->cap_notes);
    p->notes[p->n_notes++] = (struct own_note){.turn = play_turns(p), .words = clean_text(&p->kept, words)};
}

static struct course read_course(struct play *p, struct text events)
{
    struct course c = {.last = 1};
    struct arena a = {0};
    struct client_event e;
    for (struct text line; text_split(&events, '\n', &line); arena_reset(&a)) {
        if (!client_event_read(&a, line, &e))
            continue;
        if (text_is(e.kind, "chose") || text_is(e.kind, "rewound"))
            c.last = e.n;
        if (text_is(e.kind, "noted"))
            take_note(p, e.text);
        c.ms += e.ms;
    }
    arena_done(&a);
    return c;
}

/* ---- what was shown ---- */

/* The recap of the scene that is open, by the way there: each decision stands in the scene it was first asked in. */
static struct text find_recap(struct play *p, struct arena *a, const struct client_answer *all)
{
    uint32_t n = client_session_n_events(p->session);
    struct runs *scene = arena_array(a, struct runs, n + 1), now = {0};
    uint32_t reached = 0;
    for (uint32_t i = 0; i < all->n; i++) {
        const struct client_output *o = &all->v[i];
        if (o->kind == WIRE_OUT_SCENE)
            now = o->text;
        if (o->kind != WIRE_OUT_ASK || o->event > n)
            continue;
        if (o->event > reached)
            scene[reached = o->event] = now;
        else
            now = scene[o->event];
    }
    return phrase(a, now);
}

/* Goes over everything before event FROM without showing it. */
static bool absorb(struct play *p, uint32_t from, struct arena *a, struct text *recap)
{
    struct client_answer all = {0}, rest = {0};
    struct client_fault fault = {0};
    if (client_show(p->session, from, p->lang, &rest, &fault) != CLIENT_OK)
        return false;
    uint32_t n_rest = rest.n;
    if (client_show(p->session, 0, p->lang, &all, &fault) != CLIENT_OK || all.n < n_rest)
        return false;
    size_t mark = p->screen.out.len;
    *recap = find_recap(p, a, &all);
    play_outputs(p, all.v, all.n - n_rest);
    p->screen.out.len = mark;
    p->speaker = 0;
    return true;
}

/* ---- an answer that was begun ---- */

static void take_draft(struct play *p)
{
    struct text rest = p->config->resume->draft, word;
    long n;
    if (!text_word(&rest, &word) || !text_int(word, 1, INT32_MAX, &n) || (uint32_t)n != client_session_offered(p->session))
        return;
    if (p->form != WIRE_FORM_COMPOSE) {
        if (text_word(&rest, &word) && text_is(word, "shown"))
            p->writing = false;
        return;
    }
    for (p->slot = 0; p->slot < p->n_slots && text_word(&rest, &word); p->slot++) {
        if (!text_int(word, 0, (long)p->slots[p->slot].n, &n))
            break;
        p->slots[p->slot].taken = (uint32_t)n;
    }
}

/* In the middle of an answer the question is long past: it is put once more. */
static void ask_again(struct play *p)
{
    bool begun = p->form == WIRE_FORM_COMPOSE ? p->slot > 0 : p->form == WIRE_FORM_ASK && !p->writing;
    if (begun && client_session_phase(p->session) == WIRE_ASK)
        p->screen.view->ask(&p->screen, p->prompt, play_turn(p), play_of(p));
    p->asked = loop_now();
}

/* ---- going on ---- */

static void say_where(struct play *p, struct text recap)
{
    struct buf b = {0};
    if (p->config->resume->newer.len)
        play_notice_fill(p, N_("There is a newer version of this scenario, %1; this conversation goes on with the one it began with."),
                         p->config->resume->newer, (struct text){0});
    buf_printf(&b, "%u", client_session_turn(p->session) + 1);
    if (client_session_phase(p->session) == WIRE_ASK)
        play_notice_fill(p, N_("You left off at turn %1."), buf_view(&b), (struct text){0});
    if (recap.len)
        p->screen.view->narration(&p->screen, recap);
    buf_done(&b);
}

bool play_resume(struct play *p)
{
    struct arena a = {0};
    struct text recap = {0};
    struct client_answer answer = {0};
    struct client_fault fault = {0};
    struct course c = read_course(p, client_session_events(p->session));
    p->began = loop_now() - (long long)c.ms;
    bool ok = absorb(p, c.last, &a, &recap);
    if (ok && p->config->what == PLAY_GO_ON) {
        say_where(p, recap);
        enum client_end end = client_show(p->session, c.last, p->lang, &answer, &fault);
        ok = end == CLIENT_OK;
        if (ok) {
            play_outputs(p, answer.v, answer.n);
            take_draft(p);
            ask_again(p);
            play_goes_on(p);
        }
    }
    arena_done(&a);
    return ok;
}

void play_resume_answers(struct play *p)
{
    const struct play_resume *r = p->config->resume;
    for (uint32_t i = 0; r && i < r->n_answers; i++) {
        const struct kept_answer *a = &r->answers[i];
        struct buf b = {0};
        if (a->value)
            buf_int(&b, a->value);
        else
            buf_text(&b, a->text);
        array_room(p->answers, p->n_answers, p->cap_answers);
        p->answers[p->n_answers++] = (struct own_answer){.item = text_keep(&p->kept, a->item), .when = a->when,
                                                         .value = clean_text(&p->kept, buf_view(&b))};
        buf_done(&b);
    }
}

enum asking play_resume_asking(const struct play *p)
{
    if (p->page.sentence.len)
        return ASKING_NONE;
    return p->page.delta.len ? ASKING_SENTENCE : p->page.plus.len ? ASKING_DELTA : ASKING_PLUS;
}

void play_resume_words(struct play *p)
{
    const struct play_resume *r = p->config->resume;
    if (!r)
        return;
    p->page.plus = page_keep(&p->page, r->plus);
    p->page.delta = page_keep(&p->page, r->delta);
    p->page.sentence = page_keep(&p->page, r->sentence);
    p->page.where = page_keep(&p->page, r->where);
    if (r->date.len && p->config->what == PLAY_LOOK_BACK)
        p->page.date = page_keep(&p->page, r->date);
}
