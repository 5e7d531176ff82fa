/* api.c -- every name a script finds, as one table.
 *
 * A row is a function's name, its C function, how it is called, one sentence about it, and an example with what it
 * gives.  The row makes the name known to Lua, fills docs/lua-api.md, and is a test.
 * Knows the play only through step.h. */
#include "script/host.h"

#include <stdio.h>

static int api_points(lua_State *L)
{
    struct step *p = env_step(L, "points");
    lua_pushinteger(L, step_points(p, (comp_id){env_id(L, 1, BIND_COMP, "points")}));
    return 1;
}

static int api_seen(lua_State *L)
{
    struct step *p = env_step(L, "seen");
    lua_pushboolean(L, step_seen(p, (scene_id){env_id(L, 1, BIND_SCENE, "seen")}));
    return 1;
}

static int api_chose(lua_State *L)
{
    struct step *p = env_step(L, "chose");
    lua_pushboolean(L, step_chose(p, (option_id){env_id(L, 1, BIND_OPTION, "chose")}));
    return 1;
}

static int api_times(lua_State *L)
{
    struct step *p = env_step(L, "times");
    lua_pushinteger(L, step_times(p, (option_id){env_id(L, 1, BIND_OPTION, "times")}));
    return 1;
}

static int api_moves(lua_State *L)
{
    struct step *p = env_step(L, "moves");
    lua_pushinteger(L, step_moves(p, (move_id){env_id(L, 1, BIND_MOVE, "moves")}));
    return 1;
}

static lua_Integer ranged(lua_State *L, int index, lua_Integer from, lua_Integer to, struct text what)
{
    lua_Integer n = 0;
    if (!env_whole(L, index, &n) || n < from || n > to) {
        char lo[24], hi[24];
        snprintf(lo, sizeof lo, "%lld", (long long)from);
        snprintf(hi, sizeof hi, "%lld", (long long)to);
        fault_raise(L, MSG_SCRIPT_RANGE, what, text_of(lo), text_of(hi));
    }
    return n;
}

static int api_random(lua_State *L)
{
    struct step *p = env_step(L, "random");
    lua_pushinteger(L, step_random(p, (int32_t)ranged(L, 1, 1, 100, TEXT("random(n)"))));
    return 1;
}

static void refused(lua_State *L, const struct err *err)
{
    fault_raise(L, err->code, err->args[0], err->args[1], err->args[2]);
}

static int api_score(lua_State *L)
{
    struct step *p = env_effect(L, "score");
    struct err err = {0};
    comp_id comp = {env_id(L, 1, BIND_COMP, "score")};
    int32_t points = (int32_t)ranged(L, 2, POINTS_MIN, POINTS_MAX, TEXT("score(…, points)"));
    size_t len = 0;
    const char *why = "";
    if (lua_type(L, 3) == LUA_TSTRING) {
        why = lua_tolstring(L, 3, &len);
    } else if (!lua_isnoneornil(L, 3)) {
        fault_raise(L, MSG_SCRIPT_TEXT, TEXT("score(…, …, why)"), (struct text){0}, (struct text){0});
    }
    if (!step_score(p, comp, points, text_from(why, len), &err)) {
        refused(L, &err);
    }
    return 0;
}

static int api_go(lua_State *L)
{
    struct step *p = env_effect(L, "go");
    struct err err = {0};
    if (lua_type(L, 1) != LUA_TSTRING) {
        fault_raise(L, MSG_SCRIPT_TEXT, TEXT("go(id)"), (struct text){0}, (struct text){0});
    }
    size_t len;
    const char *at = lua_tolstring(L, 1, &len);
    scene_id to = scenario_scene(host_of(L)->s, text_from(at, len));
    if (!to.i) {
        fault_raise(L, MSG_SCRIPT_ID, TEXT("go"), text_from(at, len), (struct text){0});
    }
    if (!step_go(p, to, &err)) {
        refused(L, &err);
    }
    return 0;
}

const struct api_row api_rows[] = {
    {"", NULL, "What the play knows", NULL, NULL, NULL},
    {"points", api_points, "points(competency)", "What the trainee has earned so far for a competency of the rubric.",
     "points(\"listening\")", "0"},
    {"seen", api_seen, "seen(scene)", "Whether the play has been in a scene.", "seen(\"opening\")", "true"},
    {"chose", api_chose, "chose(option)",
     "Whether an option was taken. Write \"decision/option\", or the option alone where no other has its id.",
     "chose(\"first/listen\")", "true"},
    {"times", api_times, "times(option)", "How often an option was taken, from 0 to 9.", "times(\"first/listen\")",
     "1"},
    {"moves", api_moves, "moves(tag)", "How often the trainee made a move of the rubric, from 0 to 9.",
     "moves(\"svc:overpromise\")", "0"},
    {"random", api_random, "random(n)",
     "A whole number from 1 to n, for n up to 100. The same play with the same seed draws the same numbers.",
     "random(1)", "1"},

    {"", NULL, "What an answer does", NULL, NULL, NULL},
    {"score", api_score, "score(competency, points, why)",
     "Gives −2 to +2 points, with the reason that the debrief reads out. Only while an answer is played: in the do of "
     "an option or of a no-answer, or in on_choice. Counts the first time a decision is answered. A reason in quotes "
     "is "
     "translated with the scenario's texts.",
     "score(\"listening\", 1, \"asked before advising\")", "listening +1 asked before advising"},
    {"go", api_go, "go(scene)",
     "Leads to a scene or an ending once the answer has been played. The last call wins. Only while an answer is "
     "played.",
     "go(\"later\")", "go later"},

    {"", NULL, "Basics", NULL, NULL, NULL},
    {"assert", lib_assert, "assert(value, message)", "Stops the script with the message unless the value is true.",
     "assert(trust == 5, \"trust has moved\")", ""},
    {"error", lib_error, "error(message)",
     "Stops the script. Nothing it did remains, the message is shown to the facilitator, and the play goes on.",
     "error(\"the numbers do not add up\")", "script-failed: the numbers do not add up"},
    {"ipairs", lib_ipairs, "ipairs(list)", "For loops over a list: for i, value in ipairs(list) do … end.",
     "for i, n in ipairs({2, 3}) do trust = trust + n end", "trust = 7\ntrust = 10"},
    {"pairs", lib_pairs, "pairs(table)",
     "For loops over a table, always in the same order: numbers, then texts, then false and true.",
     "local s = \"\" for key in pairs({b = 1, a = 2, 7}) do s = s .. key end error(s)", "script-failed: 1ab"},
    {"select", lib_select, "select(n, …)", "The arguments from the n-th on; select(\"#\", …) counts them.",
     "select(\"#\", 7, 8, 9)", "3"},
    {"tonumber", NULL, "tonumber(text, base)", "The number that a text spells, or nil.", "tonumber(\"12\") + 1", "13"},
    {"tostring", lib_tostring, "tostring(value)", "A value as text; of a table or function only its type.",
     "tostring(7) .. tostring(true)", "7true"},
    {"type", lib_type, "type(value)", "\"number\", \"string\", \"boolean\", \"table\", \"function\" or \"nil\".",
     "type(trust)", "number"},
    {"pcall", lib_pcall, "pcall(f, …)",
     "Calls a function and goes on if it fails: true and its results, or false and the message. It cannot catch the "
     "end of the budget.",
     "pcall(error, \"no\")", "false"},

    {"", NULL, "Numbers", NULL, NULL, NULL},
    {"math.abs", NULL, "math.abs(x)", "x without its sign.", "math.abs(-3)", "3"},
    {"math.ceil", NULL, "math.ceil(x)", "The least whole number not below x.", "math.ceil(2.1)", "3"},
    {"math.floor", NULL, "math.floor(x)", "The greatest whole number not above x.", "math.floor(2.9)", "2"},
    {"math.max", NULL, "math.max(x, …)", "The greatest.", "math.max(trust, 7)", "7"},
    {"math.min", NULL, "math.min(x, …)", "The least.", "math.min(trust, 7)", "5"},
    {"math.fmod", NULL, "math.fmod(x, y)", "The rest of a division, with the sign of x.", "math.fmod(7, 3)", "1"},
    {"math.modf", NULL, "math.modf(x)", "The whole part and the rest.", "math.modf(2.5)", "2"},
    {"math.tointeger", NULL, "math.tointeger(x)", "x as a whole number, or nil.", "math.tointeger(3.0)", "3"},
    {"math.type", NULL, "math.type(x)", "\"integer\", \"float\" or nil.", "math.type(1)", "integer"},
    {"math.ult", NULL, "math.ult(a, b)", "Whether a is below b as numbers without sign.", "math.ult(1, -1)", "true"},
    {"math.sqrt", NULL, "math.sqrt(x)", "The square root.", "math.sqrt(9)", "3.0"},
    {"math.exp", NULL, "math.exp(x)", "e to the power of x.", "math.exp(0)", "1.0"},
    {"math.log", NULL, "math.log(x, base)", "The logarithm.", "math.log(8, 2)", "3.0"},
    {"math.sin", NULL, "math.sin(x)", "The sine of x in radians.", "math.sin(0)", "0.0"},
    {"math.cos", NULL, "math.cos(x)", "The cosine of x in radians.", "math.cos(0)", "1.0"},
    {"math.tan", NULL, "math.tan(x)", "The tangent of x in radians.", "math.tan(0)", "0.0"},
    {"math.asin", NULL, "math.asin(x)", "The arc sine.", "math.asin(0)", "0.0"},
    {"math.acos", NULL, "math.acos(x)", "The arc cosine.", "math.acos(1)", "0.0"},
    {"math.atan", NULL, "math.atan(y, x)", "The arc tangent of y/x.", "math.atan(0)", "0.0"},
    {"math.deg", NULL, "math.deg(x)", "Radians as degrees.", "math.deg(0)", "0.0"},
    {"math.rad", NULL, "math.rad(x)", "Degrees as radians.", "math.rad(0)", "0.0"},
    {"math.pi", NULL, "math.pi", "3.1415…", "math.floor(math.pi * 100)", "314"},
    {"math.huge", NULL, "math.huge", "Greater than every number.", "math.huge > 1000", "true"},
    {"math.maxinteger", NULL, "math.maxinteger", "The greatest whole number.", "math.maxinteger",
     "9223372036854775807"},
    {"math.mininteger", NULL, "math.mininteger", "The least whole number.", "math.mininteger + 1",
     "-9223372036854775807"},

    {"", NULL, "Texts", NULL, NULL, NULL},
    {"string.len", NULL, "string.len(s)", "Length in bytes; a Chinese character has three.", "string.len(\"abc\")",
     "3"},
    {"string.sub", NULL, "string.sub(s, from, to)", "A piece, by bytes.", "string.sub(\"handover\", 1, 4)", "hand"},
    {"string.upper", NULL, "string.upper(s)", "With A–Z for a–z.", "string.upper(\"ok\")", "OK"},
    {"string.lower", NULL, "string.lower(s)", "With a–z for A–Z.", "string.lower(\"OK\")", "ok"},
    {"string.reverse", NULL, "string.reverse(s)", "Its bytes from last to first.", "string.reverse(\"abc\")", "cba"},
    {"string.rep", lib_rep, "string.rep(s, n, between)", "n copies, up to 65536 bytes.", "string.rep(\"ab\", 3, \"-\")",
     "ab-ab-ab"},
    {"string.find", lib_find, "string.find(s, text, from)",
     "Where a text first stands in s: the first and the last byte, or nil. There are no patterns.",
     "string.find(\"a.b\", \".\")", "2"},
    {"string.format", lib_format, "string.format(format, …)",
     "Fills in %d %i %u %x %o %c %e %f %g %s; %s takes texts, numbers and booleans.",
     "string.format(\"%02d: %s\", 7, \"yes\")", "07: yes"},
    {"string.byte", lib_byte, "string.byte(s, from, to)", "The bytes as numbers, at most 250.", "string.byte(\"A\")",
     "65"},
    {"string.char", NULL, "string.char(…)", "A text from bytes.", "string.char(72, 105)", "Hi"},
    {"utf8.char", NULL, "utf8.char(…)", "A text from code points.", "utf8.char(20320, 22909)", "你好"},
    {"utf8.codepoint", lib_codepoint, "utf8.codepoint(s, from, to)", "Code points, at most 250.",
     "utf8.codepoint(\"你\")", "20320"},
    {"utf8.len", NULL, "utf8.len(s)", "Length in characters.", "utf8.len(\"你好\")", "2"},
    {"utf8.offset", NULL, "utf8.offset(s, n)", "The byte at which the n-th character begins.",
     "utf8.offset(\"你好\", 2)", "4"},

    {"", NULL, "Tables", NULL, NULL, NULL},
    {"table.insert", lib_insert, "table.insert(list, at, value)", "Inserts; without a position, at the end.",
     "local t = {1} table.insert(t, 4) trust = t[2]", "trust = 4"},
    {"table.remove", lib_remove, "table.remove(list, at)", "Removes and returns; without a position, the last.",
     "table.remove({7, 8, 9}, 1)", "7"},
    {"table.concat", lib_concat, "table.concat(list, between)", "One text from a list of texts and numbers.",
     "table.concat({1, 2, 3}, \"+\")", "1+2+3"},
    {"table.unpack", lib_unpack, "table.unpack(list)", "The list's values, at most 250.",
     "math.max(table.unpack({3, 8, 5}))", "8"},
    {"table.sort", lib_sort, "table.sort(list, before)",
     "Sorts in place. What is equal keeps its order. before(a, b) says whether a comes first.",
     "local t = {3, 1, 2} table.sort(t) trust = t[1]", "trust = 1"},
    {NULL, NULL, NULL, NULL, NULL, NULL},
};
