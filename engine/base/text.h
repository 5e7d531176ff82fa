/* text.h -- text as pointer and length, and text being built.
 *
 * All text is UTF-8 and need not end in NUL.  What is shown to people goes through one function per sink: terminal.h,
 * json.h, html.h.  Nothing here knows a terminal. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct buf;

struct text {
    const char *at; /* may be NULL when len is 0 */
    size_t len;     /* bytes */
};

#define TEXT(literal) ((struct text){"" literal, sizeof(literal) - 1})

static inline struct text text_from(const char *at, size_t len) { return (struct text){at, len}; }
struct text text_of(const char *nul_terminated); /* borrowed; NULL gives the empty text */
bool text_eq(struct text a, struct text b);
bool text_equals(struct text a, const char *nul_terminated);
/* Most texts differ in the first byte: that much is seen in place. */
static inline bool text_is(struct text a, const char *nul_terminated)
{
    return (a.len == 0 || a.at[0] == nul_terminated[0]) && text_equals(a, nul_terminated);
}
int text_cmp(struct text a, struct text b); /* by bytes, shorter first where one begins the other */
bool text_starts(struct text t, const char *prefix);
struct text text_trim(struct text t); /* without blanks, tabs, CR and LF at both ends */
/* The first piece of *REST up to SEP; *REST becomes what follows.  False when *REST was empty. */
bool text_split(struct text *rest, char sep, struct text *piece);
/* The next word of a blank-separated list. */
bool text_word(struct text *rest, struct text *word);
/* Whether WORD is one of the words of LIST. */
bool text_has_word(struct text list, struct text word);
/* A whole number, optionally signed, within LO..HI; false for anything else. */
bool text_int(struct text t, long lo, long hi, long *out);
/* A copy in A, NUL behind it. */
struct text text_keep(struct arena *a, struct text t);
/* FNV-1a, 64 bit. */
uint64_t text_hash(struct text t);

/* Length in bytes of the valid UTF-8 sequence at the start of T; 0 where there is none. */
size_t text_utf8_len(struct text t);
/* Offset of the first byte that is not valid UTF-8, or T.len. */
size_t text_utf8_valid(struct text t);
/* One code point from *T, which advances; a bad byte gives U+FFFD and advances by one.  False at the end. */
bool text_next(struct text *t, uint32_t *code);
/* Number of code points. */
size_t text_chars(struct text t);

/* Optimal string alignment distance (Damerau-Levenshtein without further edits of a transposed pair) in code points,
 * or LIMIT + 1 as soon as it must be larger. */
unsigned text_distance(struct text a, struct text b, unsigned limit);
/* Appends valid T with every letter and its marks in the one way that Unicode's NFC gives them; T itself where it is too long
 * for that or not valid. */
void text_compose(struct text t, struct buf *out);
/* What two texts have in common that say the same: NFKC, case folded, blanks and punctuation between words as one blank,
 * appended to OUT. */
void text_fold(struct text t, struct buf *out);
/* The same for sentences and what is looked for in them: Chinese and another script beside each other are words apart, whether
 * a blank stands between them or not, and "don't" is one word, as many write it. */
void text_fold_apart(struct text t, struct buf *out);
/* True where the words of PHRASE (folded) occur in TEXT (folded alike); in Latin script a word of five letters or more may be
 * misspelt by one edit, of nine or more by two, and words begin and end with words. */
bool text_occurs(struct text phrase, struct text text);
/* The candidate nearest to WANTED, empty where none is near enough (a third of its length, at least 1). */
struct text text_nearest(struct text wanted, const struct text *candidates, size_t n);

/* Text being built.  Zero-initialised is valid and empty. */
struct buf {
    char *at;
    size_t len, cap;
};
void buf_done(struct buf *b);
void buf_add(struct buf *b, const void *bytes, size_t len);
void buf_text(struct buf *b, struct text t);
void buf_str(struct buf *b, const char *nul_terminated);
void buf_char(struct buf *b, char c);
void buf_code(struct buf *b, uint32_t code); /* one code point as UTF-8 */
void buf_int(struct buf *b, int64_t n);
void buf_printf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The sentence T behind what stands there already, with a blank between where neither side of it is Chinese. */
void buf_sentence(struct buf *b, struct text t);
void buf_reset(struct buf *b); /* empties, keeps the memory */
static inline struct text buf_view(const struct buf *b) { return (struct text){b->at, b->len}; }

#endif
