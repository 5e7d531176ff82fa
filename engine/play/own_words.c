/* own_words.c -- what own words may come to: phrases propose, and never decide.
 *
 * An option is proposed where at least one of its phrases occurs and none that rules it out does; the more phrases, and
 * the longer they are, the earlier.  Whoever wrote the words confirms, so a wrong proposal costs nothing. */
#include "play/decide.h"

/* How well OPTION fits: the letters of its phrases that occur; 0 where it does not. */
static uint32_t fit(const struct scenario *s, const struct option *o, struct text folded)
{
    uint32_t sum = 0;
    for (uint32_t i = 0; i < o->n_phrases; i++) {
        const struct phrase *ph = &s->phrases[o->first_phrase + i];
        if (!text_occurs(ph->folded, folded))
            continue;
        if (ph->negated)
            return 0;
        sum += 4 + (uint32_t)text_chars(ph->folded);
    }
    return sum;
}

/* Which of the options offered WORDS may come to, best first; their number. */
static uint32_t propose(const struct session *se, const struct decision *d, struct text words, option_id out[PROPOSALS])
{
    const struct scenario *s = se->scenario;
    uint32_t best[PROPOSALS] = {0}, n = 0;
    struct buf folded = {0};
    text_fold_apart(words, &folded);
    for (uint32_t i = d->first; i < d->first + d->n; i++) {
        if (!option_offered(se, (option_id){i}))
            continue;
        uint32_t fits = fit(s, &s->options[i], buf_view(&folded)), at = 0;
        while (at < n && best[at] >= fits)
            at++;
        if (!fits || at == PROPOSALS)
            continue;
        n = n < PROPOSALS ? n + 1 : n;
        for (uint32_t k = n - 1; k > at; k--) {
            best[k] = best[k - 1];
            out[k] = out[k - 1];
        }
        best[at] = fits;
        out[at] = (option_id){i};
    }
    buf_done(&folded);
    return n;
}

void propose_event(struct step *p, struct text text)
{
    option_id found[PROPOSALS];
    const struct decision *d = &p->s->decisions[p->st->decision];
    uint32_t n = propose(p->se, d, text, found);
    step_event(p, &(struct event){.kind = EV_PROPOSED, .a = p->st->decision});
    step_text(p, ITEM_TEXT, text);
    for (uint32_t i = 0; i < n; i++)
        step_item(p, ITEM_OPTION, found[i].i, 0);
}
