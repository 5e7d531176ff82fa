/* workshop_fields.c -- a line that is typed: how many hands, how many people, which letter, a note.
 *
 * While a field is open letters are what is typed.  Enter takes the line, or says what is wrong with it and leaves it open;
 * Escape and a clicker's PageUp close it. */
#include "front/workshop_inside.h"

#include "front/hands.h"
#include "front/press.h"

void field_open(struct workshop *w, enum field field, bool desk)
{
    w->field = field;
    w->from_desk = desk;
    buf_reset(&w->typed);
}

static bool read_number(const struct workshop *w, long most, long *out)
{
    struct buf narrow = {0};
    uint32_t code;
    for (struct text t = buf_view(&w->typed); text_next(&t, &code);)
        buf_code(&narrow, code >= 0xFF10 && code <= 0xFF19 ? code - 0xFEE0 : code);
    bool ok = text_int(text_trim(buf_view(&narrow)), 0, most, out);
    buf_done(&narrow);
    return ok;
}

static enum want close_it(struct workshop *w)
{
    w->field = FIELD_NONE;
    w->remark = REMARK_NONE;
    return WANT_SHOW;
}

static enum want enter_pick(struct workshop *w)
{
    const struct workshop_state *s = &w->now;
    uint32_t letter = hands_letter(buf_view(&w->typed), s->n_options);
    if (!letter)
        return workshop_stay(w, REMARK_NO_LETTER);
    bool desk = w->from_desk;
    close_it(w);
    enum want want = poll_take(w, letter);
    if (want == WANT_SHOW && w->now.stage == STAGE_CHOOSE) /* the next place of a message */
        field_open(w, FIELD_PICK, desk);
    return want;
}

static enum want enter_goto(struct workshop *w)
{
    long n;
    if (!read_number(w, ROAD_MOST, &n) || !road_back(w, (uint32_t)n))
        return workshop_stay(w, REMARK_NO_DECISION);
    close_it(w);
    return WANT_STEP;
}

static enum want enter_lesson(struct workshop *w)
{
    long n;
    if (!read_number(w, 99, &n) || n < 1 || n > (long)w->about->n_lessons)
        return workshop_stay(w, REMARK_NO_LESSON);
    close_it(w);
    return workshop_lesson(w, (uint32_t)n - 1, w->now.stage);
}

static enum want enter(struct workshop *w)
{
    long n;
    switch (w->field) {
    case FIELD_HANDS: return poll_hands(w) ? close_it(w) : WANT_SHOW;
    case FIELD_HEADS:
        if (!read_number(w, BALLOT_MOST, &n))
            return workshop_stay(w, REMARK_NOT_NUMBER);
        w->heads = (uint32_t)n;
        return close_it(w);
    case FIELD_PICK: return enter_pick(w);
    case FIELD_GOTO: return enter_goto(w);
    case FIELD_LESSON: return enter_lesson(w);
    case FIELD_NOTE:
    case FIELD_WORDS:
        if (!text_trim(buf_view(&w->typed)).len)
            return close_it(w);
        w->step = w->field == FIELD_NOTE ? STEP_NOTE : STEP_WRITE;
        close_it(w);
        return WANT_STEP;
    case FIELD_NONE: break;
    }
    return WANT_NOTHING;
}

static void erase(struct workshop *w)
{
    struct buf *b = &w->typed;
    while (b->len && ((unsigned char)b->at[b->len - 1] & 0xc0) == 0x80)
        b->len--;
    b->len -= b->len > 0;
}

enum want field_typed(struct workshop *w, uint32_t press)
{
    if (press == PRESS_ENTER)
        return enter(w);
    if (press == PRESS_ESCAPE || press == PRESS_PAGE_UP)
        return close_it(w);
    if (press == PRESS_REDRAW)
        return WANT_REDRAW;
    if (press == PRESS_BACKSPACE)
        erase(w);
    else if (press < PRESS_ENTER && w->typed.len < TYPED_MOST)
        buf_code(&w->typed, press);
    else
        return WANT_NOTHING;
    w->remark = REMARK_NONE;
    return WANT_SHOW;
}
