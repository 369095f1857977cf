import { call } from './api.js';
import { Busy, Unreachable } from './errors.js';
import { picture } from './picture.js';
import { user } from './session.js';
import { SignedOut } from './tokens.js';
import { ago, bars, bytes, element, nameOf, percent, say, track, warnings } from './view.js';

const PAGE = 24;
const grid = document.getElementById('grid');
const empty = document.getElementById('empty');
const more = document.getElementById('more');
const detail = document.getElementById('detail');
let filters = {};
let items = [];
let cursor = null;
let tag = null;
let loading = null;
let shown = null;

/** Starts over with other filters. */
export async function filter(chosen) {
  loading?.abort();
  filters = chosen;
  tag = null;
  cursor = null;
  const page = await load({});
  if (!page) return;
  items = page.images;
  cursor = page.cursor ?? null;
  paint();
  say(items.length === 0 ? 'No photo fits.' : `${items.length} photos${cursor ? ' and more' : ''}`);
}

/** Asks for what is new; answers whether anything changed. Cheap when nothing did. */
export async function refresh() {
  if (loading) return false;
  tellTimes();
  const page = await load({ tag });
  if (!page) {
    fill();
    return false;
  }
  const known = new Set(items.map((item) => item.image));
  merge(page);
  paint();
  const fresh = items.filter((item) => !known.has(item.image));
  if (fresh.length > 0) say(fresh.length === 1 ? `New: ${title(fresh[0])}` : `${fresh.length} new photos`);
  return true;
}

/** Keeps "3 minutes ago" true. */
function tellTimes() {
  for (const time of grid.querySelectorAll('time')) time.textContent = ago(time.dateTime);
}

/** Appends the next page. */
export async function loadMore() {
  if (!cursor || loading) return;
  const page = await load({ cursor });
  if (!page) return;
  const known = new Set(items.map((item) => item.image));
  items.push(...page.images.filter((item) => !known.has(item.image)));
  cursor = page.cursor ?? null;
  paint();
}

async function load({ cursor: from, tag: known }) {
  const controller = new AbortController();
  loading = controller;
  const query = new URLSearchParams({ limit: PAGE, previews: true });
  for (const [name, value] of Object.entries(filters)) if (value) query.set(name, value);
  if (from) query.set('cursor', from);
  try {
    const result = await call(`images?${query}`, { tag: known, signal: controller.signal });
    if (result && !from) tag = result.tag;
    return result?.answer ?? null;
  } catch (error) {
    if (error.name === 'AbortError') return null;
    throw error;
  } finally {
    if (loading === controller) loading = null;
  }
}

/** Puts a new first page before what older pages brought; what it should hold and does not is gone. */
function merge(page) {
  const first = new Set(page.images.map((item) => item.image));
  const last = page.images.at(-1);
  const rest = items.filter((item) => !first.has(item.image) && page.cursor && last && !before(item, last));
  if (rest.length === 0) cursor = page.cursor ?? null;
  items = [...page.images, ...rest];
}

function before(a, b) {
  return filters.label ? a.score > b.score : a.classifiedAt > b.classifiedAt;
}

function paint() {
  const cards = new Map([...grid.children].map((card) => [card.dataset.version, card]));
  const first = cards.size === 0;
  items.forEach((item, index) => {
    const version = `${item.image} ${item.classifiedAt}`;
    let card = cards.get(version);
    cards.delete(version);
    if (!card) {
      card = newCard(item);
      card.dataset.version = version;
      if (!first) card.classList.add('fresh');
    }
    if (grid.children[index] !== card) grid.insertBefore(card, grid.children[index] ?? null);
  });
  cards.forEach((card) => card.remove());
  more.hidden = !cursor;
  requestAnimationFrame(fill);
  empty.hidden = items.length > 0;
  const filtered = Object.values(filters).some(Boolean);
  empty.textContent = filtered ? 'No photo fits these filters.' : 'Nothing here yet. Drop a photo above, or put one into the bucket.';
}

function newCard(item) {
  const rejected = item.status === 'REJECTED';
  const caption = element('span', { class: 'caption' });
  if (rejected) {
    caption.append(element('span', { class: 'headline' }, element('span', { class: 'name' }, 'Rejected')),
      element('span', { class: 'why' }, item.reason));
  } else {
    caption.append(element('span', { class: 'headline' },
      element('span', { class: 'name', title: title(item) }, title(item)),
      item.scores.length > 0 ? element('span', { class: 'percent' }, percent(item.score)) : null));
    if (item.scores.length > 0) caption.append(track(item.score));
    caption.append(...warnings(item));
  }
  const time = element('time', { dateTime: item.classifiedAt }, ago(item.classifiedAt));
  caption.append(element('span', { class: 'when', title: item.key }, time, ` · ${nameOf(item)}`));
  const button = element('button', { class: `card${rejected ? ' rejected' : ''}`, type: 'button' },
    element('span', { class: 'picture' }, picture(item)), caption);
  button.onclick = () => open(item.image);
  return element('li', {}, button);
}

function title(item) {
  if (item.status === 'REJECTED') return nameOf(item);
  return item.label ?? 'Not sure enough';
}

function open(image) {
  const item = items.find((candidate) => candidate.image === image);
  if (!item) return;
  shown = image;
  const index = items.indexOf(item);
  document.getElementById('detail-title').textContent = title(item);
  document.getElementById('detail-picture').replaceChildren(picture(item, 'eager'));
  const body = document.getElementById('detail-body');
  body.replaceChildren();
  if (item.status === 'REJECTED') body.append(element('p', { class: 'reason' }, item.reason));
  else body.append(bars(item.scores), ...warnings(item));
  body.append(facts(item));
  document.getElementById('previous').disabled = index === 0;
  document.getElementById('next').disabled = index === items.length - 1 && !cursor;
  if (!detail.open) detail.showModal();
}

async function step(by) {
  const index = items.findIndex((item) => item.image === shown) + by;
  if (index === items.length) await loadMore();
  if (items[index]) open(items[index].image);
}

function facts(item) {
  const list = element('dl', { class: 'facts' });
  const add = (name, value) => value && list.append(element('dt', {}, name), element('dd', {}, String(value)));
  add('File', item.fileName);
  add('Uploaded by', item.uploadedBy === user()?.subject ? 'you' : item.uploadedBy);
  add('Key', item.key);
  add('Bucket', item.bucket);
  add('Scored', new Date(item.classifiedAt).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'medium' }));
  add('Size', [item.width && `${item.width} × ${item.height} pixels`, item.size && bytes(item.size)].filter(Boolean).join(', '));
  add('Rejection', item.rejection);
  add('Model', item.model && `${item.model.name} (${item.model.hash})`);
  add('ETag', item.eTag);
  add('Version', item.versionId);
  add('Request', item.requestId);
  return list;
}

document.getElementById('close').onclick = () => detail.close();
document.getElementById('previous').onclick = () => step(-1).catch(report);
document.getElementById('next').onclick = () => step(1).catch(report);
detail.onclick = (event) => event.target === detail && detail.close();
detail.onkeydown = (event) => {
  if (event.key === 'ArrowLeft') step(-1).catch(report);
  if (event.key === 'ArrowRight') step(1).catch(report);
};
detail.onclose = () => {
  const index = items.findIndex((item) => item.image === shown);
  grid.children[index]?.querySelector('button').focus();
};
more.onclick = () => loadMore().catch(report);
addEventListener('scroll', fill, { passive: true });

/** Loads on while the end of the gallery is in sight, or soon will be. */
function fill() {
  if (!more.hidden && more.getBoundingClientRect().top < innerHeight + 600) loadMore().catch(report);
}

/** What is the matter with the API or the sign-in, the page's heartbeat meets and tells. */
function report(error) {
  if (![Busy, SignedOut, Unreachable].some((known) => error instanceof known)) console.error(error);
}
