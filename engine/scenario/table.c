/* table.c -- the rows of the format.
 *
 * Everything a reader of the format needs to know about an element stands in its row: the loader, the schema and the
 * reference are three readers of the same table, and so cannot disagree.  Knows nothing of XML or of the model. */
#include "scenario/table.h"

#include <string.h>

#define ATTRS static const struct attr_row
#define CHILDREN static const struct child_row
#define END_ATTRS {0}
#define END_CHILDREN {EL_NONE, 0, 0}

/* ---- attributes --------------------------------------------------------------------------------------------------- */

#define A_WHEN                                                                                                         \
    {"when", TYPE_WHEN, false, 0, 0, NULL, NULL,                                                                       \
     "Only if this holds: a condition over facts, such as 3 > trust or heard."}
#define A_MANNER                                                                                                       \
    {"manner", TYPE_TEXT, false, 0, 0, NULL, NULL,                                                                     \
     "How it is said or done: what can be seen or heard besides the words."}
#define A_WHO(required, doc) {"who", TYPE_REF, required, 0, 0, "role", NULL, doc}
#define A_FACT_ID {"id", TYPE_FACT_ID, true, 0, 0, NULL, NULL, "Its name in conditions and scripts."}
#define A_LABEL(required) {"label", TYPE_TEXT, required, 0, 0, NULL, NULL, "What people call it."}
#define A_SHOWN                                                                                                        \
    {"shown", TYPE_ENUM, false, 0, 0, "never debrief always", "never", "Whether and when the trainee sees it."}
#define A_ID(doc) {"id", TYPE_ID, true, 0, 0, NULL, NULL, doc}
#define A_COMP(doc) {"competency", TYPE_REF, true, 0, 0, "competency", NULL, doc}

ATTRS no_attrs[] = {END_ATTRS};
ATTRS when_attrs[] = {A_WHEN, END_ATTRS};
ATTRS scenario_attrs[] = {
    A_ID("The scenario's short name: its folder is called so."),
    {"version", TYPE_PLAIN, true, 0, 0, NULL, NULL, "Raised whenever the key or the story changes, such as 1.0."},
    {"xml:lang", TYPE_LANG, true, 0, 0, NULL, NULL, "The language this file is written in, such as zh-CN or en."},
    END_ATTRS};
ATTRS local_attrs[] = {END_ATTRS};
ATTRS rubric_attrs[] = {
    A_ID("The rubric's name, as scenarios use it."),
    {"version", TYPE_PLAIN, true, 0, 0, NULL, NULL, "Raised whenever a level, a cut or a move changes."},
    {"xml:lang", TYPE_LANG, true, 0, 0, NULL, NULL, "The language this file is written in."},
    END_ATTRS};
ATTRS duration_attrs[] = {
    {"minutes", TYPE_INT, true, 1, 600, NULL, NULL, "Minutes for one person alone."},
    {"minutes-room", TYPE_INT, false, 1, 600, NULL, NULL, "Minutes for a room with discussion."},
    END_ATTRS};
ATTRS case_attrs[] = {{"source", TYPE_PLAIN, true, 0, 0, NULL, NULL, "Where the case comes from, such as real, altered."},
                      END_ATTRS};
ATTRS focus_attrs[] = {
    A_COMP("The competency that is graded."),
    {"role", TYPE_REF, false, 0, 0, "role", NULL, "The playable role in whose chair it is graded; in every chair if not written."},
    END_ATTRS};
ATTRS rubric_use_attrs[] = {
    {"use", TYPE_ID, true, 0, 0, NULL, NULL, "The name of a shared rubric, such as internal-service."}, END_ATTRS};
ATTRS setting_attrs[] = {
    A_ID("Its name in value elements."),
    {"is", TYPE_TEXT, true, 0, 0, NULL, NULL, "The words that stand for it until local.xml says otherwise."},
    END_ATTRS};
ATTRS script_attrs[] = {
    {"use", TYPE_ID, false, 0, 0, NULL, NULL, "A shared script by name, such as listening."},
    {"src", TYPE_PATH, false, 0, 0, NULL, NULL, "A script in the scenario's own folder, such as score.lua."},
    END_ATTRS};
ATTRS role_attrs[] = {A_ID("The role's name in who attributes."),
                      {"playable", TYPE_BOOL, false, 0, 0, NULL, "no", "Whether a trainee can sit in this chair."},
                      END_ATTRS};
ATTRS brief_attrs[] = {{"reveal", TYPE_ENUM, false, 0, 0, "debrief start", "debrief",
                        "When the other side may read it: in the debrief, or from the start."},
                       END_ATTRS};
ATTRS gauge_attrs[] = {
    A_FACT_ID,
    A_LABEL(true),
    {"from", TYPE_INT, true, -1000000, 1000000, NULL, NULL, "The lowest value; it never goes below."},
    {"to", TYPE_INT, true, -1000000, 1000000, NULL, NULL, "The highest value; it never goes above."},
    {"start", TYPE_INT, true, -1000000, 1000000, NULL, NULL, "The value at the beginning."},
    A_SHOWN,
    END_ATTRS};
ATTRS flag_attrs[] = {
    A_FACT_ID, A_LABEL(false), {"start", TYPE_BOOL, false, 0, 0, NULL, "no", "Whether it holds at the beginning."}, A_SHOWN,
    END_ATTRS};
ATTRS counter_attrs[] = {
    A_FACT_ID,
    A_LABEL(false),
    {"from", TYPE_INT, false, -1000000, 1000000, NULL, "0", "The lowest value."},
    {"to", TYPE_INT, true, -1000000, 1000000, NULL, NULL, "The highest value; it stops there."},
    {"start", TYPE_INT, false, -1000000, 1000000, NULL, NULL, "The value at the beginning; from where it is not written."},
    A_SHOWN,
    END_ATTRS};
ATTRS one_of_attrs[] = {
    A_FACT_ID,
    A_LABEL(false),
    {"values", TYPE_NAMES, true, 0, 0, NULL, NULL, "The names it can take, such as calm tense angry."},
    {"start", TYPE_ID, true, 0, 0, NULL, NULL, "The value at the beginning."},
    A_SHOWN,
    END_ATTRS};
ATTRS lesson_attrs[] = {
    A_ID("The lesson's name."),
    {"title", TYPE_TEXT, true, 0, 0, NULL, NULL, "Its heading."},
    {"opens", TYPE_REF, false, 0, 0, "scene", NULL, "The scene before which it is shown; only on request if not written."},
    END_ATTRS};
ATTRS survey_attrs[] = {{"when", TYPE_SURVEY, true, 0, 0, NULL, NULL, "before, after, or weeks:6 for six weeks later."},
                        END_ATTRS};
ATTRS item_attrs[] = {
    A_ID("The question's name: the same name before and after pairs the answers."),
    {"kind", TYPE_ENUM, true, 0, 0, "scale choice text", NULL, "How it is answered."},
    {"steps", TYPE_INT, false, 2, 10, NULL, "5", "Steps of a scale."},
    {"low", TYPE_TEXT, false, 0, 0, NULL, NULL, "The words at the low end of a scale."},
    {"high", TYPE_TEXT, false, 0, 0, NULL, NULL, "The words at the high end of a scale."},
    END_ATTRS};
ATTRS scene_attrs[] = {A_ID("The scene's name for next and goto."), END_ATTRS};
ATTRS line_attrs[] = {
    A_WHO(true, "The role that speaks."), A_MANNER, A_WHEN,
    {"id", TYPE_ID, false, 0, 0, NULL, NULL, "A name, so that its translation stays with it when lines are moved."},
    END_ATTRS};
ATTRS narration_attrs[] = {
    A_WHEN,
    {"id", TYPE_ID, false, 0, 0, NULL, NULL, "A name, so that its translation stays with it when lines are moved."},
    END_ATTRS};
ATTRS change_attrs[] = {
    {"gauge", TYPE_REF, false, 0, 0, "gauge", NULL, "The gauge to change."},
    {"flag", TYPE_REF, false, 0, 0, "flag", NULL, "The flag to change."},
    {"counter", TYPE_REF, false, 0, 0, "counter", NULL, "The counter to change."},
    {"one-of", TYPE_REF, false, 0, 0, "one-of", NULL, "The one-of to change."},
    {"to", TYPE_VALUE, false, 0, 0, NULL, NULL, "The new value: a number, yes or no, or one of its names."},
    {"add", TYPE_INT, false, -1000000, 1000000, NULL, NULL, "What is added to a gauge or counter."},
    A_WHEN,
    END_ATTRS};
ATTRS goto_attrs[] = {{"next", TYPE_REF, true, 0, 0, "scene", NULL, "The scene or ending to go to."}, A_WHEN, END_ATTRS};
ATTRS decision_attrs[] = {
    A_ID("The decision's name: records, runs and translations know it by this."),
    A_WHO(true, "The role that must speak."),
    {"circumstances", TYPE_LIST, false, 0, 0, "urgent mine theirs heated lasting", NULL,
     "What holds here for the choice of a conflict mode: the matter is urgent, matters to me, matters to them, tempers "
     "are hot, the relation lasts."},
    {"urgent", TYPE_WHEN, false, 0, 0, NULL, NULL, "A condition under which the matter is urgent."},
    {"mine", TYPE_WHEN, false, 0, 0, NULL, NULL, "A condition under which it matters to the one who speaks."},
    {"theirs", TYPE_WHEN, false, 0, 0, NULL, NULL, "A condition under which it matters to the other side."},
    {"heated", TYPE_WHEN, false, 0, 0, NULL, NULL, "A condition under which tempers are hot."},
    {"lasting", TYPE_WHEN, false, 0, 0, NULL, NULL, "A condition under which the relation will last."},
    {"room", TYPE_ENUM, false, 0, 0, "full quick told", NULL,
     "How a room plays it: vote, discuss and vote again; one vote; or the facilitator picks."},
    {"shuffle", TYPE_BOOL, false, 0, 0, NULL, "yes", "Whether the options are shown in an order of their own each time."},
    {"seconds", TYPE_INT, false, 5, 600, NULL, NULL, "Time to answer where the trainee plays with the clock."},
    A_WHEN,
    END_ATTRS};
ATTRS option_attrs[] = {
    A_ID("The option's name, unique in its decision."),
    {"move", TYPE_REF, false, 0, 0, "move", NULL, "What the reply does, by the rubric: its competency and usual points."},
    {"points", TYPE_INT, false, -2, 2, NULL, NULL,
     "How good it is here, from -2 to 2; where the rubric gives a range, or this case differs."},
    {"depth", TYPE_ENUM, false, 0, 0, "simple complex", NULL,
     "Of a reflection: repeats or rephrases, or adds meaning or feeling."},
    {"apt", TYPE_BOOL, false, 0, 0, NULL, NULL, "Whether the conflict mode fits the circumstances, in the writer's judgement."},
    {"next", TYPE_REF, false, 0, 0, "scene", NULL, "Where the story goes; on in this scene if not written."},
    {"once", TYPE_BOOL, false, 0, 0, NULL, "no", "Whether it is offered only until it was taken."},
    {"weight", TYPE_INT, false, 0, 1000, NULL, "1", "How readily the engine takes it for a role nobody plays."},
    {"leave", TYPE_BOOL, false, 0, 0, NULL, "no", "Inside a topic: leaves it for the list of topics."},
    A_WHEN,
    END_ATTRS};
ATTRS says_attrs[] = {A_MANNER, END_ATTRS};
ATTRS reaction_attrs[] = {A_WHO(false, "Who reacts; the role that spoke last if not written."), A_MANNER, END_ATTRS};
ATTRS score_attrs[] = {
    A_COMP("A second competency that the reply shows."),
    {"points", TYPE_INT, true, -2, 2, NULL, NULL, "From -2 to 2."},
    A_WHEN,
    END_ATTRS};
ATTRS move_also_attrs[] = {{"ref", TYPE_REF, true, 0, 0, "move", NULL, "A further move that the reply makes."}, END_ATTRS};
ATTRS rating_attrs[] = {
    {"by", TYPE_PLAIN, true, 0, 0, NULL, NULL, "Who rated it, on their own."},
    {"points", TYPE_INT, true, -2, 2, NULL, NULL, "Their points, from -2 to 2."},
    END_ATTRS};
ATTRS no_answer_attrs[] = {
    {"next", TYPE_REF, false, 0, 0, "scene", NULL, "Where the story goes; on in this scene if not written."}, END_ATTRS};
ATTRS recall_attrs[] = {
    A_ID("The check's name: records and translations know it by this."),
    A_WHO(true, "The role that must remember."),
    {"move", TYPE_REF, false, 0, 0, "move", NULL, "What a right answer shows, usually listen:recall."},
    {"points", TYPE_INT, false, -2, 2, NULL, NULL, "What a right answer is worth, from -2 to 2; a wrong one is worth 0."},
    {"room", TYPE_ENUM, false, 0, 0, "full quick told", NULL, "How a room plays it."},
    A_WHEN,
    END_ATTRS};
ATTRS answer_attrs[] = {
    {"id", TYPE_ID, false, 0, 0, NULL, NULL, "The answer's name; answer-1, answer-2 and so on if not written."},
    {"right", TYPE_BOOL, false, 0, 0, NULL, "no", "Whether this is what was said."},
    END_ATTRS};
ATTRS topics_attrs[] = {
    A_ID("The agenda's name."),
    A_WHO(true, "The role that chooses what to talk about next."),
    {"next", TYPE_REF, false, 0, 0, "scene", NULL, "Where the story goes when all is said; on in this scene if not written."},
    {"room", TYPE_ENUM, false, 0, 0, "full quick told", NULL, "How a room chooses."},
    A_WHEN,
    END_ATTRS};
ATTRS topic_attrs[] = {
    A_ID("The subject's name, unique in its agenda."),
    {"title", TYPE_TEXT, true, 0, 0, NULL, NULL, "The subject, as it stands in the list."},
    {"optional", TYPE_BOOL, false, 0, 0, NULL, "no", "Whether the talk may end without it."},
    {"weight", TYPE_INT, false, 0, 1000, NULL, "1", "How readily the engine takes it for a role nobody plays."},
    A_WHEN,
    END_ATTRS};
ATTRS discuss_attrs[] = {
    A_ID("The discussion's name."),
    {"seconds", TYPE_INT, false, 10, 3600, NULL, "120", "How long a room talks."},
    {"groups", TYPE_ENUM, false, 0, 0, "alone pairs threes tables", "pairs", "In which groups a room talks."},
    A_WHEN,
    END_ATTRS};
ATTRS ask_attrs[] = {
    A_ID("The question's name."),
    A_WHO(true, "The role that answers in their own words."),
    {"words", TYPE_INT, false, 10, 200, NULL, "60", "About how many words are wanted."},
    {"room", TYPE_ENUM, false, 0, 0, "full quick told", NULL, "How a room plays it."},
    A_WHEN,
    END_ATTRS};
ATTRS phrase_attrs[] = {
    {"lang", TYPE_LANG, false, 0, 0, NULL, NULL, "The language of these words; they are looked for in any case."},
    {"not", TYPE_BOOL, false, 0, 0, NULL, "no", "Whether these words rule the option out."},
    END_ATTRS};
ATTRS compose_attrs[] = {
    A_ID("The message's name."),
    A_WHO(true, "The role that speaks."),
    {"to", TYPE_REF, false, 0, 0, "role", NULL, "The role that is spoken to."},
    {"parts", TYPE_PLAIN, false, 0, 0, NULL, NULL, "The group of moves its parts are, such as fb; for readers."},
    {"room", TYPE_ENUM, false, 0, 0, "full quick told", NULL, "How a room plays it."},
    A_WHEN,
    END_ATTRS};
ATTRS slot_attrs[] = {
    A_ID("The place's name, unique in its message."),
    {"may-be-empty", TYPE_BOOL, false, 0, 0, NULL, "no", "Whether it can be left out."},
    END_ATTRS};
ATTRS part_attrs[] = {
    {"id", TYPE_ID, false, 0, 0, NULL, NULL, "The part's name; part-1, part-2 and so on if not written."},
    {"move", TYPE_REF, true, 0, 0, "move", NULL, "What it is by the rubric: a part of feedback, or a flaw."},
    {"points", TYPE_INT, false, -2, 2, NULL, NULL, "What it is worth; the rubric's usual points if not written."},
    END_ATTRS};
ATTRS result_attrs[] = {
    {"at-least", TYPE_INT, false, -8, 8, NULL, NULL, "Parts less flaws that are needed for it; the last result needs none."},
    {"next", TYPE_REF, false, 0, 0, "scene", NULL, "Where the story goes; on in this scene if not written."},
    END_ATTRS};
ATTRS ending_attrs[] = {
    A_ID("The ending's name for next and goto."),
    {"title", TYPE_TEXT, true, 0, 0, NULL, NULL, "A few words that name how it ended."},
    {"outcome", TYPE_ENUM, true, 0, 0, "agreed partly open worse", NULL, "What became of the matter."},
    END_ATTRS};
ATTRS debrief_attrs[] = {
    {"pass", TYPE_INT, false, 1, 100, NULL, NULL, "A pass mark on reach, in per cent; only where one is needed."}, END_ATTRS};
ATTRS level_attrs[] = {
    {"number", TYPE_INT, true, 1, 5, NULL, NULL, "1 is the lowest, 5 the highest."},
    {"cut", TYPE_INT, true, 0, 100, NULL, NULL, "The lower bound of choice quality for this level, in per cent."},
    END_ATTRS};
ATTRS circumstance_attrs[] = {
    {"id", TYPE_ENUM, true, 0, 0, "urgent mine theirs heated lasting", NULL, "Which circumstance this names."}, END_ATTRS};
ATTRS competency_attrs[] = {A_ID("The competency's name in scenarios."), END_ATTRS};
ATTRS anchor_attrs[] = {
    {"level", TYPE_INT, true, 1, 5, NULL, NULL, "The level this describes."},
    {"needs", TYPE_REFS, false, 0, 0, "move", NULL, "Moves that must have been seen; a|b means either."},
    {"without", TYPE_REFS, false, 0, 0, "move", NULL, "Moves that must not have been seen."},
    END_ATTRS};
ATTRS move_attrs[] = {
    {"id", TYPE_TAG, true, 0, 0, NULL, NULL, "The move's tag, such as listen:clarify."},
    A_COMP("The competency it shows."),
    {"points", TYPE_RANGE, true, -2, 2, NULL, NULL, "Its usual points, or a range such as 0..2."},
    {"kind", TYPE_ENUM, false, 0, 0, "good flaw", "good", "Whether it helps or harms."},
    {"part", TYPE_ENUM, false, 0, 0, "situation behaviour impact request invitation", NULL, "The part of feedback it is."},
    {"apt", TYPE_LIST, false, 0, 0, "urgent mine theirs heated lasting", NULL, "Of a mode: circumstances in which it fits."},
    {"costly", TYPE_LIST, false, 0, 0, "urgent mine theirs heated lasting", NULL,
     "Of a mode: circumstances in which it costs."},
    END_ATTRS};
ATTRS value_attrs[] = {
    {"of", TYPE_REF, true, 0, 0, "fact or setting", NULL, "The gauge, counter, one-of or setting whose value stands here."},
    END_ATTRS};

/* ---- children ----------------------------------------------------------------------------------------------------- */

CHILDREN no_children[] = {END_CHILDREN};
CHILDREN marks[] = {{EL_EM, TIMES_ANY, 0}, {EL_TERM, TIMES_ANY, 0}, {EL_VALUE, TIMES_ANY, 0}, END_CHILDREN};
CHILDREN scenario_children[] = {
    {EL_INFO, TIMES_ONE, 0},     {EL_RUBRIC_USE, TIMES_ONE, 0}, {EL_SETTING, TIMES_ANY, 0}, {EL_SCRIPT, TIMES_ANY, 0},
    {EL_CAST, TIMES_ONE, 0},     {EL_GAUGE, TIMES_ANY, 0},      {EL_FLAG, TIMES_ANY, 0},    {EL_COUNTER, TIMES_ANY, 0},
    {EL_ONE_OF, TIMES_ANY, 0},   {EL_LESSON, TIMES_ANY, 0},     {EL_SURVEY, TIMES_ANY, 0},  {EL_SCENE, TIMES_SOME, 0},
    {EL_ENDING, TIMES_SOME, 0},  {EL_DEBRIEF, TIMES_MAYBE, 0},  END_CHILDREN};
CHILDREN local_children[] = {{EL_SETTING, TIMES_ANY, 0}, END_CHILDREN};
CHILDREN rubric_children[] = {{EL_TITLE, TIMES_MAYBE, 0},      {EL_LEVEL, TIMES_ANY, 0},      {EL_CIRCUMSTANCE, TIMES_ANY, 0},
                              {EL_COMPETENCY, TIMES_SOME, 0},  {EL_MOVE, TIMES_ANY, 0},       END_CHILDREN};
CHILDREN info_children[] = {
    {EL_TITLE, TIMES_ONE, 0},     {EL_SUMMARY, TIMES_ONE, 0},   {EL_OBJECTIVE, TIMES_SOME, 4}, {EL_AUDIENCE, TIMES_MAYBE, 0},
    {EL_DURATION, TIMES_MAYBE, 0}, {EL_AUTHOR, TIMES_MAYBE, 0}, {EL_LICENCE, TIMES_MAYBE, 0},  {EL_TAG, TIMES_ANY, 0},
    {EL_CARE, TIMES_MAYBE, 0},    {EL_CASE, TIMES_MAYBE, 0},    {EL_FOCUS, TIMES_SOME, 0},     END_CHILDREN};
CHILDREN cast_children[] = {{EL_ROLE, TIMES_SOME, 0}, END_CHILDREN};
CHILDREN role_children[] = {
    {EL_NAME, TIMES_ONE, 0}, {EL_POSITION, TIMES_MAYBE, 0}, {EL_BRIEF, TIMES_MAYBE, 0}, END_CHILDREN};
CHILDREN lesson_children[] = {
    {EL_P, TIMES_ANY, 0}, {EL_EM, TIMES_ANY, 0}, {EL_TERM, TIMES_ANY, 0}, {EL_VALUE, TIMES_ANY, 0}, END_CHILDREN};
CHILDREN survey_children[] = {{EL_ITEM, TIMES_SOME, 0}, END_CHILDREN};
CHILDREN item_children[] = {
    {EL_CHOICE, TIMES_ANY, 0}, {EL_EM, TIMES_ANY, 0}, {EL_TERM, TIMES_ANY, 0}, {EL_VALUE, TIMES_ANY, 0}, END_CHILDREN};
CHILDREN scene_children[] = {
    {EL_RECAP, TIMES_MAYBE, 0}, {EL_LINE, TIMES_ANY, 0}, {EL_NARRATION, TIMES_ANY, 0}, {EL_NOTE, TIMES_ANY, 0},
    {EL_CHANGE, TIMES_ANY, 0},  {EL_DO, TIMES_ANY, 0},   {EL_DECISION, TIMES_ANY, 0},  {EL_GOTO, TIMES_ANY, 0},
    {EL_RECALL, TIMES_ANY, 0},  {EL_TOPICS, TIMES_ANY, 0}, {EL_DISCUSS, TIMES_ANY, 0}, {EL_ASK, TIMES_ANY, 0},
    {EL_COMPOSE, TIMES_ANY, 0}, END_CHILDREN};
CHILDREN recall_children[] = {
    {EL_PROMPT, TIMES_ONE, 0},    {EL_HINT, TIMES_MAYBE, 0},     {EL_ANSWER, TIMES_SOME, 8}, {EL_BECAUSE, TIMES_MAYBE, 0},
    {EL_IF_RIGHT, TIMES_MAYBE, 0}, {EL_IF_WRONG, TIMES_MAYBE, 0}, END_CHILDREN};
CHILDREN if_children[] = {
    {EL_REACTION, TIMES_MAYBE, 0}, {EL_NARRATION, TIMES_ANY, 0}, {EL_CHANGE, TIMES_ANY, 0}, {EL_DO, TIMES_ANY, 0},
    END_CHILDREN};
CHILDREN topics_children[] = {{EL_PROMPT, TIMES_MAYBE, 0}, {EL_TOPIC, TIMES_SOME, 20}, END_CHILDREN};
CHILDREN topic_children[] = {
    {EL_LINE, TIMES_ANY, 0},     {EL_NARRATION, TIMES_ANY, 0}, {EL_NOTE, TIMES_ANY, 0},    {EL_CHANGE, TIMES_ANY, 0},
    {EL_DO, TIMES_ANY, 0},       {EL_DECISION, TIMES_ANY, 0},  {EL_RECALL, TIMES_ANY, 0},  {EL_DISCUSS, TIMES_ANY, 0},
    {EL_YIELD, TIMES_ANY, 0},    {EL_GOTO, TIMES_ANY, 0},      {EL_ASK, TIMES_ANY, 0},
    {EL_COMPOSE, TIMES_ANY, 0},  END_CHILDREN};
CHILDREN discuss_children[] = {{EL_QUESTION, TIMES_SOME, 0}, {EL_REPORT, TIMES_MAYBE, 0}, END_CHILDREN};
CHILDREN decision_children[] = {
    {EL_PROMPT, TIMES_MAYBE, 0}, {EL_HINT, TIMES_MAYBE, 0}, {EL_OPTION, TIMES_SOME, 26}, {EL_NO_ANSWER, TIMES_MAYBE, 0},
    END_CHILDREN};
CHILDREN option_children[] = {
    {EL_SAYS, TIMES_ONE, 0},      {EL_REACTION, TIMES_MAYBE, 0}, {EL_BECAUSE, TIMES_MAYBE, 0}, {EL_NARRATION, TIMES_ANY, 0},
    {EL_SCORE, TIMES_ANY, 0},     {EL_CHANGE, TIMES_ANY, 0},     {EL_DO, TIMES_ANY, 0},        {EL_MOVE_ALSO, TIMES_ANY, 0},
    {EL_RATING, TIMES_ANY, 0},    {EL_HINT, TIMES_MAYBE, 0},     END_CHILDREN};
CHILDREN ask_option_children[] = {
    {EL_PHRASE, TIMES_SOME, 0},
    {EL_SAYS, TIMES_ONE, 0},      {EL_REACTION, TIMES_MAYBE, 0}, {EL_BECAUSE, TIMES_MAYBE, 0}, {EL_NARRATION, TIMES_ANY, 0},
    {EL_SCORE, TIMES_ANY, 0},     {EL_CHANGE, TIMES_ANY, 0},     {EL_DO, TIMES_ANY, 0},        {EL_MOVE_ALSO, TIMES_ANY, 0},
    {EL_RATING, TIMES_ANY, 0},    {EL_HINT, TIMES_MAYBE, 0},     END_CHILDREN};
CHILDREN ask_children[] = {{EL_PROMPT, TIMES_ONE, 0}, {EL_HINT, TIMES_MAYBE, 0}, {EL_ASK_OPTION, TIMES_SOME, 8},
                           {EL_OTHERWISE, TIMES_MAYBE, 0}, END_CHILDREN};
CHILDREN compose_children[] = {
    {EL_PROMPT, TIMES_ONE, 0}, {EL_HINT, TIMES_MAYBE, 0}, {EL_SLOT, TIMES_SOME, 8}, {EL_RESULT, TIMES_SOME, 8}, END_CHILDREN};
CHILDREN slot_children[] = {{EL_PART, TIMES_SOME, 6}, END_CHILDREN};
CHILDREN result_children[] = {{EL_REACTION, TIMES_MAYBE, 0}, {EL_BECAUSE, TIMES_MAYBE, 0}, {EL_NARRATION, TIMES_ANY, 0},
                              {EL_CHANGE, TIMES_ANY, 0},     {EL_DO, TIMES_ANY, 0},        END_CHILDREN};
CHILDREN no_answer_children[] = {{EL_REACTION, TIMES_MAYBE, 0}, {EL_NARRATION, TIMES_ANY, 0}, {EL_CHANGE, TIMES_ANY, 0},
                                 {EL_DO, TIMES_ANY, 0},         END_CHILDREN};
CHILDREN ending_children[] = {{EL_LINE, TIMES_ANY, 0}, {EL_NARRATION, TIMES_ANY, 0}, {EL_NOTE, TIMES_ANY, 0}, END_CHILDREN};
CHILDREN debrief_children[] = {{EL_QUESTION, TIMES_SOME, 0}, END_CHILDREN};
CHILDREN named_children[] = {{EL_NAME, TIMES_ONE, 0}, {EL_SUMMARY, TIMES_MAYBE, 0}, END_CHILDREN};
CHILDREN level_children[] = {{EL_NAME, TIMES_ONE, 0}, END_CHILDREN};
CHILDREN competency_children[] = {
    {EL_NAME, TIMES_ONE, 0}, {EL_SUMMARY, TIMES_MAYBE, 0}, {EL_ANCHOR, TIMES_ANY, 5}, END_CHILDREN};

/* ---- rows --------------------------------------------------------------------------------------------------------- */

#define ROW(code, tag, content, attrs, children, doc, example)                                                         \
    [EL_##code] = {tag, CONTENT_##content, attrs, children, doc, example}

static const struct element_row rows[EL_COUNT] = {
    ROW(SCENARIO, "scenario", CHILDREN, scenario_attrs, scenario_children,
        "One role-play: its people, what is remembered, the conversation, and how it may end.", NULL),
    ROW(LOCAL, "local", CHILDREN, local_attrs, local_children,
        "The file local.xml beside a scenario: settings as this organisation calls them.", NULL),
    ROW(RUBRIC, "rubric", CHILDREN, rubric_attrs, rubric_children,
        "What is graded and how: competencies, their levels, and the moves by which they show.", NULL),
    ROW(INFO, "info", CHILDREN, no_attrs, info_children, "What a reader should know before choosing this scenario.", NULL),
    ROW(TITLE, "title", TEXT, no_attrs, marks, "The name people know it by.", "<title>The late handover</title>"),
    ROW(SUMMARY, "summary", TEXT, no_attrs, marks, "One or two sentences that say what it is about.", NULL),
    ROW(OBJECTIVE, "objective", TEXT, no_attrs, marks, "What a trainee can do afterwards; one to four of them.", NULL),
    ROW(AUDIENCE, "audience", TEXT, no_attrs, marks, "Whom it is for.", NULL),
    ROW(DURATION, "duration", NONE, duration_attrs, no_children, "How long it takes.",
        "<duration minutes=\"12\" minutes-room=\"45\"/>"),
    ROW(AUTHOR, "author", PLAIN, no_attrs, no_children, "Who wrote it.", NULL),
    ROW(LICENCE, "licence", PLAIN, no_attrs, no_children, "Under which licence it may be passed on.", NULL),
    ROW(TAG, "tag", TEXT, no_attrs, marks, "A word to find it by: a department, a subject.", "<tag>finance</tag>"),
    ROW(CARE, "care", TEXT, no_attrs, marks, "One line before a story that may hurt somebody.", NULL),
    ROW(CASE, "case", TEXT, case_attrs, marks, "What really happened and what it cost; shown after the debrief.", NULL),
    ROW(FOCUS, "focus", NONE, focus_attrs, no_children, "A competency that is graded; one to three for each playable role.",
        "<focus competency=\"service\" role=\"clerk\"/>"),
    ROW(RUBRIC_USE, "rubric", NONE, rubric_use_attrs, no_children, "The rubric this scenario is graded by.",
        "<rubric use=\"internal-service\"/>"),
    ROW(SETTING, "setting", NONE, setting_attrs, no_children,
        "A name, product or department that another organisation can swap in local.xml.",
        "<setting id=\"product\" is=\"Orion\"/>"),
    ROW(SCRIPT, "script", SCRIPT, script_attrs, no_children,
        "Lua for what the elements cannot say: a shared script, a file of this folder, or the text inside.",
        "<script use=\"listening\"/>"),
    ROW(CAST, "cast", CHILDREN, no_attrs, cast_children, "Everybody who speaks.", NULL),
    ROW(ROLE, "role", CHILDREN, role_attrs, role_children,
        "One person of the story. The first playable role is where a trainee sits unless another is chosen.", NULL),
    ROW(NAME, "name", TEXT, no_attrs, marks, "The name as it is shown.", NULL),
    ROW(POSITION, "position", TEXT, no_attrs, marks, "Job and team, in a few words.", NULL),
    ROW(BRIEF, "brief", TEXT, brief_attrs, marks, "What this person knows and wants, and the others do not see.", NULL),
    ROW(GAUGE, "gauge", NONE, gauge_attrs, no_children, "A number between two bounds that the conversation moves.",
        "<gauge id=\"trust\" label=\"Trust\" from=\"0\" to=\"10\" start=\"4\"/>"),
    ROW(FLAG, "flag", NONE, flag_attrs, no_children, "Something that has happened or not.", "<flag id=\"heard\"/>"),
    ROW(COUNTER, "counter", NONE, counter_attrs, no_children, "How often something happened, up to a bound.",
        "<counter id=\"promises\" to=\"5\"/>"),
    ROW(ONE_OF, "one-of", NONE, one_of_attrs, no_children, "One of a few named states.",
        "<one-of id=\"mood\" values=\"calm tense angry\" start=\"tense\"/>"),
    ROW(LESSON, "lesson", MIXED, lesson_attrs, lesson_children,
        "One idea in at most 120 words: before a scene, or when the trainee asks why.", NULL),
    ROW(P, "p", TEXT, no_attrs, marks, "A paragraph.", NULL),
    ROW(SURVEY, "survey", CHILDREN, survey_attrs, survey_children, "Questions before, after, or some weeks later.", NULL),
    ROW(ITEM, "item", MIXED, item_attrs, item_children, "One question of a survey.", NULL),
    ROW(CHOICE, "choice", TEXT, no_attrs, marks, "One answer of a question of kind choice.", NULL),
    ROW(SCENE, "scene", CHILDREN, scene_attrs, scene_children,
        "A stretch of the conversation, played from top to bottom. The first scene is the beginning.", NULL),
    ROW(RECAP, "recap", TEXT, no_attrs, marks, "One sentence for whoever comes back here after a break.", NULL),
    ROW(LINE, "line", TEXT, line_attrs, marks, "Somebody speaks.",
        "<line who=\"he\" manner=\"arms folded\">This is the third time.</line>"),
    ROW(NARRATION, "narration", TEXT, narration_attrs, marks, "What is seen or happens.", NULL),
    ROW(NOTE, "note", TEXT, narration_attrs, marks, "For the facilitator alone; never on a trainee's or projected screen.", NULL),
    ROW(CHANGE, "change", NONE, change_attrs, no_children, "Changes a fact: set to a value, or added to.",
        "<change gauge=\"trust\" add=\"2\"/>"),
    ROW(DO, "do", SCRIPT, when_attrs, no_children, "A Lua statement, for what change cannot say.",
        "<do>trust = trust + points(\"listening\")</do>"),
    ROW(GOTO, "goto", NONE, goto_attrs, no_children, "Goes on elsewhere; with when, only if it holds.",
        "<goto next=\"agreed\" when=\"dated and trust >= 7\"/>"),
    ROW(DECISION, "decision", CHILDREN, decision_attrs, decision_children,
        "Somebody must speak: the trainee chooses, or the engine for a role nobody plays.", NULL),
    ROW(PROMPT, "prompt", TEXT, no_attrs, marks, "The question before the options.", NULL),
    ROW(HINT, "hint", TEXT, no_attrs, marks, "A nudge for whoever asks for one.", NULL),
    ROW(OPTION, "option", CHILDREN, option_attrs, option_children,
        "One reply: its words, what it does, how the other person reacts, and why it is worth its points.", NULL),
    ROW(SAYS, "says", TEXT, says_attrs, marks, "The words of the reply.", NULL),
    ROW(REACTION, "reaction", TEXT, reaction_attrs, marks, "How the other person takes it.", NULL),
    ROW(BECAUSE, "because", TEXT, no_attrs, marks, "Why it is worth its points: one sentence, read aloud in the debrief.", NULL),
    ROW(SCORE, "score", TEXT, score_attrs, marks, "Points for a second competency; the text is the reason.", NULL),
    ROW(MOVE_ALSO, "move", NONE, move_also_attrs, no_children, "A further move of this reply.", "<move ref=\"svc:thank\"/>"),
    ROW(RATING, "rating", NONE, rating_attrs, no_children, "What one rater gave it, before the key was set.", NULL),
    ROW(NO_ANSWER, "no-answer", CHILDREN, no_answer_attrs, no_answer_children, "What happens when time runs out.", NULL),
    ROW(RECALL, "recall", CHILDREN, recall_attrs, recall_children,
        "A listening check: what was said above, while the lines are hidden.", NULL),
    ROW(ANSWER, "answer", TEXT, answer_attrs, marks, "One answer of a listening check.",
        "<answer right=\"yes\">They no longer dare to claim</answer>"),
    ROW(IF_RIGHT, "if-right", CHILDREN, no_attrs, if_children, "What a right answer does.", NULL),
    ROW(IF_WRONG, "if-wrong", CHILDREN, no_attrs, if_children, "What a wrong answer does.", NULL),
    ROW(TOPICS, "topics", CHILDREN, topics_attrs, topics_children,
        "Several subjects open at once: whoever leads the talk takes them in any order.", NULL),
    ROW(TOPIC, "topic", CHILDREN, topic_attrs, topic_children,
        "One subject, played from top to bottom; then the others are offered again.", NULL),
    ROW(YIELD, "yield", NONE, when_attrs, no_children,
        "Inside a topic: the others may have their turn here; later this one goes on behind it.", NULL),
    ROW(DISCUSS, "discuss", CHILDREN, discuss_attrs, discuss_children,
        "A room talks over a question; one person alone writes a line.", NULL),
    ROW(REPORT, "report", TEXT, no_attrs, marks, "What each group brings back.", NULL),
    ROW(ASK, "ask", CHILDREN, ask_attrs, ask_children,
        "Own words first: what is written is held against phrases, and whoever wrote says which reply it is.", NULL),
    ROW(ASK_OPTION, "option", CHILDREN, option_attrs, ask_option_children,
        "One reply that own words may come to: says is how it would be put.", NULL),
    ROW(PHRASE, "phrase", PLAIN, phrase_attrs, no_children, "Words by which this reply is recognised.",
        "<phrase lang=\"en\">afraid to claim</phrase>"),
    ROW(OTHERWISE, "otherwise", CHILDREN, no_answer_attrs, no_answer_children,
        "What happens when own words fit none of the replies.", NULL),
    ROW(COMPOSE, "compose", CHILDREN, compose_attrs, compose_children, "A message made of one part from each place.", NULL),
    ROW(SLOT, "slot", CHILDREN, slot_attrs, slot_children, "One place of a message.", NULL),
    ROW(PART, "part", TEXT, part_attrs, marks, "What may stand in a place: a part or a flaw.", NULL),
    ROW(RESULT, "result", CHILDREN, result_attrs, result_children, "What a message comes to, by its parts less its flaws.", NULL),
    ROW(ENDING, "ending", CHILDREN, ending_attrs, ending_children, "A place where the conversation ends.", NULL),
    ROW(DEBRIEF, "debrief", CHILDREN, debrief_attrs, debrief_children, "Questions to talk about afterwards.", NULL),
    ROW(QUESTION, "question", TEXT, no_attrs, marks, "One open question.", NULL),
    ROW(LEVEL, "level", CHILDREN, level_attrs, level_children, "One of the five levels of a rubric.", NULL),
    ROW(CIRCUMSTANCE, "circumstance", CHILDREN, circumstance_attrs, named_children,
        "A circumstance that makes a conflict mode fit or not.", NULL),
    ROW(COMPETENCY, "competency", CHILDREN, competency_attrs, competency_children, "Something that is graded.", NULL),
    ROW(ANCHOR, "anchor", TEXT, anchor_attrs, marks, "What people at this level usually do.", NULL),
    ROW(MOVE, "move", CHILDREN, move_attrs, named_children, "Something a reply can do.", NULL),
    ROW(EM, "em", MARK, no_attrs, no_children, "Emphasis.", "<em>which day</em>"),
    ROW(TERM, "term", MARK, no_attrs, no_children, "A word of the trade, where it is introduced.", NULL),
    ROW(VALUE, "value", MARK, value_attrs, no_children, "The value of a fact or setting, as words.",
        "<value of=\"product\"/>"),
};

const struct element_row *element_row(enum element e)
{
    return &rows[e];
}

enum element element_in(enum element parent, struct text name)
{
    static const enum element roots[] = {EL_SCENARIO, EL_LOCAL, EL_RUBRIC};
    if (parent == EL_NONE) {
        for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
            if (text_is(name, rows[roots[i]].name))
                return roots[i];
        return EL_NONE;
    }
    for (const struct child_row *c = rows[parent].children; c && c->child; c++)
        if (text_is(name, rows[c->child].name))
            return c->child;
    return EL_NONE;
}

const struct attr_row *attr_in(enum element e, struct text name)
{
    for (const struct attr_row *a = rows[e].attrs; a && a->name; a++)
        if (text_is(name, a->name))
            return a;
    return NULL;
}
