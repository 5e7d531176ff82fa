-- Facts as bare names: what they read as, what they take.

trust = trust + 2                          -- expect: trust = 7
trust = trust + 200                        -- expect: trust = 10
trust = -5                                 -- expect: trust = 0
heard = true                               -- expect: heard = true
heard = not heard                          -- expect: heard = true
mood = "tense"                             -- expect: mood = tense
visits = visits + 1 visits = visits + 1    -- expect: visits = 1
                                           -- expect: visits = 2
trust = trust                              -- expect: nothing
trust = math.floor(7.9)                    -- expect: trust = 7
trust = 6.0 trust = math.abs(trust)        -- expect: trust = 6
local n = 3 for i = 1, n do trust = i end  -- expect: trust = 1
                                           -- expect: trust = 2
                                           -- expect: trust = 3
? heard or trust == 5 and mood == "calm"   -- expect: visits = 1
? heard and math.abs(trust) == 5           -- expect: nothing
= turn                                     -- expect: script-failed [error(tostring(turn))] 1
= role                                     -- expect: script-failed [error(tostring(role))] you
= type(answer)                             -- expect: script-failed [error(tostring(type(answer)))] string

-- what they do not take
trust = 1.5 + math.abs(0)                  -- expect: script-number [trust = 1.5 + math.abs(0)] trust 1.5
trust = 1e308 * 1                          -- expect: script-number [trust = 1e308 * 1] trust 1e+308
trust = 0/0                                -- expect: script-number [trust = 0/0] trust…
trust = math.huge                          -- expect: script-number [trust = math.huge] trust inf
trust = tostring(5)                        -- expect: script-number [trust = tostring(5)] trust "5"
trust = math.maxinteger                    -- expect: trust = 10
trust = nil                                -- expect: script-number [trust = nil] trust nil
heard = math.abs(1)                        -- expect: script-flag [heard = math.abs(1)] heard 1
mood = ("angry"):lower()                   -- expect: script-word [mood = ("angry"):lower()] mood "angry" calm, tense
trust = {}                                 -- expect: script-number [trust = {}] trust table

-- a failing statement leaves nothing behind
trust = 9 heard = math.abs(1)              -- expect: script-flag [trust = 9 heard = math.abs(1)] heard 1
score("listening", 1, "x") error("no")     -- expect: script-failed [score("listening", 1, "x") error("no")] no

-- of several lines, the one that failed is shown
local a = 1
local b = nil
trust = a + b                              -- expect: script-failed [trust = a + b] attempt to perform arithmetic on a nil value (local 'b')

-- functions of the play
score("listening", 2, "heard them out")    -- expect: listening +2 heard them out
score("listening", 1)                      -- expect: listening +1
score("listening", 3, "too many")          -- expect: script-range [score("listening", 3, "too many")] score(…, points) -2 2
score("listening", 1, 7)                   -- expect: script-text [score("listening", 1, 7)] score(…, …, why)
go("later")                                -- expect: go later
trust = random(1)                          -- expect: draw 1 of 1
                                           -- expect: trust = 1
trust = random(0)                          -- expect: script-range [trust = random(0)] random(n) 1 100
trust = random(101)                        -- expect: script-range [trust = random(101)] random(n) 1 100
trust = random("3")                        -- expect: script-range [trust = random("3")] random(n) 1 100
= points("listening")                      -- expect: script-failed [error(tostring(points("listening")))] 0
= seen("opening")                          -- expect: script-failed [error(tostring(seen("opening")))] true
= seen("later")                            -- expect: script-failed [error(tostring(seen("later")))] false
= chose("first/push")                      -- expect: script-failed [error(tostring(chose("first/push")))] false
= times("first/listen")                    -- expect: script-failed [error(tostring(times("first/listen")))] 1
= moves("svc:overpromise")                 -- expect: script-failed [error(tostring(moves("svc:overpromise")))] 0
? math.abs(trust)                          -- expect: script-condition [math.abs(trust)] 5
? tostring(trust)                          -- expect: script-condition [tostring(trust)] "5"
? nil                                      -- expect: nothing
