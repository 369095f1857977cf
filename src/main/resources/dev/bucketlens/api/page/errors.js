/** The API answered, but not with what was asked for. */
export class Refusal extends Error {
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Nothing answered, or something before the API in its place. It may pass. */
export class Unreachable extends Error {}

/** Too much is asked for just now, or something behind the API fails. It may pass. */
export class Busy extends Error {
  /** Milliseconds that the server asks to be left alone. */
  after;

  constructor(message, retryAfter) {
    super(message);
    this.after = Math.min(60, Number(retryAfter) || 0) * 1000;
  }
}
