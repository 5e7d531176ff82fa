function on_start()
  if turn > 3 the
  end
end
