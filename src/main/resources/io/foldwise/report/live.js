'use strict';
// The page of a search that runs. RUN is what is known from the start; all else comes as events, from the first on however
// late the page is opened. Times are seconds since the first phase began.
(() => {
  const RUN = JSON.parse(document.getElementById('run').textContent);
  const SVG = 'http://www.w3.org/2000/svg';
  const SPOKEN_EVERY = 3000;
  const SPOKEN_FIRST = 300;
  const byId = id => document.getElementById(id);
  const phases = [];
  const scores = [];
  let metric = '';
  let spoken = performance.now() - SPOKEN_EVERY + SPOKEN_FIRST;
  let speaking = 0;

  function duration(seconds) {
    if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
    if (seconds < 90) return `${Math.round(seconds)} s`;
    const minutes = Math.round(seconds / 60);
    return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  }

  /** Says a phase where a screen reader hears it, but of many short ones only some. */
  function speak() {
    clearTimeout(speaking);
    const wait = spoken + SPOKEN_EVERY - performance.now();
    if (wait > 0) {
      speaking = setTimeout(speak, wait);
      return;
    }
    spoken = performance.now();
    byId('spoken').textContent = phases[phases.length - 1].words;
  }

  /** A phase begins. Those of all repeats after the first share one line. */
  function phase(data) {
    const last = phases[phases.length - 1];
    if (last) {
      tick(data.at);
      last.item.removeAttribute('aria-current');
    }
    if (last && last.repeat > 1 && data.repeat > 1) {
      last.words = data.words;
      last.text.textContent = `repeats 2 to ${data.repeat} of ${data.repeats}`;
      last.item.setAttribute('aria-current', 'step');
    } else {
      const text = element('span', {text: data.words});
      const time = element('time');
      const item = element('li', {'aria-current': 'step'}, text, time);
      byId('phases').append(item);
      phases.push({...data, item, text, time});
      tick(data.at);
    }
    document.title = `${data.words}: Foldwise`;
    byId('said').textContent = data.words;
    speak();
  }

  /** Shows how long the phase that runs has taken. */
  function tick(at) {
    const last = phases[phases.length - 1];
    if (last) last.time.textContent = duration(Math.max(0, at - last.at));
  }

  function now(data) {
    tick(data.at);
    const bar = byId('bar');
    if (data.share === null) bar.removeAttribute('value');
    else bar.value = data.share;
    const words = [];
    if (data.job && data.tasks > 0) words.push(`${data.done} of ${data.tasks} tasks of the job “${data.job}”`);
    else if (data.job) words.push(data.job);
    words.push(`${duration(data.at)} in all`);
    if (data.left !== null && data.left >= 1) words.push(`about ${duration(data.left)} left`);
    byId('job').textContent = words.join(' · ');
  }

  function score(data) {
    if (data.score === null) return;
    metric = data.metric;
    scores.push(data);
    requestAnimationFrame(drawScores);
  }

  function svg(name, attributes, text) {
    const node = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    if (text !== undefined) node.append(text);
    return node;
  }

  /** A dot for each repeat over an axis of the scores; those that would hide one another are stacked. */
  function drawScores() {
    if (scores.length === 0) return;
    byId('scores').hidden = false;
    const values = scores.map(s => s.score);
    const mean = values.reduce((a, b) => a + b) / values.length;
    const low = Math.min(...values);
    const high = Math.max(...values);
    byId('scores-title').textContent = `Test ${metric} of each repeat`;
    byId('scores-text').textContent = values.length === 1 ? `The first repeat: ${brief(mean)}.`
      : `${values.length} repeats, each with folds and initial weights of its own: from ${brief(low)} to ${brief(high)}, mean ${brief(mean)}. The last: ${brief(values[values.length - 1])}.`;
    const dots = byId('dots');
    const width = dots.clientWidth;
    const [margin, axis, radius] = [10, 40, 5];
    const at = value => high > low ? margin + (width - 2 * margin) * (value - low) / (high - low) : width / 2;
    const stacks = new Map();
    const circles = scores.map((s, i) => {
      const x = at(s.score);
      const bin = Math.round(x / radius);
      const height = stacks.get(bin) || 0;
      stacks.set(bin, height + 1);
      const circle = svg('circle', {cx: x, cy: Math.max(radius, axis - radius - 2 - 4 * height), r: radius, class: i === scores.length - 1 ? 'last' : ''});
      circle.append(svg('title', {}, `repeat ${s.repeat}: ${brief(s.score)}`));
      return circle;
    });
    const labels = high > low
      ? [svg('text', {x: 0, y: axis + 18}, brief(low)), svg('text', {x: width, y: axis + 18, 'text-anchor': 'end'}, brief(high))]
      : [svg('text', {x: width / 2, y: axis + 18, 'text-anchor': 'middle'}, brief(low))];
    dots.replaceChildren(svg('line', {x1: 0, x2: width, y1: axis, y2: axis}), ...labels, ...circles);
  }

  function note(data) {
    byId('notes').hidden = false;
    byId('notes-list').append(element('li', {text: data.words}));
  }

  function stop(state, words) {
    clearTimeout(speaking);
    for (const p of phases) p.item.removeAttribute('aria-current');
    byId('state').textContent = state;
    byId('state').className = 'failed';
    byId('said').textContent = words;
    byId('spoken').textContent = `${state}. ${words}`;
    byId('bar').hidden = true;
    byId('job').textContent = '';
    document.title = `${state}: Foldwise`;
  }

  byId('of').textContent = RUN.title;
  byId('command').textContent = RUN.command;
  byId('version').textContent = `Foldwise ${RUN.version}. This page comes from the command itself, on this machine, and becomes the report when the search is done.`;
  const events = new EventSource('events');
  const hear = (name, act) => events.addEventListener(name, event => act(JSON.parse(event.data)));
  hear('phase', phase);
  hear('now', now);
  hear('score', score);
  hear('note', note);
  hear('failed', data => {
    events.close();
    stop('The search failed', data.words);
  });
  hear('done', () => {
    events.close();
    location.replace('report.html');
  });
  events.onerror = () => {
    events.close();
    stop('The command has ended', 'It no longer answers, and did not say why: the terminal does.');
  };
  addEventListener('resize', drawScores);
  document.body.dataset.ready = 'true';
})();
