import { call } from './api.js';
import { element, percent } from './view.js';

const SVG = 'http://www.w3.org/2000/svg';
const SIDE = 200;
const byId = (id) => document.getElementById(id);
const view = byId('quality');

/** What the reviews teach. */
export async function showQuality() {
  const { answer } = await call('quality');
  byId('quality-body').replaceChildren(...(answer.reviewed === 0
    ? [element('p', {}, 'Nothing was reviewed yet.')]
    : [summary(answer), sample(answer.sample), calibration(answer.calibration), confusion(answer.confusion)]));
  view.showModal();
}

function summary({ reviewed, accuracy, complete }) {
  return element('p', {}, `People agreed with ${percent(accuracy)} of ${counted(reviewed, complete)} reviewed photos. `
    + 'Photos are reviewed because they are unsure, so this is less than over all photos.');
}

function sample({ reviewed, accuracy, low, high, complete }) {
  return element('p', {}, reviewed === 0
    ? 'No photo of a random share was reviewed (ReviewSample), so the true accuracy is not known.'
    : `Of a random share, ${percent(accuracy)} of ${counted(reviewed, complete)}: the true accuracy is from ${percent(low)} to ${percent(high)}, with 95 % confidence.`);
}

const counted = (reviewed, complete) => complete ? reviewed : `the latest ${reviewed}`;

/** A dot for each tenth of the score; on the line the score promises what people find. */
function calibration(bins) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', `-4 -4 ${SIDE + 8} ${SIDE + 8}`);
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', bins.map((bin) =>
    `score ${percent(bin.score)}: ${percent(bin.accuracy)} of ${bin.reviewed} agreed`).join('; '));
  draw(svg, 'rect', { x: 0, y: 0, width: SIDE, height: SIDE });
  draw(svg, 'path', { d: `M0 ${SIDE}L${SIDE} 0` });
  for (const bin of bins) {
    draw(svg, 'circle', { cx: bin.score * SIDE, cy: SIDE - bin.accuracy * SIDE, r: Math.min(12, 3 + Math.sqrt(bin.reviewed)) });
  }
  return element('figure', { class: 'calibration' }, svg,
    element('figcaption', {}, 'To the right: the score. Upwards: how often people agreed.'));
}

function draw(svg, name, attributes) {
  const shape = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, value);
  svg.append(shape);
}

function confusion(pairs) {
  const wrong = pairs.filter(({ said, guessed }) => said !== guessed).slice(0, 15);
  if (wrong.length === 0) return element('p', {}, 'Nothing was taken for anything else.');
  const row = (kind, ...cells) => element('tr', {}, ...cells.map((cell) => element(kind, {}, String(cell))));
  return element('table', {}, element('caption', {}, 'What was taken for what'),
    element('thead', {}, row('th', 'People', 'Model', 'Photos')),
    element('tbody', {}, ...wrong.map(({ said, guessed, count }) =>
      row('td', said ?? 'none of the labels', guessed ?? 'not sure enough', count))));
}

byId('quality-close').onclick = () => view.close();
