// Drives a real Chromium through the pages of a room, with scripts and without.  Prints `ok NAME` or `FAILED NAME: why` for
// each test, and `done`.  Arguments choose tests by a part of their name.  Pictures of every page go to $B/web/shots.
'use strict'
const assert = require('assert')
const { spawn } = require('child_process')
const fs = require('fs')
const os = require('os')
const path = require('path')
const readline = require('readline')
const jsQR = require('jsqr')
const { chromium } = require('playwright-core')
const { Workshop } = require('./wall.js')

const BUILD = path.resolve(process.env.B)
const SHOTS = BUILD + '/web/shots'
const FLAGS = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']
const SMALL = { width: 360, height: 640 }
const tests = {}
let browser, scriptless // as two people set theirs

// ---- a room -----------------------------------------------------------------------------------------------------------

class Room {
  constructor (args) {
    this.process = spawn(BUILD + '/web/room', args)
    this.lines = []
    this.waiting = []
    this.facts = {}
    readline.createInterface({ input: this.process.stdout }).on('line', line => {
      const [word, ...rest] = line.split(' ')
      this.facts[word] = rest.join(' ')
      if (['joined', 'voted', 'named', 'said', 'pressed'].includes(word)) this.lines.push(line)
      this.waiting = this.waiting.filter(w => w.word !== word || (w.done(rest.join(' ')), false))
    })
  }

  static async open (...args) {
    const room = new Room(args)
    await room.after('published')
    room.url = 'http://' + room.facts.address + '/'
    return room
  }

  after (word) { return new Promise(done => this.waiting.push({ word, done })) }
  say (command) { this.process.stdin.write(command + '\n') }
  async show (command) { const shown = this.after('published'); this.say(command); await shown }
  async look () { const seen = this.after('seen'); this.say('look'); return seen }
  async heard () { await this.look(); return this.lines.splice(0) }
  async kill () { const gone = new Promise(done => this.process.on('exit', done)); this.process.kill('SIGKILL'); await gone }
  async close () {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return
    const gone = new Promise(done => this.process.on('exit', done))
    this.process.stdin.end()
    assert.strictEqual(await gone, 0, 'the room ended badly')
  }
}

// Runs BODY with a room and phones; fails on any complaint of a page, and on any request that goes elsewhere.
async function inRoom (args, body) { return withPhones(await Room.open(...args), body) }

async function withPhones (room, body) {
  const contexts = []
  const complaints = []
  let minding = true
  const phone = async (options = {}) => {
    const { scripts = true, ...more } = options
    const context = await (scripts ? browser : scriptless).newContext({ viewport: SMALL, deviceScaleFactor: 1.5, isMobile: true, hasTouch: true, locale: 'en-GB', ...more })
    contexts.push(context)
    context.on('page', page => {
      page.on('pageerror', e => complaints.push(String(e)))
      page.on('dialog', d => complaints.push('dialog ' + d.message()))
      page.on('console', m => { if (minding && m.type() === 'error') complaints.push(m.text()) })
      page.on('request', r => { if (!r.url().startsWith(room.url)) complaints.push('asked for ' + r.url()) })
    })
    const page = await context.newPage()
    await page.goto(room.url)
    return page
  }
  try {
    await body({ room, phone, mind: is => { minding = is } })
    assert.deepStrictEqual(complaints, [])
  } finally {
    for (const c of contexts) await c.close()
    await room.close()
  }
}

async function join (page) { await page.click('button:has-text("Join"), button:has-text("加入")'); await page.waitForSelector('#n', { state: 'attached' }) }
const option = n => `button[name=o][value="${n}"]`
const pressed = n => option(n) + '[aria-pressed=true]'
const heading = page => page.textContent('h1')
const until = (page, words) => page.waitForFunction(w => document.querySelector('main').textContent.includes(w), words)
const sleep = ms => new Promise(done => setTimeout(done, ms))

async function vote (page, n) { await page.tap(option(n)); await page.waitForSelector(pressed(n)) }

// ---- with scripts -----------------------------------------------------------------------------------------------------

tests.votes_and_changes_them = () => inRoom([], async ({ room, phone }) => {
  const page = await phone()
  await join(page)
  await room.show('vote 1')
  await page.waitForSelector(option(1)) // by itself
  await vote(page, 2)
  await vote(page, 3)
  await page.tap('button:has-text("Take it back")')
  await page.waitForSelector(pressed(3), { state: 'detached' })
  await vote(page, 1)
  assert.deepStrictEqual(await room.heard(), ['joined 1', 'voted 1 1 2', 'voted 1 1 3', 'voted 1 1 0', 'voted 1 1 1'])
  await until(page, '1 of 1 has answered')
  await room.show('reveal')
  await until(page, 'This was said.')
  await room.show('home')
  await until(page, 'What the other side knew')
})

tests.reload_back_and_two_tabs = () => inRoom([], async ({ room, phone }) => {
  const page = await phone()
  await join(page)
  await room.show('vote 1')
  await vote(page, 2)
  await page.reload()
  await page.waitForSelector(pressed(2))
  const other = await page.context().newPage()
  await other.goto(room.url)
  await other.waitForSelector(pressed(2))
  await vote(other, 1)
  await page.waitForSelector(pressed(1)) // the first tab follows
  await page.goto(room.url + 'zh')
  await page.waitForSelector('html[lang="zh-CN"]')
  await page.goBack()
  await page.waitForSelector(pressed(1))
  await page.goForward()
  await page.waitForSelector(pressed(1))
  await room.show('reveal')
  await until(other, 'your vote')
  assert.deepStrictEqual(await room.heard(), ['joined 1', 'voted 1 1 2', 'voted 1 1 1'])
})

tests.two_taps_are_one_vote = () => inRoom([], async ({ room, phone }) => {
  const page = await phone()
  await page.dblclick('button:has-text("Join")')
  await page.waitForSelector('#n', { state: 'attached' })
  await room.show('vote 1')
  await page.waitForSelector(option(1))
  await page.evaluate(() => { for (const v of [1, 2, 1, 2, 3]) document.querySelector(`button[name=o][value="${v}"]`).click() })
  await page.waitForSelector(pressed(3))
  await sleep(200)
  const heard = await room.heard()
  assert.strictEqual(heard[0], 'joined 1')
  assert.strictEqual(heard.at(-1), 'voted 1 1 3')
  assert.ok(heard.length <= 4, heard.join())
})

tests.offline_and_back = () => inRoom([], async ({ room, phone, mind }) => {
  const page = await phone()
  await join(page)
  await room.show('vote 1')
  await vote(page, 1)
  mind(false) // a browser reports a request that failed
  await page.context().setOffline(true)
  await page.waitForSelector('#net:not([hidden])')
  await page.tap(option(2))
  await sleep(2500)
  assert.deepStrictEqual(await room.heard(), ['joined 1', 'voted 1 1 1'])
  await page.context().setOffline(false)
  await page.waitForSelector(pressed(2))
  await page.waitForSelector('#net[hidden]', { state: 'attached' })
  assert.deepStrictEqual(await room.heard(), ['voted 1 1 2'])
  await page.context().setOffline(true)
  await page.tap(option(3))
  await room.show('reveal') // meanwhile the room goes on
  await sleep(300)
  await page.context().setOffline(false)
  await until(page, 'closed meanwhile')
  await until(page, 'This was said.')
  assert.deepStrictEqual(await room.heard(), [])
})

tests.the_laptop_dies_and_comes_back = () => inRoom([], async ({ room, phone, mind }) => {
  const page = await phone()
  await join(page)
  await room.show('vote 1')
  await vote(page, 2)
  const other = await phone()
  await join(other)
  mind(false)
  await room.kill()
  await page.waitForSelector('#net:not([hidden])', { timeout: 15000 })
  await page.tap(option(3))
  await sleep(500)
  const again = await Room.open('--secret', room.facts.secret, '--voters', '2', '--port', room.facts.address.split(':')[1])
  try {
    again.say('kept 1 1 2')
    await again.show('vote 1')
    await page.waitForSelector(pressed(3), { timeout: 15000 })
    await page.waitForSelector('#net[hidden]', { state: 'attached' })
    await vote(other, 1)
    assert.deepStrictEqual((await again.heard()).sort(), ['voted 1 1 3', 'voted 2 1 1'])
  } finally {
    await again.close()
  }
})

tests.a_network_that_says_nothing = () => inRoom([], async ({ room, phone, mind }) => {
  const page = await phone()
  await page.clock.install()
  await page.goto(room.url)
  await join(page)
  await room.show('vote 1')
  await page.waitForSelector(option(1))
  mind(false)
  room.process.kill('SIGSTOP')
  await page.tap(option(2))
  await sleep(300)
  await page.clock.fastForward(9000)
  await page.waitForSelector('#net:not([hidden])')
  room.process.kill('SIGCONT')
  await page.clock.fastForward(2500)
  await page.waitForSelector(pressed(2))
  assert.ok((await room.heard()).every(l => l === 'joined 1' || l === 'voted 1 1 2'))
})

tests.sleeps_and_wakes = () => inRoom([], async ({ room, phone }) => {
  const page = await phone()
  await join(page)
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Page.setWebLifecycleState', { state: 'frozen' })
  await room.show('vote 1')
  await sleep(500)
  await cdp.send('Page.setWebLifecycleState', { state: 'active' })
  await page.waitForSelector(option(1))
  await vote(page, 1)
})

tests.comes_late = () => inRoom([], async ({ room, phone }) => {
  await room.show('vote 1')
  const page = await phone()
  assert.strictEqual(await heading(page), 'Join in from this phone')
  await join(page)
  await vote(page, 3)
  assert.deepStrictEqual(await room.heard(), ['joined 1', 'voted 1 1 3'])
})

tests.what_is_typed_stays = () => inRoom([], async ({ room, phone }) => {
  const page = await phone()
  await join(page)
  await room.show('form')
  await page.fill('textarea[name=i-plus]', 'He asked')
  await page.check('input[name=i-sure][value="4"]', { force: true })
  const other = await page.context().newPage() // sends something else of the same phone: the page is told
  await other.goto(room.url)
  await other.check('input[name=i-from][value="2"]', { force: true })
  await other.click('button.g')
  await until(other, 'Sent.')
  await until(page, 'Sent.')
  assert.strictEqual(await page.inputValue('textarea[name=i-plus]'), 'He asked')
  assert.ok(await page.isChecked('input[name=i-sure][value="4"]'))
  await page.type('textarea[name=i-plus]', ' first.')
  await page.click('button.g')
  await page.waitForFunction(() => document.querySelector('textarea').defaultValue === 'He asked first.')
  assert.ok((await room.heard()).includes('said 1 plus He asked first.'))
  await room.show('home')
  await page.waitForSelector('textarea[name=w]')
  await page.fill('textarea[name=w]', 'Which day, and who?')
  await page.click('button:has-text("Keep my sentence")')
  await until(page, 'Kept on this phone.')
  await page.reload()
  assert.strictEqual(await page.inputValue('textarea[name=w]'), 'Which day, and who?')
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('a[href="/keep"]')])
  assert.strictEqual(download.suggestedFilename(), 'rehearse.html')
  const kept = fs.readFileSync(await download.path(), 'utf8')
  assert.ok(kept.includes('Which day, and who?') && kept.includes('Thursday. Good.'))
  assert.ok(!(await room.heard()).some(l => l.includes('sentence')))
})

tests.composing_is_not_disturbed = () => inRoom([], async ({ room, phone }) => {
  const page = await phone()
  await join(page)
  await room.show('form')
  const cdp = await page.context().newCDPSession(page)
  await page.focus('textarea[name=i-plus]')
  await cdp.send('Input.imeSetComposition', { text: 'ta xian', selectionStart: 7, selectionEnd: 7 })
  await room.show('break')
  await sleep(300)
  assert.ok(await page.isVisible('textarea[name=i-plus]'))
  await cdp.send('Input.insertText', { text: '他先问了' })
  await until(page, '10:40')
})

tests.facilitators_phone = () => inRoom([], async ({ room, phone, mind }) => {
  const page = await phone()
  const desk = 'http://' + room.facts.desk.slice(7)
  await room.show('vote 1')
  await page.goto(desk)
  assert.strictEqual(page.url(), room.url + 'f') // the code does not stay in the address
  await until(page, 'Wait five seconds')
  await page.fill('input[name=w]', 'a12 b')
  const guest = await phone()
  await join(guest)
  await vote(guest, 3)
  await page.waitForFunction(() => document.querySelectorAll('main li strong')[2].textContent === '1')
  assert.strictEqual(await page.inputValue('input[name=w]'), 'a12 b') // counts go on beside it
  await page.type('input[name=w]', '7 c4')
  await page.click('button:has-text("Enter")')
  await page.waitForFunction(() => document.querySelector('input[name=w]').value === '')
  await page.tap('button:has-text("Reveal")')
  await sleep(200)
  assert.deepStrictEqual((await room.heard()).filter(l => l.startsWith('pressed')), ['pressed 104 a12 b7 c4', 'pressed 114 '])
  await guest.goto(room.url + 'f')
  assert.ok(!(await guest.content()).includes('Wait five seconds'))
  mind(false) // 403
  await guest.fill('input[name=code]', 'AAAAAAAAAAAAAAAAAAAAAAAAAA')
  await guest.click('button.g')
  await until(guest, 'not the code')
})

tests.a_hostile_scenario = () => inRoom(['--hostile'], async ({ room, phone }) => {
  const page = await phone()
  await join(page)
  for (const command of ['vote 1', 'discuss', 'reveal', 'home']) {
    await room.show(command)
    await sleep(100)
    await page.goto(room.url)
    await sleep(50)
    assert.strictEqual(await page.evaluate(() => window.bad), undefined)
    assert.strictEqual(await page.evaluate(() => document.querySelectorAll('img,main script,main svg[onload]').length), 0)
  }
  await room.show('vote 2')
  await vote(page, 1)
  assert.strictEqual(await page.evaluate(() => window.bad), undefined)
})

tests.chinese = () => inRoom([], async ({ room, phone }) => {
  const page = await phone({ locale: 'zh-CN' })
  assert.strictEqual(await heading(page), '用这部手机参加')
  await join(page)
  await room.show('vote 1')
  await until(page, '你说什么？')
  await page.tap('header a')
  await until(page, 'What do you say?')
  await vote(page, 1)
  await page.reload()
  assert.strictEqual(await page.getAttribute('html', 'lang'), 'en')
})

// ---- without scripts --------------------------------------------------------------------------------------------------

tests.without_scripts = () => inRoom([], async ({ room, phone, mind }) => {
  const page = await phone({ scripts: false })
  await page.tap('button:has-text("Join")')
  await page.waitForURL(room.url)
  await page.waitForSelector('text=You are in.')
  await page.waitForSelector('noscript a') // "Look again"
  await room.show('vote 1')
  await page.waitForSelector(option(1), { timeout: 15000 }) // by its refresh
  await page.tap(option(2))
  await page.waitForSelector(pressed(2))
  await page.tap(option(3))
  await page.waitForSelector(pressed(3))
  await page.reload()
  await page.waitForSelector(pressed(3))
  await page.goto(room.url + 'f')
  await page.goBack()
  await page.waitForSelector(pressed(3))
  await room.show('again 2')
  mind(false) // 409
  await page.tap(option(1)) // of the round before
  await page.waitForSelector('text=closed meanwhile')
  await page.tap(option(1))
  await page.waitForSelector(pressed(1))
  await room.show('reveal')
  await page.waitForSelector('text=This was said.', { timeout: 15000 })
  await room.show('form')
  await page.waitForSelector('textarea', { timeout: 15000 })
  await page.fill('textarea[name=i-plus]', '好')
  await page.tap('label:has(input[name=i-sure][value="5"])')
  await page.click('button.g')
  await page.waitForSelector('text=Sent.')
  await room.show('home')
  await page.tap('noscript a')
  await page.waitForSelector('text=What the other side knew')
  await page.fill('textarea', 'Which day?')
  await page.click('button:has-text("Keep my sentence")')
  await page.waitForSelector('text=Kept on this phone.')
  assert.strictEqual(await page.inputValue('textarea'), 'Which day?')
  assert.deepStrictEqual(await room.heard(), ['joined 1', 'voted 1 1 2', 'voted 1 1 3', 'voted 1 2 1', 'said 1 sure 5', 'said 1 from ', 'said 1 plus 好', 'said 1 delta '])
})

tests.a_nickname_without_scripts = () => inRoom(['--identity', 'nick'], async ({ room, phone, mind }) => {
  const one = await phone({ scripts: false })
  const two = await phone()
  for (const page of [one, two]) {
    await page.click('button:has-text("Join")')
    await page.fill('input[name=n]', 'Ana')
    mind(page === one)
    await page.click('button.g')
  }
  await until(two, 'Somebody here has this name')
  await two.fill('input[name=n]', '<i>Bo</i>')
  await two.click('button.g')
  await until(two, 'You are in.')
  assert.deepStrictEqual(await room.heard(), ['joined 1', 'named 1 Ana', 'joined 2', 'named 2 <i>Bo</i>'])
})

// ---- the real program -------------------------------------------------------------------------------------------------

tests.a_real_workshop = async () => withPhones(await Workshop.open('--lang', 'en'), async ({ room, phone, mind }) => {
  assert.strictEqual(room.scan(), 'HTTP://127.0.0.1:' + room.port + '/')
  const one = await phone()
  const two = await phone({ locale: 'zh-CN', scripts: false })
  await join(one)
  await two.tap('button:has-text("加入")')
  await room.until('2 people in the room')
  await room.press('Space') // the warm-up
  await one.waitForSelector(option(1))
  await vote(one, 2)
  await vote(one, 1)
  await one.reload()
  await one.waitForSelector(pressed(1))
  await two.waitForSelector(option(2), { timeout: 15000 })
  await two.tap(option(2))
  await two.waitForSelector(pressed(2))
  await room.until('2 of 2 have answered')
  mind(false)
  await one.context().setOffline(true)
  await one.tap(option(3))
  await sleep(300)
  await one.context().setOffline(false)
  await one.waitForSelector(pressed(3))
  mind(true)
  await room.until('2 of 2 have answered')
  await room.press('r')
  await until(one, 'your vote')
  await two.waitForSelector('text=您的一票', { timeout: 15000 })
  mind(false)
  await room.press('o') // the network goes: one key, and hands go on
  await one.waitForSelector('#net:not([hidden])', { timeout: 15000 })
  await room.press('o')
  await one.waitForSelector('#net[hidden]', { state: 'attached', timeout: 15000 })
  await until(one, 'your vote')
  mind(true)
  for (let i = 0; i < 80 && !room.text().includes('One sentence you will try'); i++) { // the facilitator plays it alone
    if (room.text().includes('Which letter?')) await room.press('a', 'Enter')
    else await room.press(/The ending|Looking back|Back/.test(room.text().slice(0, 90)) ? 'Space' : 's')
  }
  await until(one, 'What the other side knew')
  await one.fill('textarea[name=w]', 'Which day?')
  await one.click('button:has-text("Keep my sentence")')
  await until(one, 'Kept on this phone.')
  await picture(one, 'real-home')
  await two.tap('noscript a')
  await two.waitForSelector('text=对方当时的处境')
})

tests.both_codes_of_a_wall = async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rehearse-'))
  fs.writeFileSync(folder + '/password', 's;e,c\\r:e"t\n')
  const room = await Workshop.open('--lang', 'zh-CN+en', '--wifi', '会议室;"3"', '--wifi-password', folder + '/password')
  try {
    const seen = new Set()
    for (const end = Date.now() + 25000; seen.size < 2 && Date.now() < end; await sleep(300)) { // in turn, where there is no room for two
      const read = room.scan()
      if (read) seen.add(read)
    }
    assert.deepStrictEqual([...seen].sort(), [`HTTP://127.0.0.1:${room.port}/`, 'WIFI:T:WPA;S:会议室\\;\\"3\\";P:s\\;e\\,c\\\\r\\:e\\"t;;'])
    assert.ok(!room.text().includes('s;e,c'))
  } finally {
    await room.close()
    fs.rmSync(folder, { recursive: true })
  }
}

// ---- how it looks -----------------------------------------------------------------------------------------------------

// Text whose contrast is under AA, controls whose edge is, or under 44 pixels, fields without a name, and what sticks out.
function faults () {
  const bad = []
  const rgb = s => { const n = s.match(/[\d.]+/g).map(Number); return n.length < 4 ? [...n, 1] : n }
  const light = c => { const [r, g, b] = c.slice(0, 3).map(v => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4 }); return 0.2126 * r + 0.7152 * g + 0.0722 * b }
  const behind = e => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c[3] > 0.99) return c } return [255, 255, 255, 1] }
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement
    if (!walk.currentNode.data.trim() || !e.offsetParent || e.closest('script,noscript,[hidden]')) continue
    const style = getComputedStyle(e)
    const [a, b] = [light(rgb(style.color)), light(behind(e))].sort((x, y) => y - x)
    const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700)
    if ((a + 0.05) / (b + 0.05) < (large ? 3 : 4.5)) bad.push('contrast ' + ((a + 0.05) / (b + 0.05)).toFixed(2) + ' of ' + walk.currentNode.data.slice(0, 30))
  }
  document.querySelectorAll('a,button,select,textarea,input:not([type=hidden])').forEach(e => {
    const target = e.closest('label') && ['radio', 'checkbox'].includes(e.type) ? e.closest('label') : e
    const box = target.getBoundingClientRect()
    if (box.height && (box.height < 44 || box.width < 44)) bad.push('small ' + e.outerHTML.slice(0, 60) + ' ' + box.width + 'x' + box.height)
    if (box.right > innerWidth + 0.5 || box.left < -0.5) bad.push('sticks out: ' + e.outerHTML.slice(0, 60))
    const shape = e.closest('.s') ? e.nextElementSibling : e
    const look = getComputedStyle(shape)
    const around = behind(shape.parentElement)
    const part = c => { const [a, b] = [light(c), light(around)].sort((x, y) => y - x); return (a + 0.05) / (b + 0.05) }
    const own = rgb(look.backgroundColor)
    if (e.tagName !== 'A' && look.appearance !== 'auto' && Math.max(part(rgb(look.borderTopColor)), own[3] > 0.99 ? part(own) : 1) < 3) bad.push('an edge that is hard to see: ' + e.outerHTML.slice(0, 60))
    if (!['A', 'BUTTON'].includes(e.tagName) && !e.labels.length) bad.push('no label: ' + e.outerHTML.slice(0, 60))
  })
  if (document.documentElement.scrollWidth > innerWidth) bad.push('wider than the screen')
  if (document.querySelectorAll('h1').length !== 1) bad.push('not one h1')
  return bad
}

const STATES = ['lobby', 'vote 1', 'voted', 'wait', 'discuss', 'reveal', 'form', 'home', 'break', 'wall']

async function picture (page, name) {
  await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true })
  assert.deepStrictEqual(await page.evaluate(faults), [], name)
}

for (const [locale, colorScheme] of [['en-GB', 'light'], ['zh-CN', 'dark'], ['en-GB', 'dark'], ['zh-CN', 'light']]) {
  tests[`looks_${locale}_${colorScheme}`] = () => inRoom([], async ({ room, phone }) => {
    const page = await phone({ locale, colorScheme })
    const name = state => `${locale}-${colorScheme}-${state.split(' ')[0]}`
    await picture(page, name('join'))
    await join(page)
    for (const state of STATES) {
      if (state === 'voted') await vote(page, 2)
      else await room.show(state)
      if (state === 'discuss') for (const hands of ['hands 1 9', 'hands 2 4', 'hands 3 6']) room.say(hands)
      await page.waitForFunction(s => s === 'voted' || document.querySelector('main').dataset.step === s, state === 'voted' ? state : String(STATES.filter(s => s !== 'voted').indexOf(state) + 2))
      await sleep(80)
      await picture(page, name(state))
    }
    await page.goto(room.url + 'f')
    await picture(page, name('code'))
    await page.goto('http://' + room.facts.desk.slice(7))
    await picture(page, name('desk'))
  })
}

tests.narrow_and_enlarged = () => inRoom([], async ({ room, phone }) => {
  const page = await phone({ viewport: { width: 320, height: 480 } })
  await join(page)
  for (const command of ['vote 1', 'reveal', 'form', 'home']) {
    await room.show(command)
    await sleep(150)
    assert.deepStrictEqual(await page.evaluate(faults), [], command)
    await page.evaluate(() => { document.documentElement.style.fontSize = '32px' })
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), command + ' at twice the size')
    await page.evaluate(() => { document.documentElement.style.fontSize = '' })
  }
})

tests.screen_readers_hear_it_in_order = () => inRoom([], async ({ room, phone }) => {
  const page = await phone()
  await join(page)
  await room.show('vote 1')
  await page.waitForSelector(option(1))
  assert.strictEqual(await page.evaluate(() => document.activeElement.tagName), 'H1') // a new step is read from its heading
  const said = await page.locator('body').ariaSnapshot()
  const order = ['The late handover', '中文', 'What do you say?', 'A Nine minutes', 'B half standing', 'C Those eleven', '0 of 1 have answered', 'Anonymous']
  let at = -1
  for (const words of order) {
    const next = said.indexOf(words, at + 1)
    assert.ok(next > at, words + ' in\n' + said)
    at = next
  }
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter') // by keyboard alone
  await page.waitForSelector(pressed(2))
  assert.match(await page.evaluate(() => document.activeElement.textContent), /half standing|You chose B/)
  assert.match(await page.locator('main').ariaSnapshot(), /\[pressed\]/)
})

tests.weighs_little = () => inRoom([], async ({ room, phone }) => {
  await room.show('vote 1')
  const page = await phone()
  await join(page)
  const cdp = await page.context().newCDPSession(page)
  let sum = 0
  await cdp.send('Network.enable')
  await cdp.send('Network.setCacheDisabled', { cacheDisabled: true })
  cdp.on('Network.loadingFinished', e => { sum += e.encodedDataLength })
  await page.reload({ waitUntil: 'load' })
  await sleep(300)
  assert.ok(sum > 5000 && sum < 15000, sum + ' bytes')
})

// The cells of CODE as a picture, as a phone's camera would see them, but straight.
function picture_of (code) {
  const rows = code.split(' ').slice(1)
  const scale = 4
  const side = (rows.length + 8) * scale
  const data = new Uint8ClampedArray(side * side * 4).fill(255)
  rows.forEach((row, y) => [...row].forEach((cell, x) => {
    for (let dy = 0; cell === '1' && dy < scale; dy++) {
      for (let dx = 0; dx < scale; dx++) data.fill(0, (((y + 4) * scale + dy) * side + (x + 4) * scale + dx) * 4, (((y + 4) * scale + dy) * side + (x + 4) * scale + dx) * 4 + 3)
    }
  }))
  return [data, side, side]
}

tests.codes_can_be_read = () => inRoom([], async ({ room }) => {
  const texts = [room.facts.url, room.facts.desk, 'HTTP://192.168.100.200:65535/', 'WIFI:T:WPA;S:Room 3;P:s\\;ecret word;;', 'WIFI:T:WPA;S:会议室;P:12345678;;']
  for (const text of texts) {
    const code = room.after('code')
    room.say('code ' + text)
    const read = jsQR(...picture_of(await code))
    assert.ok(read && read.data === text, text + ' reads as ' + (read && read.data))
  }
})

// ---- running ----------------------------------------------------------------------------------------------------------

async function runTest (name, run) {
  const start = Date.now()
  try {
    await run()
    console.log('ok ' + name)
  } catch (e) {
    console.log('FAILED ' + name + ': ' + String(e.message || e).replace(/\n/g, '\n    '))
  }
  if (process.env.TIMES) console.log('  ' + name + ' ' + (Date.now() - start) + ' ms')
}

async function main () {
  const wanted = process.argv.slice(2)
  fs.mkdirSync(SHOTS, { recursive: true })
  const launch = more => chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', headless: true,
    args: [...FLAGS, ...more, ...(process.getuid() === 0 ? ['--no-sandbox'] : [])] })
  browser = await launch([])
  scriptless = await launch(['--blink-settings=scriptEnabled=false'])
  const todo = Object.entries(tests).filter(([name]) => !wanted.length || wanted.some(w => name.includes(w)))
  const worker = async () => { while (todo.length) await runTest(...todo.shift()) }
  await Promise.all([worker(), worker()])
  await browser.close()
  await scriptless.close()
  console.log('done')
}

main().catch(e => { console.log(e); process.exit(1) })
