local count = 0
function on_choice(option)
  count = count + 1
end
