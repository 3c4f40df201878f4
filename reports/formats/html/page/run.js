// Stepping: one `go` moves chart, configuration, machine, source, list and address together.

const LIST_ROWS = 60;  // sentences in the page at any time
const PAGE_STEPS = 10;

class RunView {
  // `remember(step)` keeps the step in the address; `explore(view)` is there if steps can be chosen.
  constructor(run, {remember, explore}) {
    Object.assign(this, {run, remember, k: 0});
    this.explorer = explore ? new Explorer(this) : null;
    this.chart = new Chart(run, k => this.go(k));
    this.config = new ConfigPane(run);
    this.machine = new MachinePane(run);
    this.source = new SourcePane();
    this.list = el('ol', {class: 'steps'});
    this.listNote = el('p', {class: 'note'});
    this.makeControls();
    this.node = el('div', {class: 'run'}, this.controls,
      el('div', {class: 'panes'}, el('div', {class: 'left'}, this.explorer && this.explorer.node, this.chart.node,
        el('section', {class: 'panel story', 'aria-label': 'Steps in words'}, el('h2', {}, 'Steps in words'), this.listNote, this.list)),
      el('div', {class: 'right'}, this.machine.node, el('div', {class: 'pair'}, this.config.node, this.source.node))));
  }
  makeControls() {
    const button = (id, label, act) => el('button', {type: 'button', id, 'aria-label': label, title: label, onclick: act}, icon(ICONS[id]));
    this.buttons = {
      first: button('first', 'First', () => this.go(0)), back: button('back', 'Back', () => this.back()),
      next: button('next', 'Next', () => this.next()), last: button('last', 'Last', () => this.go(this.run.size)),
    };
    this.slider = el('input', {type: 'range', id: 'slider', min: 0, 'aria-label': 'Step', oninput: () => this.go(Number(this.slider.value))});
    this.count = el('output', {class: 'count', for: 'slider'});
    this.what = el('span', {class: 'what'});
    this.why = el('span', {class: 'why'});
    this.status = el('p', {class: 'status', role: 'status'}, this.what, ' ', this.why);
    this.controls = el('div', {class: 'controls'}, el('div', {class: 'row'}, Object.values(this.buttons), this.slider, this.count), this.status);
  }
  next() { this.go(this.run.clamp(this.k + 1, true)); }
  back() { this.go(this.run.clamp(this.k - 1, false)); }
  go(k) {
    this.k = k = this.run.clamp(k, k > this.k);
    const {run, slider} = this;
    slider.max = run.size;
    slider.value = k;
    const step = k > 0 && !run.isResume(k) ? run.step(k) : null;
    const sentence = step ? `${step.what} ${step.why}`.trim() : k === 0 ? 'The start: nothing has happened yet.' : 'After the steps that are not in the page.';
    this.what.textContent = visible(step ? step.what : sentence);
    this.why.textContent = visible(step ? step.why : '');
    slider.setAttribute('aria-valuetext', visible(`${k} of ${run.size}: ${sentence}`));
    this.count.textContent = `${k.toLocaleString('en')} / ${run.size.toLocaleString('en')}`;
    // A button that is switched off would lose the focus.
    for (const [name, off] of [['first', k === 0], ['back', k === 0], ['next', k === run.size], ['last', k === run.size]])
      this.buttons[name].setAttribute('aria-disabled', String(off));
    this.chart.update(k);
    this.config.update(k);
    this.machine.update(k);
    this.source.show(step ? step.at : this.startPlace());
    this.drawList();
    if (this.explorer) this.explorer.update();
    if (this.remember) this.remember(k);
  }
  startPlace() {
    const {machine, start} = this.run.channels[0] || {};
    if (this.k > 0 || !machine) return this.run.size ? this.run.step(this.run.gap ? this.run.size : 1).at : null;
    return machine.states[start === undefined ? this.run.configuration(0).states[0] : start].at;
  }
  drawList() {
    const {run, k} = this;
    const middle = k === 0 ? 0 : run.isResume(k) ? run.first : run.row(k);
    // Near the last time the same sentences stay.
    if (this.listed && this.listed.version === run.version && Math.abs(middle - this.listed.middle) < LIST_ROWS / 4) {
      for (const button of this.list.querySelectorAll('[aria-current]')) button.removeAttribute('aria-current');
      const button = this.list.querySelector(`li[value="${k}"] button`);
      if (button) button.setAttribute('aria-current', 'step');
      return;
    }
    this.listed = {version: run.version, middle};
    const from = Math.max(0, Math.min(middle - LIST_ROWS / 2, run.rows - LIST_ROWS)), to = Math.min(run.rows, from + LIST_ROWS);
    const end = run.end || {};
    const rows = [];
    for (let row = from; row < to; ++row) {
      const s = run.stepOf(row);
      if (s === 0) {
        rows.push(el('li', {class: 'gap'}, `${plural(run.gap, 'step')} not in this page`));
        continue;
      }
      const step = run.step(s);
      const notes = [end.race && end.race.includes(s - 1) && 'race', end.decisive === s - 1 && 'from here on there is no way out',
        end.loop !== undefined && end.loop === s - 1 && 'from here on the steps repeat', step.lost && 'never received'].filter(Boolean);
      rows.push(el('li', {value: s}, el('button', {type: 'button', 'aria-current': s === k ? 'step' : null, onclick: () => this.go(s)},
        `${s.toLocaleString('en')}. ${step.what}${notes.length ? ` (${notes.join(', ')})` : ''}`)));
    }
    this.list.replaceChildren(...rows);
    const cut = run.rows > LIST_ROWS;
    this.listNote.textContent = run.size === 0 ? 'No steps yet.' : cut ? `Steps around the current one, of ${plural(run.size, 'step')}.` : '';
  }
  // Arrows, vi keys, Home and End; false if the key means nothing here.
  key(event) {
    const acts = {ArrowRight: () => this.next(), ArrowDown: () => this.next(), j: () => this.next(), n: () => this.next(),
      ArrowLeft: () => this.back(), ArrowUp: () => this.back(), k: () => this.back(), p: () => this.back(),
      Home: () => this.go(0), End: () => this.go(this.run.size), g: () => this.go(0), G: () => this.go(this.run.size),
      PageDown: () => this.go(this.run.clamp(this.k + PAGE_STEPS, true)), PageUp: () => this.go(this.run.clamp(this.k - PAGE_STEPS, false))};
    if (!acts[event.key]) return false;
    acts[event.key]();
    return true;
  }
  // Everything is printed, whatever the window shows.
  print(on) {
    this.chart.all = on;
    this.chart.draw(true);
  }
  resize() {
    this.chart.update(this.k);
    this.machine.fit();
  }
}
