/* token.h -- the words of Lua, found by a small scanner of our own.
 *
 * What a script mentions must be known before it is played, and is found without Lua.  The scanner follows Lua 5.4's
 * lexical rules; whatever it cannot read becomes one TOK_BAD and the scan goes on, so that Lua itself has the last
 * word on what is wrong. */
#ifndef SCENARIO_TOKEN_H
#define SCENARIO_TOKEN_H

#include "base/text.h"

enum token_kind {
    TOK_END, /* behind the last token */
    TOK_NAME,
    TOK_WORD,   /* a reserved word: op is an enum lua_word */
    TOK_STRING, /* quoted or long */
    TOK_NUMBER,
    TOK_OP, /* op: its first byte, plus 256 times the second: OP2('=', '='); "..." is OP2('.', '.') + 1 << 16 */
    TOK_BAD /* a character outside Lua, or a string or comment that is never closed */
};

enum lua_word {
    WORD_NONE,
    WORD_AND,
    WORD_BREAK,
    WORD_DO,
    WORD_ELSE,
    WORD_ELSEIF,
    WORD_END,
    WORD_FALSE,
    WORD_FOR,
    WORD_FUNCTION,
    WORD_GOTO,
    WORD_IF,
    WORD_IN,
    WORD_LOCAL,
    WORD_NIL,
    WORD_NOT,
    WORD_OR,
    WORD_REPEAT,
    WORD_RETURN,
    WORD_THEN,
    WORD_TRUE,
    WORD_UNTIL,
    WORD_WHILE
};

#define OP2(a, b) ((uint32_t)(a) | (uint32_t)(b) << 8)

struct token {
    uint8_t kind;
    uint32_t op;
    uint32_t from, to; /* bytes */
};

/* The tokens of one text, reused from one text to the next.  Zero-initialised is valid and empty. */
struct tokens {
    struct text text;
    struct token *v; /* v[n] is a TOK_END at the end of the text */
    uint32_t n, cap;
    uint32_t comment, comment_to; /* the first comment; equal where there is none */
};

void tokens_read(struct tokens *t, struct text text);
void tokens_done(struct tokens *t);

/* The bytes of token I as written. */
struct text token_text(const struct tokens *t, uint32_t i);
static inline bool token_is(const struct tokens *t, uint32_t i, uint32_t op)
{
    return i < t->n && t->v[i].kind == TOK_OP && t->v[i].op == op;
}
static inline bool token_word(const struct tokens *t, uint32_t i, enum lua_word word)
{
    return i < t->n && t->v[i].kind == TOK_WORD && t->v[i].op == (uint32_t)word;
}
/* What the TOK_STRING stands for; SCRATCH is used where it holds escapes, and the result is alive until its next
 * use. */
struct text token_string(const struct tokens *t, uint32_t i, struct buf *scratch);

/* The reserved word that NAME is, or WORD_NONE. */
enum lua_word lua_word_of(struct text name);

#endif
