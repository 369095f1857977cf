import { Busy, Unreachable } from './errors.js';

/** The sign-in came to nothing or to an end; the message is a sentence that says why. */
export class SignedOut extends Error {}

/** Clocks may differ by so much. */
const SKEW = 300;

/** A text of random bytes that nobody guesses, fit for an address. */
export function random(bytes = 32) {
  return base64url(crypto.getRandomValues(new Uint8Array(bytes)));
}

/** What is told of a secret before the secret itself is (RFC 7636, S256). */
export async function challenge(verifier) {
  return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))));
}

function base64url(bytes) {
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** What a token says, or null if it is not a JWT. It comes from its issuer by TLS: its signature is the gateway's to check. */
function claims(token) {
  try {
    const bytes = atob(token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/'));
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(bytes, (one) => one.charCodeAt(0))));
  } catch {
    return null;
  }
}

/** Asks the token endpoint; answers its JSON. */
export async function ask(endpoint, parameters) {
  let response;
  try {
    response = await fetch(endpoint, {
      method: 'POST',
      body: new URLSearchParams(parameters),
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
    });
  } catch {
    throw new Unreachable('The sign-in cannot be reached just now.');
  }
  if (response.status === 429 || response.status >= 500) {
    throw new Busy('The sign-in does not answer just now.', response.headers.get('retry-after'));
  }
  const answer = await response.json().catch(() => null);
  if (!response.ok || !answer) throw new SignedOut('Your sign-in has ended. Sign in again.');
  return answer;
}

/**
 * Checks what the token endpoint answered (OpenID Connect Core, 3.1.3.7 and 12.2) and keeps what is needed.
 * @param before who was signed in, when tokens are renewed; otherwise null
 */
export function accept(answer, provider, nonce, before) {
  const identity = answer.id_token ? claims(answer.id_token) : null;
  if (identity) check(identity, provider, nonce);
  else if (!before) throw new SignedOut('The sign-in told nothing of who you are. Sign in again.');
  if (before && identity && identity.sub !== before.subject) throw new SignedOut('Somebody else is signed in now. Sign in again.');
  const token = [answer.access_token, answer.id_token].find((one) => one && isFor(claims(one), provider.audience));
  if (!token) throw new SignedOut('The sign-in gave no token for this deployment (its JwtAudience).');
  const { exp, iat } = claims(token);
  return {
    token,
    refresh: answer.refresh_token ?? before?.refresh ?? null,
    expiresAt: Date.now() + (iat ? exp - iat : answer.expires_in) * 1000,
    subject: identity?.sub ?? before.subject,
    name: identity?.email ?? identity?.preferred_username ?? identity?.name ?? before?.name ?? '',
  };
}

function check(identity, provider, nonce) {
  const now = Date.now() / 1000;
  const right = identity.iss === provider.issuer
    && [identity.aud].flat().includes(provider.clientId)
    && (!identity.azp || identity.azp === provider.clientId)
    && typeof identity.sub === 'string'
    && identity.exp > now - SKEW
    && (nonce === null || identity.nonce === nonce);
  if (!right) throw new SignedOut('The sign-in answered for somebody or something else. Sign in again.');
}

/** As the gateway looks at it. */
function isFor(said, audience) {
  return said !== null && [said.aud ?? said.client_id].flat().includes(audience);
}
