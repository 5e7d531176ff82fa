// Validates statements, one a line on standard input, by the xAPI's rules: prints what is wrong, line by line, and how many it read.
const validate = require("@learninglocker/xapi-validation").default;

let read = 0;
require("readline").createInterface({ input: process.stdin }).on("line", (line) => {
  read++;
  for (const warning of validate(JSON.parse(line)))
    console.log(`${read}: ${warning.constructor.name} at ${(warning.path || []).join(".")}: ${JSON.stringify(warning.data)}`);
}).on("close", () => console.log(`read ${read}`));
