import { call } from './api.js';
import { download } from './download.js';
import { Busy, Refusal, Unreachable } from './errors.js';
import { filter, refresh } from './gallery.js';
import { Pauses } from './patience.js';
import { openReview } from './review.js';
import { begin, signIn, signOut, user } from './session.js';
import { SignedOut } from './tokens.js';
import { addFiles, addUrl, clearFinished } from './uploads.js';
import { element } from './view.js';
import { openWatch } from './watch.js';

const LABELS = 30_000;
const DOWN = 'The API cannot be reached just now. This page tries again by itself.';
const BUSY = 'The API is busy just now. What you see may be a little old; this page asks again by itself.';
const SIGNED = 'This deployment takes signed requests only (ApiAccess=iam), and a browser signs none. '
  + 'Its page is for deployments that people sign in to.';
const byId = (id) => document.getElementById(id);
/** While nothing changes, it is asked ever more seldom. */
const quiet = new Pauses(2000, 30_000);
const trouble = new Pauses(2000, 60_000);
let stage = 'new';
let labelsAt = 0;
let timer = null;
let beating = false;

/** Shows one of: the page, the sign-in, neither. */
function show(next, sentence = '') {
  stage = next;
  byId('main').hidden = next !== 'on';
  byId('live').hidden = next !== 'on';
  byId('skip').hidden = next !== 'on';
  byId('review-open').hidden = next !== 'on';
  byId('watch-open').hidden = next !== 'on';
  byId('sign-in').hidden = next !== 'out';
  byId('sign-in-why').textContent = sentence;
  byId('sign-in-why').hidden = !sentence;
  const who = user();
  byId('session').hidden = !who;
  byId('who').textContent = who?.name ?? '';
  for (const dialog of document.querySelectorAll('dialog[open]')) if (next !== 'on') dialog.close();
}

/** Says what is the matter, above what is shown; nothing is taken away. */
function notice(sentence) {
  byId('notice').hidden = !sentence;
  if (byId('notice').textContent !== sentence) byId('notice').textContent = sentence;
  byId('live').classList.toggle('paused', Boolean(sentence));
}

async function enter() {
  const access = await begin();
  if (access === 'signature') {
    show('closed');
    notice(SIGNED);
  } else if (access === 'out') {
    show('out');
  } else {
    stage = 'starting';
  }
}

/** The labels to choose from are not waited for: counting them is the API's dearest answer. */
async function start() {
  const { answer: model } = await call('model');
  byId('model').textContent = `${model.name} · ${model.labels.length.toLocaleString('en')} labels`;
  await filter(chosen());
  show('on');
  labels();
}

async function labels() {
  labelsAt = Date.now();
  try {
    const { answer } = await call('labels');
    offer(answer);
  } catch (error) {
    if (!isTrouble(error) && !(error instanceof SignedOut)) throw error;
  }
}

function offer({ labels: counted, complete }) {
  const select = byId('label');
  const value = select.value;
  const options = counted.map(({ label, count }) =>
    element('option', { value: label }, `${label} (${count}${complete ? '' : '+'})`));
  if (value && !counted.some(({ label }) => label === value)) {
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

/** One heartbeat at a time; the next is set when this one is over, and none while nobody looks. */
async function beat() {
  if (beating) return;
  beating = true;
  clearTimeout(timer);
  let wait;
  try {
    wait = await step();
  } catch (error) {
    wait = stumble(error);
  } finally {
    beating = false;
  }
  if (wait !== null && !document.hidden) timer = setTimeout(beat, wait);
}

async function step() {
  if (stage === 'new') await enter();
  if (stage === 'starting') await start();
  if (stage !== 'on') return null;
  if (await refresh()) {
    quiet.restart();
    if (Date.now() - labelsAt > LABELS) labels();
  }
  trouble.restart();
  notice('');
  return quiet.next();
}

/** Answers how long to wait before the next try, or null if somebody has to do something first. */
function stumble(error) {
  if (error instanceof SignedOut) {
    notice('');
    show('out', error.message);
    return null;
  }
  if (!isTrouble(error)) console.error(error);
  if (error instanceof Busy) notice(stage === 'on' ? BUSY : `${error.message} This page tries again by itself.`);
  else notice(DOWN);
  return Math.max(trouble.next(), error.after ?? 0);
}

function isTrouble(error) {
  return error instanceof Busy || error instanceof Unreachable || error instanceof Refusal;
}

/** Somebody is at it: look again soon. */
function attend() {
  quiet.restart();
  if (!beating && stage === 'on') {
    clearTimeout(timer);
    timer = setTimeout(beat, quiet.next());
  }
}

const choose = (files) => {
  addFiles(files);
  attend();
};
byId('files').onchange = (event) => {
  choose([...event.target.files]);
  event.target.value = '';
};
byId('url-form').onsubmit = (event) => {
  event.preventDefault();
  addUrl(byId('url').value);
  event.target.reset();
};
byId('clear').onclick = clearFinished;
byId('download').onclick = () => download(chosen()).catch(stumble);
byId('review-open').onclick = () => openReview().catch(stumble);
byId('watch-open').onclick = () => openWatch().catch(stumble);
byId('filters').onsubmit = (event) => event.preventDefault();
const refilter = () => {
  attend();
  filter(chosen()).catch(stumble);
};
byId('filters').oninput = refilter;
byId('filters').onchange = refilter;
byId('sign-in-button').onclick = () => signIn();
byId('sign-out').onclick = async () => {
  show('out');
  await signOut();
};

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
  if (stage === 'on') choose([...event.dataTransfer.files]);
});
addEventListener('visibilitychange', () => {
  if (document.hidden) return;
  quiet.restart();
  beat();
});

beat();
