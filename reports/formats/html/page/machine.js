// The state machine with both ends on it: where they are, the way they came, the action just taken.

class MachinePane {
  constructor(run, options = {}) {
    Object.assign(this, {run, channel: 0, full: false, path: false, zoom: 1, onState: options.onState});
    this.layouts = new Map();
    this.tabs = el('div', {class: 'tabs', role: 'group', 'aria-label': 'Channel'});
    this.picture = svg('svg', {role: 'img', 'aria-label': 'State machine'});
    this.view = el('div', {class: 'view', tabindex: 0, role: 'group', 'aria-label': 'State machine, scrolls'}, this.picture);
    this.words = el('p', {class: 'legend'});
    const button = (text, label, act) => el('button', {type: 'button', 'aria-label': label, title: label, onclick: act}, text);
    this.fullButton = el('button', {type: 'button', 'aria-pressed': 'false', onclick: () => this.set('full')}, 'Every point');
    this.pathButton = el('button', {type: 'button', 'aria-pressed': 'false', onclick: () => this.set('path')}, 'Only the path');
    this.node = el('section', {class: 'panel machine', 'aria-label': 'State machine'},
      el('div', {class: 'bar'}, el('h2', {}, 'State machine'),
        el('span', {class: 'tools'}, this.fullButton, this.pathButton, button('−', 'Smaller', () => this.scale(1 / 1.25)),
          button('+', 'Larger', () => this.scale(1.25)), button('Fit', 'Fit the width', () => this.fit()))),
      this.tabs, this.view, this.words);
    if (run.channels.length > 1) this.drawTabs();
    this.dragging();
  }
  drawTabs() {
    this.tabs.replaceChildren(...this.run.channels.map((channel, i) => el('button',
      {type: 'button', 'aria-pressed': String(i === this.channel), onclick: () => { this.channel = i; this.drawTabs(); this.update(this.k); }}, channel.name)));
  }
  set(name) {
    this[name] = !this[name];
    this[`${name}Button`].setAttribute('aria-pressed', String(this[name]));
    this.update(this.k);
  }
  // All transitions that the whole run takes on the channel: the picture stays while one steps.
  wholePath() {
    return this.run.machineAt(this.channel, this.run.size).taken;
  }
  layout(machine, states) {
    let graph = graphOf(machine, this.full);
    const large = graph.nodes.length > MOST_NODES;
    this.pathButton.disabled = large;
    const path = this.path || large;
    const key = `${this.channel} ${this.full} ${path ? `${this.run.size} ${states}` : ''}`;
    if (!this.layouts.has(key)) {
      if (path) graph = narrowed(graph, this.wholePath(), states);
      this.layouts.set(key, graph.nodes.length > MOST_NODES ? null : layOut(graph));
    }
    return this.layouts.get(key);
  }
  update(k) {
    // The channel of the step comes to the front.
    const moves = k !== this.k && k > 0 && !this.run.isResume(k) ? this.run.step(k).moves : [];
    if (moves.length && !moves.some(move => move.channel === this.channel)) {
      this.channel = moves[0].channel;
      this.drawTabs();
    }
    this.k = k;
    const {machine, names} = this.run.channels[this.channel];
    if (!machine) return void this.picture.replaceChildren();
    const now = this.run.machineAt(this.channel, k);
    const laid = this.layout(machine, now.states);
    this.words.replaceChildren(el('span', {class: 'pill imp', 'aria-hidden': 'true'}, 'I'), ` ${visible(names[1])}: ${visible(stateWords(machine, now.states[1]))} `,
      el('span', {class: 'pill exp', 'aria-hidden': 'true'}, 'E'), ` ${visible(names[0])}: ${visible(stateWords(machine, now.states[0]))}`);
    if (!laid) return void this.picture.replaceChildren(svg('text', {x: 10, y: 24}, 'This machine is too large to draw.'));
    const fresh = this.laid !== laid;
    this.laid = laid;
    const pills = this.pills(machine, now.states);
    this.picture.replaceChildren(...laid.edges.flatMap(edge => this.edge(edge, now)), ...laid.nodes.flatMap((node, i) => this.box(machine, node, now, i)), ...pills);
    if (fresh) this.fit();
    this.keepInView(pills);
  }
  // Machines stay readable: never below two thirds of their size, scrolled instead.
  fit() {
    if (!this.laid) return;
    const room = this.view.clientWidth - 6;
    this.zoom = room > 0 ? Math.max(0.62, Math.min(1.15, room / this.laid.width)) : 1;
    this.scale(1);
  }
  scale(by) {
    if (!this.laid) return;
    this.zoom = Math.max(0.2, Math.min(4, this.zoom * by));
    this.picture.setAttribute('viewBox', `0 0 ${this.laid.width} ${this.laid.height}`);
    this.picture.setAttribute('width', Math.round(this.laid.width * this.zoom));
    this.picture.setAttribute('height', Math.round(this.laid.height * this.zoom));
  }
  keepInView(pills) {
    if (pills.length === 0 || this.view.scrollWidth <= this.view.clientWidth) return;
    const x = Math.min(...pills.map(pill => Number(pill.dataset.x))) * this.zoom;
    if (x < this.view.scrollLeft + 20 || x > this.view.scrollLeft + this.view.clientWidth - 60) this.view.scrollLeft = x - this.view.clientWidth / 3;
  }
  box(machine, node, now) {
    const state = machine.states[node.state];
    const here = now.states.map((at, role) => at === node.state ? ['exp', 'imp'][role] : '').filter(Boolean);
    const shape = {x: node.x - node.width / 2, y: node.y - node.height / 2, width: node.width, height: node.height, rx: state.named ? 9 : 17};
    const group = svg('g', {class: `node ${state.turn} ${here.length ? 'here' : ''} ${node.unreachable ? 'unreachable' : ''}`, 'data-state': state.id,
      onclick: this.onState && (() => this.onState(node.state))}, svg('rect', shape));
    if (state.final) group.append(svg('rect', {...shape, x: shape.x + 4, y: shape.y + 4, width: shape.width - 8, height: shape.height - 8, rx: 6}));
    group.append(svg('text', {x: node.x, y: node.y + 5}, clip(node.name, 32)));
    if (node.entry) group.append(svg('path', {class: 'entry', d: `M ${shape.x - 13} ${node.y - 6} L ${shape.x - 3} ${node.y} L ${shape.x - 13} ${node.y + 6} Z`}));
    return [group];
  }
  edge(edge, now) {
    const taken = edge.labels.some(label => label.actions.some(id => now.taken.has(id)));
    const current = edge.labels.some(label => label.actions.some(id => now.current.includes(id)));
    const kind = current ? 'edge current' : taken ? 'edge taken' : 'edge';
    const [a, b] = edge.tip;
    const top = edge.y - (edge.labels.length - 1) * LINE / 2 + 4;
    return [svg('g', {class: kind}, svg('path', {class: 'line', d: edge.path}), svg('path', {class: 'tip', d: head(a.x, a.y, b.x, b.y)}),
      ...edge.labels.map((label, i) => {
        const lit = label.actions.some(id => now.current.includes(id)) ? 'lit' : label.actions.some(id => now.taken.has(id)) ? 'passed' : '';
        return svg('text', {class: lit, x: edge.x, y: top + i * LINE}, clip(label.text, 40));
      }))];
  }
  // An end is at a state, or on an edge if its point was folded away.
  pills(machine, states) {
    const places = states.map(state => {
      const node = this.laid.nodes.find(one => one.state === state);
      if (node) return {x: node.x + node.width / 2 - 10, y: node.y - node.height / 2};
      const action = machine.transitions.findIndex(row => row.from === state);
      for (const edge of this.laid.edges) {
        const row = edge.labels.findIndex(label => label.actions.includes(action));
        if (row >= 0) return {x: edge.x + widthOf(clip(edge.labels[row].text, 40)) / 2 + 15, y: edge.y - (edge.labels.length - 1) * LINE / 2 + row * LINE - 4, edge: true};
      }
      return null;
    });
    return places.flatMap((place, role) => {
      if (!place) return [];
      const both = role === 0 && places[1] && places[1].x === place.x && places[1].y === place.y;
      const shared = place.edge && role === 1 && places[0] && places[0].x === place.x && places[0].y === place.y;
      const x = place.x + (shared ? 21 : both && !place.edge ? -22 : 0);
      const pill = svg('g', {class: `pill ${['exp', 'imp'][role]}`, 'data-x': place.x}, svg('circle', {cx: x, cy: place.y, r: 10}),
        svg('text', {x, y: place.y + 4}, 'EI'[role]));
      return [pill];
    });
  }
  dragging() {
    let from = null;
    this.view.addEventListener('pointerdown', event => { from = {x: event.clientX + this.view.scrollLeft, y: event.clientY + this.view.scrollTop}; });
    this.view.addEventListener('pointermove', event => {
      if (!from || event.buttons === 0) return;
      this.view.scrollLeft = from.x - event.clientX;
      this.view.scrollTop = from.y - event.clientY;
    });
    this.view.addEventListener('wheel', event => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      this.scale(event.deltaY < 0 ? 1.1 : 1 / 1.1);
    }, {passive: false});
  }
}

const stateWords = (machine, state) => state >= 0 ? machine.states[state].words : 'closed';
