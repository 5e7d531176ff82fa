/* Rehearse on a phone: keeps the page up to date, and what is sent from being lost.  The page works without it. */
(function () {
  'use strict'
  var d = document, me = d.currentScript, live = me.dataset.live, net = d.getElementById('net')
  var source = null, heard = 0, job = null, busy = false, later = 0, composing = false, late = null
  if (!window.fetch || !window.DOMParser || !window.EventSource || !window.URLSearchParams) return

  function main() { return d.querySelector('main') }
  function offline(is) { net.hidden = !is }
  function fields() { return main().querySelectorAll('input:not([type=hidden]),textarea,select') }

  // Shows a piece of page; what was being typed or held stays where it is the same step.
  function show(html, step) {
    var m = main(), same = m.dataset.step === String(step), kept = [], at = d.activeElement, held = null
    if (composing) { late = [html, step]; return }
    if (same) {
      fields().forEach(function (e) {
        if (e.value !== e.defaultValue || e.checked !== e.defaultChecked) kept.push([e.name, e.value, e.checked, e.type])
      })
      if (m.contains(at) && at.name) held = [at.name, at.value, at.type]
    }
    m.innerHTML = html
    m.dataset.step = step
    fields().forEach(function (e) {
      kept.forEach(function (k) {
        if (k[0] !== e.name || (e.type === 'radio' && k[1] !== e.value)) return
        if (e.type === 'radio' || e.type === 'checkbox') e.checked = k[2]
        else e.value = k[1]
      })
    })
    at = null
    if (held) m.querySelectorAll('[name]').forEach(function (e) { if (e.name === held[0] && (e.value === held[1] || held[2] === 'text')) at = e })
    if (!at && (!same || held)) at = m.querySelector(same ? '[role=status]' : 'h1')
    if (at) { if (at.tabIndex < 0) at.tabIndex = -1; at.focus({ preventScroll: same }) }
    if (!same) window.scrollTo(0, 0)
  }

  function page(text) {
    var p = new DOMParser().parseFromString(text, 'text/html'), m = p.querySelector('main'), s = p.querySelector('script')
    if (!m || !s) return
    show(m.innerHTML, m.dataset.step)
    if (s.dataset.live !== live) { live = s.dataset.live; listen() }
  }

  // A network that went away without a word gets eight seconds.
  function ask(url, how) {
    var stop = window.AbortController ? new AbortController() : null, timer = stop && setTimeout(function () { stop.abort() }, 8000)
    how.signal = stop ? stop.signal : undefined
    return fetch(url, how).then(function (r) { return r.text() }).then(function (t) { clearTimeout(timer); offline(false); return t })
  }

  function look() { return ask(location.pathname, {}).then(page) }

  // Sends what waits, until it has arrived: a vote says which round it is for, so it can come late but never twice.
  function send() {
    if (busy || !job) return
    var mine = job
    busy = true
    clearTimeout(later)
    ask(mine[0], { method: 'POST', body: mine[1], headers: { 'Content-Type': 'application/x-www-form-urlencoded' } })
      .then(function (t) {
        busy = false
        if (job === mine) { job = null; main().querySelectorAll('textarea,input[type=text]').forEach(function (e) { e.defaultValue = e.value }); page(t) } else send()
      }, function () {
        busy = false
        offline(true)
        later = setTimeout(send, 2000)
      })
  }

  d.addEventListener('submit', function (e) {
    var f = e.target, b = e.submitter
    if (b === undefined || f.method !== 'post') return // an old browser sends it by itself
    e.preventDefault()
    var q = new URLSearchParams(new FormData(f))
    if (b && b.name) q.append(b.name, b.value)
    if (b) b.setAttribute('aria-busy', 'true')
    job = [f.getAttribute('action'), q.toString()]
    send()
  })

  function listen() {
    if (source) source.close()
    source = null
    if (!live) return
    source = new EventSource(live)
    heard = Date.now()
    source.onopen = function () { offline(false); heard = Date.now(); send() }
    source.addEventListener('room', function (e) { heard = Date.now(); if (!job) show(e.data, e.lastEventId) })
    source.addEventListener('page', function () { heard = Date.now(); if (!job) look() })
    source.addEventListener('count', function (e) { var n = d.getElementById('n'); if (n) n.textContent = e.data })
    source.onerror = function () {
      var gone = source && source.readyState === 2
      offline(!navigator.onLine || !gone)
      if (gone) setTimeout(function () { look().catch(function () { offline(true) }).then(listen) }, 4000)
    }
  }

  function again() { if (Date.now() - heard > 3000 || (source && source.readyState !== 1)) listen(); send() }
  d.addEventListener('visibilitychange', function () { if (!d.hidden) again() })
  window.addEventListener('pageshow', function (e) { if (e.persisted) again() })
  window.addEventListener('online', again)
  window.addEventListener('offline', function () { offline(true) })
  d.addEventListener('compositionstart', function () { composing = true })
  d.addEventListener('compositionend', function () { composing = false; if (late) { var l = late; late = null; show(l[0], l[1]) } })
  listen()
})()
