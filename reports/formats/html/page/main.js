// The address says what is shown: #cx=0&step=7, #subject=3, #source=0&line=12, nothing for the overview.

const page = document.getElementById('page');
let current = null;   // {node, view}
let shownHash = null;

const number = (words, name) => /^\d+$/.test(words.get(name) || '') ? Number(words.get(name)) : null;

// What one subject has to show needs no overview before it.
const onlyPage = () => {
  if (report.subjects.length !== 1 || report.findings.some(finding => !finding.suppressed && finding.severity === 'error')) return null;
  return report.runs.length === 1 ? '#cx=0' : report.runs.length === 0 ? '#subject=0' : null;
};

const pageFor = hash => {
  const words = new URLSearchParams(hash.replace(/^#/, ''));
  const [run, subject, source] = ['cx', 'subject', 'source'].map(name => number(words, name));
  if (run !== null && run < report.runs.length) {
    const made = runPage(run, remember);
    const step = number(words, 'step');
    if (made.view) made.after = () => made.view.go(step === null ? made.view.run.size : step);
    return made;
  }
  if (subject !== null && subject < report.subjects.length) {
    const made = subjectPage(subject);
    if (made.view) made.after = () => made.view.go(made.view.k);
    return made;
  }
  if (source !== null && source < report.sources.length) return sourcePage(source, number(words, 'line') || 1);
  return indexPage();
};

const remember = hash => {
  shownHash = hash;
  history.replaceState(null, '', hash);
};

const show = hash => {
  const words = new URLSearchParams(hash.replace(/^#/, ''));
  // A step of the run that is open already: nothing is built anew.
  const index = number(words, 'cx');
  if (current && current.view && index !== null && current.index === index) return void current.view.go(number(words, 'step') || 0);
  const first = current === null;
  current = pageFor(hash);
  current.index = index;
  const home = el('a', {href: '#', class: 'home'}, el('span', {class: 'logo', 'aria-hidden': 'true'}, '⇄'), 'singspin');
  const crumb = index !== null && report.runs[index] ? report.subjects[report.runs[index].subject] : null;
  page.replaceChildren(el('header', {class: 'top'}, home, el('span', {class: 'crumb'}, crumb ? crumb.name : ''), el('span', {class: 'keys'}, current.view ? '← → steps · Home End · PageUp PageDown' : '')),
    el('main', {id: 'main'}, current.node));
  if (current.after) current.after();
  if (!first) {
    window.scrollTo(0, 0);
    const title = page.querySelector('h1');
    if (title) title.focus({preventScroll: true});
  }
};

const isTyping = target => target instanceof Element && (target.matches('select, textarea') || (target.matches('input') && target.type !== 'range'));

document.addEventListener('keydown', event => {
  if (!current || !current.view || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  // A chart that has the focus scrolls sideways by itself; steps go on all the same.
  if (current.view.key(event)) event.preventDefault();
});
window.addEventListener('hashchange', () => {
  if (location.hash !== shownHash) show(location.hash);
});
window.addEventListener('beforeprint', () => current && current.view && current.view.print(true));
window.addEventListener('afterprint', () => current && current.view && current.view.print(false));
let resizing = 0;
window.addEventListener('resize', () => {
  cancelAnimationFrame(resizing);
  resizing = requestAnimationFrame(() => current && current.view && current.view.resize());
});

show(location.hash.length > 1 ? location.hash : onlyPage() || '');
document.documentElement.dataset.ready = 'true';
