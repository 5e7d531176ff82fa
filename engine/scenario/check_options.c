/* check_options.c -- options that give the best one away: docs/pedagogy.md, section 5, rules 3 to 8.
 *
 * Whoever is tested learns fast that the longest option is right, or the second.  Only decisions that a person may have
 * to make and that are graded count.  Lengths are letters, a Chinese character as two; blanks and punctuation are free. */
#include "scenario/check.h"

#include <string.h>

enum { FEW = 3, MANY = 4, PLACES = 26, PATTERN_FROM = 3, PATTERN_LOOSE = 6 };

/* What repeats over the scenario. */
struct pattern {
    uint32_t decisions, longest;           /* with one best option; where it is the longest, too */
    const struct decision *first_longest;
    uint32_t fixed, place[PLACES];         /* shown in the order written; the best at each place */
    const struct decision *first_place[PLACES];
};

static int total_points(const struct check *c, const struct option *o)
{
    int sum = 0;
    for (uint32_t i = 0; i < o->n_points; i++)
        sum += c->s->points[o->first_points + i].points;
    return sum;
}

/* The place of the one best option of D, from 1; 0 where there are several, or all are worth the same. */
static uint32_t best_of(const struct check *c, const struct decision *d)
{
    uint32_t best = 0;
    bool differ = false;
    for (uint32_t i = 1, high = 0; i < d->n; i++) {
        int here = total_points(c, &c->s->options[d->first + i]), top = total_points(c, &c->s->options[d->first + high]);
        if (here != top)
            differ = true;
        if (here > top)
            high = i;
        best = high + 1;
    }
    if (!differ)
        return 0;
    int top = total_points(c, &c->s->options[d->first + best - 1]);
    for (uint32_t i = 0; i < d->n; i++)
        if (i + 1 != best && total_points(c, &c->s->options[d->first + i]) == top)
            return 0;
    return best;
}

/* ---- absolute words ---- */

static bool is_word_byte(char ch)
{
    return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || ch == '\'' || ch == '-' || (ch & 0x80);
}

/* True where the English word W, small, stands at T.at[I] as a whole word. */
static bool word_at(struct text t, size_t i, const char *w)
{
    size_t n = strlen(w);
    if (i + n > t.len || (i > 0 && is_word_byte(t.at[i - 1])) || (i + n < t.len && is_word_byte(t.at[i + n])))
        return false;
    for (size_t k = 0; k < n; k++)
        if ((t.at[i + k] | 0x20) != w[k])
            return false;
    return true;
}

/* The first absolute word of T, or nothing. */
static struct text absolute_in(struct text t)
{
    static const char *const english[] = {"always", "never", "everyone", "everybody"};
    static const char *const chinese[] = {"总是", "从不", "大家都", "所有人都"};
    bool inside = false; /* a word */
    for (size_t i = 0; i < t.len; i++) {
        char small = (char)(t.at[i] | 0x20);
        if (!inside && (small == 'a' || small == 'n' || small == 'e'))
            for (size_t k = 0; k < sizeof english / sizeof *english; k++)
                if (word_at(t, i, english[k]))
                    return text_from(t.at + i, strlen(english[k]));
        if (t.at[i] & 0x80)
            for (size_t k = 0; k < sizeof chinese / sizeof *chinese; k++)
                if (t.len - i >= strlen(chinese[k]) && memcmp(t.at + i, chinese[k], strlen(chinese[k])) == 0)
                    return text_from(t.at + i, strlen(chinese[k]));
        inside = is_word_byte(t.at[i]);
    }
    return (struct text){0};
}

/* Says so at the word itself where it is written there as it is read. */
static void say_absolute(struct check *c, words_id says, struct text word)
{
    const struct scenario *s = c->s;
    struct range r = s->words_at[says.i];
    struct text bytes = s->sources.v[s->file].bytes;
    if (r.to <= bytes.len)
        for (uint32_t i = r.from; i + word.len <= r.to; i++)
            if (memcmp(bytes.at + i, word.at, word.len) == 0) {
                r = (struct range){i, i + (uint32_t)word.len};
                break;
            }
    check_say(c, MSG_OPTION_ABSOLUTE, r, word, (struct text){0}, (struct text){0});
}

/* ---- one decision ---- */

/* Lengths of the options of D; the place of the longest from 1, 0 where two are. */
static uint32_t check_lengths(struct check *c, const struct decision *d)
{
    uint32_t shortest = UINT32_MAX, longest = 0, place = 0;
    for (uint32_t i = 0; i < d->n; i++) {
        uint32_t width = check_size(check_words(c, c->s->options[d->first + i].says)).width;
        place = width > longest ? i + 1 : width == longest ? 0 : place;
        longest = width > longest ? width : longest;
        shortest = width < shortest ? width : shortest;
    }
    if (place && shortest && (uint64_t)longest * 10 > (uint64_t)shortest * 13)
        check_say(c, MSG_OPTIONS_LENGTH, c->s->options[d->first + place - 1].at,
                  check_tenths(c, ((long)longest * 10 + (long)shortest / 2) / (long)shortest), (struct text){0},
                  (struct text){0});
    return place;
}

static void check_decision(struct check *c, const struct decision *d, bool torn, struct pattern *p)
{
    struct text none = {0};
    uint32_t best = best_of(c, d), at_once = d->n > MANY ? offer_most(c, d) : d->n;
    if (d->n < FEW && !torn)
        check_say(c, MSG_OPTIONS_FEW, d->at, check_number(c, d->n), none, none);
    if (at_once > MANY)
        check_say(c, MSG_OPTIONS_MANY, d->at, check_number(c, at_once), none, none);
    for (uint32_t i = 0; i < d->n; i++) {
        words_id says = c->s->options[d->first + i].says;
        struct text word = absolute_in(check_words(c, says));
        if (word.len)
            say_absolute(c, says, word);
    }
    uint32_t longest = check_lengths(c, d);
    if (!best || torn || c->torn & TORN_KEY)
        return;
    p->decisions++;
    if (best == longest) {
        p->longest++;
        p->first_longest = p->first_longest ? p->first_longest : d;
    }
    if (!d->shuffle && best <= PLACES) {
        p->fixed++;
        p->place[best - 1]++;
        p->first_place[best - 1] = p->first_place[best - 1] ? p->first_place[best - 1] : d;
    }
}

void check_options(struct check *c)
{
    const struct scenario *s = c->s;
    struct pattern p = {0};
    for (uint32_t i = 1; i <= s->n_decisions; i++)
        if (s->decisions[i].form == FORM_CHOICE && check_asks(c, &s->decisions[i]))
            check_decision(c, &s->decisions[i], torn_decision(c, i), &p);
    if (p.decisions >= PATTERN_FROM && p.longest * 3 > p.decisions)
        check_say(c, MSG_BEST_LONGEST, p.first_longest->at, check_number(c, p.longest), check_number(c, p.decisions),
                  (struct text){0});
    for (uint32_t i = 0; i < PLACES; i++) {
        bool every = p.fixed >= PATTERN_FROM && p.place[i] == p.fixed;
        bool mostly = p.fixed >= PATTERN_LOOSE && p.place[i] * 2 > p.fixed;
        if (every || mostly)
            check_say(c, MSG_BEST_PLACE, p.first_place[i]->at, check_number(c, p.place[i]), check_number(c, p.fixed),
                      check_number(c, i + 1));
    }
}
