/* rehearsal.h -- rehearsal runs: a conversation written down with what must come of it.
 *
 *     scenario: late-handover   seed: 7   lang: en
 *     > start
 *     Lin looks up as you come in.
 *     > first-reply/reflect
 *     listening +2
 *     ! conflict
 *     /You.*heard/
 *     > :back
 *     ending: agreed
 *
 * `> ` is the trainee: `start`, an option by name (with or without its decision) or by its number on the screen, `:back`,
 * `:silence` (time runs out), `:note TEXT`, `:lang TAG`, `write: TEXT` (own words; then the option they are), `compose:
 * SLOT/PART SLOT/PART` (a message).  Every other line is about the reply to the input before it: it
 * must stand in it, `!` must not, `/…/` is an extended regular expression for one line of it.  `#` begins a comment.
 *
 * A reply is told in plain lines: `Name (manner): words` for what is said, narration as it is, `listening +2` for
 * evidence, `move: listen:clarify`, `gauge: trust 5`, `option: decision/option words`, `ending: id title`, `problem: code`,
 * `wrote: words`, `proposed: decision/option words`, `slot: decision/slot`, `part: decision/slot/part words`.
 * Knows no file and no command line. */
#ifndef FRONT_REHEARSAL_H
#define FRONT_REHEARSAL_H

#include "base/words.h"
#include "wire/client.h"

enum rehearsal_kind { LINE_INPUT = 1, LINE_HOLDS, LINE_LACKS, LINE_MATCHES };

struct rehearsal_line {
    enum rehearsal_kind kind;
    struct text text;
    uint32_t number; /* in the file */
};

struct rehearsal {
    struct text scenario, lang, role;
    uint64_t seed;
    enum wire_mode mode;
    struct rehearsal_line *v;
    uint32_t n, cap;
};

/* Reads BYTES, from which R borrows.  0, or the number of the first line that is none. */
uint32_t rehearsal_parse(struct text bytes, struct rehearsal *r);
void rehearsal_done(struct rehearsal *r);

/* What a run came to. */
struct rehearsal_result {
    uint32_t line;        /* of the first expectation or input that failed; 0: all holds */
    const char *what;     /* N_ what is wrong with it; NULL where all holds */
    struct text expected; /* borrowed from the run */
    struct buf reply;     /* what was said there */
    struct client_fault fault; /* where an engine stopped or refused */
    struct buf touched;   /* names of answers and endings and places of lines that were met: touch_name */
};

/* Adds NAME to NAMES, set apart from all others. */
void touch_name(struct buf *names, struct text name);

/* Plays R against the scenario that C has loaded.  True where all holds.  RESULT's names touched are added to. */
bool rehearsal_play(const struct rehearsal *r, struct client *c, struct rehearsal_result *result);
void rehearsal_result_done(struct rehearsal_result *result);

#endif
