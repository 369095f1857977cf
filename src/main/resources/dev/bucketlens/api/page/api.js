/** The API answered, but not with what was asked for. */
export class Refusal extends Error {
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** The API did not answer, or something before it answered in its place. */
export class Unreachable extends Error {}

/**
 * Sends one request and reads the JSON answer; null stands for "nothing changed".
 * Paths are relative, so that the page also works below a stage's name.
 */
export async function call(path, { body, tag, signal } = {}) {
  const headers = {};
  if (body) headers['content-type'] = 'application/json';
  if (tag) headers['if-none-match'] = tag;
  let response;
  try {
    response = await fetch(path, {
      method: body ? 'POST' : 'GET',
      headers,
      signal,
      cache: 'no-store',
      body: body && JSON.stringify(body),
    });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new Unreachable(error.message);
  }
  if (response.status === 304) return null;
  const answer = await response.json().catch(() => null);
  if (!response.ok) {
    if (!answer?.code) throw new Unreachable(`status ${response.status}`);
    throw new Refusal(response.status, answer.code, answer.detail);
  }
  if (answer === null) throw new Unreachable('no JSON');
  return { answer, tag: response.headers.get('etag') };
}

/** The address of one image's result; a key keeps its slashes. */
export function imagePath(bucket, key) {
  const segments = key.split('/').map(encodeURIComponent).join('/');
  return `images/${encodeURIComponent(bucket)}/${segments}?previews=true`;
}
