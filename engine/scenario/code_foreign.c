/* code_foreign.c -- signs and names of other languages, and of full-width keyboards.
 *
 * Most mistakes of people who do not program are these, and Lua's own message for them ("unexpected symbol") helps
 * nobody.  Every sign listed is an error in Lua, so that nothing right is reported. */
#include "scenario/code_unit.h"

struct sign {
    uint32_t a, b; /* two tokens without a blank between; b 0: one token */
    const char *foreign, *lua;
};

static const struct sign signs[] = {
    {'!', '=', "!=", "~="},
    {'!', OP2('=', '='), "!==", "~="},
    {'<', '>', "<>", "~="},
    {'!', 0, "!", "not"},
    {'&', '&', "&&", "and"},
    {'|', '|', "||", "or"},
    {OP2('=', '='), '=', "===", "=="},
    {'=', '>', "=>", ">="},
    {'=', '<', "=<", "<="},
    {'+', '=', "+=", "x = x + 1"},
    {'-', '=', "-=", "x = x - 1"},
    {'*', '=', "*=", "x = x * 2"},
    {'+', '+', "++", "x = x + 1"},
    {'?', 0, "?", "a and b or c"},
};

/* What people mean by a character that is not of Lua. */
struct wide {
    uint32_t code;
    const char *lua;
};

static const struct wide wides[] = {
    {0x00A0, " "},  {0x3000, " "},  {0x201C, "\""}, {0x201D, "\""}, {0x2018, "'"},  {0x2019, "'"},
    {0x300C, "\""}, {0x300D, "\""}, {0x2265, ">="}, {0x2264, "<="}, {0x2260, "~="}, {0x00D7, "*"},
    {0x2212, "-"},  {0x2013, "-"},  {0x3002, "."},  {0x3001, ","},  {0x3010, "["},  {0x3011, "]"},
};

static struct text meant(uint32_t code, char *one)
{
    if (code >= 0xFF01 && code <= 0xFF5E) {
        *one = (char)(code - 0xFEE0);
        return text_from(one, 1);
    }
    for (size_t i = 0; i < sizeof wides / sizeof *wides; i++) {
        if (wides[i].code == code) {
            return text_of(wides[i].lua);
        }
    }
    return (struct text){0};
}

static const struct sign *sign_at(const struct tokens *t, uint32_t i)
{
    bool close = i + 1 < t->n && t->v[i].to == t->v[i + 1].from;
    for (size_t k = 0; k < sizeof signs / sizeof *signs; k++) {
        if (token_is(t, i, signs[k].a) && (signs[k].b == 0 || (close && token_is(t, i + 1, signs[k].b)))) {
            return &signs[k];
        }
    }
    return NULL;
}

bool code_foreign(struct resolve *r)
{
    bool clean = true;
    for (uint32_t i = 0; i < r->t.n && clean; i++) {
        struct text written = token_text(&r->t, i), rest = written;
        const struct sign *sign = r->t.v[i].kind == TOK_OP ? sign_at(&r->t, i) : NULL;
        uint32_t code = 0;
        if (sign) {
            unit_err(r, MSG_CODE_FOREIGN, i, i + (sign->b ? 2 : 1), text_of(sign->foreign), text_of(sign->lua),
                     (struct text){0});
            clean = false;
        } else if (r->t.v[i].kind == TOK_BAD && (unsigned char)written.at[0] >= 0x80 && text_next(&rest, &code)) {
            char one;
            unit_err(r, MSG_CODE_CHARACTER, i, i + 1, written, meant(code, &one), (struct text){0});
            clean = false;
        }
    }
    return clean;
}

bool code_foreign_name(struct resolve *r, uint32_t i)
{
    static const char *const names[][2] = {
        {"True", "true"}, {"TRUE", "true"},   {"yes", "true"},  {"False", "false"}, {"FALSE", "false"},
        {"no", "false"},  {"null", "nil"},    {"None", "nil"},  {"AND", "and"},     {"OR", "or"},
        {"NOT", "not"},   {"elif", "elseif"}, {"var", "local"}, {"let", "local"},   {"const", "local"},
    };
    struct text name = token_text(&r->t, i);
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        if (text_is(name, names[k][0])) {
            unit_err(r, MSG_CODE_FOREIGN, i, i + 1, name, text_of(names[k][1]), (struct text){0});
            return true;
        }
    }
    return false;
}
