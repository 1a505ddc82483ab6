// What the server refused, as it says it (RFC 9457), or that it was not reached.

export class Problem extends Error {
  /**
   * @param {{type?: string, title?: string, detail?: string, status?: number, request_id?: string,
   *   errors?: {pointer: string, detail: string}[]}} told
   * @param {number} [retryAfter] Seconds.
   */
  constructor(told, retryAfter) {
    super(told.detail ?? told.title ?? 'problem');
    this.code = (told.type ?? '').replace('/problems/', '');
    this.title = told.title ?? '';
    this.detail = told.detail ?? '';
    this.status = told.status ?? 0;
    this.request = told.request_id ?? '';
    this.errors = told.errors ?? [];
    this.retryAfter = retryAfter;
  }

  /** What is wrong with one field of what was sent. @param {string} field */
  about(field) {
    return this.errors.find((one) => one.pointer.endsWith(`/${field}`))?.detail ?? '';
  }
}

/** Nobody answered at all. */
export class Unreached extends Problem {
  constructor() {
    super({ type: '/problems/unreached', status: 0 });
  }
}

/** @param {Response} answer */
export async function problemOf(answer) {
  const wait = Number(answer.headers.get('Retry-After')) || undefined;
  const isProblem = answer.headers.get('Content-Type')?.startsWith('application/problem+json');
  const body = isProblem ? await answer.json() : { status: answer.status, title: answer.statusText };
  return new Problem(body, wait);
}
