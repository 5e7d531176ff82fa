-- score.lua -- what the third return keeps count of, and how the empty chair answers.

-- From He Jun's chair the colleague opposite is not the same each day: sometimes a little more, sometimes a
-- little less ready to listen.  From Shen Jie's chair every play begins alike.
function on_start()
    if role == "he" then
        trust = 2 + random(3)
    end
end

-- The second promise with nothing behind it costs trust.  The first one he lets pass.
local hollow_words = {["the-date/asap"] = true, ["last-word/green-light"] = true}

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
    if hollow_words[option] and hollow >= 2 then
        trust = trust - 1
    elseif option == "to-director/own-up" and chose("own-it/ours") then
        score("teamwork", 1, "对何军和对总监，说的是同一件事，担的是同一个人。")
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

-- He Jun answers as he has been spoken to.  Whoever saw the phone hears the truth about it; whoever only waited may.
local function he_jun(decision)
    if decision == "open-up" and chose("cue/notice") then
        return "say-real"
    elseif decision == "take-post" and chose("say-post/one-line") then
        return "take-back"
    elseif decision == "take-post" and chose("say-post/temper") then
        return "trade"
    elseif decision == "close-with" and random(3) > 1 then
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
    end
    local by_trust = answers[decision]
    if by_trust and random(3) > 1 then
        return conflict_stance(trust, 3, 5, by_trust[1], by_trust[2], by_trust[3])
    end
end
