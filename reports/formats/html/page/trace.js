// Runs: where everybody is after each step, worked out from the steps alone. Steps count from 1; configuration 0
// is the start and configuration k the one after step k. A long run has a gap: steps that are not in the page.

// What both kinds of runs share: numbers of steps, rows of the chart, and the gap between them.
class Steps {
  constructor(size, first, gap) {
    Object.assign(this, {size, first, gap, version: 0});  // the version tells that steps were exchanged
  }
  get stored() { return this.size - this.gap; }
  get rows() { return this.stored + (this.gap ? 1 : 0); }
  // Where step `s` is kept.
  slot(s) { return s <= this.first ? s - 1 : s - 1 - this.gap; }
  row(s) { return this.slot(s) + (this.gap && s > this.first ? 1 : 0); }
  // The step in a row; 0 for the row of the gap.
  stepOf(row) {
    if (!this.gap || row < this.first) return row + 1;
    return row === this.first ? 0 : row + this.gap;
  }
  // The nearest configuration that can be shown.
  clamp(k, forward) {
    k = Math.max(0, Math.min(this.size, k));
    if (!this.gap || k <= this.first || k >= this.first + this.gap) return k;
    return forward ? this.first + this.gap : this.first;
  }
}

// How often each transition was taken up to a configuration; going to a near one costs little.
class Taken {
  constructor(run, moves) {
    Object.assign(this, {run, moves, k: 0, counts: new Map()});
  }
  at(k) {
    for (; this.k < k; ++this.k) this.count(this.k + 1, 1);
    for (; this.k > k; --this.k) this.count(this.k, -1);
    return new Set([...this.counts].filter(([, count]) => count > 0).map(([id]) => id));
  }
  count(s, by) {
    if (this.run.gap && s > this.run.first && s <= this.run.first + this.run.gap) return;
    for (const id of this.moves(s)) this.counts.set(id, (this.counts.get(id) || 0) + by);
  }
}

// Exporter 0, importer 1, as in the data.
const ROLES = ['exporter', 'importer'];

// A run of one contract; exploring adds steps to it.
class ContractRun extends Steps {
  constructor(machine, from) {
    super(from.size, from.first, from.gap);
    this.machine = machine;
    this.end = from.end;
    this.lanes = [{name: 'importer', role: 1}, {name: 'exporter', role: 0}];
    this.channels = [{name: machine.name, machine, names: ROLES, cells: [1, 0]}];
    this.cells = [{section: 'States', label: 'importer'}, {section: 'States', label: 'exporter'},
      {section: 'Queues', label: 'importer → exporter', queue: true}, {section: 'Queues', label: 'exporter → importer', queue: true}];
    this.steps = [];
    this.at = [];       // by configuration: states, and which part of `sent` waits in each queue
    this.sent = [[], []];  // by receiver: messages in the order they were sent, {message, step, taken}
    this.restart(from.initial);
    for (const code of from.steps) {
      if (this.gap && this.steps.length === this.first) this.restart(from.resume);
      this.add(code >> 1, code & 1);
    }
    if (this.gap && this.steps.length === this.first) this.restart(from.resume);
    this.lost = new Set(from.end ? from.end.lost.map(step => step + 1) : []);
  }
  // A configuration that no step of ours led to.
  restart([exporter, importer, toExporter, toImporter]) {
    const heads = this.sent.map(list => list.length);
    for (const [role, queue] of [toExporter, toImporter].entries())
      for (const message of queue) this.sent[role].push({message, step: 0, taken: 0});
    this.at.push({states: [exporter, importer], heads, tails: this.sent.map(list => list.length)});
  }
  add(transition, role) {
    const row = this.machine.transitions[transition];
    const last = this.at[this.at.length - 1];
    const next = {states: [...last.states], heads: [...last.heads], tails: [...last.tails]};
    const number = this.stepNumber(this.steps.length);
    const step = {transition, role, sends: (row.sign === '!') === (role === 0), message: row.message, number, peer: 0};
    next.states[role] = row.to;
    if (step.sends) {
      this.sent[1 - role].push({message: row.message, step: number, taken: 0});
      next.tails[1 - role] += 1;
    } else {
      const taken = this.sent[role][next.heads[role]];
      next.heads[role] += 1;
      taken.taken = number;
      step.peer = taken.step;
      if (taken.step) this.steps[this.slot(taken.step)].peer = number;
    }
    this.steps.push(step);
    this.at.push(next);
  }
  stepNumber(slot) { return slot < this.first || !this.gap ? slot + 1 : slot + 1 + this.gap; }
  configuration(k) {
    if (!this.gap) return this.at[k];
    return k <= this.first ? this.at[k] : this.at[k - this.gap + 1];
  }
  values(k) {
    const at = this.configuration(k);
    const queue = role => this.sent[role].slice(at.heads[role], at.tails[role]).map(one => this.machine.messages[one.message].name);
    return [this.words(at.states[1]), this.words(at.states[0]), queue(0), queue(1)];
  }
  words(state) { return this.machine.states[state].words; }
  step(s) {
    const step = this.steps[this.slot(s)];
    const row = this.machine.transitions[step.transition];
    const [what, why] = row.told[step.role];
    const to = this.machine.states[row.to];
    return {number: s, lane: step.role === 1 ? 0 : 1, what, why, at: row.at, sends: step.sends, receives: !step.sends,
      label: this.machine.messages[row.message].name, peer: step.peer, peerLane: step.role === 1 ? 1 : 0,
      lost: this.lost.has(s), state: to.named || this.isLast(s) ? to.words : '',
      moves: [{channel: 0, role: step.role, transition: step.transition}]};
  }
  isLast(s) { return s === this.size; }
  // Node of each role and all transitions taken up to configuration k, for the state machine.
  machineAt(channel, k) {
    if (!this.taken || this.taken.k > this.size) this.taken = new Taken(this, s => [this.steps[this.slot(s)].transition]);
    const taken = this.taken.at(k);
    const step = k > 0 && this.slot(k) >= 0 ? this.steps[this.slot(k)] : null;
    return {states: this.configuration(k).states, taken, current: step && !this.isResume(k) ? [step.transition] : []};
  }
  isResume(k) { return this.gap > 0 && k === this.first + this.gap; }
  // What can happen next, whatever the lengths of queues.
  enabled(k) {
    const at = this.configuration(k);
    const found = [];
    for (const role of [1, 0]) {
      const head = this.sent[role][at.heads[role]];
      for (const [id, row] of this.machine.transitions.entries()) {
        if (row.from !== at.states[role]) continue;
        const sends = (row.sign === '!') === (role === 0);
        const waiting = at.heads[role] < at.tails[role] ? head.message : -1;
        if (sends || waiting === row.message) found.push({transition: id, role, sends, told: row.told[role]});
      }
    }
    return found;
  }
  // Forgets the steps after configuration k.
  cut(k) {
    if (this.taken) this.taken.at(Math.min(k, this.taken.k));
    this.version += 1;
    while (this.steps.length > k) {
      const step = this.steps.pop();
      this.at.pop();
      if (step.sends) this.sent[1 - step.role].pop();
      else if (step.peer) this.steps[this.slot(step.peer)].peer = 0;
    }
    for (const list of this.sent) for (const one of list) if (one.taken > k) one.taken = 0;
    this.size = this.steps.length;
  }
  push(transition, role) {
    this.size += 1;
    this.version += 1;
    this.first = this.size;
    this.add(transition, role);
  }
  // The same run up to configuration k, open for more.
  static fork(machine, initial, steps) {
    return new ContractRun(machine, {size: steps.length, first: steps.length, gap: 0, initial, steps});
  }
}

const CHECKPOINT = 200;  // configurations of systems are kept this far apart

class SystemRun extends Steps {
  constructor(from) {
    super(from.size, from.first, from.gap);
    this.from = from;
    this.end = from.end;
    this.cells = from.cells;
    this.taken = [];
    this.channels = from.channels.map(row => ({name: row.name, machine: data(`machine-${row.machine}`),
      names: row.ends.map(end => end.name), cells: row.ends.map(end => end.cell), start: row.start}));
    this.link();
    this.chooseLanes();
    this.keep();
  }
  text(index) { return this.from.texts[index]; }
  // Ties receives to their sends.
  link() {
    const sends = new Map();
    this.peers = this.from.steps.map(() => 0);
    this.from.steps.forEach((step, slot) => {
      const number = this.stepOf(slot < this.first ? slot : slot + (this.gap ? 1 : 0));
      for (const [, , , isSend, id] of step.m || []) {
        if (isSend) sends.set(id, {number, slot});
        else if (sends.has(id)) {
          const sent = sends.get(id);
          this.peers[slot] = sent.number;
          this.peers[sent.slot] = number;
        }
      }
    });
  }
  // Threads in the order in which they act; those that only wait come last, idle ones are left out.
  chooseLanes() {
    const order = [];
    for (const step of this.from.steps) if (!order.includes(step.w)) order.push(step.w);
    for (const row of this.end.blocked) if (!order.includes(row.lane)) order.push(row.lane);
    this.lanes = order.map(id => ({...this.from.lanes[id], id}));
    this.laneOf = new Map(order.map((id, row) => [id, row]));
    this.idle = this.from.lanes.length - order.length;
  }
  keep() {
    this.kept = new Map([[0, this.from.initial]]);
    let now = this.from.initial.slice();
    this.from.steps.forEach((step, slot) => {
      if (this.gap && slot === this.first) {
        now = this.from.resume.slice();
        this.kept.set(this.first + this.gap, this.from.resume);
      }
      now = this.after(now, step);
      const k = this.stepOf(slot < this.first ? slot : slot + (this.gap ? 1 : 0));
      if (k % CHECKPOINT === 0) this.kept.set(k, now);
    });
  }
  after(values, step) {
    const next = values.slice();
    for (const [cell, ...how] of step.c) {
      if (how[0] !== null) next[cell] = how[0];
      else next[cell] = how.length > 1 ? [...next[cell], how[1]] : next[cell].slice(1);
    }
    return next;
  }
  raw(k) {
    let from = k;
    while (!this.kept.has(from)) --from;
    let now = this.kept.get(from);
    for (let s = from + 1; s <= k; ++s) now = this.after(now, this.from.steps[this.slot(s)]);
    return now;
  }
  values(k) {
    return this.raw(k).map(value => Array.isArray(value) ? value.map(one => this.text(one)) : this.text(value));
  }
  step(s) {
    const slot = this.slot(s);
    const step = this.from.steps[slot];
    const moves = (step.m || []).filter(m => m[2] !== null).map(m => ({channel: m[0], role: m[1], transition: m[2]}));
    const message = (step.m || [])[0];
    const peer = this.peers[slot];
    return {number: s, lane: this.laneOf.get(step.w), what: this.text(step.s), why: step.y === undefined ? '' : this.text(step.y),
      at: step.at, sends: Boolean(message && message[3]), receives: Boolean(message && !message[3]), faulty: step.f,
      label: message ? this.text(message[6]) : this.text(step.x), peer,
      peerLane: peer ? this.laneOf.get(this.from.steps[this.slot(peer)].w) : undefined,
      lost: Boolean(message && message[5]), state: '', moves};
  }
  isResume(k) { return this.gap > 0 && k === this.first + this.gap; }
  movesOn(channel, s) {
    return (this.from.steps[this.slot(s)].m || []).filter(m => m[0] === channel && m[2] !== null).map(m => m[2]);
  }
  machineAt(channel, k) {
    if (!this.taken[channel]) this.taken[channel] = new Taken(this, s => this.movesOn(channel, s));
    const taken = this.taken[channel].at(k);
    const current = k > 0 && !this.isResume(k) ? this.movesOn(channel, k) : [];
    const {machine, cells} = this.channels[channel];
    const now = this.raw(k);
    const states = cells.map(cell => machine.states.findIndex(state => state.words === this.text(now[cell])));
    return {states, taken, current};
  }
}

const loadRun = index => {
  const from = data(`run-${index}`);
  if (!from) return null;
  if (from.kind === 'system') return new SystemRun(from);
  const machine = data(`machine-${from.machine}`);
  return machine && new ContractRun(machine, from);
};
