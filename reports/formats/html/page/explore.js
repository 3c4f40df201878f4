// Choosing steps instead of watching them: what either end can do next, as buttons.

class Explorer {
  constructor(view) {
    this.view = view;
    this.choices = el('div', {class: 'choices'});
    this.undo = el('button', {type: 'button', onclick: () => this.back()}, 'Undo');
    this.node = el('section', {class: 'panel explorer', 'aria-label': 'Next step'},
      el('div', {class: 'bar'}, el('h2', {}, 'What can happen next'), el('span', {class: 'tools'}, this.undo)), this.choices);
  }
  update() {
    const {run, k} = this.view;
    const found = run.enabled(k);
    this.undo.disabled = k === 0;
    const buttons = found.map(step => el('button', {type: 'button', class: `choice ${['exp', 'imp'][step.role]}`,
      onclick: () => this.take(step)}, step.told[0], el('span', {class: 'at'}, placeText(run.machine.transitions[step.transition].at))));
    this.choices.replaceChildren(...buttons);
    if (found.length === 0) this.choices.append(el('p', {class: 'note'}, this.deadEnd()));
  }
  deadEnd() {
    const {run, k} = this.view;
    const at = run.configuration(k);
    const done = at.states.every(state => run.machine.states[state].final);
    const left = at.heads.some((head, role) => head < at.tails[role]);
    if (done) return left ? 'Both ends have finished, and a message is left.' : 'Both ends have finished.';
    return 'Nothing: neither end can take a step.';
  }
  // A step from the middle replaces what came after it.
  take(step) {
    const {view} = this;
    view.run.cut(view.k);
    view.run.push(step.transition, step.role);
    view.go(view.run.size);
    const button = this.choices.querySelector('button');
    if (button) button.focus();
  }
  back() {
    const {view} = this;
    const k = view.k - 1;
    view.run.cut(k);
    view.go(k);
  }
}
