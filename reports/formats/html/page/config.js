// The configuration as a table; what the step changed is marked.

const MOST_QUEUED = 12;

class ConfigPane {
  constructor(run) {
    this.run = run;
    this.body = el('div', {class: 'tables', tabindex: 0, role: 'group', 'aria-label': 'Configuration'});
    this.node = el('section', {class: 'panel config', 'aria-label': 'Configuration'}, el('h2', {}, 'Configuration'), this.body);
  }
  update(k) {
    const now = this.run.values(k);
    const before = k === 0 || this.run.isResume(k) ? now : this.run.values(k - 1);
    const rows = [];
    let section = '';
    this.run.cells.forEach((cell, i) => {
      if (cell.section !== section) rows.push(el('tr', {class: 'section'}, el('th', {colspan: 2, scope: 'colgroup'}, section = cell.section)));
      const changed = String(now[i]) !== String(before[i]) || now[i].length !== before[i].length;
      rows.push(el('tr', {class: changed ? 'changed' : ''}, el('th', {scope: 'row'}, cell.label),
        el('td', {}, cell.queue ? queued(now[i]) : now[i], changed && el('span', {class: 'was'}, cell.queue ? 'changed' : `was ${before[i]}`))));
    });
    this.body.replaceChildren(el('table', {}, el('tbody', {}, rows)));
  }
}

// First in the queue first.
const queued = names => {
  if (names.length === 0) return el('span', {class: 'empty'}, 'empty');
  const shown = names.slice(0, MOST_QUEUED).map(name => el('span', {class: 'queued'}, name));
  if (names.length > MOST_QUEUED) shown.push(el('span', {class: 'empty'}, `and ${names.length - MOST_QUEUED} more`));
  return el('span', {class: 'queue'}, shown);
};
