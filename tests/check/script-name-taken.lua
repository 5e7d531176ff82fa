function on_start() end
function on_start() end
