'use strict';
// The page of the lecture. Sections, controls and pictures come from the engine; here they are only shown. A section is
// drawn when it comes near the window, and the others when nothing else is to do.
(() => {
  const GIVEN = JSON.parse(document.getElementById('lecture').textContent);
  const OWN = ['basis', 'split', 'degree', 'quiz'];
  const CROSS = 'path://M2,0 L5,3 L8,0 L10,2 L7,5 L10,8 L8,10 L5,7 L2,10 L0,8 L3,5 L0,2 Z';
  const charts = new Map();
  const values = new Map();
  const reached = new Set();
  const drawn = new Set();
  let language = GIVEN.language;
  let texts = GIVEN.texts[language];
  let lecture = open(GIVEN.data.quiz);
  let said = null;
  let theme = null;
  const SECTIONS = JSON.parse(lecture.sections());

  function open(quiz) {
    const numbers = list => Float64Array.from(list);
    const data = GIVEN.data;
    return foldwiseLecture(numbers(data.linear), numbers(quiz), numbers(data.houses), numbers(data.diabetes), data.features);
  }

  // ---- words and numbers

  function brief(value) {
    if (value === null || value === undefined || Number.isNaN(value)) return '–';
    if (value === 0) return '0';
    const size = Math.abs(value);
    if (Number.isInteger(value) && size < 1e6) return String(value).replace('-', '−');
    if (size >= 1e6 || size < 1e-3) return value.toExponential(2).replace('e+', 'e').replace(/-/g, '−');
    return value.toPrecision(4).replace('-', '−');
  }

  function short(value) {
    return typeof value === 'number' ? (value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e5)
      ? value.toExponential(0).replace('e+', 'e') : String(Number(value.toPrecision(3)))).replace(/-/g, '−') : value;
  }

  function name(key) {
    return key.startsWith('=') ? key.slice(1) : texts.names[key] || key;
  }

  function told(key) {
    return texts.sections[key];
  }

  function polynomial(coefficients) {
    return coefficients.map((c, power) => `${c < 0 ? '− ' : power ? '+ ' : ''}${brief(Math.abs(c))}${power === 0 ? '' : power === 1 ? ' x' : ' x' + [...String(power)].map(d => '⁰¹²³⁴⁵⁶⁷⁸⁹'[d]).join('')}`).join(' ');
  }

  function sentence(text, list) {
    return text.replace('{polynomial}', () => polynomial(list)).replace(/\{(\d)(!?)\}/g, (_, at, full) => full ? String(list[at]) : brief(list[at]));
  }

  // ---- controls

  function steps(control) {
    return Math.round(control.scale === 'LOGARITHMIC' ? Math.log(control.high / control.low) / Math.log(control.step) : (control.high - control.low) / control.step);
  }

  function valueAt(control, position) {
    return control.scale === 'LOGARITHMIC' ? control.low * control.step ** position : Number((control.low + control.step * position).toPrecision(12));
  }

  function positionOf(control, value) {
    const position = control.scale === 'LOGARITHMIC' ? Math.log(value / control.low) / Math.log(control.step) : (value - control.low) / control.step;
    return Math.max(0, Math.min(steps(control), Math.round(position)));
  }

  function shown(section, control, value) {
    const options = (told(section.key).options || {})[control.key];
    if (options) return options[value];
    return Math.abs(value - Math.round(value)) < 1e-9 ? String(Math.round(value)).replace('-', '−') : String(Number(value.toPrecision(3))).replace('-', '−');
  }

  function controlNode(section, control, at) {
    const id = `${section.key}-${control.key}`;
    const label = told(section.key).controls[control.key];
    const value = values.get(section.key)[at];
    if (control.scale === 'NAMED') {
      const options = told(section.key).options[control.key];
      const select = element('select', {id, onchange: () => set(section, at, Number(select.value))},
        ...options.map((text, i) => element('option', {value: i, text, selected: i === value})));
      return element('div', {class: 'control'}, element('label', {for: id, text: label}), select);
    }
    const out = element('output', {id: id + '-out', for: id, text: shown(section, control, value)});
    const input = element('input', {type: 'range', id, min: 0, max: steps(control), step: 1, value: positionOf(control, value),
      'aria-valuetext': shown(section, control, value), oninput: () => set(section, at, valueAt(control, Number(input.value)))});
    return element('div', {class: 'control'}, element('label', {for: id}, document.createTextNode(label), out), input);
  }

  const waiting = new Set();

  function set(section, at, value) {
    values.get(section.key)[at] = value;
    const control = section.controls[at];
    const out = document.getElementById(`${section.key}-${control.key}-out`);
    if (out) {
      out.textContent = shown(section, control, value);
      const input = document.getElementById(`${section.key}-${control.key}`);
      input.setAttribute('aria-valuetext', out.textContent);
      input.value = positionOf(control, value);
    }
    if (waiting.has(section.key)) return;
    waiting.add(section.key);
    requestAnimationFrame(() => { waiting.delete(section.key); draw(section); });
  }

  // ---- pictures

  function colours() {
    const style = getComputedStyle(document.documentElement);
    const of = key => style.getPropertyValue('--' + key).trim();
    return {ground: of('ground'), card: of('card'), ink: of('ink'), muted: of('muted'), line: of('line'), bad: of('bad'),
      list: [of('accent'), of('training'), of('yours'), of('green'), of('ink'), of('bad')]};
  }

  function axis(of, more) {
    const end = v => v === null ? undefined : v;
    return {type: of.log ? 'log' : 'value', name: name(of.key), nameLocation: 'middle', nameTextStyle: {color: theme.muted, fontSize: 13},
      min: end(of.low), max: end(of.high), scale: true, axisLine: {onZero: false, lineStyle: {color: theme.muted}},
      axisTick: {lineStyle: {color: theme.muted}}, axisLabel: {color: theme.muted, hideOverlap: true, formatter: short, showMinLabel: of.low === null || Math.abs(of.low - Number(of.low.toPrecision(2))) < 1e-9, showMaxLabel: of.high === null || Math.abs(of.high - Number(of.high.toPrecision(2))) < 1e-9},
      splitLine: {lineStyle: {color: theme.line}}, minorSplitLine: {show: false}, ...more};
  }

  function pairs(series, panel) {
    return Array.from(series.x, (x, i) => [x, series.y[i]])
      .filter(([x, y]) => x !== null && y !== null && Math.abs(x) < 1e9 && Math.abs(y) < 1e9 && (!panel.x.log || x > 0) && (!panel.y.log || y > 0));
  }

  const LINES = {LINE: 'solid', ROAD: 'solid', THIN: 'solid', DASHED: 'dashed', DASHED_ROAD: 'dashed', DOTTED: 'dotted'};
  const SYMBOLS = {POINTS: 'circle', HOLLOW: 'circle', TRIANGLES: 'triangle', HANDLE: 'circle', CROSS};

  function hollow(colour) {
    return {color: theme.ground, borderColor: colour, borderWidth: 2};
  }

  function seriesOption(series, panel, colour) {
    const label = name(series.key);
    if (series.shape === 'CONTOURS' || series.shape === 'SHADES') return field(series);
    if (series.shape === 'BARS') {
      return {name: label, type: 'bar', barWidth: '45%', barMaxWidth: 46, itemStyle: {color: colour}, data: pairs(series, panel)};
    }
    if (series.shape in LINES) {
      const isRoad = series.shape.endsWith('ROAD');
      return {name: label, type: 'line', clip: true, data: pairs(series, panel), showSymbol: isRoad && series.x.length < 200, symbol: isRoad ? 'circle' : 'none', symbolSize: isRoad ? 6 : 4,
        lineStyle: {color: colour, width: series.shape === 'THIN' ? 1.4 : 2.4, type: LINES[series.shape], opacity: series.key === 'others' ? 0.55 : 1}, itemStyle: series.shape === 'DASHED_ROAD' ? hollow(colour) : {color: colour}, z: 3};
    }
    const sizes = {POINTS: series.x.length > 150 ? 5 : 8, HOLLOW: 12, TRIANGLES: 9, HANDLE: 20, CROSS: 15};
    return {name: label, type: 'scatter', clip: true, symbol: SYMBOLS[series.shape], symbolSize: sizes[series.shape], data: pairs(series, panel), z: series.shape === 'POINTS' ? 2 : 5,
      itemStyle: series.shape === 'HOLLOW' ? hollow(colour) : {color: colour, opacity: series.shape === 'POINTS' && series.x.length > 40 ? 0.7 : 1}};
  }

  /** Rings of a field over a grid, as polygons in the coordinates of the axes. */
  function rings(series, levels, z) {
    const columns = series.x.length;
    const rows = series.y.length;
    const spread = (list, at) => list[0] + (list[list.length - 1] - list[0]) * (at - 0.5) / (list.length - 1);
    return d3.contours().size([columns, rows]).thresholds(levels)(z)
      .map(ring => ring.coordinates.map(polygon => polygon.map(line => line.map(([a, b]) => [spread(series.x, a), spread(series.y, b)]))));
  }

  function field(series) {
    const isShades = series.shape === 'SHADES';
    const most = Math.max(...series.z);
    const levels = isShades ? [0.1, 0.25, 0.5, 0.75, 0.9] : Array.from({length: 12}, (_, k) => most * (0.002 * 500 ** (k / 11))).reverse().map(l => -l);
    const shapes = rings(series, levels, isShades ? series.z : series.z.map(v => -v));
    return {name: isShades ? name(series.key) : '', type: 'custom', silent: true, clip: true, z: 1, data: shapes.map((_, k) => [k]), coordinateSystem: 'cartesian2d',
      itemStyle: {color: theme.list[0]},
      renderItem: (params, api) => {
        const k = params.dataIndex;
        const children = [];
        for (const polygon of shapes[k]) {
          polygon.forEach((line, hole) => {
            const points = line.map(point => api.coord(point));
            if (hole === 0) children.push({type: 'polygon', shape: {points}, style: {fill: theme.list[0], opacity: isShades ? 0.12 : 0.08}});
            children.push({type: 'polyline', shape: {points}, style: {stroke: isShades && k === 2 ? theme.ink : theme.muted, lineWidth: isShades && k === 2 ? 2.4 : 0.7, fill: null}});
          });
        }
        return {type: 'group', children};
      }};
  }

  function chartId(section, key) {
    return `${section.key}-${key}-picture`;
  }

  /** How many rows a legend takes. */
  function rowsOf(legend, width) {
    let rows = 1;
    let left = width;
    for (const text of legend) {
      const wide = 28 + 5 + 12 + [...text].reduce((sum, c) => sum + (c > '\u1100' ? 12.5 : 7.2), 0);
      if (wide > left) {
        rows++;
        left = width;
      }
      left -= wide;
    }
    return rows;
  }

  function showPanel(section, panel) {
    const id = chartId(section, panel.key);
    if (panel.series[0].shape === 'CARDS') {
      showPiles(document.getElementById(id), panel);
      return;
    }
    const node = document.getElementById(id);
    if (!charts.has(id)) {
      node.setAttribute('role', 'img');
      const chart = echarts.init(node, null, {renderer: 'canvas'});
      charts.set(id, chart);
      if (panel.series.some(s => s.shape === 'HANDLE')) setUpHandle(section, panel, chart);
    }
    const caption = told(section.key).panels[panel.key];
    const keys = [...new Set(panel.series.map(s => s.key).filter(k => k))];
    const colour = key => ({rows: theme.muted, training: keys.includes('fit') ? theme.muted : theme.list[0], optimum: theme.ink, arrived: theme.muted, truth: theme.ink}[key] || theme.list[colourOf.indexOf(key) % theme.list.length]);
    const colourOf = keys.filter(key => !['rows', 'optimum', 'arrived', 'truth'].includes(key));
    const legend = [...new Set(panel.series.filter(s => s.key && s.shape !== 'CONTOURS').map(s => name(s.key)))];
    const plain = new Set(panel.series.filter(s => LINES[s.shape] && !s.shape.endsWith('ROAD')).map(s => name(s.key)));
    const isNarrow = node.clientWidth < 420;
    node.setAttribute('aria-label', `${caption}: ${legend.join(', ')}`);
    charts.get(id).setOption({
      animation: false,
      textStyle: {color: theme.ink, fontFamily: 'system-ui, "Noto Sans KR", sans-serif'},
      tooltip: {trigger: 'item', confine: true, backgroundColor: theme.card, borderColor: theme.line, textStyle: {color: theme.ink},
        formatter: p => `${p.seriesName}<br>${name(panel.x.key)} ${brief(p.value[0])}<br>${name(panel.y.key)} ${brief(p.value[1])}`},
      legend: {top: 0, left: 0, itemWidth: 28, itemGap: 12, padding: [4, 0], textStyle: {color: theme.ink, fontSize: 12.5}, data: legend.map(text => plain.has(text) ? {name: text, itemStyle: {opacity: 0}} : text)},
      grid: {left: isNarrow ? 62 : 68, right: 18, top: 18 + 22 * rowsOf(legend, node.clientWidth), bottom: 48},
      xAxis: axis(panel.x, {nameGap: 28, splitLine: {show: false}, ...(panel.series.some(s => s.shape === 'BARS') ? {interval: 1, min: panel.x.low, max: panel.x.high, axisLabel: {color: theme.muted, showMinLabel: false, showMaxLabel: false, formatter: v => Number.isInteger(v) ? String(v) : ''}} : {})}),
      yAxis: axis(panel.y, {nameGap: isNarrow ? 44 : 50, ...(panel.series.some(s => s.shape === 'BARS') ? {min: panel.y.low === null ? 0 : panel.y.low} : {})}),
      series: panel.series.map(s => seriesOption(s, panel, s.key ? colour(s.key) : theme.ink)),
    }, true);
  }

  /** Lets the one point of a picture be dragged up and down, by the control of its name. */
  function setUpHandle(section, panel, chart) {
    const key = panel.series.find(s => s.shape === 'HANDLE').key;
    const at = section.controls.findIndex(c => c.key === key);
    const control = section.controls[at];
    let held = false;
    document.getElementById(chartId(section, panel.key)).classList.add('handle');
    const near = event => {
      const series = JSON.parse(lecture.picture(section.key, Float64Array.from(values.get(section.key)))).panels[0].series.find(s => s.shape === 'HANDLE');
      const [x, y] = chart.convertToPixel('grid', [series.x[0], series.y[0]]);
      return Math.hypot(event.offsetX - x, event.offsetY - y) < 24;
    };
    const zr = chart.getZr();
    zr.on('mousedown', event => { held = near(event); });
    zr.on('mousemove', event => {
      if (!held) return;
      const y = chart.convertFromPixel('grid', [event.offsetX, event.offsetY])[1];
      set(section, at, valueAt(control, positionOf(control, y)));
    });
    addEventListener('mouseup', () => { held = false; });
    addEventListener('touchend', () => { held = false; });
  }

  /** Cards that lie on the piles of their folds, and slide when these change. */
  function showPiles(node, panel) {
    const {x: folds, y: prices, z} = panel.series[0];
    const count = Math.max(...folds) + 1;
    const width = node.clientWidth / count;
    const piles = Array.from({length: count}, (_, fold) => {
      const pile = element('div', {class: fold === z[0] ? 'pile out' : 'pile'}, element('span', {text: width > 70 || count < 8 ? `${name('fold')} ${fold + 1}` : String(fold + 1)}));
      pile.style.left = `${fold * width + 2}px`;
      pile.style.width = `${width - 4}px`;
      return pile;
    });
    node.querySelectorAll('.pile').forEach(pile => pile.remove());
    node.prepend(...piles);
    const height = Array(count).fill(0);
    folds.forEach((fold, i) => {
      let card = node.querySelector(`[data-card="${i}"]`);
      if (!card) {
        card = element('div', {class: 'card', 'data-card': i, text: String(prices[i])});
        node.append(card);
      }
      card.classList.toggle('out', fold === z[0]);
      card.style.width = `${Math.max(18, Math.min(76, width - 12))}px`;
      const left = fold * width + (width - Math.max(18, Math.min(76, width - 12))) / 2;
      card.style.transform = `translate(${left}px, ${190 - 54 - 27 * height[fold]}px)`;
      card.style.fontSize = width < 40 ? '0.68rem' : '';
      height[fold]++;
    });
    node.setAttribute('role', 'img');
    node.setAttribute('aria-label', folds.map((fold, i) => `${prices[i]}: ${name('fold')} ${fold + 1}`).join(', '));
  }

  function draw(section) {
    const picture = JSON.parse(lecture.picture(section.key, Float64Array.from(values.get(section.key))));
    drawn.add(section.key);
    picture.panels.forEach(panel => showPanel(section, panel));
    const facts = document.getElementById(section.key + '-facts');
    const lines = picture.facts.map(fact => sentence(told(section.key).facts[fact.key], fact.values));
    if (section.key === 'quiz') lines.push(texts.ui.device.replace('{0}', 'CPU'));
    facts.replaceChildren(...lines.map(text => element('li', {text})));
    if (picture.reached) reached.add(section.key);
    showGoal(section);
  }

  function showGoal(section) {
    const goal = document.getElementById(section.key + '-goal');
    const isReached = reached.has(section.key);
    goal.classList.toggle('reached', isReached);
    const state = goal.querySelector('.state');
    const text = isReached ? '✓ ' + texts.ui.reached : '○ ' + texts.ui.open;
    if (state.textContent !== text) state.textContent = text;
    document.getElementById('progress').textContent = `${texts.ui.goals} ${reached.size} / ${SECTIONS.length}`;
  }

  // ---- the page

  function panelNodes(section) {
    const keys = Object.keys(told(section.key).panels);
    const node = element('div', {class: 'panels', 'data-count': keys.length});
    keys.forEach(key => {
      const isCards = key === 'cards';
      node.append(element('figure', {class: isCards ? 'whole' : ''}, element('figcaption', {text: told(section.key).panels[key]}),
        element('div', {class: isCards ? 'piles' : 'chart', id: chartId(section, key)})));
    });
    return node;
  }

  function commandNode(text) {
    const code = element('code', {text});
    const button = element('button', {type: 'button', text: texts.ui.copy, onclick: () => {
      const done = () => { button.textContent = texts.ui.copied; };
      if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, () => getSelection().selectAllChildren(code));
      else getSelection().selectAllChildren(code);
    }});
    return element('div', {class: 'line'}, element('pre', {}, code), button);
  }

  function loopsNode(of) {
    return element('div', {class: 'scroll loops', tabindex: 0, role: 'region', 'aria-label': of.title},
      element('table', {}, element('thead', {}, element('tr', {}, ...of.heads.map((text, i) => i === 0 ? element('td', {}) : element('th', {scope: 'col', text})))),
        element('tbody', {}, ...of.lines.map(line => element('tr', {}, element('th', {scope: 'row', text: line[0]}), ...line.slice(1).map(text => element('td', {}, element('code', {text}))))))));
  }

  function dropNode() {
    const input = element('input', {type: 'file', id: 'pickle', accept: '.pkl,.pickle', onchange: () => { if (input.files.length) take(input.files[0]); }});
    const node = element('label', {class: 'drop', id: 'drop', for: 'pickle'}, document.createTextNode(texts.ui.drop), input);
    const over = is => event => { event.preventDefault(); node.classList.toggle('over', is); };
    node.addEventListener('dragover', over(true));
    node.addEventListener('dragleave', over(false));
    node.addEventListener('drop', event => {
      over(false)(event);
      if (event.dataTransfer.files.length) take(event.dataTransfer.files[0]);
    });
    return element('div', {}, node, element('p', {class: 'drop-said', id: 'drop-said', 'aria-live': 'polite'}));
  }

  async function take(file) {
    try {
      const bytes = new Int8Array(await file.arrayBuffer());
      const points = foldwisePickle(bytes);
      lecture = open(points);
      said = () => texts.ui.dropped.replace('{0}', file.name).replace('{1}', String(points.length / 2));
      SECTIONS.filter(s => OWN.includes(s.key)).forEach(draw);
      said.isBad = false;
    } catch (refusal) {
      said = () => texts.ui.refused.replace('{0}', String(refusal.message || refusal));
      said.isBad = true;
    }
    showSaid();
  }

  function showSaid() {
    const node = document.getElementById('drop-said');
    node.textContent = said ? said() : '';
    node.classList.toggle('bad', Boolean(said && said.isBad));
  }

  function sectionNode(section, index) {
    const of = told(section.key);
    const node = element('section', {class: 'part', id: section.key, 'aria-labelledby': section.key + '-title'},
      element('h2', {id: section.key + '-title'}, element('span', {class: 'number', text: String(index + 1)}), document.createTextNode(of.title)),
      ...of.text.map(text => element('p', {text})));
    if (of.lines) node.append(loopsNode(of));
    if (section.key === 'quiz') node.append(dropNode());
    node.append(element('div', {class: 'controls'}, ...section.controls.map((control, at) => controlNode(section, control, at))),
      panelNodes(section), element('ul', {class: 'facts', id: section.key + '-facts'}),
      element('p', {class: 'goal', id: section.key + '-goal'}, element('b', {text: texts.ui.goal}), element('span', {text: of.goal}), element('span', {class: 'state', 'aria-live': 'polite'})),
      element('div', {class: 'command'}, element('p', {text: texts.ui.command}), ...[of.command, ...(of.more ? [of.more] : [])].map(commandNode)));
    return node;
  }

  let watcher = null;

  function build() {
    document.documentElement.lang = language;
    document.title = `${texts.title} · Foldwise`;
    document.getElementById('skip').textContent = texts.ui.skip;
    document.getElementById('title').textContent = texts.title;
    document.getElementById('lead').replaceChildren(...texts.lead.map(text => element('p', {text})));
    const button = document.getElementById('language');
    button.textContent = texts.ui.other;
    button.lang = language === 'ko' ? 'en' : 'ko';
    document.getElementById('contents').replaceChildren(element('h2', {id: 'contents-title', text: texts.ui.contents}),
      element('ol', {}, ...SECTIONS.map(s => element('li', {}, element('a', {href: '#' + s.key, text: told(s.key).title})))));
    charts.forEach(chart => chart.dispose());
    charts.clear();
    drawn.clear();
    document.getElementById('sections').replaceChildren(...SECTIONS.map(sectionNode));
    document.getElementById('footer').textContent = `Foldwise ${GIVEN.version}`;
    SECTIONS.forEach(showGoal);
    showSaid();
    watch();
  }

  /** Draws sections as they come near, and the rest one by one. */
  function watch() {
    if (watcher) watcher.disconnect();
    watcher = new IntersectionObserver(entries => {
      for (const entry of entries) {
        const section = SECTIONS.find(s => s.key === entry.target.id);
        if (entry.isIntersecting && !drawn.has(section.key)) draw(section);
      }
    }, {rootMargin: '500px'});
    document.querySelectorAll('.part').forEach(part => watcher.observe(part));
    const turn = ++watch.turn;
    delete document.body.dataset.drawn;
    const next = () => {
      if (turn !== watch.turn) return;
      const left = SECTIONS.find(s => !drawn.has(s.key));
      if (!left) {
        document.body.dataset.drawn = language;
        return;
      }
      draw(left);
      setTimeout(next, 10);
    };
    setTimeout(next, 60);
  }
  watch.turn = 0;

  function again() {
    theme = colours();
    SECTIONS.filter(s => drawn.has(s.key)).forEach(draw);
  }

  SECTIONS.forEach(s => values.set(s.key, s.controls.map(c => valueAt(c, positionOf(c, c.initial)))));
  theme = colours();
  document.getElementById('language').addEventListener('click', () => {
    language = language === 'ko' ? 'en' : 'ko';
    texts = GIVEN.texts[language];
    build();
  });
  build();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', again);
  let resized = 0;
  addEventListener('resize', () => {
    clearTimeout(resized);
    resized = setTimeout(() => { charts.forEach(chart => chart.resize()); again(); }, 100);
  });
  window.foldwiseLecturePage = {sections: SECTIONS, values, set: (key, at, value) => set(SECTIONS.find(s => s.key === key), at, value), reached, take};
  document.body.dataset.ready = 'true';
})();
