import { call, imagePath, patiently } from './api.js';
import { decodable } from './convert.js';
import { Busy, Refusal, Unreachable } from './errors.js';
import { pause } from './patience.js';
import { SignedOut } from './tokens.js';
import { bars, bytes, element, fileName, icon, percent, say, warnings } from './view.js';

const AT_ONCE = 3;
const PATIENCE = 90_000;
/** More bytes than that do not come through the API's gateway. */
const MOST_DIRECT = 4_500_000;
const BROKE_OFF = 'The upload broke off. Try the file again.';
const queue = document.getElementById('queue');
const box = document.getElementById('queue-box');
const waiting = [];
let running = 0;

/** Uploads files, a few at a time, and shows what becomes of each. */
export function addFiles(files) {
  for (const file of files) {
    const picture = element('img', { alt: '', src: URL.createObjectURL(file) });
    picture.onload = () => URL.revokeObjectURL(picture.src);
    picture.onerror = () => picture.replaceWith(icon('picture'));
    waiting.push({ job: newJob(file.name, picture), work: (job) => upload(file, job) });
  }
  runNext();
}

/** Has the API fetch and score a picture. */
export function addUrl(url) {
  const name = fileName(new URL(url).pathname) || url;
  waiting.push({ job: newJob(name, icon('link')), work: (job) => classifyUrl(url, job) });
  runNext();
}

export function clearFinished() {
  queue.querySelectorAll('.done, .failed').forEach((job) => job.remove());
  box.hidden = queue.children.length === 0;
}

function runNext() {
  while (running < AT_ONCE && waiting.length > 0) {
    const { job, work } = waiting.shift();
    running++;
    work(job).catch((error) => fail(job, sentence(error))).finally(() => {
      running--;
      runNext();
    });
  }
}

function newJob(name, picture) {
  const state = element('p', { class: 'state' }, 'Waiting');
  const meter = element('progress', { max: 1, value: 0, 'aria-label': `Upload of ${name}` });
  const body = element('div', {}, element('h4', { title: name }, name), state, meter);
  const item = element('li', { class: 'job' }, element('div', { class: 'thumb' }, picture), body);
  box.hidden = false;
  queue.prepend(item);
  return { item, state, meter, body, name };
}

async function upload(chosen, job) {
  job.state.textContent = 'Preparing';
  const file = await decodable(chosen);
  if (file.size === 0) throw new Refusal(422, 'EMPTY', 'The file is empty.');
  const place = await placeFor(file, job);
  if (!place) return classifyFile(file, job);
  if (file.size > place.maxBytes) {
    throw new Refusal(413, 'TOO_LARGE', `The file has ${bytes(file.size)}; at most ${bytes(place.maxBytes)} are taken.`);
  }
  await send(file, place, job);
  job.state.textContent = 'Looking at it';
  job.meter.removeAttribute('value');
  return show(job, await result(place));
}

/** Where the file goes, or null if this deployment keeps none. */
async function placeFor(file, job) {
  const contentType = /^image\/[a-z0-9.+-]+$/.test(file.type) ? file.type : 'application/octet-stream';
  const body = { contentType, fileName: file.name.slice(0, 255).trim() || 'photo' };
  try {
    return (await patiently(() => call('uploads', { body }), busy(job))).answer;
  } catch (error) {
    if (error.code === 'UPLOADS_OFF') return null;
    throw error;
  }
}

const busy = (job) => (sentence) => { job.state.textContent = sentence; };

/** Scores a file that is not kept. */
async function classifyFile(file, job) {
  if (file.size > MOST_DIRECT) {
    throw new Refusal(413, 'TOO_LARGE', `The file has ${bytes(file.size)}; a deployment that keeps no uploads takes ${bytes(MOST_DIRECT)}.`);
  }
  job.state.textContent = 'Looking at it';
  job.meter.removeAttribute('value');
  const body = new Blob([file], { type: 'application/octet-stream' });
  const { answer } = await patiently(() => call('classify?maxResults=5', { body }), busy(job));
  show(job, { ...answer, status: 'CLASSIFIED' });
}

/** Uploads by XMLHttpRequest, which alone tells how far it is. */
function send(file, place, job) {
  const form = new FormData();
  for (const [name, value] of Object.entries(place.fields)) form.append(name, value);
  form.append('file', file);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let begun = false;
    request.upload.onprogress = (event) => {
      begun = true;
      job.state.textContent = `Uploading, ${percent(event.loaded / event.total)}`;
      job.meter.value = event.loaded / event.total;
    };
    request.onload = () => (request.status < 300
      ? resolve()
      : reject(new Refusal(request.status, 'UPLOAD', 'The bucket did not take the file.')));
    request.onerror = async () => reject(new Refusal(0, 'UPLOAD', begun ? BROKE_OFF : await unsent(place)));
    request.open('POST', place.url);
    request.send(form);
  });
}

/** A bucket that answers, and yet takes nothing from here, does not know this page: browsers do not tell so. */
async function unsent(place) {
  try {
    await fetch(place.url, { mode: 'no-cors', cache: 'no-store', credentials: 'omit' });
  } catch {
    return BROKE_OFF;
  }
  return `The bucket ${place.bucket} takes no uploads from this page: it has no CORS rule for ${location.origin}. `
    + 'The stack\'s output BucketCorsCommand is the command that adds it.';
}

/** Waits for the table to hold the result of an upload. */
async function result(place) {
  const end = Date.now() + PATIENCE;
  for (let wait = 300; Date.now() < end; wait = Math.min(5000, wait * 1.4)) {
    try {
      return (await call(imagePath(place.bucket, place.key))).answer;
    } catch (error) {
      const mayPass = error instanceof Unreachable || error instanceof Busy || error.status === 404;
      if (!mayPass) throw error;
      wait = Math.max(wait, error.after ?? 0);
    }
    await pause(wait);
  }
  throw new Refusal(504, 'SLOW', 'This takes longer than usual. The photo will appear below once it is scored.');
}

async function classifyUrl(url, job) {
  job.state.textContent = 'Fetching';
  job.meter.removeAttribute('value');
  const { answer } = await patiently(() => call('classify', { body: { url, maxResults: 5 } }), busy(job));
  show(job, { ...answer, status: 'CLASSIFIED' });
}

function show(job, image) {
  if (image.status === 'REJECTED') {
    fail(job, image.reason);
    return;
  }
  job.item.classList.add('done');
  job.meter.remove();
  if (image.scores.length === 0) {
    job.state.textContent = 'No label is sure enough.';
  } else {
    job.state.remove();
    job.body.append(bars(image.scores.slice(0, 5)));
    say(`${job.name}: ${image.label}, ${percent(image.score)}`);
  }
  job.body.append(...warnings(image));
}

function fail(job, why) {
  job.item.classList.add('failed');
  job.meter.remove();
  job.state.textContent = why;
  say(`${job.name}: ${why}`);
}

function sentence(error) {
  if ([Busy, Refusal, SignedOut].some((known) => error instanceof known)) return error.message;
  if (error instanceof Unreachable) return 'The API could not be reached. Try again in a moment.';
  console.error(error);
  return 'Something went wrong on this page.';
}
