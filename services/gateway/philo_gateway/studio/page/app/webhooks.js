// What the page knows of webhooks: their shapes, and the words that belong to them. Pure.

/** @typedef {{id: string, url: string, events: string[], description: string, created_at: string,
 *   paused_at: string | null, paused_why: string | null, secret?: string}} Hook */
/** @typedef {{at: string, status: number | null, milliseconds: number, answer: string, error: string | null}} Attempt */
/** @typedef {{id: string, event: string, job_id: string | null, state: 'waiting' | 'delivered' | 'failed',
 *   created_at: string, settled_at: string | null, attempts: Attempt[]}} Delivery */

export const EVENTS = ['job.created', 'job.started', 'job.completed', 'job.failed', 'job.cancelled'];

/** The place of a webhook on this page. @param {Hook} hook */
export const placeOf = (hook) => `#/developers/webhooks/${hook.id}`;

/** How an attempt went, in a figure or a word. @param {Attempt} attempt */
export const outcomeOf = (attempt) => attempt.error ?? (attempt.answer || String(attempt.status));
