/* check_words.c -- what is said about the choices and how much there is to read: docs/pedagogy.md, section 5.
 *
 * A reason is read aloud in the debrief, so "well done" is none; a reaction comes before any comment, so every reply
 * needs one; and whoever must answer has little time to read.  Only the source language is looked at: a translation is
 * re-read by a native speaker, not by rules. */
#include "scenario/check.h"

#include <string.h>

#include "scenario/mark.h"

enum {
    STEM_WORDS = 80, STEM_HAN = 120, /* a stem, a line, an option; rule 1 */
    LESSON_WORDS = 120, LESSON_HAN = 240,
    REASON_HAN = 6, /* one word weighs two Chinese characters here */
    PLACES_LOOKED = 50
};

/* Chinese characters and kana; what stands between them needs no blank to be a word. */
static bool is_han(uint32_t code)
{
    return (code >= 0x3400 && code <= 0x9fff) || (code >= 0x3040 && code <= 0x30ff) ||
           (code >= 0xf900 && code <= 0xfaff) || (code >= 0x20000 && code <= 0x3ffff);
}

static bool is_ascii_letter(uint32_t code)
{
    return (code | 0x20) - 'a' < 26 || code - '0' < 10;
}

static bool is_letter(uint32_t code)
{
    if (code < 0x80)
        return is_ascii_letter(code);
    /* general, CJK and full-width punctuation; all else that is no han writes words */
    return code != 0xa0 && !(code >= 0x2000 && code <= 0x206f) && !(code >= 0x3000 && code <= 0x303f) &&
           !(code >= 0xff00 && code <= 0xff0f) && !(code >= 0xff1a && code <= 0xff20);
}

struct size check_size(struct text t)
{
    struct size z = {0};
    bool inside = false; /* a word */
    while (t.len) {
        uint32_t code = (unsigned char)*t.at;
        if (code == MARK_VALUE) {
            while (t.len && *t.at != MARK_END)
                t = text_from(t.at + 1, t.len - 1);
            z.words += !inside;
            z.width += 4;
            inside = true;
            continue;
        }
        if (code < 0x80) {
            bool ascii = is_ascii_letter(code);
            t = text_from(t.at + 1, t.len - 1);
            z.width += ascii;
            z.words += ascii && !inside;
            inside = ascii || (inside && (code == '\'' || code == '-'));
            continue;
        }
        text_next(&t, &code);
        bool han = is_han(code), letter = !han && is_letter(code);
        z.han += han;
        z.width += han ? 2 : letter;
        z.words += letter && !inside;
        inside = letter || (inside && code == 0x2019);
    }
    return z;
}

/* Says so where the text has more than WORDS words or HAN characters, or a mixture that weighs as much. */
static void say_long(struct check *c, words_id at, struct size z, uint32_t words, uint32_t han)
{
    if ((uint64_t)z.words * han + (uint64_t)z.han * words <= (uint64_t)words * han)
        return;
    bool chinese = z.han > z.words;
    check_say_words(c, chinese ? MSG_TEXT_LONG_HAN : MSG_TEXT_LONG, at,
                    check_number(c, (long)(chinese ? z.han + z.words : z.words)), check_number(c, chinese ? han : words),
                    (struct text){0});
}

static void check_stem(struct check *c, words_id at)
{
    struct text t = check_words(c, at);
    if (t.len > 2 * STEM_WORDS - 1) /* a word has a letter and a blank at least */
        say_long(c, at, check_size(t), STEM_WORDS, STEM_HAN);
}

static void check_lessons(struct check *c)
{
    const struct scenario *s = c->s;
    for (uint32_t i = 1; i <= s->n_lessons; i++) {
        struct size z = {0};
        for (uint32_t p = 0; p < s->lessons[i].n_p; p++) {
            struct size one = check_size(check_words(c, s->paragraphs[s->lessons[i].first_p + p]));
            z.han += one.han;
            z.words += one.words;
        }
        say_long(c, s->lessons[i].title, z, LESSON_WORDS, LESSON_HAN);
    }
}

/* ---- reasons ---- */

/* Takes one blank or punctuation mark off the end of T. */
static bool drop_end(struct text *t)
{
    static const char *const ends[] = {" ", ".", "!", "。", "！", "，", "；", "…", "了"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t len = strlen(ends[i]);
        if (t->len >= len && memcmp(t->at + t->len - len, ends[i], len) == 0) {
            t->len -= len;
            return true;
        }
    }
    return false;
}

static bool is_praise(struct text reason)
{
    static const char *const praise[] = {
        "good", "very good", "great", "nice", "excellent", "perfect", "well done", "good job", "good answer", "best",
        "correct", "right", "ok", "fine", "appropriate", "bad", "very bad", "wrong", "incorrect", "poor", "not good",
        "inappropriate", "not appropriate", "the best answer", "a good answer", "a bad answer", "this is good",
        "this is bad", "this is correct", "this is wrong", "好", "很好", "非常好", "太好", "最好", "不好", "很不好", "不太好", "棒",
        "很棒", "对", "很对", "不对", "正确", "不正确", "错", "错误", "恰当", "不恰当", "很恰当", "得当", "不当", "不妥", "合适", "不合适",
        "很合适", "优秀", "完美", "最佳", "满分", "一般", "说得好", "说得很好", "做得好", "做得很好", "做得对", "这样说很好", "这样做很好",
        "这是最好的回答", "这个回答很好", "这个回答不好", "回答正确", "回答错误", "这样不好", "这样很好"};
    for (size_t i = 0; i < sizeof praise / sizeof *praise; i++)
        if (text_is(reason, praise[i]))
            return true;
    return false;
}

/* What is wrong with T as a reason: MSG_NONE, or what to say. */
static enum msg reason_fault(struct text t)
{
    char small[64]; /* with ASCII letters small */
    if (t.len > sizeof small) /* longer than any empty phrase */
        return MSG_NONE;
    for (size_t i = 0; i < t.len; i++)
        small[i] = (char)(t.at[i] >= 'A' && t.at[i] <= 'Z' ? t.at[i] + 32 : t.at[i]);
    struct text reason = text_trim(text_from(small, t.len));
    while (drop_end(&reason))
        ;
    struct size z = check_size(t);
    return is_praise(reason) ? MSG_REASON_PRAISE : z.han + 2 * z.words < REASON_HAN ? MSG_REASON_SHORT : MSG_NONE;
}

static void check_reason(struct check *c, words_id at)
{
    struct text t = check_words(c, at);
    enum msg fault = reason_fault(t);
    if (fault)
        check_say_words(c, fault, at, t, (struct text){0}, (struct text){0});
}

/* Where LITERAL stands between quotes in a script; no place where it is put together from pieces. */
static struct span literal_place(const struct check *c, struct text literal)
{
    const struct scenario *s = c->s;
    for (uint32_t i = 0; i <= s->n_scripts; i++) {
        struct span at = i ? s->scripts[i].at : (struct span){s->file, 0, 0};
        struct text bytes = s->sources.v[at.file].bytes;
        for (const char *from = bytes.at, *p; (p = memmem(from, bytes.len - (size_t)(from - bytes.at), literal.at,
                                                          literal.len));
             from = p + 1)
            if (p > bytes.at && (p[-1] == '"' || p[-1] == '\'')) {
                uint32_t offset = (uint32_t)(p - bytes.at);
                return (struct span){at.file, offset, offset + (uint32_t)literal.len};
            }
    }
    return (struct span){s->file, 0, 0};
}

/* Reasons that scripts give.  Looking for their places takes a walk through the files, so that is done for few. */
static void check_script_reasons(struct check *c)
{
    const struct scenario *s = c->s;
    uint32_t looked = 0;
    for (uint32_t i = 0; i < s->n_script_words && looked < PLACES_LOOKED; i++) {
        enum msg fault = reason_fault(s->script_words[i]);
        if (!fault)
            continue;
        looked++;
        errs_add(c->es, fault, literal_place(c, s->script_words[i]), s->script_words[i], (struct text){0},
                 (struct text){0});
    }
}

/* True where OPTION has a <score> for COMP, which carries its own reason. */
static bool scored_apart(const struct check *c, const struct option *o, comp_id comp)
{
    for (uint32_t i = 0; i < o->n_nodes; i++) {
        const struct node *n = &c->s->nodes[o->first_node + i];
        if (n->kind == NODE_SCORE && n->ref == comp.i)
            return true;
    }
    return false;
}

/* Whether points P turn the sign of what O's move is usually worth. */
static const struct move *turned(const struct check *c, const struct option *o, struct points p)
{
    const struct move *m = &c->s->rubric.moves[o->n_moves ? c->s->option_moves[o->first_move].i : 0];
    bool turned = m->comp.i == p.comp.i && ((m->from > 0 && p.points < 0) || (m->to < 0 && p.points > 0));
    return turned ? m : NULL;
}

static void say_no_reason(struct check *c, const struct option *o, struct points p)
{
    const struct move *m = turned(c, o, p);
    struct text points = check_number(c, p.points), none = {0};
    if (m)
        check_say(c, MSG_POINTS_UNUSUAL, o->at, scenario_name(c->s, m->name), check_number(c, m->from), points);
    else
        check_say(c, MSG_BECAUSE_MISSING, o->at, points, none, none);
}

static void check_reasons(struct check *c, const struct option *o, bool torn)
{
    const struct scenario *s = c->s;
    struct text none = {0};
    if (o->because.i)
        check_reason(c, o->because);
    for (uint32_t i = 0; i < o->n_points && !o->because.i && !torn; i++) {
        struct points p = s->points[o->first_points + i];
        if (p.points && !scored_apart(c, o, p.comp)) {
            say_no_reason(c, o, p);
            break;
        }
    }
    for (uint32_t i = 0; i < o->n_nodes; i++) {
        const struct node *n = &s->nodes[o->first_node + i];
        if (n->kind != NODE_SCORE)
            continue;
        if (n->words.i)
            check_reason(c, n->words);
        else if (n->value && !torn)
            check_say(c, MSG_BECAUSE_MISSING, n->at, check_number(c, n->value), none, none);
    }
}

void check_texts(struct check *c)
{
    const struct scenario *s = c->s;
    for (uint32_t i = 1; i <= s->n_nodes; i++)
        if (s->nodes[i].kind == NODE_LINE || s->nodes[i].kind == NODE_NARRATION)
            check_stem(c, s->nodes[i].words);
    for (uint32_t i = 1; i <= s->n_decisions; i++) {
        const struct decision *d = &s->decisions[i];
        check_stem(c, d->prompt);
        for (uint32_t k = 0; k < d->n && form_graded(d->form); k++) {
            const struct option *o = &s->options[d->first + k];
            check_stem(c, o->says);
            check_stem(c, o->reaction);
            bool torn = torn_option(c, d->first + k);
            check_reasons(c, o, torn);
            if (!o->has_reaction && (d->form == FORM_CHOICE || d->form == FORM_ASK) && check_asks(c, d) && !torn)
                check_say(c, MSG_REACTION_MISSING, o->at, scenario_name(s, o->name), (struct text){0}, (struct text){0});
        }
    }
    check_script_reasons(c);
    check_lessons(c);
}
