// One connection for all that happens. It goes on from the last message it had, so that nothing is missed.
// Server-Sent Events are read with fetch: EventSource sends no Authorization.
import { signal } from '@preact/signals';
import { ask } from './api.js';
import { Problem } from './problem.js';

const SILENCE = 45_000; // milliseconds: heartbeats come more often
const SHORTEST = 1_000;
const LONGEST = 30_000;

/** @type {import('@preact/signals').Signal<'open' | 'lost'>} */
export const link = signal('open');

/** @param {ReadableStream<Uint8Array<ArrayBuffer>>} body @returns {AsyncGenerator<any>} */
async function* messages(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let waiting = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    waiting += value.replaceAll('\r\n', '\n');
    const whole = waiting.split('\n\n');
    waiting = whole.pop() ?? '';
    for (const event of whole) {
      const lines = event.split('\n').filter((line) => line.startsWith('data:'));
      if (lines.length) yield JSON.parse(lines.map((line) => line.slice(5).trimStart()).join('\n'));
    }
  }
}

/** @typedef {{receive: (message: any) => void, begun: () => void, from?: string}} Following */

/**
 * Follow until the returned function is called. `receive` gets each message; `from` is the id to go on from. Without
 * one the stream begins now: `begun` is told, to read again what may have happened before.
 * @param {Following} following
 */
export function follow({ receive, begun, from = '' }) {
  const ending = new AbortController();
  let last = from;
  let pause = SHORTEST;

  async function once() {
    const attempt = new AbortController();
    const signal = AbortSignal.any([ending.signal, attempt.signal]);
    const headers = last ? { 'Last-Event-ID': last } : undefined;
    let alarm = setTimeout(() => attempt.abort(), SILENCE);
    try {
      const answer = await ask('GET', '/realtime/events', { signal, accept: 'text/event-stream', headers });
      if (!answer.body) return;
      link.value = 'open';
      if (!last) begun();
      for await (const message of messages(answer.body)) {
        clearTimeout(alarm);
        alarm = setTimeout(() => attempt.abort(), SILENCE);
        pause = SHORTEST;
        receive(message);
        last = message.id ?? last;
      }
    } finally {
      clearTimeout(alarm);
    }
  }

  async function always() {
    while (!ending.signal.aborted) {
      try {
        await once();
      } catch (error) {
        if (ending.signal.aborted || (error instanceof Problem && error.status === 401)) return;
      }
      link.value = 'lost';
      await new Promise((done) => setTimeout(done, pause * (0.7 + 0.6 * Math.random())));
      pause = Math.min(LONGEST, pause * 2);
    }
  }
  always();
  return () => {
    ending.abort();
    link.value = 'open';
  };
}
