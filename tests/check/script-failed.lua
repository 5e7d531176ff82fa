error("nothing works")
