// The first page: what came out, what to look at, a matrix of names and properties.

const INDEX_ROWS = 25;
const CARDS = 12;
const ORDER = ['error', 'violated', 'inconclusive', 'skipped', 'warning', 'proved'];

// The free reading decides; the priority reading informs.
const deciding = subject => subject.verdicts.filter(verdict => verdict.reading !== 'priority');
const worst = subject => {
  const words = new Set(deciding(subject).map(wordOf));
  return ORDER.find(word => words.has(word)) || 'skipped';
};

const headline = () => {
  const total = report.subjects.length;
  const bad = report.subjects.filter(subject => worst(subject) === 'violated').length;
  const open = report.subjects.filter(subject => ['inconclusive', 'error', 'skipped'].includes(worst(subject))).length;
  const errors = report.findings.filter(finding => finding.severity === 'error' && !finding.suppressed).length;
  const what = subjectWord(total);
  if (report.interrupted) return ['inconclusive', 'The run was interrupted'];
  if (bad > 0) return ['violated', total === 1 ? `${report.subjects[0].name} is violated` : `${bad} of ${total} ${what} violated`];
  if (errors > 0 || report.notVerified > 0) return ['error', `${plural(errors, 'error')} in the sources`];
  if (total === 0) return ['error', 'Nothing was verified'];
  if (open > 0) return ['inconclusive', `${open} of ${total} ${what} not decided`];
  return ['proved', total === 1 ? `${report.subjects[0].name} is proved` : `All ${total} ${what} proved`];
};
const subjectWord = count => {
  const kinds = new Set(report.subjects.map(subject => subject.kind));
  const noun = kinds.size > 1 ? 'contracts and systems' : [...kinds][0] || 'contract';
  return kinds.size > 1 || count === 1 ? noun : `${noun}s`;
};

const indexPage = () => {
  const [word, title] = headline();
  const counts = Object.entries(report.counts).filter(([, count]) => count > 0);
  const under = el('p', {class: 'under'}, counts.map(([name, count]) => el('span', {class: 'chip'}, mark(name), ` ${count} ${name}`)));
  const head = heading([mark(word), ' ', title], under);
  head.classList.add('big', word);
  const parts = [head];
  if (report.runs.length) parts.push(runCards());
  for (const kind of ['contract', 'system']) {
    const rows = report.subjects.map((subject, index) => ({subject, index})).filter(row => row.subject.kind === kind);
    if (rows.length) parts.push(matrix(kind, rows));
  }
  const findings = report.findings.filter(finding => !finding.suppressed);
  if (findings.length) parts.push(findingList(findings));
  parts.push(about());
  return {node: el('div', {}, parts)};
};

const runCards = () => {
  const more = el('div', {class: 'cards'});
  const add = from => {
    report.runs.slice(from, from + CARDS).forEach((run, i) => more.append(card(run, from + i)));
    if (report.runs.length > from + CARDS) {
      const button = el('button', {type: 'button', onclick: () => { button.remove(); add(from + CARDS); }}, `Show more of ${report.runs.length}`);
      more.append(button);
    }
  };
  add(0);
  return el('section', {'aria-label': 'Runs to look at'}, el('h2', {class: 'part'}, 'Counterexamples'), more);
};
const card = (run, index) => {
  const why = run.facts.find(([key]) => ['stuck', 'cycle', 'never received', 'repeats', 'trapped', 'waiting', 'asked'].includes(key));
  return el('a', {class: `card ${wordOfRun(index)}`, href: `#cx=${index}`}, el('span', {class: 'card-title'}, mark(wordOfRun(index)), ' ', run.message),
    why && el('span', {class: 'card-why'}, why.slice(1).join('; ')),
    el('span', {class: 'card-foot'}, run.reading === 'priority' && 'if the documented priority holds: ', run.properties.map(([name]) => name).join(', '), ` · ${plural(run.steps, 'step')}`),
    el('span', {class: 'card-foot code'}, placeText(report.subjects[run.subject].at)));
};

const matrix = (kind, rows) => {
  const properties = [];
  for (const {subject} of rows) for (const verdict of subject.verdicts) if (!properties.includes(verdict.property)) properties.push(verdict.property);
  const columns = properties.slice(0, 20);
  const filter = el('input', {type: 'search', id: `filter-${kind}`, placeholder: 'Filter by name', oninput: () => draw(INDEX_ROWS)});
  const choice = el('select', {'aria-label': `Which ${kind}s`, oninput: () => draw(INDEX_ROWS)}, ['all', ...ORDER].map(word => el('option', {value: word}, word)));
  const body = el('tbody', {});
  const note = el('p', {class: 'note', role: 'status'});
  const more = el('button', {type: 'button', onclick: () => draw(body.childElementCount + INDEX_ROWS)}, 'Show more');
  const draw = limit => {
    const text = filter.value.toLowerCase();
    const found = rows.filter(({subject}) => `${subject.name} ${subject.variant || ''}`.toLowerCase().includes(text) && (choice.value === 'all' || worst(subject) === choice.value));
    body.replaceChildren(...found.slice(0, limit).map(row => matrixRow(row, columns)));
    more.hidden = found.length <= limit;
    note.textContent = found.length === rows.length ? '' : `${found.length} of ${rows.length} shown`;
  };
  draw(INDEX_ROWS);
  const title = kind === 'contract' ? 'Contracts' : 'Systems';
  return el('section', {class: 'matrix', 'aria-label': title}, el('div', {class: 'bar'}, el('h2', {class: 'part'}, title),
    rows.length > 4 && el('span', {class: 'tools'}, el('label', {for: `filter-${kind}`, class: 'sr'}, `Filter ${kind}s`), filter, choice)),
  el('div', {class: 'wide', tabindex: 0, role: 'group', 'aria-label': `${title} and properties`},
    el('table', {class: 'grid'}, el('thead', {}, el('tr', {}, el('th', {scope: 'col'}, kind), columns.map(name => el('th', {scope: 'col', class: 'tall'}, el('span', {}, name))), el('th', {scope: 'col'}, 'scope'))), body)),
  note, more);
};

const matrixRow = ({subject, index}, columns) => {
  const strengths = [...new Set(deciding(subject).filter(verdict => verdict.verdict === 'proved').map(verdict => verdict.strength))];
  return el('tr', {}, el('th', {scope: 'row'}, mark(worst(subject)), ' ', el('a', {href: `#subject=${index}`}, subject.name), subject.variant && el('span', {class: 'variant'}, subject.variant)),
    columns.map(name => cell(deciding(subject).filter(verdict => verdict.property === name))), el('td', {class: 'scope'}, strengths.join('; ')));
};
const cell = verdicts => {
  if (verdicts.length === 0) return el('td', {class: 'verdict'}, el('span', {class: 'sr'}, 'not asked'));
  const words = verdicts.map(wordOf);
  const word = ORDER.find(one => words.includes(one));
  const run = verdicts.map(verdict => verdict.run).find(row => row !== undefined);
  const inside = [mark(word), el('span', {class: 'sr'}, word)];
  return el('td', {class: `verdict ${word}`, title: word}, run === undefined ? inside : el('a', {href: `#cx=${run}`}, inside));
};

const findingList = findings => {
  const shown = findings.slice(0, 60);
  return el('section', {'aria-label': 'Findings'}, el('h2', {class: 'part'}, 'Findings'), el('ul', {class: 'findings'}, shown.map(finding =>
    el('li', {}, el('span', {class: `severity ${finding.severity}`}, finding.severity), ' ', el('span', {class: 'code'}, finding.code), ' ', finding.message, ' ', placeLink(finding.at),
      (finding.notes || []).map(note => el('span', {class: 'note'}, note)), finding.help && el('span', {class: 'note'}, finding.help)))),
  findings.length > shown.length && el('p', {class: 'note'}, `${findings.length - shown.length} more are in the JSON report.`));
};

const about = () => {
  const rows = [['tool', report.tool], ['engine', report.engine || 'not run'], ['compiler', report.compiler], ['command', `singspin ${report.arguments.join(' ')}`],
    ['started', report.startedAt], ['took', report.elapsed === undefined ? '' : `${report.elapsed.toFixed(1)} s`], ['exit code', `${report.exitCode} (${report.outcome})`]];
  const files = report.sources.slice(0, 100);
  return el('section', {class: 'panel about', 'aria-label': 'About this report'}, el('h2', {}, 'About this report'),
    el('dl', {class: 'facts'}, rows.filter(([, value]) => value).map(([key, value]) => el('div', {}, el('dt', {}, key), el('dd', {}, value)))),
    el('details', {}, el('summary', {}, `${plural(report.sources.length, 'input file')} and their hashes`),
      el('ul', {class: 'files'}, files.map((file, i) => el('li', {}, el('a', {href: `#source=${i}&line=1`}, file.path), ' ', el('code', {}, file.sha256)))),
      report.sources.length > files.length && el('p', {class: 'note'}, `${report.sources.length - files.length} more are in the JSON report.`)));
};
