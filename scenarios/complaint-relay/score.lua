-- score.lua -- what the complaint keeps count of, and how the empty chair answers.

-- From Huo Yan's chair the handler opposite is not the same each morning: sometimes a little more, sometimes a
-- little less ready to listen.  From Ruan Dong's chair every play begins alike.
function on_start()
    if role == "huo" then
        trust = 2 + random(3)
    end
end

-- From Huo Yan's chair, these make it easier for Ruan Dong to move.
local eases = {
    ["open-with/facts"] = true,
    ["go-on/dates"] = true,
    ["own-mailbox/admit"] = true,
    ["ask-ji/why"] = true,
    ["steady-qin/beside"] = true,
}

-- These make it harder; what hurts by itself says so in the scenario.
local hardens = {
    ["open-with/demand"] = true,
    ["go-on/short"] = true,
    ["own-mailbox/skip"] = true,
    ["ask-ji/rank"] = true,
    ["take-no/grumble"] = true,
    ["take-no/old-slip"] = true,
}

function on_choice(option)
    if role == "ruan" then
        if option == "last-word/sum-done" and kindly then
            score("service", 1, "结果、过程、待人，三样公道都落到了实处，最后还对了一遍。")
        end
    elseif eases[option] then
        trust = trust + 1
    elseif hardens[option] then
        trust = trust - 1
    end
end

-- What the role nobody plays says, by the trust there is: closed, wary, open.
local answers = {
    ["open-with"] = {"label", "demand", "facts"},
    ["go-on"] = {"pile", "short", "dates"},
    ["own-mailbox"] = {"counter", "skip", "admit"},
    ["ask-ji"] = {"corner", "rank", "why"},
    ["take-no"] = {"grumble", "grumble", "say-back"},
    ["steady-qin"] = {"replace", "comfort", "beside"},
    ["fee-say"] = {"hush", "gift", "receipt"},
    ["tell-qiao"] = {"formal", "vow", "by-name"},
    ["rota"] = {"swap", "remind", "names"},
    ["close-with"] = {"warning", "relief", "own-half"},

    ["first-reply"] = {"ticket", "clarify", "reflect"},
    ["hold-on"] = {"same", "soothe", "hear"},
    ["cue"] = {"answer", "wait", "notice"},
    ["own-words"] = {"calm", "lounge", "face"},
    ["own-click"] = {"find-out", "folded", "mine"},
    ["to-ji"] = {"monday", "half", "what-for"},
    ["carry-no"] = {"wall", "another-way", "another-way"},
    ["deadline"] = {"next-run", "talk-through", "orders"},
    ["make-good"] = {"vip", "all-of-it", "sign-half"},
    ["one-name"] = {"hotline", "group", "mine"},
    ["words-for-qiao"] = {"not-us", "account", "sorry"},
    ["cause-field"] = {"by-form", "system", "three-lines"},
    ["last-word"] = {"in-touch", "prevent", "prevent"},
}

-- One time in three the weights decide instead: people are not machines.
function pick(decision)
    if decision == "fee-say" and owned then
        return "receipt" -- he has put his name to it; she can do her part
    end
    if decision == "agenda" then -- in one order: which comes first changes nothing that she can do
        if not chose("agenda/first-line") then
            return "first-line"
        elseif not chose("agenda/fee") then
            return "fee"
        elseif not chose("agenda/whose") then
            return "whose"
        end
        return "write-up"
    end
    local by_trust = answers[decision]
    if by_trust and random(3) > 1 then
        if 3 >= trust then
            return by_trust[1]
        elseif trust >= 6 then
            return by_trust[3]
        end
        return by_trust[2]
    end
end
