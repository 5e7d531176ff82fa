/* debrief_view.c -- the first debrief: the conversation decision by decision, then what the trainee could not know.
 *
 * In the order of pedagogy: what was heard, what was said, how it was taken, and only then what it showed.  No totals and
 * no level: one play carries none.  Every number stands beside its sentence. */
#include "front/play_inside.h"

/* "words", with "(manner)" before them in the brackets of the language. */
static struct text with_manner(struct play *p, struct arena *a, struct runs manner, struct runs words)
{
    struct text m = phrase_name(a, manner), w = phrase(a, words);
    if (!m.len)
        return w;
    return phrase_fill(a, w.len ? trc(p->screen.words, "manner before words", "(%1) %2") : tr(p->screen.words, "(%1)"), m, w);
}

/* "4 minutes", from the monotonic clock. */
static struct text time_taken(struct play *p, struct arena *a)
{
    unsigned long minutes = (unsigned long)((loop_now() - p->began + 30000) / 60000);
    struct buf b = {0};
    if (minutes < 1)
        buf_str(&b, tr(p->screen.words, "less than a minute"));
    else
        buf_printf(&b, trn(p->screen.words, "%lu minute", "%lu minutes", minutes), minutes);
    struct text t = text_keep(a, buf_view(&b));
    buf_done(&b);
    return t;
}

static void show_said(struct play *p, struct arena *a, const struct client_turn *t)
{
    const struct view *v = p->screen.view;
    struct text you = text_of(tr(p->screen.words, "You"));
    if (t->timed_out)
        v->labelled(&p->screen, you, text_of(tr(p->screen.words, "(no answer in time)")));
    else
        v->labelled(&p->screen, you, with_manner(p, a, t->said_manner, t->said));
    struct text reaction = with_manner(p, a, t->reaction_manner, t->reaction);
    if (reaction.len)
        v->labelled(&p->screen, phrase_name(a, t->reaction_by), reaction);
}

static void show_showed(struct play *p, struct arena *a, const struct client_turn *t)
{
    const struct view *v = p->screen.view;
    struct showed sh;
    struct answer_reason because = {.text = t->because};
    struct answered w = {t->evidence, t->n_evidence, t->moves, t->n_moves, t->reasons, t->n_reasons};
    if (!t->n_reasons && t->because.n)
        w.reasons = &because, w.n_reasons = 1;
    play_showed(p, a, &w, &sh);
    struct text also = {0};
    if (t->taken_back)
        also = text_of(tr(p->screen.words, "Taken back later; the first choice stays what counts."));
    else if (t->again)
        also = text_of(tr(p->screen.words, "Practised again: it does not count a second time."));
    else if (t->self)
        also = text_of(tr(p->screen.words, "Your own words, placed by yourself: they are yours to learn from, and count for no level."));
    if (sh.n || also.len)
        v->comment(&p->screen, sh.rows, sh.n, also);
}

static void show_turn(struct play *p, uint32_t number, const struct client_turn *t)
{
    struct arena a = {0};
    struct text heard = phrase(&a, t->heard), by = phrase_name(&a, t->heard_by);
    if (heard.len && by.len)
        heard = phrase_fill(&a, trc(p->screen.words, "who: what", "%1: %2"), by, heard);
    if (!heard.len)
        heard = phrase(&a, t->prompt);
    p->screen.view->moment(&p->screen, number, heard);
    show_said(p, &a, t);
    show_showed(p, &a, t);
    arena_done(&a);
}

static void show_turns(struct play *p, const struct client_debrief *d)
{
    struct screen *s = &p->screen;
    struct arena a = {0};
    s->view->heading(s, phrase_fill(&a, tr(p->screen.words, "Looking back: %1"), phrase_name(&a, p->info.title), (struct text){0}));
    const char *mode = p->config->mode == WIRE_CHECK_IN ? tr(p->screen.words, "check-in") : tr(p->screen.words, "practice");
    s->view->notice(s, phrase_fill(&a, trc(p->screen.words, "mode, time", "%1, %2"), text_of(mode), time_taken(p, &a)));
    for (uint32_t i = 0; i < d->n_turns; i++)
        show_turn(p, i + 1, &d->turns[i]);
    arena_done(&a);
}

static void show_outcome(struct play *p, const struct client_debrief *d)
{
    struct screen *s = &p->screen;
    struct arena a = {0};
    struct text title = phrase(&a, d->title);
    if (title.len)
        s->view->heading(s, phrase_fill(&a, tr(p->screen.words, "How it ended: %1"), title, (struct text){0}));
    else
        s->view->heading(s, text_of(tr(p->screen.words, "It did not come to an end.")));
    for (uint32_t i = 0; i < d->n_gauges; i++) {
        const struct client_gauge *g = &d->gauges[i];
        struct buf b = {0};
        buf_printf(&b, tr(p->screen.words, "from %ld to %ld, of %ld"), (long)g->start, (long)g->value, (long)g->to);
        s->view->labelled(s, phrase_name(&a, g->label), buf_view(&b));
        buf_done(&b);
    }
    arena_done(&a);
}

/* The briefs of the others: reading them afterwards is the best minute of a debrief. */
static void show_briefs(struct play *p)
{
    struct screen *s = &p->screen;
    struct arena a = {0};
    bool headed = false;
    for (uint32_t i = 0; i < p->info.n_roles; i++) {
        const struct info_role *r = &p->info.roles[i];
        struct text brief = phrase(&a, r->brief);
        if (r == p->role || r->brief_at_start || !brief.len)
            continue;
        if (!headed)
            s->view->heading(s, text_of(tr(p->screen.words, "What you could not know")));
        headed = true;
        s->view->labelled(s, phrase_name(&a, r->name), brief);
    }
    arena_done(&a);
}

static void show_list(struct play *p, const char *heading, const struct runs *v, uint32_t n)
{
    struct arena a = {0};
    if (n)
        p->screen.view->heading(&p->screen, text_of(tr(p->screen.words, heading)));
    for (uint32_t i = 0; i < n; i++)
        p->screen.view->item(&p->screen, phrase(&a, v[i]));
    arena_done(&a);
}

static void show_notes(struct play *p)
{
    if (p->n_notes)
        p->screen.view->heading(&p->screen, text_of(tr(p->screen.words, "Your notes")));
    for (uint32_t i = 0; i < p->n_notes; i++)
        p->screen.view->item(&p->screen, p->notes[i].words);
}

void play_debrief(struct play *p)
{
    struct client_debrief d = {0};
    struct client_fault fault = {0};
    struct screen *s = &p->screen;
    enum client_end end = client_debrief(p->session, p->lang, &d, &fault);
    if (end != CLIENT_OK) {
        play_trouble(p, end, &fault);
        return;
    }
    screen_line_end(s);
    show_turns(p, &d);
    play_seen(p, &d);
    show_outcome(p, &d);
    show_briefs(p);
    show_list(p, N_("Where it comes from"), &p->info.case_text, p->info.case_text.n ? 1 : 0);
    show_list(p, N_("To think about, or to talk over"), p->info.questions, p->info.n_questions);
    show_notes(p);
    s->view->paragraph(s, text_of(tr(p->screen.words, "This page reflects only what you chose in one written rehearsal. It cannot see your tone "
                                          "or your face, and it is for learning, not for appraisal.")));
}
