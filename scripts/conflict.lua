-- conflict.lua -- how hot the conversation is, and how ready the other side is to move.
--
-- Plain functions over facts passed in and the moves the trainee has made.  They hold no words for people:
-- a scenario's own script gives the reason when it scores.  Use it with <script use="conflict"/>.

-- How much fuel the trainee has put on the fire; below 0 when more was taken away than added.
-- Usage: if conflict_heat() >= 3 then mood = "angry" end
function conflict_heat()
    return 2 * moves("conf:inflame") + moves("conf:position") - moves("conf:deescalate")
end

-- How many times the trainee looked behind a position: why they want it, other ways, a common measure.
-- Usage: if conflict_explored() >= 2 then trust = trust + 1 end
function conflict_explored()
    return moves("conf:interest") + moves("conf:option") + moves("conf:criterion")
end

-- Chooses among three by a gauge: up to LOW the first, from HIGH on the third, else the second.  Useful in
-- pick(), so that a role nobody plays answers as it is treated.
-- Usage: return conflict_stance(trust, 2, 6, "shout", "wait", "offer")
function conflict_stance(level, low, high, closed, wary, open)
    if low >= level then
        return closed
    elseif level >= high then
        return open
    end
    return wary
end
