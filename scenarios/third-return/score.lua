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
    ["last-chance"] = {"support", "support", "stay"},
    ["read-it"] = {"defend", "paraphrase", "paraphrase"},
    ["cue"] = {"groups", "wait", "notice"},
    ["check-now"] = {"queue", "ask-trip", "whole"},
    ["own-it"] = {"system", "system", "ours"},
    ["the-date"] = {"asap", "asap", "date-owner"},
    ["the-door-open"] = {"wall", "wall", "decline"},
    ["slot-five"] = {"hand-off", "hear-out", "hold-it"},
    ["say-post"] = {"temper", "soft", "one-line"},
    ["to-director"] = {"new-girl", "nothing", "own-up"},
    ["last-word"] = {"green-light", "chengdu", "chengdu"},
    ["the-board"] = {"meant-well", "take-rest", "my-board"},
    ["tomorrow"] = {"heed", "one-list", "one-list"},
}

-- How He Jun leaves, two times in three, is how he has been treated.
local function he_jun(decision)
    if decision == "close-with" and random(3) > 1 then
        return conflict_stance(trust, 3, 7, "or-else", "my-half", "go-easy")
    end
end

-- From his chair, one answer in three is left to the weights: people are not machines.
function pick(decision)
    if role == "you" then
        return he_jun(decision)
    end
    if decision == "last-word" and dated then
        return "sum"
    elseif decision == "last-word" and bent and trust >= 5 then
        return "walk-back"
    end
    local by_trust = answers[decision]
    if by_trust and random(3) > 1 then
        return conflict_stance(trust, 3, 5, by_trust[1], by_trust[2], by_trust[3])
    end
end
