/* input.c -- what a person may do to a session: checked here, then decided.
 *
 * An input that does not fit changes nothing and is answered by an err; that a front end sent it is no reason to trust
 * it. */
#include "play/decide.h"

#include "base/raw.h"
#include "play/vote.h"

static bool refuse(struct err *err, enum msg code)
{
    return err_set(err, code, (struct span){0}, (struct text){0}, (struct text){0});
}

static bool begin(struct step *p, struct err *err)
{
    if (p->st->phase != PHASE_RUN || p->st->scene)
        return refuse(err, MSG_PLAY_BEGUN);
    decide_begin(p);
    return true;
}

bool option_offered(const struct session *se, option_id o)
{
    const struct event *e = se->offered ? session_event(se, se->offered) : NULL;
    for (uint32_t i = 0; e && i < e->n; i++)
        if (event_items(e)[i].kind == ITEM_OPTION && event_items(e)[i].ref == o.i)
            return true;
    return false;
}

static bool votes_fit(const struct step *p, const struct input *in)
{
    return in->n_tally == 0 ||
           (in->by == BY_ROOM && vote_fits(p->se, &p->s->decisions[p->st->decision], in->tally, in->n_tally));
}

static bool choose(struct step *p, const struct input *in, struct err *err)
{
    if (p->st->phase != PHASE_ASK)
        return refuse(err, MSG_NOTHING_ASKED);
    if (!option_offered(p->se, in->option))
        return refuse(err, MSG_OPTION_NOT_OFFERED);
    if (!votes_fit(p, in))
        return refuse(err, MSG_TALLY_WRONG);
    struct answer answer = {.tally = in->tally, .n_tally = in->n_tally};
    answer.head = (struct event){.kind = EV_CHOSE, .by = in->by == BY_ROOM ? BY_ROOM : BY_TRAINEE, .ms = in->ms};
    answer.head.a = in->option.i;
    answer.head.b = p->st->decision;
    decide_on(p, answer_give(p, &answer, p->st->node));
    return true;
}

static bool write_own(struct step *p, const struct input *in, struct err *err)
{
    if (p->st->phase != PHASE_ASK || !form_written(p->s->decisions[p->st->decision].form))
        return refuse(err, MSG_NOTHING_WANTED);
    if (!note_fits(in->text))
        return refuse(err, MSG_NOTE_UNFIT);
    propose_event(p, in->text);
    return true;
}

static bool compose(struct step *p, const struct input *in, struct err *err)
{
    const struct decision *d = &p->s->decisions[p->st->decision];
    if (p->st->phase != PHASE_ASK || d->form != FORM_COMPOSE)
        return refuse(err, MSG_NOTHING_WANTED);
    if (!parts_fit(p->s, d, in->parts, in->n_parts))
        return refuse(err, MSG_PARTS_UNFIT);
    if (!votes_fit(p, in))
        return refuse(err, MSG_TALLY_WRONG);
    uint32_t parts[SLOTS_MOST], n = 0;
    for (uint32_t slot = d->first_slot; slot < d->first_slot + d->n_slots; slot++) /* said in the order of the places */
        for (uint32_t i = 0; i < in->n_parts; i++)
            if (p->s->parts[in->parts[i]].slot == slot)
                parts[n++] = in->parts[i];
    struct answer answer = {.parts = parts, .n_parts = n, .tally = in->tally, .n_tally = in->n_tally};
    answer.head = (struct event){.kind = EV_CHOSE, .by = in->by == BY_ROOM ? BY_ROOM : BY_TRAINEE, .ms = in->ms};
    answer.head.a = message_result(p->s, d, in->parts, in->n_parts);
    answer.head.b = p->st->decision;
    decide_on(p, answer_give(p, &answer, p->st->node));
    return true;
}

static bool no_answer(struct step *p, const struct input *in, struct err *err)
{
    if (p->st->phase != PHASE_ASK)
        return refuse(err, MSG_NOTHING_ASKED);
    option_id o = p->s->decisions[p->st->decision].no_answer;
    if (o.i == 0)
        return refuse(err, MSG_ANSWER_NEEDED);
    struct event head = {.kind = EV_CHOSE, .by = BY_NOBODY, .a = o.i, .b = p->st->decision, .ms = in->ms};
    decide_on(p, answer_give(p, &(struct answer){.head = head}, p->st->node));
    return true;
}

static bool go_back(struct step *p, const struct input *in, struct err *err)
{
    if (!session_back(p->se, in->to, err))
        return false;
    step_event(p, &(struct event){.kind = EV_REWOUND, .a = in->to});
    session_fold_back(p->se, p->st, in->to);
    return true;
}

static bool note(struct step *p, const struct input *in, struct err *err)
{
    if (!note_fits(in->text))
        return refuse(err, MSG_NOTE_UNFIT);
    step_event(p, &(struct event){.kind = EV_NOTED});
    step_text(p, ITEM_TEXT, in->text);
    return true;
}

static bool language(struct step *p, const struct input *in, struct err *err)
{
    if (in->lang >= p->s->n_languages)
        return refuse(err, MSG_LANGUAGE_UNKNOWN);
    step_event(p, &(struct event){.kind = EV_LANGUAGE, .a = in->lang});
    return true;
}

static bool decide(struct step *p, const struct input *in, struct err *err)
{
    switch (in->kind) {
    case IN_BEGIN:
        return begin(p, err);
    case IN_CHOOSE:
        return choose(p, in, err);
    case IN_NO_ANSWER:
        return no_answer(p, in, err);
    case IN_REWIND:
        return go_back(p, in, err);
    case IN_NOTE:
        return note(p, in, err);
    case IN_LANGUAGE:
        return language(p, in, err);
    case IN_WRITE:
        return write_own(p, in, err);
    case IN_COMPOSE:
        return compose(p, in, err);
    }
    return refuse(err, MSG_NOTHING_ASKED);
}

bool note_fits(struct text t)
{
    for (size_t i = 0; i < t.len; i++)
        if (t.at[i] == '\0')
            return false;
    return t.len > 0 && t.len <= NOTE_BYTES && text_utf8_valid(t) == t.len;
}

bool session_step(struct session *se, const struct input *in, struct err *err)
{
    struct opened o RAW;
    step_open(&o, se);
    if (se->scorer && se->scorer->begin)
        se->scorer->begin(se->scorer->self);
    return step_close(&o, decide(&o.p, in, err), err);
}
