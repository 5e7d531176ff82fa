local now = turn
