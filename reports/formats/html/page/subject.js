// Pages: a counterexample, a contract or system, a file.

const heading = (title, under) => el('div', {class: 'heading'}, el('h1', {tabindex: -1}, title), under);

const placeLink = at => at && el('a', {class: 'place', href: `#source=${at[0]}&line=${at[1]}`}, placeText(at));

// The Markdown of `explain`: paragraphs, lists, contracts.
const markdown = text => {
  const out = [];
  let code = null, lines = [], items = null;
  const flush = () => {
    if (lines.length) out.push(el('p', {}, inline(lines.join(' '))));
    lines = [];
    items = null;
  };
  for (const line of text.split('\n')) {
    if (line.startsWith('```')) {
      flush();
      if (code === null) code = [];
      else {
        out.push(el('pre', {tabindex: 0}, el('code', {}, coloured(code.join('\n')))));
        code = null;
      }
    } else if (code !== null) code.push(line);
    else if (line === '') flush();
    else if (line.startsWith('- ')) {
      if (!items) {
        flush();
        out.push(items = el('ul', {}));
      }
      items.append(el('li', {}, inline(line.slice(2))));
    } else if (items) items.lastChild.append(' ', ...inline(line));
    else lines.push(line);
  }
  flush();
  return out;
};
const inline = text => text.split(/(`[^`]+`)/).filter(Boolean).map(part => part.startsWith('`') ? el('code', {}, part.slice(1, -1)) : part);

const explanation = code => {
  const known = report.codes[code];
  return known && el('details', {class: 'explain'}, el('summary', {}, `${code} ${known.rule}: ${known.title}`), el('div', {class: 'prose'}, markdown(known.text)));
};

const download = (name, text) => {
  const link = el('a', {href: URL.createObjectURL(new Blob([text], {type: 'application/json'})), download: name});
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
};

const factList = facts => facts.length > 0 && el('dl', {class: 'facts'}, facts.map(([key, ...lines]) =>
  el('div', {}, el('dt', {}, key), el('dd', {}, lines.map(line => el('span', {class: 'fact'}, line))))));

const runPage = (index, show) => {
  const row = report.runs[index];
  const subject = report.subjects[row.subject];
  const run = loadRun(index);
  const chips = row.properties.map(([name, code]) => el('span', {class: 'chip'}, `${name} `, el('span', {class: 'code'}, code)));
  const under = el('p', {class: 'under'}, badge(wordOfRun(index)), ' ', subject && el('a', {href: `#subject=${row.subject}`}, subject.name), ' ', chips,
    row.reading === 'priority' && el('span', {class: 'chip'}, 'only if the documented priority holds'), row.shortest && el('span', {class: 'chip'}, 'shortest run'));
  const file = data(`file-${index}`);
  const tools = el('p', {class: 'tools-line'}, 'Replay: ', el('code', {class: 'command'}, `singspin replay ${row.id}`),
    file !== null && el('button', {type: 'button', id: 'download', onclick: () => download(`${row.id.replace(/[^\w.:-]/g, '_')}.trace.json`, file)}, 'Download trace'),
    file === null && el('span', {class: 'note'}, `The trace is ${row.id}.trace.json in the folder of traces.`));
  const head = heading(row.message, under);
  const facts = factList(row.facts);
  const explain = row.properties.map(([, code]) => explanation(code));
  if (!run) return {node: el('div', {}, head, facts, el('p', {class: 'note'}, 'The steps of this run are not in the page: it has reached its size.'), tools, explain)};
  const view = new RunView(run, {remember: k => show(`#cx=${index}&step=${k}`)});
  const branch = run instanceof ContractRun && !run.gap && el('button', {type: 'button', id: 'branch', onclick: () => {
    const from = data(`run-${index}`);
    exploreFrom = {subject: row.subject, initial: from.initial, steps: from.steps.slice(0, view.k)};
    location.hash = `#subject=${row.subject}&explore=1`;
  }}, 'Explore from this step');
  if (branch) tools.append(' ', branch);
  return {node: el('div', {}, head, facts, view.node, repairList(row.repairs), tools, explain), view};
};
let exploreFrom = null;

const wordOfRun = index => {
  const run = report.runs[index], subject = report.subjects[run.subject];
  if (!subject || run.reading === 'priority') return 'shown';
  const names = run.properties.map(([name]) => name);
  const violated = deciding(subject).filter(verdict => names.includes(verdict.property) && verdict.verdict === 'violated');
  if (violated.length === 0) return 'shown';
  return violated.some(verdict => verdict.severity === 'error') ? 'violated' : 'warning';
};

// What was verified as a way out: the lines as they are, and as they would be.
const repairList = repairs => (repairs || []).map(repair => el('section', {class: 'panel repair', 'aria-label': 'A repair'},
  el('h2', {}, 'A repair'), el('p', {}, `${repair.title} (verified: proved for any queue length)`), changedLines(repair.edits)));

const changedLines = edits => {
  const lines = edits.length && edits[0].at && sourceLines(edits[0].at[0]);
  if (!lines) return null;
  const groups = [];  // edits that share lines change them together
  for (const edit of [...edits].sort((a, b) => a.at[1] - b.at[1] || a.at[2] - b.at[2])) {
    const last = groups[groups.length - 1];
    if (last && edit.at[1] <= last.to) Object.assign(last, {to: Math.max(last.to, edit.at[3]), edits: [...last.edits, edit]});
    else groups.push({from: edit.at[1], to: edit.at[3], edits: [edit]});
  }
  const rows = groups.flatMap(group => {
    const before = lines.slice(group.from - 1, group.to);
    let after = before.join('\n');
    const offset = (line, column) => before.slice(0, line - group.from).reduce((sum, text) => sum + text.length + 1, 0) + column - 1;
    for (const {at, text} of [...group.edits].reverse()) after = after.slice(0, offset(at[1], at[2])) + text + after.slice(offset(at[3], at[4]));
    const now = after.split('\n');  // without what stays
    while (before.length && now.length && before[0] === now[0]) [before, now].forEach(rows => rows.shift());
    while (before.length && now.length && before[before.length - 1] === now[now.length - 1]) [before, now].forEach(rows => rows.pop());
    return [...before.map(text => el('div', {class: 'removed'}, `- ${text}`)), ...now.map(text => el('div', {class: 'added'}, `+ ${text}`))];
  });
  return el('pre', {class: 'diff', tabindex: 0}, rows);
};

// Verdicts of one outcome and strength share a line.
const verdictTable = subject => {
  const rows = subject.verdicts.map(verdict => {
    const word = wordOf(verdict);
    const scope = [verdict.strength || verdict.reason, verdict.reading === 'priority' && 'if the documented priority holds',
      verdict.entry && `for ends that start in ${verdict.entry}`, verdict.fair && 'under weak fairness', verdict.suppressed && 'silenced by a comment'].filter(Boolean).join(', ');
    const effort = verdict.configurations === undefined ? '' : plural(verdict.configurations, 'configuration');
    return el('tr', {}, el('th', {scope: 'row'}, verdict.property), el('td', {}, badge(word)), el('td', {}, scope),
      el('td', {class: 'effort'}, effort, (verdict.basis || []).map(basis => el('span', {class: 'basis'}, basis.replace(/-/g, ' ')))), el('td', {}, verdict.run !== undefined && el('a', {href: `#cx=${verdict.run}`}, verdict.verdict === 'violated' ? 'counterexample' : 'run'),
        (verdict.findings || []).map(i => el('span', {class: 'finding'}, report.findings[i].message, ' ', placeLink(report.findings[i].at)))));
  });
  return el('div', {class: 'wide', tabindex: 0, role: 'group', 'aria-label': 'Verdicts'},
    el('table', {class: 'verdicts'}, el('thead', {}, el('tr', {}, ['property', 'verdict', 'scope', 'rests on', 'details'].map(text => el('th', {scope: 'col'}, text)))),
      el('tbody', {}, rows)));
};

const subjectPage = index => {
  const subject = report.subjects[index];
  const head = heading(subject.name, el('p', {class: 'under'}, badge(worst(subject)), ' ', subject.kind, subject.variant && `, ${subject.variant}`, ' ', placeLink(subject.at)));
  const parts = [head, verdictTable(subject)];
  let view = null;
  if (subject.kind === 'system') parts.push(systemParts(subject));
  const machine = subject.machine === undefined ? null : data(`machine-${subject.machine}`);
  if (machine) {
    const from = exploreFrom && exploreFrom.subject === index ? exploreFrom : {initial: [machine.start, machine.start, [], []], steps: []};
    exploreFrom = null;
    view = new RunView(ContractRun.fork(machine, from.initial, from.steps), {explore: true});
    view.k = from.steps.length;
    parts.push(el('h2', {class: 'part'}, 'Explore'), el('p', {class: 'note'}, 'Choose steps and watch both ends; queues are as long as they need to be.'), view.node);
  }
  return {node: el('div', {}, parts), view};
};

const systemParts = subject => el('section', {class: 'panel'}, el('h2', {}, 'Parts'),
  el('div', {class: 'wide', tabindex: 0, role: 'group', 'aria-label': 'Channels'}, el('table', {class: 'verdicts'},
    el('thead', {}, el('tr', {}, ['channel', 'contract', 'exporter', 'importer'].map(text => el('th', {scope: 'col'}, text)))),
    el('tbody', {}, subject.channels.map(channel => el('tr', {}, el('th', {scope: 'row'}, channel.name),
      el('td', {}, (data(`machine-${channel.machine}`) || {name: ''}).name), el('td', {}, channel.exporter), el('td', {}, channel.importer)))))),
  el('p', {}, 'Components: ', subject.components.map((row, i) => [i ? ', ' : '', row.generated ? `${row.name} (generated)` : row.name, row.generated ? '' : ' ', !row.generated && placeLink(row.at)])));

const sourcePage = (index, line) => {
  const file = report.sources[index];
  const pane = new SourcePane();
  const node = el('div', {}, heading(file.path, el('p', {class: 'under'}, plural(file.bytes, 'byte'), ' · SHA-256 ', el('code', {}, file.sha256))), pane.node);
  return {node, after: () => pane.show([index, line, 1, line, 100000], 40)};
};
