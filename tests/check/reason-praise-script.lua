function on_choice(option)
  score("listening", 1, "Good!")
end
