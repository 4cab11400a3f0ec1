'use strict';
// The page of a run. RUN is what the run found; ENGINE, where there is one, trains it again. What a person changes is
// YOURS: the settings of one candidate, and what the engine made of them.
(() => {
  const RUN = JSON.parse(document.getElementById('run').textContent);
  const CHOSEN = RUN.candidates.find(c => c.chosen) || null;
  const charts = new Map();
  const redraws = [];
  let engine = null;
  let yours = null;
  let theme = null;

  // ---- words and numbers

  function plain(value) {
    return typeof value === 'number' ? String(Number(value.toPrecision(4))) : String(value);
  }

  function percent(share) {
    return brief(100 * share) + ' %';
  }

  const METRICS = {
    mse: 'mean squared error', rmse: 'root mean squared error', mae: 'mean absolute error', r2: 'R²',
    'max-error': 'largest error', huber: 'Huber loss', pinball: 'pinball loss', 'log-loss': 'log-loss',
    hinge: 'hinge loss', 'squared-hinge': 'squared hinge loss', 'epsilon-insensitive': 'ε-insensitive loss',
    'poisson-deviance': 'Poisson deviance', 'gamma-deviance': 'gamma deviance', 'tweedie-deviance': 'Tweedie deviance', accuracy: 'accuracy', f1: 'F1', auc: 'area under the ROC curve',
  };
  const metric = METRICS[RUN.metric] || RUN.metric;
  const lossName = METRICS[RUN.lossMetric] || RUN.lossMetric;
  const sign = RUN.higherIsBetter ? -1 : 1;

  /** Axes with several values among the candidates. */
  const AXES = (() => {
    const axes = [];
    for (const name of RUN.axes) {
      const values = [...new Set(RUN.candidates.map(c => c.values[name]).filter(v => v !== undefined))];
      const numeric = values.every(v => typeof v === 'number');
      if (values.length > 1) {
        const last = v => typeof v === 'number' ? v : Infinity;
        if (values.some(v => typeof v === 'number')) values.sort((a, b) => last(a) - last(b) || 0);
        axes.push({name, values, numeric});
      }
    }
    return axes;
  })();

  function told(values) {
    return AXES.filter(axis => axis.name in values).map(axis => `${axis.name} ${plain(values[axis.name])}`).join(', ');
  }

  // ---- the answer

  function answer() {
    document.title = `${RUN.title}: Foldwise report`;
    document.getElementById('of').textContent = RUN.title;
    const verdict = document.getElementById('verdict');
    const sentences = document.getElementById('sentences');
    const say = text => sentences.append(element('p', {text}));
    if (CHOSEN) {
      const what = told(CHOSEN.values);
      verdict.textContent = RUN.candidates.length === 1 ? 'One candidate, cross-validated'
        : `${what.charAt(0).toUpperCase()}${what.slice(1)} was chosen`;
      say(`On rows that it was not trained on, its ${metric} is ${brief(CHOSEN.ranking)}`
        + (CHOSEN.se === null ? '' : ` ± ${brief(CHOSEN.se)}, the mean and its standard error`)
        + ` over ${CHOSEN.folds.length} folds${RUN.candidates.length > 1 ? `; ${RUN.candidates.length} candidates were compared` : ''}.`);
      if (RUN.interval) say(`On new rows it should be between ${brief(RUN.interval.low)} and ${brief(RUN.interval.high)}: of such intervals ${Math.round(1000 * RUN.interval.confidence) / 10} % hold it (${RUN.interval.method === 'nested' ? 'nested cross-validation' : 'corrected variance of the folds'}).`);
      const choice = RUN.selection && RUN.candidates.length > 1 ? RUN.selection : {asGood: 0, bias: null};
      if (choice.asGood > 0) say(`${choice.asGood} of ${choice.candidates} candidates are as good as that of rank 1 (corrected paired t-test, 0.05).`);
      if (RUN.dealings) say(`Over ${RUN.dealings} other dealings of the rows into folds that of rank ${RUN.winner} is the best most often, ${RUN.won} times.`);
      if (RUN.gainOfTwice) say(`Twice the rows would bring the ${metric} down by about ${percent(RUN.gainOfTwice)}, as an inverse power law goes on.`);
      const missed = (RUN.columns || []).filter(c => c.more > 0 && c.p < 0.05).slice(0, 5);
      if (missed.length) say(`Trained again without a column, the ${metric} grows: ${missed.map(c => `${c.feature} by ${brief(c.more)}`).join(', ')}. Of ${RUN.columns.length} columns ${RUN.columns.filter(c => !(c.more > 0 && c.p < 0.05)).length} are not missed (corrected paired t-test, 0.05).`);
      if (choice.bias !== null) say(`Being chosen flatters a score: less that, its ${metric} is ${brief(choice.correctedMean)}.`);
      if (RUN.within) say(`Of new rows ${Math.round(1000 * RUN.within.confidence) / 10} % should lie within about ${brief(RUN.within.error)} of their prediction (CV+; foldwise predict --interval tells it for each).`);
      if (RUN.reason) say(`It is not the first by rank, by the rule ${RUN.reason.replace('+-', '±')}.`);
      ends().forEach(say);
    } else {
      verdict.textContent = 'One training, without folds';
    }
    const diverged = RUN.candidates.filter(c => c.ending === 'diverged').length;
    if (diverged) say(`${diverged} of ${RUN.candidates.length} candidates diverged: their steps were too large, and they are never chosen.`);
    const tiles = document.getElementById('tiles');
    const tile = (name, value, small) => tiles.append(element('div', {},
      element('dt', {text: name}), element('dd', {}, document.createTextNode(value), element('small', {text: small}))));
    if (CHOSEN) tile('Cross-validation', brief(CHOSEN.ranking), `${metric}, held-out rows`);
    if (RUN.test) tile('Test', brief(RUN.test[RUN.metric]), `${metric}, ${RUN.test.rows.toLocaleString('en')} rows that nothing else has seen`);
    const convergence = RUN.convergence;
    tile('Training', brief(convergence.training), `${lossName}, all training rows`);
    if (convergence.optimum !== null) {
      const reached = convergence.reached ? 'reached'
        : `${convergence.excess < 3 ? percent(convergence.excess) + ' above it' : percent(convergence.share) + ' of what training gains is missing'}`;
      tile('Optimum of training', brief(convergence.optimum), convergence.penalized ? `with penalties; ${reached}` : reached);
      tile('Best constant', brief(convergence.constant), RUN.models ? 'predicting the same values for every row' : 'predicting one number for every row');
    }
  }

  /** A sentence for each numeric axis at whose end the best candidate lies. */
  function ends() {
    const best = RUN.candidates.find(c => c.rank === 1);
    return AXES.filter(axis => axis.numeric && axis.values.length > 2 && best.values[axis.name] !== undefined)
      .map(axis => {
        const value = best.values[axis.name];
        const first = axis.values[0];
        const last = axis.values[axis.values.length - 1];
        const natural = value === 0 || (axis.name === 'degree' && value === 1);
        if (value === first && !natural) return `The best lies at the small end of ${axis.name} (${plain(value)}): smaller values may be better still.`;
        if (value === last) return `The best lies at the large end of ${axis.name} (${plain(value)}): larger values may be better still.`;
        return null;
      }).filter(text => text !== null);
  }

  // ---- charts

  function colours() {
    const style = getComputedStyle(document.documentElement);
    const of = name => style.getPropertyValue('--' + name).trim();
    return {ground: of('ground'), card: of('card'), ink: of('ink'), muted: of('muted'), line: of('line'),
      accent: of('accent'), training: of('training'), yours: of('yours'), bad: of('bad')};
  }

  function axisOption(name, option) {
    return {
      name, nameLocation: 'middle', nameTextStyle: {color: theme.muted, fontSize: 13},
      axisLine: {onZero: false, lineStyle: {color: theme.muted}}, axisLabel: {color: theme.muted, hideOverlap: true, formatter: labelOf},
      splitLine: {lineStyle: {color: theme.line}}, ...option,
    };
  }

  function labelOf(value) {
    return typeof value === 'number' ? String(Number(value.toPrecision(3))).replace('-', '−') : value;
  }

  /** A tooltip, of what a point says of itself unless it is told what to say. */
  function tip(formatter) {
    return {trigger: 'item', confine: true, backgroundColor: theme.card, borderColor: theme.line, textStyle: {color: theme.ink}, formatter};
  }

  function draw(id, label, option) {
    const node = document.getElementById(id);
    if (!node) return;
    if (!charts.has(id)) {
      node.setAttribute('role', 'img');
      charts.set(id, echarts.init(node, null, {renderer: 'canvas'}));
    }
    node.setAttribute('aria-label', label);
    charts.get(id).setOption({
      animation: false,
      textStyle: {color: theme.ink, fontFamily: 'system-ui, sans-serif'},
      tooltip: tip(),
      grid: {left: 74, right: 26, top: 46, bottom: 58},
      ...option,
    }, true);
  }

  function legend(names) {
    return {top: 4, left: 0, itemWidth: 26, textStyle: {color: theme.ink}, data: names, type: 'scroll'};
  }

  function picture(id, title, text, choices) {
    const node = element('section', {class: 'picture', 'aria-labelledby': id + '-title'},
      element('h2', {id: id + '-title', text: title}), element('p', {text, id: id + '-text'}));
    if (choices) node.append(choices);
    node.append(element('div', {class: 'chart', id}));
    document.getElementById('pictures').append(node);
    return node;
  }

  function choice(name, values, current, change) {
    const select = element('select', {'aria-label': name, onchange: () => change(select.value)});
    values.forEach(([value, text]) => select.append(element('option', {value, text, selected: value === current})));
    return element('label', {}, document.createTextNode(name + ' '), select);
  }

  function isWide(values) {
    const positive = values.filter(v => v > 0 && Number.isFinite(v));
    return positive.length > 1 && positive.length === values.filter(v => Number.isFinite(v)).length
      && Math.max(...positive) > 30 * Math.min(...positive);
  }

  /** A vertical bar from low to high with caps, as a custom series draws it. */
  function errorBar(colour) {
    return (params, api) => {
      const high = api.coord([api.value(0), api.value(1)]);
      const low = api.coord([api.value(0), api.value(2)]);
      const style = {stroke: colour, lineWidth: 1.5, fill: null};
      const cap = 5;
      return {type: 'group', children: [
        {type: 'line', shape: {x1: high[0], y1: high[1], x2: low[0], y2: low[1]}, style},
        {type: 'line', shape: {x1: high[0] - cap, y1: high[1], x2: high[0] + cap, y2: high[1]}, style},
        {type: 'line', shape: {x1: low[0] - cap, y1: low[1], x2: low[0] + cap, y2: low[1]}, style}]};
    };
  }

  // ---- the validation curve

  const ofGrid = {x: null, y: null};

  function setUpGrid() {
    if (!CHOSEN || AXES.length === 0) return;
    const ordered = [...AXES].sort((a, b) => (b.values.length - a.values.length) || (b.numeric - a.numeric));
    ofGrid.x = ordered[0].name;
    ofGrid.y = ordered.length > 1 ? ordered[1].name : null;
    const names = AXES.map(axis => [axis.name, axis.name]);
    const choices = AXES.length > 1 ? element('div', {class: 'choices'},
      choice('Along', names, ofGrid.x, value => { ofGrid.x = value; drawGrid(); })) : null;
    picture('validation', 'Validation curve', curveText(), choices);
    redraws.push(drawGrid);
    if (AXES.length > 1) {
      const pair = element('div', {class: 'choices'},
        choice('Across', names, ofGrid.x, value => { heat.x = value; drawHeat(); }),
        choice('Up', names, ofGrid.y, value => { heat.y = value; drawHeat(); }));
      heat.x = ofGrid.x;
      heat.y = ofGrid.y;
      picture('heat', 'Two axes at once', `The ${metric} of the held-out rows; each cell is the best candidate with these two values, the frame is about the one chosen.`, pair);
      redraws.push(drawHeat);
    }
    if (AXES.length > 2) {
      picture('parallel', 'All axes at once', 'Each line is a candidate, its colour its score; drag along an axis to keep a part of it.');
      redraws.push(drawParallel);
    }
  }

  function curveText() {
    return `The ${metric} of held-out rows with its standard error, and of the rows trained on. Where both are poor the model `
      + 'underfits; where only training is good it overfits. The dotted line is one standard error above the best.';
  }

  /** The candidates along the axis, the others as the chosen one has them; of several the best. */
  function along(axis) {
    const others = AXES.filter(a => a.name !== axis.name);
    return axis.values.map(value => {
      const all = RUN.candidates.filter(c => c.values[axis.name] === value);
      const same = all.filter(c => others.every(a => c.values[a.name] === CHOSEN.values[a.name]));
      return (same.length ? same : all).reduce((a, b) => (a && a.rank < b.rank ? a : b), null);
    });
  }

  function drawGrid() {
    const axis = AXES.find(a => a.name === ofGrid.x);
    const points = along(axis);
    const logX = axis.numeric && axis.values.length > 2 && isWide(axis.values);
    const category = !axis.numeric || (!logX && axis.values.some(v => v === 0) && isWide(axis.values.filter(v => v > 0)));
    const at = i => category ? i : axis.values[i];
    const alive = points.map((c, i) => ({c, i})).filter(p => p.c && p.c.ending !== 'diverged' && p.c.ranking !== null);
    const values = alive.flatMap(p => [p.c.ranking, p.c.train]).filter(v => v !== null);
    const logY = isWide(values);
    const best = RUN.candidates.find(c => c.rank === 1);
    const bound = best.se === null ? null : best.ranking + sign * best.se;
    const line = (name, of, colour, dash, symbol) => ({
      name, type: 'line', symbol, symbolSize: 9, showSymbol: alive.length <= 60, lineStyle: {color: colour, width: 2.5, type: dash}, itemStyle: {color: colour},
      data: alive.filter(p => of(p.c) !== null).map(p => ({value: [at(p.i), of(p.c)], candidate: p.c})),
    });
    const bars = alive.filter(p => p.c.se !== null).map(p => {
      const low = p.c.ranking - p.c.se;
      return [at(p.i), p.c.ranking + p.c.se, logY && low <= 0 ? Math.min(...values) : low];
    });
    const series = [
      line('held-out rows', c => c.ranking, theme.accent, 'solid', 'circle'),
      line('rows trained on', c => c.train, theme.training, 'dashed', 'rect'),
      {type: 'custom', name: 'standard error', data: bars, renderItem: errorBar(theme.accent), silent: true, z: 1, clip: true},
    ];
    const marks = [];
    const chosenAt = points.findIndex(c => c && c.chosen);
    if (chosenAt >= 0) marks.push({xAxis: at(chosenAt), label: {formatter: 'chosen', color: theme.ink}, lineStyle: {color: theme.ink, type: 'solid'}});
    if (bound !== null) marks.push({yAxis: bound, label: {formatter: 'best + 1 s.e.', position: 'insideEndTop', color: theme.muted}, lineStyle: {color: theme.muted, type: 'dotted'}});
    series[0].markLine = {silent: true, symbol: 'none', data: marks};
    if (yours && yours.found && axis.numeric && typeof yours.values[axis.name] === 'number' && !yours.found.diverged()) {
      const x = category ? axis.values.indexOf(yours.values[axis.name]) : yours.values[axis.name];
      if (x >= 0) series.push({name: 'yours', type: 'scatter', symbol: 'diamond', symbolSize: 16, itemStyle: {color: theme.yours}, data: [[x, yours.found.mean()]]});
    }
    const spread = alive.some(p => p.c.nonzero !== alive[0].c.nonzero);
    // Along the top of a second, hidden axis, whatever the first one is.
    if (spread) series.push({type: 'scatter', yAxisIndex: 1, symbolSize: 0, silent: true, data: alive.map(p => ({value: [at(p.i), 1], candidate: p.c})),
      label: {show: true, position: 'top', distance: 20, color: theme.muted, formatter: p => String(p.data.candidate.nonzero)}, labelLayout: {hideOverlap: true}});
    draw('validation', `Validation curve of ${metric} along ${axis.name}`, {
      legend: legend(series.filter(s => s.name && s.type !== 'custom').map(s => s.name)),
      grid: {left: 74, right: 30, top: spread ? 96 : 46, bottom: 58},
      title: spread ? {text: 'weights that are not 0', left: 74, top: 36, textStyle: {color: theme.muted, fontSize: 12, fontWeight: 400}} : undefined,
      xAxis: [category
        ? axisOption(axis.name, {type: 'category', data: axis.values.map(plain), nameGap: 34, splitLine: {show: false}})
        : axisOption(axis.name, {type: logX ? 'log' : 'value', nameGap: 34, scale: true, splitLine: {show: false},
          minInterval: axis.name === 'degree' ? 1 : undefined, ...padded(axis.values, logX),
          axisLabel: {color: theme.muted, formatter: labelOf, showMinLabel: false, showMaxLabel: false}})],
      yAxis: [axisOption(metric, {type: logY ? 'log' : 'value', scale: true, nameGap: 56}), {type: 'value', min: 0, max: 1, show: false}],
      tooltip: tip(p => p.data && p.data.candidate ? candidateTip(p.data.candidate) : `${p.seriesName}: ${brief(p.value[1])}`),
      series,
    });
    const sides = document.getElementById('validation-text');
    sides.textContent = curveText() + sidesOf(axis, alive);
  }

  function padded(values, log) {
    const low = Math.min(...values);
    const high = Math.max(...values);
    return log ? {min: low / 1.5, max: high * 1.5} : {min: low - 0.06 * (high - low), max: high + 0.06 * (high - low)};
  }

  /** Names the sides, where the curve says so: the minimum lies within, and training is monotone through it. */
  function sidesOf(axis, alive) {
    if (!axis.numeric || alive.length < 3 || RUN.higherIsBetter) return '';
    const scores = alive.map(p => p.c.ranking);
    const best = scores.indexOf(Math.min(...scores));
    const trains = alive.map(p => p.c.train);
    const drop = trains[0] - trains[trains.length - 1];
    const se = alive[best].c.se || 0;
    const left = scores[0] - scores[best] > se;
    const right = scores[scores.length - 1] - scores[best] > se;
    const names = drop > 0 ? ['underfitting', 'overfitting'] : ['overfitting', 'underfitting'];
    const parts = [];
    if (left) parts.push(`to the left it ${names[0] === 'underfitting' ? 'underfits' : 'overfits'}`);
    if (right) parts.push(`to the right it ${names[1] === 'underfitting' ? 'underfits' : 'overfits'}`);
    return parts.length ? ` Here the best is at ${plain(axis.values[alive[best].i])}; ${parts.join(' and ')} by more than a standard error.` : '';
  }

  function candidateTip(candidate) {
    const lines = [`<b>rank ${candidate.rank}</b>`, ...AXES.filter(a => a.name in candidate.values).map(a => `${a.name} ${plain(candidate.values[a.name])}`)];
    lines.push(`held out ${brief(candidate.ranking)}${candidate.se === null ? '' : ' ± ' + brief(candidate.se)}`, `trained on ${brief(candidate.train)}`);
    if (candidate.ending !== 'trained') lines.push(candidate.ending);
    return lines.join('<br>');
  }

  const heat = {x: null, y: null};

  function scale(min, max, least, most) {
    return {min: min === max ? min - 1 : min, max, calculable: false, orient: 'horizontal', left: 'center', bottom: 0, textStyle: {color: theme.ink}, text: [most, least],
      inRange: {color: RUN.higherIsBetter ? ['#fde725', '#35b779', '#31688e', '#440154'].reverse() : ['#440154', '#31688e', '#35b779', '#fde725']},
    };
  }

  function scored(candidates) {
    return candidates.filter(c => c.ending !== 'diverged' && c.ranking !== null);
  }

  function drawHeat() {
    const x = AXES.find(a => a.name === heat.x);
    const y = AXES.find(a => a.name === heat.y);
    if (x === y) {
      draw('heat', 'Choose two different axes', {title: {text: 'Choose two different axes', left: 'center', top: 'middle', textStyle: {color: theme.muted, fontWeight: 400}}});
      return;
    }
    const cells = [];
    x.values.forEach((xv, i) => y.values.forEach((yv, j) => {
      const best = scored(RUN.candidates).filter(c => c.values[x.name] === xv && c.values[y.name] === yv)
        .reduce((a, b) => (a && a.rank < b.rank ? a : b), null);
      if (best) cells.push({value: [i, j, best.ranking], candidate: best,
        itemStyle: best.chosen ? {borderColor: theme.yours, borderWidth: 4} : {}});
    }));
    const lost = [];
    x.values.forEach((xv, i) => y.values.forEach((yv, j) => {
      const all = RUN.candidates.filter(c => c.values[x.name] === xv && c.values[y.name] === yv);
      if (all.length && all.every(c => c.ending === 'diverged')) lost.push({value: [i, j], candidate: all[0]});
    }));
    const scores = cells.map(c => c.value[2]);
    const logScores = isWide(scores);
    if (logScores) cells.forEach(c => { c.value = [c.value[0], c.value[1], Math.log10(c.value[2])]; });
    const shown = cells.map(c => c.value[2]);
    draw('heat', `Heat map of ${metric} over ${x.name} and ${y.name}`, {
      grid: {left: 100, right: 26, top: 20, bottom: 104},
      xAxis: axisOption(x.name, {type: 'category', data: x.values.map(plain), nameGap: 28}),
      yAxis: axisOption(y.name, {type: 'category', data: y.values.map(plain), nameGap: 80}),
      visualMap: {...scale(Math.min(...shown), Math.max(...shown), brief(Math.min(...scores)), brief(Math.max(...scores))), seriesIndex: 0},
      tooltip: tip(p => candidateTip(p.data.candidate)),
      series: [{type: 'heatmap', data: cells, label: {show: document.getElementById('heat').clientWidth / x.values.length > 62, formatter: p => brief(p.data.candidate.ranking), fontSize: 11}},
        {type: 'scatter', data: lost, symbolSize: 1, label: {show: true, formatter: '✕ diverged', color: theme.bad}}],
    });
  }

  function drawParallel() {
    const candidates = scored(RUN.candidates);
    const scores = candidates.map(c => c.ranking);
    const logScores = isWide(scores);
    const axes = AXES.map((axis, dim) => axis.numeric && isWide(axis.values)
      ? {dim, name: axis.name, type: 'log'} : axis.numeric ? {dim, name: axis.name, scale: true}
        : {dim, name: axis.name, type: 'category', data: axis.values.map(plain)});
    axes.push({dim: AXES.length, name: RUN.metric, type: logScores ? 'log' : 'value', scale: true});
    const shown = scores.map(v => logScores ? Math.log10(v) : v);
    draw('parallel', `Parallel coordinates of ${candidates.length} candidates`, {
      parallel: {left: 50, right: 60, top: 40, bottom: 70, parallelAxisDefault: {nameTextStyle: {color: theme.ink},
        axisLine: {lineStyle: {color: theme.muted}}, axisLabel: {color: theme.muted, formatter: labelOf}}},
      parallelAxis: axes,
      visualMap: {...scale(Math.min(...shown), Math.max(...shown), brief(Math.min(...scores)), brief(Math.max(...scores))), dimension: AXES.length + 1},
      series: [{type: 'parallel', lineStyle: {width: 1.4, opacity: 0.6},
        data: candidates.map((c, i) => [...AXES.map(a => a.numeric ? c.values[a.name] : plain(c.values[a.name])), c.ranking, shown[i]])}],
    });
  }

  // ---- learning curves

  const curves = {logX: false, folds: true};

  /** Whether anything was trained step by step. */
  const DESCENDED = Object.values(RUN.curves).some(folds => folds[0].epochs.length > 1);

  function setUpCurves() {
    if (!DESCENDED && !RUN.moments) return;
    const box = element('input', {type: 'checkbox', checked: true, onchange: () => { curves.folds = box.checked; drawCurves(); }});
    const log = element('input', {type: 'checkbox', onchange: () => { curves.logX = log.checked; drawCurves(); }});
    picture('curves', 'Learning curves', `The ${lossName} after each epoch, on held-out rows and on those trained on: the mean over the folds, thin lines for each.`,
      element('div', {class: 'choices'}, element('label', {}, box, document.createTextNode(' each fold')),
        element('label', {}, log, document.createTextNode(' epochs on a log scale'))));
    redraws.push(drawCurves);
  }

  function meanOf(folds, key) {
    const length = Math.min(...folds.map(f => f.epochs.length));
    return Array.from({length}, (_, i) => [folds[0].epochs[i], folds.reduce((sum, f) => sum + f[key][i], 0) / folds.length]);
  }

  function curveLine(name, data, colour, dash, width, extra) {
    return {name, type: 'line', data: data.filter(p => Number.isFinite(p[1])), showSymbol: data.length < 3, symbolSize: 7,
      lineStyle: {color: colour, type: dash, width, opacity: width < 1 ? 0.55 : 1}, itemStyle: {color: colour}, ...extra};
  }

  function drawCurves() {
    document.getElementById('curves').closest('.picture').hidden = !DESCENDED && !(yours && yours.found && yours.values.optimizer !== 'exact');
    const series = [];
    const names = [];
    const key = CHOSEN ? String(CHOSEN.index) : Object.keys(RUN.curves)[0];
    const folds = RUN.curves[key];
    const held = CHOSEN !== null;
    const add = (name, of, colour, dash, width, extra) => { if (!names.includes(name)) names.push(name); series.push(curveLine(name, of, colour, dash, width, extra)); };
    const others = RUN.candidates.filter(c => !c.chosen && RUN.curves[String(c.index)]).sort((a, b) => a.rank - b.rank);
    for (const other of others.slice(0, 12)) {
      const of = meanOf(RUN.curves[String(other.index)], 'validation');
      if (of.length > 1) add('other candidates, held out', of, theme.muted, 'solid', 0.9, {z: 1, silent: true, endLabel:
        other.ending === 'diverged' ? {show: true, formatter: '✕ diverged', color: theme.bad} : {show: false}});
    }
    if (held && curves.folds) folds.forEach(f => series.push(curveLine('each fold', f.epochs.map((e, i) => [e, f.validation[i]]), theme.accent, 'solid', 0.7, {silent: true})));
    if (held) add('chosen, held out', meanOf(folds, 'validation'), theme.accent, 'solid', 2.6);
    add(held ? 'chosen, trained on' : 'trained on', meanOf(folds, 'training'), theme.training, 'dashed', 2.2);
    if (yours && yours.found) {
      const mine = [];
      for (let t = 0; t < yours.found.trials(); t++) {
        mine.push({epochs: yours.found.curveEpochs(t), training: yours.found.curveTraining(t), validation: yours.found.curveValidation(t)});
      }
      const from = Math.min(...mine.map(m => m.epochs.length));
      if (from > 0) {
        add('yours, held out', meanOf(mine, 'validation'), theme.yours, 'solid', 2.6);
        add('yours, trained on', meanOf(mine, 'training'), theme.yours, 'dashed', 1.8);
      }
    }
    const all = series.flatMap(s => s.data.map(p => p[1]));
    const logY = isWide(all) || (all.every(v => v > 0) && Math.max(...all) > 5 * Math.min(...all));
    if (CHOSEN && CHOSEN.stopped) {
      const last = series.find(s => s.name === 'chosen, held out');
      last.markLine = {silent: true, symbol: 'none', data: [{xAxis: CHOSEN.epochs, label: {formatter: 'early stop', color: theme.ink}, lineStyle: {color: theme.ink, type: 'dotted'}}]};
    }
    draw('curves', `Learning curves: ${lossName} by epoch`, {
      legend: legend(names),
      xAxis: axisOption('epoch', {type: curves.logX ? 'log' : 'value', nameGap: 32, min: curves.logX ? 1 : 0, splitLine: {show: false}}),
      yAxis: axisOption(lossName, {type: logY ? 'log' : 'value', scale: true, nameGap: 56}),
      tooltip: {...tip(list => `epoch ${list[0].value[0]}<br>` + [...new Map(list.map(p => [p.seriesName, p])).values()]
          .filter(p => !p.seriesName.startsWith('other') && p.seriesName !== 'each fold').map(p => `${p.marker}${p.seriesName} ${brief(p.value[1])}`).join('<br>')), trigger: 'axis'},
      series,
    });
  }

  function setUpFolds() {
    if (!CHOSEN || CHOSEN.folds.length < 2) return;
    picture('folds', 'Each fold', `The ${metric} of each held-out fold, of the best candidates by rank: how far the folds lie apart is how sure the mean can be.`);
    redraws.push(drawFolds);
  }

  function drawFolds() {
    const shown = scored(RUN.candidates).sort((a, b) => a.rank - b.rank).slice(0, 12);
    if (!shown.includes(CHOSEN)) shown.push(CHOSEN);
    const dots = shown.flatMap((c, i) => c.folds.map((v, f) => ({value: [i, v], fold: f, candidate: c})).filter(p => p.value[1] !== null));
    const logY = isWide(dots.map(d => d.value[1]));
    draw('folds', `The ${metric} of each fold`, {
      legend: legend(['a fold', 'mean']),
      grid: {left: 74, right: 26, top: 46, bottom: 64},
      xAxis: axisOption('candidate', {type: 'category', data: shown.map(c => (AXES.length === 1 ? plain(c.values[AXES[0].name]) : `#${c.rank}`)), nameGap: 36, splitLine: {show: false},
        name: AXES.length === 1 ? AXES[0].name + ', by rank' : 'rank'}),
      yAxis: axisOption(metric, {type: logY ? 'log' : 'value', scale: true, nameGap: 56}),
      tooltip: tip(p => p.data.candidate ? `fold ${RUN.foldNumbers[p.data.fold]}: ${brief(p.data.value[1])}<br>${candidateTip(p.data.candidate)}` : ''),
      series: [
        {name: 'a fold', type: 'scatter', symbol: 'circle', symbolSize: 8, itemStyle: {color: theme.accent, opacity: 0.65}, data: dots},
        {name: 'mean', type: 'scatter', symbol: 'rect', symbolSize: [26, 3], itemStyle: {color: theme.ink}, data: shown.map((c, i) => ({value: [i, c.ranking], candidate: c, fold: 0}))
          .filter(p => p.value[1] !== null), tooltip: {formatter: p => candidateTip(p.data.candidate)}},
      ],
    });
  }

  // ---- the fit

  function setUpFit() {
    const one = RUN.features.length === 1;
    if (RUN.models) {
      setUpConfusion();
      return;
    }
    if (!RUN.rows && !(one && RUN.low !== undefined)) {
      const node = element('section', {class: 'picture'}, element('h2', {text: 'The fit'}),
        element('p', {text: 'No row of the data is in this page. With --report-rows 2000 at most so many are, drawn at random, and predictions stand here beside what they should be.'}));
      document.getElementById('pictures').append(node);
      return;
    }
    if (one) {
      picture('fit', 'The fit', `The model over ${RUN.features[0]}`
        + (RUN.rows ? ', with the rows; thin lines are the models of the folds, each trained without one.' : '; the rows are not in this page (--report-rows).'));
      redraws.push(drawFit);
      return;
    }
    if (RUN.binary) {
      picture('roc', 'Ranking the classes', 'How many of the positive rows are found (up) at the price of how many negative ones (across), from out-of-fold predictions.');
      picture('recall', 'Precision and recall', 'Of the rows called positive, how many are (up), where so many of the positive rows are found (across).');
      redraws.push(drawRoc, drawRecall);
      if (RUN.rows.probability) {
        picture('calibration', 'Calibration', 'How often rows are positive (up) that were given a probability (across): on the diagonal they agree.');
        redraws.push(drawCalibration);
      }
      return;
    }
    picture('predicted', 'Predicted and actual', 'Each row by the model that was not trained on it; on the diagonal they agree.');
    picture('residuals', 'Residuals', 'Actual minus predicted, over the prediction: a bend or a funnel says what a line misses.');
    redraws.push(drawPredicted, drawResiduals);
  }

  function rowPoints(x, test) {
    const points = [];
    const label = RUN.rows.label;
    for (let i = 0; i < label.length; i++) if (RUN.rows.test[i] === test) points.push([x(i), label[i]]);
    return points;
  }

  function drawFit() {
    const series = [];
    let low = RUN.low;
    let high = RUN.high;
    if (RUN.rows) {
      const xs = RUN.rows.x;
      low = Math.min(...xs);
      high = Math.max(...xs);
      series.push({name: 'training rows', type: 'scatter', symbolSize: 7, itemStyle: {color: theme.accent, opacity: 0.55}, data: rowPoints(i => xs[i], 0)});
      const tests = rowPoints(i => xs[i], 1);
      if (tests.length) series.push({name: 'test rows', type: 'scatter', symbol: 'triangle', symbolSize: 9, itemStyle: {color: theme.training}, data: tests});
    }
    const grid = Array.from({length: 161}, (_, i) => low + (high - low) * i / 160);
    const line = (name, ys, colour, width, dash, extra) => series.push({name, type: 'line', showSymbol: false, data: grid.map((x, i) => [x, ys[i]]),
      lineStyle: {color: colour, width, type: dash, opacity: width < 1 ? 0.6 : 1}, itemStyle: {color: colour}, ...extra});
    const base = baseline();
    if (base) for (let t = 0; CHOSEN && t < base.trials(); t++) line('models of the folds', base.predictTrial(t, grid), theme.muted, 0.8, 'solid', {silent: true});
    line('the model', base ? base.predict(grid) : grid.map(powers), theme.ink, 2.6, 'solid', {z: 5});
    if (yours && yours.found && !yours.found.diverged()) line('yours', yours.found.predict(grid), theme.yours, 2.6, 'dashed', {z: 6});
    const ys = series.filter(s => s.type === 'scatter').flatMap(s => s.data.map(p => p[1]));
    const range = ys.length ? [Math.min(...ys), Math.max(...ys)] : null;
    const pad = range ? 0.12 * (range[1] - range[0] || 1) : 0;
    draw('fit', `The fitted model over ${RUN.features[0]}`, {
      legend: legend([...new Set(series.map(s => s.name))]),
      xAxis: axisOption(RUN.features[0], {type: 'value', scale: true, nameGap: 32, splitLine: {show: false}, min: low, max: high,
        axisLabel: {color: theme.muted, formatter: labelOf, showMinLabel: false, showMaxLabel: false}}),
      yAxis: axisOption(RUN.label, {type: 'value', scale: true, nameGap: 56, ...(range ? {min: range[0] - pad, max: range[1] + pad, axisLabel: {color: theme.muted, formatter: labelOf, showMinLabel: false, showMaxLabel: false}} : {})}),
      series: series.map(s => ({clip: true, ...s})),
    });
  }

  /** What the final model says of the test rows of each class; deeper where more of a class's rows are. */
  function setUpConfusion() {
    const node = element('section', {class: 'picture', id: 'confusion'}, element('h2', {text: 'Right and wrong'}));
    document.getElementById('pictures').append(node);
    const confusion = RUN.test && RUN.test.confusion;
    if (!confusion) {
      node.append(element('p', {text: 'There are no test rows: with --test-fraction 0.2 a fifth is set aside, and what the model says of them stands here beside what they are.'}));
      return;
    }
    const cell = (value, sum) => {
      const td = element('td', {text: Number.isInteger(value) ? plain(value) : brief(value)});
      if (sum > 0) td.style.background = `color-mix(in srgb, var(--accent) ${Math.round(60 * value / sum)}%, transparent)`;
      return td;
    };
    node.append(element('p', {class: 'muted', text: 'Test rows by what they are (down) and what the final model says (across): those on the diagonal are right.'}),
      element('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Confusion matrix'}, element('table', {},
        element('thead', {}, element('tr', {}, element('th', {scope: 'col', text: RUN.label}), ...confusion.classes.map(name => element('th', {scope: 'col', text: name})))),
        element('tbody', {}, ...confusion.rows.map((row, k) => element('tr', {}, element('th', {scope: 'row', text: confusion.classes[k]}),
          ...row.map(value => cell(value, row.reduce((a, b) => a + b, 0)))))))));
  }

  /** The final model at one feature, from its powers. */
  function powers(x) {
    let sum = RUN.model.intercept;
    RUN.model.coefficients.forEach((c, j) => { sum += c * x ** (j + 1); });
    return sum;
  }

  function unseen() {
    return RUN.rows.outOfFold || RUN.rows.predicted;
  }

  function drawPredicted() {
    const at = unseen();
    const points = rowPoints(i => at[i], 0).filter(p => p[0] !== null);
    const tests = rowPoints(i => RUN.rows.predicted[i], 1);
    const all = points.concat(tests).flat();
    const range = [Math.min(...all), Math.max(...all)];
    draw('predicted', 'Predicted and actual', {
      legend: legend(['training rows', ...(tests.length ? ['test rows'] : []), 'agreement']),
      xAxis: axisOption('predicted ' + RUN.label, {type: 'value', scale: true, nameGap: 32}),
      yAxis: axisOption('actual ' + RUN.label, {type: 'value', scale: true, nameGap: 56}),
      series: [
        {name: 'training rows', type: 'scatter', symbolSize: 7, itemStyle: {color: theme.accent, opacity: 0.5}, data: points},
        {name: 'test rows', type: 'scatter', symbol: 'triangle', symbolSize: 9, itemStyle: {color: theme.training}, data: tests},
        {name: 'agreement', type: 'line', showSymbol: false, lineStyle: {color: theme.ink, type: 'dashed'}, itemStyle: {color: theme.ink}, data: [[range[0], range[0]], [range[1], range[1]]]}],
    });
  }

  function drawResiduals() {
    const at = unseen();
    const points = rowPoints(i => at[i], 0).filter(p => p[0] !== null).map(([p, y]) => [p, y - p]);
    draw('residuals', 'Residuals over predictions', {
      xAxis: axisOption('predicted ' + RUN.label, {type: 'value', scale: true, nameGap: 32}),
      yAxis: axisOption('actual − predicted', {type: 'value', scale: true, nameGap: 56}),
      series: [{name: 'training rows', type: 'scatter', symbolSize: 7, itemStyle: {color: theme.accent, opacity: 0.5}, data: points,
        markLine: {silent: true, symbol: 'none', label: {show: false}, lineStyle: {color: theme.ink, type: 'dashed'}, data: [{yAxis: 0}]}}],
    });
  }

  /** Rows by falling decision value, with how many positive and negative ones stand before each. */
  function ranked() {
    const at = unseen();
    const rows = at.map((v, i) => [v, RUN.rows.label[i], RUN.rows.test[i]]).filter(r => r[0] !== null && r[2] === 0).sort((a, b) => b[0] - a[0]);
    const steps = [[0, 0]];
    let positive = 0;
    let negative = 0;
    rows.forEach((row, i) => {
      if (row[1] > 0.5) positive++; else negative++;
      if (i === rows.length - 1 || rows[i + 1][0] !== row[0]) steps.push([negative, positive]);
    });
    return {steps, positive, negative};
  }

  function drawRoc() {
    const {steps, positive, negative} = ranked();
    let area = 0;
    for (let i = 1; i < steps.length; i++) area += (steps[i][0] - steps[i - 1][0]) * (steps[i][1] + steps[i - 1][1]) / 2;
    area /= positive * negative;
    draw('roc', `ROC curve, area ${brief(area)}`, {
      title: {text: `area under the curve ${brief(area)}`, right: 10, top: 6, textStyle: {color: theme.muted, fontSize: 13, fontWeight: 400}},
      xAxis: axisOption('negative rows called positive', {type: 'value', min: 0, max: 1, nameGap: 32}),
      yAxis: axisOption('positive rows found', {type: 'value', min: 0, max: 1, nameGap: 46}),
      series: [{type: 'line', showSymbol: false, lineStyle: {color: theme.accent, width: 2.5}, data: steps.map(s => [s[0] / negative, s[1] / positive])},
        {type: 'line', showSymbol: false, silent: true, lineStyle: {color: theme.muted, type: 'dashed'}, data: [[0, 0], [1, 1]]}],
    });
  }

  function drawRecall() {
    const {steps, positive, negative} = ranked();
    const share = positive / (positive + negative);
    draw('recall', 'Precision over recall', {
      xAxis: axisOption('positive rows found (recall)', {type: 'value', min: 0, max: 1, nameGap: 32}),
      yAxis: axisOption('of those called positive, right (precision)', {type: 'value', min: 0, max: 1, nameGap: 46}),
      series: [{type: 'line', showSymbol: false, lineStyle: {color: theme.accent, width: 2.5}, data: steps.slice(1).map(s => [s[1] / positive, s[1] / (s[0] + s[1])]),
        markLine: {silent: true, symbol: 'none', label: {formatter: 'share of positive rows', position: 'insideEndTop', color: theme.muted}, lineStyle: {color: theme.muted, type: 'dashed'}, data: [{yAxis: share}]}}],
    });
  }

  function drawCalibration() {
    const at = unseen();
    const rows = at.map((v, i) => [v, RUN.rows.label[i], RUN.rows.test[i]]).filter(r => r[0] !== null && r[2] === 0)
      .map(r => [1 / (1 + Math.exp(-r[0])), r[1]]).sort((a, b) => a[0] - b[0]);
    const bins = Math.min(10, Math.max(2, Math.floor(rows.length / 20)));
    const points = [];
    for (let b = 0; b < bins; b++) {
      const part = rows.slice(Math.floor(b * rows.length / bins), Math.floor((b + 1) * rows.length / bins));
      const mean = of => part.reduce((sum, r) => sum + of(r), 0) / part.length;
      const share = mean(r => r[1]);
      points.push([mean(r => r[0]), share, Math.sqrt(share * (1 - share) / part.length)]);
    }
    draw('calibration', 'Calibration of probabilities', {
      xAxis: axisOption('probability given', {type: 'value', min: 0, max: 1, nameGap: 32}),
      yAxis: axisOption('share that is positive', {type: 'value', min: 0, max: 1, nameGap: 46}),
      series: [{type: 'line', symbol: 'circle', symbolSize: 9, lineStyle: {color: theme.accent}, itemStyle: {color: theme.accent}, data: points.map(p => [p[0], p[1]])},
        {type: 'custom', renderItem: errorBar(theme.accent), silent: true, data: points.map(p => [p[0], Math.min(1, p[1] + p[2]), Math.max(0, p[1] - p[2])])},
        {type: 'line', showSymbol: false, silent: true, lineStyle: {color: theme.muted, type: 'dashed'}, data: [[0, 0], [1, 1]]}],
    });
  }

  // ---- the loss surface

  const surface = {i: -1, j: -1};
  const RATES = [
    ['small', 'Too small', 'many steps, and still on the way'],
    ['right', 'As trained', 'down to the optimum, or as far as the epochs last'],
    ['large', 'Too large', 'each step leaps over the valley'],
  ];

  function setUpSurface() {
    if (!engine) return;
    const node = element('section', {class: 'picture', 'aria-labelledby': 'surface-title'},
      element('h2', {id: 'surface-title', text: 'The loss surface, and the road down'}),
      element('p', {text: `Lines of equal training loss over two weights${RUN.values.standardize === false ? '' : ' of standardised features'}, the others at the optimum, and the road that descent takes from its start (ring) towards the optimum (cross): at a rate too small, as trained, and too large.`}),
      element('div', {class: 'choices', id: 'surface-choices'}));
    const row = element('div', {class: 'row3'});
    RATES.forEach(([id, title, text]) => row.append(element('figure', {}, element('figcaption', {}, element('b', {id: `surface-${id}-title`, text: title}), element('span', {class: 'muted', id: `surface-${id}-text`, text})),
      element('div', {class: 'chart', id: 'surface-' + id}))));
    node.append(row);
    document.getElementById('pictures').append(node);
    redraws.push(drawSurface);
  }

  function surfaceChoices(names) {
    const node = document.getElementById('surface-choices');
    const key = names.join('|');
    if (node.dataset.names === key) return;
    node.dataset.names = key;
    const values = names.map((name, i) => [String(i), name]);
    node.replaceChildren();
    if (names.length > 2) {
      node.append(choice('Across', values, String(surface.i), v => { surface.i = Number(v); drawSurface(); }),
        choice('Up', values, String(surface.j), v => { surface.j = Number(v); drawSurface(); }));
    }
  }

  /** The values with steps in place of the exact optimum. */
  function stepping(values) {
    return batched(values.optimizer === 'exact' ? {...values, optimizer: 'sgd'} : values);
  }

  /** The values with a batch size that the moments can make. */
  function batched(values) {
    if (values.optimizer === 'exact' || 'batch-size' in values) return values;
    const sizes = Array.from(engine.batchSizes());
    return {...values, 'batch-size': sizes[sizes.length - 1]};
  }

  function drawSurface() {
    const values = stepping(yours ? yours.values : RUN.values);
    const heldOut = yours ? yours.heldOut : -1;
    const road = engine.road(gridText(values), heldOut);
    const names = road.names();
    const p = names.length;
    if (p < 2) {
      document.getElementById('surface-right').closest('.picture').hidden = true;
      return;
    }
    document.getElementById('surface-right').closest('.picture').hidden = false;
    const optimum = road.optimum();
    const rate = road.rate();
    const roads = {right: pointsOf(road.path(400), p)};
    if (surface.i < 0 || surface.i >= p || surface.j >= p || surface.i === surface.j) {
      // Those that have furthest to go; the intercept may begin at its optimum.
      const from = p > 2 && names[0] === 'intercept' ? 1 : 0;
      const far = names.map((_, at) => at).slice(from).sort((x, y) => Math.abs(optimum[y] - roads.right[0][y]) - Math.abs(optimum[x] - roads.right[0][x]));
      [surface.i, surface.j] = far.slice(0, 2).sort((x, y) => x - y);
    }
    surfaceChoices(names);
    let part = 10;
    for (const less of [10, 30, 100, 300, 1000, 3000]) {
      part = less;
      roads.small = pointsOf(engine.road(gridText({...values, 'learning-rate': rate / less}), heldOut).path(400), p);
      const gap = w => road.objective(w) - road.objective(optimum);
      if (gap(roads.small[roads.small.length - 1]) > 0.03 * gap(roads.small[0])) break;
    }
    let factor = 2;
    for (const more of [1.5, 2, 2.5, 3, 4, 5, 6, 8, 10, 15, 20, 50, 200, 1000]) {
      factor = more;
      const fast = engine.road(gridText({...values, 'learning-rate': rate * more, epochs: Math.min(values.epochs || 100, 40)}), heldOut);
      roads.large = pointsOf(fast.path(400), p);
      const last = roads.large[roads.large.length - 1];
      const end = last.every(Number.isFinite) ? fast.objective(last) : Infinity;
      if (!(end <= fast.objective(roads.large[0]))) break;
    }
    const {i, j} = surface;
    const reach = (at, points) => Math.max(...points.map(w => Math.abs(w[at] - optimum[at])).filter(Number.isFinite), 1e-9 * Math.abs(optimum[at]) || 1e-9);
    const near = [...roads.right, ...roads.small];
    /** Where a road is seen: about the optimum, as far as it goes, and of one that leaves as far as its first steps. */
    const view = id => [i, j].map(at => {
      const own = 1.25 * reach(at, near);
      const wide = id === 'large' ? Math.min(6 * own, 1.1 * reach(at, roads.large.slice(0, 6))) : own;
      return [optimum[at] - Math.max(own, wide), optimum[at] + Math.max(own, wide)];
    });
    const n = 44;
    const least = road.objective(optimum);
    const contours = ([a, b]) => {
      const spread = ([from, to]) => Array.from({length: n}, (_, k) => from + (to - from) * k / (n - 1));
      const z = road.surface(optimum, i, j, spread(a), spread(b)).map(v => v - least);
      const most = Math.max(...z);
      const levels = Array.from({length: 11}, (_, k) => most * (0.004 * 250 ** (k / 10)));
      const rings = d3.contours().size([n, n]).thresholds([...levels].reverse().map(l => -l))(z.map(v => -v));
      const toData = ([x, y]) => [a[0] + (a[1] - a[0]) * (x - 0.5) / (n - 1), b[0] + (b[1] - b[0]) * (y - 0.5) / (n - 1)];
      return rings.map(ring => ring.coordinates.map(polygon => polygon[0].map(toData)));
    };
    document.getElementById('surface-small-title').textContent = `Too small: ${brief(rate / part)}`;
    document.getElementById('surface-right-title').textContent = `${yours ? 'Yours' : RUN.values.optimizer === 'exact' ? 'As sgd would' : 'As trained'}: ${brief(rate)}`;
    document.getElementById('surface-large-title').textContent = `Too large: ${brief(rate * factor)}`;
    for (const [id] of RATES) {
      const [a, b] = view(id);
      const shapes = contours([a, b]);
      const shown = roads[id].map(w => [w[i], w[j]]).filter(w => w.every(v => Number.isFinite(v) && Math.abs(v) < 1e6 * (1 + Math.abs(a[1]) + Math.abs(b[1]))));
      draw('surface-' + id, `Loss surface over ${names[i]} and ${names[j]} with the road at the rate ${id}`, {
        grid: {left: 62, right: 12, top: 10, bottom: 48},
        tooltip: {show: false},
        xAxis: axisOption(weightName(names[i], values), {type: 'value', min: a[0], max: a[1], nameGap: 28, splitLine: {show: false}, splitNumber: 3, axisLabel: {color: theme.muted, formatter: labelOf, showMinLabel: false, showMaxLabel: false}}),
        yAxis: axisOption(weightName(names[j], values), {type: 'value', min: b[0], max: b[1], nameGap: 44, splitLine: {show: false}, splitNumber: 4, axisLabel: {color: theme.muted, formatter: labelOf, showMinLabel: false, showMaxLabel: false}}),
        series: [
          {type: 'custom', silent: true, clip: true, data: shapes.map((_, k) => [k]), coordinateSystem: 'cartesian2d',
            renderItem: (params, api) => ({type: 'group', children: shapes[params.dataIndex].map(polygon => ({type: 'polygon',
              shape: {points: polygon.map(point => api.coord(point))},
              style: {fill: theme.accent, opacity: 0.09, stroke: null}})).concat(shapes[params.dataIndex].map(polygon => ({type: 'polyline',
              shape: {points: polygon.map(point => api.coord(point))}, style: {stroke: theme.muted, lineWidth: 0.7, fill: null}})))})},
          {type: 'line', silent: true, clip: true, data: shown, symbol: 'circle', symbolSize: 4, showSymbol: shown.length < 120,
            lineStyle: {color: id === 'right' ? (yours ? theme.yours : theme.accent) : theme.training, width: 2}, itemStyle: {color: id === 'right' ? (yours ? theme.yours : theme.accent) : theme.training}},
          {type: 'scatter', silent: true, symbol: 'emptyCircle', symbolSize: 12, itemStyle: {color: theme.ink, borderWidth: 2}, data: shown.slice(0, 1)},
          {type: 'scatter', silent: true, symbol: 'path://M-1,-1L1,1M-1,1L1,-1', symbolSize: 12, itemStyle: {borderColor: theme.ink, borderWidth: 2.5}, data: [[optimum[i], optimum[j]]]},
        ],
      });
    }
  }

  function weightName(name, values) {
    if (name === 'intercept') return values.standardize === false ? 'intercept' : 'intercept, at the mean';
    return name.length > 22 ? name.slice(0, 21) + '…' : name;
  }

  function pointsOf(flat, p) {
    return Array.from({length: flat.length / p}, (_, k) => Array.from(flat.slice(k * p, (k + 1) * p)));
  }

  // ---- the engine and its controls

  function gridText(values) {
    return Object.entries(values).filter(([name]) => name !== 'learning-rate-used').map(([name, value]) => `${name}=${value}`).join('; ');
  }

  function openEngine() {
    if (!RUN.moments) return;
    const bytes = Uint8Array.from(atob(RUN.moments.bytes), c => c.charCodeAt(0));
    const open = RUN.moments.rows ? foldwiseRowsEngine : foldwiseEngine;
    engine = open(new Int8Array(bytes.buffer), RUN.moments.metric, RUN.patience, RUN.tolerance);
  }

  let ofRun = null;

  /** The chosen candidate, trained again as the run trained it. */
  function baseline() {
    if (!engine) return null;
    if (!ofRun) ofRun = engine.crossValidate(gridText(RUN.values));
    return ofRun;
  }

  const CONTROLS = [];

  function setUpPanel() {
    if (!engine) return;
    const panel = document.getElementById('panel');
    panel.hidden = false;
    panel.append(element('h2', {id: 'panel-title', text: 'And if …?'}),
      element('p', {text: `Each move trains all folds again, here in the page, ${RUN.moments.how}.`}),
      element('p', {class: 'score', id: 'score', 'aria-live': 'polite'}), element('p', {id: 'score-text'}));
    const start = {...RUN.values};
    const used = engine.road(gridText(stepping(start)), -1).rate();
    const slider = (axis, label, toValue, toPosition, options) => CONTROLS.push({axis, label, toValue, toPosition, ...options});
    const log = (low, high, zero) => ({
      toValue: t => zero && t <= 0 ? 0 : Number((low * (high / low) ** (zero ? (t - 1) / 99 : t / 100)).toPrecision(3)),
      toPosition: v => v <= 0 ? 0 : Math.max(zero ? 1 : 0, Math.min(100, (zero ? 1 : 0) + (zero ? 99 : 100) * Math.log(v / low) / Math.log(high / low))),
    });
    const rates = Number.isFinite(used) && used > 0 ? used : 0.05;
    const whole = f => t => Math.max(1, Math.round(f(t)));
    const steps = v => v.optimizer !== 'exact';
    const rate = log(rates / 300, rates * 30, false);
    slider('learning-rate', 'learning rate', rate.toValue, v => rate.toPosition(typeof v === 'number' ? v : rates), {shows: steps, say: v => typeof v === 'number' ? brief(v) : `auto (${brief(rates)})`});
    CONTROLS.push({axis: 'optimizer', label: 'optimiser', select: ['sgd', 'momentum', 'nesterov', 'adagrad', 'rmsprop', 'adam', 'exact']});
    CONTROLS.push({axis: 'schedule', label: 'rate over time', select: ['constant', 'cosine', 'inverse-scaling', 'exponential'], shows: steps});
    slider('momentum', 'momentum', t => Number((t / 100 * 0.99).toFixed(3)), v => v / 0.99 * 100, {shows: v => v.optimizer === 'momentum' || v.optimizer === 'nesterov', fallback: 0.9});
    const batches = Array.from(engine.batchSizes());
    if (batches.length > 1) CONTROLS.push({axis: 'batch-size', label: 'batch size', select: batches.map(Number), shows: steps});
    const longest = Math.max(1000, 2 * (start.epochs || 100));
    const epochs = log(1, longest, false);
    slider('epochs', 'epochs', whole(epochs.toValue), epochs.toPosition, {shows: steps, fallback: 100, say: v => String(v)});
    const l2 = log(1e-6, 100, true);
    slider('l2', 'l2 penalty (λ)', l2.toValue, l2.toPosition, {});
    slider('l1', 'l1 penalty', l2.toValue, l2.toPosition, {});
    if (RUN.moments.degree > 1) slider('degree', 'degree', t => 1 + Math.round(t / 100 * (RUN.moments.degree - 1)), v => (v - 1) / (RUN.moments.degree - 1) * 100, {step: 100 / (RUN.moments.degree - 1), say: v => String(v)});
    if (RUN.lossMetric === 'huber') {
      const widest = typeof start.delta === 'number' ? start.delta : 1;
      const delta = log(widest / 100, widest * 100, false);
      slider('delta', 'δ of Huber loss', delta.toValue, v => delta.toPosition(typeof v === 'number' ? v : widest), {say: v => typeof v === 'number' ? brief(v) : String(v)});
    }
    if (RUN.lossMetric === 'pinball') slider('tau', 'τ, the quantile', t => Number((0.01 + 0.98 * t / 100).toFixed(3)), v => (v - 0.01) / 0.98 * 100, {fallback: 0.5});
    if (RUN.lossMetric === 'tweedie-deviance') slider('power', 'p, the power of the variance', t => Number((1.01 + 0.98 * t / 100).toFixed(3)), v => (v - 1.01) / 0.98 * 100, {fallback: 1.5});
    if (RUN.lossMetric === 'epsilon-insensitive') {
      const epsilon = log((start.epsilon || 0.1) / 100, (start.epsilon || 0.1) * 100, true);
      slider('epsilon', 'ε, the error that costs nothing', epsilon.toValue, epsilon.toPosition, {});
    }
    for (const control of CONTROLS) panel.append(controlNode(control, start));
    if (CHOSEN) {
      const folds = RUN.foldNumbers.map((f, t) => [String(f), `fold ${f} held out`]);
      panel.append(element('div', {class: 'control'}, element('label', {for: 'c-fold'}, document.createTextNode('road on the surface')),
        element('select', {id: 'c-fold', onchange: event => change(values => values, Number(event.target.value))},
          ...[['-1', 'all training rows'], ...folds].map(([value, text]) => element('option', {value, text})))));
    }
    panel.append(element('button', {id: 'back', text: 'Back to the run', onclick: back, disabled: true}));
    say();
  }

  function controlNode(control, start) {
    const id = 'c-' + control.axis;
    control.id = id;
    const value = control.axis in start ? start[control.axis] : control.fallback !== undefined ? control.fallback : control.axis.startsWith('l') ? 0 : 'auto';
    const node = element('div', {class: 'control', id: id + '-box'});
    if (control.select) {
      const values = control.select.map(String);
      if (!values.includes(String(value)) && control.axis in start) values.unshift(String(value));
      node.append(element('label', {for: id}, document.createTextNode(control.label)),
        element('select', {id, onchange: event => change(values2 => ({...values2, [control.axis]: control.axis === 'batch-size' ? Number(event.target.value) : event.target.value}))},
          ...values.map(v => element('option', {value: v, text: v, selected: v === String(value)}))));
    } else {
      const input = element('input', {type: 'range', id, min: 0, max: 100, step: control.step || 0.5, value: control.toPosition(value),
        oninput: () => change(values => ({...values, [control.axis]: control.toValue(Number(input.value))}))});
      node.append(element('label', {for: id}, document.createTextNode(control.label), element('output', {id: id + '-out', for: id})), input);
    }
    return node;
  }

  /** Shows what is set: each control's value, which controls have a meaning, and the score. */
  function say() {
    const values = yours ? yours.values : RUN.values;
    for (const control of CONTROLS) {
      document.getElementById(control.id + '-box').hidden = control.shows ? !control.shows(values) : false;
      const out = document.getElementById(control.id + '-out');
      const value = control.axis in values ? values[control.axis] : control.fallback;
      if (out && value !== undefined) out.textContent = control.say ? control.say(value) : brief(value);
    }
    const found = yours ? yours.found : baseline();
    const score = document.getElementById('score');
    const text = document.getElementById('score-text');
    document.getElementById('back').disabled = !yours;
    if (yours && yours.refusal) {
      score.textContent = '–';
      text.textContent = yours.refusal;
    } else if (found.diverged()) {
      score.textContent = 'diverged';
      text.textContent = 'The steps are too large: the loss grows without end.';
    } else if (CHOSEN) {
      const name = METRICS[RUN.moments.metric];
      score.textContent = `${brief(found.mean())} ± ${brief(found.standardError())}`;
      const before = baseline().mean();
      const gain = sign * (before - found.mean()) / Math.abs(before);
      text.textContent = `${name}, held-out rows` + (yours ? `; ${RUN.moments.sampled ? 'the setting of the run' : 'the run'} has ${brief(before)}${Math.abs(gain) < 5e-5 ? ', the same' : `: ${percent(Math.abs(gain))} ${gain > 0 ? 'better' : 'worse'}`}` : RUN.moments.sampled ? ', of the rows in this page' : ', as the run found');
    } else {
      score.textContent = brief(found.refitTraining());
      text.textContent = `${METRICS[RUN.moments.metric]}, training rows`;
    }
  }

  let waiting = false;

  function change(edit, heldOut) {
    const values = edit(yours ? yours.values : {...RUN.values});
    yours = {values, heldOut: heldOut !== undefined ? heldOut : yours ? yours.heldOut : -1, found: yours ? yours.found : null};
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; retrain(); });
  }

  function retrain() {
    const start = performance.now();
    try {
      yours.refusal = null;
      yours.values = batched(yours.values);
      yours.found = engine.crossValidate(gridText(yours.values));
    } catch (refused) {
      yours.found = null;
      yours.refusal = String(refused.message || refused);
    }
    const trained = performance.now();
    say();
    redrawLive();
    window.foldwise.last = {trained: trained - start, redrawn: performance.now() - start};
  }

  /**
   * Redraws the pictures that what is yours stands in, a picture a frame: first the one in the middle of the window,
   * last those out of sight. Another move begins anew.
   */
  function redrawLive() {
    const live = [['validation', drawGrid], ['curves', drawCurves], ['fit', drawFit], ['surface-right', drawSurface]];
    const away = id => {
      const box = document.getElementById(id).getBoundingClientRect();
      return Math.abs(box.top + box.bottom - innerHeight) / 2;
    };
    const left = live.filter(([id, redraw]) => document.getElementById(id) && redraws.includes(redraw)).sort((a, b) => away(a[0]) - away(b[0]));
    const own = ++redrawLive.turn;
    const next = () => {
      if (own !== redrawLive.turn || left.length === 0) return;
      left.shift()[1]();
      requestAnimationFrame(() => setTimeout(next, 0));
    };
    next();
  }
  redrawLive.turn = 0;

  function back() {
    yours = null;
    const start = RUN.values;
    for (const control of CONTROLS) {
      const node = document.getElementById(control.id);
      const value = control.axis in start ? start[control.axis] : control.fallback !== undefined ? control.fallback : 0;
      node.value = control.select ? String(value) : control.toPosition(value);
    }
    const fold = document.getElementById('c-fold');
    if (fold) fold.value = '-1';
    say();
    redrawLive();
  }

  // ---- tables

  function setUpTable() {
    const section = document.getElementById('candidates');
    if (!CHOSEN) {
      section.remove();
      return;
    }
    const columns = [
      {name: 'rank', of: c => c.rank}, ...AXES.map(axis => ({name: axis.name, of: c => c.values[axis.name]})),
      {name: RUN.metric, of: c => c.ranking}, {name: 'std error', of: c => c.se}, {name: 'train ' + RUN.metric, of: c => c.train},
      ...Object.keys(RUN.candidates[0].also || {}).map(name => ({name, of: c => c.also[name]})),
      {name: 'short of optimum', of: c => c.short, say: v => v === null ? '–' : percent(v)},
      {name: 'rate used', of: c => c.rate}, {name: 'epochs', of: c => c.epochs}, {name: 'ended', of: c => c.ending},
    ].filter(column => RUN.candidates.some(c => column.of(c) !== null && column.of(c) !== undefined));
    let order = {column: columns[0], down: false};
    const filter = element('input', {type: 'search', id: 'filter', placeholder: AXES.length ? `${AXES[0].name}=${plain(AXES[0].values[0])}` : '', oninput: () => rows()});
    const body = element('tbody');
    const heads = columns.map(column => element('th', {scope: 'col'}, element('button', {text: column.name, onclick: () => {
      order = {column, down: order.column === column ? !order.down : false};
      rows();
    }})));
    const count = element('span', {class: 'muted', 'aria-live': 'polite'});
    function rows() {
      const words = filter.value.trim().split(/\s+/).filter(w => w);
      const fits = c => words.every(word => {
        const [name, value] = word.split('=');
        return value === undefined ? columns.some(column => shown(column, c).includes(name))
          : columns.some(column => column.name === name && shown(column, c) === value);
      });
      const kept = RUN.candidates.filter(fits).sort((a, b) => {
        const [x, y] = [order.column.of(a), order.column.of(b)];
        const missing = v => v === null || v === undefined;
        if (missing(x) || missing(y)) return missing(x) - missing(y);
        return (x < y ? -1 : x > y ? 1 : a.rank - b.rank) * (order.down ? -1 : 1);
      });
      heads.forEach((head, i) => head.setAttribute('aria-sort', columns[i] === order.column ? (order.down ? 'descending' : 'ascending') : 'none'));
      body.replaceChildren(...kept.map(c => element('tr', {class: c.chosen ? 'chosen' : ''},
        ...columns.map(column => element('td', {text: shown(column, c), class: column.name === 'ended' && c.ending === 'diverged' ? 'bad' : ''})))));
      count.textContent = `${kept.length} of ${RUN.candidates.length}`;
    }
    function shown(column, c) {
      const value = column.of(c);
      if (value === undefined || value === null) return '–';
      if (column.name === 'rank' && c.chosen) return `${value} chosen`;
      return column.say ? column.say(value) : typeof value === 'number' ? (AXES.some(a => a.name === column.name) || Number.isInteger(value) ? plain(value) : brief(value)) : String(value);
    }
    section.append(element('h2', {id: 'table-title', text: 'All candidates'}),
      element('div', {class: 'choices'}, element('label', {for: 'filter'}, document.createTextNode('Show only ')), filter, count),
      element('div', {class: 'scroll tall', tabindex: 0, role: 'region', 'aria-label': 'All candidates'}, element('table', {}, element('thead', {}, element('tr', {}, ...heads)), body)));
    rows();
  }

  function setUpModel() {
    const section = document.getElementById('model');
    if (RUN.models) {
      const terms = [...new Set(RUN.models.flatMap(model => model.terms))];
      const of = (model, term) => model.terms.includes(term) ? brief(model.coefficients[model.terms.indexOf(term)]) : '–';
      section.append(element('h2', {id: 'model-title', text: 'The model'}), element('p', {class: 'muted', text:
        'A class has a value: its intercept plus each of its coefficients times its term, in the units of the data. The class of the largest value is predicted' + (RUN.probabilities ? '; its probability is the share of its exponential in the sum of all.' : '.')}),
      element('div', {class: 'scroll tall', tabindex: 0, role: 'region', 'aria-label': 'Coefficients'}, element('table', {},
        element('thead', {}, element('tr', {}, element('th', {scope: 'col', text: 'term'}), ...RUN.models.map(model => element('th', {scope: 'col', text: model.class})))),
        element('tbody', {}, element('tr', {}, element('td', {text: 'intercept'}), ...RUN.models.map(model => element('td', {text: brief(model.intercept)}))),
          ...terms.map(term => element('tr', {}, element('td', {text: term}), ...RUN.models.map(model => element('td', {text: of(model, term)}))))))));
      return;
    }
    const rows = [['intercept', RUN.model.intercept], ...RUN.model.terms.map((term, j) => [term, RUN.model.coefficients[j]])];
    section.append(element('h2', {id: 'model-title', text: 'The model'}), element('p', {class: 'muted', text:
      `${RUN.binary ? 'The decision value' : RUN.logLink ? `The logarithm of the mean of ${RUN.label}` : RUN.label} is the intercept plus each coefficient times its term, in the units of the data.${RUN.model.left > 0 ? ` ${RUN.model.left.toLocaleString('en')} smaller coefficients are in result.json.` : ''}`}),
    element('div', {class: 'scroll tall', tabindex: 0, role: 'region', 'aria-label': 'Coefficients'}, element('table', {}, element('thead', {}, element('tr', {}, element('th', {scope: 'col', text: 'term'}), element('th', {scope: 'col', text: 'coefficient'}))),
      element('tbody', {}, ...rows.map(([term, value]) => element('tr', {}, element('td', {text: term}), element('td', {text: brief(value)})))))));
  }

  function setUpHow() {
    const section = document.getElementById('how');
    const copy = element('button', {text: 'Copy', onclick: () => {
      navigator.clipboard.writeText(RUN.command).then(() => { copy.textContent = 'Copied'; }, () => getSelection().selectAllChildren(command));
    }});
    const command = element('code', {text: RUN.command});
    section.append(element('h2', {id: 'run-title', text: 'The run'}),
      element('p', {}, document.createTextNode(`${RUN.data} ${RUN.engine} ${RUN.took}`)),
      element('p', {class: 'muted', text: 'To run it again:'}), element('pre', {}, command), copy);
    if (RUN.notes.length) {
      section.append(element('h2', {text: 'Notes'}), element('ul', {class: 'notes'}, ...RUN.notes.map(text => element('li', {text}))));
    }
    if (RUN.moments && RUN.moments.note) section.append(element('p', {class: 'muted', text: RUN.moments.note}));
    if (!RUN.moments) section.append(element('p', {class: 'muted', text: RUN.still}));
    section.append(element('p', {class: 'muted', text: `Foldwise ${RUN.version}, ${RUN.written}.`}));
  }

  // ---- all of it

  theme = colours();
  window.foldwise = {run: RUN, get engine() { return engine; }, baseline, last: null};
  openEngine();
  answer();
  setUpGrid();
  setUpCurves();
  setUpFolds();
  setUpFit();
  setUpSurface();
  setUpPanel();
  setUpTable();
  setUpModel();
  setUpHow();
  const all = () => redraws.forEach(redraw => redraw());
  all();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { theme = colours(); all(); });
  let resized = 0;
  addEventListener('resize', () => { clearTimeout(resized); resized = setTimeout(() => charts.forEach(chart => chart.resize()), 80); });
  document.body.dataset.ready = 'true';
})();
