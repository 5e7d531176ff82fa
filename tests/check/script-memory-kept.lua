-- What stays after loading must fit as well.
words = {}
for i = 1, 30000 do words[i] = {i} end
