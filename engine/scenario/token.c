/* token.c -- the words of Lua, found by a small scanner of our own.
 *
 * One pass, no memory but the list.  A long bracket, a short string and a comment are skipped as Lua skips them, since
 * a name inside one of them names nothing.
 * Knows no scenario and reports nothing. */
#include "scenario/token.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

static const char *const words[] = {
    [WORD_AND] = "and",           [WORD_BREAK] = "break",   [WORD_DO] = "do",       [WORD_ELSE] = "else",
    [WORD_ELSEIF] = "elseif",     [WORD_END] = "end",       [WORD_FALSE] = "false", [WORD_FOR] = "for",
    [WORD_FUNCTION] = "function", [WORD_GOTO] = "goto",     [WORD_IF] = "if",       [WORD_IN] = "in",
    [WORD_LOCAL] = "local",       [WORD_NIL] = "nil",       [WORD_NOT] = "not",     [WORD_OR] = "or",
    [WORD_REPEAT] = "repeat",     [WORD_RETURN] = "return", [WORD_THEN] = "then",   [WORD_TRUE] = "true",
    [WORD_UNTIL] = "until",       [WORD_WHILE] = "while",
};

enum lua_word lua_word_of(struct text name)
{
    if (name.len < 2 || name.len > 8) {
        return WORD_NONE;
    }
    for (int w = WORD_AND; w <= WORD_WHILE; w++) {
        if (words[w][0] == name.at[0] && text_is(name, words[w])) {
            return (enum lua_word)w;
        }
    }
    return WORD_NONE;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static char byte_at(struct text t, uint32_t i)
{
    return i < t.len ? t.at[i] : '\0';
}

/* At a '[': the number of '=' of a long bracket that opens here, or -1. */
static int long_level(struct text t, uint32_t i)
{
    int level = 0;
    while (byte_at(t, i + 1 + (uint32_t)level) == '=') {
        level++;
    }
    return byte_at(t, i + 1 + (uint32_t)level) == '[' ? level : -1;
}

/* Behind the long bracket of LEVEL that opens at I, or 0 where it is never closed. */
static uint32_t long_end(struct text t, uint32_t i, int level)
{
    for (uint32_t j = i + 2 + (uint32_t)level; j < t.len; j++) {
        if (t.at[j] != ']') {
            continue;
        }
        uint32_t k = j + 1;
        while (k - j - 1 < (uint32_t)level && byte_at(t, k) == '=') {
            k++;
        }
        if (k - j - 1 == (uint32_t)level && byte_at(t, k) == ']') {
            return k + 1;
        }
    }
    return 0;
}

/* Behind the quoted string that opens at I, or 0 where its line ends first. */
static uint32_t quoted_end(struct text t, uint32_t i)
{
    char quote = t.at[i];
    for (uint32_t j = i + 1; j < t.len; j++) {
        char c = t.at[j];
        if (c == quote) {
            return j + 1;
        }
        if (c == '\n' || c == '\r') {
            return 0;
        }
        if (c != '\\') {
            continue;
        }
        j++;
        if (byte_at(t, j) == 'z') {
            while (j + 1 < t.len && strchr(" \t\r\n\f\v", t.at[j + 1])) {
                j++;
            }
        } else if (byte_at(t, j) == '\r' && byte_at(t, j + 1) == '\n') {
            j++;
        }
    }
    return 0;
}

/* As Lua reads one: digits, letters, points, and a sign behind an exponent. */
static uint32_t number_end(struct text t, uint32_t i)
{
    bool hex = t.at[i] == '0' && (byte_at(t, i + 1) == 'x' || byte_at(t, i + 1) == 'X');
    uint32_t j = i;
    while (j < t.len) {
        char c = t.at[j];
        bool exponent = hex ? c == 'p' || c == 'P' : c == 'e' || c == 'E';
        if (exponent && (byte_at(t, j + 1) == '+' || byte_at(t, j + 1) == '-')) {
            j += 2;
        } else if (is_digit(c) || is_letter(c) || c == '.') {
            j++;
        } else {
            break;
        }
    }
    return j;
}

static void push(struct tokens *t, enum token_kind kind, uint32_t op, uint32_t from, uint32_t to)
{
    array_room(t->v, t->n, t->cap);
    t->v[t->n++] = (struct token){.kind = (uint8_t)kind, .op = op, .from = from, .to = to};
}

static uint32_t read_op(struct tokens *t, uint32_t i)
{
    static const char pairs[][3] = {"==", "~=", "<=", ">=", "//", "::", "<<", ">>"};
    struct text s = t->text;
    char a = s.at[i], b = byte_at(s, i + 1);
    if (a == '.' && b == '.') {
        bool three = byte_at(s, i + 2) == '.';
        push(t, TOK_OP, OP2('.', '.') + (three ? 1u << 16 : 0), i, i + (three ? 3 : 2));
        return t->v[t->n - 1].to;
    }
    for (size_t k = 0; k < sizeof pairs / sizeof *pairs; k++) {
        if (a == pairs[k][0] && b == pairs[k][1]) {
            push(t, TOK_OP, OP2(a, b), i, i + 2);
            return i + 2;
        }
    }
    if ((unsigned char)a >= 0x80) { /* one character, so that it can be named */
        size_t n = text_utf8_len(text_from(s.at + i, s.len - i));
        push(t, TOK_BAD, 0, i, i + (n ? (uint32_t)n : 1));
        return t->v[t->n - 1].to;
    }
    push(t, TOK_OP, (unsigned char)a, i, i + 1);
    return i + 1;
}

/* At "--": behind the comment, or 0 where it is never closed. */
static uint32_t comment_end(struct text t, uint32_t i)
{
    int level = byte_at(t, i + 2) == '[' ? long_level(t, i + 2) : -1;
    if (level >= 0) {
        return long_end(t, i + 2, level);
    }
    uint32_t j = i + 2;
    while (j < t.len && t.at[j] != '\n' && t.at[j] != '\r') {
        j++;
    }
    return j;
}

/* Reads the token at I and returns where the next may begin. */
static uint32_t read_one(struct tokens *t, uint32_t i)
{
    struct text s = t->text;
    char c = s.at[i];
    uint32_t end;
    if (is_letter(c)) {
        for (end = i + 1; end < s.len && (is_letter(s.at[end]) || is_digit(s.at[end])); end++) {
        }
        enum lua_word w = lua_word_of(text_from(s.at + i, end - i));
        push(t, w ? TOK_WORD : TOK_NAME, w, i, end);
        return end;
    }
    if (is_digit(c) || (c == '.' && is_digit(byte_at(s, i + 1)))) {
        end = number_end(s, i);
        push(t, TOK_NUMBER, 0, i, end);
        return end;
    }
    bool comment = c == '-' && byte_at(s, i + 1) == '-', quoted = c == '"' || c == '\'';
    int level = c == '[' ? long_level(s, i) : -1;
    if (!comment && !quoted && level < 0) {
        return read_op(t, i);
    }
    end = comment ? comment_end(s, i) : quoted ? quoted_end(s, i) : long_end(s, i, level);
    if (end == 0) {
        push(t, TOK_BAD, 0, i, (uint32_t)s.len);
        return (uint32_t)s.len;
    }
    if (!comment) {
        push(t, TOK_STRING, 0, i, end);
    } else if (t->comment == t->comment_to) {
        t->comment = i;
        t->comment_to = end;
    }
    return end;
}

void tokens_read(struct tokens *t, struct text text)
{
    t->text = text;
    t->n = t->comment = t->comment_to = 0;
    for (uint32_t i = 0; i < text.len;) {
        char c = text.at[i];
        i = c == ' ' || (c >= '\t' && c <= '\r') ? i + 1 : read_one(t, i);
    }
    push(t, TOK_END, 0, (uint32_t)text.len, (uint32_t)text.len);
    t->n--;
}

void tokens_done(struct tokens *t)
{
    free(t->v);
    *t = (struct tokens){0};
}

struct text token_text(const struct tokens *t, uint32_t i)
{
    return text_from(t->text.at + t->v[i].from, t->v[i].to - t->v[i].from);
}

static unsigned hex_digit(char c)
{
    return is_digit(c) ? (unsigned)(c - '0') : (unsigned)((c | 32) - 'a') + 10;
}

static bool is_hex(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* Takes one escape, behind its backslash, off *S. */
static void unescape(struct text *s, struct buf *out)
{
    static const char from[] = "abfnrtv\\\"'\n", to[] = "\a\b\f\n\r\t\v\\\"'\n";
    char c = s->len ? s->at[0] : '\0';
    const char *simple = c ? strchr(from, c) : NULL;
    size_t used = s->len ? 1 : 0;
    if (simple) {
        buf_char(out, to[simple - from]);
    } else if (c == 'z') {
        while (used < s->len && strchr(" \t\r\n\f\v", s->at[used])) {
            used++;
        }
    } else if (c == 'x' && s->len > 2 && is_hex(s->at[1]) && is_hex(s->at[2])) {
        buf_char(out, (char)(hex_digit(s->at[1]) * 16 + hex_digit(s->at[2])));
        used = 3;
    } else if (c == 'u') {
        uint32_t code = 0;
        for (used = 2; used < s->len && is_hex(s->at[used]) && code < 0x110000; used++) {
            code = code * 16 + hex_digit(s->at[used]);
        }
        used += used < s->len;
        buf_code(out, code);
    } else {
        unsigned code = 0;
        for (used = 0; used < 3 && used < s->len && is_digit(s->at[used]); used++) {
            code = code * 10 + (unsigned)(s->at[used] - '0');
        }
        buf_char(out, (char)code);
        used += used == 0 && s->len;
    }
    used = used < s->len ? used : s->len;
    *s = text_from(s->at + used, s->len - used);
}

struct text token_string(const struct tokens *t, uint32_t i, struct buf *scratch)
{
    struct text s = token_text(t, i);
    if (s.at[0] == '[') {
        uint32_t skip = (uint32_t)long_level(s, 0) + 2;
        s = text_from(s.at + skip, s.len - 2 * skip);
        size_t eol = s.len && (s.at[0] == '\n' || s.at[0] == '\r'); /* a line end right behind the bracket is none */
        eol += s.len > 1 && eol && (s.at[1] == '\n' || s.at[1] == '\r') && s.at[1] != s.at[0];
        return text_from(s.at + eol, s.len - eol);
    }
    s = text_from(s.at + 1, s.len - 2);
    if (!memchr(s.at, '\\', s.len)) {
        return s;
    }
    buf_reset(scratch);
    while (s.len) {
        char c = s.at[0];
        s = text_from(s.at + 1, s.len - 1);
        if (c == '\\') {
            unescape(&s, scratch);
        } else {
            buf_char(scratch, c);
        }
    }
    return buf_view(scratch);
}
