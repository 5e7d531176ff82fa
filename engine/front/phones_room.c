/* phones_room.c -- what the room shows to a phone: one state, one piece of a page.
 *
 * Reads from top to bottom as it should be heard: where the room is, what is asked, what can be done, what was done.  What
 * a colour says is said by a word or a sign, too.  A phone's own vote and answers are asked for each time, so that nothing
 * here can differ from what was kept. */
#include "front/phones_inside.h"

#include "base/html.h"

static const struct room *room_of(const struct reader *r) { return r->p->room; }

static uint32_t my_choice(const struct reader *r, uint32_t round)
{
    const struct phones_hears *h = &r->p->config.hears;
    return round ? h->chosen(h->self, r->who.voter, round) : 0;
}

static struct text my_name(const struct reader *r)
{
    const struct phones_hears *h = &r->p->config.hears;
    return r->p->config.identity == PHONES_ANONYMOUS ? TEXT("-") : h->name(h->self, r->who.voter);
}

/* ---- numbers ---- */

/* FORM, already translated, with %1 and %2. */
static void put_counted(struct reader *r, const char *form, uint32_t n, uint32_t of)
{
    struct buf a = {0}, b = {0}, line = {0};
    buf_int(&a, n);
    buf_int(&b, of);
    words_fill(&line, form, (struct text[]){buf_view(&a), buf_view(&b)}, 2);
    html_text(r->out, buf_view(&line));
    buf_done(&a);
    buf_done(&b);
    buf_done(&line);
}

void phone_count(struct reader *r)
{
    const struct phones *p = r->p;
    const struct room *room = room_of(r);
    if (!room)
        return;
    if ((room->state == ROOM_VOTE || room->state == ROOM_WAIT || room->state == ROOM_FORM) && p->here)
        put_counted(r, trn(r->words, "%1 of %2 has answered", "%1 of %2 have answered", p->answered), p->answered, p->here);
    else if (room->state == ROOM_LOBBY && p->here)
        put_counted(r, trn(r->words, "%1 is here", "%1 are here", p->here), p->here, 0);
}

static void put_count(struct reader *r)
{
    buf_str(r->out, "<p id=\"n\">");
    if (r->whole)
        phone_count(r);
    buf_str(r->out, "</p>");
}

/* ---- headings ---- */

static const char *state_words(const struct room *room)
{
    switch (room->state) {
    case ROOM_LOBBY: return N_("You are in. It begins soon.");
    case ROOM_WALL: return N_("Look at the wall.");
    case ROOM_VOTE: return N_("What do you say?");
    case ROOM_WAIT: return N_("The vote is closed.");
    case ROOM_DISCUSS: return N_("Talk it over.");
    case ROOM_REVEAL: return N_("This is how the room voted.");
    case ROOM_BREAK: return N_("A short break.");
    case ROOM_FORM: return N_("What do you think?");
    case ROOM_TAKE_HOME: return N_("To take home");
    }
    return "";
}

/* A small line above the heading. */
static const char *state_above(const struct room *room)
{
    switch (room->state) {
    case ROOM_VOTE: return room->again ? N_("Second vote") : N_("Vote");
    case ROOM_WAIT: return N_("Closed. Look at the wall.");
    case ROOM_DISCUSS: return N_("Talk it over");
    case ROOM_REVEAL: return N_("Result");
    case ROOM_BREAK: return N_("Break");
    default: return NULL;
    }
}

static void put_heading(struct reader *r)
{
    const struct room *room = room_of(r);
    const char *above = state_above(room);
    if (above && !both_empty(room->heading))
        phone_said(r, "p class=\"k\"", above);
    if (both_empty(room->heading))
        phone_said(r, "h1 tabindex=\"-1\"", state_words(room));
    else
        phone_tagged(r, "h1 tabindex=\"-1\"", room->heading);
}

/* ---- options ---- */

static void put_option_words(struct reader *r, const struct room_option *o)
{
    buf_str(r->out, "<span>");
    if (!both_empty(o->manner)) {
        phone_tagged(r, "i", o->manner);
        buf_char(r->out, ' ');
    }
    phone_both(r, o->words);
    buf_str(r->out, "</span>");
}

static void put_badge(struct reader *r, uint32_t option)
{
    buf_str(r->out, "<b>");
    phone_letter(r->out, option);
    buf_str(r->out, "</b>");
}

static void put_vote(struct reader *r)
{
    const struct room *room = room_of(r);
    uint32_t mine = my_choice(r, room->round);
    phone_form(r, "/vote", " class=\"o\"");
    phone_number(r->out, "<input type=\"hidden\" name=\"r\" value=\"", room->round, "\">");
    for (uint32_t i = 1; i <= room->n_options; i++) {
        phone_number(r->out, "<button name=\"o\" value=\"", i, "\"");
        buf_printf(r->out, " aria-pressed=\"%s\">", i == mine ? "true" : "false");
        put_badge(r, i);
        put_option_words(r, &room->options[i - 1]);
        buf_str(r->out, "</button>");
    }
    if (mine) {
        struct buf letter = {0};
        phone_letter(&letter, mine);
        buf_str(r->out, "<p class=\"ok\" role=\"status\">");
        phone_filled(r, N_("You chose %1. Until the vote closes you can change it."), buf_view(&letter), (struct text){0});
        buf_str(r->out, "</p><button class=\"q\" name=\"o\" value=\"0\">");
        phone_words(r, N_("Take it back"));
        buf_str(r->out, "</button>");
        buf_done(&letter);
    }
    buf_str(r->out, "</form>");
    put_count(r);
}

/* What this phone chose in ROUND, in words, where it did. */
static void put_mine(struct reader *r, uint32_t round)
{
    struct buf letter = {0};
    uint32_t mine = my_choice(r, round);
    if (mine) {
        phone_letter(&letter, mine);
        buf_str(r->out, "<p class=\"ok\">");
        phone_filled(r, N_("You chose %1."), buf_view(&letter), (struct text){0});
        buf_str(r->out, "</p>");
    }
    buf_done(&letter);
}

static void put_options(struct reader *r)
{
    const struct room *room = room_of(r);
    if (!room->n_options)
        return;
    buf_str(r->out, "<ul class=\"o\">");
    for (uint32_t i = 1; i <= room->n_options; i++) {
        buf_str(r->out, "<li>");
        put_badge(r, i);
        put_option_words(r, &room->options[i - 1]);
        buf_str(r->out, "</li>");
    }
    buf_str(r->out, "</ul>");
    put_mine(r, room->round);
}

/* ---- the result ---- */

static uint32_t votes_of(const struct room *room, const struct room_tally *t)
{
    uint32_t sum = 0;
    for (uint32_t i = 0; i < room->n_options; i++)
        sum += t->counts[i];
    return sum;
}

static bool leads(const struct room *room, const struct room_tally *t, uint32_t option)
{
    for (uint32_t i = 0; i < room->n_options; i++)
        if (t->counts[i] > t->counts[option])
            return false;
    return t->counts[option] > 0;
}

/* One round at one option: a bar and its number, or only whether it leads. */
static void put_bar(struct reader *r, const struct room_tally *t, uint32_t option, const char *name)
{
    const struct room *room = room_of(r);
    uint32_t sum = votes_of(room, t), n = t->counts[option];
    bool mine = my_choice(r, t->round) == option + 1, few = sum < ROOM_FEW;
    if (few && !leads(room, t, option) && !mine)
        return;
    buf_str(r->out, "<div class=\"bar\">");
    if (!few)
        buf_printf(r->out, "<svg aria-hidden=\"true\"><rect width=\"%u%%\" height=\"100%%\"/></svg>", sum ? (n * 100 + sum / 2) / sum : 0);
    buf_str(r->out, "<span>");
    if (name)
        phone_said(r, "span", name);
    if (!few) {
        buf_str(r->out, "<strong>");
        put_counted(r, trn(r->words, "%1 vote", "%1 votes", n), n, 0);
        buf_str(r->out, "</strong>");
    } else if (leads(room, t, option)) {
        phone_said(r, "strong", N_("leads"));
    }
    if (mine)
        phone_said(r, "em", N_("your vote"));
    buf_str(r->out, "</span></div>");
}

static void put_reveal(struct reader *r)
{
    const struct room *room = room_of(r);
    uint32_t n = room->n_tallies < ROOM_TALLIES_MAX ? room->n_tallies : ROOM_TALLIES_MAX;
    bool few = false;
    buf_str(r->out, "<ul class=\"o r\">");
    for (uint32_t i = 0; i < room->n_options; i++) {
        buf_str(r->out, room->played == i + 1 ? "<li class=\"p\">" : "<li>");
        put_badge(r, i + 1);
        buf_str(r->out, "<div>");
        put_option_words(r, &room->options[i]);
        if (room->played == i + 1)
            phone_said(r, "p class=\"k\"", N_("This was said."));
        for (uint32_t t = 0; t < n; t++) {
            few |= votes_of(room, &room->tallies[t]) < ROOM_FEW;
            put_bar(r, &room->tallies[t], i, n < 2 ? NULL : t == 0 ? N_("first:") : N_("second:"));
        }
        buf_str(r->out, "</div></li>");
    }
    buf_str(r->out, "</ul>");
    if (few && n)
        phone_said(r, "p class=\"quiet\"", N_("Fewer than five voted, so only what leads is shown."));
}

/* ---- forms ---- */

static struct text my_answer(const struct reader *r, struct text item)
{
    const struct phones_hears *h = &r->p->config.hears;
    return h->answer(h->self, r->who.voter, item);
}

static void put_radio(struct reader *r, const struct room_item *item, uint32_t n, long mine)
{
    buf_str(r->out, "<input type=\"radio\" name=\"i-");
    html_text(r->out, item->id);
    phone_number(r->out, "\" value=\"", n, mine == (long)n ? "\" checked>" : "\">");
}

static void put_scale(struct reader *r, const struct room_item *item, long mine)
{
    buf_str(r->out, "<div class=\"s\">");
    for (uint32_t n = 1; n <= item->steps; n++) {
        buf_str(r->out, "<label>");
        put_radio(r, item, n, mine);
        phone_number(r->out, "<span>", n, "</span></label>");
    }
    buf_str(r->out, "</div>");
    if (both_empty(item->low) && both_empty(item->high))
        return;
    buf_str(r->out, "<p class=\"ends\"><span>1 ");
    phone_both(r, item->low);
    phone_number(r->out, "</span><span>", item->steps, " ");
    phone_both(r, item->high);
    buf_str(r->out, "</span></p>");
}

static void put_item(struct reader *r, const struct room_item *item)
{
    struct text said = my_answer(r, item->id);
    long mine = 0;
    if (item->kind == ITEM_TEXT) {
        buf_str(r->out, "<label class=\"f\">");
        phone_both(r, item->words);
        buf_printf(r->out, "<textarea rows=\"3\" maxlength=\"%d\" name=\"i-", ROOM_WORDS_MAX);
        html_text(r->out, item->id);
        buf_str(r->out, "\">");
        html_text(r->out, said);
        buf_str(r->out, "</textarea></label>");
        return;
    }
    if (!text_int(said, 1, ROOM_ITEMS_MAX, &mine))
        mine = 0;
    buf_str(r->out, "<fieldset>");
    phone_tagged(r, "legend", item->words);
    if (item->kind == ITEM_SCALE)
        put_scale(r, item, mine);
    for (uint32_t n = 1; item->kind == ITEM_CHOICE && n <= item->n_choices; n++) {
        buf_str(r->out, "<label class=\"c\">");
        put_radio(r, item, n, mine);
        phone_tagged(r, "span", item->choices[n - 1]);
        buf_str(r->out, "</label>");
    }
    buf_str(r->out, "</fieldset>");
}

static void put_items(struct reader *r)
{
    const struct room *room = room_of(r);
    bool said = false;
    phone_form(r, "/say", "");
    for (uint32_t i = 0; i < room->n_items && i < ROOM_ITEMS_MAX; i++) {
        said |= my_answer(r, room->items[i].id).len > 0;
        put_item(r, &room->items[i]);
    }
    if (said)
        phone_said(r, "p class=\"ok\" role=\"status\"", N_("Sent. You can still change it."));
    buf_str(r->out, "<button class=\"g\">");
    phone_words(r, said ? N_("Send again") : N_("Send"));
    buf_str(r->out, "</button></form>");
    put_count(r);
}

/* ---- joining, and a name ---- */

static void put_join(struct reader *r)
{
    const struct room *room = room_of(r);
    phone_said(r, "h1 tabindex=\"-1\"", N_("Join in from this phone"));
    phone_said(r, "p", N_("The wall shows a conversation. At its turns the room decides by vote what is said next."));
    if (room && room->state == ROOM_LOBBY)
        phone_paragraphs(r, room->paragraphs, room->n_paragraphs);
    if (r->p->locked && r->notice != NOTICE_LOCKED) {
        phone_said(r, "p class=\"warn\"", N_("The room is closed to new phones. Please ask the facilitator, or vote by hand."));
        return;
    }
    phone_form(r, "/join", "");
    phone_said(r, "button class=\"g\"", N_("Join"));
    buf_str(r->out, "</form>");
}

static void put_name_form(struct reader *r)
{
    const struct phones_config *c = &r->p->config;
    phone_said(r, "h1 tabindex=\"-1\"", c->identity == PHONES_ROSTER ? N_("Who are you?") : N_("What shall we call you?"));
    phone_form(r, "/name", "");
    buf_str(r->out, "<label class=\"f\">");
    phone_words(r, c->identity == PHONES_ROSTER ? N_("Your name in the list") : N_("A name of your choice"));
    if (c->identity == PHONES_ROSTER) {
        buf_str(r->out, "<select name=\"n\" required><option value=\"\"></option>");
        for (uint32_t i = 0; i < c->n_roster; i++) {
            buf_str(r->out, "<option>");
            html_text(r->out, c->roster[i]);
            buf_str(r->out, "</option>");
        }
        buf_str(r->out, "</select>");
    } else {
        buf_str(r->out, "<input name=\"n\" type=\"text\" maxlength=\"40\" autocomplete=\"nickname\" required>");
    }
    buf_str(r->out, "</label>");
    phone_said(r, "button class=\"g\"", N_("Go on"));
    buf_str(r->out, "</form>");
}

/* ---- the state ---- */

static void put_state(struct reader *r)
{
    const struct room *room = room_of(r);
    put_heading(r);
    phone_paragraphs(r, room->paragraphs, room->n_paragraphs);
    switch (room->state) {
    case ROOM_VOTE: put_vote(r); break;
    case ROOM_WAIT:
        put_mine(r, room->round);
        put_count(r);
        break;
    case ROOM_DISCUSS: put_options(r); break;
    case ROOM_REVEAL: put_reveal(r); break;
    case ROOM_FORM: put_items(r); break;
    case ROOM_TAKE_HOME: phone_keep(r); break;
    case ROOM_LOBBY: put_count(r); break;
    case ROOM_WALL:
    case ROOM_BREAK: break;
    }
}

void phone_room(struct reader *r)
{
    if (!r->who.voter)
        put_join(r);
    else if (my_name(r).len == 0)
        put_name_form(r);
    else if (room_of(r))
        put_state(r);
    else
        phone_said(r, "h1 tabindex=\"-1\"", N_("You are in. It begins soon."));
}

bool phone_may_reload(const struct reader *r)
{
    const struct room *room = room_of(r);
    if (r->desk || !r->who.voter || my_name(r).len == 0)
        return false;
    return !room || (room->state != ROOM_FORM && room->state != ROOM_TAKE_HOME &&
                     (room->state != ROOM_VOTE || my_choice(r, room->round)));
}
