/* terms.c -- the words of the protocol, one row a list, in the order of the enums in terms.h. */
#include "wire/terms.h"

#include <assert.h>

#define TERMS(list, count, ...)                                                                                        \
    static const char *const list##_words[] = {"", __VA_ARGS__};                                                       \
    static_assert(sizeof list##_words / sizeof *list##_words == (count), "one word for each of " #list);               \
    const struct terms list##_terms = {list##_words, (count)-1}

TERMS(need, NEED_KINDS, "scenario", "local", "rubric", "script-use", "script-src");
TERMS(file, FILE_CODES, "file-missing", "file-outside", "file-kind", "file-large", "file-failed");
TERMS(input, WIRE_INPUTS, "begin", "choose", "no-answer", "rewind", "note", "language", "write", "compose");
TERMS(mode, WIRE_MODES, "practice", "check-in", "workshop");
TERMS(phase, WIRE_PHASES, "run", "ask", "ended", "stuck");
TERMS(outcome, WIRE_OUTCOMES, "agreed", "partly", "open", "worse");
TERMS(stuck, WIRE_WHY_STUCK, "no-option", "no-way", "too-many-moves");
TERMS(output, WIRE_OUTPUTS, "scene", "lesson", "line", "narration", "note", "said", "reaction", "comment", "gauge",
      "ask", "option", "problem", "ended", "stuck", "rewound", "hint", "checked", "question", "slot", "part", "wrote", "proposed");
TERMS(form, WIRE_FORMS, "choice", "recall", "topics", "discuss", "ask", "compose");
TERMS(room, WIRE_ROOMS, "full", "quick", "told");
TERMS(settled, WIRE_SETTLEDS, "tie", "told", "veto");
TERMS(node, WIRE_NODES, "line", "narration", "note", "lesson", "decision", "goto");
TERMS(group, WIRE_GROUPS, "alone", "pairs", "threes", "tables");
TERMS(turning, WIRE_TURNINGS, "good", "missed", "other");
TERMS(study, WIRE_STUDIES, "exact", "sampled", "stopped");
TERMS(finding, WIRE_FINDINGS, "stuck", "endless", "script-fails", "option-unreached", "decision-unreached",
      "scene-unreached", "ending-unreached", "line-unreached", "fact-unread", "fact-unchanged", "no-ending",
      "thin-evidence", "repair-pays", "kindest-wins", "level-unattained", "level-by-chance");
TERMS(says, WIRE_SAYS, "not-enough", "impression", "level");
TERMS(apt, WIRE_APTS, "yes", "no");
TERMS(reach, WIRE_REACHES, "known", "no-study", "not-ended", "taken-back", "elsewhere");
TERMS(survey_when, WIRE_SURVEY_WHENS, "before", "after", "weeks");
TERMS(survey_kind, WIRE_SURVEY_KINDS, "scale", "choice", "text");
TERMS(shown, WIRE_SHOWNS, "never", "debrief", "always");

struct text term_word(const struct terms *t, uint32_t i)
{
    assert(i > 0 && i <= t->last);
    return text_of(t->v[i]);
}

uint32_t term_find(const struct terms *t, struct text word)
{
    for (uint32_t i = 1; i <= t->last; i++)
        if (text_is(word, t->v[i]))
            return i;
    return 0;
}
