-- What only this scenario counts.
function on_choice(option)
  if option == "first/reflect" and trust > 5 then
    score("conflict", 1, "She no longer has to defend herself.")
  end
end

function pick(decision)
  return random(2) == 1 and "write" or "call"
end
