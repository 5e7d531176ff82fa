local t = "12345678"
for i = 1, 40 do t = t .. t end
