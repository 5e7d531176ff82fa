-- Shared by the files of this folder.
function note_it(why)
  score("listening", 1, why)
end
