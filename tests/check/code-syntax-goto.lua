function on_start()
  goto nowhere
end
