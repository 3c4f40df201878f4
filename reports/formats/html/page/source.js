// Source text around the line of a step. Columns count UTF-16 units, as JavaScript does.

const SOURCE_LINES = 15;  // above and below
const linesOf = new Map();
const sourceLines = index => {
  if (!linesOf.has(index)) {
    const text = data(`source-${index}`);
    linesOf.set(index, text === null ? null : text.split('\n'));
  }
  return linesOf.get(index);
};

const WORDS = new Set(['contract', 'state', 'one', 'all', 'in', 'out', 'message', 'public', 'internal', 'or', 'start', 'driver', 'env',
  'port', 'on', 'send', 'recv', 'acquire', 'release', 'choose', 'loop', 'threads', 'owned', 'lock', 'free', 'new', 'use',
  'if', 'else', 'while', 'var', 'event', 'connect', 'exp', 'imp', 'override', 'check']);

// Comments and words of the language in their colours; an annotation is no mere comment.
const coloured = text => text.split(/(\/\/(?!@).*|\b[a-z]+\b)/).filter(part => part !== '').map(part => {
  if (part.startsWith('//') && !part.startsWith('//@')) return el('span', {class: 'comment'}, part);
  return WORDS.has(part) ? el('span', {class: 'word'}, part) : part;
});

// The part of a line that a place covers, or null.
const covered = (at, number, length) => {
  const [, line, column, endLine, endColumn] = at;
  if (number < line || number > endLine) return null;
  return [number === line ? column - 1 : 0, number === endLine ? endColumn - 1 : length];
};

const sourceLine = (number, text, at) => {
  const range = at && covered(at, number, text.length);
  const parts = range
    ? [coloured(text.slice(0, range[0])), el('mark', {}, text.slice(...range)), coloured(text.slice(range[1]))]
    : coloured(text);
  return el('div', {class: range ? 'line current' : 'line', 'data-line': number},
    el('span', {class: 'number', 'aria-hidden': 'true'}, number), el('code', {}, parts));
};

class SourcePane {
  constructor() {
    this.title = el('h2', {}, 'Source');
    this.lines = el('div', {class: 'lines', tabindex: 0, role: 'group', 'aria-label': 'Source text'});
    this.node = el('section', {class: 'panel source', 'aria-label': 'Source'}, this.title, this.lines);
  }
  show(at, around = SOURCE_LINES) {
    this.title.replaceChildren('Source');
    this.lines.replaceChildren();
    if (!at) return void this.lines.append(el('p', {class: 'note'}, 'The tool added this part; it stands in no file.'));
    this.title.append(' ', el('span', {class: 'place'}, visible(placeText(at))));
    const lines = sourceLines(at[0]);
    if (!lines) return void this.lines.append(el('p', {class: 'note'}, 'The text of this file is not in the page.'));
    const from = Math.max(1, at[1] - around), to = Math.min(lines.length, at[1] + around);
    for (let number = from; number <= to; ++number) this.lines.append(sourceLine(number, lines[number - 1], at));
    const current = this.lines.querySelector('.current');
    if (current) this.lines.scrollTop = current.offsetTop - this.lines.clientHeight / 2;
  }
}
