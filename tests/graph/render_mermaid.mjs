// Renders Mermaid texts in Chromium: node render_mermaid.mjs MODULES < texts.json > results.json
// texts.json: {name: text}; results.json: {name: {error} or {texts, edges, foreign}}.
import {createRequire} from 'node:module';
import {readFileSync} from 'node:fs';

const modules = process.argv[2];
const require = createRequire(modules + '/');
const {chromium} = require(modules + '/playwright-core');
const texts = JSON.parse(readFileSync(0, 'utf8'));

const render = async text => {
  mermaid.initialize({startOnLoad: false, securityLevel: 'strict'});
  const place = document.getElementById('place');
  try {
    place.innerHTML = (await mermaid.render('picture', text)).svg;
  } catch (error) {
    return {error: String(error.message)};
  }
  const labels = [...place.querySelectorAll('.nodeLabel, .edgeLabel p')];
  return {
    texts: labels.map(label => label.innerText),
    edges: place.querySelectorAll('path.transition').length,
    foreign: place.querySelectorAll('script, img, a').length,
  };
};

const browser = await chromium.launch({executablePath: '/usr/bin/chromium', args: ['--no-sandbox']});
const page = await browser.newPage();
await page.setContent('<div id="place"></div>');
await page.addScriptTag({content: readFileSync(modules + '/mermaid/dist/mermaid.min.js', 'utf8')});
const results = {};
for (const [name, text] of Object.entries(texts)) results[name] = await page.evaluate(render, text);
await browser.close();
console.log(JSON.stringify(results));
