-- A long name is as good as a short one.
function what_everybody_says_when_nobody_has_read_the_handover_note(n)
    return n + 1
end

total = what_everybody_says_when_nobody_has_read_the_handover_note(2)
what_everybody_says_when_nobody_has_read_the_handover_note = 3
