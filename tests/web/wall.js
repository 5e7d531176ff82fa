// The real program on a terminal of its own (tmux), as a room sees it: keys, words, and its code as a camera would read it.
'use strict'
const assert = require('assert')
const { execFileSync } = require('child_process')
const fs = require('fs')
const net = require('net')
const os = require('os')
const path = require('path')
const jsQR = require('jsqr')

const BUILD = path.resolve(process.env.B)
const ROOT = path.resolve(__dirname, '..', '..')
const PATIENCE = 20000
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/
const sleep = ms => new Promise(done => setTimeout(done, ms))

function freePort () {
  return new Promise(done => { const s = net.createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)) }) })
}

// Half blocks and blanks as cells, 1: dark; what stands outside of the light zone counts as light.
function cells (screen) {
  const rows = []
  for (const line of screen.split('\n')) {
    const up = []
    const down = []
    let fg = 1
    let bg = 1
    for (const [, codes, char] of line.matchAll(/\x1b\[([\d;]*)m|([^\x1b])/gu)) {
      if (char === undefined) {
        const n = (codes || '0').split(';').map(Number)
        for (let i = 0; i < n.length; i++) {
          if (n[i] === 38 && n[i + 1] === 5) { fg = n[i + 2] === 16 ? 1 : 0; i += 2 } else if (n[i] === 48 && n[i + 1] === 5) { bg = n[i + 2] === 16 ? 1 : 0; i += 2 } else if (n[i] === 0) { fg = 0; bg = 1 }
        }
        continue
      }
      for (let i = 0; i < (WIDE.test(char) ? 2 : 1); i++) {
        up.push(char === '▀' ? fg : bg)
        down.push(char === '▄' ? fg : bg)
      }
    }
    rows.push(up, down)
  }
  return rows
}

class Workshop {
  static async open (...args) {
    const w = new Workshop()
    w.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rehearse-'))
    w.port = await freePort()
    fs.mkdirSync(w.folder + '/run', { mode: 0o700 })
    const env = ['-u', 'TMUX', 'XDG_DATA_HOME=' + w.folder + '/data', 'XDG_RUNTIME_DIR=' + w.folder + '/run', 'LC_ALL=C.UTF-8', 'TERM=screen-256color']
    w.tmux('new-session', '-d', '-x', '80', '-y', '24', 'env', ...env, BUILD + '/rehearse', 'workshop', ROOT + '/tests/wall/room',
      '--seed', '1', '--phones', '--address', '127.0.0.1', '--port', String(w.port), ...args)
    w.url = `http://127.0.0.1:${w.port}/`
    await w.until(`127.0.0.1:${w.port}`)
    return w
  }

  tmux (...args) { return execFileSync('tmux', ['-S', this.folder + '/tmux', '-f', '/dev/null', ...args], { encoding: 'utf8' }) }
  text () { return this.tmux('capture-pane', '-p') }

  async until (words) {
    for (const end = Date.now() + PATIENCE; !this.text().includes(words); await sleep(40)) assert.ok(Date.now() < end, words + ' is not on the wall:\n' + this.text())
  }

  // A key, and the wall once it has changed and stands still.
  async press (...keys) {
    for (const key of keys) {
      const before = this.text()
      this.tmux('send-keys', ...(key.length > 1 ? [key] : ['-l', key]))
      let last = before
      for (const end = Date.now() + PATIENCE; ; await sleep(40)) {
        const now = this.text()
        if (now !== before && now === last) break
        last = now
        assert.ok(Date.now() < end, key + ' changed nothing:\n' + now)
      }
    }
  }

  // What a camera reads off the wall.
  scan () {
    const rows = cells(this.tmux('capture-pane', '-p', '-e'))
    const scale = 4
    const width = Math.max(...rows.map(r => r.length)) * scale
    const data = new Uint8ClampedArray(width * rows.length * scale * 4).fill(255)
    rows.forEach((row, y) => {
      for (let x = 0; x < width / scale; x++) {
        for (let d = 0; (row[x] === undefined || row[x]) && d < scale * scale; d++) {
          const at = ((y * scale + Math.floor(d / scale)) * width + x * scale + d % scale) * 4
          data.fill(0, at, at + 3)
        }
      }
    })
    const read = jsQR(data, width, rows.length * scale)
    return read && read.data
  }

  async close () {
    try { this.tmux('kill-server') } catch (e) { /* it has ended by itself */ }
    await sleep(100)
    fs.rmSync(this.folder, { recursive: true, force: true })
  }
}

module.exports = { Workshop }
