function note_it(why) end
