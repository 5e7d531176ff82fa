-- feedback.lua -- what the conversation so far says about giving feedback.
--
-- Plain functions over the moves the trainee has made.  They hold no words for people: a scenario's own
-- script gives the reason when it scores.  Use it with <script use="feedback"/>.

local function once(times)
    if times > 0 then
        return 1
    end
    return 0
end

-- How many of the five parts have been heard at least once: situation, behaviour, impact, request, invitation.
-- Usage: if feedback_parts() >= 4 then trust = trust + 1 end
function feedback_parts()
    return once(moves("fb:situation")) + once(moves("fb:behaviour")) + once(moves("fb:impact"))
        + once(moves("fb:request")) + once(moves("fb:invite"))
end

-- How many times feedback went wrong: too general, a label, vague, a threat, or wrapped in praise.
-- Usage: <line who="junior" when="feedback_flaws() == 0">Thanks for saying it like that.</line>
function feedback_flaws()
    return moves("fb:overgeneral") + moves("fb:judgement") + moves("fb:vague")
        + moves("fb:ultimatum") + moves("fb:sandwich")
end

-- What so many parts and flaws are worth together, from -2 to 2.
-- Usage: local worth = feedback_worth(feedback_parts(), feedback_flaws())
function feedback_worth(parts, flaws)
    local n = parts - flaws
    if n >= 4 then
        return 2
    elseif n >= 2 then
        return 1
    elseif n == 1 then
        return 0
    elseif n == 0 then
        return -1
    end
    return -2
end
