-- What is wrong is said at its place in the XML, in an author's words.

-- Lua syntax in a statement
trust = = 3                    -- expect: code-unexpected [=] =
trust =                        -- expect: code-ends
trust + 1                      -- expect: code-no-statement [+] +
trust                          -- expect: code-no-statement
if heard then trust = 1        -- expect: code-expected-end end
if heard trust = 1 end         -- expect: code-expected [trust] then trust
for i = 1 do end               -- expect: code-expected [do] , do
trust = (3 + 1                 -- expect: code-expected-end )
trust = 3 + 1)                 -- expect: code-unexpected [)] )
local x = "open                -- expect: code-string-open ["open]
local x = 'a' .. 'open         -- expect: code-string-open ['open]
local x = [[open               -- expect: code-string-open [[[open]
trust = 3x                     -- expect: code-number [3x] 3x
local x = "\q"                 -- expect: code-escape [\q] \q
break                          -- expect: code-syntax…
goto nowhere                   -- expect: code-syntax…
local x <const> = 1 x = 2      -- expect: code-syntax attempt to assign to const variable 'x'
local a = {1, 2 trust = 3      -- expect: code-expected [trust] } trust
trust = 1 end                  -- expect: code-unexpected [end] end
trust=1 end, function()        -- expect: code-unexpected [end] end
return 1 trust = 2             -- expect: code-unexpected [trust] trust
local n = 1
local m = = 2                  -- expect: code-unexpected [=] =
local n = 1
if n < 2 && heard then end     -- expect: code-foreign [&amp;&amp;] && and
local t = {n < 3 trust}        -- expect: code-name-unknown [n] n

-- ... and in a condition
? heard and                    -- expect: code-ends
? heard heard                  -- expect: code-unexpected [heard] heard
? (heard                       -- expect: code-expected-end )
? heard)                       -- expect: code-unexpected [)] )
? trust >= 3 then              -- expect: code-unexpected [then] then
? trust == "open               -- expect: code-string-open [&quot;open]

-- signs of other languages
? trust != 3                   -- expect: code-foreign [!=] != ~=
? heard && trust == 3          -- expect: code-foreign [&amp;&amp;] && and
? heard || trust == 3          -- expect: code-foreign [||] || or
? !heard                       -- expect: code-foreign [!] ! not
? trust === 3                  -- expect: code-foreign [===] === ==
? trust => 3                   -- expect: code-foreign [=>] => >=
? trust <> 3                   -- expect: code-foreign [&lt;>] <> ~=
trust += 1                     -- expect: code-foreign [+=] += x = x + 1
trust++                        -- expect: code-foreign [++] ++ x = x + 1
? heard == yes                 -- expect: code-foreign [yes] yes true
? heard == True                -- expect: code-foreign [True] True true
? heard AND trust > 3          -- expect: code-foreign [AND] AND and
? trust ＞ 3                   -- expect: code-character [＞] ＞ >
? chose（"first/push"）        -- expect: code-character [（] （ (
? mood == “calm”               -- expect: code-character [“] “ "
? trust ≥ 3                    -- expect: code-character [≥] ≥ >=
? 信任 > 3                     -- expect: code-character [信] 信

-- conditions that are none
? trust = 3                    -- expect: code-assigns [=]
? trust >= 3 -- or so          -- expect: code-comment [-- or so]
? trust                        -- expect: code-no-condition [trust] trust
? trust + 1                    -- expect: code-no-condition [trust + 1] trust + 1
? "calm"                       -- expect: code-no-condition [&quot;calm&quot;] "calm"
? score("listening", 1)        -- expect: code-effect [score] score
? go("later")                  -- expect: code-effect [go] go

-- kinds
? heard == 3                   -- expect: code-kinds [heard == 3] heard 3
? heard > false                -- expect: code-kinds [heard > false] heard false
? trust == "3"                 -- expect: code-kinds [trust == &quot;3&quot;] trust "3"
? mood == 1                    -- expect: code-kinds [mood == 1] mood 1
? 3 > trust > 1                -- expect: code-kinds [3 > trust > 1] 3 > trust 1
? not mood == "calm"           -- expect: code-not [mood] mood
? not trust                    -- expect: code-not [trust] trust
? mood == "clam"               -- expect: code-value-unknown [&quot;clam&quot;] clam mood calm, tense
? role == "she"                -- expect: code-role-unknown [&quot;she&quot;] she
heard = 1                      -- expect: code-set-flag [1] heard 1
trust = true                   -- expect: code-set-number [true] trust true
trust = trust == 1             -- expect: code-set-number [trust == 1] trust trust == 1
mood = 2                       -- expect: code-set-word [2] mood 2
mood = "angry"                 -- expect: code-value-unknown ["angry"] angry mood calm, tense

-- names
? trst > 3                     -- expect: code-name-unknown [trst] trst trust
? herd                         -- expect: code-name-unknown [herd] herd heard
trust = trst + 1               -- expect: code-name-unknown [trst] trst trust
trst = 3                       -- expect: code-name-unknown [trst] trst trust
xyzzyxyzzy = 3                 -- expect: code-name-unknown [xyzzyxyzzy] xyzzyxyzzy
local a, b = 1, 2 trust = a + b + c  -- expect: code-name-unknown [c] c
for i = 1, 2 do trust = i end trust = i  -- expect: code-name-unknown [i] i
local t = {trst = 1} trust = t.trst      -- expect: trust = 1
local function f(a) return a end trust = f(a)  -- expect: code-name-unknown [a] a
trust = ("x"):reep(3)          -- expect: script-failed…
turn = 3                       -- expect: code-read-only [turn] turn
role = "he"                    -- expect: code-read-only [role] role
function helper() end          -- expect: script-frozen [function helper() end] helper
goto done do trust = 1 end ::done:: visits = 1  -- expect: visits = 1

-- ids
? seen("openin")               -- expect: code-scene-unknown [&quot;openin&quot;] openin opening
? seen("xyzzy")                -- expect: code-scene-unknown [&quot;xyzzy&quot;] xyzzy
? chose("first/lisen")         -- expect: code-option-unknown [&quot;first/lisen&quot;] first/lisen first/listen
? chose("frist/listen")        -- expect: code-option-unknown [&quot;frist/listen&quot;] frist/listen first/listen
? chose("pusj")                -- expect: code-option-unknown [&quot;pusj&quot;] pusj push
? times("push") == 0           -- expect: visits = 1
? times('push') == 0           -- expect: visits = 1
? times "push" == 0            -- expect: visits = 1
? moves("svc:overpromis") > 0  -- expect: code-move-unknown [&quot;svc:overpromis&quot;] svc:overpromis svc:overpromise
? points("listenin") > 0       -- expect: code-competency-unknown [&quot;listenin&quot;] listenin listening
score("listenin", 1, "x")      -- expect: code-competency-unknown ["listenin"] listenin listening
go("latr")                     -- expect: code-scene-unknown ["latr"] latr later
? chose("first/" .. "push")    -- expect: code-id-literal [chose] chose
? seen(role)                   -- expect: code-id-literal [seen] seen
local s = seen                 -- expect: code-id-literal [seen] seen
local f = score f("listening", 1)  -- expect: code-id-literal [score] score
go(("later"))                  -- expect: code-id-literal [go] go
