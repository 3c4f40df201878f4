// The sequence chart: a lifeline for each party, a row for each step. Only rows near the cursor are in the page.

const ROW = 30;          // pixels
const CHART_ROWS = 120;  // in the page at any time
const END_LINES = 3;

class Chart {
  constructor(run, go) {
    this.run = run;
    this.go = go;
    this.all = false;  // while printing
    this.head = svg('svg', {class: 'lanes', 'aria-hidden': 'true', height: 34});
    this.picture = svg('svg', {'aria-hidden': 'true'});
    this.field = el('div', {class: 'field'}, this.picture);
    this.scroll = el('div', {class: 'scroll', tabindex: 0, role: 'group', 'aria-label': 'Sequence chart; the steps below say the same in words'},
      this.head, this.field);
    this.node = el('section', {class: 'panel chart', 'aria-label': 'Sequence chart'}, el('h2', {}, 'Sequence'), this.scroll);
    this.scroll.addEventListener('scroll', () => this.draw());
  }
  // Lifelines over the width there is; names of states need room beside them.
  measure() {
    const lanes = this.run.lanes.length;
    const gap = lanes === 2 ? 0 : 112;
    this.width = Math.max(lanes === 2 ? 330 : 90 + lanes * gap, this.scroll.clientWidth - 2);
    this.narrow = this.width < 480;
    const left = 40, right = 10;
    if (lanes === 2) {
      const side = this.narrow ? 64 : Math.min(190, this.width * 0.24);
      this.x = [left + side, this.width - right - side];
    } else {
      const step = (this.width - left - right) / lanes;
      this.x = this.run.lanes.map((_, i) => left + step * (i + 0.5));
    }
  }
  y(row) { return row * ROW + ROW / 2; }
  // Characters of a width that fit between two lifelines.
  room(width) { return this.run.lanes.length === 2 ? 26 : Math.max(8, Math.floor((this.x[1] - this.x[0]) / width)); }
  update(k) {
    this.k = k;
    this.measure();
    this.drawLanes();
    const end = this.ended() ? END_LINES * 20 + 20 : 14;
    this.height = this.run.rows * ROW + end;
    this.field.style.height = `${this.height}px`;
    this.field.style.width = `${this.width}px`;
    this.follow();
    this.draw();
  }
  ended() { return Boolean(this.run.end && this.run.end.blocked.length); }
  follow() {
    const row = this.k === 0 ? 0 : this.run.isResume(this.k) ? this.run.first : this.run.row(this.k);
    const top = this.y(row) - ROW, bottom = this.y(row) + ROW * 2 + (this.k === this.run.size ? 80 : 0);
    const shown = this.scroll.clientHeight - 34;
    const step = this.k > 0 && !this.run.isResume(this.k) ? this.run.step(this.k) : null;
    if (step && this.width > this.scroll.clientWidth) {
      const x = this.x[step.lane], left = this.scroll.scrollLeft, wide = this.scroll.clientWidth;
      if (x < left + 60 || x > left + wide - 60) this.scroll.scrollLeft = x - wide / 2;
    }
    if (top < this.scroll.scrollTop) this.scroll.scrollTop = top;
    else if (bottom > this.scroll.scrollTop + shown) this.scroll.scrollTop = bottom - shown;
  }
  drawLanes() {
    this.head.setAttribute('width', this.width);
    this.head.replaceChildren(...this.run.lanes.map((lane, i) =>
      svg('text', {x: this.x[i], y: 22, class: `lane ${lane.role === 1 ? 'imp' : lane.role === 0 ? 'exp' : ''}`},
        clip(lane.name, this.room(7.6)))));
  }
  draw(force) {
    if (!this.x) return;
    const middle = Math.floor((this.scroll.scrollTop + this.scroll.clientHeight / 2) / ROW);
    let from = Math.max(0, middle - CHART_ROWS / 2), to = Math.min(this.run.rows, from + CHART_ROWS);
    if (this.all) [from, to] = [0, this.run.rows];
    const drawn = `${this.width} ${this.run.version} ${this.all}`;
    if (!force && this.drawn === drawn && Math.abs(from - this.from) < CHART_ROWS / 4) return this.restyle();
    this.drawn = drawn;
    this.from = from;
    const y0 = from * ROW;
    const height = (to === this.run.rows ? this.height : to * ROW) - y0;
    this.picture.style.top = `${y0}px`;
    for (const [name, value] of [['width', this.width], ['height', Math.max(1, height)], ['viewBox', `0 ${y0} ${this.width} ${Math.max(1, height)}`]])
      this.picture.setAttribute(name, value);
    const parts = [];
    this.run.lanes.forEach((lane, i) => parts.push(svg('line', {class: 'life', x1: this.x[i], x2: this.x[i], y1: y0, y2: Math.min(y0 + height, this.run.rows * ROW + 6)})));
    parts.unshift(...this.bands(from, to), ...this.loopBand(from, to));
    for (let row = from; row < to; ++row) parts.push(...this.row(row));
    if (to === this.run.rows && this.ended()) parts.push(...this.ending());
    this.picture.replaceChildren(...parts);
    this.styled = this.k;
  }
  // The rows that are there, seen from another step.
  restyle() {
    if (this.styled === this.k) return;
    this.styled = this.k;
    for (const group of this.picture.querySelectorAll('[data-step]')) {
      const s = Number(group.dataset.step);
      group.classList.toggle('later', s > this.k);
      group.classList.toggle('now', s === this.k);
    }
    for (const text of this.picture.querySelectorAll('.end')) text.classList.toggle('later', this.k < this.run.size);
  }
  // What is clicked and what shows the current step lies behind all arrows.
  bands(from, to) {
    const bands = [];
    for (let row = from; row < to; ++row) {
      const s = this.run.stepOf(row);
      if (s > 0) bands.push(svg('rect', {class: `hit ${s === this.k ? 'now' : ''}`, 'data-step': s, x: 0, y: row * ROW, width: this.width, height: ROW, onclick: () => this.go(s)}));
    }
    return bands;
  }
  loopBand(from, to) {
    const loop = this.run.end && this.run.end.loop;
    if (loop === undefined || loop === null || loop >= this.run.size) return [];
    const first = Math.max(from, this.run.row(this.run.clamp(loop + 1, true)));
    if (first >= to) return [];
    return [svg('rect', {class: 'loop', x: 32, width: this.width - 36, y: first * ROW, height: (to - first) * ROW, rx: 6}),
      svg('text', {class: 'loop-word', x: this.width - 12, y: first * ROW + 13}, 'repeats for ever')];
  }
  row(row) {
    const s = this.run.stepOf(row), y = this.y(row);
    if (s === 0) return [svg('text', {class: 'gap', x: this.width / 2, y: y + 4}, `… ${plural(this.run.gap, 'step')} not in this page …`)];
    const step = this.run.step(s);
    const x = this.x[step.lane];
    const race = this.run.end && this.run.end.race.includes(s - 1);
    const state = s > this.k ? 'later' : s === this.k ? 'now' : '';
    const group = svg('g', {class: `row ${state} ${step.lost ? 'lost' : ''} ${race ? 'race' : ''}`, 'data-step': s},
      svg('text', {class: 'index', x: 30, y: y + 4}, s.toLocaleString('en')));
    if (step.sends) group.append(...this.arrow(step, row, x, y));
    else if (step.receives && step.peer === 0) group.append(svg('path', {class: `arrow ${this.side(1 - step.lane)}`, d: `M ${x + (step.lane === 0 ? 60 : -60)} ${y - 10} L ${x} ${y}`}));
    group.append(...this.dot(step, x, y));
    if (step.state && !this.narrow) group.append(this.stateName(step, x, y));
    return [group];
  }
  side(lane) { return this.run.lanes[lane].role === 1 ? 'imp' : this.run.lanes[lane].role === 0 ? 'exp' : ''; }
  dot(step, x, y) {
    if (step.sends || step.receives) return [svg('circle', {class: `dot ${this.side(step.lane)}`, cx: x, cy: y, r: step.sends ? 4 : 3})];
    const last = step.lane === this.run.lanes.length - 1 && this.run.lanes.length > 1;
    return [svg('rect', {class: `deed ${step.faulty ? 'fault' : ''}`, x: x - 5, y: y - 5, width: 10, height: 10}),
      svg('text', {class: 'deed', x: last ? x - 11 : x + 11, y: y + 4, 'text-anchor': last ? 'end' : 'start'}, clip(step.label, this.room(7)))];
  }
  stateName(step, x, y) {
    const left = step.lane === 0;
    return svg('text', {class: 'state', x: left ? x - 12 : x + 12, y: y + 4, 'text-anchor': left ? 'end' : 'start'},
      clip(step.state, Math.floor((left ? x - 52 : this.width - x - 20) / 7)));
  }
  // From the row of the send to the row of the receive; what is never received ends half-way.
  arrow(step, row, x, y) {
    const side = this.side(step.lane);
    let x2, y2, word = '';
    if (step.peer) {
      x2 = this.x[step.peerLane];
      y2 = this.y(this.run.row(step.peer));
    } else {
      const other = step.lane === 0 ? 1 : 0;
      x2 = this.run.lanes.length === 2 ? (x + this.x[other]) / 2 : x + (step.lane === this.run.lanes.length - 1 ? -60 : 60);
      y2 = y;
      word = step.lost ? ' — never received' : '';
    }
    if (x2 === x) x2 = x + 40;
    const back = x2 < x;
    const tip = x2 + (back ? 6 : -6);
    const slope = (y2 - y) / (x2 - x);
    const at = x + (x2 - x) * (Math.abs(y2 - y) > ROW * 2 ? Math.min(0.5, 40 / Math.abs(y2 - y) + 0.2) : 0.5);
    const middle = step.peer ? at : (x + x2) / 2;
    const anchor = step.peer || this.run.lanes.length > 2 ? 'middle' : back ? 'end' : 'start';
    const tx = anchor === 'middle' ? middle : x + (back ? -14 : 14);
    const label = svg('text', {class: `label ${side}`, x: tx, y: y + (middle - x) * slope - 5, 'text-anchor': anchor}, clip(step.label, 34));
    if (word) label.append(svg('tspan', {class: 'never'}, word));
    return [svg('path', {class: `arrow ${side}`, d: `M ${x} ${y} L ${tip} ${y2 - slope * (back ? -6 : 6)}`}),
      svg('path', {class: `head ${side}`, d: head(x, y, x2, y2)}), label];
  }
  ending() {
    const y = this.run.rows * ROW + 22, out = [];
    const later = this.k < this.run.size ? ' later' : '';
    for (const row of this.run.end.blocked) {
      const lane = row.role === undefined ? this.run.laneOf.get(row.lane) : row.role === 1 ? 0 : 1;
      const lines = row.role === undefined ? ['✗ stuck', row.text] : row.final ? ['✗ has finished'] : ['✗ stuck'];
      if (row.accepts && row.accepts.length) lines.push(`needs ${row.accepts.length > 2 ? `one of ${row.accepts.length}` : row.accepts.join(' or ')}`);
      if (row.head) lines.push(`has ${row.head}`);
      lines.slice(0, END_LINES).forEach((text, i) => out.push(svg('text', {class: `end${i === 0 ? ' bad' : ''}${later}`, x: this.x[lane], y: y + i * 19},
        clip(text, this.room(7)))));
    }
    return out;
  }
}

const clip = (text, length) => text.length <= length ? text : text.slice(0, Math.max(1, length - 1)) + '…';

// An arrow head at the end of a line.
const head = (x1, y1, x2, y2) => {
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length];
  const at = (along, across) => `${(x2 - ux * along - uy * across).toFixed(1)} ${(y2 - uy * along + ux * across).toFixed(1)}`;
  return `M ${at(2, 0)} L ${at(11, 4.5)} L ${at(11, -4.5)} Z`;
};
