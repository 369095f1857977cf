import { Busy, Unreachable } from './errors.js';
import { accept, ask, challenge, random, SignedOut } from './tokens.js';

/** Of this tab, for a reload; memory alone would ask for the password again each time. */
const KEPT = 'bucketlens.session';
const BEGUN = 'bucketlens.sign-in';
const EARLY = 60_000;
const here = new URL('.', location.href).href;
let provider = null;
let session = null;
let renewal = null;
/** Why nobody is signed in. */
let ended = 'You are not signed in.';

/**
 * Finds out who may call, and ends a sign-in that was begun. Answers 'open', 'signature', 'in' or 'out'.
 * The code is out of the address before anything else happens.
 */
export async function begin() {
  const returned = new URLSearchParams(location.search);
  const isReturn = returned.has('state') && (returned.has('code') || returned.has('error'));
  if (isReturn) history.replaceState(null, '', here);
  const begun = isReturn ? take(BEGUN) : null;
  const answer = await describe();
  if (answer.access !== 'token') return answer.access;
  provider = answer;
  session = JSON.parse(sessionStorage.getItem(KEPT));
  if (isReturn) await finish(returned, begun);
  return session ? 'in' : 'out';
}

async function describe() {
  let response;
  try {
    response = await fetch('sign-in', { cache: 'no-store' });
  } catch {
    throw new Unreachable('The API cannot be reached just now.');
  }
  if (response.status === 503) throw new Busy('The sign-in does not answer just now.', response.headers.get('retry-after'));
  if (!response.ok) throw new Busy('The API does not answer just now.', response.headers.get('retry-after'));
  return response.json();
}

async function finish(returned, begun) {
  if (!begun || returned.get('state') !== begun.state) throw new SignedOut('This sign-in was not begun here. Sign in again.');
  if (returned.has('iss') && returned.get('iss') !== provider.issuer) throw new SignedOut('Another sign-in answered. Sign in again.');
  if (returned.has('error')) throw new SignedOut(refused(returned.get('error')));
  keep(accept(await redeem(returned.get('code'), begun.verifier), provider, begun.nonce, null));
}

/** A code is good once: a failure that may pass ends this sign-in too. */
async function redeem(code, verifier) {
  try {
    return await ask(provider.tokenEndpoint, {
      grant_type: 'authorization_code',
      client_id: provider.clientId,
      code,
      redirect_uri: here,
      code_verifier: verifier,
    });
  } catch (error) {
    throw error instanceof SignedOut ? error : new SignedOut(`${error.message} Sign in again.`);
  }
}

/** The description that comes with it is anybody's text, and is not shown. */
function refused(error) {
  if (error === 'access_denied') return 'Access was refused when you signed in.';
  return `The sign-in failed${/^[a-z_]{1,40}$/.test(error) ? ` (${error})` : ''}. Try again.`;
}

/** Opens the provider's sign-in. */
export async function signIn() {
  const begun = { state: random(), nonce: random(), verifier: random() };
  sessionStorage.setItem(BEGUN, JSON.stringify(begun));
  leave(provider.authorizationEndpoint, {
    response_type: 'code',
    client_id: provider.clientId,
    redirect_uri: here,
    scope: provider.scope,
    state: begun.state,
    nonce: begun.nonce,
    code_challenge: await challenge(begun.verifier),
    code_challenge_method: 'S256',
    // Some providers give tokens for an API only when it is named.
    ...(provider.audience === provider.clientId ? {} : { audience: provider.audience }),
  });
}

/** Ends the session here, then at the provider. Answers if there is nothing to end there. */
export async function signOut() {
  const refresh = session?.refresh;
  forget('You have signed out.');
  if (refresh && provider.revocationEndpoint) {
    await ask(provider.revocationEndpoint, { token: refresh, token_type_hint: 'refresh_token', client_id: provider.clientId })
      .catch(() => null);
  }
  if (provider.endSessionEndpoint) {
    leave(provider.endSessionEndpoint, { client_id: provider.clientId, [provider.endSessionReturn]: here });
  }
}

function leave(endpoint, parameters) {
  const url = new URL(endpoint);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  location.assign(url);
}

/** Who is signed in, or null. */
export function user() {
  return session && { subject: session.subject, name: session.name };
}

/** The token for a request, renewed in time; null where none is asked for. */
export async function token() {
  if (!provider) return null;
  if (!session) throw new SignedOut(ended);
  if (Date.now() > session.expiresAt - EARLY) {
    try {
      await renew();
    } catch (error) {
      if (error instanceof SignedOut || Date.now() > session.expiresAt) throw error;
    }
  }
  return session.token;
}

/** New tokens for the refresh token, asked for once at a time. */
export function renew() {
  if (session && !session.refresh) forget('Your sign-in has ended. Sign in again.');
  if (!session) return Promise.reject(new SignedOut(ended));
  renewal ??= ask(provider.tokenEndpoint, {
    grant_type: 'refresh_token',
    client_id: provider.clientId,
    refresh_token: session.refresh,
  }).then((answer) => keep(accept(answer, provider, null, session)))
    .catch((error) => {
      if (error instanceof SignedOut) forget(error.message);
      throw error;
    })
    .finally(() => { renewal = null; });
  return renewal;
}

/** The gateway did not take a fresh token. */
export function deny() {
  const name = session?.name;
  forget(`You are signed in${name ? ` as ${name}` : ''}, but this deployment does not let you in.`);
  throw new SignedOut(ended);
}

function keep(next) {
  session = next;
  sessionStorage.setItem(KEPT, JSON.stringify(next));
}

function forget(why) {
  ended = why;
  session = null;
  sessionStorage.removeItem(KEPT);
}

function take(name) {
  const value = JSON.parse(sessionStorage.getItem(name));
  sessionStorage.removeItem(name);
  return value;
}
