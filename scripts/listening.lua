-- listening.lua -- what the conversation so far says about listening.
--
-- Plain functions over the moves the trainee has made.  They hold no words for people: a scenario's own
-- script gives the reason when it scores.  Use it with <script use="listening"/>.

-- How many times something the other person said or felt was given back.
-- Usage: if listening_given_back() >= 3 then trust = trust + 1 end
function listening_given_back()
    return moves("listen:reflect-feeling") + moves("listen:paraphrase")
        + moves("listen:summarise") + moves("listen:recall")
end

-- How many times the way to the other person was blocked.
-- Usage: <goto next="closed" when="listening_blocks() >= 3"/>
function listening_blocks()
    return moves("listen:advise") + moves("listen:defend") + moves("listen:minimise")
        + moves("listen:interrogate") + moves("listen:redirect") + moves("listen:blame")
end

-- What it is worth to come back to something: nothing unless it was really heard before.
-- Usage: local worth = listening_recall_worth(heard, 1)
--        if worth > 0 then score("listening", worth, "...") end
function listening_recall_worth(was_heard, worth)
    if was_heard then
        return worth
    end
    return 0
end
