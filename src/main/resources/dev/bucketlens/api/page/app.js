import { call, Refusal, Unreachable } from './api.js';
import { filter, refresh } from './gallery.js';
import { addFiles, addUrl, clearFinished } from './uploads.js';
import { element } from './view.js';

const POLL = 2000;
const LABELS = 30_000;
const DOWN = 'The API cannot be reached just now. This page tries again by itself.';
const byId = (id) => document.getElementById(id);
let started = false;
let labelsAt = 0;

/** Shows the page, or a sentence instead of it. */
function reachable(yes) {
  byId('offline').hidden = yes;
  byId('offline').textContent = yes ? '' : DOWN;
  byId('main').hidden = !yes;
  byId('live').hidden = !yes;
  if (!yes && byId('detail').open) byId('detail').close();
}

async function start() {
  const { answer: model } = await call('model');
  byId('model').textContent = `${model.name} · ${model.labels.length.toLocaleString('en')} labels`;
  await filter(chosen());
  await labels();
  started = true;
}

async function labels() {
  labelsAt = Date.now();
  const { answer } = await call('labels');
  const select = byId('label');
  const value = select.value;
  const options = answer.labels.map(({ label, count }) =>
    element('option', { value: label }, `${label} (${count}${answer.complete ? '' : '+'})`));
  if (value && !answer.labels.some(({ label }) => label === value)) {
    options.push(element('option', { value }, value));
  }
  select.replaceChildren(element('option', { value: '' }, 'Any label'), ...options);
  select.value = value;
}

function chosen() {
  const form = new FormData(byId('filters'));
  const minScore = Number(form.get('minScore'));
  byId('score-text').textContent = minScore ? `${Math.round(minScore * 100)} %` : 'any';
  return { label: form.get('label'), minScore: minScore || '', status: form.get('status') };
}

/** One heartbeat at a time: the next is set when this one is over. */
async function beat() {
  try {
    if (!document.hidden) {
      if (!started) await start();
      const changed = await refresh();
      if (changed && Date.now() - labelsAt > LABELS / 10) await labels();
      reachable(true);
    }
  } catch (error) {
    if (error instanceof Unreachable || error instanceof Refusal) reachable(false);
    else throw error;
  } finally {
    setTimeout(beat, POLL);
  }
}

byId('files').onchange = (event) => {
  addFiles([...event.target.files]);
  event.target.value = '';
};
byId('url-form').onsubmit = (event) => {
  event.preventDefault();
  addUrl(byId('url').value);
  event.target.reset();
};
byId('clear').onclick = clearFinished;
byId('filters').onsubmit = (event) => event.preventDefault();
const refilter = () => filter(chosen()).catch((error) => {
  if (!(error instanceof Unreachable)) throw error;
  reachable(false);
});
byId('filters').oninput = refilter;
byId('filters').onchange = refilter;

let depth = 0;
const dragging = (by) => {
  depth = by === 0 ? 0 : depth + by;
  document.body.classList.toggle('dragging', depth > 0);
};
addEventListener('dragenter', () => dragging(1));
addEventListener('dragleave', () => dragging(-1));
addEventListener('dragover', (event) => event.preventDefault());
addEventListener('drop', (event) => {
  event.preventDefault();
  dragging(0);
  addFiles([...event.dataTransfer.files]);
});
addEventListener('visibilitychange', () => document.hidden || refresh().catch(() => {}));

beat();
