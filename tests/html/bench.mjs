// Times a page in Chromium: node bench.mjs < {modules, chromium, page, runs} > {bytes, ready, step, slowest, steps, elements}
import {createRequire} from 'node:module';
import {readFileSync, statSync} from 'node:fs';

const given = JSON.parse(readFileSync(0, 'utf8'));
const require = createRequire(given.modules + '/');
const {chromium} = require('playwright-core');
const median = values => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

const browser = await chromium.launch({executablePath: given.chromium, args: ['--no-sandbox']});
const readies = [], steps = [];
let elements = 0;
for (let i = 0; i < given.runs; ++i) {
  const page = await browser.newPage({viewport: {width: 1440, height: 900}});
  const begin = performance.now();
  await page.goto(`file://${given.page}#cx=0`);
  await page.waitForSelector('html[data-ready]');
  readies.push(performance.now() - begin);
  // A step is done when the browser has drawn it: layout is forced by asking for a size.
  steps.push(...await page.evaluate(async () => {
    const times = [];
    for (const key of [...Array(40).fill('ArrowLeft'), 'Home', ...Array(40).fill('PageDown'), 'End']) {
      const begin = performance.now();
      document.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}));
      document.querySelector('.chart').getBoundingClientRect();
      times.push(performance.now() - begin);
      await new Promise(done => requestAnimationFrame(done));
    }
    return times;
  }));
  elements = Math.max(elements, await page.evaluate(() => document.querySelectorAll('*').length));
  await page.close();
}
await browser.close();
console.log(JSON.stringify({bytes: statSync(given.page).size, ready: median(readies), step: median(steps), slowest: Math.max(...steps),
  steps: steps.length, elements}));
