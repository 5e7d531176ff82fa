-- score.lua -- what the late handover keeps count of, and how the empty chair answers.

-- From Lin Yue's chair the colleague opposite is not the same each morning: sometimes a little more, sometimes
-- a little less ready to listen.  From Cheng Lan's chair every play begins alike.
function on_start()
    if role == "lin" then
        trust = 1 + random(3)
    end
end

-- A promise with nothing behind it is counted; from the second on it costs trust.
local function count_hollow()
    local n = moves("svc:overpromise")
    if n > hollow then
        hollow = n
        if n >= 2 then
            trust = trust - 1
        end
    end
end

-- From Lin Yue's chair, these make it easier for Cheng Lan to move.
local eases = {
    ["open-with/facts"] = true,
    ["go-on/person"] = true,
    ["her-phone/one-number"] = true,
    ["own-post/withdraw"] = true,
    ["take-over/relay"] = true,
    ["tell-hemin/say-cost"] = true,
    ["state-need/need"] = true,
    ["read-sheet/say-back"] = true,
    ["press/ask-day"] = true,
}

function on_choice(option)
    if role == "cheng" then
        count_hollow()
    elseif eases[option] then
        trust = trust + 1
    end
    if option == "next-release/sign" then
        local told = chose("ask-night/open") or chose("ask-night/paraphrase")
        if listening_recall_worth(told, 1) > 0 then
            score("listening", 1, "他早上说夜里缺的那几样，这句承诺一样一样接住了。")
        end
        if conflict_heat() >= 3 then
            trust = trust - 1
        end
    elseif option == "last-word/ask-me" then
        if feedback_worth(feedback_parts(), 2 * feedback_flaws()) == 2 then
            score("feedback", 1, "今天给出去的反馈要素都齐，没有给人贴标签，最后还请对方也给自己一句。")
        end
    end
end

-- What the role nobody plays says, by the trust there is: closed, wary, open.
local answers = {
    ["open-with"] = {"label", "slip", "facts"},
    ["go-on"] = {"pile", "stop", "person"},
    ["own-post"] = {"stand", "condition", "withdraw"},
    ["steady-tang"] = {"quiz", "calm", "credit"},
    ["take-over"] = {"alone", "relay", "relay"},
    ["tell-hemin"] = {"bite", "give-in", "say-cost"},
    ["state-need"] = {"firm", "firm", "need"},
    ["read-sheet"] = {"heard-it-all", "refuse-late", "say-back"},
    ["press"] = {"jab", "sigh", "ask-day"},
    ["close-with"] = {"warning", "eased", "own-part"},

    ["first-reply"] = {"defend", "clarify", "reflect"},
    ["at-the-door"] = {"rules", "soothe", "hear"},
    ["ask-night"] = {"grill", "advise", "open"},
    ["cue"] = {"answer", "wait", "notice"},
    ["about-tang"] = {"own-story", "arrange", "hold"},
    ["who-wrote"] = {"three-ways", "clause", "own"},
    ["post-word"] = {"bully", "private", "name-shown"},
    ["emergency"] = {"ask-up", "table", "go-now"},
    ["last-word"] = {"rest", "ask-me", "ask-me"},
}

-- From Lin Yue's chair: what Cheng Lan can build on is what he has just said.
local builds_on = {
    ["the-no"] = function()
        if chose("tell-hemin/say-cost") then
            return "no-with-way"
        elseif chose("tell-hemin/give-in") then
            return "nod"
        end
        return "rulebook"
    end,
    ["answer-48"] = function()
        if chose("state-need/need") then
            return "what-for"
        elseif chose("state-need/whatever") then
            return "grant"
        end
        return "halve"
    end,
    ["next-release"] = function()
        if chose("press/ask-day") or chose("state-need/need") and trust >= 5 then
            return "sign"
        elseif trust >= 3 and not chose("next-release/soon") then
            return "soon"
        elseif trust >= 5 then
            return "trial"
        end
        return "blank-cheque"
    end,
}

-- One time in three the weights decide instead: people are not machines.
function pick(decision)
    local said = role == "lin" and builds_on[decision] and builds_on[decision]()
    if said then
        return said
    end
    local by_trust = answers[decision]
    if by_trust and random(3) > 1 then
        return conflict_stance(trust, 2, 5, by_trust[1], by_trust[2], by_trust[3])
    end
end
