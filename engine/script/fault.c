/* fault.c -- errors that carry a message row, and where they happened.
 *
 * Inside Lua an error is a plain English text, so that a script may catch and show it; the row and its arguments wait
 * in the host and count only if that very text arrives at the entry.  Everything from a script is cut and cleaned.
 * An error object is used only if it is a text: nothing is ever called to turn it into one. */
#include "script/host.h"

#include "scenario/code_resolve.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct text fault_clean(struct text t, char out[FAULT_BYTES + 1])
{
    size_t n = 0;
    while (t.len) {
        size_t bytes = text_utf8_len(t);
        bool good = bytes > 1 || (bytes == 1 && (unsigned char)*t.at >= ' ' && *t.at != 0x7f);
        size_t adds = good ? bytes : 1;
        if (n + adds > FAULT_BYTES) {
            break;
        }
        if (good) {
            memcpy(out + n, t.at, bytes);
        } else {
            out[n] = bytes == 1 ? ' ' : '?';
        }
        n += adds;
        bytes = bytes ? bytes : 1;
        t = text_from(t.at + bytes, t.len - bytes);
    }
    out[n] = '\0';
    return text_from(out, n);
}

struct text fault_value(lua_State *L, int index, char out[FAULT_BYTES + 1])
{
    if (lua_type(L, index) == LUA_TSTRING) {
        size_t len;
        const char *at = lua_tolstring(L, index, &len);
        char clean[FAULT_BYTES + 1];
        struct text t = fault_clean(text_from(at, len < 60 ? len : 60), clean);
        snprintf(out, FAULT_BYTES + 1, "\"%s\"", t.at);
    } else if (lua_isinteger(L, index)) {
        snprintf(out, FAULT_BYTES + 1, "%lld", (long long)lua_tointeger(L, index));
    } else if (lua_type(L, index) == LUA_TNUMBER) {
        snprintf(out, FAULT_BYTES + 1, "%.14g", lua_tonumber(L, index));
    } else if (lua_type(L, index) == LUA_TBOOLEAN) {
        snprintf(out, FAULT_BYTES + 1, "%s", lua_toboolean(L, index) ? "true" : "false");
    } else {
        snprintf(out, FAULT_BYTES + 1, "%s", luaL_typename(L, index));
    }
    return text_of(out);
}

/* The row's English words with the arguments in their places. */
static void fault_words(struct fault *f)
{
    size_t n = 0;
    for (const char *p = msg_what(f->code); *p && n + FAULT_BYTES + 4 < sizeof f->raised; p++) {
        if (p[0] == '%' && p[1] >= '1' && p[1] <= '3') {
            n += (size_t)snprintf(f->raised + n, sizeof f->raised - n, "%s", f->arg[p[1] - '1']);
            p++;
        } else {
            f->raised[n++] = *p;
        }
    }
    f->raised[n] = '\0';
}

_Noreturn void fault_raise(lua_State *L, enum msg code, struct text a1, struct text a2, struct text a3)
{
    struct fault *f = &host_of(L)->fault;
    f->code = code;
    fault_clean(a1, f->arg[0]);
    fault_clean(a2, f->arg[1]);
    fault_clean(a3, f->arg[2]);
    fault_words(f);
    lua_pushstring(L, f->raised);
    lua_error(L);
    abort(); /* not reached */
}

struct place fault_place(lua_State *L)
{
    lua_Debug ar;
    for (int level = 0; lua_getstack(L, level, &ar); level++) {
        lua_getinfo(L, "Sl", &ar);
        if (ar.currentline > 0) {
            uint32_t script = ar.source[1] == 's' ? (uint32_t)strtoul(ar.source + 2, NULL, 10) : 0;
            return (struct place){script, ar.currentline};
        }
    }
    return (struct place){0};
}

int fault_handler(lua_State *L)
{
    struct lua_host *h = host_of(L);
    struct fault *f = &h->fault;
    f->said[0] = '\0';
    if (lua_type(L, 1) == LUA_TSTRING) {
        size_t len;
        const char *at = lua_tolstring(L, 1, &len);
        len = len < sizeof f->said - 1 ? len : sizeof f->said - 1;
        for (size_t i = 0; i < len; i++) {
            f->said[i] = at[i] ? at[i] : ' ';
        }
        f->said[len] = '\0';
    }
    if (!h->dead) {
        f->place = fault_place(L);
    }
    return 1;
}

/* What Lua says, without the "c:3:" before it. */
static struct text said(const struct fault *f)
{
    const char *p = f->said;
    if (*p == 'c' || *p == 's') {
        const char *q = p + 1 + strspn(p + 1, "0123456789");
        if (*q == ':') {
            const char *r = q + 1 + strspn(q + 1, "0123456789");
            p = r > q + 1 && r[0] == ':' && r[1] == ' ' ? r + 2 : p;
        }
    }
    return text_of(p);
}

/* Bytes FROM … TO of line LINE (1-based; 0: the first that is not blank) of T, without blanks at both ends. */
static void line_of(struct text t, int line, uint32_t *from, uint32_t *to)
{
    size_t i = 0, end;
    while (line == 0 && i < t.len && strchr(" \t\r\n", t.at[i])) {
        i++;
    }
    for (int n = 1; n < line && i < t.len; i++) {
        if (t.at[i] == '\r' && i + 1 < t.len && t.at[i + 1] == '\n') {
            i++;
        }
        n += t.at[i] == '\n' || t.at[i] == '\r';
    }
    for (end = i; end < t.len && t.at[end] != '\n' && t.at[end] != '\r'; end++) {
    }
    struct text line_text = text_trim(text_from(t.at + i, end - i));
    *from = line_text.len ? (uint32_t)(line_text.at - t.at) : (uint32_t)i;
    *to = *from + (uint32_t)line_text.len;
}

struct span fault_span(const struct lua_host *h, struct place place)
{
    const struct scenario *s = h->s;
    uint32_t from, to;
    if (!place.script && !h->code.i) {
        place = h->home;
    }
    if (place.script && place.script <= s->n_scripts) {
        const struct script *script = &s->scripts[place.script];
        line_of(script->bytes, place.line, &from, &to);
        return code_span(s, script->bytes, script->at, from, to);
    }
    if (!h->code.i) {
        return (struct span){0};
    }
    const struct code *c = &s->codes[h->code.i];
    int first = h->snippets[h->code.i].line;
    line_of(c->text, place.line > first ? place.line - first + 1 : 1, &from, &to);
    return code_span(s, c->text, c->at, from, to);
}

static enum msg dead_code(enum dead dead)
{
    static const enum msg codes[] = {MSG_SCRIPT_FAILED, MSG_SCRIPT_BUDGET, MSG_SCRIPT_MEMORY, MSG_SCRIPT_TEXT_LONG,
                                     MSG_SCRIPT_DEEP};
    return codes[dead];
}

void fault_err(struct lua_host *h, int status, struct err *err)
{
    struct fault *f = &h->fault;
    struct text none = {0}, words = said(f);
    err_set(err, dead_code(h->dead), fault_span(h, f->place), none, none);
    if (!err || h->dead) {
        return;
    }
    if (status == LUA_ERRRUN && f->code && strcmp(f->said, f->raised) == 0) {
        err->code = f->code;
        for (int i = 0; i < 3; i++) {
            err->args[i] = text_of(f->arg[i]);
        }
    } else if (status == LUA_ERRERR || strstr(f->said, "stack overflow")) {
        err->code = MSG_SCRIPT_DEEP;
    } else {
        fault_clean(words.len ? words : TEXT("error() was called without a text"), f->arg[0]);
        err->args[0] = text_of(f->arg[0]);
    }
}
