/* text_fold.c -- own words held against phrases: the same whatever the case, width, blanks, or a slip of the finger.
 *
 * NFKC with case folding (Unicode, UAX #15) makes full-width and ligature forms plain.  What is neither letter, digit nor
 * mark only separates words; between two Chinese characters it separates nothing. */
#include "base/text.h"

#include <stdlib.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>

enum { FOLD_BYTES = 64 << 10 };

static bool is_chinese(uint32_t c)
{
    return (c >= 0x2e80 && c <= 0x9fff) || (c >= 0xac00 && c <= 0xd7a3) || (c >= 0xf900 && c <= 0xfaff) ||
           (c >= 0x20000 && c <= 0x3ffff);
}

static bool is_word(uint32_t c)
{
    return uc_is_general_category_withtable(c, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_N | UC_CATEGORY_MASK_M);
}

/* Whether C, behind the letter BEFORE and before REST, is the apostrophe of "don't". */
static bool shortens(uint32_t before, uint32_t c, struct text rest)
{
    uint32_t t, end;
    bool apostrophe = c == '\'' || c == 0x2019 || c == 0x2bc;
    return apostrophe && before == 'n' && text_next(&rest, &t) && t == 't' && !(text_next(&rest, &end) && is_word(end));
}

/* APART: as text_fold_apart says. */
static void put_words(struct text folded, bool apart, struct buf *out)
{
    uint32_t before = 0, c;
    bool blank = false;
    while (text_next(&folded, &c)) {
        if (apart && !blank && shortens(before, c, folded))
            continue;
        if (!is_word(c)) {
            blank = true;
            continue;
        }
        bool border = apart && is_chinese(before) != is_chinese(c);
        if ((blank || border) && before && !(is_chinese(before) && is_chinese(c)))
            buf_char(out, ' ');
        blank = false;
        before = c;
        buf_code(out, c);
    }
}

static void fold(struct text t, bool apart, struct buf *out)
{
    size_t n = 0;
    if (!t.len || t.len > FOLD_BYTES || text_utf8_valid(t) < t.len)
        return;
    uint8_t *folded = u8_casefold((const uint8_t *)t.at, t.len, NULL, UNINORM_NFKC, NULL, &n);
    put_words(folded ? text_from((const char *)folded, n) : t, apart, out);
    free(folded);
}

void text_fold(struct text t, struct buf *out) { fold(t, false, out); }

void text_fold_apart(struct text t, struct buf *out) { fold(t, true, out); }

void text_compose(struct text t, struct buf *out)
{
    size_t n = 0;
    bool may = t.len && t.len <= FOLD_BYTES && text_utf8_valid(t) == t.len;
    uint8_t *composed = may ? u8_normalize(UNINORM_NFC, (const uint8_t *)t.at, t.len, NULL, &n) : NULL;
    buf_text(out, composed ? text_from((const char *)composed, n) : t);
    free(composed);
}

static bool has_chinese(struct text t)
{
    uint32_t c;
    while (text_next(&t, &c))
        if (is_chinese(c))
            return true;
    return false;
}

/* One word against another, with slips allowed as its length allows. */
static bool same_word(struct text wanted, struct text word)
{
    size_t letters = text_chars(wanted);
    unsigned slips = letters >= 9 ? 2 : letters >= 5 ? 1 : 0;
    return slips ? text_distance(wanted, word, slips) <= slips : text_eq(wanted, word);
}

/* Whether the words of PHRASE stand one behind the other where TEXT begins. */
static bool begins_with(struct text phrase, struct text text)
{
    struct text wanted, word;
    while (text_word(&phrase, &wanted))
        if (!text_word(&text, &word) || !same_word(wanted, word))
            return false;
    return true;
}

static bool contains(struct text phrase, struct text text)
{
    for (size_t i = 0; i + phrase.len <= text.len; i++)
        if (text.at[i] == phrase.at[0] && text_eq(text_from(text.at + i, phrase.len), phrase))
            return true;
    return false;
}

bool text_occurs(struct text phrase, struct text text)
{
    struct text word, rest = text;
    if (!phrase.len)
        return false;
    if (has_chinese(phrase))
        return contains(phrase, text);
    do
        if (begins_with(phrase, rest))
            return true;
    while (text_word(&rest, &word));
    return false;
}
