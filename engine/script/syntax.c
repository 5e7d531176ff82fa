/* syntax.c -- what Lua says of a text it cannot read, in an author's words and at the place.
 *
 * A message of Lua's gives a line and a token, no column.  So the text is read once more, one byte at a time: when Lua
 * gives up it has read exactly one byte behind the token it dislikes.
 * Judges nothing by itself. */
#include "script/host.h"

#include "scenario/code_resolve.h"
#include "scenario/token.h"

#include <string.h>

struct drip {
    struct text prefix, text;
    size_t read;
    bool ended;
};

static const char *drip_read(lua_State *L, void *drip, size_t *size)
{
    struct drip *d = drip;
    (void)L;
    size_t at = d->read++;
    *size = 1;
    if (at < d->prefix.len) {
        return d->prefix.at + at;
    }
    if (at - d->prefix.len < d->text.len) {
        return d->text.at + (at - d->prefix.len);
    }
    d->read--;
    d->ended = true;
    *size = 0;
    return NULL;
}

/* Offset in the text at which the token that Lua dislikes ends. */
static uint32_t token_end(struct lua_host *h, const struct unread *u)
{
    struct drip d = {.prefix = text_of(u->prefix), .text = u->text};
    lua_load(h->L, drip_read, &d, "=c", "t");
    lua_pop(h->L, 1);
    size_t read = d.read - (d.ended ? 0 : 1);
    return read > d.prefix.len ? (uint32_t)(read - d.prefix.len) : 0;
}

/* "c:1: 'then' expected near 'x'" taken apart. */
struct said {
    struct text what;  /* "'then' expected" */
    struct text token; /* "x" */
    bool at_end;
};

static struct said taken(struct text m)
{
    struct said s = {0};
    struct text whole = m;
    for (int colons = 0; m.len && colons < 2; m = text_from(m.at + 1, m.len - 1)) {
        colons += *m.at == ':';
    }
    m = text_trim(m.len ? m : whole); /* no place where the chunk is binary or nested too deeply */
    const char *near = m.len ? memmem(m.at, m.len, " near ", 6) : NULL;
    if (!near) {
        s.what = m;
        return s;
    }
    s.what = text_from(m.at, (size_t)(near - m.at));
    s.token = text_from(near + 6, m.len - s.what.len - 6);
    s.at_end = text_is(s.token, "<eof>");
    if (s.at_end) {
        s.token = (struct text){0};
    } else if (s.token.len >= 2 && s.token.at[0] == '\'') {
        s.token = text_from(s.token.at + 1, s.token.len - 2);
    }
    return s;
}

/* The place of a text in quotes that is never closed. */
static struct span open_text(const struct lua_host *h, const struct unread *u)
{
    struct tokens t = {0};
    uint32_t from = 0, to;
    tokens_read(&t, u->text);
    for (uint32_t i = 0; i < t.n; i++) {
        from = t.v[i].kind == TOK_BAD ? t.v[i].from : from;
    }
    for (to = from; to < u->text.len && u->text.at[to] != '\n'; to++) {
    }
    tokens_done(&t);
    return code_span(h->s, u->text, u->at, from, to);
}

static bool is_reported(const struct errs *es, struct span at)
{
    for (uint32_t i = 0; i < es->n; i++) {
        const struct err *e = &es->v[i];
        if (e->at.file == at.file && e->at.from >= at.from && e->at.from <= at.to &&
            msg_severity(e->code) == SEV_ERROR) {
            return true;
        }
    }
    return false;
}

static enum msg message_of_said(const struct unread *u, struct said *s, struct text *a1, struct text *a2)
{
    struct text what = s->what, wanted = {0};
    *a1 = s->token;
    if (text_starts(what, "unfinished")) {
        return MSG_CODE_STRING_OPEN;
    }
    if (text_starts(what, "malformed number")) {
        return MSG_CODE_NUMBER;
    }
    if (text_starts(what, "invalid escape") && s->token.len) {
        const char *slash = memrchr(s->token.at, '\\', s->token.len), *end = s->token.at + s->token.len;
        s->token = slash ? text_from(slash, (size_t)(end - slash)) : s->token;
        *a1 = s->token;
        return MSG_CODE_ESCAPE;
    }
    const char *expected = what.len ? memmem(what.at, what.len, "' expected", 10) : NULL;
    if (text_starts(what, "'") && expected && what.at[1] != '<') {
        wanted = text_from(what.at + 1, (size_t)(expected - what.at) - 1);
        *a1 = wanted;
        *a2 = s->at_end ? (struct text){0} : s->token;
        return s->at_end ? MSG_CODE_EXPECTED_END : MSG_CODE_EXPECTED;
    }
    if (u->statement && text_starts(what, "syntax error")) {
        return MSG_CODE_NO_STATEMENT;
    }
    bool plain = text_starts(what, "unexpected symbol") || text_starts(what, "syntax error") ||
                 text_starts(what, "<") || text_starts(what, "'<");
    if (plain) {
        return s->at_end ? MSG_CODE_ENDS : MSG_CODE_UNEXPECTED;
    }
    *a1 = what;
    return MSG_CODE_SYNTAX;
}

void syntax_report(struct lua_host *h, const struct unread *u, struct errs *es)
{
    char words[2 * FAULT_BYTES + 1], clean[2][FAULT_BYTES + 1];
    size_t len = 0;
    const char *at = lua_type(h->L, -1) == LUA_TSTRING ? lua_tolstring(h->L, -1, &len) : "";
    len = len < sizeof words - 1 ? len : sizeof words - 1;
    memcpy(words, at, len);
    words[len] = '\0';
    if (is_reported(es, u->at)) { /* the scan of the tokens knew better */
        return;
    }
    struct text a1 = {0}, a2 = {0};
    struct said s = taken(text_from(words, len));
    enum msg code = message_of_said(u, &s, &a1, &a2);
    struct span span;
    if (code == MSG_CODE_STRING_OPEN) {
        span = open_text(h, u);
        a1 = (struct text){0};
    } else {
        uint32_t end = token_end(h, u), from = end > s.token.len && !s.at_end ? end - (uint32_t)s.token.len : 0;
        from = s.at_end ? end : from;
        span = code_span(h->s, u->text, u->at, from, end);
    }
    errs_add(es, code, span, fault_clean(a1, clean[0]), fault_clean(a2, clean[1]), (struct text){0});
}
