import { Busy, Refusal, Unreachable } from './errors.js';
import { pause, Pauses } from './patience.js';
import { deny, renew, token } from './session.js';

const LONGEST_WAIT = 120_000;

/**
 * Sends one request and reads the JSON answer; null stands for "nothing changed".
 * Paths are relative, so that the page also works below a stage's name.
 */
export async function call(path, { body, tag, signal } = {}) {
  const headers = {};
  if (body) headers['content-type'] = body instanceof Blob ? body.type || 'application/octet-stream' : 'application/json';
  if (tag) headers['if-none-match'] = tag;
  const request = {
    method: body ? 'POST' : 'GET',
    headers,
    signal,
    cache: 'no-store',
    body: body instanceof Blob ? body : body && JSON.stringify(body),
  };
  const response = await authorized(path, request);
  if (response.status === 304) return null;
  const answer = await response.json().catch(() => null);
  check(response, answer);
  if (answer === null) throw new Unreachable('no JSON');
  return { answer, tag: response.headers.get('etag') };
}

/** Reads one page of a list as text; `next` is the query of the page that follows, if one does. */
export async function text(path, signal) {
  const response = await authorized(path, { method: 'GET', headers: {}, signal, cache: 'no-store' });
  if (!response.ok) check(response, await response.json().catch(() => null));
  const next = /<([^>]*)>; rel="next"/.exec(response.headers.get('link') ?? '');
  return { body: await response.text(), next: next?.[1] ?? null };
}

function check(response, answer) {
  if (response.status === 429 || response.status >= 500) {
    throw new Busy(answer?.detail ?? 'The API is asked too much just now.', response.headers.get('retry-after'));
  }
  if (!response.ok) {
    if (!answer?.code) throw new Unreachable(`status ${response.status}`);
    throw new Refusal(response.status, answer.code, answer.detail);
  }
}

/** A token can end before its time: it is renewed once. */
async function authorized(path, request) {
  const before = await token();
  const response = await send(path, request, before);
  if (before === null || !isTurnedAway(response)) return response;
  if (response.status === 401) {
    await renew();
    const again = await send(path, request, await token());
    if (!isTurnedAway(again)) return again;
  }
  return deny();
}

/** By the gateway, whose answers are no problem documents. */
function isTurnedAway(response) {
  return [401, 403].includes(response.status) && !response.headers.get('content-type')?.includes('problem');
}

async function send(path, request, authorization) {
  const headers = authorization ? { ...request.headers, authorization: `Bearer ${authorization}` } : request.headers;
  try {
    return await fetch(path, { ...request, headers });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new Unreachable(error.message);
  }
}

/** Asks again while the API has too much to do, and says so meanwhile. */
export async function patiently(work, onWait = () => {}) {
  const end = Date.now() + LONGEST_WAIT;
  const pauses = new Pauses(1000, 15_000);
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Busy) || Date.now() > end) throw error;
      onWait('The API is busy. This goes on by itself.');
      await pause(Math.max(error.after, pauses.next()));
    }
  }
}

/** The address of one image's result; a key keeps its slashes. */
export function imagePath(bucket, key) {
  const segments = key.split('/').map(encodeURIComponent).join('/');
  return `images/${encodeURIComponent(bucket)}/${segments}?previews=true`;
}
