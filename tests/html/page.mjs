// Drives HTML reports in Chromium: node page.mjs < {modules, pages, traces, only}. Prints what fails; exits 1.
import {createRequire} from 'node:module';
import {readFileSync, mkdirSync} from 'node:fs';
import assert from 'node:assert/strict';

const given = JSON.parse(readFileSync(0, 'utf8'));
const require = createRequire(given.modules + '/');
const {chromium} = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const browser = await chromium.launch({executablePath: given.chromium, args: ['--no-sandbox']});

// A page that may only read itself: everything it complains about or asks for is kept.
const open = async (name, hash = '', options = {}) => {
  const context = await browser.newContext({viewport: {width: 1440, height: 900}, ...options});
  const page = await context.newPage();
  page.trouble = [];
  page.on('console', message => ['error', 'warning'].includes(message.type()) && page.trouble.push(message.text()));
  page.on('pageerror', error => page.trouble.push(String(error)));
  page.on('request', request => /^(file|data|blob):/.test(request.url()) || page.trouble.push(request.url()));
  await context.setOffline(true);
  await page.goto(`file://${given.pages[name]}${hash}`);
  if (options.javaScriptEnabled !== false) await page.waitForSelector('html[data-ready]');
  return page;
};
const close = async page => {
  assert.deepEqual(page.trouble, [], 'no error and no request');
  await page.context().close();
};
const count = page => page.textContent('.count');
const elements = page => page.evaluate(() => document.querySelectorAll('*').length);
const hacked = page => page.evaluate(() => typeof hacked !== 'undefined' || document.querySelectorAll('img').length > 0);
const trace = name => JSON.parse(readFileSync(given.traces[name], 'utf8'));

// What the page shows of a step: sentence, marked source, configuration.
const shown = page => page.evaluate(() => ({
  line: Number((document.querySelector('.source .line.current') || {dataset: {}}).dataset.line),
  mark: [...document.querySelectorAll('.source mark')].map(node => node.textContent).join('\n'),
  cells: Object.fromEntries([...document.querySelectorAll('.config tr:not(.section)')].map(row => {
    let head = row;
    while (!head.matches('.section')) head = head.previousElementSibling;
    const value = row.querySelector('td').cloneNode(true);
    value.querySelectorAll('.was').forEach(node => node.remove());
    const queue = [...value.querySelectorAll('.queued')].map(node => node.textContent);
    return [`${head.textContent}: ${row.querySelector('th').textContent}`, value.querySelector('.queue, .empty') ? queue : value.textContent];
  })),
}));

const spanText = (file, {start, end}) => file.text.split('\n').slice(start.line - 1, end.line)
  .map((text, i, all) => text.slice(i === 0 ? start.column - 1 : 0, i === all.length - 1 ? end.column - 1 : undefined)).join('\n');

const words = (trace, id) => {
  const state = trace.contracts[0].states.find(one => one.id === id);
  return state.kind === 'named' ? id : `${state.parent}, after ${state.after}`;
};

const tests = {
  async 'every step marks its place and shows its configuration'() {
    for (const name of ['spooler', 'mixed', 'orphan', 'unbounded']) {
      const page = await open(name, '#cx=0&step=0');
      const run = trace(name);
      for (let k = 0; k <= run.steps.length; ++k) {
        assert.equal(await count(page), `${k} / ${run.steps.length}`);
        const now = await shown(page);
        const {states, queues} = k === 0 ? run.initial : run.steps[k - 1].after;
        assert.deepEqual(now.cells, {'States: importer': words(run, states.imp), 'States: exporter': words(run, states.exp),
          'Queues: importer → exporter': queues['imp->exp'], 'Queues: exporter → importer': queues['exp->imp']}, `${name}, configuration ${k}`);
        if (k > 0) {
          const {span} = run.steps[k - 1];
          assert.equal(now.line, span.start.line, `${name}, line of step ${k}`);
          assert.equal(now.mark, spanText(run.sources[span.source], span), `${name}, mark of step ${k}`);
        }
        await page.keyboard.press('ArrowRight');
      }
      await close(page);
    }
  },
  async 'a run of a system shows threads, tokens and locks'() {
    const page = await open('system', '#cx=0&step=0');
    const run = trace('system');
    for (let k = 1; k <= run.steps.length; ++k) {
      await page.click('#next');
      const {span, after} = run.steps[k - 1];
      const now = await shown(page);
      assert.equal(now.mark, spanText(run.sources[span.source], span), `mark of step ${k}`);
      for (const [id, queue] of Object.entries(after.queues)) assert.deepEqual(now.cells[`Queues: ${id}`], queue, `${id} after step ${k}`);
      for (const [id, holder] of Object.entries(after.locks || {})) assert.equal(now.cells[`Locks: ${id}`], holder ? `held by ${holder}` : 'free');
      for (const [id, owner] of Object.entries(after.tokens || {}))
        if (owner.kind === 'component') assert.ok(now.cells[`Tokens: ${id}`].startsWith(owner.component), `${id} after step ${k}`);
      for (const [id, thread] of Object.entries(after.threads)) assert.ok(now.cells[`Threads: ${id}`].startsWith(thread.activity), `${id} after step ${k}`);
    }
    assert.ok(await page.locator('.chart text.end.bad').count() > 0, 'the chart says who is stuck');
    assert.ok(await page.locator('.machine .tabs button').count() > 1, 'a tab for each channel');
    await page.click('.machine .tabs button:nth-child(2)');
    assert.equal(await page.getAttribute('.machine .tabs button:nth-child(2)', 'aria-pressed'), 'true');
    await close(page);
  },
  async 'keys, slider, buttons, clicks and the address agree'() {
    const page = await open('spooler', '#cx=0&step=3');
    const at = async text => assert.equal(await count(page), text);
    await at('3 / 8');
    for (const [key, text] of [['j', '4 / 8'], ['k', '3 / 8'], ['ArrowRight', '4 / 8'], ['ArrowLeft', '3 / 8'], ['End', '8 / 8'], ['ArrowRight', '8 / 8'],
      ['Home', '0 / 8'], ['ArrowLeft', '0 / 8'], ['PageDown', '8 / 8'], ['PageUp', '0 / 8']]) {
      await page.keyboard.press(key);
      await at(text);
    }
    await page.locator('#slider').fill('5');
    await at('5 / 8');
    assert.match(await page.getAttribute('#slider', 'aria-valuetext'), /^5 of 8: The exporter sends Accepted\./);
    for (const [id, text] of [['last', '8 / 8'], ['back', '7 / 8'], ['first', '0 / 8'], ['next', '1 / 8']]) {
      await page.click(`#${id}`);
      await at(text);
    }
    await page.click('.chart .hit[data-step="6"]', {position: {x: 5, y: 5}});
    await at('6 / 8');
    await page.click('.steps li:nth-child(2) button');
    await at('2 / 8');
    assert.equal(await page.evaluate(() => location.hash), '#cx=0&step=2');
    await page.evaluate(() => { location.hash = '#cx=0&step=7'; });
    await page.waitForFunction(() => document.querySelector('.count').textContent === '7 / 8');
    assert.match(await page.textContent('[role=status]'), /^The importer sends Stop\./);
    await page.evaluate(() => { location.hash = '#nonsense=1'; });
    await page.waitForSelector('.matrix');
    await close(page);
  },
  async 'the state machine shows both ends, the way and the action'() {
    const page = await open('spooler', '#cx=0&step=8');
    const texts = selector => page.locator(selector).allTextContents();
    assert.deepEqual((await texts('.machine .pill text')).sort(), ['E', 'I']);
    assert.deepEqual(await texts('.machine text.lit'), ['Finished!']);
    assert.ok((await texts('.machine text.passed')).includes('Print? Accepted!'));
    await page.click('text=Every point');
    assert.ok((await texts('.machine .node text')).includes('RUNNING, after Stop'));
    await page.click('text=Only the path');
    assert.ok(!(await texts('.machine text')).join().includes('GetStatus'));
    await close(page);
  },
  async 'a contract can be explored'() {
    const page = await open('proved');
    assert.ok((await page.textContent('.verdicts')).includes('for any queue length'));
    for (let i = 0; i < 6; ++i) await page.click('.choices button:first-child');
    assert.equal(await count(page), '6 / 6');
    await page.click('text=Undo');
    assert.equal(await count(page), '5 / 5');
    await page.keyboard.press('Home');
    await page.click('.choices button:first-child');
    assert.equal(await count(page), '1 / 1');
    const labels = () => page.locator('.chart text.label').allTextContents();
    const first = await labels();
    assert.equal(first.length, 1);
    await page.keyboard.press('End');
    for (let i = 0; i < 3; ++i) await page.click('.choices button:last-child');
    assert.equal((await labels()).length + (await page.locator('.chart .dot').count()) > 4, true);
    await close(page);
    const other = await open('spooler', '#cx=0&step=8');
    await other.click('#branch');
    await other.waitForSelector('.explorer');
    assert.equal(await count(other), '8 / 8');
    assert.match(await other.textContent('.choices'), /neither end can take a step/);
    // Another step than the one that was taken, from the middle: chart and sentences follow.
    await other.evaluate(() => { document.getElementById('slider').value = 7; document.getElementById('slider').dispatchEvent(new Event('input')); });
    const before = await other.textContent('.steps li:last-child');
    await other.click('.choices .imp, .choices .exp >> nth=0');
    assert.equal(await count(other), '8 / 8');
    assert.notEqual(await other.textContent('.steps li:last-child'), before);
    assert.ok((await other.textContent('.chart svg:last-child')).includes((await other.textContent('.what')).split(' ').pop().replace('.', '')));
    await close(other);
  },
  async 'the trace that is downloaded is the trace file'() {
    const page = await open('spooler', '#cx=0');
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('#download')]);
    assert.deepEqual(JSON.parse(readFileSync(await download.path(), 'utf8')), trace('spooler'));
    await close(page);
  },
  async 'names and texts never become markup'() {
    const page = await open('hostile');
    assert.equal(await hacked(page), false);
    assert.match(await page.textContent('body'), /<img src=x onerror/);
    for (const hash of ['#cx=0&step=0', '#cx=0&step=8', '#subject=0', '#source=1&line=1', '#cx=99', '#cx=-1&step=x', '#source=9']) {
      await page.evaluate(to => { location.hash = to; }, hash);
      await page.waitForTimeout(0);
      assert.equal(await hacked(page), false, hash);
      assert.equal(await page.evaluate(() => /[\u001b\u202e\u2028]/.test(document.body.innerText)), false, `${hash}: controls are spelled out`);
    }
    await close(page);
    const source = await open('hostile-source', '#source=0&line=2');
    assert.equal(await hacked(source), false);
    assert.match(await source.textContent('.lines'), /<\/script><script>hacked=1<\/script>.*\\u2028.*\\x1b.*\\u202e/);
    await close(source);
  },
  async 'without scripts the text for people is there'() {
    for (const name of ['spooler', 'hostile']) {
      const page = await open(name, '', {javaScriptEnabled: false});
      assert.ok((await page.locator('noscript pre, .fallback pre').first().innerText()).length > 20);
      assert.equal(await page.locator('img').count(), 0);
      await close(page);
    }
  },
  async 'no barrier that axe knows'() {
    const pages = [['spooler', ''], ['spooler', '#cx=0&step=3'], ['spooler', '#subject=0'], ['spooler', '#source=0&line=3'], ['system', '#cx=0&step=4'],
      ['system', '#subject=0'], ['many', ''], ['hostile', '#cx=0']];
    for (const colorScheme of ['light', 'dark']) {
      for (const [name, hash] of pages) {
        const page = await open(name, hash, {colorScheme, reducedMotion: 'reduce'});
        await page.evaluate(() => document.querySelectorAll('details').forEach(node => { node.open = true; }));
        await page.evaluate(axe);
        const {violations, passes} = await page.evaluate(() => axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']}));
        const words = violations.flatMap(one => one.nodes.map(node => `${one.id}: ${node.html.slice(0, 160)} ${node.failureSummary}`));
        assert.deepEqual(words, [], `${name}${hash}, ${colorScheme}`);
        assert.ok(passes.length > 15, 'axe has looked');
        await close(page);
      }
    }
  },
  async 'nothing is wider than a small screen'() {
    for (const [name, hash] of [['many', ''], ['spooler', '#cx=0&step=8'], ['spooler', '#subject=0'], ['system', '#cx=0&step=5'], ['hostile', '#cx=0']]) {
      const page = await open(name, hash, {viewport: {width: 360, height: 740}});
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 360, `${name}${hash} fits 360 pixels`);
      await close(page);
    }
  },
  async 'a long run keeps the page small'() {
    const page = await open('long', '#cx=0&step=0');
    const size = await page.evaluate(() => Number(document.getElementById('slider').max));
    assert.ok(size > 19000 && size <= 20000);
    for (const k of [0, 1, 59, 61, 5000, 12345, size - 1, size]) {
      await page.locator('#slider').fill(String(k));
      assert.ok(await elements(page) <= 1500, `${await elements(page)} elements at step ${k}`);
      assert.ok(k === 0 || await page.locator(`.chart .row.now[data-step="${k}"]`).count() === 1, `row of step ${k}`);
    }
    await page.evaluate(() => { document.querySelector('.scroll').scrollTop = 200000; });
    await page.waitForFunction(() => document.querySelector('.chart [data-step="6667"]'));
    assert.ok(await elements(page) <= 1500);
    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
    assert.equal(await page.locator('.chart .row').count(), size, 'the whole chart is printed');
    await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
    assert.ok(await elements(page) <= 1500);
    await close(page);
  },
  async 'a longer run has a gap that shows'() {
    const page = await open('longer', '#cx=0&step=1000');
    const size = await page.evaluate(() => Number(document.getElementById('slider').max));
    assert.match(await page.textContent('.chart .gap'), new RegExp(`${(size - 5000).toLocaleString('en')} steps not in this page`));
    const before = await shown(page);
    await page.keyboard.press('ArrowRight');
    assert.equal(await count(page), `${(size - 4000).toLocaleString('en')} / ${size.toLocaleString('en')}`);
    await page.keyboard.press('ArrowRight');
    assert.equal(await page.locator(`.chart .row.now[data-step="${size - 3999}"]`).count(), 1);
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    assert.deepEqual(await shown(page), before);
    await page.keyboard.press('End');
    assert.deepEqual((await shown(page)).cells['Queues: importer → exporter'], ['Stop']);
    await close(page);
  },
  async 'the overview filters'() {
    const page = await open('many');
    const rows = () => page.locator('.grid tbody tr').count();
    const all = await rows();
    assert.ok(all > 4);
    const name = await page.locator('.grid tbody a').first().textContent();
    await page.locator('#filter-contract').fill(name.toUpperCase());
    assert.ok(await rows() < all && await rows() > 0);
    await page.locator('#filter-contract').fill('');
    await page.selectOption('.matrix select', 'violated');
    assert.ok(await rows() < all && await rows() > 0);
    await page.click('.grid tbody a >> nth=0');
    await page.waitForSelector('.verdicts');
    await close(page);
  },
};

let failed = 0;
const chosen = Object.entries(tests).filter(([name]) => !given.only || name.includes(given.only));
for (const [name, test] of chosen) {
  try {
    await test();
    console.log(`ok   ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL ${name}\n     ${String(error.message).split('\n').slice(0, 30).join('\n     ')}`);
  }
}
await browser.close();
console.log(`${chosen.length} tests, ${failed} failed`);
process.exit(failed || chosen.length === 0 ? 1 : 0);
