-- score.lua -- what each word does to the trust between the two, and how the empty chair answers.

-- From He Jun's chair the colleague opposite is not the same each day: sometimes a little more, sometimes a
-- little less ready to listen.  From Shen Jie's chair every play begins alike.
function on_start()
    if role == "he" then
        trust = 2 + random(3)
    end
end

-- From He Jun's chair, these make it easier for Shen Jie to move.
local eases = {
    ["open-with/facts"] = true,
    ["tell-cost/cost"] = true,
    ["open-up/say-real"] = true,
    ["press-date/interest"] = true,
}

function on_choice(option)
    if role == "he" and eases[option] then
        trust = trust + 1
    end
    if option == "last-word/green-light" and not dated and not bent then
        trust = trust - 1 -- comfort again, where he still has no day
    end
end

-- What Shen Jie says from the chair nobody sits in, by the trust there is: closed, wary, open.
local answers = {
    ["first-reply"] = {"promise", "clarify", "reflect"},
    ["read-it"] = {"defend", "paraphrase", "paraphrase"},
    ["cue"] = {"groups", "wait", "notice"},
    ["check-now"] = {"queue", "ask-trip", "whole"},
    ["own-it"] = {"system", "system", "ours"},
    ["say-post"] = {"temper", "soft", "one-line"},
    ["to-director"] = {"new-girl", "nothing", "own-up"},
    ["last-word"] = {"green-light", "chengdu", "chengdu"},
}

-- How He Jun leaves, two times in three, is how he has been treated.
local function he_jun(decision)
    if decision == "close-with" and random(3) > 1 then
        return conflict_stance(trust, 3, 7, "or-else", dated and "my-half" or "my-half-open", "go-easy")
    end
end

-- Where he asks her for something, what she can give depends on how he asked.
local function answer_to_he(decision)
    local ready = trust >= 6 and conflict_explored() > conflict_heat()
    if decision == "the-date" then
        if chose("press-date/interest") or ready then
            return "date-owner"
        elseif chose("press-date/position") and random(3) == 1 then
            return "pay-first" -- pushed hard enough, she bends the rule
        end
        return "asap"
    elseif decision == "the-door-open" then
        if chose("ask-for-them/their-fear") or ready then
            return "decline"
        end
        return "wall"
    elseif decision == "slot-five" then
        if chose("let-story/see-clock") or ready then
            return "hold-it"
        elseif chose("let-story/blame-her") then
            return "hand-off"
        end
        return "hear-out"
    end
end

-- From his chair, one answer in three of the others is left to the weights: people are not machines.
function pick(decision)
    if role == "you" then
        return he_jun(decision)
    end
    local asked = answer_to_he(decision)
    if asked then
        return asked
    elseif decision == "last-word" and dated and not bent then
        return "sum"
    elseif decision == "last-word" and bent and trust >= 5 then
        return "walk-back"
    end
    local by_trust = answers[decision]
    if by_trust and random(3) > 1 then
        return conflict_stance(trust, 3, 5, by_trust[1], by_trust[2], by_trust[3])
    end
end
