import { call, imagePath, patiently } from './api.js';
import { Refusal } from './errors.js';
import { picture } from './picture.js';
import { showQuality } from './quality.js';
import { element, nameOf, percent, say } from './view.js';

const PAGE = 50;
/** Asked for early enough that nobody waits for the next photo. */
const FEW = 10;
const byId = (id) => document.getElementById(id);
const view = byId('review');
const search = byId('review-label');
let waiting = [];
let said = [];
let seen = new Set();
let cursor = null;
let ended = false;
let loading = null;
/** The model's labels, by themselves in small letters. */
let labels = new Map();
/** One request after the other, in the order of the reviewer's answers. */
let sending = Promise.resolve();
let unsent = 0;

/** Opens the view on what waits, the random share first and then what is least sure. */
export async function openReview() {
  waiting = [];
  said = [];
  seen = new Set();
  cursor = null;
  ended = false;
  tell('');
  view.showModal();
  // What was said a moment ago and is still on its way is not asked again.
  await sending;
  const { answer: model } = await call('model');
  labels = new Map(model.labels.map((label) => [label.toLowerCase(), label]));
  byId('review-labels').replaceChildren(...model.labels.map((label) => element('option', { value: label })));
  await load();
  show();
}

async function load() {
  if (ended || loading) return loading;
  const query = new URLSearchParams({ review: 'open', limit: PAGE, previews: true });
  if (cursor) query.set('cursor', cursor);
  loading = patiently(() => call(`images?${query}`), tell).then(({ answer }) => {
    cursor = answer.cursor ?? null;
    ended = !cursor;
    for (const item of answer.images) {
      if (!seen.has(item.image)) waiting.push(item);
      seen.add(item.image);
    }
  }).finally(() => { loading = null; });
  return loading;
}

function show() {
  const item = waiting[0];
  byId('review-guesses').replaceChildren(...(item ? item.scores.slice(0, 5) : []).map(guess));
  byId('review-title').textContent = item ? nameOf(item)
    : ended ? 'Nothing waits for a review' : 'The next photos are on their way';
  byId('review-picture').replaceChildren(...(item ? [picture(item, 'eager')] : []));
  for (const id of ['review-none', 'review-skip', 'review-label']) byId(id).disabled = !item;
  byId('review-undo').disabled = said.length === 0;
  // What had the focus may be gone or disabled, and keys would then reach nobody.
  if (view.open && !view.contains(document.activeElement?.closest(':enabled'))) view.focus();
  search.value = '';
  const left = `${waiting.length}${ended ? '' : '+'} waiting`;
  byId('review-progress').textContent = `${said.length} reviewed · ${left}`;
  byId('review-bar').max = Math.max(1, said.length + waiting.length);
  byId('review-bar').value = said.length;
  if (waiting[1]?.preview) new Image().src = waiting[1].preview;
  if (waiting.length < FEW && !ended) {
    load().then(() => { if (!item) show(); }).catch(trouble);
  }
}

function guess({ label, score }, index) {
  const button = element('button', { class: 'guess', type: 'button' },
    element('kbd', {}, String(index + 1)), element('span', { class: 'name' }, label),
    element('span', { class: 'percent' }, percent(score)));
  button.onclick = () => answer(label);
  return element('li', {}, button);
}

/** Shows the next photo at once; what was said is sent meanwhile. */
function answer(label) {
  const item = waiting.shift();
  if (!item) return;
  said.push(item);
  tell('');
  send(item, { label });
  say(`${label ?? 'None of them'}. ${waiting.length} waiting`);
  show();
}

/** The label that was written, as the model spells it; what is none of the model's is taken and told. */
function answerWritten() {
  const written = search.value.trim();
  const label = labels.get(written.toLowerCase());
  answer(label ?? written);
  if (!label) tell(`“${written}” is none of the model’s labels. It is kept as it is; U takes it back.`);
  view.focus();
}

function skip() {
  const item = waiting.shift();
  if (item) waiting.push(item);
  show();
}

function undo() {
  const item = said.pop();
  if (!item) return;
  waiting.unshift(item);
  tell('');
  send(item, { withdraw: true });
  say('Taken back');
  show();
}

function send(item, said) {
  const body = { image: item.image, eTag: item.eTag, ...said };
  unsent += 1;
  sending = sending.then(() => patiently(() => call('reviews', { body }), tell))
    .then(({ answer: { replaced } }) => {
      if (replaced && !said.withdraw) {
        tell(`${nameOf(item)}: ${replaced.by} had said ${replaced.label ?? 'none of them'}. Your answer counts now.`);
      }
    })
    .catch((error) => refused(item, error))
    .finally(() => { unsent -= 1; });
}

/** What was not taken is no review: the photo comes back, as it is now, unless there is nothing more to say of it. */
async function refused(item, error) {
  said = said.filter((it) => it !== item);
  waiting = waiting.filter((it) => it !== item);
  if (!(error instanceof Refusal)) {
    waiting.unshift(item);
  } else if (error.code === 'CONTENT_CHANGED') {
    const now = await call(imagePath(item.bucket, item.key)).catch(() => null);
    if (now?.answer.status === 'CLASSIFIED') waiting.unshift(now.answer);
  }
  show();
  tell(`${nameOf(item)}: ${error.message}`);
}

function trouble(error) {
  tell(error.message);
}

function tell(sentence) {
  byId('review-trouble').textContent = sentence;
  byId('review-trouble').hidden = !sentence;
}

/** Keys in the search are letters, but for the two that end it; Escape goes back to the photo, not to the gallery. */
function searching(event) {
  if (event.key === 'Enter' && search.value.trim()) {
    event.preventDefault();
    answerWritten();
  } else if (event.key === 'Escape') {
    event.preventDefault();
    search.value = '';
    view.focus();
  }
}

view.onkeydown = (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target === search) {
    searching(event);
    return;
  }
  // A key that is held down is one answer, not one a photo.
  if (event.repeat) return;
  const keys = { 0: () => answer(null), u: undo, s: skip, '/': () => search.focus() };
  const item = waiting[0];
  if (/^[1-5]$/.test(event.key) && item?.scores[event.key - 1]) {
    event.preventDefault();
    answer(item.scores[event.key - 1].label);
  } else if (keys[event.key.toLowerCase()]) {
    event.preventDefault();
    keys[event.key.toLowerCase()]();
  }
};
addEventListener('beforeunload', (event) => {
  if (unsent > 0) event.preventDefault();
});
byId('review-none').onclick = () => answer(null);
byId('review-skip').onclick = skip;
byId('review-undo').onclick = undo;
byId('review-close').onclick = () => view.close();
byId('review-quality').onclick = () => sending.then(showQuality).catch(trouble);
