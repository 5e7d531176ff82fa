/* play_forms.c -- replies that are not picked from a list: own words, and a message put together part by part.
 *
 * Own words come first, and nothing is shown that would put words into anybody's mouth; then the engine says what they
 * may be, and whoever wrote decides.  A message is asked for slot by slot and shown whole before it is said.  Knows
 * nothing of what an answer is worth. */
#include "front/play_inside.h"

enum { OWN_BYTES = 4096 };

/* Whether the trainee first says it in their own words before the replies of O are shown.  Never at the first decision;
 * whoever went back has seen the replies; and a time to answer is for answering. */
static bool own_first(struct play *p, const struct client_output *o)
{
    bool shown = o->event <= p->last_asked, same = o->event == p->last_asked;
    p->last_asked = shown ? p->last_asked : o->event;
    if (o->form > WIRE_FORM_CHOICE || o->again || p->config->mode != WIRE_PRACTICE ||
        (p->config->clock && o->no_answer && o->seconds))
        return false;
    if (shown)
        return same && p->writing;
    p->n_choices++;
    if (p->config->own_words == OWN_WORDS_THIRD)
        return p->n_choices > 1 && (p->n_choices + p->config->seed) % 3 == 0;
    return p->config->own_words == OWN_WORDS_ALL;
}

void play_form_ask(struct play *p, const struct client_output *o)
{
    p->writing = o->form == WIRE_FORM_ASK || own_first(p, o);
    p->wrote = false;
    p->n_proposed = 0;
    p->otherwise = (struct text){0};
    p->words = o->words;
    p->to = clean_runs(&p->turn, o->to_name);
    p->n_slots = p->n_parts = p->slot = 0;
}

/* ---- own words ---- */

void play_wrote(struct play *p, const struct client_output *o)
{
    struct speech sp = {.name = text_of(tr(p->screen.words, "You")), .words = phrase(&p->scratch, o->text)};
    if (p->form == WIRE_FORM_ASK)
        p->screen.view->speech(&p->screen, &sp);
    p->writing = false;
    p->wrote = p->form == WIRE_FORM_ASK;
    p->n_proposed = 0;
}

void play_proposed(struct play *p, const struct client_output *o)
{
    uint32_t i = p->n_proposed;
    while (i < p->n_offers && !text_eq(p->offers[i].id, o->id))
        i++;
    if (i == p->n_offers)
        return;
    struct offer found = p->offers[i];
    for (; i > p->n_proposed; i--)
        p->offers[i] = p->offers[i - 1];
    p->offers[p->n_proposed++] = found;
}

uint32_t play_form_numbers(const struct play *p)
{
    if (p->form == WIRE_FORM_COMPOSE)
        return p->slot < p->n_slots ? p->slots[p->slot].n : 0;
    return p->writing ? 0 : p->n_offers + (p->wrote && p->otherwise.len ? 1 : 0);
}

static void show_number(struct play *p, const char *form, uint32_t n)
{
    struct buf b = {0};
    buf_printf(&b, "%u", n);
    play_notice_fill(p, form, buf_view(&b), (struct text){0});
    buf_done(&b);
}

static void ask_words(struct play *p)
{
    p->screen.view->ask(&p->screen, p->prompt, play_turn(p), play_of(p));
    if (p->form != WIRE_FORM_ASK)
        play_notice(p, N_("First in your own words: what would you say? Enter alone shows the replies."));
    else if (p->words)
        show_number(p, N_("In about %1 words of your own. Enter alone shows ways to put it."), p->words);
    else
        play_notice(p, N_("In your own words. Enter alone shows ways to put it."));
    p->asked = loop_now();
}

static void ask_placed(struct play *p)
{
    screen_line_end(&p->screen);
    if (!p->wrote)
        play_notice(p, N_("Ways to put it: type a number, or your own words."));
    else if (p->n_proposed)
        play_notice(p, N_("This reads like:"));
    else
        play_notice(p, N_("Which of these comes nearest to what you wrote?"));
    for (uint32_t i = 0; i < p->n_offers; i++) {
        if (i && i == p->n_proposed)
            play_notice(p, N_("Or nearer to:"));
        play_show_offer(p, i);
    }
    if (play_form_numbers(p) > p->n_offers)
        p->screen.view->option(&p->screen, p->n_offers + 1, (struct text){0}, text_of(tr(p->screen.words, "None of these")));
    if (p->wrote)
        play_notice(p, N_("Type its number. Writing again replaces what you wrote."));
}

static void write_words(struct play *p, struct text own)
{
    if (own.len > OWN_BYTES)
        play_notice(p, N_("That is more than anybody would say in one breath; make it shorter."));
    else
        play_step(p, &(struct client_input){.kind = WIRE_WRITE, .text = clean_text(&p->turn, own)});
}

static void answer_words(struct play *p, struct text own, int number)
{
    if (number >= 0 && !p->writing)
        play_choose(p, (unsigned)number);
    else if (number >= 0)
        play_notice(p, p->form == WIRE_FORM_ASK ? N_("Write what you would say; Enter alone shows ways to put it.")
                                                : N_("Write what you would say; Enter alone shows the replies."));
    else if (own.len)
        write_words(p, own);
    else if (p->writing) {
        p->writing = false;
        play_keep_draft(p);
        play_show_options(p);
    }
}

/* ---- a message ---- */

void play_slot(struct play *p, const struct client_output *o)
{
    array_room(p->slots, p->n_slots, p->cap_slots);
    p->slots[p->n_slots++] = (struct own_slot){.first = p->n_parts, .may_be_empty = o->may_be_empty};
}

void play_part(struct play *p, const struct client_output *o)
{
    if (!p->n_slots)
        return;
    array_room(p->parts, p->n_parts, p->cap_parts);
    p->parts[p->n_parts++] = (struct own_part){text_keep(&p->turn, o->id), phrase(&p->turn, o->text)};
    p->slots[p->n_slots - 1].n++;
}

static const struct own_part *part_taken(const struct play *p, uint32_t slot)
{
    const struct own_slot *s = &p->slots[slot];
    return s->taken ? &p->parts[s->first + s->taken - 1] : NULL;
}

static void show_slot(struct play *p)
{
    struct screen *s = &p->screen;
    const struct own_slot *slot = &p->slots[p->slot];
    struct buf n = {0}, of = {0};
    buf_printf(&n, "%u", p->slot + 1);
    buf_printf(&of, "%u", p->n_slots);
    play_notice_fill(p, N_("Part %1 of %2"), buf_view(&n), buf_view(&of));
    for (uint32_t i = 0; i < slot->n; i++)
        s->view->option(s, i + 1, (struct text){0}, p->parts[slot->first + i].words);
    if (slot->may_be_empty)
        s->view->option(s, 0, (struct text){0}, text_of(tr(s->words, "(leave this part out)")));
    buf_done(&of);
    buf_done(&n);
}

static void show_whole(struct play *p)
{
    struct screen *s = &p->screen;
    struct buf whole = {0};
    for (uint32_t i = 0; i < p->n_slots; i++)
        if (part_taken(p, i))
            buf_sentence(&whole, part_taken(p, i)->words);
    if (p->to.len)
        play_notice_fill(p, N_("What you would say to %1:"), p->to, (struct text){0});
    else
        play_notice(p, N_("What you would say:"));
    s->view->paragraph(s, whole.len ? buf_view(&whole) : text_of(tr(s->words, "(nothing)")));
    screen_line_end(s);
    play_notice(p, N_("Enter says it; :back starts it over."));
    buf_done(&whole);
}

static void ask_message(struct play *p)
{
    if (!p->slot) {
        p->screen.view->ask(&p->screen, p->prompt, play_turn(p), play_of(p));
        if (p->to.len)
            play_notice_fill(p, N_("Put together what you say to %1, part by part."), p->to, (struct text){0});
        p->asked = loop_now();
    } else {
        screen_line_end(&p->screen);
    }
    if (p->slot < p->n_slots)
        show_slot(p);
    else
        show_whole(p);
}

bool play_start_over(struct play *p)
{
    if (p->form != WIRE_FORM_COMPOSE || !p->slot || client_session_phase(p->session) != WIRE_ASK)
        return false;
    p->slot = 0;
    play_keep_draft(p);
    play_show_options(p);
    return true;
}

static void say_message(struct play *p)
{
    struct text *ids = arena_array(&p->turn, struct text, p->n_slots + 1);
    uint32_t n = 0;
    for (uint32_t i = 0; i < p->n_slots; i++)
        if (part_taken(p, i))
            ids[n++] = part_taken(p, i)->id;
    p->showed.n = 0;
    p->slot = 0; /* should it not be taken, it is asked for again */
    play_step(p, &(struct client_input){.kind = WIRE_COMPOSE, .parts = ids, .n_parts = n, .ms = play_time_taken(p)});
}

static void answer_part(struct play *p, struct text own, int number)
{
    if (p->slot == p->n_slots) {
        if (own.len)
            play_notice(p, N_("Enter says it; :back starts it over."));
        else
            say_message(p);
        return;
    }
    struct own_slot *slot = &p->slots[p->slot];
    if (number < 0 && !own.len)
        return;
    if (number < 0 || number > (int)slot->n || (!number && !slot->may_be_empty)) {
        show_number(p, slot->may_be_empty ? N_("Type a number from 1 to %1, or 0 to leave this part out.")
                                          : N_("Type a number from 1 to %1."), slot->n);
        return;
    }
    slot->taken = (uint32_t)number;
    p->slot++;
    play_keep_draft(p);
    ask_message(p);
}

/* ---- both ---- */

bool play_show_form(struct play *p)
{
    if (p->form == WIRE_FORM_COMPOSE)
        ask_message(p);
    else if (p->writing)
        ask_words(p);
    else if (p->form != WIRE_FORM_ASK)
        return false;
    else
        ask_placed(p);
    return true;
}

bool play_form_line(struct play *p, struct text own, int number)
{
    if (client_session_phase(p->session) != WIRE_ASK)
        return false;
    if (p->form == WIRE_FORM_ASK || p->writing)
        answer_words(p, own, number);
    else if (p->form == WIRE_FORM_COMPOSE)
        answer_part(p, own, number);
    else
        return false;
    return true;
}
