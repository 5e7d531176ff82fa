// inkjs.js -- inkjs, the ink runtime in JavaScript, on compiled ink.
//
//     node inkjs.js story.json PLAYS SEED [first | sessions N]
//
// Draws, counts and prints as bench.h does.  inkjs is found in the folder that the build installed it to.
'use strict';
const fs = require('fs');
const path = require('path');
const { Story } = require(path.join(process.env.INKJS || path.join(__dirname, '../node_modules/inkjs'), 'dist/ink.js'));

const FACTS = ['listening', 'feedback', 'conflict'];
const SESSION_CHOICES = 15;

function diceNew(seed) {
  return { state: (Math.imul(seed, 2654435761 | 0) + 1) >>> 0 || 1 };
}

function diceBelow(dice, n) {
  let x = dice.state;
  x = (x ^ (x << 13)) >>> 0;
  x = (x ^ (x >>> 17)) >>> 0;
  x = (x ^ (x << 5)) >>> 0;
  dice.state = x;
  return x % n;
}

const watchStart = () => ({ wall: process.hrtime.bigint(), cpu: process.cpuUsage() });

function watchSince(start) {
  const cpu = process.cpuUsage(start.cpu);
  return { wall: Number(process.hrtime.bigint() - start.wall) / 1e9, cpu: (cpu.user + cpu.system) / 1e6 };
}

const memoryKb = () => Math.round(process.memoryUsage().rss / 1024);

// Shows where the story stands and makes one choice; false at an ending.
function step(story, tally, dice) {
  while (story.canContinue) tally.text += story.Continue().trimEnd().length;
  const open = story.currentChoices;
  if (open.length === 0) return false;
  for (const choice of open) tally.text += choice.text.length;
  story.ChooseChoiceIndex(diceBelow(dice, open.length));
  tally.choices++;
  return true;
}

function plays(story, n, tally, dice) {
  for (let i = 0; i < n; i++) {
    const before = tally.choices;
    story.ResetState();
    while (step(story, tally, dice));
    for (const fact of FACTS) tally.sum = (Math.imul(tally.sum, 31) + story.variablesState[fact]) >>> 0;
    tally.sum = (Math.imul(tally.sum, 31) + (tally.choices - before)) >>> 0;
  }
}

// Stories cannot share their content, so a session is a story of its own.
function sessions(bytes, n, tally, dice) {
  const live = [];
  if (global.gc) global.gc();
  const rss = memoryKb();
  const heap = process.memoryUsage().heapUsed;
  for (let i = 0; i < n; i++) {
    const story = new Story(bytes);
    for (let k = 0; k < SESSION_CHOICES && step(story, tally, dice); k++);
    live.push(story);
  }
  if (global.gc) global.gc();
  return {
    sessions: live.length,
    choices: tally.choices,
    rss_per_session_b: Math.round(((memoryKb() - rss) * 1024) / n),
    heap_per_session_b: Math.round((process.memoryUsage().heapUsed - heap) / n),
  };
}

function main([file, count, seed, job, many]) {
  const before = memoryKb();
  const start = watchStart();
  const bytes = fs.readFileSync(file, 'utf8');
  const story = new Story(bytes);
  const tally = { choices: 0, text: 0, sum: 2166136261 };
  const dice = diceNew(Number(seed));
  if (job === 'first') return story.Continue().trimEnd();
  const load = watchSince(start);
  const rss = memoryKb();
  if (job === 'sessions') return JSON.stringify({ engine: 'inkjs', ...sessions(bytes, Number(many), tally, dice) });
  const playing = watchStart();
  plays(story, Number(count), tally, dice);
  const play = watchSince(playing);
  return JSON.stringify({
    engine: 'inkjs', plays: Number(count), choices: tally.choices, checksum: tally.sum.toString(16).padStart(8, '0'),
    text_bytes: tally.text, load_s: load.wall, load_cpu_s: load.cpu, play_s: play.wall, play_cpu_s: play.cpu,
    rss_load_kb: rss, content_kb: rss - before, load_peak_kb: rss - before,
    peak_rss_kb: process.resourceUsage().maxRSS,
  });
}

console.log(main(process.argv.slice(2)));
