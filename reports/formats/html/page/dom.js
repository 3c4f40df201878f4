'use strict';
// Elements are made here and nowhere else: all text goes through textContent, so a name is never markup.

const SVG = 'http://www.w3.org/2000/svg';

// Control characters and those that change the direction of text, spelled out: what is read is what is there.
const visible = text => String(text).replace(
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g,
  c => c < '\u0100' ? '\\x' + c.charCodeAt(0).toString(16).padStart(2, '0')
    : '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'));

const fill = (node, attributes, children) => {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : visible(value));
  }
  for (const child of children.flat(Infinity)) {
    if (child === undefined || child === null || child === false) continue;
    node.append(child instanceof Node ? child : document.createTextNode(visible(child)));
  }
  return node;
};
const el = (name, attributes, ...children) => fill(document.createElement(name), attributes, children);
const svg = (name, attributes, ...children) => fill(document.createElementNS(SVG, name), attributes, children);

// The content of a data element; null if the writer left it out.
const parsed = new Map();
const data = id => {
  if (!parsed.has(id)) {
    const node = document.getElementById(id);
    parsed.set(id, node ? JSON.parse(node.textContent) : null);
  }
  return parsed.get(id);
};

const report = data('data');
const plural = (count, noun) => `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
const placeText = at => at ? `${report.sources[at[0]].path}:${at[1]}` : '';

// A picture for a button, drawn since fonts may lack the sign.
const icon = path => svg('svg', {viewBox: '0 0 16 16', width: 16, height: 16, 'aria-hidden': 'true', class: 'icon'}, svg('path', {d: path}));
const ICONS = {first: 'M 2 3 H 4 V 13 H 2 Z M 14 3 V 13 L 5 8 Z', back: 'M 12 3 V 13 L 4 8 Z', next: 'M 4 3 V 13 L 12 8 Z',
  last: 'M 12 3 H 14 V 13 H 12 Z M 2 3 V 13 L 11 8 Z'};

const MARKS = {proved: '✓', violated: '✗', inconclusive: '?', skipped: '–', error: '!', warning: '▲'};
// A violation that counts as a warning is called one.
const wordOf = verdict => verdict.verdict === 'violated' && verdict.severity === 'warning' ? 'warning' : verdict.verdict;
const mark = word => el('span', {class: `mark ${word}`, 'aria-hidden': 'true'}, MARKS[word] || '');
const badge = (word, text) => el('span', {class: `badge ${word}`}, mark(word), text || word);
