/* api_doc.c -- writes docs/lua-api.md from the table of api.c.
 *
 * The prose around the rows stands here, so that the document is made whole by one command and cannot lag behind.
 * Runs nothing. */
#include "script/host.h"

static const char opening[] =
    "# What a script can say\n\n"
    "<!-- Written by `rehearse` from its own table: engine/script/api.c.  Every example is run by the tests. -->\n\n"
    "Most scenarios need none of this: `change`, `score` and `points` do the work. Where they are not enough, a\n"
    "condition (`when`) or a statement (`do`) is a little Lua 5.4.\n\n"
    "```xml\n"
    "<goto next=\"agreed\" when=\"trust >= 6 and heard\"/>\n"
    "<do>trust = trust + 2; heard = true</do>\n"
    "<do>score(\"listening\", 1, \"asked before advising\")</do>\n"
    "```\n\n"
    "## Facts\n\n"
    "Every fact of the scenario is there by its id, and is set by assigning to it.\n\n"
    "| fact | reads as | takes |\n"
    "|---|---|---|\n"
    "| gauge, counter | a whole number | a whole number; one beyond its bounds becomes the bound |\n"
    "| flag | `true` or `false` | `true` or `false` |\n"
    "| one-of | the value's word, `\"calm\"` | one of its words |\n\n"
    "There are also `turn`, the number of decisions answered so far (up to 99), and `role`, the id of the role that "
    "the\n"
    "trainee plays. Both can be read, not set.\n\n"
    "In XML quotes a bare `<` is not allowed: write `3 > trust` instead of `trust < 3`. Write no comment in a "
    "`when`.\n\n"
    "## Scripts and hooks\n\n"
    "A `script` defines functions, which conditions and statements of the scenario may call. A scenario's own script "
    "may\n"
    "define these, which the engine calls:\n\n"
    "| hook | when |\n"
    "|---|---|\n"
    "| `on_start()` | before the first scene |\n"
    "| `on_choice(option)` | after an answer has been played; `option` is `\"decision/option\"` |\n"
    "| `on_end(ending)` | at an ending |\n"
    "| `pick(decision)` | to choose for a role that nobody plays: returns an option's id, or nothing |\n\n"
    "A script keeps nothing between calls: what must be remembered is a fact. Everything made while a script is "
    "loaded\n"
    "is frozen, and a function cannot assign to a name outside itself other than a fact.\n\n"
    "## What happens when a script fails\n\n"
    "Nothing it did remains, the facilitator is told where it failed and why, and the conversation goes on. The "
    "scripts\n"
    "of one answer may together take a million steps and 8 MB, and a text may have 65536 bytes.\n\n"
    "## Functions\n\n"
    "Ids are written in quotes where they are used, so that every one can be checked before the play. In the "
    "examples,\n"
    "`trust` is a gauge from 0 to 10 that stands at 5, and the option `first/listen` has just been taken.\n";

static const char closing[] =
    "\n## What is missing, and why\n\n"
    "There is no clock, no file and no network; no `require` and no `load`. There are no metatables, coroutines and\n"
    "patterns (`match`, `gsub`), since each could stop a play or differ from run to run. `next` and `math.random` are\n"
    "replaced by `pairs` and `random`, which a replay can trust.\n";

static void row_write(const struct api_row *row, struct buf *out)
{
    buf_printf(out, "\n#### `%s`\n\n%s\n", row->signature, row->sentence);
    if (!row->example) {
        return;
    }
    buf_printf(out, "\n```lua\n%s", row->example);
    struct text rest = text_of(row->gives), line;
    for (bool more = text_split(&rest, '\n', &line); more; more = text_split(&rest, '\n', &line)) {
        buf_str(out, "  --> ");
        buf_text(out, line);
    }
    buf_str(out, "\n```\n");
}

void lua_api_document(struct buf *out)
{
    buf_str(out, opening);
    for (const struct api_row *row = api_rows; row->name; row++) {
        if (*row->name) {
            row_write(row, out);
        } else {
            buf_printf(out, "\n### %s\n", row->signature);
        }
    }
    buf_str(out, closing);
}
