/* xml_lua.c -- the sketch: the same conversation from XML through libxml2 into flat arrays, scored by Lua, without a
 * check, a fence, a place or an event.
 *
 * The least that any engine on these two libraries must do.  Each distinct script is compiled once.  The file is
 * trusted. */
#include "bench.h"

#include <fcntl.h>
#include <lauxlib.h>
#include <libxml/parser.h>
#include <lua.h>
#include <lualib.h>
#include <unistd.h>

enum { CHUNK = 65536, SNIPPET = 1024, OPTIONS = 8 };
enum { REFS = 1 }; /* place on Lua's stack of the table of functions and of sessions' facts */

struct slice {
    uint32_t at, len;
};

struct choice {
    struct slice text, code, when;
    uint32_t to;
    int code_ref, when_ref;
};

struct node {
    struct slice line;
    uint32_t first, n;
};

struct story {
    struct node *nodes;
    struct choice *choices;
    uint32_t n_nodes, cap_nodes, n_choices, cap_choices;
    char *text;
    uint32_t len, cap;
    struct slice *grab; /* the slice that character data belongs to now */
    lua_State *lua;
};

struct session {
    uint32_t at;
    int facts; /* its table in REFS */
};

static const char *const fact_names[FACTS] = {"listening", "feedback", "conflict"};
static volatile char seen;

/* ---- XML ---- */

static void *more(void *v, uint32_t n, uint32_t *cap, size_t size)
{
    if (n < *cap)
        return v;
    *cap = *cap ? *cap * 2 : 64;
    return realloc(v, *cap * size);
}

static void text_add(struct story *s, struct slice *to, const xmlChar *bytes, uint32_t n)
{
    if (s->len + n > s->cap) {
        s->cap = (s->len + n) * 2 + CHUNK;
        s->text = realloc(s->text, s->cap);
    }
    if (to->len == 0)
        to->at = s->len;
    memcpy(s->text + s->len, bytes, n);
    s->len += n;
    to->len += n;
}

static void choice_open(struct story *s, int n, const xmlChar **at)
{
    s->choices = more(s->choices, s->n_choices, &s->cap_choices, sizeof *s->choices);
    struct choice *c = &s->choices[s->n_choices++];
    *c = (struct choice){.code_ref = LUA_NOREF, .when_ref = LUA_NOREF};
    for (int i = 0; i < n; i++, at += 5) {
        if (at[0][0] == 't')
            c->to = (uint32_t)strtoul((const char *)at[3] + 1, NULL, 10);
        else
            text_add(s, &c->when, at[3], (uint32_t)(at[4] - at[3]));
    }
    s->nodes[s->n_nodes - 1].n++;
}

static void element_open(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int n_ns,
                         const xmlChar **ns, int n, int n_default, const xmlChar **attributes)
{
    struct story *s = user;
    (void)prefix, (void)uri, (void)n_ns, (void)ns, (void)n_default;
    switch (name[0]) {
    case 'n':
        s->nodes = more(s->nodes, s->n_nodes, &s->cap_nodes, sizeof *s->nodes);
        s->nodes[s->n_nodes++] = (struct node){.first = s->n_choices};
        break;
    case 'c':
        choice_open(s, n, attributes);
        break;
    case 'l':
        s->grab = &s->nodes[s->n_nodes - 1].line;
        break;
    case 't':
        s->grab = &s->choices[s->n_choices - 1].text;
        break;
    case 'd':
        s->grab = &s->choices[s->n_choices - 1].code;
        break;
    default:
        break;
    }
}

static void element_close(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    (void)name, (void)prefix, (void)uri;
    ((struct story *)user)->grab = NULL;
}

static void characters(void *user, const xmlChar *bytes, int n)
{
    struct story *s = user;
    if (s->grab)
        text_add(s, s->grab, bytes, (uint32_t)n);
}

static void parse(struct story *s, const char *file)
{
    static char chunk[CHUNK];
    ssize_t got;
    xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC, .startElementNs = element_open, .endElementNs = element_close,
                         .characters = characters};
    int fd = open(file, O_RDONLY | O_CLOEXEC), bad = fd < 0;
    xmlParserCtxtPtr x = xmlCreatePushParserCtxt(&sax, s, NULL, 0, NULL);
    while (!bad && (got = read(fd, chunk, sizeof chunk)) > 0)
        bad = xmlParseChunk(x, chunk, (int)got, 0);
    if (bad || xmlParseChunk(x, NULL, 0, 1)) {
        fprintf(stderr, "%s: cannot be read\n", file);
        exit(66);
    }
    xmlFreeParserCtxt(x);
    close(fd);
}

/* ---- Lua ---- */

static void lua_fail(lua_State *lua)
{
    fprintf(stderr, "%s\n", lua_tostring(lua, -1));
    exit(65);
}

static int compile(const struct story *s, struct slice code, bool when)
{
    char snippet[SNIPPET];
    int n = snprintf(snippet, sizeof snippet, when ? "local _ENV=... return %.*s" : "local _ENV=... %.*s", (int)code.len,
                     s->text + code.at);
    if (luaL_loadbufferx(s->lua, snippet, (size_t)n, "=s", "t"))
        lua_fail(s->lua);
    return luaL_ref(s->lua, REFS);
}

/* A hash table of what was compiled: each place holds twice the number of a choice, plus one for its condition, plus 1. */
struct compiled {
    uint32_t *place, mask;
};

static uint32_t hash(const struct story *s, struct slice code)
{
    uint64_t h = 1469598103934665603u;
    for (uint32_t i = 0; i < code.len; i++)
        h = (h ^ (unsigned char)s->text[code.at + i]) * 1099511628211u;
    return (uint32_t)(h >> 20);
}

static int compile_once(const struct story *s, struct compiled *done, uint32_t choice, bool when)
{
    struct slice code = when ? s->choices[choice].when : s->choices[choice].code;
    if (code.len == 0)
        return LUA_NOREF;
    for (uint32_t i = hash(s, code) & done->mask;; i = (i + 1) & done->mask) {
        if (done->place[i] == 0) {
            done->place[i] = 2 * choice + when + 1;
            return compile(s, code, when);
        }
        const struct choice *other = &s->choices[(done->place[i] - 1) / 2];
        bool other_when = (done->place[i] - 1) % 2;
        struct slice o = other_when ? other->when : other->code;
        if (other_when == when && o.len == code.len && memcmp(s->text + o.at, s->text + code.at, o.len) == 0)
            return other_when ? other->when_ref : other->code_ref;
    }
}

static void compile_all(struct story *s)
{
    struct compiled done = {.mask = 63};
    while (done.mask < 4 * s->n_choices)
        done.mask = done.mask * 2 + 1;
    done.place = calloc((size_t)done.mask + 1, sizeof *done.place);
    s->lua = luaL_newstate();
    luaL_openlibs(s->lua);
    lua_newtable(s->lua);
    for (uint32_t i = 0; i < s->n_choices; i++) {
        s->choices[i].code_ref = compile_once(s, &done, i, false);
        s->choices[i].when_ref = compile_once(s, &done, i, true);
    }
    free(done.place);
}

static bool call(const struct story *s, int code, int facts, bool when)
{
    lua_State *lua = s->lua;
    lua_rawgeti(lua, REFS, code);
    lua_rawgeti(lua, REFS, facts);
    if (lua_pcall(lua, 1, when, 0))
        lua_fail(lua);
    bool holds = when && lua_toboolean(lua, -1);
    lua_settop(lua, REFS);
    return holds;
}

static void story_free(struct story *s)
{
    lua_close(s->lua);
    free(s->nodes);
    free(s->choices);
    free(s->text);
}

/* ---- play ---- */

static struct session begin(const struct story *s)
{
    lua_createtable(s->lua, 0, FACTS);
    for (int i = 0; i < FACTS; i++) {
        lua_pushinteger(s->lua, 0);
        lua_setfield(s->lua, -2, fact_names[i]);
    }
    return (struct session){0, luaL_ref(s->lua, REFS)};
}

static void end(const struct story *s, struct session *se, int32_t facts[FACTS])
{
    lua_rawgeti(s->lua, REFS, se->facts);
    for (int i = 0; i < FACTS; i++) {
        lua_getfield(s->lua, -1, fact_names[i]);
        facts[i] = (int32_t)lua_tointeger(s->lua, -1);
        lua_pop(s->lua, 1);
    }
    lua_settop(s->lua, REFS);
    luaL_unref(s->lua, REFS, se->facts);
}

static bool step(const struct story *s, struct session *se, struct tally *t, uint32_t *dice)
{
    const struct node *node = &s->nodes[se->at];
    const struct choice *open[OPTIONS];
    uint32_t n = 0;
    t->text += node->line.len;
    seen = s->text[node->line.at];
    for (uint32_t i = 0; i < node->n; i++) {
        const struct choice *c = &s->choices[node->first + i];
        if (c->when.len && !call(s, c->when_ref, se->facts, true))
            continue;
        t->text += c->text.len;
        open[n++] = c;
    }
    if (n == 0)
        return false;
    const struct choice *c = open[dice_below(dice, n)];
    t->choices++;
    call(s, c->code_ref, se->facts, false);
    se->at = c->to;
    return true;
}

static void sessions(const struct story *s, long n, uint32_t *dice)
{
    struct tally t = TALLY_NONE;
    long rss = memory_kb("VmRSS");
    size_t held = memory_held();
    struct session *se = calloc((size_t)n, sizeof *se);
    for (long i = 0; i < n; i++) {
        se[i] = begin(s);
        for (int k = 0; k < SESSION_CHOICES && step(s, &se[i], &t, dice); k++)
            ;
    }
    sessions_report("sketch", n, &t, rss, held);
    puts("}");
    free(se);
}

/* ---- every play: scene by scene, since none leads back ---- */

static void facts_set(const struct story *s, int facts, const int32_t fact[FACTS])
{
    lua_rawgeti(s->lua, REFS, facts);
    for (int i = 0; i < FACTS; i++) {
        lua_pushinteger(s->lua, fact[i]);
        lua_setfield(s->lua, -2, fact_names[i]);
    }
    lua_settop(s->lua, REFS);
}

static void facts_get(const struct story *s, int facts, int32_t fact[FACTS])
{
    lua_rawgeti(s->lua, REFS, facts);
    for (int i = 0; i < FACTS; i++) {
        lua_getfield(s->lua, -1, fact_names[i]);
        fact[i] = held((int32_t)lua_tointeger(s->lua, -1));
        lua_pop(s->lua, 1);
    }
    lua_settop(s->lua, REFS);
}

static void situation_explore(const struct story *s, struct explored *x, int facts, uint32_t scene, uint32_t values)
{
    const struct node *node = &s->nodes[scene];
    const struct choice *open[OPTIONS];
    struct situation from = x->v[(size_t)scene * COMBINED + values];
    int32_t fact[FACTS], now[FACTS];
    uint32_t n = 0;
    apart(values, fact);
    facts_set(s, facts, fact);
    for (uint32_t i = 0; i < node->n; i++) {
        const struct choice *c = &s->choices[node->first + i];
        if (!c->when.len || call(s, c->when_ref, facts, true))
            open[n++] = c;
    }
    x->states++;
    for (uint32_t i = 0; i < n; i++) {
        if (i)
            facts_set(s, facts, fact);
        call(s, open[i]->code_ref, facts, false);
        facts_get(s, facts, now);
        explore_lead(x, from, n, open[i]->to, now);
    }
}

static void explore(const struct story *s)
{
    struct watch w = watch_start();
    struct explored x = explore_start(s->n_nodes);
    struct session se = begin(s);
    double shares[OPTIONS];
    uint32_t endings = 0;
    for (uint32_t scene = 0; scene < s->n_nodes; scene++) {
        if (s->nodes[scene].n == 0)
            shares[endings++] = explore_end(&x, scene);
        for (uint32_t i = 0; s->nodes[scene].n && i < COMBINED; i++)
            if (x.v[(size_t)scene * COMBINED + i].plays)
                situation_explore(s, &x, se.facts, scene, i);
    }
    explore_report("sketch", &x, shares, endings, watch_since(w).cpu);
    free(x.v);
}

static void plays(const struct story *s, const struct order *o, const struct loaded *l, uint32_t *dice)
{
    struct tally t = TALLY_NONE;
    struct watch w = watch_start();
    for (long i = 0; i < o->plays; i++) {
        struct session se = begin(s);
        int32_t facts[FACTS];
        uint64_t before = t.choices;
        while (step(s, &se, &t, dice))
            ;
        end(s, &se, facts);
        tally_end(&t, facts, t.choices - before);
    }
    play_report("sketch", o->plays, &t, l, watch_since(w));
}

int main(int argc, char **argv)
{
    struct order o = order_read(argc, argv);
    struct loaded l = load_start();
    struct story s = {0};
    parse(&s, o.file);
    compile_all(&s);
    load_end(&l);
    uint32_t dice = dice_new(o.seed);
    if (o.job == JOB_FIRST)
        printf("%.*s\n", (int)s.nodes[0].line.len, s.text + s.nodes[0].line.at);
    else if (o.job == JOB_SESSIONS)
        sessions(&s, o.sessions, &dice);
    else if (o.job == JOB_EXPLORE)
        explore(&s);
    else
        plays(&s, &o, &l, &dice);
    story_free(&s);
    return 0;
}
