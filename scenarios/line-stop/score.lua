-- score.lua -- what line-stop keeps count of, and how the empty chair answers.

-- From Ravi's chair the colleagues opposite are not the same each morning: sometimes a little more, sometimes
-- a little less ready to talk.  From Nadia's chair every play begins alike.
function on_start()
    if role == "ravi" then
        trust = 2 + random(3)
    end
end

-- From Ravi's chair, these make it easier or harder for the others to move.
local worth = {
    ["stop-words/facts"] = 1,
    ["stop-words/label"] = -1,
    ["hear-nadia/reflect"] = 1,
    ["hear-nadia/quiz"] = -1,
    ["beside-valve/guard"] = 1,
    ["beside-valve/shut"] = -1,
    ["try-start/speak"] = 1,
    ["own-inbox/mine"] = 1,
    ["own-inbox/rule"] = -1,
    ["to-samir/cost"] = 1,
    ["to-samir/wall"] = -1,
    ["release/walk-over"] = 1,
    ["release/cover"] = -1,
    ["tell-nadia/fuller"] = 1,
    ["tell-nadia/label"] = -2,
    ["turned-back/mine"] = 1,
    ["turned-back/defend"] = -1,
    ["night-rule/phone"] = 1,
    ["night-rule/yours"] = -2,
}

function on_choice(option)
    loops = moves("team:close-loop")
    if role == "ravi" then
        trust = trust + (worth[option] or 0)
        if option == "night-rule/phone" then
            rule = true
        end
    end
    if option == "own-half/mine" then
        if asked then
            score("listening", 1, "On the phone in the morning he broke off in mid-sentence; this comes back to it.")
        end
    elseif option == "hand-over/loop" then
        if chose("own-half/mine") then
            score("feedback", 1, "He had said what he needed: to be looked at, and to say it back. Here he gets both.")
        end
    end
end

-- What the role nobody plays says, by the trust there is: closed, wary, open.
local answers = {
    ["stop-words"] = {"label", "vague", "facts"},
    ["hear-nadia"] = {"quiz", "small", "reflect"},
    ["beside-valve"] = {"soothe", "guard", "guard"},
    ["own-inbox"] = {"rule", "short", "mine"},
    ["to-samir"] = {"wall", "soft", "cost"},
    ["release"] = {"cover", "thumb", "walk-over"},
    ["night-rule"] = {"yours", "form", "phone"},

    ["first-reply"] = {"blame", "own", "own"},
    ["at-the-radio"] = {"rule", "small", "goal"},
    ["lock-words"] = {"shortcut", "leave-it", "say-back"},
    ["the-truck"] = {"let-go", "not-mine", "other-lot"},
}

local function by_trust(closed, wary, open)
    if trust <= 3 then
        return closed
    elseif trust >= 6 then
        return open
    end
    return wary
end

-- One time in three the weights decide instead: people are not machines.
function pick(decision)
    local three = answers[decision]
    if three and random(3) > 1 then
        return by_trust(three[1], three[2], three[3])
    end
end
