-- What a script file may define, and what stays frozen once it is loaded.

-- script
local step, names = 2, {"one", "two", deep = {3}}
limit = 8
function boost(n)
    trust = trust + n * step
    return trust
end
function label(i) return names[i] or limit end
function deep() return names.deep[1] + #names end
function spoil() names[1] = "spoiled" end
function spoil_deep() names.deep[1] = 9 end
function grow() table.insert(names, "three") end
function walk() local s = "" for k, v in pairs(names) do s = s .. k .. " " end return s end
function listed() local s = "" for i, v in ipairs(names) do s = s .. v end return s .. table.concat(names, "+") end
function keep() kept = 1 end
function misspelt() trusst = 1 end
function reads_misspelt() return trusst end
function earn(points, why) score("listening", points, why) end
function loops() while true do end end
function calls(f) return f() end
function count() local n = 0 for i = 1, 3 do n = n + i end return n end
function lines()
    local x = nil

    return x.y
end
-- end
boost(1)                       -- expect: trust = 7
= boost(1)                     -- expect: script-failed [error(tostring(boost(1)))] 7
= label(2)                     -- expect: script-failed [error(tostring(label(2)))] two
= label(9)                     -- expect: script-failed [error(tostring(label(9)))] 8
= deep()                       -- expect: script-failed [error(tostring(deep()))] 5
= walk()                       -- expect: script-failed [error(tostring(walk()))] 1 2 deep…
= listed()                     -- expect: script-failed [error(tostring(listed()))] onetwoone+two
= count()                      -- expect: script-failed [error(tostring(count()))] 6
spoil()                        -- expect: script-table-frozen [function spoil() names[1] = "spoiled" end]
spoil_deep()                   -- expect: script-table-frozen [function spoil_deep() names.deep[1] = 9 end]
grow()                         -- expect: script-table-frozen [function grow() table.insert(names, "three") end]
keep()                         -- expect: script-frozen [function keep() kept = 1 end] kept
misspelt()                     -- expect: script-name-unknown [function misspelt() trusst = 1 end] trusst trust
= reads_misspelt()             -- expect: script-name-unknown [function reads_misspelt() return trusst end] trusst trust
limit = 9                      -- expect: script-frozen [limit = 9] limit
boost = nil                    -- expect: script-frozen [boost = nil] boost
earn(1, "asked first")         -- expect: listening +1 asked first
loops()                        -- expect: script-budget [function loops() while true do end end]
lines()                        -- expect: script-failed [return x.y] attempt to index a nil value (local 'x')
pcall(loops)                   -- expect: script-budget [function loops() while true do end end]
calls(function() trust = 9 end) -- expect: trust = 9
trust = calls(function() local n = 1 return function() n = n + 1 return n end end)()  -- expect: trust = 2
? boost(1) > 5                 -- expect: script-pure [trust = trust + n * step]
? label(1) == "one"            -- expect: visits = 1
bost(1)                        -- expect: code-name-unknown [bost] bost boost

-- hooks
-- script
function on_start() trust = 6 end
function on_choice(option) if option == "first/listen" then trust = trust + 1 end end
function on_end(ending) if ending == "done" then visits = 3 end end
-- end
heard = true                   -- expect: trust = 6
                               -- expect: heard = true
                               -- expect: trust = 7
                               -- expect: visits = 3

-- script
function on_choice(option) error("in " .. option) end
-- end
heard = true                   -- expect: heard = true
                               -- expect: script-failed [function on_choice(option) error("in " .. option) end] in first/listen

-- script
on_start = 5
-- end
heard = true                   -- expect: script-failed [on_start = 5] attempt to call a number value
                               -- expect: heard = true

-- what a script cannot do while it is loaded
-- script
trust = 3
-- end
heard = true                   -- expect: script-loading [trust = 3] trust

-- script
local t = trust
-- end
heard = true                   -- expect: script-loading [local t = trust] trust

-- script
score("listening", 1, "x")
-- end
heard = true                   -- expect: script-loading [score("listening", 1, "x")] score

-- script
while true do end
-- end
heard = true                   -- expect: script-budget [while true do end]

-- script
local t = {} for i = 1, 1e9 do t[i] = {} end
-- end
heard = true                   -- expect: script-memory [local t = {} for i = 1, 1e9 do t[i] = {} end]

-- script
local s = "x" while true do s = s .. s end
-- end
heard = true                   -- expect: script-text-long [local s = "x" while true do s = s .. s end]

-- script
error("not today")
-- end
heard = true                   -- expect: script-failed [error("not today")] not today

-- script
function score() end
-- end
heard = true                   -- expect: script-name-taken [function score() end] score
                               -- expect: code-read-only [score] score

-- script
function heard() end
-- end
visits = 1                     -- expect: script-loading [function heard() end] heard

-- script
string.rep = nil
-- end
visits = 1                     -- expect: script-table-frozen [string.rep = nil]

-- what would be kept between calls
-- script
local n = 0
function counts() n = n + 1 end
-- end
heard = true                   -- expect: script-keeps [n] n

-- script
local function made() local n = 0 return function() n = n + 1 return n end end
counter = made()
-- end
heard = true                   -- expect: script-keeps [n] n

-- script
local a, b = 1, {}
function f() b.x, a = 1, 2 end
-- end
heard = true                   -- expect: script-keeps [a] a

-- script
local f
function g() function f() end end
-- end
heard = true                   -- expect: script-keeps [f] f

-- script
x = coroutine
-- end
heard = true                   -- expect: script-name-unknown [x = coroutine] coroutine

-- shared scripts
-- script

-- end
-- shared
function gently(n) trust = trust + n end
-- end
gently(2)                      -- expect: trust = 7

-- shared
function on_start() trust = 1 end
-- end
heard = true                   -- expect: script-hook-shared [function on_start() trust = 1 end] on_start

-- shared
function gently(n) trust = trust + n end
-- end
-- script
function gently(n) trust = trust - n end
-- end
gently(2)                      -- expect: script-name-taken [function gently(n) trust = trust - n end] gently

-- shared
function gently(n) trust = trust + n end
-- end
-- script
function twice(n) gently(n) gently(n) end
-- end
twice(1)                       -- expect: trust = 6
                               -- expect: trust = 7

-- binary chunks and other files
-- shared

-- end
-- script
LuaS
-- end
heard = true                   -- expect: code-ends
