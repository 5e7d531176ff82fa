function score(a) end
